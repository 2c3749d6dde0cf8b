"""Checkpoints that are made once a run."""

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_blip import make_checkpoint
from tiny_models import make


@pytest.fixture(scope="session")
def caption_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_checkpoint(tmp_path_factory.mktemp("checkpoints") / "tiny-captioner", "caption")


@pytest.fixture(scope="session")
def answer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_checkpoint(tmp_path_factory.mktemp("checkpoints") / "tiny-answerer", "answer")


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """``tiny(kind)``: the folder of a checkpoint of one of :data:`tiny_models.KINDS`."""
    root = tmp_path_factory.mktemp("tiny")

    @functools.cache
    def folder(kind: str) -> Path:
        return make(kind, root / f"tiny-{kind}")

    return folder


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """``copy_of(folder)``: a copy that the test may damage."""

    def copy(folder: Path) -> Path:
        return Path(shutil.copytree(folder, tmp_path / f"copy-of-{folder.name}"))

    return copy
