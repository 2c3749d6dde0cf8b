"""The writer's discipline on disk: each failure leaves the photo as it was and no debris."""

import os
import shutil
import stat

import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, apply, done, names

from blipdesk.domain.errors import PhotoError, ProblemKind
from blipdesk.metadata import TEMP_PATTERN, FileMetadataWriter, replace
from blipdesk.metadata.replace import Replacement, replace_all, stamp_of

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")


def assert_untouched(photo, before):
    assert photo.read_bytes() == before
    assert names(photo.parent) == ["photo.jpg"]


def test_a_change_after_the_plan_stops_the_write(photo):
    writer = FileMetadataWriter()
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    changed = samples.camera_photo(description="typed meanwhile")
    photo.write_bytes(changed)
    with pytest.raises(PhotoError) as caught:
        apply(plan)
    assert caught.value.problem.kind is ProblemKind.IO
    assert_untouched(photo, changed)


def test_a_change_of_the_time_or_the_inode_alone_stops_the_write(photo):
    writer = FileMetadataWriter()
    before = photo.read_bytes()
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    os.utime(photo, ns=(1, 1))
    with pytest.raises(PhotoError):
        apply(plan)
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    copy = photo.parent / "copy"
    shutil.copy2(photo, copy)
    os.replace(copy, photo)
    with pytest.raises(PhotoError):
        apply(plan)
    assert_untouched(photo, before)


def test_a_sidecar_that_appeared_meanwhile_is_not_written_over(photo):
    writer = FileMetadataWriter()
    plan = writer.plan(str(photo), samples.machine(), SIDECAR)
    other = photo.parent / "photo.jpg.xmp"
    other.write_bytes(b"theirs")
    with pytest.raises(PhotoError):
        apply(plan)
    assert other.read_bytes() == b"theirs"
    assert names(photo.parent) == ["photo.jpg", "photo.jpg.xmp"]


def test_a_photo_that_vanished_is_not_brought_back(photo):
    writer = FileMetadataWriter()
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    photo.unlink()
    with pytest.raises(PhotoError):
        apply(plan)
    assert names(photo.parent) == []


def test_too_little_room_is_said_before_anything_is_made(photo, monkeypatch):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)
    before = photo.read_bytes()
    room = shutil.disk_usage(photo.parent)._replace(free=2 * len(plan.new) - 1)
    monkeypatch.setattr(replace.shutil, "disk_usage", lambda _: room)
    with pytest.raises(PhotoError, match="room"):
        apply(plan)
    assert_untouched(photo, before)


@pytest.mark.parametrize("call", ["write", "fsync", "lstat", "open"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), OSError(5, "Input/output error")])
def test_errors_of_the_disk_leave_the_photo_and_no_debris(photo, monkeypatch, call, error):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)
    before = photo.read_bytes()

    def fail(*_args, **_kwargs):
        raise error

    with monkeypatch.context() as patch, pytest.raises(PhotoError) as caught:
        patch.setattr(replace.os, call, fail)
        apply(plan)
    assert caught.value.problem.kind is ProblemKind.IO
    assert_untouched(photo, before)


def test_a_locked_target_is_tried_again_and_then_given_up(photo, monkeypatch):
    what = Replacement(str(photo), b"new", stamp_of(photo.stat()))
    before, real, tries = photo.read_bytes(), os.replace, []
    monkeypatch.setattr(replace, "_WINDOWS_PAUSES", (0, 0, 0, 0, 0))

    def locked(temp, target):
        tries.append(temp)
        raise PermissionError(13, "in use")

    monkeypatch.setattr(replace.os, "replace", locked)
    with pytest.raises(PhotoError) as caught:
        done(replace_all([what]))
    assert caught.value.problem.kind is ProblemKind.NO_ACCESS
    assert len(tries) == 6
    assert_untouched(photo, before)

    def released(temp, target):
        if len(tries) < 8:
            locked(temp, target)
        real(temp, target)

    monkeypatch.setattr(replace.os, "replace", released)
    done(replace_all([what]))
    assert photo.read_bytes() == b"new"


@posix
def test_the_steps_come_in_the_order_that_survives_a_power_cut(photo, monkeypatch):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)
    steps = []

    def note(name, real):
        def call(*args, **kwargs):
            if name == "fsync":
                steps.append("fsync folder" if stat.S_ISDIR(os.fstat(args[0]).st_mode) else "fsync file")
            elif name == "open" and args[1] & os.O_CREAT:
                assert args[1] & os.O_EXCL
                assert args[2] == 0o600
                assert TEMP_PATTERN.fullmatch(os.path.basename(args[0]))
                assert os.path.dirname(args[0]) == str(photo.parent)
                steps.append("temp")
            elif name != "open":
                steps.append(name)
            return real(*args, **kwargs)

        return call

    for name in ("open", "write", "fsync", "replace"):
        monkeypatch.setattr(replace.os, name, note(name, getattr(os, name)))
    apply(plan)
    assert steps == ["temp", "write", "fsync file", "replace", "fsync folder"]


