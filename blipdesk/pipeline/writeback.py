"""Writing captions into the photos' metadata, beside captioning and never in its way.

A few photos at a time (:mod:`blipdesk.pipeline.write_batch`): work their new bytes out in memory, journal
(committed), replace the files, note their new identity (committed).  A kill between any two of these steps is
mended at the next start (:mod:`blipdesk.pipeline.open_writes`): a file then either has the new bytes (the
write is finished in the catalog) or the old ones (it is dropped and done again).  A file that cannot be
written now stays pending; captions wait for nothing.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, CatalogError, KnownError
from blipdesk.domain.ports import MetadataWriter
from blipdesk.domain.values import FolderState, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText, PendingWrite, WritePolicy, WriteReport
from blipdesk.pipeline.open_writes import settle
from blipdesk.pipeline.roots import folder_of, note_gone
from blipdesk.pipeline.threads import ThreadOwner
from blipdesk.pipeline.turns import OpenRun, Turn
from blipdesk.pipeline.write_batch import WriteBatch, Written
from blipdesk.pipeline.write_totals import WriteTotals

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, OpenWrite

_log = logging.getLogger(__name__)

_PAGE = 64
RETRY_SECONDS = 60.0
"""A photo that could not be written is tried again so much later (and at each start)."""


class WriteBack(ThreadOwner):
    """Owns the thread ``blipdesk-metadata`` and the files being replaced, a few at a time.

    Args:
        catalog: says what is pending, keeps the journal.
        writer: plans and replaces.
        policy: where and how captions are written; see :meth:`set_policy`.
        on_rewritten: gets photo id, old and new content hash of a photo whose file was written.
        scope: says of a photo's path whether the thread may write it; None: it may write every photo.
        on_progress: gets how many photos of a pass are written, and of how many; 0 of 0 after it.
        on_report: gets what became of each photo, on the thread, once that is committed.
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
        on_report: Callable[[WriteReport], object] = lambda _: None,
    ) -> None:
        self._catalog = catalog
        self._writer = writer
        self._policy = policy
        self._on_rewritten = on_rewritten
        self._scope = scope
        self._on_progress = on_progress
        self._on_report = on_report
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
        self._done: set[int] = set()
        self.totals = WriteTotals()
        self.error: KnownError | None = None
        """What ended the last pass before its end."""

    # ------------------------------------------------------------------------------- any thread

    def start(self, by_rounds: bool = False) -> None:
        """Start the thread.

        Args:
            by_rounds: write at :meth:`write_round` and :meth:`finish` only, and at the end what was left
                alone before, or written by another choice, where the policy is to write beside a person's
                caption; else whatever is or becomes pending, until :meth:`request_stop`.
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

    def end(self, seconds: float) -> None:
        """End after the file in hand, and wait for that so long at most."""
        self.request_stop()
        if not self.join(seconds):
            _log.warning("a file being written does not answer; it is left alone")

    # ------------------------------------------------------------------------------- the thread

    def _run(self) -> None:
        while self._wait():
            with self._changed:
                last, self._news = self._last_pass, False
                policy, rounds = self._policy, self._rounds_wanted
            self.error = None
            try:
                self._write_pass(policy)
            except CatalogError as error:
                _log.error("captions cannot be written back now: %s", error)
                self.error = error
            except Exception as error:  # noqa: BLE001 - top of the thread: captioning must not miss it
                _log.exception("writing back failed in an unforeseen way")
                self.error = KnownError(
                    later("Writing captions back ended through a bug in BlipDesk ({name}).").format(
                        name=type(error).__name__
                    ),
                    later("The log has more; what was not written is written in the next run."),
                )
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
        self.recover(online_only=True)
        asked_for = self._kept_too and self._last_pass
        waiting = list(self._waiting_ids(policy))
        if asked_for:  # last of all: what is captioned anew in this run is written once
            beside = (self._catalog.kept_paths(), self._catalog.chosen_otherwise_paths(policy.existing))
            waiting = sorted({*waiting, *self._in_scope(chain(*beside))} - self._done)
        run = self._run_for(policy)
        try:
            for start in range(0, len(waiting), _PAGE):
                undone, ids = self._turn.undone, waiting[start : start + _PAGE]
                due = deque(enumerate(self._page(ids, policy, asked_for), start))
                while due:
                    self._on_progress(due[0][0], len(waiting))
                    if not self._may_go_on(policy):
                        return
                    with self._turn:
                        if undone != self._turn.undone:  # what was pending then may not be any more
                            undone = self._turn.undone
                            ids = [pending.photo_id for _, pending in due]
                            due = deque(enumerate(self._page(ids, policy, asked_for=False), due[0][0]))
                        goes_on = partial(self._goes_on, policy, len(waiting))
                        for written in self._write_some(due, policy, run, goes_on):
                            self.totals.count(written.pending.photo_id, written.report)
                            self._on_report(written.report)
        finally:
            run.rest()
        if waiting:
            self._on_progress(len(waiting), len(waiting))

    def _page(self, ids: Sequence[int], policy: WritePolicy, asked_for: bool) -> list[PendingWrite]:
        if asked_for:
            return self._catalog.writes_of(ids, policy.target, policy.existing)
        return self._catalog.pending_writes(
            len(ids),
            policy.target,
            photo_ids=ids,
            existing=policy.existing,
            embed_heif=policy.embed_heif,
        )

    def _run_for(self, policy: WritePolicy) -> OpenRun:
        """The run of this thread's writes: a headless command has one, the window a new one now and then."""
        if self._open_run is None or not (self._by_rounds or self._open_run.suits(policy)):
            self._open_run = OpenRun(self._catalog, policy)
        return self._open_run

    def _waiting_ids(self, policy: WritePolicy) -> Iterator[int]:
        for photo_id in self._in_scope(self._catalog.pending_paths(policy.target, policy.embed_heif)):
            if self._retry_at.get(photo_id, 0.0) <= time.monotonic():
                yield photo_id

    def _in_scope(self, photos: Iterable[tuple[int, str]]) -> Iterator[int]:
        return (photo_id for photo_id, path in photos if self._scope is None or self._scope(path))

    def _goes_on(self, policy: WritePolicy, count: int, place: int) -> bool:
        """Whether one more photo may be taken in with those in hand, now."""
        if self._stop.is_set() or self._paused or self._policy != policy:
            return False
        self._on_progress(place, count)
        return True

    def _may_go_on(self, policy: WritePolicy) -> bool:
        """Wait out a pause between two files; False when the pass is to end."""
        with self._changed:
            while self._paused and not self._stop.is_set() and self._policy == policy:
                self._changed.wait()
        return not self._stop.is_set() and self._policy == policy

    # ------------------------------------------------------------------------------- a few photos

    def write_asked_for(
        self,
        policy: WritePolicy,
        photo_ids: Sequence[int],
        on_progress: Callable[[int, int], object] = lambda *_: None,
        *,
        whole: bool = False,
    ) -> list[WriteReport]:
        """Write these photos now, pending or not, on the caller's thread; a run of its own.

        Args:
            policy: where and how.
            photo_ids: the photos; those that are missing or offline are left out.
            on_progress: gets how many are done, and of how many; ends it between two photos by raising
                :class:`~blipdesk.domain.errors.Cancelled`.
            whole: the reports tell the keywords and the comment too.

        Raises:
            CatalogError: the journal cannot be kept, so nothing more is written.
        """
        self.recover(online_only=True)
        reports: list[WriteReport] = []
        run = OpenRun(self._catalog, policy)
        stopped = False

        def goes_on(place: int) -> bool:
            nonlocal stopped
            try:
                on_progress(place, len(photo_ids))
            except Cancelled:
                stopped = True
            return not stopped

        try:
            for start in range(0, len(photo_ids), _PAGE):
                ids = photo_ids[start : start + _PAGE]
                due = deque(enumerate(self._catalog.writes_of(ids, policy.target, policy.existing), start))
                while due and not stopped and goes_on(due[0][0]):
                    with self._turn:
                        batch = self._write_some(due, policy, run, goes_on, whole)
                    reports += [written.report for written in batch]
                if stopped:
                    _log.info("writing was stopped after %d photos", len(reports))
                    break
        finally:
            run.rest()
        return reports

    def _write_some(
        self,
        due: deque[tuple[int, PendingWrite]],
        policy: WritePolicy,
        run: OpenRun,
        goes_on: Callable[[int], bool],
        whole: bool = False,
    ) -> list[Written]:
        """Write the next photos together; a failure is a REFUSED report, and the photo stays pending.

        Args:
            due: photos with their places; those that were taken up leave it, one at the least.
            policy: where and how.
            run: that they belong to.
            goes_on: asked before any photo but the first, with its place, whether to take that one up, too.
            whole: the reports tell the keywords and the comment too.

        Raises:
            CatalogError: the journal cannot be kept.
        """
        batch = WriteBatch(self._catalog, self._writer, policy, run.use(), whole=whole)
        while due and not batch.is_full and (not batch or goes_on(due[0][0])) and batch.take(due[0][1]):
            due.popleft()
        photos = batch.write()
        gone: list[tuple[int, str]] = []
        for written in photos:
            photo_id = written.pending.photo_id
            self._retry_at.pop(photo_id, None)
            if written.failed:
                self._retry_at[photo_id] = time.monotonic() + RETRY_SECONDS
            if written.new_hash is not None:
                self._on_rewritten(photo_id, written.pending.content_hash, written.new_hash)
            if written.is_gone:
                gone.append((photo_id, written.pending.path))
            if self._kept_too and not written.failed:
                self._done.add(photo_id)
            run.count(photo_id, written.report.outcome)
        if gone:
            note_gone(self._catalog, gone)
        return photos

    # ------------------------------------------------------------------------------- after a kill

    def sweep(self, folder: str) -> None:
        """Remove temporary files that a killed process left in a folder; never one that is being written."""
        with self._turn:
            self._writer.sweep(folder)

    def recover(self, *, online_only: bool = False) -> None:
        """Settle what a killed process left open in the journal, or a full disk, before anything is written.

        What lies on a drive that is not connected, or cannot be told now, is settled later.

        Args:
            online_only: what was offline at the last look is not asked for: a drive may take long to say no.
        """
        if not self._open_writes(online_only):
            return
        with self._turn:  # a write of this process is not open then
            found = self._open_writes(online_only)
            for folder in {os.path.dirname(write.target_path) for write in found}:
                self.sweep(folder)
            for write in found:
                settle(self._catalog, write)

    def _open_writes(self, online_only: bool) -> list[OpenWrite]:
        found = self._catalog.open_writes()
        if not found or not online_only:
            return found
        roots = self._catalog.all_roots()
        offline = {root.id for root in roots if root.state is FolderState.OFFLINE}

        def is_offline(path: str) -> bool:
            root = folder_of(path, roots)
            return root is not None and root.id in offline

        return [write for write in found if not (is_offline(write.path) or is_offline(write.target_path))]
