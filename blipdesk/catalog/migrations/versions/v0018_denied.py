"""Questions whose answers deny them stand in search texts no more: their words found photos without a boat.

Revision ID: 0018
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from blipdesk.catalog.searchtext import FIELDS, asked
from blipdesk.domain.asked import is_denial

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_LINE = FIELDS.index("question")
_PAGE = 20_000
_DENIED = sa.text(
    "SELECT DISTINCT photo_id FROM question WHERE photo_id > :last"
    " AND answer IN (SELECT value FROM json_each(:denials)) ORDER BY photo_id LIMIT :page"
)
_QUESTIONS = sa.text(
    "SELECT photo_id, question, answer, search_text FROM question JOIN photo_text USING (photo_id)"
    " WHERE photo_id IN (SELECT value FROM json_each(:ids)) ORDER BY photo_id, question.id"
)
_WRITE = sa.text("UPDATE photo_text SET search_text = :text WHERE photo_id = :id")


def upgrade() -> None:
    """Write the questions of those photos anew; the indexes follow by their triggers."""
    connection = op.get_bind()
    answers = connection.scalars(sa.text("SELECT DISTINCT answer FROM question"))
    denials = json.dumps([answer for answer in answers if is_denial(answer)])
    ids: Sequence[int] = [-1]
    while ids := connection.scalars(_DENIED, {"last": ids[-1], "denials": denials, "page": _PAGE}).all():
        rows = connection.execute(_QUESTIONS, {"ids": json.dumps(list(ids))}).all()
        for photo_id, found in groupby(rows, key=lambda row: row.photo_id):
            turns = list(found)
            lines = turns[0].search_text.split("\n")
            lines[_LINE] = asked((turn.question, turn.answer) for turn in turns)
            connection.execute(_WRITE, {"id": photo_id, "text": "\n".join(lines)})
