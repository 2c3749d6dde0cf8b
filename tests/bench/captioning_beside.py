"""A full-size model that loads and captions in the engine's process while something else is measured."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from typing import Any

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.jobs import CaptionOptions, EngineSettings, PixelImage
from blipdesk.engine import EngineClient
from blipdesk.services.bench_processes import TorchProcess


class CaptioningBeside:
    """BLIP-base with random weights, asked as the pipeline's runner asks: by a thread, batch after batch."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory()
        self._model = str(Path(self._place.name) / "model")
        with TorchProcess() as maker:
            maker.ask(op="make", model=self._model, size="blip-base")
        self._client, self._over = EngineClient(), threading.Event()
        self.loaded, self.captioned = threading.Event(), 0
        self._thread = threading.Thread(target=self._work, name="bench-captioning", daemon=True)

    def start(self) -> None:
        """Load the model, then caption until the end."""
        self._thread.start()

    def _work(self) -> None:
        info = self._client.load(EngineSettings(self._model, "cpu", "fp32"))
        self.loaded.set()
        size = info.image_size
        photos = [PixelImage(size, size, os.urandom(size * size * 3)) for _ in range(info.batch_size)]
        while not self._over.is_set():
            try:
                self.captioned += len(
                    self._client.caption(photos, CaptionOptions(max_new_tokens=20), self._over)
                )
            except Cancelled:
                return

    def __enter__(self) -> CaptioningBeside:
        return self

    def __exit__(self, *_: Any) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()
        self._client.close()
        self._place.cleanup()
