"""What changes of a file between the plan and the replace is not lost, be it none of its bytes."""

import os

import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, names

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.writes import Restoration
from blipdesk.metadata import FileMetadataWriter, FileRestorer, replace

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes, attributes and links of POSIX")


def comment(path):
    try:
        os.setxattr(path, "user.xdg.comment", b"Anna, 1950")
    except (AttributeError, OSError):
        pytest.skip("this file system keeps no attributes")


def edit(path):
    """As ``exiftool -P -overwrite_original_in_place`` does where the text is as long as before."""
    info, data = path.stat(), bytearray(path.read_bytes())
    data[-1] ^= 1
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))


CHANGES = {
    "its mode": lambda path: path.chmod(0o600),
    "made read-only": lambda path: path.chmod(0o444),
    "an attribute": comment,
    "a second name": lambda path: os.link(path, path.with_name("second")),
    "bytes of the same number, at the same time": edit,
}


def state(path):
    info = path.stat()
    attributes = os.listxattr(path) if hasattr(os, "listxattr") else []
    return path.read_bytes(), info.st_mode, info.st_nlink, info.st_ino, info.st_mtime_ns, attributes


@pytest.fixture(params=["photo", "sidecar", "undo", "undo of a new sidecar"])
def put(request, photo):
    """The file that is replaced or taken away, and what does that after it was read."""
    target = photo
    if request.param == "sidecar":
        target = photo.with_name("photo.jpg.xmp")
        target.write_bytes(samples.xmp_packet(""))
    target.chmod(0o640)
    if request.param.startswith("undo"):
        restorer = FileRestorer()
        _, stamp = restorer.read(str(target))
        back = b"as before" if request.param == "undo" else None
        restoration = Restoration(str(target), back, stamp, str(photo), keep_times=True)
        return target, lambda: restorer.restore_all([restoration])
    writer = FileMetadataWriter()
    plan = writer.plan(str(photo), samples.machine(), EMBED if target == photo else SIDECAR)
    assert plan.target_path == str(target)
    return target, lambda: writer.apply_all([plan])


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_after_the_reading_leaves_the_file_as_it_is_then(put, change):
    target, replace_it = put
    CHANGES[change](target)
    changed, beside = state(target), names(target.parent)
    (problem,) = replace_it()
    assert isinstance(problem, PhotoError) and problem.problem.remedy
    assert (state(target), names(target.parent)) == (changed, beside)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_while_the_new_bytes_are_flushed_leaves_the_file_as_it_is_then(photo, monkeypatch, change):
    writer = FileMetadataWriter()
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    states, flush = [], os.fsync

    def change_and_flush(descriptor):
        if not states:
            CHANGES[change](photo)
            states.append((state(photo), names(photo.parent)))
        flush(descriptor)

    monkeypatch.setattr(replace.os, "fsync", change_and_flush)
    (problem,) = writer.apply_all([plan])
    monkeypatch.undo()
    assert isinstance(problem, PhotoError) and "another program" in str(problem)
    left = [name for name in names(photo.parent) if name in states[0][1]]
    assert (state(photo), left) == (states[0][0], names(photo.parent))


def test_a_file_that_was_only_read_meanwhile_is_replaced(put):
    target, replace_it = put
    target.read_bytes()
    os.stat(target)
    (result,) = replace_it()
    assert not isinstance(result, PhotoError)


def test_a_sidecar_that_went_already_takes_no_other_files_result(photo):
    path, restorer = photo.with_name("photo.jpg.xmp"), FileRestorer()
    path.write_bytes(samples.xmp_packet(""))
    _, stamp = restorer.read(str(path))
    gone = Restoration(str(photo.with_name("gone.xmp")), None, None, str(photo), keep_times=False)
    problem, removed = restorer.restore_all([gone, Restoration(str(path), None, stamp, str(photo), False)])
    assert isinstance(problem, PhotoError) and removed is None
    assert names(photo.parent) == ["photo.jpg"]
