"""Captions of people behind what a reader might cut off, or pass over: ours hides none of them."""

import struct
import zlib
from dataclasses import replace

import metadata_fields as fields
import metadata_heifs as heifs
import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import embed, exif_patch, exif_texts, facts, heif, rare, read_facts
from blipdesk.metadata.heif_items import XMP_BOX, Structure
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted

GRANDMA = "Grandma at home"
POLICIES = [replace(EMBED, embed_heif=True), SIDECAR]
PACKET = samples.xmp_packet(samples.described(GRANDMA))
LARGE = samples.xmp_packet("<!-- as large as an album's -->" * 150_000 + samples.described(GRANDMA))
ENDLESS = samples.xmp_packet("<!-- larger than any album's -->" * 600_000 + samples.described(GRANDMA))
IIM = fields.dataset(120, GRANDMA.encode())
CAPTION_RESOURCE = b"\x04\x04\0\0"


def resource(kind, content, signature=b"8BIM"):
    return signature + kind + struct.pack(">I", len(content)) + content + bytes(len(content) & 1)


def photoshop(*parts):
    return samples.with_segments(*[samples.segment(0xED, b"Photoshop 3.0\0" + part) for part in parts])


def cut(data, at):
    return data[:at], data[at:]


def tiff(tag, kind, value):
    """A TIFF file of one small picture with one more field; its picture data are its own first bytes."""
    picture = {0x0100: 2, 0x0101: 2, 0x0102: 8, 0x0103: 1, 0x0106: 1, 0x0115: 1, 0x0116: 2}
    numbers = {number: (3, 1, struct.pack("<H", value)) for number, value in picture.items()}
    data = {0x0111: (4, 1, struct.pack("<I", 8)), 0x0117: (4, 1, struct.pack("<I", 4))}
    return samples.tiff(numbers | data | {tag: (kind, len(value) // (4 if kind == 4 else 1), value)})


def big_tiff(tag, value):
    head = b"II+\0" + struct.pack("<HHQQ", 8, 0, 16, 1)
    return head + struct.pack("<HHQQQ", tag, 1, len(value), 16 + 8 + 20 + 8, 0) + value


def cr3(packet):
    return b"\0\0\0\x18ftypcrx \0\0\0\1crx isom" + heifs.box(b"uuid", XMP_BOX, packet)


def swapped(record):
    """An IIM record as some programs store it: numbers of four bytes, in the order of the other processor."""
    record += bytes(-len(record) % 4)
    return b"".join(record[at : at + 4][::-1] for at in range(0, len(record), 4))


TITLED = samples.xmp_packet("<dc:title>Christmas 1987</dc:title>")
WHOLE = resource(b"\x0b\xb7\0\0", b"x" * 70_000) + resource(CAPTION_RESOURCE, IIM)
SHORT = resource(b"\x0b\xb7\0\0", b"x" * 50_000) + resource(CAPTION_RESOURCE, IIM)
READ = {
    "packet of 5 MB in a TIFF": (".tif", tiff(0x02BC, 1, LARGE)),
    "packet of 5 MB in a RAW": (".nef", tiff(0x02BC, 1, LARGE)),
    "packet of 5 MB in a BigTIFF": (".tif", big_tiff(0x02BC, LARGE)),
    "packet of 5 MB in a CR3": (".cr3", cr3(LARGE)),
    "packet of 5 MB packed in a PNG": (".png", pictures.png(pictures.itxt(LARGE, zlib.compress))),
    "packet in a box of a HEIC": (".heic", heifs.heif(behind=[heifs.box(b"uuid", XMP_BOX, PACKET)])),
    "packet in the EXIF of a JPEG": (
        ".jpg",
        samples.with_segments(samples.exif_segment(samples.tiff({0x02BC: (1, len(PACKET), PACKET)}))),
    ),
    "IPTC in the EXIF of a JPEG": (
        ".jpg",
        samples.with_segments(samples.exif_segment(samples.tiff({0x83BB: (7, len(IIM), IIM)}))),
    ),
    "IPTC over two segments": (".jpg", photoshop(*cut(WHOLE, 60_000))),
    "IPTC over two segments, cut in its head": (".jpg", photoshop(*cut(SHORT, 50_000 + 12 + 6))),
    "IPTC behind a resource of MeSa": (
        ".jpg",
        photoshop(resource(b"\x10\0\0\0", b"abcd", b"MeSa") + resource(CAPTION_RESOURCE, IIM)),
    ),
    "IPTC behind a resource of AgHg": (
        ".jpg",
        photoshop(resource(b"\x03\xed\0\0", b"abc", b"AgHg") + resource(CAPTION_RESOURCE, IIM)),
    ),
    "second IPTC record": (
        ".jpg",
        photoshop(resource(CAPTION_RESOURCE, fields.dataset(25, b"k")) + resource(CAPTION_RESOURCE, IIM)),
    ),
    "IPTC of the nineties": (
        ".jpg",
        samples.with_segments(
            samples.segment(0xED, b"Adobe_Photoshop2.5:" + b"\0\1" * 4 + resource(CAPTION_RESOURCE, IIM))
        ),
    ),
    "IPTC under a name misspelt": (
        ".jpg",
        samples.with_segments(samples.segment(0xED, b"Photoshop 3:0\0" + resource(CAPTION_RESOURCE, IIM))),
    ),
    "IPTC behind what is none": (".jpg", photoshop(resource(CAPTION_RESOURCE, bytes(2) + IIM))),
    "IPTC in numbers": (".tif", tiff(0x83BB, 4, swapped(swapped(IIM)))),
    "IPTC in swapped numbers": (".tif", tiff(0x83BB, 4, swapped(IIM))),
    "IPTC behind 5,100 keywords": (
        ".jpg",
        photoshop(resource(CAPTION_RESOURCE, fields.dataset(25, b"k") * 5100 + IIM)),
    ),
    "IPTC behind 1,100 resources": (
        ".jpg",
        photoshop(resource(b"\x10\0\0\0", b"") * 1100 + resource(CAPTION_RESOURCE, IIM)),
    ),
}


@pytest.mark.parametrize("policy", POLICIES, ids=["embed", "sidecar"])
@pytest.mark.parametrize("kind", READ)
def test_a_caption_that_is_far_to_seek_is_a_persons(tmp_path, kind, policy):
    suffix, data = READ[kind]
    photo = tmp_path / f"photo{suffix}"
    photo.write_bytes(data)
    assert read_facts(data, "JPEG").caption == GRANDMA
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.KEPT and "person's caption" in plan.note
    assert photo.read_bytes() == data and not list(tmp_path.glob("*.xmp"))


UNREAD = {
    "packet in a TIFF": (".tif", tiff(0x02BC, 1, ENDLESS)),
    "packet in a BigTIFF": (".tif", big_tiff(0x02BC, ENDLESS)),
    "packet in a CR3": (".cr3", cr3(ENDLESS)),
    "packet in a box of a HEIC": (".heic", heifs.heif(behind=[heifs.box(b"uuid", XMP_BOX, ENDLESS)])),
    "packet packed in a PNG": (".png", pictures.png(pictures.itxt(ENDLESS, zlib.compress))),
    "packed packet of a HEIC": (
        ".heic",
        heifs.heif(xmp=zlib.compress(PACKET), encoding=b"deflate\0"),
    ),
    "IPTC behind more keywords than anybody has": (
        ".tif",
        tiff(0x83BB, 7, fields.dataset(25, b"k") * 120_000 + IIM),
    ),
    "IPTC behind more resources than any program writes": (
        ".tif",
        tiff(0x8649, 7, resource(b"\x10\0\0\0", b"") * 30_000 + resource(CAPTION_RESOURCE, IIM)),
    ),
    "fifth EXIF block": (
        ".jpg",
        samples.with_segments(
            *[samples.exif_segment(samples.camera_block())] * 4,
            samples.exif_segment(samples.camera_block(description=GRANDMA)),
        ),
    ),
    "more segments than any JPEG has": (
        ".jpg",
        samples.with_segments(
            *[samples.segment(0xE5, b"")] * 5000, samples.exif_segment(samples.camera_block("<", GRANDMA))
        ),
    ),
    "more fields than any camera writes": (
        ".jpg",
        samples.with_segments(
            samples.exif_segment(
                samples.tiff(
                    dict.fromkeys(range(16384, 16384 + 2100), (3, 1, b"\x01\x00"))
                    | {0x9C9C: fields.xp(GRANDMA)}
                )
            )
        ),
    ),
    "blanks": (
        ".tif",
        tiff(0x010E, 2, b" " * (2 << 20) + GRANDMA.encode()),
    ),
}


@pytest.mark.parametrize("policy", POLICIES, ids=["embed", "sidecar"])
@pytest.mark.parametrize("kind", UNREAD)
def test_what_is_not_looked_at_counts_as_a_persons_caption(tmp_path, kind, policy):
    suffix, data = UNREAD[kind]
    photo = tmp_path / f"photo{suffix}"
    photo.write_bytes(data)
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.KEPT and "person's caption" in plan.note
    assert photo.read_bytes() == data and not list(tmp_path.glob("*.xmp"))


WANTED = Wanted("a dog on a lawn", (), Source.MODEL)
ILL_FORMED = PACKET.replace(b" at ", b" \x01 ")


@pytest.mark.parametrize("packet", [PACKET, ILL_FORMED, ILL_FORMED.decode().encode("utf-16")])
def test_the_exif_part_is_not_written_before_a_packet_that_may_say_a_persons_caption(packet):
    with pytest.raises(Refusal):
        embed.embed(samples.with_segments(samples.xmp_segment(packet)), WANTED)


def test_the_exif_part_is_written_beside_a_packet_that_says_none_and_stays():
    data = samples.with_segments(samples.xmp_segment(samples.xmp_packet("\x01")))
    new, note = embed.embed(data, WANTED)
    assert "Only the EXIF part" in note and facts.read(new).standing == WANTED.caption


# ------------------------------------------------------------------------------------ in bounds


def pointing_at_themselves(pages, fields=2000, values=16_000, tag=0x014A):
    """Directories whose every field names the same numbers: so many more than the file has bytes."""
    first = 8 + values * 4
    out = b"II*\0" + struct.pack("<I", first) + struct.pack("<I", first) * values
    for page in range(1, pages + 1):
        link = first + page * (2 + 12 * fields + 4) if page < pages else 0
        out += struct.pack("<H", fields) + struct.pack("<HHII", tag, 4, values, 8) * fields
        out += struct.pack("<I", link)
    return out


def in_pieces(pages, values=16_000):
    """Directories whose pictures are in the same pieces, more than there are bytes for."""
    first = 8 + values * 4
    out = b"II*\0" + struct.pack("<I", first) + bytes(values * 4)
    for page in range(1, pages + 1):
        link = first + page * 78 if page < pages else 0
        tags = (0x0111, 0x0117, 0x0144, 0x0145, 0x0201, 0x0202)
        out += struct.pack("<H", 6) + b"".join(struct.pack("<HHII", t, 4, values, 8) for t in tags)
        out += struct.pack("<I", link)
    return out


@pytest.mark.parametrize(
    "data",
    [pointing_at_themselves(1), pointing_at_themselves(4), in_pieces(500)],
    ids=["directories", "pages of directories", "pieces"],
)
def test_numbers_that_a_hostile_file_names_often_are_looked_at_as_often_as_it_has_bytes(data, monkeypatch):
    looked_at = []
    integers = TiffBlock.integers

    def counted(self, entry, *most):
        found = integers(self, entry, *most)
        looked_at.append(len(found))
        return found

    monkeypatch.setattr(TiffBlock, "integers", counted)
    assert TiffBlock(data).problems
    assert sum(looked_at) <= len(data)


def test_of_thousands_of_metadata_items_some_are_looked_for(monkeypatch):
    infos = [heifs.infe(number, b"Exif") for number in range(100, 3000)]
    place = struct.pack(">HHHHII", 0, 0, 0, 1, 0, 8)
    data = heifs.heif(infos=infos, places=[struct.pack(">H", n) + place[2:] for n in range(100, 3000)])
    looked_for = []
    box = Structure.box
    monkeypatch.setattr(Structure, "box", lambda self, kind: looked_for.append(kind) or box(self, kind))
    assert facts.read(data).unread
    with pytest.raises(Refusal, match="more metadata"):
        heif.HeifFile(data)
    assert len(looked_for) < 100


class Counted(str):
    """A keyword that counts how often it is looked at."""

    looks = 0

    def __hash__(self):
        Counted.looks += 1
        return super().__hash__()


def test_keywords_of_two_places_are_not_compared_each_with_each():
    standing = tuple(Counted(number) for number in range(300))
    wanted = tuple(f"{number};{number + 1}" for number in range(300))
    Counted.looks = 0
    assert exif_texts.not_held(wanted, standing) == (wanted[-1],)
    assert Counted.looks <= 2 * len(standing)


def test_camera_notes_without_number_are_not_searched():
    note = (7, 400, b"\x01\x02" * 200)
    fields_of_notes = struct.pack("<HHII", 0x927C, 7, 400, 8) * 1500
    data = b"II*\0" + struct.pack("<I", 408) + note[2] + struct.pack("<H", 1500) + fields_of_notes + bytes(4)
    with pytest.raises(Refusal, match="notes"):
        exif_patch.check_block(data)


def test_texts_that_cannot_be_unpacked_cost_no_more_than_one_that_can(tmp_path):
    broken = zlib.compress(bytes(2 << 20))[:-8] + b"\xff" * 8
    chunk = pictures.chunk(b"zTXt", b"Description\0\0" + broken)
    found = facts.read(pictures.png(*[chunk] * 30))
    assert found.captions == [facts.FoundText("a large part of its metadata", "")]


def test_of_a_huge_file_what_is_not_looked_at_is_told(monkeypatch):
    monkeypatch.setattr(rare, "_MAX_BLOCKS", 2)
    for data in (pictures.png(), pictures.webp(pictures.piece(b"XMP ", PACKET), flags=4)):
        assert facts.read(rare.condensed(data)).unread
    fields_of_tiff = dict.fromkeys(range(16384, 16384 + 2100), (3, 1, b"\x01\x00"))
    for data in (samples.tiff(fields_of_tiff), tiff(0x02BC, 1, ENDLESS)):
        assert facts.read(rare.condensed(data)).unread
    found = facts.read(rare.condensed(tiff(0x02BC, 1, LARGE))).captions
    assert [caption.text for caption in found] == [GRANDMA]


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".jpg", samples.with_segments(samples.xmp_segment(TITLED))),
        (".jpg", photoshop(resource(CAPTION_RESOURCE, fields.dataset(5, b"Christmas 1987")))),
        (".png", pictures.png(pictures.chunk(b"tEXt", b"Title\0Christmas 1987"))),
    ],
    ids=["XMP", "IPTC", "PNG"],
)
def test_a_title_is_not_hidden_by_a_caption_that_goes_to_the_title_of_the_explorer(tmp_path, suffix, data):
    photo = tmp_path / f"photo{suffix}"
    photo.write_bytes(data)
    for _ in range(2):  # captioned again: the same
        plan = write(photo, samples.machine("Ein Hund läuft"))
        (raw,) = facts.read(photo.read_bytes()).blocks.exif
        block = TiffBlock(raw)
        assert block.find("IFD0", 0x9C9B) is None and block.find("IFD0", 0x9C9F)
        assert read_facts(photo.read_bytes(), "JPEG").title == "Christmas 1987"
    assert plan.outcome is WriteOutcome.UNCHANGED
