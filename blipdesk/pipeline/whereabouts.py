"""Where files of the journal are now, and what they hold: photos move with their sidecars, and drives go."""

from __future__ import annotations

import os

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.suffixes import suffix_of
from blipdesk.imaging import whole_hash
from blipdesk.metadata import sidecar_names


def digest_of(path: str) -> str | None:
    """The sha256 of a file; empty where there certainly is none, None where nobody can tell now.

    The whole file counts: a change in the midst of one of the same size leaves its content hash as it was.
    """
    try:
        os.lstat(path)
        return whole_hash(path)
    except FileNotFoundError:
        return "" if _answers(os.path.dirname(path)) else None
    except (OSError, PhotoError):
        return None


def names_of_sidecar(photo_path: str, written: str) -> list[str]:
    """What a photo's sidecars can be called where the photo is now, first as the one that was written."""
    stem, suffix = os.path.splitext(written)
    by_photo, by_stem = sidecar_names(photo_path)
    is_by_photo = suffix_of(stem) == suffix_of(photo_path)
    names = (*by_photo, *by_stem) if is_by_photo else (*by_stem, *by_photo)
    return sorted(map(os.path.realpath, names), key=lambda name: not name.endswith(suffix))


def _answers(folder: str) -> bool:
    """Whether what is in a folder can be told: an empty one may be where a drive was connected."""
    try:
        with os.scandir(folder or ".") as entries:
            return next(entries, None) is not None
    except OSError:
        return False
