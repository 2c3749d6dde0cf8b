"""The sidecars of a photo: which files they are, what they hold, whether they changed."""

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
from blipdesk.metadata.xmp import MAX_SIDECAR

_SUFFIX = ".xmp"
_NUL = b"\0"
# fmt: off
_RAW = frozenset({
    ".3fr", ".ari", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".erf", ".fff", ".iiq", ".k25", ".kdc", ".mef",
    ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw",
    ".x3f",
})
# fmt: on


def is_sidecar_name(name: str) -> bool:
    """Whether a file's name or path is that of a sidecar."""
    return name[-len(_SUFFIX) :].lower() == _SUFFIX


def existing(photo_path: str) -> list[str]:
    """The sidecars that lie beside a photo, ``photo.jpg.xmp`` before ``photo.xmp``."""
    stem = os.path.splitext(photo_path)[0]
    names = (photo_path + ".xmp", photo_path + ".XMP", stem + ".xmp", stem + ".XMP")
    found: list[str] = []
    for name in names:
        # a case-insensitive file system answers to both spellings
        if os.path.isfile(name) and not any(os.path.samefile(name, other) for other in found):
            found.append(name)
    return found


def choose(photo_path: str, adobe_names: bool = False) -> str:
    """Where the text goes: an existing sidecar of this photo, else a new one beside it.

    That is ``photo.jpg.xmp``, which no other photo of the same stem can take for its own; for RAW photos it
    may be ``photo.xmp``, the one name that Adobe's programs look for (they read sidecars of RAW alone).
    ``photo.xmp`` is left alone where it may be that of another file: a JPEG's RAW twin, another RAW photo.

    Args:
        photo_path: the photo.
        adobe_names: a RAW photo's new sidecar gets that name.
    """
    own = photo_path + ".xmp"
    found = existing(photo_path)
    adobe = adobe_names and is_raw(photo_path)
    ours_alone = not adobe and all(path.lower() == own.lower() for path in found)
    shared = not ours_alone and _shares_stem(photo_path)  # looks at all the folder
    for path in found:
        if path.lower() == own.lower() or not shared:
            return path
    return os.path.splitext(photo_path)[0] + ".xmp" if adobe and not shared else own


def read_sidecar(photo_path: str) -> bytes | None:
    """The bytes of the sidecar that belongs to a photo, by the rule of :func:`choose`.

    None where there is none, and where it cannot be read: too large, no regular file, no permission, in the
    cloud only (it is not opened then).
    """
    try:
        return read_file(os.path.realpath(choose(photo_path)), MAX_SIDECAR).data
    except (PhotoError, OSError, ValueError):  # ValueError: a name that no file can have
        return None


def is_raw(path: str) -> bool:
    """Whether a file's name is that of a RAW photo; DNG holds its XMP itself."""
    return os.path.splitext(path)[1].lower() in _RAW


def is_others(name: str, twins: Collection[str]) -> bool:
    """Whether ``photo.xmp`` may be another file's: of two with one stem it is the RAW photo's.

    Args:
        name: the photo's.
        twins: the other files of its stem, sidecars left out.
    """
    return any(map(is_raw, twins)) if is_raw(name) else bool(twins)


def _shares_stem(photo_path: str) -> bool:
    """The same, by a look at all of the photo's folder."""
    folder, name = os.path.split(photo_path)
    stem = os.path.splitext(name)[0]
    try:
        others = os.listdir(folder or ".")
    except OSError:
        return True
    twins = [
        o for o in others if os.path.splitext(o)[0] == stem and o != name and not o.lower().endswith(".xmp")
    ]
    return is_others(name, twins)


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
    """The sidecars that belong to a photo, by the rule of :func:`choose`."""
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

    The same rule as :func:`choose`, for a scan that has the folder's list anyway.
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
