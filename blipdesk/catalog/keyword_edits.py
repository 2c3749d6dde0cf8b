"""Keywords of the whole library: renamed, merged, hidden.

A renaming is a rule first, so that what comes in meanwhile is called right; then the photos that have the
keyword follow, some hundred in each transaction.  What was cut is finished by :meth:`finish_renames`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, and_, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import keyword_ids, settle_keywords
from blipdesk.catalog.schema import (
    KeywordEditPhotoRow,
    KeywordEditRow,
    KeywordRow,
    KeywordRuleRow,
    PhotoKeywordRow,
    PhotoRow,
    RemovedKeywordRow,
)
from blipdesk.catalog.searchtext import refresh_search
from blipdesk.catalog.text import clean_keywords, fold
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import Source

_PAGE = 300
"""Photos of one transaction: others that write wait for a tenth of a second."""
_KEPT = 20
"""So many renamings can be taken back."""
_BY_HAND = 1000
"""The position of a keyword that a person added: behind what is there."""

_Given: TypeAlias = tuple[str, str, int]
"""Name, source and position of a keyword of a photo."""
_State: TypeAlias = tuple[tuple[_Given, ...], bool]
"""What a photo has of both keywords, and whether a person took the new one off it."""


class KeywordEdits:
    """What a person decides about keywords, for all photos."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._finishing = threading.Lock()

    def rename_keyword(self, name: str, new_name: str) -> int:
        """Give a keyword another name, in all its spellings; where another has that name, they become one.

        What models, files and earlier rules call by the old name is called by the new one from now on.  A
        keyword that a person took off a photo stays off it.

        Returns:
            What :meth:`undo_rename` takes.

        Raises:
            UsageError: one of the names is blank, or nothing would change.
        """
        old, new = _tidy(name), _tidy(new_name)
        if old == new:
            raise UsageError("This is its name already.", "Type another one.")
        edit_id = self._database.write(lambda tx: _begin(tx, fold(old), new))
        self.finish_renames()
        return edit_id

    def finish_renames(self) -> None:
        """Carry out what was begun, and what a forced end had cut, the oldest first.

        In turn: of what became "B" and then "C", no photo is called "B" after the second.
        """
        with self._finishing:
            with self._database.read() as connection:
                begun = select(KeywordEditRow.id).where(KeywordEditRow.is_done.is_(False))
                edits = connection.scalars(begun.order_by(KeywordEditRow.id)).all()
            for edit_id in edits:
                self._carry_out(edit_id)

    def _carry_out(self, edit_id: int) -> None:
        while self._database.write(lambda tx: _take_page(tx, edit_id)):
            pass

    def undo_rename(self, edit_id: int) -> int:
        """Take a renaming back; photos whose keywords were changed since keep them as they are now.

        Returns:
            How many photos have again what they had.
        """
        if not self._database.write(lambda tx: _withdraw_rules(tx, edit_id)):
            return 0
        restored = 0
        while (page := self._database.write(lambda tx: _restore_page(tx, edit_id))) is not None:
            restored += page
        return restored

    def hide_keyword(self, name: str, hidden: bool = True) -> None:
        """Let a keyword, in all its spellings, not be offered and shown any more; or let it again.

        Raises:
            UsageError: the name is blank.
        """
        folded = fold(_tidy(name))

        def hide(tx: Transaction) -> None:
            tx.connection.execute(
                upsert(KeywordRuleRow)
                .values(folded=folded, hidden=hidden)
                .on_conflict_do_update(index_elements=["folded"], set_={"hidden": hidden})
            )
            _drop_empty_rules(tx.connection)
            tx.change.keywords = True
            tx.change.touch(_photos_having(tx.connection, folded))

        self._database.write(hide)


def _tidy(name: str) -> str:
    tidy = clean_keywords([name])
    if not tidy:
        raise UsageError("A keyword needs at least one letter.", "Type a word.")
    return tidy[0]


def _photos_having(connection: Connection, folded: str) -> Sequence[int]:
    return connection.scalars(
        select(PhotoKeywordRow.photo_id)
        .join(KeywordRow, KeywordRow.id == PhotoKeywordRow.keyword_id)
        .where(KeywordRow.folded == folded)
        .distinct()
    ).all()


def _drop_empty_rules(connection: Connection) -> None:
    connection.execute(
        delete(KeywordRuleRow).where(KeywordRuleRow.becomes.is_(None), KeywordRuleRow.hidden.is_(False))
    )


