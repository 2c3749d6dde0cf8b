"""Keywords of the whole library: renamed, merged, hidden.

A renaming is a rule first, so that what comes in meanwhile is called right; then the photos that have the
keyword follow, some hundred in each transaction, and so they do when it is taken back.  What was cut is
finished by :meth:`finish_renames`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import Connection, Select, delete, func, or_, select, update

from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.keyword_given import WITHDRAWN, rules_for
from blipdesk.catalog.keyword_rules import begin_renaming, set_hidden, withdraw_rules
from blipdesk.catalog.keyword_states import (
    State,
    drop_states,
    keep_states,
    kept_states,
    renamed,
    states_of,
    write_states,
)
from blipdesk.catalog.keyword_tables import KeywordEditPhotoRow, KeywordEditRow
from blipdesk.catalog.keywords import photos_having
from blipdesk.catalog.schema import KeywordRow, PhotoKeywordRow, RemovedKeywordRow
from blipdesk.catalog.text import clean_keywords, fold
from blipdesk.domain.errors import UsageError
from blipdesk.domain.wording import later

OnPhotos = Callable[[int, int], object]
"""Hears of how many photos of how many it is done; ends it by raising."""

_PAGE = 300
"""Photos of one transaction: others that write wait for a tenth of a second."""


class KeywordEdits:
    """What a person decides about keywords, for all photos."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._finishing = threading.Lock()

    def rename_keyword(self, name: str, new_name: str, on_photos: OnPhotos = lambda *_: None) -> int:
        """Give a keyword another name, in all its spellings; where another has that name, they become one.

        What models, files and earlier rules call by the old name is called by the new one from now on.  A
        keyword that a person took off a photo stays off it.

        Args:
            name: as it is called.
            new_name: as it is to be called.
            on_photos: after each stretch of photos that followed.

        Returns:
            What :meth:`undo_rename` takes.

        Raises:
            UsageError: one of the names is blank, or nothing would change.
        """
        edit_id = self.begin_rename(name, new_name)
        self.finish_renames(on_photos)
        return edit_id

    def begin_rename(self, name: str, new_name: str) -> int:
        """Set the rule of a renaming alone, as :meth:`rename_keyword` does; the photos wait to follow."""
        old, new = _tidy(name), _tidy(new_name)
        if old == new:
            raise UsageError(later("This is its name already."), later("Type another one."))
        return self._database.write(lambda tx: begin_renaming(tx, fold(old), new))

    def finish_renames(self, on_photos: OnPhotos = lambda *_: None) -> int:
        """Carry out, or back, what was begun, and what a forced end had cut, the oldest first.

        In turn: of what became "B" and then "C", no photo is called "B" after the second.

        Returns:
            How many photos have another name now.
        """
        changed = seen = 0
        with self._finishing:
            edits, total = self._unfinished()
            on_photos(0, total)
            for edit in edits:
                while (page := self._database.write(partial(_follow, edit.id))) is not None:
                    changed, seen = changed + page[0], seen + page[1]
                    on_photos(seen, max(seen, total))
        return changed

    def waiting_for_names(self) -> int:
        """How many photos wait to follow a renaming, or one that is taken back."""
        return self._unfinished()[1]

    def _unfinished(self) -> tuple[Sequence[AnyRow], int]:
        """What is not carried out, or back, yet, the oldest first; and of how many photos."""
        is_open = or_(KeywordEditRow.is_done.is_(False), KeywordEditRow.rules == WITHDRAWN)
        with self._database.read() as connection:
            edits = connection.execute(
                select(KeywordEditRow.__table__).where(is_open).order_by(KeywordEditRow.id)
            ).all()
            return edits, sum(_count(connection, edit) for edit in edits)

    def undo_rename(self, edit_id: int, on_photos: OnPhotos = lambda *_: None) -> int:
        """Take a renaming back; photos whose keywords a person changed since keep them as they are now.

        What models and files gave meanwhile has the name again by which they gave it.

        Args:
            edit_id: of the renaming.
            on_photos: as in :meth:`rename_keyword`.

        Returns:
            How many photos have again what they had.
        """
        if not self._database.write(partial(_withdraw, edit_id)):
            return 0
        return self.finish_renames(on_photos)

    def keyword_renames(self) -> dict[str, str]:
        """What is called otherwise from now on, and how; the names before are folded."""
        with self._database.read() as connection:
            return rules_for(connection)

    def hide_keyword(self, name: str, hidden: bool = True) -> None:
        """Let a keyword, in all its spellings, not be offered and shown any more; or let it again.

        Raises:
            UsageError: the name is blank.
        """
        folded = fold(_tidy(name))

        def hide(tx: Transaction) -> None:
            set_hidden(tx.connection, folded, hidden)
            tx.change.keywords = True
            tx.change.touch(tx.connection.scalars(photos_having(folded)))

        self._database.write(hide)


