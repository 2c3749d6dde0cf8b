"""How the gallery's photos are grouped, and the groups of a list."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import StrEnum


class Grouping(StrEnum):
    """What the photos of a group have in common."""

    NONE = "none"
    DAY = "day"
    """The local day on which they were taken, else that of the file."""
    MONTH = "month"
    FOLDER = "folder"
    """The folder that holds the file."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a list of photos, each of them in one piece."""

    by: Grouping
    starts: array[int]
    """The first row of each group, ascending from 0."""
    keys: tuple[str, ...]
    """What each group has in common: ``2024-05-01``, ``2024-05``, or the folder's path."""
