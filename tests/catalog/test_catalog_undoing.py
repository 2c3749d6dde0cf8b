"""Taking writes back, as the catalog sees it: what is selected, the way back, and what stands afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, fresh_catalog, photo_of
from catalog_write_samples import (
    NEW,
    OLD,
    PATH,
    begin_write,
    file_of,
    pending,
    plan_of,
    take_in,
)

from blipdesk.catalog import Catalog
from blipdesk.catalog.undoing import BegunUndo, UndoPlace
from blipdesk.domain.errors import UsageError
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import FileFacts, PhotoState, Source, WriteTarget
from blipdesk.domain.writes import JournalLimits, RunKind, UndoOutcome, UndoSelection, WriteOutcome

NEWER = NEW + b" and another"


def run_of(catalog: Catalog) -> int:
    return catalog.begin_run(RunKind.WRITE, WriteTarget.EMBED)


def write(catalog: Catalog, run_id: int, old: bytes | None = OLD, new: bytes = NEW) -> None:
    """Write the one pending photo, or (old None) its sidecar, in a run."""
    (due,) = pending(catalog)
    plan = plan_of(due, old, new)
    write_id = begin_write(catalog, due, plan, WriteTarget.EMBED, run_id)
    catalog.finish_write(write_id, plan.outcome, "", None if old is None else file_of(new))
    catalog.end_run(run_id)


def edit_and_write(catalog: Catalog, photo_id: int, text: str, old: bytes, new: bytes) -> int:
    catalog.set_user_caption(photo_id, text)
    run_id = run_of(catalog)
    write(catalog, run_id, old, new)
    return run_id


def place_of(catalog: Catalog, selection: UndoSelection) -> UndoPlace:
    (photo_id,) = catalog.undo_photos(selection)
    (place,) = catalog.undo_places([photo_id], selection)[photo_id]
    return place


def begin_undo(
    catalog: Catalog, place: UndoPlace, data: bytes | None, back: bytes | None, run_id: int
) -> int:
    (begun,) = catalog.begin_undos([BegunUndo(place, place.target_path, data, back)], run_id)
    assert begun is not None
    return begun.write_id


def undo(catalog: Catalog, selection: UndoSelection, data: bytes | None) -> bytes | None:
    """Take back what is selected, from what the file holds; gives what it holds then."""
    place = place_of(catalog, selection)
    outcome, back = place.way_back(data)
    assert outcome is UndoOutcome.RESTORED
    run_id = catalog.begin_run(RunKind.UNDO, WriteTarget.NONE)
    write_id = begin_undo(catalog, place, data, back, run_id)
    ended = WriteOutcome.EMBEDDED if place.embedded else WriteOutcome.SIDECAR
    catalog.finish_write(write_id, ended, "", file_of(back) if place.embedded and back is not None else None)
    catalog.end_run(run_id)
    return back


@pytest.fixture
def written(catalog: Catalog) -> tuple[Catalog, int, int]:
    """A catalog, its captioned and written photo, and the run."""
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog", keywords=("dog",))
    run_id = run_of(catalog)
    write(catalog, run_id)
    return catalog, photo_id, run_id


def test_a_run_is_taken_back_and_the_photo_is_not_written_again(written) -> None:
    catalog, photo_id, run_id = written
    assert undo(catalog, UndoSelection(run_id), NEW) == OLD
    photo = photo_of(catalog, photo_id)
    assert (photo.content_hash, photo.written) == (content_hash_of(OLD), WriteTarget.NONE)
    assert photo.state is PhotoState.DONE
    assert caption_all(catalog) == 0, "the picture is the one that was captioned"
    assert pending(catalog) == pending(catalog, WriteTarget.SIDECAR) == []
    assert list(catalog.undone_paths()) == [(photo_id, PATH)]
    catalog.set_user_caption(photo_id, "Rex")
    (due,) = pending(catalog)
    assert (due.text.caption, due.text.replaces) == ("Rex", None)


def test_runs_say_what_they_did_and_what_was_taken_back(written) -> None:
    catalog, _, run_id = written
    (run,) = catalog.runs(10)
    assert (run.id, run.kind, run.target, run.embedded, run.sidecars) == (
        run_id, RunKind.WRITE, WriteTarget.EMBED, 1, 0,
    )  # fmt: skip
    assert 0 < run.bytes_kept < 100
    assert run.began_at <= run.ended_at
    undo(catalog, UndoSelection(run_id), NEW)
    newest, first = catalog.runs(10)
    assert (first.taken_back, newest.kind, newest.embedded) == (1, RunKind.UNDO, 1)
    assert catalog.runs(1) == [newest]
    assert catalog.last_run() is None


def test_a_run_that_wrote_nothing_is_forgotten(catalog: Catalog) -> None:
    first = run_of(catalog)
    catalog.end_run(first, kept=3)
    assert catalog.runs(10) == []
    assert run_of(catalog) == first + 1


def test_an_undo_is_undone(written) -> None:
    catalog, photo_id, run_id = written
    undo(catalog, UndoSelection(run_id), NEW)
    assert undo(catalog, UndoSelection(catalog.runs(1)[0].id), OLD) == NEW
    photo = photo_of(catalog, photo_id)
    assert (photo.content_hash, photo.state) == (content_hash_of(NEW), PhotoState.WRITTEN)
    assert photo.written is WriteTarget.EMBED
    assert [run.taken_back for run in catalog.runs(10)] == [0, 1, 0]
    assert (pending(catalog), catalog.last_run()) == ([], run_id)
    assert undo(catalog, UndoSelection(run_id), NEW) == OLD
    assert [run.taken_back for run in catalog.runs(10)] == [0, 1, 1, 1]


def test_an_earlier_run_is_taken_back_with_what_was_written_over_it(written) -> None:
    catalog, photo_id, first = written
    second = edit_and_write(catalog, photo_id, "Rex", NEW, NEWER)
    assert place_of(catalog, UndoSelection(second)).way_back(NEWER) == (UndoOutcome.RESTORED, NEW)
    assert place_of(catalog, UndoSelection(first)).way_back(NEWER) == (UndoOutcome.RESTORED, OLD)
    assert place_of(catalog, UndoSelection(photo_ids=(photo_id,))).way_back(NEWER)[1] == OLD
    undo(catalog, UndoSelection(first), NEWER)
    assert {run.id: run.taken_back for run in catalog.runs(10) if run.kind is RunKind.WRITE} == {
        first: 1, second: 1,
    }  # fmt: skip


def test_the_texts_that_stand_again_are_known(written) -> None:
    catalog, photo_id, _ = written
    second = edit_and_write(catalog, photo_id, "Rex", NEW, NEWER)
    catalog.set_user_caption(photo_id, "Rex II")
    assert [due.text.replaces for due in pending(catalog)] == ["Rex"]
    undo(catalog, UndoSelection(second), NEWER)
    catalog.set_user_caption(photo_id, "Rex III")
    assert [due.text.replaces for due in pending(catalog)] == [None]
    assert [due.text.replaces_keywords for due in pending(catalog)] == [("dog",)]


def test_what_somebody_else_wrote_is_left_alone(written) -> None:
    catalog, photo_id, first = written
    place = place_of(catalog, UndoSelection(first))
    assert place.way_back(NEW + b"!") == (UndoOutcome.CHANGED, None)
    assert place.way_back(None) == (UndoOutcome.GONE, None)
    assert place.way_back(OLD)[0] is UndoOutcome.ALREADY
    theirs = NEW + b" cropped"
    second = edit_and_write(catalog, photo_id, "Rex", theirs, NEWER)
    assert place_of(catalog, UndoSelection(second)).way_back(NEWER) == (UndoOutcome.RESTORED, theirs)
    assert place_of(catalog, UndoSelection(first)).way_back(NEWER) == (UndoOutcome.CHANGED, None)


def test_a_persons_words_that_stand_again_are_a_persons(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog", facts=FileFacts(caption="Grandma"))
    run_id = edit_and_write(catalog, photo_id, "Grandma, 1950", OLD, NEW)
    undo(catalog, UndoSelection(run_id), NEW)
    catalog.set_user_caption(photo_id, None)
    catalog.enqueue_forced([photo_id], "m")
    caption_all(catalog, "a dog", facts=FileFacts(caption="Grandma"))
    assert (photo_of(catalog, photo_id).caption, photo_of(catalog, photo_id).source) == (
        "Grandma", Source.FILE,
    )  # fmt: skip


def test_a_sidecar_that_we_made_goes_and_comes_back(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    run_id = run_of(catalog)
    write(catalog, run_id, None, b"<xmp/>")
    assert photo_of(catalog, photo_id).written is WriteTarget.SIDECAR
    assert undo(catalog, UndoSelection(run_id), b"<xmp/>") is None
    photo = photo_of(catalog, photo_id)
    assert (photo.written, photo.content_hash) == (WriteTarget.NONE, content_hash_of(OLD))
    assert place_of(catalog, UndoSelection(run_id)).way_back(None)[0] is UndoOutcome.ALREADY
    assert place_of(catalog, UndoSelection(run_id)).way_back(b"theirs")[0] is UndoOutcome.CHANGED
    assert undo(catalog, UndoSelection(catalog.runs(1)[0].id), None) == b"<xmp/>"
    assert photo_of(catalog, photo_id).written is WriteTarget.SIDECAR


def test_everything_since_a_date(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    for at, (text, old, new) in ((1000.0, ("a dog", OLD, NEW)), (2000.0, ("Rex", NEW, NEWER))):
        for module in ("journal", "runs"):
            monkeypatch.setattr(f"blipdesk.catalog.{module}.now", lambda at=at: at)
        edit_and_write(catalog, photo_id, text, old, new)
    assert catalog.undo_photos(UndoSelection(since=2000.5)) == []
    assert place_of(catalog, UndoSelection(since=1500.0)).way_back(NEWER)[1] == NEW
    assert place_of(catalog, UndoSelection(since=500.0)).way_back(NEWER)[1] == OLD
    assert catalog.undo_photos(UndoSelection(since=1500.0, photo_ids=(photo_id + 1,))) == []


def test_an_unknown_run_is_said(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="no run 7"):
        catalog.undo_photos(UndoSelection(7))


def test_writes_of_before_there_were_runs_are_taken_back(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    fixtures = Path(__file__).parent / "fixtures"
    with closing(sqlite3.connect(data / "catalog.db")) as database:
        database.executescript((fixtures / "catalog-0004.sql").read_text("utf-8"))
    catalog = Catalog.open(data)
    (run,) = catalog.runs(10)
    assert (run.embedded, run.target, run.bytes_kept > 0) == (1, WriteTarget.EMBED, True)
    place = place_of(catalog, UndoSelection(run.id))
    assert place.way_back(b"\xff\xd8 caption tail") == (UndoOutcome.RESTORED, b"\xff\xd8 old tail")
    catalog.close()


def test_an_upgrade_counts_what_is_kept_of_writes_that_happened(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    fixtures = Path(__file__).parent / "fixtures"
    copied = """photo_id, run_id, target, target_path, planned_outcome, before_text, after_text, source,
        keywords, text_key, existed, before_sha256, after_sha256, before_hash, after_hash, part_offset,
        new_length, old_part, began_at, note"""
    again = f"""INSERT INTO "write" (id, finished_at, outcome, {copied})
        SELECT :id, :finished, :outcome, {copied} FROM "write" WHERE id = 1"""
    with closing(sqlite3.connect(data / "catalog.db")) as database:
        database.executescript((fixtures / "catalog-0004.sql").read_text("utf-8"))
        database.execute(again, {"id": 2, "finished": 1795229418.0, "outcome": "abandoned"})
        database.execute(again, {"id": 3, "finished": None, "outcome": None})
        database.commit()
    catalog = Catalog.open(data)
    (run,) = catalog.runs(10)
    assert catalog.prune_journal(JournalLimits(1e12, 10**9)) == 0
    catalog.abandon_write(3, "")
    assert (catalog.journal_size().writes, catalog.journal_size().bytes) == (1, run.bytes_kept)
    catalog.prune_journal(JournalLimits(1e12, 0))
    size = catalog.journal_size()
    assert (size.writes, size.bytes, size.pruned, size.oldest_at) == (0, 0, 1, None)
    catalog.close()


def test_a_catalog_is_upgraded_whose_only_write_was_cut(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    fixtures = Path(__file__).parent / "fixtures"
    with closing(sqlite3.connect(data / "catalog.db")) as database:
        database.executescript((fixtures / "catalog-0004.sql").read_text("utf-8"))
        database.execute('UPDATE "write" SET finished_at = NULL, outcome = NULL')
        database.commit()
    catalog = Catalog.open(data)
    (cut,) = catalog.open_writes()
    catalog.finish_write(cut.write_id, cut.outcome, "", None)
    (run,) = catalog.runs(10)
    assert (run.embedded, run.bytes_kept) == (1, catalog.journal_size().bytes)
    assert 0 < run.bytes_kept < 100
    catalog.close()


# ---------------------------------------------------------------------------------------- what is kept


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
    places = catalog.undo_places([ids[0], ids[-1]], UndoSelection(photo_ids=(ids[0], ids[-1])))
    (first,), (last,) = places[ids[0]], places[ids[-1]]
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
    assert (size.writes, size.pruned) == (1, 2)
    assert catalog.forget_missing(ids[2:]) == 1
    assert catalog.journal_size().bytes == 0


def test_a_cut_undo_is_open_and_keeps_nothing_when_it_did_not_happen(tmp_path: Path) -> None:
    catalog = fresh_catalog(tmp_path / "data")
    take_in(catalog)
    caption_all(catalog)
    run_id = run_of(catalog)
    write(catalog, run_id)
    place = place_of(catalog, UndoSelection(run_id))
    undo_run = catalog.begin_run(RunKind.UNDO, WriteTarget.NONE)
    write_id = begin_undo(catalog, place, NEW, OLD, undo_run)
    catalog.close()
    catalog = Catalog.open(tmp_path / "data")
    (left,) = catalog.open_writes()
    assert (left.write_id, left.target_path) == (write_id, PATH)
    kept = catalog.journal_size()
    catalog.abandon_write(write_id, "")
    assert catalog.journal_size() == kept
    assert place_of(catalog, UndoSelection(run_id)).way_back(NEW)[0] is UndoOutcome.RESTORED
    catalog.close()
