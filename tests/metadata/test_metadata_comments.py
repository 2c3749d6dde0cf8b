"""What people wrote into comments: JPEG's own, PNG's text chunk, ACDSee's fields.  It is a caption of theirs.

digiKam, GNOME's programs, IrfanView and XnView show it, the first of them only where EXIF says nothing: a
description of ours would hide it.
"""

import zlib
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


def png(text, name=b"Comment"):
    """A PNG file with a text chunk before its picture."""
    data = pictures.saved("PNG", "RGB")
    checked = b"iTXt" + name + bytes(5) + text.encode()
    chunk = (len(checked) - 4).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")
    at = data.index(b"IDAT") - 4
    return data[:at] + chunk + data[at:]


PLACES = {
    "its JPEG comment": (".jpg", samples.with_segments(samples.segment(COM, GRANDMA.encode() + b"\0"))),
    "its PNG comment": (".png", png(GRANDMA)),
    "its XMP (acdsee:caption)": (".jpg", with_packet(f"<acdsee:caption>{GRANDMA}</acdsee:caption>")),
    "its XMP (acdsee:notes)": (".jpg", with_packet("", f'acdsee:notes="{GRANDMA}"')),
}


@pytest.mark.parametrize("policy", [EMBED, SIDECAR], ids=["embed", "sidecar"])
@pytest.mark.parametrize("place", PLACES)
def test_it_is_a_persons_caption(tmp_path, place, policy):
    suffix, data = PLACES[place]
    photo = tmp_path / f"photo{suffix}"
    photo.write_bytes(data)
    assert read_facts(data, "?").caption == GRANDMA
    before = snapshot(photo)
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.KEPT
    assert plan.note == f"A person's caption stands in {place}; nothing is written over it."
    assert snapshot(photo) == before


@pytest.mark.parametrize("place", PLACES)
def test_beside_it_goes_what_was_chosen(tmp_path, place):
    suffix, data = PLACES[place]
    photo = tmp_path / f"photo{suffix}"
    photo.write_bytes(data)
    write(photo, samples.machine("a dog"), replace(EMBED, existing=ExistingText.APPEND))
    assert standing(photo) == f"{GRANDMA}\na dog"
    assert read_facts(photo.read_bytes(), "?").caption == GRANDMA
    plan = write(photo, samples.machine("a dog"), replace(EMBED, existing=ExistingText.REPLACE))
    assert standing(photo) == "a dog" and f"but not in {place}; undo" in plan.note
    assert embed.strip(photo.read_bytes()) == data


PROGRAMS = [
    b"Created with GIMP",
    b"CREATOR: gd-jpeg v1.0 (using IJG JPEG v62), quality = 90\n",
    b"Lavc58.54.100\0",
    b"Intel(R) JPEG Library, version [1.51.12.44]\0",
    b"LEAD Technologies Inc. V1.01\0",
    b"Optimized by JPEGmini 3.11.2.1 0xd3b1f8c9",
    b"Compressed by jpeg-recompress",
    b"File written by Adobe Photoshop\xa8 5.0",
    b"Processed By eBay with ImageMagick, z1.1.0. ||B2",
    b"U-Lead Systems, Inc.\0",
    b"XV 3.10a  Rev: 12/29/94 (PNG patch 1.2)  Quality = 75, Smoothing = 0\n",
    b"File source: http://commons.wikimedia.org/wiki/File:Dog.jpg",
    b"AppleMark\n",
    b'{"prompt": "a dog"}',
    b"\x00\x01\x02\xff\xfe" * 40,
    b"",
]


@pytest.mark.parametrize("text", PROGRAMS)
def test_what_programs_say_of_themselves_there_is_none(photo, text):
    photo.write_bytes(samples.with_segments(samples.segment(COM, text)))
    assert read_facts(photo.read_bytes(), "JPEG").caption is None
    plan = write(photo)
    assert (plan.outcome, plan.note) == (WriteOutcome.EMBEDDED, "")
    assert samples.segment(COM, text) in photo.read_bytes()


@pytest.mark.parametrize(
    "text", ["Scanned by Dad in 2004", "Made with love", "Saved by the bell", "Written by Ann"]
)
def test_what_a_person_may_say_in_the_same_way_is_theirs(text):
    assert not texts.is_technical(text)
