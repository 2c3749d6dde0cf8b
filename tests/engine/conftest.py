"""Checkpoints that are made once a run."""

import functools
import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conformance import load
from hub_downloads import Download, files
from hub_server import REPO, HubRepo, HubServer
from plain_models import Plain
from tiny_blip import make_checkpoint
from tiny_models import make

from blipdesk.engine import EngineClient
from blipdesk.engine.vision_model import VisionModel


@pytest.fixture(autouse=True)
def younger_garbage() -> None:
    """Has garbage looked for only among what is made from here on.

    Dropping a model collects garbage, which would go through the million objects of torch, transformers and
    the collected tests each time: half of the time that this folder's tests took.
    """
    gc.collect()
    gc.freeze()


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


@pytest.fixture(scope="session")
def model(tiny: Callable[[str], Path]) -> Callable[[str], VisionModel]:
    """``model(kind)``: loaded once a run."""
    return functools.cache(lambda kind: load(tiny(kind)))


@pytest.fixture(scope="session")
def plain(tiny: Callable[[str], Path]) -> Callable[[str], Plain]:
    """``plain(kind)``: the same checkpoint in transformers' hands."""
    return functools.cache(lambda kind: Plain(tiny(kind), kind))


@pytest.fixture
def client() -> Iterator[EngineClient]:
    """The engine in a process of its own, which ends with the test."""
    client = EngineClient()
    yield client
    client.close()


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    """``copy_of(folder)``: a copy that the test may damage."""

    def copy(folder: Path) -> Path:
        return Path(shutil.copytree(folder, tmp_path / f"copy-of-{folder.name}"))

    return copy


@pytest.fixture
def online(monkeypatch: pytest.MonkeyPatch) -> None:
    """huggingface_hub as the download's own process has it; other tests switch it off."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", True)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def hub() -> Iterator[HubServer]:
    """A hub that has one checkpoint."""
    with HubServer({REPO: HubRepo(files())}) as server:
        yield server


@pytest.fixture
def download(hub: HubServer, online: None, tmp_path: Path) -> Download:
    """A download from ``hub``."""
    folder = tmp_path / ".tiny.part"
    folder.mkdir()
    return Download(hub, folder)
