"""Checkpoints in 8 bits on a processor come from files of any type: what stays of them, and what it takes."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest
import torch
from conformance import load
from safetensors.torch import load_file, save_file
from tiny_blip import pictures
from tiny_models import KINDS

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import EngineSettings
from blipdesk.engine import loading, placement, quantized, registry, signs, stored
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.quantized import Int8Linear

pytestmark = pytest.mark.skipif(not quantized.is_supported(), reason="torch has no 8-bit products here")
HALF = {"F16": torch.float16, "BF16": torch.bfloat16}
TYPES = {"F32": torch.float32, **HALF}
SPEAKERS = ["blip2-opt", "blip2-t5", "instructblip-llama", "instructblip-t5"]
Copy = Callable[[Path], Path]
Tiny = Callable[[str], Path]


def module_of(model: object) -> Any:
    return cast("Any", model)._module


def rewritten(folder: Path, change: Callable[[str, torch.Tensor], torch.Tensor]) -> dict[str, torch.Tensor]:
    """The file's numbers, each changed; they are the file's now."""
    weights = load_file(folder / "model.safetensors")
    changed = {name: change(name, part) for name, part in weights.items()}
    save_file(changed, folder / "model.safetensors", metadata={"format": "pt"})
    return changed


def pickle_weights(folder: Path, weights: dict[str, torch.Tensor], *, old: bool) -> Path:
    """The folder's weights as ``.bin``, of the format before torch 1.6 or after."""
    torch.save(weights, folder / "pytorch_model.bin", _use_new_zipfile_serialization=not old)
    (folder / "model.safetensors").unlink(missing_ok=True)
    return folder / "pytorch_model.bin"


def in_type(kind: torch.dtype) -> Callable[[str, torch.Tensor], torch.Tensor]:
    return lambda _, part: part.to(kind) if part.is_floating_point() else part


@pytest.mark.parametrize("kind", ["blip-retrieval", *SPEAKERS, "blip2-retrieval"])
@pytest.mark.parametrize("store", TYPES)
def test_what_is_not_packed_has_the_file_s_own_numbers(
    tiny: Tiny, copy_of: Copy, kind: str, store: str
) -> None:
    folder = copy_of(tiny(kind))
    weights = rewritten(folder, in_type(TYPES[store]))
    kept = {
        name: part for name, part in module_of(load(folder, "int8")).named_parameters() if name in weights
    }
    assert len(kept) > 10
    for name, part in kept.items():
        assert part.dtype is torch.float32
        assert torch.equal(part, weights[name].float()), name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("store", TYPES)
def test_a_file_of_any_type_gives_what_its_numbers_give_and_is_let_go(
    tiny: Tiny, copy_of: Copy, kind: str, store: str
) -> None:
    folder = copy_of(tiny(kind))
    wide = Path(shutil.copytree(folder, folder.with_name("wide")))
    rewritten(folder, in_type(TYPES[store]))
    rewritten(wide, lambda _, part: part.to(TYPES[store]).float() if part.is_floating_point() else part)
    small, exact = load(folder, "int8"), load(wide, "int8")
    images = pictures(2, seed=3)
    assert torch.equal(small.encode(images).states, exact.encode(images).states)
    if sys.platform == "linux":
        assert str(folder) not in Path("/proc/self/maps").read_text("utf-8")


@pytest.mark.parametrize("store", HALF)
def test_of_a_mixed_file_each_part_stays_as_it_is_stored(tiny: Tiny, copy_of: Copy, store: str) -> None:
    """transformers itself saves fp16 so: the Q-Former stays in fp32.  And no half precision has 70,000."""
    folder = copy_of(tiny("blip2-opt"))
    whole = ("qformer", "language_projection", "embed_tokens", "lm_head")

    def mix(name: str, part: torch.Tensor) -> torch.Tensor:
        if name == "language_projection.bias":
            part[0] = 70_000.1
        return part if any(each in name for each in whole) else part.to(HALF[store])

    weights = rewritten(folder, mix)
    kept = dict(module_of(load(folder, "int8")).named_parameters())
    for name, part in weights.items():
        if name in kept:
            assert torch.equal(kept[name], part.float()), name


@pytest.mark.parametrize("kind", SPEAKERS)
def test_one_large_channel_costs_no_layer_of_a_language_model_the_others(tiny: Tiny, kind: str) -> None:
    """As LLM.int8, section 4.1, found their states: 8 bits for a row would leave nothing of the others."""
    weights = load_file(tiny(kind) / "model.safetensors")
    language = module_of(load(tiny(kind), "int8")).language_model
    packed = {name: part for name, part in language.named_modules() if isinstance(part, Int8Linear)}
    assert len(packed) > 8
    torch.manual_seed(1)
    for name, layer in packed.items():
        layer._gelu = False
        width = weights[f"language_model.{name}.weight"].shape[1]
        states, large = torch.randn(4, width), torch.zeros(1, width)
        states[:, 7] = 0.0
        nothing, others = layer(large), layer(states)
        large[0, 7], states[:, 7] = 300.0, 300.0
        apart, found = others - nothing, layer(states) - layer(large)
        assert float((found - apart).norm() / apart.norm()) < 0.05, name


