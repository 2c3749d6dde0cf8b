"""A person's words through writing: marked as theirs, written beside others' captions, and taken back."""

import re

import metadata_samples as samples
import pytest

from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome, WriteText
from blipdesk.metadata import FileMetadataWriter, facts, jpeg, read_facts, read_sidecar, xmp
from blipdesk.metadata.exif_patch import read_keywords
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.xmp import Xmp

EMBED, SIDECAR = WriteTarget.EMBED, WriteTarget.SIDECAR
EMBEDDED = WriteOutcome.EMBEDDED
both_targets = pytest.mark.parametrize("target", [EMBED, SIDECAR])


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(samples.camera_photo())
    return path


def write(path, text, target):
    writer = FileMetadataWriter()
    plan = writer.plan(str(path), text, target)
    writer.apply(plan)
    return plan


def read(path):
    """What a program without a catalog takes for people's words."""
    found = read_facts(path.read_bytes(), "JPEG", read_sidecar(str(path)))
    return found.caption, set(found.keywords)


def all_keywords(path):
    """Every keyword that any reader shows, whoever wrote it."""
    data, found = path.read_bytes(), set()
    packets = [s.payload(data)[len(jpeg.XMP_PREFIX) :] for s in jpeg.read_header(data).xmp(data)]
    packets += [side] if (side := read_sidecar(str(path))) else []
    for packet in packets:
        tree = Xmp(packet)
        found |= {k for name in (xmp.SUBJECT, xmp.HIERARCHICAL, xmp.TAGS_LIST) for k in tree.texts(name)}
    for segment in jpeg.read_header(data).exif(data):
        found |= set(read_keywords(TiffBlock(segment.payload(data)[6:])))
    return found


def standing(path):
    """The caption that readers see."""
    side = read_sidecar(str(path))
    return facts.read(path.read_bytes(), (side,) if side else ()).standing


def packet_of(path):
    """The packet of the photo, or of its sidecar where it has none."""
    data = path.read_bytes()
    packets = [s.payload(data)[len(jpeg.XMP_PREFIX) :] for s in jpeg.read_header(data).xmp(data)]
    return packets[0] if packets else read_sidecar(str(path))


def snapshot(path):
    return {p.name: p.read_bytes() for p in path.parent.iterdir() if p.is_file()}


# ---------------------------------------------------------------------------------------- keywords of people


@both_targets
@pytest.mark.parametrize("caption", [("a dog", Source.MODEL), ("Bella", Source.USER)], ids=["model", "user"])
def test_a_persons_keyword_is_theirs_without_a_catalog_and_the_machines_are_not(photo, target, caption):
    text = WriteText(*caption, ("dog", "Pet", "lawn"), user_keywords=("Pet",))
    write(photo, text, target)
    assert read(photo)[1] == {"Pet"}
    assert all_keywords(photo) == {"dog", "Pet", "lawn"}
    before = snapshot(photo)
    assert write(photo, text, target).outcome is WriteOutcome.UNCHANGED
    assert snapshot(photo) == before


@both_targets
def test_a_fresh_catalogs_machine_keeps_the_keyword_that_a_person_added(photo, target):
    original = snapshot(photo)
    write(photo, WriteText("a dog", Source.MODEL, ("dog", "Pet"), user_keywords=("Pet",)), target)
    write(photo, WriteText("a cat", Source.MODEL, ("cat",)), target)
    assert all_keywords(photo) == {"cat", "Pet"}
    assert read(photo) == (None, {"Pet"})
    write(photo, WriteText("a cat", Source.MODEL, ("cat",), replaces_keywords=("cat", "Pet")), target)
    assert all_keywords(photo) == {"cat"}
    (photo.parent / "photo.jpg.xmp").unlink(missing_ok=True)
    write(photo, WriteText("a dog", Source.MODEL), target)
    assert set(snapshot(photo)) == set(original) | ({"photo.jpg.xmp"} if target is SIDECAR else set())


