"""Each question in one spelling, and which answer to it is the latest, so that a filter by answers is quick.

Revision ID: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from blipdesk.domain.filter_tests import folded_words

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SETTLE = """UPDATE question SET is_last = (id = (
    SELECT max(id) FROM question AS one WHERE one.photo_id = {row}.photo_id AND one.asked = {row}.asked))
    WHERE photo_id = {row}.photo_id AND asked = {row}.asked"""
_TRIGGERS = (
    "CREATE TRIGGER question_added AFTER INSERT ON question BEGIN {new}; END",
    "CREATE TRIGGER question_gone AFTER DELETE ON question WHEN old.is_last = 1 BEGIN {old}; END",
)


def upgrade() -> None:
    """Fill the columns; triggers keep them."""
    op.add_column("question", sa.Column("asked", sa.String(), server_default="", nullable=False))
    op.add_column("question", sa.Column("is_last", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    connection = op.get_bind()
    spelled = connection.scalars(sa.text("SELECT DISTINCT question FROM question")).all()
    fill = sa.text("UPDATE question SET asked = :asked WHERE question = :question")
    if spelled:
        connection.execute(fill, [{"asked": folded_words(each), "question": each} for each in spelled])
    op.execute("""UPDATE question SET is_last = 1 WHERE id IN (
        SELECT max(id) FROM question GROUP BY photo_id, asked)""")
    op.create_index(
        "ix_question_last",
        "question",
        ["asked", "answer", "photo_id", "is_last"],
        sqlite_where=sa.text("is_last = 1"),
    )
    for trigger in _TRIGGERS:
        op.execute(trigger.format(new=_SETTLE.format(row="new"), old=_SETTLE.format(row="old")))
