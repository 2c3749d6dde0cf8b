"""After an undo: which writes stand, and what becomes of their photos."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from blipdesk.catalog.database import AnyRow, Transaction
from blipdesk.catalog.due import BY_SETTING, UNDONE, WRITTEN, keys_of
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import PhotoRow, WriteRow, WriteRunRow
from blipdesk.catalog.text import clean
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import RunKind

_ENDED = WriteRow.outcome.in_(WRITTEN)


def finish_undo(tx: Transaction, write_id: int, note: str) -> None:
    """After an undo has ended: which writes stand, and that their photos are not written again by themselves.

    What it took back no longer stands; what an undo that it took back had taken back stands again.
    """
    changed: dict[int, AnyRow] = {}
    (own,) = _rows(tx.connection, [write_id])
    for row in _rows(tx.connection, json.loads(own.undoes)):
        _stand(tx.connection, row, False, changed)
    for photo_id in {own.photo_id, *(row.photo_id for row in changed.values())}:
        _settle(tx, photo_id, note)


def _stand(connection: Connection, row: AnyRow, stands: bool, changed: dict[int, AnyRow]) -> None:
    changed[row.id] = row
    _mark(connection, row.id, undone=not stands)
    if row.kind == RunKind.UNDO.value:
        for taken in _rows(connection, json.loads(row.undoes)):
            _stand(connection, taken, not stands, changed)


def _rows(connection: Connection, write_ids: Sequence[int]) -> list[AnyRow]:
    """These rows of the journal, newest first."""
    columns = (WriteRow.id, WriteRow.photo_id, WriteRow.kind, WriteRow.undoes)
    found = select(*columns).where(WriteRow.id.in_(among(list(write_ids)))).order_by(WriteRow.id.desc())
    return list(connection.execute(found))


def _settle(tx: Transaction, photo_id: int, note: str) -> None:
    connection = tx.connection
    photo = connection.execute(select(PhotoRow.__table__).where(PhotoRow.id == photo_id)).first()
    if photo is None:
        return
    columns = (WriteRow.id, WriteRow.target, WriteRow.text_key, WriteRow.outcome, WriteRow.by_setting)
    standing = (WriteRow.kind == RunKind.WRITE.value, WriteRow.undone.is_(False), _ENDED)
    texts = connection.execute(
        select(*columns).where(WriteRow.photo_id == photo_id, *standing).order_by(WriteRow.id)
    ).all()
    keys = keys_of(photo, visible_keywords(connection, [photo_id]).get(photo_id, ()))
    there = [row for row in texts if row.target == photo.settled_target and row.text_key in keys]
    outcome = UNDONE
    if there:
        outcome = BY_SETTING if there[-1].by_setting else there[-1].outcome
    values: dict[str, Any] = {
        "settled_version": PhotoRow.text_version,
        "settled_outcome": outcome,
        "written": WRITTEN[texts[-1].outcome] if texts else WriteTarget.NONE.value,
        "write_note": clean(note),
    }
    connection.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(**values))
    tx.change.touch([photo_id])


def _mark(connection: Connection, write_id: int, undone: bool) -> None:
    marked = connection.execute(
        update(WriteRow)
        .where(WriteRow.id == write_id, WriteRow.undone.is_not(undone))
        .values(undone=undone)
        .returning(WriteRow.run_id, WriteRow.pruned, WriteRow.outcome)
    ).first()
    if marked is not None and marked.outcome in WRITTEN:
        more = 1 if undone else -1
        connection.execute(
            update(WriteRunRow)
            .where(WriteRunRow.id == marked.run_id)
            .values(
                taken_back=WriteRunRow.taken_back + more, pruned=WriteRunRow.pruned - more * marked.pruned
            )
        )
