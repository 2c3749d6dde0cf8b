"""The durable queue: what waits, what is worked on, what failed.

A row is unique per photo, content and model key, so that nothing is captioned twice however often it is
enqueued.  Attempts are committed before decoding and only change the order: a photo is set aside for
deaths that were *seen*, never because the program itself was killed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import aliased

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.parking import AFRESH, AVAILABLE, in_state, settle_parking
from blipdesk.catalog.paths import below_any, few_below
from blipdesk.catalog.schema import FolderRow, JobRow, PhotoRow
from blipdesk.domain.errors import TRANSIENT_KINDS
from blipdesk.domain.jobs import Job, QueueCounts

_WAITING = ("queued", "parked", "failed")
_UNCAPTIONED = text(
    "photo.captioned_hash IS NOT photo.content_hash AND photo.enqueued_hash IS NOT photo.content_hash"
)


class Queue:
    """What the runner asks and tells."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # ------------------------------------------------------------------------------------ into the queue

    def enqueue_pending(self, model_key: str, roots: Sequence[str] | None = None) -> int:
        """Queue every present photo (of some roots) whose content was not captioned yet.

        Photos that another model captioned are left alone; jobs that still wait for another model are
        done by this one instead.

        Args:
            model_key: the model that is to caption them.
            roots: only photos at or below these absolute paths.

        Returns:
            The number of new jobs.
        """

        def enqueue(tx: Transaction) -> int:
            where = true() if roots is None else _at(tx.connection, roots)
            _change_model(tx.connection, model_key, where)
            pending = (
                select(
                    PhotoRow.id,
                    PhotoRow.content_hash,
                    literal(model_key),
                    literal("queued"),
                    PhotoRow.sort_time,
                )
                .join(FolderRow, FolderRow.id == PhotoRow.folder_id)
                .where(_UNCAPTIONED, AVAILABLE, where)
            )
            added = tx.connection.scalars(
                upsert(JobRow)
                .from_select(["photo_id", "content_hash", "model_key", "state", "sort_time"], pending)
                .on_conflict_do_nothing()
                .returning(JobRow.photo_id)
            ).all()
            _mark_enqueued(tx.connection, added)
            tx.change.touch(added)
            return len(added)

        return self._database.write(enqueue)

    def enqueue_forced(self, photo_ids: Sequence[int], model_key: str) -> int:
        """Queue photos again because the person asks for it; returns how many.

        The new text never replaces a person's.
        """
        return self._database.write(lambda tx: force(tx, photo_ids, model_key))

    # ------------------------------------------------------------------------------------ work

    def claim(
        self, model_key: str, limit: int, first: Sequence[int] = (), roots: Sequence[str] | None = None
    ) -> list[Job]:
        """Take up to ``limit`` jobs: photos of ``first`` (in that order), then the newest.

        Jobs that were interrupted before come last, so that one that takes the program down cannot hold
        the others up.  With ``roots`` only photos at or below these absolute paths are taken.
        """

        def claim(tx: Transaction) -> list[Job]:
            connection = tx.connection
            few = None if roots is None else few_below(connection, roots)
            waiting = select(JobRow.id, JobRow.photo_id).where(JobRow.model_key == model_key)
            if few is not None:
                waiting = waiting.where(JobRow.photo_id.in_(among(few)))
            elif roots is not None:
                at_root = and_(PhotoRow.id == JobRow.photo_id, below_any(roots))
                waiting = waiting.where(select(PhotoRow.id).where(at_root).exists())
            ids: list[int] = []
            if first:
                order = {photo_id: place for place, photo_id in enumerate(first)}
                rows = connection.execute(
                    waiting.where(JobRow.photo_id.in_(among(first)), in_state("queued"), JobRow.attempts == 0)
                ).all()
                ids = [row.id for row in sorted(rows, key=lambda row: order[row.photo_id])][:limit]
            if len(ids) < limit:
                # As many as the limit: this may name the jobs of `first` again.
                rows = connection.execute(
                    # The queue in its order, but for a few photos these, in order.
                    waiting.where(text("job.state = 'queued'") if few is None else in_state("queued"))
                    .order_by(text("(attempts > 0)"), JobRow.sort_time.desc(), JobRow.id.desc())
                    .limit(limit)
                ).all()
                ids += [row.id for row in rows if row.id not in set(ids)][: limit - len(ids)]
            if not ids:
                return []
            connection.execute(update(JobRow).where(JobRow.id.in_(among(ids))).values(state="claimed"))
            jobs = _read_jobs(connection, ids)
            tx.change.touch(job.photo_id for job in jobs)
            return jobs

        return self._database.write(claim)

    def begin_attempt(self, job_id: int) -> None:
        """Count an attempt; committed before the file is decoded."""

        def begin(tx: Transaction) -> None:
            tx.connection.execute(
                update(JobRow).where(JobRow.id == job_id).values(attempts=JobRow.attempts + 1)
            )

        self._database.write(begin)

    def record_death(self, job_id: int) -> int:
        """A decoder or engine process was seen to die on this job; returns how often by now."""

        def record(tx: Transaction) -> int:
            deaths = tx.connection.scalar(
                update(JobRow)
                .where(JobRow.id == job_id)
                .values(deaths=JobRow.deaths + 1)
                .returning(JobRow.deaths)
            )
            return int(deaths or 0)

        return self._database.write(record)

    def release(self, job_ids: Sequence[int]) -> None:
        """Give claimed jobs back (a pause, a shutdown): in order, so it counts as no interruption."""
        where = and_(JobRow.id.in_(among(job_ids)), in_state("claimed"))
        self._database.write(lambda tx: _change_jobs(tx, where, state="queued", attempts=JobRow.deaths))

    # ------------------------------------------------------------------------------------ order

    def clear_claims(self) -> int:
        """At the start: what a killed run had claimed waits again, as does what failed by circumstance.

        Returns:
            The number of jobs that wait again.
        """

        def clear(tx: Transaction) -> int:
            kinds = [kind.value for kind in TRANSIENT_KINDS]
            by_circumstance = and_(JobRow.state == "failed", JobRow.problem_kind.in_(kinds))
            claimed = _change_jobs(tx, JobRow.state == "claimed", state="queued")
            others = _change_jobs(
                tx, or_(by_circumstance, JobRow.state == "cancelled"), state="queued", **AFRESH
            )
            return claimed + others

        return self._database.write(clear)

    def retry(self, photo_ids: Sequence[int] | None = None) -> int:
        """Queue what failed (or was cancelled) again, with a clean slate; None means all of it."""
        states = ("failed", "cancelled")
        if photo_ids is None:
            where: ColumnElement[bool] = JobRow.state.in_(states)
        else:
            where = and_(in_state(*states), JobRow.photo_id.in_(among(photo_ids)))
        return self._database.write(lambda tx: _change_jobs(tx, where, state="queued", **AFRESH))

    def cancel_queued(self) -> int:
        """Let what waits go, until it is asked for again or at the next start."""
        where = JobRow.state.in_(("queued", "parked"))
        return self._database.write(lambda tx: _change_jobs(tx, where, state="cancelled"))

    def queue_counts(self, model_key: str | None = None) -> QueueCounts:
        """The numbers of the queue; parked jobs (missing, offline) are not counted as waiting."""
        statement = select(JobRow.state, func.count()).group_by(JobRow.state)
        if model_key is not None:
            statement = statement.where(JobRow.model_key == model_key)
        with self._database.read() as connection:
            counts = {row[0]: int(row[1]) for row in connection.execute(statement)}
        return QueueCounts(
            queued=counts.get("queued", 0),
            working=counts.get("claimed", 0),
            done=counts.get("done", 0),
            failed=counts.get("failed", 0),
        )