@pytest.mark.parametrize("store", TYPES)
@pytest.mark.parametrize("kind", ["blip-caption", "blip2-opt"])
def test_a_pickled_file_gives_the_same_and_its_numbers_are_counted(
    tiny: Tiny, copy_of: Copy, kind: str, store: str
) -> None:
    folder = copy_of(tiny(kind))
    weights = rewritten(folder, in_type(TYPES[store]))
    images, count = pictures(2, seed=3), placement.weight_count([folder / "model.safetensors"])
    expected = load(folder, "int8").encode(images).states
    for old in (False, True):
        file = pickle_weights(folder, weights, old=old)
        assert stored.pickled_count([file]) == count
        assert stored.is_mapped(file) is not old
        assert torch.equal(load(folder, "int8").encode(images).states, expected)


def test_tied_words_of_a_pickled_file_count_once(tmp_path: Path) -> None:
    words = torch.zeros(400, 500)
    torch.save({"words": words, "head": words[:], "bias": torch.zeros(10)}, tmp_path / "1.bin")
    assert 200_010 <= stored.pickled_count([tmp_path / "1.bin"]) < 202_000


def test_what_a_file_that_is_read_whole_needs_is_known_before(
    tiny: Tiny, copy_of: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An old ``.bin`` cannot be mapped; a new one is, and needs no more than what stays."""
    folder = copy_of(tiny("blip2-opt"))
    settings = EngineSettings(str(folder), "cpu", "int8")
    weights = load_file(folder / "model.safetensors")
    size = pickle_weights(folder, weights, old=False).stat().st_size
    monkeypatch.setattr(loading, "free_memory", lambda device: size // 2)
    checkpoint = open_checkpoint(str(folder), None)
    assert loading.load_checkpoint(checkpoint, settings, registry.CAPTION).precision == "int8"
    pickle_weights(folder, weights, old=True)
    checkpoint = open_checkpoint(str(folder), None)
    with pytest.raises(ModelError, match=r"needs .* of memory in int8 on cpu"):
        loading.load_checkpoint(checkpoint, settings, registry.CAPTION)


@pytest.mark.parametrize("damage", ["type", "size", "place"])
def test_a_header_that_does_not_fit_its_file_is_a_damaged_model(
    tiny: Tiny, copy_of: Copy, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = copy_of(tiny("blip-caption"))
    checkpoint = open_checkpoint(str(folder), None)  # sound when it was looked through
    file = folder / "model.safetensors"
    content = file.read_bytes()
    length = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + length])
    entry = next(part for name, part in header.items() if name != "__metadata__")
    changes: dict[str, dict[str, Any]] = {
        "type": {"dtype": "F3"},
        "size": {"shape": [7]},
        "place": {"data_offsets": [place + (1 << 40) for place in entry["data_offsets"]]},
    }
    entry.update(changes[damage])
    text = json.dumps(header).encode()
    file.write_bytes(len(text).to_bytes(8, "little") + text + content[8 + length :])
    family: Any = __import__("blipdesk.engine.blip", fromlist=["load_model"])
    with pytest.raises(ModelError, match="cannot be loaded"):
        family.load_model(checkpoint, "cpu", "int8")


@pytest.mark.parametrize("kind", ["blip-caption", "blip-retrieval", "blip2-opt"])
def test_no_more_than_a_tensor_is_read_without_a_sign_of_life(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """On a slow disk the mapped file takes its time, once to be looked through and once to be packed."""
    since: list[str] = []
    at_once: list[int] = []
    looked, levels = torch.isfinite, quantized._weight_levels

    def look(part: torch.Tensor) -> torch.Tensor:
        since.append("looked at")
        return looked(part)

    def pack(weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        since.append("packed")
        return levels(weight)

    def hear(_: int) -> None:
        at_once.append(len(since))
        since.clear()

    monkeypatch.setattr(torch, "isfinite", look)
    monkeypatch.setattr(quantized, "_weight_levels", pack)
    with signs.heard_by(hear):
        load(tiny(kind), "int8")
    assert sum(at_once) > 40 and max(at_once) == 1 and not since


CHILD = Path(__file__).with_name("load_peaks.py")


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the memory of its own")
def test_a_load_takes_the_memory_that_it_is_said_to_need(tmp_path: Path) -> None:
    """In a process of its own, of some ten million random weights."""
    found = subprocess.run(
        [sys.executable, str(CHILD), str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    ).stdout
    ratios = json.loads(found.splitlines()[-1])
    assert set(ratios) == {"fp32", "fp16", "bin", "whole"}
    for store, ratio in ratios.items():
        assert 0.6 < ratio < (1.45 if store == "whole" else 1.2), (store, ratios)


class Program:
    """Would leave a mark where a pickle runs it."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Any, tuple[Any]]:
        return Path.touch, (self._mark,)


@pytest.mark.parametrize("old", [False, True])
def test_a_pickle_that_holds_a_program_is_not_run(
    tiny: Tiny, copy_of: Copy, tmp_path: Path, old: bool
) -> None:
    folder, mark = copy_of(tiny("blip-caption")), tmp_path / "ran"
    weights: dict[str, Any] = {**load_file(folder / "model.safetensors"), "more": Program(mark)}
    file = pickle_weights(folder, weights, old=old)
    assert stored.pickled_count([file]) > 0
    with pytest.raises(ModelError, match="holds more than"):
        load(folder, "int8")
    assert not mark.exists()
    torch.load(file, weights_only=False)
    assert mark.exists(), "the case is none"
