"""The journal of writes into photos: recognised as our own, finished after a kill, and kept to be undone."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from blipdesk.catalog.carry import carry_content
from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.difference import difference
from blipdesk.catalog.due import WRITTEN, key_of, keys_of
from blipdesk.catalog.intake import stamp_values
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import PhotoRow, WriteRow, WriteRunRow
from blipdesk.catalog.text import clean, now
from blipdesk.catalog.undoing import finish_undo
from blipdesk.domain.errors import UsageError
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import SeenFile, Source, WriteTarget
from blipdesk.domain.writes import RunKind, WriteOutcome, WritePlan, WriteText


@dataclass(frozen=True, slots=True)
class OpenWrite:
    """A write that was begun and not finished: the program ended in the middle of it.

    The target holds either its old bytes or its new ones, those of ``after_sha256`` (empty: a sidecar that
    was to go).
    """

    write_id: int
    path: str
    target_path: str
    after_hash: str
    after_sha256: str
    outcome: WriteOutcome
    """What the plan was to do."""
    note: str = ""


class Journal:
    """Write back, as the catalog sees it.  No transaction is open while a file is written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin_write(
        self,
        photo_id: int,
        plan: WritePlan,
        text: WriteText,
        target: WriteTarget,
        run_id: int | None = None,
    ) -> int:
        """Journal a write before the file is touched; returns its id.

        Args:
            photo_id: the photo.
            plan: with the new bytes; the part of the old ones that they replace is kept, compressed.
            text: what is being written: an edit made since it was asked for leaves the photo pending.
            target: what was asked for (a sidecar may stand in for embedding).
            run_id: the run that it belongs to.

        Raises:
            UsageError: there is no such photo, or the plan writes nothing.
        """
        if plan.new is None:
            raise UsageError("This plan writes nothing.", "")
        new = plan.new
        parts, old_part = difference(plan.old or b"", new)
        # Where another caption stands in the file, it stays; only the keywords are ours.
        source = text.source if text.caption == plan.after else Source.FILE
        values: dict[str, Any] = {
            "photo_id": photo_id,
            "run_id": run_id,
            "target": target.value,
            "target_path": plan.target_path,
            "planned_outcome": plan.outcome.value,
            "before_text": None if plan.before is None else clean(plan.before),
            "after_text": clean(plan.after),
            "source": source.value,
            "keywords": json.dumps(list(text.keywords)),
            "text_key": key_of(text),
            "existed": plan.old is not None,
            "before_sha256": None if plan.old is None else hashlib.sha256(plan.old).hexdigest(),
            "after_sha256": hashlib.sha256(new).hexdigest(),
            "before_hash": None if plan.old is None else content_hash_of(plan.old),
            "after_hash": content_hash_of(new),
            "parts": json.dumps(parts),
            "old_part": zlib.compress(old_part),
            "began_at": now(),
            "note": clean(plan.note),
        }

        def begin(tx: Transaction) -> int:
            if tx.connection.scalar(select(PhotoRow.id).where(PhotoRow.id == photo_id)) is None:
                raise UsageError("This photo is not in the catalog (any more).", "Scan its folder again.")
            return tx.connection.execute(
                insert(WriteRow).values(**values).returning(WriteRow.id)
            ).scalar_one()

        return self._database.write(begin)

    def finish_write(
        self, write_id: int, outcome: WriteOutcome, note: str, new_file: SeenFile | None
    ) -> None:
        """A begun write or undo ended: its outcome, and the photo's file as it is now.

        The new file's stamp and hash become the photo's, and what was done for the old content stands: our
        own write is no reason to caption again.
        """

        def finish(tx: Transaction) -> None:
            row = tx.connection.execute(select(WriteRow.__table__).where(WriteRow.id == write_id)).first()
            if row is None:
                return
            tx.connection.execute(
                update(WriteRow)
                .where(WriteRow.id == write_id)
                .values(finished_at=now(), outcome=outcome.value, note=clean(note))
            )
            _count(tx.connection, row, outcome)
            _take_over(tx.connection, row, outcome, new_file)
            if row.kind == RunKind.UNDO.value:
                finish_undo(tx, row.photo_id, note)
            else:
                _settle(tx, row.photo_id, outcome, note, row.text_key, WriteTarget(row.target))

        self._database.write(finish)

    def abandon_write(self, write_id: int, note: str) -> None:
        """A begun write did not happen (disk full, changed meanwhile): the photo stays pending."""

        def abandon(tx: Transaction) -> None:
            photo_id = tx.connection.scalar(
                update(WriteRow)
                .where(WriteRow.id == write_id)
                .values(finished_at=now(), outcome="abandoned", note=clean(note), old_part=b"", pruned=True)
                .returning(WriteRow.photo_id)
            )
            if photo_id is not None:
                tx.connection.execute(
                    update(PhotoRow).where(PhotoRow.id == photo_id).values(write_note=clean(note))
                )
                tx.change.touch([photo_id])

        self._database.write(abandon)

    def note_write(
        self, photo_id: int, outcome: WriteOutcome, note: str, text: WriteText, target: WriteTarget
    ) -> None:
        """Settle a photo without touching its file: unchanged, kept or refused, and why."""
        self._database.write(lambda tx: _settle(tx, photo_id, outcome, note, key_of(text), target))

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
                    WriteRow.after_sha256,
                    WriteRow.planned_outcome,
                    WriteRow.note,
                    PhotoRow.path,
                )
                .join(PhotoRow, PhotoRow.id == WriteRow.photo_id)
                .where(WriteRow.finished_at.is_(None))
                .order_by(WriteRow.id)
            )
            return [
                OpenWrite(
                    write_id=row.id,
                    path=row.path,
                    target_path=row.target_path,
                    after_hash=row.after_hash,
                    after_sha256=row.after_sha256,
                    outcome=WriteOutcome(row.planned_outcome),
                    note=row.note,
                )
                for row in rows
            ]