# ---------------------------------------------------------------------------------------- rules


def _begin(tx: Transaction, old: str, new: str) -> int:
    """Set the rule, and note what rules there were."""
    connection = tx.connection
    rules = connection.execute(select(KeywordRuleRow.folded, KeywordRuleRow.becomes)).all()
    touched = {row.folded: row.becomes for row in rules if row.becomes and fold(row.becomes) == old}
    known = {row.folded: row.becomes for row in rules}
    before = touched | {folded: known.get(folded) for folded in (old, fold(new))}
    _set_rules(connection, {folded: _rule_of(folded, old, new) for folded in before})
    edit_id = connection.execute(
        insert(KeywordEditRow)
        .values(folded=old, becomes=new, rules=json.dumps(before))
        .returning(KeywordEditRow.id)
    ).scalar_one()
    connection.execute(delete(KeywordEditRow).where(KeywordEditRow.id <= edit_id - _KEPT))
    tx.change.keywords = True
    return edit_id


def _rule_of(folded: str, old: str, new: str) -> str | None:
    """What a renaming makes of a rule: the new name is nobody's old one any more."""
    return None if folded == fold(new) and folded != old else new


def _set_rules(connection: Connection, becomes: Mapping[str, str | None]) -> None:
    for folded, name in becomes.items():
        connection.execute(
            upsert(KeywordRuleRow)
            .values(folded=folded, becomes=name)
            .on_conflict_do_update(index_elements=["folded"], set_={"becomes": name})
        )
    _drop_empty_rules(connection)


def _withdraw_rules(tx: Transaction, edit_id: int) -> bool:
    connection = tx.connection
    edit = connection.execute(select(KeywordEditRow.__table__).where(KeywordEditRow.id == edit_id)).first()
    if edit is None:
        return False
    rules = connection.execute(select(KeywordRuleRow.folded, KeywordRuleRow.becomes)).all()
    now = {row.folded: row.becomes for row in rules}
    before: dict[str, str | None] = json.loads(edit.rules)
    # A later renaming may have changed some: those are that one's.
    own = (f for f in before if now.get(f) == _rule_of(f, edit.folded, edit.becomes))
    _set_rules(connection, {folded: before[folded] for folded in own})
    connection.execute(update(KeywordEditRow).where(KeywordEditRow.id == edit_id).values(is_done=True))
    tx.change.keywords = True
    return True


# ---------------------------------------------------------------------------------------- photos


def _take_page(tx: Transaction, edit_id: int) -> bool:
    """Let some of the photos that have the old keyword have the new one; False once none is left."""
    connection = tx.connection
    edit = connection.execute(
        select(KeywordEditRow.__table__).where(
            KeywordEditRow.id == edit_id, KeywordEditRow.is_done.is_(False)
        )
    ).first()
    if edit is None:
        return False
    old, new = edit.folded, edit.becomes
    photo_ids = _waiting(connection, old, new)
    if not photo_ids:
        connection.execute(update(KeywordEditRow).where(KeywordEditRow.id == edit_id).values(is_done=True))
        return False
    before = _states(connection, photo_ids, old, fold(new))
    after = {photo_id: _renamed(state, old, new) for photo_id, state in before.items()}
    _write_states(tx, after, old, fold(new))
    connection.execute(
        upsert(KeywordEditPhotoRow).on_conflict_do_nothing(),
        [
            {
                "edit_id": edit_id,
                "photo_id": photo_id,
                "before": json.dumps(before[photo_id]),
                "after": json.dumps(after[photo_id]),
            }
            for photo_id in photo_ids
        ],
    )
    return True


def _waiting(connection: Connection, old: str, new: str) -> Sequence[int]:
    """Some photos with the old keyword in a spelling that is not the new one, and that nobody took off."""
    taken_off = (
        select(RemovedKeywordRow.photo_id)
        .where(RemovedKeywordRow.photo_id == PhotoKeywordRow.photo_id, RemovedKeywordRow.folded == old)
        .exists()
    )
    return connection.scalars(
        select(PhotoKeywordRow.photo_id)
        .join(KeywordRow, KeywordRow.id == PhotoKeywordRow.keyword_id)
        .where(KeywordRow.folded == old, KeywordRow.name != new, ~taken_off)
        .distinct()
        .limit(_PAGE)
    ).all()


