"""Taking writes back: which files a selection means, the way back through the journal, and its end.

An undo is journalled like a write: its row holds the bytes that it replaced, so that it can be taken back in
its turn.  The way back from a file's present bytes is followed write by write, each of which must have left
exactly what the next one found: anything else was somebody else's doing, and is never touched.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.difference import difference, restored
from blipdesk.catalog.due import UNDONE, WRITTEN, keys_of
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import PhotoRow, WriteRow, WriteRunRow
from blipdesk.catalog.text import clean, now
from blipdesk.domain.errors import UsageError
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import RunKind, UndoOutcome, UndoSelection, WriteOutcome

GONE = ""
"""The sha256 of a file that is not there."""
_ENDED = WriteRow.outcome.in_(WRITTEN)


@dataclass(frozen=True, slots=True)
class WriteStep:
    """One write on the way back."""

    write_id: int
    before_sha256: str
    after_sha256: str
    parts: Sequence[Sequence[int | None]]
    old_part: bytes
    pruned: bool

    def before(self, after: bytes | None) -> bytes | None:
        """The content before this write; None: there was no file."""
        if self.before_sha256 == GONE:
            return None
        return restored(after or b"", self.parts, zlib.decompress(self.old_part))


@dataclass(frozen=True, slots=True)
class UndoPlace:
    """A photo's own file, or a sidecar beside it, and our writes into it that are to be taken back.

    ``steps``: from the newest write to the earliest that was selected.
    """

    photo_id: int
    photo_path: str
    content_hash: str
    """Of the photo's own file, as the catalog knows it."""
    embedded: bool
    target_path: str
    """Where it was written: the photo may have moved since."""
    target: WriteTarget
    steps: tuple[WriteStep, ...]

    @property
    def newest(self) -> str:
        """The sha256 that our last write left; empty: no file."""
        return self.steps[0].after_sha256

    def way_back(self, data: bytes | None) -> tuple[UndoOutcome, bytes | None]:
        """What the file is to hold again, from what it holds (None: it is not there), or why it cannot."""
        present = _sha256(data)
        if present == self.steps[-1].before_sha256:
            return UndoOutcome.ALREADY, data
        if data is None and self.newest != GONE:
            return UndoOutcome.GONE, None
        for step in self.steps:
            if present != step.after_sha256:
                return UndoOutcome.CHANGED, None
            if step.pruned:
                return UndoOutcome.PRUNED, None
            data = step.before(data)
            present = _sha256(data)
            if present != step.before_sha256:  # damaged in the catalog
                return UndoOutcome.FAILED, None
        return UndoOutcome.RESTORED, data


