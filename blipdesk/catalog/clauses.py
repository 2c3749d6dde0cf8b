"""SQL conditions for the rows of the side bar, for the bare driver connection."""

from __future__ import annotations

import os
import time
from typing import Any

from blipdesk.catalog.paths import bounds, normal
from blipdesk.catalog.text import fold
from blipdesk.domain.values import LibraryView, ViewKind

RECENT_SECONDS = 7 * 86400
"""How long a photo counts as recently added."""
SHOWN = "photo.hidden = 0"
"""Every view's condition: not of a removed folder.  With a plus before it SQLite does not start there, but
at the few photos that are listed."""


def view_clause(view: LibraryView | None) -> tuple[str, tuple[Any, ...]]:
    """The SQL condition on ``photo`` for a side-bar row (not for its query), and its values."""
    kind = ViewKind.ALL if view is None else view.kind
    argument = "" if view is None else view.argument
    if kind is ViewKind.RECENT:
        return f"{SHOWN} AND photo.added_at >= ?", (time.time() - RECENT_SECONDS,)
    if kind is ViewKind.FAILED:
        failed = "SELECT job.photo_id FROM job WHERE job.state = 'failed'"
        return f"+{SHOWN} AND photo.missing = 0 AND photo.id IN ({failed})", ()
    if kind is ViewKind.FOLDER:
        top = normal(argument)
        start, end = map(os.fsencode, bounds(top))
        within = "SELECT id FROM directory WHERE path = ? OR (path >= ? AND path < ?)"
        return f"{SHOWN} AND photo.directory_id IN ({within})", (os.fsencode(top), start, end)
    if kind is ViewKind.KEYWORD:
        having = (
            "SELECT given.photo_id FROM keyword CROSS JOIN photo_keyword AS given"
            " ON given.keyword_id = keyword.id WHERE keyword.folded = ? AND given.shown = 1"
        )
        return f"+{SHOWN} AND photo.id IN ({having})", (fold(argument),)
    return SHOWN, ()


def photos_of(source: str, where: str, order: str, columns: str = "photo.id") -> str:
    """The statement for photos of a source (tables with a condition) under one more condition, in order.

    Its parts are this package's own words; what a person typed is bound.
    """
    return f"SELECT {columns} FROM {source} AND {where} ORDER BY {order}"  # noqa: S608 - no foreign words
