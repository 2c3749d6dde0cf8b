from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos

from blipdesk.catalog import Catalog


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog.open(tmp_path / "data")) as opened:
        yield opened
        # Whatever a test wrote, the catalog and its index are whole.
        assert opened.check() == []


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A closed catalog of two photos."""
    data = tmp_path / "data"
    catalog = Catalog.open(data)
    first, _ = add_photos(catalog, "/photos/a.jpg", "/photos/b.jpg")
    catalog.set_user_caption(first, "Rex at the sea")
    catalog.close()
    return data
