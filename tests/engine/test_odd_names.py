"""Folder names and texts that are no valid UTF-8, as a disk from elsewhere holds them."""

import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from tiny_blip import NEVER, pictures

from blipdesk.domain.errors import ProblemKind
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.domain.ports import VisionEngine
from blipdesk.engine import EngineClient, FakeEngine, LocalEngine, import_model, list_models, protocol

CAFE = os.fsdecode(b"caf\xe9")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    folder = tmp_path / CAFE
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="names are UTF-16 there")
def test_models_in_an_undecodable_folder_load(
    odd: Path, caption_folder: Path, answer_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By path, and by key out of a models folder of such a name; the same model as anywhere else."""
    # An import's trial loads by path in a process of its own, as is done here.
    monkeypatch.setattr("blipdesk.engine.installed.try_checkpoint", lambda *_, allow_code: None)
    captioner = Path(shutil.copytree(caption_folder, odd / CAFE))
    answerer = Path(shutil.copytree(answer_folder, odd / "answerer"))
    models = odd / "models"
    imported = import_model(captioner, models)
    assert imported.key.isascii() and imported.key in {model.key for model in list_models(models)}
    client = EngineClient(models)
    plain = LocalEngine()
    try:
        expected = plain.load(EngineSettings(model=str(caption_folder)))
        for name in (str(captioner), imported.key):
            info = client.load(EngineSettings(model=name))
            assert info.model_key.partition("@")[2] == expected.model_key.partition("@")[2]
        assert client.answer_info(EngineSettings(model=str(answerer))).model_key.startswith("answerer@")
        images = pictures(2)
        assert client.caption(images, CaptionOptions(), NEVER) == plain.caption(
            images, CaptionOptions(), NEVER
        )
    finally:
        client.close()
        plain.close()


def test_surrogates_cross_the_pipe_unchanged() -> None:
    message = {"settings": asdict(EngineSettings(model=f"/photos/{CAFE}/model"))}
    back = protocol.decode(protocol.encode(message))
    assert EngineSettings(**back["settings"]).model == f"/photos/{CAFE}/model"


@pytest.mark.parametrize("kind", ["fake", "local"])
def test_prompts_and_questions_with_surrogates(kind: str, caption_folder: Path, answer_folder: Path) -> None:
    engine: VisionEngine = FakeEngine() if kind == "fake" else LocalEngine()
    size = engine.load(EngineSettings(model=str(caption_folder))).image_size
    engine.answer_info(EngineSettings(model=str(answer_folder)))
    images = pictures(2, size)
    results = engine.caption(images, CaptionOptions(prompt=f"a {CAFE}"), NEVER)
    assert not any(result.problem and result.problem.kind is ProblemKind.ENGINE for result in results)
    assert any(result.raw_text for result in results)
    assert engine.answer(images[0], f"is this {CAFE}?", lambda _: None, NEVER).text
    engine.close()
