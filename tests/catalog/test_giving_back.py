"""A read that went through much of the catalog leaves nothing of it in memory; a short one may."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from blipdesk.catalog import Catalog, database
from blipdesk.catalog.database import Database
from blipdesk.catalog.files import catalog_path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tells what is mapped by /proc")

_TEXT = "a dog on a beach " * 250_000


def mapped(path: Path) -> int:
    """KiB of a file that are in this process's memory."""
    found, of_file = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        name, _, rest = line.partition(" ")
        if "-" in name:
            of_file = line.endswith(str(path))
        elif of_file and name == "Rss:":
            found += int(rest.split()[0])
    return found


@pytest.mark.parametrize("is_long", [False, True])
def test_what_a_long_read_saw_is_given_back(tmp_path, monkeypatch, is_long):
    monkeypatch.setattr(database, "LONG_SECONDS", 0.0 if is_long else 60.0)
    catalog = Catalog.open(tmp_path)
    catalog.set_setting("text", _TEXT)
    catalog.close()  # what is in the log alone is not mapped
    held = Database(catalog_path(tmp_path), writer=False)
    try:
        for _ in range(2):  # it can be read again
            with held.read_raw() as connection:
                statement = "SELECT length(value) FROM setting WHERE key = 'text'"
                length = connection.execute(statement).fetchone()[0]
        assert length >= len(_TEXT)
        assert (mapped(catalog_path(tmp_path)) > 2000) is not is_long
    finally:
        held.close()
