"""Keywords of the whole library: renamed, merged, hidden; and an index that counts cameras.

Revision ID: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, empty, and the index."""
    op.create_table(
        "keyword_rule",
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("becomes", sa.String(), nullable=True),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_keyword_rule")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "keyword_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("becomes", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("is_done", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyword_edit")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "keyword_edit_photo",
        sa.Column("edit_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edit_id"], ["keyword_edit.id"], name=op.f("fk_keyword_edit_photo_edit_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_keyword_edit_photo_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edit_id", "photo_id", name=op.f("pk_keyword_edit_photo")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_keyword_edit_photo_photo_id", "keyword_edit_photo", ["photo_id"])
    op.create_index(
        "ix_photo_camera", "photo", ["hidden", "camera"], sqlite_where=sa.text("camera IS NOT NULL")
    )
