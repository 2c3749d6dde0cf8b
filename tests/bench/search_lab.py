"""What the search benches share: a catalog of the public captions, queries about them, and measures.

Photos are rows of ``../shared/corpus/captions.jsonl``; a photo's captions are what models said of it (or, for
those without, what the first person said), its queries are made of what other people said.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from blipdesk.catalog import Catalog
from blipdesk.catalog.index.lexical import Lookup
from blipdesk.catalog.index.ranking import Evidence
from blipdesk.catalog.index.texts import Texts
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.sentences import sentence_of
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.domain.words import STOP_WORDS, words_of
from blipdesk.engine.sentences import SentenceEncoder
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService

CAPTIONS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "captions.jsonl"
MODELS = ("blip_l_beam", "blip_l_nucleus", "blip2_opt27b")
BATCH = 256
OFF_TOPIC = (
    "quantum tax invoice", "aurora borealis", "stock market crash", "blood pressure chart", "violin concerto",
    "nuclear submarine", "legal contract", "chemistry homework", "solar eclipse", "password reset",
    "divorce lawyer", "ultrasound scan", "parliament session", "anglerfish", "passport", "tax calculator",
    "volcanic eruption", "quarterly earnings report", "dna sequencing", "insurance claim form",
)  # fmt: skip
"""Queries that no picture of the shared captions fits."""


def read_rows() -> list[dict[str, Any]]:
    """All rows of the shared captions."""
    return [json.loads(line) for line in CAPTIONS.read_text("utf-8").splitlines()]


def tested(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those with captions by models."""
    return [row for row in rows if MODELS[0] in row]


@dataclass(frozen=True)
class Found:
    """An answer, by rows."""

    places: np.ndarray
    """How far in front each row stands; equal where photos are alike, lowest where they were not found."""
    sure: np.ndarray
    """The rows before the divider."""
    corrections: dict[str, str]


class Library:
    """A catalog of rows; photo number ``n`` is row ``n``.

    Args:
        folder: an empty one, for its data.
        captions: of each photo, the shown one first.
        encoder: reads them.
    """

    def __init__(self, folder: Path, captions: Sequence[Sequence[str]], encoder: SentenceEncoder) -> None:
        self.encoder = encoder
        self.catalog = Catalog.open(folder)
        self.catalog.import_records(map(_record, range(len(captions)), captions), lambda *_: None)
        numbers = {photo.id: int(photo.path[-10:-4]) for photo in self._photos()}
        self.row_of = np.full(max(numbers) + 1, -1)
        self.row_of[list(numbers)] = list(numbers.values())
        vectors = self.catalog.vectors
        while unread := vectors.unread(BATCH):
            texts = {key: text for photo in unread for key, text in photo.sentences.items()}
            found = encoder.encode(list(texts.values()))
            vectors.keep([photo.photo_id for photo in unread], dict(zip(texts, found, strict=True)))
        self.catalog.search_index.ready()
        self._service = SearchService(self.catalog, QueryReader(lambda: encoder))

    def _photos(self) -> Iterator[Any]:
        ids = list(self.catalog.all_photo_ids())
        for start in range(0, len(ids), 1000):
            yield from self.catalog.photos(ids[start : start + 1000])

    def evidence(self, query: str) -> Evidence:
        """What is known of every photo, as the search gathers it for the few that it ranks.

        ``documents`` are rows here; there are no leads, for these photos have no keywords.
        """
        soft = parse_query(query, is_whole=True).soft
        index = self.catalog.search_index
        with self.catalog._database.read_raw() as connection:
            state = index._keeper.current(connection)
            found = Lookup(state, Texts(connection), exact=True).ranked(soft, state.alive, state.size)
        rows = self.row_of[state.ids_of(np.arange(state.size))]
        lexical, complete = np.zeros(state.size, np.float32), np.zeros(state.size, bool)
        lexical[rows[found.docs]] = found.scores
        complete[rows[found.docs]] = found.complete[found.docs]
        ids = np.flatnonzero(self.row_of >= 0)
        cosine = np.empty(state.size, np.float32)
        vector = self.encoder.encode_query(sentence_of(query))
        cosine[self.row_of[ids]] = self.catalog.vectors.cosines(vector, ids, len(ids))
        leads = np.zeros(state.size, bool)
        return Evidence(np.arange(state.size), len(soft), lexical, complete, leads, cosine)

    def answer(self, query: str, *, corrected: bool = True) -> Found:
        """What the program answers."""
        view = LibraryView(order=SortOrder.RELEVANCE)
        answer = self._service.answer(SearchRequest(query, view, corrected=corrected))
        rows = self.row_of[np.array(answer.ids, np.int64)]
        scores = np.array(answer.scores)
        alike = np.concatenate([[True], (np.diff(scores) != 0)]) if len(rows) else np.zeros(0, bool)
        if answer.sure < len(rows):
            alike[answer.sure] = True
        places = np.full(np.count_nonzero(self.row_of >= 0), -np.inf)
        places[rows] = -np.cumsum(alike)
        return Found(places, rows[: answer.sure], {each.typed: each.used for each in answer.corrections})

    def close(self) -> None:
        """Close the catalog."""
        self.catalog.close()


