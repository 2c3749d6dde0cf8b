from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from blipdesk.catalog import ThumbnailStore, side_database


def test_a_thumbnail_is_there_at_once_and_after_a_restart(tmp_path: Path) -> None:
    store = ThumbnailStore.open(tmp_path / "data")
    store.put(1, "content", b"jpeg one")
    store.put(2, "content", b"jpeg two")
    assert store.get(1, "content") == b"jpeg one"
    store.close()
    store.close()
    store = ThumbnailStore.open(tmp_path / "data")
    assert (store.get(1, "content"), store.get(2, "content")) == (b"jpeg one", b"jpeg two")
    assert store.get(3, "content") is None
    store.close()


def test_a_changed_file_asks_for_a_new_one(tmp_path: Path) -> None:
    store = ThumbnailStore.open(tmp_path)
    store.put(1, "old", b"old")
    assert store.get(1, "new") is None
    store.put(1, "new", b"new")
    store.close()
    store = ThumbnailStore.open(tmp_path)
    assert (store.get(1, "old"), store.get(1, "new")) == (None, b"new")
    store.rekey(1, "new", "written by us")
    assert store.get(1, "written by us") == b"new"
    store.rekey(9, "none", "none")
    store.close()


@pytest.mark.parametrize(
    "damage", [b"", b"no database at all, and longer than a header of one hundred bytes" * 9]
)
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    store = ThumbnailStore.open(tmp_path)
    store.put(1, "content", b"jpeg")
    store.close()
    (tmp_path / "thumbs.db").write_bytes(damage)
    store = ThumbnailStore.open(tmp_path)
    assert store.get(1, "content") is None
    store.put(1, "content", b"jpeg")
    store.close()
    store = ThumbnailStore.open(tmp_path)
    assert store.get(1, "content") == b"jpeg"
    store.close()


def test_a_cache_damaged_in_the_middle_costs_thumbnails_and_nothing_else(tmp_path: Path) -> None:
    store = ThumbnailStore.open(tmp_path)
    for number in range(50):
        store.put(number, "content", bytes([number]) * 20_000)
    store.close()
    data = bytearray((tmp_path / "thumbs.db").read_bytes())
    for page in range(1, len(data) // 16384):
        data[page * 16384 : (page + 1) * 16384] = b"\xa5" * 16384
    (tmp_path / "thumbs.db").write_bytes(data)
    store = ThumbnailStore.open(tmp_path)
    store.get(7, "content")
    store.put(7, "content", b"new")
    assert store.get(7, "content") == b"new"
    store.close()


def test_a_cache_in_use_by_another_program_is_not_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_database, "_SETTINGS", ("journal_mode=DELETE",))  # waits for no lock
    store = ThumbnailStore.open(tmp_path)
    store.put(1, "content", b"jpeg")
    store.close()
    with closing(sqlite3.connect(tmp_path / "thumbs.db", timeout=0)) as other:
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, timeout=0))
        store = ThumbnailStore.open(tmp_path)
        store.put(2, "content", b"in memory")
        assert store.get(2, "content") == b"in memory"
        store.close()
        other.rollback()
    store = ThumbnailStore.open(tmp_path)
    assert (store.get(1, "content"), store.get(2, "content")) == (b"jpeg", None)
    store.close()


def test_reading_alone_writes_nothing(tmp_path: Path) -> None:
    reader = ThumbnailStore.open(tmp_path / "data", writer=False)
    assert reader.get(1, "content") is None
    reader.close()
    assert not (tmp_path / "data").exists()
    store = ThumbnailStore.open(tmp_path)
    store.put(1, "content", b"jpeg")
    store.close()
    before = (tmp_path / "thumbs.db").read_bytes()
    reader = ThumbnailStore.open(tmp_path, writer=False)
    assert reader.get(1, "content") == b"jpeg"
    reader.put(2, "content", b"jpeg")
    reader.rekey(1, "content", "other")
    reader.close()
    assert (tmp_path / "thumbs.db").read_bytes() == before
    (tmp_path / "thumbs.db").write_bytes(b"damaged, but not by a reader to mend")
    ThumbnailStore.open(tmp_path, writer=False).close()
    assert (tmp_path / "thumbs.db").read_bytes() == b"damaged, but not by a reader to mend"


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_thumbnails_are_for_their_owner_alone(tmp_path: Path) -> None:
    ThumbnailStore.open(tmp_path / "data").close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "thumbs.db").stat().st_mode & 0o777 == 0o600


def test_many_threads_read_and_put(tmp_path: Path) -> None:
    store = ThumbnailStore.open(tmp_path)
    wrong: list[int] = []

    def work(start: int) -> None:
        for number in range(start, start + 50):
            store.put(number, "content", str(number).encode())
            if store.get(number, "content") != str(number).encode():
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(0, 400, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    store = ThumbnailStore.open(tmp_path)
    assert wrong == []
    assert all(store.get(number, "content") == str(number).encode() for number in range(400))
    store.close()
