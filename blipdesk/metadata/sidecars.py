"""The sidecars that tell of a photo: which files they are, what they hold, whether they changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.values import FileStamp
from blipdesk.metadata.charsets import in_utf_8
from blipdesk.metadata.files import read_file
from blipdesk.metadata.sidecar import existing, is_others
from blipdesk.metadata.xmp import MAX_SIDECAR

_SUFFIX = ".xmp"
_NUL = b"\0"


def is_sidecar_name(name: str) -> bool:
    """Whether a file's name or path is that of a sidecar."""
    return name[-len(_SUFFIX) :].lower() == _SUFFIX


@dataclass(frozen=True, slots=True)
class Beside:
    """A photo's sidecars as they are now: ``photo.jpg.xmp``, its own ``photo.xmp``, or both.

    Attributes:
        data: what they hold, for :func:`split_sidecars`; None where none can be read (too large, no
            permission, in the cloud only).
        stamp: size and time by which a change is told; None where there are none.
        digest: the sha256 of the only one, in hex; empty where there is none, or more.
    """

    data: bytes | None = None
    stamp: FileStamp | None = None
    digest: str = ""


def stamp_beside(found: Iterable[os.stat_result]) -> FileStamp | None:
    """Sizes and last time of the sidecars of one photo; None where none is a regular file."""
    sidecars = [status for status in found if stat.S_ISREG(status.st_mode)]
    if not sidecars:
        return None
    return FileStamp(sum(s.st_size for s in sidecars), max(s.st_mtime_ns for s in sidecars))


def read_beside(photo_path: str) -> Beside:
    """The sidecars that belong to a photo, by the rule of :func:`blipdesk.metadata.sidecar.choose`."""
    folder, name = os.path.split(photo_path)
    held: list[bytes] = []
    found: list[os.stat_result] = []
    for own in _names_beside(folder, name):
        try:
            path = os.path.realpath(os.path.join(folder, own))
            found.append(os.stat(path))  # before the bytes: what changes meanwhile is noticed later
            held.append(read_file(path, MAX_SIDECAR).data)
        except (PhotoError, OSError, ValueError):  # ValueError: a name that no file can have
            continue
    digest = hashlib.sha256(held[0]).hexdigest() if len(held) == len(found) == 1 else ""
    return Beside(_NUL.join(map(in_utf_8, held)) if held else None, stamp_beside(found), digest)


def split_sidecars(joined: bytes | None) -> list[bytes]:
    """The sidecars that :func:`read_beside` put together: no XML holds a NUL (XML 1.0, 2.2)."""
    return [] if joined is None else joined.split(_NUL)


def _names_beside(folder: str, name: str) -> tuple[str, ...]:
    own = existing(os.path.join(folder, name))
    if not own:
        return ()
    if all(path.lower() == f"{os.path.join(folder, name)}{_SUFFIX}".lower() for path in own):
        return (os.path.basename(own[0]),)  # nobody else's: the folder need not be looked through
    try:
        return Sidecars(os.listdir(folder or ".")).of(name)
    except OSError:
        return ()


class Sidecars:
    """Which sidecars belong to which photo of one folder, by the names in it alone.

    The same rule as :func:`blipdesk.metadata.sidecar.choose`, for a scan that has the folder's list anyway.
    Where there are two, both are read: ours may be the one, another program's the other.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self._sidecars = {name for name in names if is_sidecar_name(name)}
        self._stems: dict[str, list[str]] | None = None

    def of(self, name: str) -> tuple[str, ...]:
        """The names of a photo's sidecars, ``photo.jpg.xmp`` first."""
        if not self._sidecars:
            return ()
        stem = os.path.splitext(name)[0]
        own = next((own for own in (f"{name}.xmp", f"{name}.XMP") if own in self._sidecars), None)
        adobe = next((own for own in (f"{stem}.xmp", f"{stem}.XMP") if own in self._sidecars), None)
        if adobe is not None and is_others(name, self._twins(name, stem)):
            adobe = None
        return tuple(found for found in (own, adobe) if found is not None)

    def _twins(self, name: str, stem: str) -> list[str]:
        """The other files of that stem, sidecars left out."""
        if self._stems is None:
            self._stems = {}
            for other in self._names:
                if other not in self._sidecars:
                    self._stems.setdefault(os.path.splitext(other)[0], []).append(other)
        return [other for other in self._stems.get(stem, ()) if other != name]
