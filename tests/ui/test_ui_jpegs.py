"""Pictures from bytes on the workers' threads."""

import io

import pytest
from fake_pictures import picture
from PIL import Image

from blipdesk.ui.gallery.thumbnails import fit_picture
from blipdesk.ui.jpegs import decode_jpeg

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def png():
    made = io.BytesIO()
    Image.new("RGB", (9, 9)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize("data", [SVG, png(), b"", None], ids=["svg", "png", "empty", "none"])
def test_no_format_is_guessed(qtbot, data):
    """A guess asks SVG's plugin, which may stop the window for good: see the module."""
    assert decode_jpeg(data) is None
    assert not data or fit_picture(data, 4, 4, 1.0) is None


def test_a_jpeg_is_decoded_at_its_size_or_at_the_one_asked_for(qtbot):
    data = picture(1)
    whole = decode_jpeg(data)
    assert max(whole.width(), whole.height()) == 512
    assert decode_jpeg(data, lambda size: size / 2).size() == whole.size() / 2
