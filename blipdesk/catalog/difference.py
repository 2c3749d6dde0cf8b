"""What changed from one content of a file to the next: enough to take a write back."""

from __future__ import annotations

_BLOCK = 1 << 16


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
    """Length of the common start (or end): a block at a time, then by bisection of the one that differs.

    Every byte is looked at once or twice, in blocks that the processor's cache holds: bisection over whole
    files copied a photo of 3 MB forty times.
    """

    def part(data: bytes, begin: int, end: int) -> bytes:
        return data[len(data) - end : len(data) - begin] if from_end else data[begin:end]

    low, high = 0, limit
    while low < limit:
        high = min(limit, low + _BLOCK)
        if part(first, low, high) != part(second, low, high):
            break
        low = high
    while low < high:
        middle = (low + high + 1) // 2
        same = part(first, low, middle) == part(second, low, middle)
        low, high = (middle, high) if same else (low, middle - 1)
    return low
