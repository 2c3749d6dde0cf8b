import io
import random
import struct
import subprocess
import sys

import pytest
from imaging_pictures import (
    encoded,
    exif_bytes,
    header_only_jpeg,
    mean_difference,
    model_image,
    png,
    scene,
    swapped_profile,
    thumbnail_image,
    with_segment,
)
from PIL import Image, ImageFile
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from blipdesk.domain.errors import PhotoError, ProblemKind
from blipdesk.domain.values import FileFacts
from blipdesk.imaging import DEFAULT_LIMITS, DecodeLimits, decode_photo, preview_photo
from blipdesk.imaging.formats import FORMATS

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")
SAVEABLE = ["JPEG", "PNG", "WEBP", "TIFF", "GIF", "BMP", "AVIF"]


def refused(data, name="photo.jpg", **options):
    with pytest.raises(PhotoError) as caught:
        decode_photo(data, name, 96, **options)
    problem = caught.value.problem
    assert name in problem.message
    assert problem.message.endswith(".")
    assert problem.remedy.endswith(".")
    return problem


# ------------------------------------------------------------------------------------- the ordinary case


@pytest.mark.parametrize("format_name", SAVEABLE)
def test_every_format_gives_pixels_thumbnail_and_size(format_name):
    im = scene(900, 600)
    photo = decode_photo(encoded(im, format_name), "a.bin", 384)
    assert (photo.format, photo.width, photo.height) == (format_name, 900, 600)
    assert (photo.model_input.width, photo.model_input.height) == (384, 384)
    assert len(photo.model_input.rgb) == 384 * 384 * 3
    assert not photo.damaged
    thumbnail = thumbnail_image(photo)
    assert (thumbnail.format, thumbnail.size, thumbnail.mode) == ("JPEG", (512, 341), "RGB")
    tolerance = 14 if format_name == "GIF" else 5  # 256 colours
    assert mean_difference(thumbnail, im.resize((512, 341), Image.Resampling.BICUBIC)) < tolerance
    assert mean_difference(model_image(photo), im.resize((384, 384), Image.Resampling.BICUBIC)) < tolerance


def test_the_model_gets_what_blips_own_processor_makes():
    im = scene(700, 500)
    photo = decode_photo(encoded(im, "PNG"), "a.png", 384)
    assert photo.model_input.rgb == im.resize((384, 384), Image.Resampling.BICUBIC).tobytes()


def test_small_pictures_are_not_blown_up_for_the_thumbnail():
    assert thumbnail_image(decode_photo(encoded(scene(120, 90)), "a.jpg", 96)).size == (120, 90)


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (3, 2)])
@pytest.mark.parametrize("format_name", ["JPEG", "PNG"])
def test_odd_shapes_keep_both_sides(size, format_name):
    photo = decode_photo(encoded(Image.new("RGB", size, (9, 99, 200)), format_name), "a.jpg", 96)
    assert (photo.width, photo.height) == size
    assert min(thumbnail_image(photo).size) >= 1


def test_the_reduced_decode_of_a_large_jpeg_is_the_same_picture_for_the_model():
    im = scene(3200, 2400)
    data = encoded(im)
    photo = decode_photo(data, "a.jpg", 384)
    full = Image.open(io.BytesIO(data)).convert("RGB").resize((384, 384), Image.Resampling.BICUBIC)
    assert (photo.width, photo.height) == (3200, 2400)
    assert mean_difference(model_image(photo), full) < 0.5


def test_a_huge_png_is_reduced_without_changing_what_the_model_sees():
    im = scene(4800, 3600)
    photo = decode_photo(encoded(im, "PNG", compress_level=1), "a.png", 384)
    full = im.resize((384, 384), Image.Resampling.BICUBIC)
    assert (photo.width, photo.height) == (4800, 3600)
    assert mean_difference(model_image(photo), full) < 0.5


def test_memory_that_is_only_lent_can_be_taken_back():
    block = bytearray(encoded(scene(200, 150)))
    view = memoryview(block)
    photo = decode_photo(view, "a.jpg", 96)
    view.release()
    assert photo.width == 200


# --------------------------------------------------------------------------------------- damaged or not


