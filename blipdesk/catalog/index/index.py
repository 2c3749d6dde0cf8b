"""The search index of an open catalog: kept up with it, and asked by any thread."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import numpy as np

from blipdesk.catalog.database import Database
from blipdesk.catalog.index.explain import Explainer
from blipdesk.catalog.index.filters import FilterMasks, Tables
from blipdesk.catalog.index.fused import Asked, Meaning, Shown, nearness_of, ranked
from blipdesk.catalog.index.grouping import grouped
from blipdesk.catalog.index.keeping import Keeper
from blipdesk.catalog.index.lexical import Lookup
from blipdesk.catalog.index.listing import Listing
from blipdesk.catalog.index.ranking import Ranking
from blipdesk.catalog.index.spelling import SHORTEST, Speller
from blipdesk.catalog.index.state import State
from blipdesk.catalog.index.stored import SnapshotError
from blipdesk.catalog.index.texts import Texts
from blipdesk.catalog.index.tokens import Bools, Integers, index_word
from blipdesk.catalog.index.views import in_order, view_mask
from blipdesk.catalog.index.vocabulary import Vocabulary
from blipdesk.domain.filter_tests import WithinTest, WordsTest
from blipdesk.domain.filters import filter_named
from blipdesk.domain.grouping import Grouping, Groups
from blipdesk.domain.query import Filter, Node, Query, Word, all_of, any_of, spoken
from blipdesk.domain.search import Correction, SearchAnswer, SearchHit, SearchRequest
from blipdesk.domain.values import SortOrder

_Spelt: TypeAlias = Callable[[Speller, Sequence[str], int], tuple[Correction, ...]]
MOST_RANKED = 2000
"""So many photos are compared; of the others those with all the words follow, the newest first."""
_OF_CAMERA = 2
"""A query of no more words may be one for a camera."""
_NEW_WORDS = 256
"""So many new words make spelling be mended anew."""


class SearchIndex:
    """Finds photos by words and filters, in memory.

    Any thread may ask.  What changed in the catalog is taken up before each answer; a search that runs
    meanwhile goes on with the state that it began with.
    """

    def __init__(self, database: Database, data_dir: Path, *, writer: bool) -> None:
        self._database = database
        self._keeper = Keeper(database, data_dir, writer=writer)
        self._tables = Tables()
        self._last: tuple[Query, SearchRequest, SearchAnswer] | None = None
        self._speller: tuple[Vocabulary, int, Speller] | None = None

    # ------------------------------------------------------------------------------------ answers

    def prepare(self) -> None:
        """Load what answers are found in, or have it made in the background."""
        with self._database.read_raw() as connection:
            self._keeper.current(connection, typed=True)

    def answer(
        self,
        request: SearchRequest,
        query: Query,
        meaning: Meaning | None = None,
        shown: Shown | None = None,
    ) -> SearchAnswer | None:
        """The photos of a query, in order; None: the index is not ready.

        Args:
            request: the query as it was asked for.
            query: the same, parsed.
            meaning: what it means, to rank by that too.
            shown: what it would look like, likewise.
        """
        with self._database.read_raw() as connection:
            state = self._keeper.current(connection, typed=not (request.ranked or request.is_whole))
            if state is None:
                return None
            try:
                search = _Search(state, connection, self._tables, request, meaning, shown)
                found = search.ranked(query) if request.ranked else search.listed(query)
            except SnapshotError as error:
                self._keeper.give_up(state, error)
                return None
            found = found.first(request.limit)
            ids = state.photo_ids(found.docs)
        scores = array("d")
        scores.frombytes(found.scores.astype(np.float64).tobytes())
        answer = SearchAnswer(ids, scores, found.sure, found.total, problems=query.problems)
        if request.ranked:
            self._last = query, request, answer
        return answer

    def _answered(
        self, request: SearchRequest, query: Query, meaning: Meaning | None, shown: Shown | None
    ) -> SearchAnswer | None:
        """The answer of a request: the one just given, where it was the same."""
        last = self._last
        if last is not None and last[:2] == (query, request):
            return last[2]
        return self.answer(request, query, meaning, shown)

    def explain(
        self,
        request: SearchRequest,
        query: Query,
        photo_ids: Sequence[int],
        meaning: Meaning | None = None,
        shown: Shown | None = None,
    ) -> list[SearchHit]:
        """Why each of these photos is in the answer to a request, in the order asked for."""
        answer = self._answered(request, query, meaning, shown)
        scores = {} if answer is None else dict(zip(answer.ids, answer.scores, strict=False))
        with self._database.read_raw() as connection:
            texts = Texts(connection).of(photo_ids)
        explainer = Explainer(query)
        near = {} if meaning is None else meaning.vectors.nearest_sentences(meaning.query, photo_ids)
        seen = {} if shown is None else nearness_of(shown, photo_ids)
        sure = set() if answer is None else set(answer.ids[: answer.sure])
        return [
            replace(
                explainer.hit(
                    photo_id,
                    texts.get(photo_id, ""),
                    scores.get(photo_id, 0.0),
                    near.get(photo_id),
                    seen.get(photo_id),
                ),
                maybe=photo_id in scores and photo_id not in sure,
            )
            for photo_id in photo_ids
        ]

    # ------------------------------------------------------------------------------------ what is in it

    def findable(self) -> Bools:
        """Of each photo id whether it is in a view at all: those of removed folders and the trash are not."""
        with self._database.read_raw() as connection:
            state = self._keeper.current(connection)
            if state is not None:
                return state.photos_in(state.alive)
            rows = connection.execute("SELECT id FROM photo WHERE hidden = 0")
            ids = np.fromiter(chain.from_iterable(rows), np.int64)
        found = np.zeros(1 + ids.max(initial=0), np.bool_)
        found[ids] = True
        return found

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """The words of the photos' texts without those that have a digit, and how often they stand there."""
        state = self._state()
        return iter(()) if state is None else state.vocabulary.counted()

    def has_value(self, name: str, value: str, prefix: bool = False) -> bool:
        """Whether a folder, camera or lens passes the filter of this name with a value.

        Args:
            name: ``folder``, ``camera`` or ``lens``.
            value: of the filter.
            prefix: it may go on.
        """
        spec = filter_named(name)
        test = spec.parse(value, date.today(), prefix) if spec is not None else ""
        if not isinstance(test, WordsTest | WithinTest):
            return False
        with self._database.read_raw() as connection:
            if test.field == "folder":
                return len(self._tables.folders(connection, test)) > 0
            state = self._keeper.current(connection)
        return state is not None and any(map(test.match_value, state.base.names[name].names[1:]))

    def grouped(self, photo_ids: array[int], by: Grouping, oldest_first: bool) -> tuple[array[int], Groups]:
        """The same photos with those of a group together, and the groups; see :func:`grouped`."""
        with self._database.read_raw() as connection:
            state = self._keeper.known(connection)
            try:
                return grouped(state, connection, photo_ids, by, oldest_first)
            except SnapshotError as error:
                if state is not None:
                    self._keeper.give_up(state, error)
                return grouped(None, connection, photo_ids, by, oldest_first)

    def days(self) -> list[tuple[date, int]] | None:
        """The days of which there are photos, the first first, and how many; None: the index is not ready."""
        state = self._state()
        if state is None:
            return None
        try:
            known = [days[state.alive[part]] for part, days in state.column("day")]
        except SnapshotError as error:
            self._keeper.give_up(state, error)
            return None
        counts = np.bincount(np.concatenate(known))  # to sort a million takes 15 times as long
        days = np.flatnonzero(counts)
        return list(zip(map(date.fromordinal, days.tolist()), counts[days].tolist(), strict=True))

    def corrections(self, words: Sequence[Word]) -> tuple[Correction, ...]:
        """What words that nobody knows are taken for; one that may go on is known by what begins so."""
        return self._spelt(Speller.corrections, words)

    def likely_words(self, words: Sequence[Word]) -> tuple[Correction, ...]:
        """What words may stand for that no photo has, but that are not mended."""
        return self._spelt(Speller.likely, words)

    def _spelt(self, ask: _Spelt, words: Sequence[Word]) -> tuple[Correction, ...]:
        state = self._state()
        unknown = () if state is None else _unknown(words, state.vocabulary)
        if state is None or not unknown:
            return ()
        telling = sum(len(word.text) >= SHORTEST for word in words)
        return ask(self._speller_of(state.vocabulary), unknown, telling)

    def _speller_of(self, vocabulary: Vocabulary) -> Speller:
        """Made anew when some hundred words came."""
        made = self._speller
        age = vocabulary.terms // _NEW_WORDS
        if made is None or made[:2] != (vocabulary, age):
            self._speller = made = vocabulary, age, Speller(vocabulary.counted())
        return made[2]

    def _state(self) -> State | None:
        with self._database.read_raw() as connection:
            return self._keeper.current(connection, typed=True)

    # ------------------------------------------------------------------------------------ keeping up

    def keep(self, *, wait: bool) -> None:
        """Make what a large catalog is searched with, where that is due: now, or beside all else."""
        self._keeper.keep(wait=wait)

    def ready(self) -> None:
        """Wait until searches are answered from memory."""
        self._keeper.ready()

    def check(self) -> list[str]:
        """What is wrong with the index, a sentence; it is made anew then."""
        if self._keeper.check():
            return []
        return ["The search index in memory did not match the catalog, and was made anew."]

    def close(self) -> None:
        """End what works in the background."""
        self._keeper.close()


