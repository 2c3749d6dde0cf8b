"""What a person changes: captions, keywords, questions; with one undo stack that outlives the program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.anew import ANEW, restore_caption
from blipdesk.catalog.asked_tables import AskedPhotoRow
from blipdesk.catalog.candidates import add_proposed, drop_replaced
from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.edit_tables import EditRow
from blipdesk.catalog.favourites import RATING, restore_ratings
from blipdesk.catalog.file_words import store_captions
from blipdesk.catalog.keyword_stack import MANY_KIND, edit_keyword, removal_of, restore_keyword, rows_of
from blipdesk.catalog.keyword_states import BY_HAND
from blipdesk.catalog.keywords import keyword_ids
from blipdesk.catalog.keywords_of_many import OnPhotos, restore_rest, restore_some
from blipdesk.catalog.looked_at import ARE_WORDS_READ
from blipdesk.catalog.schema import (
    PhotoKeywordRow,
    PhotoRow,
    QuestionRow,
    RemovedKeywordRow,
)
from blipdesk.catalog.searchtext import refresh_search, texts_changed
from blipdesk.catalog.text import clean, clean_keywords, clean_or_none, fold, now
from blipdesk.catalog.undo_stack import remember
from blipdesk.domain.errors import UsageError
from blipdesk.domain.filter_tests import folded_words
from blipdesk.domain.jobs import AnswerResult, ChoiceResult
from blipdesk.domain.values import Candidate, Choice, QuestionAnswer, Source
from blipdesk.domain.wording import later


class Edits:
    """Human edits; each is one transaction, and stands on the undo stack.

    Those that return a bool say whether anything changed: else there is nothing to take back.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def set_user_caption(self, photo_id: int, text: str | None) -> bool:
        """Set the person's caption; None or blank gives the file's or the model's back.

        Raises:
            UsageError: there is no such photo.
        """
        return self._database.write(lambda tx: edit_caption(tx, photo_id, clean_or_none(text)))

    def note_captions(self, photo_id: int, captions: Sequence[str]) -> None:
        """Keep what captions stand in a photo's file, unless they were read before.

        Whoever types one after that knows of them; what the file says later is new.

        Raises:
            UsageError: there is no such photo.
        """

        def note(tx: Transaction) -> None:
            if not _photo(tx.connection, photo_id).are_words_read:
                store_captions(tx, {photo_id: captions})

        self._database.write(note)

    def confirm_caption(self, photo_id: int) -> bool:
        """Keep that a person found the model's caption right; nothing changes where there is none.

        Raises:
            UsageError: there is no such photo.
        """

        def edit(tx: Transaction) -> bool:
            photo = _photo(tx.connection, photo_id)
            if photo.model_caption is None or photo.reviewed:
                return False
            remember(tx.connection, photo_id, "review", {"caption": photo.model_caption})
            _set_reviewed(tx, photo_id, True)
            return True

        return self._database.write(edit)

    def keep_proposed(self, photo_id: int, proposed: Sequence[Candidate]) -> None:
        """Keep captions that a model proposed beside the one that people see, which stays.

        Raises:
            UsageError: there is no such photo.
        """

        def keep(tx: Transaction) -> None:
            _photo(tx.connection, photo_id)
            add_proposed(tx.connection, photo_id, proposed)
            refresh_search(tx.connection, [photo_id])
            tx.change.touch([photo_id])

        self._database.write(keep)

    def add_keyword(self, photo_id: int, name: str) -> bool:
        """Add a person's keyword; one that was taken off before comes back.

        Raises:
            UsageError: there is no such photo, or the keyword is blank.
        """
        tidy = _tidy(name)

        def edit(tx: Transaction) -> bool:
            _photo(tx.connection, photo_id)
            number = keyword_ids(tx.connection, [tidy])[tidy]

            def add() -> None:
                tx.connection.execute(
                    upsert(PhotoKeywordRow)
                    .values(photo_id=photo_id, keyword_id=number, source=Source.USER.value, position=BY_HAND)
                    .on_conflict_do_nothing()
                )
                tx.connection.execute(removal_of(photo_id, fold(tidy)))

            return edit_keyword(tx, photo_id, fold(tidy), add)

        return self._database.write(edit)

    def remove_keyword(self, photo_id: int, name: str) -> bool:
        """Take a keyword off, whoever gave it; later runs and reads of the file do not bring it back.

        Raises:
            UsageError: there is no such photo, or the keyword is blank.
        """
        folded = fold(_tidy(name))

        def edit(tx: Transaction) -> bool:
            _photo(tx.connection, photo_id)

            def remove() -> None:
                tx.connection.execute(rows_of(photo_id, folded))
                tx.connection.execute(
                    upsert(RemovedKeywordRow)
                    .values(photo_id=photo_id, folded=folded)
                    .on_conflict_do_nothing()
                )

            return edit_keyword(tx, photo_id, folded, remove)

        return self._database.write(edit)

    def undo_edit(self, on_photos: OnPhotos = lambda *_: None) -> int | None:
        """Take the newest edit back; returns its photo, or None when there is nothing to undo.

        Args:
            on_photos: after each stretch of the photos whose keywords were edited as one.
        """

        def undo(tx: Transaction) -> tuple[int | None, int | None]:
            newest = select(EditRow.__table__).order_by(EditRow.id.desc()).limit(1)
            while (row := tx.connection.execute(newest).first()) is not None:
                if row.kind == MANY_KIND:
                    some, is_whole = restore_some(tx, row)
                    done = next(iter(some), None)
                else:
                    done, is_whole = _undo(tx, row), True
                    tx.connection.execute(delete(EditRow).where(EditRow.id == row.id))
                if done is not None:  # else its photos were all forgotten
                    return done, None if is_whole else row.id
            return None, None

        photo_id, begun = self._database.write(undo)
        if begun is not None:
            restore_rest(self._database, begun, on_photos)
        return photo_id

    # ------------------------------------------------------------------------------------ questions

    def add_question(
        self, photo_id: int, question: str, result: AnswerResult | ChoiceResult, *, is_new: bool = False
    ) -> QuestionAnswer:
        """Keep one turn of the chat with a photo; of a closed question the likeliest choice is the answer.

        Args:
            photo_id: the photo.
            question: as it was asked.
            result: what the model said.
            is_new: a new conversation begins with it.

        Raises:
            UsageError: there is no such photo.
        """
        values, listed = turn_values(photo_id, question, result, is_new=is_new)

        def add(tx: Transaction) -> QuestionAnswer:
            _photo(tx.connection, photo_id)
            values["asked_at"] = now()
            asked = folded_words(question)
            seen = select(PhotoRow.pixel_hash).where(
                PhotoRow.id == photo_id, PhotoRow.captioned_hash == PhotoRow.content_hash
            )
            number = tx.connection.execute(
                insert(QuestionRow)
                .values(**values, choices=listed, pixel_hash=seen.scalar_subquery(), asked=asked)
                .returning(QuestionRow.id)
            ).scalar_one()
            note_asked(tx, [photo_id])
            choices = tuple(Choice(*choice) for choice in json.loads(listed or "[]"))
            return QuestionAnswer(id=number, **values, choices=choices)

        return self._database.write(add)

    def delete_question(self, question_id: int) -> None:
        """Take one turn out of the history; where a conversation began with it, the next one begins it."""

        def remove(tx: Transaction) -> None:
            lists = select(AskedPhotoRow.run_id, AskedPhotoRow.place).where(
                AskedPhotoRow.question_id == question_id
            )
            asked = [list(place) for place in tx.connection.execute(lists)]
            gone = tx.connection.execute(
                delete(QuestionRow).where(QuestionRow.id == question_id).returning(QuestionRow.__table__)
            ).first()
            if gone is None:
                return
            began: int | None = None
            if gone.is_new:
                later = select(func.min(QuestionRow.id)).where(
                    QuestionRow.photo_id == gone.photo_id, QuestionRow.id > question_id
                )
                began = tx.connection.execute(
                    update(QuestionRow)
                    .where(QuestionRow.id == later.scalar_subquery(), QuestionRow.is_new.is_(False))
                    .values(is_new=True)
                    .returning(QuestionRow.id)
                ).scalar()
            before = {"turn": dict(gone._mapping), "began": began, "asked": asked}
            remember(tx.connection, gone.photo_id, "question", before)
            note_asked(tx, [gone.photo_id])

        self._database.write(remove)


