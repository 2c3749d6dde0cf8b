"""Keywords that stand in one another, as the programs that know them write them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from blipdesk.domain.own_texts import leaf
from blipdesk.metadata import xmp
from blipdesk.metadata.charsets import is_texty
from blipdesk.metadata.wanted import Wanted, not_among
from blipdesk.metadata.xmp_values import XmpValues

_LISTS = (
    ("lightroom hierarchicalSubject", "|"),
    ("digikam TagsList", "/"),
    ("microsoft LastKeywordXMP", "/"),
    ("microsoft0 LastKeywordXMP", "/"),
    ("mediapro CatalogSets", "|"),
)
_WRITTEN = {xmp.HIERARCHICAL: "|", xmp.TAGS_LIST: "/"}
"""The lists with a hierarchy that are written, and what separates levels there."""
_INSTEAD = "\\"
"""What digiKam itself makes of a slash within a tag's name that it reads in another program's list."""
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


def compared(level: str) -> str:
    """A level without what programs write in different ways."""
    return " ".join(level.casefold().replace("|", "/").replace(_INSTEAD, "/").split())


# ---------------------------------------------------------------------------------- lists that are written

_Path = tuple[str, ...]
_Places = dict[str, dict[_Path, _Path]]
"""Of a level the paths that lead down to it, by their own levels; levels as they are compared."""


def missing(name: str, standing: _Path, wanted: Wanted) -> tuple[_Path, _Path]:
    """What a list has to gain to say the person's keywords, and the machine's.

    A list without a hierarchy says a path by its last level, as other programs have it.
    In a list with a hierarchy a keyword is said by any path that it is a level of.  One that other lists have
    in a path gets that path, in the list's own writing: a second tag that stands by itself would be another.

    Args:
        name: the property.
        standing: what the list holds.
        wanted: the keywords, and the paths that are known.
    """
    people, machine = wanted.missing(standing)
    mark = _WRITTEN.get(name)
    if mark is None:
        return not_among(standing, tuple(map(leaf, people)), tuple(map(leaf, machine)))
    asked = {compared(level) for keyword in (*people, *machine) for level in _split(keyword)}
    held = _places((text.split(mark) for text in standing), asked)
    typed = (keyword for keyword in (*people, *machine) if "|" in keyword)
    known = _places((_split(path) for path in (*wanted.keyword_paths, *typed)), asked)
    theirs = _gained(people, held, known)
    ours = {key: path for key, path in _gained(machine, held, known).items() if key not in theirs}
    above = {key[:depth] for key in (*theirs, *ours) for depth in range(1, len(key))}
    first, second = (
        tuple(
            mark.join(level.replace(mark, _INSTEAD) for level in path)
            for key, path in gained.items()
            if key not in above
        )
        for gained in (theirs, ours)
    )
    return first, second


def _gained(keywords: Iterable[str], held: _Places, known: _Places) -> dict[_Path, _Path]:
    """The paths, by how they are compared, that say keywords which are not held."""
    gained: dict[_Path, _Path] = {}
    for keyword in keywords:
        path = _split(keyword)
        key = tuple(map(compared, path))
        standing = held.get(key[-1], {})
        if len(path) == 1 and not standing:
            gained |= known.get(key[-1], {key: path})
        elif len(path) > 1 and key not in standing:
            gained[key] = path
    return gained


def _places(paths: Iterable[Sequence[str]], asked: Collection[str]) -> _Places:
    """The paths, or the parts of them from the top, that lead down to the levels asked for."""
    found: _Places = {}
    for levels in paths:
        path = tuple(levels[:_MAX_LEVELS])
        key = tuple(map(compared, path))
        for depth, level in enumerate(key, 1):
            if level in asked:
                found.setdefault(level, {}).setdefault(key[:depth], path[:depth])
    return found


def _split(keyword: str) -> _Path:
    """The levels of a keyword: ``|`` separates them wherever people write them in one text."""
    levels = tuple(level for part in keyword.split("|") if (level := part.strip()))
    return levels if 0 < len(levels) <= _MAX_LEVELS and len(keyword) <= _MAX_PATH else (keyword,)
