"""What a person is told of where a caption stands."""

import metadata_samples as samples
import pytest

from blipdesk.metadata import name_of_holder

GRANDMA = "Grandma at home"
PACKET = samples.xmp_packet(samples.described(GRANDMA))
BESIDE = {
    "photo.jpg": {},
    "photo.jpg.xmp": {"photo.jpg.xmp": PACKET},
    "photo.xmp": {"photo.jpg.xmp": samples.xmp_packet(samples.described("a dog")), "photo.xmp": PACKET},
    "photo.XMP": {"photo.XMP": PACKET.decode().encode("utf-16")},
}


@pytest.mark.parametrize("holder", BESIDE)
def test_the_file_is_named_in_which_a_caption_stands(photo, holder):
    photo.write_bytes(samples.camera_photo(description=GRANDMA if holder == "photo.jpg" else None))
    for name, data in BESIDE[holder].items():
        (photo.parent / name).write_bytes(data)
    assert name_of_holder(str(photo), GRANDMA) == holder
