"""From a file on disk to its caption in the catalog and in the file: every long-lived worker thread.

Layer: above catalog, engine, imaging and metadata (all of which it may import, with domain); below
services.  It takes the engine, the decoder and the metadata writer as ports, so that processes and their
in-process twins are the same to it.

Threads, each owned by one class: ``blipdesk-watchdog`` (:class:`~blipdesk.pipeline.watch.Watcher`; only
enqueues), ``blipdesk-intake`` (:class:`~blipdesk.pipeline.intake.Intake`: settles and scans),
``blipdesk-decode`` (:class:`~blipdesk.pipeline.lookahead.LookAhead`: reads files and drives the decoder
ahead of the engine), ``blipdesk-runner`` (:class:`~blipdesk.pipeline.runner.Runner`: drives the engine,
commits; between batches it reads what other programs wrote beside photos, and in its idle moments it compares
touched files by their pixels and reads what an earlier version did not read), ``blipdesk-metadata``
(:class:`~blipdesk.pipeline.writeback.WriteBack`); and two that only wait: ``blipdesk-decoder-listen`` for the
decoder's answers, ``blipdesk-watchdog-end`` for an observer that was replaced.

Stop order: watcher, intake, claims, decode, engine (at the next token; closed under a call that hangs),
metadata (ends its file); the catalog's writer drains after that.

Where this differs from the architecture's sketch: claiming and committing stay with the runner, but reading
and decoding have a thread of their own, so that the decoder works while the engine does; a photo is blamed
for a dead process only after a known good picture was processed (a full disk kills decoders, too), and its
thirty seconds are extended, up to fourfold, while the decoder gets little of the processor.

The names are loaded on first use: the decoder's child process starts from this package and needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blipdesk.pipeline.decoder import DecoderProcess, LocalDecoder
    from blipdesk.pipeline.options import PipelineOptions, RunSummary
    from blipdesk.pipeline.pipeline import Pipeline

_HOMES = {
    "Pipeline": "pipeline",
    "PipelineOptions": "options",
    "RunSummary": "options",
    "DecoderProcess": "decoder",
    "LocalDecoder": "decoder",
}

__all__ = ["DecoderProcess", "LocalDecoder", "Pipeline", "PipelineOptions", "RunSummary"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
