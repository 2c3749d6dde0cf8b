"""Files met by the scan and the watcher: registered, changed, their sidecars told apart."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, insert, or_, select, text, update
from sqlalchemy.sql.elements import ColumnElement

from blipdesk.catalog.aside import has_human_texts, set_aside
from blipdesk.catalog.carry import came_of_own_writes, carry_content, change_content
from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.looked_at import IS_LOOKED_AT, IS_OUTDATED
from blipdesk.catalog.parking import settle_parking
from blipdesk.catalog.paths import below, directory_ids, normal, sort_name
from blipdesk.catalog.presence import IS_BACK
from blipdesk.catalog.reading import KnownFile
from blipdesk.catalog.schema import DirectoryRow, FolderRow, PhotoRow, PhotoTextRow, WriteRow
from blipdesk.catalog.searchtext import search_text
from blipdesk.catalog.text import now, sort_time
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import FileStamp, SeenFile, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import RunKind, WriteOutcome

_INODE_BITS = (1 << 63) - 1  # some file systems number their files beyond SQLite's integers
_PAGE = 500


class Intake:
    """What the intake thread asks and tells."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known_files_under(self, directory: str) -> dict[str, KnownFile]:
        """The known files that lie in ``directory`` itself (not below it), by path."""
        number = select(DirectoryRow.id).where(DirectoryRow.path == normal(directory)).scalar_subquery()
        # Either value of `hidden`: the index begins with it.
        return self._known(and_(PhotoRow.hidden.in_((False, True)), PhotoRow.directory_id == number))

    def known_directories(self, root: str) -> Iterator[str]:
        """The directories at or below ``root`` that hold (or held) known files, by path.

        Read a page at a time: what is asked or changed meanwhile waits for none of it.
        """
        top = normal(root)
        column = DirectoryRow.path
        after: ColumnElement[bool] = column >= top
        while True:
            with self._database.read() as connection:
                page = connection.scalars(
                    select(column).where(below(column, top), after).order_by(column).limit(_PAGE)
                ).all()
            yield from page
            if len(page) < _PAGE:
                return
            after = column > page[-1]

    def known_file(self, path: str) -> KnownFile | None:
        """What is known of one path."""
        return self._known(PhotoRow.path == path).get(path)

    def _known(self, where: ColumnElement[bool]) -> dict[str, KnownFile]:
        columns = (
            PhotoRow.path,
            PhotoRow.id,
            PhotoRow.size,
            PhotoRow.mtime_ns,
            PhotoRow.inode,
            PhotoRow.content_hash,
            PhotoRow.missing,
            IS_LOOKED_AT,
            PhotoRow.sidecar_size,
            PhotoRow.sidecar_mtime_ns,
            IS_OUTDATED,
            PhotoRow.written == WriteTarget.SIDECAR.value,
        )
        with self._database.read() as connection:
            return {
                row[0]: KnownFile(
                    row[1],
                    FileStamp(row[2], row[3], row[4]),
                    row[5],
                    row[6],
                    None if row[8] is None else FileStamp(row[8], row[9] or 0),
                    row[7],
                    bool(row[10]),
                    row[11],
                )
                for row in connection.execute(select(*columns).where(where))
            }

    def register(self, folder_id: int, files: Sequence[SeenFile]) -> list[int]:
        """Take files in: new ones become photos, changed ones are updated, known ones cost nothing.

        Texts always stay: with the photo, or, where its file was gone and another took the place, with a
        record of its own (a missing photo "(replaced)").  A change that is our own write takes over stamp
        and hash alone.

        Returns:
            The photos' ids, in the order of ``files``.
        """
        return self._database.write(lambda tx: register_files(tx, folder_id, files))

    def take_own_sidecars(self, beside: Sequence[tuple[int, FileStamp | None, str]]) -> list[int]:
        """Sidecars that are not what they were: those that our own writing left so are known from now on.

        What was written into one that is there again (it was moved after its photo, say) stands there.

        Args:
            beside: photo, what its sidecar is now (None: there is none), the sha256 of its bytes (empty: it
                cannot be read, or is not there).

        Returns:
            The photos whose sidecar somebody else changed, and those where ours may hide such a change: what
            these say is to be read again.
        """

        def take(tx: Transaction) -> list[int]:
            ours = {number for number, _, digest in beside if _is_own_sidecar(tx.connection, number, digest)}
            for number, stamp, _ in beside:
                if number in ours:
                    size, mtime_ns = (stamp.size, stamp.mtime_ns) if stamp else (None, None)
                    tx.connection.execute(
                        update(PhotoRow)
                        .where(PhotoRow.id == number)
                        .values(sidecar_size=size, sidecar_mtime_ns=mtime_ns)
                    )
            back = [number for number, _, digest in beside if is_left_beside(tx.connection, number, digest)]
            stands = tx.connection.scalars(
                update(PhotoRow)
                .where(PhotoRow.id.in_(among(back)), PhotoRow.written == WriteTarget.NONE.value)
                .values(written=WriteTarget.SIDECAR.value)
                .returning(PhotoRow.id)
            ).all()
            tx.change.touch(stands)
            return [number for number, _, _ in beside if number not in ours]

        return self._database.write(take)


