"""Giving a file the bytes again that it had before we wrote into it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from blipdesk.domain.errors import PhotoError, ProblemKind, photo_error
from blipdesk.domain.paths import shown_name
from blipdesk.domain.values import FileStamp
from blipdesk.domain.wording import later
from blipdesk.domain.writes import Restoration
from blipdesk.metadata.files import MAX_PHOTO, may_replace, may_write_folder, read_file
from blipdesk.metadata.replace import Replacement, remove_all, replace_all, room_problem

_MAX_FILE = MAX_PHOTO + (64 << 20)
"""What was written must be restorable: with all that a write adds."""
_WRITABLE = later("Make it writable, then try again.")


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

    def refusal(self, restoration: Restoration) -> PhotoError | None:
        """Why a file is not to be touched (read-only, or its folder; several names; no room), or None."""
        problem = None if restoration.stamp is None else _problem_of(restoration.path)
        if problem is None and not may_write_folder(restoration.path):
            said = later("The folder of {name} is read-only.").format(name=shown_name(restoration.path))
            problem = photo_error(ProblemKind.NO_ACCESS, said, _WRITABLE)
        return problem or room_problem(restoration.path, len(restoration.back or b""))

    def restore_all(self, restorations: Sequence[Restoration]) -> list[FileStamp | PhotoError | None]:
        """Give several different files their bytes, or take them away, each as safely as any write.

        Returns:
            Of each what it is now (None: it went), or why it is as it was: changed meanwhile, read-only, no
            room.
        """
        refused = [self.refusal(one) for one in restorations]
        todo = [one for one, problem in zip(restorations, refused, strict=True) if problem is None]
        replaced = iter(
            replace_all(
                [
                    Replacement(one.path, one.back, one.stamp, one.like, one.keep_times)
                    for one in todo
                    if one.back is not None
                ]
            )
        )
        removed = iter(remove_all([(one.path, one.stamp) for one in todo if one.back is None]))
        return [
            problem or next(removed if one.back is None else replaced)
            for one, problem in zip(restorations, refused, strict=True)
        ]


def _problem_of(path: str) -> PhotoError | None:
    """Why a file may not be replaced or taken away."""
    name = shown_name(path)
    try:
        info = os.lstat(path)
    except OSError:
        return None  # gone meanwhile: the replace says so
    if info.st_nlink > 1:
        said = later("{name} stands under several names (hard links), which restoring it would part.").format(
            name=name
        )
        return photo_error(ProblemKind.NO_ACCESS, said, later("Keep one of them alone, then try again."))
    if not may_replace(path, info):
        said = later("{name} is read-only or belongs to somebody else.").format(name=name)
        return photo_error(ProblemKind.NO_ACCESS, said, _WRITABLE)
    return None
