"""Taking writes back, as the catalog sees it: what is selected, the way back, and what stands afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog_samples import caption_all, photo_of
from catalog_write_samples import (
    NEW,
    NEWER,
    OLD,
    PATH,
    begin_undo,
    edit_and_write,
    pending,
    place_of,
    run_of,
    take_in,
    undo,
    write,
)

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import UsageError
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import FileFacts, PhotoState, Source, WriteTarget
from blipdesk.domain.writes import RunKind, UndoOutcome, UndoSelection


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


def test_a_cut_undo_is_open_and_keeps_nothing_when_it_did_not_happen(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
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
