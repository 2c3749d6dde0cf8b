"""The photos of a folder that have one stem, known from one look through the folder while it is as it was.

Looking through it for each photo would take longer the more there are: with 8,000 RAW photos and a sidecar
beside each, 15 ms a look.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from functools import lru_cache

from blipdesk.domain.suffixes import PHOTO_SUFFIXES

_SECONDS = 2.0
"""For so long a look goes at the most: FAT on Windows leaves a folder its time whatever changes in it."""


def twins_of(photo_path: str) -> list[str]:
    """The names of the other photos that have a photo's stem, in any case, as some file systems compare it.

    Raises:
        OSError: the folder may not be read.
    """
    folder, name = os.path.split(photo_path)
    folder = folder or "."
    found, moment = os.stat(folder), int(time.monotonic() / _SECONDS)
    photos = _photos_by_stem(folder, found.st_dev, found.st_ino, found.st_mtime_ns, moment)
    return [other for other in photos.get(_stem_of(name), ()) if other != name]


@lru_cache(maxsize=4)
def _photos_by_stem(folder: str, *_identity: int) -> Mapping[str, list[str]]:
    """The photos of a folder as it is at one time; the few threads that look are each in one folder."""
    photos: dict[str, list[str]] = {}
    for name in os.listdir(folder):
        if os.path.splitext(name)[1].lower() in PHOTO_SUFFIXES:
            photos.setdefault(_stem_of(name), []).append(name)
    return photos


def _stem_of(name: str) -> str:
    return os.path.splitext(name)[0].casefold()
