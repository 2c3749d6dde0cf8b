"""Finds the template that a sentence was made of, with its values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter

LEAST = 6
"""Letters that a template must have beside its names: ``{a}: {b}`` would fit nearly everything."""


@dataclass(frozen=True, slots=True)
class _Template:
    text: str
    pattern: re.Pattern[str]
    letters: int


class Templates:
    """Texts with ``{names}``; of those that fit a sentence, the one with the most words of its own counts.

    >>> Templates(["{name} is gone."]).find("a {b}.jpg is gone.")
    ('{name} is gone.', {'name': 'a {b}.jpg'})
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        made = (_made(text) for text in dict.fromkeys(texts))
        self._templates = sorted((one for one in made if one is not None), key=lambda one: -one.letters)

    def find(self, said: str) -> tuple[str, dict[str, str]] | None:
        """The template and the text that stands for each of its names; None: none fits."""
        for one in self._templates:
            found = one.pattern.fullmatch(said)
            if found is not None:
                return one.text, found.groupdict()
        return None


def _made(text: str) -> _Template | None:
    parts: list[str] = []
    seen: set[str] = set()
    letters = 0
    for words, name, _, _ in Formatter().parse(text):
        letters += sum(character.isalpha() for character in words)
        parts.append(re.escape(words))
        if name is not None and not name.isidentifier():
            return None
        if name is not None:
            parts.append(f"(?P={name})" if name in seen else f"(?P<{name}>.*?)")
            seen.add(name)
    return (
        _Template(text, re.compile("".join(parts), re.DOTALL), letters) if seen and letters >= LEAST else None
    )