@pytest.mark.parametrize("progressive", [False, True])
def test_a_cut_off_jpeg_is_shown_as_damaged(progressive):
    data = encoded(scene(800, 600), progressive=progressive)
    photo = decode_photo(data[: len(data) // 2], "a.jpg", 96)
    assert photo.damaged
    assert (photo.width, photo.height) == (800, 600)


@pytest.mark.parametrize("format_name", ["PNG", "BMP", "GIF"])
def test_other_formats_that_are_cut_off_are_damaged_too(format_name):
    data = encoded(scene(400, 300), format_name)
    assert decode_photo(data[: len(data) * 2 // 3], "a", 96).damaged


def test_the_settings_for_damaged_files_do_not_stay_on():
    data = encoded(scene(800, 600))
    assert decode_photo(data[: len(data) // 2], "a.jpg", 96).damaged
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
    assert Image.MAX_IMAGE_PIXELS is not None


def test_a_torn_jpeg_of_the_right_length_is_damaged():
    data = encoded(scene(800, 600))
    torn = data[: len(data) // 2] + bytes(len(data) - len(data) // 2)
    assert decode_photo(torn, "a.jpg", 96).damaged


@pytest.mark.parametrize("size", [(14000, 12000), (4000, 3000), (640, 480), (120, 90)])
def test_a_header_without_a_picture_is_refused(size):
    problem = refused(header_only_jpeg(*size))
    assert problem.kind == ProblemKind.UNREADABLE
    assert "almost no picture data" in problem.message


@pytest.mark.parametrize("colour", [(128, 128, 128), (127, 127, 127), (0, 0, 0), (250, 250, 250)])
def test_a_complete_plain_picture_is_no_header_without_a_picture(colour):
    for size in ((4000, 3000), (64, 48)):
        photo = decode_photo(encoded(Image.new("RGB", size, colour), quality=75), "a.jpg", 96)
        assert not photo.damaged


def test_a_grey_lower_half_is_not_taken_for_missing_data():
    im = scene(640, 480)
    im.paste((128, 128, 128), (0, 200, 640, 480))
    for options in ({}, {"progressive": True}, {"restart_marker_rows": 1}, {"subsampling": 0}):
        assert not decode_photo(encoded(im, **options), "a.jpg", 96).damaged


def test_a_scan_that_ends_early_without_an_error_is_damaged():
    data = encoded(scene(640, 480))
    early = data[: len(data) // 2].rstrip(b"\xff") + b"\xff\xd9"
    Image.open(io.BytesIO(early)).load()  # libjpeg finds nothing wrong with it
    assert decode_photo(early, "a.jpg", 96).damaged


def test_a_strip_of_a_picture_is_refused():
    data = encoded(scene(800, 800))
    assert "almost no picture data" in refused(data[: len(data) // 20]).message


# ---------------------------------------------------------------------------------------- limits, errors


def test_pixel_limits_differ_for_jpeg():
    limits = DecodeLimits(max_jpeg_pixels=200_000, max_pixels=90_000)
    assert decode_photo(encoded(scene(400, 300)), "a.jpg", 96, limits).width == 400
    assert refused(encoded(scene(400, 300), "PNG"), limits=limits).kind == ProblemKind.TOO_LARGE
    assert refused(encoded(scene(600, 400)), limits=limits).kind == ProblemKind.TOO_LARGE


def test_bombs_are_refused_by_their_header():
    gif = b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\x80\0\0\0\0\0\xff\xff\xff"
    gif += b"," + struct.pack("<HHHH", 0, 0, 65535, 65535) + b"\0\x02\x02L\x01\0;"
    bmp = (
        b"BM"
        + struct.pack("<IHHI", 54, 0, 0, 54)
        + struct.pack("<IiiHHIIiiII", 40, 99999, 99999, 1, 24, *[0] * 6)
    )
    for data in (gif, bmp, header_only_jpeg(65500, 65500), png(60000, 60000, 1, 0, [b"\0"])):
        problem = refused(data)
        assert problem.kind == ProblemKind.TOO_LARGE
        assert "megapixels" in problem.message


def test_too_many_bytes_and_none():
    data = encoded(scene(64, 64))
    assert refused(data, limits=DecodeLimits(max_bytes=len(data) - 1)).kind == ProblemKind.TOO_LARGE
    assert refused(b"").kind == ProblemKind.UNREADABLE


def test_foreign_files_are_unsupported_and_start_no_program(monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a program was started"))
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n"
    for data in (eps, b"%PDF-1.4", b"plain text", b"PK\x03\x04" + bytes(90), b"\x80\x04\x95"):
        assert refused(data).kind == ProblemKind.UNSUPPORTED


def test_a_raw_file_is_refused_though_it_is_a_tiff_inside():
    stamp = encoded(scene(160, 120), "TIFF")
    assert "RAW" in refused(stamp, name="DSC_0001.NEF").message
    tags = ImageFileDirectory_v2()
    tags[50706] = b"\x01\x04\0\0"
    assert "RAW" in refused(encoded(scene(160, 120), "TIFF", tiffinfo=tags), name="a.tif").message


PLUGIN_ERRORS = [ValueError, KeyError, SyntaxError, RuntimeError, EOFError, struct.error, OSError]
PLUGIN_ERRORS += [NotImplementedError, TypeError, IndexError, OverflowError, AssertionError]


@pytest.mark.parametrize("error", PLUGIN_ERRORS)
def test_whatever_a_plugin_raises_becomes_a_sentence(monkeypatch, error):
    def fail(*_args, **_kwargs):
        raise error("0x1234 at plugin line 7")

    monkeypatch.setattr(Image, "open", fail)
    problem = refused(encoded(scene(64, 64)))
    assert problem.kind == ProblemKind.UNREADABLE
    assert "0x1234" not in problem.message


def test_running_out_of_memory_is_too_large(monkeypatch):
    def fail(*_args, **_kwargs):
        raise MemoryError

    monkeypatch.setattr(ImageFile.ImageFile, "load", fail)
    assert refused(encoded(scene(64, 64))).kind == ProblemKind.TOO_LARGE


@pytest.mark.parametrize("format_name", SAVEABLE)
def test_flipped_bytes_end_in_a_photo_or_a_sentence(format_name):
    good = encoded(scene(96, 64), format_name)
    rng = random.Random(format_name)
    outcomes = set()
    for _ in range(60):
        data = bytearray(good)
        for _ in range(rng.choice((1, 4, 30))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(len(data)) :]
        try:
            outcomes.add(decode_photo(bytes(data), "a", 96).format)
        except PhotoError as error:
            outcomes.add(error.problem.kind)
    assert outcomes - set(FORMATS)  # some were refused; any other exception fails this test


# ------------------------------------------------------------------------------------ hash, facts, views


def test_the_pixel_hash_outlives_every_change_of_metadata():
    plain = encoded(scene(900, 700))
    first = decode_photo(plain, "a.jpg", 384)
    edited = [
        with_segment(plain, 0xE1, exif_bytes(6)),
        with_segment(plain, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x/>"),
        with_segment(plain, 0xE2, b"ICC_PROFILE\0\x01\x01" + swapped_profile()),
        with_segment(plain, 0xFE, b"a comment"),
        plain + b"trailing bytes of a motion photo",
    ]
    assert {decode_photo(data, "b.jpg", 384).pixel_hash for data in edited} == {first.pixel_hash}


def test_the_pixel_hash_does_not_depend_on_the_model():
    data = encoded(scene(2600, 2000))
    assert len({decode_photo(data, "a", size).pixel_hash for size in (96, 384, 768)}) == 1


def test_another_picture_has_another_pixel_hash():
    palette = Image.new("P", (64, 64), 0)
    palette.putpalette([10, 20, 30])
    other = Image.new("P", (64, 64), 0)
    other.putpalette([90, 20, 30])
    files = [encoded(scene(640, 480, seed=n)) for n in range(3)]
    files += [encoded(palette, "PNG"), encoded(other, "PNG"), encoded(Image.new("L", (64, 64)), "PNG"),
              encoded(Image.new("L", (32, 128)), "PNG")]  # fmt: skip
    assert len({decode_photo(data, "a", 96).pixel_hash for data in files}) == len(files)


def test_facts_come_from_the_given_reader():
    seen = []

    def read_facts(data, format_name):
        seen.append((data, format_name))
        return FileFacts(camera="Nikon F2")

    data = encoded(scene(64, 64), "PNG")
    photo = decode_photo(memoryview(data), "a", 96, read_facts=read_facts)
    assert photo.facts.camera == "Nikon F2"
    assert seen == [(data, "PNG")]


def test_an_error_in_the_facts_never_fails_the_photo():
    def read_facts(_data, _format):
        raise KeyError("broken EXIF")

    photo = decode_photo(encoded(scene(64, 64)), "a", 96, read_facts=read_facts)
    assert photo.width == 64
    assert photo.facts.problem
    assert photo.facts.camera is None


def test_previews_fit_and_are_not_blown_up():
    data = encoded(scene(2400, 1600))
    for edge, size in ((1200, (1200, 800)), (5000, (2400, 1600)), (300, (300, 200))):
        shown = Image.open(io.BytesIO(preview_photo(data, "a.jpg", edge)))
        assert shown.size == size
        assert mean_difference(shown.convert("RGB"), scene(2400, 1600).resize(size)) < 6
    with pytest.raises(PhotoError):
        preview_photo(b"no picture", "a.jpg", 300)


def test_the_default_limits_are_the_documented_ones():
    assert DEFAULT_LIMITS.max_bytes == 512 * 1024 * 1024
    assert DEFAULT_LIMITS.pixels_of("JPEG") == 300_000_000
    assert {DEFAULT_LIMITS.pixels_of(name) for name in FORMATS if name != "JPEG"} == {120_000_000}
    assert (DEFAULT_LIMITS.seconds, DEFAULT_LIMITS.memory) == (30.0, 2 * 1024**3)


def test_looking_at_files_does_not_load_pillow():
    code = "import blipdesk.imaging, sys; print([m for m in ('PIL', 'pi_heif') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
