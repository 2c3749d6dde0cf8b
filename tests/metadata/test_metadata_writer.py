"""The writer's policy and its discipline on disk: each failure leaves the photo as it was and no debris."""

import contextlib
import os
import shutil
import stat
from types import SimpleNamespace

import metadata_samples as samples
import piexif
import pytest

from blipdesk.domain.errors import PhotoError, ProblemKind
from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome, WriteText
from blipdesk.metadata import TEMP_PATTERN, FileMetadataWriter, replace
from blipdesk.metadata import files as files_module
from blipdesk.metadata.replace import replace_bytes, stamp_of

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
EMBED, SIDECAR = WriteTarget.EMBED, WriteTarget.SIDECAR


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(samples.camera_photo() + b"TRAILER")
    return path


def write(path, text=None, target=EMBED, writer=None):
    writer = writer or FileMetadataWriter()
    plan = writer.plan(str(path), text or samples.machine(), target)
    writer.apply(plan)
    return plan


def description(path):
    return piexif.load(path.read_bytes())["0th"].get(0x010E, b"").decode()


def names(folder):
    return sorted(p.name for p in folder.iterdir())


# ---------------------------------------------------------------------------------------- policy


def test_a_second_run_touches_nothing(photo):
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    before = (photo.read_bytes(), photo.stat().st_ino)
    plan = write(photo)
    assert plan.outcome is WriteOutcome.UNCHANGED
    assert plan.new is None
    assert (photo.read_bytes(), photo.stat().st_ino) == before
    assert names(photo.parent) == ["photo.jpg"]


def test_a_plan_says_what_stood_there_and_what_will(photo):
    plan = FileMetadataWriter().plan(str(photo), samples.machine("one"), EMBED)
    assert (plan.before, plan.after, plan.old) == (None, "one", photo.read_bytes())
    assert plan.stamp == stamp_of(photo.stat())
    write(photo, samples.machine("one"))
    assert FileMetadataWriter().plan(str(photo), samples.machine("two"), EMBED).before == "one"


@pytest.mark.parametrize("target", [EMBED, SIDECAR])
def test_a_persons_caption_is_kept_from_a_machine(photo, target):
    photo.write_bytes(samples.camera_photo(description="old description 5"))
    before = photo.read_bytes()
    plan = write(photo, target=target)
    assert (plan.outcome, plan.before) == (WriteOutcome.KEPT, "old description 5")
    assert photo.read_bytes() == before
    assert names(photo.parent) == ["photo.jpg"]


def test_a_caption_elsewhere_in_the_file_is_not_hidden(photo):
    photo.write_bytes(samples.with_segments(samples.iptc_segment(b"Wedding, 1962")))
    plan = write(photo)
    assert plan.outcome is WriteOutcome.KEPT
    assert "IPTC" in plan.note


def test_a_users_caption_takes_the_place_of_the_old_one(photo):
    photo.write_bytes(samples.camera_photo(description="old description 5"))
    plan = write(photo, samples.user("Ünser Hund Bella 🐕"))
    assert (plan.outcome, plan.before) == (WriteOutcome.EMBEDDED, "old description 5")
    assert description(photo) == "Ünser Hund Bella 🐕"
    assert write(photo, samples.user("Ünser Hund Bella 🐕")).outcome is WriteOutcome.UNCHANGED
    assert write(photo, samples.machine()).outcome is WriteOutcome.KEPT


def test_a_machines_caption_gives_way_to_a_users_and_leaves_no_trace(photo):
    original = photo.read_bytes()
    write(photo, samples.machine("a dog"))
    write(photo, samples.user("Bella"))
    direct = photo.parent / "direct.jpg"
    direct.write_bytes(original)
    write(direct, samples.user("Bella"))
    assert photo.read_bytes() == direct.read_bytes()


def test_what_the_file_says_already_is_not_written(photo):
    photo.write_bytes(samples.camera_photo(description="Grandma"))
    for source in (Source.FILE, Source.USER):
        plan = write(photo, WriteText("Grandma", source))
        assert plan.outcome in (WriteOutcome.KEPT, WriteOutcome.UNCHANGED)
        assert plan.new is None


@pytest.mark.parametrize("text", [samples.machine("   "), samples.machine("\0\x01")])
def test_an_empty_caption_writes_nothing(photo, text):
    assert write(photo, text).outcome is WriteOutcome.UNCHANGED


def test_target_none_writes_nothing(photo):
    assert write(photo, target=WriteTarget.NONE).outcome is WriteOutcome.UNCHANGED


def test_a_programs_own_data_stay_and_the_caption_goes_to_a_sidecar(photo):
    photo.write_bytes(samples.camera_photo(description='{"shape": [2, 2]}'))
    assert write(photo).outcome is WriteOutcome.SIDECAR
    assert description(photo) == '{"shape": [2, 2]}'


# ---------------------------------------------------------------------------------------- what is kept


