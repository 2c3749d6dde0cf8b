"""Does unloading give the memory back?  A full-size BLIP-base with random weights, in the engine's process.

``python tests/bench/unload.py [fp32|bf16|int8]``: resident memory of the window's side and of the engine's
process: before, loaded, the most while 32 photos are captioned, after a switch to the demo model, after the
engine was closed (as when it is idle).
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from blipdesk.domain.jobs import CaptionOptions, EngineSettings, PixelImage  # noqa: E402
from blipdesk.engine import EngineClient  # noqa: E402
from blipdesk.services.bench_processes import PeakMemory, TorchProcess, resident  # noqa: E402


def main(precision: str) -> None:
    """Measure and print."""
    client = EngineClient()

    def say(when: str, engine: int) -> None:
        own = resident(os.getpid()) / 2**20
        print(f"{when:32} engine {engine / 2**20:6,.0f} MiB, parent {own:4.0f} MiB")

    def engine_bytes() -> int:
        return resident(client.pid) if client.pid else 0

    with tempfile.TemporaryDirectory() as place:
        model = str(Path(place) / "model")
        with TorchProcess() as maker:
            maker.ask(op="make", model=model, size="blip-base")
        say("before", 0)
        info = client.load(EngineSettings(model, "cpu", precision))
        say(f"loaded ({info.precision})", engine_bytes())
        size = info.image_size
        photos = [PixelImage(size, size, os.urandom(size * size * 3)) for _ in range(info.batch_size)]
        with PeakMemory(lambda: [client.pid] if client.pid else []) as memory:
            for _ in range(max(1, 32 // len(photos))):
                client.caption(photos, CaptionOptions(max_new_tokens=20), threading.Event())
        say(f"captioning, {len(photos)} at once", memory.peak)
        client.load(EngineSettings("demo"))
        say("switched to the demo model", engine_bytes())
        client.close()
        say("closed", engine_bytes())


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "fp32")
