"""The write discipline, line by line, and the tests that hold us to it (names without their ``test_``).

Replacing a photo file, what is recommended:

1. new bytes in memory, pictures equal, decodes: the_proof_notices_any_changed_byte_outside_the_two_parts,
   a_part_of_the_file_that_is_lost_or_moved_is_noticed,
   a_result_that_is_not_what_it_should_be_is_never_written,
   a_picture_that_cannot_be_opened_is_not_embedded_into
2. looked at again right before the replace: a_change_after_the_plan_stops_the_write,
   a_change_of_the_time_or_the_inode_alone_stops_the_write,
   a_sidecar_that_appeared_meanwhile_is_not_written_over, a_photo_that_vanished_is_not_brought_back
3. temp in the same folder, short hidden name, O_EXCL, 0600:
   the_steps_come_in_the_order_that_survives_a_power_cut, a_name_of_255_bytes_can_be_written,
   the_temp_file_of_a_linked_photo_lies_beside_the_photo
4. mode, owner, attributes, access lists, times: mode_and_times_are_kept, the_owner_is_kept,
   extended_attributes_are_kept, what_cannot_be_kept_stops_the_write, finder_tags_are_copied_by_the_system,
   a_photo_of_somebody_else_gets_a_sidecar, the_time_of_a_photo_is_new_where_that_was_chosen,
   the_time_of_a_sidecar_is_always_new
5. fsync of the file, rename, fsync of the folder: the_steps_come_in_the_order_that_survives_a_power_cut,
   a_folder_that_cannot_be_synced_does_not_undo_the_rename
6. links are followed inside the library only: a_link_inside_the_folder_is_followed_and_stays_a_link,
   a_link_that_leads_out_gets_a_sidecar_beside_the_link, a_sidecar_that_is_a_link
7. what is not touched: hard_links_are_not_parted, a_sidecar_of_several_names_is_not_parted,
   a_read_only_file_is_not_replaced, a_read_only_folder_is_refused,
   a_placeholder_of_a_cloud_folder_is_not_opened, what_is_no_regular_file_is_never_opened,
   unsafe_files_are_refused_with_the_reason,
   a_block_that_is_full_keeps_its_bytes_and_xmp_takes_the_caption,
   a_photo_whose_sidecar_would_have_too_long_a_name_is_told_so
8. stale temps are swept: sweeping_removes_our_temp_files_and_nothing_else
9. own writes are no new photos: our_own_write_is_no_reason_to_caption_again,
   a_scan_that_meets_the_file_before_the_write_is_finished, killed_after_the_replace
10. a person's words stay: a_persons_caption_is_kept,
    the_persons_words_stay_known_and_ours_are_never_taken_for_theirs
11. free space: too_little_room_is_said_before_anything_is_made
12. off until somebody asks; the old bytes are kept: nothing_is_written_unless_somebody_asks,
    the_journal_is_enough_to_undo

Besides: an error, or an end of the process, at any step leaves the old file and no debris
(errors_of_the_disk_leave_the_photo_and_no_debris, an_end_of_the_process_at_any_step_leaves_the_photo_whole);
Windows: a_locked_target_is_tried_again_and_then_given_up; the same text again changes no byte
(a_second_run_writes_nothing); XMP edits keep all else (an_existing_sidecar_is_patched_and_keeps_everything).
"""

import itertools
import os
import re
from pathlib import Path
from types import SimpleNamespace

import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, apply, names, snapshot, write

from blipdesk.domain.errors import PhotoError, ProblemKind
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import WriteOutcome, WritePolicy
from blipdesk.metadata import FileMetadataWriter, files, likeness, replace
from blipdesk.metadata.jpeg_file import JpegFile

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
TESTS = Path(__file__).resolve().parents[1]


def test_every_line_of_the_discipline_names_tests_that_are_there():
    named = set(re.findall(r"[a-z0-9]+(?:_[a-z0-9]+){3,}", __doc__)) | {"the_owner_is_kept"}
    there = {
        found
        for path in TESTS.rglob("test_*.py")
        for found in re.findall(r"def test_(\w+)", path.read_text())
    }
    assert len(named) > 35
    assert named <= there


