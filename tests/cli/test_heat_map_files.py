"""A heat map is a new file, or an earlier map made anew: no photo is ever replaced by one."""

import pytest
from PIL import Image
from program import Here, catalog_of_fakes, draw


@pytest.fixture
def explain(tmp_path, capsys):
    """Runs ``explain`` on a photo, with the fake model, in this process."""
    photo = draw(tmp_path / "photos" / "a.jpg", 1)
    here = Here(catalog_of_fakes(tmp_path / "data"), capsys)
    command = ["explain", photo, "--text", "a red dog", "--word", "dog", "--match-model", "fake", "--out"]
    return lambda out, status=0: here.run(*command, out, status=status).err


def test_a_photo_is_never_replaced_by_a_heat_map(tmp_path, explain):
    png = tmp_path / "photos" / "other.png"
    Image.new("RGB", (40, 30), "red").save(png)
    for photo in (tmp_path / "photos" / "a.jpg", png):
        before = photo.read_bytes()
        assert photo.name in explain(photo, status=2)
        assert photo.read_bytes() == before


def test_a_map_is_made_anew_in_the_place_of_the_last_one(tmp_path, explain):
    out = tmp_path / "map.png"
    explain(out)
    first = out.read_bytes()
    explain(out)
    assert out.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["map.png"]


@pytest.mark.parametrize("name", ["missing/map.png", "map.jpg"])
def test_what_cannot_be_a_map_is_refused_before_any_work(tmp_path, explain, name):
    assert "map" in explain(tmp_path / name, status=2)
    assert not (tmp_path / name).exists()