def test_a_persons_keyword_outlives_in_exif_where_xmp_cannot_be_written(photo):
    photo.write_bytes(samples.with_segments(samples.xmp_segment(b"<broken")))
    write(photo, WriteText("a dog", Source.MODEL, ("dog", "Pet"), user_keywords=("Pet",)), EMBED)
    assert read(photo)[1] == {"Pet"}
    write(photo, WriteText("a cat", Source.MODEL, ("cat",)), EMBED)
    assert all_keywords_of_exif(photo) == ("Pet", "cat")


def all_keywords_of_exif(path):
    data = path.read_bytes()
    return read_keywords(TiffBlock(jpeg.read_header(data).exif(data)[0].payload(data)[6:]))


@both_targets
def test_a_keyword_of_another_program_stays_though_the_person_added_and_removed_it(photo, target):
    packet = samples.xmp_packet(samples.subjects("beach"))
    photo.write_bytes(samples.with_segments(samples.xmp_segment(packet)))
    (photo.parent / "photo.jpg.xmp").write_bytes(packet)
    write(photo, WriteText("a dog", Source.MODEL, ("beach", "Pet"), user_keywords=("beach", "Pet")), target)
    write(photo, WriteText("a dog", Source.MODEL, (), replaces_keywords=("beach", "Pet")), target)
    assert all_keywords(photo) == {"beach"}


@both_targets
def test_words_changed_inside_one_of_our_parts_make_all_of_it_a_persons(photo, target):
    write(photo, WriteText("Bella", Source.USER, ("dog", "Pet"), user_keywords=("Pet",)), target)
    path = photo if target is EMBED else photo.parent / "photo.jpg.xmp"
    path.write_bytes(path.read_bytes().replace(b">Pet<", b">Cat<"))
    caption, keywords = read(photo)
    assert caption == "Bella"
    assert {"Cat", "dog"} <= keywords
    plan = write(photo, samples.machine("a cat"), target)
    assert plan.outcome is WriteOutcome.KEPT


# ---------------------------------------------------------------------------------------- keywords alone


def captions_of(path):
    """Where people's captions stand, to the byte of the fields that hold them."""
    data = path.read_bytes()
    header = jpeg.read_header(data)
    exif = [s.payload(data) for s in header.exif(data)]
    found = [(c.where, c.text) for c in facts.read(data).captions]
    return exif, [s.payload(data) for s in header.photoshop(data)], found


CAPTIONED = {
    "exif": lambda: samples.camera_photo(description="Grandma"),
    "xmp": lambda: samples.with_segments(
        samples.xmp_segment(samples.xmp_packet(samples.described("Grandma")))
    ),
    "iptc": lambda: samples.with_segments(samples.iptc_segment(b"Grandma", [b"old"])),
}


@pytest.mark.parametrize("name", CAPTIONED)
def test_the_keywords_alone_go_into_a_photo_with_a_caption_of_its_own(photo, name):
    photo.write_bytes(CAPTIONED[name]())
    before = captions_of(photo)
    text = WriteText("Grandma", Source.FILE, ("dog", "Pet"), user_keywords=("Pet",))
    plan = write(photo, text, EMBED)
    assert (plan.outcome, plan.before, plan.after) == (EMBEDDED, "Grandma", "Grandma")
    assert "keywords" in plan.note
    assert captions_of(photo) == before
    assert read(photo)[0] == "Grandma"
    assert "Pet" in read(photo)[1]
    assert "dog" not in read(photo)[1]
    assert {"dog", "Pet"} <= all_keywords(photo)
    written = snapshot(photo)
    assert write(photo, text, EMBED).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == written
    plan = write(photo, WriteText("Grandma", Source.FILE, ("dog",), replaces_keywords=("dog", "Pet")), EMBED)
    assert plan.outcome is EMBEDDED
    assert "Pet" not in all_keywords(photo)
    assert captions_of(photo) == before


