"""The vectors of a large catalog as a file: made in a process of its own, followed, never wrong."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from catalog_samples import captioned
from vector_steps import found, read_all, vector

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import sizes, vector_files, vectors
from blipdesk.domain.jobs import AnswerResult

CAPTIONS = ("a dog on a beach", "a cat", "two dogs", "a red car", "dogs and cats")


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "SMALL", 3)


def files(catalog: Catalog) -> list[Path]:
    return sorted((catalog.data_dir / "search").glob("*.vectors*"))


def prepared(catalog: Catalog) -> list[int]:
    """A large catalog that was read while it was small, with a snapshot of it all."""
    ids = captioned(catalog, *CAPTIONS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sizes, "SMALL", len(CAPTIONS))  # no process makes a snapshot of what is not read yet
        catalog.vectors.keep_up()
        read_all(catalog)
    catalog.vectors.keep_up()
    assert len(files(catalog)) == 1
    return ids


def again(catalog: Catalog) -> Catalog:
    catalog.close()
    return Catalog.open(catalog.data_dir)


def test_nothing_is_known_of_a_large_catalog_before_it_is_prepared(catalog: Catalog) -> None:
    captioned(catalog, *CAPTIONS)
    assert not catalog.vectors.so_far().is_ready
    assert found(catalog, "a dog") == []
    assert catalog.vectors.unread(10) == []
    catalog.vectors.keep_up()
    so_far = catalog.vectors.so_far()
    assert (so_far.unread, so_far.photos, so_far.is_ready) == (5, 5, True)
    read_all(catalog)
    assert len(found(catalog, "a dog")) == 5


def test_a_start_begins_with_the_file_and_follows_what_changed_since(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
    dog, cat, dogs, car, both = prepared(catalog)
    catalog.add_question(car, "which make?", AnswerResult("a Fiat", "q", 1.0))
    catalog.set_user_caption(cat, "a whale at sea")
    catalog = again(catalog)
    assert catalog.vectors.so_far().unread == 2
    assert len(catalog.vectors._base.ids) >= 4
    assert found(catalog, "a dog on a beach", 1) == [dog]
    read_all(catalog)
    assert found(catalog, "a whale at sea", 1) == [cat]
    assert found(catalog, "which make? a fiat", 1) == [car]
    assert sorted(found(catalog, "a cat")) == sorted([dog, cat, dogs, car, both]), "once each"
    cosines = catalog.vectors.cosines(vector("a cat"), np.array([cat, dog]), 2)
    assert cosines[0] < 0.9, "its earlier caption counts no more"
    catalog.close()


def test_a_file_is_made_anew_when_much_has_changed(catalog: Catalog) -> None:
    ids = prepared(catalog)
    (before,) = files(catalog)
    for number, photo_id in enumerate(ids):
        catalog.set_user_caption(photo_id, f"picture {number} of boats")
    read_all(catalog)
    catalog.vectors.keep_up()
    (after,) = files(catalog)
    assert after != before
    assert len(catalog.vectors._later.part.ids) == 0
    assert found(catalog, "picture 3 of boats", 1) == [ids[3]]


def test_a_file_goes_when_the_catalog_has_shrunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = Catalog.open(tmp_path / "data")
    dog, cat, *others = prepared(catalog)
    catalog.mark_missing(others)
    catalog.forget_missing(others)
    monkeypatch.setattr(vectors, "_PAGE", 1)
    catalog = again(catalog)
    assert catalog.vectors.so_far().photos == 2, "all was taken up at once, as of any small catalog"
    assert sorted(found(catalog, "a dog on a beach")) == [dog, cat]
    catalog.vectors.keep_up()
    assert files(catalog) == []
    catalog = again(catalog)
    assert sorted(found(catalog, "a dog on a beach")) == [dog, cat]
    catalog.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"no vectors" * 1000,
        lambda data: data[:-1],
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
        lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    ],
    ids=["empty", "another file", "cut off", "a bit of the header", "a bit of an array"],
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    catalog = Catalog.open(tmp_path / "data")
    dog, *_ = prepared(catalog)
    catalog.close()
    (path,) = files(catalog)
    path.write_bytes(damage(path.read_bytes()))
    catalog = Catalog.open(catalog.data_dir)
    assert found(catalog, "a dog on a beach", 1) == []
    catalog.vectors.keep_up()
    assert found(catalog, "a dog on a beach", 1) == [dog]
    assert catalog.vectors.unread(5) == []
    catalog.close()


def of_version(data: bytes, version: int) -> bytes:
    """A file as an earlier version wrote it."""
    mark, length, _ = vector_files._HEAD.unpack(data[: vector_files._HEAD.size])
    header = json.loads(data[vector_files._HEAD.size :][:length]) | {"version": version}
    text = json.dumps(header).encode().ljust(length)
    return (
        vector_files._HEAD.pack(mark, length, zlib.crc32(text))
        + text
        + data[vector_files._HEAD.size + length :]
    )


def test_a_file_of_another_version_is_made_anew_of_the_vectors_that_are_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    catalog = Catalog.open(tmp_path / "data")
    dog, *_ = prepared(catalog)
    catalog.close()
    (path,) = files(catalog)
    path.write_bytes(of_version(path.read_bytes(), vector_files.VERSION - 1))
    catalog = Catalog.open(catalog.data_dir)
    assert found(catalog, "a dog on a beach", 1) == []
    assert f"of version {vector_files.VERSION - 1}" in caplog.text
    catalog.vectors.keep_up()
    assert files(catalog) != [path] and len(files(catalog)) == 1
    assert found(catalog, "a dog on a beach", 1) == [dog]
    assert catalog.vectors.so_far().unread == 0, "nothing is read again"
    assert catalog.check() == []
    catalog.close()


def cut_short(catalog: Catalog) -> Path:
    (path,) = files(catalog)
    os.truncate(path, 100)
    return path


def test_a_file_that_is_cut_short_while_it_is_used_is_made_anew(catalog: Catalog) -> None:
    dog, *_ = prepared(catalog)
    assert found(catalog, "a dog on a beach", 1) == [dog]
    lost: list[int] = []
    catalog.vectors.on_lost = lambda: lost.append(1)
    before = cut_short(catalog)
    assert found(catalog, "a dog on a beach", 1) == []
    assert not catalog.vectors.so_far().is_ready, "which the person is told"
    assert catalog.vectors.vector_of(dog) is None
    assert np.isnan(catalog.vectors.cosines(vector("a dog"), np.array([dog]), 1)).all()
    assert lost == [1]
    catalog.vectors.keep_up()
    assert files(catalog) != [before]
    assert found(catalog, "a dog on a beach", 1) == [dog]


def test_a_file_whose_handle_the_system_gave_up_is_opened_anew(catalog: Catalog) -> None:
    dog, *_ = prepared(catalog)
    assert catalog.vectors._base is not None
    end, other_end = os.pipe()
    os.dup2(end, catalog.vectors._base.source._file._file.fileno())
    assert found(catalog, "a dog on a beach", 1) == [dog]
    os.close(end)
    os.close(other_end)


def test_a_check_finds_a_file_that_was_cut_short(catalog: Catalog) -> None:
    dog, *_ = prepared(catalog)
    assert catalog.check() == []
    before = cut_short(catalog)
    assert catalog.check() == ["The index by meaning could not be read, and was made anew."]
    assert catalog.check() == []
    assert len(files(catalog)) == 1 and files(catalog) != [before]
    assert found(catalog, "a dog on a beach", 1) == [dog]


def test_an_id_that_no_photo_has_is_of_nothing(catalog: Catalog) -> None:
    ids = prepared(catalog)
    for photo_id in (-1, -(10**6), 0, max(ids) + 1, 10**12):
        assert catalog.vectors.vector_of(photo_id) is None


@pytest.mark.parametrize("writer", [True, False])
def test_what_was_read_since_the_file_was_made_is_found(tmp_path: Path, writer: bool) -> None:
    catalog = Catalog.open(tmp_path / "data")
    dog, *_ = captioned(catalog, *CAPTIONS)
    catalog.vectors.keep_up()
    read_all(catalog)
    catalog.close()
    catalog = Catalog.open(catalog.data_dir, writer=writer)
    if writer:
        catalog.vectors.keep_up()
    assert catalog.vectors.so_far().unread == 0
    assert found(catalog, "a dog on a beach", 1) == [dog]
    catalog.close()


def test_what_was_read_while_the_file_was_made_is_found(catalog: Catalog) -> None:
    captioned(catalog, *CAPTIONS)
    catalog.vectors.keep_up()
    for number in range(10):
        captioned(catalog, *(f"{number} boats" for _ in range(2)))
    make = catalog.vectors._snapshots.make

    def made_beside() -> vector_files.VectorBase | None:
        made = make()
        read_all(catalog)
        return made

    catalog.vectors._snapshots.make = made_beside
    catalog.vectors._is_due = lambda: True
    catalog.vectors.keep_up()
    assert catalog.vectors.so_far().unread == 0
    assert found(catalog, CAPTIONS[0], 1)


def test_a_file_is_made_anew_when_all_is_read(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little that was: whoever begins with the file would look for it in the store each time."""
    monkeypatch.setattr(vectors, "_MOST_AGAIN", 0)
    ids = captioned(catalog, *CAPTIONS)
    catalog.vectors.keep_up()
    newest = catalog.vectors.unread(4)
    sentences = {key: vector(text) for photo in newest for key, text in photo.sentences.items()}
    catalog.vectors.keep([photo.photo_id for photo in newest], sentences)
    catalog.vectors.keep_up()
    assert catalog.vectors.so_far().unread == 1
    monkeypatch.setattr(vectors, "_OUTGROWN", 100)
    read_all(catalog)
    (before,) = files(catalog)
    catalog.vectors.keep_up()
    (after,) = files(catalog)
    assert after != before and len(catalog.vectors._later.part.ids) == 0
    catalog.vectors.keep_up()
    assert files(catalog) == [after]
    assert found(catalog, CAPTIONS[0], 1) == ids[:1]


