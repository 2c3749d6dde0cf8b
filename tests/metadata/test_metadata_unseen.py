"""Captions of people in places and forms that are rare: ours hides none of them."""

import struct
import uuid

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, names, read, snapshot, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import facts, read_facts, texts, xmp, xmp_edit
from blipdesk.metadata.wanted import Wanted

GRANDMA = "Grandma at home"


def in_packet(inner):
    return samples.with_segments(samples.xmp_segment(samples.xmp_packet(inner)))


def languages(**said):
    items = "".join(f'<rdf:li xml:lang="{k.replace("_", "-")}">{v}</rdf:li>' for k, v in said.items())
    return f"<dc:description><rdf:Alt>{items}</rdf:Alt></dc:description>"


def extended(inner, size=40):
    """A packet that goes on in segments of their own, the last part first."""
    whole = samples.xmp_packet(inner)
    guid = uuid.UUID(int=7).hex.upper().encode()
    main = samples.xmp_packet(
        f'<xmpNote:HasExtendedXMP xmlns:xmpNote="http://ns.adobe.com/xmp/note/">{guid.decode()}'
        "</xmpNote:HasExtendedXMP>"
    )
    parts = [
        samples.segment(
            0xE1,
            b"http://ns.adobe.com/xmp/extension/\0"
            + guid
            + struct.pack(">II", len(whole), at)
            + whole[at : at + size],
        )
        for at in range(0, len(whole), size)
    ]
    return samples.with_segments(samples.xmp_segment(main), *reversed(parts))


def gif(packet, comment=b"\x21\xfe\x05hello\0"):
    """A GIF file with a packet before its picture."""
    data = pictures.saved("GIF", "P")
    at = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    trailer = b"\x01" + bytes(range(255, -1, -1)) + b"\0"
    return data[:at] + comment + b"\x21\xff\x0bXMP DataXMP" + packet + trailer + data[at:]


def big_tiff(order):
    """A BigTIFF file's first directory alone, which says a description."""
    text = GRANDMA.encode() + b"\0"
    entries = [(0x0100, 3, 1, struct.pack(order + "H6x", 4)), (0x010E, 2, len(text), None)]
    head = (b"II" if order == "<" else b"MM") + struct.pack(order + "HHHQ", 43, 8, 0, 16)
    behind = 16 + 8 + 20 * len(entries) + 8
    out = head + struct.pack(order + "Q", len(entries))
    for tag, kind, count, value in entries:
        out += struct.pack(order + "HHQ", tag, kind, count) + (value or struct.pack(order + "Q", behind))
    return out + bytes(8) + text


UNUSUAL = {
    "value in an item": "<dc:description><rdf:Alt><rdf:li xml:lang='x-default' rdf:parseType='Resource'>"
    f"<rdf:value>{GRANDMA}</rdf:value></rdf:li></rdf:Alt></dc:description>",
    "value in the property": "<dc:description rdf:parseType='Resource'>"
    f"<rdf:value>{GRANDMA}</rdf:value></dc:description>",
    "value as an attribute": f"<dc:description><rdf:Description rdf:value='{GRANDMA}'/></dc:description>",
    "another language": languages(x_default="", de=GRANDMA),
    "another language behind boilerplate": languages(x_default="OLYMPUS DIGITAL CAMERA", de_DE=GRANDMA),
    "a second property": samples.described("OLYMPUS DIGITAL CAMERA") + samples.described(GRANDMA),
}
PNG_TEXTS = ("description", "DESCRIPTION", "Caption", "caption", "ImageDescription", "exif:ImageDescription")
BEHIND_NUL = texts.encode_xp(f"\0{GRANDMA}")
READ = {
    **{
        f"PNG text {name}": (".png", pictures.png(pictures.chunk(b"tEXt", f"{name}\0{GRANDMA}".encode())))
        for name in PNG_TEXTS
    },
    "XPComment behind a NUL": (
        ".jpg",
        samples.with_segments(
            samples.exif_segment(samples.tiff({0x9C9C: (1, len(BEHIND_NUL), BEHIND_NUL)})),
        ),
    ),
    "an older Dublin Core": (
        ".jpg",
        samples.with_segments(
            samples.xmp_segment(
                samples.xmp_packet(samples.described(GRANDMA)).replace(
                    b"http://purl.org/dc/elements/1.1/", b"http://purl.org/dc/elements/1.0/"
                )
            )
        ),
    ),
    **{name: (".jpg", in_packet(inner)) for name, inner in UNUSUAL.items()},
    "extended": (".jpg", extended(samples.described(GRANDMA))),
    "GIF": (".gif", gif(samples.xmp_packet(samples.described(GRANDMA)))),
    "BigTIFF, little-endian": (".tif", big_tiff("<")),
    "BigTIFF, big-endian": (".tif", big_tiff(">")),
    "BigTIFF by Pillow": (".tif", pictures.saved("TIFF", big_tiff=True, description=GRANDMA)),
}
PACKET = samples.xmp_packet(samples.described(GRANDMA))
ILL_FORMED = {
    "document type": b"<!DOCTYPE x>" + PACKET[PACKET.index(b"<x:xmpmeta") :],
    "control character": PACKET.replace(b" at ", b" \x01 "),
    "unbound prefix": PACKET.replace(b' xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"', b""),
    "two RDF parts": PACKET.replace(
        b" </rdf:RDF>", b" </rdf:RDF><rdf:RDF xmlns:rdf='" + xmp.RDF.encode() + b"'/>"
    ),
}


