"""What all tests share."""

from __future__ import annotations

import gc

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """Have garbage looked for among what tests make alone: 7,000 collected ones are a million objects."""
    gc.collect()
    gc.freeze()
