"""Writing captions into the photos' metadata, beside captioning and never in its way.

For each photo: work the new bytes out in memory, journal (committed), replace the file, note its new
identity (committed).  A kill between any two of these steps is mended at the next start: the file then
either has the new bytes (the write is finished in the catalog) or the old ones (it is dropped and done
again).  A file that cannot be written now stays pending; captions wait for nothing.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, CatalogError, KnownError, PhotoError
from blipdesk.domain.ports import MetadataWriter
from blipdesk.domain.values import SeenFile, WriteTarget
from blipdesk.domain.writes import ExistingText, PendingWrite, WriteOutcome, WritePolicy, WriteReport
from blipdesk.imaging import whole_hash
from blipdesk.pipeline.roots import Roots
from blipdesk.pipeline.scan import identify_now
from blipdesk.pipeline.threads import ThreadOwner
from blipdesk.pipeline.turns import OpenRun, Turn

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

_PAGE = 64
RETRY_SECONDS = 60.0
"""A photo that could not be written is tried again so much later (and at each start)."""


@dataclass
class WriteTotals:
    """What was written in this run."""

    embedded: int = 0
    sidecars: int = 0
    kept: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    """Path and reason of what could not be written."""

    def count(self, report: WriteReport) -> None:
        """Take one report in."""
        self.refused.pop(report.path, None)
        self.embedded += report.outcome is WriteOutcome.EMBEDDED
        self.sidecars += report.outcome is WriteOutcome.SIDECAR
        self.kept += report.outcome is WriteOutcome.KEPT
        if report.outcome is WriteOutcome.REFUSED:
            self.refused[report.path] = report.note


class WriteBack(ThreadOwner):
    """Owns the thread ``blipdesk-metadata`` and the files being replaced, one at a time.

    Args:
        catalog: says what is pending, keeps the journal.
        writer: plans and replaces.
        policy: where and how captions are written; see :meth:`set_policy`.
        on_rewritten: gets photo id, old and new content hash of a photo whose file was written.
        scope: says of a photo's path whether the thread may write it; None: it may write every photo.
        on_progress: gets how many photos of a pass are written, and of how many; 0 of 0 after it.
        turn: held for each file that is written; whoever writes photos beside this thread takes it, too.
    """

    def __init__(
        self,
        catalog: Catalog,
        writer: MetadataWriter,
        policy: WritePolicy,
        on_rewritten: Callable[[int, str, str], object] = lambda *_: None,
        scope: Callable[[str], bool] | None = None,
        on_progress: Callable[[int, int], object] = lambda *_: None,
        turn: Turn | None = None,
    ) -> None:
        self._catalog = catalog
        self._writer = writer
        self._policy = policy
        self._on_rewritten = on_rewritten
        self._scope = scope
        self._on_progress = on_progress
        self._changed = threading.Condition()
        self._stop = threading.Event()
        self._paused = False
        self._news = True
        self._last_pass = False
        self._by_rounds = False
        self._rounds_wanted = self._rounds_done = 0
        self._retry_at: dict[int, float] = {}
        self._turn = turn or Turn()
        self._open_run: OpenRun | None = None
        self._kept_too = False
        self.totals = WriteTotals()

    # ------------------------------------------------------------------------------- any thread

    def start(self, by_rounds: bool = False) -> None:
        """Start the thread.

        Args:
            by_rounds: write at :meth:`write_round` and :meth:`finish` only, and with them what was left
                alone before, where the policy is to write beside a person's caption; else whatever is or
                becomes pending, until :meth:`request_stop`.
        """
        if self._thread is None:
            self._by_rounds = by_rounds
            self._news = not by_rounds
            self._kept_too = by_rounds and self._policy.existing is not ExistingText.SKIP
            self._begin(self._run, "blipdesk-metadata")

    def wake(self) -> None:
        """A caption was committed or edited."""
        with self._changed:
            self._news = self._news or not self._by_rounds
            self._changed.notify_all()

    def write_round(self) -> None:
        """Write everything that is pending now, and wait for it."""
        with self._changed:
            self._rounds_wanted += 1
            wanted = self._rounds_wanted
            self._changed.notify_all()
            while self._rounds_done < wanted and self.alive:
                self._changed.wait(0.5)

    def set_policy(self, policy: WritePolicy) -> None:
        """Write to another place, or in another way, from the next photo on."""
        with self._changed:
            self._policy = policy
            self._retry_at.clear()
            self._news = True
            self._changed.notify_all()

    def set_paused(self, paused: bool) -> None:
        """Hold the thread between two files, or let it go on."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def finish(self) -> None:
        """End once everything that can be written is (headless runs), and wait for it."""
        with self._changed:
            self._last_pass = self._news = True
            self._retry_at.clear()
            self._changed.notify_all()
        self.join()

    def request_stop(self) -> None:
        """End after the file in hand."""
        self._stop.set()
        with self._changed:
            self._changed.notify_all()

    # ------------------------------------------------------------------------------- the thread

    def _run(self) -> None:
        while self._wait():
            with self._changed:
                last, self._news = self._last_pass, False
                policy, rounds = self._policy, self._rounds_wanted
            try:
                self._write_pass(policy)
            except CatalogError as error:
                _log.error("captions cannot be written back now: %s", error)
            except Exception:  # noqa: BLE001 - top of the thread: captioning must not miss it
                _log.exception("writing back failed in an unforeseen way")
            self._on_progress(0, 0)
            with self._changed:
                self._rounds_done = rounds
                self._changed.notify_all()
            if last:
                return

    def _wait(self) -> bool:
        """Wait for something to do, or until what failed may be tried again; False at the end."""
        with self._changed:
            while not (self._stop.is_set() or self._news or self._rounds_wanted > self._rounds_done):
                retry = self._retry_at and not self._by_rounds
                if not self._changed.wait(RETRY_SECONDS if retry else None):
                    break
        return not self._stop.is_set()

    def _write_pass(self, policy: WritePolicy) -> None:
        """Write what is pending now; the ids are gathered first, so that it is known how much there is."""
        if policy.target is WriteTarget.NONE:
            return
        asked_for, self._kept_too = self._kept_too, False
        waiting = list(self._waiting_ids(policy.target))
        if asked_for:
            waiting = sorted({*waiting, *self._in_scope(self._catalog.kept_paths())})
        run = self._run_for(policy)
        try:
            for start in range(0, len(waiting), _PAGE):
                undone, ids = self._turn.undone, waiting[start : start + _PAGE]
                for place, pending in enumerate(self._page(ids, policy, asked_for), start):
                    self._on_progress(place, len(waiting))
                    if not self._may_go_on(policy):
                        return
                    report = self._write_one(pending, policy, run, undone)
                    if report is not None:
                        self.totals.count(report)
        finally:
            run.rest()
        if waiting:
            self._on_progress(len(waiting), len(waiting))

    def _page(self, ids: Sequence[int], policy: WritePolicy, asked_for: bool) -> list[PendingWrite]:
        if asked_for:
            return self._catalog.writes_of(ids, policy.target, policy.existing)
        return self._catalog.pending_writes(len(ids), policy.target, photo_ids=ids, existing=policy.existing)

    def _run_for(self, policy: WritePolicy) -> OpenRun:
        """The run of this thread's writes: a headless command has one, the window a new one now and then."""
        if self._open_run is None or not (self._by_rounds or self._open_run.suits(policy)):
            self._open_run = OpenRun(self._catalog, policy)
        return self._open_run

    def _waiting_ids(self, target: WriteTarget) -> Iterator[int]:
        for photo_id in self._in_scope(self._catalog.pending_paths(target)):
            if self._retry_at.get(photo_id, 0.0) <= time.monotonic():
                yield photo_id

    def _in_scope(self, photos: Iterable[tuple[int, str]]) -> Iterator[int]:
        return (photo_id for photo_id, path in photos if self._scope is None or self._scope(path))

    def _may_go_on(self, policy: WritePolicy) -> bool:
        """Wait out a pause between two files; False when the pass is to end."""
        with self._changed:
            while self._paused and not self._stop.is_set() and self._policy == policy:
                self._changed.wait()
        return not self._stop.is_set() and self._policy == policy

    # ------------------------------------------------------------------------------- one photo

    def write_asked_for(
        self,
        policy: WritePolicy,
        photo_ids: Sequence[int],
        on_progress: Callable[[int, int], object] = lambda *_: None,
    ) -> list[WriteReport]:
        """Write these photos now, pending or not, on the caller's thread; a run of its own.

        Args:
            policy: where and how.
            photo_ids: the photos; those that are missing or offline are left out.
            on_progress: gets how many are done, and of how many; ends it between two photos by raising
                :class:`~blipdesk.domain.errors.Cancelled`.

        Raises:
            CatalogError: the journal cannot be kept, so nothing more is written.
        """
        reports: list[WriteReport] = []
        run = OpenRun(self._catalog, policy)
        try:
            for start in range(0, len(photo_ids), _PAGE):
                page = self._catalog.writes_of(
                    photo_ids[start : start + _PAGE], policy.target, policy.existing
                )
                for place, pending in enumerate(page, start):
                    on_progress(place, len(photo_ids))
                    report = self._write_one(pending, policy, run)
                    reports += [report] if report is not None else []
        except Cancelled:
            _log.info("writing was stopped after %d photos", len(reports))
        finally:
            run.rest()
        return reports

    def _write_one(
        self, pending: PendingWrite, policy: WritePolicy, run: OpenRun, undone: int | None = None
    ) -> WriteReport | None:
        """Write one photo; a failure is a REFUSED report, and the photo stays pending.

        Args:
            pending: what is to be written.
            policy: where and how.
            run: that it belongs to.
            undone: the count of undone files when it was pending: where that has risen, it is asked for
                again whether it is pending still.  None: a person asks for it.

        Returns:
            None where it is not pending any more.

        Raises:
            CatalogError: the journal cannot be kept.
        """
        with self._turn:
            if undone is not None and undone != self._turn.undone:
                still = self._page([pending.photo_id], policy, asked_for=False)
                if not still:
                    return None
                pending = still[0]
            try:
                report = self._write(pending, policy, run)
            except CatalogError:
                raise
            except KnownError as error:
                _log.info("%r was not written: %s", pending.path, error)
                report = WriteReport(
                    pending.path, WriteOutcome.REFUSED, str(error), None, pending.text.caption
                )
                self._retry_at[pending.photo_id] = time.monotonic() + RETRY_SECONDS
            else:
                self._retry_at.pop(pending.photo_id, None)
            run.count(pending.photo_id, report.outcome)
            return report

    def _write(self, pending: PendingWrite, policy: WritePolicy, run: OpenRun) -> WriteReport:
        run_id = run.use()
        text = replace(pending.text, run=str(run_id))
        plan = self._writer.plan(pending.path, text, policy)
        report = WriteReport(pending.path, plan.outcome, plan.note, plan.before, plan.after)
        if plan.new is None or plan.outcome not in (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR):
            self._catalog.note_write(pending.photo_id, plan.outcome, plan.note, text, policy.target)
            return report
        write_id = self._catalog.begin_write(pending.photo_id, plan, text, policy.target, run_id)
        try:
            self._writer.apply(plan)
        except BaseException as error:
            self._abandon(write_id, str(error) if isinstance(error, KnownError) else "")
            raise
        new_file = _new_file(plan.photo_path, plan.outcome)
        self._catalog.finish_write(write_id, plan.outcome, plan.note, new_file)
        if new_file is not None:
            self._on_rewritten(pending.photo_id, pending.content_hash, new_file.content_hash)
        return report

    def _abandon(self, write_id: int, note: str) -> None:
        try:
            self._catalog.abandon_write(write_id, note)
        except CatalogError as error:  # the next start abandons it
            _log.warning("a journal entry stays open: %s", error)

    # ------------------------------------------------------------------------------- after a kill

    def sweep(self, folder: str) -> None:
        """Remove temporary files that a killed process left in a folder; never one that is being written."""
        with self._turn:
            self._writer.sweep(folder)

    def recover(self) -> None:
        """Settle the journal that a killed process left open, before anything is scanned or written.

        What lies on a drive that is not connected is settled at a later start.
        """
        if not self._catalog.open_writes():
            return
        roots = Roots(self._catalog)
        roots.refresh()
        with self._turn:  # a write of this process is not open then
            open_writes = [
                write for write in self._catalog.open_writes() if roots.is_there(write.target_path)
            ]
            for folder in {os.path.dirname(write.target_path) for write in open_writes}:
                self.sweep(folder)
            for write in open_writes:
                if not os.path.isdir(os.path.dirname(write.target_path)):
                    continue  # a drive connected below a root, perhaps
                if _digest(write.target_path) == write.after_sha256:
                    new_file = _new_file(write.path, write.outcome)
                    self._catalog.finish_write(write.write_id, write.outcome, write.note, new_file)
                else:
                    self._catalog.abandon_write(write.write_id, "")


def _digest(path: str) -> str | None:
    """The sha256 of a file; empty where there is none, None where it cannot be read.

    The whole file counts: a change in the midst of one of the same size leaves its content hash as it was.
    """
    if not os.path.lexists(path):
        return ""
    try:
        return whole_hash(path)
    except PhotoError:
        return None


def _new_file(photo_path: str, outcome: WriteOutcome) -> SeenFile | None:
    """What a photo's file is after a write; None for a sidecar: the photo was not touched."""
    return identify_now(photo_path) if outcome is WriteOutcome.EMBEDDED else None
