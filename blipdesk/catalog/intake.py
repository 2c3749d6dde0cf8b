"""Files met by the scan and the watcher: registered, changed, moved, missing; forgotten on demand alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.sql.elements import ColumnElement

from blipdesk.catalog.carry import came_of_own_writes, carry_content, change_content
from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.parking import settle_parking
from blipdesk.catalog.paths import below, directory_ids, normal, sort_name, within
from blipdesk.catalog.reading import KnownFile
from blipdesk.catalog.schema import (
    FolderRow,
    PhotoKeywordRow,
    PhotoRow,
    PhotoTextRow,
    QuestionRow,
)
from blipdesk.catalog.searchtext import refresh_search, search_text
from blipdesk.catalog.text import now, sort_time
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import FileStamp, FolderState, SeenFile, Source

_INODE_BITS = (1 << 63) - 1  # some file systems number their files beyond SQLite's integers
_PAGE = 500


class Intake:
    """What the intake thread asks and tells."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known_files(self, root: str) -> dict[str, KnownFile]:
        """Every known file at or under ``root``, by path."""
        return self._known(below(PhotoRow.path, normal(root)))

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
        )
        with self._database.read() as connection:
            return {
                path: KnownFile(number, FileStamp(size, mtime_ns, inode), content_hash, missing)
                for path, number, size, mtime_ns, inode, content_hash, missing in connection.execute(
                    select(*columns).where(where)
                )
            }

    def find_missing_twin(self, content_hash: str) -> list[tuple[int, str]]:
        """Photos of this content, missing ones first: the caller checks that the old path is gone."""
        if not content_hash:
            return []
        with self._database.read() as connection:
            rows = connection.execute(
                select(PhotoRow.id, PhotoRow.path)
                .where(PhotoRow.content_hash == content_hash)
                .order_by(PhotoRow.missing.desc(), PhotoRow.id)
                .limit(100)
            )
            return [(row.id, row.path) for row in rows]

    def register(self, folder_id: int, files: Sequence[SeenFile]) -> list[int]:
        """Take files in: new ones become photos, changed ones are updated, known ones cost nothing.

        Texts always stay.  A change that is our own write takes over stamp and hash alone.

        Returns:
            The photos' ids, in the order of ``files``.
        """
        return self._database.write(lambda tx: _register(tx, folder_id, files))

    def relocate(self, photo_id: int, new_folder_id: int, file: SeenFile) -> None:
        """The photo's file moved to ``file.path``: every text goes with it.

        A fresh record at the new path gives way; one that holds a person's texts stays, with the new
        content, and the moved photo stays where it was (nothing of either is lost).
        """
        self._database.write(lambda tx: _relocate(tx, photo_id, new_folder_id, file))

    def rename_tree(self, old_prefix: str, new_prefix: str) -> int:
        """A directory was renamed: its photos (and roots) follow.  Returns the number of photos moved."""
        return self._database.write(lambda tx: _rename_tree(tx, normal(old_prefix), normal(new_prefix)))

    def mark_missing(self, photo_ids: Sequence[int]) -> None:
        """The files are gone; the records and their texts stay."""
        self._mark(photo_ids, missing=True)

    def mark_present(self, photo_ids: Sequence[int]) -> None:
        """The files are there again."""
        self._mark(photo_ids, missing=False)

    def forget_missing(self, photo_ids: Sequence[int]) -> int:
        """Delete the records of photos whose files are gone, texts and all.

        A photo that is there again, or whose drive is away, is left alone: only what is certainly
        gone may be forgotten.

        Returns:
            How many were forgotten.
        """

        def forget(tx: Transaction) -> int:
            online = select(FolderRow.id).where(FolderRow.state == FolderState.ONLINE.value)
            gone = tx.connection.execute(
                delete(PhotoRow).where(
                    PhotoRow.id.in_(among(photo_ids)),
                    PhotoRow.missing.is_(True),
                    PhotoRow.folder_id.in_(online),
                )
            ).rowcount
            tx.change.added = tx.change.everything = tx.change.keywords = True
            return gone

        return self._database.write(forget)

    def _mark(self, photo_ids: Sequence[int], *, missing: bool) -> None:
        def mark(tx: Transaction) -> None:
            scope = PhotoRow.id.in_(among(photo_ids))
            changed = tx.connection.scalars(
                update(PhotoRow)
                .where(scope, PhotoRow.missing.is_not(missing))
                .values(missing=missing)
                .returning(PhotoRow.id)
            ).all()
            if changed:
                settle_parking(tx.connection, scope)
                tx.change.touch(changed)
                tx.change.added = True

        self._database.write(mark)


# ---------------------------------------------------------------------------------------- register


def _stamp_values(stamp: FileStamp) -> dict[str, int]:
    return {"size": stamp.size, "mtime_ns": stamp.mtime_ns, "inode": stamp.inode & _INODE_BITS}


