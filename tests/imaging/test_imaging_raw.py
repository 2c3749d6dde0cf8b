"""RAW photos: the largest whole preview is what is decoded, upright, wherever a maker keeps it."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imaging_pictures import encoded, exif_bytes, header_only_jpeg, mean_difference, scene, thumbnail_image
from PIL import Image

from blipdesk.domain.errors import PhotoError, ProblemKind
from blipdesk.domain.values import FileFacts
from blipdesk.imaging import DecodeLimits, decode_photo, preview_photo, raw

SENSOR = bytes(range(256)) * 40
LARGE, SMALL, STAMP = scene(800, 600), scene(160, 120), scene(48, 36)
CFA, LINEAR = 32803, 34892


def entry(order, tag, kind, value):
    code = {3: "H", 4: "I"}[kind]
    return struct.pack(order + "HHI", tag, kind, 1) + struct.pack(order + code, value).ljust(4, b"\0")


def tiff(*pictures, order="<", start=None, orientation=None, more=()):
    """A TIFF-built RAW file: one directory inside IFD0 for each picture.

    ``pictures``: (JPEG or sensor data, photometric interpretation or None).
    """
    start = start or (b"II*\0" if order == "<" else b"MM\0*")
    fields = [entry(order, 0x00FE, 4, 1)]
    if orientation:
        fields.append(entry(order, 0x0112, 3, orientation))
    count = len(fields) + 1 + len(more)
    at = 8 + 2 + 12 * count + 4
    subs, body = [], b""
    for data, photometric in pictures:
        subs.append(at + 4 * len(pictures) + len(body))
        ifd = [] if photometric is None else [entry(order, 0x0106, 3, photometric)]
        size = 2 + 12 * (len(ifd) + 2) + 4
        ifd += [entry(order, 0x0111, 4, subs[-1] + size), entry(order, 0x0117, 4, len(data))]
        body += struct.pack(order + "H", len(ifd)) + b"".join(ifd) + bytes(4) + data
    listed = struct.pack(order + f"{len(subs)}I", *subs)
    value = listed if len(subs) == 1 else struct.pack(order + "I", at)
    fields += [struct.pack(order + "HHI", 0x014A, 4, len(subs)) + value]
    fields += [entry(order, *field) for field in more]
    head = start + struct.pack(order + "IH", 8, count)
    return head + b"".join(fields) + bytes(4) + listed + body


def decoded(data, name="DSC_1.NEF", **options):
    photo = decode_photo(data, name, 96, **options)
    assert photo.format == "RAW"
    return photo


def shows(photo, im):
    found = thumbnail_image(photo)
    return mean_difference(found, im.resize(found.size, Image.Resampling.BICUBIC)) < 6


def box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def cr3(orientation):
    directory = b"MM\0*" + struct.pack(">IH", 8, 1) + entry(">", 0x0112, 3, orientation) + bytes(4)
    canon = box(b"uuid", bytes(16), box(b"CMT1", directory), box(b"THMB", bytes(16), encoded(SMALL)))
    return box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", canon) + box(b"mdat", encoded(LARGE), SENSOR)


BUILDS = {
    "DSC_1.NEF": tiff((encoded(SMALL), None), (encoded(LARGE), None), (SENSOR, CFA)),
    "DSC_2.nef": tiff((encoded(LARGE), None), (SENSOR, CFA), order=">"),
    "P1.ORF": tiff((encoded(LARGE), None), start=b"IIRO"),
    "P1.RW2": tiff((encoded(LARGE), None), start=b"IIU\0"),
    "IMG_1.CR2": b"II*\0\x10\0\0\0CR\2\0" + bytes(40) + encoded(SMALL) + encoded(LARGE) + SENSOR,
    "IMG_1.CR3": cr3(1),
    "DSCF1.RAF": b"FUJIFILMCCD-RAW 0201" + bytes(80) + encoded(LARGE) + SENSOR,
    "SDIM1.X3F": b"FOVb" + bytes(60) + SENSOR + encoded(LARGE),
    "CRW_1.CRW": b"II\x1a\0\0\0HEAPCCDR" + SENSOR + encoded(LARGE) + bytes(30),
    "named like nothing": tiff((encoded(LARGE), None), (SENSOR, CFA), more=((0xC612, 4, 0x401),)),
    "progressive.dng": tiff((encoded(LARGE, progressive=True), None)),
    "b.iiq": b"IIII" + SENSOR + encoded(LARGE),
}


@pytest.mark.parametrize("name", BUILDS)
def test_the_largest_preview_is_the_photo(name):
    photo = decoded(BUILDS[name], name)
    assert (photo.width, photo.height) == (800, 600)
    assert not photo.damaged
    assert shows(photo, LARGE)
    assert preview_photo(BUILDS[name], name, 400).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("build", ["tiff", "cr3"])
def test_it_stands_upright_as_the_file_says(build, orientation):
    data = cr3(orientation) if build == "cr3" else tiff((encoded(LARGE), None), orientation=orientation)
    told = decode_photo(encoded(LARGE, exif=exif_bytes(orientation)), "a.jpg", 96)
    photo = decoded(data, "a.cr3")
    assert (photo.width, photo.height) == (told.width, told.height)
    assert mean_difference(thumbnail_image(photo), thumbnail_image(told)) < 1


def test_a_preview_that_says_itself_how_it_stands_is_believed():
    own = encoded(LARGE, exif=exif_bytes(6))
    assert decoded(tiff((own, None), orientation=1)).height == 800
    assert decoded(tiff((encoded(LARGE, exif=exif_bytes(1)), None), orientation=6)).height == 600


def test_the_sensors_own_data_are_no_picture_though_they_are_jpegs():
    """Compressed DNG files hold tiles that any program could open, and that show nothing."""
    tile = encoded(scene(1200, 900, seed=2))
    photo = decoded(tiff((encoded(SMALL), None), (tile, LINEAR)), "a.dng")
    assert (photo.width, photo.height) == (160, 120)
    lossless = tile.replace(b"\xff\xc0", b"\xff\xc3", 1)
    assert decoded(tiff((encoded(SMALL), None), (lossless, None)), "a.dng").width == 160


def test_a_smaller_preview_that_is_whole_comes_before_a_part_of_a_larger():
    torn = encoded(LARGE)[:9000]
    assert decoded(tiff((encoded(SMALL), None), (torn, None))).width == 160
    part = encoded(LARGE)
    photo = decoded(tiff((part[: len(part) // 2], None)))
    assert photo.damaged
    assert photo.width == 800


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (tiff((SENSOR, CFA)), "a.nef"),
        (tiff((encoded(STAMP), None), (SENSOR, CFA)), "a.nef"),
        (b"FUJIFILMCCD-RAW 0201" + SENSOR, "a.raf"),
        (encoded(scene(160, 120), "TIFF"), "a.dng"),
        (b"MM\0*\0\0\xff\xff", "a.arw"),
        (b"anything", "a.3fr"),
    ],
)
def test_a_raw_file_without_a_preview_is_named_with_a_way_out(data, name):
    with pytest.raises(PhotoError) as caught:
        decode_photo(data, name, 96)
    assert caught.value.problem.kind == ProblemKind.UNSUPPORTED
    assert (
        caught.value.problem.message
        == f"{name} was not read: it is a camera RAW file without a preview in it."
    )
    assert "Export it" in caught.value.problem.remedy


def test_a_preview_larger_than_its_data_or_than_the_limit_is_no_bomb():
    huge = header_only_jpeg(16_000, 12_000)
    with pytest.raises(PhotoError) as caught:
        decode_photo(tiff((huge, None)), "a.nef", 96)
    assert caught.value.problem.kind == ProblemKind.UNREADABLE
    assert decoded(tiff((huge, None), (encoded(SMALL), None))).width == 160
    small_limit = DecodeLimits(max_jpeg_pixels=100_000)
    assert decoded(BUILDS["DSC_1.NEF"], limits=small_limit).width == 160


def test_the_facts_are_read_from_the_whole_file():
    asked = []

    def read_facts(data, file_format):
        asked.append((data, file_format))
        return FileFacts(camera="Made")

    data = BUILDS["DSC_1.NEF"]
    assert decoded(data, read_facts=read_facts).facts.camera == "Made"
    assert asked == [(data, "RAW")]


def test_a_photo_of_another_kind_that_is_named_raw_is_decoded_as_what_it_is():
    assert decode_photo(encoded(SMALL), "a.dng", 96).format == "JPEG"
    assert decode_photo(encoded(SMALL, "PNG"), "a.raw", 96).format == "PNG"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.sampled_from(sorted(BUILDS)),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=10),
    st.integers(0, 60_000),
)
def test_broken_files_end_in_previews_or_none(name, changes, length):
    data = bytearray(BUILDS[name][:length])
    for at, value in changes:
        if at < len(data):
            data[at] = value
    view = memoryview(bytes(data))
    assert 1 <= raw.orientation_of(view) <= 8
    raw.is_raw_tiff(view)
    found = raw.find_previews(view)
    assert all(0 <= p.start < p.end <= len(view) for p in found)
    assert found == sorted(found, key=lambda p: -p.width * p.height)
