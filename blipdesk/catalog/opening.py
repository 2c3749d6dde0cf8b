"""From a data folder to a catalog that may be opened: check, set aside, back up, migrate, or refuse.

A catalog is born under another name and renamed once it is whole, so a zero-length or half-made
``catalog.db`` is never ours: it is set aside like a damaged one, never taken for a new catalog.  The
marker ``catalog.json`` beside it remembers how many photos there were, since an empty file passes every
check that SQLite has.
"""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from blipdesk.catalog.backups import DAMAGED, back_up, backups, clear_leftovers
from blipdesk.catalog.database import BUSY_SECONDS, plain_error, plain_errors, writing_engine
from blipdesk.catalog.files import SIDE_FILES, beside, catalog_path, free_name, sync
from blipdesk.catalog.lock import make_data_dir
from blipdesk.catalog.schema import APPLICATION_ID, REVISION
from blipdesk.domain.errors import CatalogError, CatalogNewerError
from blipdesk.domain.wording import later

_log = logging.getLogger(__name__)

MARKER_NAME = "catalog.json"
MIGRATIONS = Path(__file__).parent / "migrations"
_BORN_NAME = "catalog.new.db"
_MAGIC = b"SQLite format 3\x00"
# quick_check reads the whole file (0.15 s per 140 MB): done at each start of a smaller catalog, and of a
# larger one only after a crash.
_ALWAYS_CHECKED = 256 * 1024 * 1024


def prepare(data_dir: Path) -> Path:
    """Make the catalog ready for the writer, new or upgraded; the caller holds the lock.

    Returns:
        The path of the catalog, at the newest revision.

    Raises:
        CatalogNewerError: a newer BlipDesk wrote it; it is left as it is.
        CatalogError: it is damaged or gone (set aside, never deleted), is no catalog, or cannot be written.
    """
    make_data_dir(data_dir)
    path = catalog_path(data_dir)
    with plain_errors():
        clear_leftovers(data_dir)
        if not path.exists():
            _refuse_if_gone(data_dir)
            _create(data_dir)
        reason = _damage(path, thorough=_must_check(data_dir, path))
        if reason:
            raise _set_aside(data_dir, reason)
        _upgrade(data_dir, path)
    return path


def check_readable(data_dir: Path) -> Path:
    """The catalog's path, for a reader beside the writer.

    Raises:
        CatalogNewerError: a newer BlipDesk wrote it.
        CatalogError: there is none, it is damaged, or an older one that the writer has to upgrade first.
    """
    path = catalog_path(data_dir)
    if not path.exists():
        raise CatalogError(
            later("There is no catalog in {data_dir} yet.").format(data_dir=data_dir),
            later("Start BlipDesk and add a folder."),
        )
    with plain_errors():
        reason = _damage(path, thorough=False)
        if reason:
            raise CatalogError(
                later("The catalog {path} {reason}.").format(path=path, reason=reason),
                _restore_hint(data_dir),
            )
        revision = _revision(path)
    if _is_newer(revision):
        raise _newer(path)
    if revision != REVISION:
        raise CatalogError(
            later("The catalog is of an older version."), later("Start BlipDesk once to upgrade it.")
        )
    return path


def is_current(data_dir: Path) -> bool:
    """True when a reader can open the catalog as it is."""
    try:
        check_readable(data_dir)
    except CatalogError:
        return False
    return True


def damaged_catalogs(data_dir: Path) -> list[tuple[Path, Path | None]]:
    """Damaged catalogs that were set aside and still lie there, newest first.

    Each comes with the newest backup from before: a later one is of the catalog that took its place.
    """
    found: list[tuple[Path, Path | None]] = []
    for path in sorted(data_dir.glob(f"{DAMAGED}*.db"), reverse=True):
        until = _time_in(path, DAMAGED)
        earlier = (backup for backup in backups(data_dir) if _time_in(backup, "catalog-") <= until)
        found.append((path, next(earlier, None)))
    return found


def _time_in(path: Path, prefix: str) -> str:
    return path.name.removeprefix(prefix)[: len("19700101-000000")]


# ---------------------------------------------------------------------------------------- birth, upgrade


