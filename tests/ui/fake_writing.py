"""WritingService in memory: a few runs, some files that cannot come back, two captions for some photos."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import (
    Conflict,
    ExistingText,
    JournalSize,
    KeepText,
    RunKind,
    UndoOutcome,
    UndoReport,
    UndoSelection,
    WriteOutcome,
    WritePolicy,
    WriteReport,
    WriteRun,
)

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace

SIGNED = "This photo is signed; a change would break the signature. Its caption went into a sidecar."


class FakeWriting:
    """Every call may be made from any thread; ``calls`` remembers what was asked.

    ``step_seconds`` slows an undo down, one file after the other; ``hold`` stops it until it is set.
    """

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.calls: list[tuple[str, object]] = []
        self.found: list[Conflict] = []
        self.made: list[WriteRun] = []
        self.files = 12
        self.step_seconds = 0.0
        self.hold = threading.Event()
        self.hold.set()
        self.refuses = False
        self.away: list[str] = []
        """Why folders cannot be reached now: the last of the photos that are named lies there."""
        self.taken_back: set[int] = set()
        """Photos that are written only where somebody asks for it."""

    @property
    def policy(self) -> WritePolicy:
        values = self._ws.settings.values
        return WritePolicy(
            WriteTarget(values.write_target), ExistingText(values.existing_text), values.embed_heif
        )

    # ------------------------------------------------------------------------------------ for tests

    def with_runs(self, times: int = 1) -> FakeWriting:
        """Some days of writing, ``times`` over."""
        now = time.time()
        day = 86_400.0
        self.made = [
            WriteRun(4, RunKind.WRITE, WriteTarget.EMBED, ExistingText.SKIP, now - 1800, now - 600,
                     1204, 81, 48, 3, 0, 412_000, 0),
            WriteRun(3, RunKind.UNDO, WriteTarget.EMBED, ExistingText.SKIP, now - day, now - day, 12, 0, 1),
            WriteRun(2, RunKind.WRITE, WriteTarget.SIDECAR, ExistingText.SKIP, now - day - 90, now - day, 0,
                     13, taken_back=13),
            WriteRun(1, RunKind.WRITE, WriteTarget.EMBED, ExistingText.REPLACE, now - 400 * day,
                     now - 400 * day, 230, 2, pruned=232),
        ] * times  # fmt: skip
        return self

    def with_conflicts(self, count: int) -> FakeWriting:
        """Photos with two captions."""
        photos = [p for p in self._ws.library.all() if p.caption and p.state is PhotoState.DONE][:count]
        self.found = [
            Conflict(
                photo.id, photo.path, f"Grandma's {photo.caption}", f"{photo.caption}, 2019",
                (photo.path + (".xmp" if index % 2 else "")).rsplit("/", 1)[1],
            )
            for index, photo in enumerate(photos)
        ]  # fmt: skip
        for conflict in self.found:
            self._ws.change(
                [conflict.photo_id], user_caption=conflict.mine, file_caption=conflict.file, conflict=True
            )
        return self

    # ------------------------------------------------------------------------------------ service

    def run(
        self,
        policy: WritePolicy,
        paths: Sequence[str] = (),
        on_progress: Callable[[int, int], object] = lambda done, total: None,
        *,
        on_skipped: Callable[[str, str], object] = lambda folder, reason: None,
    ) -> list[WriteReport]:
        self.calls.append(("run", (policy, tuple(paths))))
        for reason in self.away:
            on_skipped("/photos", reason)
        if self.away:
            paths = paths[:-1]
        reports = []
        for report in self.dry_run(policy, paths):
            reports.append(replace(report, run_id=5))
            try:
                on_progress(len(reports), len(paths))
            except Cancelled:
                break
        by_path = {photo.path: photo.id for photo in self._ws.library.all()}
        places = {WriteOutcome.EMBEDDED: WriteTarget.EMBED, WriteOutcome.SIDECAR: WriteTarget.SIDECAR}
        for report in reports:
            if report.outcome in places:
                note = report.note
                self._ws.change([by_path[report.path]], written=places[report.outcome], write_note=note)
        return reports

    def dry_run(
        self, policy: WritePolicy, paths: Sequence[str] = (), *, by_itself: bool = False
    ) -> Iterator[WriteReport]:
        for photo in self._ws.library.all():
            if not photo.caption or (paths and photo.path not in paths):
                continue
            if by_itself and photo.id in self.taken_back:
                continue
            self.hold.wait(10)
            if self.step_seconds:
                time.sleep(self.step_seconds)
            outcome, note, before = WriteOutcome.EMBEDDED, "", None
            if photo.id % 7 == 5:
                outcome, note = WriteOutcome.SIDECAR, SIGNED
            elif photo.id % 7 == 3:
                before = "Ada and the umbrellas, Costa da Caparica 2019"
                if policy.existing is ExistingText.SKIP:
                    outcome, note = WriteOutcome.KEPT, "A person's caption stands there already."
            if policy.target is WriteTarget.SIDECAR and outcome is WriteOutcome.EMBEDDED:
                outcome = WriteOutcome.SIDECAR
            if self.refuses:
                outcome, note = WriteOutcome.REFUSED, "The folder cannot be written to."
            yield WriteReport(photo.path, outcome, note, before, photo.caption)

    def photos_at(self, paths: Sequence[str]) -> tuple[int, ...]:
        return tuple(photo.id for photo in self._ws.library.all() if photo.path in paths)

    def runs(self, limit: int) -> list[WriteRun]:
        self._ws.wait()
        return self.made[:limit]

    def undo(
        self,
        selection: UndoSelection,
        dry_run: bool = False,
        on_progress: Callable[[int, int], object] = lambda done, total: None,
    ) -> list[UndoReport]:
        self.calls.append(("dry undo" if dry_run else "undo", selection))
        photos = [p for p in self._ws.library.all() if p.caption][: self.files]
        if selection.photo_ids:
            photos = [self._ws.library.photo_now(i) for i in selection.photo_ids]
            photos = [p for p in photos if p.written is not WriteTarget.NONE]
        reports = []
        for number, photo in enumerate(photos):
            self.hold.wait(10)
            if self.step_seconds:
                time.sleep(self.step_seconds)
            try:
                on_progress(number, len(photos))
            except Cancelled:
                break
            outcome, note = UndoOutcome.RESTORED, ""
            if photo.id % 11 == 3:
                outcome, note = UndoOutcome.CHANGED, "Another program changed this file since: left as it is."
            elif photo.id % 11 == 8:
                outcome = UndoOutcome.GONE
            reports.append(UndoReport(photo.path, photo.path, outcome, note))
            if outcome is UndoOutcome.RESTORED and not dry_run:
                self._ws.change([photo.id], written=WriteTarget.NONE, write_note="")
        if not dry_run:
            self.made = [
                replace(run, taken_back=run.embedded + run.sidecars) if run.id == selection.run_id else run
                for run in self.made
            ]
        return reports

    def conflicts(self) -> list[Conflict]:
        return list(self.found)

    def decide(
        self,
        photo_ids: Sequence[int],
        keep: KeepText,
        policy: WritePolicy | None = None,
        on_progress: Callable[[int, int], object] = lambda done, total: None,
        *,
        on_skipped: Callable[[str, str], object] = lambda folder, reason: None,
    ) -> list[WriteReport]:
        self.calls.append(("decide", (tuple(photo_ids), keep)))
        decided = [conflict for conflict in self.found if conflict.photo_id in photo_ids]
        self.found = [conflict for conflict in self.found if conflict.photo_id not in photo_ids]
        self._ws.change(photo_ids, conflict=False)
        if keep is KeepText.FILE:
            self._ws.change(photo_ids, user_caption=None)
        outcome = WriteOutcome.REFUSED if self.refuses else WriteOutcome.EMBEDDED
        note = "The folder cannot be written to." if self.refuses else ""
        reports = []
        for reason in self.away:
            on_skipped("/photos", reason)
        if self.away:
            decided = decided[:-1]
        for number, one in enumerate(decided if keep is KeepText.MINE else ()):
            try:
                on_progress(number, len(decided))
            except Cancelled:
                break
            self.hold.wait(10)
            if self.step_seconds:
                time.sleep(self.step_seconds)
            reports.append(WriteReport(one.path, outcome, note, one.file, one.mine))
            self.calls.append(("wrote", one.photo_id))
        return reports

    def journal_size(self) -> JournalSize:
        if not self.made:
            return JournalSize()
        return JournalSize(412_000, 1297, time.time() - 86_400 * 40, 232)
