from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest
from catalog_samples import add_photos

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import CatalogError

DAY = 86400.0
posix = pytest.mark.skipif(os.name == "nt", reason="modes and signals of POSIX")


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    """A catalog of one photo."""
    add_photos(catalog, "/photos/a.jpg")
    return catalog


def made(catalog: Catalog) -> list[Path]:
    return sorted((catalog.data_dir / "backups").iterdir())


def age(backup: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(backup, (then, then))


def back_up(catalog: Catalog, keep: int = 9) -> Path:
    backup = catalog.back_up_if_older_than(0, keep)
    assert backup is not None
    return backup


@posix
def test_a_backup_is_for_its_owner_alone(catalog: Catalog) -> None:
    backup = back_up(catalog)
    assert backup.stat().st_mode & 0o777 == 0o600
    assert backup.parent.stat().st_mode & 0o777 == 0o700
    assert made(catalog) == [backup]


def test_a_backup_sees_what_is_only_in_the_log(catalog: Catalog) -> None:
    catalog.set_user_caption(1, "written a moment ago")
    with closing(sqlite3.connect(back_up(catalog))) as copy:
        assert copy.execute("SELECT user_caption FROM photo").fetchone() == ("written a moment ago",)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_is_made_when_the_newest_is_old(catalog: Catalog) -> None:
    first = catalog.back_up_if_older_than(DAY, 2)
    assert first is not None
    assert catalog.back_up_if_older_than(DAY, 2) is None
    age(first, DAY + 60)
    second = catalog.back_up_if_older_than(DAY, 2)
    assert second is not None
    assert made(catalog) == sorted([first, second])
    age(second, -10 * DAY)  # made while the clock was wrong
    assert catalog.back_up_if_older_than(DAY, 2) is not None


def test_the_oldest_regular_backups_are_removed(catalog: Catalog) -> None:
    upgrade = catalog.data_dir / "backups" / "catalog-20260101-000000-before-0002-from-0001.db"
    regular = []
    for days in (5, 4, 3):
        regular.append(back_up(catalog))
        age(regular[-1], days * DAY)
    upgrade.write_bytes(regular[0].read_bytes())
    age(upgrade, 99 * DAY)
    newest = back_up(catalog, keep=2)
    assert made(catalog) == sorted([upgrade, regular[-1], newest])
    last = back_up(catalog, keep=0)
    assert made(catalog) == sorted([upgrade, last])


def test_a_backup_that_is_a_dead_link_stops_no_other(catalog: Catalog) -> None:
    folder = catalog.data_dir / "backups"
    folder.mkdir(exist_ok=True)
    (folder / "catalog-20260101-000000-regular.db").symlink_to(catalog.data_dir / "gone")
    made_now = catalog.back_up_if_older_than(DAY, 2)
    assert made_now is not None and made_now.exists()
    assert catalog.back_up_if_older_than(DAY, 2) is None


def test_no_backup_is_removed_while_a_damaged_catalog_lies_set_aside(catalog: Catalog) -> None:
    aside = catalog.data_dir / "catalog-damaged-20260101-000000.db"
    aside.write_bytes(b"torn")
    good = back_up(catalog)
    age(good, 5 * DAY)
    later = back_up(catalog, keep=1)
    assert made(catalog) == sorted([good, later])
    age(later, DAY)
    aside.unlink()
    newest = back_up(catalog, keep=1)
    assert made(catalog) == [newest]


def test_an_empty_catalog_pushes_out_no_backup(tmp_path: Path) -> None:
    empty = Catalog.open(tmp_path / "data")
    assert empty.back_up_if_older_than(0, 1) is None
    empty.close()


def test_a_backup_that_cannot_be_made_is_said_and_leaves_nothing(catalog: Catalog) -> None:
    (catalog.data_dir / "backups").write_bytes(b"in the way")
    with pytest.raises(CatalogError):
        back_up(catalog)
    assert (catalog.data_dir / "backups").read_bytes() == b"in the way"


ENDLESS = """
import sys
from pathlib import Path
from blipdesk.catalog import Catalog
catalog = Catalog.open(Path(sys.argv[1]))
print("open", flush=True)
while True:
    catalog.back_up_if_older_than(0, 1)
"""


@posix
def test_killed_in_the_middle_of_a_backup(tmp_path: Path) -> None:
    data = tmp_path / "data"
    catalog = Catalog.open(data)
    add_photos(catalog, "/photos/a.jpg")
    catalog.set_setting("bulk", "x" * 20_000_000)  # many times the page cache
    catalog.close()
    for pages in (1, 1000, 4000):
        child = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(data)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        while not any(size >= 4096 * pages for size in sizes_of_parts(data)):
            assert child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        for file in (data / "backups").iterdir():
            assert soundness(file, tmp_path) in ("no database", "ok")
    Catalog.open(data).close()
    assert sizes_of_parts(data) == []


def sizes_of_parts(data: Path) -> list[int]:
    found = []
    for part in (data / "backups").glob("*.part"):
        with suppress(FileNotFoundError):  # it got its name meanwhile
            found.append(part.stat().st_size)
    return found


def soundness(file: Path, work: Path) -> str:
    """What somebody finds who copies a database with what lies beside it."""
    if file.read_bytes()[:15] != b"SQLite format 3":
        return "no database"
    copy = work / "copy.db"
    for end in ("", "-wal", "-journal"):
        (work / f"copy.db{end}").unlink(missing_ok=True)
        if (file.parent / f"{file.name}{end}").exists():
            (work / f"copy.db{end}").write_bytes((file.parent / f"{file.name}{end}").read_bytes())
    with closing(sqlite3.connect(copy)) as database:
        return str(database.execute("PRAGMA integrity_check").fetchone()[0])
