"""Taking writes back: which files a selection means, and what the journal is told of it.

An undo is journalled like a write: its row holds the bytes that it replaced, so that it can be taken back in
its turn.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select

from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.due import IN_STEP, UNPROVEN, WRITTEN
from blipdesk.catalog.ids import among
from blipdesk.catalog.journal import OpenWrite, begin_rows, content_columns
from blipdesk.catalog.schema import PhotoRow, WriteRow, WriteRunRow
from blipdesk.catalog.text import now
from blipdesk.catalog.undone import finish_undos
from blipdesk.catalog.way_back import GONE, UndoPlace, WriteStep
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import RunKind, UndoSelection, WriteOutcome

_MAY_STAND = or_(WriteRow.outcome.in_((*WRITTEN, UNPROVEN)), WriteRow.finished_at.is_(None))
"""What is open may have happened: its drive is away, perhaps."""


@dataclass(frozen=True, slots=True)
class BegunUndo:
    """A file that is about to be restored.

    Attributes:
        place: what is taken back.
        target_path: where the file is now.
        data: what it holds; None: it is not there.
        back: what it is to hold again; None: it is to go.
    """

    place: UndoPlace
    target_path: str
    data: bytes | None
    back: bytes | None


class Undoing:
    """What undo asks of the journal and tells it.  No transaction is open while a file is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last_run(self, before: int | None = None) -> int | None:
        """The newest run of writes (before another run, where one is given) of which something stands."""
        is_open = WriteRunRow.id.in_(select(WriteRow.run_id).where(WriteRow.finished_at.is_(None)))
        stands = or_(WriteRunRow.embedded + WriteRunRow.sidecars > WriteRunRow.taken_back, is_open)
        newest = select(func.max(WriteRunRow.id)).where(WriteRunRow.kind == RunKind.WRITE.value, stands)
        if before is not None:
            newest = newest.where(WriteRunRow.id < before)
        with self._database.read() as connection:
            return connection.scalar(newest)

    def undo_photos(self, selection: UndoSelection) -> list[int]:
        """The photos, ascending, in which a selection takes something back.

        Raises:
            UsageError: there is no such run.
        """
        with self._database.read() as connection:
            where = [_MAY_STAND, *_selected(selection, _run_ids(connection, selection))]
            # In order SQLite would read the whole journal by its photos.
            return sorted(set(connection.scalars(select(WriteRow.photo_id).where(*where))))

    def undo_places(self, photo_ids: Sequence[int], selection: UndoSelection) -> dict[int, list[UndoPlace]]:
        """The files of each of these photos, the one that was written last first.

        Behind them come those of other photos that were written at the same paths: they may be the same
        files, which the present paths of the photos tell.
        """
        with self._database.read() as connection:
            run_ids = _run_ids(connection, selection)
            found = _places_of(connection, photo_ids, selection, run_ids)
            of_photos = {photo_id: _newest_first(found.get(photo_id, ())) for photo_id in photo_ids}
            writers: dict[str, set[int]] = {}
            paths = {path for places in of_photos.values() for place in places for path in place.paths}
            written = select(WriteRow.target_path, WriteRow.photo_id).where(
                WriteRow.target_path.in_(paths), _MAY_STAND
            )
            for row in connection.execute(written.distinct()):
                writers.setdefault(row.target_path, set()).add(row.photo_id)
            others = sorted(set().union(*writers.values()) - found.keys())
            found |= _places_of(connection, others, selection, run_ids)
        for photo_id, places in of_photos.items():
            at_paths = (writers[path] for place in places for path in place.paths)
            others = sorted(set().union(*at_paths) - {photo_id})
            places += [place for other in others for place in found.get(other, ())]
        return of_photos

    def begin_undos(self, undos: Sequence[BegunUndo], run_id: int) -> list[OpenWrite | None]:
        """Journal undos before the files are touched, all in one transaction.

        Args:
            undos: of which files.
            run_id: of the undo.

        Returns:
            What was begun, in their order; None: the photo is no longer in the catalog.
        """
        values = [_begun(undo, run_id) for undo in undos]
        return self._database.write(lambda tx: begin_rows(tx.connection, values))

    def note_undone(self, place: UndoPlace, target_path: str, run_id: int) -> None:
        """The file holds already what it held before these writes: they are taken back, and nothing is kept.

        Args:
            place: the file, with the writes.
            target_path: where it is now.
            run_id: of the undo.
        """
        left = place.taken[-1].before_sha256
        values = {
            **_row(place, target_path, run_id),
            "existed": left != GONE,
            "before_sha256": left or None,
            "after_sha256": left,
            "after_hash": "",
            "old_part": b"",
            "finished_at": now(),
            "outcome": _outcome(place).value,
            "pruned": True,
        }

        def note(tx: Transaction) -> None:
            write_id = tx.connection.execute(insert(WriteRow).values(**values).returning(WriteRow.id))
            finish_undos(tx, [(write_id.scalar_one(), "")])

        self._database.write(note)


