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


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of one size in rows of ``columns``; all lengths in logical pixels, y from the content's top."""

    count: int
    columns: int
    left: int
    cell_width: float
    cell_height: int

    @classmethod
    def fit(cls, count: int, width: int, wanted: int) -> Grid:
        """The grid for a view ``width`` wide: as many columns as come nearest to ``wanted`` pixels each."""
        room = max(width - 2 * (MARGIN - PAD - GAP), 80)
        columns = max(1, round(room / wanted))
        cell = room / columns
        picture = int(cell) - 2 * (PAD + GAP)
        height = 2 * GAP + PAD + round(picture * ASPECT) + TEXT_GAP + CAPTION_LINES * CAPTION_LINE + FOOT
        return cls(count, columns, MARGIN - PAD - GAP, cell, height)

    @property
    def lines(self) -> int:
        """Rows of cells."""
        return -(-self.count // self.columns)

    @property
    def height(self) -> int:
        """Height of the whole content, with a little air below."""
        return self.lines * self.cell_height + 2 * GAP + 6 if self.count else 0

    @property
    def picture_size(self) -> tuple[int, int]:
        """Width and height of the pictures."""
        width = int(self.cell_width) - 2 * (PAD + GAP)
        return width, round(width * ASPECT)

    def rect(self, row: int) -> QRect:
        """The whole cell of a row number."""
        line, column = divmod(row, self.columns)
        left = self.left + round(column * self.cell_width)
        return QRect(left, line * self.cell_height, int(self.cell_width), self.cell_height)

    def row_at(self, x: int, y: int) -> int:
        """The row whose cell holds the point, or -1."""
        if y < 0 or x < self.left:
            return -1
        column = int((x - self.left) / self.cell_width)
        row = y // self.cell_height * self.columns + column
        return row if column < self.columns and row < self.count else -1

    def nearest_row(self, x: int, y: int) -> int:
        """The row nearest to a point that may lie between or outside the cells, or -1 when there is none."""
        if not self.count:
            return -1
        column = min(max(int((x - self.left) / self.cell_width), 0), self.columns - 1)
        line = min(max(y // self.cell_height, 0), self.lines - 1)
        return min(line * self.columns + column, self.count - 1)

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows whose cells touch the strip from ``top`` to ``bottom``."""
        first = max(top // self.cell_height, 0) * self.columns
        last = (max(bottom, 0) // self.cell_height + 1) * self.columns
        return range(min(first, self.count), min(last, self.count))
