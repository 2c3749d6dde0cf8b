"""Composition root: the window without arguments, a command with them.

The window's way imports nothing but the ui before its first paint; the command line's typer and rich,
SQLAlchemy and the rest come only where they are needed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from blipdesk.domain.children import use_one_blas_thread
from blipdesk.domain.paths import absolute_path

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


_HIDDEN = "--hidden"
"""Start in the tray, as at a login."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run BlipDesk; returns the exit status (see the command line's table in the README)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["--decoder-child"]:  # a frozen program has no python -m
        from blipdesk.pipeline.decoder_child import main as decoder_main

        return decoder_main()
    if given[:1] == ["--index-child"]:
        from blipdesk.catalog.index.child import main as index_main

        return index_main(given[1:])
    if given[:1] == ["--engine-child"]:
        from blipdesk.engine.child import main as engine_main

        engine_main()
        return 0
    if given[:1] == ["--sentence-child"]:
        from blipdesk.engine.sentence_child import main as sentence_main

        sentence_main()
        return 0
    if given[:1] == ["--hub-child"]:
        from blipdesk.engine.hub_child import main as hub_main

        hub_main(given)
        return 0
    if given[:1] == ["--engine-bench"]:
        from blipdesk.engine.bench import main as bench_main

        bench_main()
        return 0
    use_one_blas_thread()
    window, data_dir, demo = _wants_window([argument for argument in given if argument != _HIDDEN])
    if window:
        return _open_window(data_dir, demo, _HIDDEN in given)
    from blipdesk.cli.main import run

    return run(given)


def _wants_window(given: list[str]) -> tuple[bool, Path | None, bool]:
    """True when no command but the window (or the demo's) is asked for; the data folder; the demo."""
    rest = list(given)
    data_dir: Path | None = None
    for index, argument in enumerate(given):
        if argument == "--data-dir" and "".join(given[index + 1 : index + 2]).strip():
            data_dir = Path(absolute_path(given[index + 1]))
            rest = given[:index] + given[index + 2 :]
            break
        if argument.startswith("--data-dir=") and argument.partition("=")[2].strip():
            data_dir = Path(absolute_path(argument.partition("=")[2]))
            rest = given[:index] + given[index + 1 :]
            break
    return rest in ([], ["demo"]), data_dir, rest == ["demo"]


def _open_window(data_dir: Path | None, demo: bool, hidden: bool) -> int:
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    ):
        sys.stderr.write(
            "blipdesk: there is no display to open a window on. "
            "blipdesk --help lists the commands that need none, blipdesk demo --headless shows some.\n"
        )
        return 3
    from blipdesk.services.paths import default_data_dir
    from blipdesk.ui.main import run

    folder = data_dir or default_data_dir()

    def open_workspace(on_activate: Callable[[], None]) -> Workspace:
        from blipdesk.services.workspace import Workspace

        return Workspace.open(folder, demo=demo, on_activate=on_activate)

    return run(open_workspace, sys.argv[:1], folder / "look.json", hidden)
