"""The gallery's arithmetic: every cell findable, justified, and right at a million photos."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.ui.gallery.geometry import HEADING, Grid

grids = st.builds(
    Grid.fit, st.integers(0, 2_000_000), st.integers(60, 4000), st.integers(130, 380),
    st.none() | st.integers(0, 2_000_000),
)  # fmt: skip
small = st.builds(
    Grid.fit, st.integers(0, 60), st.integers(60, 1500), st.integers(130, 380), st.none() | st.integers(0, 60)
)


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


@given(small, st.integers(-100, 9000), st.integers(0, 900))
def test_no_cell_of_a_strip_is_left_out_on_either_side_of_the_heading(grid, top, height):
    touching = [
        row
        for row in range(grid.count)
        if grid.rect(row).bottom() >= top and grid.rect(row).top() <= top + height
    ]
    assert list(grid.rows_between(top, top + height)) == touching


@given(small)
def test_the_photos_that_may_fit_begin_a_line_of_their_own_under_the_heading(grid):
    if grid.has_heading:
        strip = range(grid.heading_top, grid.heading_top + HEADING)
        assert grid.rect(grid.sure).top() == strip.stop
        assert grid.rect(grid.sure).left() == grid.left
        assert all(grid.rect(row).bottom() < strip.start for row in range(grid.sure))
        assert {grid.row_at(x, y) for x in (0, 40, 300) for y in strip} == {-1}


@given(small, st.data())
def test_a_line_down_and_up_again_comes_back_to_its_column(grid, data):
    if grid.count:
        row = data.draw(st.integers(0, grid.count - 1))
        below = grid.moved(row, 1)
        assert grid.line_of(below) == min(grid.line_of(row) + 1, grid.lines - 1)
        if grid.rect(below).left() == grid.rect(row).left():
            assert grid.moved(below, grid.line_of(row) - grid.line_of(below)) == row
        assert grid.line_of(grid.moved(row, -grid.lines)) == 0
        assert grid.moved(row, grid.lines) == (row if grid.lines == 1 else grid.count - 1)


@pytest.mark.parametrize(("width", "columns"), [(805, 4), (405, 2), (1040, 5), (150, 1)])
def test_columns_follow_the_wanted_width(width, columns):
    assert Grid.fit(100, width, 200).columns == columns


def test_a_million_rows_fit_qt_scroll_bars():
    grid = Grid.fit(1_000_000, 900, 130)
    assert grid.height < 2**31 - 1
    assert grid.rect(999_999).bottom() < grid.height
