"""One question put to many photos: starting and steering it, its answers in groups, and their export."""

from __future__ import annotations

import csv
import json
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from blipdesk.catalog import Catalog
from blipdesk.domain.asked import AnswerGroup, AskedPhoto, AskedRun, AskedState, groups_of, same_answer
from blipdesk.domain.choices import check_choices
from blipdesk.domain.errors import Problem, UsageError
from blipdesk.domain.jobs import EngineSettings
from blipdesk.domain.wording import tr
from blipdesk.pipeline import Pipeline
from blipdesk.services.asking import folded_question
from blipdesk.services.exchange import cell
from blipdesk.services.run_options import is_demo, key_of

FIELDS = ("path", "question", "answer", "probability", "model", "asked", "state", "error")
_TIMED = 20
"""So many of the latest answers say how long the next ones take."""


@dataclass(frozen=True, slots=True)
class AskedReport:
    """A run with what came of it so far."""

    run: AskedRun
    groups: Sequence[AnswerGroup]
    failures: Sequence[tuple[Problem, int]]


class AskManyService:
    """Put one question to many photos; the worker asks them between captions.  Any thread; synchronous."""

    def __init__(
        self, catalog: Catalog, pipeline: Callable[[], Pipeline], engine: Callable[[], EngineSettings]
    ) -> None:
        self._catalog = catalog
        self._pipeline = pipeline
        self._engine = engine

    # ------------------------------------------------------------------------------------ steering

    def start(
        self,
        question: str,
        photo_ids: Sequence[int],
        *,
        choices: Sequence[str] = (),
        scope: str = "",
        model: str = "",
        again: bool = False,
    ) -> AskedRun:
        """Put a question to photos; returns once that is kept, and the answers come by themselves.

        Args:
            question: any text; white space is folded.
            photo_ids: whose photos, in the order in which they are asked.
            choices: the only answers; none: any.
            scope: the query that they were found by; empty: they were selected.
            model: which one answers; empty: that of the settings.
            again: what the same model answered before of the same picture is asked anew.

        Raises:
            UsageError: the question is blank or too long, the choices are no choices, there is no photo.
        """
        question = folded_question(question)
        choices = check_choices(choices) if choices else ()
        if not len(photo_ids):
            raise UsageError(tr("There is no photo to ask."), tr("Select some, or search for others."))
        run_id = self._catalog.begin_asking(
            question, photo_ids, choices, scope=scope, model=model, again=again
        )
        self._pipeline().ask_many()
        return self.run(run_id)

    def pause(self, run_id: int) -> None:
        """Let it rest after the photo in hand; kept over a restart."""
        self._steer(run_id, AskedState.PAUSED)

    def resume(self, run_id: int) -> None:
        """Go on with what still waits."""
        self._steer(run_id, AskedState.OPEN)

    def cancel(self, run_id: int) -> None:
        """End it; what was answered stays."""
        self._steer(run_id, AskedState.CANCELLED)

    def _steer(self, run_id: int, state: AskedState) -> None:
        run = self.run(run_id)
        if run.state is not AskedState.DONE:
            self._catalog.set_asking(run_id, state)
            self._pipeline().ask_many()

    def retry(self, run_id: int) -> int:
        """Ask the photos again that failed; returns how many."""
        count = self._catalog.retry_asked(run_id)
        self._pipeline().ask_many()
        return count

    def forget(self, run_id: int) -> None:
        """Take a run off the list; the answers stay with their photos."""
        self._catalog.forget_asking(run_id)
        self._pipeline().ask_many()

    # ------------------------------------------------------------------------------------ reading

    def run(self, run_id: int) -> AskedRun:
        """One run.

        Raises:
            UsageError: there is none of this number.
        """
        run = self._catalog.asked_run(run_id)
        if run is None:
            raise UsageError(tr("This question to many photos is not on the list any more."))
        return run

    def runs(self, limit: int = 50) -> list[AskedRun]:
        """The newest runs, newest first."""
        return self._catalog.asked_runs(limit)

    def report(self, run_id: int) -> AskedReport:
        """A run with its answers in groups, the most frequent first, and why photos have none.

        Raises:
            UsageError: as :meth:`run`.
        """
        run = self.run(run_id)
        groups = groups_of(self._catalog.asked_answers(run_id))
        return AskedReport(run, groups, self._catalog.asked_failures(run_id))

    def photos(self, run_id: int) -> Iterator[AskedPhoto]:
        """Every photo of a run with its answer, in order."""
        return self._catalog.asked_photos(run_id)

    def photos_with(self, run_id: int, group: AnswerGroup, limit: int) -> list[AskedPhoto]:
        """The first photos of a run whose answer is of this group."""
        said = [
            answer for answer, _ in self._catalog.asked_answers(run_id) if same_answer(answer) == group.key
        ]
        return self._catalog.asked_group(run_id, said, limit)

    def earlier_questions(self, limit: int = 12) -> list[str]:
        """What was asked of any photo, each once, the latest first."""
        return self._catalog.latest_questions(limit)

    def seconds_each(self) -> float | None:
        """How long the model of the settings takes for an answer here; None where it was never timed."""
        wanted = self._engine().model
        timed = (seconds for key, seconds in self._catalog.latest_seconds() if _is_of(key, wanted))
        latest = [seconds for _, seconds in zip(range(_TIMED), timed, strict=False)]
        return statistics.mean(latest) if latest else None

    # ------------------------------------------------------------------------------------ export

    def export(self, run_id: int, path: Path) -> int:
        """Write the answers: JSON lines where the name ends in ``.jsonl`` or ``.json``, else CSV.

        Returns:
            How many photos.

        Raises:
            UsageError: there is no such run, or the file cannot be written.
        """
        is_json = path.suffix.lower() in (".jsonl", ".json")
        try:
            with path.open("w", encoding="utf-8", newline="") as out:
                return self.write_jsonl(run_id, out) if is_json else self.write_csv(run_id, out)
        except OSError as error:
            why = error.strerror or str(error)
            raise UsageError(tr("{path} cannot be written ({why}).", path=path, why=why)) from error

    def records(self, run_id: int) -> Iterator[dict[str, Any]]:
        """Every photo of a run as an object of :data:`FIELDS`."""
        question = self.run(run_id).question
        for photo in self.photos(run_id):
            yield {
                "path": photo.path,
                "question": question,
                "answer": photo.answer or None,
                "probability": photo.probability,
                "model": photo.model_key or None,
                "asked": _time_of(photo.asked_at),
                "state": photo.state.value,
                "error": _words_of(photo.problem),
            }

    def write_jsonl(self, run_id: int, out: TextIO) -> int:
        """Write JSON lines (ASCII, so that a file name of any bytes survives); gives the number of photos."""
        count = 0
        for record in self.records(run_id):
            out.write(json.dumps(record) + "\n")
            count += 1
        return count

    def write_csv(self, run_id: int, out: TextIO) -> int:
        """Write CSV with a header; cells that a spreadsheet would run are made text."""
        writer = csv.writer(out)
        writer.writerow(FIELDS)
        count = 0
        for record in self.records(run_id):
            writer.writerow([cell(record[name]) for name in FIELDS])
            count += 1
        return count


def _is_of(model_key: str, wanted: str) -> bool:
    key = key_of(model_key)
    return key == wanted or (is_demo(wanted) and is_demo(key))


def _time_of(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds).astimezone().isoformat(timespec="seconds")


def _words_of(problem: Problem | None) -> str | None:
    return None if problem is None else f"{problem.message} {problem.remedy}".strip()
