"""Questions that are put to many photos, and of which picture an answer is.

Revision ID: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; of answers that are there nobody knows the picture, so those are asked for again."""
    op.add_column("question", sa.Column("pixel_hash", sa.String(), nullable=True))
    op.create_index("ix_question_said", "question", ["question", "answer", "photo_id"])
    op.create_table(
        "asked_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("choices", sa.String(), nullable=True),
        sa.Column("scope", sa.String(), nullable=False, server_default=""),
        sa.Column("model", sa.String(), nullable=False, server_default=""),
        sa.Column("again", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("state", sa.String(), nullable=False, server_default="open"),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.Column("began_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_run")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "asked_photo",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False, server_default="waiting"),
        sa.Column("question_id", sa.Integer(), nullable=True),
        sa.Column("problem_kind", sa.String(), nullable=True),
        sa.Column("problem_message", sa.String(), nullable=True),
        sa.Column("problem_remedy", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["asked_run.id"], name=op.f("fk_asked_photo_run_id_asked_run"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_asked_photo_photo_id_photo"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"],
            name=op.f("fk_asked_photo_question_id_question"), ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("run_id", "place", name=op.f("pk_asked_photo")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index(op.f("ix_asked_photo_photo_id"), "asked_photo", ["photo_id"])
    op.create_index("ix_asked_photo_state", "asked_photo", ["run_id", "state", "place"])
    op.create_index(
        "ix_asked_photo_turn",
        "asked_photo",
        ["question_id"],
        sqlite_where=sa.text("question_id IS NOT NULL"),
    )
