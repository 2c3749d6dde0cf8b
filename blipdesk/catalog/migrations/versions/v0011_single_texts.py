"""Phrases stand in single texts: the full-text index has a word between them that nobody can type.

The index is of a view of the search texts, whose separators are that word; the texts stay as they are, but
for a mark between questions and their answers.

Revision ID: 0011
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from blipdesk.catalog.searchtext import FIELDS, asked

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BETWEEN = "(' ' || char(0x10FFFD) || ' ')"
"""For private use, and none that a query has a word of (``words.LETTER``)."""
_ENDS = ("char(10)", "' . '", "char(31)")
_FULL_TEXT = (
    """CREATE VIEW photo_parted_text AS
       SELECT photo_id, parted(search_text) AS search_text FROM photo_text""",
    """CREATE VIRTUAL TABLE photo_fts USING fts5(search_text, content='photo_parted_text',
       content_rowid='photo_id', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER photo_text_inserted AFTER INSERT ON photo_text BEGIN
       INSERT INTO photo_fts(rowid, search_text) VALUES (new.photo_id, parted(new.search_text)); END""",
    """CREATE TRIGGER photo_text_deleted AFTER DELETE ON photo_text BEGIN
       INSERT INTO photo_fts(photo_fts, rowid, search_text)
       VALUES ('delete', old.photo_id, parted(old.search_text)); END""",
    """CREATE TRIGGER photo_text_updated AFTER UPDATE OF search_text ON photo_text BEGIN
       INSERT INTO photo_fts(photo_fts, rowid, search_text)
       VALUES ('delete', old.photo_id, parted(old.search_text));
       INSERT INTO photo_fts(rowid, search_text) VALUES (new.photo_id, parted(new.search_text)); END""",
    "INSERT INTO photo_fts(photo_fts) VALUES ('rebuild')",
)
_LINE = FIELDS.index("question")
_PAGE = 20_000
_ASKED = sa.text(
    "SELECT DISTINCT photo_id FROM question WHERE photo_id > :last ORDER BY photo_id LIMIT :page"
)
_QUESTIONS = sa.text(
    "SELECT photo_id, question, answer, search_text FROM question JOIN photo_text USING (photo_id)"
    " WHERE photo_id BETWEEN :first AND :last ORDER BY photo_id, question.id"
)
_WRITE = sa.text("UPDATE photo_text SET search_text = :text WHERE photo_id = :id")


def upgrade() -> None:
    """Mark the answers, and make the index anew."""
    for trigger in ("inserted", "deleted", "updated"):
        op.execute(f"DROP TRIGGER photo_text_{trigger}")
    op.execute("DROP TABLE photo_fts")
    connection = op.get_bind()
    ids: Sequence[int] = [-1]
    while ids := connection.execute(_ASKED, {"last": ids[-1], "page": _PAGE}).scalars().all():
        rows = connection.execute(_QUESTIONS, {"first": ids[0], "last": ids[-1]}).all()
        for photo_id, found in groupby(rows, key=lambda row: row.photo_id):
            asked_here = list(found)
            lines = asked_here[0].search_text.split("\n")
            lines[_LINE] = asked((row.question, row.answer) for row in asked_here)
            connection.execute(_WRITE, {"id": photo_id, "text": "\n".join(lines)})
    for statement in _FULL_TEXT:
        op.execute(re.sub(r"parted\((.*?)\)", _parted, statement))


def _parted(call: re.Match[str]) -> str:
    """A search text with the word between its single texts, as SQL says it."""
    text = call.group(1)
    for end in _ENDS:
        text = f"replace({text}, {end}, {_BETWEEN})"
    return text
