"""Snapshots of a large catalog: made in a process of its own, read at a start, never wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, captioned
from index_steps import found, typed

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import keeping, making, sizes
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest

CAPTIONS = ("a dog on a beach", "a cat", "two dogs", "公园里的一只狗", "IMG_1234 and a zebra")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a catalog that counts as large, with a snapshot."""
    catalog = Catalog.open(tmp_path_factory.mktemp("large") / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sizes, "SMALL", 3)
        captioned(catalog, *CAPTIONS)
        catalog.search_index.ready()
        catalog.close()
    return catalog.data_dir


@pytest.fixture
def large(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Catalog]:
    """That catalog, copied and opened."""
    monkeypatch.setattr(sizes, "SMALL", 3)
    shutil.copytree(template, tmp_path / "large")
    catalog = Catalog.open(tmp_path / "large")
    yield catalog
    catalog.close()


def snapshots(catalog: Catalog) -> list[Path]:
    folder = catalog.data_dir / "search"
    return sorted(folder.iterdir()) if folder.exists() else []


def reader_of(catalog: Catalog) -> Catalog:
    return Catalog.open(catalog.data_dir, writer=False)


def has_base_of(catalog: Catalog) -> int:
    """How many photos came from a snapshot or one reading."""
    state = catalog.search_index._state()
    assert state is not None
    return state.base.segment.size


def test_a_large_catalog_is_answered_by_the_database_until_there_is_one(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "SMALL", 3)
    captioned(catalog, *CAPTIONS)
    request = SearchRequest("dog", ranked=False)
    assert catalog.search_index.answer(request, parse_query("dog")) is None
    end = time.monotonic() + 30
    while (answer := catalog.search_index.answer(request, parse_query("dog"))) is None:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert list(answer.ids) == [3, 1]
    assert len(snapshots(catalog)) == 1


def test_it_holds_what_the_catalog_holds(large: Catalog) -> None:
    with closing(reader_of(large)) as reader:
        for query in ("dog", "-dog", "狗", "公园", "zeb", "img_1234", "beach cat"):
            assert found(reader, query) == found(large, query), query
            assert typed(reader, query) == typed(large, query), query
        assert has_base_of(reader) == 5


def test_changes_since_are_followed(large: Catalog) -> None:
    large.set_user_caption(2, "a zebra")
    with closing(reader_of(large)) as reader:
        assert typed(reader, "zebra") == [5, 2]
        assert has_base_of(reader) == 5


def test_one_that_outgrew_its_catalog_is_made_anew(large: Catalog) -> None:
    (before,) = snapshots(large)
    add_photos(large, *(f"/photos/more/{n}.jpg" for n in range(20)))
    large.search_index.ready()
    (after,) = snapshots(large)
    assert after != before
    assert has_base_of(large) == 25
    assert len(typed(large, "more")) == 20


def test_a_reader_that_has_the_old_one_goes_over_to_the_new_one(large: Catalog) -> None:
    with closing(reader_of(large)) as reader:
        assert typed(reader, "more") == []
        ids = add_photos(large, *(f"/photos/more/{n}.jpg" for n in range(20)))
        large.search_index.ready()
        large.set_user_caption(ids[3], "a zebra")
        assert len(typed(reader, "more")) == 20
        assert set(typed(reader, "zebra")) == {5, ids[3]}


