"""Questions that were put to many photos: what waits, what was answered, and what failed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from blipdesk.catalog.asked_tables import AskedPhotoRow, AskedRunRow
from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.edits import note_asked, turn_values
from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import PhotoRow, QuestionRow
from blipdesk.catalog.text import clean, now
from blipdesk.domain.asked import AskedPhoto, AskedRun, AskedState, PhotoAnswer, PhotoAsked, same_answer
from blipdesk.domain.errors import Problem, ProblemKind

_PAGE = 1000
_RECENT = 5000
"""Turns among which the latest answers of a model are looked for."""
# Of photos that are gone by now, or whose folder is, nothing is asked.
_PUT_IN = text("""
INSERT INTO asked_photo (run_id, place, photo_id)
SELECT :run, wanted.key, photo.id FROM json_each(:ids) AS wanted
  CROSS JOIN photo ON photo.id = wanted.value WHERE photo.hidden = 0
""")
# A photo is known by its picture: writing a caption into its file changes all else of its content.
_ANSWERED_BEFORE = text("""
SELECT turn.id, turn.photo_id, turn.question, turn.choices, asked_photo.place
  FROM asked_photo CROSS JOIN question AS turn ON turn.photo_id = asked_photo.photo_id
  CROSS JOIN photo ON photo.id = turn.photo_id
 WHERE asked_photo.run_id = :run AND asked_photo.state = 'waiting' AND asked_photo.place > :after
   AND asked_photo.place <= :last AND turn.model_key = :model AND NOT turn.stopped
   AND turn.pixel_hash = photo.pixel_hash AND photo.captioned_hash = photo.content_hash ORDER BY turn.id
""")
_LATEST_QUESTIONS = text("""
SELECT question FROM question GROUP BY question ORDER BY max(id) DESC LIMIT :limit
""")
_SECONDS_EACH = text("""
SELECT model_key, seconds FROM question WHERE id > (SELECT max(id) FROM question) - :recent
   AND NOT stopped ORDER BY id DESC
