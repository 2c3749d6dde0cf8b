"""The sidecars of a photo: which files they are, what they hold, whether they changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.suffixes import RAW_SUFFIXES, SUFFIXES_OF, suffix_of
from blipdesk.domain.values import FileStamp
from blipdesk.metadata.charsets import in_utf_8
from blipdesk.metadata.files import read_file
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.twins import twins_of
from blipdesk.metadata.xmp import MAX_SIDECAR, Xmp
from blipdesk.metadata.xmp_values import XmpValues

_SUFFIX = ".xmp"
_NUL = b"\0"
_JPEG_SUFFIXES = frozenset(SUFFIXES_OF["JPEG"])


def is_sidecar_name(name: str) -> bool:
    """Whether a file's name or path is that of a sidecar."""
    return name[-len(_SUFFIX) :].lower() == _SUFFIX


def sidecar_names(photo_path: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """How a photo's sidecars may be named, ``photo.jpg.xmp`` before ``photo.xmp``, each in both spellings."""
    stem = os.path.splitext(photo_path)[0]
    return (photo_path + ".xmp", photo_path + ".XMP"), (stem + ".xmp", stem + ".XMP")


def named(photo_path: str) -> list[str]:
    """What lies beside a photo by the name of its sidecars, in that order."""
    # a case-insensitive file system answers to both spellings
    found = (next(filter(os.path.isfile, names), None) for names in sidecar_names(photo_path))
    return [name for name in found if name is not None]


def existing(photo_path: str) -> list[str]:
    """The sidecars of a photo, in that order: ``photo.xmp`` may be that of another photo of its stem."""
    own = photo_path.lower() + ".xmp"
    return [path for path in named(photo_path) if path.lower() == own or _is_for(photo_path, path)]


def new_name(photo_path: str, adobe_names: bool = False) -> str:
    """Where the text of a photo goes that has no sidecar.

    That is ``photo.jpg.xmp``, which no other photo of the same stem can take for its own; for RAW photos it
    may be ``photo.xmp``, the one name that Adobe's programs look for (they read sidecars of RAW alone).

    Args:
        photo_path: the photo.
        adobe_names: a RAW photo's gets that name, where it can only be its own.
    """
    adobe = os.path.splitext(photo_path)[0] + ".xmp"
    if adobe_names and _is_raw(photo_path) and not os.path.lexists(adobe) and _is_for(photo_path, adobe):
        return adobe
    return photo_path + ".xmp"


def bytes_of(path: str) -> bytes | None:
    """The bytes of a sidecar.

    None where it cannot be read: too large, no regular file, no permission, in the cloud only (it is not
    opened then).
    """
    try:
        return read_file(os.path.realpath(path), MAX_SIDECAR).data
    except (PhotoError, OSError):
        return None


def _is_raw(path: str) -> bool:
    """Whether a file's name is that of a RAW photo; DNG holds its XMP itself."""
    return suffix_of(path) in RAW_SUFFIXES and suffix_of(path) != ".dng"


def _rank(name: str) -> int:
    """Whose ``photo.xmp`` it is, of several photos with one stem: that of the lowest rank."""
    if _is_raw(name):
        return 0
    suffix = suffix_of(name)
    return 1 if suffix in RAW_SUFFIXES else 2 if suffix in _JPEG_SUFFIXES else 3


def _is_for(photo_path: str, adobe: str) -> bool:
    """Whether ``photo.xmp`` is a photo's own: no other photo has its stem, or it comes before those."""
    try:
        twins = twins_of(photo_path)
    except OSError:
        return False
    return not twins or _comes_first(os.path.basename(photo_path), twins, _made_for(bytes_of(adobe)))


def _comes_first(name: str, twins: Sequence[str], made_for: str) -> bool:
    """Whether the one ``photo.xmp`` of several photos is a photo's.

    Adobe's programs make it for RAW photos, and other programs that know the name look for those first: the
    JPEG beside one has ``photo.jpg.xmp``.  What the sidecar itself says comes before.

    Args:
        name: the photo's.
        twins: those of the other photos of its stem.
        made_for: the suffix of the photo for which the sidecar says that it was made; empty: it does not.
    """
    theirs = [suffix_of(twin) for twin in twins]
    if made_for in (suffix_of(name), *theirs):
        return made_for not in theirs
    return all(_rank(name) < _rank(twin) for twin in twins)


def _made_for(data: bytes | None) -> str:
    """The suffix of the photo for which a sidecar says that it was made; empty where it does not.

    The rest of that name goes for nothing: files are renamed together by programs that do not look into them.
    """
    try:
        values = XmpValues(Xmp(in_utf_8(data or b"")))
    except Refusal:
        return ""
    extension = values.text("photoshop SidecarForExtension")
    return suffix_of(f"x.{extension}" if extension else values.text("crs RawFileName"))


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
    """The sidecars that belong to a photo, by the rule of :func:`existing`.

    The stamp is that of all that may be its sidecars by their names, as a scan sees them.
    """
    found: list[os.stat_result] = []
    for path in named(photo_path):
        with suppress(OSError):
            found.append(os.stat(path))  # before the bytes: what changes meanwhile is noticed later
    own = existing(photo_path)
    held = [data for path in own if (data := bytes_of(path)) is not None]
    digest = hashlib.sha256(held[0]).hexdigest() if len(held) == len(own) == 1 else ""
    return Beside(_NUL.join(map(in_utf_8, held)) if held else None, stamp_beside(found), digest)


def split_sidecars(joined: bytes | None) -> list[bytes]:
    """The sidecars that :func:`read_beside` put together: no XML holds a NUL (XML 1.0, 2.2)."""
    return [] if joined is None else joined.split(_NUL)


class Sidecars:
    """What may be the sidecars of which photo of one folder, by the names in it alone.

    The same names as :func:`named`, for a scan that has the folder's list anyway.
    Where there are two, both are read: ours may be the one, another program's the other.  Which photo of a
    stem ``photo.xmp`` belongs to may stand in it alone: a change of it has each of them looked at.
    """

    def __init__(self, names: Collection[str]) -> None:
        self._sidecars = {name for name in names if is_sidecar_name(name)}

    def of(self, name: str) -> tuple[str, ...]:
        """The names of a photo's sidecars, ``photo.jpg.xmp`` first."""
        if not self._sidecars:
            return ()
        found = (next((own for own in both if own in self._sidecars), None) for both in sidecar_names(name))
        return tuple(own for own in found if own is not None)
