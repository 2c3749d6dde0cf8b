"""Our own writes are told from other people's, finished after a kill, and kept so that they can be undone."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from catalog_samples import caption_all, photo_of, result_of, seen
from catalog_write_samples import (
    NEW,
    OLD,
    PATH,
    begin,
    begin_write,
    embed,
    file_of,
    finish,
    pending,
    plan_of,
    take_in,
)

from blipdesk.catalog import Catalog, write_entry
from blipdesk.catalog.difference import restored
from blipdesk.domain.errors import UsageError
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import FileFacts, FolderState, PhotoState, Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome


def test_our_own_write_is_no_reason_to_caption_again(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    embed(catalog)
    photo = photo_of(catalog, photo_id)
    assert (photo.content_hash, photo.stamp.mtime_ns) == (content_hash_of(NEW), 2000 * 10**9)
    catalog.register(photo.folder_id, [file_of(NEW, 2000)])
    catalog.register(photo.folder_id, [file_of(NEW, 2500)])  # a backup program touched it
    assert caption_all(catalog) == 0
    assert pending(catalog) == []


def test_a_scan_that_meets_the_file_before_the_write_is_finished(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    write_id = begin(catalog, due)
    catalog.register(photo_of(catalog, photo_id).folder_id, [file_of(NEW, 2000)])
    assert caption_all(catalog) == 0
    finish(catalog, write_id)
    assert pending(catalog) == []
    assert caption_all(catalog) == 0


def test_killed_after_the_replace(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    write_id = begin(catalog, due)
    catalog.close()
    catalog = Catalog.open(tmp_path / "data")
    (left,) = catalog.open_writes()
    assert (left.write_id, left.path, left.target_path) == (write_id, PATH, PATH)
    assert (left.outcome, left.after_hash) == (WriteOutcome.EMBEDDED, content_hash_of(NEW))
    catalog.register(photo_of(catalog, photo_id).folder_id, [file_of(NEW, 2000)])
    assert caption_all(catalog) == 0
    catalog.finish_write(left.write_id, left.outcome, left.note, file_of(NEW, 2000))
    assert (pending(catalog), catalog.open_writes()) == ([], [])
    assert photo_of(catalog, photo_id).state is PhotoState.WRITTEN
    catalog.close()


def test_a_cut_write_waits_for_its_drive(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    write_id = begin(catalog, due)
    catalog.set_folder_state(catalog.folders()[0].id, FolderState.OFFLINE, "Not connected.")
    for _ in range(2):
        catalog.close()
        catalog = Catalog.open(tmp_path / "data")
        catalog.clear_claims()
        catalog.retry_refused()
        catalog.mark_missing([photo_id])
        assert catalog.forget_missing([photo_id]) == 0
        assert [write.write_id for write in catalog.open_writes()] == [write_id]
    catalog.set_folder_state(catalog.folders()[0].id, FolderState.ONLINE)
    catalog.register(catalog.folders()[0].id, [file_of(NEW, 2000)])
    assert caption_all(catalog) == 0
    finish(catalog, write_id)
    assert (catalog.open_writes(), pending(catalog)) == ([], [])
    catalog.close()


def test_somebody_elses_change_before_our_write_is_seen(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    changed = OLD + b"cropped by another program"
    write_id = begin(catalog, due, changed, NEW)
    finish(catalog, write_id)
    catalog.register(photo_of(catalog, photo_id).folder_id, [file_of(NEW, 2000)])
    assert caption_all(catalog, "half a dog") == 1


def test_a_batch_under_way_survives_our_own_writes(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    catalog.enqueue_forced([photo_id], "m")
    (job,) = catalog.claim("m", 1)
    embed(catalog)
    catalog.set_user_caption(photo_id, "Rex")
    embed(catalog, NEW, NEW + b"2")
    catalog.commit_captions([result_of(job, "a wet dog")])
    photo = photo_of(catalog, photo_id)
    assert (photo.model_caption, photo.caption) == ("a wet dog", "Rex")
    assert caption_all(catalog) == 0


def test_a_moved_photo_is_still_known_by_its_writes(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    write_id = begin(catalog, due)
    moved = replace(file_of(NEW, 2000), path="/photos/moved.jpg")
    catalog.relocate(photo_id, photo_of(catalog, photo_id).folder_id, moved)
    assert caption_all(catalog) == 0
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", None)
    assert photo_of(catalog, photo_id).content_hash == content_hash_of(NEW)


def test_what_we_wrote_is_not_taken_for_a_persons_words(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    theirs = FileFacts(keywords=("beach",))
    caption_all(catalog, "a dog", keywords=("dog", "beach"), facts=theirs)
    embed(catalog)
    catalog.enqueue_forced([photo_id], "m")
    ours = FileFacts(caption="a dog ", keywords=("beach", "dog"))
    caption_all(catalog, "a cat", keywords=("cat",), facts=ours)
    photo = photo_of(catalog, photo_id)
    assert (photo.caption, photo.source) == ("a cat", Source.MODEL)
    assert [(keyword.name, keyword.source) for keyword in photo.keywords] == [
        ("beach", Source.FILE),
        ("cat", Source.MODEL),
    ]


def test_the_last_level_of_a_path_that_we_wrote_is_no_keyword_of_its_own(catalog: Catalog) -> None:
    """A photo has no list with a hierarchy; reading it again finds ``Berg`` there."""
    photo_id = take_in(catalog)
    caption_all(catalog, "a hill")
    catalog.add_keyword(photo_id, "Ort|Berg")
    embed(catalog)
    catalog.enqueue_forced([photo_id], "m")
    caption_all(catalog, "a hill", facts=FileFacts(keywords=("Berg",)))
    names = {keyword.name for keyword in photo_of(catalog, photo_id).keywords}
    assert "Ort|Berg" in names and "Berg" not in names


# ---------------------------------------------------------------------------------------- the journal


def test_the_journal_is_enough_to_undo(catalog: Catalog) -> None:
    take_in(catalog)
    caption_all(catalog, "a dog", keywords=("dog",))
    write_id = embed(catalog)
    with catalog._database.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM write WHERE id = ?", (write_id,)).one()
    assert restored(NEW, json.loads(row.parts), zlib.decompress(row.old_part)) == OLD
    assert len(row.old_part) < 1000
    assert (row.before_text, row.after_text, json.loads(row.keywords)) == (None, "a dog", ["dog"])


def test_a_plan_that_writes_nothing_is_no_write(catalog: Catalog) -> None:
    take_in(catalog)
    caption_all(catalog)
    (due,) = pending(catalog)
    with pytest.raises(UsageError, match="writes nothing"):
        begin_write(catalog, due, replace(plan_of(due), new=None), WriteTarget.EMBED)
    gone = replace(due, photo_id=99)
    entries = [write_entry(photo, plan_of(photo), WriteTarget.EMBED) for photo in (gone, due)]
    begun = catalog.begin_writes(entries)
    assert [write and write.path for write in begun] == [None, PATH]
    assert catalog.open_writes() == begun[1:]


def test_a_photo_elsewhere_is_not_touched_by_a_write(catalog: Catalog) -> None:
    take_in(catalog)
    (other,) = catalog.register(catalog.folders()[0].id, [seen("/photos/b.jpg")])
    caption_all(catalog)
    before = photo_of(catalog, other)
    due = next(due for due in pending(catalog) if due.path == PATH)
    write_id = begin(catalog, due)
    finish(catalog, write_id)
    assert photo_of(catalog, other) == before
