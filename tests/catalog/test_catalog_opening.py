from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from catalog_samples import FIXTURES, add_photos, database_of
from sqlalchemy import create_engine

from blipdesk.catalog import Catalog, opening
from blipdesk.catalog.schema import REVISION
from blipdesk.catalog.tables import Base
from blipdesk.domain.errors import CatalogError, CatalogNewerError
from tests import births

posix = pytest.mark.skipif(os.name == "nt", reason="modes and signals of POSIX")


@pytest.fixture(scope="module", autouse=True)
def births_in_full() -> Iterator[None]:
    births.undo()
    yield
    births.quicken(births.newborn())


def aside(data_dir: Path) -> list[Path]:
    return sorted(data_dir.glob("catalog-damaged-*.db"))


# ---------------------------------------------------------------------------------------- new, modes


@posix
def test_a_new_catalog_is_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "deep" / "data"
    catalog = Catalog.open(data)
    add_photos(catalog, "/photos/a.jpg")
    assert data.stat().st_mode & 0o777 == 0o700
    for name in ("catalog.db", "catalog.db-wal"):
        assert (data / name).stat().st_mode & 0o777 == 0o600
    catalog.close()


@posix
def test_a_folder_that_was_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Catalog.open(tmp_path).close()
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_the_writer_is_durable_and_keeps_foreign_keys(data_dir: Path) -> None:
    catalog = Catalog.open(data_dir)

    def pragmas(tx):
        return [
            tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]

    assert catalog._database.write(pragmas) == ["wal", 2, 1]
    catalog.close()


def test_readers_cannot_write(data_dir: Path) -> None:
    catalog = Catalog.open(data_dir)
    with catalog._database.read_raw() as raw, pytest.raises(sqlite3.OperationalError, match="readonly"):
        raw.execute("DELETE FROM photo")
    catalog.close()


# ---------------------------------------------------------------------------------------- schema


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index ix_job_claim")
def test_the_tables_are_those_of_the_migrations(data_dir: Path) -> None:
    engine = create_engine(f"sqlite:///{data_dir / 'catalog.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: not (kind == "table" and "_fts" in name)}
        )
        with pytest.warns(UserWarning, match="ix_job_claim"):
            assert compare_metadata(context, Base.metadata) == []
        # Alembic cannot compare this index: the migration writes it out.
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'ix_job_claim'"
        ).scalar()
    engine.dispose()
    fresh = create_engine("sqlite://")
    with fresh.begin() as connection:
        Base.metadata.create_all(connection)
        named = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'ix_job_claim'"
        ).scalar()
    fresh.dispose()
    assert "".join(str(made).split()) == "".join(str(named).split())


