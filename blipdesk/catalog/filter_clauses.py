"""The SQL clause of each filter: one, for every :class:`~blipdesk.domain.filters.FilterSpec`.

What was typed is bound or not in the statement at all: of folders, cameras, keywords and the like the
distinct values are matched by the filter's own test, and the clause names those that passed.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from blipdesk.catalog.text import fold
from blipdesk.domain.errors import OF_THE_MODEL
from blipdesk.domain.filter_tests import (
    FAVOURITE_RATING,
    TYPE_OF_FORMAT,
    TYPE_OF_SUFFIX,
    AskedTest,
    DateTest,
    FilterTest,
    Flag,
    FlagTest,
    KeywordTest,
    OneOfTest,
    RatingTest,
    WithinTest,
    WordsTest,
    hint_of,
)
from blipdesk.domain.filters import filter_test
from blipdesk.domain.periods import Days, clipped, day_start, local_day
from blipdesk.domain.query import Filter

CAMERA_TIME = "coalesce(photo.taken_at, '') <> ''"
"""The photo's sort time is its camera's, else that of its file (``local_day``)."""
SOURCE = """CASE WHEN photo.user_caption <> '' THEN 'user' WHEN photo.file_caption <> '' THEN 'file'
    WHEN photo.model_caption <> '' THEN 'model' END"""
"""Who wrote the caption that people see."""
_CAPTION = f"""CASE {SOURCE} WHEN 'user' THEN photo.user_caption WHEN 'file' THEN photo.file_caption
    ELSE photo.model_caption END"""
SURENESS = (
    (
        """(SELECT candidate.sureness FROM candidate WHERE candidate.photo_id = photo.id
    AND candidate.sureness IS NOT NULL AND candidate.source = {source} AND candidate.text = {caption}
    ORDER BY candidate.position LIMIT 1)"""
    )
    .replace("{source}", SOURCE)
    .replace("{caption}", _CAPTION)
)
"""How well the caption that people see fits."""
_STARS = "coalesce(photo.user_rating, photo.rating)"
"""A person's choice, else the file's."""
FAVOURITE = f"{_STARS} = {FAVOURITE_RATING}"
_OF_THE_MODEL = ", ".join(f"'{kind.value}'" for kind in sorted(OF_THE_MODEL))
UNREAD = f"job.state = 'failed' AND job.problem_kind NOT IN ({_OF_THE_MODEL})"
WORDLESS = f"job.state = 'failed' AND job.problem_kind IN ({_OF_THE_MODEL})"
"""Of a row of ``job``: its photo could not be read; or it was, and the model could not caption it."""
UNWRITTEN = "coalesce(photo.user_caption, '') = ''"
"""No person wrote its caption: else nothing is amiss where the model has none."""
FLAGS = {
    Flag.CAPTION: f"{SOURCE} IS NOT NULL",
    Flag.QUESTION: "photo.id IN (SELECT question.photo_id FROM question)",
    Flag.GPS: "photo.latitude IS NOT NULL AND photo.longitude IS NOT NULL",
    Flag.EDITED: """photo.user_caption <> ''
        OR photo.id IN (SELECT given.photo_id FROM photo_keyword AS given WHERE given.source = 'user')
        OR photo.id IN (SELECT removed_keyword.photo_id FROM removed_keyword)""",
    Flag.SIDECAR: "photo.sidecar_size IS NOT NULL",
    Flag.MISSING: "photo.missing = 1",
    Flag.FAILED: """photo.missing = 0
        AND photo.id IN (SELECT job.photo_id FROM job WHERE job.state = 'failed')""",
    Flag.DUPLICATE: """photo.twin = 1 AND photo.missing = 0 AND EXISTS (
        SELECT 1 FROM photo AS other WHERE other.twin = 1 AND other.pixel_hash = photo.pixel_hash
        AND other.id <> photo.id AND other.hidden = 0 AND other.missing = 0)""",
    Flag.FAVOURITE: FAVOURITE,
}
"""What each flag is, of a row of ``photo``."""
_ENDING = """CASE WHEN instr(photo.name, '.') THEN
    substr(photo.name, length(rtrim(photo.name, replace(photo.name, '.', ''))) + 1) END"""
"""What is behind the last dot of the name, in lower case as the name is there."""
_ANY = "SELECT 1 FROM photo WHERE photo.hidden = 0 AND {} LIMIT 1"
_NAMES = "SELECT photo.id, photo.name FROM photo WHERE {}"
_UNUSUAL = "length(photo.name) <> length(CAST(photo.name AS BLOB))"
"""There are other letters than those of ASCII in the name."""
_NEVER = "/"
"""What is in no name."""
RATING = f"CASE WHEN {_STARS} BETWEEN -1 AND 5 THEN {_STARS} ELSE 0 END"
"""Stars, -1 for rejected, 0 for none."""
_AMONG = "IN (SELECT value FROM json_each(?))"
_OF_DAYS = f"""(photo.sort_time >= ? AND photo.sort_time < ? AND CASE WHEN {CAMERA_TIME}
    THEN photo.sort_time >= ? AND photo.sort_time < ?
    ELSE photo.sort_time >= ? AND photo.sort_time < ? END)"""
_IN_STRETCHES = """photo.id IN (SELECT photo.id FROM json_each(?) AS stretch CROSS JOIN photo
    WHERE photo.hidden = 0 AND photo.sort_time >= json_extract(stretch.value, '$[0]')
    AND photo.sort_time < json_extract(stretch.value, '$[1]') AND CASE WHEN {camera}
    THEN photo.sort_time >= json_extract(stretch.value, '$[2]')
     AND photo.sort_time < json_extract(stretch.value, '$[3]')
    ELSE photo.sort_time >= json_extract(stretch.value, '$[4]')
     AND photo.sort_time < json_extract(stretch.value, '$[5]') END)""".replace("{camera}", CAMERA_TIME)
_BELOW_LEVELS = """photo.id IN (SELECT photo.id FROM json_each(?) AS pair
    CROSS JOIN photo ON photo.keyword_paths = json_extract(pair.value, '$[0]')
    CROSS JOIN keyword ON keyword.folded = json_extract(pair.value, '$[1]')
    CROSS JOIN photo_keyword AS given ON given.photo_id = photo.id AND given.keyword_id = keyword.id
    WHERE given.shown = 1)"""
_HAVING_KEYWORD = """photo.id IN (SELECT given.photo_id FROM photo_keyword AS given
    WHERE given.shown = 1 AND given.keyword_id IN (SELECT value FROM json_each(?)))"""
# By an index over what was said alone: of 100,000 photos that were asked the same there are a few answers.
# Letters that must be in it are looked for by SQL: to fold 100,000 different answers takes half a second.
_SAID = """SELECT * FROM (SELECT min(id), question, answer FROM question GROUP BY question, answer LIMIT -1)
    WHERE instr(lower(question || ' ' || answer), ?)
    OR length(question || answer) <> length(CAST(question || answer AS BLOB))"""
_TURNS_THAT_SAY = """SELECT turn.photo_id FROM json_each(?) AS said CROSS JOIN question AS one
    ON one.id = said.value CROSS JOIN question AS turn
    ON turn.question = one.question AND turn.answer = one.answer"""
# From one answer to the next in the index: of a million photos that were asked the same there are a few.
_ANSWERS = """WITH RECURSIVE said(answer) AS (
    SELECT min(answer) FROM question WHERE is_last = 1 AND asked = :asked UNION ALL
    SELECT (SELECT min(answer) FROM question WHERE is_last = 1 AND asked = :asked AND answer > said.answer)
      FROM said WHERE said.answer IS NOT NULL)
    SELECT answer FROM said WHERE answer IS NOT NULL"""
_ANSWERED = """SELECT photo_id FROM question WHERE is_last = 1 AND asked = ?
    AND answer IN (SELECT value FROM json_each(?))"""
_ANY_ASKED = """SELECT 1 FROM ({}) AS turn CROSS JOIN photo ON photo.id = turn.photo_id
    WHERE photo.hidden = 0 LIMIT 1"""
_FIRST_AND_LAST = """SELECT (SELECT min(sort_time) FROM photo WHERE hidden = 0),
    (SELECT max(sort_time) FROM photo WHERE hidden = 0)"""
_EVER = 1e18


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition on ``photo``, and what is bound in it.  It may be NULL: that is no."""

    sql: str
    values: tuple[Any, ...] = ()


