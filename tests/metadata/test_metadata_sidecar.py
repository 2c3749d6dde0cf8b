"""Sidecars: new ones say it to every reader; existing ones are patched and keep all they held."""

import os
from dataclasses import replace
from types import SimpleNamespace
from xml.etree import ElementTree

import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, read_sidecar
from metadata_writing import write as write_back

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import files, read_facts, sidecar_files, sidecar_patch, xmp
from blipdesk.metadata.provenance import Provenance
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp


def write(path, text, policy=SIDECAR):
    return write_back(path, text, policy)


def test_a_new_sidecar_holds_what_each_reader_looks_for(photo):
    plan = write(photo, samples.machine("Zwei Hunde & <Katze> 緑 🐕", "dog", "green lawn"))
    assert plan.outcome is WriteOutcome.SIDECAR
    assert plan.old is None
    data = (photo.parent / "photo.jpg.xmp").read_bytes()
    ElementTree.fromstring(data)
    tree = Xmp(data)
    for name in (xmp.DESCRIPTION, xmp.IMAGE_DESCRIPTION):
        assert tree.text(name) == "Zwei Hunde & <Katze> 緑 🐕"
    for name in (xmp.SUBJECT, xmp.HIERARCHICAL, xmp.TAGS_LIST):
        assert tree.texts(name) == ("dog", "green lawn")
    assert tree.text(xmp.OWN_SOURCE) == "machine"
    assert tree.text(xmp.OWN_MODEL) == "demo@1/caption"
    assert photo.read_bytes() == samples.camera_photo()


def test_writing_again_changes_no_byte_and_another_caption_gives_a_fresh_file(photo):
    write(photo, samples.machine("one", "a"))
    path = photo.parent / "photo.jpg.xmp"
    before = (path.read_bytes(), path.stat().st_ino)
    assert write(photo, samples.machine("one", "a")).outcome is WriteOutcome.UNCHANGED
    assert (path.read_bytes(), path.stat().st_ino) == before
    write(photo, samples.machine("two", "b"))
    second = path.read_bytes()
    path.unlink()
    write(photo, samples.machine("two", "b"))
    assert path.read_bytes() == second


def test_our_sidecar_is_no_persons_word_until_a_person_wrote_it(photo):
    write(photo, samples.machine("one", "a"))
    path = photo.parent / "photo.jpg.xmp"
    found = read_facts(photo.read_bytes(), "JPEG", path.read_bytes())
    assert (found.caption, found.keywords) == (None, ())
    write(photo, samples.user("Bella", "pet"))
    found = read_facts(photo.read_bytes(), "JPEG", path.read_bytes())
    assert (found.caption, found.keywords) == ("Bella", ("pet",))
    assert write(photo, samples.machine("two")).outcome is WriteOutcome.KEPT


def rest(tree):
    """All properties but those that we write."""
    ours = {xmp.DESCRIPTION, xmp.IMAGE_DESCRIPTION, xmp.SUBJECT, xmp.HIERARCHICAL, xmp.TAGS_LIST}
    return sorted((p.name, p.texts() or p.text()) for p in tree.properties if p.name not in ours)


@pytest.mark.parametrize("name", ["photo.jpg.xmp", "photo.xmp"])
def test_an_existing_sidecar_is_patched_and_keeps_everything(photo, name):
    path = photo.parent / name
    old = samples.xmp_packet(samples.subjects("raw", "Dog") + "<xmp:Label>Red</xmp:Label>", about="uuid:1")
    path.write_bytes(old)
    os.chmod(path, 0o640)
    plan = write(photo, samples.machine("a dog", "dog", "lawn"))
    assert (plan.outcome, plan.target_path, plan.old) == (WriteOutcome.SIDECAR, str(path), old)
    new = path.read_bytes()
    assert sorted(p.name for p in photo.parent.iterdir()) == sorted(["photo.jpg", name])
    assert rest(Xmp(new)) == rest(Xmp(old))
    assert Xmp(new).texts(xmp.SUBJECT) == ("raw", "Dog", "lawn")
    assert Xmp(new).text(xmp.DESCRIPTION) == "a dog"
    assert xmp.strip_marks(new) == old
    assert path.stat().st_mode & 0o777 == 0o640
    assert {node.attributes.get(f"{xmp.RDF} about") for node in Xmp(new).rdf.children} == {"uuid:1"}