@pytest.mark.parametrize("in_sidecar", [True, False])
def test_the_keywords_alone_go_into_a_sidecar(photo, in_sidecar):
    path = photo.parent / "photo.jpg.xmp"
    if in_sidecar:
        path.write_bytes(samples.xmp_packet(samples.described("Grandma") + samples.subjects("old")))
    else:
        photo.write_bytes(samples.camera_photo(description="Grandma"))
    original = snapshot(photo)
    text = WriteText("Grandma", Source.FILE, ("Pet",), user_keywords=("Pet",))
    assert write(photo, text, SIDECAR).outcome is WriteOutcome.SIDECAR
    tree = Xmp(path.read_bytes())
    assert tree.text(xmp.DESCRIPTION) == ("Grandma" if in_sidecar else "")
    assert tree.text(xmp.IMAGE_DESCRIPTION) == ""
    assert read(photo) == ("Grandma", {"Pet", "old"} if in_sidecar else {"Pet"})
    assert photo.read_bytes() == original["photo.jpg"]
    if in_sidecar:
        assert xmp.strip_marks(path.read_bytes()) == original[path.name]
    assert write(photo, text, SIDECAR).outcome is WriteOutcome.KEPT


@both_targets
def test_without_a_persons_keyword_a_captioned_photo_stays_untouched(photo, target):
    photo.write_bytes(samples.camera_photo(description="Grandma"))
    before = snapshot(photo)
    plan = write(photo, WriteText("Grandma", Source.FILE, ("dog",)), target)
    assert plan.outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


@both_targets
def test_a_persons_keyword_is_written_where_there_is_no_caption_yet(photo, target):
    before = captions_of(photo)
    write(photo, WriteText("", Source.MODEL, ("Pet",), user_keywords=("Pet",)), target)
    assert read(photo) == (None, {"Pet"})
    assert captions_of(photo) == before
    write(photo, samples.machine("a dog"), target)
    assert standing(photo) == "a dog"
    assert read(photo) == (None, {"Pet"})


@both_targets
def test_keywords_beside_a_caption_that_a_lost_catalog_wrote_leave_it_as_it_is(photo, target):
    write(photo, WriteText("Bella", Source.USER, ("Pet", "dog"), user_keywords=("Pet",)), target)
    plan = write(photo, WriteText("Bella", Source.FILE, ("Pet", "sea"), user_keywords=("sea",)), target)
    assert plan.after == "Bella"
    assert read(photo) == ("Bella", {"Pet", "sea"})
    direct = photo.parent / "direct"
    direct.mkdir()
    (direct / "photo.jpg").write_bytes(samples.camera_photo())
    text = WriteText("Bella", Source.USER, ("sea", "Pet"), user_keywords=("sea", "Pet"))
    write(direct / "photo.jpg", text, target)
    assert snapshot(direct / "photo.jpg") == snapshot(photo)


# ---------------------------------------------------------------------------------------- taken back


@both_targets
def test_an_edit_taken_back_gives_the_machines_caption_again(photo, target):
    write(photo, samples.machine("a dog"), target)
    before = snapshot(photo)
    write(photo, WriteText("Bella", Source.USER, ("dog", "lawn")), target)
    assert read(photo)[0] == "Bella"
    text = WriteText("a dog", Source.MODEL, ("dog", "lawn"), "demo@1/caption", replaces="Bella")
    plan = write(photo, text, target)
    assert (plan.before, plan.after) == ("Bella", "a dog")
    assert snapshot(photo) == before


@both_targets
def test_an_edit_taken_back_before_any_machine_wrote_leaves_nothing(photo, target):
    original = photo.read_bytes()
    write(photo, WriteText("Bella", Source.USER), target)
    plan = write(photo, WriteText("", Source.MODEL, replaces="Bella"), target)
    assert (plan.before, plan.after) == ("Bella", "")
    assert "taken back" in plan.note
    assert photo.read_bytes() == original
    assert (standing(photo), read(photo)) == (None, (None, set()))
    assert write(photo, WriteText("", Source.MODEL, replaces="Bella"), target).new is None


@pytest.mark.parametrize("name", CAPTIONED)
def test_an_edit_taken_back_gives_the_files_own_caption_again(photo, name):
    original = CAPTIONED[name]()
    photo.write_bytes(original)
    write(photo, WriteText("Granny", Source.USER), EMBED)
    assert read(photo)[0] == "Granny"
    plan = write(photo, WriteText("Grandma", Source.FILE, replaces="Granny"), EMBED)
    assert (plan.outcome, plan.before, plan.after) == (EMBEDDED, "Granny", "Grandma")
    assert photo.read_bytes() == original


