"""Rows as spans (first, behind the last): a selection of a million is a handful of numbers."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from PySide6.QtCore import QRect

from blipdesk.ui.gallery.geometry import Grid

Span = tuple[int, int]


def together(spans: Iterable[Span]) -> list[Span]:
    """The rows of any of these, ascending and apart."""
    made: list[Span] = []
    for first, end in sorted(spans):
        if made and first <= made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        elif first < end:
            made.append((first, end))
    return made


def either(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """The rows that are in one of two alone; each ascending and apart."""
    ends: list[int] = []
    for end in sorted(chain(*one, *other)):
        if ends and ends[-1] == end:
            ends.pop()  # where a span of one begins or ends at one of the other, nothing changes
        else:
            ends.append(end)
    return list(zip(ends[::2], ends[1::2], strict=True))


def under(grid: Grid, rect: QRect) -> list[Span]:
    """The rows whose cells a rectangle touches, in the content's coordinates."""
    left, right = ((x - grid.left) // grid.cell_width for x in (rect.left(), rect.right()))
    first, last = max(int(left), 0), min(int(right), grid.columns - 1)
    if first > last:
        return []
    spans: list[Span] = []
    for line in grid.lines_between(rect.top(), rect.bottom()):
        rows = grid.line_rows(line)
        start, end = min(rows.start + first, rows.stop), min(rows.start + last + 1, rows.stop)
        if spans and spans[-1][1] == start:
            spans[-1] = spans[-1][0], end
        elif start < end:
            spans.append((start, end))
    return spans
