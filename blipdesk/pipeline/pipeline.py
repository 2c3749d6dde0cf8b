"""The pipeline as one object: starts its threads, steers them, and ends them in order."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from blipdesk.domain.conditions import ComputerState
from blipdesk.domain.errors import Problem
from blipdesk.domain.events import CatalogChange, Progress
from blipdesk.domain.jobs import CaptionCommit, Job, TextEmbedding
from blipdesk.domain.ports import Decoder, FileRestorer, MetadataWriter, VisionEngine
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import WriteReport
from blipdesk.pipeline.batches import RunnerHooks
from blipdesk.pipeline.intake import Intake
from blipdesk.pipeline.meaning import MakeSentences, MeaningReader
from blipdesk.pipeline.options import PipelineOptions, RunSummary, RunTally
from blipdesk.pipeline.pictures import Pictures
from blipdesk.pipeline.progress import ProgressMeter
from blipdesk.pipeline.questions import Question, T, TextQuestion
from blipdesk.pipeline.roots import Roots, scope_of
from blipdesk.pipeline.runner import Runner
from blipdesk.pipeline.scan import Scanner, ScanReport
from blipdesk.pipeline.thumbs import HeldThumbnails
from blipdesk.pipeline.touched import Touched
from blipdesk.pipeline.upkeep import keep_up, take_up
from blipdesk.pipeline.watch import Watcher
from blipdesk.pipeline.worker import Worker
from blipdesk.pipeline.writing import Writing

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, ThumbnailStore

_log = logging.getLogger(__name__)

_HUNG_DRIVE_SECONDS = 20.0
"""A network drive that went away may hold a thread in the system for ever: the end does not wait for it."""


class Pipeline:
    """Intake, worker and write-back over one catalog.

    Made on any thread, owned by whoever calls :meth:`start` or :meth:`run_once` and :meth:`stop`; the other
    methods are thread-safe and return at once unless they say otherwise.  Pictures are loaded by
    :class:`~blipdesk.pipeline.pictures.Pictures`, whose methods are documented there and block for a decode;
    files are changed by :class:`~blipdesk.pipeline.writing.Writing`.

    Args:
        catalog: open for writing.
        thumbnails: the thumbnail cache.
        engine: the models; closed by :meth:`stop`.
        decoder: the worker's decoder; closed by :meth:`stop`.
        writer: the metadata writer.
        options: what to do.
        restorer: takes writes back.
        interactive_decoder: decodes for the gallery and for questions, so that neither waits for the
            worker; closed by :meth:`stop`.
        on_progress: called as progress changes, on worker threads.
        make_sentences: makes what reads captions by meaning; None: nothing does.
        computer: what is asked whether work may go on; None: it always may.
    """

    def __init__(
        self,
        catalog: Catalog,
        thumbnails: ThumbnailStore,
        engine: VisionEngine,
        decoder: Decoder,
        writer: MetadataWriter,
        options: PipelineOptions,
        interactive_decoder: Decoder,
        restorer: FileRestorer,
        on_progress: Callable[[Progress], None] = lambda _: None,
        make_sentences: MakeSentences | None = None,
        computer: ComputerState | None = None,
    ) -> None:
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._engine = engine
        self._decoder = decoder
        self._interactive = interactive_decoder
        self._pictures = Pictures(catalog, thumbnails, self._interactive)
        self.load_thumbnail = self._pictures.load_thumbnail
        self.load_preview, self.load_preview_of = self._pictures.load_preview, self._pictures.load_preview_of
        self.captions_in = self._pictures.captions_in
        self._options = options
        self.on_captioned: Callable[[str], None] = lambda _: None
        """Gets a photo's path after the commit of its caption, on the worker's thread."""
        self.on_failed: Callable[[str, Problem], None] = lambda *_: None
        """Gets path and reason of each photo that was set aside, on the worker's thread."""
        self.on_written: Callable[[WriteReport], None] = lambda _: None
        """Gets what became of a photo's file, on the write-back's thread; what failed may be tried again."""
        self._meter = ProgressMeter(on_progress)
        self._tally: RunTally | None = None
        self._lock = threading.RLock()
        self._paused = self._stopped = False
        self._intake: Intake | None = None
        self._writing = Writing(
            catalog, thumbnails, writer, restorer, options.write, self._meter.set_writes, self._on_written
        )
        self.write_asked_for, self.undo = self._writing.write_asked_for, self._writing.undo
        self._touched = Touched(catalog, decoder, self.caption_again)
        self._reader = MeaningReader(catalog, make_sentences, self._meter.set_reading)
        self._worker = Worker(
            catalog, engine, decoder, self._meter, self._touched, self._reader.wake, computer
        )
        self._unsubscribe: Callable[[], None] = lambda: None
        self._cancelled = threading.Event()

    # ------------------------------------------------------------------------------- start and stop

    def start(self) -> None:
        """Begin to watch, caption and write back in the background."""
        with self._lock:
            if self._intake is not None or self._stopped:
                return
            self._intake = Intake(
                self._catalog,
                on_news=self.wake,
                on_touched=self._touched.note,
                on_watching=self._meter.set_watching,
                on_scanning=self._on_look,
                sweep_temps=self._writing.run.sweep,
                watcher=Watcher if self._options.watch else None,
            )
        take_up(self._catalog, self._writing.run)
        self._unsubscribe = self._catalog.subscribe(self._on_commit)
        self._writing.run.start()
        self._reader.start()
        self._runner_of(captioning=True)
        self._intake.start()

    def stop(self) -> None:
        """End everything in order; takes as long as the file in hand."""
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
        self._cancelled.set()
        if self._intake is not None:
            self._intake.request_stop()  # its watcher ends first, then it
            if not self._intake.join(_HUNG_DRIVE_SECONDS):
                _log.warning("a folder does not answer; it is left alone")
        self._worker.end()
        self._unsubscribe()
        self._reader.end(_HUNG_DRIVE_SECONDS)
        self._writing.run.end(_HUNG_DRIVE_SECONDS)
        for part in (self._decoder, self._interactive, self._engine):
            try:
                part.close()
            except Exception:  # noqa: BLE001 - the others still have to be closed
                _log.warning("a process did not end well", exc_info=True)

    def wait(self, seconds: float) -> bool:
        """Wait for the end of what :meth:`start` began; True once :meth:`stop` was called.

        Raises:
            ModelError: the model that was asked for cannot be loaded: without another one
                (:meth:`reconfigure`) nothing will be captioned, although the worker tries again.
            KnownError: the worker ended through a bug.
        """
        runner = self._worker.runner
        error = None if runner is None else runner.model_error or runner.error
        if error is not None:
            raise error
        return self._cancelled.wait(seconds)

    def _runner_of(
        self,
        captioning: bool,
        once: Callable[[], bool] | None = None,
        held: HeldThumbnails | None = None,
        roots: Sequence[str] | None = None,
    ) -> Runner:
        """The worker, started; a headless run's ended one is replaced.

        ``held``: write back by rounds, between which the thumbnails are kept there.
        """

        def write_round() -> None:
            self._writing.run.write_round()
            if held is not None:
                held.release()

        with self._lock:
            runner = self._worker.runner
            if runner is None or runner.finished.is_set():
                hooks = RunnerHooks(
                    on_done=self._on_done,
                    on_failed=self._on_failed,
                    decode_for_question=self._pictures.decode,
                    write_round=write_round if held is not None else None,
                )
                runner = self._worker.make(self._options, held or self._thumbnails, hooks, roots)
                runner.set_paused(self._paused)
            if not self._stopped:
                runner.start(captioning, once)
            return runner

    # ------------------------------------------------------------------------------- headless

    def run_once(self, roots: Sequence[str] | None = None, again: Sequence[int] = ()) -> RunSummary:
        """Scan, caption what is pending, write back, and say what was done.

        Args:
            roots: folders or photos to scan; no photo outside them is captioned or written.  None (or
                none) scans every watched folder, and captions whatever waits.
            again: photos to caption although they have a caption.

        Raises:
            ModelError: the model cannot be used; what was done before stays.
            CatalogError: the catalog cannot be written; what was committed stays.
            KnownError: nothing can be decoded on this computer, or the worker ended through a bug.
        """
        began = time.monotonic()
        tally = self._tally = RunTally()
        held = HeldThumbnails(self._thumbnails)
        tops = [os.path.abspath(root) for root in roots or ()]
        writeback = self._writing.begin(held, scope_of(tops))
        take_up(self._catalog, writeback)
        intake = Intake(
            self._catalog,
            on_news=self.wake,
            on_touched=self._touched.note,
            sweep_temps=writeback.sweep,
            watcher=None,
        )
        self._intake = intake
        writeback.start(by_rounds=True)
        scanned = threading.Event()
        by_rounds = held if self._options.write.target is not WriteTarget.NONE else None
        runner = self._runner_of(captioning=True, once=scanned.is_set, held=by_rounds, roots=tops or None)
        report = ScanReport()
        try:
            self._meter.set_scanning(True)
            report = intake.run_once(Roots(self._catalog).named(roots or ()))
            self._meter.set_scanning(False)
            runner.caption_again(again)
            scanned.set()
            runner.wake()
            while not (runner.finished.wait(0.5) or self._cancelled.is_set()):
                pass
        except BaseException:
            self._cancelled.set()
            raise
        finally:
            scanned.set()
            self._worker.end()
            self._intake = None
            if self._cancelled.is_set():
                writeback.end(_HUNG_DRIVE_SECONDS)
            else:
                writeback.finish()
            held.release()
            self._writing.begin()
        error = runner.error or writeback.error
        if error is not None and not self._cancelled.is_set():
            raise error
        self.read_by_meaning()
        if not self._cancelled.is_set():
            keep_up(self._catalog, self._options.journal)
        seconds, interrupted = time.monotonic() - began, self._cancelled.is_set()
        return tally.summary(report, writeback.totals, runner.model, runner.not_scored, seconds, interrupted)

    def read_by_meaning(self) -> None:
        """Read by meaning what was not, here and now: of a run without a window the last step.

        The search index of a large catalog is made then too, for the next search is a process of its own.
        """
        self._reader.read_now(self._cancelled.is_set)
        if not self._cancelled.is_set():
            self._catalog.keep_search_index(wait=True)

    def cancel_run(self) -> None:
        """End a headless run at the next token (callable from a signal handler)."""
        self._cancelled.set()
        if self._intake is not None:
            self._intake.request_stop()
        if self._worker.runner is not None:
            self._worker.runner.request_stop()

    # ------------------------------------------------------------------------------- steering

    @property
    def paused(self) -> bool:
        """True while nothing is captioned on purpose."""
        return self._paused

    def pause(self) -> None:
        """Stop captioning after the batch in hand, and writing back after the file in hand."""
        self._paused = True
        self._writing.run.set_paused(True)
        self._reader.set_paused(True)
        if self._worker.runner is not None:
            self._worker.runner.set_paused(True)

    def resume(self) -> None:
        """Go on captioning, and look through the folders again."""
        self._paused = False
        self._writing.run.set_paused(False)
        self._reader.set_paused(False)
        if self._worker.runner is not None:
            self._worker.runner.set_paused(False)
        self.request_scan()

    def set_visible(self, photo_ids: Sequence[int]) -> None:
        """These photos are on the screen: they are captioned first."""
        if self._worker.runner is not None:
            self._worker.runner.set_visible(photo_ids)

    def request_scan(self) -> None:
        """Look through all folders soon."""
        if self._intake is not None:
            self._intake.request_scan()

    def wake(self) -> None:
        """Something may be new: in the queue, or to write back."""
        if self._worker.runner is not None:
            self._worker.runner.wake()
        self._writing.run.wake()

    def caption_again(self, photo_ids: Sequence[int]) -> None:
        """Caption photos although they have a caption; works before the model is loaded, too."""
        if self._worker.runner is not None:
            self._worker.runner.caption_again(photo_ids)

    def reconfigure(self, options: PipelineOptions) -> None:
        """Follow changed options; a changed model is loaded before the next batch."""
        with self._lock:
            self._options = options
            if self._worker.runner is not None:
                self._worker.runner.reconfigure(options)
        self._writing.set_policy(options.write)

    def take_in(self, path: str) -> int:
        """Register one file now, whatever folder it is in; gives the photo's id.

        Raises:
            UsageError: it is no photo.
        """
        photo_id = Scanner(self._catalog, self._touched.note).take_one(path)
        self.wake()
        return photo_id

    # ------------------------------------------------------------------------------- questions

    def ask(self, question: Question[T]) -> Future[T]:
        """Put a question to a model; answered before the next batch.  Starts the worker for it if need be."""
        self._runner_of(captioning=False).ask(question)
        return question.future

    def embed_text(self, text: str) -> Future[TextEmbedding]:
        """Have the retrieval model embed a text, between two batches; likewise."""
        question = TextQuestion(text)
        self._runner_of(captioning=False).ask_text(question)
        return question.future

    def ask_many(self) -> None:
        """Look after what is asked of many photos: something of it changed in the catalog; likewise."""
        self._runner_of(captioning=False).ask_many()

    # ------------------------------------------------------------------------------- hooks

    def _on_done(self, job: Job, commit: CaptionCommit) -> None:
        if self._tally is not None:
            self._tally.note(job, commit)
        if commit.result is not None:
            self.on_captioned(job.path)

    def _on_failed(self, path: str, problem: Problem) -> None:
        if self._tally is not None:
            self._tally.failed.append((path, problem))
        self.on_failed(path, problem)

    def _on_written(self, report: WriteReport) -> None:
        self.on_written(report)

    def _on_commit(self, change: CatalogChange) -> None:
        self._writing.run.wake()
        self._reader.wake()

    def _on_look(self, scanning: bool) -> None:
        """The intake thread begins or has ended a look through the folders."""
        self._meter.set_scanning(scanning)
        if not scanning and not self._stopped:
            # A look is hourly at least, so that days without a restart have their backups.
            keep_up(self._catalog, self._options.journal)
            self._catalog.keep_search_index(wait=False)
