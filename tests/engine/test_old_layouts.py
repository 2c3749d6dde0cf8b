"""Checkpoints as they were published years ago: read rightly, or refused with the reason, never run."""

import io
import json
import os
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from tiny_blip import NEVER, pictures

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings, Turn
from blipdesk.engine import LocalEngine, import_model
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.manifest import wanted_files

Copy = Callable[[Path], Path]


def captions(folder: Path) -> list[str]:
    engine = LocalEngine()
    engine.load(EngineSettings(model=str(folder)))
    return [result.raw_text for result in engine.caption(pictures(3), CaptionOptions(), NEVER)]


def as_bin(folder: Path, parts: int = 1, legacy: bool = False) -> None:
    """Save a folder's weights in PyTorch's own format instead of safetensors."""
    weights = load_file(folder / "model.safetensors")
    (folder / "model.safetensors").unlink()
    if parts == 1:
        file = folder / "pytorch_model.bin"
        torch.save(weights, file, _use_new_zipfile_serialization=not legacy)
        return
    places = {}
    for part in range(parts):
        name = f"pytorch_model-{part + 1:05}-of-{parts:05}.bin"
        held = {key: weights[key] for key in sorted(weights)[part::parts]}
        torch.save(held, folder / name)
        places.update(dict.fromkeys(held, name))
    index = {"metadata": {"total_size": 1}, "weight_map": places}
    (folder / "pytorch_model.bin.index.json").write_text(json.dumps(index))


@pytest.mark.parametrize(("parts", "legacy"), [(1, False), (1, True), (3, False)])
def test_pytorchs_own_format_is_read_as_safetensors_is(
    caption_folder: Path, copy_of: Copy, parts: int, legacy: bool
) -> None:
    folder = copy_of(caption_folder)
    as_bin(folder, parts, legacy)
    checkpoint = open_checkpoint(str(folder), None)
    assert checkpoint.pickled and len(checkpoint.weights) == parts
    assert checkpoint.weight_bytes > 10_000
    assert captions(folder) == captions(caption_folder)


def test_changed_bin_weights_are_another_model(caption_folder: Path, copy_of: Copy) -> None:
    folder = copy_of(caption_folder)
    as_bin(folder)
    before = open_checkpoint(str(folder), None).digest
    weights = torch.load(folder / "pytorch_model.bin", weights_only=True)
    weights["vision_model.post_layernorm.weight"] += 1
    torch.save(weights, folder / "pytorch_model.bin")
    assert open_checkpoint(str(folder), None).digest != before


def test_safetensors_are_taken_where_both_are_there(caption_folder: Path, copy_of: Copy) -> None:
    folder = copy_of(caption_folder)
    (folder / "pytorch_model.bin").write_bytes(b"anything")
    assert not open_checkpoint(str(folder), None).pickled
    assert "pytorch_model.bin" not in {file.name for file in wanted_files(folder)}
    assert captions(folder) == captions(caption_folder)


