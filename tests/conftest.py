"""What all tests share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog


def pytest_collection_finish(session: pytest.Session) -> None:
    """Have garbage looked for among what tests make alone: 7,000 collected ones are a million objects."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def quick_births() -> None:
    """Makes new catalogs by copying; tests of how they are made and upgraded undo it."""
    from tests import births

    births.quicken(births.newborn())


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """An empty catalog."""
    from blipdesk.catalog import Catalog

    opened = Catalog.open(tmp_path / "data")
    yield opened
    opened.close()
