"""The whole window over a large catalog: start, first paint, scrolling, jumping, selecting, memory.

    python tests/bench/gallery_scale.py DATA_DIR [--photos 100000] [--busy | --captioning] [--only PART ...]

Makes the catalog in DATA_DIR where it is not there (see ``search_library.py``), and some thousand thumbnails
in it that its photos share.  Prints each figure with its goal: milliseconds of the wall and, behind them, of
this thread's processor time, which a busy computer does not change; the best of some rounds for what is done
once.  ``--busy``: every core works at something else, as while a model captions; ``--captioning``: one does,
of full size, from the moment that the photos are listed.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "ui"))

from captioning_beside import CaptioningBeside
from program_start import ROUNDS, empty, first_window, resident, say
from PySide6.QtCore import QBuffer, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication
from search_library import make
from search_window import Loop
from whole_window import assembled

from blipdesk.domain.grouping import Grouping
from blipdesk.services.bench_processes import BusyCores
from blipdesk.services.workspace import Workspace
from blipdesk.ui import main as ui_main
from blipdesk.ui import theme
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell

SHARED_THUMBNAILS = 3000
"""Photos share these by turns: a store of a million would be 20 GB."""
PAGES, JUMPS = 60, 40


def percentiles(spent: list[float]) -> str:
    """p50, p95 and the worst."""
    ordered = sorted(spent)
    p50, p95 = (ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95))
    return f"p50 {p50:5.1f}  p95 {p95:5.1f}  worst {ordered[-1]:5.1f}"


class Timed:
    """Wall and processor milliseconds of what is done again and again."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.processor: list[float] = []

    def time(self, work: Callable[[], object]) -> None:
        """Do it once."""
        began, working = time.perf_counter(), time.thread_time()
        work()
        self.wall.append((time.perf_counter() - began) * 1e3)
        self.processor.append((time.thread_time() - working) * 1e3)

    def say_all(self, what: str, goal: str) -> None:
        """The percentiles."""
        say(what, percentiles(self.wall), goal)
        say("    of the processor", percentiles(self.processor))

    def say_best(self, what: str, goal: str) -> None:
        """The best round."""
        say(what, f"{min(self.wall):.1f} ms, processor {min(self.processor):.1f}", goal)


