"""A model is never lost to a place that does not suit it: no memory, or a precision that makes it babble."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from tiny_blip import NEVER, SIZE, pictures

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings, PixelImage
from blipdesk.engine import LocalEngine, blip, loading, placement, precision, speed
from blipdesk.engine.batching import DeviceLostError
from blipdesk.engine.checkpoints import find_checkpoint
from blipdesk.engine.registry import CAPTION
from blipdesk.engine.vision_model import GeneratedText, Generation

SENSE, NONSENSE = "a red house", "the the the the the the the the the"
NO_MEMORY = RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes.")


class Script:
    """Stands in for a family's ``load_model``: what happens at each precision.

    ``says`` are the texts; ``no_room`` fail at the load, ``no_room_for_photos`` at a photo.
    """

    def __init__(self, says: dict[str, str]) -> None:
        self.says = says
        self.no_room: set[str] = set()
        self.no_room_for_photos: set[str] = set()
        self.loads: list[str] = []
        self.canary_over = False

    def load_model(self, checkpoint: object, device: str, name: str) -> "Scripted":
        place = f"{name} on {device}"
        self.loads.append(place)
        if self.no_room & {name, place}:
            raise NO_MEMORY
        return Scripted(self, place if place in self.says else name)


class Scripted:
    tasks = (CAPTION,)
    image_size = SIZE
    activation_bytes = 1

    def __init__(self, script: Script, name: str) -> None:
        self._script, self._name = script, name

    def encode(self, images: Sequence[PixelImage]) -> Sequence[PixelImage]:
        if self._script.canary_over and self._name in self._script.no_room_for_photos:
            raise NO_MEMORY
        return images

    def caption(
        self, encoded: Sequence[PixelImage], generation: Generation, cancel: object
    ) -> list[list[GeneratedText]]:
        return [[GeneratedText(self._script.says[self._name])] for _ in encoded]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    script = Script({"fp32": SENSE, "bf16": SENSE, "int8": SENSE})
    monkeypatch.setattr(blip, "load_model", script.load_model)
    monkeypatch.setattr(precision, "usable", lambda device: ["fp32", "bf16"])
    monkeypatch.setattr(precision, "cpu_has_bf16", lambda: True)
    return script


def load(folder: Path, wanted: str, models_dir: Path | None = None) -> str:
    settings = EngineSettings(str(folder), "cpu", wanted)
    checkpoint = find_checkpoint(str(folder), CAPTION, None)
    return loading.load_checkpoint(checkpoint, settings, CAPTION, models_dir).precision


def test_nonsense_at_a_precision_means_fp32(script: Script, caption_folder: Path) -> None:
    script.says["bf16"] = NONSENSE
    assert load(caption_folder, "bf16") == "fp32"
    script.says["bf16"] = "..."
    assert load(caption_folder, "bf16") == "fp32"


def test_a_model_that_says_odd_things_in_fp32_too_keeps_its_precision(
    script: Script, caption_folder: Path
) -> None:
    script.says = {"fp32": NONSENSE, "bf16": NONSENSE}
    assert load(caption_folder, "bf16") == "bf16"
    assert load(caption_folder, "fp32") == "fp32"


def test_no_memory_at_the_load_means_a_smaller_precision(script: Script, caption_folder: Path) -> None:
    script.no_room = {"fp32"}
    assert load(caption_folder, "fp32") == "bf16"
    script.no_room = {"fp32", "bf16"}
    with pytest.raises(ModelError, match="does not fit into the memory") as caught:
        load(caption_folder, "fp32")
    assert caught.value.remedy


def test_nonsense_where_only_the_small_precision_has_room_is_an_error(
    script: Script, caption_folder: Path
) -> None:
    script.no_room, script.says["bf16"] = {"fp32"}, NONSENSE
    with pytest.raises(ModelError):
        load(caption_folder, "fp32")


def test_a_card_that_is_lost_at_the_load_is_not_tried_again(
    script: Script, caption_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor is the checkpoint blamed, although the library's error comes in words."""

    def load_model(checkpoint: object, device: str, name: str) -> Scripted:
        script.loads.append(name)
        lost = RuntimeError("CUDA error: unspecified launch failure")
        raise ModelError("The model cannot be loaded.", "Get it again.") from lost

    monkeypatch.setattr(blip, "load_model", load_model)
    with pytest.raises(DeviceLostError):
        load(caption_folder, "bf16")
    assert script.loads == ["bf16"]


