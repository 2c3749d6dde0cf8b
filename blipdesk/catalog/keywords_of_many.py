"""A person's keywords of many photos at once: given, taken off, counted, and taken back as one edit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.edit_tables import EditPhotoRow, EditRow
from blipdesk.catalog.ids import among
from blipdesk.catalog.keyword_stack import MANY_KIND, Had, renames_so_far, restore_all
from blipdesk.catalog.keyword_states import BY_HAND, State, keywords_changed, set_states, states_of
from blipdesk.catalog.keyword_tables import KeywordRuleRow
from blipdesk.catalog.schema import KeywordRow, PhotoRow
from blipdesk.catalog.text import clean_keywords, fold
from blipdesk.catalog.undo_stack import forget_oldest, remember
from blipdesk.domain.errors import Cancelled
from blipdesk.domain.tagging import KeywordCount, KeywordsAmong, Tagged
from blipdesk.domain.values import Source

OnPhotos = Callable[[int, int], object]
"""Hears of how many photos of how many it is done; ends it by raising Cancelled."""

PAGE = 300
"""Photos of one transaction: others that write wait for a tenth of a second."""
_LOOKED_THROUGH = 20_000
"""Photos whose keywords are looked through by one statement."""
_WITH = """SELECT photo_id FROM photo_keyword WHERE photo_id IN (SELECT value FROM json_each(?)) AND shown = 1
    AND keyword_id IN (SELECT id FROM keyword WHERE folded IN (SELECT value FROM json_each(?)))"""
_COUNTS = """SELECT keyword_id, count(*) FROM photo_keyword
    WHERE photo_id IN (SELECT value FROM json_each(?)) AND +shown = 1 GROUP BY keyword_id"""


class KeywordsOfMany:
    """Some hundred photos in each transaction; all of them are one edit on the undo stack."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def change_keywords(
        self,
        photo_ids: Sequence[int],
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        on_photos: OnPhotos = lambda *_: None,
    ) -> Tagged:
        """Give photos a person's keywords, and take others off those that show them, whoever gave them.

        What the model alone calls so becomes the person's too: no later run takes it from some of the photos.
        Taken off, it stays off, as of one photo.

        Args:
            photo_ids: the photos; those that are not in the catalog (any more) are passed over.
            add: the keywords to give; one that was taken off before comes back.
            remove: the keywords to take off, in all spellings.
            on_photos: before each stretch of photos but the first; where it raises
                :class:`~blipdesk.domain.errors.Cancelled`, the others stay as they are.
        """
        wanted: dict[str, str | None] = {fold(name): name for name in clean_keywords(add)}
        wanted |= {fold(name): None for name in clean_keywords(remove)}
        edit: int | None = None
        changed = 0
        try:
            for number, (done, page) in enumerate(self._pages(photo_ids, wanted)):
                if number:  # what is asked for last before the end of the program is done, unless it is long
                    on_photos(done, len(photo_ids))
                if page:
                    edit, count = self._database.write(partial(_change, page, wanted, edit))
                    changed += count
        except Cancelled:
            return Tagged(edit, changed, is_whole=False)
        return Tagged(edit, changed)

    def _pages(
        self, photo_ids: Sequence[int], wanted: Mapping[str, str | None]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """How many photos lie behind, and the next that may have to be changed; empty where none has."""
        adds = any(name is not None for name in wanted.values())
        for start in range(0, len(photo_ids) if wanted else 0, _LOOKED_THROUGH):
            stretch = photo_ids[start : start + _LOOKED_THROUGH]
            concerned = stretch if adds else self._having(stretch, list(wanted))
            for first in range(0, max(1, len(concerned)), PAGE):
                yield start + first, concerned[first : first + PAGE]

    def undo_keywords(self, edit: int, on_photos: OnPhotos = lambda *_: None) -> int:
        """Take such an edit back; returns how many photos have again what they had.

        Raises:
            Cancelled: by ``on_photos``; the rest stays on the undo stack.
        """
        return restore_rest(self._database, edit, on_photos)

    def keywords_among(
        self, photo_ids: Sequence[int], limit: int, on_photos: OnPhotos = lambda *_: None
    ) -> KeywordsAmong:
        """Which keywords some photos show, and how many of them each.

        Args:
            photo_ids: the photos.
            limit: the most keywords that are wanted.
            on_photos: after each stretch of photos; ends it by raising.
        """
        counts: Counter[int] = Counter()
        for start in range(0, len(photo_ids), _LOOKED_THROUGH):
            stretch = photo_ids[start : start + _LOOKED_THROUGH]
            with self._database.read_raw() as connection:
                for keyword_id, count in connection.execute(_COUNTS, (json.dumps(list(stretch)),)):
                    counts[keyword_id] += count
            on_photos(start + len(stretch), len(photo_ids))
        with self._database.read() as connection:
            found = _named(connection, counts)
        found.sort(key=lambda keyword: (keyword.hidden, -keyword.count, fold(keyword.name)))
        return KeywordsAmong(len(photo_ids), tuple(found[:limit]), max(0, len(found) - limit))

    def _having(self, photo_ids: Sequence[int], folded: Sequence[str]) -> list[int]:
        """Those of the photos that show one of the keywords."""
        with self._database.read_raw() as connection:
            rows = connection.execute(_WITH, (json.dumps(list(photo_ids)), json.dumps(folded)))
            return sorted({photo_id for (photo_id,) in rows})


def _named(connection: Connection, counts: Mapping[int, int]) -> list[KeywordCount]:
    """The keywords, all spellings of one together."""
    rows = connection.execute(
        select(KeywordRow.id, KeywordRow.name, KeywordRow.folded, KeywordRuleRow.hidden)
        .outerjoin(KeywordRuleRow, KeywordRuleRow.folded == KeywordRow.folded)
        .where(KeywordRow.id.in_(among(list(counts))))
    )
    spelled: dict[str, list[KeywordCount]] = {}
    for keyword_id, name, folded, hidden in rows:
        spelled.setdefault(folded, []).append(KeywordCount(name, counts[keyword_id], bool(hidden)))
    return [
        KeywordCount(
            max(spellings, key=lambda each: (each.count, each.name)).name,
            sum(each.count for each in spellings),
            spellings[0].hidden,
        )
        for spellings in spelled.values()
    ]


# ---------------------------------------------------------------------------------------- changing


def _change(
    photo_ids: Sequence[int], wanted: Mapping[str, str | None], edit: int | None, tx: Transaction
) -> tuple[int | None, int]:
    """Change the keywords of some photos; returns the edit, begun where something changed, and how many did.

    Args:
        photo_ids: the photos.
        wanted: keywords (folded) and the names to give; None: it is taken off.
        edit: what these photos belong to; None: not begun yet.
        tx: the transaction.
    """
    there = tx.connection.scalars(select(PhotoRow.id).where(PhotoRow.id.in_(among(list(photo_ids))))).all()
    before: dict[int, list[Had]] = {}
    for folded, name in wanted.items():
        after: dict[int, State] = {}
        for photo_id, state in states_of(tx.connection, there, folded, folded).items():
            new = _without(state) if name is None else _with(state, name)
            if new != state:
                after[photo_id] = new
                before.setdefault(photo_id, []).append(_to_keep(folded, state, is_added=name is not None))
        if after:
            set_states(tx.connection, after, folded, folded)
    if not before:
        return edit, 0
    keywords_changed(tx, sorted(before))
    return _remember(tx.connection, edit, list(wanted), before), len(before)


def _with(state: State, name: str) -> State:
    if not state.is_off and any(source != Source.MODEL.value for _, source, _ in state.rows):
        return state  # a person called it so before, here or in the file
    given = (name, Source.USER.value, BY_HAND)
    rows = state.rows if any(row[:2] == given[:2] for row in state.rows) else (*state.rows, given)
    return State(rows, False)


def _without(state: State) -> State:
    return state if state.is_off or not state.rows else State((), True)


def _to_keep(folded: str, state: State, *, is_added: bool) -> Had:
    """What has to be known to take it back: what is added leaves alone what models and files gave."""
    rows = tuple(row for row in state.rows if not is_added or row[1] == Source.USER.value)
    return Had(folded, rows, state.is_off)


def _remember(
    connection: Connection, edit: int | None, folded: Sequence[str], before: Mapping[int, Sequence[Had]]
) -> int:
    """Put what photos had on the undo stack, with those of the same edit before them."""
    this = EditRow.id == edit, EditRow.kind == MANY_KIND  # once it was taken back its number may be another's
    kept = connection.scalar(select(EditRow.before).where(*this)) if edit else None
    renames = renames_so_far(connection)
    own: dict[str, Any] = {"folded": folded, "renames": renames, "states": []}
    values = own if kept is None else json.loads(kept)
    places = {json.dumps(state): place for place, state in enumerate(values["states"])}
    rows = []
    for photo_id, had in before.items():
        place = places.setdefault(json.dumps([renames, had]), len(places))
        rows.append({"photo_id": photo_id, "before": place})
    if edit is None or kept is None:
        edit = remember(connection, None, MANY_KIND, values)
        forget_oldest(connection, edit)
    if len(places) > len(values["states"]):
        values["states"] = [json.loads(state) for state in places]
        connection.execute(update(EditRow).where(EditRow.id == edit).values(before=json.dumps(values)))
    connection.execute(insert(EditPhotoRow), [{"edit_id": edit, **row} for row in rows])
    return edit


# ---------------------------------------------------------------------------------------- taken back


def restore_rest(database: Database, edit: int, on_photos: OnPhotos = lambda *_: None) -> int:
    """Take an edit back, some photos in each transaction; returns how many had been changed by it."""
    with database.read() as connection:
        of_edit = select(func.count()).select_from(EditPhotoRow).where(EditPhotoRow.edit_id == edit)
        total = connection.scalar(of_edit) or 0
    done, is_whole = 0, False
    while not is_whole:
        some, is_whole = database.write(partial(_restore_next, edit))
        done += len(some)
        if not is_whole:
            on_photos(done, total)
    return done


def _restore_next(edit: int, tx: Transaction) -> tuple[list[int], bool]:
    this = EditRow.id == edit, EditRow.kind == MANY_KIND
    row = tx.connection.execute(select(EditRow.__table__).where(*this)).first()
    return ([], True) if row is None else restore_some(tx, row)


def restore_some(tx: Transaction, row: AnyRow) -> tuple[list[int], bool]:
    """Give some of an edit's photos back what they had; with the last ones it goes, and its number is free.

    Returns:
        The photos, and whether these were the last ones.
    """
    connection, of_edit = tx.connection, EditPhotoRow.edit_id == row.id
    places = connection.execute(
        select(EditPhotoRow.photo_id, EditPhotoRow.before).where(of_edit).limit(PAGE)
    ).all()
    photo_ids = [place.photo_id for place in places]
    if photo_ids:
        kept = json.loads(row.before)
        before: dict[tuple[str, int], dict[int, Had]] = {}
        for photo_id, place in places:
            renames, state = kept["states"][place]
            for folded, rows, is_off in state:
                had = Had(folded, tuple(tuple(each) for each in rows), is_off)
                before.setdefault((folded, renames), {})[photo_id] = had
        for (_, renames), of_photos in reversed(before.items()):
            restore_all(connection, of_photos, renames)
        keywords_changed(tx, photo_ids)
        connection.execute(delete(EditPhotoRow).where(of_edit, EditPhotoRow.photo_id.in_(among(photo_ids))))
    is_whole = len(photo_ids) < PAGE
    if is_whole:
        connection.execute(delete(EditRow).where(EditRow.id == row.id))
    return photo_ids, is_whole
