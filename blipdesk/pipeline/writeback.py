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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from blipdesk.domain.errors import CatalogError, KnownError, PhotoError
from blipdesk.domain.ports import MetadataWriter
from blipdesk.domain.values import SeenFile, WriteTarget
from blipdesk.domain.writes import PendingWrite, WriteOutcome, WritePolicy, WriteReport
from blipdesk.imaging import content_hash
from blipdesk.pipeline.scan import identify_now
from blipdesk.pipeline.threads import ThreadOwner

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
    """

    def __init__(
        self,
        catalog: Catalog,
        writer: MetadataWriter,
        policy: WritePolicy,
        on_rewritten: Callable[[int, str, str], object] = lambda *_: None,
        scope: Callable[[str], bool] | None = None,
        on_progress: Callable[[int, int], object] = lambda *_: None,
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
        self._one_at_a_time = threading.Lock()
        self.totals = WriteTotals()

    # ------------------------------------------------------------------------------- any thread

    def start(self, by_rounds: bool = False) -> None:
        """Start the thread.

        Args:
            by_rounds: write at :meth:`write_round` and :meth:`finish` only; else whatever is or becomes
                pending, until :meth:`request_stop`.
        """
        if self._thread is None:
            self._by_rounds = by_rounds
            self._news = not by_rounds
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
        waiting = list(self._waiting_ids(policy.target))
        for start in range(0, len(waiting), _PAGE):
            ids = waiting[start : start + _PAGE]
            page = self._catalog.pending_writes(_PAGE, policy.target, photo_ids=ids)
            for place, pending in enumerate(page, start):
                self._on_progress(place, len(waiting))
                if not self._may_go_on(policy):
                    return
                self.totals.count(self._write_one(pending, policy))
        if waiting:
            self._on_progress(len(waiting), len(waiting))

    def _waiting_ids(self, target: WriteTarget) -> Iterator[int]:
        for photo_id, path in self._catalog.pending_paths(target):
            in_scope = self._scope is None or self._scope(path)
            if in_scope and self._retry_at.get(photo_id, 0.0) <= time.monotonic():
                yield photo_id

    def _may_go_on(self, policy: WritePolicy) -> bool:
        """Wait out a pause between two files; False when the pass is to end."""
        with self._changed:
            while self._paused and not self._stop.is_set() and self._policy == policy:
                self._changed.wait()
        return not self._stop.is_set() and self._policy == policy

    # ------------------------------------------------------------------------------- one photo

    def write_pending(self, policy: WritePolicy, photo_ids: Sequence[int]) -> list[WriteReport]:
        """Write these photos now, on the caller's thread.

        Raises:
            CatalogError: the journal cannot be kept, so nothing more is written.
        """
        reports = []
        for start in range(0, len(photo_ids), _PAGE):
            ids = photo_ids[start : start + _PAGE]
            for pending in self._catalog.pending_writes(len(ids), policy.target, photo_ids=ids):
                reports.append(self._write_one(pending, policy))
        return reports

    def _write_one(self, pending: PendingWrite, policy: WritePolicy) -> WriteReport:
        """Write one photo; a failure is a REFUSED report, and the photo stays pending.

        Raises:
            CatalogError: the journal cannot be kept.
        """
        with self._one_at_a_time:
            try:
                report = self._write(pending, policy)
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
            return report

    def _write(self, pending: PendingWrite, policy: WritePolicy) -> WriteReport:
        plan = self._writer.plan(pending.path, pending.text, policy)
        report = WriteReport(pending.path, plan.outcome, plan.note, plan.before, plan.after)
        if plan.new is None or plan.outcome not in (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR):
            self._catalog.note_write(pending.photo_id, plan.outcome, plan.note, pending.text, policy.target)
            return report
        write_id = self._catalog.begin_write(pending.photo_id, plan, pending.text, policy.target)
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
        with self._one_at_a_time:
            self._writer.sweep(folder)

    def recover(self, is_there: Callable[[str], bool]) -> None:
        """Settle the journal that a killed process left open, before anything is scanned.

        Args:
            is_there: says of a path that its drive is connected; what lies elsewhere is settled at a later
                start.
        """
        open_writes = [write for write in self._catalog.open_writes() if is_there(write.target_path)]
        for folder in {os.path.dirname(write.target_path) for write in open_writes}:
            self.sweep(folder)
        for write in open_writes:
            if not os.path.isdir(os.path.dirname(write.target_path)):
                continue  # a drive connected below a root, perhaps
            try:
                reached = content_hash(write.target_path) == write.after_hash
            except (OSError, PhotoError):
                reached = False
            if reached:
                new_file = _new_file(write.path, write.outcome)
                self._catalog.finish_write(write.write_id, write.outcome, write.note, new_file)
            else:
                self._catalog.abandon_write(write.write_id, "")


def _new_file(photo_path: str, outcome: WriteOutcome) -> SeenFile | None:
    """What a photo's file is after a write; None for a sidecar: the photo was not touched."""
    return identify_now(photo_path) if outcome is WriteOutcome.EMBEDDED else None