def test_an_edit_taken_back_gives_the_sidecars_own_caption_again(photo):
    path = photo.parent / "photo.jpg.xmp"
    original = samples.xmp_packet(samples.described("Grandma"))
    path.write_bytes(original)
    write(photo, WriteText("Granny", Source.USER), SIDECAR)
    write(photo, WriteText("Grandma", Source.FILE, replaces="Granny"), SIDECAR)
    assert path.read_bytes() == original


def test_an_edit_taken_back_gives_way_though_a_viewer_turned_the_photo(photo):
    photo.write_bytes(samples.camera_photo(description="Grandma"))
    write(photo, WriteText("Granny", Source.USER), EMBED)
    data = photo.read_bytes()
    block = jpeg.read_header(data).exif(data)[0]
    at = TiffBlock(block.payload(data)[6:]).find("IFD0", 0x0112).value_at + block.body + 6
    photo.write_bytes(data[:at] + b"\6" + data[at + 1 :])
    write(photo, WriteText("Grandma", Source.FILE, replaces="Granny"), EMBED)
    assert read(photo)[0] == "Grandma"
    assert {found.text for found in facts.read(photo.read_bytes()).captions} == {"Grandma"}


@both_targets
@pytest.mark.parametrize(
    "text",
    [
        WriteText("a dog", Source.MODEL, ("dog",), replaces="Bella"),
        WriteText("", Source.MODEL, replaces="Bella"),
        WriteText("Bella 2", Source.USER, ("dog",), replaces="Bella"),
        WriteText("Bella", Source.USER, ("dog",), replaces="Bella"),
    ],
    ids=["machine", "nothing", "another edit", "same edit"],
)
def test_words_that_somebody_else_wrote_meanwhile_are_never_touched(photo, target, text):
    write(photo, WriteText("Bella", Source.USER), target)
    path = photo if target is EMBED else photo.parent / "photo.jpg.xmp"
    packet = samples.xmp_packet(samples.described("Bella at sea"))
    if target is EMBED:
        block = samples.exif_segment(samples.camera_block(description="Bella at sea"))
        path.write_bytes(samples.with_segments(block, samples.xmp_segment(packet)))
    else:
        path.write_bytes(packet)
    before = snapshot(photo)
    assert write(photo, text, target).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


def test_a_caption_that_ours_had_covered_is_not_lost_to_a_machine(photo):
    original = samples.camera_photo(description="Grandma")
    photo.write_bytes(original)
    write(photo, WriteText("Granny", Source.USER), EMBED)
    write(photo, WriteText("a dog", Source.MODEL, ("dog",), replaces="Granny"), EMBED)
    assert read(photo)[0] == "Grandma"
    assert b"Granny" not in photo.read_bytes()


def test_an_edit_is_taken_back_from_exif_beside_xmp_that_is_broken(photo):
    original = samples.with_segments(samples.xmp_segment(b"<broken"))
    photo.write_bytes(original)
    write(photo, WriteText("Bella", Source.USER), EMBED)
    write(photo, WriteText("", Source.MODEL, replaces="Bella"), EMBED)
    assert photo.read_bytes() == original


@pytest.mark.parametrize("own", ["Grandma", ""])
def test_an_edit_that_could_not_be_embedded_is_taken_back_from_its_sidecar(photo, own):
    block = samples.exif_segment(samples.camera_block(description=own or None))
    photo.write_bytes(samples.with_segments(block, block))
    assert write(photo, WriteText("Granny", Source.USER), EMBED).outcome is WriteOutcome.SIDECAR
    text = WriteText(own or "a dog", Source.FILE if own else Source.MODEL, replaces="Granny")
    assert write(photo, text, EMBED).outcome is WriteOutcome.SIDECAR
    assert read(photo)[0] == (own or None)
    assert standing(photo) == (own or "a dog")


