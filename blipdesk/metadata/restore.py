"""Giving a file the bytes again that it had before we wrote into it."""

from __future__ import annotations

import os

from blipdesk.domain.errors import ProblemKind, photo_error
from blipdesk.domain.paths import shown_name
from blipdesk.domain.values import FileStamp
from blipdesk.metadata.files import MAX_PHOTO, may_replace, may_write_folder, read_file
from blipdesk.metadata.replace import Replacement, remove_file, replace_bytes

_MAX_FILE = MAX_PHOTO + (64 << 20)
"""What was written must be restorable: with all that a write adds."""


class FileRestorer:
    """Implements :class:`blipdesk.domain.ports.FileRestorer` on real files; stateless."""

    def read(self, path: str) -> tuple[bytes, FileStamp] | None:
        """What a file holds, and its identity; None where there is none.

        Raises:
            PhotoError: it cannot be read (no regular file, too large, no permission, in the cloud only).
        """
        if not os.path.lexists(path):
            return None
        file = read_file(path, _MAX_FILE)
        return file.data, file.stamp

    def restore(
        self, path: str, back: bytes | None, stamp: FileStamp | None, *, like: str, keep_times: bool
    ) -> None:
        """Give a file these bytes, or take it away, as safely as any write.

        Args:
            path: the file.
            back: all of its bytes; None: it goes.
            stamp: its identity when it was read; None: it was not there.
            like: for a file that was not there: takes its permissions from this one.
            keep_times: it keeps its time of modification.

        Raises:
            PhotoError: changed meanwhile, read-only, no room; it is left as it is.
        """
        if stamp is not None:
            reason = _reason_against(path)
            if reason:
                raise photo_error(ProblemKind.NO_ACCESS, reason)
        if not may_write_folder(path):
            raise photo_error(ProblemKind.NO_ACCESS, f"The folder of {shown_name(path)} is read-only.")
        if back is None:
            assert stamp is not None
            remove_file(path, stamp)
        else:
            replace_bytes(Replacement(path, back, stamp, like, keep_times))


def _reason_against(path: str) -> str:
    name = shown_name(path)
    try:
        info = os.lstat(path)
    except OSError:
        return ""  # gone meanwhile: the replace says so
    if info.st_nlink > 1:
        return f"{name} stands under several names now (hard links), which restoring it would part."
    if not may_replace(path, info):
        return f"{name} is read-only or belongs to somebody else."
    return ""
