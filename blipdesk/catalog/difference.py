"""What changed from one content of a file to the next: enough to take a write back, exactly.

A caption changes a file in a few places that may lie far apart: a TIFF's header and its end, the header, the
flags and the end of a WebP, an item's offset in a HEIC and its end.  One span over all of them would keep the
whole picture, so the difference is several parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Part = tuple[int, int, int]
"""Offset in the new content, how many of its bytes took a place, and how many of the old ones had it."""

_BLOCK = 1 << 16
"""Bytes compared at a time: in the processor's cache, and a whole file is never copied."""
_ANCHOR = 32
"""So many equal bytes are taken for the same place of both contents."""
_REACH = 1 << 22
"""How far behind a difference its end is looked for: more than any metadata that is written."""
_MOST = 64
"""Parts of one difference; what differs in more places is kept in one."""


def difference(old: bytes, new: bytes) -> tuple[list[Part], bytes]:
    """What to put back to get ``old`` from ``new``; linear in their sizes, at the speed of memory.

    Returns:
        The parts that differ, ascending and apart, and the bytes of ``old`` in their places, joined.
    """
    limit = min(len(old), len(new))
    head = _common_start(old, 0, new, 0, limit)
    tail = _common_end(old, len(old), new, len(new), limit - head)
    spans = list(_spans(old, new, head, (len(old) - tail, len(new) - tail)))
    parts = [(begin, end - begin, old_end - old_begin) for old_begin, old_end, begin, end in spans]
    return parts, b"".join(old[begin:end] for begin, end, _, _ in spans)


def restored(new: bytes, parts: Sequence[Sequence[int | None]], old_bytes: bytes) -> bytes:
    """The content before a write.

    Args:
        new: the content after it.
        parts: of :func:`difference`; an old length of None is all of ``old_bytes``.
        old_bytes: of :func:`difference`.
    """
    pieces = []
    done = taken = 0
    for offset, new_length, old_length in parts:
        assert offset is not None and new_length is not None
        size = len(old_bytes) if old_length is None else old_length
        pieces += [new[done:offset], old_bytes[taken : taken + size]]
        done, taken = offset + new_length, taken + size
    return b"".join((*pieces, new[done:]))


def _spans(old: bytes, new: bytes, head: int, ends: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """What differs between ``head`` and ``ends``: begin and end in the old content, and in the new one."""
    i = j = head
    old_end, new_end = ends
    for _ in range(_MOST - 1):
        again = _meet(old, i, old_end, new, j, new_end)
        if again is None:
            break
        yield i, again[0], j, again[1]
        length = _common_start(old, again[0], new, again[1], min(old_end - again[0], new_end - again[1]))
        i, j = again[0] + length, again[1] + length
    if (i, j) != ends:
        yield i, old_end, j, new_end


def _meet(old: bytes, i: int, old_end: int, new: bytes, j: int, new_end: int) -> tuple[int, int] | None:
    """Where both contents are the same again behind a difference at ``i`` and ``j``; None: nowhere.

    Bytes of the old content, from ever further on, are looked for at the same distance first (something was
    written over), then anywhere near (something came or went).
    """
    ahead = 0
    while i + ahead + _ANCHOR <= old_end and ahead <= _REACH:
        at = i + ahead
        anchor = old[at : at + _ANCHOR]
        found = j + ahead
        if found + _ANCHOR > new_end or not new.startswith(anchor, found):
            found = new.find(anchor, j, min(new_end, j + ahead + _REACH))
        if found >= 0:
            back = _common_end(old, at, new, found, min(ahead, found - j))
            return at - back, found - back
        ahead = 2 * ahead or 4
    return None


def _common_start(old: bytes, i: int, new: bytes, j: int, limit: int) -> int:
    """How many bytes, ``limit`` at most, are the same from ``i`` and ``j`` on."""
    done = 0
    while done < limit and new.startswith(old[i + done : i + min(done + _BLOCK, limit)], j + done):
        done = min(done + _BLOCK, limit)
    low, high = done, min(done + _BLOCK, limit)
    while low < high:
        middle = (low + high + 1) // 2
        same = new.startswith(old[i + low : i + middle], j + low)
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _common_end(old: bytes, i: int, new: bytes, j: int, limit: int) -> int:
    """How many bytes, ``limit`` at most, are the same up to ``i`` and ``j``."""
    done = 0
    while done < limit:
        step = min(_BLOCK, limit - done)
        if not new.startswith(old[i - done - step : i - done], j - done - step):
            break
        done += step
    low, high = done, min(done + _BLOCK, limit)
    while low < high:
        middle = (low + high + 1) // 2
        same = new.startswith(old[i - middle : i - low], j - middle)
        low, high = (middle, high) if same else (low, middle - 1)
    return low
