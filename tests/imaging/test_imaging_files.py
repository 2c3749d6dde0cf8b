import hashlib
import os
import socket
import sys
import threading

import pytest

from blipdesk.domain.errors import TRANSIENT_KINDS, PhotoError, ProblemKind
from blipdesk.domain.identity import content_hash_of
from blipdesk.imaging import content_hash, open_regular

LIMIT = 1 << 20
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX file types")


def kind_of(path, limit=LIMIT):
    with pytest.raises(PhotoError) as caught:
        open_regular(os.fspath(path), limit)
    problem = caught.value.problem
    assert os.path.basename(os.fspath(path))[:20] in problem.message
    assert problem.remedy
    return problem.kind


def test_a_file_is_read_whole(tmp_path):
    data = bytes(range(256)) * 700
    (tmp_path / "a.jpg").write_bytes(data)
    assert open_regular(str(tmp_path / "a.jpg"), LIMIT) == data


def test_a_link_to_a_file_is_read(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"abc")
    os.symlink("a.jpg", tmp_path / "link.jpg")
    assert open_regular(str(tmp_path / "link.jpg"), LIMIT) == b"abc"


def test_names_of_any_bytes_are_opened(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"latin-\xe9.jpg")
    try:
        with open(path, "wb") as file:
            file.write(b"abc")
    except OSError:
        pytest.skip("this file system wants UTF-8")
    assert open_regular(os.fsdecode(path), LIMIT) == b"abc"


@posix_only
def test_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "fifo.jpg")
    done = []
    thread = threading.Thread(target=lambda: done.append(kind_of(tmp_path / "fifo.jpg")), daemon=True)
    thread.start()
    thread.join(20)  # an open() of a pipe would never come back
    assert done == [ProblemKind.NOT_REGULAR]


@posix_only
def test_sockets_devices_folders_and_broken_links_are_refused(tmp_path):
    os.mkdir(tmp_path / "folder.jpg")
    os.symlink("nowhere.jpg", tmp_path / "broken.jpg")
    os.symlink("loop.jpg", tmp_path / "loop.jpg")
    os.symlink("/dev/zero", tmp_path / "zero.jpg")
    here = os.getcwd()
    os.chdir(tmp_path)
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket.jpg")
    finally:
        os.chdir(here)
    for name in ("folder.jpg", "broken.jpg", "loop.jpg", "zero.jpg", "socket.jpg"):
        assert kind_of(tmp_path / name) == ProblemKind.NOT_REGULAR, name


@posix_only
def test_a_pipe_that_takes_the_files_place_after_the_look_does_not_block(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"abc")
    stat = os.stat

    def swap(target, *args, **kwargs):
        result = stat(target, *args, **kwargs)
        os.unlink(path)
        os.mkfifo(path)
        monkeypatch.undo()
        return result

    monkeypatch.setattr(os, "stat", swap)
    done = []
    thread = threading.Thread(target=lambda: done.append(kind_of(path)), daemon=True)
    thread.start()
    thread.join(20)
    assert done == [ProblemKind.NOT_REGULAR]


def test_a_missing_file_has_vanished(tmp_path):
    assert kind_of(tmp_path / "gone.jpg") == ProblemKind.VANISHED
    (tmp_path / "file").write_bytes(b"")
    assert kind_of(tmp_path / "file" / "below.jpg") == ProblemKind.VANISHED
    with pytest.raises(PhotoError):
        open_regular("nul\0.jpg", LIMIT)  # no file can be called so


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_tried_again_later(tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"abc")
    os.chmod(tmp_path / "a.jpg", 0)
    assert kind_of(tmp_path / "a.jpg") == ProblemKind.NO_ACCESS


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "sparse.jpg"
    path.write_bytes(b"")
    os.truncate(path, 8 << 30)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("it was read"))
    assert kind_of(path, 512 << 20) == ProblemKind.TOO_LARGE


def test_a_disk_error_is_transient(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"abc")

    def fail(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", fail)
    kind = kind_of(path)
    monkeypatch.undo()
    assert kind == ProblemKind.IO
    assert kind in TRANSIENT_KINDS


class FakeStatus:
    st_mode = 0o100644
    st_size = 3
    st_file_attributes = 0x400000  # FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS


def test_a_file_that_lies_in_the_cloud_is_not_opened(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(b"abc")
    monkeypatch.setattr(os, "stat", lambda *_: FakeStatus())
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opening would download it"))
    kind = kind_of(path)
    monkeypatch.undo()
    assert kind in TRANSIENT_KINDS


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131071, 131072, 131073, 400_000])
def test_the_content_hash_is_of_size_head_and_tail(tmp_path, size):
    data = os.urandom(size)
    (tmp_path / "a.jpg").write_bytes(data)
    expected = hashlib.sha256(size.to_bytes(8, "little") + data[:65536] + data[-65536:]).hexdigest()
    assert content_hash(str(tmp_path / "a.jpg")) == content_hash_of(data) == expected


def test_growing_and_edited_files_get_another_hash():
    data = os.urandom(300_000)
    first, last = bytes([data[0] ^ 1]), bytes([data[-1] ^ 1])  # another byte whatever chance gave
    edits = (data + b"x", first + data[1:], data[:-1] + last, data[:-1])
    assert len({content_hash_of(data), *(content_hash_of(edit) for edit in edits)}) == 5


@posix_only
def test_the_content_hash_never_opens_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "fifo.jpg")
    with pytest.raises(PhotoError):
        content_hash(str(tmp_path / "fifo.jpg"))