def test_the_newest_migration_is_the_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(opening.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


@pytest.mark.parametrize("revision", sorted(path.stem[-4:] for path in FIXTURES.glob("catalog-*.sql")))
def test_the_catalog_of_each_released_schema_opens(tmp_path: Path, revision: str) -> None:
    database_of(tmp_path / "data", revision).close()
    catalog = Catalog.open(tmp_path / "data")
    photo = catalog.photo_by_path("/photos/beach/rex.jpg")
    assert photo is not None
    assert (photo.caption, photo.model_caption) == ("Rex at the sea", "a dog on a beach")
    assert [keyword.name for keyword in photo.keywords] == ["Rex", "dog", "beach"]
    assert [hit.photo_id for hit in catalog.search("rex sea")][:1] == [photo.id]
    assert [turn.answer for turn in catalog.questions(photo.id)] == ["a dog"]
    assert len(catalog.claim("m", 10)) == 1  # the one that waited then: no other is captioned again
    assert (photo.sureness, photo.needs_review, catalog.counts().needs_review) == (None, False, 0)
    assert catalog.check() == []
    catalog.close()


def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Pretend that a later revision was released."""
    scripts = tmp_path / "migrations"
    shutil.copytree(opening.MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "v9000_next.py").write_text(
        f"from alembic import op\nrevision = '9000'\ndown_revision = '{REVISION}'\n"
        f"def upgrade():\n    {body}\n"
    )
    monkeypatch.setattr(opening, "MIGRATIONS", scripts)
    monkeypatch.setattr(opening, "REVISION", "9000")


def test_an_upgrade_backs_up_first(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next_migration(tmp_path, monkeypatch, "op.execute('CREATE TABLE album (id INTEGER PRIMARY KEY)')")
    assert not Catalog.is_current(data_dir)
    with pytest.raises(CatalogError, match="older version"):
        Catalog.open(data_dir, writer=False)
    catalog = Catalog.open(data_dir)
    photo = catalog.photo_by_path("/photos/a.jpg")
    assert photo is not None and photo.caption == "Rex at the sea"
    catalog.close()
    (backup,) = (data_dir / "backups").iterdir()
    with closing(sqlite3.connect(backup)) as old:
        assert old.execute("SELECT version_num FROM alembic_version").fetchone() == (REVISION,)
        assert old.execute("SELECT user_caption FROM photo WHERE id = 1").fetchone() == ("Rex at the sea",)
    Catalog.open(data_dir).close()
    assert len(list((data_dir / "backups").iterdir())) == 1


def test_a_failed_upgrade_changes_nothing(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        next_migration(tmp_path, patch, "op.execute('DELETE FROM photo'); op.execute('no SQL')")
        for _ in range(2):
            with pytest.raises(CatalogError, match=r"not be upgraded \(.*syntax error.* It is as it was"):
                Catalog.open(data_dir)
    assert not list((data_dir / "backups").iterdir())
    catalog = Catalog.open(data_dir)
    assert catalog.counts().total == 2
    catalog.close()


# ---------------------------------------------------------------------------------------- refused, set aside


def test_a_newer_catalog_is_refused_and_left_as_it_is(data_dir: Path) -> None:
    path = data_dir / "catalog.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0937'")
    before = path.read_bytes()
    for writer in (True, False):
        with pytest.raises(CatalogNewerError, match="newer BlipDesk"):
            Catalog.open(data_dir, writer=writer)
    assert path.read_bytes() == before


def test_another_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE songs (title)")
    before = path.read_bytes()
    with pytest.raises(CatalogError, match="no catalog of BlipDesk"):
        Catalog.open(tmp_path)
    assert path.read_bytes() == before


def spoil_header(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[:100] = bytes(100)
    path.write_bytes(data)


def spoil_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def spoil_page(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        (page,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'photo'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(data)


def spoil_all(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [spoil_header, spoil_half, spoil_page, spoil_all])
def test_a_damaged_catalog_is_set_aside_and_never_taken_for_a_new_one(data_dir: Path, spoil) -> None:
    path = data_dir / "catalog.db"
    spoil(path)
    damaged = path.read_bytes()
    with pytest.raises(CatalogError) as error:
        Catalog.open(data_dir)
    (kept,) = aside(data_dir)
    assert kept.read_bytes() == damaged
    assert "It held 2 photos" in error.value.message
    assert kept.name in error.value.message
    assert not path.exists()
    again = Catalog.open(data_dir)  # the person was told: now an empty one is what they want
    assert again.counts().total == 0
    again.close()


def test_a_reader_that_checks_a_damaged_catalog_leaves_it_where_it_is(data_dir: Path) -> None:
    spoil_page(data_dir / "catalog.db")
    damaged = (data_dir / "catalog.db").read_bytes()
    reader = Catalog.open(data_dir, writer=False)
    assert reader.check() != []
    reader.close()
    assert (data_dir / "catalog.db").read_bytes() == damaged
    assert aside(data_dir) == []


def test_the_newest_backup_is_named_and_restores(data_dir: Path) -> None:
    catalog = Catalog.open(data_dir)
    backup = catalog.back_up_if_older_than(0, 1)
    assert backup is not None
    catalog.close()
    spoil_header(data_dir / "catalog.db")
    with pytest.raises(CatalogError) as error:
        Catalog.open(data_dir)
    assert str(backup) in error.value.remedy
    shutil.copy(backup, data_dir / "catalog.db")
    catalog = Catalog.open(data_dir)
    photo = catalog.photo_by_path("/photos/a.jpg")
    assert photo is not None and photo.caption == "Rex at the sea"
    catalog.close()


def test_a_catalog_that_is_gone_is_said_once(data_dir: Path) -> None:
    (data_dir / "catalog.db").unlink()
    with pytest.raises(CatalogError, match="catalog of 2 photos is gone"):
        Catalog.open(data_dir)
    Catalog.open(data_dir).close()


def test_the_log_of_another_catalog_is_not_replayed(data_dir: Path, tmp_path: Path) -> None:
    catalog = Catalog.open(data_dir)
    catalog.set_user_caption(1, "a stranger")
    log = (data_dir / "catalog.db-wal").read_bytes()
    catalog.close()
    other = tmp_path / "other"
    other.mkdir()
    (other / "catalog.db-wal").write_bytes(log)
    fresh = Catalog.open(other)
    assert fresh.counts().total == 0
    assert fresh.check() == []
    fresh.close()
    assert (other / "catalog-stray-wal").read_bytes() == log


def test_a_half_made_catalog_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "catalog.new.db").write_bytes(b"SQLite format 3\x00 and then the power failed")
    catalog = Catalog.open(tmp_path)
    assert catalog.check() == []
    catalog.close()
    assert not (tmp_path / "catalog.new.db").exists()


def test_reading_where_there_is_no_catalog_makes_none(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no catalog"):
        Catalog.open(tmp_path, writer=False)
    assert list(tmp_path.iterdir()) == []
