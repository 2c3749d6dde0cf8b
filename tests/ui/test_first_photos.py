"""A large library's first photos are seen before it is known which others it has."""

from __future__ import annotations

import threading
from array import array

import pytest
from fake_workspace import FakeWorkspace
from whole_window import count

from blipdesk.domain.values import LibraryView
from blipdesk.ui import tasks
from blipdesk.ui.listing import FIRST


class Slow:
    """A library whose whole list waits."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._read = workspace.library.ids
        workspace.library.ids = self._ids
        self.asked, self.go_on = threading.Event(), threading.Event()

    def _ids(self, view: LibraryView) -> array[int]:
        self.asked.set()
        assert self.go_on.wait(20)
        return self._read(view)


@pytest.fixture
def opened(open_window, qtbot):
    """Opens a window whose library is still being listed, with what lists it."""
    lists: list[Slow] = []

    def make(workspace: FakeWorkspace):
        lists.append(Slow(workspace))
        window = open_window()
        window.attach(workspace)
        qtbot.waitUntil(lists[-1].asked.is_set)
        return window, lists[-1]

    yield make
    for slow in lists:
        slow.go_on.set()


def test_the_first_photos_are_seen_while_the_others_are_listed(opened, qtbot):
    window, slow = opened(FakeWorkspace(2000))
    assert count(window) == FIRST  # before the others are asked for: they would hold up the first paint
    assert not window.gallery.showing_state and not window.gallery.count.text()
    first = window.gallery.model.ids[:]
    view = window.gallery.view
    view.select_row(30)
    scrolled = view.verticalScrollBar().value()
    assert scrolled
    slow.go_on.set()
    qtbot.waitUntil(lambda: window.browser.loaded)
    assert count(window) == 2000 and window.gallery.model.ids[:FIRST] == first
    assert view.verticalScrollBar().value() == scrolled and list(view.selected_ids()) == [first[30]]
    assert "2,000" in window.gallery.count.text()


@pytest.mark.parametrize(
    "settings", [{"query": "moon"}, {"sort": "sureness"}, {"grouping": "day"}, {"top_photo": 900}]
)
def test_no_photos_are_shown_that_would_be_gone_again(opened, qtbot, settings):
    before = set(tasks._live)
    window, slow = opened(FakeWorkspace(2000, **settings))
    qtbot.waitUntil(lambda: len(tasks._live - before) == 1)  # the list that waits
    assert count(window) == 0 and window.gallery.showing_state
    slow.go_on.set()
    qtbot.waitUntil(lambda: window.browser.loaded)


def test_a_small_library_is_listed_once(opened, qtbot):
    window, slow = opened(FakeWorkspace(60))
    with qtbot.waitSignal(window.browser.ids_changed) as listed:
        slow.go_on.set()
    assert listed.args[0].added == 60


def test_what_keeps_the_first_photos_is_said(opened, qtbot):
    window, slow = opened(FakeWorkspace(2000, query="moon"))
    assert window.gallery.showing_state == "Searching…"
    window.top_bar.search.field.clear()
    assert window.gallery.showing_state == "Opening your library…"
    slow.go_on.set()
    qtbot.waitUntil(lambda: window.browser.loaded)
    assert not window.gallery.showing_state
