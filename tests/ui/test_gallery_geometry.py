"""The gallery's arithmetic: every cell findable, justified, and right at a million photos."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.ui.gallery.geometry import Grid

grids = st.builds(Grid.fit, st.integers(0, 2_000_000), st.integers(60, 4000), st.integers(130, 380))


@given(grids, st.data())
def test_a_point_in_a_cell_finds_that_cell(grid, data):
    if not grid.count:
        assert grid.nearest_row(10, 10) == -1
        return
    row = data.draw(st.integers(0, grid.count - 1))
    rect = grid.rect(row)
    x = data.draw(st.integers(rect.left() + 1, rect.right() - 1))
    y = data.draw(st.integers(rect.top(), rect.bottom()))
    assert grid.row_at(x, y) == row
    assert grid.nearest_row(x, y) == row


@given(grids)
def test_cells_lie_inside_the_view_and_do_not_overlap(grid):
    rects = [grid.rect(row) for row in range(min(grid.count, grid.columns * 2 + 1))]
    assert all(not a.intersects(b) for i, a in enumerate(rects) for b in rects[i + 1 :])
    assert all(rect.left() >= 0 for rect in rects)
    assert all(rect.bottom() < grid.height for rect in rects)


@given(grids, st.integers(0, 10_000_000), st.integers(1, 3000))
def test_rows_between_are_exactly_those_that_touch_the_strip(grid, top, height):
    rows = grid.rows_between(top, top + height)
    if rows:
        assert grid.rect(rows[0]).bottom() >= top
        assert grid.rect(rows[-1]).top() <= top + height
        if rows[0] > 0:
            assert grid.rect(rows[0] - 1).bottom() < top


@pytest.mark.parametrize(("width", "columns"), [(805, 4), (405, 2), (1040, 5), (150, 1)])
def test_columns_follow_the_wanted_width(width, columns):
    assert Grid.fit(100, width, 200).columns == columns


def test_a_million_rows_fit_qt_scroll_bars():
    grid = Grid.fit(1_000_000, 900, 130)
    assert grid.height < 2**31 - 1
    assert grid.rect(999_999).bottom() < grid.height
