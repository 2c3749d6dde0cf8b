"""The sidecar that tells of a photo: which of a folder's files it is, what it holds, whether it changed."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.values import FileStamp
from blipdesk.metadata.files import read_file
from blipdesk.metadata.sidecar import choose, is_raw
from blipdesk.metadata.xmp import MAX_SIDECAR

_SUFFIX = ".xmp"


def is_sidecar_name(name: str) -> bool:
    """Whether a file's name or path is that of a sidecar."""
    return name[-len(_SUFFIX) :].lower() == _SUFFIX


@dataclass(frozen=True, slots=True)
class Beside:
    """A photo's sidecar as it is now; both None where it has none.

    Attributes:
        data: its bytes; None where it cannot be read (too large, no permission, in the cloud only).
        stamp: its size and time, by which a change is told.
    """

    data: bytes | None = None
    stamp: FileStamp | None = None

    @property
    def digest(self) -> str:
        """The sha256 of its bytes, in hex; empty where it is not there."""
        return "" if self.data is None else hashlib.sha256(self.data).hexdigest()


def stamp_beside(status: os.stat_result) -> FileStamp | None:
    """Size and time of a sidecar; None of what is no regular file."""
    regular = stat.S_ISREG(status.st_mode)
    return FileStamp(status.st_size, status.st_mtime_ns) if regular else None


def read_beside(photo_path: str) -> Beside:
    """The sidecar that belongs to a photo, by the rule of :func:`blipdesk.metadata.sidecar.choose`."""
    try:
        path = os.path.realpath(choose(photo_path))
        stamp = stamp_beside(os.stat(path))  # before the bytes: what changes meanwhile is noticed later
        return Beside(read_file(path, MAX_SIDECAR).data, stamp) if stamp else Beside()
    except PhotoError:
        return Beside(None, stamp)
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return Beside()


class Sidecars:
    """Which sidecar belongs to which photo of one folder, by the names in it alone.

    The same rule as :func:`blipdesk.metadata.sidecar.choose`, for a scan that has the folder's list anyway.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = names
        self._sidecars = {name for name in names if is_sidecar_name(name)}
        self._stems: dict[str, list[str]] | None = None

    def __bool__(self) -> bool:
        return bool(self._sidecars)

    def of(self, name: str) -> str | None:
        """The name of a photo's sidecar."""
        if not self._sidecars:
            return None
        stem = os.path.splitext(name)[0]
        for own in (f"{name}.xmp", f"{name}.XMP"):
            if own in self._sidecars:
                return own
        for shared in (f"{stem}.xmp", f"{stem}.XMP"):
            if shared in self._sidecars and self._is_of(name, stem):
                return shared
        return None

    def _is_of(self, name: str, stem: str) -> bool:
        """Whether ``photo.xmp`` is this photo's: of two with one stem it is the RAW photo's."""
        if self._stems is None:
            self._stems = {}
            for other in self._names:
                if other not in self._sidecars:
                    self._stems.setdefault(os.path.splitext(other)[0], []).append(other)
        twins = [other for other in self._stems.get(stem, ()) if other != name]
        return not any(map(is_raw, twins)) if is_raw(name) else not twins
