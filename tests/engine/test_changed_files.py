"""A model's files that are written anew while it is in use: no words go under the key of what was."""

import json
import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from tiny_blip import NEVER, pictures

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.domain.ports import VisionEngine
from blipdesk.engine import EngineClient, LocalEngine, registry
from blipdesk.engine.held import HeldModels


@pytest.fixture
def folder(caption_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(caption_folder, tmp_path / "mine")


def _write_anew(folder: Path) -> None:
    """Other weights in the same place, as somebody who trains it on saves them."""
    weights = load_file(folder / "model.safetensors")
    other = {name: values.roll(1, 0) for name, values in weights.items()}
    new = folder.parent / "new.safetensors"
    save_file(other, new, metadata={"format": "pt"})
    del weights
    shutil.copyfile(new, folder / "model.safetensors")


def _texts(engine: VisionEngine) -> list[str]:
    return [
        result.raw_text for result in engine.caption(pictures(2), CaptionOptions(max_new_tokens=5), NEVER)
    ]


def _is_said_and_loaded_anew(engine: VisionEngine, settings: EngineSettings, before: str) -> None:
    for _ in range(2):
        with pytest.raises(ModelError, match=r"changed while it was in use|No model is loaded"):
            _texts(engine)
    info = engine.load(settings)
    assert info.model_key != before
    fresh = LocalEngine()
    assert fresh.load(settings).model_key == info.model_key
    assert _texts(engine) == _texts(fresh)


def test_of_a_model_in_memory(folder: Path) -> None:
    engine, settings = LocalEngine(), EngineSettings(str(folder), "cpu", "fp32")
    before = engine.load(settings).model_key
    assert _texts(engine)
    _write_anew(folder)
    _is_said_and_loaded_anew(engine, settings, before)


def test_of_a_model_whose_process_was_killed(folder: Path, client: EngineClient) -> None:
    settings = EngineSettings(str(folder), "cpu", "fp32")
    before = client.load(settings).model_key
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)
    _write_anew(folder)
    _is_said_and_loaded_anew(client, settings, before)


def test_of_a_model_on_a_stick_that_was_pulled_it_goes_on(folder: Path) -> None:
    engine, settings = LocalEngine(), EngineSettings(str(folder), "cpu", "fp32")
    engine.load(settings)
    expected = _texts(engine)
    folder.rename(folder.with_name("away"))
    assert _texts(engine) == expected


def test_the_same_weights_with_other_picture_settings_see_for_themselves(
    tiny: Callable[[str], Path], tmp_path: Path
) -> None:
    """What one saw of a photo is kept, and is no news to the other."""
    one, other = (shutil.copytree(tiny("blip2-opt"), tmp_path / name) for name in ("one", "other"))
    settings = json.loads((other / "processor_config.json").read_text())
    settings["image_processor"]["image_mean"] = [0.9, 0.1, 0.5]
    (other / "processor_config.json").write_text(json.dumps(settings))
    photo = pictures(1)[0]

    def seen_by(models: HeldModels, folder: Path, task: str) -> torch.Tensor:
        return models.load(EngineSettings(str(folder), "cpu", "fp32"), task).views.encode([photo]).states

    together, alone = HeldModels(), HeldModels()
    first = seen_by(together, one, registry.CAPTION)
    second = seen_by(together, other, registry.ANSWER)
    assert not torch.equal(first, second)
    assert torch.equal(second, seen_by(alone, other, registry.ANSWER))
