"""SQL for the rows of the side bar, for the bare driver connection: what a person typed is bound."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from blipdesk.catalog.filter_clauses import FAVOURITE, FLAGS, UNREAD, UNWRITTEN, WORDLESS
from blipdesk.catalog.paths import bounds, normal
from blipdesk.catalog.text import fold
from blipdesk.domain.filter_tests import Flag
from blipdesk.domain.values import LibraryView, ViewKind

RECENT_SECONDS = 7 * 86400
"""How long a photo counts as recently added."""
SHOWN = "photo.hidden = 0"
"""Every view's condition: neither of a removed folder nor in the trash.

With a plus before it SQLite does not start there, but at the few photos that are listed.
"""

_FAILED = "SELECT job.photo_id FROM job WHERE {}"


@dataclass(frozen=True, slots=True)
class Selection:
    """Tables, joined, and the condition on them; its values are bound before those of further conditions."""

    tables: str = "photo"
    condition: str = "TRUE"
    values: tuple[Any, ...] = ()


def view_clause(view: LibraryView | None) -> tuple[str, tuple[Any, ...]]:
    """The SQL condition on ``photo`` for a side-bar row (not for its query), and its values."""
    kind = ViewKind.ALL if view is None else view.kind
    argument = "" if view is None else view.argument
    if kind is ViewKind.RECENT:
        return f"{SHOWN} AND photo.added_at >= ?", (time.time() - RECENT_SECONDS,)
    if kind is ViewKind.FAVOURITES:
        return f"+{SHOWN} AND {FAVOURITE}", ()
    if kind is ViewKind.NEEDS_REVIEW:
        return f"+{SHOWN} AND photo.needs_review = 1", ()
    if kind is ViewKind.FAILED:
        return f"+{SHOWN} AND photo.missing = 0 AND photo.id IN ({_FAILED.format(UNREAD)})", ()
    if kind is ViewKind.WORDLESS:
        failed = _FAILED.format(WORDLESS)
        return f"+{SHOWN} AND photo.missing = 0 AND photo.id IN ({failed}) AND {UNWRITTEN}", ()
    if kind is ViewKind.MISSING:
        return f"+{SHOWN} AND photo.missing = 1", ()
    if kind is ViewKind.DUPLICATES:
        return f"+{SHOWN} AND {FLAGS[Flag.DUPLICATE]}", ()
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


def photos_of(selection: Selection, where: str, order: str, columns: str = "photo.id") -> str:
    """The statement for the photos of a selection that meet one more condition, in order."""
    statement = select(text(columns)).select_from(text(selection.tables))
    return str(statement.where(text(selection.condition), text(where)).order_by(text(order)))
