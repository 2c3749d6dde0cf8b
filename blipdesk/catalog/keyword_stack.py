"""A person's edits of one photo's keywords, and how they are taken back.

Where a keyword was renamed in the whole library since an edit, taking that back goes through the renaming:
the photo has then what it would have had without the edit, and so it has when the renaming is taken back too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select, text

from blipdesk.catalog.database import AnyRow, Transaction
from blipdesk.catalog.keyword_given import WITHDRAWN
from blipdesk.catalog.keyword_states import (
    Given,
    State,
    drop_states,
    keep_states,
    kept_states,
    renamed,
    set_states,
    states_of,
    write_states,
)
from blipdesk.catalog.keyword_tables import KeywordEditRow
from blipdesk.catalog.keywords import settle_keywords
from blipdesk.catalog.schema import KeywordRow, PhotoKeywordRow, RemovedKeywordRow
from blipdesk.catalog.searchtext import texts_changed
from blipdesk.catalog.text import fold
from blipdesk.catalog.undo_stack import remember

KIND = "keyword"
"""Of these edits on the undo stack."""
_FORGET = text("""
DELETE FROM edit WHERE kind = :kind AND coalesce(json_extract(before, '$.renames'), 0) < :renaming
   AND json_extract(before, '$.folded') IN (:old, :new)
""")


class _Had(NamedTuple):
    """What a photo had of one keyword (folded), and whether a person took it off."""

    folded: str
    rows: tuple[Given, ...]
    is_off: bool


def rows_of(photo_id: int, folded: str) -> Any:
    """The statement that takes all spellings of a keyword from a photo."""
    return delete(PhotoKeywordRow).where(
        PhotoKeywordRow.photo_id == photo_id,
        PhotoKeywordRow.keyword_id.in_(select(KeywordRow.id).where(KeywordRow.folded == folded)),
    )


def removal_of(photo_id: int, folded: str) -> Any:
    """The statement after which nobody has taken a keyword off a photo."""
    return delete(RemovedKeywordRow).where(
        RemovedKeywordRow.photo_id == photo_id, RemovedKeywordRow.folded == folded
    )


def edit_keyword(tx: Transaction, photo_id: int, folded: str, change: Callable[[], None]) -> None:
    """Change what a photo has of a keyword, and keep on the undo stack what it had."""
    before = _had(tx.connection, photo_id, folded)
    change()
    settle_keywords(tx.connection, [photo_id])
    if _had(tx.connection, photo_id, folded) != before:
        renames = tx.connection.scalar(select(func.max(KeywordEditRow.id))) or 0
        kept = {"folded": folded, "rows": before.rows, "removed": before.is_off, "renames": renames}
        remember(tx.connection, photo_id, KIND, kept)
        texts_changed(tx, [photo_id])
        tx.change.keywords = True


def restore_keyword(tx: Transaction, photo_id: int, before: dict[str, Any]) -> None:
    """Take an edit back.  What the undo stack has from before there were renamings knows of none."""
    had = _Had(before["folded"], tuple(tuple(row) for row in before["rows"]), before["removed"])
    since = KeywordEditRow.id > before.get("renames", 0), KeywordEditRow.rules != WITHDRAWN
    for edit in tx.connection.execute(
        select(KeywordEditRow.__table__).where(*since).order_by(KeywordEditRow.id)
    ).all():
        if had.folded in (edit.folded, fold(edit.becomes)):
            had = _through(tx.connection, photo_id, edit, had)
    write_states(tx, {photo_id: State(had.rows, had.is_off)}, had.folded, had.folded)


def forget_edits_before(connection: Connection, renaming: AnyRow) -> None:
    """Nobody knows any more what a renaming made of photos: older edits of its keywords stay as they are."""
    names = {"old": renaming.folded, "new": fold(renaming.becomes)}
    connection.execute(_FORGET, {"kind": KIND, "renaming": renaming.id, **names})


def _had(connection: Connection, photo_id: int, folded: str) -> _Had:
    state = states_of(connection, [photo_id], folded, folded)[photo_id]
    return _Had(folded, state.rows, state.is_off)


def _through(connection: Connection, photo_id: int, edit: AnyRow, had: _Had) -> _Had:
    """What a photo would have of the new keyword after a renaming before which it had this.

    What it would have of the old one is set, and kept for whoever takes the renaming back.
    """
    old, new = edit.folded, fold(edit.becomes)
    kept = kept_states(connection, edit.id, [photo_id]).get(photo_id)
    was = kept[0] if kept else states_of(connection, [photo_id], old, new)[photo_id]
    rows = sorted([row for row in was.rows if fold(row[0]) != had.folded] + list(had.rows))
    before = State(tuple(rows), had.is_off if had.folded == new else was.is_off)
    is_old_off = had.is_off if had.folded == old else _had(connection, photo_id, old).is_off
    after = before
    if not is_old_off and any(fold(name) == old and name != edit.becomes for name, _, _ in rows):
        after = renamed(before, old, edit.becomes)
        keep_states(connection, edit.id, {photo_id: (before, after)})
    else:
        drop_states(connection, edit.id, [photo_id])
    if old != new:
        left = tuple(row for row in after.rows if fold(row[0]) == old)
        set_states(connection, {photo_id: State(left, is_old_off)}, old, old)
    return _Had(new, tuple(row for row in after.rows if fold(row[0]) == new), after.is_off)
