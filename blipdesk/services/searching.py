"""The search box: answers, reasons, suggestions, what was searched for before."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from itertools import chain
from typing import TYPE_CHECKING

from blipdesk.catalog import Catalog
from blipdesk.domain.query import (
    Piece,
    Query,
    Word,
    days_searched,
    negated_words,
    parse_query,
    query_pieces,
    quoted,
    spoken,
    with_corrections,
)
from blipdesk.domain.runs import is_run, parts_of, pieces_of
from blipdesk.domain.search import (
    ALIKE,
    Correction,
    SavedSearch,
    SearchAnswer,
    SearchHit,
    SearchRequest,
    Suggestion,
    SuggestionKind,
)
from blipdesk.domain.sentences import has_other_letters, sentence_of, sentence_of_query
from blipdesk.domain.values import LibraryView
from blipdesk.domain.wording import later, tr
from blipdesk.domain.words import fold_text, storable
from blipdesk.services.meaning import QueryReader
from blipdesk.services.picture_queries import EmbedText, PictureQueries
from blipdesk.services.suggesting import Suggester

if TYPE_CHECKING:
    from blipdesk.catalog.index.fused import Meaning, Shown
    from blipdesk.catalog.index.vectors import VectorIndex

HISTORY = 100
"""So many queries are remembered, ..."""
LONGEST = 1000
"""... of no more letters: with each key all of them are read."""
_NEAR = 0.5
"""Photos whose captions are nearer than ``ALIKE`` are alike, than this may be; others are not.

