"""Captions and answers: pixels and options in, texts out.

Layer: sibling of catalog, imaging and metadata; imports ``blipdesk.domain`` only.  torch and transformers
are imported inside functions of the family modules and of :mod:`~blipdesk.engine.loading`, so that importing
this package costs the window nothing.  Thread: an engine's calls come from one thread (the pipeline's
runner), :meth:`EngineClient.close` from any; the pure functions (text, keywords, registry) may be called from
anywhere.

The names are loaded on first use: the engine's and the captions' child processes start from this package and
need few of them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blipdesk.domain.jobs import EngineSettings
from blipdesk.domain.ports import VisionEngine

if TYPE_CHECKING:
    from blipdesk.engine.client import EngineClient
    from blipdesk.engine.download import download_model
    from blipdesk.engine.fake import FakeEngine, is_fake
    from blipdesk.engine.installed import check_model, import_model, list_models, remove_model
    from blipdesk.engine.local import LocalEngine
    from blipdesk.engine.sentences import Queries, Sentences

_HOMES = {
    "EngineClient": "client",
    "FakeEngine": "fake",
    "LocalEngine": "local",
    "check_model": "installed",
    "download_model": "download",
    "import_model": "installed",
    "is_fake": "fake",
    "list_models": "installed",
    "remove_model": "installed",
}

__all__ = [
    "EngineClient",
    "FakeEngine",
    "LocalEngine",
    "check_model",
    "create_engine",
    "create_queries",
    "create_sentences",
    "download_model",
    "import_model",
    "is_fake",
    "list_models",
    "remove_model",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def create_engine(settings: EngineSettings, models_dir: Path | None = None) -> VisionEngine:
    """The engine for these settings: the fake one for ``fake`` models, else a child process."""
    from blipdesk.engine.client import EngineClient
    from blipdesk.engine.fake import FakeEngine, is_fake

    return FakeEngine(settings.model) if is_fake(settings.model) else EngineClient(models_dir)


def create_sentences(here: bool) -> Sentences:
    """What reads captions by meaning: on all cores in this process, or in one beside everything else.

    Raises:
        ModelError: the sentence model is not there, or damaged (``here`` alone; the process says so later).
    """
    if not here:
        from blipdesk.engine.sentence_process import SentenceProcess

        return SentenceProcess()
    from blipdesk.engine.cgroups import usable_cores
    from blipdesk.engine.sentences import SentenceEncoder

    return SentenceEncoder(usable_cores())


def create_queries() -> Queries:
    """What reads queries by meaning, in this process.

    Raises:
        ModelError: the sentence model is not there, or damaged.
    """
    from blipdesk.engine.sentences import SentenceEncoder

    return SentenceEncoder()