@posix
def test_mode_times_and_attributes_are_kept(photo):
    os.chmod(photo, 0o640)
    with contextlib.suppress(OSError):
        os.setxattr(photo, b"user.rating", b"5")
    os.utime(photo, ns=(1_600_000_000_123_456_789, 1_500_000_000_987_654_321))
    before = photo.stat()
    attributes = {n: os.getxattr(photo, n) for n in os.listxattr(photo)}
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    after = photo.stat()
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert after.st_mtime_ns == before.st_mtime_ns
    assert (after.st_uid, after.st_gid, after.st_nlink) == (before.st_uid, before.st_gid, 1)
    assert {n: os.getxattr(photo, n) for n in os.listxattr(photo)} == attributes


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs to be root")
def test_the_owner_is_kept(photo):
    os.chown(photo, 1234, 2345)
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    assert (photo.stat().st_uid, photo.stat().st_gid) == (1234, 2345)


@posix
def test_access_lists_are_kept(photo):
    acl = bytes.fromhex(
        "0200000001000600ffffffff02000400d204000004000400ffffffff10000400ffffffff20000000ffffffff"
    )
    try:
        os.setxattr(photo, "system.posix_acl_access", acl)
    except OSError:
        pytest.skip("no access lists on this file system")
    write(photo)
    assert os.getxattr(photo, "system.posix_acl_access") == acl


def test_a_name_of_255_bytes_can_be_written(tmp_path):
    path = tmp_path / ("ä" * 125 + "b.jpg")
    assert len(os.fsencode(path.name)) == 255
    path.write_bytes(samples.camera_photo())
    assert write(path).outcome is WriteOutcome.EMBEDDED
    assert names(tmp_path) == [path.name]


@posix
def test_a_name_that_is_no_unicode_can_be_written(tmp_path):
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.jpg")
    with open(path, "wb") as file:
        file.write(samples.camera_photo())
    assert write(os.fsdecode(path)).outcome is WriteOutcome.EMBEDDED


# ---------------------------------------------------------------------------------------- where not to embed


@posix
def test_a_link_inside_the_folder_is_followed_and_stays_a_link(photo):
    link = photo.parent / "link.jpg"
    link.symlink_to(photo.name)
    assert write(link).outcome is WriteOutcome.EMBEDDED
    assert link.is_symlink()
    assert description(photo) == "a dog on a lawn"


@posix
def test_a_link_that_leads_out_gets_a_sidecar_beside_the_link(photo, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    link = library / "link.jpg"
    link.symlink_to(photo)
    before = photo.read_bytes()
    assert write(link).outcome is WriteOutcome.SIDECAR
    assert photo.read_bytes() == before
    assert names(library) == ["link.jpg", "link.jpg.xmp"]
    inside = FileMetadataWriter(roots=lambda: [str(tmp_path)])
    assert write(link, samples.machine("b"), writer=inside).outcome is WriteOutcome.EMBEDDED


@posix
def test_hard_links_are_not_parted(photo):
    os.link(photo, photo.parent / "twin.jpg")
    plan = write(photo)
    assert plan.outcome is WriteOutcome.SIDECAR
    assert "hard links" in plan.note
    assert photo.stat().st_nlink == 2


@posix
def test_a_read_only_file_is_not_replaced(photo):
    before = photo.read_bytes()
    os.chmod(photo, 0o444)
    plan = write(photo)
    assert plan.outcome is WriteOutcome.SIDECAR
    assert "read-only" in plan.note
    assert photo.read_bytes() == before
    os.chmod(photo.parent / "photo.jpg.xmp", 0o444)
    assert write(photo, samples.machine("b")).outcome is WriteOutcome.REFUSED


@posix
@pytest.mark.parametrize("target", [EMBED, SIDECAR])
def test_a_read_only_folder_is_refused(photo, target):
    os.chmod(photo.parent, 0o555)
    try:
        plan = write(photo, target=target)
    finally:
        os.chmod(photo.parent, 0o755)
    assert plan.outcome is WriteOutcome.REFUSED
    assert "read-only" in plan.note
    assert names(photo.parent) == ["photo.jpg"]


@posix
def test_what_is_no_regular_file_is_never_opened(tmp_path):
    fifo = tmp_path / "fifo.jpg"
    os.mkfifo(fifo)
    with pytest.raises(PhotoError) as caught:
        write(fifo)
    assert caught.value.problem.kind is ProblemKind.NOT_REGULAR
    for name, kind in (("gone.jpg", ProblemKind.VANISHED), (".", ProblemKind.NOT_REGULAR)):
        with pytest.raises(PhotoError) as caught:
            write(tmp_path / name)
        assert caught.value.problem.kind is kind


@posix
def test_a_name_cannot_forge_the_sentence_that_names_it(tmp_path):
    odd = os.path.join(os.fsencode(tmp_path), b"caf\xe9\n\xe2\x80\xaegpj.jpg")
    os.mkdir(odd)
    with pytest.raises(PhotoError) as caught:
        write(os.fsdecode(odd))
    assert caught.value.message == "caf\ufffd\ufffd\ufffdgpj.jpg is not a regular file."


@posix
def test_a_sidecar_that_is_a_broken_link_is_refused(photo):
    (photo.parent / "photo.jpg.xmp").symlink_to("nowhere.xmp")
    assert write(photo, target=SIDECAR).outcome is WriteOutcome.REFUSED
    assert names(photo.parent) == ["photo.jpg", "photo.jpg.xmp"]


# ---------------------------------------------------------------------------------------- failures on the way


def assert_untouched(photo, before):
    assert photo.read_bytes() == before
    assert names(photo.parent) == ["photo.jpg"]


def test_a_change_after_the_plan_stops_the_write(photo):
    writer = FileMetadataWriter()
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    changed = samples.camera_photo(description="typed meanwhile")
    photo.write_bytes(changed)
    with pytest.raises(PhotoError) as caught:
        writer.apply(plan)
    assert caught.value.problem.kind is ProblemKind.IO
    assert_untouched(photo, changed)


def test_a_change_of_the_time_or_the_inode_alone_stops_the_write(photo):
    writer = FileMetadataWriter()
    before = photo.read_bytes()
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    os.utime(photo, ns=(1, 1))
    with pytest.raises(PhotoError):
        writer.apply(plan)
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    copy = photo.parent / "copy"
    shutil.copy2(photo, copy)
    os.replace(copy, photo)
    with pytest.raises(PhotoError):
        writer.apply(plan)
    assert_untouched(photo, before)


def test_a_sidecar_that_appeared_meanwhile_is_not_written_over(photo):
    writer = FileMetadataWriter()
    plan = writer.plan(str(photo), samples.machine(), SIDECAR)
    other = photo.parent / "photo.jpg.xmp"
    other.write_bytes(b"theirs")
    with pytest.raises(PhotoError):
        writer.apply(plan)
    assert other.read_bytes() == b"theirs"
    assert names(photo.parent) == ["photo.jpg", "photo.jpg.xmp"]


def test_a_photo_that_vanished_is_not_brought_back(photo):
    writer = FileMetadataWriter()
    plan = writer.plan(str(photo), samples.machine(), EMBED)
    photo.unlink()
    with pytest.raises(PhotoError):
        writer.apply(plan)
    assert names(photo.parent) == []


def test_too_little_room_is_said_before_anything_is_made(photo, monkeypatch):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)
    before = photo.read_bytes()
    room = shutil.disk_usage(photo.parent)._replace(free=2 * len(plan.new) - 1)
    monkeypatch.setattr(replace.shutil, "disk_usage", lambda _: room)
    with pytest.raises(PhotoError, match="room"):
        FileMetadataWriter().apply(plan)
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
        FileMetadataWriter().apply(plan)
    assert caught.value.problem.kind is ProblemKind.IO
    assert_untouched(photo, before)