def _by_path(connection: Connection, paths: Sequence[str]) -> dict[str, AnyRow]:
    found: dict[str, AnyRow] = {}
    for start in range(0, len(paths), _PAGE):
        page = paths[start : start + _PAGE]
        rows = connection.execute(
            select(
                PhotoRow.id,
                PhotoRow.path,
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


def _register(tx: Transaction, folder_id: int, files: Sequence[SeenFile]) -> list[int]:
    connection = tx.connection
    known = _by_path(connection, [file.path for file in files])
    fresh = {file.path: file for file in files if file.path not in known}
    ids = insert_photos(tx, folder_id, list(fresh.values()))
    back: list[int] = []
    for file in files:
        row = known.get(file.path)
        if row is None:
            continue
        ids[file.path] = row.id
        if _update_known(tx, folder_id, row, file):
            back.append(row.id)
    if back:
        settle_parking(connection, PhotoRow.id.in_(among(back)))
    return [ids[file.path] for file in files]


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
        raise UsageError("This folder is not in the catalog (any more).", "Add it again.")
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
                **_stamp_values(file.stamp),
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


def _update_known(tx: Transaction, folder_id: int, row: AnyRow, file: SeenFile) -> bool:
    """Bring one record up to date; True when its jobs may have to be parked or unparked."""
    stamp = _stamp_values(file.stamp)
    changed = row.content_hash != file.content_hash
    moved_time = any(getattr(row, name) != value for name, value in stamp.items())
    if not (changed or moved_time or row.missing):
        return False
    connection = tx.connection
    values: dict[str, Any] = {**stamp, "content_hash": file.content_hash, "missing": False}
    if changed:
        if came_of_own_writes(connection, row.id, row.content_hash, file.content_hash):
            carry_content(connection, row.id, row.content_hash, file.content_hash)
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


# ---------------------------------------------------------------------------------------- moves


def _relocate(tx: Transaction, photo_id: int, folder_id: int, file: SeenFile) -> None:
    connection = tx.connection
    rows = connection.execute(
        select(PhotoRow.id, PhotoRow.path, PhotoRow.content_hash, PhotoRow.user_caption).where(
            (PhotoRow.id == photo_id) | (PhotoRow.path == file.path)
        )
    ).all()
    moved = next((row for row in rows if row.id == photo_id), None)
    if moved is None:
        raise UsageError("This photo is not in the catalog (any more).", "Scan the folder again.")
    occupant = next((row for row in rows if row.id != photo_id), None)
    if occupant is not None:
        if _has_human_texts(connection, occupant):
            _register(tx, folder_id, [file])
            return
        connection.execute(delete(PhotoRow).where(PhotoRow.id == occupant.id))
    _move(tx, photo_id, folder_id, moved.path, file.path)
    if moved.content_hash != file.content_hash:
        if came_of_own_writes(connection, photo_id, moved.content_hash, file.content_hash):
            carry_content(connection, photo_id, moved.content_hash, file.content_hash)
        else:
            change_content(connection, photo_id, file.content_hash)
    connection.execute(
        update(PhotoRow)
        .where(PhotoRow.id == photo_id)
        .values(**_stamp_values(file.stamp), content_hash=file.content_hash, missing=False)
    )
    settle_parking(connection, PhotoRow.id == photo_id)
    refresh_search(connection, [photo_id])
    tx.change.touch([photo_id])
    tx.change.added = tx.change.folders = True


def _has_human_texts(connection: Connection, photo: AnyRow) -> bool:
    keyword = select(PhotoKeywordRow.photo_id).where(
        PhotoKeywordRow.photo_id == photo.id, PhotoKeywordRow.source == Source.USER.value
    )
    question = select(QuestionRow.id).where(QuestionRow.photo_id == photo.id)
    return bool(
        photo.user_caption
        or connection.execute(keyword.limit(1)).first()
        or connection.execute(question.limit(1)).first()
    )


def _move(tx: Transaction, photo_id: int, folder_id: int, old: str, new: str) -> None:
    if old == new:
        return
    connection = tx.connection
    hidden = connection.scalar(select(FolderRow.hidden).where(FolderRow.id == folder_id))
    if hidden is None:
        raise UsageError("This folder is not in the catalog (any more).", "Add it again.")
    directories = directory_ids(connection, [new])
    connection.execute(
        update(PhotoRow)
        .where(PhotoRow.id == photo_id)
        .values(
            path=new,
            folder_id=folder_id,
            directory_id=directories[os.path.dirname(new)],
            name=sort_name(new),
            hidden=hidden,
        )
    )


def _rename_tree(tx: Transaction, old: str, new: str) -> int:
    connection = tx.connection
    rows = connection.execute(
        select(PhotoRow.id, PhotoRow.path, PhotoRow.folder_id).where(below(PhotoRow.path, old))
    ).all()
    roots = connection.execute(select(FolderRow.id, FolderRow.path)).all()
    taken = set(_by_path(connection, [new + row.path[len(old) :] for row in rows]))
    moved = []
    for row in rows:
        path = new + row.path[len(old) :]
        if path not in taken:
            _move(tx, row.id, row.folder_id, row.path, path)
            moved.append(row.id)
    root_paths = {root.path for root in roots}
    for root in roots:
        path = new + root.path[len(old) :]
        if within(root.path, old) and path not in root_paths:
            connection.execute(update(FolderRow).where(FolderRow.id == root.id).values(path=path))
    refresh_search(connection, moved)
    tx.change.touch(moved)
    tx.change.folders = tx.change.added = True
    return len(moved)
