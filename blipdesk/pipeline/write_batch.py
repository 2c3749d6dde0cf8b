"""Photos whose files are written together: one commit begins them all, one flush of the disk holds most.

Each is written as safely as alone: see :mod:`blipdesk.pipeline.carry_out`.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from blipdesk.catalog import OpenWrite, WriteEnd, WriteEntry, WriteNote, write_entry
from blipdesk.domain.errors import CatalogError, PhotoError, ProblemKind
from blipdesk.domain.ports import MetadataWriter
from blipdesk.domain.wording import later
from blipdesk.domain.writes import PendingWrite, WriteOutcome, WritePlan, WritePolicy, WriteReport
from blipdesk.metadata import report_of
from blipdesk.pipeline.carry_out import MOST, MOST_BYTES, begin, carry_out, problem_of
from blipdesk.pipeline.open_writes import settle_all

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

_REPLACED = (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR)


@dataclass
class Written:
    """A photo of a batch and what became of it.

    Attributes:
        pending: what was asked for.
        report: for the person.
        failed: it may be tried again; else it is settled.
        new_hash: the content of its file now; None: the file is as it was.
        is_gone: its file is not there.
    """

    pending: PendingWrite
    report: WriteReport
    failed: bool = False
    new_hash: str | None = None
    is_gone: bool = False

    def refuse(self, reason: str, plan: WritePlan | None = None) -> None:
        """It, or the sidecar that goes with it, could not be written."""
        if plan is not None and plan.is_in_step:
            note = later("Its older sidecar still says something else: {reason}").format(reason=reason)
            self.report = replace(self.report, note=note)
            self.failed = True
            return
        said = self.pending.text.caption
        self.report = WriteReport(self.pending.path, WriteOutcome.REFUSED, reason, None, said)
        self.failed = True


class WriteBatch:
    """Photos of one run that are planned one by one, and then written together.

    Whoever uses it holds the turn from the first plan until they are written.

    Args:
        catalog: keeps the journal.
        writer: plans and replaces.
        policy: where and how.
        run_id: of the run.
        whole: the reports tell the keywords and the comment too.
    """

    def __init__(
        self,
        catalog: Catalog,
        writer: MetadataWriter,
        policy: WritePolicy,
        run_id: int,
        *,
        whole: bool = False,
    ) -> None:
        self._catalog = catalog
        self._writer = writer
        self._policy = policy
        self._run_id = run_id
        self._whole = whole
        self._photos: list[Written] = []
        self._plans: list[tuple[Written, WritePlan, WriteEntry]] = []
        self._notes: list[WriteNote] = []
        self._claimed: set[str] = set()
        self._bytes = 0

    def __bool__(self) -> bool:
        """Whether it has a photo."""
        return bool(self._photos)

    @property
    def is_full(self) -> bool:
        """Whether these are written before another is taken in."""
        return len(self._photos) >= MOST or self._bytes >= MOST_BYTES

    def take(self, pending: PendingWrite) -> bool:
        """Plan a photo.

        Returns:
            False: it shares a file with one of the batch, so it is planned when those are written.

        Raises:
            CatalogError: the catalog cannot be read.
        """
        claims = _files_of(pending.path)
        if claims & self._claimed:
            return False
        pending = replace(pending, text=replace(pending.text, run=str(self._run_id)))
        try:
            plan = self._writer.plan(pending.path, pending.text, self._policy)
            entries = self._entries(pending, plan)
        except CatalogError:
            raise
        except Exception as error:  # noqa: BLE001 - one photo's bug: the others are written
            written = Written(pending, WriteReport(pending.path, WriteOutcome.REFUSED, "", None, None))
            written.is_gone = isinstance(error, PhotoError) and error.problem.kind is ProblemKind.VANISHED
            written.refuse(problem_of(error, pending.path, "planning its write"))
        else:
            target = plan.target_path.casefold()
            if target in self._claimed:
                return False
            claims.add(target)
            if plan.in_step is not None:
                claims.add(plan.in_step.target_path.casefold())
            written = Written(pending, report_of(plan, whole=self._whole))
            self._add(written, plan, entries)
        self._photos.append(written)
        self._claimed |= claims
        return True

    def _entries(self, pending: PendingWrite, plan: WritePlan) -> list[tuple[WritePlan, WriteEntry]]:
        """What is to be replaced, for the journal."""
        plans = [plan] if plan.new is not None and plan.outcome in _REPLACED else []
        if plan.in_step is not None:  # begun last: should it not happen, its photo is due all the same
            plans.append(plan.in_step)
        target = self._policy.target
        return [(one, write_entry(pending, one, target, self._run_id)) for one in plans]

    def _add(self, written: Written, plan: WritePlan, entries: list[tuple[WritePlan, WriteEntry]]) -> None:
        pending = written.pending
        if all(one is not plan for one, _ in entries):
            how = (plan.outcome, plan.note, pending.text, self._policy.target, plan.by_setting, plan.news)
            self._notes.append(WriteNote(pending.photo_id, *how))
        if entries:
            written.report = replace(written.report, run_id=self._run_id)
        for one, entry in entries:
            self._plans.append((written, replace(one, old=None), entry))  # the old bytes are needed no more
            self._bytes += len(one.new or b"")

    def write(self) -> list[Written]:
        """Write what was planned; returns what became of each, in their order.

        Raises:
            CatalogError: the journal cannot be kept.
        """
        ends: list[WriteEnd] = []
        if self._plans:
            # The new bytes would hide what a former write did there.
            photos = {written.pending.path for written in self._photos}
            settle_all(self._catalog, photos.union(plan.target_path for _, plan, _ in self._plans))
            ends = self._replace()
        if ends or self._notes:
            self._catalog.end_writes(ends, self._notes)
        for written in self._photos:
            if written.failed:
                _log.info("%r was not written: %s", written.pending.path, written.report.note)
        return self._photos

    def _replace(self) -> list[WriteEnd]:
        todo = [(written.pending.path, entry) for written, _, entry in self._plans]
        begun: list[tuple[Written, OpenWrite, WritePlan]] = []
        journalled = begin(self._catalog.begin_writes, todo)
        for (written, plan, _), write in zip(self._plans, journalled, strict=True):
            if isinstance(write, str):
                written.refuse(write, plan)
            else:
                begun.append((written, write, plan))
        results = carry_out(
            self._catalog, [(write, plan) for _, write, plan in begun], self._writer.apply_all
        )
        for (written, write, plan), result in zip(begun, results, strict=True):
            if result.problem is not None:
                written.refuse(result.problem, plan)
            elif write.outcome is WriteOutcome.EMBEDDED:
                written.new_hash = write.after_hash
        return [result.end for result in results if result.end is not None]


def _files_of(path: str) -> set[str]:
    """What tells photos apart that may share a file: the name, without suffix, of it and of what it links to.

    A photo's sidecar may be ``photo.xmp``, which is that of every photo of this name.
    """
    return {os.path.splitext(name)[0].casefold() for name in (path, os.path.realpath(path))}