def force(tx: Transaction, photo_ids: Sequence[int], model_key: str) -> int:
    """Queue photos again because a person wants it, within a transaction; returns how many."""
    scope = PhotoRow.id.in_(among(photo_ids))
    wanted = select(
        PhotoRow.id,
        PhotoRow.content_hash,
        literal(model_key),
        literal("queued"),
        PhotoRow.sort_time,
        literal(value=True),
    ).where(scope)
    statement = upsert(JobRow).from_select(
        ["photo_id", "content_hash", "model_key", "state", "sort_time", "forced"], wanted
    )
    queued = tx.connection.scalars(
        statement.on_conflict_do_update(
            index_elements=["photo_id", "content_hash", "model_key"],
            set_={"state": "queued", "forced": True, **AFRESH},
            where=JobRow.state != "claimed",
        ).returning(JobRow.photo_id)
    ).all()
    _mark_enqueued(tx.connection, queued)
    settle_parking(tx.connection, scope)
    tx.change.touch(queued)
    return len(queued)


def _change_jobs(tx: Transaction, where: ColumnElement[bool], **values: Any) -> int:
    """Change the jobs, park those that cannot be worked on; returns how many there were."""
    photos = tx.connection.scalars(
        update(JobRow).where(where).values(**values).returning(JobRow.photo_id)
    ).all()
    if photos:
        settle_parking(tx.connection, PhotoRow.id.in_(among(photos)))
        tx.change.touch(photos)
    return len(photos)