def test_a_persons_caption_in_a_sidecar_is_kept_for_both_targets(photo):
    (photo.parent / "photo.xmp").write_bytes(samples.xmp_packet(samples.described("Grandma")))
    for policy in (SIDECAR, EMBED):
        plan = write(photo, samples.machine(), policy)
        assert plan.outcome is WriteOutcome.KEPT
        assert plan.before == "Grandma"
        assert "sidecar" in plan.note


def test_a_users_caption_replaces_the_one_in_the_sidecar(photo):
    path = photo.parent / "photo.jpg.xmp"
    path.write_bytes(samples.xmp_packet(samples.described("Grandma") + samples.subjects("old")))
    plan = write(photo, samples.user("Great-grandma", "new"))
    assert (plan.before, plan.after) == ("Grandma", "Great-grandma")
    tree = Xmp(path.read_bytes())
    assert tree.text(xmp.DESCRIPTION) == tree.text(xmp.IMAGE_DESCRIPTION) == "Great-grandma"
    assert tree.texts(xmp.SUBJECT) == ("old", "new")
    assert tree.text("http://ns.adobe.com/xap/1.0/ Rating") == "4"
    assert write(photo, samples.user("Great-grandma", "new")).outcome is WriteOutcome.UNCHANGED


def test_a_sidecar_that_may_belong_to_a_raw_file_is_left_alone(photo):
    raw = photo.parent / "photo.xmp"
    raw.write_bytes(samples.xmp_packet(""))
    (photo.parent / "photo.cr2").write_bytes(b"II*\0")
    plan = write(photo, samples.machine())
    assert plan.target_path.endswith("photo.jpg.xmp")
    assert raw.read_bytes() == samples.xmp_packet("")


