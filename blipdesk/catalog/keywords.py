"""Keywords of photos: three sources side by side, shown once, and what the person took off stays off."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.ids import among
from blipdesk.catalog.schema import KeywordRow, PhotoKeywordRow, RemovedKeywordRow
from blipdesk.catalog.text import clean_keywords, fold
from blipdesk.domain.values import Keyword, Source

_RANK = "CASE {0}.source WHEN 'user' THEN 0 WHEN 'file' THEN 1 ELSE 2 END, {0}.position, {0}.keyword_id"
_SETTLE = text(f"""
UPDATE photo_keyword SET shown = NOT EXISTS (
    SELECT 1 FROM keyword AS own JOIN removed_keyword AS removed ON removed.folded = own.folded
     WHERE own.id = photo_keyword.keyword_id AND removed.photo_id = photo_keyword.photo_id)
  AND NOT EXISTS (
    SELECT 1 FROM keyword AS own JOIN keyword AS same ON same.folded = own.folded
      JOIN photo_keyword AS other ON other.keyword_id = same.id AND other.photo_id = photo_keyword.photo_id
     WHERE own.id = photo_keyword.keyword_id
       AND ({_RANK.format("other")}) < ({_RANK.format("photo_keyword")}))
 WHERE photo_id IN (SELECT value FROM json_each(:photos))
""")  # noqa: S608 - made of a constant alone


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


def settle_keywords(connection: Connection, photo_ids: Sequence[int]) -> None:
    """Work out which of their keywords photos show; after every change of them."""
    connection.execute(_SETTLE, {"photos": json.dumps(list(photo_ids))})


def visible_keywords(connection: Connection, photo_ids: Sequence[int]) -> dict[int, list[Keyword]]:
    """What each photo shows: the person's keywords first, then the file's, then the model's."""
    rows = connection.execute(
        select(PhotoKeywordRow.photo_id, KeywordRow.name, PhotoKeywordRow.source)
        .join(KeywordRow, KeywordRow.id == PhotoKeywordRow.keyword_id)
        .where(PhotoKeywordRow.photo_id.in_(among(photo_ids)), text("+photo_keyword.shown = 1"))
        .order_by(text(_RANK.format("photo_keyword")))
    )
    shown: dict[int, list[Keyword]] = {}
    for photo_id, name, source in rows:
        shown.setdefault(photo_id, []).append(Keyword(name, Source(source)))
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