@pytest.mark.parametrize("policy", [EMBED, SIDECAR], ids=["embed", "sidecar"])
@pytest.mark.parametrize("kind", READ)
def test_a_caption_in_an_unusual_form_is_a_persons(tmp_path, kind, policy):
    suffix, data = READ[kind]
    photo = tmp_path / f"photo{suffix}"
    photo.write_bytes(data)
    assert read_facts(data, "JPEG").caption == GRANDMA
    before = snapshot(photo)
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.KEPT and "person's caption" in plan.note
    assert snapshot(photo) == before


@pytest.mark.parametrize("policy", [EMBED, SIDECAR], ids=["embed", "sidecar"])
def test_a_caption_that_stands_in_another_node_counts_as_a_persons(photo, policy):
    packet = samples.xmp_packet('<dc:description rdf:nodeID="a"/>').replace(
        b" </rdf:RDF>", b'<rdf:Description rdf:nodeID="a" rdf:value="Grandma at home"/> </rdf:RDF>'
    )
    photo.write_bytes(data := samples.with_segments(samples.xmp_segment(packet)))
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.KEPT and "may stand in its XMP" in plan.note
    assert photo.read_bytes() == data and read(photo)[0] is None


def test_a_packet_of_an_older_dublin_core_takes_what_a_person_types():
    packet = samples.xmp_packet(samples.described(GRANDMA) + samples.subjects("old"))
    older = packet.replace(b"http://purl.org/dc/elements/1.1/", b"http://purl.org/dc/elements/1.0/")
    new = xmp_edit.edit(older, Wanted("Typed", ("dog",), Source.USER, replace=True))
    tree = xmp.Xmp(new)
    assert (tree.text(xmp.DESCRIPTION), tree.keywords()) == ("Typed", ("old", "dog"))
    assert new.count(b":description>") == 2 and b"elements/1.0/" in new


@pytest.mark.parametrize("policy", [EMBED, SIDECAR], ids=["embed", "sidecar"])
@pytest.mark.parametrize("kind", ILL_FORMED)
def test_a_packet_that_only_others_understand_counts_as_a_persons_caption(photo, kind, policy):
    photo.write_bytes(samples.with_segments(samples.xmp_segment(ILL_FORMED[kind])))
    before = snapshot(photo)
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.KEPT and "person's caption" in plan.note
    assert snapshot(photo) == before
    assert read(photo)[0] is None  # nobody knows what it says


@pytest.mark.parametrize("policy", [EMBED, SIDECAR], ids=["embed", "sidecar"])
@pytest.mark.parametrize("kind", ILL_FORMED)
def test_beside_a_sidecar_that_cannot_be_understood_nothing_is_written(photo, kind, policy):
    (photo.parent / "photo.jpg.xmp").write_bytes(ILL_FORMED[kind])
    before = snapshot(photo)
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.REFUSED and "because its XMP" in plan.note
    assert snapshot(photo) == before


LARGE = "<!-- as large as an album's -->" * 200_000
TOO_LARGE = samples.xmp_packet(LARGE * 3)
WIDE = samples.xmp_packet(LARGE + samples.described(GRANDMA))


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".png", pictures.png(pictures.itxt(WIDE))),
        (".png", pictures.png(pictures.itxt(TOO_LARGE))),
        (".webp", pictures.webp(pictures.piece(b"XMP ", WIDE), flags=4)),
        (".webp", pictures.webp(pictures.piece(b"XMP ", TOO_LARGE), flags=4)),
    ],
    ids=["PNG", "PNG, larger than any", "WebP", "WebP, larger than any"],
)
def test_a_caption_in_a_packet_of_many_megabytes_is_a_persons(tmp_path, suffix, data):
    photo = tmp_path / f"photo{suffix}"
    photo.write_bytes(data)
    plan = write(photo)
    assert plan.outcome is WriteOutcome.KEPT and "person's caption" in plan.note
    assert photo.read_bytes() == data


def test_a_packet_without_any_caption_keeps_none_out(photo):
    photo.write_bytes(samples.with_segments(samples.xmp_segment(b"<!DOCTYPE x>" + samples.xmp_packet(""))))
    assert write(photo).outcome is WriteOutcome.EMBEDDED
    assert names(photo.parent) == ["photo.jpg"]


@pytest.mark.parametrize(
    "data",
    [
        big_tiff("<")[:30],
        b"II+\0" + b"\xff" * 40,
        gif(b"<x")[:60],
        b"GIF89a" + b"\xff" * 40,
        extended("")[:2000],
        b"GIF89a" + bytes(7) + b"\x21\xff\x01" * 5000,
    ],
)
def test_damaged_ones_are_read_as_far_as_they_go(data):
    assert facts.read(data).captions == []