class Undoing:
    """What undo asks of the journal and tells it.  No transaction is open while a file is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_run(self) -> int | None:
        """The newest run of writes of which something stands."""
        stands = WriteRunRow.embedded + WriteRunRow.sidecars > WriteRunRow.taken_back
        newest = select(func.max(WriteRunRow.id)).where(WriteRunRow.kind == RunKind.WRITE.value, stands)
        with self._database.read() as connection:
            return connection.scalar(newest)

    def undo_photos(self, selection: UndoSelection) -> list[int]:
        """The photos, ascending, in which a selection takes something back.

        Raises:
            UsageError: there is no such run.
        """
        with self._database.read() as connection:
            where = [_ENDED, *_selected(selection, _run_ids(connection, selection))]
            # In order SQLite would read the whole journal by its photos.
            return sorted(set(connection.scalars(select(WriteRow.photo_id).where(*where))))

    def undo_places(self, photo_id: int, selection: UndoSelection) -> list[UndoPlace]:
        """The files of one photo that a selection means, the one that was written last first."""
        with self._database.read() as connection:
            photo = connection.execute(
                select(PhotoRow.id, PhotoRow.path, PhotoRow.content_hash).where(PhotoRow.id == photo_id)
            ).first()
            if photo is None:
                return []
            chosen = set(
                connection.scalars(
                    select(WriteRow.id).where(
                        WriteRow.photo_id == photo_id,
                        _ENDED,
                        *_selected(selection, _run_ids(connection, selection)),
                    )
                )
            )
            rows = _rows_of(connection, photo_id)
        places = []
        for place in _by_place(rows):
            ids = [row.id for row in place if row.id in chosen]
            if ids:
                steps = [row for row in place if row.id >= ids[0]]
                places.append(_undo_place(photo, steps))
        return sorted(places, key=lambda place: -place.steps[0].write_id)

    def begin_undo(
        self, place: UndoPlace, target_path: str, data: bytes | None, back: bytes | None, run_id: int
    ) -> int:
        """Journal an undo before the file is touched; returns its id.

        Args:
            place: what is taken back.
            target_path: where the file is now.
            data: what it holds.
            back: what it is to hold again; None: it is to go.
            run_id: of the undo.

        Raises:
            UsageError: the photo is no longer in the catalog.
        """
        parts, old_part = difference(data or b"", back or b"")
        outcome = WriteOutcome.EMBEDDED if place.embedded else WriteOutcome.SIDECAR
        values: dict[str, Any] = {
            "photo_id": place.photo_id,
            "run_id": run_id,
            "kind": RunKind.UNDO.value,
            "target": place.target.value,
            "target_path": target_path,
            "planned_outcome": outcome.value,
            "after_text": "",  # what stands there again is never taken for ours
            "source": Source.FILE.value,
            "keywords": "[]",
            "text_key": "",
            "existed": data is not None,
            "before_sha256": None if data is None else _sha256(data),
            "after_sha256": _sha256(back),
            "before_hash": None if data is None else content_hash_of(data),
            "after_hash": GONE if back is None else content_hash_of(back),
            "parts": json.dumps(parts),
            "old_part": zlib.compress(old_part),
            "began_at": now(),
            "undoes": place.steps[-1].write_id,
        }

        def begin(tx: Transaction) -> int:
            if tx.connection.scalar(select(PhotoRow.id).where(PhotoRow.id == place.photo_id)) is None:
                raise UsageError("This photo is not in the catalog (any more).", "Scan its folder again.")
            return tx.connection.execute(
                insert(WriteRow).values(**values).returning(WriteRow.id)
            ).scalar_one()

        return self._database.write(begin)


def finish_undo(tx: Transaction, photo_id: int, note: str) -> None:
    """After an undo has ended: which writes stand, and that the photo is not written again by itself."""
    connection = tx.connection
    standing: dict[int, AnyRow] = {}
    for place in _by_place(_rows_of(connection, photo_id)):
        stands = _standing(place)
        standing.update({row.id: row for row in place if row.id in stands})
        for row in place:
            if bool(row.undone) != (row.id not in stands):
                _mark(connection, row, row.id not in stands)
    photo = connection.execute(select(PhotoRow.__table__).where(PhotoRow.id == photo_id)).one()
    texts = [row for row in standing.values() if row.kind == RunKind.WRITE.value]
    keys = keys_of(photo, visible_keywords(connection, [photo_id]).get(photo_id, ()))
    there = [row for row in texts if row.target == photo.settled_target and row.text_key in keys]
    last = texts[-1] if texts else None
    values: dict[str, Any] = {
        "settled_version": PhotoRow.text_version,
        "settled_outcome": there[-1].outcome if there else UNDONE,
        "written": WRITTEN[last.outcome] if last else WriteTarget.NONE.value,
        "write_note": clean(note),
    }
    connection.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(**values))
    tx.change.touch([photo_id])


def _standing(place: Sequence[AnyRow]) -> frozenset[int]:
    """The writes and undos of one file that no later undo has taken back."""
    before: dict[int, frozenset[int]] = {}
    stands: frozenset[int] = frozenset()
    for row in place:
        before[row.id] = stands
        if row.kind == RunKind.UNDO.value:
            stands = before.get(row.undoes, frozenset())
        stands |= {row.id}
    return stands


def _mark(connection: Connection, row: AnyRow, undone: bool) -> None:
    connection.execute(update(WriteRow).where(WriteRow.id == row.id).values(undone=undone))
    connection.execute(
        update(WriteRunRow)
        .where(WriteRunRow.id == row.run_id)
        .values(taken_back=WriteRunRow.taken_back + (1 if undone else -1))
    )


def _run_ids(connection: Connection, selection: UndoSelection) -> list[int] | None:
    """The runs in which a selection lies; None: any."""
    if selection.run_id is not None:
        known = connection.scalar(select(WriteRunRow.id).where(WriteRunRow.id == selection.run_id))
        if known is None:
            raise UsageError(f"There is no run {selection.run_id}.", "blipdesk runs lists them.")
        return [known]
    if selection.since is not None:
        return list(connection.scalars(select(WriteRunRow.id).where(WriteRunRow.ended_at >= selection.since)))
    return None


def _selected(selection: UndoSelection, run_ids: list[int] | None) -> Iterable[ColumnElement[bool]]:
    if run_ids is not None:
        yield WriteRow.run_id.in_(among(run_ids))
    if selection.photo_ids:
        yield WriteRow.photo_id.in_(among(list(selection.photo_ids)))
    if selection.since is not None:
        yield WriteRow.began_at >= selection.since


def _rows_of(connection: Connection, photo_id: int) -> list[AnyRow]:
    """The writes and undos of a photo that ended, oldest first."""
    return list(
        connection.execute(
            select(WriteRow.__table__).where(WriteRow.photo_id == photo_id, _ENDED).order_by(WriteRow.id)
        )
    )


def _by_place(rows: Sequence[AnyRow]) -> list[list[AnyRow]]:
    """The same by file: the photo's own, wherever it was, and each sidecar."""
    places: dict[str, list[AnyRow]] = {}
    place_of: dict[int, str] = {}
    for row in rows:
        embedded = row.planned_outcome == WriteOutcome.EMBEDDED.value
        own = "" if embedded else row.target_path
        # A sidecar may have moved with its photo between a write and its undo.
        place_of[row.id] = place_of.get(row.undoes, own)
        places.setdefault(place_of[row.id], []).append(row)
    return list(places.values())


def _undo_place(photo: AnyRow, rows: Sequence[AnyRow]) -> UndoPlace:
    return UndoPlace(
        photo_id=photo.id,
        photo_path=photo.path,
        content_hash=photo.content_hash,
        embedded=rows[0].planned_outcome == WriteOutcome.EMBEDDED.value,
        target_path=rows[-1].target_path,
        target=WriteTarget(rows[0].target),
        steps=tuple(
            WriteStep(
                write_id=row.id,
                before_sha256=row.before_sha256 or GONE,
                after_sha256=row.after_sha256,
                parts=json.loads(row.parts),
                old_part=row.old_part,
                pruned=row.pruned,
            )
            for row in reversed(rows)
        ),
    )


def _sha256(data: bytes | None) -> str:
    return GONE if data is None else hashlib.sha256(data).hexdigest()
