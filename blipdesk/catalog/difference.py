"""What changed from one content of a file to the next: enough to take a write back."""

from __future__ import annotations


def changed_part(old: bytes | None, new: bytes) -> tuple[int, int, bytes]:
    """What to put back to undo a write.

    Returns:
        Offset and length of the part of ``new`` that differs, and the bytes of ``old`` in its place.
    """
    if old is None:
        return 0, len(new), b""
    start = _common(old, new, from_end=False, limit=min(len(old), len(new)))
    end = _common(old, new, from_end=True, limit=min(len(old), len(new)) - start)
    return start, len(new) - start - end, old[start : len(old) - end]


def _common(first: bytes, second: bytes, *, from_end: bool, limit: int) -> int:
    """Length of the common start (or end), by bisection over comparisons at the speed of memory."""

    def same(length: int) -> bool:
        if not length:
            return True
        if from_end:
            return first[-length:] == second[-length:]
        return first[:length] == second[:length]

    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if same(middle) else (low, middle - 1)
    return low
