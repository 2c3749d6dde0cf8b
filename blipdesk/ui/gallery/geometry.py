"""Where each cell lies: pure arithmetic on the row number, and a bisection among the sections' first rows.

Short groups share a line, each under its own part of the heading: where most days have one or two photos,
lines of their own would leave most of the view empty.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QRect

PAD, GAP = 6, 3
"""Inside the selection ring, and around it."""
ASPECT = 0.74
"""Height of the picture over its width."""
CAPTION_LINES, CAPTION_LINE = 2, 18
TEXT_GAP, FOOT = 7, 8
MARGIN = 16
"""Left and right of the grid, less the cells' own gap, and of the list."""
HEADING = 44
"""Height of the heading over a section."""
LIST_ROW, LIST_PICTURE = 46, (48, 36)
"""Height of a row of the compact list, and width and height of its picture."""


@dataclass(frozen=True, slots=True)
class Sections:
    """Rows that begin a line of their own, under a heading."""

    starts: array[int]
    """The first row of each section, ascending; the first of all is 0."""
    headed: bool
    """Whether the first section has a heading; all others do."""
    sharing: int = 0
    """So many of the first ones may share a line."""

    @classmethod
    def parted(cls, sure: int, count: int) -> Sections:
        """Rows that fit, without a heading, and those from ``sure`` on, that only may fit."""
        if sure >= count:
            return cls(array("q", [0]), False)
        return cls(array("q", [0, sure] if sure > 0 else [0]), sure <= 0)

    @classmethod
    def grouped(cls, starts: array[int], sure: int, count: int) -> Sections:
        """Groups of the rows that fit, each with a heading, and those that only may fit as the last one."""
        return cls(starts + array("q", [sure]) if sure < count else starts, True, len(starts))

    def in_lines(self, count: int, columns: int) -> Sections:
        """These with each line of short ones as one: as many beside each other as fit wholly."""
        kept, room = array("q"), 0
        ends = (*self.starts[1:], count)
        for first, end in zip(self.starts[: self.sharing], ends, strict=False):
            if end - first > room:
                kept.append(first)
                room = columns
            room = max(room - (end - first), 0)
        kept.extend(self.starts[self.sharing :])
        return self if len(kept) == len(self.starts) else Sections(kept, self.headed)

    def __len__(self) -> int:
        return len(self.starts)

    def of_row(self, row: int) -> int:
        """The section that a row is in."""
        return max(bisect_right(self.starts, row) - 1, 0)

    def has_heading(self, section: int) -> bool:
        """Whether a section stands under a heading."""
        return self.headed or section > 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one size in lines of ``columns``; all lengths in logical pixels, y from the content's top."""

    count: int
    columns: int
    left: int
    cell_width: float
    cell_height: int
    picture_size: tuple[int, int]
    """Width and height of the pictures."""
    groups: Sections
    """What stands under a heading of its own."""
    sections: Sections
    """What begins a line of its own: a group, or some that share it."""
    first_lines: array[int]
    """The first line of each section, and behind them how many lines there are."""

    @classmethod
    def fit(
        cls,
        count: int,
        width: int,
        wanted: int,
        groups: Sections | None = None,
        before: Grid | None = None,
        line: int = CAPTION_LINE,
    ) -> Grid:
        """The grid for a view ``width`` wide: as many columns as come nearest to ``wanted`` pixels each.

        ``before`` is the one in force: what is the same in it is not counted again.  A line of a caption is
        ``line`` high.
        """
        left = MARGIN - PAD - GAP
        room = max(width - 2 * left, 80)
        columns = max(1, round(room / wanted))
        cell = room / columns
        picture = int(cell) - 2 * (PAD + GAP)
        high = round(picture * ASPECT)
        height = 2 * GAP + PAD + high + TEXT_GAP + CAPTION_LINES * line + FOOT
        parts = _in_lines(count, columns, groups or Sections.parted(count, count), before)
        return cls(count, columns, left, cell, height, (picture, high), *parts)

    @classmethod
    def listed(
        cls, count: int, width: int, groups: Sections | None = None, before: Grid | None = None
    ) -> Grid:
        """The compact list: one row a line; beside the rows is room to begin a rubber band."""
        parts = _in_lines(count, 1, groups or Sections.parted(count, count), before)
        wide = max(width - 2 * MARGIN, 80)
        return cls(count, 1, MARGIN, wide, LIST_ROW, LIST_PICTURE, *parts)

    @property
    def lines(self) -> int:
        """Rows of cells."""
        return self.first_lines[-1]

    @property
    def height(self) -> int:
        """Height of the whole content, with a little air below."""
        return self._end + 2 * GAP + 6 if self.count else 0

    @property
    def _end(self) -> int:
        return self.line_top(self.lines)

    @property
    def width(self) -> int:
        """Width of all cells of a line."""
        return round(self.columns * self.cell_width)

    # ------------------------------------------------------------------------------------ sections

    def section_at(self, y: int) -> int:
        """The section at a height, its heading with it; those outside come nearest."""
        return max(bisect_right(range(len(self.sections)), y, key=self.section_top) - 1, 0)

    def section_top(self, section: int) -> int:
        """The top of a section's heading, or of its cells where it has none."""
        headings = section if self.sections.headed else max(section - 1, 0)
        return self.first_lines[section] * self.cell_height + headings * HEADING

    def section_rows(self, section: int) -> range:
        """The rows of a section."""
        return self._rows_of(self.sections, section)

    def _rows_of(self, parts: Sections, number: int) -> range:
        starts = parts.starts
        return range(starts[number], starts[number + 1] if number + 1 < len(starts) else self.count)

    def groups_of(self, section: int) -> range:
        """The groups that share a section's lines."""
        rows = self.section_rows(section)
        return range(self.groups.of_row(rows.start), self.groups.of_row(rows.stop - 1) + 1)

    def group_rows(self, group: int) -> range:
        """The rows of a group."""
        return self._rows_of(self.groups, group)

    def group_span(self, group: int) -> tuple[int, int]:
        """Left edge and width of a group's heading: over its own photos, to the right edge over the last."""
        rows = self.group_rows(group)
        section = self.sections.of_row(rows.start)
        begun, last = self.section_rows(section).start, self.groups_of(section)[-1]
        start = round((rows.start - begun) * self.cell_width)
        end = self.width if group == last else round((rows.stop - begun) * self.cell_width)
        return self.left + start, end - start

    def headings(self, top: int, bottom: int) -> Iterator[tuple[int, int]]:
        """The sections whose headings touch the strip, and where each of them is to be painted.

        The heading of the section at the top of the strip stays there while its rows pass under it, until
        the next one pushes it away.
        """
        if not self.count:
            return
        first = self.section_at(top)
        for section in range(first, self.section_at(bottom) + 1):
            if self.sections.has_heading(section):
                y = self.section_top(section)
                if section == first:
                    last = section + 1 == len(self.sections)
                    end = self._end if last else self.section_top(section + 1)
                    y = min(max(y, top), end - HEADING)
                yield section, y

    # ------------------------------------------------------------------------------------ lines

    def _section_of_line(self, line: int) -> int:
        return min(max(bisect_right(self.first_lines, line) - 1, 0), len(self.sections) - 1)

    def line_of(self, row: int) -> int:
        """The line that a row number is in."""
        section = self.sections.of_row(row)
        return self.first_lines[section] + (row - self.sections.starts[section]) // self.columns

    def line_rows(self, line: int) -> range:
        """The rows of a line."""
        section = self._section_of_line(line)
        rows = self.section_rows(section)
        first = rows.start + (line - self.first_lines[section]) * self.columns
        return range(min(first, rows.stop), min(first + self.columns, rows.stop))

    def line_top(self, line: int) -> int:
        """The top of a line's cells."""
        section = self._section_of_line(line)
        return line * self.cell_height + (section + self.sections.headed) * HEADING

    def line_at(self, y: int) -> int:
        """The line at a height, the one below where that is a heading's; those outside come nearest."""
        if not self.count:
            return 0
        section = self.section_at(y)
        first, end = self.first_lines[section], self.first_lines[section + 1]
        return min(max(first + (y - self.line_top(first)) // self.cell_height, first), end - 1)

    def moved(self, row: int, lines: int) -> int:
        """The row so many lines further in the same column, or the last one of a shorter line.

        Beyond the ends: the first line's, or the very last row.
        """
        line = self.line_of(row)
        column = row - self.line_rows(line).start
        if line + lines >= self.lines:
            return row if line == self.lines - 1 and lines == 1 else self.count - 1
        rows = self.line_rows(max(line + lines, 0))
        return min(rows.start + column, rows.stop - 1)

    # ------------------------------------------------------------------------------------ cells

    def rect(self, row: int) -> QRect:
        """The whole cell of a row number."""
        line = self.line_of(row)
        left = self.left + round((row - self.line_rows(line).start) * self.cell_width)
        return QRect(left, self.line_top(line), int(self.cell_width), self.cell_height)

    def row_at(self, x: int, y: int) -> int:
        """The row whose cell holds the point, or -1."""
        line = self.line_at(y)
        within = 0 <= y - self.line_top(line) < self.cell_height
        if not within or x < self.left:
            return -1
        column = int((x - self.left) / self.cell_width)
        rows = self.line_rows(line)
        return rows[column] if column < len(rows) else -1

    def nearest_row(self, x: int, y: int) -> int:
        """The row nearest to a point that may lie between or outside the cells, or -1 when there is none."""
        if not self.count:
            return -1
        column = min(max(int((x - self.left) / self.cell_width), 0), self.columns - 1)
        rows = self.line_rows(self.line_at(y))
        return min(rows.start + column, rows.stop - 1)

    def lines_between(self, top: int, bottom: int) -> range:
        """The lines whose cells touch the strip from ``top`` to ``bottom``."""
        if not self.count or bottom < 0 or top >= self._end:
            return range(0)
        first, last = self.line_at(max(top, 0)), self.line_at(max(bottom, 0))
        if self.line_top(last) > bottom:  # the strip ends on a heading
            last -= 1
        return range(first, last + 1)

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows whose cells touch the strip from ``top`` to ``bottom``."""
        lines = self.lines_between(top, bottom)
        return range(self.line_rows(lines[0]).start, self.line_rows(lines[-1]).stop) if lines else range(0)


def _in_lines(
    count: int, columns: int, groups: Sections, before: Grid | None
) -> tuple[Sections, Sections, array[int]]:
    """Groups, sections and first lines of a grid."""
    same = before is not None and (before.count, before.columns) == (count, columns)
    if before is not None and same and before.groups is groups:
        return groups, before.sections, before.first_lines
    sections = groups.in_lines(count, columns)
    ends = (*sections.starts[1:], count)
    needed = (-((start - end) // columns) for start, end in zip(sections.starts, ends, strict=True))
    return groups, sections, array("q", accumulate(needed, initial=0))
