"""Paths as the catalog keeps them: absolute text, links not followed, compared as they are spelled."""

from __future__ import annotations

import os


def absolute_path(path: str) -> str:
    """The path as the catalog keeps it: absolute, ``~`` expanded, without ``..``, links not followed."""
    return os.path.abspath(os.path.expanduser(path))


def is_under(path: str, top: str) -> bool:
    """True when ``path`` is ``top`` or lies below it; both absolute."""
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)
