"""What the full-text index sees of a photo: one line a field, in a fixed order.

The lines let search say which field a word was found in.  Around each CJK character stands a space, so
that the tokenizer takes it for a word and a run of them is found as a phrase, at any length.  A phrase stands
in a single text: a caption, a keyword, a question or its answer.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from blipdesk.catalog.database import Transaction
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import CandidateRow, PhotoRow, PhotoTextRow, QuestionRow
from blipdesk.catalog.text import clean, fold
from blipdesk.domain.asked import is_denial
from blipdesk.domain.filter_tests import folded_words
from blipdesk.domain.values import Keyword, Sureness
from blipdesk.domain.words import CJK, FILLER, has_whole_letters, lettered, narrow

FIELDS = ("caption", "another caption", "keyword", "question", "file name", "folder", "camera", "title")
"""The lines of a search text, in order, as a hit names them.  New ones come last: texts of an earlier
version lack them."""
_NAME = FIELDS.index("file name")
SEPARATOR = " . "
"""Between the texts of one field."""
ANSWER_MARK = "\x1f"
"""Between a question and its answer, which are one sentence, and two texts."""

_CJK_CHARACTER = re.compile(f"([{CJK}])")
_BREAKS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_NO_WORDS = re.compile("(?:[_\\W](?<![\U000f0000-\U000ffffd]))+")
_OWN_SEPARATOR = re.compile(r" +\.(?= |$)")
_SOUND_MARK = re.compile(" +([\u3099\u309a])")


def spaced(text: str) -> str:
    """The text on one line, clean, with each CJK character a word of its own and no full-width letters.

    Letters and their marks are one character where there is one (NFC), and vowel signs are letters, at which
    FTS5 cuts no word (``words.lettered``).
    """
    if text.isascii():
        return text if text.isprintable() else _BREAKS.sub(" ", text)
    whole = lettered(unicodedata.normalize("NFC", clean(narrow(text)))).replace(FILLER, "")
    return _CJK_CHARACTER.sub(r" \1 ", _BREAKS.sub(" ", whole))


def respaced(text: str, path: str) -> str:
    """A search text of an earlier version as it is today; the same text where no word is another one."""
    if has_whole_letters(text) and has_whole_letters(path):
        return text
    # A kana and its sound mark stood apart.
    lines = [spaced(line) for line in _SOUND_MARK.sub(r"\1", text).split("\n")]
    lines[_NAME : _NAME + 2] = _names(path)
    return text if " ".join(lines).split() == text.split() else "\n".join(lines)


def search_text(
    path: str,
    caption: str | None = None,
    others: Iterable[str] = (),
    keywords: Iterable[str] = (),
    questions: Iterable[tuple[str, str]] = (),
    camera: str | None = None,
    title: str | None = None,
) -> str:
    """Join the fields of one photo, a line each; questions with their answers."""
    said = ([caption or ""], others, keywords)
    return "\n".join(
        [*map(_line, said), asked(questions), *_names(path), _line([camera or ""]), _line([title or ""])],
    )


def asked(questions: Iterable[tuple[str, str]]) -> str:
    """The line of questions and answers, oldest first, without denials.

    "Is there a boat? no" is no photo of one, whatever was answered before.
    """
    turns = list(questions)
    latest = {folded_words(question): answer for question, answer in turns}
    told = (turn for turn in turns if not is_denial(turn[1]) and not is_denial(latest[folded_words(turn[0])]))
    return SEPARATOR.join(ANSWER_MARK.join(map(_single, turn)) for turn in told)


def _line(texts: Iterable[str]) -> str:
    return SEPARATOR.join(map(_single, texts))


def _single(text: str) -> str:
    """A text in which no separator stands."""
    text = spaced(text)
    return _OWN_SEPARATOR.sub(".", text) if " ." in text else text


def texts_in(search_text: str) -> list[str]:
    """The single texts in a search text, or in a line of it; a phrase stands in one of them."""
    for mark in (SEPARATOR, ANSWER_MARK):
        search_text = search_text.replace(mark, "\n")
    return search_text.split("\n")


def _names(path: str) -> tuple[str, str]:
    """The words of a file's name and of its folder's."""
    directory, name = os.path.split(path)
    return _apart(os.path.splitext(name)[0]), _apart(os.path.basename(directory))


def _apart(name: str) -> str:
    return _NO_WORDS.sub(" ", spaced(name))


def refresh_search(connection: Connection, photo_ids: Sequence[int]) -> None:
    """Write the search text of photos anew; the index follows by its triggers, in this transaction.

    A candidate that was scored and does not fit is not found: it was proposed and turned down.
    """
    for start in range(0, len(photo_ids), 1000):
        _refresh_page(connection, photo_ids[start : start + 1000])


def _refresh_page(connection: Connection, page: Sequence[int]) -> None:
    ids = among(page)
    photos = connection.execute(
        select(
            PhotoRow.id,
            PhotoRow.path,
            PhotoRow.user_caption,
            PhotoRow.file_caption,
            PhotoRow.model_caption,
            PhotoRow.camera,
            PhotoRow.title,
            PhotoRow.keyword_paths,
        ).where(PhotoRow.id.in_(ids))
    ).all()
    candidates: dict[int, list[str]] = {}
    for photo_id, text in connection.execute(
        select(CandidateRow.photo_id, CandidateRow.text)
        .where(CandidateRow.photo_id.in_(ids), CandidateRow.sureness.is_distinct_from(Sureness.UNSURE.value))
        .order_by(CandidateRow.photo_id, CandidateRow.position)
    ):
        candidates.setdefault(photo_id, []).append(text)
    questions: dict[int, list[tuple[str, str]]] = {}
    for photo_id, question, answer in connection.execute(
        select(QuestionRow.photo_id, QuestionRow.question, QuestionRow.answer)
        .where(QuestionRow.photo_id.in_(ids))
        .order_by(QuestionRow.id)
    ):
        questions.setdefault(photo_id, []).append((question, answer))
    keywords = visible_keywords(connection, page)
    rows = []
    for photo in photos:
        captions = [text for text in (photo.user_caption, photo.file_caption, photo.model_caption) if text]
        shown = captions[0] if captions else None
        others = dict.fromkeys([*captions[1:], *candidates.get(photo.id, ())])
        others.pop(shown or "", None)
        rows.append(
            {
                "photo_id": photo.id,
                "search_text": search_text(
                    photo.path,
                    shown,
                    others,
                    _with_levels(keywords.get(photo.id, ()), photo.keyword_paths),
                    questions.get(photo.id, ()),
                    photo.camera,
                    photo.title if photo.title != shown else None,
                ),
            }
        )
    if rows:
        statement = upsert(PhotoTextRow)
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["photo_id"],
                set_={"search_text": statement.excluded.search_text},
                where=PhotoTextRow.search_text != statement.excluded.search_text,
            ),
            rows,
        )


def _with_levels(keywords: Sequence[Keyword], paths: str) -> list[str]:
    """The keywords that people see, and those that they stand in: ``France`` finds ``Places|France|Paris``.

    What a person took off here is not found by the hierarchy in the file either.
    """
    names = {fold(keyword.name): keyword.name for keyword in keywords}
    for path in json.loads(paths):
        levels = path.split("|")
        if fold(levels[-1]) in names:
            for level in levels:
                names.setdefault(fold(level), level)
    return list(names.values())


def texts_changed(tx: Transaction, photo_ids: Sequence[int]) -> None:
    """Texts of photos changed: search follows, and a write back is due."""
    tx.connection.execute(
        update(PhotoRow)
        .where(PhotoRow.id.in_(among(photo_ids)))
        .values(text_version=PhotoRow.text_version + 1)
    )
    refresh_search(tx.connection, photo_ids)
    tx.change.touch(photo_ids)
