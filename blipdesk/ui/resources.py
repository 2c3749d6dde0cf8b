"""Where the shipped fonts and icons lie: in a checkout, an installed wheel, or a frozen bundle."""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from pathlib import Path

import blipdesk


@cache
def resources_dir() -> Path:
    """The directory that holds ``fonts`` and ``icons`` (the checkout's one if nothing else is there)."""
    package = Path(blipdesk.__file__).resolve().parent
    candidates = [
        package / "resources",
        package.parent / "resources",
        Path(getattr(sys, "_MEIPASS", package)) / "resources",
        Path(sysconfig.get_path("data")) / "share" / "blipdesk" / "resources",
    ]
    return next((path for path in candidates if (path / "icons").is_dir()), candidates[1])


def resource_path(*parts: str) -> Path:
    """A file of the resources; it may be missing, the window works without any of them."""
    return resources_dir().joinpath(*parts)
