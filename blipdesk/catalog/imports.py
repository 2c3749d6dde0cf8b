"""Records of another catalog (or of this one, exported) into this one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.intake import insert_photos
from blipdesk.catalog.keywords import keyword_ids, settle_keywords, visible_keywords
from blipdesk.catalog.paths import normal
from blipdesk.catalog.schema import (
    IMPORTED_KEY,
    CandidateRow,
    FolderRow,
    PhotoKeywordRow,
    PhotoRow,
    QuestionRow,
    RemovedKeywordRow,
)
from blipdesk.catalog.searchtext import refresh_search
from blipdesk.catalog.text import clean, clean_keywords, clean_or_none, fold, now
from blipdesk.domain.paths import is_under
from blipdesk.domain.values import FileStamp, SeenFile, Source

_PAGE = 1000
Record = Mapping[str, Any]


class Imports:
    """Takes records in; what is there already is never replaced."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def import_records(self, records: Iterable[Record]) -> int:
        """Import records as ``export`` writes them; returns how many were taken in.

        A record has ``path`` and may have ``caption`` (the machine's), ``user_caption`` (a person's),
        ``source``, ``candidates``, ``keywords`` and ``questions``; with ``source`` ``user`` or ``file`` and
        no ``user_caption``, the caption is the person's.  Unknown paths become missing photos under a root
        that is not watched: searchable, and found again when the file appears; what was imported stays then.
        A record without a path is passed over.
        """
        return sum(self._database.write(partial(_import_page, page=page)) for page in _pages(records))


def _pages(records: Iterable[Record]) -> Iterator[list[Record]]:
    source = (
        record for record in records if isinstance(record.get("path"), str) and os.path.isabs(record["path"])
    )
    while page := list(islice(source, _PAGE)):
        yield page


def _import_page(tx: Transaction, page: list[Record]) -> int:
    connection = tx.connection
    ids: dict[str, int] = {}
    paths = list(dict.fromkeys(os.path.normpath(record["path"]) for record in page))
    for start in range(0, len(paths), 500):
        rows = connection.execute(
            select(PhotoRow.path, PhotoRow.id).where(PhotoRow.path.in_(paths[start : start + 500]))
        )
        ids.update((path, number) for path, number in rows)
    for folder_id, unknown in _by_root(connection, [path for path in paths if path not in ids]):
        seen = [SeenFile(path, FileStamp(0, 0), "") for path in unknown]
        ids.update(insert_photos(tx, folder_id, seen, missing=True))
    touched = []
    changed: set[int] = set()  # of what a write back puts into the file
    for record in page:
        photo_id = ids[os.path.normpath(record["path"])]
        if _import_texts(connection, photo_id, record) | _import_keywords(connection, photo_id, record):
            changed.add(photo_id)
        _import_questions(tx, photo_id, record)
        touched.append(photo_id)
    connection.execute(
        update(PhotoRow).where(PhotoRow.id.in_(list(changed))).values(text_version=PhotoRow.text_version + 1)
    )
    settle_keywords(connection, touched)
    refresh_search(connection, list(dict.fromkeys(touched)))
    tx.change.touch(touched)
    tx.change.keywords = tx.change.added = True
    return len(page)


