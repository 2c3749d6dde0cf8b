"""Files that moved: found again by content or picture, and their records moved with every text."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, delete, or_, select, text, update
from sqlalchemy.orm import InstrumentedAttribute

from blipdesk.catalog.aside import has_human_texts, photo_where, set_aside
from blipdesk.catalog.carry import came_of_own_writes, carry_content, change_content
from blipdesk.catalog.commits import store_read
from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.intake import is_left_beside, photos_at, register_files, stamp_values
from blipdesk.catalog.parking import in_state, settle_parking
from blipdesk.catalog.paths import below, bounds, directory_ids, normal, sort_name
from blipdesk.catalog.schema import (
    DirectoryRow,
    FolderRow,
    JobRow,
    PhotoRow,
)
from blipdesk.catalog.searchtext import refresh_search
from blipdesk.domain.errors import UsageError
from blipdesk.domain.jobs import DecodedPhoto
from blipdesk.domain.moved import Move, SeenSidecar
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import FileStamp, SeenFile, WriteTarget
from blipdesk.domain.wording import later

_PHOTO = cast(Table, PhotoRow.__table__)
_IDENTITY = (PhotoRow.id, PhotoRow.content_hash)
_PLACED = ("path", "folder_id", "directory_id", "name", "hidden", "content_hash", "size", "mtime_ns", "inode")
_PLACE = (
    update(_PHOTO)
    .where(_PHOTO.c.id == bindparam("photo_id"))
    .values(missing=False, trashed=False, **{name: bindparam(f"new_{name}") for name in _PLACED})
)


class Moves:
    """What the pipeline asks and tells of files that are somewhere else now."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_missing_twin(self, content_hash: str, new_path: str = "") -> list[tuple[int, str]]:
        """Photos of this content; the caller checks that the old path is gone.

        Of several copies the likeliest to be at ``new_path`` now comes first: one that was still there at
        the last look, and of those one of the same name.
        """
        likeliest = (PhotoRow.missing, PhotoRow.name != sort_name(new_path))
        return self._twins(PhotoRow.content_hash, content_hash, *likeliest)

    def find_missing_pixel_twin(self, pixel_hash: str) -> list[tuple[int, str]]:
        """Photos of this very picture, missing ones first: the caller checks that the old path is gone."""
        return self._twins(PhotoRow.pixel_hash, pixel_hash, PhotoRow.missing.desc())

    def _twins(
        self,
        column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
        value: str,
        *order: ColumnElement[bool] | InstrumentedAttribute[bool],
    ) -> list[tuple[int, str]]:
        if not value:
            return []
        with self._database.read() as connection:
            rows = connection.execute(
                select(PhotoRow.id, PhotoRow.path)
                .where(column == value)
                .order_by(*order, PhotoRow.id)
                .limit(100)
            )
            return [(row.id, row.path) for row in rows]

    def relocate(
        self, photo_id: int, new_folder_id: int, file: SeenFile, sidecar: SeenSidecar | None = None
    ) -> None:
        """The photo's file moved to ``file.path``: every text goes with it.  See :meth:`follow`."""
        self.follow(new_folder_id, [Move(photo_id, file, sidecar)])

    def follow(self, new_folder_id: int, moves: Sequence[Move]) -> None:
        """These photos' files moved into a root: every text goes with them, in one transaction.

        A fresh record at the new path gives way.  One of another picture, whose file was replaced by this
        one, is kept as missing under a name of its own: its texts go to its picture, should that turn up,
        and never to this one.  One of the same content that holds a person's texts stays, and the moved
        photo stays where it was (nothing of either is lost).
        """
        self._database.write(lambda tx: _follow(tx, new_folder_id, moves))

    def adopt(self, photo_id: int, into: int, decoded: DecodedPhoto | None = None) -> bool:
        """A freshly registered photo turned out to be the picture of ``into``, whose file is gone.

        That photo takes over the file, keeps every text, and is not captioned anew where it has a caption
        (else the fresh photo's jobs become its own); the fresh record, its jobs with it, disappears.  What
        was written into the old file is due again: other bytes stand in the new one.

        Args:
            photo_id: the fresh record.
            into: the photo that it turned out to be.
            decoded: what was read of the new file; what it says of itself takes the place of what the old
                one said, as after any change of a file's metadata.

        Returns:
            False, with nothing changed, when the fresh record holds a person's texts already.

        Raises:
            UsageError: one of the two is not in the catalog, or they are the same.
        """
        return self._database.write(lambda tx: _adopt(tx, photo_id, into, decoded))

    def rename_tree(self, old_prefix: str, new_prefix: str) -> int:
        """A directory was renamed: its photos (and roots) follow.  Returns the number of photos moved."""
        return self._database.write(lambda tx: _rename_tree(tx, normal(old_prefix), normal(new_prefix)))


# ---------------------------------------------------------------------------------------- one photo


