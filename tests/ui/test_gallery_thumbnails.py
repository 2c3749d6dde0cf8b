"""Thumbnails: bounded, asked for again where there may be one now, never lost over a new size."""

from __future__ import annotations

import threading

import pytest
from fake_pictures import picture
from fake_workspace import FakeWorkspace
from shiboken6 import delete

from blipdesk.domain.events import CatalogChange
from blipdesk.ui.gallery import thumbnails as module
from blipdesk.ui.gallery.model import IdsChange
from blipdesk.ui.gallery.thumbnails import Thumbnails


@pytest.fixture
def thumbnails(qtbot):
    made = Thumbnails(cache_bytes=500_000)
    yield made
    made.stop()
    assert made.wait()


def test_the_pixmap_cache_is_bounded_in_bytes(thumbnails, qtbot):
    thumbnails.set_source(FakeWorkspace(200).library.thumbnail)
    arrived: list[int] = []
    thumbnails.arrived.connect(arrived.append)
    for photo_id in range(1, 30):
        thumbnails.get(photo_id, f"{photo_id:064x}")
    qtbot.waitUntil(lambda: len(arrived) == 29, timeout=10_000)
    assert 0 < thumbnails.cached_bytes <= 500_000


def test_a_failed_photo_is_asked_for_once_and_again_after_it_changed(thumbnails, qtbot):
    asked: list[int] = []
    thumbnails.set_source(lambda photo_id, _: asked.append(photo_id))
    for change in (frozenset({7}), None):
        asked.clear()
        with qtbot.waitSignal(thumbnails.arrived):
            thumbnails.get(7, "x")
        assert thumbnails.get(7, "x") == (None, True)
        assert asked == [7]
        thumbnails.forget_absent(change)
    with qtbot.waitSignal(thumbnails.arrived):
        assert thumbnails.get(7, "x") == (None, False)


def test_the_top_of_the_screen_is_served_first(thumbnails, qtbot):
    """What is painted last: the view is painted from its foot."""
    served: list[int] = []
    thumbnails.set_source(lambda photo_id, _: served.append(photo_id))
    with qtbot.waitSignals([thumbnails.arrived] * 30):
        for photo_id in range(1, 31):
            thumbnails.get(photo_id, "x")
    assert served.index(1) > 15 > served.index(30)


def test_a_gallery_is_deleted_without_waiting_for_a_slow_drive(qtbot):
    reading, go_on, ended = threading.Event(), threading.Event(), []

    def read(photo_id, _):
        reading.set()
        ended.append(go_on.wait(5))

    made = Thumbnails()
    made.set_source(read)
    made.get(7, "x")
    qtbot.waitUntil(reading.is_set)
    delete(made)
    assert not ended
    go_on.set()
    qtbot.waitUntil(lambda: ended == [True])


def test_no_more_than_some_photos_are_remembered_to_have_none(thumbnails, qtbot, monkeypatch):
    monkeypatch.setattr(module, "_ABSENT", 3)
    thumbnails.set_source(lambda *_: None)
    for photo_id in range(5):
        with qtbot.waitSignal(thumbnails.arrived):
            thumbnails.get(photo_id, "x")
    assert [thumbnails.get(photo_id, "x")[1] for photo_id in range(5)] == [False, False, True, True, True]


def test_a_size_changed_while_a_picture_is_read_is_served_all_the_same(thumbnails, qtbot):
    reading, go_on = threading.Event(), threading.Event()

    def read(photo_id: int, _: str) -> bytes:
        reading.set()
        assert go_on.wait(10)
        return picture(photo_id)

    thumbnails.set_source(read)
    thumbnails.get(1, "x")
    qtbot.waitUntil(reading.is_set)
    thumbnails.set_size(300, 222, 1.0)
    thumbnails.get(1, "x")
    with qtbot.waitSignal(thumbnails.arrived):  # without it nothing would paint, and ask, again
        go_on.set()
    with qtbot.waitSignal(thumbnails.arrived):
        thumbnails.get(1, "x")
    assert thumbnails.get(1, "x")[0].width() == 300


def test_a_sharper_screen_gets_sharper_pictures(thumbnails, qtbot):
    thumbnails.set_source(lambda photo_id, _: picture(photo_id))
    for ratio in (1.0, 2.0):
        thumbnails.set_size(182, 135, ratio)
        with qtbot.waitSignal(thumbnails.arrived):
            thumbnails.get(1, "x")
        assert thumbnails.get(1, "x")[0].width() == 182 * ratio


def test_a_drive_that_comes_back_brings_its_pictures(open_window, qtbot):
    workspace, there = FakeWorkspace(5), threading.Event()
    read = workspace.library.thumbnail
    workspace.library.thumbnail = lambda *key: read(*key) if there.is_set() else None
    shown = open_window(workspace).gallery.thumbnails
    key = (1, f"{1:064x}")
    qtbot.waitUntil(lambda: shown.get(*key) == (None, True))
    there.set()
    workspace.publish(CatalogChange(photos=None, folders=True))
    qtbot.waitUntil(lambda: shown.get(*key)[0] is not None)


def test_of_another_view_with_the_same_photos_the_pictures_come(open_window, qtbot):
    workspace, go_on, asked = FakeWorkspace(300), threading.Event(), set()

    def read(photo_id: int, _: str) -> None:
        asked.add(photo_id)
        assert go_on.wait(10)

    workspace.library.thumbnail = read
    window = open_window(workspace)
    view, ids = window.gallery.view, window.gallery.model.ids
    cached = window.gallery.model.cached
    qtbot.waitUntil(lambda: len(asked) == 2 and all(map(cached, view.visible_ids())))
    view.viewport().repaint()
    window.browser.ids_changed.emit(IdsChange.between(ids, ids), True)
    go_on.set()
    assert window.gallery.thumbnails.wait()
    assert asked >= set(view.visible_ids()), "nothing is painted, that would ask again"