def _by_root(connection: Connection, paths: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Paths by the deepest root that covers them.

    For the rest one root is made that nobody sees: a folder that is added later takes its photos over.
    """
    roots = [(row.id, row.path) for row in connection.execute(select(FolderRow.id, FolderRow.path))]
    groups: dict[int, list[str]] = {}
    rest = []
    for path in paths:
        covering = [root for root in roots if is_under(path, root[1])]
        if covering:
            groups.setdefault(max(covering, key=lambda root: len(root[1]))[0], []).append(path)
        else:
            rest.append(path)
    yield from groups.items()
    drives: dict[str, list[str]] = {}
    for path in rest:
        drives.setdefault(os.path.splitdrive(path)[0], []).append(path)
    for group in drives.values():
        top = normal(os.path.commonpath([os.path.dirname(path) for path in group]))
        folder_id = connection.execute(
            insert(FolderRow).values(path=top, watched=False, hidden=True).returning(FolderRow.id)
        ).scalar_one()
        yield folder_id, group


def _text(value: Any) -> str | None:
    return clean_or_none(value) if isinstance(value, str) else None


def _import_texts(connection: Connection, photo_id: int, record: Record) -> bool:
    machine = _text(record.get("caption"))
    person = _text(record.get("user_caption"))
    if person is None and record.get("source") in (Source.USER.value, Source.FILE.value):
        person, machine = machine, None
    there = connection.execute(
        select(PhotoRow.user_caption, PhotoRow.file_caption, PhotoRow.model_caption).where(
            PhotoRow.id == photo_id
        )
    ).one()
    values: dict[str, Any] = {}
    if person and not there.user_caption and there.file_caption != person:
        values["user_caption"] = person
    if machine and not there.model_caption:
        values |= {"model_caption": machine, "model_key": IMPORTED_KEY, "captioned_at": now()}
        candidates = [text for item in _items(record, "candidates") if (text := _candidate(item))]
        for position, text in enumerate(candidates):
            connection.execute(
                upsert(CandidateRow)
                .values(photo_id=photo_id, position=position, text=text, raw_text=text)
                .on_conflict_do_nothing()
            )
    if values:
        connection.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(**values))
    return bool(values)


def _candidate(item: Any) -> str | None:
    return _text(item.get("text")) if isinstance(item, Mapping) else _text(item)


def _items(record: Record, name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else []


def _import_keywords(connection: Connection, photo_id: int, record: Record) -> bool:
    sources: dict[str, list[str]] = {}
    # A record that does not say which keywords are a person's may have any of them: none is lost.
    others = Source.MODEL if "user_keywords" in record else Source.USER
    people = {name: Source.FILE for name in _items(record, "file_keywords") if isinstance(name, str)}
    people |= {name: Source.USER for name in _items(record, "user_keywords") if isinstance(name, str)}
    for item in _items(record, "keywords"):
        name, source = item, people.get(item, others).value if isinstance(item, str) else ""
        if isinstance(item, Mapping):
            name, source = item.get("name"), str(item.get("source"))
        if isinstance(name, str) and source in {known.value for known in Source}:
            sources.setdefault(source, []).append(name)
    shown = {fold(keyword.name) for keyword in visible_keywords(connection, [photo_id]).get(photo_id, ())}
    removed = connection.scalars(
        select(RemovedKeywordRow.folded).where(RemovedKeywordRow.photo_id == photo_id)
    )
    shown.update(removed)
    fresh = {
        source: [name for name in clean_keywords(names) if fold(name) not in shown]
        for source, names in sources.items()
    }
    for source, tidy in fresh.items():
        ids = keyword_ids(connection, tidy)
        for position, name in enumerate(tidy):
            connection.execute(
                upsert(PhotoKeywordRow)
                .values(photo_id=photo_id, keyword_id=ids[name], source=source, position=position)
                .on_conflict_do_nothing()
            )
    return any(fresh.values())


def _import_questions(tx: Transaction, photo_id: int, record: Record) -> None:
    for item in _items(record, "questions"):
        if not isinstance(item, Mapping):
            continue
        question, answer = _text(item.get("question")), item.get("answer")
        if question is None or not isinstance(answer, str):
            continue
        answer = clean(answer)
        there = tx.connection.execute(
            select(QuestionRow.id).where(
                QuestionRow.photo_id == photo_id,
                QuestionRow.question == question,
                QuestionRow.answer == answer,
            )
        ).first()
        if there is None:
            tx.connection.execute(
                insert(QuestionRow).values(
                    photo_id=photo_id,
                    question=question,
                    answer=answer,
                    model_key=str(item.get("model") or item.get("model_key") or IMPORTED_KEY),
                    asked_at=now(),
                    seconds=0.0,
                )
            )
            tx.change.questions.add(photo_id)
