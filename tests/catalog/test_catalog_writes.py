from __future__ import annotations

import json
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, fresh_catalog, result_of, seen
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.catalog import Catalog
from blipdesk.catalog.journal import changed_part
from blipdesk.domain.errors import UsageError
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import (
    FileFacts,
    FileStamp,
    FolderState,
    Photo,
    PhotoState,
    SeenFile,
    Source,
    WriteTarget,
)
from blipdesk.domain.writes import PendingWrite, WriteOutcome, WritePlan

OLD = b"\xff\xd8" + bytes(range(256)) * 300
NEW = b"\xff\xd8" + b"a caption" + bytes(range(256)) * 300
PATH = "/photos/a.jpg"


def take_in(catalog: Catalog, content: bytes = OLD, mtime: int = 1000) -> int:
    folder = catalog.add_folder("/photos")
    (photo_id,) = catalog.register(folder.id, [file_of(content, mtime)])
    return photo_id


def file_of(content: bytes, mtime: int = 1000) -> SeenFile:
    return SeenFile(PATH, FileStamp(len(content), mtime * 10**9, 1), content_hash_of(content))


def plan_of(pending: PendingWrite, old: bytes | None = OLD, new: bytes = NEW) -> WritePlan:
    embed = old is not None
    return WritePlan(
        photo_path=pending.path,
        target_path=pending.path if embed else f"{pending.path}.xmp",
        outcome=WriteOutcome.EMBEDDED if embed else WriteOutcome.SIDECAR,
        note="" if embed else "This format cannot be written without loss.",
        before=None,
        after=pending.text.caption,
        old=old,
        new=new,
        stamp=None,
    )


def pending(catalog: Catalog, target: WriteTarget = WriteTarget.EMBED) -> list[PendingWrite]:
    return catalog.pending_writes(100, target)


def restored(new: bytes, offset: int, new_length: int, old_part: bytes) -> bytes:
    """The bytes before a write, from those after it and from what the journal kept."""
    return new[:offset] + old_part + new[offset + new_length :]


def photo_of(catalog: Catalog, photo_id: int) -> Photo:
    photo = catalog.photo(photo_id)
    assert photo is not None
    return photo


def embed(catalog: Catalog, old: bytes = OLD, new: bytes = NEW, mtime: int = 2000) -> int:
    """Write the one pending photo; returns the id of the write."""
    (due,) = pending(catalog)
    write_id = catalog.begin_write(due.photo_id, plan_of(due, old, new), text=due.text)
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(new, mtime))
    return write_id


# ---------------------------------------------------------------------------------------- what is pending


def test_what_is_captioned_is_pending_until_it_is_written(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    assert pending(catalog) == []
    caption_all(catalog, "a dog", keywords=("dog",))
    (due,) = pending(catalog)
    assert (due.photo_id, due.path, due.content_hash) == (photo_id, PATH, content_hash_of(OLD))
    assert (due.text.caption, due.text.source, due.text.keywords) == ("a dog", Source.MODEL, ("dog",))
    assert due.text.model_key == "m"
    embed(catalog)
    assert pending(catalog) == []
    photo = photo_of(catalog, photo_id)
    assert (photo.state, photo.written) == (PhotoState.WRITTEN, WriteTarget.EMBED)
    assert catalog.pending_writes(100, WriteTarget.NONE) == []


@pytest.mark.parametrize(
    "edit",
    [
        lambda catalog, number: catalog.set_user_caption(number, "Rex"),
        lambda catalog, number: catalog.add_keyword(number, "Rex"),
        lambda catalog, number: catalog.remove_keyword(number, "dog"),
    ],
)
def test_an_edit_makes_it_pending_again_and_undoing_it_too(catalog: Catalog, edit) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    embed(catalog)
    edit(catalog, photo_id)
    assert [due.photo_id for due in pending(catalog)] == [photo_id]
    assert photo_of(catalog, photo_id).state is PhotoState.DONE
    embed(catalog, NEW, NEW + b"2")
    assert pending(catalog) == []
    catalog.undo_edit()
    assert len(pending(catalog)) == 1


def test_an_edit_during_the_write_stays_pending(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    catalog.add_keyword(photo_id, "before the journal")
    write_id = catalog.begin_write(photo_id, plan_of(due), text=due.text)
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(NEW, 2000))
    assert len(pending(catalog)) == 1
    embed(catalog, NEW, NEW + b"2")
    (due,) = [replace(due, text=due.text)]
    write_id = catalog.begin_write(photo_id, plan_of(due, NEW + b"2", NEW + b"3"))
    catalog.set_user_caption(photo_id, "during the write")
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(NEW + b"3", 3000))
    (due,) = pending(catalog)
    assert due.text.caption == "during the write"


