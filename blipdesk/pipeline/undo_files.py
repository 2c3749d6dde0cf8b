"""Which files an undo means, and where they are now.

The journal knows where they were written.  Since then photos may have moved, with their sidecars or without,
and others may stand where they were: what lies at a path of the journal is a photo's own only where the
photo's present path says so, or where nobody else's can be what it holds.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from blipdesk.pipeline.whereabouts import digest_of, names_of_sidecar

if TYPE_CHECKING:
    from blipdesk.catalog import UndoPlace


def files_meant(photo_id: int, places: Sequence[UndoPlace]) -> dict[str, UndoPlace]:
    """The files of a photo in which something is taken back, by where they are now.

    Args:
        photo_id: the photo.
        places: its own, and those of other photos that were written at the same paths.

    Returns:
        Each with the writes of every photo that it is a file of (a link, or a sidecar that two share).
    """
    found = [(_where(place, places), place) for place in places]
    own: dict[str, UndoPlace] = {}
    for path, place in found:
        if place.photo_id == photo_id:
            own[path] = own[path].joined(place) if path in own else place
    meant = {path: place for path, place in own.items() if place.taken}
    for path, place in found:
        if place.photo_id != photo_id and path in meant:
            meant[path] = meant[path].joined(place)
    return meant


def _where(place: UndoPlace, places: Sequence[UndoPlace]) -> str:
    """Where the file is now; a sidecar that moved with its photo is known by what it holds."""
    if place.embedded:
        return os.path.realpath(place.photo_path)
    names = names_of_sidecar(place.photo_path, place.target_path)
    if place.target_path in names:
        return place.target_path
    if place.newest:
        for path in names:
            if _is_newest(path, place):
                return path
        if _stayed_behind(place, places):
            return place.target_path
    return names[0]


def _stayed_behind(place: UndoPlace, places: Sequence[UndoPlace]) -> bool:
    """Whether a sidecar lies still where it was written, although its photo is elsewhere.

    A photo that is there now has it for its own by then: it is ours where what was written for that one
    found it there.
    """
    path = place.target_path
    for other in places:
        if (
            other.photo_id != place.photo_id
            and path in other.paths
            and path in names_of_sidecar(other.photo_path, other.target_path)
        ):
            if all(step.before_sha256 != place.newest for step in other.steps):
                return False
            place = place.joined(other)
    return _is_newest(path, place)


def _is_newest(path: str, place: UndoPlace) -> bool:
    """Whether a file is what our last write left."""
    return place.newest != "" and digest_of(path) == place.newest
