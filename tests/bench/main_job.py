"""Figures of the main job, printed for people; nothing here is a test.

``python tests/bench/main_job.py start``       milliseconds from the program's start to its painted window,
                                               beside a bare Qt window (the floor), alternating
``python tests/bench/main_job.py caption``     photos per second on 200 drawn 12-megapixel JPEGs, demo model
``python tests/bench/main_job.py memory``      resident memory of the window with a 10,000-photo catalog
``python tests/bench/main_job.py gap``         pauses of the event loop while the 44 samples are captioned

Run them on an idle machine; ``QT_QPA_PLATFORM=offscreen`` or a display.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7

_BARE = """
import os, time
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
class Window(QMainWindow):
    def paintEvent(self, event):
        print((time.time() - float(os.environ["BEGAN"])) * 1000, flush=True)
        os._exit(0)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""

_WINDOW = """
import os, time
from pathlib import Path
import tempfile
from blipdesk.ui.main import run
from blipdesk.ui.shell import Shell
def passed():
    return (time.time() - float(os.environ["BEGAN"])) * 1000
times = []
real = Shell.__init__
def begin(self, *given):
    real(self, *given)
    self.painted.connect(lambda: times.append(passed()))
Shell.__init__ = begin
def opened(on_activate):  # called as soon as the content stands
    print(times[0], passed(), flush=True)
    os._exit(0)
run(opened, ["blipdesk"], Path(tempfile.mkdtemp()) / "look.json")
"""

_MEMORY = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import tempfile
from blipdesk.ui.main import run
from blipdesk.ui.main_window import MainWindow

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

def opened(on_activate):
    from blipdesk.services.workspace import Workspace
    print(f"painted, before the library is opened: {resident():.0f} MiB", flush=True)
    return Workspace.open(Path(sys.argv[1]), start=False)

steps = 0
def look():
    global steps
    window = next((w for w in QApplication.allWidgets() if isinstance(w, MainWindow)), None)
    if window is None or window.gallery.model.rowCount() < 10_000:
        return
    if steps == 0:
        window.resize(1440, 900)
    bar = window.gallery.view.verticalScrollBar()
    if steps == 20:
        print(f"10,000 photos shown: {resident():.0f} MiB", flush=True)
    if steps > 20:
        bar.setValue(bar.value() + bar.pageStep())
    steps += 1
    if steps > 20 and bar.value() >= bar.maximum():
        print(f"after scrolling through all of them: {resident():.0f} MiB", flush=True)
        os._exit(0)

real = MainWindow.__init__
def begin(self, *given):
    real(self, *given)
    self.timer = QTimer(self, interval=60)
    self.timer.timeout.connect(look)
    self.timer.start()
MainWindow.__init__ = begin
run(opened, ["blipdesk"], Path(tempfile.mkdtemp()) / "look.json")
"""


_GAP = """
import os, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
import tempfile
from blipdesk.ui.main import run
from blipdesk.ui.main_window import MainWindow
from blipdesk.domain.events import RunState

def opened(on_activate):
    from blipdesk.services.workspace import Workspace
    return Workspace.open(Path(sys.argv[1]), start=True)

gaps, last, begun = [], 0.0, False
def beat():
    global last
    now = time.perf_counter()
    if last:
        gaps.append((now - last) * 1000)
    last = now

def look(progress):
    global begun
    begun = begun or progress.state is RunState.CAPTIONING
    if begun and progress.state is RunState.IDLE:
        QTimer.singleShot(1500, end)

