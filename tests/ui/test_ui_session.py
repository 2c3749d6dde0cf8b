"""One whole run of the window in a process of its own: open, fail, retry, come to the front, close."""

from __future__ import annotations

from own_process import run_script

from blipdesk.ui.look import read_look

SCRIPT = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from fake_workspace import FakeWorkspace
from blipdesk.domain.errors import CatalogLockedError
from blipdesk.ui.main import run
from blipdesk.ui import session
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell
from blipdesk.ui.theme import theme

session.system_points = lambda: 26.0  # more than twice what any system has
workspace, tries, activate, saved = FakeWorkspace(30), [], [], []

def open_workspace(on_activate):
    tries.append(threading.current_thread() is threading.main_thread())
    activate.append(on_activate)
    if len(tries) == 1:
        raise CatalogLockedError("In use.", "Close it.")
    return workspace

def window():
    return next((w for w in QApplication.allWidgets() if isinstance(w, MainWindow)), None)

def shell():
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell))

def poll(condition, then):
    timer = QTimer(QApplication.instance(), interval=10)
    def check():
        if condition():
            timer.stop()
            then()
    timer.timeout.connect(check)
    timer.start()

def after_error():
    print("error:", window().problem.title.text())
    window().problem.first.click()
    poll(lambda: window().workspace is workspace and window().browser.loaded, after_open)

def after_open():
    print("photos:", window().gallery.model.rowCount())
    shell().showMinimized()
    thread = threading.Thread(target=activate[-1])
    thread.start()
    thread.join()
    poll(lambda: not shell().isMinimized(), after_front)

def after_front():
    print("in front, texts", theme().text_scale)
    window().gallery.view.set_tile_width(260)
    window().top_bar.tile_width_chosen.emit(260)
    window().gallery.view.select_row(0)
    poll(lambda: window().pane._photo is not None, after_photo)

def after_photo():
    save = workspace.editing.set_caption
    def kept(photo_id, text):
        threading.Event().wait(0.2)  # a close that does not wait for it is through by then
        saved.append((text, workspace.closed, threading.current_thread() is threading.main_thread()))
        save(photo_id, text)
    workspace.editing.set_caption = kept
    window().pane.page.caption.use_text("typed, not saved")
    shell().close()

def begin():
    poll(lambda: window() and window().problem.isVisible(), after_error)

original = Shell.__init__
def init(self, *given):
    original(self, *given)
    self.painted.connect(begin)
Shell.__init__ = init
status = run(open_workspace, ["blipdesk"], Path("look.json"))
print("status", status, "closed", workspace.closed, "tile", workspace.settings.values.tile_width)
print("place kept", bool(workspace.settings.values.geometry))
print("opened on the GUI thread:", any(tries))
print("typed, after the close, on the GUI thread:", saved)
"""


def test_open_fail_retry_activate_close(tmp_path):
    done = run_script(SCRIPT, tmp_path)
    assert done.stdout.splitlines() == [
        "error: This library is already open",
        "photos: 30",
        "in front, texts 2.0",
        "status 0 closed True tile 260",
        "place kept True",
        "opened on the GUI thread: False",
        "typed, after the close, on the GUI thread: [('typed, not saved', False, False)]",
    ], done.stderr
    look = read_look(tmp_path / "look.json")
    assert look["theme"] == "system"
    assert look["geometry"]
    assert "Traceback" not in done.stderr.replace("the library could not be opened", "").split("In use.")[-1]


QUIT = """
import threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from fake_workspace import FakeWorkspace
from blipdesk.ui.main import run
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell
from blipdesk.ui.tasks import run_in_pool

workspace, written = FakeWorkspace(30), []

def check():
    window = next((w for w in QApplication.allWidgets() if isinstance(w, MainWindow)), None)
    if window is not None and window.workspace is workspace:
        timer.stop()
        for _ in range(3):  # as many as the pool has threads
            run_in_pool(lambda: threading.Event().wait(0.2))
        # a write that goes on while a thread of the pool is free again
        run_in_pool(lambda: written.append(threading.Event().wait(0.2) or workspace.closed))
        QApplication.exit(0)  # the desktop's way to end a program: no window is asked

original = Shell.__init__
def init(self, *given):
    global timer
    original(self, *given)
    timer = QTimer(self, interval=10)
    timer.timeout.connect(check)
    timer.start()
Shell.__init__ = init
status = run(lambda on_activate: workspace, ["blipdesk"], Path("look.json"))
print("status", status, "closed", workspace.closed, "closed when written", written)
"""


def test_what_waits_is_done_and_the_library_closed_when_the_desktop_ends_the_program(tmp_path):
    done = run_script(QUIT, tmp_path)
    assert done.stdout.splitlines() == ["status 0 closed True closed when written [False]"], done.stderr
