"""What every format must keep to, asked of each in the registry: one suite for all of them."""

import functools
import io
import json
import random
import shutil
import struct
import subprocess
from dataclasses import replace

import metadata_pictures as pictures
import metadata_samples as samples
import piexif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from metadata_writing import standing
from metadata_writing import write as write_with
from PIL import Image

from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome, WritePolicy
from blipdesk.metadata import embed, embed_proof, exif_patch, exif_texts, facts, formats, read_facts, xmp
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

CAPTION = "Un chien, 緑の芝生 🐕 שלום"
KINDS = list(pictures.RECIPES)
SOUND = [(kind, name) for kind in KINDS for name in pictures.RECIPES[kind].sound]
UNSAFE = [(kind, name) for kind in KINDS for name in pictures.RECIPES[kind].unsafe]
each_kind = pytest.mark.parametrize("kind", KINDS)
each_sound = pytest.mark.parametrize(("kind", "name"), SOUND)


def make(kind, description=None, keywords=(), packet=None):
    return pictures.RECIPES[kind].make(description, keywords, packet)


def sound(kind, name):
    return pictures.RECIPES[kind].sound[name]()


def write(path, wanted=None):
    return write_with(path, wanted, WritePolicy(WriteTarget.EMBED, embed_heif=True))


def text(caption=CAPTION, keywords=("dog", "草"), source=Source.MODEL):
    return Wanted(caption, keywords, source, replace=source is Source.USER)


def written(data, wanted=None):
    return embed.embed(data, wanted or text())[0]


def block_of(data):
    (block,) = formats.open_file(data).exif
    return block


def packet_of(data):
    (packet,) = formats.open_file(data).xmp
    return Xmp(packet)


def pixels(data):
    with Image.open(io.BytesIO(data)) as image:
        shown = []
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            shown.append((image.mode, image.size, image.tobytes()))
        return shown


def photo_of(folder, kind, data):
    path = folder / f"photo{pictures.RECIPES[kind].suffix}"
    path.write_bytes(data)
    return path


def test_every_format_of_the_registry_is_asked():
    assert [row.name for row in formats.FORMATS] == KINDS
    for kind in KINDS:
        assert formats.format_of(make(kind)).name == kind


@pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO file")
@each_sound
def test_the_caption_is_in_both_parts_and_the_picture_stays(kind, name):
    old = sound(kind, name)
    new, note = embed.embed(old, text())
    assert note == ""
    assert exif_patch.own_mark(block_of(new)).caption == CAPTION
    assert packet_of(new).text(xmp.DESCRIPTION) == CAPTION
    assert {"dog", "草"} <= set(packet_of(new).keywords())
    assert pixels(new) == pixels(old)
    formats.open_file(old).prove(formats.open_file(new), exif_changed=True)


@each_sound
def test_captioning_again_gives_the_bytes_of_captioning_the_original(kind, name):
    old = sound(kind, name)
    first, second = written(old, text("first")), written(old, text(keywords=("x",)))
    assert written(first, text(keywords=("x",))) == second
    assert written(second, text(keywords=("x",))) == second
    assert embed.strip(second) == old


@each_sound
def test_the_proof_notices_any_changed_byte_outside_the_two_parts(kind, name):
    old = sound(kind, name)
    new = written(old)
    file = formats.open_file(new)
    parts = [part if part in new else pictures.XML for part in (*file.exif, *file.xmp)]
    inside = set()
    for part in parts:  # with its head and checksum; a packed one with what follows
        start = new.index(part)
        inside.update(range(start - 24, start + len(part) + (5 if part != pictures.XML else 600)))
    outside = [at for at in range(len(new)) if at not in inside]
    rng = random.Random(1)
    for at in rng.sample(outside, min(40, len(outside))):
        bad = new[:at] + bytes([new[at] ^ 0x20]) + new[at + 1 :]
        if not _is_told_elsewhere(kind, new, at):
            with pytest.raises(Refusal):
                embed_proof.verify(old, bad, CAPTION)


def _is_told_elsewhere(kind, data, at):
    """Bytes that follow from what is inside: lengths of the whole."""
    return kind == "WebP" and 4 <= at < 8