def days_between(connection: sqlite3.Connection) -> tuple[date, date] | None:
    """The day before the first photo and the day after the last one; None: there is no photo."""
    first, last = connection.execute(_FIRST_AND_LAST).fetchone()
    if first is None:
        return None
    # A file's time may be a day off in this computer's zone.
    earliest = max(local_day(first, True), date(2, 1, 1)) - timedelta(1)
    return earliest, min(local_day(last, True), date(9998, 1, 1)) + timedelta(1)


def filter_clause(connection: sqlite3.Connection, node: Filter, today: date) -> Clause:
    """The clause of a filter in a parsed query."""
    test = filter_test(node.name, node.value, today, node.prefix)
    return CLAUSES[node.name](connection, test)


def _among(values: Iterable[Any]) -> tuple[str]:
    return (json.dumps(list(values)),)


def _folder(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    assert isinstance(test, WordsTest | WithinTest)
    rows = connection.execute("SELECT id, path FROM directory")
    found = [number for number, path in rows if test.match_value(os.fsdecode(path))]
    return Clause(f"photo.directory_id {_AMONG}", _among(found))


def _keyword(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    assert isinstance(test, KeywordTest)
    clause = _keywords(connection, test)
    if connection.execute(_ANY.format(clause.sql), clause.values).fetchone() is None:
        return _keywords(connection, test.loosened())
    return clause


def _keywords(connection: sqlite3.Connection, test: KeywordTest) -> Clause:
    rows = connection.execute("SELECT id, folded FROM keyword")
    given = [number for number, folded in rows if test.match_value(folded)]
    paths = connection.execute("SELECT DISTINCT keyword_paths FROM photo WHERE keyword_paths <> '[]'")
    pairs = [
        (listed, fold(levels[-1]))
        for (listed,) in paths
        for levels in (path.split("|") for path in json.loads(listed))
        if any(map(test.match_value, levels[:-1]))
    ]
    return Clause(f"({_HAVING_KEYWORD} OR {_BELOW_LEVELS})", (*_among(given), *_among(pairs)))


def _date(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    assert isinstance(test, DateTest)
    if isinstance(test.period, Days):
        return Clause(_OF_DAYS, _stretch(test.period))
    between = days_between(connection)
    stretches = clipped(test.period, *between) if between is not None else []
    return Clause(_IN_STRETCHES, _among(map(_stretch, stretches)))


def _stretch(days: Days) -> tuple[float, ...]:
    """Seconds from and to: of any photo, by camera time, by file time."""
    kinds = (True, False)
    starts = [-_EVER if days.first is None else day_start(days.first, kind) for kind in kinds]
    ends = [_EVER if days.last is None else _day_end(days.last, kind) for kind in kinds]
    return min(starts), max(ends), starts[0], ends[0], starts[1], ends[1]


def _day_end(day: date, is_camera_time: bool) -> float:
    if day == date.max:
        return _EVER
    return day_start(day + timedelta(1), is_camera_time)


def _camera(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    rows = connection.execute("SELECT DISTINCT camera FROM photo WHERE camera IS NOT NULL")
    return _one_that_passes("photo.camera", rows, test)


def _lens(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    rows = connection.execute("SELECT DISTINCT lens FROM photo WHERE lens IS NOT NULL")
    return _one_that_passes("photo.lens", rows, test)


def _one_that_passes(column: str, rows: Iterable[tuple[str]], test: FilterTest) -> Clause:
    assert isinstance(test, WordsTest)
    return Clause(f"{column} {_AMONG}", _among(value for (value,) in rows if test.match_value(value)))


def _type(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    assert isinstance(test, OneOfTest)
    formats = [format_ for format_, type_ in TYPE_OF_FORMAT.items() if test.match_value(type_)]
    endings = [suffix[1:] for suffix, type_ in TYPE_OF_SUFFIX.items() if test.match_value(type_)]
    return Clause(
        f"(photo.format {_AMONG} OR photo.format IS NULL AND {_ENDING} {_AMONG})",
        (*_among(formats), *_among(endings)),
    )


def _one_of(expression: str) -> Callable[[sqlite3.Connection, FilterTest], Clause]:
    def clause(connection: sqlite3.Connection, test: FilterTest) -> Clause:
        assert isinstance(test, OneOfTest)
        return Clause(f"{expression} {_AMONG}", _among(test.values))

    return clause


def _name(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    """Of names in ASCII one word is looked for by SQL: a test of each takes 3 s at a million photos."""
    assert isinstance(test, WordsTest)
    words = test.words.split()
    rarest = max(words, key=len) if test.words.isascii() else _NEVER
    if len(words) == 1:
        found = connection.execute(_NAMES.format(_UNUSUAL)).fetchall()
    else:
        found = connection.execute(_NAMES.format(f"instr(photo.name, ?) OR {_UNUSUAL}"), (rarest,)).fetchall()
    ids = [photo for photo, name in found if test.match_value(name)]
    if len(words) == 1:
        return Clause(f"(instr(photo.name, ?) OR photo.id {_AMONG})", (rarest, *_among(ids)))
    return Clause(f"photo.id {_AMONG}", _among(ids))


def _rating(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    assert isinstance(test, RatingTest)
    return Clause(f"{RATING} {_AMONG}", _among(test.stars))


def _flags(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    assert isinstance(test, FlagTest)
    return Clause("(" + " OR ".join(f"({FLAGS[flag]})" for flag in sorted(test.flags)) + ")")


def asked_photos(connection: sqlite3.Connection, test: AskedTest | WordsTest) -> Clause:
    """The statement for the photos that an ``asked:`` filter finds, in sight or not."""
    if isinstance(test, WordsTest):
        rows = connection.execute(_SAID, (hint_of(test.words),))
        found = [number for number, question, answer in rows if test.match_value(f"{question} {answer}")]
        return Clause(_TURNS_THAT_SAY, _among(found))
    answers = connection.execute(_ANSWERS, {"asked": test.question})
    clause = Clause(_ANSWERED, (test.question, *_among(a for (a,) in answers if test.match_answer(a))))
    if connection.execute(_ANY_ASKED.format(clause.sql), clause.values).fetchone() is not None:
        return clause
    part = test.loosened()
    said = connection.execute(_SAID, (hint_of(part.question or part.answer),))
    found = [number for number, *turn in said if part.match_question(turn[0]) and part.match_answer(turn[1])]
    return Clause(_TURNS_THAT_SAY, _among(found))


def _asked(connection: sqlite3.Connection, test: FilterTest) -> Clause:
    assert isinstance(test, AskedTest | WordsTest)
    found = asked_photos(connection, test)
    return Clause(f"photo.id IN ({found.sql})", found.values)


CLAUSES: dict[str, Callable[[sqlite3.Connection, FilterTest], Clause]] = {
    "folder": _folder,
    "keyword": _keyword,
    "date": _date,
    "camera": _camera,
    "lens": _lens,
    "type": _type,
    "name": _name,
    "rating": _rating,
    "source": _one_of(SOURCE),
    "sure": _one_of(SURENESS),
    "has": _flags,
    "asked": _asked,
    "is": _flags,
}
"""By the filter's name."""
