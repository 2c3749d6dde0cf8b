"""Whose ``photo.xmp`` it is in a folder of very many: one look through the folder, while it is as it was."""

import os

import pytest

from blipdesk.metadata import sidecar_files, twins


@pytest.fixture
def listed(monkeypatch):
    """The folders that were looked through; the clock stands still."""
    real, calls = os.listdir, []
    monkeypatch.setattr(twins.os, "listdir", lambda folder: calls.append(str(folder)) or real(folder))
    monkeypatch.setattr(twins.time, "monotonic", lambda: 1000.0)
    twins._photos_by_stem.cache_clear()
    return calls


@pytest.fixture
def raws(tmp_path):
    for number in range(30):
        (tmp_path / f"{number}.cr2").touch()
        (tmp_path / f"{number}.xmp").touch()
    return [tmp_path / f"{number}.cr2" for number in range(30)]


def test_a_folder_is_looked_through_once_for_all_its_photos(raws, listed):
    for photo in raws:
        assert sidecar_files.existing(str(photo)) == [str(photo.with_suffix(".xmp"))]
    assert listed == [str(raws[0].parent)]


def test_a_photo_that_comes_or_goes_is_seen_at_once(raws, listed):
    first = raws[0]
    jpeg, orf = first.with_suffix(".jpg"), first.with_suffix(".orf")
    assert sidecar_files.existing(str(jpeg)) == []
    jpeg.touch()
    os.utime(first.parent, ns=(1, 1))  # as the folder of another file system tells it
    assert sidecar_files.existing(str(first))
    orf.touch()
    assert sidecar_files.existing(str(first)) == [], "it may be either photo's"
    orf.unlink()
    os.utime(first.parent, ns=(2, 2))
    assert sidecar_files.existing(str(first))


def test_where_a_folder_keeps_its_time_what_was_seen_goes_after_a_moment(raws, listed, monkeypatch):
    first = raws[0]
    os.utime(first.parent, ns=(1, 1))
    assert sidecar_files.existing(str(first))
    first.with_suffix(".orf").touch()
    os.utime(first.parent, ns=(1, 1))
    monkeypatch.setattr(twins.time, "monotonic", lambda: 1002.0)
    assert sidecar_files.existing(str(first)) == []


def test_a_folder_that_may_not_be_read_gives_no_photo_the_sidecar_of_its_stem(raws, listed, monkeypatch):
    def denied(_):
        raise PermissionError(13, "denied")

    monkeypatch.setattr(twins.os, "listdir", denied)
    assert sidecar_files.existing(str(raws[0])) == []
