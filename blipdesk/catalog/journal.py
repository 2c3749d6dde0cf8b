"""The journal of writes into photos: recognised as our own, finished after a kill, and kept to be undone."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from blipdesk.catalog.database import AnyRow, Database
from blipdesk.catalog.difference import difference
from blipdesk.catalog.due import IN_STEP, key_of
from blipdesk.catalog.ending import WriteEnd, WriteNote, end_writes
from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import PhotoRow, WriteRow
from blipdesk.catalog.text import clean, now
from blipdesk.catalog.way_back import GONE, sha256_of
from blipdesk.domain.errors import UsageError
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import SeenFile, Source, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import PendingWrite, WriteOutcome, WritePlan


@dataclass(frozen=True, slots=True)
class OpenWrite:
    """A write that was begun and not finished: the program ended in the middle of it.

    The target holds its old bytes or its new ones (empty: no file), or what somebody else wrote since.
    ``found_later``: what later writes of ours found there, if any.
    """

    write_id: int
    path: str
    target_path: str
    after_hash: str
    before_sha256: str
    after_sha256: str
    outcome: WriteOutcome
    """What the plan was to do."""
    note: str = ""
    found_later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WriteEntry:
    """The row of a write that is about to begin, and what was asked for."""

    pending: PendingWrite
    values: Mapping[str, Any]


class Journal:
    """Write back, as the catalog sees it.  No transaction is open while a file is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin_writes(self, entries: Sequence[WriteEntry]) -> list[OpenWrite | None]:
        """Journal writes before the files are touched, all in one transaction.

        Returns:
            What was begun, in their order; None: there is no such photo (any more).
        """
        values = [entry.values for entry in entries]
        return self._database.write(lambda tx: begin_rows(tx.connection, values))

    def end_writes(self, ends: Sequence[WriteEnd], notes: Sequence[WriteNote] = ()) -> None:
        """Begun writes ended, and other photos are settled without one; all in one transaction.

        The stamp and the hash of a new file become the photo's, and what was done for the old content stands:
        our own write is no reason to caption again.  A photo may occur once, and once for
        the sidecar that goes with it.
        """
        self._database.write(lambda tx: end_writes(tx, ends, notes))

    def finish_write(
        self, write_id: int, outcome: WriteOutcome, note: str, new_file: SeenFile | None
    ) -> None:
        """A begun write or undo ended: its outcome, and the photo's file as it is now."""
        self.end_writes([WriteEnd(write_id, outcome, note, new_file)])

    def abandon_write(self, write_id: int, note: str) -> None:
        """A begun write or undo did not happen (disk full, changed meanwhile): the photo stays pending."""
        self.end_writes([WriteEnd(write_id, None, note)])

    def leave_write(self, write_id: int, note: str) -> None:
        """Of a begun write or undo nobody can tell whether it happened: its file was changed since."""
        self.end_writes([WriteEnd(write_id, None, note, proven=False)])

    def retry_refused(self) -> int:
        """At the start of a run: have every refused photo tried once more; returns how many.

        What refused it may be gone (a full disk, a file in use, a folder that was read-only).
        """
        refused = (
            update(PhotoRow)
            .where(text("photo.settled_outcome = 'refused'"))
            .values(settled_version=None, settled_target=None, settled_outcome=None)
        )
        return self._database.write(lambda tx: tx.connection.execute(refused).rowcount)

    def open_writes(self) -> list[OpenWrite]:
        """Writes that were begun and not finished, oldest first: the program was killed in between."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(
                    WriteRow.id,
                    WriteRow.target_path,
                    WriteRow.after_hash,
                    WriteRow.before_sha256,
                    WriteRow.after_sha256,
                    WriteRow.planned_outcome,
                    WriteRow.note,
                    PhotoRow.path,
                )
                .join(PhotoRow, PhotoRow.id == WriteRow.photo_id)
                .where(WriteRow.finished_at.is_(None))
                .order_by(WriteRow.id)
            ).all()
            return [
                _open_write(row.path, row.id, row._asdict(), _found_later(connection, row)) for row in rows
            ]


def begin_rows(connection: Connection, values: Sequence[Mapping[str, Any]]) -> list[OpenWrite | None]:
    """Insert rows of the journal; None: there is no such photo (any more)."""
    ids = among([row["photo_id"] for row in values])
    found = connection.execute(select(PhotoRow.id, PhotoRow.path).where(PhotoRow.id.in_(ids)))
    paths = {row.id: row.path for row in found}
    known = [row for row in values if row["photo_id"] in paths]
    if not known:
        return [None] * len(values)
    numbers = connection.scalars(insert(WriteRow).returning(WriteRow.id, sort_by_parameter_order=True), known)
    begun = iter([_open_write(paths[row["photo_id"]], n, row) for n, row in zip(numbers, known, strict=True)])
    return [next(begun) if row["photo_id"] in paths else None for row in values]


def write_entry(
    pending: PendingWrite, plan: WritePlan, target: WriteTarget, run_id: int | None = None
) -> WriteEntry:
    """What the journal is to hold of a write: hashes, and the part of the old bytes that is replaced.

    It takes long for a large photo, and neither asks the catalog nor changes it: any thread may call it.

    Args:
        pending: what was asked for (an edit made since leaves the photo pending).
        plan: with the new bytes.
        target: what was asked for (a sidecar may stand in for embedding).
        run_id: the run that it belongs to.

    Raises:
        UsageError: the plan writes nothing.
    """
    if plan.new is None:
        raise UsageError(later("This plan writes nothing."), "")
    text = pending.text
    # Where another caption stands in the file, it stays; only the keywords are ours.
    source = text.source if text.caption == plan.after else Source.FILE
    values = {
        "photo_id": pending.photo_id,
        "run_id": run_id,
        "target": target.value,
        "target_path": plan.target_path,
        "planned_outcome": plan.outcome.value,
        "before_text": None if plan.before is None else clean(plan.before),
        "after_text": clean(plan.after),
        "source": source.value,
        "keywords": json.dumps(list(text.keywords)),
        "text_key": IN_STEP if plan.is_in_step else key_of(text),
        "rating": plan.rating,
        "began_at": now(),
        "by_setting": plan.by_setting,
        "note": clean(plan.note),
        **content_columns(plan.old, plan.new),
    }
    return WriteEntry(pending, values)


def content_columns(old: bytes | None, new: bytes | None) -> dict[str, Any]:
    """The columns that tell what a file held before and is to hold, and that get the one back from the other.

    None: there is no file.
    """
    parts, old_part = difference(old or b"", new or b"")
    return {
        "existed": old is not None,
        "before_sha256": None if old is None else sha256_of(old),
        "after_sha256": sha256_of(new),
        "before_hash": None if old is None else content_hash_of(old),
        "after_hash": GONE if new is None else content_hash_of(new),
        "parts": json.dumps(parts),
        "old_part": zlib.compress(old_part),
    }


def _found_later(connection: Connection, row: AnyRow) -> tuple[str, ...]:
    """The contents that our later writes into the same file found."""
    later = select(WriteRow.before_sha256).where(
        WriteRow.target_path == row.target_path, WriteRow.id > row.id
    )
    return tuple(found or "" for found in connection.scalars(later))


def _open_write(
    path: str, write_id: int, row: Mapping[str, Any], found_later: tuple[str, ...] = ()
) -> OpenWrite:
    return OpenWrite(
        write_id=write_id,
        path=path,
        target_path=row["target_path"],
        after_hash=row["after_hash"],
        before_sha256=row["before_sha256"] or "",
        after_sha256=row["after_sha256"],
        outcome=WriteOutcome(row["planned_outcome"]),
        note=row["note"],
        found_later=found_later,
    )
