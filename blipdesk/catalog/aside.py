"""Records whose place another file took: one path is one record's alone, and no text changes hands."""

from __future__ import annotations

import itertools
import os

from sqlalchemy import ColumnElement, Connection, select, update

from blipdesk.catalog.database import AnyRow, Transaction
from blipdesk.catalog.edit_tables import EditPhotoRow, EditRow
from blipdesk.catalog.parking import settle_parking
from blipdesk.catalog.paths import directory_ids, sort_name
from blipdesk.catalog.schema import (
    PhotoKeywordRow,
    PhotoRow,
    QuestionRow,
    RemovedKeywordRow,
)
from blipdesk.catalog.searchtext import refresh_search
from blipdesk.domain.paths import replaced_path
from blipdesk.domain.values import Source


def photo_where(connection: Connection, where: ColumnElement[bool]) -> AnyRow | None:
    """The one photo that answers, with every column; None where there is none."""
    return connection.execute(select(PhotoRow.__table__).where(where)).first()


def has_human_texts(connection: Connection, photo: AnyRow) -> bool:
    """True when a person wrote, rated, edited or asked anything there, or took a keyword off."""
    traces = (
        select(PhotoKeywordRow.photo_id).where(
            PhotoKeywordRow.photo_id == photo.id, PhotoKeywordRow.source == Source.USER.value
        ),
        select(RemovedKeywordRow.photo_id).where(RemovedKeywordRow.photo_id == photo.id),
        select(EditRow.id).where(EditRow.photo_id == photo.id),
        select(EditPhotoRow.edit_id).where(EditPhotoRow.photo_id == photo.id),
        select(QuestionRow.id).where(QuestionRow.photo_id == photo.id),
    )
    if photo.user_caption or photo.user_rating is not None:
        return True
    return any(connection.execute(trace.limit(1)).first() for trace in traces)


def set_aside(tx: Transaction, photo: AnyRow) -> None:
    """Keep the record of a photo whose place another one took; a path is one record's alone."""
    for number in itertools.count(1):
        path = replaced_path(photo.path, number)
        if photo_where(tx.connection, PhotoRow.path == path) is None:
            break
    directories = directory_ids(tx.connection, [path])
    tx.connection.execute(
        update(PhotoRow)
        .where(PhotoRow.id == photo.id)
        .values(
            path=path,
            directory_id=directories[os.path.dirname(path)],
            name=sort_name(path),
            missing=True,
        )
    )
    settle_parking(tx.connection, PhotoRow.id == photo.id)
    refresh_search(tx.connection, [photo.id])
    tx.change.touch([photo.id])