def _undo(tx: Transaction, row: AnyRow) -> int | None:
    """Take an edit back; returns its photo (of many one), or None where none is left."""
    if row.kind == RATING:
        return restore_ratings(tx, row.id)
    before = json.loads(row.before)
    if row.kind == "caption":
        _set_caption(tx, row.photo_id, before["caption"])
    elif row.kind == "review":
        _set_reviewed(tx, row.photo_id, False)
    elif row.kind == ANEW:
        return restore_caption(tx, row.photo_id, before)
    elif row.kind == "question":
        _restore_question(tx, before)
    else:
        restore_keyword(tx, row.photo_id, before)
    return int(row.photo_id)


def _restore_question(tx: Transaction, before: dict[str, Any]) -> None:
    """Put a turn back where it was; the conversation begins with it again where it did."""
    turn = dict(before["turn"])
    if tx.connection.execute(select(QuestionRow.id).where(QuestionRow.id == turn["id"])).first():
        del turn["id"]  # it was the last one, and its number is a newer turn's: it comes behind that
    turn.setdefault("asked", folded_words(turn["question"]))  # an earlier version deleted it
    added = insert(QuestionRow).values(**turn).returning(QuestionRow.id)
    turn_id = tx.connection.execute(added).scalar_one()
    for run_id, place in before.get("asked", ()):  # not known of what an earlier version deleted
        is_free = AskedPhotoRow.question_id.is_(None)  # it was not asked again since
        tx.connection.execute(
            update(AskedPhotoRow)
            .where(AskedPhotoRow.run_id == run_id, AskedPhotoRow.place == place, is_free)
            .values(question_id=turn_id)
        )
    if before["began"] is not None:
        tx.connection.execute(
            update(QuestionRow).where(QuestionRow.id == before["began"]).values(is_new=False)
        )
    note_asked(tx, [before["turn"]["photo_id"]])


