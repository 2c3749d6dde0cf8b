"""Keywords of photos: three sources side by side, shown once, and what the person took off stays off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Select, and_, case, select, text, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import InstrumentedAttribute, aliased

from blipdesk.catalog.ids import among
from blipdesk.catalog.keyword_tables import KeywordRuleRow
from blipdesk.catalog.schema import KeywordRow, PhotoKeywordRow, RemovedKeywordRow
from blipdesk.catalog.text import fold
from blipdesk.domain.values import Keyword, Source


def _rank(given: type[PhotoKeywordRow]) -> tuple[ColumnElement[int] | InstrumentedAttribute[int], ...]:
    """The order in which a photo's keywords are shown: the person's, then the file's, then the model's."""
    source = case({Source.USER.value: 0, Source.FILE.value: 1}, value=given.source, else_=2)
    return source, given.position, given.keyword_id


_own, _same, _other = aliased(KeywordRow), aliased(KeywordRow), aliased(PhotoKeywordRow)
_TAKEN_OFF = (
    select(_own.id)
    .join(RemovedKeywordRow, RemovedKeywordRow.folded == _own.folded)
    .where(_own.id == PhotoKeywordRow.keyword_id, RemovedKeywordRow.photo_id == PhotoKeywordRow.photo_id)
    .correlate(PhotoKeywordRow)
    .exists()
)
_SAID_BEFORE = (
    select(_own.id)
    .join(_same, _same.folded == _own.folded)
    .join(_other, and_(_other.keyword_id == _same.id, _other.photo_id == PhotoKeywordRow.photo_id))
    .where(_own.id == PhotoKeywordRow.keyword_id, tuple_(*_rank(_other)) < tuple_(*_rank(PhotoKeywordRow)))
    .correlate(PhotoKeywordRow)
    .exists()
)


_ALL = text("photo_keyword.shown IN (0, 1)")
"""True of all rows; with it the index that begins with that column finds those of a keyword."""


def photos_having(folded: str) -> Select[int]:
    """The photos that have a keyword in any spelling, shown or not, each once."""
    return (
        select(PhotoKeywordRow.photo_id)
        .join(KeywordRow, KeywordRow.id == PhotoKeywordRow.keyword_id)
        .where(KeywordRow.folded == folded, _ALL)
        .distinct()
    )


def keyword_ids(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The ids of keywords (tidy names), made where they are new."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    connection.execute(
        upsert(KeywordRow).on_conflict_do_nothing(),
        [{"name": name, "folded": fold(name)} for name in wanted],
    )
    rows = connection.execute(
        select(KeywordRow.name, KeywordRow.id).where(KeywordRow.name.in_(among(wanted)))
    )
    return {row.name: row.id for row in rows}


def settle_keywords(connection: Connection, photo_ids: Sequence[int]) -> None:
    """Work out which of their keywords photos show; after every change of them."""
    connection.execute(
        update(PhotoKeywordRow)
        .where(PhotoKeywordRow.photo_id.in_(among(photo_ids)))
        .values(shown=and_(~_TAKEN_OFF, ~_SAID_BEFORE))
    )


def visible_keywords(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[Keyword]]:
    """What each photo shows: the person's keywords first, then the file's, then the model's."""
    rows = connection.execute(
        select(PhotoKeywordRow.photo_id, KeywordRow.name, PhotoKeywordRow.source, KeywordRuleRow.hidden)
        .join(KeywordRow, KeywordRow.id == PhotoKeywordRow.keyword_id)
        .outerjoin(KeywordRuleRow, KeywordRuleRow.folded == KeywordRow.folded)
        .where(PhotoKeywordRow.photo_id.in_(among(photo_ids)), text("+photo_keyword.shown = 1"))
        .order_by(*_rank(PhotoKeywordRow))
    )
    shown: dict[int, list[Keyword]] = {}
    for photo_id, name, source, hidden in rows:
        shown.setdefault(photo_id, []).append(Keyword(name, Source(source), bool(hidden)))
    return shown


def removed_keywords(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[str]]:
    """What a person took off each photo, in lower case and sorted."""
    rows = connection.execute(
        select(RemovedKeywordRow.photo_id, RemovedKeywordRow.folded)
        .where(RemovedKeywordRow.photo_id.in_(among(photo_ids)))
        .order_by(RemovedKeywordRow.folded)
    )
    removed: dict[int, list[str]] = {}
    for photo_id, folded in rows:
        removed.setdefault(photo_id, []).append(folded)
    return removed