def test_a_reader_beside_the_writer_uses_its_file_and_makes_none(catalog: Catalog) -> None:
    dog, *_ = prepared(catalog)
    before = files(catalog)
    with closing(Catalog.open(catalog.data_dir, writer=False)) as reader:
        assert found(reader, "a dog on a beach", 1) == [dog]
        catalog.set_user_caption(dog, "two dogs")
        reader.vectors.keep_up()
        assert found(reader, "two dogs", 2)[1] != 0
        assert dog in found(reader, "two dogs", 2)
    assert files(catalog) == before


def test_a_lost_store_of_vectors_is_noticed_in_what_changes_alone(tmp_path: Path) -> None:
    """The file still finds what it has; a snapshot made later has what is read anew."""
    catalog = Catalog.open(tmp_path / "data")
    dog, *_ = prepared(catalog)
    catalog.close()
    (catalog.data_dir / "meaning.db").unlink()
    catalog = Catalog.open(catalog.data_dir)
    assert found(catalog, "a dog on a beach", 1) == [dog]
    catalog.close()


def test_vectors_that_nobody_needs_any_more_go(catalog: Catalog) -> None:
    ids = prepared(catalog)
    assert catalog.vectors._store.count() == 5
    for step in range(3):
        for number, photo_id in enumerate(ids):
            catalog.set_user_caption(photo_id, f"step {step} of photo {number}")
        read_all(catalog)
    for photo_id in ids:
        catalog.set_user_caption(photo_id, "")
    catalog.vectors.keep_up()
    assert catalog.vectors._store.count() == 5
    assert len(found(catalog, "a dog")) == 5


def test_a_making_that_fails_is_not_tried_at_every_turn(catalog: Catalog) -> None:
    captioned(catalog, *CAPTIONS)
    catalog.vectors.keep_up()
    read_all(catalog)
    tries: list[Path] = []
    catalog.vectors._snapshots._run = lambda path: bool(tries.append(path))
    for _ in range(3):
        catalog.vectors.keep_up()
    assert len(tries) == 1
    assert found(catalog, "a red car", 1)


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_the_file_is_for_its_owner_alone(catalog: Catalog) -> None:
    prepared(catalog)
    (path,) = files(catalog)
    assert path.stat().st_mode & 0o777 == 0o600
