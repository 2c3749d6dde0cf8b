"""The writer's policy: whose text may stand where, and which files are not replaced at all."""

import os
import stat
from types import SimpleNamespace

import metadata_samples as samples
import piexif
import pytest
from metadata_writing import EMBED, SIDECAR, names, snapshot, write

from blipdesk.domain.errors import PhotoError, ProblemKind
from blipdesk.domain.values import Source
from blipdesk.domain.writes import CATALOG_ONLY, WriteOutcome, WriteText
from blipdesk.metadata import FileMetadataWriter
from blipdesk.metadata import files as files_module
from blipdesk.metadata.replace import stamp_of

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")


def description(path):
    return piexif.load(path.read_bytes())["0th"].get(0x010E, b"").decode()


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


@pytest.mark.parametrize("policy", [EMBED, SIDECAR])
def test_a_persons_caption_is_kept_from_a_machine(photo, policy):
    photo.write_bytes(samples.camera_photo(description="old description 5"))
    before = photo.read_bytes()
    plan = write(photo, policy=policy)
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
    before = snapshot(photo)
    assert write(photo, WriteText("Grandma", Source.FILE)).outcome is WriteOutcome.KEPT
    assert write(photo, WriteText("Grandma", Source.USER)).outcome is WriteOutcome.UNCHANGED
    assert snapshot(photo) == before


@pytest.mark.parametrize("text", [samples.machine("   "), samples.machine("\0\x01")])
def test_an_empty_caption_writes_nothing(photo, text):
    before = snapshot(photo)
    assert write(photo, text).outcome is WriteOutcome.UNCHANGED
    assert snapshot(photo) == before


def test_target_none_writes_nothing(photo):
    before = snapshot(photo)
    assert write(photo, policy=CATALOG_ONLY).outcome is WriteOutcome.UNCHANGED
    assert snapshot(photo) == before


# ---------------------------------------------------------------------------------------- what is kept


@posix
def test_mode_and_times_are_kept(photo):
    os.chmod(photo, 0o640)
    os.utime(photo, ns=(1_600_000_000_123_456_789, 1_500_000_000_987_654_321))
    before = photo.stat()
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    after = photo.stat()
    assert stat.S_IMODE(after.st_mode) == 0o640
    assert after.st_mtime_ns == before.st_mtime_ns
    assert (after.st_uid, after.st_gid, after.st_nlink) == (before.st_uid, before.st_gid, 1)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs to be root")
def test_the_owner_is_kept(photo):
    os.chown(photo, 1234, 2345)
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    assert (photo.stat().st_uid, photo.stat().st_gid) == (1234, 2345)


ACCESS_LIST = "0200000001000600ffffffff02000400d204000004000400ffffffff10000400ffffffff20000000ffffffff"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Python has no extended attributes here")
@pytest.mark.parametrize(
    ("name", "value"),
    [("user.rating", b"5"), ("system.posix_acl_access", bytes.fromhex(ACCESS_LIST))],
    ids=["attributes", "access lists"],
)
def test_extended_attributes_are_kept(photo, name, value):
    try:
        os.setxattr(photo, name, value)
    except OSError:
        pytest.skip(f"this file system takes no {name}")
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    assert os.getxattr(photo, name) == value


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
@pytest.mark.parametrize("policy", [EMBED, SIDECAR])
def test_a_read_only_folder_is_refused(photo, policy):
    os.chmod(photo.parent, 0o555)
    try:
        plan = write(photo, policy=policy)
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
    assert write(photo, policy=SIDECAR).outcome is WriteOutcome.REFUSED
    assert names(photo.parent) == ["photo.jpg", "photo.jpg.xmp"]


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