@each_sound
def test_a_part_of_the_file_that_is_lost_or_moved_is_noticed(kind, name):
    old = sound(kind, name)
    new = written(old)
    for bad in (new[:-1], new + b"\0", old, new[: len(new) // 2]):
        with pytest.raises(Refusal):
            embed_proof.verify(old, bad, CAPTION)


@pytest.mark.parametrize(("kind", "name"), UNSAFE)
def test_unsafe_files_are_refused_with_the_reason(kind, name):
    build, reason = pictures.RECIPES[kind].unsafe[name]
    data = build()
    with pytest.raises(Refusal, match=reason):
        embed.embed(data, text())
    assert embed.strip(data) == data


@each_kind
@pytest.mark.parametrize(
    "names", ['dcterms:provenance="{}"', "><dcterms:provenance>{}</dcterms:provenance", 'p:provenance = "{}"']
)
def test_a_file_whose_signature_is_kept_elsewhere_is_refused(kind, names):
    inner = names.format("https://example.org/manifest.c2pa").join(("<x:y xmlns:x='x' ", "/>"))
    with pytest.raises(Refusal, match="C2PA"):
        embed.embed(make(kind, packet=samples.xmp_packet(inner)), text())


@each_kind
def test_a_block_that_is_not_sound_stays_and_xmp_takes_the_caption(kind):
    if kind == "TIFF":
        pytest.skip("a TIFF file is its own block")
    photo = make(kind, packet=pictures.PACKET)
    block = TiffBlock(block_of(photo))
    first = block.ifds["IFD0"]
    link = first.offset + 2 + 12 * len(first.entries)
    loop = block.data[:link] + struct.pack(block.order + "I", first.offset) + block.data[link + 4 :]
    if kind == "PNG":
        photo = pictures.png(pictures.chunk(b"eXIf", loop), pictures.itxt(pictures.PACKET))
    photo = photo.replace(block.data, loop)
    before = block_of(photo)
    new, note = embed.embed(photo, text())
    assert "circle" in note
    assert block_of(new) == before
    assert packet_of(new).text(xmp.DESCRIPTION) == CAPTION
    assert embed.strip(new) == photo


@each_kind
def test_a_packet_that_is_broken_stays_and_exif_takes_the_caption(kind):
    photo = make(kind, packet=b"<x:xmpmeta><rdf:RDF>")
    new = written(photo)
    assert formats.open_file(new).xmp == (b"<x:xmpmeta><rdf:RDF>",)
    assert exif_texts.read_description(TiffBlock(block_of(new))) == CAPTION
    assert embed.strip(new) == photo


@each_kind
def test_keywords_only_grow(kind):
    photo = make(kind, keywords=("beach", "Dog"), packet=samples.xmp_packet(samples.subjects("sea")))
    new = written(photo)
    assert exif_texts.read_keywords(TiffBlock(block_of(new))) == ("beach", "Dog", "草")
    assert packet_of(new).keywords() == ("sea", "dog", "草")
    again = written(new, text(keywords=("sky",)))
    assert exif_texts.read_keywords(TiffBlock(block_of(again))) == ("beach", "Dog", "sky")
    assert packet_of(again).keywords() == ("sea", "sky")


@each_kind
def test_keywords_without_a_caption_leave_every_caption(kind):
    photo = make(kind, "Grandma", packet=pictures.PACKET)
    wanted = Wanted(None, ("pet",), Source.USER, ("pet",))
    if kind == "TIFF":
        with pytest.raises(Refusal, match="keywords alone"):  # nothing would vouch for what is appended
            embed.embed(photo, wanted)
        return
    new, _ = embed.embed(photo, wanted)
    assert block_of(new) == block_of(photo)
    assert packet_of(new).keywords() == ("old", "pet")
    assert read_facts(new, kind).caption == "Grandma"
    assert pixels(new) == pixels(photo)


@each_kind
@pytest.mark.parametrize("where", ["exif", "xmp"])
def test_a_persons_caption_is_kept(tmp_path, kind, where):
    packet = samples.xmp_packet(samples.described("Grandma"))
    photo = make(kind, "Grandma") if where == "exif" else make(kind, packet=packet)
    path = photo_of(tmp_path, kind, photo)
    assert write(path).outcome is WriteOutcome.KEPT
    assert path.read_bytes() == photo
    assert read_facts(photo, kind).caption == "Grandma"


@each_kind
def test_boilerplate_gives_way(tmp_path, kind):
    path = photo_of(tmp_path, kind, make(kind, "OLYMPUS DIGITAL CAMERA"))
    assert write(path).outcome is WriteOutcome.EMBEDDED
    assert standing(path) == samples.machine().caption
    assert read_facts(path.read_bytes(), kind).caption is None


@each_kind
def test_an_edit_taken_back_gives_the_old_bytes(tmp_path, kind):
    photo = make(kind, packet=samples.xmp_packet(samples.subjects("sea")))
    path = photo_of(tmp_path, kind, photo)
    assert write(path, samples.user("Our dog Bella", "pet")).outcome is WriteOutcome.EMBEDDED
    assert read_facts(path.read_bytes(), kind).caption == "Our dog Bella"
    back = samples.machine("", key="")
    write(path, _replacing(back, samples.user("Our dog Bella", "pet")))
    assert path.read_bytes() == photo


def _replacing(new, old):
    return replace(new, keywords=(), replaces=old.caption, replaces_keywords=old.keywords)


@each_kind
def test_a_second_run_writes_nothing(tmp_path, kind):
    path = photo_of(tmp_path, kind, make(kind))
    assert write(path).outcome is WriteOutcome.EMBEDDED
    before = path.stat()
    assert write(path).outcome is WriteOutcome.UNCHANGED
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    found = facts.read(path.read_bytes())
    assert (found.captions, found.marked, found.standing) == ([], True, samples.machine().caption)


@each_kind
def test_other_programs_read_the_caption(kind):
    new = written(make(kind))
    loaded = piexif.load(b"Exif\0\0" + block_of(new))["0th"]
    assert loaded[0x010E].decode() == CAPTION
    assert bytes(loaded[0x9C9C]).decode("utf-16-le") == CAPTION + "\0"
    with Image.open(io.BytesIO(new)) as image:
        assert image.getexif()[0x9C9E] == "dog;草".encode("utf-16-le") + b"\0\0"
        assert image.getexif()[0x0110] == "Model 7"


@functools.cache
def whole(kind):
    return make(kind, "Grandma", packet=pictures.PACKET)


@each_kind
@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=4), st.integers(0, 400))
def test_broken_files_are_walked_or_refused_in_words(kind, at, new, cut):
    data = bytearray(whole(kind))
    at %= len(data)
    data[at : at + len(new)] = new
    try:
        formats.open_file(bytes(data[: len(data) - cut])).refuse_unsafe()
    except Refusal as refusal:
        assert refusal.reason


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")
def test_exiftool_reads_the_caption_without_a_complaint(tmp_path):
    for number, (kind, name) in enumerate(SOUND):
        (tmp_path / f"{number}{pictures.RECIPES[kind].suffix}").write_bytes(written(sound(kind, name)))
    command = ["exiftool", "-j", "-G1", "-struct", "-charset", "exif=utf8", str(tmp_path)]
    found = json.loads(subprocess.run(command, check=False, capture_output=True, timeout=60).stdout)
    assert len(found) == len(SOUND)
    for tags in found:
        assert tags["IFD0:ImageDescription"] == CAPTION, tags
        assert tags["XMP-dc:Description"] == CAPTION
        assert "緑の芝生" in tags["IFD0:XPComment"]  # it takes the field for UCS-2, and emoji are beyond that


@pytest.mark.skipif(shutil.which("exiv2") is None, reason="needs exiv2")
def test_exiv2_reads_the_caption(tmp_path):
    for number, (kind, name) in enumerate(SOUND):
        path = tmp_path / f"{number}{pictures.RECIPES[kind].suffix}"
        path.write_bytes(written(sound(kind, name)))
        command = ["exiv2", "-q", "-K", "Exif.Image.ImageDescription", "-K", "Xmp.dc.description"]
        result = subprocess.run([*command, "-Pv", str(path)], check=False, capture_output=True, timeout=60)
        assert result.stdout.decode().count(CAPTION) == 2, (kind, name, result.stdout)
