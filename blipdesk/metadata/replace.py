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
from dataclasses import dataclass

from blipdesk.domain.errors import PhotoError, ProblemKind, photo_error
from blipdesk.domain.paths import shown_name
from blipdesk.domain.values import FileStamp
from blipdesk.domain.wording import later
from blipdesk.metadata.likeness import make_alike
from blipdesk.metadata.no_replace import rename_to_free_name

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
    # ctime (on Windows that of creation) tells an edit that kept size and time, and one of the attributes
    return FileStamp(
        info.st_size, info.st_mtime_ns, info.st_ino, (info.st_mode, info.st_nlink, info.st_ctime_ns)
    )


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is to stand in the place of a file.

    Attributes:
        target: the file; its mode, owner, extended attributes (ACLs among them) and times are kept.
        new: all of its bytes.
        expected: its identity when it was read; None: it must not exist yet.
        like: for a new file: takes its permissions from this one.
        keep_times: photo programs date undated photos by their time, so it stays; of sidecars they only
            read those that changed.
    """

    target: str
    new: bytes
    expected: FileStamp | None
    like: str | None = None
    keep_times: bool = True

    @property
    def folder(self) -> str:
        """Where it lies, and its temp file."""
        return os.path.dirname(self.target) or "."


def replace_all(replacements: Sequence[Replacement]) -> list[FileStamp | PhotoError]:
    """Put new bytes in the place of different files, each as safely as alone; no temp file of theirs stays.

    All temp files are written before the first is flushed: a journalling file system then commits them
    together.  Each folder is flushed once, behind all renames.  Where there is little room, they are replaced
    one after the other, since each gives back the room of the old file.

    Returns:
        What each file is then, or why it is untouched.
    """
    size = sum(len(one.new) for one in replacements)
    is_room = all(_is_room(folder, size) for folder in {one.folder for one in replacements})
    parts = [replacements] if is_room else [[one] for one in replacements]
    return [result for part in parts for result in _replace_together(part)]


def _replace_together(replacements: Sequence[Replacement]) -> list[FileStamp | PhotoError]:
    temps = [_Temp(one) for one in replacements]
    try:
        for temp in temps:
            temp.attempt(temp.fill)
        # From the last one on: flushing the one that was made last commits the others with it.
        for temp in reversed(temps):
            temp.attempt(temp.flush)
        for temp in temps:
            temp.attempt(temp.put)
    finally:
        for temp in temps:
            temp.close()
        for folder in dict.fromkeys(temp.folder for temp in temps if temp.is_placed):
            _sync_folder(folder)
    return [temp.result for temp in temps]


class _Temp:
    """The new bytes of a file, beside it until they take its place; the steps are taken in their order."""

    def __init__(self, replacement: Replacement) -> None:
        self._what = replacement
        self.folder = replacement.folder
        self._path = os.path.join(self.folder, f".blipdesk-{secrets.token_hex(6)}.tmp")
        self._descriptor: int | None = None
        self._stamp: FileStamp | None = None
        self._error: PhotoError | None = None
        self._is_made = False
        self.is_placed = False

    @property
    def result(self) -> FileStamp | PhotoError:
        """What the file is now, or why it is untouched."""
        found = self._error or self._stamp
        assert found is not None
        return found

    def attempt(self, step: Callable[[], None]) -> None:
        """Take a step, unless an earlier one failed; what fails is kept as the result."""
        if self._error is not None:
            return
        name = shown_name(self._what.target)
        try:
            step()
        except PhotoError as error:
            self._error = error
        except FileExistsError as error:
            self._error = _changed(self._what.target)
            self._error.__cause__ = error
        except PermissionError as error:
            self._error = photo_error(
                ProblemKind.NO_ACCESS,
                later("{name} could not be replaced: permission denied.").format(name=name),
                later("Close programs that hold it open, or make its folder writable."),
            )
            self._error.__cause__ = error
        except OSError as error:
            self._error = photo_error(
                ProblemKind.IO,
                later("{name} could not be written: {reason}.").format(
                    name=name, reason=error.strerror or error
                ),
                later("Free some space if the disk is full, then try again."),
            )
            self._error.__cause__ = error
        if self._error is not None:
            self.close()  # its room is for the next one

    def fill(self) -> None:
        """Write the bytes, and give the file what the target carries besides."""
        what = self._what
        problem = room_problem(what.target, len(what.new))
        if problem is not None:
            raise problem
        self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _binary(), 0o600)
        self._is_made = True
        _write_all(self._descriptor, what.new)
        _dress(self._descriptor, self._path, what.target, what.expected, what.like)
        if not what.keep_times:
            os.utime(self._path)

    def flush(self) -> None:
        """Have all of it on the disk."""
        assert self._descriptor is not None
        os.fsync(self._descriptor)

    def put(self) -> None:
        """The atomic step, where the target still is what it was."""
        self._close_descriptor()
        self._stamp = stamp_of(os.lstat(self._path))
        target, expected = self._what.target, self._what.expected
        _check_identity(target, expected)
        _rename(self._path, target, os.replace if expected else place_new)
        self.is_placed = True

    def close(self) -> None:
        """Leave nothing behind but what took the target's place."""
        with contextlib.suppress(OSError):
            self._close_descriptor()
        if self._is_made and not self.is_placed:
            self._is_made = False
            _discard(self._path)

    def _close_descriptor(self) -> None:
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.close(descriptor)


def remove_all(files: Sequence[tuple[str, FileStamp | None]]) -> list[PhotoError | None]:
    """Take sidecars of ours away again.

    Args:
        files: each with its identity when it was read and found to hold what we wrote; None: it was not
            there, and is not to be taken away.

    Returns:
        Of each why it is still there (changed meanwhile, no permission), or None.
    """
    problems = [_remove(target, expected) for target, expected in files]
    gone = (target for (target, _), problem in zip(files, problems, strict=True) if problem is None)
    for folder in dict.fromkeys(os.path.dirname(target) or "." for target in gone):
        _sync_folder(folder)
    return problems


def _remove(target: str, expected: FileStamp | None) -> PhotoError | None:
    try:
        _check_identity(target, expected)
        os.unlink(target)
    except PhotoError as error:
        return error
    except OSError as error:
        said = later("{name} could not be removed: {reason}.").format(
            name=shown_name(target), reason=error.strerror or error
        )
        return photo_error(ProblemKind.NO_ACCESS, said)
    return None


def _binary() -> int:
    return getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)


def room_problem(target: str, size: int) -> PhotoError | None:
    """Why so many bytes may not be written beside a file, or None."""
    if _is_room(os.path.dirname(target) or ".", size):
        return None
    said = later("There is too little room on the disk to write {name} safely.").format(
        name=shown_name(target)
    )
    return photo_error(ProblemKind.IO, said, later("Free some space, then try again."))


def _is_room(folder: str, size: int) -> bool:
    """Whether so many bytes may be written there; a disk that does not say is tried."""
    try:
        return shutil.disk_usage(folder).free >= 2 * size
    except OSError:
        return True


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
    if found != expected or (found and expected and found.rest != expected.rest):
        raise _changed(target)


def _changed(target: str) -> PhotoError:
    return photo_error(
        ProblemKind.IO,
        later("{target} was changed by another program meanwhile.").format(target=shown_name(target)),
        later("It was left as that program has it; try again when it is done."),
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
        rename_to_free_name(temp, target)
    else:
        _discard(temp)


def _rename(temp: str, target: str, rename: Callable[[str, str], None]) -> None:
    for pause in (*_WINDOWS_PAUSES, None):
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
