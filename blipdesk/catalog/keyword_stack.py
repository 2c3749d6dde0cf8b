"""A person's edits of keywords, and how they are taken back.

Where a keyword was renamed in the whole library since an edit, taking that back goes through the renaming:
the photo has then what it would have had without the edit, and so it has when the renaming is taken back too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    keywords_changed,
    renamed,
    set_states,
    states_of,
)
from blipdesk.catalog.keyword_tables import KeywordEditRow
from blipdesk.catalog.keywords import settle_keywords
from blipdesk.catalog.schema import KeywordRow, PhotoKeywordRow, RemovedKeywordRow
from blipdesk.catalog.searchtext import texts_changed
from blipdesk.catalog.text import fold
from blipdesk.catalog.undo_stack import remember
from blipdesk.domain.values import Source

KIND = "keyword"
"""Of these edits on the undo stack."""
MANY_KIND = "keywords"
"""Of those of many photos there."""
_FORGET = text("""
DELETE FROM edit WHERE kind IN (:kind, :many_kind)
   AND coalesce(json_extract(before, '$.renames'), 0) < :renaming
   AND EXISTS (SELECT 1 FROM json_each(before, '$.folded') WHERE value IN (:old, :new))
""")


class Had(NamedTuple):
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


def edit_keyword(tx: Transaction, photo_id: int, folded: str, change: Callable[[], None]) -> bool:
    """Change what a photo has of a keyword, with what it had on the undo stack; False: nothing changed."""
    before = _had(tx.connection, photo_id, folded)
    change()
    settle_keywords(tx.connection, [photo_id])
    if _had(tx.connection, photo_id, folded) == before:
        return False
    renames = renames_so_far(tx.connection)
    kept = {"folded": folded, "rows": before.rows, "removed": before.is_off, "renames": renames}
    remember(tx.connection, photo_id, KIND, kept)
    texts_changed(tx, [photo_id])
    tx.change.keywords = True
    return True


def renames_so_far(connection: Connection) -> int:
    """Which renaming of the whole library was the last one; 0: there was none."""
    return connection.scalar(select(func.max(KeywordEditRow.id))) or 0


def restore_keyword(tx: Transaction, photo_id: int, before: dict[str, Any]) -> None:
    """Take an edit back.  What the undo stack has from before there were renamings knows of none."""
    had = Had(before["folded"], tuple(tuple(row) for row in before["rows"]), before["removed"])
    restore_all(tx.connection, {photo_id: had}, before.get("renames", 0))
    keywords_changed(tx, [photo_id])


def restore_all(connection: Connection, before: Mapping[int, Had], renames: int) -> None:
    """Set what photos had of one keyword before an edit; what they show has to be settled after it.

    What models and files gave of it since stays.

    Args:
        connection: of the transaction.
        before: of each photo what it had, of all the same keyword.
        renames: the last renaming before the edit.
    """
    had = dict(before)
    since = KeywordEditRow.id > renames, KeywordEditRow.rules != WITHDRAWN
    for edit in connection.execute(
        select(KeywordEditRow.__table__).where(*since).order_by(KeywordEditRow.id)
    ).all():
        for photo_id, of_photo in had.items():
            if of_photo.folded in (edit.folded, fold(edit.becomes)):
                had[photo_id] = _through(connection, photo_id, edit, of_photo)
    folded = next(each.folded for each in had.values())
    now = states_of(connection, list(had), folded, folded)
    states = {
        photo_id: State(_with_given(of_photo, now[photo_id].rows), of_photo.is_off)
        for photo_id, of_photo in had.items()
    }
    set_states(connection, states, folded, folded)


def forget_edits_before(connection: Connection, renaming: AnyRow) -> None:
    """Nobody knows any more what a renaming made of photos: older edits of its keywords stay as they are."""
    names = {"old": renaming.folded, "new": fold(renaming.becomes)}
    connection.execute(_FORGET, {"kind": KIND, "many_kind": MANY_KIND, "renaming": renaming.id, **names})


def _had(connection: Connection, photo_id: int, folded: str) -> Had:
    state = states_of(connection, [photo_id], folded, folded)[photo_id]
    return Had(folded, state.rows, state.is_off)


def _with_given(had: Had, now: Sequence[Given]) -> tuple[Given, ...]:
    """What a photo had of a keyword; from models and files that give it now, what they give."""
    given = [row for row in now if fold(row[0]) == had.folded and row[1] != Source.USER.value]
    sources = {source for _, source, _ in given}
    return (*given, *(row for row in had.rows if row[1] not in sources))


def _through(connection: Connection, photo_id: int, edit: AnyRow, had: Had) -> Had:
    """What a photo would have of the new keyword after a renaming before which it had this.

    What it would have of the old one is set, and kept for whoever takes the renaming back.
    """
    old, new = edit.folded, fold(edit.becomes)
    kept = kept_states(connection, edit.id, [photo_id]).get(photo_id)
    was = kept[0] if kept else states_of(connection, [photo_id], old, new)[photo_id]
    others = [row for row in was.rows if fold(row[0]) != had.folded]
    rows = sorted([*others, *_with_given(had, was.rows)])
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
    return Had(new, tuple(row for row in after.rows if fold(row[0]) == new), after.is_off)
