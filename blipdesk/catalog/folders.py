"""Roots: added, removed, offline."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, or_, select, text, true, update

from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.parking import settle_parking
from blipdesk.catalog.paths import below, normal
from blipdesk.catalog.schema import FolderRow, PhotoRow
from blipdesk.domain.errors import UsageError
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import Folder, FolderState
from blipdesk.domain.wording import later

# Counted apart: an index alone counts all photos of a root, and another finds the few that may be these.
_TRASHED = text("hidden = 1 AND missing = 1 AND trashed = 1")


class Folders:
    """The roots of the library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_folder(self, path: str, watched: bool = True) -> Folder:
        """Add a root, or give the one that covers it.

        A path inside a watched root is that root's (and one that is only named, inside any root).
        ``watched`` upgrades a root that was only named; a new watched root takes over the roots inside it.
        A removed folder comes back with its photos, but for those in the trash.
        """
        return self._database.write(lambda tx: self._add(tx, normal(path), watched))

    def _add(self, tx: Transaction, path: str, watched: bool) -> Folder:
        connection = tx.connection
        roots = connection.execute(select(FolderRow.__table__)).all()
        covering = [
            row for row in roots if is_under(path, row.path) and (row.watched or not (watched or row.hidden))
        ]
        if covering:
            return _folder(connection, max(covering, key=lambda row: len(row.path)).id)
        same = next((row for row in roots if row.path == path), None)
        if same is None:
            folder_id = int(
                connection.execute(
                    insert(FolderRow).values(path=path, watched=watched).returning(FolderRow.id)
                ).scalar_one()
            )
        else:
            folder_id = same.id
        _take_over(connection, folder_id, path, watched)
        connection.execute(
            update(FolderRow).where(FolderRow.id == folder_id).values(watched=watched, hidden=False)
        )
        settle_parking(connection, PhotoRow.folder_id == folder_id)
        tx.change.folders = tx.change.added = tx.change.everything = True
        return _folder(connection, folder_id)

    def remove_folder(self, folder_id: int, forget: bool) -> None:
        """Take a root out of the library.

        Args:
            folder_id: the root.
            forget: delete the records of its photos, texts and all.  Otherwise they are kept, out of
                sight, and come back when the folder is added again.

        Raises:
            UsageError: there is no such folder.
        """

        def remove(tx: Transaction) -> None:
            _folder(tx.connection, folder_id)
            if forget:
                tx.connection.execute(delete(PhotoRow).where(PhotoRow.folder_id == folder_id))
                tx.connection.execute(delete(FolderRow).where(FolderRow.id == folder_id))
            else:
                tx.connection.execute(
                    update(FolderRow).where(FolderRow.id == folder_id).values(watched=False, hidden=True)
                )
                tx.connection.execute(
                    update(PhotoRow).where(PhotoRow.folder_id == folder_id).values(hidden=True)
                )
                settle_parking(tx.connection, PhotoRow.folder_id == folder_id)
            tx.change.folders = tx.change.added = tx.change.everything = tx.change.keywords = True

        self._database.write(remove)

    def folders(self) -> list[Folder]:
        """The watched roots, by path."""
        return [folder for folder in self.all_roots() if folder.watched]

    def all_roots(self) -> list[Folder]:
        """Every root that is not removed, also those that were only named once."""
        with self._database.read() as connection:
            return _folders(connection)

    def set_folder_state(self, folder_id: int, state: FolderState, message: str = "") -> None:
        """Note that a root is there or not, with a note for the person; its queue waits while it is not."""

        def change(tx: Transaction) -> None:
            before = _folder(tx.connection, folder_id)
            if (before.state, before.message) == (state, message):
                return
            tx.connection.execute(
                update(FolderRow).where(FolderRow.id == folder_id).values(state=state.value, message=message)
            )
            tx.change.folders = True
            if before.state is not state:
                settle_parking(tx.connection, PhotoRow.folder_id == folder_id)
                tx.change.everything = True

        self._database.write(change)


def _take_over(connection: Connection, folder_id: int, path: str, watched: bool) -> None:
    """A root takes what lies below it: a watched one everything, another what no root in sight has.

    What a person put into the trash stays out of sight.
    """
    unseen = PhotoRow.folder_id.in_(select(FolderRow.id).where(FolderRow.hidden))
    connection.execute(
        update(PhotoRow)
        .where(below(PhotoRow.path, path), or_(true() if watched else unseen, PhotoRow.hidden))
        .values(folder_id=folder_id, hidden=PhotoRow.trashed)
    )
    connection.execute(
        delete(FolderRow).where(
            below(FolderRow.path, path),
            FolderRow.id != folder_id,
            true() if watched else FolderRow.hidden,
            FolderRow.id.not_in(select(PhotoRow.folder_id).distinct()),
        )
    )


def _folders(connection: Connection, folder_id: int | None = None) -> list[Folder]:
    counts = select(PhotoRow.folder_id, func.count().label("photos")).group_by(PhotoRow.folder_id)
    counted, trashed = counts.subquery(), counts.where(_TRASHED).subquery()
    statement = (
        select(FolderRow.__table__, (counted.c.photos - func.coalesce(trashed.c.photos, 0)).label("photos"))
        .outerjoin(counted, counted.c.folder_id == FolderRow.id)
        .outerjoin(trashed, trashed.c.folder_id == FolderRow.id)
        .order_by(FolderRow.path)
    )
    if folder_id is None:
        statement = statement.where(FolderRow.hidden.is_(False))
    else:
        statement = statement.where(FolderRow.id == folder_id)
    return [_value(row) for row in connection.execute(statement)]


def _value(row: AnyRow) -> Folder:
    return Folder(row.id, row.path, row.watched, FolderState(row.state), row.photos or 0, row.message)


def _folder(connection: Connection, folder_id: int) -> Folder:
    found = _folders(connection, folder_id)
    if not found:
        raise UsageError(later("This folder is not in the catalog (any more)."), later("Add it again."))
    return found[0]
