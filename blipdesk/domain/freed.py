"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
import sys


def hand_back_freed() -> None:
    """Hand freed memory to the system: glibc keeps freed blocks below 32 MiB for itself."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