REFUSED = {
    "ill-formed": b"<x:xmpmeta><rdf:RDF></x:xmpmeta>",
    "utf-16": samples.xmp_packet("").decode().encode("utf-16"),
    "latin-1": b'<?xml version="1.0" encoding="ISO-8859-1"?>'
    + samples.xmp_packet("<dc:title>\xfc</dc:title>"),
    "no rdf": b"<x/>",
    "two rdf parts": b'<a xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF/><rdf:RDF/></a>',
    "document type": b"<!DOCTYPE x>" + samples.xmp_packet(""),
    "empty": b"",
    "keywords as text": samples.xmp_packet("<dc:subject>one, two</dc:subject>"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_sidecar_that_cannot_be_patched_safely_is_left_as_it_is(photo, name):
    path = photo.parent / "photo.jpg.xmp"
    path.write_bytes(REFUSED[name])
    plan = write(photo, samples.machine())
    assert plan.outcome is WriteOutcome.REFUSED
    assert "sidecar stays as it is, because" in plan.note
    assert path.read_bytes() == REFUSED[name]


def test_our_mark_survives_another_programs_rewrite(photo):
    write(photo, samples.machine("one", "a"))
    path = photo.parent / "photo.jpg.xmp"
    rewritten = path.read_bytes()
    for comment in (b"<!--BlipDesk machine ", b"<!--/BlipDesk-->"):
        at = rewritten.index(comment)
        rewritten = rewritten[:at] + rewritten[rewritten.index(b"-->", at) + 3 :]
    path.write_bytes(rewritten)
    assert read_facts(photo.read_bytes(), "JPEG", rewritten).caption is None
    assert write(photo, samples.machine("two", "b")).outcome is WriteOutcome.SIDECAR
    tree = Xmp(path.read_bytes())
    assert tree.text(xmp.DESCRIPTION) == tree.text(xmp.OWN_CAPTION) == "two"
    changed = path.read_bytes().replace(b">two<", b">My own words<")
    path.write_bytes(changed)
    assert read_facts(photo.read_bytes(), "JPEG", changed).caption == "My own words"
    assert write(photo, samples.machine("three")).outcome is WriteOutcome.KEPT


def test_words_changed_inside_our_part_are_a_persons():
    new = sidecar_patch.render(None, Wanted("a dog", ("dog",), Source.MODEL, provenance=Provenance("key")))
    edited = new.replace(b'x-default">a dog<', b'x-default">Bella<')
    assert read_facts(b"", "JPEG", edited).caption == "Bella"
    with pytest.raises(Refusal):
        sidecar_patch.render(edited, Wanted("a cat", (), Source.MODEL, provenance=Provenance("key")))


@pytest.mark.parametrize("suffix", ["jpg", "png", "gif"])
def test_files_that_take_no_caption_in_get_a_sidecar_whatever_their_name(tmp_path, suffix):
    path = tmp_path / f"picture.{suffix}"
    path.write_bytes(b"GIF89a" + bytes(50))
    plan = write(path, samples.machine(), EMBED)
    assert plan.outcome is WriteOutcome.SIDECAR
    assert "of its kind" in plan.note
    assert path.read_bytes() == b"GIF89a" + bytes(50)


def test_characters_that_xml_cannot_hold_are_left_out(photo):
    write(photo, samples.machine("a\0b\x07c\ud800d]]>\r\ne\ufffe", "x;y", "  ", "\x01"))
    tree = Xmp((photo.parent / "photo.jpg.xmp").read_bytes())
    assert tree.text(xmp.DESCRIPTION) == "abc?d]]>\ne"
    assert tree.texts(xmp.SUBJECT) == ("x;y",)


def test_a_flood_of_unclosed_marks_is_read_once(photo):
    opener = "<!--BlipDesk machine 00000000-->"
    flood = samples.xmp_packet(opener * (2_000_000 // len(opener)) + samples.described("Grandma"))
    assert len(flood) > 2_000_000
    assert xmp.strip_marks(flood) == flood
    assert read_facts(photo.read_bytes(), "JPEG", flood).caption == "Grandma"
    (photo.parent / "photo.jpg.xmp").write_bytes(flood)
    assert write(photo, samples.machine()).outcome is WriteOutcome.KEPT


def test_only_whole_marks_with_the_right_checksum_are_taken_out():
    ours, theirs = xmp.mark(Source.MODEL, b"<a/>"), xmp.mark(Source.USER, b"<b/>")
    unclosed, changed = b"<!--BlipDesk user 00000000-->", ours.replace(b"<a/>", b"<c/>")
    data = b"1" + unclosed + b"2" + ours + b"3" + theirs + b"4" + changed + b"5" + unclosed
    rest = b"1" + unclosed + b"2" + b"3" + b"%s4" + changed + b"5" + unclosed
    assert xmp.strip_marks(data) == rest % b""
    assert xmp.strip_marks(data, keep=lambda source: source is Source.USER) == rest % theirs


def test_a_sidecar_that_is_too_large_is_refused_and_left_as_it_is(photo):
    path = photo.parent / "photo.jpg.xmp"
    large = samples.xmp_packet("") + b" " * xmp.MAX_SIDECAR
    path.write_bytes(large)
    for policy in (SIDECAR, EMBED):
        plan = write(photo, samples.machine(), policy)
        assert plan.outcome is WriteOutcome.REFUSED
        assert "too large" in plan.note
    assert path.read_bytes() == large
    described = samples.xmp_packet(samples.described("Grandma")) + b" " * xmp.MAX_SIDECAR
    found = read_facts(photo.read_bytes(), "JPEG", described)
    assert found.caption is None
    assert "too large" in found.problem


def test_a_sidecar_that_would_grow_too_large_to_be_read_again_is_refused(photo):
    path = photo.parent / "photo.jpg.xmp"
    small = samples.xmp_packet("")
    path.write_bytes(small + b" " * (xmp.MAX_SIDECAR - len(small)))
    before = path.read_bytes()
    plan = write(photo, samples.machine())
    assert plan.outcome is WriteOutcome.REFUSED
    assert "too large" in plan.note
    assert path.read_bytes() == before
    path.write_bytes(before[: -len(small) - 2000])
    assert write(photo, samples.machine()).outcome is WriteOutcome.SIDECAR
    assert read_sidecar(str(photo)) == path.read_bytes()


@pytest.mark.parametrize("name", ["photo.jpg.xmp", "photo.xmp", "photo.jpg.XMP", "photo.XMP"])
def test_a_sidecar_is_found_under_each_name_that_is_written_to(photo, name):
    (photo.parent / name).write_bytes(samples.xmp_packet(samples.described("Grandma")))
    data = read_sidecar(str(photo))
    assert read_facts(photo.read_bytes(), "JPEG", data).caption == "Grandma"


def test_the_sidecar_that_is_read_is_the_one_that_would_be_written(photo):
    assert read_sidecar(str(photo)) is None
    (photo.parent / "photo.xmp").write_bytes(b"of the raw file")
    (photo.parent / "photo.cr2").write_bytes(b"II*\0")
    assert read_sidecar(str(photo)) is None
    (photo.parent / "photo.jpg.xmp").write_bytes(b"of the photo")
    assert read_sidecar(str(photo)) == b"of the photo"


ADOBE = replace(SIDECAR, adobe_names=True)


@pytest.mark.parametrize(
    ("name", "beside", "policy", "expected"),
    [
        ("photo.cr2", [], SIDECAR, "photo.cr2.xmp"),
        ("photo.cr2", [], ADOBE, "photo.xmp"),
        ("photo.NEF", [], ADOBE, "photo.xmp"),
        ("photo.jpg", [], ADOBE, "photo.jpg.xmp"),  # Lightroom reads none beside JPEG, PNG, TIFF and DNG
        ("photo.dng", [], ADOBE, "photo.dng.xmp"),
        ("photo.cr2", ["photo.jpg"], ADOBE, "photo.xmp"),
        ("photo.jpg", ["photo.cr2"], ADOBE, "photo.jpg.xmp"),
        ("photo.cr2", ["photo.orf"], ADOBE, "photo.cr2.xmp"),
        ("photo.cr2", ["photo.cr2.xmp"], ADOBE, "photo.cr2.xmp"),
        ("photo.cr2", ["photo.xmp"], SIDECAR, "photo.xmp"),
        ("photo.cr2", ["photo.xmp", "photo.jpg"], SIDECAR, "photo.xmp"),
        ("photo.jpg", ["photo.xmp", "photo.cr2"], SIDECAR, "photo.jpg.xmp"),
        ("photo.cr2", ["photo.XMP"], SIDECAR, "photo.XMP"),
        ("photo.cr2", ["photo.xmp", "photo.cr2.xmp"], ADOBE, "photo.cr2.xmp"),
    ],
)
def test_a_raw_photos_sidecar_has_the_name_that_was_chosen_and_a_standing_one_its_own(
    tmp_path, name, beside, policy, expected
):
    path = tmp_path / name
    path.write_bytes(b"II*\0 a raw photo")
    for other in beside:
        sidecar_of_lightroom = samples.xmp_packet("<xmp:Label>Red</xmp:Label>")
        (tmp_path / other).write_bytes(sidecar_of_lightroom if other.lower().endswith("xmp") else b"II*\0")
    plan = write(path, samples.machine(), policy)
    assert (plan.outcome, plan.target_path) == (WriteOutcome.SIDECAR, str(tmp_path / expected))
    data = (tmp_path / expected).read_bytes()
    assert Xmp(data).text(xmp.DESCRIPTION) == "a dog on a lawn"
    assert (b"crs:Exposure2012" in data) is (expected in beside)
    assert read_sidecar(str(path)) == data
    assert write(path, samples.machine(), policy).outcome is WriteOutcome.UNCHANGED
    assert write(path, samples.machine(), SIDECAR).outcome is WriteOutcome.UNCHANGED


RAW_FILE = 'crs:RawFileName="IMG_0001.CR2"'
EXTENSION = 'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:SidecarForExtension="{}"'
AS_ELEMENT = "<crs:RawFileName>IMG_0001.CR2</crs:RawFileName>"


@pytest.mark.parametrize(
    ("names", "says", "owner"),
    [
        (["photo.jpg"], "", "photo.jpg"),
        (["photo.jpg", "photo.cr2"], "", "photo.cr2"),
        (["photo.JPG", "photo.NEF"], "", "photo.NEF"),
        (["photo.jpg", "photo.dng"], "", "photo.dng"),
        (["photo.dng", "photo.cr2"], "", "photo.cr2"),  # a DNG holds its XMP itself
        (["photo.jpg", "photo.png"], "", "photo.jpg"),
        (["photo.heic", "photo.mov", "photo.aae"], "", "photo.heic"),  # a live photo as Apple exports it
        (["photo.jpg", "photo.txt"], "", "photo.jpg"),
        (["photo.heic", "photo.png"], "", None),
        (["photo.cr2", "photo.orf"], "", None),
        (["photo.cr2", "photo.orf"], RAW_FILE, "photo.cr2"),
        (["photo.cr2", "photo.orf"], AS_ELEMENT, "photo.cr2"),
        (["photo.cr2", "photo.jpg"], RAW_FILE, "photo.cr2"),
        (["photo.cr2", "photo.jpg"], EXTENSION.format("JPG"), "photo.jpg"),
        (["photo.heic", "photo.png"], EXTENSION.format("png"), "photo.png"),
        (["photo.jpg"], RAW_FILE, "photo.jpg"),  # the RAW file was thrown away
        (["photo.jpg", "photo.png"], RAW_FILE, "photo.jpg"),
    ],
)
def test_one_photo_of_a_stem_alone_has_the_sidecar_of_the_stem(tmp_path, names, says, owner):
    path = tmp_path / "photo.xmp"
    told, inner = (says, "") if says and not says.startswith("<") else ("", says)
    packet = samples.xmp_packet(inner + samples.described("Anna"))
    path.write_bytes(packet.replace(b"<rdf:Description", f"<rdf:Description {told}".encode(), 1))
    for name in names:
        (tmp_path / name).write_bytes(b"a photo")
    photos = [name for name in names if not name.endswith((".mov", ".aae", ".txt"))]
    assert [name for name in photos if read_sidecar(str(tmp_path / name))] == [owner] * bool(owner)


def test_a_raw_photo_is_known_where_its_name_is_written_in_another_case(photo):
    photo.with_name("PHOTO.Cr2").write_bytes(b"II*\0 a raw photo")
    photo.with_suffix(".xmp").write_bytes(samples.xmp_packet(samples.described("Anna")))
    assert read_sidecar(str(photo)) is None


def test_the_jpeg_beside_a_raw_photo_is_captioned_whatever_the_raws_sidecar_says(photo):
    photo.with_suffix(".CR2").write_bytes(b"II*\0 a raw photo")
    theirs = photo.with_suffix(".xmp")
    theirs.write_bytes(samples.xmp_packet(samples.described("Grandma in the garden")))
    before = theirs.read_bytes()
    for policy, target in ((SIDECAR, f"{photo}.xmp"), (EMBED, str(photo))):
        plan = write(photo, samples.machine(), policy)
        assert plan.target_path == target and plan.after == "a dog on a lawn"
    theirs.write_bytes(b"<not readable")
    assert write(photo, samples.machine("a cat"), EMBED).outcome is WriteOutcome.EMBEDDED
    theirs.write_bytes(before)
    raw = write(photo.with_suffix(".CR2"), samples.machine(), SIDECAR)
    assert raw.outcome is WriteOutcome.KEPT
    assert theirs.read_bytes() == before


def test_a_sidecar_that_cannot_be_read_safely_is_none(photo, monkeypatch):
    path = photo.parent / "photo.jpg.xmp"
    path.write_bytes(bytes(xmp.MAX_SIDECAR + 1))
    assert read_sidecar(str(photo)) is None
    path.unlink()
    path.mkdir()
    assert read_sidecar(str(photo)) is None
    assert read_sidecar("no\0name.jpg") is None
    path.rmdir()
    path.write_bytes(b"<x/>")
    assert read_sidecar(str(photo)) == b"<x/>"
    real = os.lstat(path)
    fields = {name: getattr(real, name) for name in dir(real) if name.startswith("st_")}
    monkeypatch.setattr(
        files.os, "lstat", lambda *_, **__: SimpleNamespace(**fields | {"st_flags": 0x40000000})
    )
    monkeypatch.setattr(files.os, "open", lambda *_: pytest.fail("opened, and so downloaded"))
    assert read_sidecar(str(photo)) is None


def test_a_folder_is_only_looked_through_where_another_photo_may_own_a_sidecar(photo, monkeypatch):
    def listed(folder):
        raise AssertionError("each photo of a large folder would look at all the others")

    monkeypatch.setattr(os, "listdir", listed)
    assert sidecar_files.existing(str(photo)) == []
    assert sidecar_files.new_name(str(photo)) == f"{photo}.xmp"
    (photo.parent / "photo.jpg.xmp").touch()
    assert sidecar_files.existing(str(photo)) == [f"{photo}.xmp"]
    photo.with_suffix(".xmp").touch()
    with pytest.raises(AssertionError):
        sidecar_files.existing(str(photo.with_suffix(".png")))
