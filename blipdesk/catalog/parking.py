"""Queued jobs of photos that cannot be read now are parked, so that a claim never has to skip them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, select, update

from blipdesk.catalog.schema import FolderRow, JobRow, PhotoRow
from blipdesk.domain.values import FolderState


def available() -> ColumnElement[bool]:
    """The clause for a photo that can be worked on: there, in sight, its root online (join the folder)."""
    return and_(
        PhotoRow.missing.is_(False),
        PhotoRow.hidden.is_(False),
        FolderRow.state == FolderState.ONLINE.value,
    )


def settle_parking(connection: Connection, scope: ColumnElement[bool]) -> None:
    """Park or unpark the queued jobs of the photos in ``scope`` (a clause on the photo)."""
    photos = select(PhotoRow.id).join(FolderRow, FolderRow.id == PhotoRow.folder_id).where(scope)
    connection.execute(
        update(JobRow)
        .where(JobRow.state == "parked", JobRow.photo_id.in_(photos.where(available())))
        .values(state="queued")
    )
    connection.execute(
        update(JobRow)
        .where(JobRow.state == "queued", JobRow.photo_id.in_(photos.where(~available())))
        .values(state="parked")
    )
