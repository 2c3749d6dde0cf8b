"""Keywords that stand in one another, as the programs that know them write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from blipdesk.metadata.charsets import is_texty
from blipdesk.metadata.xmp_values import XmpValues

_LISTS = (
    ("lightroom hierarchicalSubject", "|"),
    ("digikam TagsList", "/"),
    ("microsoft LastKeywordXMP", "/"),
    ("microsoft0 LastKeywordXMP", "/"),
    ("mediapro CatalogSets", "|"),
)
_ACDSEE = re.compile(r"<Category(?: Assigned=\"(\d)\")?>([^<]{0,500})|(</Category>)")
_MOST, _MAX_LEVELS, _MAX_PATH = 200, 20, 500


def keyword_paths(packets: Sequence[XmpValues]) -> tuple[str, ...]:
    """The keywords that packets have in a hierarchy, levels joined by ``|``, each once, in their order."""
    found: dict[str, None] = {}
    for packet in packets:
        for levels in _levels(packet):
            path = "|".join(levels)
            if levels and len(path) <= _MAX_PATH and is_texty(path):
                found.setdefault(path)
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found)


def _levels(packet: XmpValues) -> Iterator[list[str]]:
    paths = chain(
        ((path, mark) for name, mark in _LISTS for path in packet.texts(name)),
        ((path, "|") for path in packet.hierarchy(_MAX_PATH)),
        ((path, "|") for path in _acdsee(packet.text("acdsee categories"))),
    )
    for path, mark in paths:
        levels = [" ".join(level.replace("|", "/").split()) for level in path.split(mark)]
        yield [level for level in levels if level][:_MAX_LEVELS]


def _acdsee(text: str) -> Iterable[str]:
    """The assigned categories of ACDSee's own list, an XML document in a property."""
    levels: list[str] = []
    for match in _ACDSEE.finditer(text[:100_000]):
        if match[3]:
            del levels[-1:]
            continue
        levels.append(match[2].strip())
        if match[1] == "1" and len(levels) <= _MAX_LEVELS:
            yield "|".join(levels)


def leaves(paths: Iterable[str]) -> list[str]:
    """The keyword that each path ends in."""
    return [path.rpartition("|")[2] for path in paths]
