"""Catalogs of the two schemas before all captions of a file were known: what a person decided there holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import database_of, photo_at, photo_of
from catalog_write_samples import pending, place_of

from blipdesk.catalog import Catalog, opening
from blipdesk.domain.values import FileFacts, WriteTarget
from blipdesk.domain.writes import Conflict, KeepText, UndoSelection

PATH = "/photos/beach/rex.jpg"
# Another program put a caption beside the person's: the trigger of these schemas makes it a conflict.
DISPUTED = f"UPDATE photo SET file_caption = 'Anna''s dog' WHERE path = CAST('{PATH}' AS BLOB)"
DECIDED = "UPDATE photo SET conflict = 0, may_replace = {} WHERE file_caption IS NOT NULL"
MINE, BOTH = DECIDED.format("file_caption"), DECIDED.format("''")

Opened = Callable[..., Catalog]


@pytest.fixture(params=["0006", "0007"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """Opens the catalog of an older schema, in which statements of its time were carried out."""

    def opened(*statements: str) -> Catalog:
        database_of(tmp_path / "data", "0005").close()
        opening.migrate(tmp_path / "data" / "catalog.db", request.param)
        with closing(sqlite3.connect(tmp_path / "data" / "catalog.db")) as database, database:
            for statement in statements:
                assert database.execute(statement).rowcount == 1
        catalog = Catalog.open(tmp_path / "data")
        request.addfinalizer(catalog.close)
        assert catalog.check() == []
        return catalog

    return opened


def reread(catalog: Catalog, *captions: str) -> None:
    """The file is read by today's reader."""
    photo = photo_at(catalog, PATH)
    facts = FileFacts(caption=captions[0], other_captions=captions[1:])
    catalog.store_facts(photo.id, photo.content_hash, facts)


def test_a_conflict_is_still_to_be_decided(opened: Opened) -> None:
    catalog = opened(DISPUTED)
    photo = photo_at(catalog, PATH)
    assert catalog.conflicts() == [Conflict(photo.id, PATH, "Rex at the sea", "Anna's dog", "")]
    assert photo.id not in {due.photo_id for due in pending(catalog)}
    reread(catalog, "Anna's dog", "a third")
    assert [conflict.file for conflict in catalog.conflicts()] == ["Anna's dog"]
    assert catalog.decide([photo.id], KeepText.MINE) == [photo.id]
    (due,) = (due for due in pending(catalog) if due.photo_id == photo.id)
    assert {"Anna's dog", "a third"} <= set(due.text.known)


@pytest.mark.parametrize(("decision", "both_stay"), [(MINE, False), (BOTH, True)])
def test_a_decision_holds_until_the_file_says_something_new(
    opened: Opened, decision: str, both_stay: bool
) -> None:
    catalog = opened(DISPUTED, decision)
    photo = photo_at(catalog, PATH)
    reread(catalog, "Anna's dog", "what an older reader did not keep")
    assert (catalog.conflicts(), photo.caption) == ([], "Rex at the sea")
    (due,) = (due for due in pending(catalog) if due.photo_id == photo.id)
    assert (due.text.caption, due.text.both_stay) == ("Rex at the sea", both_stay)
    assert "Anna's dog" in due.text.known
    reread(catalog, "Anna's old dog")
    assert [conflict.file for conflict in catalog.conflicts()] == ["Anna's old dog"]
    catalog.set_user_caption(photo.id, "Anna's old dog Rex")
    assert catalog.conflicts() == []


def test_its_photos_are_read_by_todays_reader_once(opened: Opened) -> None:
    catalog = opened()
    known = catalog.known_file(PATH)
    assert known is not None and known.is_outdated
    reread(catalog, "Anna's dog")
    known = catalog.known_file(PATH)
    assert known is not None and not known.is_outdated


def test_its_writes_can_be_taken_back(opened: Opened) -> None:
    catalog = opened()
    old = place_of(catalog, UndoSelection(photo_ids=(6,)))
    assert (photo_of(catalog, 6).path, old.newest != "", len(old.taken)) == (old.target_path, True, 1)
    assert (catalog.journal_size().writes, catalog.journal_size().pruned) == (2, 1)


def test_what_waits_for_a_setting_waits_for_it_still(opened: Opened) -> None:
    catalog = opened("UPDATE photo SET settled_outcome = 'by_setting', written = 'sidecar' WHERE id = 7")
    assert 7 not in {due.photo_id for due in pending(catalog)}
    assert 7 in {number for number, _ in catalog.pending_paths(WriteTarget.EMBED, True)}
