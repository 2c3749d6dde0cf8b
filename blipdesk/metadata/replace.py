"""Replacing a file by new bytes, so that a crash at any point leaves the old file or the new one.

Temp file in the same folder (short fixed name: a photo's own name may already be 255 bytes long), everything
the old file carries copied to it, fsync, the identity of the target checked again, one atomic rename, fsync
of the folder.  Nothing is ever opened for writing in place, and no photo is ever unlinked: only a sidecar
that we made is, when that is taken back.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Sequence

from blipdesk.domain.errors import PhotoError, ProblemKind, photo_error
from blipdesk.domain.paths import shown_name
from blipdesk.domain.values import FileStamp
from blipdesk.metadata.likeness import make_alike

TEMP_PATTERN = re.compile(r"\.blipdesk-[0-9a-f]{12}\.tmp")
"""Full match of the base name of our temporary files; scans pass them over."""
_WINDOWS_PAUSES = (0.05, 0.1, 0.2, 0.35, 0.5) if os.name == "nt" else ()
"""Seconds between tries: on Windows a virus scanner or viewer may hold the file for a moment."""
_NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK}
)
"""How file systems say that they know no hard links: FAT, exFAT, some network shares."""


def stamp_of(info: os.stat_result) -> FileStamp:
    """The identity that is checked again before the replace."""
    return FileStamp(info.st_size, info.st_mtime_ns, info.st_ino)


def replace_bytes(
    target: str,
    new: bytes,
    expected: FileStamp | None,
    *,
    like: str | None = None,
    keep_times: bool = True,
    rename: Callable[[str, str], None] | None = None,
    pauses: Sequence[float] = _WINDOWS_PAUSES,
) -> None:
    """Put ``new`` in the place of ``target``.

    Args:
        target: the file; its mode, owner, extended attributes (ACLs among them) and times are kept.
        new: all of its bytes.
        expected: its identity when it was read; None: it must not exist yet.
        like: for a new file: takes its permissions from this one.
        keep_times: photo programs date undated photos by their time, so it stays; of sidecars they only
            read those that changed.
        rename: does the atomic step (a test hands in a failing one); None: the one that never writes over a
            file that was not there when it was looked for.
        pauses: seconds to wait after each PermissionError of ``rename``.

    Raises:
        PhotoError: changed meanwhile, no room, no permission; the target is untouched, no temp file stays.
    """
    folder = os.path.dirname(target) or "."
    temp = os.path.join(folder, f".blipdesk-{secrets.token_hex(6)}.tmp")
    made = False
    try:
        _check_room(folder, len(new), target)
        descriptor = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _binary(), 0o600)
        made = True
        try:
            _write_all(descriptor, new)
            _dress(descriptor, temp, target, expected, like)
            if not keep_times:
                os.utime(temp)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _check_identity(target, expected)
        _rename(temp, target, rename or (os.replace if expected else place_new), pauses)
        made = False
        _sync_folder(folder)
    except FileExistsError as error:
        raise _changed(target) from error
    except PermissionError as error:
        raise photo_error(
            ProblemKind.NO_ACCESS,
            f"{shown_name(target)} could not be replaced: permission denied.",
            "Close programs that hold it open, or make its folder writable.",
        ) from error
    except OSError as error:
        raise photo_error(
            ProblemKind.IO,
            f"{shown_name(target)} could not be written: {error.strerror or error}.",
            "It is tried again; free some space if the disk is full.",
        ) from error
    finally:
        if made:
            _discard(temp)


def remove_file(target: str, expected: FileStamp) -> None:
    """Take a sidecar of ours away again.

    Args:
        target: the sidecar.
        expected: its identity when it was read and found to hold what we wrote.

    Raises:
        PhotoError: changed meanwhile, no permission; it is still there then.
    """
    try:
        _check_identity(target, expected)
        os.unlink(target)
    except OSError as error:
        raise photo_error(
            ProblemKind.NO_ACCESS, f"{shown_name(target)} could not be removed: {error.strerror or error}."
        ) from error
    _sync_folder(os.path.dirname(target) or ".")


def _binary() -> int:
    return getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


def _check_room(folder: str, size: int, target: str) -> None:
    free = shutil.disk_usage(folder).free
    if free < 2 * size:
        raise photo_error(
            ProblemKind.IO,
            f"There is too little room on the disk to write {shown_name(target)} safely.",
            "Free some space; the caption is kept and written later.",
        )


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _dress(descriptor: int, temp: str, target: str, expected: FileStamp | None, like: str | None) -> None:
    """Give the temp file what the target carries besides its bytes."""
    if expected is None:
        if like is not None and os.name == "posix":
            os.fchmod(descriptor, stat.S_IMODE(os.stat(like).st_mode) & 0o666 | 0o600)
        return
    make_alike(descriptor, temp, target)


def _check_identity(target: str, expected: FileStamp | None) -> None:
    try:
        found: FileStamp | None = stamp_of(os.lstat(target))
    except FileNotFoundError:
        found = None
    if found != expected:
        raise _changed(target)


def _changed(target: str) -> PhotoError:
    return photo_error(
        ProblemKind.IO,
        f"{shown_name(target)} was changed by another program meanwhile.",
        "It is looked at again.",
    )


def place_new(temp: str, target: str) -> None:
    """Give the temp file the name of one that must not be there yet, in one step.

    A rename would write over what another program made since it was looked for.

    Raises:
        FileExistsError: one is there.
    """
    if os.name != "posix":
        os.rename(temp, target)  # fails there where the name is taken
        return
    try:
        os.link(temp, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.replace(temp, target)
    else:
        _discard(temp)


def _rename(temp: str, target: str, rename: Callable[[str, str], None], pauses: Sequence[float]) -> None:
    for pause in (*pauses, None):
        try:
            rename(temp, target)
            return
        except PermissionError:
            if pause is None:
                raise
            time.sleep(pause)


def _sync_folder(folder: str) -> None:
    """Make the rename durable where that can be done.

    Never raises: the rename is done, and a folder that may not be read or a network file system that cannot
    sync one does not undo it.
    """
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _discard(temp: str) -> None:
    with contextlib.suppress(OSError):  # else swept at the next start
        os.unlink(temp)


def sweep(folder: str) -> int:
    """Remove what a killed write left in ``folder``.

    Only for the holder of the catalog's lock, and not while it writes there: a temp file of a living write
    looks the same.

    Returns:
        How many files were removed.
    """
    removed = 0
    try:
        names = os.listdir(folder)
    except OSError:
        return 0
    for name in names:
        path = os.path.join(folder, name)
        if TEMP_PATTERN.fullmatch(name):
            try:
                if stat.S_ISREG(os.lstat(path).st_mode):
                    os.unlink(path)
                    removed += 1
            except OSError:
                continue
    return removed
