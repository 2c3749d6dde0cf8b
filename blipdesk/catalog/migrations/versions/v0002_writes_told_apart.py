"""Whose text a write wrote, how a write ended, and photos found again by their picture.

Revision ID: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and their indexes; what was refused or kept before is looked at once more."""
    op.add_column("photo", sa.Column("settled_outcome", sa.String(), nullable=True))
    op.add_column("write", sa.Column("source", sa.String(), nullable=False, server_default="model"))
    op.execute(
        """UPDATE "write" SET source = 'user'
            WHERE after_text = (SELECT user_caption FROM photo WHERE photo.id = "write".photo_id)"""
    )
    op.execute("UPDATE photo SET settled_version = NULL, settled_target = NULL WHERE written = 'none'")
    op.create_index(
        "ix_photo_pixel_hash", "photo", ["pixel_hash"], sqlite_where=sa.text("pixel_hash IS NOT NULL")
    )
    op.create_index("ix_photo_refused", "photo", ["id"], sqlite_where=sa.text("settled_outcome = 'refused'"))
