"""How well captions fit their photos, what a person has confirmed, and closed questions.

Revision ID: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A trigger, as the first schema has one for has_caption: one statement keeps both.
_SETTLE = """CREATE TRIGGER photo_captioned
    AFTER UPDATE OF user_caption, file_caption, model_caption, sureness, reviewed ON photo BEGIN
    UPDATE photo SET has_caption = new.user_caption IS NOT NULL OR new.file_caption IS NOT NULL
                                   OR new.model_caption IS NOT NULL,
                     needs_review = new.sureness IS 'unsure' AND new.reviewed = 0
                                    AND new.model_caption IS NOT NULL
                                    AND new.user_caption IS NULL AND new.file_caption IS NULL
     WHERE id = new.id; END"""


def upgrade() -> None:
    """Add the columns; nothing is captioned or scored again because of them."""
    for name in ("itm", "itc", "margin"):
        op.add_column("candidate", sa.Column(name, sa.Double(), nullable=True))
    op.add_column("candidate", sa.Column("sureness", sa.String(), nullable=True))
    op.add_column("candidate", sa.Column("source", sa.String(), nullable=False, server_default="model"))
    op.add_column("photo", sa.Column("sureness", sa.String(), nullable=True))
    for name in ("reviewed", "needs_review"):
        op.add_column("photo", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("0")))
    op.add_column("question", sa.Column("choices", sa.String(), nullable=True))
    op.add_column(
        "question", sa.Column("turns_left_out", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.create_index(
        "ix_photo_review", "photo", ["hidden", "sort_time", "id"], sqlite_where=sa.text("needs_review = 1")
    )
    op.execute("DROP TRIGGER photo_captioned")
    op.execute(_SETTLE)
