"""The filters of a query: ``name:value``.

A new one is a :class:`FilterSpec` in :data:`FILTERS` and its SQL clause in the catalog's ``filter_clauses``;
a test holds the two together.  The help and the suggestions follow the specs.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from blipdesk.domain.dates import PHRASES, parse_period
from blipdesk.domain.filter_tests import (
    TYPES,
    AskedTest,
    DateTest,
    FilterTest,
    Flag,
    FlagTest,
    KeywordTest,
    OneOfTest,
    WordsTest,
    folder_test,
    rating_test,
)
from blipdesk.domain.suffixes import SUFFIXES_OF
from blipdesk.domain.values import Source, Sureness
from blipdesk.domain.wording import later
from blipdesk.domain.words import fold_text

_SHORTEST_MISTYPED = 3
_NEAR = 0.8
"""How alike a phrase has to be: "lst summr" and "last summer" are .9."""


@dataclass(frozen=True, slots=True)
class FilterValue:
    """One of the values that a filter allows."""

    name: str
    aliases: tuple[str, ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class FilterSpec:
    """One property of a photo that a query may ask for."""

    name: str
    help: str
    """A sentence for the person."""
    example: str
    """What may be typed behind the colon; of several, the others as they are typed whole."""
    read: Callable[[str, bool, date], FilterTest | None]
    """The test for a value (may it go on? what day is it?); None where it is not understood."""
    aliases: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    """Aliases that begin the value: ``before:2024`` is ``date:"before 2024"``."""
    values: tuple[FilterValue, ...] = ()
    """All that it allows; empty: anything."""
    most_words: int = 1
    """So many words behind the colon may be one value without quotes: ``date:last summer``."""
    is_of_catalog: bool = False
    """They are one while photos have them so: ``folder:Summer 2025``."""
    is_of_pairs: bool = False
    """A value may be one of two parts: ``asked:"is anyone smiling"=yes``."""
    phrases: tuple[str, ...] = ()
    """Values that are suggested; some of several words."""

    def parse(self, value: str, today: date, prefix: bool = False) -> FilterTest | str:
        """The test for a value, or a sentence that says why there is none.

        Args:
            value: what stands behind the colon, without quotes.
            today: what "yesterday" is told from.
            prefix: the value may go on.
        """
        test = self.read(value, prefix, today)
        if test is not None:
            return test
        shown = value if len(value) <= 40 else f"{value[:39]}\u2026"
        meant = self.nearest_phrase(value)
        if meant:
            said = later("{name}: cannot read “{value}”. Did you mean {name}:{meant}?")
            return said.format(name=self.name, value=shown, meant=meant)
        if self.values:
            said = later("{name}: does not know “{value}”. It takes {values}.")
            return said.format(name=self.name, value=shown, values=", ".join(v.name for v in self.values))
        said = later("{name}: cannot read “{value}”. Type for instance {name}:{example}.")
        return said.format(name=self.name, value=shown, example=self.example)

    @property
    def examples(self) -> tuple[str, ...]:
        """The values of :attr:`example`."""
        return tuple(value.removeprefix(f"{self.name}:") for value in self.example.split(", "))

    def takes(self, value: str, today: date) -> bool:
        """Whether it understands a value."""
        return self.read(value, False, today) is not None

    def nearest_phrase(self, value: str) -> str:
        """The phrase of several letters that was probably meant by a value; empty where none was."""
        return self.nearest_phrase_of([value])[1]

    def nearest_phrase_of(self, values: Sequence[str]) -> tuple[int, str]:
        """Which of some values was probably meant for a phrase of several letters, and that; empty: none."""
        phrases = [phrase for phrase in self.phrases if len(phrase) >= _SHORTEST_MISTYPED]
        found = []
        for place, value in enumerate(values):
            typed = fold_text(value[:40])
            for phrase in difflib.get_close_matches(typed, phrases, n=1, cutoff=_NEAR):
                alike = difflib.SequenceMatcher(None, phrase, typed).ratio()
                found.append((alike, -place, phrase))
        _, place, phrase = max(found, default=(0.0, 0, ""))
        return -place, phrase

    def may_become(self, value: str) -> bool:
        """Whether one of its phrases begins with what is typed."""
        typed = fold_text(value)
        return any(phrase.startswith(typed) for phrase in self.phrases)


def _chosen(values: Sequence[FilterValue], typed: str, prefix: bool) -> frozenset[str]:
    """The values of a name or an alias; of a beginning, while it is typed, all that begin like that."""
    wanted = fold_text(typed).removeprefix(".")
    exact = frozenset(value.name for value in values if wanted in (value.name, *value.aliases))
    if exact or not prefix:
        return exact
    return frozenset(value.name for value in values if value.name.startswith(wanted))


def _one_of(field: str, values: tuple[FilterValue, ...]) -> Callable[[str, bool, date], OneOfTest | None]:
    def read(typed: str, prefix: bool, today: date) -> OneOfTest | None:
        chosen = _chosen(values, typed, prefix)
        return OneOfTest(field, chosen) if chosen else None

    return read


def _words_of(field: str) -> Callable[[str, bool, date], WordsTest | None]:
    return lambda typed, prefix, _: WordsTest.of(field, typed, prefix)


_HAS = (
    FilterValue(Flag.CAPTION, ("captions",), later("A caption.")),
    FilterValue(
        Flag.QUESTION, ("questions", "answer", "answers"), later("A question that was asked about it.")
    ),
    FilterValue(Flag.GPS, ("place", "location", "geo"), later("A place, written by the camera.")),
    FilterValue(Flag.EDITED, ("edit", "edits"), later("A caption or keywords that you changed here.")),
    FilterValue(Flag.SIDECAR, ("sidecars", "xmp"), later("A metadata file beside it.")),
)
_IS = (
    FilterValue(Flag.MISSING, ("gone", "lost"), later("Its file is not where it was.")),
    FilterValue(Flag.FAILED, ("broken", "error"), later("It could not be captioned.")),
    FilterValue(
        Flag.DUPLICATE, ("duplicates", "double"), later("Another photo shows the very same picture.")
    ),
    FilterValue(Flag.FAVOURITE, ("favourites", "favorite", "favorites", "starred"), later("Five stars.")),
)
_SOURCES = (
    FilterValue(
        Source.USER, ("me", "mine", "person", "human", "own"), later("Captions that were typed here.")
    ),
    FilterValue(Source.MODEL, ("machine", "blip", "ai"), later("Captions that a model wrote.")),
    FilterValue(Source.FILE, ("files",), later("Captions that stood in the file.")),
)
_SURENESS = (
    FilterValue(Sureness.SURE, (), later("The caption fits.")),
    FilterValue(Sureness.FAIR, (), later("The caption may fit.")),
    FilterValue(Sureness.UNSURE, (), later("The caption probably does not fit.")),
)
_TYPES = tuple(
    FilterValue(
        name, () if name == "raw" else tuple(suffix[1:] for suffix in suffixes if suffix != f".{name}")
    )
    for name, suffixes in zip(TYPES, SUFFIXES_OF.values(), strict=True)
)


def _flag(typed: str, prefix: bool, today: date) -> FlagTest | None:
    # "is:edited" and "has:duplicates" say what they mean: either filter takes every flag.
    chosen = _chosen(_HAS + _IS, typed, prefix)
    return FlagTest(frozenset(map(Flag, chosen))) if chosen else None


def _date(typed: str, prefix: bool, today: date) -> DateTest | None:
    period = parse_period(typed, today)
    return DateTest(period) if period is not None else None


def _asked(typed: str, prefix: bool, today: date) -> WordsTest | AskedTest | None:
    return AskedTest.of(typed, prefix) if "=" in typed else WordsTest.of("questions", typed, prefix)


def _keyword(typed: str, prefix: bool, today: date) -> KeywordTest | None:
    folded = " ".join(fold_text(typed).split())
    return KeywordTest(folded, prefix) if folded else None


FILTERS: tuple[FilterSpec, ...] = (
    FilterSpec(
        "folder",
        later("Photos in a folder, named by words of its path or by the whole path, and in those below it."),
        "holidays",
        lambda typed, prefix, _: folder_test(typed, prefix),
        ("in", "path", "directory"),
        most_words=6,
        is_of_catalog=True,
    ),
    FilterSpec(
        "keyword",
        later(
            "Photos with a keyword, or one that stands in it; where none has it, with one that has its words."
        ),
        '"golden retriever"',
        _keyword,
        ("keywords", "tag", "tags"),
    ),
    FilterSpec(
        "date",
        later("Photos taken then; without a date taken, the file's counts."),
        "2024, date:2024-07, date:2023..2025, date:last summer",
        _date,
        ("taken", "when", "year", "month", "day"),
        leads=("before", "after", "since", "until"),
        most_words=7,
        phrases=PHRASES,
    ),
    FilterSpec(
        "camera",
        later("Photos of a camera, by words of its name."),
        "nikon",
        _words_of("camera"),
        most_words=6,
        is_of_catalog=True,
    ),
    FilterSpec(
        "lens",
        later("Photos through a lens, by words of its name."),
        "50mm",
        _words_of("lens"),
        most_words=6,
        is_of_catalog=True,
    ),
    FilterSpec(
        "type",
        later("Photos of a file type."),
        "jpeg",
        _one_of("type", _TYPES),
        ("format", "ext", "extension", "filetype"),
        values=_TYPES,
    ),
    FilterSpec(
        "name",
        later("Photos with this in the name of their file."),
        "IMG_0012",
        lambda typed, _, __: WordsTest.inside("name", typed),
        ("file", "filename"),
    ),
    FilterSpec(
        "rating",
        later("Photos with so many stars."),
        "4, rating:>=3, rating:2..4, rating:none, rating:rejected",
        lambda typed, _, __: rating_test(typed),
        ("stars", "rated"),
        most_words=2,
        phrases=("5", ">=4", ">=3", "none", "rejected"),
    ),
    FilterSpec(
        "source",
        later("Photos by who wrote the caption."),
        "user",
        _one_of("source", _SOURCES),
        ("by",),
        values=_SOURCES,
    ),
    FilterSpec(
        "sure",
        later("Photos by how well the caption fits, where that was looked at."),
        "unsure",
        _one_of("sureness", _SURENESS),
        ("sureness",),
        values=_SURENESS,
    ),
    FilterSpec("has", later("Photos that have this."), "gps", _flag, ("with",), values=_HAS),
    FilterSpec(
        "asked",
        later("Photos with these words in a question that was asked about them, or in its answer."),
        'colour, asked:"is anyone smiling"=yes',
        _asked,
        ("question",),
        is_of_pairs=True,
    ),
    FilterSpec("is", later("Photos in this state."), "duplicate", _flag, values=_IS),
)
_BY_NAME = {name: spec for spec in FILTERS for name in (spec.name, *spec.aliases, *spec.leads)}


def filter_named(name: str) -> FilterSpec | None:
    """The filter of a name or an alias, in any case."""
    return _BY_NAME.get(name.casefold())


def nearest_filter(name: str) -> FilterSpec | None:
    """The filter that was probably meant by a name that none has."""
    if len(name) < _SHORTEST_MISTYPED:
        return None
    near = difflib.get_close_matches(name.casefold()[:20], _BY_NAME, n=1, cutoff=0.75)
    return _BY_NAME[near[0]] if near else None


def filter_test(name: str, value: str, today: date, prefix: bool = False) -> FilterTest:
    """The test of a filter in a parsed query.

    Raises:
        ValueError: the query was not made by the parser: it lets no other values through.
    """
    spec = _BY_NAME.get(name)
    test = spec.parse(value, today, prefix) if spec is not None else f"There is no filter {name}."
    if isinstance(test, str):
        raise ValueError(test)
    return test
