"""Reading a whole photo or sidecar, where that is safe: regular, not too large, on this computer."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from blipdesk.domain.errors import ProblemKind, photo_error
from blipdesk.domain.paths import shown_name
from blipdesk.domain.placeholders import is_placeholder
from blipdesk.domain.values import FileStamp
from blipdesk.domain.wording import later
from blipdesk.metadata.chunks import Sliced
from blipdesk.metadata.replace import stamp_of

MAX_PHOTO = 1 << 30
"""Bytes of a photo that is replaced: it is held in memory twice."""
READ_ONLY = later("The photo's folder is read-only; make it writable, or let captions stay in the catalog.")
_BUSY, _AGAIN = later("is being changed by another program."), later("Try again when that is done.")


@dataclass(frozen=True, slots=True)
class File:
    """A file that was read: its bytes and its identity before the reading; of a large one a part alone."""

    path: str
    data: bytes
    info: os.stat_result
    whole: bool = True

    @property
    def stamp(self) -> FileStamp:
        """What is checked again before the file is replaced."""
        return stamp_of(self.info)


class _Stored:
    """A large file, of which parts are read when they are asked for.

    It is not mapped into memory: the process would end where the file is cut off, or its drive goes away.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, _ = part.indices(self._size)
        self._file.seek(start)
        return self._file.read(max(0, stop - start))


def read_file(path: str, limit: int, part: Callable[[Sliced], bytes] | None = None) -> File:
    """The bytes of a regular file, and what it was just before.

    Args:
        path: the file; a link is none.
        limit: bytes that are read.
        part: of a larger file what it picks; None: a larger one is refused.

    Raises:
        PhotoError: not a regular file, too large, gone, no permission, in the cloud only.
    """
    name = shown_name(path)
    try:
        before = os.lstat(path)
        if not stat.S_ISREG(before.st_mode):
            raise photo_error(
                ProblemKind.NOT_REGULAR, later("{name} is not a regular file.").format(name=name)
            )
        if is_placeholder(before):
            raise photo_error(
                ProblemKind.IO,
                later("{name} is in the cloud only.").format(name=name),
                later("Make it available on this computer first."),
            )
        large = before.st_size > limit
        if large and part is None:
            said = later("{name} is too large to be changed safely.").format(name=name)
            raise photo_error(ProblemKind.TOO_LARGE, said, later("It was left as it is."))
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
        flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(path, flags), "rb") as file:
            if stamp_of(os.fstat(file.fileno())) != stamp_of(before):  # another took its name since
                raise photo_error(ProblemKind.IO, f"{name} {_BUSY}", _AGAIN)
            if large and part is not None:
                picked = part(_Stored(file, before.st_size))
                if os.fstat(file.fileno()).st_size == before.st_size:
                    return File(path, picked, before, whole=False)
                raise photo_error(ProblemKind.IO, f"{name} {_BUSY}", _AGAIN)
            data = file.read(before.st_size + 1)  # as much memory is asked for as is read
    except FileNotFoundError as error:
        remedy = later("Put it back, or look through its folder again if it was moved.")
        raise photo_error(
            ProblemKind.VANISHED, later("{name} is no longer there.").format(name=name), remedy
        ) from error
    except PermissionError as error:
        remedy = later("Allow your user account to read it.")
        raise photo_error(
            ProblemKind.NO_ACCESS, later("{name} may not be read.").format(name=name), remedy
        ) from error
    except OSError as error:
        said = later("{name} cannot be read: {reason}.").format(name=name, reason=error.strerror or error)
        raise photo_error(ProblemKind.IO, said, later("Check its drive, then try again.")) from error
    if len(data) != before.st_size:
        raise photo_error(ProblemKind.IO, f"{name} {_BUSY}", _AGAIN)
    return File(path, data, before)


def may_replace(path: str, info: os.stat_result) -> bool:
    """Whether the file may be replaced by one that is like it in everything but its bytes.

    A rename succeeds over a read-only file, so that its mode must be asked.
    """
    if not info.st_mode & 0o222 or not os.access(path, os.W_OK):
        return False
    if os.name != "posix" or os.geteuid() == 0:
        return True
    return info.st_uid == os.geteuid() and info.st_gid in {os.getegid(), *os.getgroups()}


def may_write_folder(path: str) -> bool:
    """Whether a file may be put into the folder of ``path``, or taken out of it."""
    folder = os.path.dirname(path) or "."
    try:
        mode = os.stat(folder).st_mode
    except OSError:
        return False
    return bool(mode & 0o222) and os.access(folder, os.W_OK | os.X_OK)
