"""The log file: what a crash dialog shows and a person may send."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path


def start_log(data_dir: Path) -> Path:
    """Log to ``<data_dir>/logs/blipdesk.log``, three files of 1 MiB; returns its path.

    Raises:
        OSError: the data folder cannot be written.
    """
    folder = data_dir / "logs"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "blipdesk.log"
    root = logging.getLogger()
    if not any(getattr(handler, "baseFilename", "") == str(path) for handler in root.handlers):
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=1 << 20, backupCount=2, encoding="utf-8"
        )
        handler.setFormatter(
            logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
        )
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        if os.name == "posix":
            path.chmod(0o600)
    return path


def end_log(data_dir: Path) -> None:
    """Let go of the log file of this data folder, which may be moved or deleted then."""
    path = str(data_dir / "logs" / "blipdesk.log")
    root = logging.getLogger()
    for handler in list(root.handlers):
        if getattr(handler, "baseFilename", "") == path:
            root.removeHandler(handler)
            handler.close()
