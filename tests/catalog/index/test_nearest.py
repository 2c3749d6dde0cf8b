"""The quick way finds what the long way finds."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from blipdesk.catalog.index.nearest import codes_of, nearest, rounded, unit
from blipdesk.catalog.index.stored import SnapshotError, StoredFile
from blipdesk.catalog.index.vector_parts import LaterRows, Part, RowsInFile, RowsInMemory
from blipdesk.domain.sentences import DIMENSIONS


def topics(count: int, seed: int, per_topic: int = 40) -> NDArray[np.float32]:
    """Vectors in groups, as captions of like scenes are."""
    draw = np.random.default_rng(seed)
    centres = draw.standard_normal((max(1, count // per_topic), DIMENSIONS))
    vectors = centres[draw.integers(0, len(centres), count)] + draw.standard_normal((count, DIMENSIONS)) * 0.8
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def in_order(rows: NDArray[np.int64], cosines: NDArray[np.float32], count: int) -> list[int]:
    return [int(row) for row in rows[np.argsort(-cosines, kind="stable")][:count]]


def test_the_ten_nearest_of_thirty_thousand() -> None:
    vectors = topics(30_000, 1)
    rows = rounded(vectors)
    codes = codes_of(rows)
    hits = 0
    for query in topics(30_000, 1)[::1500]:
        found = in_order(*nearest(query, codes, None, lambda chosen: rows[chosen], 10), 10)
        hits += len(set(found) & set(np.argsort(-(vectors @ query))[:10]))
    assert hits >= 0.97 * 20 * 10


def test_few_are_compared_one_by_one() -> None:
    vectors = topics(700, 2)
    rows = rounded(vectors)
    query = vectors[5]
    found = in_order(*nearest(query, codes_of(rows), None, lambda chosen: rows[chosen], 10), 10)
    assert found == [int(row) for row in np.argsort(-(unit(rows) @ query), kind="stable")[:10]]


def test_none_are_found_among_none() -> None:
    rows = rounded(topics(0, 3))
    found, cosines = nearest(topics(1, 3)[0], codes_of(rows), None, lambda chosen: rows[chosen], 10)
    assert len(found) == len(cosines) == 0


def test_only_those_in_question_are_found() -> None:
    rows = rounded(topics(9000, 4))
    among = np.arange(9000) % 2 == 1
    found, _ = nearest(topics(1, 4)[0], codes_of(rows), among, lambda chosen: rows[chosen], 10)
    assert len(found) >= 10
    assert (found % 2 == 1).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), max_size=5), max_size=8), st.integers(0, 1000))
def test_rows_are_added_and_dropped(steps: list[list[int]], seed: int) -> None:
    """Whatever is added and dropped, a part that was handed out stays, and the newest rows are found."""
    later = LaterRows(DIMENSIONS)
    newest: dict[int, NDArray[np.float32]] = {}
    for number, photo_ids in enumerate(steps):
        before = later.part
        kept = set(before.ids[before.alive].tolist())
        later.drop(np.array(photo_ids, np.int64))
        vectors = topics(len(photo_ids), seed + number)
        later.add(np.array(photo_ids, np.int64), rounded(vectors))
        newest.update(zip(photo_ids, vectors, strict=True))
        assert set(before.ids[before.alive].tolist()) == kept
    part = later.part
    for photo_id, vector in newest.items():
        ids, vectors = part.vectors(np.array([photo_id]))
        assert set(ids.tolist()) == {photo_id}
        assert (vectors @ vector).max() > 0.99
    assert part.vectors(np.array([31]))[0].size == 0


def test_what_changed_often_is_found_as_what_never_changed() -> None:
    """Rows that stand for nothing any more take no place among those that are compared, and go."""
    vectors = topics(1000, 8)
    ids = np.arange(1000)
    fresh, changed = LaterRows(DIMENSIONS), LaterRows(DIMENSIONS)
    fresh.add(ids, rounded(vectors))
    for _ in range(10):
        changed.drop(ids)
        changed.add(ids, rounded(vectors))
    assert len(changed.part.ids) <= 2500
    for query in vectors[::200]:
        assert finds(changed.part, query, 700) == finds(fresh.part, query, 700)


def finds(part: Part, query: NDArray[np.float32], count: int) -> set[int]:
    ids, _ = part.nearest(query, count, None)
    return set(ids.tolist())


def test_a_part_that_was_handed_out_has_its_rows_when_others_go() -> None:
    later = LaterRows(DIMENSIONS)
    ids = np.arange(500)
    later.add(ids, rounded(topics(500, 9)))
    before = later.part
    rows = before.source.read(ids).copy()
    for seed in range(4):
        later.drop(ids)
        later.add(ids, rounded(topics(500, seed)))
    assert (before.source.read(ids) == rows).all() and before.alive.all()


@pytest.mark.parametrize("share", [2, 9])
def test_a_filter_takes_no_candidates_away(share: int) -> None:
    """As many are found among a part of the photos as if there were no others."""
    vectors = topics(20_000, 10)
    rows, ids = rounded(vectors), np.arange(20_000)
    among = ids % share == 0
    everything = Part(ids, codes_of(rows), RowsInMemory(rows), np.ones(len(ids), np.bool_))
    alone = Part(ids[among], codes_of(rows[among]), RowsInMemory(rows[among]), np.ones(among.sum(), np.bool_))
    for query in vectors[:200:40]:
        found = finds_among(everything, query, among)
        assert len(found) >= 800
        assert len(found & finds(alone, query, 800)) >= 0.97 * len(found)


def finds_among(part: Part, query: NDArray[np.float32], among: NDArray[np.bool_]) -> set[int]:
    ids, _ = part.nearest(query, 800, among)
    assert among[ids].all()
    return set(ids.tolist())


def test_rows_of_a_file_are_those_of_memory(tmp_path: Path) -> None:
    rows = rounded(topics(500, 6))
    (tmp_path / "rows").write_bytes(b"head" + rows.tobytes())
    chosen = np.array([499, 0, 17, 17])
    in_file = RowsInFile(StoredFile(io.FileIO(tmp_path / "rows")), 4, DIMENSIONS)
    assert (in_file.read(chosen) == RowsInMemory(rows).read(chosen)).all()


def test_rows_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    rows = rounded(topics(50, 7))
    (tmp_path / "rows").write_bytes(rows.tobytes()[:-500])
    cut_off = RowsInFile(StoredFile(io.FileIO(tmp_path / "rows")), 0, DIMENSIONS)
    assert (cut_off.read(np.arange(48)) == rows[:48]).all()
    with pytest.raises(SnapshotError, match="cut short"):
        cut_off.read(np.array([49]))
    file = io.FileIO(tmp_path / "rows", "r+")
    unreadable = RowsInFile(StoredFile(file), 0, DIMENSIONS)
    end, other_end = os.pipe()
    os.dup2(end, file.fileno())
    with pytest.raises(SnapshotError, match="cannot be read"):
        unreadable.read(np.array([3]))
    os.close(end)
    os.close(other_end)


@pytest.mark.parametrize("value", [0.0, 1e-30, 1.0])
def test_a_vector_of_one_value_stays_finite(value: float) -> None:
    vectors = np.full((1, DIMENSIONS), value, np.float32)
    assert np.isfinite(unit(rounded(vectors))).all()