@pytest.mark.parametrize("outcome", [WriteOutcome.KEPT, WriteOutcome.REFUSED, WriteOutcome.UNCHANGED])
def test_what_was_settled_without_writing_is_not_tried_again(catalog: Catalog, outcome: WriteOutcome) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    (due,) = pending(catalog)
    catalog.note_write(photo_id, outcome, "The file is read-only.", due.text)
    assert pending(catalog) == []
    photo = photo_of(catalog, photo_id)
    assert photo.write_note == "The file is read-only."
    assert (photo.state is PhotoState.WRITTEN) == (outcome is WriteOutcome.UNCHANGED)
    assert len(pending(catalog, WriteTarget.SIDECAR)) == 1  # another target is another question
    catalog.register(photo.folder_id, [file_of(OLD + b"edited", 3000)])
    caption_all(catalog)
    assert len(pending(catalog)) == 1


def test_what_was_refused_is_tried_once_more_at_each_start(catalog: Catalog) -> None:
    kept, refused = add_photos(catalog, "/photos/k.jpg", "/photos/r.jpg")
    caption_all(catalog)
    for _ in range(2):
        for due in pending(catalog):
            outcome = WriteOutcome.KEPT if due.photo_id == kept else WriteOutcome.REFUSED
            catalog.note_write(due.photo_id, outcome, "The disk is full.", due.text)
        assert pending(catalog) == []
        assert catalog.retry_refused() == 1
        assert [due.photo_id for due in pending(catalog)] == [refused]
    (due,) = pending(catalog)
    catalog.note_write(refused, WriteOutcome.UNCHANGED, "", due.text)
    assert catalog.retry_refused() == 0