# ---------------------------------------------------------------------------------------- register


def stamp_values(stamp: FileStamp) -> dict[str, int]:
    """The stamp's columns."""
    return {"size": stamp.size, "mtime_ns": stamp.mtime_ns, "inode": stamp.inode & _INODE_BITS}


def photos_at(connection: Connection, paths: Sequence[str]) -> dict[str, AnyRow]:
    """The photos at these paths: what an intake asks of them."""
    found: dict[str, AnyRow] = {}
    for start in range(0, len(paths), _PAGE):
        page = paths[start : start + _PAGE]
        rows = connection.execute(
            select(
                PhotoRow.id,
                PhotoRow.path,
                PhotoRow.folder_id,
                PhotoRow.user_caption,
                PhotoRow.user_rating,
                PhotoRow.size,
                PhotoRow.mtime_ns,
                PhotoRow.inode,
                PhotoRow.content_hash,
                PhotoRow.missing,
                PhotoRow.hidden,
                PhotoRow.taken_at,
            ).where(PhotoRow.path.in_(page))
        )
        found.update((row.path, row) for row in rows.all())
    return found


def is_left_beside(connection: Connection, photo_id: int, digest: str) -> bool:
    """Whether the sidecar of these bytes is what our last write beside a photo left, which was not undone."""
    last = connection.execute(
        select(WriteRow.after_sha256, WriteRow.kind, WriteRow.undone)
        .where(WriteRow.photo_id == photo_id, WriteRow.planned_outcome == WriteOutcome.SIDECAR.value)
        .where(or_(WriteRow.finished_at.is_(None), WriteRow.outcome.is_distinct_from("abandoned")))
        .order_by(WriteRow.id.desc())
        .limit(1)
    ).first()
    return last is not None and (digest, RunKind.WRITE.value, False) == tuple(last)


def _is_own_sidecar(connection: Connection, photo_id: int, digest: str) -> bool:
    """Whether the last write beside a photo left these bytes, on top of nothing or of our own.

    It must be newer than what was read last: where another sidecar stood beside ours and is gone, or an older
    one came back, the bytes are ours and say something new all the same.
    """
    writes = connection.execute(
        select(
            WriteRow.after_sha256,
            WriteRow.before_sha256,
            WriteRow.existed,
            WriteRow.began_at,
            PhotoRow.sidecar_mtime_ns,
        )
        .join(PhotoRow, PhotoRow.id == WriteRow.photo_id)
        .where(
            WriteRow.photo_id == photo_id,
            WriteRow.planned_outcome == "sidecar",
            or_(WriteRow.finished_at.is_(None), WriteRow.outcome.is_distinct_from("abandoned")),
        )
        .order_by(WriteRow.id.desc())
    ).all()
    if not writes or writes[0].after_sha256 != digest:
        return False
    last, before = writes[0], {write.after_sha256 for write in writes[1:]}
    is_newer = last.sidecar_mtime_ns is None or last.began_at * 1e9 > last.sidecar_mtime_ns
    return is_newer and (not last.existed or last.before_sha256 in before)


