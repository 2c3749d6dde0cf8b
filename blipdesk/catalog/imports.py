"""Records of another catalog (or of this one, exported) into this one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import cast

from sqlalchemy import Connection, Table, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.candidates import candidate_values, sureness_among
from blipdesk.catalog.database import Database, Transaction
from blipdesk.catalog.due import known_captions
from blipdesk.catalog.favourites import import_ratings
from blipdesk.catalog.ids import among
from blipdesk.catalog.imported_facts import facts_in, rating_in, store_imported_facts
from blipdesk.catalog.imported_keywords import import_keywords, import_removals, import_rules
from blipdesk.catalog.imported_photos import imported_photos
from blipdesk.catalog.imported_state import Imported, News, Record, There, items_in
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
from blipdesk.catalog.text import clean, fold, now
from blipdesk.domain.filter_tests import folded_words
from blipdesk.domain.own_texts import is_among
from blipdesk.domain.values import Candidate, Source

_PAGE = 1000
_PHOTO = cast(Table, PhotoRow.__table__)


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
        ``caption`` right), ``keywords``, ``removed_keywords`` (those that a person took off),
        ``renamed_keywords`` and ``hidden_keywords`` (decided there for the whole library), ``questions``,
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
                ``removed_keywords``, ``renamed_keywords``, ``hidden_keywords`` or ``user_rating``, where the
                catalog says otherwise.
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


def _import_page(tx: Transaction, page: list[Record]) -> list[tuple[str, str]]:
    connection = tx.connection
    ids = imported_photos(tx, [os.path.normpath(record["path"]) for record in page])
    photos = _read(connection, list(ids.values()))
    news = News()
    changed: set[int] = set()  # of what a write back puts into the file
    left_out, called = import_rules(tx, page)
    parts = (_import_texts, import_removals, partial(import_keywords, called))
    for record in page:
        photo_id = ids[os.path.normpath(record["path"])]
        for import_part in parts:
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


def _read(connection: Connection, ids: Sequence[int]) -> dict[int, There]:
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
        row.id: There(
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


def _write(connection: Connection, news: News, changed: Mapping[int, There]) -> None:
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


def _import_texts(there: There, record: Record, news: News) -> Imported:
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
        listed = [found for item in items_in(record, "candidates") if (found := candidate_in(item))]
        candidates = [candidate for candidate in listed if _stands(candidate, there)]
        news.candidates += [
            candidate_values(there.id, position, candidate) for position, candidate in enumerate(candidates)
        ]
        there.sureness = sureness_among(candidates, machine)
    return changed, left_out


def _stands(candidate: Candidate, there: There) -> bool:
    """Whether somebody's scored caption is still theirs; what stands in a file shows once that is read."""
    if candidate.source is Source.USER:
        return candidate.text == there.user_caption
    if candidate.source is Source.FILE:
        unread = not there.is_looked_at and there.file_caption is None
        return unread or candidate.text == there.file_caption
    return True


def _import_review(there: There, record: Record, news: News) -> None:
    same = there.model_caption is not None and there.model_caption == text_in(record.get("caption"))
    if same and record.get("reviewed") is True and not there.reviewed:
        there.reviewed = True
        news.reviewed.append(there.id)


def _import_questions(there: There, record: Record, news: News) -> None:
    for item in items_in(record, "questions"):
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
                    "asked": folded_words(question),
                    "answer": answer,
                    "model_key": clean(str(item.get("model") or item.get("model_key") or IMPORTED_KEY)),
                    "asked_at": now(),
                    "seconds": 0.0,
                    "choices": choices_in(item),
                    "is_new": item.get("new") is True,
                }
            )
