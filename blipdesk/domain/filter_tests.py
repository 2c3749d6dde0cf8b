"""What a filter asks of a photo, and the few facts of a photo that filters look at.

Each test looks at one field.  Its ``match_value`` needs that field's value alone: an index asks it once for
each distinct folder, camera or keyword, and so do the catalog's SQL clauses.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, TypeAlias

from blipdesk.domain.periods import Period
from blipdesk.domain.suffixes import SUFFIXES_OF
from blipdesk.domain.values import Source, Sureness
from blipdesk.domain.words import fold_text, words_of


class Flag(StrEnum):
    """What a photo has or is: yes or no."""

    CAPTION = "caption"
    QUESTION = "question"
    """Somebody asked about it."""
    GPS = "gps"
    EDITED = "edited"
    """A person wrote its caption here, or gave it or took off a keyword."""
    SIDECAR = "sidecar"
    """A file with metadata was read beside it."""
    MISSING = "missing"
    FAILED = "failed"
    """It is there, and could not be captioned."""
    DUPLICATE = "duplicate"
    """Another photo shows the very same picture; both are there."""
    FAVOURITE = "favourite"
    """Five stars."""


FAVOURITE_RATING = 5
"""Stars of a favourite photo."""


@dataclass(frozen=True, slots=True)
class PhotoFields:
    """What filters look at, of one photo."""

    folder: str
    """The path of its directory."""
    day: date
    """The local day of the date taken, else of the file (:func:`~blipdesk.domain.periods.local_day`)."""
    keywords: tuple[str, ...] = ()
    """Those that people see, and those that they stand in."""
    camera: str | None = None
    lens: str | None = None
    type: str = ""
    """One of :data:`TYPES`, see :func:`type_of`; empty: none of them."""
    source: Source | None = None
    """Of the caption that people see."""
    sureness: Sureness | None = None
    """Of the caption that people see."""
    questions: tuple[str, ...] = ()
    """Each question with its answer, a space between."""
    turns: tuple[tuple[str, str], ...] = ()
    """The same apart, oldest first."""
    flags: frozenset[Flag] = frozenset()
    name: str = ""
    """Of its file."""
    rating: int | None = None
    """Stars, -1 for rejected."""


TYPES = tuple("heic" if name == "HEIF" else name.lower() for name in SUFFIXES_OF)
"""The file types, as people name them."""
TYPE_OF_FORMAT = dict(zip(SUFFIXES_OF, TYPES, strict=True))
TYPE_OF_SUFFIX = {
    suffix: TYPE_OF_FORMAT[name] for name, suffixes in SUFFIXES_OF.items() for suffix in suffixes
}


def type_of(format_: str | None, name: str) -> str:
    """The file type of a photo: by its content where it was decoded, else by its name.

    >>> type_of("HEIF", "a.jpg"), type_of(None, "a.JPG"), type_of(None, "a.txt")
    ('heic', 'jpeg', '')
    """
    if format_ is not None:
        return TYPE_OF_FORMAT.get(format_, "")
    _, dot, ending = name.rpartition(".")
    return TYPE_OF_SUFFIX.get(f".{ending.casefold()}", "") if dot else ""


# ---------------------------------------------------------------------------------------- tests


_ASCII_WORD = re.compile("[a-z0-9]+")


@lru_cache(maxsize=65536)  # a folder is looked at with each letter that is typed
def folded_words(text: str) -> str:
    """The folded words of a text with a space before each.

    >>> folded_words("IMG_12-Caf\u00e9.jpg")
    ' img 12 cafe jpg'
    """
    if text.isascii():  # in a third of the time: of 10,000 keywords all are looked at with one key
        return "".join([f" {word}" for word in _ASCII_WORD.findall(text.lower())])
    return "".join(f" {word.group()}" for word in words_of(fold_text(text)))


@lru_cache(maxsize=65536)
def _singulars(text: str) -> str:
    """As :func:`folded_words`, each word without a plural's ending."""
    words = folded_words(text)
    return "".join([f" {_singular(word)}" for word in words.split()]) if "s" in words else words


def _singular(word: str) -> str:
    """An English word without a plural's ending (the s stemmer of Harman, How effective is suffixing?, 1991).

    >>> [_singular(word) for word in ("kites", "boxes", "ponies", "glass", "bus", "seas")]
    ['kite', 'box', 'pony', 'glass', 'bus', 'sea']
    """
    if len(word) < 4 or not word.endswith("s") or word.endswith(("us", "ss", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "zes")) else word[:-1]


def hint_of(words: str) -> str:
    """Letters of each text in ASCII that has these words, however plurals end."""
    return max(_singulars(words).split(), key=len, default="")[:-1]


