"""The activity panel: what waits and why, how long it takes, and what can be done about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_workspace import BROKEN, ENGINE, FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from blipdesk.domain.conditions import WaitReason
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.jobs import WaitingFolder

BUSY = Progress(RunState.CAPTIONING, 10, 90, 0, 1.1, 1980, "", ENGINE, 3)
FOLDERS = [WaitingFolder(f"/home/ada/Pictures/{name}", 7 + n) for n, name in enumerate(("Lisbon", "Iceland"))]


@pytest.fixture
def opened(open_window, qtbot):
    """Opens the panel over a library with this work."""

    def make(progress=BUSY, folders=FOLDERS, problems=(), size=(1440, 900)):
        workspace = FakeWorkspace(20)
        workspace.captioning.now, workspace.captioning.folders = progress, list(folders)
        workspace.library.problems = lambda: list(problems)
        window = open_window(workspace, size)
        window.window().activateWindow()
        qtbot.waitUntil(window.window().isActiveWindow)
        QTest.keyClick(window.gallery.view, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        panel = window.activity.panel
        assert panel is not None and panel.isVisible()
        qtbot.waitUntil(lambda: panel.queue_head.text() != "")
        qtbot.waitUntil(lambda: len(panel.cards) == min(len(problems), 12))
        return workspace, window, panel

    return make


def names(panel):
    return [row.name.text() for row in panel.queue.rows if row.isVisible()]


def test_it_says_what_is_done_how_long_it_takes_and_what_waits(opened):
    _, _, panel = opened()
    assert panel.words.text() == "Captioning 10 of 90"
    assert panel.pace.text() == "1.1 photos/s · about 33 min left"
    assert panel.queue_head.text() == "WAITING · 15"
    assert names(panel) == ["Lisbon", "Iceland"]
    assert not panel.queue_empty.isVisible() and not panel.failed_head.isVisible()


def test_a_time_that_is_not_known_is_not_promised(opened):
    _, _, panel = opened(replace(BUSY, rate=0.0, seconds_left=None))
    assert panel.pace.text() == "Time left: not known yet"


def test_an_unsteady_pace_gives_a_range(opened):
    _, _, panel = opened(replace(BUSY, seconds_left=1200, seconds_left_most=2700))
    assert panel.pace.text() == "1.1 photos/s · 20 to 45 min left"


def test_pressing_what_the_status_bar_says_opens_it_and_escape_gives_the_keyboard_back(opened, qtbot):
    _, window, panel = opened()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    QTest.mouseClick(window.status, Qt.MouseButton.LeftButton, pos=window.status.words.geometry().center())
    assert panel.isVisible()
    QTest.mouseClick(window.status, Qt.MouseButton.LeftButton, pos=window.status.model.geometry().center())
    assert not panel.isVisible()


def test_a_folder_is_moved_to_the_front(opened, qtbot):
    workspace, _, panel = opened()
    assert not panel.queue.rows[0].first.isVisible() and panel.queue.rows[0].next.isVisible()
    button = panel.queue.rows[1].first
    assert button.accessibleName() == "Caption Iceland first"
    button.click()
    qtbot.waitUntil(lambda: names(panel) == ["Iceland", "Lisbon"])
    assert ("move_to_front", "/home/ada/Pictures/Iceland") in workspace.captioning.calls


def test_the_photos_of_one_cause_are_tried_again(opened, qtbot):
    big = Problem(ProblemKind.TOO_LARGE, "The file is too large.", "")
    workspace, window, panel = opened(problems=[(BROKEN, 4), (big, 1)])
    assert panel.failed_head.text() == "COULD NOT BE READ · 5"
    panel.cards[0].retry.click()
    qtbot.waitUntil(lambda: window.toast.words == "4 photos are tried again.")
    assert ("retry_cause", BROKEN) in workspace.captioning.calls


def test_the_work_waits_for_what_is_switched_on(opened, qtbot):
    workspace, window, panel = opened()
    panel.on_mains.click()
    qtbot.waitUntil(lambda: workspace.settings.values.only_on_mains)
    assert not workspace.settings.values.only_when_idle
    workspace.captioning.show(replace(BUSY, state=RunState.WAITING, waiting_for=WaitReason.MAINS))
    qtbot.waitUntil(lambda: panel.words.text() == "On battery: waiting for mains power")
    panel.close_panel()
    window.activity.toggle()
    assert panel.on_mains.isChecked() and not panel.when_idle.isChecked()


def test_what_this_computer_cannot_tell_is_said(opened, qtbot):
    workspace, window, panel = opened()
    qtbot.wait(20)
    assert not panel.idle_note.isVisible() and not panel.mains_note.isVisible()
    panel.close_panel()
    workspace.computer.idle = workspace.computer.battery = None
    window.activity.toggle()
    qtbot.waitUntil(lambda: panel.idle_note.isVisible() and panel.mains_note.isVisible())


def test_pause_and_go_on(opened, qtbot):
    workspace, _, panel = opened()
    panel.pause.click()
    qtbot.waitUntil(lambda: panel.pause.text() == "Go on")
    panel.pause.click()
    qtbot.waitUntil(lambda: panel.pause.text() == "Pause")
    assert [call for call, _ in workspace.captioning.calls if call != "set_visible"] == ["pause", "resume"]


def test_an_empty_queue_is_not_said_before_the_first_model_is_loaded(opened, qtbot):
    workspace, _, panel = opened(Progress(RunState.LOADING_MODEL), folders=[])
    assert not panel.queue_empty.isVisible()
    workspace.captioning.show(Progress(RunState.IDLE))
    qtbot.waitUntil(panel.queue_empty.isVisible)


def test_what_is_done_leaves_the_list(opened, qtbot):
    workspace, _, panel = opened()
    workspace.captioning.folders = FOLDERS[1:]
    workspace.publish(CatalogChange(photos=frozenset({1})))
    qtbot.waitUntil(lambda: names(panel) == ["Iceland"])
    workspace.captioning.folders = []
    workspace.publish(CatalogChange(photos=frozenset({2})))
    qtbot.waitUntil(panel.queue_empty.isVisible)


@pytest.mark.parametrize("size", [(1440, 900), (1000, 700), (860, 560)])
def test_many_folders_and_reasons_fit_the_window(opened, size):
    folders = [WaitingFolder(f"/photos/{n}", 10) for n in range(450)]
    causes = [(Problem(ProblemKind.UNREADABLE, f"Cause {n}.", "Copy it again."), 1) for n in range(20)]
    _, window, panel = opened(folders=folders, problems=causes, size=size)
    assert len(names(panel)) == 8 and panel.queue.more.text() == "and 442 more folders · 4,420 photos"
    panel.queue.more.click()
    assert len(names(panel)) == 48 and panel.queue.more.text() == "and 402 more folders · 4,020 photos"
    assert window.window().focusWidget() is panel.queue.rows[8].first
    for _ in range(11):
        panel.queue.more.click()
    assert len(names(panel)) == 450 and not panel.queue.more.isVisible()
    assert panel.more_causes.isVisible()
    assert panel.geometry().bottom() < window.status.y() and panel.y() > window.top_bar.height()
