"""Keywords of photos, as tests ask for them and have them come."""

from __future__ import annotations

from catalog_samples import caption_all, photo_of

from blipdesk.catalog import Catalog
from blipdesk.domain.values import LibraryView, ViewKind


def names(catalog: Catalog, photo_id: int) -> set[str]:
    return {keyword.name for keyword in photo_of(catalog, photo_id).keywords}


def having(catalog: Catalog, name: str) -> list[int]:
    return sorted(catalog.ids(LibraryView(ViewKind.KEYWORD, name)))


def again(catalog: Catalog, photo_id: int, *keywords: str) -> None:
    """Another run captions the photo anew."""
    catalog.enqueue_forced([photo_id], "another model")
    caption_all(catalog, model="another model", keywords=keywords)


def all_of(catalog: Catalog, ids: list[int]) -> object:
    """What photos show, by name and source, and what people took off; the places within a photo aside."""
    shown = [{(k.name, k.source) for k in photo_of(catalog, photo_id).keywords} for photo_id in ids]
    return shown, catalog.removed_keywords(ids)
