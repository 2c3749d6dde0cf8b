"""The torch part of ``blipdesk bench``, in a process of its own: a full-size model, the tutorial's loop,
stages.

The models are full-size ones with random weights (:mod:`~blipdesk.engine.bench_models`).  Requests and
replies are JSON lines, as in :mod:`~blipdesk.engine.child`.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from blipdesk.domain.children import stand_back
from blipdesk.domain.errors import KnownError
from blipdesk.domain.jobs import EngineSettings, PixelImage
from blipdesk.engine import bench_models, computing, loading, precision, registry
from blipdesk.engine.checkpoints import find_checkpoint
from blipdesk.engine.held import HeldModels
from blipdesk.engine.vision_model import Generation, captioner

NEW_TOKENS = 20

# --------------------------------------------------------------------------------------- the tutorial's loop


class TutorialLoop:
    """What every tutorial shows: fp32, one photo at a time, full decode, processor, ``generate``."""

    def __init__(self, folder: Path, device: str = "cpu") -> None:
        import torch

        self._device = device
        self._processor, kind = bench_models.load_processor(folder)
        whole = kind.from_pretrained(str(folder), dtype=torch.float32)
        self._model = whole.eval().to(device)
        self._vision_seconds = 0.0
        self._watch_vision()

    def _watch_vision(self) -> None:
        began = 0.0

        def before(*_: Any) -> None:
            nonlocal began
            began = time.perf_counter()

        def after(*_: Any) -> None:
            _finish(self._device)
            self._vision_seconds += time.perf_counter() - began

        self._model.vision_model.register_forward_pre_hook(before)
        self._model.vision_model.register_forward_hook(after)

    def run(self, paths: Sequence[str]) -> dict[str, Any]:
        """Caption photos; seconds in all, by stage, and the number of tokens of each caption."""
        import torch
        from PIL import Image

        stages = dict.fromkeys(("read", "decode", "preprocess", "vision", "text"), 0.0)
        tokens: list[int] = []
        start = 1 + int(getattr(self._processor, "num_query_tokens", 0))
        self._vision_seconds = 0.0
        started = time.perf_counter()
        for path in paths:
            lap = _Lap(stages)
            data = Path(path).read_bytes()
            lap.end("read")
            picture = Image.open(io.BytesIO(data)).convert("RGB")
            lap.end("decode")
            inputs = self._processor(images=picture, return_tensors="pt").to(self._device)
            lap.end("preprocess")
            with torch.no_grad():
                output = self._model.generate(**inputs, max_new_tokens=NEW_TOKENS)
            self._processor.decode(output[0], skip_special_tokens=True)
            lap.end("text")
            tokens.append(int(output.shape[1]) - start)
        seconds = time.perf_counter() - started
        stages["vision"] = self._vision_seconds
        stages["text"] -= self._vision_seconds
        return {"seconds": seconds, "stages": stages, "tokens": tokens}


def _finish(device: str) -> None:
    """Wait for what a graphics card was given to do."""
    if device == "cuda":
        import torch

        torch.cuda.synchronize()


class _Lap:
    """Adds what passed since the last end to a stage."""

    def __init__(self, stages: dict[str, float]) -> None:
        self._stages = stages
        self._last = time.perf_counter()

    def end(self, stage: str) -> None:
        now = time.perf_counter()
        self._stages[stage] += now - self._last
        self._last = now


# ------------------------------------------------------------------------------------------- our own stages


def measure_stages(settings: EngineSettings, rounds: int = 3) -> dict[str, Any]:
    """One batch through this engine's model, stage by stage, and the matrix-multiply peak beside it.

    Returns:
        Device, precision and batch size; seconds a photo for ``vision`` (pixels to tensor included) and
        ``text``; ``needed_flop`` a photo and ``peak`` in flop a second; medians of alternating rounds.
    """
    import torch

    checkpoint = find_checkpoint(settings.model, registry.CAPTION, None)
    loaded = loading.load_checkpoint(checkpoint, settings, registry.CAPTION)
    loaded.use_threads()
    model = captioner(loaded.model)
    size = model.image_size
    images = [PixelImage(size, size, os.urandom(size * size * 3)) for _ in range(loaded.batch_size)]
    generation = Generation(max_new_tokens=NEW_TOKENS)
    vision, text, peak = [], [], []
    never = threading.Event()
    config = json.loads((checkpoint.path / "config.json").read_text("utf-8"))
    for turn in range(rounds + 1):
        with torch.inference_mode():
            began = time.perf_counter()
            encoded = model.encode(images)
            _finish(loaded.device)
            between = time.perf_counter()
            model.caption(encoded, generation, never)
            ended = time.perf_counter()
        floor = precision.matmul_peak(loaded.device, loaded.precision)
        if turn:  # the first one makes buffers
            vision.append((between - began) / len(images))
            text.append((ended - between) / len(images))
            peak.append(floor)
    return {
        "device": loaded.device,
        "precision": loaded.precision,
        "batch_size": loaded.batch_size,
        "digest": checkpoint.digest,
        "weight_bytes": checkpoint.weight_bytes,
        "vision": statistics.median(vision),
        "text": statistics.median(text),
        "peak": statistics.median(peak),
        "needed_flop": bench_models.needed_flop(config, NEW_TOKENS),
    }


# ------------------------------------------------------------------------------------------------- questions


def measure_questions(settings: EngineSettings, models_dir: Path | None, photos: int) -> dict[str, Any]:
    """Ask each of many photos the same twice: the second time what the model saw in it is kept.

    Returns:
        Seconds of all first and of all second questions, and what is kept of a photo, bytes.
    """
    held = HeldModels(models_dir).load(settings, registry.ANSWER)
    info = held.info(registry.ANSWER)
    never = threading.Event()
    seconds = {"first": 0.0, "again": 0.0}
    size, kept = info.image_size, 0
    for number in range(photos + 1):
        photo = PixelImage(size, size, os.urandom(size * size * 3))
        for turn in seconds:
            began = time.perf_counter()
            encoded = held.views.encode([photo])
            held.answerer.answer(encoded, "what is in the middle?", (), lambda _: None, never)
            kept = encoded.nbytes
            if number:  # the first photo makes buffers
                seconds[turn] += time.perf_counter() - began
    return {"title": info.title, "device": info.device, "precision": info.precision, "kept": kept, **seconds}


# ------------------------------------------------------------------------------------------------ the process


@cache
def _loop(model: str, device: str) -> TutorialLoop:
    """The loop, loaded at the first request that names it."""
    return TutorialLoop(Path(model), computing.choose_device(device))


def _answer(request: dict[str, Any]) -> Any:
    match request["op"]:
        case "make":
            bench_models.make_checkpoint(Path(request["model"]), request["size"])
            return None
        case "loop":
            return _loop(request["model"], request["device"]).run(request["paths"])
        case "precisions":
            return precision.usable(computing.choose_device(request["device"]))
        case "questions":
            settings = EngineSettings(request["model"], request["device"], request["precision"])
            return measure_questions(settings, Path(request["models_dir"]), request["photos"])
        case "stages":
            settings = EngineSettings(request["model"], request["device"], request["precision"])
            return measure_stages(settings)
    raise KnownError(f"The bench does not know {request['op']}.")


def main() -> None:
    """Answer requests until stdin ends."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library's print() must not land between the replies
    sys.stdout = sys.stderr
    stand_back()  # as the engine's process
    computing.prepare_environment()
    for line in iter(sys.stdin.buffer.readline, b""):
        try:
            reply = {"ok": _answer(json.loads(line))}
        except KnownError as error:
            reply = {"error": error.message, "remedy": error.remedy}
        replies.write(json.dumps(reply).encode("ascii") + b"\n")
        replies.flush()


if __name__ == "__main__":
    main()
