"""What came of questions that were put to many photos, read back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select, text

from blipdesk.catalog.asked_tables import AskedPhotoRow, AskedRunRow
from blipdesk.catalog.database import AnyRow, Database
from blipdesk.catalog.schema import PhotoRow, QuestionRow
from blipdesk.domain.asked import AskedPhoto, AskedRun, AskedState, PhotoAsked
from blipdesk.domain.errors import Problem, ProblemKind

_PAGE = 1000
_RECENT = 5000
"""Turns among which the latest answers of a model are looked for."""
_LATEST_QUESTIONS = text("""
SELECT question FROM question GROUP BY question ORDER BY max(id) DESC LIMIT :limit
""")
_SECONDS_EACH = text("""
SELECT model_key, seconds FROM question WHERE id > (SELECT max(id) FROM question) - :recent
   AND NOT stopped ORDER BY id DESC
""")


_PHOTOS = (
    select(
        AskedPhotoRow.__table__, PhotoRow.path,
        QuestionRow.answer, QuestionRow.choices, QuestionRow.model_key, QuestionRow.asked_at,
    )
    .join(PhotoRow, PhotoRow.id == AskedPhotoRow.photo_id)
    .outerjoin(QuestionRow, QuestionRow.id == AskedPhotoRow.question_id)
)  # fmt: skip


class AskedAnswers:
    """Runs, their answers in groups and photo by photo, and what was asked lately."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def asked_runs(self, limit: int) -> list[AskedRun]:
        """The newest runs, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(AskedRunRow.__table__).order_by(AskedRunRow.id.desc()).limit(limit)
            ).all()
            return [run_of(connection, row) for row in rows]

    def asked_run(self, run_id: int) -> AskedRun | None:
        """One run; None when it was taken off the list."""
        with self._database.read() as connection:
            row = connection.execute(select(AskedRunRow.__table__).where(AskedRunRow.id == run_id)).first()
            return None if row is None else run_of(connection, row)

    def asked_answers(self, run_id: int) -> list[tuple[str, int]]:
        """Each answer of a run as it was said, and of how many photos."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(QuestionRow.answer, func.count())
                .join(AskedPhotoRow, AskedPhotoRow.question_id == QuestionRow.id)
                .where(AskedPhotoRow.run_id == run_id)
                .group_by(QuestionRow.answer)
            )
            return [(answer, count) for answer, count in rows]

    def asked_failures(self, run_id: int) -> list[tuple[Problem, int]]:
        """Why photos of a run have no answer, and how many for each reason, the most frequent first."""
        with self._database.read() as connection:
            columns = (
                AskedPhotoRow.problem_kind, AskedPhotoRow.problem_message, AskedPhotoRow.problem_remedy,
            )  # fmt: skip
            rows = connection.execute(
                select(*columns, func.count())
                .where(AskedPhotoRow.run_id == run_id, AskedPhotoRow.state == PhotoAsked.FAILED.value)
                .group_by(*columns)
                .order_by(func.count().desc())
            )
            return [
                (Problem(ProblemKind(kind), message or "", remedy or ""), count)
                for kind, message, remedy, count in rows
                if kind is not None
            ]

    def asked_photos(self, run_id: int) -> Iterator[AskedPhoto]:
        """Every photo of a run in its order, read in pages."""
        after = -1
        while True:
            with self._database.read() as connection:
                rows = connection.execute(
                    _PHOTOS.where(AskedPhotoRow.run_id == run_id, AskedPhotoRow.place > after)
                    .order_by(AskedPhotoRow.place)
                    .limit(_PAGE)
                ).all()
            if not rows:
                return
            yield from map(_photo_of, rows)
            after = rows[-1].place

    def asked_group(self, run_id: int, answers: Sequence[str], limit: int) -> list[AskedPhoto]:
        """The first photos of a run that have one of these answers, in its order."""
        with self._database.read() as connection:
            said = connection.execute(
                _PHOTOS.where(AskedPhotoRow.run_id == run_id, QuestionRow.answer.in_(answers))
                .order_by(AskedPhotoRow.place)
                .limit(limit)
            )
            return [_photo_of(row) for row in said]

    def latest_questions(self, limit: int) -> list[str]:
        """What was asked of any photo, each once, the latest first."""
        with self._database.read() as connection:
            return list(connection.scalars(_LATEST_QUESTIONS, {"limit": limit}))

    def latest_seconds(self) -> list[tuple[str, float]]:
        """Model key and seconds of the latest answers, the latest first."""
        with self._database.read() as connection:
            rows = connection.execute(_SECONDS_EACH, {"recent": _RECENT})
            return [(model_key, seconds) for model_key, seconds in rows]


def run_of(connection: Connection, row: AnyRow) -> AskedRun:
    """A run with its counts."""
    rows = connection.execute(
        select(AskedPhotoRow.state, func.count().label("photos"))
        .where(AskedPhotoRow.run_id == row.id)
        .group_by(AskedPhotoRow.state)
    )
    counts: dict[str, int] = {found.state: found.photos for found in rows}
    return AskedRun(
        row.id,
        row.question,
        tuple(json.loads(row.choices or "[]")),
        row.scope,
        row.model,
        row.again,
        AskedState(row.state),
        row.note,
        row.began_at,
        row.ended_at,
        **{state.value: counts.get(state.value, 0) for state in PhotoAsked},
    )


def _photo_of(row: AnyRow) -> AskedPhoto:
    problem = None
    if row.problem_kind is not None:
        problem = Problem(ProblemKind(row.problem_kind), row.problem_message, row.problem_remedy)
    choices = json.loads(row.choices or "[]")
    return AskedPhoto(
        row.photo_id,
        row.path,
        PhotoAsked(row.state),
        row.answer or "",
        row.model_key or "",
        row.asked_at,
        choices[0][1] if choices else None,
        problem,
    )
