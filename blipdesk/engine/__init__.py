"""Captions and answers: pixels and options in, texts out.

Layer: sibling of catalog, imaging and metadata; imports ``blipdesk.domain`` only.  torch and transformers
are imported inside functions of the family modules and of :mod:`~blipdesk.engine.loading`, so that importing
this package costs the window nothing.  Thread: an engine's calls come from one thread (the pipeline's
runner), :meth:`EngineClient.close` from any; the pure functions (text, keywords, registry) may be called from
anywhere.
"""

from pathlib import Path

from blipdesk.domain.jobs import EngineSettings
from blipdesk.domain.ports import VisionEngine
from blipdesk.engine.cgroups import usable_cores
from blipdesk.engine.client import EngineClient
from blipdesk.engine.download import download_model
from blipdesk.engine.fake import FakeEngine, is_fake
from blipdesk.engine.installed import check_model, import_model, list_models, remove_model
from blipdesk.engine.local import LocalEngine
from blipdesk.engine.sentence_process import SentenceProcess
from blipdesk.engine.sentences import Queries, SentenceEncoder, Sentences

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


def create_engine(settings: EngineSettings, models_dir: Path | None = None) -> VisionEngine:
    """The engine for these settings: the fake one for ``fake`` models, else a child process."""
    return FakeEngine(settings.model) if is_fake(settings.model) else EngineClient(models_dir)


def create_sentences(here: bool) -> Sentences:
    """What reads captions by meaning: on all cores in this process, or in one beside everything else.

    Raises:
        ModelError: the sentence model is not there, or damaged (``here`` alone; the process says so later).
    """
    if not here:
        return SentenceProcess()
    return SentenceEncoder(usable_cores())


def create_queries() -> Queries:
    """What reads queries by meaning, in this process.

    Raises:
        ModelError: the sentence model is not there, or damaged.
    """
    return SentenceEncoder()
