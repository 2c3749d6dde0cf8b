"""Catalogs from before there was an index: searched after their upgrade, and followed from then on."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import database_of, photo_at
from index_steps import found, typed

from blipdesk.catalog import Catalog, opening
from blipdesk.domain.values import LibraryView

PATH = "/photos/beach/rex.jpg"


@pytest.mark.parametrize("revision", ["0001", "0005", "0008", "0010"])
def test_an_upgraded_catalog_is_searched(tmp_path: Path, revision: str) -> None:
    database_of(tmp_path / "data", min(revision, "0005")).close()
    opening.migrate(tmp_path / "data" / "catalog.db", revision)
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        rex = photo_at(catalog, PATH).id
        assert rex in found(catalog, "rex sea")
        assert rex in typed(catalog, '"at the sea"')
        assert rex in [hit.photo_id for hit in catalog.search("rex se")]
        for query, is_found in (('"what is it"', True), ('"it a dog"', False)):  # a question, its answer
            assert bool(typed(catalog, query)) is is_found
            assert bool(catalog.ids(LibraryView(query=query))) is is_found
        catalog.set_user_caption(rex, "a giraffe")
        assert found(catalog, "giraffe") == [rex]
        assert [hit.photo_id for hit in catalog.search("giraf")] == [rex]
        assert catalog.check() == []
