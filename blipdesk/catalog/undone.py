"""After an undo: which writes stand, and what becomes of their photos."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from blipdesk.catalog.database import AnyRow, Transaction
from blipdesk.catalog.due import BY_SETTING, IN_STEP, UNDONE, WRITTEN, keys_of
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import PhotoRow, WriteRow, WriteRunRow
from blipdesk.catalog.text import clean
from blipdesk.domain.own_texts import is_among
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import WriteOutcome

_ENDED = WriteRow.outcome.in_(WRITTEN)

_SETTLED = ("settled_outcome", "written", "write_note")
_SETTLE = (
    update(PhotoRow)
    .where(PhotoRow.id == bindparam("photo_id"))
    .values(settled_version=PhotoRow.text_version, **{name: bindparam(f"new_{name}") for name in _SETTLED})
)


@dataclass(frozen=True, slots=True)
class _Left:
    """What an undo left in a file, by its digest, and the caption there as a write of ours had found it."""

    write_id: int
    embedded: bool
    paths: frozenset[str]
    sha256: str
    caption: str

    def is_later(self, row: AnyRow) -> bool:
        """Whether it is what came of the file of an earlier write."""
        embedded = row.planned_outcome == WriteOutcome.EMBEDDED.value
        same = embedded is self.embedded and (embedded or row.target_path in self.paths)
        return same and row.id < self.write_id


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
    left: dict[int, list[_Left]] = {}
    for write_id, note in ended:
        own = rows[write_id]
        changed = dict(_changed(own, False, rows))
        stands |= changed
        photo_ids = {own.photo_id, *(rows[changed_id].photo_id for changed_id in changed)}
        notes |= dict.fromkeys(photo_ids, note)
        left_here = _left_by(own, [rows[changed_id] for changed_id in sorted(changed)])
        for photo_id in photo_ids:
            left.setdefault(photo_id, []).append(left_here)
    for standing in (False, True):
        _mark(tx.connection, [row_id for row_id, stand in stands.items() if stand is standing], not standing)
    _settle(tx, notes, left)


def _with_undone(connection: Connection, write_ids: Sequence[int]) -> dict[int, AnyRow]:
    """These rows of the journal, those that they undo, those that these undo, and so on."""
    columns = (
        *(WriteRow.id, WriteRow.photo_id, WriteRow.undoes, WriteRow.planned_outcome, WriteRow.target_path),
        *(WriteRow.before_sha256, WriteRow.after_sha256, WriteRow.before_text),
    )
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


def _left_by(undo: AnyRow, changed: Sequence[AnyRow]) -> _Left:
    """What an undo left; ``changed``: what it took back or made stand again, oldest first."""
    found = (row.before_text for row in changed if (row.before_sha256 or "") == undo.after_sha256)
    return _Left(
        write_id=undo.id,
        embedded=undo.planned_outcome == WriteOutcome.EMBEDDED.value,
        paths=frozenset(row.target_path for row in (undo, *changed)),
        sha256=undo.after_sha256,
        caption=next((caption for caption in found if caption), ""),
    )


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


def _settle(tx: Transaction, notes: Mapping[int, str], left: Mapping[int, Sequence[_Left]]) -> None:
    """The photos are settled; each with its note.

    A photo is written where its file holds what a standing write with its words had left.  Where another
    program had written in between, only the caption tells whether anything of ours is there.
    """
    connection, ids = tx.connection, among(sorted(notes))
    photos = connection.execute(select(PhotoRow.__table__).where(PhotoRow.id.in_(ids))).all()
    columns = (
        *(WriteRow.id, WriteRow.photo_id, WriteRow.target, WriteRow.text_key, WriteRow.outcome),
        *(WriteRow.by_setting, WriteRow.planned_outcome, WriteRow.target_path, WriteRow.after_sha256),
        WriteRow.after_text,
    )
    standing = (WriteRow.text_key != IN_STEP, WriteRow.undone.is_(False), _ENDED)
    texts: dict[int, list[AnyRow]] = {}
    of_photos = select(*columns).where(WriteRow.photo_id.in_(ids), *standing)
    for row in connection.execute(of_photos.order_by(WriteRow.id)):
        texts.setdefault(row.photo_id, []).append(row)
    keywords = visible_keywords(connection, sorted(notes))
    values = []
    for photo in photos:
        keys, of_photo = keys_of(photo, keywords.get(photo.id, ())), texts.get(photo.id, ())
        said = [row for row in of_photo if _is_there(row, left[photo.id], by_caption=True)]
        there = [
            row
            for row in said
            if row.target == photo.settled_target and row.text_key in keys and _is_there(row, left[photo.id])
        ]
        outcome = UNDONE
        if there:
            outcome = BY_SETTING if there[-1].by_setting else there[-1].outcome
        values.append(
            {
                "photo_id": photo.id,
                "new_settled_outcome": outcome,
                "new_written": WRITTEN[said[-1].outcome] if said else WriteTarget.NONE.value,
                "new_write_note": clean(notes[photo.id]),
            }
        )
    if values:
        connection.execute(_SETTLE, values)
    tx.change.touch(photo.id for photo in photos)


def _is_there(row: AnyRow, left: Iterable[_Left], *, by_caption: bool = False) -> bool:
    """Whether what a write put into a file is what undos left there, or its caption is in that, at least."""
    return all(
        row.after_sha256 == one.sha256 or (by_caption and is_among(one.caption, (row.after_text,)))
        for one in left
        if one.is_later(row)
    )
