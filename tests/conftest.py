"""What all tests share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blipdesk.domain.children import use_one_blas_thread

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

# Threads that share what is too small to share wait for each other in loops: a sentence that numpy reads on
# two takes twelve times the processor, a tiny model's picture three times.  The program sees to the first
# itself, and gives a tiny model one.
use_one_blas_thread()
os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_collection(session: pytest.Session) -> None:
    """Have no garbage looked for while modules are imported and tests found: next to none is made."""
    gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Have garbage looked for among what tests make alone: 7,000 collected ones are a million objects."""
    gc.enable()
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
