"""``blipdesk bench search``: the search box over a made-up library, beside SQLite's own full-text search.

The same queries go to both in turn, so that whatever else the computer does meets both.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import statistics
import tempfile
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import CaptionCommit, CaptionResult
from blipdesk.domain.search import RESTS, SearchRequest
from blipdesk.domain.values import FileFacts, FileStamp, LibraryView, SeenFile, SortOrder
from blipdesk.engine import create_queries, create_sentences
from blipdesk.engine.places import check_space
from blipdesk.services.bench_library import MadeUpLibrary
from blipdesk.services.bench_processes import BusyCores, resident
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService
from blipdesk.services.workspace import Workspace

_BYTES_A_PHOTO = 3500
_BATCH = 1000
_SHOWN = 200
_SAY_EACH = 100_000
_FILTERS = ("camera:nikon ", "date:2012 ", "-dog ", "keyword:beach ", "has:caption ", "type:jpeg ")


@dataclass(frozen=True, slots=True)
class SearchBenchOptions:
    """How many photos the library has, and how many queries are asked."""

    photos: int = 100_000
    queries: int = 200


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of a kind of answer."""

    name: str
    answers: int
    median_ms: float
    p95_ms: float
    fts5_median_ms: float | None = None
    """The same queries by SQLite's FTS5, ranked by BM25; None: not asked for."""
    ratio: float | None = None
    """How many times FTS5's median this median is quicker."""


@dataclass(frozen=True, slots=True)
class SearchBenchReport:
    """What was measured."""

    photos: int
    cores: int
    meaning: bool
    """The photos' captions had vectors (made-up ones, see :func:`read_captions`)."""
    first_answer_seconds: float
    """From opening the catalog, for the first time."""
    index_seconds: float
    """The same until the index is made; a large catalog is searched with SQLite until then."""
    later_start_seconds: float
    """From the next opening to its first answer: the index is read."""
    batch_seconds: float
    """A batch of 1,000 new captions with all that belongs to them in the catalog, on the disk ..."""
    found_seconds: float
    """... and in the next answer."""
    index_bytes: int
    """What answers by words and filters took of memory, before any vector was in use."""
    all_bytes: int
    """The whole process after all answers."""
    times: list[Times] = field(default_factory=list)


def bench_search(options: SearchBenchOptions, say: Callable[[str], None]) -> SearchBenchReport:
    """Measure searching; minutes for a million photos.

    Args:
        options: what to measure.
        say: gets a line as each step begins.

    Raises:
        KnownError: no room.
    """
    with tempfile.TemporaryDirectory(prefix="blipdesk-bench-") as place:
        data_dir = Path(place)
        check_space(data_dir, options.photos * _BYTES_A_PHOTO, "The bench")
        library = MadeUpLibrary()
        with Workspace.open(data_dir, start=False) as workspace:
            _fill(workspace, library, options.photos, say)
        return _measured(data_dir, library, options, say)


def _fill(workspace: Workspace, library: MadeUpLibrary, photos: int, say: Callable[[str], None]) -> None:
    say(f"Making up a library of {photos:,} photos")
    records = library.records(photos)
    made = 0
    while page := list(islice(records, _SAY_EACH)):
        made += workspace.catalog.import_records(page)
        if made < photos:
            say(f"{made:,} photos")


def _measured(
    data_dir: Path, library: MadeUpLibrary, options: SearchBenchOptions, say: Callable[[str], None]
) -> SearchBenchReport:
    queries = library.queries(options.queries)
    keys = list(_keys(queries))
    first, made = _first_answer(data_dir)
    with Workspace.open(data_dir, start=False) as workspace, closing(_reader(data_dir)) as plain:
        catalog = workspace.catalog
        by_words = SearchService(catalog, QueryReader(_no_model))
        say("Asking by words and filters")
        began, before = time.perf_counter(), _settled()
        _ask(by_words, "dog", ranked=True)
        later = time.perf_counter() - began
        times = [
            _timed("a key, words and filters", by_words, keys, ranked=False),
            _timed("ranked, by words", by_words, queries, ranked=True, plain=plain),
        ]
        index_bytes = _settled() - before
        committed, found = _batch(catalog, by_words, library)
        meaning = read_captions(catalog, say)
        service = SearchService(catalog, QueryReader(create_queries if meaning else _no_model))
        whole = "ranked, by words and meaning" if meaning else "ranked"
        if meaning:
            times.append(_timed(whole, service, queries, ranked=True))
        with BusyCores():
            say("Asking while every core is busy at the captioning's priority")
            times.append(_timed("a key, cores busy", service, keys, ranked=False))
            times.append(_timed(f"{whole}, cores busy", service, queries, ranked=True))
            if meaning:
                say("Asking as the window does: the query is read before the typing rests")
                times.append(
                    _timed(f"{whole}, typed, cores busy", service, queries, ranked=True, rests=RESTS)
                )
        return SearchBenchReport(
            photos=options.photos,
            cores=os.cpu_count() or 1,
            meaning=meaning,
            first_answer_seconds=first,
            index_seconds=made,
            later_start_seconds=later,
            batch_seconds=committed,
            found_seconds=found,
            index_bytes=index_bytes,
            all_bytes=resident(os.getpid()),
            times=times,
        )


