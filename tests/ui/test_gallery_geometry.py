"""The gallery's arithmetic: every cell findable, justified, and right at a million photos."""

from __future__ import annotations

import itertools
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from blipdesk.ui.gallery.geometry import HEADING, Grid, Sections
from blipdesk.ui.gallery.spans import either, together, under


def made(
    count: int, width: int, wanted: int, sure: int | None, groups: set[int] | None, listed: bool
) -> Grid:
    """A grid or list with the groups, and those that may fit behind them."""
    above = count if sure is None else min(sure, count)
    sections = Sections.parted(above, count)
    if groups is not None and above:
        starts = array("q", sorted({0, *(row for row in groups if row < above)}))
        sections = Sections.grouped(starts, above, count)
    if listed:
        return Grid.listed(count, width, sections)
    return Grid.fit(count, width, wanted, sections)


def builds(most: int, width: int, groups: int) -> st.SearchStrategy[Grid]:
    starts = st.sets(st.integers(0, most), max_size=groups)
    return st.builds(
        made, st.integers(0, most), st.integers(60, width), st.integers(130, 380),
        st.none() | st.integers(0, most), st.none() | starts, st.booleans(),
    )  # fmt: skip


grids, small = builds(2_000_000, 4000, 8), builds(60, 1500, 8)


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
def test_each_section_begins_a_line_of_its_own_under_its_heading(grid):
    for section in range(len(grid.sections) if grid.count else 0):
        top = grid.section_top(section)
        rows = grid.section_rows(section)
        high = HEADING if grid.sections.has_heading(section) else 0
        strip = range(top, top + high)
        assert grid.rect(rows.start).top() == strip.stop
        assert grid.rect(rows.start).left() == grid.left
        assert all(grid.rect(row).bottom() < strip.start for row in range(rows.start))
        assert all(grid.row_at(x, y) == -1 for x in (0, 40, 300) for y in strip)
        assert {grid.section_at(y) for y in (top, grid.rect(rows[-1]).bottom())} == {section}


@given(small)
def test_groups_that_share_a_line_fit_it_wholly_and_their_headings_lie_beside_each_other(grid):
    for section in range(len(grid.sections) if grid.count else 0):
        groups = grid.groups_of(section)
        rows = grid.section_rows(section)
        assert [row for group in groups for row in grid.group_rows(group)] == list(rows)
        if len(groups) > 1:
            assert len(rows) <= grid.columns
        spans = [grid.group_span(group) for group in groups]
        assert [left for left, _ in spans] == [
            grid.rect(grid.group_rows(group)[0]).left() for group in groups
        ]
        assert all(left + width == right[0] for (left, width), right in itertools.pairwise(spans))
        assert sum(spans[-1]) == grid.left + grid.width


@given(small)
def test_no_group_that_has_room_behind_another_begins_a_line(grid):
    for section in range(grid.groups.sharing and len(grid.sections) - 1):
        last = grid.groups_of(section)[-1]
        if last + 1 < grid.groups.sharing and len(grid.section_rows(section)) <= grid.columns:
            both = len(grid.section_rows(section)) + len(grid.group_rows(last + 1))
            assert both > grid.columns


@given(small, st.integers(0, 9000))
def test_the_heading_of_what_is_at_the_top_stays_there_until_the_next_pushes_it_away(grid, top):
    found = list(grid.headings(top, top + 300))
    assert all(b[1] - a[1] >= HEADING for a, b in itertools.pairwise(found))
    rows = grid.rows_between(top, top)
    if rows:
        section = grid.sections.of_row(rows[0])
        if grid.sections.has_heading(section):
            assert found[0][0] == section
            assert found[0][1] <= max(top, grid.section_top(section))
            assert found[0][1] + HEADING <= grid.rect(grid.section_rows(section)[-1]).bottom() + 1
    assert all(y == grid.section_top(section) for section, y in found[1:])


@given(small, st.integers(-50, 1600), st.integers(-50, 4000), st.integers(0, 1600), st.integers(0, 3000))
def test_a_rectangle_takes_the_cells_it_touches(grid, left, top, width, height):
    rect = QRect(left, top, width + 1, height + 1)
    taken = [row for first, end in under(grid, rect) for row in range(first, end)]

    def whole(row):  # cells of a line have no gaps: each reaches to the next
        cell = grid.rect(row)
        column = row - grid.line_rows(grid.line_of(row)).start
        edges = (grid.left + (column + end) * grid.cell_width for end in (0, 1))
        start, stop = edges
        return rect.right() >= start and rect.left() < stop and cell.top() <= rect.bottom() <= 1 << 30

    expected = [row for row in range(grid.count) if whole(row) and grid.rect(row).bottom() >= rect.top()]
    assert taken == expected


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1])))


@given(SPANS, SPANS)
def test_spans_are_sets_of_rows(one, other):
    def rows(spans):
        return {row for first, end in spans for row in range(first, end)}

    first, second = together(one), together(other)
    assert rows(first) == rows(one)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(first))
    assert rows(either(first, second)) == rows(first) ^ rows(second)


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