# ---------------------------------------------------------------------------------------- 1


@pytest.mark.parametrize("at", [0.3, 0.9])
def test_a_result_that_is_not_what_it_should_be_is_never_written(photo, monkeypatch, at):
    real = JpegFile.with_blocks

    def broken(self, exif, packet):
        data = bytearray(real(self, exif, packet))
        data[int(len(data) * at)] ^= 1
        return bytes(data)

    monkeypatch.setattr(JpegFile, "with_blocks", broken)
    before = photo.read_bytes()
    plan = write(photo)
    assert plan.outcome is WriteOutcome.SIDECAR
    assert "check of the result" in plan.note
    assert photo.read_bytes() == before


def test_a_picture_that_cannot_be_opened_is_not_embedded_into(photo):
    data = photo.read_bytes()
    frame = data.rindex(b"\xff\xc0")
    photo.write_bytes(data[: frame + 4] + b"\3" + data[frame + 5 :])  # three bits a colour
    before = photo.read_bytes()
    plan = write(photo)
    assert plan.outcome is WriteOutcome.SIDECAR
    assert "cannot be read" in plan.note
    assert photo.read_bytes() == before


# ---------------------------------------------------------------------------------------- 3, 6


@posix
def test_the_temp_file_of_a_linked_photo_lies_beside_the_photo(photo, monkeypatch):
    link = photo.parent / "links" / "link.jpg"
    link.parent.mkdir()
    link.symlink_to(photo)
    made, real = [], os.open
    monkeypatch.setattr(replace.os, "open", lambda *args: made.append(args[0]) or real(*args))
    writer = FileMetadataWriter(roots=lambda: [str(photo.parent)])
    assert write(link, writer=writer).outcome is WriteOutcome.EMBEDDED
    temps = [Path(path) for path in made if path.endswith(".tmp")]
    assert [path.parent for path in temps] == [photo.parent]
    assert link.readlink() == photo
    assert names(link.parent) == ["link.jpg"]


@posix
@pytest.mark.parametrize("inside", [True, False])
def test_a_sidecar_that_is_a_link(photo, tmp_path, inside):
    library = tmp_path / "library"
    library.mkdir()
    photo = photo.rename(library / "photo.jpg")
    real = (library if inside else tmp_path) / "real.xmp"
    real.write_bytes(samples.xmp_packet(""))
    link = library / "photo.jpg.xmp"
    link.symlink_to(real)
    before = real.read_bytes()
    plan = write(photo, policy=SIDECAR)
    assert link.is_symlink()
    assert plan.outcome is (WriteOutcome.SIDECAR if inside else WriteOutcome.REFUSED)
    assert (real.read_bytes() == before) is not inside


# ---------------------------------------------------------------------------------------- 4


def test_the_time_of_a_photo_is_new_where_that_was_chosen(photo):
    os.utime(photo, ns=(1, 1_500_000_000_000_000_000))
    assert write(photo, policy=WritePolicy(WriteTarget.EMBED, keep_times=False)).new is not None
    assert photo.stat().st_mtime > 1_700_000_000


def test_the_time_of_a_sidecar_is_always_new(photo):
    path = photo.parent / "photo.jpg.xmp"
    path.write_bytes(samples.xmp_packet(""))
    os.utime(path, ns=(1, 1_500_000_000_000_000_000))
    assert write(photo, policy=SIDECAR).outcome is WriteOutcome.SIDECAR
    assert path.stat().st_mtime > 1_700_000_000


@posix
@pytest.mark.parametrize("owner", ["another user", "another group"])
def test_a_photo_of_somebody_else_gets_a_sidecar(photo, monkeypatch, owner):
    uid, gid = photo.stat().st_uid, photo.stat().st_gid
    monkeypatch.setattr(files.os, "geteuid", lambda: uid + (1 if owner == "another user" else 0) or 4711)
    monkeypatch.setattr(files.os, "getegid", lambda: gid + 1)
    monkeypatch.setattr(files.os, "getgroups", lambda: [gid + 2])
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)
    assert plan.outcome is WriteOutcome.SIDECAR
    assert "somebody else" in plan.note


