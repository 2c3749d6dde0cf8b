"""Headless runs over a real catalog, with the fake model."""

import os
from pathlib import Path

import pytest
from PIL import Image

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.values import PhotoState
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace

KEY = "fake/caption"


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        yield workspace


def old_photo(path, seed, size=(64, 48)):
    """Changed long ago, so that no run waits for it to settle."""
    Image.effect_noise(size, 50 + seed).save(path)
    os.utime(path, (1_700_000_000 + seed,) * 2)


def fake_run(workspace, folder, **more):
    options = workspace.options_of(RunChoices(model="fake"), watch=False)
    return workspace.run_once([str(folder)], options, lambda _: None, **more)


@pytest.fixture
def set_aside(workspace, tmp_path):
    """Two folders; the photo of each was set aside after it had killed the decoder twice."""
    folders = [tmp_path / "first", tmp_path / "second"]
    for seed, folder in enumerate(folders):
        folder.mkdir()
        old_photo(folder / "a.png", seed, (320, 240))
        workspace.pipeline().take_in(str(folder / "a.png"))
    workspace.catalog.enqueue_pending(KEY)
    for job in workspace.catalog.claim(KEY, 10):
        workspace.catalog.fail(job.id, Problem(ProblemKind.CRASHED, "It ended the decoder twice.", ""))
    return folders


def test_a_photo_that_was_set_aside_is_tried_again_when_asked(workspace, set_aside):
    first, second = set_aside
    untouched = fake_run(workspace, first)
    assert (untouched.captioned, len(untouched.failed)) == (0, 1)
    retried = fake_run(workspace, first, retry=True)
    assert (retried.captioned, retried.failed) == (1, ())
    (left,) = fake_run(workspace, second).failed
    assert left[0] == str(second / "a.png")


def test_captioning_again_reaches_what_is_named_and_has_a_caption(workspace, tmp_path):
    top = tmp_path / "photos"
    names = ["a.png", "b.png", "deep/er/c.png"]
    for seed, name in enumerate(names):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        old_photo(top / name, seed)
    fake_run(workspace, top)

    def again(*named):
        made = []
        options = workspace.options_of(RunChoices(model="fake", prompt=f"run {len(seen)}"), watch=False)
        workspace.run_once([str(path) for path in named], options, made.append, again=True)
        seen.append(named)
        return sorted(str(Path(path).relative_to(top)) for path in made)

    seen = []
    assert again(top) == names
    assert again(top / "deep") == ["deep/er/c.png"]
    assert again(top / "b.png", top / "deep" / "er") == ["b.png", "deep/er/c.png"]
    workspace.library.add_folders([str(top)])
    assert again() == names


@pytest.fixture
def captioned(workspace, tmp_path):
    """A captioned photo, and what lets its next captioning, by any model, fail."""
    photo = tmp_path / "photos" / "a.png"
    photo.parent.mkdir()
    old_photo(photo, 0)
    fake_run(workspace, photo.parent)
    catalog = workspace.catalog

    def fail(kind, key=KEY):
        catalog.enqueue_forced(list(catalog.all_photo_ids()), key)
        (job,) = catalog.claim(key, 1)
        catalog.fail(job.id, Problem(kind, "It could not be read.", "Try again."))

    return photo, fail


def test_what_could_not_be_captioned_again_is_told_and_keeps_its_caption_until_it_is(workspace, captioned):
    photo, fail = captioned
    before = workspace.catalog.photo_by_path(str(photo))
    fail(ProblemKind.CRASHED)
    for _ in range(2):
        ((path, problem),) = fake_run(workspace, photo.parent).failed
        assert path == str(photo) and problem.remedy == "Try again. The caption it had stays."
        kept = workspace.catalog.photo_by_path(str(photo))
        assert (kept.caption, kept.state) == (before.caption, PhotoState.FAILED)
    retried = fake_run(workspace, photo.parent, retry=True)
    assert (retried.captioned, retried.failed) == (1, ())
    assert workspace.catalog.photo_by_path(str(photo)).state is PhotoState.DONE


def test_what_could_not_be_read_to_be_captioned_again_is_captioned_by_the_next_run(workspace, captioned):
    photo, fail = captioned
    fail(ProblemKind.NO_ACCESS)
    later = fake_run(workspace, photo.parent)
    assert (later.captioned, later.failed, later.unchanged) == (1, (), 0)


def test_what_another_model_captioned_has_failed_no_longer(workspace, captioned):
    photo, fail = captioned
    fail(ProblemKind.CRASHED, "other/caption")
    assert fake_run(workspace, photo.parent, again=True).failed == ()
    assert workspace.catalog.photo_by_path(str(photo)).state is PhotoState.DONE