@dataclass(frozen=True, slots=True)
class WordsTest:
    """The words of the value follow one another in the text; of English ones a plural's ending is no matter.

    While it is typed the last may go on.
    """

    field: str
    """``camera``, ``lens``, ``folder``, ``name`` or ``questions``."""
    words: str
    """As :func:`folded_words` has them; without the first space, the first may begin within a word."""

    is_beginning: bool = True
    """The last word may go on."""

    @classmethod
    def of(cls, field: str, value: str, prefix: bool = False) -> WordsTest | None:
        """The test for a value; None where there is no word in it."""
        words = folded_words(value)
        return cls(field, words, prefix) if words else None

    @classmethod
    def inside(cls, field: str, value: str) -> WordsTest | None:
        """The same, but the first word may begin anywhere: ``0012`` is in ``DSC0012``."""
        words = folded_words(value)
        return cls(field, words[1:]) if words else None

    def match_value(self, value: str | None) -> bool:
        """Whether one camera, lens, folder, name or question has the words."""
        if value is None:
            return False
        if self.is_beginning:
            return self.words in folded_words(value)
        words = f"{folded_words(value)} "
        if f"{self.words} " in words or (self.field == "lens" and f"{self.words}mm " in words):
            return True
        return f"{_singulars(self.words)} " in f"{_singulars(value)} "

    def match(self, fields: PhotoFields) -> bool:
        """Whether a photo passes."""
        value = getattr(fields, self.field)
        return any(map(self.match_value, value)) if isinstance(value, tuple) else self.match_value(value)


@dataclass(frozen=True, slots=True)
class AskedTest:
    """A question that was asked about the photo has this answer: the latest one, where it has several."""

    question: str
    """As :func:`folded_words` has it."""
    answer: str
    """Likewise; empty: any."""
    is_beginning: bool = False
    """The answer is being typed."""
    is_part: bool = False
    """The words may be a part of the question's."""
    field: ClassVar[str] = "turns"

    @classmethod
    def of(cls, value: str, prefix: bool = False) -> AskedTest | None:
        """The test for ``question=answer``; None where there is no word in it."""
        question, _, answer = value.rpartition("=")
        test = cls(folded_words(question), folded_words(answer), prefix)
        return test if test.question or test.answer else None

    def loosened(self) -> AskedTest:
        """What is asked where no photo passes: ``smiling=yes`` finds "Is anyone smiling?" too."""
        return replace(self, is_part=True)

    def match_question(self, question: str) -> bool:
        """Whether it is this question, in any spelling."""
        words = folded_words(question)
        return f"{self.question} " in f"{words} " if self.is_part else words == self.question

    def match_answer(self, answer: str) -> bool:
        """Whether it is this answer, in any spelling."""
        words = folded_words(answer)
        return (
            not self.answer or words == self.answer or (self.is_beginning and words.startswith(self.answer))
        )

    def match(self, fields: PhotoFields) -> bool:
        """Whether a photo passes."""
        answers = [answer for question, answer in fields.turns if self.match_question(question)]
        return any(map(self.match_answer, answers if self.is_part else answers[-1:]))


@dataclass(frozen=True, slots=True)
class WithinTest:
    """The photo is in a folder with this path, or below it."""

    path: str
    """Folded, without a separator at its end."""
    is_beginning: bool = False
    """The path is being typed."""
    field: ClassVar[str] = "folder"

    def match_value(self, value: str) -> bool:
        """Whether a directory is the folder or below it."""
        folder = _folded_path(value)
        return folder == self.path or folder.startswith(self.path if self.is_beginning else f"{self.path}/")

    def match(self, fields: PhotoFields) -> bool:
        """Whether a photo passes."""
        return self.match_value(fields.folder)


@dataclass(frozen=True, slots=True)
class KeywordTest:
    """The photo has this keyword, or one that stands in it."""

    keyword: str
    """Folded."""
    is_beginning: bool = False
    """More letters may follow."""
    is_part: bool = False
    """Its words may be a part of the keyword's, and in the plural."""
    field: ClassVar[str] = "keywords"

    def loosened(self) -> KeywordTest:
        """What is asked where no photo passes: ``golden`` finds "golden retriever", and ``kites`` "kite"."""
        return replace(self, is_part=True)

    @staticmethod
    def folded(value: str) -> str:
        """A keyword as :meth:`match_folded` takes it."""
        return " ".join(fold_text(value).split())

    def match_value(self, value: str) -> bool:
        """Whether one keyword, in any spelling, is it."""
        return self.match_folded(self.folded(value))

    def match_folded(self, folded: str) -> bool:
        """The same of a keyword that is folded: to fold 10,000 at each key takes 10 ms and more."""
        if self.is_part:
            words = _singulars(self.keyword)
            return words != "" and (words if self.is_beginning else f"{words} ") in f"{_singulars(folded)} "
        return folded == self.keyword or (self.is_beginning and folded.startswith(self.keyword))

    def match(self, fields: PhotoFields) -> bool:
        """Whether a photo passes."""
        return any(map(self.match_value, fields.keywords))


