"""One photo captioned before anything is kept: how a person sees what a model makes of their photos.

No row, no settings and no file is touched.
"""

from __future__ import annotations

import contextlib
import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from blipdesk import engine
from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.domain.ports import CancelToken, Decoder, VisionEngine
from blipdesk.pipeline import DecoderProcess
from blipdesk.pipeline.pictures import read_photo
from blipdesk.pipeline.walk import Walk

_MOST, _LOOKED_AT, _SECONDS = 24, 2000, 1.5
"""So many photos are proposed, of so many that are met first within this time."""
_PREVIEW = 640
"""Longest edge of the photo as it is shown, pixels."""
_LEAST_BYTES = 20_000
"""Smaller files are icons and thumbnails more often than photos."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model said of a photo."""

    path: str
    caption: str
    seconds: float
    """From the decoded photo to the caption."""
    load_seconds: float
    """How long the model took to load; 0 where it was loaded."""
    device: str
    demo: bool


class TrialService:
    """Loads a model in a process of its own until :meth:`close`; any thread, one call after the other."""

    def __init__(self, models_dir: Path, decoder: Callable[[], Decoder] = DecoderProcess) -> None:
        self._models_dir, self._new_decoder = models_dir, decoder
        self._lock = threading.Lock()
        self._decoder: Decoder | None = None
        self._engine: VisionEngine | None = None
        self._model = ""

    def photos(self, folders: Sequence[str]) -> list[str]:
        """Some photos of folders, in no order: a look at the first ones would see one day's alone."""
        ends = time.monotonic() + _SECONDS
        found: list[str] = []
        for folder in folders:
            walk = Walk(folder, [folder], stop=lambda: time.monotonic() > ends)
            regular = (one for one in walk if one.special is None and one.stamp.size >= _LEAST_BYTES)
            found += [one.path for one in islice(regular, _LOOKED_AT)]
        return random.sample(found, min(len(found), _MOST))

    def caption(
        self,
        path: str,
        model: str,
        on_picture: Callable[[bytes], None],
        cancel: CancelToken,
    ) -> Trial:
        """Caption a photo with a model.

        Args:
            path: of the photo.
            model: its key.
            on_picture: gets the photo as a small JPEG, before the model is loaded.
            cancel: asked between the steps and while it looks.

        Raises:
            PhotoError: the photo cannot be read.
            ModelError: the model cannot run.
            Cancelled: the token was set, or the trial closed.
        """
        with self._lock:
            data, name = read_photo(path), os.path.basename(path)
            if self._decoder is None:
                self._decoder = self._new_decoder()
            on_picture(self._decoder.preview(data, name, _PREVIEW))
            _stop_if(cancel)
            began = time.monotonic()
            settings = EngineSettings(model=model)
            if self._engine is None or self._model != model:
                self._drop_engine()
                self._engine, self._model = engine.create_engine(settings, self._models_dir), model
            info = self._engine.load(settings)
            loaded = time.monotonic()
            _stop_if(cancel)
            decoded = self._decoder.decode(data, name, info.image_size)
            looked = time.monotonic()
            (result,) = self._engine.caption([decoded.model_input], CaptionOptions(), cancel)
            seconds = time.monotonic() - looked
        if result.problem is not None:
            raise ModelError(result.problem.message, result.problem.remedy)
        return Trial(path, result.text or result.raw_text, seconds, loaded - began, info.device, info.demo)

    def close(self) -> None:
        """End what was started, also in the middle of a call, and give its memory back."""
        found = self._engine  # without the lock: a call that holds it would go on for a minute
        if found is not None:
            found.close()
        with self._lock:
            self._drop_engine()
            if self._decoder is not None:
                self._decoder.close()
                self._decoder = None

    def _drop_engine(self) -> None:
        found, self._engine = self._engine, None
        if found is not None:
            with contextlib.suppress(ModelError):
                found.close()


def _stop_if(cancel: CancelToken) -> None:
    if cancel.is_set():
        raise Cancelled
