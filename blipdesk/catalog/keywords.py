"""Keywords of photos: three sources side by side, shown once, and what the person took off stays off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, and_, case, delete, insert, select, text, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import InstrumentedAttribute, aliased

from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import KeywordRow, KeywordRuleRow, PhotoKeywordRow, RemovedKeywordRow
from blipdesk.catalog.text import clean_keywords, fold
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


def replace_keywords(connection: Connection, source: Source, keywords: Mapping[int, Sequence[str]]) -> None:
    """Set the keywords that one source gives to each photo; other sources are not touched.

    What a person renamed in the whole library is called so here too, whoever still calls it otherwise.
    """
    if not keywords:
        return
    tidy = _renamed(connection, {photo_id: clean_keywords(names) for photo_id, names in keywords.items()})
    connection.execute(
        delete(PhotoKeywordRow).where(
            PhotoKeywordRow.photo_id.in_(among(list(tidy))), PhotoKeywordRow.source == source.value
        )
    )
    ids = keyword_ids(connection, (name for names in tidy.values() for name in names))
    rows = [
        {"photo_id": photo_id, "keyword_id": ids[name], "source": source.value, "position": position}
        for photo_id, names in tidy.items()
        for position, name in enumerate(names)
    ]
    if rows:
        connection.execute(insert(PhotoKeywordRow), rows)


def _renamed(connection: Connection, given: dict[int, list[str]]) -> dict[int, list[str]]:
    """Keywords by the names that a person gave them; one that they took off a photo before stays off it."""
    used = {fold(name) for names in given.values() for name in names}
    rules = connection.execute(
        select(KeywordRuleRow.folded, KeywordRuleRow.becomes).where(
            KeywordRuleRow.becomes.is_not(None), KeywordRuleRow.folded.in_(among(sorted(used)))
        )
    )
    becomes: dict[str, str] = {row.folded: row.becomes for row in rules}
    if not becomes:
        return given
    removed = removed_keywords(connection, list(given))
    return {
        photo_id: clean_keywords(
            [
                name if fold(name) in removed.get(photo_id, ()) else becomes.get(fold(name), name)
                for name in names
            ]
        )
        for photo_id, names in given.items()
    }


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
