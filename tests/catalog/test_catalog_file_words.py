"""A person's words in a photo's own metadata, once we have written over them."""

from __future__ import annotations

from catalog_samples import add_photos, caption_all, photo_of
from catalog_write_samples import begin_write, plan_of

from blipdesk.catalog import Catalog
from blipdesk.domain.values import FileFacts, Source, WriteTarget


def write_out(catalog: Catalog) -> None:
    (due,) = catalog.pending_writes(9, WriteTarget.SIDECAR)
    plan = plan_of(due, None, b"new")
    write_id = begin_write(catalog, due, plan, WriteTarget.SIDECAR)
    catalog.finish_write(write_id, plan.outcome, plan.note, None)


def read_again(catalog: Catalog, photo_id: int, caption: str) -> None:
    catalog.enqueue_forced([photo_id], "m")
    assert caption_all(catalog, "a cat", facts=FileFacts(caption=caption)) == 1


def test_the_files_own_words_outlive_an_edit_that_is_read_back(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, facts=FileFacts(caption="Grandma's garden"))
    catalog.set_user_caption(photo_id, "Rex in the garden")
    write_out(catalog)
    read_again(catalog, photo_id, "Rex in the garden")
    catalog.set_user_caption(photo_id, None)
    photo = photo_of(catalog, photo_id)
    assert (photo.caption, photo.source) == ("Grandma's garden", Source.FILE)
    assert [hit.photo_id for hit in catalog.search("grandma")] == [photo_id]


def test_words_that_somebody_replaced_by_our_machines_are_gone(catalog: Catalog) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog, "a dog")
    write_out(catalog)
    read_again(catalog, photo_id, "Rex")
    read_again(catalog, photo_id, "a dog")
    photo = photo_of(catalog, photo_id)
    assert (photo.caption, photo.source) == ("a cat", Source.MODEL)


def test_photos_with_two_captions_by_people_are_counted_until_the_person_changes_theirs(
    catalog: Catalog,
) -> None:
    (photo_id,) = add_photos(catalog, "/photos/a.jpg")
    caption_all(catalog)
    catalog.set_user_caption(photo_id, "Rex in the garden")
    assert catalog.counts().conflicts == 0
    read_again(catalog, photo_id, "Grandma's garden")
    assert catalog.counts().conflicts == 1
    catalog.set_user_caption(photo_id, "Rex in grandma's garden")
    assert catalog.counts().conflicts == 0
