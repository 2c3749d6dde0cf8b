"""What the catalog keeps under a name: settings, and what it says of its own search."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.schema import SettingRow

_READ = "SELECT value FROM setting WHERE key = ?"


def read_setting(connection: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """The JSON value kept under a key, or ``default``."""
    row = connection.execute(_READ, (key,)).fetchone()
    return default if row is None else json.loads(row[0])


def write_setting(tx: Transaction, key: str, value: Any) -> None:
    """Keep a JSON value under a key; the change of it is told of by the caller, where anyone shows it."""
    statement = upsert(SettingRow).values(key=key, value=json.dumps(value))
    tx.connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )


class Settings:
    """The settings of a catalog; from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def setting(self, key: str, default: Any = None) -> Any:
        """The JSON value kept under a key, or ``default``."""
        with self._database.read_raw() as connection:
            return read_setting(connection, key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Keep a JSON value under a key."""
        self.change_setting(key, lambda _: value)

    def change_setting(self, key: str, change: Callable[[Any], Any]) -> None:
        """Keep what is made of the JSON value under a key (None: there is none), in one transaction."""

        def write(tx: Transaction) -> None:
            kept = tx.connection.exec_driver_sql(_READ, (key,)).scalar()
            write_setting(tx, key, change(None if kept is None else json.loads(kept)))
            tx.change.settings = True

        self._database.write(write)
