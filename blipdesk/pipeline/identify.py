"""What a file is, for a scan and for whoever replaces it: its stamp, and a hash of its content."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.values import SeenFile
from blipdesk.imaging import content_hash
from blipdesk.pipeline.walk import Found, special_kind, stamp_of

if TYPE_CHECKING:
    from blipdesk.catalog import KnownFile

_UNREADABLE = "unreadable:"
_SPECIAL = "special:"


def identify(found: Found) -> SeenFile:
    """The file with its content hash; never opens what is no regular file.

    A file that cannot be read gets a stand-in for the hash, and is hashed anew at each scan: it becomes a
    photo that fails with its reason, and heals by itself.
    """
    if found.special is not None:
        return SeenFile(found.path, found.stamp, f"{_SPECIAL}{found.special}")
    try:
        digest = content_hash(found.path)
    except (OSError, PhotoError):
        digest = f"{_UNREADABLE}{found.stamp.size}:{found.stamp.mtime_ns}"
    target = os.path.realpath(found.path) if os.path.islink(found.path) else ""
    return SeenFile(found.path, found.stamp, digest, target)


def identify_now(path: str) -> SeenFile | None:
    """What a known photo's file is now, as a scan sees it (through a link); None where nobody can tell."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    seen = identify(Found(path, stamp_of(status), special_kind(status.st_mode)))
    return None if seen.content_hash.startswith(_UNREADABLE) else seen


def is_same(found: Found, known: KnownFile) -> bool:
    """Size and time are what they were, and the hash is a real one.

    The inode is left out: file systems without inodes (FAT, many network mounts) make one up per mount.
    """
    return (
        known.stamp.size == found.stamp.size
        and known.stamp.mtime_ns == found.stamp.mtime_ns
        and not known.content_hash.startswith(_UNREADABLE)
        and known.content_hash.startswith(_SPECIAL) == (found.special is not None)
    )


def has_content(seen: SeenFile) -> bool:
    """Whether its hash tells it from other files: it is not empty, and could be read."""
    return seen.stamp.size > 0 and not seen.content_hash.startswith((_UNREADABLE, _SPECIAL))