def _count(connection: Connection, row: AnyRow, outcome: WriteOutcome) -> None:
    """The run of a write that ended counts it, and what is kept of it."""
    counters = {WriteOutcome.EMBEDDED: WriteRunRow.embedded, WriteOutcome.SIDECAR: WriteRunRow.sidecars}
    counter = counters[outcome]
    bytes_kept = WriteRunRow.bytes_kept + len(row.old_part)
    connection.execute(
        update(WriteRunRow)
        .where(WriteRunRow.id == row.run_id)
        .values({counter: counter + 1, WriteRunRow.bytes_kept: bytes_kept, WriteRunRow.ended_at: now()})
    )


def _take_over(connection: Connection, row: AnyRow, outcome: WriteOutcome, new_file: SeenFile | None) -> None:
    """The photo's file is what we made of it (a sidecar is not the photo's file)."""
    photo = connection.execute(
        select(PhotoRow.path, PhotoRow.content_hash).where(PhotoRow.id == row.photo_id)
    ).first()
    if photo is None or row.planned_outcome != WriteOutcome.EMBEDDED.value:
        return
    if new_file is not None and new_file.path == photo.path:
        new_hash = new_file.content_hash
        stamp: dict[str, Any] = stamp_values(new_file.stamp)
    elif outcome is WriteOutcome.EMBEDDED:
        new_hash, stamp = row.after_hash, {}
    else:
        return
    if new_hash == row.after_hash and photo.content_hash in (row.before_hash, row.after_hash):
        carry_content(connection, row.photo_id, photo.content_hash, new_hash)
        connection.execute(
            update(PhotoRow).where(PhotoRow.id == row.photo_id).values(content_hash=new_hash, **stamp)
        )


def _settle(
    tx: Transaction, photo_id: int, outcome: WriteOutcome, note: str, key: str, target: WriteTarget
) -> None:
    photo = tx.connection.execute(select(PhotoRow.__table__).where(PhotoRow.id == photo_id)).first()
    if photo is None:
        return
    values: dict[str, Any] = {"write_note": clean(note)}
    if outcome.value in WRITTEN:
        values["written"] = WRITTEN[outcome.value]
        values["may_replace"] = None
    elif outcome is WriteOutcome.UNCHANGED and photo.written == WriteTarget.NONE.value:
        values["written"] = target.value
    keywords = visible_keywords(tx.connection, [photo_id]).get(photo_id, ())
    if key in keys_of(photo, keywords):  # else it was edited meanwhile, and stays pending
        values["settled_version"] = PhotoRow.text_version
        values["settled_target"] = target.value
        values["settled_outcome"] = outcome.value
    tx.connection.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(**values))
    tx.change.touch([photo_id])