@both_targets
def test_another_caption_that_an_edit_replaced_in_xmp_comes_back_when_it_is_taken_back(photo, target):
    packet = samples.xmp_packet(samples.described("In XMP &amp; elsewhere"))
    block = samples.exif_segment(samples.camera_block(description="In EXIF"))
    photo.write_bytes(samples.with_segments(block, samples.xmp_segment(packet)))
    if target is SIDECAR:
        photo.write_bytes(samples.camera_photo(description="In EXIF"))
        (photo.parent / "photo.jpg.xmp").write_bytes(packet)
    original = snapshot(photo)
    first = WriteText("One edit", Source.USER, ("Pet",), user_keywords=("Pet",))
    write(photo, first, target)
    second = WriteText("Another, longer edit", Source.USER, replaces="One edit", replaces_keywords=("Pet",))
    write(photo, second, target)
    written = snapshot(photo)
    assert write(photo, second, target).outcome is WriteOutcome.UNCHANGED
    assert read(photo)[0] == ("Another, longer edit" if target is EMBED else "In EXIF")
    write(photo, WriteText("In EXIF", Source.FILE, ("sea",), user_keywords=("sea",)), target)
    assert Xmp(packet_of(photo)).text(xmp.DESCRIPTION) == "Another, longer edit"
    write(photo, WriteText("In EXIF", Source.FILE, replaces_keywords=("sea",)), target)
    assert snapshot(photo) == written
    write(photo, WriteText("In EXIF", Source.FILE, replaces="Another, longer edit"), target)
    assert snapshot(photo) == original


def test_a_text_taken_back_stays_away_where_another_program_dropped_our_marks(photo):
    path = photo.parent / "photo.jpg.xmp"
    path.write_bytes(samples.xmp_packet(samples.described("Grandma")))
    write(photo, WriteText("Granny", Source.USER), SIDECAR)
    path.write_bytes(re.sub(rb"<!--.*?-->", b"", path.read_bytes()))
    write(photo, WriteText("Grandma", Source.FILE, replaces="Granny"), SIDECAR)
    assert read(photo)[0] == "Grandma"
    write(photo, WriteText("Grandma", Source.FILE, ("Pet",), user_keywords=("Pet",)), SIDECAR)
    assert read(photo) == ("Grandma", {"Pet"})
    assert b"Granny" not in xmp.strip_marks(path.read_bytes())


@both_targets
def test_a_machine_does_not_take_the_place_of_a_caption_that_an_edit_had_covered_in_xmp(photo, target):
    packet = samples.xmp_packet(samples.described("Grandma"))
    photo.write_bytes(samples.with_segments(samples.xmp_segment(packet)))
    if target is SIDECAR:
        photo.write_bytes(samples.camera_photo())
        (photo.parent / "photo.jpg.xmp").write_bytes(packet)
    original = snapshot(photo)
    write(photo, WriteText("Granny", Source.USER), target)
    write(photo, WriteText("a dog", Source.MODEL, ("dog",), replaces="Granny"), target)
    assert snapshot(photo) == original


COMMENT = b"ASCII\0\0\0" + b'{"shape": [2, 2]}'
TECHNICAL = {
    "covered": lambda: samples.camera_photo(description='{"shape": [2, 2]}'),
    "beside": lambda: samples.with_segments(
        samples.exif_segment(samples.tiff({}, exif={0x9286: (7, len(COMMENT), COMMENT)}))
    ),
}


@pytest.mark.parametrize("name", TECHNICAL)
def test_an_edit_taken_back_gives_a_programs_own_data_again(photo, name):
    photo.write_bytes(TECHNICAL[name]())
    write(photo, WriteText("Bella", Source.USER), EMBED)
    assert read(photo)[0] == "Bella"
    write(photo, WriteText("a dog", Source.MODEL, ("dog",), replaces="Bella"), EMBED)
    assert photo.read_bytes() == TECHNICAL[name]()


def test_an_edit_of_an_edit_leaves_captions_in_other_places_alone(photo):
    photo.write_bytes(samples.with_segments(samples.iptc_segment(b"Wedding, 1962")))
    write(photo, WriteText("Wedding of Anna", Source.USER), EMBED)
    plan = write(photo, WriteText("Anna and Paul", Source.USER, replaces="Wedding of Anna"), EMBED)
    assert (plan.outcome, standing(photo)) == (EMBEDDED, "Anna and Paul")
    plan = write(photo, WriteText("a couple", Source.MODEL, replaces="Anna and Paul"), EMBED)
    assert (plan.outcome, plan.after) == (EMBEDDED, "Wedding, 1962")
    assert photo.read_bytes() == samples.with_segments(samples.iptc_segment(b"Wedding, 1962"))
