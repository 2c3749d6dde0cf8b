"""What the gallery lists, and when it reads its list again."""

from __future__ import annotations

import threading
from array import array
from dataclasses import replace

from fake_workspace import FakeWorkspace
from whole_window import count

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import LibraryView, ViewKind


def test_after_a_run_the_photos_stand_in_the_order_of_the_dates_it_read(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    workspace.publish(Progress(RunState.CAPTIONING, 1, 30))
    qtbot.waitUntil(lambda: window.browser._was_captioning)
    workspace.library.ids = lambda view: array("q", range(30, 0, -1))
    workspace.publish(Progress(RunState.IDLE, 30, 30))
    qtbot.waitUntil(lambda: window.gallery.model.id_at(0) == 30)


def test_a_failed_read_of_a_view_that_was_left_is_not_said(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    read, began, go_on = workspace.library.ids, threading.Event(), threading.Event()

    def broken(view: LibraryView) -> array[int]:
        if view.kind is ViewKind.ALL:
            return read(view)
        began.set()
        assert go_on.wait(10)
        raise CatalogError("The disk failed.")

    workspace.library.ids = broken
    window.browser.show_row(ViewKind.RECENT)
    assert began.wait(10)
    window.browser.search("moon")  # its list waits for typing to pause
    window.browser.view = replace(window.browser.view, kind=ViewKind.ALL)
    with qtbot.assertNotEmitted(window.browser.failed):
        go_on.set()
        qtbot.waitUntil(lambda: 0 < count(window) < 30)
