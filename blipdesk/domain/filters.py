"""The filters of a query: ``name:value``."""

from __future__ import annotations

import difflib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FilterSpec:
    """One property of a photo that a query may ask for."""

    name: str
    aliases: tuple[str, ...]
    help: str
    """A sentence for the person."""
    example: str
    """Values as they may be typed."""


FILTERS: tuple[FilterSpec, ...] = (
    FilterSpec("folder", ("in", "path", "directory"), "Photos in a folder, or in one below it.", "holidays"),
    FilterSpec(
        "keyword",
        ("keywords", "tag", "tags"),
        "Photos with a keyword, or with one that stands in it.",
        "beach",
    ),
    FilterSpec(
        "date", ("taken", "year"), "Photos taken at a time.", '2024, 2024-07, 2023..2025, "last summer"'
    ),
    FilterSpec("camera", (), "Photos taken with a camera.", "nikon"),
    FilterSpec("lens", (), "Photos taken with a lens.", "50mm"),
    FilterSpec("type", ("format",), "Photos of a file type.", "jpeg"),
    FilterSpec(
        "source", ("by",), "Photos whose caption was written by a person, a model, or in the file.", "user"
    ),
    FilterSpec("sure", ("sureness",), "Photos whose caption fits this well.", "unsure"),
    FilterSpec("has", ("with",), "Photos that have something.", "gps"),
    FilterSpec("asked", ("question",), "Photos with a question or an answer that has these words.", "colour"),
    FilterSpec("is", (), "Photos in a state.", "missing"),
)
_BY_NAME = {name: spec for spec in FILTERS for name in (spec.name, *spec.aliases)}
_SHORTEST_MISTYPED = 3


def filter_named(name: str) -> FilterSpec | None:
    """The filter of a name or an alias, in any case."""
    return _BY_NAME.get(name.casefold())


def nearest_filter(name: str) -> FilterSpec | None:
    """The filter that was probably meant by a name that none has."""
    if len(name) < _SHORTEST_MISTYPED:
        return None
    near = difflib.get_close_matches(name.casefold()[:20], _BY_NAME, n=1, cutoff=0.75)
    return _BY_NAME[near[0]] if near else None
