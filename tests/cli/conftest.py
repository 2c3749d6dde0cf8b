import pytest
from program import Blipdesk, draw


@pytest.fixture
def blipdesk(tmp_path):
    return Blipdesk(tmp_path / "data")


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    for seed, name in enumerate(["a.jpg", "b.png", "deep/er/c.webp", "deep/été 写真.jpg"]):
        draw(folder / name, seed)
    return folder
