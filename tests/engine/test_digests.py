"""Weights are read for their checksum once a process, and again whenever they may have changed."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from blipdesk.engine import digests
from blipdesk.engine.digests import known_sha256, sha256_of


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that were read; the clock is an hour ahead, so that what was just written is old."""
    read: list[Path] = []
    monkeypatch.setattr(digests, "_remembered", {})
    monkeypatch.setattr(digests, "sha256_of", lambda file: read.append(file) or sha256_of(file))
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 3600)
    return read


def test_the_digest_of_large_and_empty_files(tmp_path: Path) -> None:
    for size in (0, 1, (1 << 24) + 5):
        file = tmp_path / str(size)
        data = bytes(range(251)) * (size // 251 + 1)
        file.write_bytes(data[:size])
        assert sha256_of(file) == hashlib.sha256(data[:size]).hexdigest()


def test_the_same_file_is_read_once(tmp_path: Path, reads: list[Path]) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    assert known_sha256(file) == known_sha256(file) == hashlib.sha256(b"one").hexdigest()
    assert reads == [file]


@pytest.mark.skipif(os.name == "nt", reason="has no time of change")
def test_a_changed_file_is_read_again_whatever_its_time_says(tmp_path: Path, reads: list[Path]) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    known_sha256(file)
    before = file.stat()
    while file.stat().st_ctime_ns == before.st_ctime_ns:  # until the next tick of the file system's clock
        file.write_bytes(b"two")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert known_sha256(file) == hashlib.sha256(b"two").hexdigest()
    other = tmp_path / "other"
    other.write_bytes(b"six")
    os.replace(other, file)
    assert known_sha256(file) == hashlib.sha256(b"six").hexdigest()


def test_a_file_that_was_just_written_is_read_each_time(
    tmp_path: Path, reads: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    written = file.stat().st_mtime
    monkeypatch.setattr(time, "time", lambda: written + 1)
    known_sha256(file)
    known_sha256(file)
    assert reads == [file, file]