Of 2,500 photos with captions by BLIP-large the median one has 13 that are alike and 17 that may be; 0.6 %
have none.
"""
_FEW = 10
"""Of fewer photos that are sure, or one to so many that there are instead, others may be meant."""
_KEYWORDS = 3
"""So many keywords are named for one that no photo has."""
_SAVED, _HISTORY = "saved_searches", "search_history"


class SearchService:
    """Finds photos; every method may be called from any thread and raises nothing for what was typed."""

    def __init__(
        self, catalog: Catalog, reader: QueryReader | None = None, embed: EmbedText = lambda _: None
    ) -> None:
        self._catalog = catalog
        self.pictures = PictureQueries(embed)
        self._suggester = Suggester(catalog)
        self._reader = reader or QueryReader()

    # ------------------------------------------------------------------------------------ answers

    def prepare(self) -> None:
        """Load what the first key needs; takes a second among a million photos.

        Called once a person is about to type: the first key is then answered in 0.03 s, not 0.3, the first
        ranked answer in 0.2 s, not 1.3.
        """
        self._catalog.search_index.prepare()
        self._suggester.prepare()
        self._reader.prepare()
        self._catalog.vectors.so_far()  # which loads them, as every look at them does

    def answer(self, request: SearchRequest) -> SearchAnswer:
        """The photos of a query."""
        typed = self.parsed(request.query, request.is_whole)
        if typed.tree is None:
            ids = self._catalog.ids(replace(request.view, query=""))
            first = ids[: request.limit]
            return SearchAnswer(first, sure=len(first), total=len(ids), problems=typed.problems)
        query, corrections = self._mended(request, typed)
        shown_query = query.text if corrections else ""
        query, unfound = self._apart(request, query)
        self._ask_for_look(request, query)
        meaning = self._meaning_of(request, query)
        shown = self._look_of(request, query, wait=True)
        found = self._found(request, query, meaning, shown)
        if not (request.ranked or request.is_whole) and query.ranked_by:
            self._reader.read_ahead(spoken(query))
        return replace(
            found,
            sure=0 if unfound else found.sure,
            corrections=corrections,
            shown_query=shown_query,
            problems=typed.problems,
            missing=self._missing(query, unfound, not found.ids) if request.ranked else "",
            searched=days_searched(query),
            meant=self._meant(query, typed.text, found) if request.ranked else (),
        )

    def parsed(self, text: str, is_whole: bool = False) -> Query:
        """A query as answers read it: so many words behind ``folder:`` are its value as are one folder."""
        has_value = self._catalog.search_index.has_value
        return parse_query(self._by_path(text) or text, is_whole=is_whole, has_value=has_value)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The filters of a query and the words between, as answers read them."""
        return query_pieces(text, has_value=self._catalog.search_index.has_value)

    def _by_path(self, text: str) -> str:
        """The filters for the one photo or folder whose whole path is typed; empty: it is none of a photo."""
        path = os.path.expanduser(text.strip().strip("\"'"))
        if not os.path.isabs(path) or path != storable(path):
            return ""
        path = os.path.normpath(path)
        if self._catalog.photo_by_path(path) is not None:
            folder, name = os.path.split(path)
            return f"folder:{quoted(folder)} name:{quoted(name)}"
        return f"folder:{quoted(path)}" if self._catalog.search_index.has_value("folder", path) else ""

    def _mended(self, request: SearchRequest, typed: Query) -> tuple[Query, tuple[Correction, ...]]:
        """A query with the words that nobody knows taken for others, where that is wanted."""
        if not (request.corrected and request.ranked):
            return typed, ()
        corrections = self._catalog.search_index.corrections(_words_understood(typed))
        if not corrections:
            return typed, ()
        used = {fold_text(correction.typed): correction.used for correction in corrections}
        return self.parsed(with_corrections(typed.text, used), request.is_whole), corrections

    def _apart(self, request: SearchRequest, query: Query) -> tuple[Query, tuple[str, ...]]:
        """A query with parts for the Chinese and Japanese words that no photo has as such, and these."""
        words = {word.text for word in query.soft if isinstance(word, Word) and is_run(word.text)}
        unfound = tuple(sorted(word for word in words if request.ranked and not self._count(f'"{word}"')))
        if not unfound:
            return query, ()
        parts = {
            fold_text(run): " ".join(
                part
                for piece in pieces_of(run)
                for part in ((piece,) if self._count(f'"{piece}"') else parts_of(piece))
            )
            for run in unfound
        }
        return self.parsed(with_corrections(query.text, parts), is_whole=True), unfound

    def _unfound_elsewhere(self, query: Query) -> tuple[str, ...]:
        """The words of scripts that the models do not know, as they were typed, that no photo has."""
        words = (word for word in query.soft if isinstance(word, Word) and has_other_letters(word.text))
        typed = dict.fromkeys(query.text[slice(*word.span)].rstrip("*\uff0a") for word in words)
        return tuple(text for text in typed if not self._count(f'"{text}"*'))

    def _count(self, text: str) -> int:
        """How many photos a query finds by its words and filters."""
        request, query = SearchRequest(text, ranked=False, is_whole=True), self.parsed(text, is_whole=True)
        if query.tree is None:
            return len(self._catalog.ids(LibraryView()))
        return self._found(request, query).total

    def _found(
        self, request: SearchRequest, query: Query, meaning: Meaning | None = None, shown: Shown | None = None
    ) -> SearchAnswer:
        found = self._catalog.search_index.answer(request, query, meaning, shown)
        return self._catalog.answer(request, query) if found is None else found

    def _meant(self, query: Query, typed: str, found: SearchAnswer) -> tuple[Suggestion, ...]:
        """Queries that were perhaps meant.

        With a date or a folder for words, without what was said not to be there, with words or keywords that
        there are.
        """
        meant = [*self._suggester.dates(query.text)[:1], *self._in_folder((typed, query.text), found.sure)]
        meant += self._without(query)
        likely = self._catalog.search_index.likely_words(_words_understood(query))
        if likely:
            used = {fold_text(correction.typed): correction.used for correction in likely}
            text = with_corrections(query.text, used)
            meant.append(Suggestion(SuggestionKind.WORD, " ".join(used.values()), text, len(text)))
        for node in query.filters() if not found.ids else ():
            if node.name == "keyword":
                offered = self._suggester.suggestions(query.text, node.value_span[1], _KEYWORDS, (), ())
                meant += [offer for offer in offered if offer.kind is SuggestionKind.KEYWORD]
        return tuple(meant)

    def _in_folder(self, queries: Iterable[str], sure: int) -> Iterator[Suggestion]:
        """The first query for a folder whose name stands at its end, where few photos are sure without."""
        for offer in chain.from_iterable(map(self._suggester.folders, dict.fromkeys(queries))):
            count = self._count(offer.query)
            if count and sure < max(_FEW, count / _FEW):
                yield replace(offer, count=count)
                return

    def _without(self, query: Query) -> Iterator[Suggestion]:
        """A query in which ``not`` and the like exclude the words behind them, where photos have those."""
        text, excluded = negated_words(query.text, self._catalog.search_index.has_value)
        if excluded and all(map(self._count, excluded)) and (left := self._count(text)):
            yield Suggestion(SuggestionKind.WORD, text, text, len(text), left)  # its photos, not a part's

    def explain(self, request: SearchRequest, photo_ids: Sequence[int]) -> list[SearchHit]:
        """Why each of these photos is in the answer to a request; for the few that are looked at."""
        query, _ = self._mended(request, self.parsed(request.query, request.is_whole))
        query, unfound = self._apart(request, query)
        meaning, shown = self._meaning_of(request, query), self._look_of(request, query, wait=False)
        hits = self._catalog.search_index.explain(request, query, photo_ids, meaning, shown)
        return [replace(hit, maybe=True) for hit in hits] if unfound else hits

    def _meaning_of(self, request: SearchRequest, query: Query) -> Meaning | None:
        """What a query that is to be ranked means; None: nothing that the model can read."""
        if not request.ranked or not query.ranked_by:
            return None
        vector = self._reader.read(spoken(query))
        if vector is None:
            return None
        from blipdesk.catalog.index.fused import Meaning

        return Meaning(self._catalog.vectors, vector)

    def _ask_for_look(self, request: SearchRequest, query: Query) -> None:
        """Have the retrieval model begin with a query, where it knows such pictures."""
        if not self.knows_pictures:
            return
        if not request.ranked:
            self.pictures.hurry()
            self.pictures.warm()
        elif query.ranked_by:
            self.pictures.ask(spoken(query))

    def _look_of(self, request: SearchRequest, query: Query, *, wait: bool) -> Shown | None:
        """What a query that is to be ranked would look like; None where that is not known in time."""
        if not request.ranked or not query.ranked_by:
            return None
        embedding = self.pictures.get(spoken(query), wait=wait)
        pictures = self._catalog.pictures
        if embedding is None or embedding.model_key != pictures.model.key:
            return None
        look = pictures.query(embedding.values)
        if look is None:
            return None
        from blipdesk.catalog.index.fused import Shown

        return Shown(pictures, look)

    @property
    def knows_pictures(self) -> bool:
        """Whether a retrieval model read pictures of the library, and knows such pictures."""
        return self._catalog.pictures.model.scale.tells_apart

    def could_look(self, text: str) -> bool:
        """Whether a retrieval model that knows such pictures could look for a query, and did not yet."""
        query = self.parsed(text, is_whole=True)
        is_read = bool(query.ranked_by and sentence_of_query(spoken(query)))
        return is_read and self.knows_pictures and self.pictures.get(spoken(query), wait=False) is None

    def _missing(self, query: Query, unfound: Sequence[str], is_nothing: bool) -> str:
        """Why an answer is not, or not wholly, by meaning."""
        has_parts = bool(unfound) and not is_nothing
        unfound = unfound or self._unfound_elsewhere(query)
        if unfound:
            named = tr(" or ").join(tr("“{words}”", words=run) for run in unfound)
            none = later("No photo has {words}. The search by meaning knows English alone.")
            parts = later(
                "No photo has {words} as it stands; these have a part of it. "
                "The search by meaning knows English alone."
            )
            return (parts if has_parts else none).format(words=named)
        if not query.ranked_by or not sentence_of_query(spoken(query)):
            return ""
        if self._reader.missing:
            return self._reader.missing
        so_far = self._catalog.vectors.so_far()
        if not so_far.is_ready:
            return later("The search by meaning is still being prepared; words find photos meanwhile.")
        if not so_far.unread:
            return ""
        unread = later("The captions of {n} of {total} photos are not read by meaning yet.")
        return unread.format(n=f"{so_far.unread:,}", total=f"{so_far.photos:,}")

    def similar(self, photo_id: int, limit: int = 200) -> SearchAnswer:
        """The photos whose captions are near to a photo's; itself is the first.

        Of a photo without a caption that was read those whose pictures are near, where the retrieval model
        knows pictures like these, by how much nearer they are than photos in general: of drawn scenes the ten
        nearest by captions have .38 in common with it, by pictures .31 (``tests/bench/search_pictures.py``).
        """
        vectors: VectorIndex = self._catalog.vectors
        vector, usual = vectors.vector_of(photo_id), 0.0
        if vector is None and self.knows_pictures:
            vectors = pictures = self._catalog.pictures
            vector = vectors.vector_of(photo_id)
            usual = 0.0 if vector is None else pictures.usual_cosine(vector)
        if vector is None:
            return SearchAnswer(array("q", [photo_id]), array("d", [1.0]), 1, missing=self._unlike(photo_id))
        import numpy as np

        ids, cosines = vectors.nearest(vector, limit + 1, self._catalog.search_index.findable())
        cosines = (cosines - np.float32(usual)) / np.float32(max(0.01, 1 - usual))
        kept = (ids != photo_id) & (cosines >= _NEAR)
        ids, cosines = ids[kept][: limit - 1], cosines[kept][: limit - 1]
        sure = 1 + int(np.count_nonzero(cosines >= ALIKE))
        found, scores = array("q", [photo_id]), array("d", [1.0])
        found.frombytes(ids.astype(np.int64).tobytes())
        scores.frombytes(cosines.astype(np.float64).tobytes())
        return SearchAnswer(found, scores, sure)

    def _unlike(self, photo_id: int) -> str:
        """Why nothing is known to be like a photo."""
        photo = self._catalog.photo(photo_id)
        if photo is None or not photo.caption:
            return later("This photo has no caption yet, by which others like it could be found.")
        if not sentence_of(photo.caption):
            return later("This photo's caption is in a language that the sentence model does not know.")
        return self._reader.missing or later("This photo's caption is not read by meaning yet.")

    # ------------------------------------------------------------------------------------ typing

    def suggestions(self, text: str, cursor: int, limit: int = 8) -> list[Suggestion]:
        """What may be meant at the cursor: keywords, filters and their values, earlier queries."""
        return self._suggester.suggestions(text, cursor, limit, self.history(), self.saved())

    # ------------------------------------------------------------------------------------ kept

    def saved(self) -> list[SavedSearch]:
        """The saved searches, in the order of their names."""
        return sorted(_saved_in(self._catalog.setting(_SAVED)), key=lambda search: search.name.casefold())

    def save(self, name: str, query: str, instead: str | None = None) -> None:
        """Keep a query under a name, in place of an earlier one of that name and of one of another name."""
        names = {name.casefold(), (instead or name).casefold()}
        new = SavedSearch(name, query)
        self._keep(lambda old: [*(one for one in old if one.name.casefold() not in names), new])

    def forget(self, name: str) -> None:
        """Let a saved search go."""
        self._keep(lambda old: [search for search in old if search.name != name])

    def _keep(self, change: Callable[[list[SavedSearch]], list[SavedSearch]]) -> None:
        """Change the saved searches as they are by then: another thread may have changed them."""
        self._catalog.change_setting(_SAVED, lambda kept: [asdict(one) for one in change(_saved_in(kept))])

    def history(self) -> list[str]:
        """What was searched for, the last first."""
        return _queries_in(self._catalog.setting(_HISTORY))

    def note_searched(self, query: str) -> None:
        """Remember a query that a person looked at the answer of; a pasted text is not worth it."""
        query = query.strip()
        if query and len(query) <= LONGEST:
            self._catalog.change_setting(
                _HISTORY, lambda kept: list(dict.fromkeys([query, *_queries_in(kept)]))[:HISTORY]
            )

    def clear_history(self) -> None:
        """Forget what was searched for."""
        self._catalog.set_setting(_HISTORY, [])


def _saved_in(kept: object) -> list[SavedSearch]:
    """The saved searches in a setting that another version may have kept, as far as they can be read."""
    return [search for search in map(_saved, kept if isinstance(kept, list) else []) if search]


def _queries_in(kept: object) -> list[str]:
    return [query for query in (kept if isinstance(kept, list) else []) if isinstance(query, str)]


def _saved(kept: object) -> SavedSearch | None:
    if not isinstance(kept, dict):
        return None
    name, query = kept.get("name"), kept.get("query")
    return SavedSearch(name, query) if isinstance(name, str) and isinstance(query, str) else None


def _words_understood(query: Query) -> list[Word]:
    """The words of a query that are no part of what could not be followed."""
    told = [(problem.start, problem.end) for problem in query.problems]
    return [word for word in query.words() if not any(start <= word.span[0] < end for start, end in told)]
