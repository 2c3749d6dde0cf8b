"""When is a file that just appeared whole?  A pure state machine; the intake thread feeds it.

The rules were measured (watching on Linux): a writer that closes its file is done at the close; a file
that was moved in announces itself by a bare "created" and nothing more; a copy in progress grows.  So:

* closed: looked at at once and again 0.3 s later; the same both times is settled;
* created, or met by a scan while young: looked at 1 s later, settled once size and time stay the same
  over 0.5 s and the bytes end as such a file ends (see :func:`looks_complete`);
* bytes that do not end that way may be a copy that pauses: they settle after 5 s without a change, and
  the decoder then says that the photo is damaged.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from enum import Enum

from blipdesk.domain.values import FileStamp

CLOSED_SECONDS = 0.3
CREATED_SECONDS = 1.0
UNCHANGED_SECONDS = 0.5
INCOMPLETE_SECONDS = 5.0
_TICK = 0.001


class Verdict(Enum):
    """What a look at a file says."""

    WAIT = "wait"
    READY = "ready"
    GONE = "gone"


@dataclass(slots=True)
class _Waiting:
    due: float
    closed: bool
    stamp: FileStamp | None = None
    since: float = 0.0
    """When the present stamp was first seen."""


class Settler:
    """Paths that wait to settle; all times are seconds of one monotonic clock, given by the caller."""

    def __init__(self) -> None:
        self._waiting: dict[str, _Waiting] = {}

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, path: str) -> bool:
        return path in self._waiting

    def note_created(self, path: str, now: float) -> None:
        """The path appeared; whoever writes it may still be at it."""
        if path not in self._waiting:
            self._waiting[path] = _Waiting(now + CREATED_SECONDS, closed=False)

    def note_closed(self, path: str, now: float) -> None:
        """A writer closed the path: look at once."""
        self._waiting[path] = _Waiting(now, closed=True)

    def forget(self, path: str) -> None:
        """The path went away or was renamed."""
        self._waiting.pop(path, None)

    def due(self, now: float) -> list[str]:
        """The paths to look at now."""
        return [path for path, waiting in self._waiting.items() if waiting.due <= now]

    def next_due(self) -> float | None:
        """When the next look is due; None when nothing waits."""
        return min((waiting.due for waiting in self._waiting.values()), default=None)

    def observe(self, path: str, stamp: FileStamp | None, complete: bool, now: float) -> Verdict:
        """Take a look at a path into account.

        Args:
            path: a path that waits (any other is WAIT).
            stamp: what ``lstat`` says now, None when the path is gone.
            complete: the bytes end as a whole file's do.
            now: the time of the look.

        Returns:
            READY or GONE, and the path waits no longer; else WAIT.
        """
        waiting = self._waiting.get(path)
        if waiting is None:
            return Verdict.WAIT
        if stamp is None:
            del self._waiting[path]
            return Verdict.GONE
        if stamp != waiting.stamp:
            first = waiting.stamp is None
            waiting.stamp, waiting.since = stamp, now
            # A change after the close means that somebody writes on: the slower rule holds from here.
            waiting.closed = waiting.closed and first
            waiting.due = now + (CLOSED_SECONDS if waiting.closed else UNCHANGED_SECONDS)
            return Verdict.WAIT
        unchanged = now - waiting.since
        needed = CLOSED_SECONDS if waiting.closed else UNCHANGED_SECONDS if complete else INCOMPLETE_SECONDS
        if unchanged >= needed - _TICK:  # the look is due at since + needed, which may round either way
            del self._waiting[path]
            return Verdict.READY
        waiting.due = now + max(_TICK, min(UNCHANGED_SECONDS, needed - unchanged))
        return Verdict.WAIT


def looks_complete(path: str) -> bool:
    """True unless the bytes show that the end of the file is still to come; never decodes.

    Reads the first 32 and the last 64 bytes of a regular file.  JPEG ends in EOI, PNG in IEND, GIF in its
    trailer; RIFF (WebP) and BMP say their size.  Other kinds, and files that cannot be read, count as
    complete: size and time must do.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return True
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return True
        head = os.read(descriptor, 32)
        os.lseek(descriptor, max(0, status.st_size - 64), os.SEEK_SET)
        tail = os.read(descriptor, 64)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return _ends_whole(head, tail, status.st_size)


def _ends_whole(head: bytes, tail: bytes, size: int) -> bool:
    if not head:
        return False
    if head.startswith(b"\xff\xd8\xff"):
        return b"\xff\xd9" in tail
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND" in tail
    if head.startswith(b"GIF8"):
        return tail.rstrip(b"\0").endswith(b";")
    if head.startswith(b"RIFF") and len(head) >= 8:
        return int.from_bytes(head[4:8], "little") + 8 <= size
    if head.startswith(b"BM") and len(head) >= 6:
        return int.from_bytes(head[2:6], "little") <= size
    return True
