from __future__ import annotations

import pytest
from catalog_samples import add_photos, caption_all, photo_at, seen, texts, with_texts

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import LibraryView


def test_roots_inside_roots(catalog: Catalog) -> None:
    outer = catalog.add_folder("/photos/")
    assert catalog.add_folder("/photos").id == outer.id
    assert catalog.add_folder("/photos/2024").id == outer.id
    assert catalog.add_folder("/photos/2024", watched=False).id == outer.id
    assert catalog.add_folder("/photos2").id != outer.id
    assert [folder.path for folder in catalog.folders()] == ["/photos", "/photos2"]


def test_a_wider_root_takes_the_narrower_ones_over(catalog: Catalog) -> None:
    (named,) = add_photos(catalog, "/photos/2023/a.jpg", root="/photos/2023")
    (once,) = catalog.register(
        catalog.add_folder("/photos/2024", watched=False).id, [seen("/photos/2024/b.jpg")]
    )
    wide = catalog.add_folder("/photos")
    assert [folder.path for folder in catalog.all_roots()] == ["/photos"]
    assert {photo.folder_id for photo in catalog.photos([named, once])} == {wide.id}
    assert catalog.folders()[0].photo_count == 2


def test_a_path_named_once_is_no_watched_folder_until_it_is_added(catalog: Catalog) -> None:
    once = catalog.add_folder("/photos", watched=False)
    assert catalog.folders() == []
    assert [root.id for root in catalog.all_roots()] == [once.id]
    assert catalog.add_folder("/photos/sub", watched=False).id == once.id
    assert catalog.add_folder("/photos").watched
    assert [folder.path for folder in catalog.folders()] == ["/photos"]


def test_naming_an_outer_path_leaves_watched_folders_alone(catalog: Catalog) -> None:
    catalog.add_folder("/photos/2024")
    catalog.add_folder("/photos", watched=False)
    assert [folder.path for folder in catalog.folders()] == ["/photos/2024"]


def test_a_removed_folder_keeps_its_texts_out_of_sight(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    catalog.remove_folder(photo.folder_id, forget=False)
    assert (catalog.folders(), catalog.all_roots(), catalog.folder_tree()) == ([], [], [])
    assert (list(catalog.ids(LibraryView())), catalog.search("rex"), catalog.counts().total) == ([], [], 0)
    assert catalog.top_keywords() == []
    assert list(catalog.all_photo_ids()) == [photo.id]  # export still has it
    catalog.add_folder("/photos")
    assert texts(photo_at(catalog, "/photos/a.jpg")) == texts(photo)
    assert list(catalog.ids(LibraryView())) == [photo.id]
    assert caption_all(catalog) == 0


def test_naming_a_path_of_a_removed_folder_shows_it_again(catalog: Catalog) -> None:
    ids = add_photos(catalog, "/photos/x/a.jpg", "/photos/y/b.jpg")
    catalog.remove_folder(catalog.folders()[0].id, forget=False)
    catalog.add_folder("/photos/x", watched=False)
    assert list(catalog.ids(LibraryView())) == ids[:1]


def test_forgetting_a_folder_forgets_all_of_it(catalog: Catalog) -> None:
    photo = with_texts(catalog, "/photos/a.jpg")
    (kept,) = add_photos(catalog, "/other/b.jpg", root="/other")
    catalog.remove_folder(photo.folder_id, forget=True)
    assert list(catalog.all_photo_ids()) == [kept]
    assert catalog.search("rex") == []
    assert catalog.undo_edit() is None
    with pytest.raises(UsageError):
        catalog.remove_folder(photo.folder_id, forget=True)
