"""The runs of writes, and how much is kept to take them back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, or_, select, text, update

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.schema import WriteRow, WriteRunRow
from blipdesk.catalog.text import now
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import ExistingText, JournalLimits, JournalSize, RunKind, WriteRun

_PAGE = 2000
_SILENCE = 180 * 86400.0
"""Between two runs: a longer one is taken for a clock that was wrong before it, or is now (an empty battery,
a date set by hand).  Nobody can tell how old the writes before it are."""
_TooMuch = Callable[[float, int], bool]
"""Whether a write is given up, by its time and by how much is kept with it."""
_MAY_HAVE_WRITTEN = or_(
    WriteRunRow.embedded + WriteRunRow.sidecars > 0,
    WriteRunRow.id.in_(select(WriteRow.run_id).where(WriteRow.finished_at.is_(None))),
)
"""What was begun and is not ended may have happened, and can be taken back."""

_SUMS = """
SELECT coalesce(sum(bytes_kept), 0) AS bytes,
       coalesce(sum(embedded + sidecars - taken_back - pruned - forgotten) FILTER (WHERE kind = 'write'), 0)
           AS writes,
       coalesce(sum(pruned) FILTER (WHERE kind = 'write'), 0) AS pruned FROM write_run
"""
# By an index of what is kept alone.  The oldest run first, whatever the clock said in it.
_KEPT = """
SELECT id, run_id, began_at, NOT undone AND outcome <> 'unproven' AS stands, length(old_part) AS size
  FROM "write" INDEXED BY ix_write_unpruned
 WHERE pruned = 0 AND finished_at IS NOT NULL AND run_id >= :first ORDER BY run_id, id LIMIT :limit
"""
_OLDEST = """
SELECT began_at FROM "write" INDEXED BY ix_write_unpruned WHERE pruned = 0 ORDER BY run_id, id LIMIT 1
"""
_TIMES = "SELECT id, began_at, ended_at FROM write_run ORDER BY id DESC"
_GIVE_UP = """
UPDATE "write" SET old_part = x'', pruned = 1 WHERE id IN (SELECT value FROM json_each(:ids))
"""


class Runs:
    """Runs of the write-back and of undo, newest first, and the room their journal takes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin_run(
        self, kind: RunKind, target: WriteTarget, existing: ExistingText = ExistingText.SKIP
    ) -> int:
        """A run begins; returns its id, which is never used again."""
        began_at = now()
        values: dict[str, Any] = {
            "kind": kind.value,
            "target": target.value,
            "existing": existing.value,
            "began_at": began_at,
            "ended_at": began_at,
        }
        return self._database.write(
            lambda tx: tx.connection.execute(
                insert(WriteRunRow).values(**values).returning(WriteRunRow.id)
            ).scalar_one()
        )

    def end_run(self, run_id: int, kept: int = 0, refused: int = 0) -> bool:
        """A run has ended, or rests: how much it left alone.

        Returns:
            Whether it is kept: one that wrote nothing is forgotten.
        """

        def end(tx: Transaction) -> bool:
            tx.connection.execute(
                update(WriteRunRow).where(WriteRunRow.id == run_id).values(kept=kept, refused=refused)
            )
            wrote = exists().where(WriteRow.run_id == run_id)
            idle = delete(WriteRunRow).where(WriteRunRow.id == run_id, ~wrote)
            return tx.connection.execute(idle).rowcount == 0

        return self._database.write(end)

    def runs(self, limit: int) -> list[WriteRun]:
        """The newest runs that changed files, or may have, newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(WriteRunRow.__table__)
                .where(_MAY_HAVE_WRITTEN)
                .order_by(WriteRunRow.id.desc())
                .limit(limit)
            ).all()
        return [
            WriteRun(
                row.id,
                RunKind(row.kind),
                WriteTarget(row.target),
                ExistingText(row.existing),
                row.began_at,
                row.ended_at,
                row.embedded,
                row.sidecars,
                row.kept,
                row.refused,
                row.taken_back,
                row.bytes_kept,
                row.pruned,
                row.forgotten,
            )
            for row in rows
        ]

    def journal_size(self) -> JournalSize:
        """What is kept to take writes back."""
        with self._database.read() as connection:
            return _size(connection)

    def prune_journal(self, limits: JournalLimits) -> int:
        """Give up replaced bytes that are too old, and the oldest of too many; returns of how many writes.

        A page at a time: what is written meanwhile waits for none of it.  The bytes in photos stay as they
        are; only taking them back is no longer possible.
        """
        at = now()
        with self._database.read() as connection:
            first = _first_of_known_age(connection, at)
        oldest = at - limits.seconds
        done = 0
        if first is not None:
            done += self._prune(first, lambda began_at, _: began_at < oldest)
        return done + self._prune(0, lambda _, kept: kept > limits.bytes)

    def _prune(self, first: int, is_too_much: _TooMuch) -> int:
        done = 0
        while count := self._database.write(lambda tx: _prune_page(tx.connection, first, is_too_much)):
            done += count
        return done


def _first_of_known_age(connection: Connection, at: float) -> int | None:
    """The oldest run since which the clock went on without a leap, up to now; None: not even the newest."""
    first = None
    for row in connection.execute(text(_TIMES)):
        if abs(at - row.ended_at) > _SILENCE or abs(row.ended_at - row.began_at) > _SILENCE:
            break
        first, at = row.id, row.began_at
    return first


def _size(connection: Connection) -> JournalSize:
    row = connection.execute(text(_SUMS)).one()
    oldest_at = connection.scalar(text(_OLDEST))
    return JournalSize(row.bytes, row.writes, oldest_at, row.pruned)


def _prune_page(connection: Connection, first: int, is_too_much: _TooMuch) -> int:
    kept = connection.execute(text(_SUMS)).one().bytes
    page = connection.execute(text(_KEPT), {"first": first, "limit": _PAGE}).all()
    given_up: list[int] = []
    by_run: dict[int, tuple[int, int]] = {}
    for row in page:
        if not is_too_much(row.began_at, kept):
            break
        kept -= row.size
        given_up.append(row.id)
        count, size = by_run.get(row.run_id, (0, 0))
        by_run[row.run_id] = (count + row.stands, size + row.size)
    if given_up:
        connection.execute(text(_GIVE_UP), {"ids": str(given_up)})
    for run_id, (count, size) in by_run.items():
        connection.execute(
            update(WriteRunRow)
            .where(WriteRunRow.id == run_id)
            .values(pruned=WriteRunRow.pruned + count, bytes_kept=WriteRunRow.bytes_kept - size)
        )
    return len(given_up)
