"""What stands in comments: ACDSee's notes are a person's caption, comments of JPEG and PNG files are none.

The latter are where programs sign; of their texts no list could be complete.
"""

from dataclasses import replace

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from metadata_fields import with_packet
from metadata_writing import EMBED, SIDECAR, snapshot, standing, write

from blipdesk.domain.writes import ExistingText, WriteOutcome
from blipdesk.metadata import embed, read_facts, texts

GRANDMA = "Oma läuft, 1962"
COM = 0xFE
PNG_COMMENT = pictures.chunk(b"iTXt", b"Comment" + bytes(5) + b"keep me")
PLACES = {
    "its XMP (acdsee:caption)": with_packet(f"<acdsee:caption>{GRANDMA}</acdsee:caption>"),
    "its XMP (acdsee:notes)": with_packet("", f'acdsee:notes="{GRANDMA}"'),
}


@pytest.mark.parametrize("policy", [EMBED, SIDECAR], ids=["embed", "sidecar"])
@pytest.mark.parametrize("place", PLACES)
def test_it_is_a_persons_caption(photo, place, policy):
    photo.write_bytes(PLACES[place])
    assert read_facts(PLACES[place], "?").caption == GRANDMA
    before = snapshot(photo)
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.KEPT
    assert plan.note == f"A person's caption stands in {place}; nothing is written over it."
    assert snapshot(photo) == before


@pytest.mark.parametrize("place", PLACES)
def test_beside_it_goes_what_was_chosen(photo, place):
    photo.write_bytes(PLACES[place])
    write(photo, samples.machine("a dog"), replace(EMBED, existing=ExistingText.APPEND))
    assert standing(photo) == f"{GRANDMA}\na dog"
    assert read_facts(photo.read_bytes(), "?").caption == GRANDMA
    plan = write(photo, samples.machine("a dog"), replace(EMBED, existing=ExistingText.REPLACE))
    assert standing(photo) == "a dog" and f"but not in {place}; undo" in plan.note
    assert embed.strip(photo.read_bytes()) == PLACES[place]


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_the_comment_of_a_file_is_no_caption_and_stays_as_it_is(tmp_path, suffix):
    comment = samples.segment(COM, b"keep me") if suffix == ".jpg" else PNG_COMMENT
    data = samples.with_segments(comment) if suffix == ".jpg" else pictures.png(comment)
    photo = tmp_path / f"photo{suffix}"
    photo.write_bytes(data)
    assert read_facts(data, "?").caption is None
    plan = write(photo)
    assert (plan.outcome, plan.note) == (WriteOutcome.EMBEDDED, "")
    assert comment in photo.read_bytes() and standing(photo) == "a dog on a lawn"


PROGRAMS = [
    "Created with GIMP",
    "Lavc58.54.100",
    "Intel(R) JPEG Library, version [1.51.12.44]",
    "Optimized by JPEGmini 3.11.2.1 0xd3b1f8c9",
    "Processed By eBay with ImageMagick, z1.1.0. ||B2",
    "XV 3.10a  Rev: 12/29/94 (PNG patch 1.2)  Quality = 75, Smoothing = 0",
    "File source: https://commons.wikimedia.org/wiki/File:Dog.jpg",
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_what_programs_say_of_themselves_is_no_caption(text):
    assert texts.is_technical(text)


PEOPLE = [
    "Scanned by Dad in 2004",
    "Made with love",
    "Saved by the bell",
    "Written by Ann",
    "File source: Grandma's album",
]


@pytest.mark.parametrize("text", PEOPLE)
def test_what_a_person_may_say_in_the_same_way_is_theirs(text):
    assert not texts.is_technical(text)
