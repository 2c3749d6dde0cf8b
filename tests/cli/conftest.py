import pytest
from program import Blipdesk, draw

from blipdesk.cli.output import context


@pytest.fixture(autouse=True)
def no_command_before(monkeypatch):
    """Global options are a process's; of the commands run in this one, none has those of another test."""
    monkeypatch.setattr(context, "json", False)
    monkeypatch.setattr(context, "data_dir", context.data_dir)


@pytest.fixture
def blipdesk(tmp_path):
    return Blipdesk(tmp_path / "data")


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    for seed, name in enumerate(["a.jpg", "b.png", "deep/er/c.webp", "deep/été 写真.jpg"]):
        draw(folder / name, seed)
    return folder
