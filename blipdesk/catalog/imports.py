"""Records of another catalog (or of this one, exported) into this one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.candidates import candidate_values, sureness_among
from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.due import known_captions
from blipdesk.catalog.favourites import import_ratings
from blipdesk.catalog.ids import among
from blipdesk.catalog.imported_facts import facts_in, rating_in, store_imported_facts
from blipdesk.catalog.imported_photos import imported_photos
from blipdesk.catalog.keywords import keyword_ids, removed_keywords, settle_keywords, visible_keywords
from blipdesk.catalog.looked_at import IS_LOOKED_AT
from blipdesk.catalog.records import candidate_in, choices_in, text_in
from blipdesk.catalog.schema import (
    IMPORTED_KEY,
    CandidateRow,
    PhotoKeywordRow,
    PhotoRow,
    QuestionRow,
    RemovedKeywordRow,
)
from blipdesk.catalog.searchtext import refresh_search
from blipdesk.catalog.text import clean, clean_keywords, fold, now
from blipdesk.domain.own_texts import is_among
from blipdesk.domain.values import Candidate, Source

_PAGE = 1000
_PHOTO = cast(Table, PhotoRow.__table__)
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
        ``source``, ``candidates`` (texts, or objects with text and scores), ``reviewed`` (a person found
        ``caption`` right), ``keywords``, ``removed_keywords`` (those that a person took off), ``questions``,
        ``user_rating`` (a person's stars), and what the file says (``title``, ``rating``, ...), which holds
        until that is read here.  With ``source`` ``user`` or ``file`` and no ``user_caption``, the caption is
        the person's.  With ``source`` ``file`` a person's caption was found in the file: it is the file's
        here too, until that is read and says otherwise; of a file that was read and has none, a person's.
        Unknown paths become missing photos under a root that is not watched: searchable, and
        found again when the file appears; what was imported stays then.
        A person's caption is in conflict with what the file is known to say here and ``file_caption``, of
        which whoever typed it knew, does not: nobody saw both.

        Args:
            records: one for each photo.
            on_left_out: gets path and field of what was not taken, after the commit of the rest: ``path``
                where no photo of this computer can have it (nothing of that record is taken), otherwise
                ``user_caption``, ``file_caption`` (found in the file there), ``caption``, ``keywords``,
                ``removed_keywords`` or ``user_rating``, where the catalog says otherwise.
        """
        taken = 0
        for page in _pages(records):
            whole = [record for record in page if _is_whole(_path(record))]
            taken += len(whole)
            left_out = self._database.write(partial(_import_page, page=whole)) if whole else []
            left_out += [(path, "path") for path in map(_path, page) if not _is_whole(path)]
            for path, name in left_out:
                on_left_out(path, name)
        return taken


def _path(record: Record) -> str:
    path = record.get("path")
    return path if isinstance(path, str) else ""


def _is_whole(path: str) -> bool:
    """Whether a photo of this computer can have the path: absolute, with a name, and text for the system."""
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return False
    return os.path.isabs(path) and bool(os.path.basename(path)) and "\0" not in path


def _pages(records: Iterable[Record]) -> Iterator[list[Record]]:
    source = iter(records)
    while page := list(islice(source, _PAGE)):
        yield page


@dataclass
class _There:
    """What the catalog has of a photo, brought up to date record by record."""

    id: int
    user_caption: str | None
    file_caption: str | None
    model_caption: str | None
    model_key: str | None
    captioned_at: float | None
    is_looked_at: bool
    """Its file was read."""
    sureness: str | None
    reviewed: bool
    shown: dict[str, Source]
    """Who gave its keywords, by what joins their spellings."""
    removed: set[str]
    said: list[str]
    """People's captions that its file is known to say."""
    questions: set[tuple[str, str]] = field(default_factory=set)
    is_disputed: bool = False
    """Its file says what the person whose caption came in did not know."""


@dataclass
class _News:
    """Rows that a page of records brings, written once all of them were looked at."""

    candidates: list[dict[str, Any]] = field(default_factory=list)
    removals: list[dict[str, Any]] = field(default_factory=list)
    keywords: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    reviewed: list[int] = field(default_factory=list)
    """Photos whose machine's caption a person found right."""


