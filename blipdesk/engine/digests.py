"""sha256 of files that may be tens of gigabytes; read once a process as long as they stay the same."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

from blipdesk.engine import signs

_BLOCK = 1 << 24
_SETTLED = 3.0
"""A file that was written less than so many seconds ago may be written again within one tick of its
timestamps (FAT counts in two seconds): its digest is not remembered."""

_remembered: dict[tuple[int, ...], str] = {}


def sha256_of(file: Path) -> str:
    """Hex sha256 of a file, read now."""
    digest = hashlib.sha256()
    block = bytearray(_BLOCK)
    with file.open("rb", buffering=0) as stream:
        while count := stream.readinto(block):
            digest.update(memoryview(block)[:count])
            signs.give()
    return digest.hexdigest()


def known_sha256(file: Path) -> str:
    """Hex sha256 of a file, read only where it is another than it was when this process read it.

    The same is what has its device, inode, size, and times of writing and of change; no program can set the
    last one back (on Windows it is that of making).
    """
    before = identity(file.stat())
    if before in _remembered:
        return _remembered[before]
    found = sha256_of(file)
    after = file.stat()
    is_old = time.time() - max(after.st_mtime, after.st_ctime) > _SETTLED
    if after.st_ino and is_old and identity(after) == before:
        _remembered[before] = found
    return found


def identity(stat: os.stat_result) -> tuple[int, ...]:
    """What tells a file from another, and from itself once it is written anew."""
    return (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
