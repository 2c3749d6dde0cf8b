"""The photos that ``blipdesk bench`` captions are whole and large; each round's are other files, as old."""

import time

from PIL import Image

from blipdesk.services.bench_photos import copy_photos, draw_photos


def test_each_round_has_the_same_pictures_in_other_files(tmp_path):
    (drawn,) = draw_photos(tmp_path / "drawn", 1)
    first, second = (copy_photos([drawn], tmp_path / name, name) / drawn.name for name in ("0", "1"))
    assert len({drawn.read_bytes(), first.read_bytes(), second.read_bytes()}) == 3
    assert drawn.stat().st_size > 1_000_000
    with Image.open(drawn) as picture, Image.open(first) as copy:
        assert copy.size == (4000, 3000)
        assert copy.tobytes() == picture.tobytes()
    assert first.stat().st_mtime < time.time() - 1000
