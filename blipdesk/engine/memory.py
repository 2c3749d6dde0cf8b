"""How much memory there is to take: what the computer has free, within what our control group may use."""

from __future__ import annotations

from blipdesk.engine.cgroups import memory_room


def free_memory(device: str) -> int:
    """Bytes that can be taken on a device without pushing anything else out."""
    if device == "cuda":
        import torch

        return int(torch.cuda.mem_get_info()[0])
    import psutil  # 1.4 MiB that a window without photos need not take

    room = memory_room()
    free = int(psutil.virtual_memory().available)
    return free if room is None else min(free, room)
