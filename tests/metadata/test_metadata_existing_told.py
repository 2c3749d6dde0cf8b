"""What is said of a machine's caption beside a person's, and of the part of it that could not be written."""

import metadata_samples as samples
import pytest
from metadata_choices import APPEND, MODEL, OURS, REPLACE, THEIRS, fields_of_exif
from metadata_writing import EMBED, write

from blipdesk.domain.writes import WriteOutcome


def with_user_comment():
    comment = b"ASCII\0\0\0In the comment"
    block = samples.tiff({0x010E: samples.ascii_field(THEIRS)}, exif={0x9286: (7, len(comment), comment)})
    return samples.with_segments(samples.exif_segment(block), samples.iptc_segment(THEIRS.encode()))


def test_what_still_says_the_persons_words_is_named(photo):
    photo.write_bytes(with_user_comment())
    plan = write(photo, MODEL, REPLACE)
    assert plan.note == (
        "A person's caption stands in its EXIF description; the machine's stands instead of it where most "
        "programs look, but not in its IPTC caption as well as its EXIF user comment; undo brings it back."
    )
    photo.write_bytes(samples.camera_photo(description=THEIRS))
    assert "where most" not in write(photo, MODEL, REPLACE).note
    photo.write_bytes(with_user_comment())
    assert "where most" not in write(photo, MODEL, APPEND).note


def test_of_captions_that_differ_the_one_is_named_behind_which_it_stands(photo):
    block = samples.camera_block(description="In the EXIF")
    packet = samples.xmp_packet(samples.described("In the XMP"))
    photo.write_bytes(samples.with_segments(samples.exif_segment(block), samples.xmp_segment(packet)))
    plan = write(photo, MODEL, APPEND)
    assert fields_of_exif(photo.read_bytes())[0] == "In the EXIF"
    said = "A person's caption stands in its XMP (dc:description); the machine's stands behind it."
    assert plan.note.endswith(said)


UNPATCHABLE = {
    "keywords as an attribute": samples.xmp_packet("", "").replace(
        b'rdf:about=""', b'rdf:about="" dc:subject="pet"', 1
    ),
    "UTF-16": samples.xmp_packet("").decode().encode("utf-16"),
}


@pytest.mark.parametrize("packet", UNPATCHABLE.values(), ids=UNPATCHABLE)
@pytest.mark.parametrize("policy", [EMBED, APPEND, REPLACE])
def test_it_is_said_that_the_xmp_part_could_not_be_written(photo, packet, policy):
    block = samples.camera_block(description=None if policy is EMBED else THEIRS)
    photo.write_bytes(samples.with_segments(samples.exif_segment(block), samples.xmp_segment(packet)))
    plan = write(photo, MODEL, policy)
    assert plan.outcome is WriteOutcome.EMBEDDED
    assert plan.note.startswith("Only the EXIF part is written, because its XMP ")
    assert fields_of_exif(photo.read_bytes())[0].endswith(OURS)
    assert write(photo, MODEL, policy).new is None
