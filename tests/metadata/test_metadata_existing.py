"""What a person chose for a machine's caption beside their own: nobody's words are lost or hidden by it."""

from dataclasses import replace
from itertools import permutations

import metadata_samples as samples
import pytest
from metadata_choices import (
    APPEND,
    CHOICES,
    COMMENT,
    FROM_FILE,
    JOINED,
    MODEL,
    OURS,
    PLACES,
    REPLACE,
    THEIRS,
    block_of,
    each_choice,
    each_place,
    fields,
    fields_of_exif,
)
from metadata_writing import EMBED, SIDECAR, names, read, snapshot, standing, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome, WriteText
from blipdesk.metadata import embed, exif_texts, facts, jpeg, xmp
from blipdesk.metadata.xmp import Xmp


def people(path):
    """What counts as a person's caption, and where it stands."""
    return {(found.where, found.text) for found in facts.read(path.read_bytes()).captions}


@each_choice
@each_place
def test_the_persons_words_stay_known_and_ours_are_never_taken_for_theirs(photo, place, policy):
    original = PLACES[place]()
    photo.write_bytes(original)
    before, said = people(photo), standing(photo)
    plan = write(photo, MODEL, policy)
    assert plan.outcome is WriteOutcome.EMBEDDED
    assert (plan.before, plan.after) == (said, standing(photo))
    assert people(photo) == before
    assert embed.strip(photo.read_bytes()) == original
    data = photo.read_bytes()
    assert jpeg.read_header(data).photoshop(data) or "iptc" not in place
    assert names(photo.parent) == ["photo.jpg"]


@each_choice
@each_place
def test_a_second_run_and_a_later_run_without_the_choice_change_no_byte(photo, place, policy):
    photo.write_bytes(PLACES[place]())
    write(photo, MODEL, policy)
    before = snapshot(photo)
    assert write(photo, replace(MODEL, run="run-2", made_at=1.8e9), policy).new is None
    for text in (MODEL, FROM_FILE, replace(FROM_FILE, caption="In XMP")):
        plan = write(photo, text, EMBED)
        assert plan.outcome is WriteOutcome.KEPT
        assert "the machine's stands" in plan.note
    assert write(photo, FROM_FILE, SIDECAR).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


@each_place
@pytest.mark.parametrize(("first", "second"), list(permutations(CHOICES, 2)))
def test_another_caption_by_another_choice_gives_the_bytes_of_the_original_captioned_so(
    photo, place, first, second
):
    photo.write_bytes(PLACES[place]())
    write(photo, MODEL, CHOICES[first])
    text = replace(MODEL, caption="a cat", run="run-2")
    write(photo, text, CHOICES[second])
    direct = photo.parent / "direct.jpg"
    direct.write_bytes(PLACES[place]())
    write(direct, text, CHOICES[second])
    assert photo.read_bytes() == direct.read_bytes()


APPENDED = {
    "exif": (JOINED, JOINED, JOINED, ""),
    "xmp": (JOINED, JOINED, JOINED, ""),
    "tiff": (JOINED, JOINED, JOINED, JOINED),
    "iptc": (JOINED, JOINED, JOINED, ""),
    "all": (JOINED, JOINED, JOINED, ""),
    "different": ("", "", f"In XMP\n{OURS}", ""),
}


@each_place
def test_appended_every_reader_shows_the_persons_words_and_then_the_machines(photo, place):
    photo.write_bytes(PLACES[place]())
    write(photo, MODEL, APPEND)
    assert fields(photo.read_bytes()) == APPENDED[place]


def test_a_description_that_contradicts_other_captions_is_not_added_to(photo):
    """Readers show one or the other: a new description would be one more reason not to look further."""
    block = samples.camera_block(description="In EXIF")
    exif = samples.exif_segment(block)
    photo.write_bytes(samples.with_segments(exif, samples.iptc_segment(b"In IPTC")))
    before = snapshot(photo)
    plan = write(photo, MODEL, APPEND)
    assert plan.outcome is WriteOutcome.KEPT
    assert "another caption stands in its IPTC" in plan.note
    assert snapshot(photo) == before
    packet = samples.xmp_segment(samples.xmp_packet(samples.described("In XMP")))
    photo.write_bytes(samples.with_segments(exif, packet))
    plan = write(photo, MODEL, APPEND)
    assert "Only the XMP part is written, because another caption stands in its XMP" in plan.note
    assert fields(photo.read_bytes()) == ("In EXIF", "", f"In XMP\n{OURS}", "")
    photo.write_bytes(samples.with_segments(exif, samples.iptc_segment(b"In EX")))
    write(photo, MODEL, APPEND)
    assert fields(photo.read_bytes())[0] == f"In EXIF\n{OURS}"


