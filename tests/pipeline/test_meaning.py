"""Captions are read by meaning behind everything else, and nothing is lost however it ends."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import numpy as np
import pytest
from numpy.typing import NDArray

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import sizes
from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.sentences import DIMENSIONS
from blipdesk.pipeline import meaning
from blipdesk.pipeline.meaning import MeaningReader
from tests.catalog.index.vector_steps import FakeSentences, add

AT_ONCE = {"_START_SECONDS": 0.0, "_GATHER_SECONDS": 0.0, "_IDLE_SECONDS": 30.0, "_RETRY_SECONDS": 0.05}


class SlowSentences(FakeSentences):
    """Waits and fails on demand."""

    def __init__(self) -> None:
        super().__init__()
        self.error: ModelError | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.asked = threading.Event()

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.asked.set()
        closed = self.closed
        self.gate.wait(20)
        if self.closed > closed:
            raise Cancelled
        if self.error is not None:
            raise self.error
        return super().encode(sentences)

    def close(self) -> None:
        super().close()
        self.gate.set()


@pytest.fixture
def sentences() -> SlowSentences:
    return SlowSentences()


@pytest.fixture
def reader(
    catalog: Catalog, sentences: SlowSentences, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MeaningReader]:
    for name, value in AT_ONCE.items():
        monkeypatch.setattr(meaning, name, value)
    reader = MeaningReader(catalog, lambda here: sentences)
    unsubscribe = catalog.subscribe(lambda change: reader.wake())
    yield reader
    unsubscribe()
    reader.end(20)
    assert not reader.alive


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.01)


def unread(catalog: Catalog) -> int:
    return catalog.vectors.so_far().unread


def test_what_is_there_and_what_comes_is_read(
    catalog: Catalog, sentences: SlowSentences, reader: MeaningReader
) -> None:
    add(catalog, *(f"picture {number}" for number in range(150)))
    reader.start()
    until(lambda: unread(catalog) == 0)
    assert len(sentences.given) == 150
    add(catalog, "another one", "Picture 7")
    until(lambda: unread(catalog) == 0)
    assert len(sentences.given) == 151, "a known sentence is not read again"


def test_a_pause_ends_reading_and_the_rest_is_read_later(
    catalog: Catalog, sentences: SlowSentences, reader: MeaningReader
) -> None:
    add(catalog, *(f"picture {number}" for number in range(200)))
    sentences.gate.clear()
    reader.start()
    assert sentences.asked.wait(20)
    reader.set_paused(True)
    sentences.gate.set()
    until(lambda: len(sentences.given) == 64)
    add(catalog, "while it is paused")
    until(lambda: unread(catalog) == 137)
    time.sleep(0.1)
    assert unread(catalog) == 137, "what was in hand is kept, and nothing more is read"
    reader.set_paused(False)
    until(lambda: unread(catalog) == 0)


def test_an_end_in_the_middle_loses_the_sentences_in_hand_alone(
    catalog: Catalog, sentences: SlowSentences, reader: MeaningReader
) -> None:
    add(catalog, *(f"picture {number}" for number in range(100)))
    sentences.gate.clear()
    reader.start()
    assert sentences.asked.wait(20)
    reader.end(20)
    assert not reader.alive
    assert unread(catalog) == 100
    assert sentences.closed


def test_a_model_that_fails_is_tried_again(
    catalog: Catalog, sentences: SlowSentences, reader: MeaningReader
) -> None:
    add(catalog, "a dog")
    sentences.error = ModelError("The sentence model is damaged.")
    reader.start()
    assert sentences.asked.wait(20)
    time.sleep(0.1)
    sentences.error = None
    until(lambda: unread(catalog) == 0)


def test_an_encoder_that_nobody_needs_gives_its_memory_back(
    catalog: Catalog, sentences: SlowSentences, reader: MeaningReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meaning, "_IDLE_SECONDS", 0.05)
    add(catalog, "a dog")
    reader.start()
    until(lambda: unread(catalog) == 0)
    until(lambda: sentences.closed > 0)
    add(catalog, "a cat")
    until(lambda: unread(catalog) == 0)


def test_a_file_of_vectors_that_is_lost_is_made_anew(
    catalog: Catalog, sentences: SlowSentences, reader: MeaningReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "SMALL", 3)
    add(catalog, *(f"picture {number}" for number in range(5)))
    reader.start()
    until(lambda: catalog.vectors._base is not None and len(catalog.vectors._base.ids) == 5)
    (path,) = (catalog.data_dir / "search").glob("*.vectors")
    os.truncate(path, 100)
    query = np.ones(DIMENSIONS, np.float32)
    assert len(catalog.vectors.nearest(query, 5)[0]) == 0
    until(lambda: len(catalog.vectors.nearest(query, 5)[0]) == 5)


def test_a_malformed_vector_is_made_anew(catalog: Catalog, sentences: SlowSentences) -> None:
    add(catalog, "a dog", "a cat")
    MeaningReader(catalog, lambda here: sentences).read_now(lambda: False)
    catalog.close()
    with closing(sqlite3.connect(catalog.data_dir / "meaning.db")) as other, other:
        assert other.execute("UPDATE meaning SET vector = x'0102'").rowcount == 2
    again = Catalog.open(catalog.data_dir)
    MeaningReader(again, lambda here: sentences).read_now(lambda: len(sentences.given) > 20)
    assert len(sentences.given) == 4
    assert unread(again) == 0
    again.close()


def test_reading_ends_where_nothing_comes_of_it(
    catalog: Catalog, sentences: SlowSentences, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(catalog, "a dog", "a cat")
    monkeypatch.setattr(catalog.vectors, "keep", lambda *_: True)
    MeaningReader(catalog, lambda here: sentences).read_now(lambda: len(sentences.given) > 20)
    assert len(sentences.given) == 2
    assert unread(catalog) == 2


def test_progress_is_told(catalog: Catalog, sentences: SlowSentences) -> None:
    add(catalog, *(f"picture {number}" for number in range(100)))
    told: list[tuple[int, int]] = []
    reader = MeaningReader(catalog, lambda here: sentences, lambda done, total: told.append((done, total)))
    reader.read_now(lambda: False)
    assert told == [(0, 100), (64, 100), (0, 0)]
    assert sentences.closed
    told.clear()
    reader.read_now(lambda: False)
    assert told == [], "there is nothing to read"


def test_a_run_without_a_window_can_be_ended(catalog: Catalog, sentences: SlowSentences) -> None:
    add(catalog, *(f"picture {number}" for number in range(200)))
    reader = MeaningReader(catalog, lambda here: sentences)
    reader.read_now(lambda: len(sentences.given) > 0)
    assert unread(catalog) == 136


def test_a_run_without_a_window_goes_on_without_the_model(catalog: Catalog) -> None:
    def missing(here: bool) -> SlowSentences:
        raise ModelError("The sentence model is not installed.")

    add(catalog, "a dog")
    MeaningReader(catalog, missing).read_now(lambda: False)
    assert unread(catalog) == 1


def test_without_an_encoder_nothing_is_read(catalog: Catalog) -> None:
    add(catalog, "a dog")
    reader = MeaningReader(catalog, None)
    reader.start()
    reader.read_now(lambda: False)
    reader.end(1)
    assert unread(catalog) == 1
