"""Where each cell lies: pure arithmetic on the row number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect

PAD, GAP = 6, 3
"""Inside the selection ring, and around it."""
ASPECT = 0.74
"""Height of the picture over its width."""
CAPTION_LINES, CAPTION_LINE = 2, 18
TEXT_GAP, FOOT = 7, 8
MARGIN = 16
"""Left and right of the grid, less the cells' own gap."""
HEADING = 44
"""Height of the heading over the photos that may fit."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one size in lines of ``columns``; all lengths in logical pixels, y from the content's top.

    The rows from ``sure`` on begin a line of their own under a heading; without any there is no heading.
    """

    count: int
    columns: int
    left: int
    cell_width: float
    cell_height: int
    sure: int

    @classmethod
    def fit(cls, count: int, width: int, wanted: int, sure: int | None = None) -> Grid:
        """The grid for a view ``width`` wide: as many columns as come nearest to ``wanted`` pixels each."""
        room = max(width - 2 * (MARGIN - PAD - GAP), 80)
        columns = max(1, round(room / wanted))
        cell = room / columns
        picture = int(cell) - 2 * (PAD + GAP)
        height = 2 * GAP + PAD + round(picture * ASPECT) + TEXT_GAP + CAPTION_LINES * CAPTION_LINE + FOOT
        above = count if sure is None else min(max(sure, 0), count)
        return cls(count, columns, MARGIN - PAD - GAP, cell, height, above)

    @property
    def has_heading(self) -> bool:
        """Whether a heading parts the rows."""
        return self.sure < self.count

    @property
    def heading_top(self) -> int:
        """The top of the heading, where there is one."""
        return self._sure_lines * self.cell_height

    @property
    def _sure_lines(self) -> int:
        return -(-self.sure // self.columns)

    @property
    def lines(self) -> int:
        """Rows of cells."""
        return self._sure_lines - (self.sure - self.count) // self.columns

    @property
    def height(self) -> int:
        """Height of the whole content, with a little air below."""
        return self.line_top(self.lines) + 2 * GAP + 6 if self.count else 0

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the pictures."""
        width = int(self.cell_width) - 2 * (PAD + GAP)
        return width, round(width * ASPECT)

    # ------------------------------------------------------------------------------------ lines

    def line_of(self, row: int) -> int:
        """The line that a row number is in."""
        below = row - self.sure
        return self._sure_lines + below // self.columns if below >= 0 else row // self.columns

    def line_rows(self, line: int) -> range:
        """The rows of a line."""
        below = line - self._sure_lines
        start, end = (0, self.sure) if below < 0 else (self.sure, self.count)
        first = start + (line if below < 0 else below) * self.columns
        return range(min(first, end), min(first + self.columns, end))

    def line_top(self, line: int) -> int:
        """The top of a line's cells."""
        under = self.has_heading and line >= self._sure_lines
        return line * self.cell_height + (HEADING if under else 0)

    def line_at(self, y: int) -> int:
        """The line at a height, the one below where that is the heading's; those outside come nearest."""
        if self.has_heading and y >= self.heading_top:
            y = max(y - HEADING, self.heading_top)
        return min(max(y // self.cell_height, 0), max(self.lines - 1, 0))

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

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows whose cells touch the strip from ``top`` to ``bottom``."""
        first, last = self.line_at(max(top, 0)), self.line_at(max(bottom, 0))
        if not self.count or bottom < 0 or top >= self.line_top(self.lines):
            return range(0)
        if self.line_top(last) > bottom:  # the strip ends on the heading
            last -= 1
        return range(self.line_rows(first).start, self.line_rows(last).stop) if last >= first else range(0)