""")


class AskedMany:
    """Runs of one question over many photos.  Their answers are turns of the photos' chats."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ------------------------------------------------------------------------------------ steering

    def begin_asking(
        self,
        question: str,
        photo_ids: Sequence[int],
        choices: Sequence[str] = (),
        *,
        scope: str = "",
        model: str = "",
        again: bool = False,
    ) -> int:
        """Let photos wait for a question, in this order; returns the run's id.

        Args:
            question: what is asked.
            photo_ids: of which photos; those that are gone are left out.
            choices: the only answers; none: any.
            scope: the query that they were found by; empty: they were selected.
            model: which one answers; empty: that of the settings.
            again: what was answered before is asked anew.
        """

        def begin(tx: Transaction) -> int:
            values = {
                "question": clean(question),
                "choices": json.dumps([clean(choice) for choice in choices]) if choices else None,
                "scope": clean(scope),
                "model": model,
                "again": again,
                "began_at": now(),
            }
            run = tx.connection.execute(
                insert(AskedRunRow).values(**values).returning(AskedRunRow.id)
            ).scalar_one()
            wanted = json.dumps(list(dict.fromkeys(photo_ids)))
            tx.connection.execute(_PUT_IN, {"run": run, "ids": wanted})
            _end_if_done(tx.connection, run)
            return run

        return self._database.write(begin)

    def set_asking(self, run_id: int, state: AskedState) -> None:
        """Let a run rest, go on, or end; one that is done by now stays so."""
        ended = now() if state is AskedState.CANCELLED else None

        def change(tx: Transaction) -> None:
            tx.connection.execute(
                update(AskedRunRow)
                .where(AskedRunRow.id == run_id, AskedRunRow.state != AskedState.DONE.value)
                .values(state=state.value, note="", ended_at=ended)
            )
            if state is AskedState.OPEN:
                _end_if_done(tx.connection, run_id)

        self._database.write(change)

    def retry_asked(self, run_id: int) -> int:
        """Let the photos of a run that failed wait again; returns how many."""

        def retry(tx: Transaction) -> int:
            done = tx.connection.execute(
                update(AskedPhotoRow)
                .where(AskedPhotoRow.run_id == run_id, AskedPhotoRow.state == PhotoAsked.FAILED.value)
                .values(state="waiting", problem_kind=None, problem_message=None, problem_remedy=None)
            ).rowcount
            reopened = update(AskedRunRow).where(AskedRunRow.id == run_id)
            if done:
                tx.connection.execute(reopened.values(state="open", note="", ended_at=None))
            return done

        return self._database.write(retry)

    def forget_asking(self, run_id: int) -> None:
        """Take a run off the list; its answers stay with the photos."""

        def forget(tx: Transaction) -> None:
            tx.connection.execute(delete(AskedRunRow).where(AskedRunRow.id == run_id))

        self._database.write(forget)

    # ------------------------------------------------------------------------------------ the worker's

    def open_asking(self) -> AskedRun | None:
        """The newest run that is to go on: what was asked last is what a person waits for.

        One that could not go on when it was tried (its model is gone) goes behind those that may.
        """
        with self._database.read() as connection:
            is_open = AskedRunRow.state == AskedState.OPEN.value
            order = AskedRunRow.note != "", AskedRunRow.id.desc()
            row = connection.execute(
                select(AskedRunRow.__table__).where(is_open).order_by(*order).limit(1)
            ).first()
            return None if row is None else _run_of(connection, row)

    def note_asking(self, run_id: int, note: str) -> None:
        """Say why a run cannot go on now; what the person decided of it meanwhile holds."""

        def change(tx: Transaction) -> None:
            is_open = AskedRunRow.state == AskedState.OPEN.value
            tx.connection.execute(
                update(AskedRunRow).where(AskedRunRow.id == run_id, is_open).values(note=clean(note))
            )

        self._database.write(change)

    def waiting_for(self, run_id: int, limit: int) -> list[int]:
        """The next photos of a run."""
        with self._database.read() as connection:
            waiting = select(AskedPhotoRow.photo_id).where(
                AskedPhotoRow.run_id == run_id, AskedPhotoRow.state == PhotoAsked.WAITING.value
            )
            return list(connection.scalars(waiting.order_by(AskedPhotoRow.place).limit(limit)))

    def keep_known(self, run: AskedRun, model_key: str) -> int:
        """Give a run the answers that this model gave before to the same question of the same pictures.

        A page at a time: what is written meanwhile waits for none of it.  Returns of how many photos.
        """
        wanted, done, after = same_answer(run.question), 0, -1
        while (page := self._page_after(run.id, after)) is not None:
            found: dict[int, int] = {}
            with self._database.read() as connection:
                bound = {"run": run.id, "after": after, "last": page, "model": model_key}
                for row in connection.execute(_ANSWERED_BEFORE, bound):
                    choices = tuple(choice[0] for choice in json.loads(row.choices or "[]"))
                    if same_answer(row.question) == wanted and sorted(choices) == sorted(run.choices):
                        found[row.place] = row.id
            if found:
                settled = [{"at": place, "turn": turn} for place, turn in found.items()]
                self._database.write(partial(_keep_known, run.id, settled))
            done, after = done + len(found), page
        self._database.write(lambda tx: _end_if_done(tx.connection, run.id))
        return done

    def _page_after(self, run_id: int, place: int) -> int | None:
        """The last place of the next page of photos that wait."""
        with self._database.read() as connection:
            places = (
                select(AskedPhotoRow.place)
                .where(
                    AskedPhotoRow.run_id == run_id,
                    AskedPhotoRow.state == PhotoAsked.WAITING.value,
                    AskedPhotoRow.place > place,
                )
                .order_by(AskedPhotoRow.place)
                .limit(_PAGE)
            )
            found = connection.scalars(places).all()
        return found[-1] if found else None

    def keep_answers(
        self, run: AskedRun, answers: Sequence[PhotoAnswer], failed: Mapping[int, Problem]
    ) -> None:
        """Store what was answered and what failed, in one transaction; the last photo ends the run.

        A photo that is gone by now, or whose answer is there already, is passed over.
        """

        def keep(tx: Transaction) -> None:
            connection = tx.connection
            waiting = _waiting_among(connection, run.id, [answer.photo_id for answer in answers])
            kept = []
            for answer in answers:
                if answer.photo_id in waiting:
                    values, listed = turn_values(answer.photo_id, run.question, answer.result)
                    extra = {"choices": listed, "pixel_hash": answer.pixel_hash, "asked_at": now()}
                    turn = connection.execute(
                        insert(QuestionRow).values(**values, **extra).returning(QuestionRow.id)
                    ).scalar_one()
                    kept.append({"at": waiting[answer.photo_id], "turn": turn})
            if kept:
                _keep(connection, run.id, kept, PhotoAsked.ANSWERED)
            for photo_id, problem in failed.items():
                connection.execute(
                    update(AskedPhotoRow)
                    .where(AskedPhotoRow.run_id == run.id, AskedPhotoRow.photo_id == photo_id)
                    .values(
                        state=PhotoAsked.FAILED.value,
                        problem_kind=problem.kind.value,
                        problem_message=clean(problem.message),
                        problem_remedy=clean(problem.remedy),
                    )
                )
            connection.execute(update(AskedRunRow).where(AskedRunRow.id == run.id).values(note=""))
            _end_if_done(connection, run.id)
            note_asked(tx, sorted(waiting))

        self._database.write(keep)

    # ------------------------------------------------------------------------------------ reading

    def asked_runs(self, limit: int) -> list[AskedRun]:
        """The newest runs, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(AskedRunRow.__table__).order_by(AskedRunRow.id.desc()).limit(limit)
            ).all()
            return [_run_of(connection, row) for row in rows]

    def asked_run(self, run_id: int) -> AskedRun | None:
        """One run; None when it was taken off the list."""
        with self._database.read() as connection:
            row = connection.execute(select(AskedRunRow.__table__).where(AskedRunRow.id == run_id)).first()
            return None if row is None else _run_of(connection, row)

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
                    select(AskedPhotoRow.__table__, PhotoRow.path, *_SAID)
                    .join(PhotoRow, PhotoRow.id == AskedPhotoRow.photo_id)
                    .outerjoin(QuestionRow, QuestionRow.id == AskedPhotoRow.question_id)
                    .where(AskedPhotoRow.run_id == run_id, AskedPhotoRow.place > after)
                    .order_by(AskedPhotoRow.place)
                    .limit(_PAGE)
                ).all()
            if not rows:
                return
            yield from map(_photo_of, rows)
            after = rows[-1].place

    def latest_questions(self, limit: int) -> list[str]:
        """What was asked of any photo, each once, the latest first."""
        with self._database.read() as connection:
            return list(connection.scalars(_LATEST_QUESTIONS, {"limit": limit}))

    def latest_seconds(self) -> list[tuple[str, float]]:
        """Model key and seconds of the latest answers, the latest first."""
        with self._database.read() as connection:
            rows = connection.execute(_SECONDS_EACH, {"recent": _RECENT})
            return [(model_key, seconds) for model_key, seconds in rows]


_SAID = (
    QuestionRow.answer, QuestionRow.choices, QuestionRow.model_key, QuestionRow.asked_at,
)  # fmt: skip


def _waiting_among(connection: Connection, run_id: int, photo_ids: Sequence[int]) -> dict[int, int]:
    """The places of those photos that wait."""
    rows = connection.execute(
        select(AskedPhotoRow.photo_id, AskedPhotoRow.place).where(
            AskedPhotoRow.run_id == run_id,
            AskedPhotoRow.photo_id.in_(among(photo_ids)),
            AskedPhotoRow.state == PhotoAsked.WAITING.value,
        )
    )
    return {row.photo_id: row.place for row in rows}


def _keep_known(run_id: int, settled: Sequence[dict[str, Any]], tx: Transaction) -> None:
    _keep(tx.connection, run_id, settled)


def _keep(
    connection: Connection,
    run_id: int,
    settled: Sequence[dict[str, Any]],
    state: PhotoAsked = PhotoAsked.KEPT,
) -> None:
    table = AskedPhotoRow.__table__
    is_there = select(QuestionRow.id).where(QuestionRow.id == bindparam("turn")).exists()  # not taken out now
    connection.execute(
        update(AskedPhotoRow)
        .where(table.c.run_id == run_id, table.c.place == bindparam("at"), is_there)
        .values(state=state.value, question_id=bindparam("turn")),
        list(settled),
        execution_options={"synchronize_session": None},
    )


def _end_if_done(connection: Connection, run_id: int) -> None:
    waits = select(AskedPhotoRow.place).where(
        AskedPhotoRow.run_id == run_id, AskedPhotoRow.state == PhotoAsked.WAITING.value
    )
    connection.execute(
        update(AskedRunRow)
        .where(AskedRunRow.id == run_id, AskedRunRow.state == AskedState.OPEN.value, ~waits.exists())
        .values(state=AskedState.DONE.value, ended_at=now())
    )


def _run_of(connection: Connection, row: AnyRow) -> AskedRun:
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
