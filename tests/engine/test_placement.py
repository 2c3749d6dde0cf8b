"""Where a model goes that is larger than the card, or than the memory."""

from collections.abc import Callable
from pathlib import Path

import pytest

from blipdesk.domain.jobs import EngineSettings
from blipdesk.engine import loading
from blipdesk.engine.checkpoints import find_checkpoint
from blipdesk.engine.placement import Place, fits, needed_bytes, shares, smaller, weight_count
from blipdesk.engine.registry import CAPTION
from blipdesk.engine.tensors import SPREAD, _placed

GB = 10**9
HAVE = {"cuda": ["fp32", "bf16", "fp16"], "cpu": ["fp32", "bf16"], "mps": ["fp32", "fp16"]}
WITH_INT8 = {**HAVE, "cuda": [*HAVE["cuda"], "int8"]}


def way(start: Place, usable: dict[str, list[str]], *, language: bool) -> list[str]:
    found = []
    place = smaller(start, usable, language=language)
    while place is not None:
        found.append(str(place))
        place = smaller(place, usable, language=language)
    return found


def test_a_language_model_goes_to_int8_then_is_shared_then_to_the_processor() -> None:
    assert way(Place("cuda", "fp32"), WITH_INT8, language=True) == [
        *("bf16 on cuda", "int8 on cuda", "bf16 on cuda and the main memory"),
        *("fp32 on cpu", "bf16 on cpu"),
    ]
    assert way(Place("cuda", "fp16"), HAVE, language=True)[0] == "bf16 on cuda and the main memory"


def test_a_small_model_goes_straight_to_the_processor() -> None:
    assert way(Place("cuda", "bf16"), HAVE, language=False) == ["fp32 on cpu", "bf16 on cpu"]
    assert way(Place("mps", "fp16"), HAVE, language=False) == ["fp32 on cpu", "bf16 on cpu"]
    assert way(Place("cpu", "fp32"), {"cpu": ["fp32"]}, language=True) == []


def test_a_card_keeps_room_for_the_photos() -> None:
    weights = 3_700_000_000  # BLIP-2 OPT 2.7b
    free = {"cuda": 8 * GB, "cpu": 12 * GB}
    assert not fits(Place("cuda", "bf16"), weights, "blip2", free), "7.4 GB of 8: no room to work in"
    assert fits(Place("cuda", "int8"), weights, "blip2", free)
    assert fits(Place("cuda", "bf16", spread=True), weights, "blip2", free)
    assert not fits(Place("cpu", "fp32"), weights, "blip2", free)
    assert fits(Place("cpu", "bf16"), weights, "blip2", free)


def test_8_bits_on_a_processor_need_what_stays_of_mapped_files_and_all_of_those_that_are_read() -> None:
    place, weights = Place("cpu", "int8"), 3_700_000_000
    assert needed_bytes(place, weights, "blip2") == pytest.approx(4.3 * GB, rel=0.02)
    assert needed_bytes(place, weights, "blip2", read=15 * GB) == 15 * GB
    assert not fits(place, weights, "blip2", {"cpu": 12 * GB}, read=15 * GB)
    assert needed_bytes(Place("cpu", "fp32"), weights, "blip2", read=8 * GB) == 4 * weights


def test_what_fits_nowhere_is_known_before_it_is_loaded() -> None:
    weights = 13_000_000_000  # InstructBLIP Vicuna 13b
    free = {"cuda": 8 * GB, "cpu": 10 * GB}
    assert not any(
        fits(place, weights, "blip2", free)
        for place in (Place("cuda", "int8"), Place("cuda", "bf16", spread=True), Place("cpu", "bf16"))
    )


def test_a_shared_model_leaves_both_memories_some_room() -> None:
    parts = shares({"cuda": 8 * GB, "cpu": 10 * GB})
    assert parts[0] < 8 * GB and parts["cpu"] < 10 * GB
    assert shares({"cuda": GB // 10, "cpu": GB})[0] == 0


def test_weights_are_counted_without_reading_them(caption_folder: Path) -> None:
    from transformers import BlipForConditionalGeneration

    model = BlipForConditionalGeneration.from_pretrained(caption_folder)
    numbers = sum(weight.numel() for weight in model.parameters())
    assert weight_count([caption_folder / "model.safetensors"]) == numbers


def test_files_beside_the_weights_are_not_counted(
    caption_folder: Path, copy_of: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second form of the weights, or a download broken off: neither is loaded."""
    folder = copy_of(caption_folder)
    (folder / "model-00001-of-00002.safetensors").write_bytes((folder / "model.safetensors").read_bytes())
    (folder / "adapter.safetensors").write_bytes(b"\x05\0\0\0\0\0\0\0{brok")
    needed = 4 * weight_count([folder / "model.safetensors"])
    monkeypatch.setattr(loading, "free_memory", lambda device: needed)
    checkpoint = find_checkpoint(str(folder), CAPTION, None)
    settings = EngineSettings(str(folder), "cpu", "fp32")
    assert loading.load_checkpoint(checkpoint, settings, CAPTION).precision == "fp32"


def test_int8_on_a_card_is_for_the_language_model_alone() -> None:
    options = _placed("cuda", "int8")
    config = options["quantization_config"]
    assert config.load_in_8bit and options["device_map"] == {"": 0}
    assert {"vision_model", "qformer", "language_projection"} <= set(config.llm_int8_skip_modules)
    assert _placed("cuda", "bf16") == {} == _placed("cpu", "fp32")


def test_a_spread_model_is_given_what_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blipdesk.engine.tensors.free_memory", lambda device: 8 * GB)
    options = _placed(SPREAD, "bf16")
    assert options["device_map"] == "auto"
    assert 0 < options["max_memory"][0] < 8 * GB and 0 < options["max_memory"]["cpu"] < 8 * GB
