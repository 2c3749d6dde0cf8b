"""Which checkpoints are in memory: one for each task, each loaded when first asked for."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import EngineInfo, EngineSettings
from blipdesk.engine import computing, loading, protocol, registry
from blipdesk.engine.batching import BatchRunner, give_memory_back
from blipdesk.engine.capfilt import Scorer
from blipdesk.engine.checkpoints import Checkpoint, find_checkpoint
from blipdesk.engine.digests import identity
from blipdesk.engine.encodings import EncodingCache
from blipdesk.engine.loading import LoadedModel
from blipdesk.engine.sureness import load_bands
from blipdesk.engine.views import RememberingCaptioner, Views
from blipdesk.engine.vision_model import AnswerModel, RetrievalModel, answerer, captioner, retriever

_log = logging.getLogger(__name__)

_CACHE_BYTES = 128 * registry.MIB
"""For what models saw lately: of 70 photos with BLIP base, of 1300 with BLIP-2."""


class HeldModel:
    """A checkpoint in memory, and what works with it; whoever keeps a part of it keeps its memory."""

    def __init__(self, loaded: LoadedModel, cache: EncodingCache) -> None:
        self.loaded = loaded
        self._files = _identities(loaded.checkpoint)
        # The folder too: the same weights with other settings see otherwise.
        key = f"{loaded.checkpoint.path} {loaded.checkpoint.digest} {loaded.device} {loaded.precision}"
        self.views = Views(loaded.model, cache, key)

    @cached_property
    def runner(self) -> BatchRunner:
        """Captions with it."""
        model = captioner(self.loaded.model)
        if registry.ANSWER in model.tasks:
            model = RememberingCaptioner(model, self.views)
        return BatchRunner(model, self.loaded.batch_size, can_move=self.can_move)

    @cached_property
    def scorer(self) -> Scorer:
        """Scores with it."""
        bands, loaded = load_bands(), self.loaded
        return Scorer(self.retriever, self.views, bands, loaded.batch_size, can_move=self.can_move)

    @property
    def can_move(self) -> bool:
        """Whether there is a smaller place for it (:meth:`HeldModels.step_down`)."""
        return self.loaded.smaller is not None

    @property
    def is_stale(self) -> bool:
        """Whether its weight files were written anew since: what is mapped of them is no longer what was
        loaded, and the key no longer theirs.
        """
        return _identities(self.loaded.checkpoint) not in ({}, self._files)

    @property
    def answerer(self) -> AnswerModel:
        """It as one that answers."""
        return answerer(self.loaded.model)

    @property
    def retriever(self) -> RetrievalModel:
        """It as one that matches."""
        return retriever(self.loaded.model)

    def info(self, task: str) -> EngineInfo:
        """What it is."""
        spec = self.loaded.checkpoint.spec
        return EngineInfo(
            model_key=self.key(task),
            title=self.loaded.checkpoint.title,
            device=self.loaded.device,
            precision=self.loaded.precision,
            image_size=self.loaded.model.image_size,
            batch_size=self.loaded.batch_size,
            demo=spec is not None and spec.embedded,
        )

    def key(self, task: str) -> str:
        """The model key of a task."""
        return self.loaded.checkpoint.model_key(task)


class HeldModels:
    """Captioner, answerer and retriever, side by side; one thread.

    A checkpoint that does several tasks with equal settings is held once for all of them.
    """

    def __init__(self, models_dir: Path | None = None) -> None:
        self._models_dir = models_dir
        self._held: dict[str, tuple[EngineSettings, HeldModel]] = {}
        self._cache = EncodingCache(_CACHE_BYTES)

    def load(self, settings: EngineSettings, task: str) -> HeldModel:
        """The checkpoint of ``settings`` for a task; what did the task before is unloaded first.

        Raises:
            ModelError: there is none, or it cannot be loaded.
        """
        before = self._held.get(task)
        if before is not None and before[0] == settings and not before[1].is_stale:
            return before[1]
        del before
        computing.prepare_environment()
        found = self._same(settings, task)
        if found is None:
            checkpoint = find_checkpoint(settings.model, task, self._models_dir, settings.allow_code)
            found = self._equal(checkpoint, settings)
        self.drop(task)  # the old model's memory first
        if found is None:
            loaded = loading.load_checkpoint(checkpoint, settings, task, self._models_dir)
            found = HeldModel(_logged(loaded), self._cache)
        self._held[task] = (settings, found)
        return found

    def _same(self, settings: EngineSettings, task: str) -> HeldModel | None:
        """What another task holds by the same name; ``demo`` means another checkpoint for each task."""
        if settings.model == registry.DEMO:
            return None
        named = (held for known, held in self._held.values() if known == settings and not held.is_stale)
        return next((held for held in named if task in held.loaded.checkpoint.tasks), None)

    def _equal(self, checkpoint: Checkpoint, settings: EngineSettings) -> HeldModel | None:
        """What another task holds of the same files, named otherwise."""
        files = (checkpoint.path, checkpoint.digest)
        for known, held in self._held.values():
            other = held.loaded.checkpoint
            if (other.path, other.digest) == files and replace(known, model=settings.model) == settings:
                return held
        return None

    def get(self, task: str) -> HeldModel:
        """What is loaded for a task, torch set to its threads.

        Raises:
            ModelError: nothing is, or its files were changed.
        """
        held = self.find(task)
        if held is None:
            raise ModelError(registry.NOTHING_LOADED[task])
        return held

    def find(self, task: str) -> HeldModel | None:
        """What is loaded for a task, torch set to its threads; None where nothing is.

        Raises:
            ModelError: its files were changed; it is let go of.
        """
        held = self._held.get(task)
        if held is None:
            return None
        if held[1].is_stale:
            self.drop(task)
            raise ModelError(*protocol.changed_in_use(held[1].loaded.checkpoint.title))
        held[1].loaded.use_threads()
        return held[1]

    def step_down(self, task: str) -> None:
        """Load what does a task at its next smaller place: where it is, one photo is too much memory.

        Raises:
            ModelError: it does not run there; nothing does the task then.
        """
        held = self._held[task][1]
        checkpoint, place = held.loaded.checkpoint, held.loaded.smaller
        assert place is not None
        wanted = {name: settings for name, (settings, other) in self._held.items() if other is held}
        del held
        for name in wanted:
            self.drop(name)
        loaded = loading.load_at(checkpoint, wanted[task], task, place)
        found = HeldModel(_logged(loaded), self._cache)
        for name, settings in wanted.items():
            self._held[name] = (settings, found)

    def drop(self, task: str) -> None:
        """Unload what does a task, unless another task has it too."""
        held = self._held.pop(task, None)
        if held is not None and not any(other is held[1] for _, other in self._held.values()):
            held[1].views.forget()
        del held
        give_memory_back()

    def clear(self) -> None:
        """Unload all; torch itself stays imported."""
        for task in list(self._held):
            self.drop(task)


def _identities(checkpoint: Checkpoint) -> dict[str, tuple[int, ...]]:
    """Which weight files there are; empty where they cannot be looked at now (a stick that was pulled)."""
    try:
        return {name: identity((checkpoint.path / name).stat()) for name in checkpoint.weights}
    except OSError:
        return {}


def _logged(loaded: LoadedModel) -> LoadedModel:
    key = loaded.checkpoint.key
    _log.info("%s loaded: %s, batches of %d", key, loaded.place, loaded.batch_size)
    return loaded
