"""Rows are ids; tiles come 50 at a time, only where they are looked at."""

from __future__ import annotations

import threading
from array import array
from dataclasses import replace

import pytest
from fake_workspace import FakeWorkspace
from hypothesis import given
from hypothesis import strategies as st
from whole_window import show_ids

from blipdesk.domain.values import LibraryView, PhotoState
from blipdesk.ui.gallery import model as model_module
from blipdesk.ui.gallery.model import PAGE_ROWS, GalleryModel, IdsChange


def ids(*numbers: int) -> array[int]:
    return array("q", numbers)


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True))
def test_a_change_describes_the_one_span_that_differs(old, new):
    change = IdsChange.between(ids(*old), ids(*new))
    rebuilt = old[: change.start] + new[change.start : change.start + change.added]
    rebuilt += old[change.start + change.removed :]
    assert rebuilt == new


def test_new_photos_are_inserted_and_the_rest_keeps_its_place(qtbot):
    model = GalleryModel()
    show_ids(model, ids(1, 2, 3))
    with qtbot.waitSignal(model.rowsInserted) as inserted:
        assert not model.apply(IdsChange.between(model.ids, ids(9, 8, 1, 2, 3)))
    assert inserted.args[1:] == [0, 1]
    with qtbot.waitSignal(model.rowsRemoved):
        assert not model.apply(IdsChange.between(model.ids, ids(9, 8, 3)))
    assert list(model.ids) == [9, 8, 3]


def test_an_equal_list_changes_nothing(qtbot):
    model = GalleryModel()
    show_ids(model, ids(1, 2, 3))
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.rowsInserted):
        show_ids(model, ids(1, 2, 3))


def test_another_order_is_a_reset_that_says_where_the_kept_ids_went():
    change = IdsChange.between(ids(1, 2, 3, 4), ids(4, 3, 2, 1), keep=[2, 4])
    assert change.removed and change.added
    assert change.kept == (0, 2)


def test_a_tile_is_read_with_its_page_and_only_that_one(qtbot):
    workspace = FakeWorkspace(1000)
    model = GalleryModel()
    model.set_source(workspace.library.tiles)
    show_ids(model, workspace.library.ids(LibraryView()))
    assert workspace.library.tile_calls == []
    with qtbot.waitSignal(model.tiles_arrived):
        assert model.tile(450) is None
    assert model.tile(450).id == 451
    assert workspace.library.tile_calls == [tuple(range(451, 501))]


def test_the_cache_is_bounded(qtbot, monkeypatch):
    monkeypatch.setattr(model_module, "PAGES_KEPT", 8)
    workspace = FakeWorkspace(PAGE_ROWS * 13)
    model = GalleryModel()
    model.set_source(workspace.library.tiles)
    show_ids(model, workspace.library.ids(LibraryView()))
    for page in range(13):
        with qtbot.waitSignal(model.tiles_arrived):
            model.tile(page * PAGE_ROWS)
    assert model.cached(1) is None
    assert model.cached(model.ids[-1]) is not None


def test_a_changed_photo_is_read_again_and_shows_its_old_tile_meanwhile(qtbot):
    workspace = FakeWorkspace(10)
    model = GalleryModel()
    model.set_source(workspace.library.tiles)
    show_ids(model, workspace.library.ids(LibraryView()))
    with qtbot.waitSignal(model.tiles_arrived):
        model.tile(0)
    workspace.change([1], state=PhotoState.QUEUED)
    with qtbot.waitSignal(model.tiles_arrived):
        model.refresh(frozenset({1}))
        assert model.tile(0).state is PhotoState.DONE
    assert model.tile(0).state is PhotoState.QUEUED


def test_what_changes_while_its_page_is_read_is_read_again(qtbot):
    workspace, began, go_on = FakeWorkspace(10), threading.Event(), threading.Event()

    def read(wanted):
        tiles = workspace.library.tiles(wanted)
        began.set()
        assert go_on.wait(10)
        return tiles

    model = GalleryModel()
    model.set_source(read)
    show_ids(model, workspace.library.ids(LibraryView()))
    model.tile(0)
    assert began.wait(10)
    workspace.change([1], state=PhotoState.QUEUED)
    model.refresh(frozenset({1}))
    go_on.set()
    qtbot.waitUntil(lambda: model.cached(1) is not None and model.cached(1).state is PhotoState.QUEUED)
    assert workspace.library.tile_calls == [tuple(range(1, 11)), (1,)]


@pytest.mark.parametrize("was_read", [False, True])
@pytest.mark.parametrize("names", [True, False])
def test_tiles_that_come_with_a_list_are_not_shown_for_newer_ones(qtbot, was_read, names):
    workspace = FakeWorkspace(10)
    model = GalleryModel()
    model.set_source(workspace.library.tiles)
    show_ids(model, ids(1) if was_read else ids(2))
    with qtbot.waitSignal(model.tiles_arrived):
        model.tile(0)
    began, tiles = model.changes, workspace.library.tiles([1, 3])
    workspace.change([1], state=PhotoState.QUEUED)
    model.refresh(frozenset({1}) if names else None)
    if was_read:
        qtbot.waitUntil(lambda: model.cached(1).state is PhotoState.QUEUED)
    model.apply(replace(IdsChange.between(model.ids, ids(1, 3)), tiles=tuple(tiles), changes=began))
    assert model.cached(3) is not None
    qtbot.waitUntil(lambda: model.cached(1).state is PhotoState.QUEUED)


def test_a_failed_read_is_logged_and_tried_again_when_looked_at_again(qtbot, caplog):
    calls: list[int] = []

    def read(wanted):
        calls.append(len(wanted))
        if len(calls) == 1:
            raise OSError("disk")
        return FakeWorkspace(5).library.tiles(wanted)

    model = GalleryModel()
    model.set_source(read)
    show_ids(model, ids(1, 2))
    model.tile(0)
    qtbot.waitUntil(lambda: len(calls) == 1 and not model._running)
    assert "page 0 of the gallery could not be read" in caplog.text
    with qtbot.waitSignal(model.tiles_arrived):
        model.tile(0)
    assert model.tile(0).id == 1