def register_files(tx: Transaction, folder_id: int, files: Sequence[SeenFile]) -> list[int]:
    """Take files in within a transaction; returns the photos' ids, in the order of ``files``."""
    connection = tx.connection
    known = photos_at(connection, [file.path for file in files])
    for file in files:
        row = known.get(file.path)
        if row is not None and _took_its_place(connection, row, file):
            set_aside(tx, known.pop(file.path))
    fresh = {file.path: file for file in files if file.path not in known}
    ids = insert_photos(tx, folder_id, list(fresh.values()))
    back: list[int] = []
    for file in files:
        row = known.get(file.path)
        if row is None:
            continue
        ids[file.path] = row.id
        if _update_known(tx, row, file):
            back.append(row.id)
    if back:
        settle_parking(connection, PhotoRow.id.in_(among(back)))
    return [ids[file.path] for file in files]


def _took_its_place(connection: Connection, row: AnyRow, file: SeenFile) -> bool:
    """Whether other content turned up where the file of a photo with a person's texts is gone.

    Cameras count from DSC00001 again: the texts wait for their own picture, under a name of its own.  A
    file that was there all the time and changed is the same photo, edited.
    """
    return (
        row.missing
        and row.content_hash not in ("", file.content_hash)
        and not came_of_own_writes(connection, row.id, row.content_hash, file.content_hash, file.target)
        and has_human_texts(connection, row)
    )


def insert_photos(
    tx: Transaction, folder_id: int, files: Sequence[SeenFile], *, missing: bool = False
) -> dict[str, int]:
    """Insert photos that are not known yet; returns their ids by path.

    ``missing`` ones (imported) are in sight whatever their root is.
    """
    if not files:
        return {}
    connection = tx.connection
    folder = connection.execute(select(FolderRow.hidden).where(FolderRow.id == folder_id)).first()
    if folder is None:
        raise UsageError(later("This folder is not in the catalog (any more)."), later("Add it again."))
    last = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'photo'")).scalar()
    first_id = int(last or 0) + 1
    directories = directory_ids(connection, (file.path for file in files))
    added_at = now()
    ids = {file.path: number for number, file in enumerate(files, first_id)}
    connection.execute(
        insert(PhotoRow),
        [
            {
                "id": ids[file.path],
                "folder_id": folder_id,
                "directory_id": directories[os.path.dirname(file.path)],
                "path": file.path,
                "name": sort_name(file.path),
                "content_hash": file.content_hash,
                "added_at": added_at,
                "sort_time": sort_time(None, file.stamp.mtime_ns),
                "missing": missing,
                "hidden": folder.hidden and not missing,
                **stamp_values(file.stamp),
            }
            for file in files
        ],
    )
    connection.execute(
        insert(PhotoTextRow),
        [{"photo_id": ids[file.path], "search_text": search_text(file.path)} for file in files],
    )
    tx.change.touch(ids.values())
    tx.change.added = tx.change.folders = True
    return ids


def _update_known(tx: Transaction, row: AnyRow, file: SeenFile) -> bool:
    """Bring one record up to date; True when its jobs may have to be parked or unparked."""
    stamp = stamp_values(file.stamp)
    changed = row.content_hash != file.content_hash
    moved_time = any(getattr(row, name) != value for name, value in stamp.items())
    if not (changed or moved_time or row.missing):
        return False
    connection = tx.connection
    values: dict[str, Any] = {**stamp, "content_hash": file.content_hash}
    if row.missing:
        values |= IS_BACK
    if changed:
        if came_of_own_writes(connection, row.id, row.content_hash, file.content_hash, file.target):
            carry_content(connection, [(row.id, row.content_hash, file.content_hash)])
        else:
            change_content(connection, row.id, file.content_hash)
            # The old facts are shown until the new ones are read; sorting needs a date now.
            values["sort_time"] = sort_time(row.taken_at, file.stamp.mtime_ns)
    elif row.taken_at is None:
        values["sort_time"] = sort_time(None, file.stamp.mtime_ns)
    connection.execute(update(PhotoRow).where(PhotoRow.id == row.id).values(**values))
    tx.change.touch([row.id])
    tx.change.added = tx.change.added or row.missing
    return bool(changed or row.missing)