def _unknown(words: Sequence[Word], known: Vocabulary) -> list[str]:
    """The words that no photo has, nor one that begins so where more letters may follow."""
    return [
        word.text
        for word in words
        if len(word.parts) == 1 and known.term_of(part := index_word(word.text)) < 0
        if not (word.prefix and len(known.terms_with(part)))
    ]


class _Search:
    """One request under way."""

    def __init__(
        self,
        state: State,
        connection: sqlite3.Connection,
        tables: Tables,
        request: SearchRequest,
        meaning: Meaning | None,
        shown: Shown | None,
    ) -> None:
        self._state = state
        self._meaning, self._shown = meaning, shown
        self._connection = connection
        self._view, self._is_whole = request.view, request.is_whole
        self._filters = FilterMasks(state, connection, tables)
        self._words = Lookup(state, Texts(connection), exact=request.ranked)

    def listed(self, query: Query) -> Listing:
        """Photos with all the words, or, where none has all, with any, in the order of the view."""
        return self._listed(query, self._allowed(query))

    def _listed(self, query: Query, allowed: Bools | None) -> Listing:
        soft = list(self._begun(query, allowed).soft)
        mask = allowed if allowed is not None else self._state.nothing()
        if allowed is not None and soft:
            mask = allowed & self._mask(all_of(soft))
            if len(soft) > 1 and not mask.any():
                mask = allowed & self._mask(any_of(soft))
        return Listing.of_all(self._in_order(mask))

    def ranked(self, query: Query) -> Listing:
        """Photos by their words, meaning and pictures; the best first, or in the order of the view."""
        allowed = self._allowed(query)
        if allowed is None or not query.ranked_by or query.is_letter:
            return self._listed(query, allowed)
        query = self._begun(query, allowed)
        # How many are wanted changes nothing: which of these is the best is told of the same ones each time.
        found = self._words.ranked(query.ranked_by, allowed, MOST_RANKED)
        aside = self._aside(query, allowed) | self._begun_alone(query)
        words = [word.text for word in query.ranking_words()]
        asked = Asked(spoken(query), words, self._meaning, self._shown)
        ranking = ranked(asked, found, self._words, allowed, aside, self._connection, MOST_RANKED)
        is_best_first = self._view.order is SortOrder.RELEVANCE
        if is_best_first and len(found.docs) < MOST_RANKED:
            return Listing(ranking.documents, ranking.scores, ranking.sure, len(ranking.documents))
        fits = allowed & ~aside & found.complete
        return self._continued(ranking, fits) if is_best_first else self._reordered(ranking, fits)

    def _aside(self, query: Query, allowed: Bools) -> Bools:
        """The photos with a word of the query in their camera's name alone, where others say it.

        An apple is asked for where photos show apples, not what an Apple took; a canon where none shows any.
        """
        aside = self._state.nothing()
        words = [term for term in query.soft if isinstance(term, Word)]
        if len(words) != len(query.soft) or len(words) > _OF_CAMERA:
            return aside
        for word in words:
            by_camera = self._filters.of(Filter("camera", word.text))
            if by_camera.any():
                aside |= by_camera & self._words.hardly(word)
        others = aside.any() and (allowed & ~aside & self._mask(all_of(list(query.soft)))).any()
        return aside if others else self._state.nothing()

    def _begun_alone(self, query: Query) -> Bools:
        """The photos with a word that begins as the last of a whole query does, and not with that itself.

        A saddle may be meant with "sad" for as long as that is typed; behind Enter it is a guess.
        """
        last = query.ranked_by[-1]
        if self._is_whole and isinstance(last, Word) and last.prefix and not last.is_starred:
            return self._mask(last) & ~self._mask(replace(last, prefix=False))
        return self._state.nothing()

    def _begun(self, query: Query, allowed: Bools | None) -> Query:
        """A query whose last word has but one letter yet: it narrows nothing where no photo has all words."""
        rest = query.without_letter()
        if rest is None or allowed is None or (allowed & self._mask(all_of(list(query.soft)))).any():
            return query
        return rest

    def _continued(self, ranking: Ranking, fits: Bools) -> Listing:
        """What was ranked; behind the photos that fit the others that have all the words."""
        fits[ranking.documents] = False
        rest, sure = self._in_order(fits), ranking.sure
        least = ranking.scores[:sure].min(initial=1.0)
        docs = np.concatenate([ranking.documents[:sure], rest, ranking.documents[sure:]])
        scores = [ranking.scores[:sure], np.full(len(rest), least, np.float32), ranking.scores[sure:]]
        return Listing(docs, np.concatenate(scores), sure + len(rest), len(docs))

    def _reordered(self, ranking: Ranking, fits: Bools) -> Listing:
        """What was ranked, and all that has all the words, in the order of the view."""
        may = self._state.nothing()
        may[ranking.documents[ranking.sure :]] = True
        fits[ranking.documents[: ranking.sure]] = True
        scores = np.zeros(self._state.size, np.float32)
        scores[ranking.documents] = ranking.scores
        first, last = self._in_order(fits), self._in_order(may & ~fits)
        docs = np.concatenate([first, last])
        return Listing(docs, scores[docs], len(first), len(docs))

    def _in_order(self, mask: Bools) -> Integers:
        return in_order(self._state, mask, self._view.order)

    def _allowed(self, query: Query) -> Bools | None:
        """The photos of the view under the query's hard conditions; None: nothing is asked for."""
        if query.tree is None:
            return None
        mask = view_mask(self._state, self._connection, self._view)
        hard = query.hard
        return mask if hard is None else mask & self._mask(hard)

    def _mask(self, node: Node | None) -> Bools:
        assert node is not None
        return self._words.mask(node, self._filters.of)
