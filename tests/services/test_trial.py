"""A trial caption: of a photo somewhere in the folders, and without a trace."""

import threading

import pytest
from PIL import Image

from blipdesk.domain.errors import Cancelled, PhotoError
from blipdesk.pipeline import LocalDecoder
from blipdesk.services.trial import TrialService

GO = threading.Event()


@pytest.fixture
def trials(tmp_path):
    made = TrialService(tmp_path / "models", LocalDecoder)
    yield made
    made.close()


def photo(path, seed=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.effect_noise((300, 200), 40 + seed).convert("RGB").save(path, quality=95)
    return str(path)


def test_photos_are_proposed_from_all_below_a_folder_but_no_icons(trials, tmp_path):
    inside = {photo(tmp_path / "photos" / f"day {day}" / "photo.jpg", day) for day in range(3)}
    Image.new("RGB", (16, 16)).save(tmp_path / "photos" / "icon.png")
    (tmp_path / "photos" / "words.txt").write_text("x" * 50_000)
    assert set(trials.photos([str(tmp_path / "photos")])) == inside
    assert trials.photos([str(tmp_path / "gone")]) == []


def test_a_photo_is_shown_then_captioned_and_nothing_is_written(trials, tmp_path):
    path = photo(tmp_path / "photos" / "a.jpg")
    before = sorted(tmp_path.rglob("*"))
    pictures = []
    first = trials.caption(path, "fake", pictures.append, GO)
    again = trials.caption(path, "fake", pictures.append, GO)
    assert first.caption and first.caption == again.caption
    assert all(data.startswith(b"\xff\xd8") for data in pictures) and len(pictures) == 2
    assert first.seconds >= 0 and first.path == path
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_that_is_no_picture_is_named_as_such(trials, tmp_path):
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"no picture" * 5000)
    with pytest.raises(PhotoError):
        trials.caption(str(path), "fake", lambda data: None, GO)


def test_a_trial_that_is_stopped_loads_no_model(trials, tmp_path):
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(Cancelled):
        trials.caption(photo(tmp_path / "a.jpg"), "no such model", lambda data: None, stopped)