def test_a_locked_target_is_tried_again_and_then_given_up(photo):
    before = photo.read_bytes()
    tries = []

    def locked(temp, target):
        tries.append(temp)
        raise PermissionError(13, "in use")

    with pytest.raises(PhotoError) as caught:
        replace_bytes(str(photo), b"new", stamp_of(photo.stat()), rename=locked, pauses=(0, 0, 0, 0, 0))
    assert caught.value.problem.kind is ProblemKind.NO_ACCESS
    assert len(tries) == 6
    assert_untouched(photo, before)

    def released(temp, target):
        if len(tries) < 8:
            locked(temp, target)
        os.replace(temp, target)

    replace_bytes(str(photo), b"new", stamp_of(photo.stat()), rename=released, pauses=(0, 0, 0, 0, 0))
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

    for name in ("open", "write", "fsync"):
        monkeypatch.setattr(replace.os, name, note(name, getattr(os, name)))
    replace_bytes(
        plan.target_path, plan.new, plan.stamp, rename=note("rename", os.replace), like=plan.photo_path
    )
    assert steps == ["temp", "write", "fsync file", "rename", "fsync folder"]


@posix
@pytest.mark.parametrize("call", ["open", "fsync", "close"])
def test_a_folder_that_cannot_be_synced_does_not_undo_the_rename(photo, monkeypatch, call):
    real, renamed = getattr(os, call), []

    def rename(old, new):
        os.replace(old, new)
        renamed.append(new)

    def failing(*args, **kwargs):
        if not renamed:
            return real(*args, **kwargs)
        if call == "close":
            real(*args)
        raise PermissionError(13, "denied")

    with monkeypatch.context() as patch:
        patch.setattr(replace.os, call, failing)
        replace_bytes(str(photo), b"new", stamp_of(photo.stat()), rename=rename)
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


@pytest.mark.parametrize(
    "marks",
    [{"st_file_attributes": 0x400000}, {"st_file_attributes": 0x1000}, {"st_flags": 0x40000000}],
    ids=["recall on access", "offline", "dataless"],
)
def test_a_placeholder_of_a_cloud_folder_is_not_opened(photo, monkeypatch, marks):
    real = os.lstat(photo)
    fields = {name: getattr(real, name) for name in dir(real) if name.startswith("st_")}
    monkeypatch.setattr(files_module.os, "lstat", lambda _: SimpleNamespace(**fields | marks))
    monkeypatch.setattr(files_module.os, "open", lambda *_: pytest.fail("opened, and so downloaded"))
    with pytest.raises(PhotoError, match="cloud"):
        FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)
