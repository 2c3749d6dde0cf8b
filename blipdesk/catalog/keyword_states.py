"""What photos have of two keywords while one becomes the other, and what they had before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.database import Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.keyword_tables import KeywordEditPhotoRow
from blipdesk.catalog.keywords import keyword_ids, settle_keywords
from blipdesk.catalog.schema import KeywordRow, PhotoKeywordRow, RemovedKeywordRow
from blipdesk.catalog.searchtext import texts_changed
from blipdesk.catalog.text import fold
from blipdesk.domain.values import Source

BY_HAND = 1000
"""The position of a keyword that a person added: behind what is there."""

Given: TypeAlias = tuple[str, str, int]
"""Name, source and position of a keyword of a photo."""


class State(NamedTuple):
    """What a photo has of both keywords, and whether a person took the new one off it."""

    rows: tuple[Given, ...]
    is_off: bool

    def is_like(self, other: State) -> bool:
        """Whether the same names come from the same sources, in whatever order they stand."""
        own, others = ({row[:2] for row in state.rows} for state in (self, other))
        return self.is_off == other.is_off and own == others


def states_of(connection: Connection, photo_ids: Sequence[int], old: str, new: str) -> dict[int, State]:
    """What each photo has of both keywords (folded)."""
    given: dict[int, list[Given]] = {photo_id: [] for photo_id in photo_ids}
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
    return {photo_id: State(tuple(rows), photo_id in off) for photo_id, rows in given.items()}


def renamed(state: State, old: str, new: str) -> State:
    """What a photo has then: the new name (as it is spelled) from whoever gave the old one (folded).

    What a file calls by the old name is the person's by the new one as well: it is written beside the other,
    which is another program's.
    """
    kept: dict[tuple[str, str], int] = {}
    for name, source, position in state.rows:
        key = (new if fold(name) == old else name), source
        kept[key] = min(position, kept.get(key, position))
        if fold(name) == old and source == Source.FILE.value:
            kept.setdefault((new, Source.USER.value), BY_HAND)
    return State(tuple(sorted((name, source, position) for (name, source), position in kept.items())), False)


def write_states(tx: Transaction, states: Mapping[int, State], old: str, new: str) -> None:
    """Give photos what they are to have of both keywords (folded); search and write back follow."""
    set_states(tx.connection, states, old, new)
    keywords_changed(tx, sorted(states))


def keywords_changed(tx: Transaction, photo_ids: Sequence[int]) -> None:
    """Settle what photos show once their rows were set; search and write back follow."""
    settle_keywords(tx.connection, photo_ids)
    texts_changed(tx, photo_ids)
    tx.change.keywords = True


def set_states(connection: Connection, states: Mapping[int, State], old: str, new: str) -> None:
    """Set the rows of both keywords (folded) alone; what photos show has to be settled after it."""
    among_them = among(sorted(states))
    both = select(KeywordRow.id).where(KeywordRow.folded.in_((old, new)))
    connection.execute(
        delete(PhotoKeywordRow).where(
            PhotoKeywordRow.photo_id.in_(among_them), PhotoKeywordRow.keyword_id.in_(both)
        )
    )
    connection.execute(
        delete(RemovedKeywordRow).where(
            RemovedKeywordRow.photo_id.in_(among_them), RemovedKeywordRow.folded == new
        )
    )
    ids = keyword_ids(connection, (name for rows, _ in states.values() for name, _, _ in rows))
    given: list[dict[str, Any]] = [
        {"photo_id": photo_id, "keyword_id": ids[name], "source": source, "position": position}
        for photo_id, (rows, _) in states.items()
        for name, source, position in rows
    ]
    if given:
        connection.execute(upsert(PhotoKeywordRow).on_conflict_do_nothing(), given)
    off = [{"photo_id": photo_id, "folded": new} for photo_id, (_, is_off) in states.items() if is_off]
    if off:
        connection.execute(insert(RemovedKeywordRow), off)


# ---------------------------------------------------------------------------------------- kept


def kept_states(
    connection: Connection, edit_id: int, photo_ids: Sequence[int]
) -> dict[int, tuple[State, State]]:
    """What those of the photos that a renaming changed had before it, and after."""
    rows = connection.execute(
        select(KeywordEditPhotoRow.__table__).where(
            KeywordEditPhotoRow.edit_id == edit_id, KeywordEditPhotoRow.photo_id.in_(among(photo_ids))
        )
    )
    return {row.photo_id: (_state_in(row.before), _state_in(row.after)) for row in rows}


def keep_states(connection: Connection, edit_id: int, states: Mapping[int, tuple[State, State]]) -> None:
    """Keep what photos had before a renaming and after, in place of what was kept of them."""
    kept = upsert(KeywordEditPhotoRow)
    if states:
        connection.execute(
            kept.on_conflict_do_update(
                index_elements=["edit_id", "photo_id"],
                set_={"before": kept.excluded.before, "after": kept.excluded.after},
            ),
            [
                {
                    "edit_id": edit_id,
                    "photo_id": photo_id,
                    "before": json.dumps(before),
                    "after": json.dumps(after),
                }
                for photo_id, (before, after) in states.items()
            ],
        )


def drop_states(connection: Connection, edit_id: int, photo_ids: Sequence[int]) -> None:
    """A renaming changed nothing of these photos (any more)."""
    connection.execute(
        delete(KeywordEditPhotoRow).where(
            KeywordEditPhotoRow.edit_id == edit_id, KeywordEditPhotoRow.photo_id.in_(among(photo_ids))
        )
    )


def _state_in(kept: str) -> State:
    rows, is_off = json.loads(kept)
    return State(tuple((name, source, position) for name, source, position in rows), is_off)
