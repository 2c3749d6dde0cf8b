"""Records of another catalog (or of this one, exported) into this one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
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

    def import_records(
        self, records: Iterable[Record], on_left_out: Callable[[str, str], None] = lambda path, field: None
    ) -> int:
        """Import records as ``export`` writes them; returns how many were taken in.

        A record has ``path`` and may have ``caption`` (the machine's), ``user_caption`` (a person's),
        ``source``, ``candidates``, ``keywords``, ``removed_keywords`` (those that a person took off) and
        ``questions``; with ``source`` ``user`` or ``file`` and no ``user_caption``, the caption is the
        person's.  Unknown paths become missing photos under a root that is not watched: searchable, and
        found again when the file appears; what was imported stays then.

        Args:
            records: one for each photo.
            on_left_out: gets path and field of what was not taken, after the commit of the rest: ``path``
                where it is not absolute (nothing of that record is taken), otherwise ``user_caption``,
                ``caption``, ``keywords`` or ``removed_keywords``, where the catalog says otherwise.
        """
        taken = 0
        for page in _pages(records):
            absolute = [record for record in page if os.path.isabs(_path(record))]
            taken += len(absolute)
            left_out = self._database.write(partial(_import_page, page=absolute)) if absolute else []
            left_out += [(path, "path") for path in map(_path, page) if not os.path.isabs(path)]
            for path, name in left_out:
                on_left_out(path, name)
        return taken


def _path(record: Record) -> str:
    path = record.get("path")
    return path if isinstance(path, str) else ""


def _pages(records: Iterable[Record]) -> Iterator[list[Record]]:
    source = iter(records)
    while page := list(islice(source, _PAGE)):
        yield page


def _import_page(tx: Transaction, page: list[Record]) -> list[tuple[str, str]]:
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
    left_out: list[tuple[str, str]] = []
    for record in page:
        photo_id = ids[os.path.normpath(record["path"])]
        for import_part in (_import_texts, _import_removals, _import_keywords):
            new, left = import_part(connection, photo_id, record)
            if new:
                changed.add(photo_id)
            left_out += [(record["path"], name) for name in left]
        _import_questions(tx, photo_id, record)
        touched.append(photo_id)
    connection.execute(
        update(PhotoRow).where(PhotoRow.id.in_(list(changed))).values(text_version=PhotoRow.text_version + 1)
    )
    settle_keywords(connection, touched)
    refresh_search(connection, list(dict.fromkeys(touched)))
    tx.change.touch(touched)
    tx.change.keywords = tx.change.added = True
    return left_out


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


_Imported = tuple[bool, list[str]]
"""Whether a part of a record changed what a write back writes, and the fields of which not all was taken."""


def _import_texts(connection: Connection, photo_id: int, record: Record) -> _Imported:
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
    left_out: list[str] = []
    if person and person not in (there.user_caption, there.file_caption):
        if there.user_caption:
            left_out.append("user_caption")
        else:
            values["user_caption"] = person
    if machine and there.model_caption and machine != there.model_caption:
        left_out.append("caption")
    elif machine and not there.model_caption:
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
    return bool(values), left_out


def _candidate(item: Any) -> str | None:
    return _text(item.get("text")) if isinstance(item, Mapping) else _text(item)


def _items(record: Record, name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else []


def _import_removals(connection: Connection, photo_id: int, record: Record) -> _Imported:
    """What a person took off there goes here too, whoever gave it here but a person."""
    taken_off = {fold(name) for name in clean_keywords(_names(record, "removed_keywords"))}
    if not taken_off:
        return False, []
    shown = visible_keywords(connection, [photo_id]).get(photo_id, ())
    people = {fold(keyword.name) for keyword in shown if keyword.source is Source.USER}
    fresh = taken_off - people
    for folded in sorted(fresh):
        connection.execute(
            upsert(RemovedKeywordRow).values(photo_id=photo_id, folded=folded).on_conflict_do_nothing()
        )
    left_out = ["removed_keywords"] if taken_off & people else []
    return any(fold(keyword.name) in fresh for keyword in shown), left_out


def _names(record: Record, name: str) -> list[str]:
    return [item for item in _items(record, name) if isinstance(item, str)]


def _import_keywords(connection: Connection, photo_id: int, record: Record) -> _Imported:
    sources: dict[str, list[str]] = {}
    # A record that does not say which keywords are a person's may have any of them: none is lost.
    others = Source.MODEL if "user_keywords" in record else Source.USER
    people = dict.fromkeys(_names(record, "file_keywords"), Source.FILE)
    people |= dict.fromkeys(_names(record, "user_keywords"), Source.USER)
    for item in _items(record, "keywords"):
        name, source = item, people.get(item, others).value if isinstance(item, str) else ""
        if isinstance(item, Mapping):
            name, source = item.get("name"), str(item.get("source"))
        if isinstance(name, str) and source in {known.value for known in Source}:
            sources.setdefault(source, []).append(name)
    shown = {fold(keyword.name) for keyword in visible_keywords(connection, [photo_id]).get(photo_id, ())}
    removed = set(
        connection.scalars(select(RemovedKeywordRow.folded).where(RemovedKeywordRow.photo_id == photo_id))
    )
    tidied = {source: clean_keywords(names) for source, names in sources.items()}
    left_out = any(fold(name) in removed for names in tidied.values() for name in names)
    fresh = {
        source: [name for name in names if fold(name) not in shown | removed]
        for source, names in tidied.items()
    }
    for source, tidy in fresh.items():
        ids = keyword_ids(connection, tidy)
        for position, name in enumerate(tidy):
            connection.execute(
                upsert(PhotoKeywordRow)
                .values(photo_id=photo_id, keyword_id=ids[name], source=source, position=position)
                .on_conflict_do_nothing()
            )
    return any(fresh.values()), ["keywords"] if left_out else []


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
