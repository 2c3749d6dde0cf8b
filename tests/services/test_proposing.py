"""Captions to choose from are made by the model, kept beside the caption, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import Candidate, MatchScore, Source, Sureness
from blipdesk.services.proposing import COUNT
from blipdesk.services.workspace import Workspace

MATCH = MatchScore(0.99, 0.4, 4.0, Sureness.SURE)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    Image.new("RGB", (64, 48), "navy").save(tmp_path / "a.jpg")
    with Workspace.open(tmp_path / "data", start=False) as opened:
        opened.settings.change(model="fake")
        opened.apply_settings()
        yield opened


def test_a_model_proposes_captions_that_stand_beside_what_is_there(
    workspace: Workspace, tmp_path: Path
) -> None:
    photo_id = workspace.pipeline().take_in(str(tmp_path / "a.jpg"))
    workspace.editing.set_caption(photo_id, "mine")
    workspace.proposing.propose(photo_id, others=False).future.result(60)
    photo = workspace.library.photo(photo_id)
    assert photo is not None and photo.caption == "mine"
    proposed = [one.text for one in photo.candidates if one.source is Source.MODEL]
    assert len(set(proposed)) == len(proposed) == COUNT
    workspace.proposing.propose(photo_id, others=True).future.result(60)
    again = workspace.library.photo(photo_id)
    assert again is not None and [one.text for one in again.candidates][:COUNT] == proposed
    assert {one.text for one in again.candidates} >= set(proposed)


def test_a_proposal_that_is_there_already_only_brings_its_match(workspace: Workspace, tmp_path: Path) -> None:
    photo_id = workspace.pipeline().take_in(str(tmp_path / "a.jpg"))
    catalog = workspace.catalog
    catalog.keep_proposed(photo_id, [Candidate("a dog", "a dog", -0.5), Candidate("a cat", "a cat", -1.0)])
    catalog.keep_proposed(photo_id, [Candidate("a dog", "A dog.", -0.7, MATCH)])
    photo = catalog.photo(photo_id)
    assert photo is not None
    assert [(one.text, one.score, one.match) for one in photo.candidates] == [
        ("a dog", -0.5, MATCH),
        ("a cat", -1.0, None),
    ]
    assert [hit.photo_id for hit in catalog.search("cat")] == [photo_id], "it is found by them"
    with pytest.raises(UsageError):
        catalog.keep_proposed(photo_id + 1, [])


def test_what_goes_wrong_is_said_to_whoever_waits(workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        workspace.proposing.propose(4711, others=False).future.result(60)