@pytest.mark.parametrize("lost", ["attributes", "times"])
def test_what_cannot_be_kept_stops_the_write(photo, monkeypatch, lost):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)
    before = photo.read_bytes()
    if lost == "attributes":
        monkeypatch.setattr(likeness, "_attributes", lambda path: {"user.path": path.encode()})
    else:
        monkeypatch.setattr(likeness.shutil, "copystat", denied)
    with pytest.raises(PhotoError) as caught:
        apply(plan)
    assert caught.value.problem.kind is ProblemKind.NO_ACCESS
    assert caught.value.problem.remedy
    assert photo.read_bytes() == before
    assert names(photo.parent) == ["photo.jpg"]


def denied(*_args, **_options):
    raise PermissionError(1, "Operation not permitted")


def on_a_mac(monkeypatch, answer):
    """The system's own ``copyfile``, and what it is called with."""
    calls = []
    library = SimpleNamespace(copyfile=lambda *call: calls.append(call) or answer)
    fake = SimpleNamespace(CDLL=lambda *_, **__: library, get_errno=lambda: 45)
    monkeypatch.setattr(likeness, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(likeness, "ctypes", fake)
    return calls


def test_finder_tags_are_copied_by_the_system(photo, monkeypatch):
    calls = on_a_mac(monkeypatch, 0)
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    ((source, temp, state, flags),) = calls
    assert (source, state) == (os.fsencode(photo), None)
    assert replace.TEMP_PATTERN.fullmatch(os.path.basename(os.fsdecode(temp)))
    assert flags & 0b111 == 0b111  # COPYFILE_ACL, _STAT, _XATTR
    assert not flags & 0b1000  # COPYFILE_DATA: the bytes are ours


def test_finder_tags_that_cannot_be_copied_stop_the_write(photo, monkeypatch):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)
    on_a_mac(monkeypatch, -1)
    before = photo.read_bytes()
    with pytest.raises(PhotoError):
        apply(plan)
    assert photo.read_bytes() == before
    assert names(photo.parent) == ["photo.jpg"]


# ---------------------------------------------------------------------------------------- 7


@posix
def test_a_sidecar_of_several_names_is_not_parted(photo):
    path = photo.parent / "photo.jpg.xmp"
    path.write_bytes(samples.xmp_packet(""))
    os.link(path, photo.parent / "twin.xmp")
    before = snapshot(photo)
    plan = write(photo, policy=SIDECAR)
    assert plan.outcome is WriteOutcome.REFUSED
    assert "several names" in plan.note
    assert snapshot(photo) == before


def test_a_photo_whose_sidecar_would_have_too_long_a_name_is_told_so(tmp_path):
    path = tmp_path / ("a" * 251 + ".jpg")
    path.write_bytes(samples.camera_photo())
    plan = write(path, policy=SIDECAR)
    assert plan.outcome is WriteOutcome.REFUSED
    assert "shorter name" in plan.note
    assert names(tmp_path) == [path.name]
    assert write(path, policy=EMBED).outcome is WriteOutcome.EMBEDDED


# ---------------------------------------------------------------------------------------- 12, and at any step


def test_nothing_is_written_unless_somebody_asks(photo):
    before = snapshot(photo)
    assert write(photo, policy=WritePolicy()).outcome is WriteOutcome.UNCHANGED
    assert snapshot(photo) == before


@pytest.mark.parametrize(
    ("policy", "call"),
    [
        *itertools.product([EMBED, SIDECAR], ["open", "write", "fsync", "close", "lstat"]),
        (EMBED, "replace"),
        (SIDECAR, "link" if os.name == "posix" else "rename"),
    ],
)
def test_an_end_of_the_process_at_any_step_leaves_the_photo_whole(photo, monkeypatch, policy, call):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), policy)
    before = snapshot(photo)
    real = getattr(os, call)

    def ended(*args, **options):
        if call == "close":
            real(*args, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(replace.os, call, ended)
        apply(plan)
    assert snapshot(photo) == before