def picture(number: int) -> bytes:
    """A thumbnail as large as a photo's: 512 x 384, some 20 KB."""
    chance = random.Random(number)
    image = QImage(512, 384, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    gradient = QLinearGradient(QPointF(0, 0), QPointF(512, 384))
    for place in (0.0, 0.5, 1.0):
        gradient.setColorAt(place, QColor.fromHsv(chance.randrange(360), 120, 80 + chance.randrange(150)))
    painter.fillRect(image.rect(), gradient)
    painter.setPen(Qt.PenStyle.NoPen)
    for _ in range(120):
        painter.setBrush(QColor.fromHsv(chance.randrange(360), 100, 80 + chance.randrange(150)))
        painter.drawEllipse(
            QPointF(chance.randrange(512), chance.randrange(384)), *[chance.randrange(40)] * 2
        )
    painter.end()
    buffer = QBuffer()
    image.save(buffer, "JPG", 82)
    return bytes(buffer.data().data())


def prepare(data_dir: Path, photos: int) -> None:
    """Catalog and thumbnails, where they are not there."""
    if not (data_dir / "catalog.db").exists():
        make(data_dir, photos)
    Workspace.open(data_dir, start=False).close()
    with closing(sqlite3.connect(data_dir / "thumbs.db")) as store:
        known = store.execute("SELECT count(*) FROM thumb").fetchone()[0]
        if known < SHARED_THUMBNAILS:
            rows = ((n, f"h{n}", picture(n)) for n in range(1, SHARED_THUMBNAILS + 1))
            store.executemany("INSERT OR REPLACE INTO thumb VALUES (?, ?, ?)", rows)
            store.commit()


class Bench:
    """One window over one catalog."""

    def __init__(self, app: QApplication, data_dir: Path) -> None:
        self.loop = Loop(app)
        self._data_dir = data_dir
        self.workspace = self._open(data_dir)
        self.shell, self.window = self._window()

    @staticmethod
    def _open(data_dir: Path) -> Workspace:
        workspace = Workspace.open(data_dir, start=False)
        workspace.settings.change(first_start_done=True, sort="newest", query="", view="all", top_photo=0)
        read = workspace.library.thumbnail

        def shared(photo_id: int, _: str) -> bytes | None:
            number = 1 + photo_id % SHARED_THUMBNAILS
            return read(number, f"h{number}")

        workspace.library.thumbnail = shared
        return workspace

    @staticmethod
    def _window() -> tuple[Shell, MainWindow]:
        shell = Shell()
        shell.resize(1440, 900)
        shell.show()
        return shell, assembled(shell)

    @property
    def view(self) -> GalleryView:
        """The gallery's view."""
        return self.window.gallery.view

    def attach(self) -> None:
        """Show the library; how long its first photos take, from the start and once their ids are there."""
        window, browser = self.window, self.window.browser
        applied, spent, seen = Timed(), [], []
        original = window.gallery._on_ids

        def on_ids(*given: object, **more: object) -> None:
            here = time.perf_counter()
            applied.time(lambda: (original(*given, **more), self.view.viewport().repaint()))
            self.loop.run(5, self.all_here)
            spent.append((time.perf_counter() - here) * 1e3)
            seen.append((time.perf_counter() - began) * 1e3)

        browser.ids_changed.disconnect(original)
        browser.ids_changed.connect(on_ids)
        window.gallery._on_ids = on_ids
        self.loop.settle()
        self.loop.clear()
        began = time.perf_counter()
        window.attach(self.workspace)
        self.loop.run(30, lambda: browser.loaded and browser.side is not None)
        loaded = (time.perf_counter() - began) * 1e3
        self.loop.settle()
        browser.ids_changed.disconnect(on_ids)
        del window.gallery._on_ids
        browser.ids_changed.connect(original)
        say("photos seen after the library was opened", f"{seen[0]:.0f} ms", "300")
        say("photos listed after the library was opened", f"{loaded:.0f} ms ({len(browser.ids):,} photos)")
        say("first paint of the view", f"{applied.wall[0]:.1f} ms", "150")
        say("    with all its thumbnails", f"{spent[0]:.0f} ms")
        self.loop.report("start")

    def all_here(self) -> bool:
        """Whether each photo in sight is painted with its picture."""
        view, thumbnails = self.view, self.window.gallery.thumbnails
        for row in view.rows_in_sight():
            tile = view.photos.cached(view.photos.id_at(row))
            if tile is None:
                return False
            entry = thumbnails._cache.get((tile.id, tile.content_hash))
            if entry is None and tile.id not in thumbnails._absent:
                return False
        return True

    def scroll(self) -> None:
        """Page by page into what was never seen, and over what was."""
        view, bar = self.view, self.view.verticalScrollBar()
        decoding, warm = Timed(), Timed()

        def page(value: int) -> None:
            bar.setValue(value)
            view.viewport().repaint()

        bar.setValue(0)
        self.loop.settle()
        self.loop.clear()
        for number in range(PAGES):
            decoding.time(lambda number=number: page((number + 1) * bar.pageStep() * 9 // 10))
            self.loop.run(0.05)
        decoding.say_all("page scroll while thumbnails decode", "33 p95")
        self.loop.report("    event loop")
        step = bar.pageStep() * 9 // 10
        places = [bar.value() - step * n for n in range(4)]
        for value in places:  # all are here
            bar.setValue(value)
            self.loop.run(3, self.all_here)
        self.loop.settle()
        self.loop.clear()
        for number in range(PAGES):
            warm.time(lambda number=number: page(places[number % len(places)]))
            self.loop.run(0.02)
        warm.say_all("page scroll, warm", "10 p95")
        self.loop.report("    event loop")

    def arranged(self) -> None:
        """In groups, and as a list: until they are there, and page by page."""
        browser, view, shown = self.window.browser, self.view, self.window.gallery.model
        for grouping in (Grouping.DAY, Grouping.MONTH, Grouping.FOLDER):
            self.loop.clear()
            began, working = time.perf_counter(), time.process_time()
            browser.set_grouping(grouping)
            self.loop.run(60, lambda by=grouping: (shown.group_of(0) or ("",))[0] is by)
            spent = (time.perf_counter() - began) * 1e3
            used = (time.process_time() - working) * 1e3
            self.loop.settle()
            groups = f"{len(shown.sections):,} groups"
            say(f"grouped by {grouping}", f"{spent:.0f} ms, processor {used:.0f} ({groups})")
            self.loop.report("    event loop")
        self.scroll()
        self.resize()
        view.set_listed(True)
        self.loop.settle()
        say("as a list, in groups", "")
        self.scroll()
        view.set_listed(False)
        browser.set_grouping(Grouping.NONE)
        self.loop.run(60, lambda: shown.group_of(0) is None)
        self.loop.settle()

    def resize(self) -> None:
        """The splitter or the window is dragged."""
        spent, view = Timed(), self.view

        def change(width: int) -> None:
            self.shell.resize(width, 900)
            QApplication.processEvents()
            view.viewport().repaint()

        for number in range(20):
            spent.time(lambda number=number: change(1440 - 37 * (number % 8)))
            self.loop.run(0.03)
        self.shell.resize(1440, 900)
        self.loop.settle()
        spent.say_all("resize", "80")

    def select_all(self) -> None:
        """Ctrl+A, painted."""
        spent, view = Timed(), self.view

        def choose() -> None:
            view.selectAll()
            view.viewport().repaint()

        for _ in range(ROUNDS):
            view.clearSelection()
            self.loop.settle()
            self.loop.clear()
            spent.time(choose)
            self.loop.settle()
        spent.say_best("select all", "50")
        self.loop.report("    event loop")
        view.clearSelection()
        self.loop.settle()

    def jump(self) -> None:
        """The scroll bar's handle is dropped anywhere."""
        chance, bar, waits = random.Random(4), self.view.verticalScrollBar(), []
        self.loop.clear()
        for _ in range(JUMPS):
            bar.setValue(chance.randrange(bar.maximum() + 1))
            waits.append(self.loop.run(5, self.all_here))
            self.loop.run(0.3)
        say("a jump until all thumbnails are there", percentiles(waits), "150 p95")
        self.loop.report("    event loop")

    def memory(self) -> None:
        """10,000 photos looked at."""
        view, bar = self.view, self.view.verticalScrollBar()
        say("memory before", resident(os.getpid()))
        bar.setValue(0)
        while view.rows_in_sight().stop < min(10_000, view.photos.rowCount()):
            bar.setValue(bar.value() + bar.pageStep())
            self.loop.run(2, self.all_here)
        say("memory after 10,000 photos", resident(os.getpid()), "450")

    def load(self, model: CaptioningBeside) -> None:
        """A model is loaded, and captions its first photos."""
        self.loop.clear()
        model.start()
        say("a model is loaded", f"{self.loop.run(600, model.loaded.is_set) / 1e3:.1f} s")
        self.loop.report("    event loop")
        self.loop.run(600, lambda: model.captioned)
        self.loop.report("    and captions its first photos")

    def close(self) -> None:
        """End."""
        self.window.detach()
        self.workspace.close()


def main() -> None:
    """Run the parts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    beside = parser.add_mutually_exclusive_group()
    beside.add_argument("--busy", action="store_true")
    beside.add_argument("--captioning", action="store_true")
    parser.add_argument("--only", nargs="*", default=())
    given = parser.parse_args()
    sys.setswitchinterval(ui_main.SWITCH_SECONDS)
    app = QApplication([])
    ui_main.load_fonts()
    theme.apply_theme(app, "dark")
    prepare(given.data_dir, given.photos)
    beside_it = CaptioningBeside() if given.captioning else BusyCores() if given.busy else nullcontext()
    with beside_it as at_work:
        if not given.only or "start" in given.only:
            first_window()
            empty()
        bench = Bench(app, given.data_dir)
        bench.attach()
        if isinstance(at_work, CaptioningBeside):
            bench.load(at_work)
        parts = (
            bench.scroll, bench.resize, bench.select_all, bench.jump, bench.memory, bench.arranged,
        )  # fmt: skip
        for part in parts:
            if not given.only or part.__name__ in given.only:
                part()
    bench.close()
    os._exit(0)  # threads of a model that is loading would be waited for


if __name__ == "__main__":
    main()