def test_the_longest_of_captions_that_say_the_same_is_repeated(photo):
    packet = samples.xmp_segment(samples.xmp_packet(samples.described(THEIRS)))
    photo.write_bytes(samples.with_segments(packet, samples.iptc_segment(b"Grandma's H")))
    write(photo, MODEL, APPEND)
    assert fields(photo.read_bytes()) == (JOINED, JOINED, JOINED, "")


def test_a_block_with_an_empty_description_is_known_again(photo):
    block = samples.tiff({0x010E: (2, 0, b""), 0x010F: samples.ascii_field("TestCam")})
    segments = samples.exif_segment(block), samples.iptc_segment(THEIRS.encode())
    original = samples.with_segments(*segments)
    photo.write_bytes(original)
    write(photo, MODEL, COMMENT)
    assert write(photo, MODEL, COMMENT).outcome is WriteOutcome.UNCHANGED
    assert embed.strip(photo.read_bytes()) == original


@each_place
def test_in_xpcomment_alone_no_reader_of_captions_sees_a_change(photo, place):
    photo.write_bytes(PLACES[place]())
    before, said = fields(photo.read_bytes()), standing(photo)
    write(photo, MODEL, COMMENT)
    assert fields(photo.read_bytes()) == (before[0], OURS, *before[2:])
    assert standing(photo) == said
    assert exif_texts.read_keywords(block_of(photo.read_bytes())) == ()


@each_place
def test_replaced_the_machines_stands_where_theirs_did(photo, place):
    photo.write_bytes(PLACES[place]())
    plan = write(photo, MODEL, REPLACE)
    assert fields(photo.read_bytes())[:3] == (OURS, OURS, OURS)
    assert plan.after == OURS
    assert "undo" in plan.note


def test_a_comment_of_a_person_is_not_written_over(photo):
    raw = THEIRS.encode("utf-16-le") + b"\0\0"
    block = samples.tiff({0x010E: samples.ascii_field("In EXIF"), 0x9C9C: (1, len(raw), raw)})
    ours = "a dog läuft"
    photo.write_bytes(samples.with_segments(samples.exif_segment(block)))
    before = snapshot(photo)
    plan = write(photo, MODEL, COMMENT)
    assert plan.outcome is WriteOutcome.KEPT
    assert "XPComment is taken" in plan.note
    assert snapshot(photo) == before
    write(photo, replace(MODEL, caption=ours), APPEND)
    assert fields(photo.read_bytes())[:2] == (f"In EXIF\n{ours}", f"{THEIRS}\n{ours}")
    write(photo, MODEL, APPEND)  # exiftool reads no emoji there and would garble the whole text
    assert fields(photo.read_bytes())[:2] == (f"In EXIF\n{OURS}", THEIRS)


@pytest.mark.parametrize("raw", [b"Gr\xf6\xdfe", "犬と芝生".encode("shift-jis"), "Größe".encode("utf-16")])
def test_what_cannot_be_repeated_to_the_letter_is_not_added_to(photo, raw):
    block = samples.tiff({0x010E: (2, len(raw) + 1, raw + b"\0")})
    photo.write_bytes(samples.with_segments(samples.exif_segment(block)))
    before = snapshot(photo)
    plan = write(photo, MODEL, APPEND)
    assert plan.outcome is WriteOutcome.KEPT
    assert "its EXIF description" in plan.note
    assert snapshot(photo) == before
    packet = samples.xmp_packet(samples.described(THEIRS))
    photo.write_bytes(samples.with_segments(samples.exif_segment(block), samples.xmp_segment(packet)))
    plan = write(photo, MODEL, APPEND)
    assert (plan.outcome, "Only the XMP part" in plan.note) == (WriteOutcome.EMBEDDED, True)
    data = photo.read_bytes()
    assert block_of(data).data == block
    assert fields(data)[2] == JOINED


@pytest.mark.parametrize("size", [0, 1])
def test_where_the_block_takes_no_more_the_packet_alone_says_both(photo, size):
    """It is full, or its field holds two texts."""
    block = samples.camera_block(
        description=THEIRS, pad=65_500 - len(samples.camera_block(description=THEIRS))
    )
    if size:
        block = samples.tiff({0x010E: (2, 4, b"a\0b\0")})
    photo.write_bytes(samples.with_segments(samples.exif_segment(block)))
    plan = write(photo, MODEL, APPEND)
    assert (plan.outcome, "Only the XMP part" in plan.note) == (WriteOutcome.EMBEDDED, True)
    data = photo.read_bytes()
    assert block_of(data).data == block
    assert fields(data)[2] == f"{'a' if size else THEIRS}\n{OURS}"
    before = snapshot(photo)
    assert write(photo, MODEL, APPEND).new is None
    assert write(photo, MODEL, EMBED).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


