"""The search box over a million photos while every core captions: how long the event loop stands still.

    python tests/bench/search_window.py DATA_DIR [--idle]

DATA_DIR is a catalog of ``search_scale.py`` (run it with ``--only fused`` first: it makes the vectors too).
Types queries key by key, clicks a hit, changes captions behind a search, asks for similar photos; prints for
each the longest gap between two turns of the event loop, and of the worst gaps how much this thread ran in
them, how long it was queued for a core and how long something held it up.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from whole_window import assembled

from blipdesk.services.bench_processes import BusyCores
from blipdesk.services.workspace import Workspace
from blipdesk.ui import main as ui_main
from blipdesk.ui import theme
from blipdesk.ui.shell import Shell
from blipdesk.ui.tasks import _live

QUERIES = (
    "dog on the beach", "two people walking", "red car street", "a man riding a wave", "camera:nikon sea",
    "-dog", "has:caption cat", "birthday caek", "black-and-white train", "date:2015..2018 snow",
)  # fmt: skip
GOAL_MS = 60


class Loop:
    """Turns of the event loop, and the gaps between them."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._schedule = open(f"/proc/self/task/{threading.get_native_id()}/schedstat")  # noqa: SIM115
        self._gaps: list[tuple[float, float, float]] = []
        self.clear()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=4)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def clear(self) -> None:
        """Forget what was."""
        self._gaps.clear()
        self._last, self._spent = time.perf_counter(), self._read()

    def _read(self) -> tuple[float, float]:
        self._schedule.seek(0)
        ran, queued, _ = self._schedule.read().split()
        return int(ran) / 1e6, int(queued) / 1e6

    def _tick(self) -> None:
        now, spent = time.perf_counter(), self._read()
        gap = (now - self._last) * 1e3
        self._gaps.append((gap, spent[0] - self._spent[0], spent[1] - self._spent[1]))
        self._last, self._spent = now, spent

    def run(self, seconds: float, until: Callable[[], object] = lambda: False) -> float:
        """Let the window work; milliseconds until ``until``."""
        began = time.perf_counter()
        while time.perf_counter() - began < seconds and not until():
            self._app.processEvents()
            time.sleep(0.0005)
        return (time.perf_counter() - began) * 1e3

    def settle(self) -> None:
        """Until nothing is worked on."""
        self.run(30, lambda: not _live)
        self.run(0.2)

    def report(self, what: str, more: str = "") -> None:
        """One line, and the worst gaps."""
        gaps = sorted(self._gaps, reverse=True)
        usual = gaps[len(gaps) // 100][0]
        print(f"{what:<36} p99 {usual:5.1f}  longest {gaps[0][0]:6.1f} ms (goal {GOAL_MS})  {more}")
        for gap, ran, queued in gaps[:4]:
            if gap > GOAL_MS:
                print(
                    f"    {gap:.0f} ms: ran {ran:.0f}, queued {queued:.0f}, held up {gap - ran - queued:.0f}"
                )
        sys.stdout.flush()
        self.clear()


def measure(data_dir: Path, busy: bool) -> None:
    """Drive the window."""
    sys.setswitchinterval(ui_main.SWITCH_SECONDS)
    app = QApplication([])
    ui_main.load_fonts()
    theme.apply_theme(app, "dark")
    workspace = Workspace.open(data_dir, start=False)
    workspace.settings.change(first_start_done=True)
    shell = Shell()
    shell.resize(1440, 900)
    shell.show()
    window = assembled(shell)
    window.attach(workspace)
    loop = Loop(app)
    browser, field = window.browser, window.top_bar.search.field
    loop.run(20, lambda: browser.loaded and browser.side is not None)
    loop.settle()
    loop.report("start")
    window.gallery.view.select_row(9)
    loop.settle()
    loop.report("the first photo that is looked at")
    window.gallery.view.clearSelection()
    with BusyCores() if busy else nullcontext():
        _search(workspace, window, loop, field)
    window.detach()
    workspace.close()
    os._exit(0)  # threads of a model that is loading would be waited for


def _search(workspace: Workspace, window: object, loop: Loop, field: object) -> None:
    browser, view = window.browser, window.gallery.view
    window.activateWindow()
    loop.run(0.3)
    loop.clear()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    loop.settle()
    loop.report("the field is entered")
    QTest.keyClicks(field, "d")
    loop.settle()
    loop.report("the first key of all")
    waits = []
    for query in QUERIES:
        field.clear()
        loop.run(0.6)
        for key in query:
            QTest.keyClicks(field, key)
            loop.run(0.09)
        waits.append(round(loop.run(5, lambda: browser.is_ranked)))
        loop.settle()
    loop.report(f"typing {len(QUERIES)} queries", f"ranked {waits} ms after the last key")
    field.clear()
    QTest.keyClicks(field, "cat dog")
    loop.settle()
    view.select_row(3)
    loop.settle()
    loop.report("a hit that is clicked")
    changing = threading.Thread(target=_change, args=(workspace,))
    changing.start()
    loop.run(20, lambda: not changing.is_alive())
    loop.settle()
    loop.report("captions that change behind a search")
    bar = view.verticalScrollBar()
    for place in range(0, bar.maximum(), max(1, bar.maximum() // 40)):
        bar.setValue(place)
        loop.run(0.05)
    loop.settle()
    loop.report("scrolling through the answer")
    window.selection.find_similar()
    loop.settle()
    loop.report("similar photos")
    field.clear()
    loop.settle()
    loop.report("back to all photos")


def _change(workspace: Workspace) -> None:
    ids = random.sample(range(1, workspace.catalog.counts().total), 30)
    for number, photo_id in enumerate(ids):
        workspace.editing.set_caption(photo_id, f"a cat and a dog, number {number}")
        time.sleep(0.1)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--idle", action="store_true", help="while nothing is captioned")
    options = parser.parse_args()
    measure(options.data_dir, not options.idle)


if __name__ == "__main__":
    main()
