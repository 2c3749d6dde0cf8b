"""What is kept to take writes back: how much, for how long, and how it is counted."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, database_of
from catalog_write_samples import (
    NEW,
    NEWER,
    OLD,
    begin_write,
    edit_and_write,
    pending,
    place_of,
    plan_of,
    run_of,
    take_in,
    undo,
    write,
)

from blipdesk.catalog import Catalog
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import FileStamp, SeenFile, WriteTarget
from blipdesk.domain.writes import JournalLimits, UndoOutcome, UndoSelection


def many_writes(catalog: Catalog, count: int) -> list[int]:
    """One run of photos whose old bytes are all different; gives the photos."""
    ids = add_photos(catalog, *(f"/photos/{n:03}.jpg" for n in range(count)))
    caption_all(catalog)
    run_id = run_of(catalog)
    for number, due in enumerate(pending(catalog)):
        old = bytes((number + k * k) % 251 for k in range(400))
        plan = plan_of(due, old, b"new")
        write_id = begin_write(catalog, due, plan, WriteTarget.EMBED, run_id)
        catalog.finish_write(write_id, plan.outcome, "", None)
    catalog.end_run(run_id)
    return ids


def test_the_oldest_is_given_up_when_too_much_is_kept(catalog: Catalog) -> None:
    ids = many_writes(catalog, 10)
    size = catalog.journal_size()
    assert (size.writes, size.pruned, size.bytes) == (10, 0, catalog.runs(1)[0].bytes_kept)
    assert catalog.prune_journal(JournalLimits(1e9, size.bytes)) == 0
    given_up = catalog.prune_journal(JournalLimits(1e9, size.bytes // 2))
    assert 4 <= given_up <= 6
    after = catalog.journal_size()
    assert (after.writes, after.pruned) == (10 - given_up, given_up)
    assert after.bytes <= size.bytes // 2
    assert catalog.runs(1)[0].pruned == given_up
    (first,) = catalog.undo_places(ids, UndoSelection(photo_ids=(ids[0],)))[ids[0]]
    (last,) = catalog.undo_places(ids, UndoSelection(photo_ids=(ids[-1],)))[ids[-1]]
    assert first.way_back(b"new")[0] is UndoOutcome.PRUNED
    assert last.way_back(b"new")[0] is UndoOutcome.RESTORED


def test_what_is_too_old_is_given_up(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("blipdesk.catalog.runs._PAGE", 2)
    many_writes(catalog, 5)
    assert catalog.prune_journal(JournalLimits(3600.0, 1 << 40)) == 0
    assert catalog.prune_journal(JournalLimits(-1.0, 1 << 40)) == 5
    size = catalog.journal_size()
    assert (size.bytes, size.writes, size.oldest_at, size.pruned) == (0, 0, None, 5)
    assert pending(catalog) == [], "the captions stay"


YEAR = 365 * 86400.0


@pytest.mark.parametrize("clock", ["ahead now", "behind then", "ahead then"])
def test_a_clock_that_was_wrong_makes_no_write_too_old(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, clock: str
) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    today = 50 * YEAR
    times = {
        "ahead now": (today, today, today + 10 * YEAR),
        "behind then": (today, 30 * YEAR, today),
        "ahead then": (today, 60 * YEAR, 60 * YEAR),
    }[clock]
    at = [0.0]
    for module in ("journal", "runs"):
        monkeypatch.setattr(f"blipdesk.catalog.{module}.now", lambda: at[0])
    for at[0], what in zip(times, (("Rex", OLD, NEW), ("Max", NEW, NEWER)), strict=False):
        edit_and_write(catalog, photo_id, *what)
    at[0] = times[-1]
    assert catalog.prune_journal(JournalLimits(YEAR, 1 << 40)) == 0
    assert catalog.prune_journal(JournalLimits(YEAR, 1)) == 2, "the room is kept to, though"


def test_a_right_clock_gives_up_by_age_behind_a_wrong_one(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    today = 50 * YEAR
    at = [0.0]
    for module in ("journal", "ending", "runs"):
        monkeypatch.setattr(f"blipdesk.catalog.{module}.now", lambda: at[0])
    contents = [OLD, *(NEW + bytes([n]) for n in range(5))]
    for n, at[0] in enumerate((today, 20 * YEAR, today + 1, today + YEAR / 3, today + YEAR / 1.5)):
        edit_and_write(catalog, photo_id, f"Rex {n}", contents[n], contents[n + 1])
    at[0] = today + 1.1 * YEAR
    assert catalog.prune_journal(JournalLimits(YEAR, 1 << 40)) == 1
    assert [run.pruned for run in catalog.runs(9)] == [0, 0, 1, 0, 0]


def test_the_writes_of_forgotten_photos_are_no_longer_kept(catalog: Catalog) -> None:
    ids = many_writes(catalog, 3)
    catalog.mark_missing(ids)
    assert catalog.forget_missing(ids[:2]) == 2
    size = catalog.journal_size()
    assert (size.writes, size.pruned) == (1, 0), "neither too old nor too many"
    assert catalog.forget_missing(ids[2:]) == 1
    assert catalog.journal_size().bytes == 0


def test_each_write_is_counted_as_what_became_of_it_last(catalog: Catalog) -> None:
    first, other = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    caption_all(catalog)
    run_id = run_of(catalog)
    for due in pending(catalog):
        plan = plan_of(due, OLD, NEW)
        catalog.finish_write(
            begin_write(catalog, due, plan, WriteTarget.EMBED, run_id),
            plan.outcome, "", SeenFile(due.path, FileStamp(3, 1), content_hash_of(NEW)),
        )  # fmt: skip
    catalog.end_run(run_id)

    def counts() -> tuple[int, int, int, int, int]:
        (run,) = (run for run in catalog.runs(5) if run.id == run_id)
        size = catalog.journal_size()
        assert size.writes == run.left and size.pruned == run.pruned
        return run.left, run.taken_back, run.pruned, run.forgotten, size.bytes

    assert counts()[:4] == (2, 0, 0, 0)
    undo(catalog, UndoSelection(run_id, photo_ids=(first,)), NEW)
    assert counts()[:4] == (1, 1, 0, 0)
    catalog.mark_missing([first, other])
    catalog.forget_missing([first])
    assert counts()[:4] == (1, 1, 0, 0), "it had been taken back"
    catalog.forget_missing([other])
    assert counts() == (0, 1, 0, 1, 0)


def test_what_was_given_up_counts_so_only_while_it_stands(catalog: Catalog) -> None:
    take_in(catalog)
    caption_all(catalog)
    run_id = run_of(catalog)
    write(catalog, run_id)
    undo(catalog, UndoSelection(run_id), NEW)
    catalog.prune_journal(JournalLimits(1e12, 0))
    undone, run = catalog.runs(5)
    assert (run.left, run.taken_back, run.pruned) == (0, 1, 0), "nobody misses it"
    assert (undone.left, undone.pruned) == (0, 1)
    assert catalog.journal_size().pruned == 0


# ---------------------------------------------------------------------------------------- earlier catalogs


def test_writes_of_before_there_were_runs_are_taken_back(tmp_path: Path) -> None:
    database_of(tmp_path / "data", "0004").close()
    catalog = Catalog.open(tmp_path / "data")
    (run,) = catalog.runs(10)
    assert (run.embedded, run.target, run.bytes_kept > 0) == (1, WriteTarget.EMBED, True)
    place = place_of(catalog, UndoSelection(run.id))
    assert place.way_back(b"\xff\xd8 caption tail") == (UndoOutcome.RESTORED, b"\xff\xd8 old tail")
    catalog.close()


def test_an_upgrade_counts_what_is_kept_of_writes_that_happened(tmp_path: Path) -> None:
    copied = """photo_id, run_id, target, target_path, planned_outcome, before_text, after_text, source,
        keywords, text_key, existed, before_sha256, after_sha256, before_hash, after_hash, part_offset,
        new_length, old_part, began_at, note"""
    again = f"""INSERT INTO "write" (id, finished_at, outcome, {copied})
        SELECT :id, :finished, :outcome, {copied} FROM "write" WHERE id = 1"""
    with closing(database_of(tmp_path / "data", "0004")) as database:
        database.execute(again, {"id": 2, "finished": 1795229418.0, "outcome": "abandoned"})
        database.execute(again, {"id": 3, "finished": None, "outcome": None})
        database.commit()
    catalog = Catalog.open(tmp_path / "data")
    (run,) = catalog.runs(10)
    assert catalog.prune_journal(JournalLimits(1e12, 10**9)) == 0
    catalog.abandon_write(3, "")
    assert (catalog.journal_size().writes, catalog.journal_size().bytes) == (1, run.bytes_kept)
    catalog.prune_journal(JournalLimits(1e12, 0))
    size = catalog.journal_size()
    assert (size.writes, size.bytes, size.pruned, size.oldest_at) == (0, 0, 1, None)
    catalog.close()


def test_a_catalog_is_upgraded_whose_only_write_was_cut(tmp_path: Path) -> None:
    with closing(database_of(tmp_path / "data", "0004")) as database:
        database.execute('UPDATE "write" SET finished_at = NULL, outcome = NULL')
        database.commit()
    catalog = Catalog.open(tmp_path / "data")
    (cut,) = catalog.open_writes()
    catalog.finish_write(cut.write_id, cut.outcome, "", None)
    (run,) = catalog.runs(10)
    assert (run.embedded, run.bytes_kept) == (1, catalog.journal_size().bytes)
    assert 0 < run.bytes_kept < 100
    catalog.close()


def test_an_upgrade_tells_apart_what_was_given_up_and_what_was_forgotten(tmp_path: Path) -> None:
    """Of the four writes of run 2 one was taken back and given up, another went with its photo."""
    database_of(tmp_path / "data", "0005").close()
    catalog = Catalog.open(tmp_path / "data")
    undone, second, first = catalog.runs(10)
    assert (second.embedded, second.left) == (4, 2)
    assert (second.taken_back, second.pruned, second.forgotten) == (1, 0, 1)
    assert (first.embedded, first.left, first.pruned) == (1, 0, 1)
    assert (undone.left, undone.pruned, undone.forgotten) == (1, 0, 0)
    assert (catalog.journal_size().writes, catalog.journal_size().pruned) == (2, 1)
    catalog.close()


def test_an_upgrade_knows_what_stands_beside_a_photo_for_a_setting_alone(tmp_path: Path) -> None:
    settle = """UPDATE photo SET settled_version = text_version, settled_target = 'embed',
        settled_outcome = 'sidecar', write_note = :note WHERE id = :id"""
    switch = "The caption went to a sidecar, because captions are embedded in HEIF files only where that is "
    with closing(database_of(tmp_path / "data", "0005")) as database:
        notes = (f"{switch}switched on.", "The caption went to a sidecar, because it is signed.")
        ids = [number for (number,) in database.execute("SELECT id FROM photo ORDER BY id DESC LIMIT 2")]
        database.executemany(settle, [{"note": n, "id": i} for n, i in zip(notes, ids, strict=True)])
        database.commit()
    catalog = Catalog.open(tmp_path / "data")
    before = {number for number, _ in catalog.pending_paths(WriteTarget.EMBED)}
    assert {number for number, _ in catalog.pending_paths(WriteTarget.EMBED, True)} - before == {ids[0]}
    catalog.close()
