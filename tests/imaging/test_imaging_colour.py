"""Orientation, colour, depth, transparency and frames: the pixels are what a viewer shows."""

import io
import struct

import pytest
from imaging_pictures import (
    encoded,
    exif_bytes,
    mean_difference,
    model_image,
    png,
    scene,
    swapped_profile,
    thumbnail_image,
    with_segment,
)
from PIL import Image

from blipdesk.imaging import decode_photo, preview_photo

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")


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