def _follow(tx: Transaction, folder_id: int, moves: Sequence[Move]) -> None:
    connection = tx.connection
    ids = among([move.photo_id for move in moves])
    moved = {row.id: row for row in connection.execute(select(*_IDENTITY).where(PhotoRow.id.in_(ids)))}
    occupied = photos_at(connection, [move.file.path for move in moves])
    placed = []
    for move in moves:
        row = moved.get(move.photo_id)
        if row is None:
            raise UsageError(
                later("This photo is not in the catalog (any more)."), later("Scan the folder again.")
            )
        there = occupied.get(move.file.path)
        if there is not None and there.id != row.id and not _make_room(tx, folder_id, there.id, move.file):
            continue
        _change_content(connection, row, move.file)
        placed.append(move)
    _place(tx, folder_id, placed)


def _make_room(tx: Transaction, folder_id: int, photo_id: int, file: SeenFile) -> bool:
    """Let the photo give way that the catalog has where the file of another one is now; False: it stays."""
    connection = tx.connection
    occupant = photo_where(connection, PhotoRow.id == photo_id)
    if occupant is None or occupant.path != file.path:
        return True
    human = has_human_texts(connection, occupant)
    same = occupant.content_hash == file.content_hash
    if same and human:
        register_files(tx, folder_id, [file])
        return False
    if same or not (human or occupant.has_caption or occupant.file_caption):
        connection.execute(delete(PhotoRow).where(PhotoRow.id == occupant.id))
    else:
        set_aside(tx, occupant)
    return True


def _change_content(connection: Connection, row: AnyRow, file: SeenFile) -> None:
    if row.content_hash == file.content_hash:
        return
    if came_of_own_writes(connection, row.id, row.content_hash, file.content_hash, file.target):
        carry_content(connection, [(row.id, row.content_hash, file.content_hash)])
    else:
        change_content(connection, row.id, file.content_hash)


def _adopt(tx: Transaction, photo_id: int, into: int, decoded: DecodedPhoto | None) -> bool:
    connection = tx.connection
    fresh = photo_where(connection, PhotoRow.id == photo_id)
    kept = photo_where(connection, PhotoRow.id == into)
    if fresh is None or kept is None or photo_id == into:
        raise UsageError(
            later("This photo is not in the catalog (any more)."), later("Scan the folder again.")
        )
    if has_human_texts(connection, fresh):
        return False
    jobs_of_kept = JobRow.photo_id == into
    values: dict[str, Any] = {"text_version": PhotoRow.text_version + 1, "enqueued_hash": fresh.content_hash}
    if kept.captioned_hash is not None or kept.model_caption is not None:
        # What was done, and what the person asked to be done again, counts for the new bytes.
        lasting = and_(
            JobRow.content_hash == (kept.captioned_hash or kept.content_hash),
            or_(in_state("done"), JobRow.forced),
        )
        connection.execute(delete(JobRow).where(jobs_of_kept, ~lasting))
        connection.execute(update(JobRow).where(jobs_of_kept).values(content_hash=fresh.content_hash))
        values["captioned_hash"] = fresh.content_hash
    else:
        connection.execute(delete(JobRow).where(jobs_of_kept))
        connection.execute(
            update(JobRow).where(JobRow.photo_id == photo_id, in_state("claimed")).values(state="queued")
        )
        connection.execute(update(JobRow).where(JobRow.photo_id == photo_id).values(photo_id=into))
        values["enqueued_hash"] = fresh.enqueued_hash
    connection.execute(delete(PhotoRow).where(PhotoRow.id == photo_id))
    connection.execute(update(PhotoRow).where(PhotoRow.id == into).values(**values))
    stamp = FileStamp(fresh.size, fresh.mtime_ns, fresh.inode)
    sidecar = decoded.facts.sidecar if decoded is not None else None
    file = SeenFile(fresh.path, stamp, fresh.content_hash)
    _place(tx, fresh.folder_id, [Move(into, file, SeenSidecar(sidecar) if sidecar else None)])
    if decoded is not None:
        store_read(tx, into, decoded)
    return True


def _place(tx: Transaction, folder_id: int, moves: Sequence[Move]) -> None:
    """Let the photos' files be these, which are there, in places that are free."""
    if not moves:
        return
    connection = tx.connection
    hidden = connection.scalar(select(FolderRow.hidden).where(FolderRow.id == folder_id))
    if hidden is None:
        raise UsageError(later("This folder is not in the catalog (any more)."), later("Add it again."))
    directories = directory_ids(connection, [move.file.path for move in moves])
    _leave_sidecars(connection, moves)
    connection.execute(
        _PLACE,
        [
            {
                "photo_id": move.photo_id,
                "new_path": move.file.path,
                "new_folder_id": folder_id,
                "new_directory_id": directories[os.path.dirname(move.file.path)],
                "new_name": sort_name(move.file.path),
                "new_hidden": hidden,
                "new_content_hash": move.file.content_hash,
                **{f"new_{name}": value for name, value in stamp_values(move.file.stamp).items()},
            }
            for move in moves
        ],
    )
    ids = [move.photo_id for move in moves]
    settle_parking(connection, PhotoRow.id.in_(among(ids)))
    refresh_search(connection, ids)
    tx.change.touch(ids)
    tx.change.added = tx.change.folders = True