def turn_values(
    photo_id: int, question: str, result: AnswerResult | ChoiceResult, *, is_new: bool = False
) -> tuple[dict[str, Any], str | None]:
    """The columns of one turn, but for its time and its choices; and those, as JSON, where it is closed."""
    values: dict[str, Any] = {
        "photo_id": photo_id,
        "question": clean(question),
        "model_key": result.model_key,
        "seconds": result.seconds,
        "is_new": is_new,
    }
    if isinstance(result, ChoiceResult):
        choices = [replace(choice, text=clean(choice.text)) for choice in result.choices]
        return values | {"answer": choices[0].text}, json.dumps([astuple(choice) for choice in choices])
    values |= {"stopped": result.stopped, "turns_left_out": result.turns_left_out}
    return values | {"answer": clean(result.text)}, None


def note_asked(tx: Transaction, photo_ids: Sequence[int]) -> None:
    """Questions about these photos came or went: search follows, and views are told."""
    refresh_search(tx.connection, photo_ids)
    tx.change.touch(photo_ids)
    tx.change.questions.update(photo_ids)


def _tidy(name: str) -> str:
    tidy = clean_keywords([name])
    if not tidy:
        raise UsageError(later("A keyword needs at least one letter."), later("Type a word."))
    return tidy[0]


def _photo(connection: Connection, photo_id: int) -> AnyRow:
    row = connection.execute(
        select(
            PhotoRow.id,
            PhotoRow.user_caption,
            PhotoRow.model_caption,
            PhotoRow.reviewed,
            ARE_WORDS_READ.label("are_words_read"),
        ).where(PhotoRow.id == photo_id)
    ).first()
    if row is None:
        raise UsageError(
            later("This photo is not in the catalog (any more)."), later("Scan its folder again.")
        )
    return row


def edit_caption(tx: Transaction, photo_id: int, caption: str | None) -> bool:
    """Set the person's caption, within a transaction; what it was is kept on the undo stack, if another."""
    before = _photo(tx.connection, photo_id).user_caption
    if before == caption:
        return False
    remember(tx.connection, photo_id, "caption", {"caption": before})
    _set_caption(tx, photo_id, caption)
    return True


def _set_caption(tx: Transaction, photo_id: int, caption: str | None) -> None:
    tx.connection.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(user_caption=caption))
    drop_replaced(tx.connection, [photo_id])
    texts_changed(tx, [photo_id])


def _set_reviewed(tx: Transaction, photo_id: int, reviewed: bool) -> None:
    tx.connection.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(reviewed=reviewed))
    tx.change.touch([photo_id])