def _import_page(tx: Transaction, page: list[Record]) -> list[tuple[str, str]]:
    connection = tx.connection
    ids = imported_photos(tx, [os.path.normpath(record["path"]) for record in page])
    photos = _read(connection, list(ids.values()))
    news = _News()
    changed: set[int] = set()  # of what a write back puts into the file
    left_out: list[tuple[str, str]] = []
    for record in page:
        photo_id = ids[os.path.normpath(record["path"])]
        for import_part in (_import_texts, _import_removals, _import_keywords):
            new, left = import_part(photos[photo_id], record, news)
            if new:
                changed.add(photo_id)
            left_out += [(record["path"], name) for name in left]
        _import_review(photos[photo_id], record, news)
        _import_questions(photos[photo_id], record, news)
    _write(connection, news, {photo_id: photos[photo_id] for photo_id in changed})
    facts = {ids[os.path.normpath(record["path"])]: facts_in(record) for record in page}
    store_imported_facts(connection, facts)
    left_out += _import_ratings(connection, page, ids)
    settle_keywords(connection, list(photos))
    refresh_search(connection, list(photos))
    tx.change.touch(photos)
    tx.change.questions.update(row["photo_id"] for row in news.questions)
    tx.change.keywords = tx.change.added = True
    return left_out


def _import_ratings(
    connection: Connection, page: list[Record], ids: Mapping[str, int]
) -> list[tuple[str, str]]:
    paths = {ids[os.path.normpath(record["path"])]: record["path"] for record in page}
    ratings = {
        ids[os.path.normpath(record["path"])]: rating
        for record in page
        if (rating := rating_in(record, "user_rating")) is not None
    }
    return [(paths[photo_id], "user_rating") for photo_id in sorted(import_ratings(connection, ratings))]


def _read(connection: Connection, ids: Sequence[int]) -> dict[int, _There]:
    names = (
        "id", "user_caption", "file_caption", "model_caption", "model_key", "captioned_at", "sureness",
        "reviewed",
    )  # fmt: skip
    columns = [getattr(PhotoRow, name) for name in (*names, "other_captions")]
    is_looked_at = IS_LOOKED_AT.label("is_looked_at")
    texts = connection.execute(select(*columns, is_looked_at).where(PhotoRow.id.in_(among(ids)))).all()
    shown = visible_keywords(connection, ids)
    removed = removed_keywords(connection, ids)
    found = {
        row.id: _There(
            **{name: getattr(row, name) for name in names},
            is_looked_at=row.is_looked_at,
            said=list(known_captions(row)),
            shown={fold(keyword.name): keyword.source for keyword in shown.get(row.id, ())},
            removed=set(removed.get(row.id, ())),
        )
        for row in texts
    }
    turns = select(QuestionRow.photo_id, QuestionRow.question, QuestionRow.answer)
    for photo_id, question, answer in connection.execute(turns.where(QuestionRow.photo_id.in_(among(ids)))):
        found[photo_id].questions.add((question, answer))
    return found


def _write(connection: Connection, news: _News, changed: Mapping[int, _There]) -> None:
    numbers = keyword_ids(connection, (row["name"] for row in news.keywords))
    given = [{**row, "keyword_id": numbers[row["name"]]} for row in news.keywords]
    for row in given:
        del row["name"]
    for table, rows in (
        (CandidateRow, news.candidates),
        (RemovedKeywordRow, news.removals),
        (PhotoKeywordRow, given),
        (QuestionRow, news.questions),
    ):
        if rows:
            connection.execute(upsert(table).on_conflict_do_nothing(), rows)
    if changed:
        connection.execute(
            update(_PHOTO)
            .where(_PHOTO.c.id == bindparam("photo_id"))
            .values(
                user_caption=bindparam("user"),
                file_caption=bindparam("file"),
                model_caption=bindparam("model"),
                model_key=bindparam("key"),
                captioned_at=bindparam("at"),
                sureness=bindparam("sure"),
                text_version=_PHOTO.c.text_version + 1,
            ),
            [
                {
                    "photo_id": photo_id,
                    "user": photo.user_caption,
                    "file": photo.file_caption,
                    "model": photo.model_caption,
                    "key": photo.model_key,
                    "at": photo.captioned_at,
                    "sure": photo.sureness,
                }
                for photo_id, photo in changed.items()
            ],
        )
    disputed = [photo_id for photo_id, photo in changed.items() if photo.is_disputed]
    if disputed:  # after the caption itself: a new one ends what was disputed
        connection.execute(update(PhotoRow).where(PhotoRow.id.in_(among(disputed))).values(conflict=True))
    if news.reviewed:
        connection.execute(
            update(PhotoRow).where(PhotoRow.id.in_(among(news.reviewed))).values(reviewed=True)
        )


