"""After an undo: which writes stand, and what becomes of their photos."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, bindparam, select, update

from blipdesk.catalog.database import AnyRow, Transaction
from blipdesk.catalog.due import BY_SETTING, IN_STEP, UNDONE, WRITTEN, keys_of
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import PhotoRow, WriteRow, WriteRunRow
from blipdesk.catalog.text import clean
from blipdesk.domain.values import WriteTarget

_ENDED = WriteRow.outcome.in_(WRITTEN)


_SETTLED = ("settled_outcome", "written", "write_note")
_SETTLE = (
    update(PhotoRow)
    .where(PhotoRow.id == bindparam("photo_id"))
    .values(settled_version=PhotoRow.text_version, **{name: bindparam(f"new_{name}") for name in _SETTLED})
)


def finish_undos(tx: Transaction, ended: Sequence[tuple[int, str]]) -> None:
    """After undos have ended: which writes stand, and that their photos are not written again by themselves.

    What an undo took back no longer stands; what an undo that it took back had taken back stands again.

    Args:
        tx: in which they ended.
        ended: the undos' rows of the journal, each with a note for its photos.
    """
    if not ended:
        return
    rows = _with_undone(tx.connection, [write_id for write_id, _ in ended])
    stands: dict[int, bool] = {}
    notes: dict[int, str] = {}
    for write_id, note in ended:
        own = rows[write_id]
        changed = dict(_changed(own, False, rows))
        stands |= changed
        photo_ids = {own.photo_id, *(rows[changed_id].photo_id for changed_id in changed)}
        notes |= dict.fromkeys(photo_ids, note)
    for standing in (False, True):
        _mark(tx.connection, [row_id for row_id, stand in stands.items() if stand is standing], not standing)
    _settle(tx, notes)


def _with_undone(connection: Connection, write_ids: Sequence[int]) -> dict[int, AnyRow]:
    """These rows of the journal, those that they undo, those that these undo, and so on."""
    columns = (WriteRow.id, WriteRow.photo_id, WriteRow.kind, WriteRow.undoes)
    rows: dict[int, AnyRow] = {}
    due = set(write_ids)
    while due:
        found = connection.execute(select(*columns).where(WriteRow.id.in_(among(sorted(due))))).all()
        rows |= {row.id: row for row in found}
        due = {undone for row in found for undone in json.loads(row.undoes)} - rows.keys()
    return rows


def _changed(undo: AnyRow, stand: bool, rows: Mapping[int, AnyRow]) -> Iterator[tuple[int, bool]]:
    """What an undo makes stand or fall, newest first; of one that comes twice the last counts."""
    for write_id in sorted(json.loads(undo.undoes), reverse=True):
        if write_id in rows:
            yield write_id, stand
            yield from _changed(rows[write_id], not stand, rows)


def _mark(connection: Connection, write_ids: Sequence[int], undone: bool) -> None:
    marked = connection.execute(
        update(WriteRow)
        .where(WriteRow.id.in_(among(write_ids)), WriteRow.undone.is_not(undone))
        .values(undone=undone)
        .returning(WriteRow.run_id, WriteRow.pruned, WriteRow.outcome)
    )
    counts: Counter[int | None] = Counter()
    pruned: Counter[int | None] = Counter()
    for row in marked:
        if row.outcome in WRITTEN:
            counts[row.run_id] += 1 if undone else -1
            pruned[row.run_id] += row.pruned if undone else -row.pruned
    for run_id, more in counts.items():
        connection.execute(
            update(WriteRunRow)
            .where(WriteRunRow.id == run_id)
            .values(taken_back=WriteRunRow.taken_back + more, pruned=WriteRunRow.pruned - pruned[run_id])
        )


def _settle(tx: Transaction, notes: Mapping[int, str]) -> None:
    """The photos are settled; each with its note."""
    connection, ids = tx.connection, among(sorted(notes))
    photos = connection.execute(select(PhotoRow.__table__).where(PhotoRow.id.in_(ids))).all()
    columns = (WriteRow.photo_id, WriteRow.target, WriteRow.text_key, WriteRow.outcome, WriteRow.by_setting)
    standing = (WriteRow.text_key != IN_STEP, WriteRow.undone.is_(False), _ENDED)
    texts: dict[int, list[AnyRow]] = {}
    of_photos = select(*columns).where(WriteRow.photo_id.in_(ids), *standing)
    for row in connection.execute(of_photos.order_by(WriteRow.id)):
        texts.setdefault(row.photo_id, []).append(row)
    keywords = visible_keywords(connection, sorted(notes))
    values = []
    for photo in photos:
        keys, left = keys_of(photo, keywords.get(photo.id, ())), texts.get(photo.id, [])
        there = [row for row in left if row.target == photo.settled_target and row.text_key in keys]
        outcome = UNDONE
        if there:
            outcome = BY_SETTING if there[-1].by_setting else there[-1].outcome
        values.append(
            {
                "photo_id": photo.id,
                "new_settled_outcome": outcome,
                "new_written": WRITTEN[left[-1].outcome] if left else WriteTarget.NONE.value,
                "new_write_note": clean(notes[photo.id]),
            }
        )
    if values:
        connection.execute(_SETTLE, values)
    tx.change.touch(photo.id for photo in photos)