def _record(number: int, captions: Sequence[str]) -> dict[str, Any]:
    others = [{"text": text, "source": "model"} for text in dict.fromkeys(captions[1:])]
    return {"path": f"/photos/{number:06}.jpg", "caption": captions[0], "candidates": others}


# -------------------------------------------------------------------------------------------- queries


@dataclass(frozen=True)
class Topic:
    """Some words, and the rows that they fit: all stand somewhere in what five people said of the picture."""

    query: str
    fitting: np.ndarray


def telling(captions: Sequence[str], people: int) -> list[str]:
    """Words that so many of the captions have, without those that tell nothing."""
    counts = Counter(
        word
        for caption in captions
        for word in {match.group().lower() for match in words_of(caption)}
        if word not in STOP_WORDS and len(word) > 2
    )
    return sorted(word for word, count in counts.items() if count >= people)


def topics(rows: Sequence[dict[str, Any]], words: int, least: int, count: int, seed: int) -> list[Topic]:
    """Queries of so many words that two people used for one picture and that fit so many pictures."""
    from snowballstemmer import stemmer

    stem = stemmer("porter").stemWord
    stems = [set(map(stem, telling(row["captions"], 1))) for row in rows]
    draw = random.Random(seed)
    found: list[Topic] = []
    while len(found) < count:
        pool = telling(draw.choice(rows)["captions"], 2)
        chosen = draw.sample(pool, words) if len(pool) >= words else []
        wanted = set(map(stem, chosen))
        if len(wanted) == words:
            fitting = np.array([wanted <= has for has in stems])
            if np.count_nonzero(fitting) >= least:
                found.append(Topic(" ".join(chosen), fitting))
    return found


def mistyped(draw: random.Random, query: str) -> str:
    """A query with one edit in one of its telling words of four letters or more."""
    words = [found for found in re.finditer("[A-Za-z]{4,}", query) if found[0].lower() not in STOP_WORDS]
    if not words:
        return query
    found = draw.choice(words)
    word = typed = found[0]
    while typed.lower() == word.lower():
        place, letter = draw.randrange(len(word)), draw.choice("abcdefghijklmnopqrstuvwxyz")
        before, after = word[:place], word[place:]
        typed = draw.choice(
            (before + after[1:], before + letter + after, before + letter + after[1:],
             before + after[1:2] + after[:1] + after[2:])
        )  # fmt: skip
    return query[: found.start()] + typed + query[found.end() :]


# -------------------------------------------------------------------------------------------- measures


def found_among(scores: np.ndarray, wanted: int, count: int = 10) -> tuple[float, float]:
    """Whether a row is among the first ``count``: by chance among equal scores, and in its favour."""
    score = scores[wanted]
    above = np.count_nonzero(scores > score)
    equal = np.count_nonzero(scores == score)
    return min(1.0, max(0.0, (count - above) / equal)), float(above < count)


def precision(scores: np.ndarray, fitting: np.ndarray, count: int = 10) -> float:
    """The share of the first ``count`` rows that fit, by chance among equal scores."""
    edge = np.partition(scores, -count)[-count]
    above, equal = scores > edge, scores == edge
    share = np.mean(fitting[equal]) * (count - np.count_nonzero(above))
    return float((np.count_nonzero(fitting[above]) + share) / count)
