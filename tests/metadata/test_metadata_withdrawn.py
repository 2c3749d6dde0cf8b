"""A machine's caption gives way where a person typed one in another program: it would go on hiding theirs."""

import re
from dataclasses import replace

import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, read, snapshot, standing, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome, WriteText
from blipdesk.metadata import charsets, exif_texts, facts, jpeg, texts, xmp
from blipdesk.metadata.splice import splice
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.xmp import Xmp

OURS, THEIRS = "a dog on a lawn", "Rex on the lawn"  # as long: the one can stand in the other's place
FROM_FILE = WriteText(THEIRS, Source.FILE, ("dog", "lawn"))
XP_FIELDS = {
    "title": exif_texts.XP_TITLE,
    "comment": exif_texts.XP_COMMENT,
    "subject": exif_texts.XP_SUBJECT,
}


def xp(text):
    raw = texts.encode_xp(text)
    return (1, len(raw), raw)


def blocks_of(data):
    return [jpeg.exif_block(data, segment) for segment in jpeg.read_header(data).exif(data)]


def packet_of(data):
    (segment,) = jpeg.read_header(data).xmp(data)
    return jpeg.xmp_packet(data, segment)


def typed_in_place(path):
    """As a program leaves it that writes over the old description."""
    path.write_bytes(path.read_bytes().replace(OURS.encode(), THEIRS.encode(), 1))


def typed_and_rewritten(path, **fields):
    """As a program leaves it that writes the EXIF block anew, and all else as it was."""
    found = {"comment": OURS, "title": OURS, **fields}
    ifd0 = {0x010F: samples.ascii_field("TestCam"), 0x010E: samples.ascii_field(THEIRS)}
    ifd0 |= {XP_FIELDS[name]: xp(text) for name, text in found.items()}
    ifd0[exif_texts.XP_KEYWORDS] = xp("dog;lawn")
    packet = packet_of(path.read_bytes())
    segments = samples.exif_segment(samples.tiff(dict(sorted(ifd0.items())))), samples.xmp_segment(packet)
    path.write_bytes(samples.with_segments(*segments))


def with_iptc(path):
    """As a program leaves it that writes its caption to another place."""
    data = path.read_bytes()
    path.write_bytes(samples.with_segments(samples.iptc_segment(THEIRS.encode()), data=data))


@pytest.mark.parametrize("typed", [typed_in_place, typed_and_rewritten, with_iptc])
def test_a_persons_caption_is_the_only_one_that_any_reader_finds(photo, typed):
    write(photo)
    typed(photo)
    assert texts.encode_xp(OURS) in photo.read_bytes()
    plan = write(photo, FROM_FILE)
    assert (plan.outcome, plan.before, plan.after) == (WriteOutcome.EMBEDDED, OURS, THEIRS)
    assert "The machine's caption is taken out" in plan.note
    data = photo.read_bytes()
    (block,) = map(TiffBlock, blocks_of(data))
    assert not exif_texts.fields_saying(block, {OURS})
    assert Xmp(packet_of(data)).text(xmp.DESCRIPTION) == ""
    assert (read(photo)[0], standing(photo)) == (THEIRS, THEIRS)
    assert Xmp(packet_of(data)).keywords() == ("dog", "lawn")
    before = snapshot(photo)
    assert write(photo, FROM_FILE).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


def test_all_but_our_texts_stays_byte_for_byte(photo):
    write(photo, samples.machine(OURS))
    typed_and_rewritten(photo, subject="For the album")
    before = photo.read_bytes()
    write(photo, FROM_FILE)
    after = photo.read_bytes()
    (old,), (new,) = blocks_of(before), blocks_of(after)
    assert new[8 : len(old)] == old[8:]
    entries = [
        {e.tag: block.raw(e) for e in block.ifds["IFD0"].entries}
        for block in (TiffBlock(old), TiffBlock(new))
    ]
    assert entries[0].keys() - entries[1].keys() == {exif_texts.XP_TITLE, exif_texts.XP_COMMENT}
    assert entries[1].items() <= entries[0].items()
    assert xmp.strip_marks(packet_of(after)) == xmp.strip_marks(packet_of(before))
    assert after[jpeg.read_header(after).sos :] == before[jpeg.read_header(before).sos :]


def test_what_another_program_wrote_into_the_packet_stays(photo):
    packet = samples.xmp_packet(samples.subjects("Anna"))
    photo.write_bytes(samples.with_segments(samples.xmp_segment(packet)))
    write(photo)
    typed_and_rewritten(photo)
    write(photo, FROM_FILE)
    assert xmp.strip_marks(packet_of(photo.read_bytes())) == packet
    assert Xmp(packet_of(photo.read_bytes())).keywords() == ("Anna", "dog", "lawn")


def test_our_text_goes_though_another_program_dropped_its_marks(photo):
    write(photo)
    data = photo.read_bytes()
    (segment,) = jpeg.read_header(data).xmp(data)
    packet = re.sub(rb"<!--.*?-->", b"", packet_of(data))
    photo.write_bytes(splice(data, [jpeg.replacing(segment, jpeg.xmp_segment(packet))]))
    with_iptc(photo)
    assert Xmp(packet_of(photo.read_bytes())).text(xmp.DESCRIPTION) == OURS
    write(photo, FROM_FILE)
    assert OURS.encode() not in photo.read_bytes()
    assert standing(photo) == THEIRS