def _states(connection: Connection, photo_ids: Sequence[int], old: str, new: str) -> dict[int, _State]:
    """What each photo has of both keywords."""
    given: dict[int, list[_Given]] = {photo_id: [] for photo_id in photo_ids}
    rows = connection.execute(
        select(PhotoKeywordRow.photo_id, KeywordRow.name, PhotoKeywordRow.source, PhotoKeywordRow.position)
        .join(KeywordRow, KeywordRow.id == PhotoKeywordRow.keyword_id)
        .where(PhotoKeywordRow.photo_id.in_(among(photo_ids)), KeywordRow.folded.in_((old, new)))
        .order_by(KeywordRow.name, PhotoKeywordRow.source)
    )
    for photo_id, name, source, position in rows:
        given[photo_id].append((name, source, position))
    off = set(
        connection.scalars(
            select(RemovedKeywordRow.photo_id).where(
                RemovedKeywordRow.photo_id.in_(among(photo_ids)), RemovedKeywordRow.folded == new
            )
        )
    )
    return {photo_id: (tuple(rows), photo_id in off) for photo_id, rows in given.items()}


def _renamed(state: _State, old: str, new: str) -> _State:
    """What a photo has then: the new name from whoever gave the old one.

    What a file calls by the old name is the person's by the new one as well: it is written beside the other,
    which is another program's.
    """
    kept: dict[tuple[str, str], int] = {}
    for name, source, position in state[0]:
        key = (new if fold(name) == old else name), source
        kept[key] = min(position, kept.get(key, position))
        if fold(name) == old and source == Source.FILE.value:
            kept.setdefault((new, Source.USER.value), _BY_HAND)
    rows = sorted((name, source, position) for (name, source), position in kept.items())
    return tuple(rows), False


def _write_states(tx: Transaction, states: Mapping[int, _State], old: str, new: str) -> None:
    """Give photos what they are to have of both keywords; search and write back follow."""
    connection, photo_ids = tx.connection, sorted(states)
    both = select(KeywordRow.id).where(KeywordRow.folded.in_((old, new)))
    connection.execute(
        delete(PhotoKeywordRow).where(
            PhotoKeywordRow.photo_id.in_(among(photo_ids)), PhotoKeywordRow.keyword_id.in_(both)
        )
    )
    connection.execute(
        delete(RemovedKeywordRow).where(
            and_(RemovedKeywordRow.photo_id.in_(among(photo_ids)), RemovedKeywordRow.folded == new)
        )
    )
    ids = keyword_ids(connection, (name for rows, _ in states.values() for name, _, _ in rows))
    given: list[dict[str, Any]] = [
        {"photo_id": photo_id, "keyword_id": ids[name], "source": source, "position": position}
        for photo_id, (rows, _) in states.items()
        for name, source, position in rows
    ]
    if given:
        connection.execute(insert(PhotoKeywordRow), given)
    off = [{"photo_id": photo_id, "folded": new} for photo_id, (_, is_off) in states.items() if is_off]
    if off:
        connection.execute(insert(RemovedKeywordRow), off)
    settle_keywords(connection, photo_ids)
    connection.execute(
        update(PhotoRow)
        .where(PhotoRow.id.in_(among(photo_ids)))
        .values(text_version=PhotoRow.text_version + 1)
    )
    refresh_search(connection, photo_ids)
    tx.change.touch(photo_ids)
    tx.change.keywords = True


def _restore_page(tx: Transaction, edit_id: int) -> int | None:
    """Give some photos back what they had; None once none is left."""
    connection = tx.connection
    edit = connection.execute(select(KeywordEditRow.__table__).where(KeywordEditRow.id == edit_id)).one()
    of_edit = KeywordEditPhotoRow.edit_id == edit_id
    rows = connection.execute(select(KeywordEditPhotoRow.__table__).where(of_edit).limit(_PAGE)).all()
    if not rows:
        connection.execute(delete(KeywordEditRow).where(KeywordEditRow.id == edit_id))
        return None
    old, new = edit.folded, fold(edit.becomes)
    now = _states(connection, [row.photo_id for row in rows], old, new)
    states = {
        row.photo_id: _state_in(row.before) for row in rows if now[row.photo_id] == _state_in(row.after)
    }
    _write_states(tx, states, old, new)
    done = among([row.photo_id for row in rows])
    connection.execute(delete(KeywordEditPhotoRow).where(of_edit, KeywordEditPhotoRow.photo_id.in_(done)))
    return len(states)


def _state_in(kept: str) -> _State:
    rows, is_off = json.loads(kept)
    return tuple((name, source, position) for name, source, position in rows), is_off