def test_what_has_no_room_is_refused_before_it_is_read(
    script: Script, caption_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "free_memory", lambda device: 1000)
    with pytest.raises(ModelError, match=r"needs .* of memory .*; .* free"):
        load(caption_folder, "fp32")
    assert script.loads == []


def test_a_photo_without_memory_moves_the_model_and_costs_nothing(
    script: Script, caption_folder: Path
) -> None:
    """Batch halved to one, then smaller: every photo has its caption."""
    engine = LocalEngine()
    engine.load(EngineSettings(str(caption_folder), "cpu", "fp32", batch_size=4))
    script.canary_over, script.no_room_for_photos = True, {"fp32"}
    results = engine.caption(pictures(5), CaptionOptions(), NEVER)
    assert [result.text for result in results] == [SENSE] * 5
    assert script.loads == ["fp32 on cpu", "bf16 on cpu"]
    script.no_room_for_photos = {"fp32", "bf16"}
    results = engine.caption(pictures(2), CaptionOptions(), NEVER)
    assert all(result.problem for result in results), "nowhere to go: each photo says so"
    engine.close()


@pytest.mark.parametrize(
    ("wanted", "halves", "no_room", "babbles", "way"),
    [
        pytest.param(
            *("bf16", ["bf16"], {"bf16 on cuda", "fp32 on cuda"}, {"int8 on cuda"}),
            ["bf16 on cuda", "int8 on cuda", "fp32 on cuda", "bf16 on spread"],
            id="no room, then babble",
        ),
        pytest.param(
            *("bf16", ["bf16"], {"fp32 on cuda"}, {"bf16 on cuda", "int8 on cuda"}),
            ["bf16 on cuda", "fp32 on cuda", "int8 on cuda", "fp32 on cpu"],
            id="babble, then no room",
        ),
        pytest.param(
            *("int8", ["bf16"], {"fp32 on cuda", "bf16 on cuda"}, {"int8 on cuda"}),
            ["int8 on cuda", "fp32 on cuda", "bf16 on cuda", "bf16 on spread"],
            id="int8 babbles, then no room",
        ),
        pytest.param(
            *("fp16", ["fp16"], {"fp32 on cuda"}, {"fp16 on cuda", "int8 on cuda"}),
            ["fp16 on cuda", "fp32 on cuda", "int8 on cuda", "fp32 on cpu"],
            id="a card without bf16",
        ),
    ],
)
def test_babble_and_too_little_memory_together_still_find_a_place(
    script: Script,
    caption_folder: Path,
    card: dict[str, list[str]],
    wanted: str,
    halves: list[str],
    no_room: set[str],
    babbles: set[str],
    way: list[str],
) -> None:
    card["cuda"] = ["fp32", *halves, "int8"]
    script.no_room = no_room
    script.says |= dict.fromkeys(babbles, NONSENSE) | {"fp16": SENSE}
    load(caption_folder, wanted)
    assert script.loads == way


def test_babble_on_the_card_and_in_fp32_elsewhere_is_the_models_own_way(
    script: Script, caption_folder: Path, card: dict[str, list[str]]
) -> None:
    script.no_room = {"fp32 on cuda"}
    script.says = dict.fromkeys(("fp32", "bf16", "int8"), NONSENSE)
    assert load(caption_folder, "bf16") == "bf16"
    assert script.loads[-2:] == ["fp32 on cpu", "bf16 on cuda"]


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch, script: Script) -> dict[str, list[str]]:
    """An NVIDIA card with room in theory, and a family with a language model; the precisions by device."""
    have = {"cuda": ["fp32", "bf16", "int8"], "cpu": ["fp32"]}
    monkeypatch.setattr(precision, "usable", have.__getitem__)
    monkeypatch.setattr(precision, "has_bitsandbytes", lambda: True)
    monkeypatch.setattr(loading, "choose_device", lambda wanted: "cuda")
    monkeypatch.setattr(loading, "free_memory", lambda device: 64 << 30)
    monkeypatch.setattr(placement, "LANGUAGE_FAMILIES", {"blip"})
    monkeypatch.setattr(placement, "INT8_FAMILIES", {"cuda": {"blip"}})
    return have


