"""Splices into a file: the one way in which new bytes come about, so that all else stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace ``data[start:end]`` by ``new``."""

    start: int
    end: int
    new: bytes

    @property
    def growth(self) -> int:
        """Bytes by which everything behind moves."""
        return len(self.new) - (self.end - self.start)


def splice(data: bytes, edits: Sequence[Edit]) -> bytes:
    """Apply edits that do not overlap; ``data`` itself where they change nothing."""
    pieces: list[bytes | memoryview] = []
    position = 0
    view = memoryview(data)  # a slice of bytes is a copy, and a file may be large
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if len(edit.new) != edit.end - edit.start or not data.startswith(edit.new, edit.start):
            pieces += (view[position : edit.start], edit.new)
            position = edit.end
    return b"".join((*pieces, view[position:])) if pieces else data


def same_bytes(old: bytes, start: int, end: int, new: bytes, at: int) -> bool:
    """Whether ``old[start:end]`` stands in ``new`` at ``at``; nothing is copied."""
    return end <= len(old) and new.startswith(memoryview(old)[start:end], at)


Span = tuple[int, int]


def same_spans(old: bytes, spans: Sequence[Span], new: bytes, others: Sequence[Span]) -> bool:
    """Whether the parts ``spans`` of ``old`` are those that ``others`` are of ``new``, one by one."""
    return len(spans) == len(others) and all(
        end - start == stop - at and same_bytes(old, start, end, new, at)
        for (start, end), (at, stop) in zip(spans, others, strict=True)
    )