def _tidy(name: str) -> str:
    tidy = clean_keywords([name])
    if not tidy:
        raise UsageError(later("A keyword needs at least one letter."), later("Type a word."))
    return tidy[0]


def _waiting(edit: AnyRow) -> Select[int]:
    """The photos with the old keyword in a spelling that is not the new one, and that nobody took off."""
    taken_off = select(RemovedKeywordRow.photo_id).where(
        RemovedKeywordRow.photo_id == PhotoKeywordRow.photo_id, RemovedKeywordRow.folded == edit.folded
    )
    return photos_having(edit.folded).where(KeywordRow.name != edit.becomes, ~taken_off.exists())


def _count(connection: Connection, edit: AnyRow) -> int:
    """How many photos wait for what is left of a renaming."""
    photos = _waiting(edit)
    if edit.rules == WITHDRAWN:
        photos = select(KeywordEditPhotoRow.photo_id).where(KeywordEditPhotoRow.edit_id == edit.id)
    return connection.scalar(select(func.count()).select_from(photos.subquery())) or 0


def _withdraw(edit_id: int, tx: Transaction) -> bool:
    """Begin to take a renaming back; False where there is none, or it is being taken back."""
    edit = _edit(tx.connection, edit_id)
    if edit is None or edit.rules == WITHDRAWN:
        return False
    withdraw_rules(tx, edit)
    return True


def _edit(connection: Connection, edit_id: int) -> AnyRow | None:
    return connection.execute(select(KeywordEditRow.__table__).where(KeywordEditRow.id == edit_id)).first()


def _follow(edit_id: int, tx: Transaction) -> tuple[int, int] | None:
    """Let some photos follow a renaming, or its undoing: how many changed, of how many; None: no more."""
    edit = _edit(tx.connection, edit_id)
    if edit is None:
        return None
    return _restore_page(tx, edit) if edit.rules == WITHDRAWN else _take_page(tx, edit)


def _take_page(tx: Transaction, edit: AnyRow) -> tuple[int, int] | None:
    """Let some of the photos that have the old keyword have the new one."""
    connection, both = tx.connection, (edit.folded, fold(edit.becomes))
    photo_ids = connection.scalars(_waiting(edit).limit(_PAGE)).all()
    if not photo_ids:
        connection.execute(update(KeywordEditRow).where(KeywordEditRow.id == edit.id).values(is_done=True))
        return None
    before = states_of(connection, photo_ids, *both)
    after = {photo_id: renamed(state, edit.folded, edit.becomes) for photo_id, state in before.items()}
    write_states(tx, after, *both)
    for photo_id, (was, _) in kept_states(connection, edit.id, photo_ids).items():
        # A part of what it had has the new name already: captions that came in since.
        came = {row for row in before[photo_id].rows if fold(row[0]) == edit.folded}
        before[photo_id] = State(tuple(sorted({*was.rows, *came})), was.is_off)
    keep_states(connection, edit.id, {each: (before[each], after[each]) for each in photo_ids})
    return len(photo_ids), len(photo_ids)


def _restore_page(tx: Transaction, edit: AnyRow) -> tuple[int, int] | None:
    """Give some photos back what they had; once all have, the renaming is gone."""
    connection, both = tx.connection, (edit.folded, fold(edit.becomes))
    of_edit = KeywordEditPhotoRow.edit_id == edit.id
    photo_ids = connection.scalars(select(KeywordEditPhotoRow.photo_id).where(of_edit).limit(_PAGE)).all()
    if not photo_ids:
        connection.execute(delete(KeywordEditRow).where(KeywordEditRow.id == edit.id))
        return None
    now = states_of(connection, photo_ids, *both)
    kept = kept_states(connection, edit.id, photo_ids)
    before = {photo_id: was for photo_id, (was, became) in kept.items() if now[photo_id].is_like(became)}
    write_states(tx, before, *both)
    drop_states(connection, edit.id, photo_ids)
    return len(before), len(photo_ids)