def _at(connection: Connection, roots: Sequence[str]) -> ColumnElement[bool]:
    few = few_below(connection, roots)
    return below_any(roots) if few is None else PhotoRow.id.in_(among(few))


def _read_jobs(connection: Connection, ids: Sequence[int]) -> list[Job]:
    rows = connection.execute(
        select(
            JobRow.__table__,
            PhotoRow.path,
            PhotoRow.pixel_hash,
            PhotoRow.model_caption,
        )
        .join(PhotoRow, PhotoRow.id == JobRow.photo_id)
        .where(JobRow.id.in_(among(ids)))
    )
    found = {
        row.id: Job(
            id=row.id,
            photo_id=row.photo_id,
            path=row.path,
            content_hash=row.content_hash,
            model_key=row.model_key,
            attempts=row.attempts,
            deaths=row.deaths,
            pixel_hash=row.pixel_hash,
            has_caption=row.model_caption is not None,
            forced=row.forced,
        )
        for row in rows
    }
    return [found[number] for number in ids if number in found]


def _mark_enqueued(connection: Connection, photo_ids: Sequence[int]) -> None:
    connection.execute(
        update(PhotoRow).where(PhotoRow.id.in_(among(photo_ids))).values(enqueued_hash=PhotoRow.content_hash)
    )


def _change_model(connection: Connection, model_key: str, scope: ColumnElement[bool]) -> None:
    """What waits for (or failed with) another model becomes this model's job; nothing waits for two."""
    others = and_(JobRow.state.in_(_WAITING), JobRow.model_key != model_key)
    # Two ranges of the index on either side of this model: "not equal" would walk the whole queue.
    waiting = select(JobRow.id).where(JobRow.state.in_(_WAITING)).limit(1)
    sides = (JobRow.model_key < model_key, JobRow.model_key > model_key)
    if all(connection.execute(waiting.where(side)).first() is None for side in sides):
        return
    photos = select(PhotoRow.id).where(scope)
    other = aliased(JobRow)
    same_content = and_(other.photo_id == JobRow.photo_id, other.content_hash == JobRow.content_hash)
    # A forced wish moves on to the row that this model already has.
    wish = (
        select(other.id)
        .where(same_content, other.forced, other.state.in_(_WAITING), other.model_key != model_key)
        .exists()
    )
    connection.execute(
        update(JobRow)
        .where(JobRow.model_key == model_key, JobRow.state == "done", JobRow.photo_id.in_(photos), wish)
        .values(state="queued", forced=True, **AFRESH)
    )
    # Of several rows of other models for one content, only the newest moves.
    taken = (
        select(other.id)
        .where(
            same_content,
            or_(
                other.model_key == model_key,
                and_(other.state.in_(_WAITING), other.model_key != model_key, other.id > JobRow.id),
            ),
        )
        .exists()
    )
    connection.execute(delete(JobRow).where(others, JobRow.photo_id.in_(photos), taken))
    connection.execute(
        update(JobRow)
        .where(others, JobRow.photo_id.in_(photos))
        .values(
            model_key=model_key, state=case((JobRow.state == "parked", "parked"), else_="queued"), **AFRESH
        )
    )


def queue_anew(connection: Connection, photo_id: int, content_hash: str, model_key: str) -> None:
    """Have the photo's present content captioned: what was done for the content before is void."""
    photo = connection.execute(select(PhotoRow.sort_time).where(PhotoRow.id == photo_id)).first()
    if photo is None:
        return
    there = connection.execute(
        select(JobRow.id).where(JobRow.photo_id == photo_id, JobRow.content_hash == content_hash)
    ).first()
    if there is None:
        connection.execute(
            insert(JobRow).values(
                photo_id=photo_id,
                content_hash=content_hash,
                model_key=model_key,
                state="queued",
                sort_time=photo.sort_time,
            )
        )
        _mark_enqueued(connection, [photo_id])
        settle_parking(connection, PhotoRow.id == photo_id)