def end():
    gaps.sort()
    largest = ", ".join(f"{gap:.0f}" for gap in gaps[:-9:-1])
    middle, late = gaps[len(gaps) // 2], gaps[len(gaps) * 99 // 100]
    print(f"{len(gaps)} beats: p50 {middle:.1f} ms, p99 {late:.1f} ms; the largest {largest} ms", flush=True)
    os._exit(0)

real = MainWindow.attach
def attach(self, workspace):
    real(self, workspace)
    self.bridge.progressed.connect(look)
    self.heart = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
    self.heart.timeout.connect(beat)
    self.heart.start()
MainWindow.attach = attach
run(opened, ["blipdesk"], Path(tempfile.mkdtemp()) / "look.json")
"""


def child(code: str, *arguments: str) -> str:
    """Run code in a fresh process; returns what it printed."""
    environment = dict(os.environ, BEGAN=str(time.time()), PYTHONPATH=str(ROOT))
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False).stdout


def measure_start() -> None:
    """Start both windows in turn; the first round warms the file cache."""
    figures: dict[str, list[float]] = {"bare Qt window": [], "BlipDesk": [], "BlipDesk's content": []}
    for _ in range(RUNS + 1):
        for names, code in ((("bare Qt window",), _BARE), (("BlipDesk", "BlipDesk's content"), _WINDOW)):
            for name, value in zip(names, child(code).split(), strict=True):
                figures[name].append(float(value))
    for name, values in figures.items():
        warm = sorted(values[1:])
        print(f"{name}: median {statistics.median(warm):.0f} ms, slowest of {RUNS} {warm[-1]:.0f} ms")


def draw_photos(folder: Path, count: int) -> None:
    """Drawn 4000 x 3000 JPEGs of a few megabytes with a camera's frequency fall-off."""
    import numpy as np
    from PIL import Image

    noise = np.random.default_rng(7)
    layers = np.full((3000, 4000, 3), 128, np.float32)
    for scale in (250, 50, 10, 2):
        cells = noise.normal(0, 4 + scale / 4, (3000 // scale, 4000 // scale, 3)).astype(np.float32)
        layers += np.repeat(np.repeat(cells, scale, 0), scale, 1)
    pixels = np.clip(layers, 0, 255).astype(np.uint8)
    for number in range(count):
        picture = Image.fromarray(np.roll(pixels, 17 * number, axis=1))
        picture.save(folder / f"{number:03}.jpg", quality=88)


def measure_captioning() -> None:
    """One headless run, everything included."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "photos"
        folder.mkdir()
        draw_photos(folder, 200)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 200 / 1e6
        command = [sys.executable, "-m", "blipdesk", "--data-dir", f"{place}/data", "--json"]
        began = time.monotonic()
        out = subprocess.run(
            [*command, "caption", str(folder)], stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT
        ).stdout
        seconds = time.monotonic() - began
        summary = json.loads(out.splitlines()[-1])["summary"]
        print(f"{summary['photos_captioned']} photos of 12 megapixels, {size:.1f} MB each, {seconds:.1f} s:")
        print(f"{200 / seconds:.1f} a second with the start, {200 / summary['seconds']:.1f} within the run")


def measure_gaps() -> None:
    """The window captions the samples from nothing, model load and all."""
    from blipdesk.catalog import Catalog

    with tempfile.TemporaryDirectory() as place:
        catalog = Catalog.open(Path(place))
        catalog.set_setting("settings", {"first_start_done": True})
        catalog.add_folder(str(ROOT / "resources" / "samples"))
        catalog.close()
        print(child(_GAP, place), end="")


def measure_memory() -> None:
    """A catalog of 10,000 photos that exist nowhere, their thumbnails cached."""
    import io

    from PIL import Image

    from blipdesk.catalog import Catalog, ThumbnailStore
    from blipdesk.domain.jobs import CaptionCommit, CaptionResult
    from blipdesk.domain.values import FileFacts, FileStamp, SeenFile

    pictures = []
    for _ in range(64):
        out = io.BytesIO()
        Image.effect_noise((512, 384), 60).convert("RGB").save(out, "JPEG", quality=82)
        pictures.append(out.getvalue())
    with tempfile.TemporaryDirectory() as place:
        data_dir = Path(place)
        catalog, thumbnails = Catalog.open(data_dir), ThumbnailStore.open(data_dir)
        catalog.set_setting("settings", {"first_start_done": True})
        folder = catalog.add_folder(place)
        files = [
            SeenFile(f"{place}/{n // 500}/{n:05}.jpg", FileStamp(3_000_000, n, n + 1), f"{n:064x}")
            for n in range(10_000)
        ]
        catalog.register(folder.id, files)
        catalog.enqueue_pending("bench")
        while jobs := catalog.claim("bench", 200):
            catalog.commit_captions(
                [
                    CaptionCommit(
                        job.id, job.photo_id, job.content_hash, "bench", "JPEG", 4000, 3000, job.content_hash,
                        False, FileFacts(), CaptionResult(f"red car {job.photo_id}", keywords=("car",)),
                    )
                    for job in jobs
                ]
            )  # fmt: skip
            for job in jobs:
                thumbnails.put(job.photo_id, job.content_hash, pictures[job.photo_id % len(pictures)])
        thumbnails.close()
        catalog.close()
        print(child(_MEMORY, place), end="")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    {"start": measure_start, "caption": measure_captioning, "memory": measure_memory, "gap": measure_gaps}[
        sys.argv[1]
    ]()