@pytest.mark.usefixtures("card")
def test_a_card_that_is_too_small_leads_to_int8_then_sharing_then_the_processor(
    script: Script, caption_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it needs a card: where a model goes is decided by what is said to be free."""
    free = {"cuda": 4 << 30, "cpu": 64 << 30}
    monkeypatch.setattr(loading, "free_memory", free.__getitem__)
    monkeypatch.setattr(placement, "weight_count", lambda folder: 2_000_000_000)
    load(caption_folder, "bf16")
    free["cuda"] = 2 << 30
    load(caption_folder, "bf16")
    free["cpu"] = 1 << 30
    with pytest.raises(ModelError, match=r"needs 8\.0 GB of memory in fp32 on cpu; 1\.1 GB are free"):
        load(caption_folder, "bf16")
    assert script.loads == ["int8 on cuda", "bf16 on spread"]


@pytest.mark.parametrize(
    ("device", "free", "batch"),
    [("cpu", 1 << 40, 16), ("cuda", 1 << 40, 64), ("cpu", 32_000_000, 8), ("cpu", 5_000, 1), ("cpu", 0, 1)],
)
def test_a_batch_takes_a_quarter_of_the_free_memory_at_most(
    monkeypatch: pytest.MonkeyPatch, device: str, free: int, batch: int
) -> None:
    monkeypatch.setattr(loading, "free_memory", lambda _: free)
    model = Scripted(Script({}), "fp32")
    model.activation_bytes = 1_000_000
    assert loading.automatic_batch_size(model, device) == batch  # type: ignore[arg-type]  # encodes in a list


def test_int8_is_refused_where_a_captioner_s_family_does_not_run_in_it(
    caption_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "choose_device", lambda wanted: "cuda")
    with pytest.raises(ModelError, match="does not run in int8 on cuda"):
        load(caption_folder, "int8")


def test_beside_a_captioner_in_int8_the_others_take_what_their_family_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine = LocalEngine()
    retriever, answerer = (EngineSettings(f"demo-{kind}", "cpu", "int8") for kind in ("retriever", "blip2"))
    monkeypatch.setattr(placement, "INT8_FAMILIES", {"cpu": placement.LANGUAGE_FAMILIES})  # as a card has it
    assert engine.retrieval_info(retriever).precision == "fp32"
    assert engine.answer_info(answerer).precision == "int8"


class TestAuto:
    """``auto`` on a processor with bf16 units."""

    @pytest.fixture(autouse=True)
    def large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(precision, "_SMALL_WEIGHTS", 0)
        self.measured: list[str] = []
        self.taken = {"fp32": 9.0, "bf16": 3.0}

        def measure(device: str, names: list[str], *widths: int) -> dict[str, float]:
            self.measured.append(device)
            return self.taken

        monkeypatch.setattr(precision, "measure_layer", measure)

    def test_the_quickest_is_found_once_and_stays(
        self, script: Script, caption_folder: Path, tmp_path: Path
    ) -> None:
        assert load(caption_folder, "auto", tmp_path) == "bf16"
        assert script.loads == ["fp32 on cpu", "bf16 on cpu"], "each is read once"
        self.taken = {"fp32": 3.0, "bf16": 9.0}
        assert load(caption_folder, "auto", tmp_path) == "bf16", "a busy moment changes no words"
        assert self.measured == ["cpu"]
        (choice,) = speed.read(tmp_path).choices
        assert (choice.precision, choice.reason) == ("bf16", "3.0 times as quick as fp32")

    def test_another_torch_or_processor_is_measured_anew(
        self, script: Script, caption_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load(caption_folder, "auto", tmp_path)
        monkeypatch.setattr(precision, "machine", lambda device: "another")
        self.taken = {"fp32": 3.0, "bf16": 9.0}
        assert load(caption_folder, "auto", tmp_path) == "fp32"
        assert len(self.measured) == 2

    def test_other_words_than_those_of_fp32_are_not_worth_the_time(
        self, script: Script, caption_folder: Path, tmp_path: Path
    ) -> None:
        script.says["bf16"] = "a blue boat"
        assert load(caption_folder, "auto", tmp_path) == "fp32"
        (choice,) = speed.read(tmp_path).choices
        assert "says other things" in choice.reason

    def test_a_moment_without_memory_is_not_remembered(
        self, script: Script, caption_folder: Path, tmp_path: Path
    ) -> None:
        script.no_room = {"bf16"}
        assert load(caption_folder, "auto", tmp_path) == "fp32"
        assert speed.read(tmp_path).choices == ()
        script.no_room = set()
        assert load(caption_folder, "auto", tmp_path) == "bf16"

    def test_without_a_place_to_remember_nothing_is_measured(
        self, script: Script, caption_folder: Path
    ) -> None:
        assert load(caption_folder, "auto") == "fp32"
        assert self.measured == []
