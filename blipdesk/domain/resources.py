"""Where the files that BlipDesk ships lie: models, samples, icons, fonts, word lists."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import blipdesk


@cache
def find_resources() -> Path:
    """The folder of shipped files: ``blipdesk/_resources`` of a wheel, or ``resources`` of a checkout.

    Raises:
        FileNotFoundError: the installation is incomplete.
    """
    package = Path(blipdesk.__file__).resolve().parent
    for folder in (package / "_resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"BlipDesk's own files are missing beside {package}; install it again.")
