"""Headless runs over a real catalog, with the fake model."""

from pathlib import Path

import pytest
from PIL import Image

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace

KEY = "fake/caption"


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        yield workspace


def fake_run(workspace, folder, **more):
    options = workspace.options_of(RunChoices(model="fake"), watch=False)
    return workspace.run_once([str(folder)], options, lambda _: None, **more)


@pytest.fixture
def set_aside(workspace, tmp_path):
    """Two folders; the photo of each was set aside after it had killed the decoder twice."""
    folders = [tmp_path / "first", tmp_path / "second"]
    for seed, folder in enumerate(folders):
        folder.mkdir()
        Image.effect_noise((320, 240), 50 + seed).save(folder / "a.png")
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
        Image.effect_noise((64, 48), 50 + seed).save(top / name)
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
