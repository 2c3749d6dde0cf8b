"""What another program does at the same moment is never written over, and large photos get what they can."""

import errno
import os
import struct

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, apply, names, read_sidecar, write

from blipdesk.domain.errors import PhotoError, ProblemKind
from blipdesk.domain.values import FileStamp
from blipdesk.domain.writes import Restoration, WriteOutcome
from blipdesk.metadata import (
    FileMetadataWriter,
    FileRestorer,
    files,
    no_replace,
    replace,
    restore,
    writer,
    xmp,
)
from blipdesk.metadata.xmp import Xmp

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX")
THEIRS = b"a person's sidecar"


def test_a_sidecar_made_in_the_last_moment_is_not_written_over(photo, monkeypatch):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), SIDECAR)
    check = replace._check_identity

    def checked(target, expected):
        check(target, expected)
        (photo.parent / "photo.jpg.xmp").write_bytes(THEIRS)

    monkeypatch.setattr(replace, "_check_identity", checked)
    with pytest.raises(PhotoError, match="another program"):
        apply(plan)
    assert (photo.parent / "photo.jpg.xmp").read_bytes() == THEIRS
    assert names(photo.parent) == ["photo.jpg", "photo.jpg.xmp"]


@posix
@pytest.mark.parametrize("knows", ["renames that do not replace", "neither"])
def test_a_file_system_without_hard_links_gets_its_sidecar(photo, monkeypatch, knows):
    def none(*_):
        raise OSError(errno.EPERM, "no links here")

    if knows == "neither":
        monkeypatch.setattr(no_replace.ctypes, "CDLL", lambda *_, **__: None)
    monkeypatch.setattr(replace.os, "link", none)
    assert write(photo, policy=SIDECAR).outcome is WriteOutcome.SIDECAR
    assert names(photo.parent) == ["photo.jpg", "photo.jpg.xmp"]
    assert read_sidecar(str(photo))


@posix
@pytest.mark.parametrize("knows", ["renames that do not replace", "neither"])
def test_a_sidecar_made_meanwhile_is_not_written_over_where_there_are_no_hard_links(
    photo, monkeypatch, knows
):
    plan = FileMetadataWriter().plan(str(photo), samples.machine(), SIDECAR)

    def made_meanwhile(*_):
        (photo.parent / "photo.jpg.xmp").write_bytes(THEIRS)
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(replace.os, "link", made_meanwhile)
    if knows == "neither":
        monkeypatch.setattr(no_replace.ctypes, "CDLL", lambda *_, **__: None)
    with pytest.raises(PhotoError, match="another program"):
        apply(plan)
    assert (photo.parent / "photo.jpg.xmp").read_bytes() == THEIRS
    assert names(photo.parent) == ["photo.jpg", "photo.jpg.xmp"]


def test_a_new_sidecar_has_one_name(photo):
    write(photo, policy=SIDECAR)
    assert names(photo.parent) == ["photo.jpg", "photo.jpg.xmp"]
    assert (photo.parent / "photo.jpg.xmp").stat().st_nlink == 1


@posix
@pytest.mark.parametrize("kind", ["link", "other"])
def test_a_file_that_took_the_name_since_it_was_looked_at_is_not_read(photo, monkeypatch, kind):
    secret = photo.parent / "secret"
    secret.write_bytes(photo.read_bytes())
    real = os.lstat

    def looked(path, *args, **options):
        info = real(path, *args, **options)
        if os.fspath(path) == str(photo) and secret.exists():
            photo.unlink()
            if kind == "link":
                photo.symlink_to("secret")
            else:
                secret.rename(photo)
        return info

    monkeypatch.setattr(files.os, "lstat", looked)
    with pytest.raises(PhotoError) as caught:
        files.read_file(str(photo), 1 << 20)
    assert caught.value.problem.kind is ProblemKind.IO


def sparse(path, data):
    """A file larger than any that is replaced, which takes no room."""
    path.write_bytes(data)
    with open(path, "r+b") as file:
        file.truncate(files.MAX_PHOTO + 1)


def test_a_photo_too_large_to_be_replaced_gets_a_sidecar(photo):
    sparse(photo, photo.read_bytes())
    plan = write(photo)
    assert plan.outcome is WriteOutcome.SIDECAR and "too large" in plan.note
    assert (
        Xmp(read_sidecar(str(photo))).text("http://purl.org/dc/elements/1.1/ description")
        == "a dog on a lawn"
    )


