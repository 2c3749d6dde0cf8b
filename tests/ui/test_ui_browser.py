"""What the gallery lists, and when it reads its list again."""

from __future__ import annotations

from array import array

from fake_workspace import FakeWorkspace
from whole_window import assembled

from blipdesk.domain.events import Progress, RunState
from blipdesk.ui.shell import Shell


def test_after_a_run_the_photos_stand_in_the_order_of_the_dates_it_read(qtbot):
    shell = Shell()
    qtbot.addWidget(shell)
    window = assembled(shell)
    workspace = FakeWorkspace(30)
    window.attach(workspace)
    qtbot.waitUntil(lambda: window.browser.loaded)
    workspace.publish(Progress(RunState.CAPTIONING, 1, 30))
    qtbot.waitUntil(lambda: window.browser._was_captioning)
    workspace.library.ids = lambda view: array("q", range(30, 0, -1))
    workspace.publish(Progress(RunState.IDLE, 30, 30))
    qtbot.waitUntil(lambda: window.gallery.model.id_at(0) == 30)
    window.detach()
