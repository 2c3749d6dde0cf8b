"""Read a photo's bytes without ever opening what is no regular file, and tell its content apart.

Runs in the parent process: opening a FIFO blocks for ever, opening ``/dev/zero`` never ends and opening a
cloud placeholder downloads it, so each path is looked at with ``stat`` first and again after the open.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat

from blipdesk.domain.errors import PhotoError, ProblemKind, photo_error
from blipdesk.domain.identity import EDGE, hash_of_parts
from blipdesk.domain.paths import shown_name
from blipdesk.domain.placeholders import is_placeholder
from blipdesk.domain.wording import later
from blipdesk.imaging.problems import too_many_bytes

_READ_AT_ONCE = 8 << 20
_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a FIFO that took the file's place after the stat must not block
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_GONE = frozenset({errno.ENOENT, errno.ENOTDIR})
_DENIED = frozenset({errno.EACCES, errno.EPERM})


def _error_of(path: str, error: OSError, link: bool) -> PhotoError:
    """The sentence for a failed ``stat``, ``open`` or ``read``."""
    name = shown_name(path)
    if error.errno == errno.ELOOP or (link and error.errno in _GONE):
        return photo_error(
            ProblemKind.NOT_REGULAR,
            later("{name} is a link that leads nowhere.").format(name=name),
            later("Delete the link or mend it."),
        )
    if error.errno in _GONE:
        return photo_error(
            ProblemKind.VANISHED,
            later("{name} is no longer there.").format(name=name),
            later("If it was moved, its folder is scanned again."),
        )
    if error.errno in _DENIED:
        return photo_error(
            ProblemKind.NO_ACCESS,
            later("There is no permission to read {name}.").format(name=name),
            later(
                "Give your user the right to read it (or close the program that holds it), then try again."
            ),
        )
    if error.errno in {errno.ENXIO, errno.ENODEV, errno.EISDIR}:
        return _not_regular(path, later("no ordinary file"))
    reason = error.strerror or "unknown error"
    return photo_error(
        ProblemKind.IO,
        later("{name} could not be read from the disk ({reason}).").format(name=name, reason=reason),
        later("Check the drive and its cable; the photo is tried again at the next start."),
    )


def _not_regular(path: str, what: str) -> PhotoError:
    return photo_error(
        ProblemKind.NOT_REGULAR,
        later("{path} is {what}, so it is not opened.").format(path=shown_name(path), what=what),
        later("Nothing needs to be done."),
    )


def _kind_in_words(mode: int) -> str:
    for test, words in (
        (stat.S_ISDIR, later("a folder")),
        (stat.S_ISFIFO, later("a pipe")),
        (stat.S_ISSOCK, later("a socket")),
        (stat.S_ISCHR, later("a device")),
        (stat.S_ISBLK, later("a device")),
    ):
        if test(mode):
            return words
    return later("no ordinary file")


def _check(path: str, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _not_regular(path, _kind_in_words(status.st_mode))
    if is_placeholder(status):
        raise photo_error(
            ProblemKind.NO_ACCESS,
            later("{path} lies in the cloud and not on this computer.").format(path=shown_name(path)),
            later("Make it available offline in your cloud program; it is tried again at the next start."),
        )


def _open_checked(path: str) -> tuple[int, os.stat_result]:
    """A descriptor of a regular file (a link to one is fine), and its ``fstat``.

    Raises:
        PhotoError: NOT_REGULAR, NO_ACCESS, VANISHED or IO.
    """
    link = False
    try:
        link = stat.S_ISLNK(os.lstat(path).st_mode)
        _check(path, os.stat(path))
        descriptor = os.open(path, _OPEN_FLAGS)
    except OSError as error:
        raise _error_of(path, error, link) from error
    except ValueError as error:  # a NUL in the name: no file can have it
        raise _error_of(path, OSError(errno.ENOENT, "no such file"), link) from error
    try:
        status = os.fstat(descriptor)
        _check(path, status)
    except OSError as error:
        os.close(descriptor)
        raise _error_of(path, error, link) from error
    except PhotoError:
        os.close(descriptor)
        raise
    return descriptor, status


def _read_exactly(descriptor: int, count: int) -> bytes:
    """Up to ``count`` bytes from the current position; less only where the file ends."""
    first = os.read(descriptor, min(count, _READ_AT_ONCE))
    if len(first) == count or not first:
        return first
    gathered = bytearray(first)
    while len(gathered) < count:
        piece = os.read(descriptor, min(count - len(gathered), _READ_AT_ONCE))
        if not piece:
            break
        gathered += piece
    return bytes(gathered)


def open_regular(path: str, max_bytes: int) -> bytes:
    """The whole content of a regular file, which is never opened if it is anything else.

    Args:
        path: a file, or a link to one.
        max_bytes: a larger file is refused before anything of it is read.

    Raises:
        PhotoError: NOT_REGULAR (pipe, socket, device, folder, broken or looping link), NO_ACCESS (also
            cloud placeholders), VANISHED, TOO_LARGE or IO.
    """
    descriptor, status = _open_checked(path)
    try:
        if status.st_size > max_bytes:
            raise too_many_bytes(path, status.st_size, max_bytes)
        return _read_exactly(descriptor, status.st_size)
    except OSError as error:
        raise _error_of(path, error, link=False) from error
    finally:
        os.close(descriptor)


def content_hash(path: str) -> str:
    """The identity of a file: hex sha256 over its size and its first and last 64 KiB.

    Raises:
        PhotoError: as :func:`open_regular`, but for the size.
    """
    descriptor, status = _open_checked(path)
    size = status.st_size
    try:
        head = _read_exactly(descriptor, min(size, EDGE))
        os.lseek(descriptor, max(0, size - EDGE), os.SEEK_SET)
        return hash_of_parts(size, head, _read_exactly(descriptor, min(size, EDGE)))
    except OSError as error:
        raise _error_of(path, error, link=False) from error
    finally:
        os.close(descriptor)


def whole_hash(path: str) -> str:
    """Hex sha256 over all bytes of a file, however large.

    Raises:
        PhotoError: as :func:`open_regular`, but for the size.
    """
    descriptor, _ = _open_checked(path)
    try:
        with open(descriptor, "rb", buffering=0, closefd=False) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _error_of(path, error, link=False) from error
    finally:
        os.close(descriptor)