@pytest.mark.parametrize("big", [False, True])
def test_the_caption_of_a_person_in_a_large_tiff_file_is_seen(tmp_path, big):
    photo = tmp_path / "photo.tif"
    sparse(photo, pictures.saved("TIFF", big_tiff=big, description="Grandma at home"))
    plan = write(photo)
    assert plan.outcome is WriteOutcome.KEPT and plan.before == "Grandma at home"
    assert names(tmp_path) == ["photo.tif"]


def with_gap(path, head, tail):
    """A file with a gap between two parts that makes it too large, and takes no room."""
    with open(path, "wb") as file:
        file.write(head)
        file.seek(files.MAX_PHOTO, os.SEEK_CUR)
        file.write(tail)


GRANDMA = samples.xmp_packet(samples.described("Grandma at home"))


def test_the_caption_of_a_person_behind_a_large_png_picture_is_seen(tmp_path):
    photo = tmp_path / "panorama.png"
    header = b"\x89PNG\r\n\x1a\n" + pictures.chunk(
        b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    )
    picture = struct.pack(">I", files.MAX_PHOTO) + b"IDAT"
    with_gap(photo, header + picture, bytes(4) + pictures.itxt(GRANDMA) + pictures.chunk(b"IEND"))
    plan = write(photo)
    assert (plan.outcome, plan.before) == (WriteOutcome.KEPT, "Grandma at home")
    with_gap(photo, header + picture, bytes(4) + pictures.chunk(b"IEND"))
    plan = write(photo)
    assert plan.outcome is WriteOutcome.SIDECAR and "too large" in plan.note


def test_the_caption_of_a_person_behind_a_large_webp_picture_is_seen(tmp_path):
    photo = tmp_path / "photo.webp"
    tail = pictures.piece(b"XMP ", GRANDMA)
    head = pictures.header(4) + b"ANMF" + struct.pack("<I", files.MAX_PHOTO)
    size = struct.pack("<I", 4 + len(head) + files.MAX_PHOTO + len(tail))
    with_gap(photo, b"RIFF" + size + b"WEBP" + head, tail)
    plan = write(photo)
    assert (plan.outcome, plan.before) == (WriteOutcome.KEPT, "Grandma at home")


@pytest.mark.parametrize("kind", ["TIFF", "PNG", "WEBP", "JPEG"])
def test_a_large_photo_that_is_cut_off_while_it_is_looked_at_is_left_alone(tmp_path, monkeypatch, kind):
    photo = tmp_path / "photo"
    photo.write_bytes(pictures.saved(kind) + bytes(1 << 16))
    look = writer.condensed

    def cut_off_first(view):
        os.truncate(photo, 0)  # its copying begins again, or its drive goes away
        return look(view)

    monkeypatch.setattr(writer, "MAX_PHOTO", 100)
    monkeypatch.setattr(writer, "condensed", cut_off_first)
    with pytest.raises(PhotoError, match="is being changed"):
        FileMetadataWriter().plan(str(photo), samples.machine(), EMBED)


def test_a_large_file_that_is_damaged_is_read_as_far_as_it_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "MAX_PHOTO", 100)
    photo = tmp_path / "photo.tif"
    photo.write_bytes(b"II*\0\xff\xff\xff\xff" + bytes(200))
    assert write(photo).outcome is WriteOutcome.SIDECAR


def test_what_was_written_can_be_restored_though_it_grew(photo, monkeypatch):
    assert restore._MAX_FILE > files.MAX_PHOTO + xmp.MAX_PACKET
    monkeypatch.setattr(writer, "MAX_PHOTO", photo.stat().st_size)
    original = photo.read_bytes()
    plan = write(photo, policy=EMBED)
    assert plan.outcome is WriteOutcome.EMBEDDED
    restorer = FileRestorer()
    data, stamp = restorer.read(str(photo))
    assert data == plan.new
    (now,) = restorer.restore_all([Restoration(str(photo), original, stamp, str(photo), keep_times=True)])
    assert now == FileStamp(len(original), photo.stat().st_mtime_ns, photo.stat().st_ino)
    assert photo.read_bytes() == original
