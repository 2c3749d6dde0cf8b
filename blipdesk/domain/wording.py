"""What is said to the person, in their language: every sentence of every layer goes through :func:`tr`.

The English text is the key, as Qt Linguist has it: ``pyside6-lupdate -tr-function-alias QT_TR_NOOP+=later``
finds both functions' literals.  The window says which language counts (:func:`set_translator`); a process
without a window speaks English.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _english(text: str) -> str:
    return text


@dataclass(slots=True)
class _Speech:
    translator: Callable[[str], str]


_speech = _Speech(_english)
"""Of this process: there is one person, and every sentence would have to carry the language."""


def set_translator(translator: Callable[[str], str] | None) -> None:
    """Which language counts from now on, for this process.

    Args:
        translator: the translation of an English text, or the text itself; None: English.
    """
    _speech.translator = translator or _english


def tr(text: str, /, **values: object) -> str:
    """A text in the person's language, with its values.

    Args:
        text: English, a literal (or what :func:`later` marked), with ``{name}`` for each value.
        values: what stands for the names, as :meth:`str.format` takes them; never looked into for braces.

    >>> tr("{name} could not be read.", name="{x}.jpg")
    '{x}.jpg could not be read.'
    """
    said = _speech.translator(text)
    return said.format(**values) if values else said


def later(text: str) -> str:
    """The text itself, marked for translation: for tables made before the language is known."""
    return text


def plural(count: int, one: str, many: str) -> str:
    """One of two texts that are translated already, with the count for ``{n}``.

    >>> plural(1, tr("{n} photo"), tr("{n} photos")), plural(2400, tr("{n} photo"), tr("{n} photos"))
    ('1 photo', '2,400 photos')
    """
    return (one if count == 1 else many).format(n=f"{count:,}")
