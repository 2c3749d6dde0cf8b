import io
import struct

import pytest
from imaging_pictures import (
    encoded,
    exif_bytes,
    header_only_jpeg,
    mean_difference,
    model_image,
    png,
    scene,
    thumbnail_image,
    with_segment,
)
from PIL import Image, ImageCms, ImageFile

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


# ----------------------------------------------------------------------------------- orientation, colour

_STORED_AS = {  # how an upright picture is stored under each EXIF orientation
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(orientation, format_name):
    upright = scene(320, 200)
    how = _STORED_AS[orientation]
    stored = upright if how is None else upright.transpose(how)
    photo = decode_photo(encoded(stored, format_name, exif=exif_bytes(orientation)), "a", 192)
    assert (photo.width, photo.height) == (320, 200)
    assert thumbnail_image(photo).size == (320, 200)
    assert mean_difference(thumbnail_image(photo), upright) < 6
    preview = Image.open(
        io.BytesIO(preview_photo(encoded(stored, format_name, exif=exif_bytes(orientation)), "a", 160))
    )
    assert preview.size == (160, 100)


@pytest.mark.parametrize(
    "payload",
    [
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x09\0\0\0\0\0\0\0",  # orientation 9
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x02\0\x02\0\0\x006\0\0\0\0\0\0\0",  # as text
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff",  # 65535 entries announced
        b"Exif\0\0XX*\0\x08\0\0\0",
        b"Exif\0\0",
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x0e\x01\x02\0\xff\xff\xff\xff\x1a\0\0\0\x08\0\0\0",  # huge count
    ],
)
def test_broken_exif_never_costs_the_picture(payload):
    photo = decode_photo(with_segment(encoded(scene(320, 200)), 0xE1, payload), "a.jpg", 96)
    assert (photo.width, photo.height, photo.damaged) == (320, 200, False)


def swapped_profile():
    """A valid RGB profile whose red and blue primaries are exchanged: using it is plain to see."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, blue = profile.find(b"rXYZ"), profile.find(b"bXYZ")
    swapped = profile[:red] + b"bXYZ" + profile[red + 4 : blue] + b"rXYZ" + profile[blue + 4 :]
    return swapped.replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_the_colour_profile_is_applied(format_name):
    data = encoded(Image.new("RGB", (64, 64), (200, 30, 30)), format_name, icc_profile=swapped_profile())
    photo = decode_photo(data, "a", 96)
    for shown in (model_image(photo), thumbnail_image(photo)):
        red, _, blue = shown.getpixel((30, 30))
        assert blue > 150 > 90 > red
    red, _, blue = Image.open(io.BytesIO(preview_photo(data, "a", 64))).getpixel((30, 30))
    assert blue > red


@pytest.mark.parametrize("profile", [b"junk" * 100, b"\0" * 3000, b"x" * 500_000, swapped_profile()[:300]])
def test_a_broken_profile_is_ignored(profile):
    photo = decode_photo(encoded(Image.new("RGB", (64, 64), (200, 30, 30)), icc_profile=profile), "a.jpg", 96)
    red, green, blue = model_image(photo).getpixel((30, 30))
    assert abs(red - 200) < 6
    assert max(green, blue) < 45


def test_a_profile_of_another_colour_space_is_ignored():
    grey = Image.new("L", (64, 64), 77)
    photo = decode_photo(encoded(grey, icc_profile=swapped_profile()), "a.jpg", 96)
    assert model_image(photo).getpixel((30, 30)) == (77, 77, 77)


def centre(im, format_name, **options):
    return model_image(decode_photo(encoded(im, format_name, **options), "a", 96)).getpixel((48, 48))


@pytest.mark.parametrize("format_name", ["JPEG", "TIFF"])
def test_cmyk_is_not_inverted(format_name):
    red = Image.new("CMYK", (64, 64), (0, 230, 230, 0))  # Pillow writes the JPEG inverted, as Adobe does
    r, g, b = centre(red, format_name)
    assert r > 230
    assert max(g, b) < 60


def test_sixteen_bits_keep_their_brightness():
    ramp = Image.frombytes("I;16", (256, 4), struct.pack("<1024H", *([v * 257 for v in range(256)] * 4)))
    for format_name in ("PNG", "TIFF"):
        shown = model_image(decode_photo(encoded(ramp, format_name), "a", 96))
        assert shown.getpixel((0, 48))[0] < 8
        assert abs(shown.getpixel((48, 48))[0] - 128) < 4
        assert shown.getpixel((95, 48))[0] > 247


@pytest.mark.parametrize("top", [1023, 4095, 16383])
def test_ten_to_fourteen_bits_in_sixteen_are_not_black(top):
    ramp = [v * top // 255 for v in range(256)] * 4
    im = Image.frombytes("I;16", (256, 4), struct.pack("<1024H", *ramp))
    assert abs(centre(im, "PNG")[0] - 128) < 4


def test_sixteen_bits_a_colour():
    rows = [struct.pack(">192H", *[v for x in range(64) for v in (60000, x * 1000, 2000)])] * 64
    photo = decode_photo(png(64, 64, 16, 2, rows), "a.png", 64)
    red, green, blue = model_image(photo).getpixel((32, 32))
    assert (red > 225, abs(green - 125) < 5, blue < 12) == (True, True, True)


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.0, 255.0), (-10.0, 4.0e6)])
def test_floating_point_pictures_are_scaled(low, high):
    im = Image.linear_gradient("L").convert("F").point(lambda v: v * ((high - low) / 255) + low)
    shown = model_image(decode_photo(encoded(im, "TIFF"), "a.tif", 96))
    assert shown.getpixel((48, 2))[0] < 12
    assert shown.getpixel((48, 93))[0] > 243


def test_not_a_number_does_no_harm():
    im = Image.frombytes("F", (8, 8), struct.pack("<64f", *([float("nan"), float("inf"), -1e38, 0.5] * 16)))
    assert decode_photo(encoded(im, "TIFF"), "a.tif", 96).width == 8


def test_one_bit_and_palette_pictures():
    checks = Image.new("1", (64, 64))
    checks.paste(1, (0, 0, 32, 64))
    assert model_image(decode_photo(encoded(checks, "PNG"), "a", 64)).getpixel((10, 10)) == (255, 255, 255)
    palette = Image.new("RGB", (64, 64), (10, 200, 30)).quantize(8)
    assert centre(palette, "PNG") == (10, 200, 30)
    assert centre(palette, "GIF") == (10, 200, 30)


def half_transparent(colour, mode="RGBA"):
    im = Image.new("RGBA", (64, 64), (*colour, 255))
    im.paste((0, 0, 0, 0), (0, 0, 32, 64))  # fully transparent black on the left
    return im.convert(mode)


@pytest.mark.parametrize("format_name", ["PNG", "WEBP", "TIFF", "AVIF"])
def test_transparency_goes_on_white(format_name):
    data = encoded(half_transparent((20, 60, 200)), format_name)
    shown = model_image(decode_photo(data, "a", 64))
    assert min(shown.getpixel((8, 30))) > 245
    assert shown.getpixel((56, 30))[2] > 180


def test_a_white_drawing_on_transparency_does_not_vanish():
    shown = model_image(decode_photo(encoded(half_transparent((255, 255, 255)), "PNG"), "a", 64))
    assert shown.getpixel((8, 30)) == (128, 128, 128)
    assert shown.getpixel((56, 30)) == (255, 255, 255)


def test_transparent_palette_entries_and_grey_with_alpha():
    palette = Image.new("P", (64, 64), 0)
    palette.putpalette([0, 0, 0, 30, 90, 220])
    palette.paste(1, (32, 0, 64, 64))
    shown = model_image(decode_photo(encoded(palette, "PNG", transparency=0), "a", 64))
    assert shown.getpixel((8, 30)) == (255, 255, 255)
    assert shown.getpixel((56, 30)) == (30, 90, 220)
    shown = model_image(decode_photo(encoded(half_transparent((90, 90, 90), "LA"), "PNG"), "a", 64))
    assert shown.getpixel((8, 30)) == (255, 255, 255)
    assert shown.getpixel((56, 30)) == (90, 90, 90)


def test_an_invisible_picture_is_still_a_picture():
    photo = decode_photo(encoded(Image.new("RGBA", (30, 20), (5, 5, 5, 0)), "PNG"), "a", 96)
    assert (photo.width, photo.height) == (30, 20)


def test_lab_pictures():
    red, green, blue = centre(Image.new("LAB", (64, 64), (128, 128, 128)), "TIFF")
    assert max(red, green, blue) - min(red, green, blue) < 8
    assert 90 < green < 150


@pytest.mark.parametrize("format_name", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_the_first_frame_counts(format_name):
    frames = [Image.new("RGB", (64, 48), colour) for colour in ((200, 10, 10), (10, 200, 10), (10, 10, 200))]
    red, green, blue = centre(frames[0], format_name, save_all=True, append_images=frames[1:])
    assert red > 180 > 40 > max(green, blue)


def test_several_jpegs_in_one_file():
    data = encoded(scene(320, 200), "MPO", save_all=True, append_images=[scene(320, 200, seed=9)])
    photo = decode_photo(data, "a.mpo", 96)
    assert (photo.format, photo.width, photo.damaged) == ("JPEG", 320, False)


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
    import subprocess

    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a program was started"))
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n"
    for data in (eps, b"%PDF-1.4", b"plain text", b"PK\x03\x04" + bytes(90), b"\x80\x04\x95"):
        assert refused(data).kind == ProblemKind.UNSUPPORTED


def test_a_raw_file_is_refused_though_it_is_a_tiff_inside():
    stamp = encoded(scene(160, 120), "TIFF")
    assert "RAW" in refused(stamp, name="DSC_0001.NEF").message
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

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
    import random

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
    import subprocess
    import sys

    code = "import blipdesk.imaging, sys; print([m for m in ('PIL', 'pi_heif') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        == "[]\n"
    )