def _leave_sidecars(connection: Connection, moves: Sequence[Move]) -> None:
    """What was written beside the old place stands nowhere, and is due, where it did not come along.

    Files are moved without their sidecars most times.  It counts as written no more, lest the next scan take
    it for one that a person took away; and what was read there is no more what stands beside it.
    """
    by_photo = {move.photo_id: move for move in moves}
    beside = connection.execute(
        select(PhotoRow.id, PhotoRow.path, PhotoRow.sidecar_size, PhotoRow.sidecar_mtime_ns).where(
            PhotoRow.id.in_(among(list(by_photo))), PhotoRow.written == WriteTarget.SIDECAR.value
        )
    ).all()
    left = [
        row.id
        for row in beside
        if row.path != by_photo[row.id].file.path and not _came_along(connection, row, by_photo[row.id])
    ]
    if left:
        connection.execute(
            update(PhotoRow)
            .where(PhotoRow.id.in_(among(left)))
            .values(settled_version=None, written=WriteTarget.NONE.value, sidecar_mtime_ns=0)
        )


def _came_along(connection: Connection, row: AnyRow, move: Move) -> bool:
    """Whether the sidecar that was read last, or written since, stands beside the new place."""
    sidecar = move.sidecar
    if sidecar is None:
        return False
    as_read = (sidecar.stamp.size, sidecar.stamp.mtime_ns) == (row.sidecar_size, row.sidecar_mtime_ns)
    return as_read or is_left_beside(connection, row.id, sidecar.sha256)


# ---------------------------------------------------------------------------------------- a directory


# Paths are BLOBs: `||` joins bytes as they are, and makes TEXT of them.
_MAKE_DIRECTORIES = """
INSERT OR IGNORE INTO directory (path)
SELECT CAST(:new || substr(path, :rest) AS BLOB) FROM directory
 WHERE path = :old OR (path >= :start AND path < :end)
"""
# A photo whose new place is taken stays where it was.
_RENAME_PHOTOS = """
UPDATE photo SET path = CAST(:new || substr(photo.path, :rest) AS BLOB), directory_id =
    (SELECT renamed.id FROM directory
       JOIN directory AS renamed ON renamed.path = CAST(:new || substr(directory.path, :rest) AS BLOB)
      WHERE directory.id = photo.directory_id)
 WHERE photo.path >= :start AND photo.path < :end
   AND NOT EXISTS (SELECT 1 FROM photo AS there
                    WHERE there.path = CAST(:new || substr(photo.path, :rest) AS BLOB))
RETURNING photo.id
"""


def _rename_tree(tx: Transaction, old: str, new: str) -> int:
    connection = tx.connection
    start, end = bounds(old)
    values = {
        "old": os.fsencode(old),
        "new": os.fsencode(new),
        "rest": len(os.fsencode(old)) + 1,
        "start": os.fsencode(start),
        "end": os.fsencode(end),
    }
    connection.execute(text(_MAKE_DIRECTORIES), values)
    moved = connection.scalars(text(_RENAME_PHOTOS), values).all()
    _rename_roots(connection, old, new)
    # Search knows a photo's own folder by name: only that of the directory itself changed.
    directory = select(DirectoryRow.id).where(DirectoryRow.path == new).scalar_subquery()
    in_it = and_(PhotoRow.hidden.in_((False, True)), PhotoRow.directory_id == directory)
    refresh_search(connection, connection.scalars(select(PhotoRow.id).where(in_it)).all())
    tx.change.touch(moved)
    tx.change.folders = tx.change.added = True
    return len(moved)


def _rename_roots(connection: Connection, old: str, new: str) -> None:
    """The roots in a renamed directory follow; one that now lies in another one becomes a part of that."""
    roots = connection.execute(select(FolderRow.__table__)).all()
    for root in roots:
        if not is_under(root.path, old):
            continue
        path = new + root.path[len(old) :]
        if any(other.path == path and other.hidden for other in roots):
            continue  # that was removed with its photos; it is for a person to add it again
        others = [
            other
            for other in roots
            if other.id != root.id and not other.hidden and is_under(path, other.path)
            if other.path == path or other.watched or not root.watched
        ]
        if not others:
            connection.execute(update(FolderRow).where(FolderRow.id == root.id).values(path=path))
            continue
        into = max(others, key=lambda other: len(other.path))
        _join_roots(connection, root.id, into, path)
        if root.watched:
            connection.execute(update(FolderRow).where(FolderRow.id == into.id).values(watched=True))


def _join_roots(connection: Connection, folder_id: int, into: AnyRow, path: str) -> None:
    """Give the photos of a root at or below ``path`` to another one; it is no more where it has no others."""
    inside = and_(PhotoRow.folder_id == folder_id, below(PhotoRow.path, path))
    connection.execute(update(PhotoRow).where(inside).values(folder_id=into.id, hidden=PhotoRow.trashed))
    rest = select(PhotoRow.id).where(PhotoRow.folder_id == folder_id).limit(1)
    if connection.scalar(rest) is None:
        connection.execute(delete(FolderRow).where(FolderRow.id == folder_id))
    settle_parking(connection, PhotoRow.folder_id == into.id)
