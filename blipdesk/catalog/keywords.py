"""Keywords of photos: three sources side by side, shown once, and what the person took off stays off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import KeywordRow, PhotoKeywordRow, RemovedKeywordRow
from blipdesk.catalog.text import clean_keywords, fold
from blipdesk.domain.values import Keyword, Source

_RANK = {Source.USER.value: 0, Source.FILE.value: 1, Source.MODEL.value: 2}


def keyword_ids(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The ids of keywords (tidy names), made where they are new."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    connection.execute(
        upsert(KeywordRow).on_conflict_do_nothing(),
        [{"name": name, "folded": fold(name)} for name in wanted],
    )
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        page = wanted[start : start + 500]
        rows = connection.execute(select(KeywordRow.name, KeywordRow.id).where(KeywordRow.name.in_(page)))
        found.update((name, number) for name, number in rows)
    return found


def replace_keywords(connection: Connection, source: Source, keywords: Mapping[int, Sequence[str]]) -> None:
    """Set the keywords that one source gives to each photo; other sources are not touched."""
    if not keywords:
        return
    tidy = {photo_id: clean_keywords(names) for photo_id, names in keywords.items()}
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


def visible_keywords(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[Keyword]]:
    """What each photo shows: the person's keywords first, then the file's, then the model's."""
    removed: dict[int, set[str]] = {}
    for photo_id, folded in connection.execute(
        select(RemovedKeywordRow.photo_id, RemovedKeywordRow.folded).where(
            RemovedKeywordRow.photo_id.in_(among(photo_ids))
        )
    ):
        removed.setdefault(photo_id, set()).add(folded)
    rows = connection.execute(
        select(
            PhotoKeywordRow.photo_id,
            KeywordRow.name,
            KeywordRow.folded,
            PhotoKeywordRow.source,
            PhotoKeywordRow.position,
        )
        .join(KeywordRow, KeywordRow.id == PhotoKeywordRow.keyword_id)
        .where(PhotoKeywordRow.photo_id.in_(among(photo_ids)))
    ).all()
    shown: dict[int, dict[str, Keyword]] = {}
    for photo_id, name, folded, source, _ in sorted(rows, key=lambda row: (_RANK[row.source], row.position)):
        if folded not in removed.get(photo_id, ()):
            shown.setdefault(photo_id, {}).setdefault(folded, Keyword(name, Source(source)))
    return {photo_id: list(keywords.values()) for photo_id, keywords in shown.items()}
