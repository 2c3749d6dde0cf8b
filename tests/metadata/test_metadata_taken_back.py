"""A person's words taken back: what they had taken the place of comes back, and nobody else's is touched."""

import re
from dataclasses import replace

import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, read, read_sidecar, snapshot, standing, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import ExistingText, WriteOutcome, WriteText
from blipdesk.metadata import facts, jpeg, xmp
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.xmp import Xmp

EMBEDDED = WriteOutcome.EMBEDDED
both_targets = pytest.mark.parametrize("policy", [EMBED, SIDECAR])


def packet_of(path):
    """The packet of the photo, or of its sidecar where it has none."""
    data = path.read_bytes()
    packets = [jpeg.xmp_packet(data, s) for s in jpeg.read_header(data).xmp(data)]
    return packets[0] if packets else read_sidecar(str(path))


@both_targets
def test_an_edit_taken_back_gives_the_machines_caption_again(photo, policy):
    write(photo, samples.machine("a dog"), policy)
    before = snapshot(photo)
    write(photo, WriteText("Bella", Source.USER, ("dog", "lawn")), policy)
    assert read(photo)[0] == "Bella"
    text = WriteText("a dog", Source.MODEL, ("dog", "lawn"), "demo@1/caption", replaces="Bella")
    plan = write(photo, text, policy)
    assert (plan.before, plan.after) == ("Bella", "a dog")
    assert snapshot(photo) == before


@both_targets
def test_an_edit_taken_back_before_any_machine_wrote_leaves_nothing(photo, policy):
    original = photo.read_bytes()
    write(photo, WriteText("Bella", Source.USER), policy)
    plan = write(photo, WriteText("", Source.MODEL, replaces="Bella"), policy)
    assert (plan.before, plan.after) == ("Bella", "")
    assert "taken back" in plan.note
    assert photo.read_bytes() == original
    assert (standing(photo), read(photo)) == (None, (None, set()))
    assert write(photo, WriteText("", Source.MODEL, replaces="Bella"), policy).new is None


@pytest.mark.parametrize("name", samples.CAPTIONED)
def test_an_edit_taken_back_gives_the_files_own_caption_again(photo, name):
    original = samples.CAPTIONED[name]()
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
def test_words_that_somebody_else_wrote_meanwhile_are_never_touched(photo, policy, text):
    write(photo, WriteText("Bella", Source.USER), policy)
    path = photo if policy is EMBED else photo.parent / "photo.jpg.xmp"
    packet = samples.xmp_packet(samples.described("Bella at sea"))
    if policy is EMBED:
        block = samples.exif_segment(samples.camera_block(description="Bella at sea"))
        path.write_bytes(samples.with_segments(block, samples.xmp_segment(packet)))
    else:
        path.write_bytes(packet)
    before = snapshot(photo)
    assert write(photo, text, policy, seen=False).outcome is WriteOutcome.KEPT
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
def test_another_caption_that_an_edit_replaced_in_xmp_comes_back_when_it_is_taken_back(photo, policy):
    packet = samples.xmp_packet(samples.described("In XMP &amp; elsewhere"))
    block = samples.exif_segment(samples.camera_block(description="In EXIF"))
    photo.write_bytes(samples.with_segments(block, samples.xmp_segment(packet)))
    if policy is SIDECAR:
        photo.write_bytes(samples.camera_photo(description="In EXIF"))
        (photo.parent / "photo.jpg.xmp").write_bytes(packet)
    original = snapshot(photo)
    first = WriteText("One edit", Source.USER, ("Pet",), user_keywords=("Pet",))
    write(photo, first, policy)
    second = WriteText("Another, longer edit", Source.USER, replaces="One edit", replaces_keywords=("Pet",))
    write(photo, second, policy)
    written = snapshot(photo)
    assert write(photo, second, policy).outcome is WriteOutcome.UNCHANGED
    assert read(photo)[0] == "Another, longer edit"
    write(photo, WriteText("In EXIF", Source.FILE, ("sea",), user_keywords=("sea",)), policy)
    assert Xmp(packet_of(photo)).text(xmp.DESCRIPTION) == "Another, longer edit"
    write(photo, WriteText("In EXIF", Source.FILE, replaces_keywords=("sea",)), policy)
    assert snapshot(photo) == written
    write(photo, WriteText("In EXIF", Source.FILE, replaces="Another, longer edit"), policy)
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
def test_a_machine_does_not_take_the_place_of_a_caption_that_an_edit_had_covered_in_xmp(photo, policy):
    packet = samples.xmp_packet(samples.described("Grandma"))
    photo.write_bytes(samples.with_segments(samples.xmp_segment(packet)))
    if policy is SIDECAR:
        photo.write_bytes(samples.camera_photo())
        (photo.parent / "photo.jpg.xmp").write_bytes(packet)
    original = snapshot(photo)
    write(photo, WriteText("Granny", Source.USER), policy)
    write(photo, WriteText("a dog", Source.MODEL, ("dog",), replaces="Granny"), policy)
    assert snapshot(photo) == original


def test_an_edit_taken_back_gives_a_programs_own_data_again(photo):
    original = samples.camera_photo(description='{"shape": [2, 2]}')
    photo.write_bytes(original)
    write(photo, WriteText("Bella", Source.USER), EMBED)
    assert read(photo)[0] == "Bella"
    write(photo, WriteText("a dog", Source.MODEL, ("dog",), replaces="Bella"), EMBED)
    assert photo.read_bytes() == original


def test_an_edit_of_an_edit_leaves_captions_in_other_places_alone(photo):
    photo.write_bytes(samples.with_segments(samples.iptc_segment(b"Wedding, 1962")))
    write(photo, WriteText("Wedding of Anna", Source.USER), EMBED)
    plan = write(photo, WriteText("Anna and Paul", Source.USER, replaces="Wedding of Anna"), EMBED)
    assert (plan.outcome, standing(photo)) == (EMBEDDED, "Anna and Paul")
    plan = write(photo, WriteText("a couple", Source.MODEL, replaces="Anna and Paul"), EMBED)
    assert (plan.outcome, plan.after) == (EMBEDDED, "Wedding, 1962")
    assert photo.read_bytes() == samples.with_segments(samples.iptc_segment(b"Wedding, 1962"))


def test_a_blank_is_no_caption_to_be_taken_back(photo):
    items = "<rdf:Alt><rdf:li xml:lang='de'>Oma</rdf:li><rdf:li xml:lang='fr'>Mamie</rdf:li></rdf:Alt>"
    blank = "<tiff:ImageDescription xmlns:tiff='http://ns.adobe.com/tiff/1.0/'><rdf:Alt>"
    blank += "<rdf:li xml:lang='x-default'> </rdf:li></rdf:Alt></tiff:ImageDescription>"
    held = samples.xmp_packet(f"{blank}<dc:description>{items}</dc:description>")
    beside = photo.parent / "photo.jpg.xmp"
    beside.write_bytes(held)
    write(photo, samples.machine(), replace(SIDECAR, existing=ExistingText.APPEND))
    write(
        photo,
        replace(samples.machine("a dog on a lawn", "Anna"), user_keywords=("Anna",), replaces=""),
        SIDECAR,
    )
    assert "Anna" in read(photo)[1]
    assert xmp.strip_marks(beside.read_bytes()) == held
