"""What the pipeline is asked to do, and what a headless run did."""

from __future__ import annotations

from dataclasses import dataclass, field

from blipdesk.domain.errors import Problem
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.domain.values import WriteTarget


@dataclass(frozen=True, slots=True)
class PipelineOptions:
    """One run's options."""

    engine: EngineSettings = field(default_factory=EngineSettings)
    caption: CaptionOptions = field(default_factory=CaptionOptions)
    write: WriteTarget = WriteTarget.NONE
    watch: bool = True
    answer_engine: EngineSettings | None = None
    """The checkpoint that answers questions; None: the one of ``engine``."""


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a headless run did."""

    captioned: int = 0
    failed: tuple[tuple[str, Problem], ...] = ()
    """Path and reason of the photos that failed in this run."""
    skipped: tuple[tuple[str, str], ...] = ()
    """What was passed over (links, folders that cannot be read, files still being copied), and why."""
    written: int = 0
    """Photos whose caption was embedded."""
    sidecars: int = 0
    refused: tuple[tuple[str, str], ...] = ()
    """Path and reason of the photos whose metadata could not be written."""
    unchanged: int = 0
    """Photos that were known as they are."""
    added: int = 0
    moved: int = 0
    missing: int = 0
    seconds: float = 0.0
    interrupted: bool = False