def test_a_refused_edit_is_not_called_written(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    embed(catalog)
    catalog.set_user_caption(photo_id, "Rex")
    (due,) = pending(catalog)
    catalog.note_write(photo_id, WriteOutcome.REFUSED, "The file is read-only.", due.text)
    assert photo_of(catalog, photo_id).state is PhotoState.DONE


def test_another_target_is_due_again(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    embed(catalog)
    (due,) = pending(catalog, WriteTarget.SIDECAR)
    write_id = catalog.begin_write(photo_id, plan_of(due, None, b"<xmp/>"), text=due.text)
    catalog.finish_write(write_id, WriteOutcome.SIDECAR, "as asked", None)
    assert pending(catalog, WriteTarget.SIDECAR) == []
    assert photo_of(catalog, photo_id).written is WriteTarget.SIDECAR
    assert photo_of(catalog, photo_id).content_hash == content_hash_of(NEW)


def test_a_sidecar_that_stands_in_for_embedding_settles_it(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    (due,) = pending(catalog)
    plan = plan_of(due, None, b"<xmp/>")
    write_id = catalog.begin_write(photo_id, plan, text=due.text)
    catalog.finish_write(write_id, WriteOutcome.SIDECAR, plan.note, file_of(OLD))
    assert pending(catalog) == []
    photo = photo_of(catalog, photo_id)
    assert (photo.written, photo.write_note) == (WriteTarget.SIDECAR, plan.note)
    assert photo.content_hash == content_hash_of(OLD)


def test_a_machines_words_about_another_picture_are_not_written(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    catalog.register(photo_of(catalog, photo_id).folder_id, [file_of(OLD + b"cropped")])
    assert pending(catalog) == []
    catalog.set_user_caption(photo_id, "Rex")
    assert [due.text.caption for due in pending(catalog)] == ["Rex"]


def test_pages_of_pending_writes(catalog: Catalog) -> None:
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(5)))
    caption_all(catalog)
    first = catalog.pending_writes(2, WriteTarget.SIDECAR)
    rest = catalog.pending_writes(9, WriteTarget.SIDECAR, after_id=first[-1].photo_id)
    assert [due.photo_id for due in first + rest] == ids
    assert [due.photo_id for due in catalog.pending_writes(9, WriteTarget.SIDECAR, ids[3:])] == ids[3:]
    catalog.mark_missing(ids[:4])
    assert [due.photo_id for due in pending(catalog)] == ids[4:]


def test_a_write_that_did_not_happen_stays_pending(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    (due,) = pending(catalog)
    write_id = catalog.begin_write(photo_id, plan_of(due), text=due.text)
    catalog.abandon_write(write_id, "The disk is full.")
    assert catalog.open_writes() == []
    assert len(pending(catalog)) == 1
    assert photo_of(catalog, photo_id).write_note == "The disk is full."


# ---------------------------------------------------------------------------------------- a person's words


def test_a_persons_keywords_are_named(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog", keywords=("dog", "beach"))
    catalog.add_keyword(photo_id, "Rex")
    (due,) = pending(catalog)
    assert due.text.keywords == ("Rex", "dog", "beach")
    assert due.text.user_keywords == ("Rex",)
    catalog.add_keyword(photo_id, "dog")  # now the person says so too, while the write is under way
    catalog.note_write(photo_id, WriteOutcome.UNCHANGED, "", due.text)
    (due,) = pending(catalog)
    assert sorted(due.text.user_keywords) == ["Rex", "dog"]


@pytest.mark.parametrize("undo", [True, False])
@pytest.mark.parametrize("captioned", [True, False])
def test_a_caption_taken_back_is_taken_back_from_the_file(
    catalog: Catalog, undo: bool, captioned: bool
) -> None:
    photo_id = take_in(catalog)
    if captioned:
        caption_all(catalog, "a dog")
    catalog.set_user_caption(photo_id, "Rex")
    (due,) = pending(catalog)
    assert (due.text.source, due.text.replaces) == (Source.USER, None)
    embed(catalog)
    catalog.set_user_caption(photo_id, "Rex II")
    assert [due.text.replaces for due in pending(catalog)] == ["Rex"]
    assert [due.text.replaces for due in pending(catalog, WriteTarget.SIDECAR)] == [None]
    embed(catalog, NEW, NEW + b"2")
    if undo:
        assert [catalog.undo_edit(), catalog.undo_edit()] == [photo_id, photo_id]
    else:
        catalog.set_user_caption(photo_id, None)
    (due,) = pending(catalog)
    assert (due.text.caption, due.text.replaces) == ("a dog" if captioned else "", "Rex II")
    embed(catalog, NEW + b"2", OLD)
    assert pending(catalog) == []
    catalog.add_keyword(photo_id, "dog")
    assert [due.text.replaces for due in pending(catalog)] == [None]  # what stands there is no person's


def test_keywords_are_written_where_the_files_own_caption_stays(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, facts=FileFacts(caption="Grandma", keywords=("family",)))
    (due,) = pending(catalog)
    catalog.note_write(photo_id, WriteOutcome.KEPT, "The file's own caption stays.", due.text)
    assert pending(catalog) == []
    for edit in (catalog.add_keyword, catalog.remove_keyword):
        edit(photo_id, "1950")
        (due,) = pending(catalog)
        assert (due.text.caption, due.text.source) == ("Grandma", Source.FILE)
        assert ("1950" in due.text.user_keywords) == (edit == catalog.add_keyword)
        catalog.note_write(photo_id, WriteOutcome.KEPT, "", due.text)
        assert pending(catalog) == []


def test_keywords_written_beside_the_files_own_caption_settle_the_photo(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    plan = replace(plan_of(due), after="Grandma")  # it was put there by another program, and stays
    write_id = catalog.begin_write(photo_id, plan, text=due.text)
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(NEW, 2000))
    assert pending(catalog) == []


# ---------------------------------------------------------------------------------------- own writes


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
    write_id = catalog.begin_write(photo_id, plan_of(due), text=due.text)
    catalog.register(photo_of(catalog, photo_id).folder_id, [file_of(NEW, 2000)])
    assert caption_all(catalog) == 0
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(NEW, 2000))
    assert pending(catalog) == []
    assert caption_all(catalog) == 0


def test_killed_after_the_replace(tmp_path: Path) -> None:
    catalog = fresh_catalog(tmp_path / "data")
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    write_id = catalog.begin_write(photo_id, plan_of(due), text=due.text)
    catalog.close()
    catalog = Catalog.open(tmp_path / "data")
    (left,) = catalog.open_writes()
    assert (left.write_id, left.photo_id, left.path, left.target_path) == (write_id, photo_id, PATH, PATH)
    assert (left.before_hash, left.after_hash) == (content_hash_of(OLD), content_hash_of(NEW))
    assert left.outcome is WriteOutcome.EMBEDDED
    catalog.register(photo_of(catalog, photo_id).folder_id, [file_of(NEW, 2000)])
    assert caption_all(catalog) == 0
    catalog.finish_write(left.write_id, left.outcome, left.note, file_of(NEW, 2000))
    assert (pending(catalog), catalog.open_writes()) == ([], [])
    assert photo_of(catalog, photo_id).state is PhotoState.WRITTEN
    catalog.close()


def test_a_cut_write_waits_for_its_drive(tmp_path: Path) -> None:
    catalog = fresh_catalog(tmp_path / "data")
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    write_id = catalog.begin_write(photo_id, plan_of(due), text=due.text)
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
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(NEW, 2000))
    assert (catalog.open_writes(), pending(catalog)) == ([], [])
    catalog.close()


def test_somebody_elses_change_before_our_write_is_seen(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    changed = OLD + b"cropped by another program"
    write_id = catalog.begin_write(photo_id, plan_of(due, changed, NEW), text=due.text)
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(NEW, 2000))
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
    write_id = catalog.begin_write(photo_id, plan_of(due), text=due.text)
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


# ---------------------------------------------------------------------------------------- the journal


def test_the_journal_is_enough_to_undo(catalog: Catalog) -> None:
    take_in(catalog)
    caption_all(catalog, "a dog", keywords=("dog",))
    write_id = embed(catalog)
    with catalog._database.read() as connection:
        row = connection.exec_driver_sql("SELECT * FROM write WHERE id = ?", (write_id,)).one()
    assert restored(NEW, row.part_offset, row.new_length, zlib.decompress(row.old_part)) == OLD
    assert len(row.old_part) < 1000
    assert (row.before_text, row.after_text, json.loads(row.keywords)) == (None, "a dog", ["dog"])


def test_a_plan_that_writes_nothing_is_no_write(catalog: Catalog) -> None:
    take_in(catalog)
    caption_all(catalog)
    (due,) = pending(catalog)
    with pytest.raises(UsageError, match="writes nothing"):
        catalog.begin_write(due.photo_id, replace(plan_of(due), new=None))
    with pytest.raises(UsageError, match="not in the catalog"):
        catalog.begin_write(99, plan_of(due))


@given(st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=40), st.binary(max_size=40))
def test_any_change_can_be_taken_back(head: bytes, old: bytes, new: bytes, tail: bytes) -> None:
    before, after = head + old + tail, head + new + tail
    offset, length, part = changed_part(before, after)
    assert restored(after, offset, length, part) == before
    assert len(part) <= len(old)
    assert changed_part(None, after) == (0, len(after), b"")


def test_a_photo_elsewhere_is_not_touched_by_a_write(catalog: Catalog) -> None:
    take_in(catalog)
    (other,) = catalog.register(catalog.folders()[0].id, [seen("/photos/b.jpg")])
    caption_all(catalog)
    before = photo_of(catalog, other)
    due = next(due for due in pending(catalog) if due.path == PATH)
    write_id = catalog.begin_write(due.photo_id, plan_of(due), text=due.text)
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(NEW, 2000))
    assert photo_of(catalog, other) == before
