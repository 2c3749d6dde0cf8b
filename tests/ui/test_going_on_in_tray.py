"""The program behind its window: the tray, what closing the window means, notifications."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_workspace import ENGINE, FakeWorkspace
from own_process import run_script
from PySide6.QtWidgets import QLineEdit

from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.values import FolderState
from blipdesk.ui.background import Background
from blipdesk.ui.shell import Shell
from blipdesk.ui.tray import Tray

BUSY = Progress(RunState.CAPTIONING, 10, 40, 0, 1.1, 1980, "", ENGINE, 3)


class SeenTray(Tray):
    """A tray as on a desktop that has one; remembers what it told."""

    def __init__(self, parent):
        super().__init__(parent)
        self.told = []

    is_there = True

    def say(self, notice):
        self.told.append(notice)


@pytest.fixture
def behind(qtbot):
    """A window with a library behind it; ``closed`` counts the ends of the program."""
    made = []

    def make(workspace=None, tray=SeenTray, **settings):
        shell = Shell()
        qtbot.addWidget(shell)
        shell.show()
        qtbot.waitExposed(shell)
        shell.ended, shell.seen = [], []
        shell.closed.connect(lambda: shell.ended.append(True))
        workspace = workspace or FakeWorkspace(20, **settings)
        background = Background(shell, workspace, lambda: shell.seen.append("activity"), tray)
        made.append(background)
        return shell, workspace, background

    yield make
    for background in made:
        background.end()


def test_the_first_close_says_what_happens_and_the_answer_is_kept(behind, qtbot):
    shell, workspace, background = behind()
    shell.close()
    assert shell.isVisible() and "goes on captioning" in background.dialog.words.text()
    background.dialog.stay_button.click()
    qtbot.waitUntil(lambda: workspace.settings.values.keep_running_told)
    assert not shell.isVisible() and shell.ended == []
    background.tray.open_action.trigger()
    assert shell.isVisible()
    held = QLineEdit(shell)
    held.show()
    held.setFocus()
    shell.close()
    assert not shell.isVisible() and background.dialog is None
    shell.come_forward()
    assert shell.focusWidget() is held
    shell.close()
    qtbot.wait(10)
    assert shell.ended == []


def test_quitting_instead_is_kept_too(behind, qtbot):
    shell, workspace, background = behind()
    shell.close()
    background.dialog.quit_button.click()
    qtbot.waitUntil(lambda: shell.ended == [True])
    qtbot.waitUntil(lambda: workspace.settings.values.keep_running_told)
    assert not workspace.settings.values.keep_running


def test_escape_leaves_the_window_as_it_was(behind, qtbot):
    shell, workspace, background = behind()
    shell.close()
    background.dialog.reject()
    qtbot.waitUntil(lambda: background.dialog is None)
    assert shell.isVisible() and not workspace.settings.values.keep_running_told


@pytest.mark.parametrize("why", ["no tray", "setting off", "demo"])
def test_closing_ends_the_program_where_it_cannot_or_shall_not_go_on(behind, qtbot, why):
    workspace = FakeWorkspace(20, keep_running=why != "setting off", keep_running_told=True)
    workspace.demo = why == "demo"
    shell, _, background = behind(workspace, tray=Tray if why == "no tray" else SeenTray)
    assert (background.tray is None) == (why == "no tray")
    shell.close()
    qtbot.waitUntil(lambda: shell.ended == [True])


def test_quit_in_the_tray_ends_a_program_whose_window_is_closed(behind, qtbot):
    shell, _, background = behind(keep_running_told=True)
    shell.close()
    assert not shell.isVisible()
    background.tray.quit_action.trigger()
    qtbot.waitUntil(lambda: shell.ended == [True])


def test_the_tray_says_what_is_done_and_pauses_it(behind, qtbot):
    shell, workspace, background = behind()
    tray = background.tray
    before = tray.icon.icon().cacheKey()
    workspace.captioning.show(BUSY)
    qtbot.waitUntil(lambda: tray.state_action.text() == "Captioning 10 of 40 · about 33 min left")
    assert "Captioning 10 of 40" in tray.icon.toolTip()
    assert tray.icon.icon().cacheKey() != before
    drawn = tray.icon.icon().cacheKey()
    workspace.captioning.show(replace(BUSY, rate=1.2))
    qtbot.wait(80)
    assert tray.icon.icon().cacheKey() == drawn  # not drawn again for nothing
    tray.pause_action.trigger()
    qtbot.waitUntil(lambda: tray.pause_action.text() == "Go on")
    assert ("pause", None) in workspace.captioning.calls
    tray.state_action.trigger()
    assert shell.seen == ["activity"]


def test_markup_in_a_message_is_text(behind, qtbot):
    _, workspace, background = behind()
    workspace.captioning.show(Progress(RunState.ERROR, message="<b>a & b</b> is gone."))
    qtbot.waitUntil(lambda: "gone" in background.tray.state_action.text())
    assert background.tray.state_action.text() == "‹b>a && b‹/b> is gone."


def drive_goes(workspace):
    root = workspace.library.roots[0]
    workspace.library.roots = [replace(root, state=FolderState.OFFLINE), *workspace.library.roots[1:]]
    workspace.publish(CatalogChange(folders=True))


@pytest.mark.parametrize(("wanted", "told"), [(True, 1), (False, 0)])
def test_a_drive_that_goes_is_told_to_who_does_something_else(behind, qtbot, wanted, told):
    shell, workspace, background = behind(keep_running_told=True, notifications=wanted)
    qtbot.waitUntil(lambda: background._notices._offline is not None)
    shell.close()
    drive_goes(workspace)
    qtbot.waitUntil(
        lambda: (
            len(background._notices._offline)
            == len([root for root in workspace.library.roots if root.state is FolderState.OFFLINE])
        )
    )
    assert len(background.tray.told) == told


HIDDEN = """
import threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from fake_workspace import FakeWorkspace
from blipdesk.ui import session
from blipdesk.ui.main import run
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell

workspace, activate = FakeWorkspace(30), []

def open_workspace(on_activate):
    activate.append(on_activate)
    return workspace

def shell():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell))

def step():
    window = shell().centralWidget()
    if window is None or window.workspace is None or not window.browser.loaded:
        return
    if not asked:
        print("hidden, with photos:", not shell().isVisible(), window.gallery.model.rowCount())
        thread = threading.Thread(target=activate[0])
        thread.start()
        thread.join()
        asked.append(True)
    elif shell().isVisible():
        timer.stop()
        print("shown by a second start")
        shell().close()

asked = []
original = Shell.__init__
def init(self, *given):
    global timer
    original(self, *given)
    timer = QTimer(self, interval=10)
    timer.timeout.connect(step)
    timer.start()
Shell.__init__ = init
print("status", run(open_workspace, ["blipdesk"], Path("look.json"), hidden=True), workspace.closed)
"""


def test_a_hidden_start_shows_its_window_when_it_is_asked_for(tmp_path):
    done = run_script(HIDDEN, tmp_path)
    assert done.stdout.splitlines() == [
        "hidden, with photos: True 30", "shown by a second start", "status 0 True",
    ], done.stderr  # fmt: skip