@dataclass(frozen=True, slots=True)
class OneOfTest:
    """The field has one of the values."""

    field: str
    """``type``, ``source`` or ``sureness``."""
    values: frozenset[str]

    def match_value(self, value: str | None) -> bool:
        """Whether the value is one of them."""
        return value in self.values

    def match(self, fields: PhotoFields) -> bool:
        """Whether a photo passes."""
        return self.match_value(getattr(fields, self.field))


@dataclass(frozen=True, slots=True)
class FlagTest:
    """The photo has one of the flags."""

    flags: frozenset[Flag]
    field: ClassVar[str] = "flags"

    def match_value(self, value: Flag) -> bool:
        """Whether a flag is one of them."""
        return value in self.flags

    def match(self, fields: PhotoFields) -> bool:
        """Whether a photo passes."""
        return not self.flags.isdisjoint(fields.flags)


@dataclass(frozen=True, slots=True)
class DateTest:
    """The photo is of one of these days."""

    period: Period
    field: ClassVar[str] = "day"

    def match_value(self, value: date) -> bool:
        """Whether a day is one of them."""
        return value in self.period

    def match(self, fields: PhotoFields) -> bool:
        """Whether a photo passes."""
        return self.match_value(fields.day)


@dataclass(frozen=True, slots=True)
class RatingTest:
    """The photo has so many stars."""

    stars: frozenset[int]
    """Some of :data:`RATINGS`."""
    field: ClassVar[str] = "rating"

    def match_value(self, value: int | None) -> bool:
        """Whether a rating is one of them; one that is none of :data:`RATINGS` counts as none."""
        return (value if value in RATINGS else 0) in self.stars

    def match(self, fields: PhotoFields) -> bool:
        """Whether a photo passes."""
        return self.match_value(fields.rating)


RATINGS = (0, 1, 2, 3, 4, 5, -1)
"""No stars, one to five, and rejected."""
_NAMED_RATINGS = {"none": 0, "no": 0, "unrated": 0, "rejected": -1, "-1": -1}
_STARS = re.compile(r"([<>]=?|=)? ?([0-5])(\+)?(?: stars?)?")
_FROM_TO = re.compile(r"([1-5])? ?(?:\.{2,3}|\u2026|[-\u2013]) ?([1-5])?(?: stars?)?")


def rating_test(value: str) -> RatingTest | None:
    """The test for stars as people write them: ``4``, ``>=4``, ``4+``, ``2..4``, ``none``, ``rejected``."""
    typed = " ".join(fold_text(value).split())
    if typed in _NAMED_RATINGS:
        return RatingTest(frozenset({_NAMED_RATINGS[typed]}))
    between = _FROM_TO.fullmatch(typed)
    if between is not None and any(between.groups()):
        ends = int(between[1] or 1), int(between[2] or 5)
        return RatingTest(frozenset(range(min(ends), max(ends) + 1)))
    found = _STARS.fullmatch(typed)
    if found is None or (found[1] and found[3]):
        return None
    number = int(found[2])
    match found[1] or found[3]:
        case ">=" | "+":
            stars = frozenset(range(number, 6))
        case ">":
            stars = frozenset(range(number + 1, 6))
        case "<=":
            stars = frozenset(range(1, number + 1))
        case "<":
            stars = frozenset(range(1, number))
        case _:
            stars = frozenset({number})
    return RatingTest(stars) if stars else None


FilterTest: TypeAlias = (
    WordsTest | AskedTest | WithinTest | KeywordTest | OneOfTest | FlagTest | DateTest | RatingTest
)
_ABSOLUTE = re.compile(r"[/\\~]|[a-z]:[/\\]?", re.IGNORECASE)


@lru_cache(maxsize=65536)
def _folded_path(path: str) -> str:
    return fold_text(path).replace("\\", "/").rstrip("/")


def folder_test(value: str, prefix: bool) -> WithinTest | WordsTest | None:
    """A whole path is a folder; anything else are words of one."""
    if _ABSOLUTE.match(value):
        path = _folded_path(os.path.expanduser(value))
        return WithinTest(path, prefix and not value.endswith(("/", "\\")))
    return WordsTest.of("folder", value, prefix)
