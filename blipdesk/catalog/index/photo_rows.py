"""The rows that stand for photos in a vector index, whatever they were made of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from blipdesk.catalog.index.nearest import Rows
from blipdesk.catalog.index.tokens import Integers


@dataclass(frozen=True, slots=True)
class PhotoRows:
    """The vectors of photos."""

    ids: Integers
    """The photo of each row, ascending."""
    rows: Rows
    photos: list[int]
    """Photos of which there is something to be read."""
    unread: list[int]
    """Those of them of which not all was read."""
    keys: list[int]
    """What the vectors of all that is to be read are kept under."""


class RowMaker(Protocol):
    """Makes rows of one kind by one model; vectors of different models have nothing to do with each other."""

    @property
    def model(self) -> str:
        """The model key."""
        ...

    @property
    def width(self) -> int:
        """Numbers of a row, a multiple of 64."""
        ...

    def rows_of(self, connection: sqlite3.Connection, photo_ids: Sequence[int]) -> PhotoRows:
        """What stands for these photos, by their ids; photos that are no more are left out."""
        ...

    def all_rows(self, connection: sqlite3.Connection, page: int) -> Iterator[PhotoRows]:
        """The same of all photos, in the order of their ids, in pages."""
        ...
