from __future__ import annotations

import os
import sqlite3
import threading
from array import array
from contextlib import closing
from pathlib import Path

import pytest

from blipdesk.catalog.vector_store import VectorStore, key_of

DOG, CAT = key_of("a dog", "model"), key_of("a cat", "model")


def stored(tmp_path: Path, *keys: int) -> set[int]:
    store = VectorStore.open(tmp_path)
    found = store.known(keys, 3)
    store.close()
    return found


def test_a_vector_is_there_at_once_and_after_a_restart(tmp_path: Path) -> None:
    store = VectorStore.open(tmp_path / "data")
    store.put({DOG: b"dog" * 128, CAT: b"cat" * 128})
    assert store.vectors([CAT, 5], 384) == {CAT: b"cat" * 128}
    assert store.known([DOG, CAT, 5], 384) == {DOG, CAT}
    store.close()
    store.close()
    store = VectorStore.open(tmp_path / "data")
    assert store.vectors([DOG, CAT], 384) == {DOG: b"dog" * 128, CAT: b"cat" * 128}
    assert store.count() == 2
    store.close()


def test_each_model_has_its_own_vectors() -> None:
    assert len({key_of("a dog", "one"), key_of("a dog", "two"), key_of("a cat", "one")}) == 3
    assert key_of("a dog", "one") == key_of("a dog", "one")


def test_what_no_photo_has_any_more_goes(tmp_path: Path) -> None:
    store = VectorStore.open(tmp_path)
    store.put({key: bytes([key]) for key in range(100)})
    store.keep_only([array("q", range(0, 60, 2)), array("q", [90, 58, 1000])])
    assert store.known(range(100), 1) == {*range(0, 60, 2), 90}
    store.keep_only([])
    assert store.count() == 0
    store.put({DOG: b"dog"})
    assert store.known([DOG], 3) == {DOG}
    store.close()


def test_what_no_photo_has_goes_the_next_time_where_it_could_not_be_written(tmp_path: Path) -> None:
    with closing(VectorStore.open(tmp_path)) as store:
        store.put({DOG: b"dog", CAT: b"cat"})
        store._writer.execute("PRAGMA busy_timeout=1")
        with closing(sqlite3.connect(tmp_path / "meaning.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            store.keep_only([array("q", [DOG, CAT])])
            other.execute("ROLLBACK")
        store.keep_only([array("q", [CAT])])
        assert store.known([DOG, CAT], 3) == {CAT}


@pytest.mark.parametrize("damage", [b"", b"no database at all, longer than a header of a hundred bytes" * 9])
def test_a_damaged_store_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    store = VectorStore.open(tmp_path)
    store.put({DOG: b"dog"})
    store.close()
    (tmp_path / "meaning.db").write_bytes(damage)
    assert stored(tmp_path, DOG) == set()
    store = VectorStore.open(tmp_path)
    store.put({DOG: b"dog"})
    store.close()
    assert stored(tmp_path, DOG) == {DOG}


def damaged_in_the_middle(tmp_path: Path) -> None:
    """A store whose first page alone is well, so that it is opened."""
    store = VectorStore.open(tmp_path)
    store.put({key: bytes(384) for key in range(1000)})
    store.close()
    data = bytearray((tmp_path / "meaning.db").read_bytes())
    for page in range(2, len(data) // 8192):
        data[page * 8192 : (page + 1) * 8192] = b"\xa5" * 8192
    (tmp_path / "meaning.db").write_bytes(data)


@pytest.mark.parametrize("found_by", ["reading", "writing", "counting"])
def test_a_store_damaged_in_the_middle_is_made_anew_at_once(tmp_path: Path, found_by: str) -> None:
    damaged_in_the_middle(tmp_path)
    store = VectorStore.open(tmp_path)
    if found_by == "reading":
        assert store.vectors([999], 384) == {}
    elif found_by == "counting":
        assert store.count() == 0
    assert store.put(dict.fromkeys(range(900, 1000), b"again"))
    assert store.vectors([999], 5) == {999: b"again"}
    store.close()
    store = VectorStore.open(tmp_path)
    assert store.vectors([999], 5) == {999: b"again"}
    store.close()


def test_a_reader_leaves_a_store_damaged_in_the_middle_as_it_is(tmp_path: Path) -> None:
    damaged_in_the_middle(tmp_path)
    before = (tmp_path / "meaning.db").read_bytes()
    reader = VectorStore.open(tmp_path, writer=False)
    assert reader.vectors([999], 384) == {}
    reader.close()
    assert (tmp_path / "meaning.db").read_bytes() == before


def test_a_reader_beside_a_writer_sees_what_is_written(tmp_path: Path) -> None:
    reader = VectorStore.open(tmp_path / "data", writer=False)
    assert reader.vectors([DOG], 3) == {}
    reader.put({DOG: b"dog"})
    reader.close()
    assert not (tmp_path / "data").exists()
    writer = VectorStore.open(tmp_path / "data")
    reader = VectorStore.open(tmp_path / "data", writer=False)
    writer.put({DOG: b"dog"})
    assert reader.vectors([DOG], 3) == {DOG: b"dog"}
    reader.put({CAT: b"cat"})
    reader.keep_only([])
    assert writer.known([DOG, CAT], 3) == {DOG}
    reader.close()
    writer.close()


def test_a_reader_mends_nothing(tmp_path: Path) -> None:
    VectorStore.open(tmp_path).close()
    (tmp_path / "meaning.db").write_bytes(b"damaged, but not by a reader to mend")
    reader = VectorStore.open(tmp_path, writer=False)
    assert reader.count() == 0
    reader.close()
    assert (tmp_path / "meaning.db").read_bytes() == b"damaged, but not by a reader to mend"


def test_a_file_of_another_layout_is_made_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "meaning.db")) as other:
        other.execute("PRAGMA user_version=99")
        other.execute("CREATE TABLE meaning (something TEXT)")
        other.commit()
    assert stored(tmp_path, DOG) == set()


def test_several_threads_write_and_read(tmp_path: Path) -> None:
    store = VectorStore.open(tmp_path)

    def work(start: int) -> None:
        for key in range(start, start + 200, 10):
            store.put({key + step: bytes([start]) for step in range(10)})
            assert len(store.vectors(range(key, key + 10), 1)) == 10

    threads = [threading.Thread(target=work, args=(start,)) for start in (0, 100, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 400
    store.close()
    store.put({DOG: b"too late"})


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_vectors_are_for_their_owner_alone(tmp_path: Path) -> None:
    VectorStore.open(tmp_path / "data").close()
    assert (tmp_path / "data" / "meaning.db").stat().st_mode & 0o777 == 0o600
