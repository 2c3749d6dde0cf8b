"""How much memory there is to take: what the computer has free, within what our container may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import psutil

_PROC = Path("/proc/self/cgroup")
_CGROUPS = Path("/sys/fs/cgroup")
_NO_LIMIT = 1 << 60
"""Control groups of version 1 say "none" with a number about this large."""
_FILES = {
    "": ("memory.max", "memory.current"),
    "memory": ("memory.limit_in_bytes", "memory.usage_in_bytes"),
}
"""Limit and use by the hierarchy's name: version 2 has one without a name."""


def free_memory(device: str) -> int:
    """Bytes that can be taken on a device without pushing anything else out."""
    if device == "cuda":
        import torch

        return int(torch.cuda.mem_get_info()[0])
    room = cgroup_room()
    free = int(psutil.virtual_memory().available)
    return free if room is None else min(free, room)


def cgroup_room(groups: Path = _PROC, root: Path = _CGROUPS) -> int | None:
    """Bytes that our control group (a container, a service, a job) may still take; None without a limit.

    File pages that nothing uses just now count as free: the kernel drops them first (Linux,
    admin-guide/cgroup-v2, memory.stat ``inactive_file``).
    """
    rooms = [room for folder, names in _folders(groups, root) if (room := _room(folder, *names)) is not None]
    return min(rooms, default=None)


def _folders(groups: Path, root: Path) -> Iterator[tuple[Path, tuple[str, str]]]:
    """The folders of our group and of all above it, which limit it too.

    Inside a container the path may be the host's, which is not mounted: the top is the container's own then.
    """
    try:
        lines = groups.read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = [*line.split(":", 2), "", ""][:3]
        name = "memory" if "memory" in controllers.split(",") else controllers
        if name not in _FILES:
            continue
        top = root / name if name else root
        place = PurePosixPath(path.lstrip("/"))
        for folder in (place, *place.parents):
            yield top / folder, _FILES[name]


def _room(folder: Path, limit_file: str, use_file: str) -> int | None:
    try:
        limit = int((folder / limit_file).read_text("ascii"))  # "max" is no number: no limit
        use = int((folder / use_file).read_text("ascii"))
        stat = (folder / "memory.stat").read_text("ascii")
    except (OSError, ValueError):
        return None
    fields = dict(line.split()[:2] for line in stat.splitlines() if " " in line)
    idle = int(fields.get("total_inactive_file", fields.get("inactive_file", 0)))
    return None if limit >= _NO_LIMIT else max(0, limit - use + idle)
