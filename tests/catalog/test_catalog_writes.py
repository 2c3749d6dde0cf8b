from __future__ import annotations

from dataclasses import replace

import pytest
from catalog_samples import add_photos, caption_all, photo_of
from catalog_write_samples import (
    NEW,
    OLD,
    PATH,
    begin,
    begin_write,
    embed,
    file_of,
    finish,
    note_write,
    pending,
    plan_of,
    take_in,
)

from blipdesk.catalog import Catalog
from blipdesk.catalog import due as due_writes
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import FileFacts, PhotoState, Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome

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


@pytest.mark.parametrize("before_the_journal", [True, False])
def test_an_edit_during_the_write_stays_pending(catalog: Catalog, before_the_journal: bool) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    if before_the_journal:
        catalog.set_user_caption(photo_id, "Rex")
    write_id = begin(catalog, due)
    if not before_the_journal:
        catalog.set_user_caption(photo_id, "Rex")
    finish(catalog, write_id)
    assert [due.text.caption for due in pending(catalog)] == ["Rex"]


@pytest.mark.parametrize("outcome", [WriteOutcome.KEPT, WriteOutcome.REFUSED, WriteOutcome.UNCHANGED])
def test_what_was_settled_without_writing_is_not_tried_again(catalog: Catalog, outcome: WriteOutcome) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    (due,) = pending(catalog)
    note_write(catalog, photo_id, outcome, "The file is read-only.", due.text, WriteTarget.EMBED)
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
            note_write(catalog, due.photo_id, outcome, "The disk is full.", due.text, WriteTarget.EMBED)
        assert pending(catalog) == []
        assert catalog.retry_refused() == 1
        assert [due.photo_id for due in pending(catalog)] == [refused]
    (due,) = pending(catalog)
    note_write(catalog, refused, WriteOutcome.UNCHANGED, "", due.text, WriteTarget.EMBED)
    assert catalog.retry_refused() == 0


def test_a_refused_edit_is_not_called_written(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    embed(catalog)
    catalog.set_user_caption(photo_id, "Rex")
    (due,) = pending(catalog)
    note_write(catalog, photo_id, WriteOutcome.REFUSED, "The file is read-only.", due.text, WriteTarget.EMBED)
    assert photo_of(catalog, photo_id).state is PhotoState.DONE


def test_another_target_is_due_again(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    embed(catalog)
    (due,) = pending(catalog, WriteTarget.SIDECAR)
    plan = plan_of(due, None, b"<xmp/>")
    write_id = begin_write(catalog, due, plan, WriteTarget.SIDECAR)
    catalog.finish_write(write_id, WriteOutcome.SIDECAR, "as asked", None)
    assert pending(catalog, WriteTarget.SIDECAR) == []
    assert photo_of(catalog, photo_id).written is WriteTarget.SIDECAR
    assert photo_of(catalog, photo_id).content_hash == content_hash_of(NEW)


def test_a_sidecar_that_stands_in_for_embedding_settles_it(catalog: Catalog) -> None:
    photo_id = take_in(catalog)
    caption_all(catalog)
    (due,) = pending(catalog)
    plan = plan_of(due, None, b"<xmp/>")
    write_id = begin_write(catalog, due, plan, WriteTarget.EMBED)
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


def test_pages_of_pending_writes(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due_writes, "_PAGE", 2)
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(5)))
    caption_all(catalog)
    assert [photo_id for photo_id, _ in catalog.pending_paths(WriteTarget.SIDECAR)] == ids
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
    write_id = begin(catalog, due)
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
    note_write(catalog, photo_id, WriteOutcome.UNCHANGED, "", due.text, WriteTarget.EMBED)
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
    note_write(
        catalog, photo_id, WriteOutcome.KEPT, "The file's own caption stays.", due.text, WriteTarget.EMBED
    )
    assert pending(catalog) == []
    for edit in (catalog.add_keyword, catalog.remove_keyword):
        edit(photo_id, "1950")
        (due,) = pending(catalog)
        assert (due.text.caption, due.text.source) == ("Grandma", Source.FILE)
        assert ("1950" in due.text.user_keywords) == (edit == catalog.add_keyword)
        note_write(catalog, photo_id, WriteOutcome.KEPT, "", due.text, WriteTarget.EMBED)
        assert pending(catalog) == []


def test_keywords_written_beside_the_files_own_caption_settle_the_photo(catalog: Catalog) -> None:
    take_in(catalog)
    caption_all(catalog, "a dog")
    (due,) = pending(catalog)
    plan = replace(plan_of(due), after="Grandma")  # it was put there by another program, and stays
    write_id = begin_write(catalog, due, plan, WriteTarget.EMBED)
    finish(catalog, write_id)
    assert pending(catalog) == []
