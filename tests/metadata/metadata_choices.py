"""A photo with a person's caption, and what they may choose for a machine's beside it."""

from dataclasses import replace

import metadata_samples as samples
import pytest
from metadata_writing import EMBED

from blipdesk.domain.values import Source
from blipdesk.domain.writes import ExistingText, WriteText
from blipdesk.metadata import exif_texts, jpeg, xmp
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.xmp import Xmp

COMMENT, APPEND, REPLACE = (
    replace(EMBED, existing=existing)
    for existing in (ExistingText.COMMENT, ExistingText.APPEND, ExistingText.REPLACE)
)
CHOICES = {"comment": COMMENT, "append": APPEND, "replace": REPLACE}
each_choice = pytest.mark.parametrize("policy", CHOICES.values(), ids=CHOICES)
THEIRS, OURS = "Grandma's Hündin 犬", "a dog läuft 🐕"
JOINED = f"{THEIRS}\n{OURS}"
MODEL = WriteText(OURS, Source.MODEL, ("dog", "lawn"), "demo@1/caption", made_at=1.79e9, run="run-1")
FROM_FILE = WriteText(THEIRS, Source.FILE, ("dog", "lawn"))
PLACES = {
    "exif": lambda: samples.camera_photo(description=THEIRS),
    "xmp": lambda: samples.with_segments(samples.xmp_segment(samples.xmp_packet(samples.described(THEIRS)))),
    "tiff": lambda: samples.with_segments(samples.xmp_segment(samples.xmp_packet(described_as_tiff(THEIRS)))),
    "iptc": lambda: samples.with_segments(samples.iptc_segment(THEIRS.encode(), [b"old"])),
    "all": lambda: samples.with_segments(
        samples.exif_segment(samples.camera_block(description=THEIRS)),
        samples.xmp_segment(samples.xmp_packet(samples.described(THEIRS))),
        samples.iptc_segment(THEIRS.encode()),
    ),
    "different": lambda: samples.with_segments(
        samples.exif_segment(samples.camera_block()),
        samples.xmp_segment(samples.xmp_packet(samples.described("In XMP"))),
        samples.iptc_segment(b"In IPTC"),
    ),
}
each_place = pytest.mark.parametrize("place", PLACES)


def described_as_tiff(text):
    return (
        '<tiff:ImageDescription xmlns:tiff="http://ns.adobe.com/tiff/1.0/"><rdf:Alt>'
        f'<rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></tiff:ImageDescription>'
    )


def block_of(data):
    """The EXIF block of a JPEG file; an empty one where there is none."""
    header = jpeg.read_header(data)
    return next((TiffBlock(jpeg.exif_block(data, s)) for s in header.exif(data)), TiffBlock(b""))


def fields_of_exif(data):
    """ImageDescription and XPComment, as other programs read them."""
    block = block_of(data)
    return exif_texts.read_description(block), exif_texts.read_comment(block)


def fields(data):
    """The same, dc:description and tiff:ImageDescription."""
    header = jpeg.read_header(data)
    tree = next((Xmp(jpeg.xmp_packet(data, s)) for s in header.xmp(data)), None)
    described = [tree.text(name) if tree else "" for name in xmp.CAPTION_PROPERTIES]
    return (*fields_of_exif(data), *described)
