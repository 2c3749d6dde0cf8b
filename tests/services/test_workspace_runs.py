"""Headless runs over a real catalog, with the fake model."""

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
