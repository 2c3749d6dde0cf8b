"""Embeddings of queries for a process that captions nothing itself."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from blipdesk.domain.errors import Cancelled, KnownError
from blipdesk.domain.jobs import EngineSettings, TextEmbedding
from blipdesk.domain.ports import VisionEngine
from blipdesk.engine import create_engine
from blipdesk.services.control import NotRunningError, request

_PATIENCE = 5.0


def _in_thread(work: Callable[[], TextEmbedding]) -> Future[TextEmbedding]:
    """Run it on a thread that nobody has to wait for."""
    future: Future[TextEmbedding] = Future()

    def run() -> None:
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(work())
        except (KnownError, NotRunningError, Cancelled) as error:
            future.set_exception(error)

    threading.Thread(target=run, name="text-embedding", daemon=True).start()
    return future


def embedded_elsewhere(data_dir: Path, text: str) -> Future[TextEmbedding]:
    """A text's embedding by the BlipDesk that holds the catalog; fails at once where none does."""

    def ask() -> TextEmbedding:
        found = request(data_dir, "embed", patience=_PATIENCE, text=text)
        return TextEmbedding(str(found["model_key"]), tuple(map(float, found["values"])))

    return _in_thread(ask)


class TextEngine:
    """A retrieval model of this process's own, in a child process as ever.

    Args:
        settings: which.
        models_dir: where imported checkpoints lie.
    """

    def __init__(self, settings: EngineSettings, models_dir: Path) -> None:
        self._settings = settings
        self._engine: VisionEngine = create_engine(settings, models_dir)
        self._one_at_a_time = threading.Lock()

    def embed(self, text: str) -> Future[TextEmbedding]:
        """A text's embedding; the first one takes as long as the model takes to load."""

        def run() -> TextEmbedding:
            with self._one_at_a_time:
                info = self._engine.retrieval_info(self._settings)
                (values,) = self._engine.embed_texts([text])
                return TextEmbedding(info.model_key, values)

        return _in_thread(run)

    def close(self) -> None:
        """End the process."""
        self._engine.close()