def several(photo, count=4):
    """Copies of a photo in two folders, and what is to take their places."""
    (photo.parent / "more").mkdir()
    paths = [photo.parent / ("more" if n % 2 else ".") / f"{n}.jpg" for n in range(count)]
    for path in paths:
        shutil.copy(photo, path)
    photo.unlink()
    return paths, [Replacement(str(path), b"new", stamp_of(path.stat())) for path in paths]


@posix
def test_of_several_files_each_is_flushed_before_its_rename_and_each_folder_once_behind_all(
    photo, monkeypatch
):
    paths, wanted = several(photo)
    steps, names_of = [], {}
    fsync, rename = os.fsync, os.replace

    def note_fsync(descriptor):
        info = os.fstat(descriptor)
        steps.append(("folder" if stat.S_ISDIR(info.st_mode) else "file", info.st_ino))
        fsync(descriptor)

    def note_rename(temp, target):
        steps.append(("rename", os.stat(temp).st_ino))
        names_of[target] = os.stat(temp).st_ino
        rename(temp, target)

    monkeypatch.setattr(replace.os, "fsync", note_fsync)
    monkeypatch.setattr(replace, "_rename", lambda temp, target, *_: note_rename(temp, target))
    results = replace_all(wanted)
    assert results == [stamp_of(path.stat()) for path in paths]
    inodes = [names_of[str(path)] for path in paths]
    assert sorted(steps[:4]) == sorted(("file", inode) for inode in inodes)
    assert steps[4:8] == [("rename", inode) for inode in inodes]
    assert steps[8:] == [("folder", os.stat(folder).st_ino) for folder in (photo.parent, paths[1].parent)]


def test_of_several_files_one_that_changed_meanwhile_or_is_not_there_is_left_alone(photo):
    paths, wanted = several(photo)
    paths[1].write_bytes(b"changed")
    paths[2].unlink()
    results = replace_all(wanted)
    assert [isinstance(result, PhotoError) for result in results] == [False, True, True, False]
    assert [path.read_bytes() for path in paths if path.exists()] == [b"new", b"changed", b"new"]
    assert names(photo.parent) == ["0.jpg", "more"]
    assert names(photo.parent / "more") == ["1.jpg", "3.jpg"]


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_of_several_files_one_that_the_disk_refuses_keeps_no_other_from_being_replaced(
    photo, monkeypatch, call
):
    paths, wanted = several(photo)
    before, real, calls = paths[0].read_bytes(), getattr(os, call), []

    def fail_second(*arguments):
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(replace.os, call, fail_second)
        results = replace_all(wanted)
    failed = [isinstance(result, PhotoError) for result in results]
    assert sum(failed) == 1
    assert [path.read_bytes() == before for path in paths] == failed
    assert names(photo.parent) + names(photo.parent / "more") == ["0.jpg", "2.jpg", "more", "1.jpg", "3.jpg"]


def test_with_room_for_one_at_a_time_several_files_are_replaced_one_after_the_other(photo, monkeypatch):
    paths, wanted = several(photo)
    usage, rename, temps = shutil.disk_usage(photo.parent), replace._rename, []

    def look(temp, *rest):
        temps.append([name for path in paths for name in names(path.parent) if TEMP_PATTERN.fullmatch(name)])
        rename(temp, *rest)

    monkeypatch.setattr(replace.shutil, "disk_usage", lambda _: usage._replace(free=2 * len(b"new")))
    monkeypatch.setattr(replace, "_rename", look)
    assert replace_all(wanted) == [stamp_of(path.stat()) for path in paths]
    assert {len(set(found)) for found in temps} == {1}


@posix
@pytest.mark.parametrize("call", ["open", "fsync", "close"])
def test_a_folder_that_cannot_be_synced_does_not_undo_the_rename(photo, monkeypatch, call):
    real, real_rename, renamed = getattr(os, call), os.replace, []

    def rename(old, new):
        real_rename(old, new)
        renamed.append(new)

    def failing(*args, **kwargs):
        if not renamed:
            return real(*args, **kwargs)
        if call == "close":
            real(*args)
        raise PermissionError(13, "denied")

    with monkeypatch.context() as patch:
        patch.setattr(replace.os, call, failing)
        patch.setattr(replace.os, "replace", rename)
        done(replace_all([Replacement(str(photo), b"new", stamp_of(photo.stat()))]))
    assert renamed
    assert photo.read_bytes() == b"new"
    assert names(photo.parent) == ["photo.jpg"]


def test_sweeping_removes_our_temp_files_and_nothing_else(tmp_path):
    stale = [".blipdesk-0123456789ab.tmp", ".blipdesk-ffffffffffff.tmp"]
    kept = ["photo.jpg", ".blipdesk-0123.tmp", ".blipdesk-0123456789ab.tmp.jpg", "x.tmp", ".hidden"]
    for name in (*stale, *kept):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / ".blipdesk-aaaaaaaaaaaa.tmp").mkdir()
    assert FileMetadataWriter().sweep(str(tmp_path)) == 2
    assert names(tmp_path) == sorted([*kept, ".blipdesk-aaaaaaaaaaaa.tmp"])
    assert FileMetadataWriter().sweep(str(tmp_path / "gone")) == 0