def _items(record: Record, name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else []


def _names(record: Record, name: str) -> list[str]:
    return [item for item in _items(record, name) if isinstance(item, str)]


_Imported = tuple[bool, list[str]]
"""Whether a part of a record changed what a write back writes, and the fields of which not all was taken."""


def _import_texts(there: _There, record: Record, news: _News) -> _Imported:
    machine = text_in(record.get("caption"))
    person = text_in(record.get("user_caption"))
    if person is None and record.get("source") in (Source.USER.value, Source.FILE.value):
        person, machine = machine, None
    changed = False
    left_out: list[str] = []
    if person and person not in (there.user_caption, there.file_caption):
        found_in_file = record.get("source") == Source.FILE.value
        if there.user_caption:
            left_out.append("user_caption")
        elif found_in_file and there.file_caption:
            left_out.append("file_caption")
        elif found_in_file and not there.is_looked_at:
            there.file_caption, changed = person, True
            there.said.append(person)
        else:
            there.user_caption, changed = person, True
            # Whoever typed it knew of the file's that the record has, and of no other.
            file_caption = text_in(record.get("file_caption"))
            known = [text for text in (person, text_in(record.get("caption")), file_caption) if text]
            there.is_disputed = any(not is_among(caption, known) for caption in there.said)
            there.file_caption = there.file_caption or (None if there.is_looked_at else file_caption)
    if machine and there.model_caption and machine != there.model_caption:
        left_out.append("caption")
    elif machine and not there.model_caption:
        there.model_caption, there.model_key, there.captioned_at = machine, IMPORTED_KEY, now()
        changed = True
        listed = [found for item in _items(record, "candidates") if (found := candidate_in(item))]
        candidates = [candidate for candidate in listed if _stands(candidate, there)]
        news.candidates += [
            candidate_values(there.id, position, candidate) for position, candidate in enumerate(candidates)
        ]
        there.sureness = sureness_among(candidates, machine)
    return changed, left_out


def _stands(candidate: Candidate, there: _There) -> bool:
    """Whether somebody's scored caption is still theirs; what stands in a file shows once that is read."""
    if candidate.source is Source.USER:
        return candidate.text == there.user_caption
    if candidate.source is Source.FILE:
        unread = not there.is_looked_at and there.file_caption is None
        return unread or candidate.text == there.file_caption
    return True


def _import_review(there: _There, record: Record, news: _News) -> None:
    same = there.model_caption is not None and there.model_caption == text_in(record.get("caption"))
    if same and record.get("reviewed") is True and not there.reviewed:
        there.reviewed = True
        news.reviewed.append(there.id)


def _import_removals(there: _There, record: Record, news: _News) -> _Imported:
    """What a person took off there goes here too, whoever gave it here but a person."""
    taken_off = {fold(name) for name in clean_keywords(_names(record, "removed_keywords"))}
    people = {folded for folded, source in there.shown.items() if source is Source.USER}
    fresh = taken_off - people - there.removed
    news.removals += [{"photo_id": there.id, "folded": folded} for folded in sorted(fresh)]
    there.removed |= fresh
    hidden = fresh & there.shown.keys()
    for folded in hidden:
        del there.shown[folded]
    return bool(hidden), ["removed_keywords"] if taken_off & people else []


def _import_keywords(there: _There, record: Record, news: _News) -> _Imported:
    sources: dict[Source, list[str]] = {}
    # A record that does not say which keywords are a person's may have any of them: none is lost.
    others = Source.MODEL if "user_keywords" in record else Source.USER
    people = dict.fromkeys(_names(record, "file_keywords"), Source.FILE)
    people |= dict.fromkeys(_names(record, "user_keywords"), Source.USER)
    known = {source.value: source for source in Source}
    for item in _items(record, "keywords"):
        if isinstance(item, str):
            sources.setdefault(people.get(item, others), []).append(item)
        elif isinstance(item, Mapping) and isinstance(item.get("name"), str) and item.get("source") in known:
            sources.setdefault(known[item["source"]], []).append(item["name"])
    tidied = {source: clean_keywords(names) for source, names in sources.items()}
    left_out = any(fold(name) in there.removed for names in tidied.values() for name in names)
    fresh = [
        (source, position, name)
        for source, names in tidied.items()
        for position, name in enumerate(
            name for name in names if fold(name) not in there.shown.keys() | there.removed
        )
    ]
    for source, position, name in fresh:
        there.shown.setdefault(fold(name), source)
        news.keywords.append(
            {"photo_id": there.id, "name": name, "source": source.value, "position": position}
        )
    return bool(fresh), ["keywords"] if left_out else []


def _import_questions(there: _There, record: Record, news: _News) -> None:
    for item in _items(record, "questions"):
        if not isinstance(item, Mapping):
            continue
        question, answer = text_in(item.get("question")), item.get("answer")
        if question is None or not isinstance(answer, str):
            continue
        answer = clean(answer)
        if (question, answer) not in there.questions:
            there.questions.add((question, answer))
            news.questions.append(
                {
                    "photo_id": there.id,
                    "question": question,
                    "answer": answer,
                    "model_key": clean(str(item.get("model") or item.get("model_key") or IMPORTED_KEY)),
                    "asked_at": now(),
                    "seconds": 0.0,
                    "choices": choices_in(item),
                    "is_new": item.get("new") is True,
                }
            )