def _create(data_dir: Path) -> None:
    born = data_dir / _BORN_NAME
    for leftover in (born, *(beside(born, end) for end in SIDE_FILES)):
        leftover.unlink(missing_ok=True)
    path = catalog_path(data_dir)
    for end in SIDE_FILES:  # a log of another database must not be replayed into this one
        if beside(path, end).exists():
            os.replace(beside(path, end), free_name(data_dir / f"catalog-stray{end}"))
    os.close(os.open(born, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    migrate(born)
    sync(born)
    os.replace(born, path)
    sync(data_dir)


def _upgrade(data_dir: Path, path: Path) -> None:
    revision = _revision(path)
    if revision == REVISION:
        return
    if _is_newer(revision):
        raise _newer(path)
    if revision is None:
        raise CatalogError(
            later("{path} is no catalog of BlipDesk.").format(path=path),
            later("Move it away, or choose another --data-dir."),
        )
    backup = back_up(data_dir, f"before-{REVISION}-from-{revision}")
    _log.info("upgrading the catalog from %s to %s; backup %s", revision, REVISION, backup.name)
    try:
        migrate(path)
    except DBAPIError as error:
        with suppress(OSError):  # each start would leave one more: the catalog is as it was
            backup.unlink()
        if plain_error(error) is not None:
            raise
        _log.exception("the catalog could not be upgraded")
        raise CatalogError(
            later("The catalog {path} could not be upgraded ({reason}). It is as it was.").format(
                path=path, reason=error.orig
            ),
            later("Go on with the BlipDesk that you had before, or choose another catalog with --data-dir."),
        ) from error


def migrate(path: Path, revision: str = "head") -> None:
    """Run the migrations up to ``revision``, all in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    engine = writing_engine(path)
    try:
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("PRAGMA foreign_keys=OFF")  # a table that is rebuilt must not cascade
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, revision)
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()


# ---------------------------------------------------------------------------------------- checks


def _revision(path: Path) -> str | None:
    with closing(_open_for_checks(path)) as connection:
        table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID or table is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def _is_newer(revision: str | None) -> bool:
    return revision is not None and revision > REVISION


def _newer(path: Path) -> CatalogNewerError:
    return CatalogNewerError(
        later("The catalog {path} was written by a newer BlipDesk.").format(path=path),
        later("Update BlipDesk, or choose another catalog with --data-dir."),
    )


def _open_for_checks(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def _damage(path: Path, *, thorough: bool) -> str:
    """What is wrong with the file, to follow its name; empty when nothing is."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise CatalogError(
            later("The catalog {path} cannot be read ({reason}).").format(
                path=path, reason=error.strerror or error
            ),
            later("Allow your user account to read and write it."),
        ) from error
    if not head:
        return later("is empty (0 bytes)")
    if head != _MAGIC:
        return later("is damaged (its beginning is no database)")
    try:
        with closing(_open_for_checks(path)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if thorough:
                row = connection.execute("PRAGMA quick_check(1)").fetchone()
                if row is None or row[0] != "ok":
                    return later("is damaged ({what})").format(what=row[0] if row else "")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error):
            raise  # locked, full, unreadable: the file may be sound
        return later("is damaged ({what})").format(what=error)
    return ""


def _must_check(data_dir: Path, path: Path) -> bool:
    return path.stat().st_size < _ALWAYS_CHECKED or not read_marker(data_dir).get("clean", False)


def _set_aside(data_dir: Path, reason: str) -> CatalogError:
    path = catalog_path(data_dir)
    aside = free_name(data_dir / f"{DAMAGED}{time.strftime('%Y%m%d-%H%M%S')}.db")
    for end in ("", *SIDE_FILES):
        if beside(path, end).exists():
            os.replace(beside(path, end), beside(aside, end))
    sync(data_dir)
    photos = read_marker(data_dir).get("photos", 0)
    write_marker(data_dir, photos=0, clean=True)
    said = later("The catalog {path} {reason}. It was set aside as {name}; your photos are untouched.")
    if photos:
        said = later(
            "The catalog {path} {reason}. It held {photos} photos. It was set aside as {name}; your photos "
            "are untouched."
        )
    _log.error("the catalog %s; set aside as %s", reason, aside.name)
    return CatalogError(
        said.format(path=path, reason=reason, photos=photos, name=aside.name),
        _restore_hint(data_dir),
    )


def _refuse_if_gone(data_dir: Path) -> None:
    photos = read_marker(data_dir).get("photos", 0)
    if photos:
        write_marker(data_dir, photos=0, clean=True)
        raise CatalogError(
            later("The catalog of {photos} photos is gone from {data_dir}.").format(
                photos=photos, data_dir=data_dir
            ),
            _restore_hint(data_dir),
        )


def _restore_hint(data_dir: Path) -> str:
    found = backups(data_dir)
    if not found:
        return later(
            "Start BlipDesk again to begin with an empty catalog; keep the file that was set aside, its "
            "texts may be recovered."
        )
    return later(
        "To restore the newest backup, first copy {backup} to {catalog}. Start BlipDesk again to begin with "
        "an empty catalog."
    ).format(backup=found[0], catalog=catalog_path(data_dir))


# ---------------------------------------------------------------------------------------- the marker


def read_marker(data_dir: Path) -> dict[str, Any]:
    """What the marker says; empty when there is none or it cannot be read."""
    try:
        marker = json.loads((data_dir / MARKER_NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return marker if isinstance(marker, dict) else {}


def write_marker(data_dir: Path, *, photos: int, clean: bool) -> None:
    """Remember outside of the catalog how many photos it holds and whether it was closed in order."""
    part = data_dir / (MARKER_NAME + ".part")
    with suppress(OSError):  # a full disk: the marker is a help, not a condition
        part.write_text(json.dumps({"photos": photos, "clean": clean, "revision": REVISION}), "utf-8")
        part.chmod(0o600)
        os.replace(part, data_dir / MARKER_NAME)
