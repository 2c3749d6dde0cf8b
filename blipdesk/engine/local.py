"""The engine in this process: what the child runs, and the synchronous twin for tests."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    EngineInfo,
    EngineSettings,
    PixelImage,
)
from blipdesk.domain.ports import CancelToken
from blipdesk.engine import loading, registry
from blipdesk.engine.batching import BatchRunner, give_memory_back
from blipdesk.engine.checkpoints import find_checkpoint
from blipdesk.engine.loading import LoadedModel
from blipdesk.engine.text import encodable
from blipdesk.engine.vision_model import answerer, captioner

_log = logging.getLogger(__name__)


class LocalEngine:
    """Implements :class:`~blipdesk.domain.ports.VisionEngine` with torch in this process; one thread.

    Captioner and answerer are two checkpoints, loaded side by side, each when first asked for.
    """

    def __init__(self, models_dir: Path | None = None) -> None:
        self._models_dir = models_dir
        self._loaded: dict[str, tuple[EngineSettings, LoadedModel]] = {}
        self._runner: BatchRunner | None = None

    def load(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        loaded = self._load(settings, registry.CAPTION)
        if self._runner is None:  # else it knows the batch size that memory allows
            self._runner = BatchRunner(captioner(loaded.model), loaded.batch_size)
        return _info(loaded, registry.CAPTION)

    def answer_info(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        return _info(self._load(settings, registry.ANSWER), registry.ANSWER)

    def _load(self, settings: EngineSettings, task: str) -> LoadedModel:
        held = self._loaded.get(task)
        if held is not None and held[0] == settings:
            return held[1]
        loading.prepare_environment()
        checkpoint = find_checkpoint(settings.model, task, self._models_dir)
        self._loaded.pop(task, None)  # the old model's memory first
        if task == registry.CAPTION:
            self._runner = None
        del held
        give_memory_back()
        started = time.monotonic()
        loaded = loading.load_checkpoint(checkpoint, settings, task)
        _log.info(
            "%s loaded in %.1f s: %s, %s, batches of %d",
            checkpoint.model_key(task), time.monotonic() - started, loaded.device, loaded.precision,
            loaded.batch_size,
        )  # fmt: skip
        self._loaded[task] = (settings, loaded)
        return loaded

    def caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult]:
        """See the port."""
        held = self._loaded.get(registry.CAPTION)
        if self._runner is None or held is None:
            raise ModelError("No model is loaded.")
        held[1].use_threads()
        return self._runner.caption(images, options, cancel)

    def answer(
        self,
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> AnswerResult:
        """See the port."""
        held = self._loaded.get(registry.ANSWER)
        if held is None:
            raise ModelError("No answering model is loaded.")
        loaded = held[1]
        loaded.use_threads()
        started = time.monotonic()
        try:
            encoded = loaded.model.encode([image])
            said = answerer(loaded.model).answer(encoded, encodable(question), (), on_token, cancel)
        except ModelError:
            raise
        except Exception as error:
            _log.exception("answering failed")
            raise ModelError("The model failed on this question.", "Ask it in other words.") from error
        key = loaded.checkpoint.model_key(registry.ANSWER)
        return AnswerResult(said.text, key, time.monotonic() - started, said.stopped)

    def close(self) -> None:
        """Unload both models; torch itself stays imported."""
        self._loaded.clear()
        self._runner = None
        give_memory_back()


def _info(loaded: LoadedModel, task: str) -> EngineInfo:
    spec = loaded.checkpoint.spec
    return EngineInfo(
        model_key=loaded.checkpoint.model_key(task),
        title=loaded.checkpoint.title,
        device=loaded.device,
        precision=loaded.precision,
        image_size=loaded.model.image_size,
        batch_size=loaded.batch_size,
        demo=spec is not None and spec.embedded,
    )