def _run_ids(connection: Connection, selection: UndoSelection) -> list[int] | None:
    """The runs in which a selection lies; None: any."""
    if selection.run_id is not None:
        known = connection.scalar(select(WriteRunRow.id).where(WriteRunRow.id == selection.run_id))
        if known is None:
            raise UsageError(
                later("There is no run {run_id}.").format(run_id=selection.run_id),
                later("blipdesk runs lists them."),
            )
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


def _begun(undo: BegunUndo, run_id: int) -> dict[str, Any]:
    """The row of an undo that is about to begin."""
    return _row(undo.place, undo.target_path, run_id) | content_columns(undo.data, undo.back)


def _row(place: UndoPlace, target_path: str, run_id: int) -> dict[str, Any]:
    """What the row of any undo says, but for what the file holds."""
    return {
        "photo_id": place.photo_id,
        "run_id": run_id,
        "kind": RunKind.UNDO.value,
        "target": place.target.value,
        "target_path": target_path,
        "planned_outcome": _outcome(place).value,
        "after_text": "",  # what stands there again is never taken for ours
        "source": Source.FILE.value,
        "keywords": "[]",
        "text_key": IN_STEP,
        "began_at": now(),
        "undoes": json.dumps([step.write_id for step in place.taken]),
        "note": "",
    }


def _outcome(place: UndoPlace) -> WriteOutcome:
    return WriteOutcome.EMBEDDED if place.embedded else WriteOutcome.SIDECAR


def _newest_first(places: Iterable[UndoPlace]) -> list[UndoPlace]:
    return sorted(places, key=lambda place: -place.steps[0].write_id)


def _places_of(
    connection: Connection, photo_ids: Sequence[int], selection: UndoSelection, run_ids: list[int] | None
) -> dict[int, list[UndoPlace]]:
    """The files of each photo, with all writes into them."""
    columns = (PhotoRow.id, PhotoRow.path, PhotoRow.content_hash)
    photos = connection.execute(select(*columns).where(PhotoRow.id.in_(among(photo_ids)))).all()
    of_photos = (WriteRow.photo_id.in_(among(photo_ids)), _MAY_STAND)
    chosen = set(connection.scalars(select(WriteRow.id).where(*of_photos, *_selected(selection, run_ids))))
    rows: dict[int, list[AnyRow]] = {}
    for row in connection.execute(select(WriteRow.__table__).where(*of_photos).order_by(WriteRow.id)):
        rows.setdefault(row.photo_id, []).append(row)
    return {
        photo.id: [_undo_place(photo, place, chosen) for place in _by_place(rows.get(photo.id, ()))]
        for photo in photos
    }


def _by_place(rows: Sequence[AnyRow]) -> list[list[AnyRow]]:
    """Writes of one photo by file: its own, wherever it was, and each sidecar.

    A sidecar may have moved with its photo between a write and its undo, or the next write, which found what
    the last one had left.
    """
    places: dict[str, list[AnyRow]] = {}
    place_of: dict[int, str] = {}
    for row in rows:
        key = "" if row.planned_outcome == WriteOutcome.EMBEDDED.value else row.target_path
        moved = [place_of[write_id] for write_id in json.loads(row.undoes) if write_id in place_of]
        if key not in places and row.before_sha256:
            moved += [place for place, of in places.items() if of[-1].after_sha256 == row.before_sha256]
        place_of[row.id] = next(iter(moved), key)
        places.setdefault(place_of[row.id], []).append(row)
    return list(places.values())


def _undo_place(photo: AnyRow, rows: Sequence[AnyRow], chosen: Collection[int]) -> UndoPlace:
    return UndoPlace(
        photo_id=photo.id,
        photo_path=photo.path,
        content_hash=photo.content_hash,
        embedded=rows[0].planned_outcome == WriteOutcome.EMBEDDED.value,
        paths=tuple(dict.fromkeys(row.target_path for row in reversed(rows))),
        target=WriteTarget(rows[0].target),
        steps=tuple(
            WriteStep(
                write_id=row.id,
                run_id=row.run_id,
                photo_path=photo.path,
                kind=RunKind(row.kind),
                before_sha256=row.before_sha256 or GONE,
                after_sha256=row.after_sha256,
                parts=row.parts,
                old_part=row.old_part,
                pruned=row.pruned,
                undone=row.undone,
                undoes=tuple(json.loads(row.undoes)),
                chosen=row.id in chosen,
                proven=row.outcome in WRITTEN,
            )
            for row in reversed(rows)
        ),
    )
