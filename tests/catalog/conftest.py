from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import CAPTIONS, QUICK_FOLDER, add_photos, captioned

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


@pytest.fixture(scope="module")
def library() -> Iterator[Catalog]:
    """The six captions, only searched."""
    with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        catalog = Catalog.open(Path(folder) / "data")
        captioned(catalog, *CAPTIONS)
        yield catalog
        catalog.close()
