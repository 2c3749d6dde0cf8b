"""Why a photo was found: the words in its texts that a query asks for, field by field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from blipdesk.catalog.index.tokens import index_word, stem
from blipdesk.catalog.searchtext import FIELDS, texts_in
from blipdesk.domain.query import Phrase, Query, Word
from blipdesk.domain.search import SearchHit, SearchReason
from blipdesk.domain.wording import later
from blipdesk.domain.words import CJK, readable, words_of

_NEAR = 0.25
"""The least cosine that is a reason."""
_CJK_GAP = re.compile(f"(?<=[{CJK}])\\s+(?=[{CJK}])")


class Explainer:
    """Says why; made once for a query."""

    def __init__(self, query: Query) -> None:
        self._wanted = [_Wanted(term) for term in query.wanted() if term.parts]
        self._begun = [wanted for wanted in self._wanted if wanted.is_begun]
        self._by_stem: dict[bytes, list[_Wanted]] = {}
        for wanted in self._wanted:
            if not wanted.is_begun:
                self._by_stem.setdefault(wanted.first, []).append(wanted)
        self._otherwise = later("near in meaning")
        if query.filters():
            self._otherwise = later("meets the filters")
        elif query.hard is not None:
            self._otherwise = later("without the excluded words")

    def hit(
        self,
        photo_id: int,
        search_text: str,
        score: float,
        near: tuple[str, float] | None = None,
        nearness: float | None = None,
    ) -> SearchHit:
        """What is said of a photo.

        Args:
            photo_id: of the photo.
            search_text: each line is a field.
            score: its score in the answer.
            near: its sentence that is nearest in meaning, and the cosine.
            nearness: how much its picture shows of what is asked for; None: little.
        """
        reasons: list[SearchReason] = []
        words: dict[str, None] = {}
        for field, line in zip(FIELDS, readable(search_text).split("\n"), strict=False):
            found = dict.fromkeys(chain.from_iterable(map(self._standing, texts_in(line)))) if line else ()
            if found:
                reasons.append(SearchReason(field, ", ".join(found)))
            for text in found:
                words.update(dict.fromkeys(_whole_words(text)))
        if near is not None and near[1] >= _NEAR:
            sentence = _CJK_GAP.sub("", near[0])
            is_shown = sentence == _CJK_GAP.sub("", search_text.partition("\n")[0])
            reasons.append(SearchReason("meaning", "" if is_shown else sentence, near[1]))
        if nearness is not None:
            reasons.append(SearchReason("picture", "it shows what you typed", min(1.0, nearness)))
        why = "; ".join(map(_in_words, reasons))
        if not reasons:
            why = self._otherwise
        return SearchHit(photo_id, score, why, tuple(words), tuple(reasons))

    def _standing(self, text: str) -> Iterator[str]:
        """What was asked for, as it stands in a text."""
        return (_CJK_GAP.sub("", text[start:end]).lower() for start, end in self._spans(text))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """The places of what was asked for, in order, none in another."""
        places = [(word.start(), word.end()) for word in words_of(text)]
        words = [index_word(text[start:end]) for start, end in places]
        stems = [stem(word) for word in words]
        found: list[tuple[int, int]] = []
        for first in range(len(words)):
            wanted = chain(self._by_stem.get(stems[first], ()), self._begun)
            size = max((each.size_at(words, stems, first) for each in wanted), default=0)
            if size and (not found or places[first][0] >= found[-1][1]):
                found.append((places[first][0], places[first + size - 1][1]))
        return found


def _in_words(reason: SearchReason) -> str:
    if reason.score is None:
        return f"{reason.field}: {reason.text}"
    return f"{reason.field} {reason.score:.2f}" + (f": {reason.text}" if reason.text else "")


def _whole_words(text: str) -> list[str]:
    """What is highlighted: a run of CJK characters as one."""
    return text.split() if len(text) > 1 and _CJK_GAP.search(text) is None else [text]


class _Wanted:
    """A word or phrase as it is looked for in a text."""

    def __init__(self, term: Word | Phrase) -> None:
        self._words = [index_word(part) for part in term.parts]
        self._stems = [stem(word) for word in self._words]
        self._prefix = term.prefix

    @property
    def first(self) -> bytes:
        """The stem of its first word."""
        return self._stems[0]

    @property
    def is_begun(self) -> bool:
        """Whether its first word may go on."""
        return self._prefix and len(self._words) == 1

    def size_at(self, words: Sequence[bytes], stems: Sequence[bytes], first: int) -> int:
        """How many words from ``first`` on it takes; 0: it does not stand there."""
        size = len(self._words)
        if list(stems[first : first + size]) == self._stems:
            return size
        if not self._prefix or list(stems[first : first + size - 1]) != self._stems[:-1]:
            return 0
        last = words[first + size - 1 : first + size]
        return size if last and last[0].startswith(self._words[-1]) else 0
