"""What the pipeline is asked to do, and what a headless run did."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blipdesk.domain.conditions import ANY_TIME, WorkConditions
from blipdesk.domain.errors import Problem
from blipdesk.domain.jobs import CaptionCommit, CaptionOptions, EngineInfo, EngineSettings, Job
from blipdesk.domain.writes import CATALOG_ONLY, JournalLimits, WriteOutcome, WritePolicy

if TYPE_CHECKING:
    from blipdesk.pipeline.scan import ScanReport
    from blipdesk.pipeline.write_totals import WriteTotals


@dataclass(frozen=True, slots=True)
class PipelineOptions:
    """One run's options."""

    engine: EngineSettings = field(default_factory=EngineSettings)
    caption: CaptionOptions = field(default_factory=CaptionOptions)
    write: WritePolicy = CATALOG_ONLY
    watch: bool = True
    answer_engine: EngineSettings | None = None
    """The checkpoint that answers questions; None: the one of ``engine``."""
    retrieval_engine: EngineSettings | None = None
    """The checkpoint that says how well a caption fits its photo, and where its words are seen; None: none
    does.  Captions come without it, too."""
    is_usual_matcher: bool = True
    """False where a command line names another one for once: photos are not searched with that."""
    idle_seconds: float | None = 600.0
    """After so long without work the engine is closed: its memory goes back, the next job loads it again.
    None: it stays."""
    conditions: WorkConditions = ANY_TIME
    """When the background worker may caption; a headless run does what it was asked for at once."""
    journal: JournalLimits | None = None
    """How much of what was replaced in files is kept to take it back; None: all."""

    @property
    def models(self) -> tuple[object, ...]:
        """What makes captions what they are: where it changes, models are loaded anew."""
        return self.engine, self.caption, self.retrieval_engine


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a headless run did."""

    captioned: int = 0
    captioned_ids: Sequence[int] = ()
    model: EngineInfo | None = None
    """Who captioned; None where no model was needed."""
    damaged: tuple[str, ...] = ()
    """Photos captioned now of whose file only a part can be read."""
    failed: tuple[tuple[str, Problem], ...] = ()
    """Path and reason of the photos that failed: in this run, as the pipeline gives it; of all that are in
    reach and could not be captioned (or not again), as the workspace does."""
    skipped: tuple[tuple[str, str], ...] = ()
    """What was passed over (links, folders that cannot be read, files still being copied), and why."""
    written: int = 0
    """Photos whose caption was embedded."""
    sidecars: int = 0
    kept: int = 0
    """Photos in which a person's caption stands, so that nothing was written."""
    refused: tuple[tuple[str, str], ...] = ()
    """Path and reason of the photos whose metadata could not be written."""
    write_run: int | None = None
    """The run in which files were written, by which they are taken back; None: none was."""
    unchanged: int = 0
    """Photos that were known as they are, and that nothing was made of now; the workspace leaves those out
    that failed."""
    news: Sequence[int] = ()
    """Ids of the photos that were new, or had changed."""
    added: int = 0
    moved: int = 0
    missing: int = 0
    needs_review: int = 0
    """Photos of the whole library whose caption may not fit; the workspace counts them."""
    unsure: int = 0
    """How many of those were captioned now."""
    not_scored: str = ""
    """Why captions of this run could not be scored; empty where they were, or no model was to."""
    seconds: float = 0.0
    interrupted: bool = False


@dataclass
class RunTally:
    """What a headless run has done so far."""

    captioned: array[int] = field(default_factory=lambda: array("q"))
    """Ids of the photos; of a million, 8 MB."""
    kept: array[int] = field(default_factory=lambda: array("q"))
    """Ids of those whose caption stands, because their picture is the one it was made for."""
    damaged: list[str] = field(default_factory=list)
    failed: list[tuple[str, Problem]] = field(default_factory=list)

    def note(self, job: Job, commit: CaptionCommit) -> None:
        """Count what was committed."""
        if commit.result is None:
            self.kept.append(job.photo_id)
            return
        self.captioned.append(job.photo_id)
        if commit.damaged:
            self.damaged.append(job.path)

    def _unchanged(self, report: ScanReport) -> int:
        """The scan knows files: what is captioned again is no news to it, what was imported is."""
        news = set(report.news)
        captioned = sum(number not in news for number in self.captioned)
        return max(0, report.unchanged - captioned + sum(number in news for number in self.kept))

    def summary(
        self,
        report: ScanReport,
        totals: WriteTotals,
        model: EngineInfo | None,
        not_scored: str,
        seconds: float,
        interrupted: bool,
    ) -> RunSummary:
        """All of it, with what the scan found, what was written, and why captions could not be scored."""
        written = totals.counts()
        return RunSummary(
            captioned=len(self.captioned),
            captioned_ids=self.captioned,
            model=model,
            damaged=tuple(self.damaged),
            failed=tuple(self.failed),
            skipped=tuple(report.notes),
            written=written[WriteOutcome.EMBEDDED],
            sidecars=written[WriteOutcome.SIDECAR],
            kept=written[WriteOutcome.KEPT],
            refused=totals.refused,
            write_run=totals.run_id,
            unchanged=self._unchanged(report),
            news=report.news,
            added=report.added,
            moved=report.moved,
            missing=report.missing,
            not_scored=not_scored if self.captioned else "",
            seconds=seconds,
            interrupted=interrupted,
        )
