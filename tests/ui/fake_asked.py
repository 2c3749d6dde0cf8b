"""Questions to many photos as the window asks them, answered when a test says so."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from blipdesk.domain.asked import AnswerGroup, AskedPhoto, AskedRun, AskedState, PhotoAsked, groups_of
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.services.asking_many import AskedReport


class FakeAskedMany:
    """AskManyService over lists."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.kept: list[AskedRun] = []
        self.answers: dict[str, int] = {}
        self.failures: list[tuple[Problem, int]] = []
        self.started: list[dict[str, object]] = []
        self.of_group: list[int] = []
        """Photos that every group has."""
        self.exported: list[Path] = []
        self.error: Exception | None = None

    def start(
        self,
        question: str,
        photo_ids: Sequence[int],
        *,
        choices: Sequence[str] = (),
        scope: str = "",
        again: bool = False,
    ) -> AskedRun:
        if self.error is not None:
            raise self.error
        with self._lock:
            self.started.append({"ids": list(photo_ids), "choices": tuple(choices), "again": again})
            number, state, count = len(self.kept) + 1, AskedState.OPEN, len(photo_ids)
            run = AskedRun(
                number, question, tuple(choices), scope, "", again, state, "", 0.0, None, waiting=count
            )
            self.kept.insert(0, run)
            return run

    def answer(self, **answers: int) -> None:
        """For tests: so many photos of the newest run have answers now."""
        with self._lock:
            self.answers = answers
            run, count = self.kept[0], sum(answers.values())
            failed = sum(each for _, each in self.failures)
            waiting = run.total - count - failed
            state = run.state if waiting else AskedState.DONE
            self.kept[0] = replace(run, waiting=waiting, answered=count, failed=failed, state=state)

    def fail(self, count: int) -> None:
        """For tests: so many of them have none."""
        self.failures = [(Problem(ProblemKind.VANISHED, "The file is gone.", "Bring it back."), count)]

    def _set(self, run_id: int, state: AskedState) -> None:
        with self._lock:
            self.kept = [replace(run, state=state) if run.id == run_id else run for run in self.kept]

    def pause(self, run_id: int) -> None:
        self._set(run_id, AskedState.PAUSED)

    def resume(self, run_id: int) -> None:
        self._set(run_id, AskedState.OPEN)

    def cancel(self, run_id: int) -> None:
        self._set(run_id, AskedState.CANCELLED)

    def retry(self, run_id: int) -> int:
        self.failures = []
        self._set(run_id, AskedState.OPEN)
        return 1

    def runs(self) -> list[AskedRun]:
        return list(self.kept)

    def report(self, run_id: int) -> AskedReport:
        with self._lock:
            run = next(run for run in self.kept if run.id == run_id)
            return AskedReport(run, groups_of(self.answers.items()), list(self.failures))

    def photos_with(self, run_id: int, group: AnswerGroup, limit: int) -> list[AskedPhoto]:
        listed = [AskedPhoto(n, f"/photos/{n}.jpg", PhotoAsked.ANSWERED, group.answer) for n in self.of_group]
        return listed[:limit]

    def earlier_questions(self) -> list[str]:
        return [run.question for run in self.kept]

    def seconds_each(self) -> float | None:
        return 2.0

    def export(self, run_id: int, path: Path) -> int:
        self.exported.append(path)
        return self.kept[0].total
