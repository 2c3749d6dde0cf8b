"""Search as the windows and the command line see it: what is asked for, and the answer.

A query is answered in two steps.  While a person types, words and filters alone find photos, in the order of
the view (``ranked`` false).  Once the typing rests, the same query is ranked: by words, and by meaning where
the sentence embeddings are there.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import StrEnum

from blipdesk.domain.values import LibraryView


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One query, and what is wanted of it."""

    query: str
    """What was typed; any string is fine."""
    view: LibraryView = field(default_factory=LibraryView)
    """The side-bar row that the photos have to be of, and the order; its own query is not looked at."""
    limit: int | None = None
    """The most photos; None: all that are found."""
    ranked: bool = True
    """False while it is typed: photos with the words and the filters, none by meaning.  The same photos are
    found in every order of the view."""
    corrected: bool = True
    """Words that nobody knows may be taken for the nearest that the catalog knows."""
    is_whole: bool = False
    """True where nothing more is typed: the value of a filter at its end is no beginning of one."""


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """A part of a query that could not be followed as it was meant; the rest was."""

    start: int
    end: int
    """The characters ``start`` to ``end`` of the query, as Python slices."""
    message: str
    """A sentence for the person, with the remedy."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was taken for another one."""

    typed: str
    used: str


RESTS = 0.12
"""Typing that pauses for so many seconds rests: photos with the words, shown at each key, are ranked then."""
ALIKE = 0.6
"""Sentences whose embeddings have so high a cosine say nearly the same."""


class SuggestionKind(StrEnum):
    """What a suggestion under the search box is."""

    KEYWORD = "keyword"
    FILTER = "filter"
    VALUE = "value"
    WORD = "word"
    """Another word in the place of one that no photo has; or a word that is excluded (``-beach``)."""
    HISTORY = "history"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A line under the search box: taking it makes the text ``query`` with the cursor at ``cursor``."""

    kind: SuggestionKind
    label: str
    query: str
    cursor: int
    count: int | None = None
    """Photos that it would find alone, where that is known."""
    help: str = ""


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The photos of a query, best first or in the order of the view: those that fit, then those that may."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    scores: array[float] = field(default_factory=lambda: array("d"))
    """As long as ``ids`` where it was ranked, else empty; comparable within one answer."""
    sure: int = 0
    """So many of ``ids`` fit; those behind them may ("maybe")."""
    total: int = 0
    """How many photos were found, of which ``ids`` are the first."""
    corrections: tuple[Correction, ...] = ()
    shown_query: str = ""
    """The query with the corrections in it; empty where there are none."""
    problems: tuple[QueryProblem, ...] = ()
    missing: str = ""
    """Why the answer could not be by meaning (or not wholly), a sentence; empty where it was."""
    meant: tuple[Suggestion, ...] = ()
    """Queries that were perhaps meant; none of them was answered."""
    searched: str = ""
    """What days its date filters stand for, a sentence; empty where there is none."""


@dataclass(frozen=True, slots=True)
class SearchReason:
    """One thing that speaks for a hit: words found in a field, or a sentence of like meaning."""

    field: str
    """``caption``, ``another caption``, ``keyword``, ``question``, ``file name``, ``folder``, ``camera``,
    ``title``; ``meaning`` for a sentence; ``picture`` for the photo itself."""
    text: str
    """The words that matched, comma-separated; or the whole sentence: empty for the shown caption."""
    score: float | None = None
    """Cosine of query and sentence, nearness of a picture (1: as near as photos are to their own captions);
    None for words."""


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A photo that a query found.

    ``score`` is higher for better hits and only comparable within one result; ``why`` says what matched
    in words; ``words`` are the lower-case words of the text to highlight.
    """

    photo_id: int
    score: float
    why: str
    words: tuple[str, ...] = ()
    reasons: tuple[SearchReason, ...] = ()
    maybe: bool = False
    """It stands under the "maybe" divider: beyond the score from which hits are right more often than not."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that a person kept under a name."""

    name: str
    query: str