def forget(catalog: Catalog, *photo_ids: int) -> None:
    """Let photos go whose files are gone."""
    catalog.mark_missing(photo_ids)
    catalog.forget_missing(photo_ids)


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every key finds more changes than it takes up itself, and the thread is busy."""
    monkeypatch.setattr(keeping, "_MOST_BY_KEY", 1)
    monkeypatch.setattr(keeping.Keeper, "_run", lambda _: None)


@pytest.mark.parametrize("writer", [True, False])
@pytest.mark.usefixtures("late")
def test_one_of_a_catalog_that_shrank_answers_no_key(large: Catalog, writer: bool) -> None:
    forget(large, 1, 4, 5)
    large.set_user_caption(2, "a zebra")
    large.close()
    with closing(Catalog.open(large.data_dir, writer=writer)) as again:
        assert typed(again, "dog") == [3]
        assert typed(again, "zeb") == [2]


def test_one_of_a_catalog_that_shrank_is_removed(large: Catalog) -> None:
    assert typed(large, "dog") == [3, 1]
    forget(large, 1, 4, 5)
    large.search_index.ready()
    assert snapshots(large) == []
    assert typed(large, "dog") == [3]
    assert has_base_of(large) == 2
    large.close()
    with closing(Catalog.open(large.data_dir)) as again:
        add_photos(again, *(f"/photos/more/{n}.jpg" for n in range(3)))
        again.search_index.ready()
        assert len(snapshots(again)) == 1, "of a catalog that grew again"
        assert typed(again, "dog") == [3]


def test_what_is_left_of_one_is_removed_at_a_start(large: Catalog) -> None:
    """On Windows no file is removed while it is read."""
    forget(large, 1, 4, 5)
    large.search_index.ready()
    large.close()
    (large.data_dir / "search" / "0123.index").write_bytes(b"of yesterday")
    with closing(Catalog.open(large.data_dir)) as again:
        again.search_index.ready()
        assert snapshots(again) == []


@pytest.mark.usefixtures("late")
def test_a_key_is_answered_by_the_database_until_one_is_brought_up(large: Catalog) -> None:
    """Photos that are gone were listed for seconds after each start."""
    forget(large, 1)
    large.set_user_caption(2, "a dog")
    large.close()
    request = SearchRequest("dog", ranked=False)
    with closing(Catalog.open(large.data_dir)) as again:
        assert again.search_index.answer(request, parse_query("dog")) is None
        assert list(again.answer(request, parse_query("dog")).ids) == [3, 2]
        again.search_index.ready()
        assert typed(again, "dog") == [3, 2]
        for photo_id in (2, 3):
            again.set_user_caption(photo_id, "a cat")
        assert typed(again, "dog") == [3, 2], "the last that is known, once it was all"


def cut(data: bytearray) -> None:
    del data[len(data) // 2 :]


def empty(data: bytearray) -> None:
    data.clear()


def flip_first_number(data: bytearray) -> None:
    header = int.from_bytes(data[8:16], "little")
    data[20 + header] ^= 0x10


def other_version(data: bytearray) -> None:
    at = data.index(b'"version": ')
    data[at + 11 : at + 12] = b"0"


@pytest.mark.parametrize("spoil", [cut, empty, flip_first_number, other_version])
def test_a_damaged_one_is_made_anew(large: Catalog, spoil: Callable[[bytearray], None]) -> None:
    expected = {query: typed(large, query) for query in ("dog", "狗", "-cat")}
    (path,) = snapshots(large)
    data = bytearray(path.read_bytes())
    spoil(data)
    path.unlink()
    path.write_bytes(data)
    with closing(reader_of(large)) as reader:
        assert {query: typed(reader, query) for query in expected} == expected
    assert snapshots(large) == [path]  # a reader writes nothing
    data_dir = large.data_dir
    large.close()
    with closing(Catalog.open(data_dir)) as again:
        again.search_index.ready()
        assert {query: typed(again, query) for query in expected} == expected
        assert len(snapshots(again)) == 1 and snapshots(again) != [path]


def test_a_damaged_one_is_not_read_again_at_each_key_while_none_can_be_made(
    large: Catalog, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """To see that it is damaged takes reading all of it."""
    (path,) = snapshots(large)
    path.write_bytes(path.read_bytes()[:-1])
    monkeypatch.setattr(making.Snapshots, "_run", lambda *_: False)
    data_dir = large.data_dir
    large.close()
    with closing(Catalog.open(data_dir)) as again:
        for _ in range(5):
            again.search_index.answer(SearchRequest("dog", ranked=False), parse_query("dog"))
    assert len([record for record in caplog.records if "made anew" in record.message]) == 1


def test_every_single_changed_bit_is_noticed(large: Catalog) -> None:
    from blipdesk.catalog.index.snapshot import read_snapshot
    from blipdesk.catalog.index.stored import SnapshotError

    (path,) = snapshots(large)
    whole = path.read_bytes()
    copy = path.with_name("copy")
    quiet = 0
    for at in range(0, len(whole), 37):
        data = bytearray(whole)
        data[at] ^= 1 << (at % 8)
        copy.write_bytes(data)
        try:
            base = read_snapshot(copy)
        except SnapshotError:
            continue
        quiet += 1  # it lies between two arrays
        assert base.segment.ids.tolist() == [1, 2, 3, 4, 5]
    assert quiet < len(whole) // 37 // 2
    copy.unlink()


def test_one_that_is_cut_short_while_it_is_used_is_made_anew(large: Catalog) -> None:
    assert typed(large, "dog") == [3, 1]
    (path,) = snapshots(large)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    request = SearchRequest("zebra cat", ranked=False)
    assert large.search_index.answer(request, parse_query("zebra cat")) is None
    large.search_index.ready()
    assert typed(large, "dog") == [3, 1]
    assert snapshots(large) != [path]


def test_days_are_not_counted_by_one_that_is_cut_short(large: Catalog) -> None:
    days = large.search_index.days()
    assert days
    large.search_index._keeper._state = None  # as after a start
    large.search_index.ready()
    (path,) = snapshots(large)
    with path.open("r+b") as file:
        file.truncate(100)
    assert large.search_index.days() is None
    large.search_index.ready()
    assert large.search_index.days() == days


@pytest.mark.parametrize("writer", [True, False])
def test_one_that_is_cut_short_before_the_next_change_is_made_anew(large: Catalog, writer: bool) -> None:
    searching = large if writer else reader_of(large)
    assert typed(searching, "dog") == [3, 1]
    (path,) = snapshots(large)
    with path.open("r+b") as file:
        file.truncate(100)
    large.set_user_caption(2, "a zebra dog")
    request = SearchRequest("zebra", ranked=False)
    searching.search_index.answer(request, parse_query("zebra"))
    searching.search_index.ready()
    assert typed(searching, "zebra") == [5, 2]
    assert typed(searching, "dog") == [3, 2, 1]
    if not writer:
        searching.close()


def test_a_check_makes_one_anew_that_was_cut_short_while_it_is_used(large: Catalog) -> None:
    assert typed(large, "dog") == [3, 1]
    (path,) = snapshots(large)
    with path.open("r+b") as file:
        file.truncate(100)
    assert large.search_index.check() != []
    assert snapshots(large) != [path]
    assert typed(large, "dog") == [3, 1]


def test_a_catalog_put_back_from_a_copy_meets_no_snapshot_of_another_past(
    large: Catalog, tmp_path: Path
) -> None:
    data_dir = large.data_dir
    large.close()
    shutil.copy(data_dir / "catalog.db", tmp_path / "copy.db")
    with closing(Catalog.open(data_dir)) as first:
        first.set_user_caption(1, "a zebra")
        first.search_index.ready()
        add_photos(first, *(f"/photos/more/{n}.jpg" for n in range(20)))
        first.search_index.ready()
    shutil.copy(tmp_path / "copy.db", data_dir / "catalog.db")
    with closing(Catalog.open(data_dir)) as again:
        again.search_index.ready()
        assert typed(again, "dog") == [3, 1]
        assert typed(again, "more") == []
        again.set_user_caption(2, "a whale")
        assert typed(again, "whale") == [2]


def test_what_a_killed_making_left_is_not_read_and_goes_with_the_next_one(large: Catalog) -> None:
    (path,) = snapshots(large)
    left = [path.with_name("half.index.part"), path.with_name("x.index")]
    left[0].write_bytes(b"half")
    left[1].write_bytes(path.read_bytes())  # whole, but the catalog was not told
    with closing(reader_of(large)) as reader:
        assert typed(reader, "dog") == typed(large, "dog")
    add_photos(large, *(f"/photos/more/{n}.jpg" for n in range(20)))
    large.search_index.ready()
    (made,) = snapshots(large)
    assert made not in (path, *left)


def test_its_making_ends_with_its_parent(large: Catalog) -> None:
    (path,) = snapshots(large)
    child = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "blipdesk.catalog.index.child",
            "search_index",
            str(large.data_dir),
            str(path.with_name("x.index")),
        ],
        stdin=subprocess.DEVNULL,
    )
    assert child.wait(timeout=30) in (0, 1)


def test_without_room_searches_go_on(large: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in snapshots(large):
        path.unlink()
    (large.data_dir / "search").rmdir()
    (large.data_dir / "search").write_text("no folder")
    data_dir = large.data_dir
    large.close()
    with closing(Catalog.open(data_dir)) as again:
        again.search_index.ready()
        assert typed(again, "dog") == [3, 1]


def test_a_making_that_fails_is_not_tried_at_every_change(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sizes, "SMALL", 3)
    captioned(catalog, *CAPTIONS)
    tries: list[Path] = []
    snapshots = catalog.search_index._keeper._snapshots
    snapshots._run = lambda path: bool(tries.append(path))
    for number in range(3):
        catalog.set_user_caption(1, f"a dog {number}")
        catalog.search_index.keep(wait=True)
    assert len(tries) == 1
    monkeypatch.setattr(making, "_REST_SECONDS", 0.0)
    snapshots._rests_until = 0.0
    for _ in range(2):
        catalog.search_index.keep(wait=True)
    assert len(tries) == 3, "but later"
