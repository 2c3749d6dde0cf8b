"""Questions that were put to many photos: what waits, what was answered, and what failed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    insert,
    select,
    text,
    update,
)

from blipdesk.catalog.asked_answers import run_of
from blipdesk.catalog.asked_tables import AskedPhotoRow, AskedRunRow
from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.edits import note_asked, turn_values
from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import QuestionRow
from blipdesk.catalog.text import clean, now
from blipdesk.domain.asked import AskedRun, AskedState, PhotoAnswer, PhotoAsked, same_answer
from blipdesk.domain.errors import Problem
from blipdesk.domain.filter_tests import folded_words

_PAGE = 1000
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
                _move(tx.connection, _photos(run_id, PhotoAsked.LEFT), PhotoAsked.WAITING)
                _end_if_done(tx.connection, run_id)

        self._database.write(change)

    def retry_asked(self, run_id: int) -> int:
        """Let the photos of a run that failed wait again, and no others of one that was ended; how many."""

        def retry(tx: Transaction) -> int:
            connection, failed = tx.connection, _photos(run_id, PhotoAsked.FAILED)
            if connection.execute(select(AskedPhotoRow.place).where(failed).limit(1)).first() is None:
                return 0
            run = update(AskedRunRow).where(AskedRunRow.id == run_id)
            ended = run.where(AskedRunRow.state == AskedState.CANCELLED.value).values(state="open")
            if connection.execute(ended).rowcount:
                _move(connection, _photos(run_id, PhotoAsked.WAITING), PhotoAsked.LEFT)
            connection.execute(run.values(state="open", note="", ended_at=None))
            return _move(
                connection, failed, PhotoAsked.WAITING,
                problem_kind=None, problem_message=None, problem_remedy=None,
            )  # fmt: skip

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
            return None if row is None else run_of(connection, row)

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
                    extra["asked"] = folded_words(run.question)
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
    """A run in which no photo waits is done; one that was ended before stays so where photos were left."""
    waits, left = (
        select(AskedPhotoRow.place).where(_photos(run_id, state)).exists()
        for state in (PhotoAsked.WAITING, PhotoAsked.LEFT)
    )
    state = case((left, AskedState.CANCELLED.value), else_=AskedState.DONE.value)
    connection.execute(
        update(AskedRunRow)
        .where(AskedRunRow.id == run_id, AskedRunRow.state == AskedState.OPEN.value, ~waits)
        .values(state=state, ended_at=now())
    )


def _photos(run_id: int, state: PhotoAsked) -> ColumnElement[bool]:
    return and_(AskedPhotoRow.run_id == run_id, AskedPhotoRow.state == state.value)


def _move(connection: Connection, photos: ColumnElement[bool], to: PhotoAsked, **values: Any) -> int:
    """Give these photos of a run another state; returns how many there were."""
    return connection.execute(update(AskedPhotoRow).where(photos).values(state=to.value, **values)).rowcount
