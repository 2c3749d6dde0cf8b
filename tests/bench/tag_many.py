"""Tags of many selected photos in the whole window: how long each takes, and whether it answers meanwhile.

    python tests/bench/tag_many.py DATA_DIR [--photos 100000] [--busy]

Makes the catalog in DATA_DIR where it is not there.  Selects all, waits for the tags beside them, adds one,
takes it back, takes the most frequent one off and brings it back; the catalog is then as it was.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from gallery_scale import Bench, prepare
from PySide6.QtWidgets import QApplication

from blipdesk.services.bench_processes import BusyCores
from blipdesk.ui import main as ui_main
from blipdesk.ui import theme

_LONGEST_S = 3600


def measure(bench: Bench) -> None:
    """Do it all, and report each."""
    window, loop = bench.window, bench.loop
    tags = window.pane.many.tags.bar

    def wait(what: str, until: Callable[[], object]) -> None:
        took = loop.run(_LONGEST_S, until)
        loop.report(what, f"{took / 1e3:.1f} s")
        loop.settle()
        loop.clear()

    loop.clear()
    bench.view.selectAll()
    wait("selected, and the tags counted", lambda: tags.chips)
    first = tags.chips[0].name
    window.tagging.add(["a tag of the bench"])
    wait("one tag added", lambda: " added to " in window.toast.words)
    window.toast.button.click()
    wait("taken back", lambda: window.toast.words == "Undone")
    window.tagging.remove(first)
    wait(f"the most frequent taken off ({first})", lambda: " taken off " in window.toast.words)
    window.toast.button.click()
    wait("brought back", lambda: window.toast.words == "Undone")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--busy", action="store_true")
    given = parser.parse_args()
    sys.setswitchinterval(ui_main.SWITCH_SECONDS)
    app = QApplication([])
    ui_main.load_fonts()
    theme.apply_theme(app, "dark")
    prepare(given.data_dir, given.photos)
    with BusyCores() if given.busy else nullcontext():
        bench = Bench(app, given.data_dir)
        bench.attach()
        measure(bench)
    bench.close()


if __name__ == "__main__":
    main()