def _no_model() -> NoReturn:
    raise ModelError("Only words are measured.")


def read_captions(catalog: Catalog, say: Callable[[str], None]) -> bool:
    """Give each caption a vector: the mean of those of its words.

    The sentence model itself reads some 400 captions a second; among these a query finds about as many near
    ones as among real ones, and what is done with them is the same.
    """
    import numpy as np

    vectors = catalog.vectors
    of_word: dict[str, Any] = {}
    try:
        with closing(create_sentences(here=True)) as sentences:
            say("Reading the captions by meaning")
            vectors.keep_up()
            while unread := vectors.unread(_BATCH):
                texts = {key: text.split() for photo in unread for key, text in photo.sentences.items()}
                new = sorted({word for words in texts.values() for word in words} - of_word.keys())
                if new:
                    of_word.update(zip(new, sentences.encode(new), strict=True))
                made = {key: np.sum([of_word[word] for word in words], 0) for key, words in texts.items()}
                vectors.keep([photo.photo_id for photo in unread], made)
                vectors.keep_up()
    except ModelError as error:
        say(str(error))
        return False
    return True


def _first_answer(data_dir: Path) -> tuple[float, float]:
    began = time.perf_counter()
    with Workspace.open(data_dir, start=False) as workspace:
        _ask(SearchService(workspace.catalog, QueryReader(_no_model)), "dog", ranked=True)
        answered = time.perf_counter() - began
        workspace.catalog.search_index.ready()
        return answered, time.perf_counter() - began


def _keys(queries: Sequence[str]) -> Iterator[str]:
    """Each query as it stands after each key; every third behind a filter."""
    for number, query in enumerate(queries[: max(20, len(queries) // 10)]):
        before = _FILTERS[number // 3 % len(_FILTERS)] if number % 3 == 0 else ""
        yield from (before + query[:end] for end in range(1, len(query) + 1))


def _timed(
    name: str,
    service: SearchService,
    queries: Sequence[str],
    *,
    ranked: bool,
    rests: float = 0.0,
    plain: sqlite3.Connection | None = None,
) -> Times:
    ours, theirs = [], []
    _ask(service, queries[0], ranked)
    for query in queries:
        if rests:
            _ask(service, query, ranked=False)
            time.sleep(rests)  # what the person waits for is measured from here on
        ours.append(_ask(service, query, ranked))
        if plain is not None:
            theirs.append(_ask_fts5(plain, query))
    median = statistics.median(ours)
    fts5 = statistics.median(theirs) if theirs else None
    p95 = statistics.quantiles(ours, n=20)[-1]
    ratio = fts5 / median if fts5 is not None else None
    return Times(name, len(ours), median * 1e3, p95 * 1e3, fts5 * 1e3 if fts5 is not None else None, ratio)


def _ask(service: SearchService, query: str, ranked: bool) -> float:
    """Seconds until the answer that the window gets: every id while a person types, else the best first."""
    view = LibraryView(order=SortOrder.RELEVANCE if ranked else SortOrder.NEWEST)
    began = time.perf_counter()
    service.answer(SearchRequest(query, view, ranked=ranked))
    return time.perf_counter() - began


def _reader(data_dir: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(data_dir / 'catalog.db').resolve().as_uri()}?mode=ro", uri=True)


def _ask_fts5(connection: sqlite3.Connection, query: str) -> float:
    words = " OR ".join('"' + word.replace('"', "") + '"' for word in query.split())
    statement = "SELECT rowid FROM photo_fts WHERE photo_fts MATCH ? ORDER BY bm25(photo_fts) LIMIT ?"
    began = time.perf_counter()
    connection.execute(statement, (words, _SHOWN)).fetchall()
    return time.perf_counter() - began


def _batch(catalog: Catalog, service: SearchService, library: MadeUpLibrary) -> tuple[float, float]:
    """Seconds in which 1,000 new captions are committed, and in which the next search has found them."""
    word, model = "quetzal", "bench"
    seen = [
        SeenFile(f"/new/{number}.jpg", FileStamp(1, number, number), f"new {number}")
        for number in range(_BATCH)
    ]
    catalog.register(catalog.add_folder("/new").id, seen)
    catalog.enqueue_pending(model)
    commits = []
    for job, record in zip(catalog.claim(model, _BATCH), library.records(_BATCH), strict=True):
        catalog.begin_attempt(job.id)
        text = f"{record['caption']} {word}"
        result = CaptionResult(text=text, raw_text=text, keywords=tuple(record["keywords"]))
        facts = FileFacts(camera=record["camera"])
        commits.append(
            CaptionCommit(
                job.id, job.photo_id, job.content_hash, model, "JPEG", 1, 1, text, False, facts, result
            )
        )
    began = time.perf_counter()
    catalog.commit_captions(commits)
    committed = time.perf_counter()
    found: array[int] = service.answer(SearchRequest(word, ranked=False)).ids
    ended = time.perf_counter()
    assert len(found) == _BATCH, f"{len(found)} of {_BATCH} new captions are found"
    return committed - began, ended - committed


def _settled() -> int:
    """Bytes resident after what is not needed any more is given back."""
    gc.collect()
    return resident(os.getpid())