class Evil:
    """Makes a file when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self._mark),)


@pytest.mark.parametrize("legacy", [False, True])
def test_a_pickle_that_runs_code_never_does(
    caption_folder: Path, copy_of: Copy, tmp_path: Path, legacy: bool
) -> None:
    folder, mark = copy_of(caption_folder), tmp_path / "PWNED"
    as_bin(folder)
    weights = torch.load(folder / "pytorch_model.bin", weights_only=True)
    weights["extra"] = Evil(mark)
    file = folder / "pytorch_model.bin"
    torch.save(weights, file, _use_new_zipfile_serialization=not legacy)
    with pytest.raises(ModelError, match="more than numbers"):
        LocalEngine().load(EngineSettings(model=str(folder)))
    assert not mark.exists()
    torch.load(file, weights_only=False)
    assert mark.exists(), "it would have run"


def test_the_first_layout_of_all_is_refused(caption_folder: Path, copy_of: Copy) -> None:
    folder = copy_of(caption_folder)
    (folder / "model.safetensors").unlink()
    with tarfile.open(folder / "pytorch_model.bin", "w") as archive:
        archive.addfile(tarfile.TarInfo("pickle"), io.BytesIO())
    with pytest.raises(ModelError, match="tar archive"):
        open_checkpoint(str(folder), None)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"<html>404</html>" * 50])
def test_damaged_bin_weights_are_refused(caption_folder: Path, copy_of: Copy, damage: bytes) -> None:
    folder = copy_of(caption_folder)
    as_bin(folder)
    (folder / "pytorch_model.bin").write_bytes(damage)
    with pytest.raises(ModelError, match="damaged"):
        open_checkpoint(str(folder), None)


@pytest.mark.parametrize("name", ["../elsewhere.bin", "/etc/passwd", "config.json", "sub/part.bin"])
def test_an_index_cannot_lead_elsewhere(caption_folder: Path, copy_of: Copy, name: str) -> None:
    folder = copy_of(caption_folder)
    as_bin(folder, parts=2)
    index = folder / "pytorch_model.bin.index.json"
    places = json.loads(index.read_text())
    places["weight_map"][next(iter(places["weight_map"]))] = name
    index.write_text(json.dumps(places))
    with pytest.raises(ModelError, match="no index"):
        open_checkpoint(str(folder), None)


@pytest.mark.parametrize("kind", ["blip2-opt", "blip2-t5"])
def test_blip2_without_image_tokens_answers_as_the_new_layout_does(
    tiny: Callable[[str], Path], copy_of: Copy, kind: str
) -> None:
    """Before transformers 4.46 neither config, processor nor tokenizer knew of an image token."""
    new = tiny(kind)
    old = copy_of(new)
    config = json.loads((old / "config.json").read_text())
    config.pop("image_token_index")
    (old / "config.json").write_text(json.dumps(config))
    images = json.loads((old / "processor_config.json").read_text())["image_processor"]
    (old / "preprocessor_config.json").write_text(json.dumps(images))
    (old / "processor_config.json").unlink()
    (old / "generation_config.json").unlink()
    tokenizer = json.loads((old / "tokenizer.json").read_text())
    tokenizer["added_tokens"] = [
        token for token in tokenizer["added_tokens"] if token["content"] != "<image>"
    ]
    (old / "tokenizer.json").write_text(json.dumps(tokenizer))
    settings = json.loads((old / "tokenizer_config.json").read_text())
    for name in ("added_tokens_decoder", "extra_special_tokens", "image_token", "processor_class"):
        settings.pop(name, None)
    (old / "tokenizer_config.json").write_text(json.dumps(settings))
    as_bin(old, parts=2)
    texts = []
    for folder in (new, old):
        engine = LocalEngine()
        engine.answer_info(EngineSettings(model=str(folder)))
        engine.load(EngineSettings(model=str(folder)))
        (photo,) = pictures(1)
        options = CaptionOptions(prompt="a red", max_new_tokens=8)
        written = engine.caption([photo], options, NEVER)[0].raw_text
        history = [Turn("is this a dog", "yes")]
        said = engine.answer(photo, "what is this", lambda _: None, NEVER, history)
        texts.append((written, said.text))
    assert texts[0] == texts[1] and all(texts[0])


def test_vicunas_wrong_marks_are_put_right(tiny: Callable[[str], Path], copy_of: Copy) -> None:
    """instructblip-vicuna-7b was published with LLaMA's first config: 0, 1 and -1 for its 1, 2 and 32000."""
    new = tiny("instructblip-llama")
    old = copy_of(new)
    config = json.loads((old / "config.json").read_text())
    config["text_config"] |= {"bos_token_id": 0, "eos_token_id": 1, "pad_token_id": -1}
    (old / "config.json").write_text(json.dumps(config))
    (old / "generation_config.json").unlink()
    texts = []
    for folder in (new, old):
        engine = LocalEngine()
        engine.answer_info(EngineSettings(model=str(folder)))
        questions = ["what is this", "is this a dog", "red"]
        answers = [engine.answer(*pictures(1), question, lambda _: None, NEVER) for question in questions]
        chosen = engine.choose(*pictures(1), "red", ["yes", "no", "a dog"], NEVER)
        texts.append(([answer.text for answer in answers], [choice.text for choice in chosen.choices]))
    assert texts[0] == texts[1]


def test_an_import_takes_the_second_tokenizer_along(
    tiny: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blipdesk.engine.installed.try_checkpoint", lambda *_, **__: None)
    models = tmp_path / "models"
    key = import_model(tiny("instructblip-t5"), models).key
    assert (models / key / "qformer_tokenizer" / "tokenizer.json").is_file()
    engine = LocalEngine(models)
    engine.answer_info(EngineSettings(model=key))
    (photo,) = pictures(1)
    assert engine.answer(photo, "what is this", lambda _: None, NEVER).text
    words = models / key / "qformer_tokenizer" / "tokenizer.json"
    words.write_text(words.read_text().replace("house", "mouse"))
    with pytest.raises(ModelError, match="was changed or lost"):
        open_checkpoint(key, models)
