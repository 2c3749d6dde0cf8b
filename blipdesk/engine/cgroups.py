"""What the control group of this process (a container, a service, a job) may take of the computer: Linux."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

MEMBERSHIP = Path("/proc/self/cgroup")
ROOT = Path("/sys/fs/cgroup")
_NO_LIMIT = 1 << 60
"""Groups of version 1 say "none" with a memory of about this size."""


def usable_cores() -> int:
    """Processors that may be used: of a container no more than its share, the others would wait."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    share = processor_share()
    return cores if share is None else max(1, min(cores, math.ceil(share)))


def memory_room(membership: Path = MEMBERSHIP, root: Path = ROOT) -> int | None:
    """Bytes that may still be taken; None without a limit.

    File pages that nothing uses just now count as free: the kernel drops them first (Linux,
    admin-guide/cgroup-v2, memory.stat ``inactive_file``).
    """
    rooms = []
    for folder, version in _folders("memory", membership, root):
        names = ("memory.max", "memory.current")
        if version == 1:
            names = ("memory.limit_in_bytes", "memory.usage_in_bytes")
        limit, use = (_number(folder / name) for name in names)
        if limit is not None and use is not None and limit < _NO_LIMIT:
            rooms.append(max(0, limit - use + _idle_pages(folder)))
    return min(rooms, default=None)


def processor_share(membership: Path = MEMBERSHIP, root: Path = ROOT) -> float | None:
    """Processors' worth of time that may be used; None without a limit."""
    shares = []
    for folder, version in _folders("cpu", membership, root):
        if version == 1:
            numbers = [_number(folder / name) for name in ("cpu.cfs_quota_us", "cpu.cfs_period_us")]
        else:
            words = [*_text(folder / "cpu.max").split(), "", ""][:2]
            numbers = [int(word) if word.isdecimal() else None for word in words]
        quota, period = numbers
        if quota is not None and period and quota > 0:
            shares.append(quota / period)
    return min(shares, default=None)


def _folders(controller: str, membership: Path, root: Path) -> Iterator[tuple[Path, int]]:
    """The folders of our group and of all above it, which limit it too, with the hierarchy's version.

    Inside a container the path may be the host's, which is not mounted: the top is the container's own then.
    """
    for line in _text(membership).splitlines():
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        names = controllers.split(",")
        if controllers and controller not in names:
            continue
        top = root / controller if controllers else root
        place = PurePosixPath(path.lstrip("/"))
        for folder in (place, *place.parents):
            yield top / folder, 1 if controllers else 2


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def _number(file: Path) -> int | None:
    """The number in a file; None where it says "max", or is not there."""
    text = _text(file).strip()
    return int(text) if text.removeprefix("-").isdecimal() else None


def _idle_pages(folder: Path) -> int:
    fields = dict(line.split()[:2] for line in _text(folder / "memory.stat").splitlines() if " " in line)
    return int(fields.get("total_inactive_file", fields.get("inactive_file", 0)))
