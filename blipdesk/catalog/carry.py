"""What happens to a photo's record when its file's content is not what it was."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, bindparam, case, delete, or_, select, update

from blipdesk.catalog.due import UNDONE, UNPROVEN
from blipdesk.catalog.parking import AFRESH
from blipdesk.catalog.schema import JobRow, PhotoRow, WriteRow

_LEADS_ON = ("embedded", "unchanged", UNPROVEN)


def came_of_own_writes(connection: Connection, photo_id: int, old: str, new: str, target: str = "") -> bool:
    """True when our own writes, one after the other, lead from one content of the photo's file to another.

    A write that was begun and not finished counts: the program may have ended right after the replace.

    Args:
        connection: of the transaction.
        photo_id: the photo.
        old: its content before.
        new: its content now.
        target: where its file is a link to; what was written there for other photos counts as well.
    """
    into_it = WriteRow.photo_id == photo_id
    if target:
        into_it = or_(into_it, WriteRow.target_path == target)
    seen = {old}
    edge = old
    while edge != new:
        following = connection.scalars(
            select(WriteRow.after_hash)
            .where(into_it, WriteRow.before_hash == edge)
            .where(or_(WriteRow.finished_at.is_(None), WriteRow.outcome.in_(_LEADS_ON)))
            .order_by(WriteRow.id.desc())
        ).all()
        if new in following:
            return True
        following = [content for content in following if content not in seen]
        if not following:
            return False
        edge = following[0]
        seen.add(edge)
    return True


_KEYS = select(JobRow.model_key).where(
    JobRow.photo_id == bindparam("photo"), JobRow.content_hash == bindparam("old")
)
_CARRY = (
    # A job for the new content can only have come from a scan that met the file between; the old one wins.
    delete(JobRow).where(
        JobRow.photo_id == bindparam("photo"),
        JobRow.content_hash == bindparam("new"),
        JobRow.model_key.in_(_KEYS),
    ),
    update(JobRow)
    .where(JobRow.photo_id == bindparam("photo"), JobRow.content_hash == bindparam("old"))
    .values(content_hash=bindparam("new")),
    *(
        update(PhotoRow)
        .where(PhotoRow.id == bindparam("photo"), column == bindparam("old"))
        .values({column: bindparam("new")})
        for column in (PhotoRow.captioned_hash, PhotoRow.enqueued_hash)
    ),
)


def carry_content(connection: Connection, changes: Sequence[tuple[int, str, str]]) -> None:
    """Our own writes changed the bytes, not the pictures: what was done for the old content stands.

    Args:
        connection: of the transaction.
        changes: photos, with the old content and the new.
    """
    values = [{"photo": photo, "old": old, "new": new} for photo, old, new in changes if old != new]
    if values:
        for statement in _CARRY:
            connection.execute(statement, values)


def change_content(connection: Connection, photo_id: int, new: str) -> None:
    """Somebody changed the picture: texts stay, what waited or failed is queued for the new content.

    What was done before belongs to content that is gone; a file that gets it back is captioned anew, since
    the photo's texts are of what stood between.
    """
    waiting = ("queued", "parked", "claimed", "failed", "cancelled")
    stale = connection.execute(
        select(JobRow.id, JobRow.model_key, JobRow.state, JobRow.content_hash).where(
            JobRow.photo_id == photo_id
        )
    ).all()
    there = {row.model_key for row in stale if row.content_hash == new and row.state in waiting}
    for row in stale:
        if row.content_hash == new and row.state in waiting:
            continue
        if row.state in waiting and row.model_key not in there:
            there.add(row.model_key)
            connection.execute(
                update(JobRow).where(JobRow.id == row.id).values(content_hash=new, state="queued", **AFRESH)
            )
        else:
            connection.execute(delete(JobRow).where(JobRow.id == row.id))
    # What a person took back, or out of the file, is not put back for what else happens there.
    stays_away = and_(PhotoRow.settled_outcome == UNDONE, PhotoRow.settled_version == PhotoRow.text_version)
    connection.execute(
        update(PhotoRow)
        .where(PhotoRow.id == photo_id)
        .values(
            text_version=PhotoRow.text_version + 1,
            settled_version=case((stays_away, PhotoRow.text_version + 1), else_=PhotoRow.settled_version),
            enqueued_hash=new if there else None,
        )
    )
