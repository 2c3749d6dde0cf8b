"""The queue by folder: what waits where, and a folder that goes first."""

from __future__ import annotations

from sqlalchemy import select, text, update

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.schema import DirectoryRow, JobRow, PhotoRow
from blipdesk.domain.jobs import WaitingFolder

_STEP = 1e11
"""A folder that goes first has this added to the times that its jobs are ordered by, once for each folder
that was moved there before it: the order of its photos stays, and a restart does not lose it.  No photo's own
time (seconds) comes near it: it is the year 5138."""
_BY_DIRECTORY = text("""
SELECT directory.path, count(*), max(job.sort_time) AS newest
  FROM job JOIN photo ON photo.id = job.photo_id JOIN directory ON directory.id = photo.directory_id
 WHERE job.state IN ('queued', 'claimed')
 GROUP BY photo.directory_id ORDER BY newest DESC
""").columns(DirectoryRow.path)


class QueueFolders:
    """What the activity panel asks and tells."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def waiting_folders(self) -> list[WaitingFolder]:
        """The directories whose photos wait, the next one first."""
        with self._database.read() as connection:
            rows = connection.execute(_BY_DIRECTORY).all()
        return [WaitingFolder(row[0], int(row[1])) for row in rows]

    def move_to_front(self, directory: str) -> int:
        """Have the photos of a directory captioned before all that wait; returns how many there are."""

        def move(tx: Transaction) -> int:
            steps = select(JobRow.sort_time / _STEP).where(JobRow.state == "queued")
            highest = tx.connection.scalar(steps.order_by(JobRow.sort_time.desc()).limit(1)) or 0.0
            photos = (
                select(PhotoRow.id)
                .join(DirectoryRow, DirectoryRow.id == PhotoRow.directory_id)
                .where(DirectoryRow.path == directory)
            )
            own = text("sort_time - max(CAST(sort_time / :step AS INTEGER), 0) * :step + :above")
            moved = tx.connection.execute(
                update(JobRow)
                .where(text("+job.state = 'queued'"), JobRow.photo_id.in_(photos))
                .values(sort_time=own.bindparams(step=_STEP, above=(max(int(highest), 0) + 1) * _STEP))
            )
            return int(moved.rowcount)

        return self._database.write(move)
