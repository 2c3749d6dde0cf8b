"""What is said to the person, in their language: every sentence of every layer goes through :func:`tr`.

The English text is the key, as Qt Linguist has it: ``packaging/translations.py`` finds the literals of
:func:`tr` and :func:`later`.  The window says which language counts (:func:`set_translator`); a process
without a window speaks English, and so do the log, ``--json`` and what is kept of a failure.  Those sentences
are made with :func:`later` and said in the person's language where they are shown (:func:`retold`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter

from blipdesk.domain.templates import Templates

_MOST_RETOLD = 1000
_WIDE_ENDS = tuple("。！？：）」")
_WIDE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
"""Letters and signs of Japanese and Chinese."""


def _english(text: str) -> str:
    return text


def _english_number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}"


@dataclass(slots=True)
class _Speech:
    translator: Callable[[str], str] = _english
    number: Callable[[float, int], str] = _english_number
    templates: Templates = field(default_factory=Templates)
    retold: dict[str, str] = field(default_factory=dict)
    """What :func:`retold` found, for a list of failed photos is painted again and again."""


_speech = _Speech()
"""Of this process: there is one person, and every sentence would have to carry the language."""


def set_translator(
    translator: Callable[[str], str] | None,
    number: Callable[[float, int], str] | None = None,
    templates: Sequence[str] = (),
) -> None:
    """Which language counts from now on, for this process.

    Args:
        translator: the translation of an English text, or the text itself; None: English.  Called on any
            thread.
        number: writes a number with so many decimals; None: as English does.
        templates: the texts with ``{names}`` that have a translation, for :func:`retold`.
    """
    _speech.translator = translator or _english
    _speech.number = number or _english_number
    _speech.templates = Templates(templates)
    _speech.retold = {}


def tr(text: str, /, **values: object) -> str:
    """A text in the person's language, with its values.

    Args:
        text: English, a literal (or what :func:`later` marked), with ``{name}`` for each value.
        values: what stands for the names, as :meth:`str.format` takes them; never looked into for braces.

    >>> tr("{name} could not be read.", name="{x}.jpg")
    '{x}.jpg could not be read.'
    """
    said = _speech.translator(text)
    return filled(said, values) if values else said


def filled(said: str, values: Mapping[str, object]) -> str:
    """A text with its values; wide letters need no space between them, as ``{name} を`` has it for others.

    >>> [filled("{name} を削除", {"name": name}) for name in ("a.jpg", "ファイル", "「a」")]
    ['a.jpg を削除', 'ファイルを削除', '「a」を削除']
    """
    if _WIDE.search(said) is None:
        return said.format(**values)
    made = ""
    for words, name, spec, _ in Formatter().parse(said):
        is_wide = bool(_WIDE.match(made[-1:])) and words[:1] == " " and bool(_WIDE.match(words[1:2]))
        made += words[1:] if is_wide else words
        value = "" if name is None else format(values[name], spec or "")
        if _WIDE.match(value) and made[-1:] == " " and _WIDE.match(made[-2:-1]):
            made = made[:-1]
        made += value
    return made


def later(text: str) -> str:
    """The text itself, marked for translation.

    For tables made before the language is known, said by ``tr(table[key])``; and for errors, problems and
    progress, which are English until they are shown: ``later("{name} is gone.").format(name=name)``.
    """
    return text


def retold(said: str) -> str:
    """An English sentence of :func:`later` in the person's language; what is not known stays as it is.

    Another process, or an earlier run in another language, may have made it: its template is found by its
    words, and each value that is such a sentence is said again too.

    >>> retold("sea.jpg is gone.")
    'sea.jpg is gone.'
    """
    known = _speech.retold
    found = known.get(said)
    if found is None:
        found = _retold(said)
        if len(known) >= _MOST_RETOLD:
            known.clear()
        known[said] = found
    return found


def _retold(said: str) -> str:
    whole = _speech.translator(said) if said else said
    if whole != said:
        return whole
    found = _speech.templates.find(said)
    if found is None or any(". " in value for value in found[1].values()):
        first, _, others = said.partition(". ")
        sentences = (f"{first}.", others)
        told = tuple(map(retold, sentences)) if others else sentences
        if told[0] != sentences[0] and told[1] != sentences[1]:
            return joined(*told)
    if found is None:
        return said
    template, values = found
    return filled(_speech.translator(template), {name: retold(value) for name, value in values.items()})


def plural(count: int, one: str, many: str) -> str:
    """One of two texts that are translated already, with the count for ``{n}``.

    >>> plural(1, tr("{n} photo"), tr("{n} photos")), plural(2400, tr("{n} photo"), tr("{n} photos"))
    ('1 photo', '2,400 photos')
    """
    return (one if count == 1 else many).format(n=number(count))


def joined(*sentences: str) -> str:
    """Sentences one after the other, those that say something: a full-width sign brings its own space.

    >>> joined("It is gone.", "", "Try again."), joined("ありません。", "もう一度。")
    ('It is gone. Try again.', 'ありません。もう一度。')
    """
    said = ""
    for sentence in filter(None, sentences):
        said += ("" if not said or said.endswith(_WIDE_ENDS) else " ") + sentence
    return said


def listed(parts: Iterable[str]) -> str:
    """What stands side by side, as the person's language lists it.

    >>> listed(["sea.jpg", "sun.jpg"])
    'sea.jpg, sun.jpg'
    """
    return tr(", ").join(parts)


def number(value: float, decimals: int = 0) -> str:
    """A number as the person's language writes it.

    >>> number(2400), number(0.25, 1)
    ('2,400', '0.2')
    """
    return _speech.number(value, decimals)
