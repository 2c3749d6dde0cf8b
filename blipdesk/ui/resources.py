"""The shipped fonts and icons, as paths that may be missing: the window works without any of them."""

from __future__ import annotations

from pathlib import Path

from blipdesk.domain.resources import find_resources


def resource_path(*parts: str) -> Path:
    """A file of the resources, whether it is there or not."""
    try:
        return find_resources().joinpath(*parts)
    except FileNotFoundError:
        return Path(*parts)