@pytest.mark.parametrize("field", XP_FIELDS)
def test_a_persons_text_in_a_field_of_explorer_stays(photo, field):
    write(photo)
    typed_and_rewritten(photo, **{field: "For the album"})
    write(photo, FROM_FILE)
    (block,) = map(TiffBlock, blocks_of(photo.read_bytes()))
    assert charsets.decode_xp(block.raw(block.find("IFD0", XP_FIELDS[field]))) == "For the album"
    assert not exif_texts.fields_saying(block, {OURS})


def test_what_cannot_be_changed_safely_stays_as_it_is(photo):
    write(photo)
    typed_and_rewritten(photo)
    data = photo.read_bytes()
    (segment,) = jpeg.read_header(data).exif(data)
    twice = jpeg.exif_segment(blocks_of(data)[0])
    photo.write_bytes(data[: segment.end] + twice + data[segment.end :])
    before = snapshot(photo)
    assert write(photo, FROM_FILE).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


def test_the_photo_gives_way_to_a_persons_caption_beside_it(photo):
    original = photo.read_bytes()
    write(photo)
    packet = samples.xmp_packet(samples.described(THEIRS))
    side = photo.parent / "photo.jpg.xmp"
    side.write_bytes(packet)
    plan = write(photo, FROM_FILE)
    assert (plan.outcome, plan.before, plan.after) == (WriteOutcome.EMBEDDED, OURS, THEIRS)
    assert plan.old is not None  # what it takes to take it back
    assert "The machine's caption is taken out. A person's caption stands in its sidecar" in plan.note
    assert (standing(photo), side.read_bytes()) == (THEIRS, packet)
    assert facts.read(photo.read_bytes()).standing is None  # Adobe's programs look into no sidecar of a JPEG
    assert Xmp(packet_of(photo.read_bytes())).keywords() == ("dog", "lawn")
    before = snapshot(photo)
    text = replace(FROM_FILE, machines=(OURS,))  # as the catalog goes on to know
    assert write(photo, text).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before
    photo.write_bytes(original)
    assert write(photo, text).outcome is WriteOutcome.KEPT
    assert photo.read_bytes() == original


def test_a_photo_that_says_nothing_stays_as_it_is_beside_a_persons_caption(photo):
    (photo.parent / "photo.jpg.xmp").write_bytes(samples.xmp_packet(samples.described(THEIRS)))
    before = snapshot(photo)
    assert write(photo, samples.machine()).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


@pytest.mark.parametrize("changed", ["description", "comment"])
def test_a_typed_caption_that_gave_way_to_the_files_goes_from_all_fields(photo, changed):
    mine, theirs = "Meine Straße", "Andere Straße"
    write(photo, samples.user(mine))
    block = {0x010E: samples.ascii_field(mine if changed == "comment" else theirs)}
    block |= {XP_FIELDS["comment"]: xp(theirs if changed == "comment" else mine)}
    block |= {XP_FIELDS["title"]: xp(mine), XP_FIELDS["subject"]: xp("For the album")}
    packet = samples.xmp_packet(samples.described(theirs))
    segments = samples.exif_segment(samples.tiff(dict(sorted(block.items())))), samples.xmp_segment(packet)
    photo.write_bytes(samples.with_segments(*segments))
    text = WriteText(theirs, Source.FILE, replaces=mine, typed=(mine,), known=(theirs, mine))
    plan = write(photo, text)
    assert plan.outcome is WriteOutcome.EMBEDDED
    assert "The caption is taken back. A person's caption stands in its" in plan.note
    (found,) = map(TiffBlock, blocks_of(photo.read_bytes()))
    assert not exif_texts.fields_saying(found, {mine})
    assert charsets.decode_xp(found.raw(found.find("IFD0", XP_FIELDS["subject"]))) == "For the album"
    assert read(photo)[0] == theirs
    before = snapshot(photo)
    assert write(photo, replace(text, replaces=None)).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


def test_the_sidecar_of_a_photo_that_a_person_described_says_the_keywords_alone(photo):
    write(photo, samples.machine(), SIDECAR)
    photo.write_bytes(samples.camera_photo(description=THEIRS))
    original = photo.read_bytes()
    plan = write(photo, FROM_FILE, SIDECAR)
    assert plan.outcome is WriteOutcome.SIDECAR
    side = (photo.parent / "photo.jpg.xmp").read_bytes()
    assert OURS.encode() not in side
    assert Xmp(side).keywords() == ("dog", "lawn")
    assert photo.read_bytes() == original
    assert facts.read(original, (side,)).standing == THEIRS
    assert write(photo, FROM_FILE, SIDECAR).outcome is WriteOutcome.KEPT


@pytest.mark.parametrize("policy", [EMBED, SIDECAR])
def test_a_keyword_that_a_person_added_stays_theirs(photo, policy):
    first = WriteText(OURS, Source.MODEL, ("dog", "Pet"), user_keywords=("Pet",))
    write(photo, first, policy)
    if policy is EMBED:
        typed_in_place(photo)
    else:
        photo.write_bytes(samples.camera_photo(description=THEIRS))
    write(photo, WriteText(THEIRS, Source.FILE, ("Pet", "dog"), user_keywords=("Pet",)), policy)
    assert read(photo)[0] == THEIRS
    assert "Pet" in read(photo)[1]
    assert standing(photo) == THEIRS


def test_a_photo_that_may_not_be_written_is_kept_and_gets_no_sidecar(photo):
    write(photo)
    typed_in_place(photo)
    photo.chmod(0o444)
    photo.parent.chmod(0o555)
    try:
        before = snapshot(photo)
        assert write(photo, FROM_FILE).outcome is WriteOutcome.KEPT
        assert snapshot(photo) == before
    finally:
        photo.parent.chmod(0o755)