def test_each_language_that_says_the_same_is_added_to_and_the_others_stay(photo):
    inner = (
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default"> {THEIRS} &amp; I </rdf:li>'
        f'<rdf:li xml:lang="de">{THEIRS} &amp; I</rdf:li><rdf:li xml:lang="ja">犬</rdf:li>'
        "</rdf:Alt></dc:description>"
    )
    photo.write_bytes(samples.with_segments(samples.xmp_segment(samples.xmp_packet(inner))))
    write(photo, replace(MODEL, caption="a <dog> & a cat"), APPEND)
    data = photo.read_bytes()
    (found,) = Xmp(jpeg.xmp_packet(data, jpeg.read_header(data).xmp(data)[0])).find(xmp.DESCRIPTION)
    said = f"{THEIRS} & I\na <dog> & a cat"
    assert [node.text.strip() for node in found.items()] == [said, said, "犬"]


TECHNICAL = ['<?xml version="1.0"?><OME/>', "ImageJ=1.52p\nimages=3", '{"shape": [2, 2]}']


@each_choice
@pytest.mark.parametrize("text", TECHNICAL)
def test_a_programs_own_data_are_never_touched(photo, policy, text):
    block = samples.exif_segment(samples.camera_block(description=text))
    packet = samples.xmp_segment(samples.xmp_packet(samples.described(THEIRS)))
    photo.write_bytes(samples.with_segments(block, packet))
    before = snapshot(photo)
    assert write(photo, MODEL, policy).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


@each_choice
def test_a_caption_that_a_person_typed_since_is_not_hidden_by_the_choice_for_another(photo, policy):
    photo.write_bytes(PLACES["xmp"]())
    write(photo, MODEL, policy)
    photo.write_bytes(samples.with_segments(samples.iptc_segment(b"Typed in 2027"), data=photo.read_bytes()))
    write(photo, replace(FROM_FILE, caption="Typed in 2027"), EMBED)
    assert OURS not in "".join(fields(photo.read_bytes()))
    assert standing(photo) == THEIRS
    assert {text for _, text in people(photo)} == {THEIRS, "Typed in 2027"}


@each_choice
def test_a_persons_keyword_leaves_a_chosen_caption_as_it_is(photo, policy):
    photo.write_bytes(PLACES["exif"]())
    write(photo, MODEL, policy)
    before = fields(photo.read_bytes())
    text = replace(FROM_FILE, keywords=("dog", "lawn", "Pet"), user_keywords=("Pet",))
    plan = write(photo, text, EMBED)
    assert plan.outcome is WriteOutcome.EMBEDDED
    assert fields(photo.read_bytes()) == before
    assert read(photo) == (THEIRS, {"Pet"})
    written = snapshot(photo)
    assert write(photo, text, EMBED).new is None
    assert snapshot(photo) == written


@each_choice
def test_an_edit_takes_the_place_of_a_chosen_caption_and_gives_theirs_again(photo, policy):
    original = PLACES["all"]()
    photo.write_bytes(original)
    write(photo, MODEL, policy)
    write(photo, WriteText("Bella", Source.USER), EMBED)
    assert fields(photo.read_bytes())[:3] == ("Bella",) * 3
    write(photo, WriteText(THEIRS, Source.FILE, replaces="Bella"), EMBED)
    assert photo.read_bytes() == original


@each_choice
def test_the_choice_says_nothing_of_photos_without_a_persons_caption(photo, policy):
    other = photo.parent / "other.jpg"
    other.write_bytes(photo.read_bytes())
    write(photo, MODEL, policy)
    write(other, MODEL, EMBED)
    assert photo.read_bytes() == other.read_bytes()


@each_choice
def test_a_keyword_of_a_person_leaves_the_machines_caption_that_stands_there(photo, policy):
    photo.write_bytes(PLACES["exif"]())
    first, second = "A bench", "Two dogs"
    write(photo, replace(MODEL, caption=first), policy)
    write(photo, replace(MODEL, caption=second, machines=(first,)), policy)
    known = replace(FROM_FILE, keywords=("Anna",), user_keywords=("Anna",), machines=(first, second))
    assert write(photo, known).outcome is WriteOutcome.EMBEDDED
    assert any(text.endswith(second) for text in fields_of_exif(photo.read_bytes()))
    assert not any(first in text for text in fields_of_exif(photo.read_bytes()))
    assert "Anna" in read(photo)[1]
