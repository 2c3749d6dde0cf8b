"""A person's stars, apart from those of the file.

Revision ID: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_COLUMNS = (
    "directory_id",
    "path",
    "pixel_hash",
    "format",
    "missing",
    "hidden",
    "added_at",
    "sort_time",
    "taken_at",
    "camera",
    "lens",
    "latitude",
    "longitude",
    "rating",
    "user_rating",
    "keyword_paths",
    "user_caption",
    "file_caption",
    "model_caption",
    "sureness",
    "reviewed",
    "needs_review",
    "sidecar_size",
    "written",
)
"""Of a photo's columns those that a search looks at: with the new one what they were."""
_CHANGED = " OR ".join(f"new.{column} IS NOT old.{column}" for column in _COLUMNS)
_NOTED = """CREATE TRIGGER search_photo_changed AFTER UPDATE OF {columns} ON photo WHEN {changed} BEGIN
    DELETE FROM search_change WHERE photo_id = new.id;
    INSERT INTO search_change (photo_id) VALUES (new.id); END"""


def upgrade() -> None:
    """Add the column and what lists favourites; nobody has given stars here yet."""
    op.add_column("photo", sa.Column("user_rating", sa.Integer(), nullable=True))
    op.create_index(
        "ix_photo_favourite",
        "photo",
        ["hidden", "sort_time", "id"],
        sqlite_where=sa.text("coalesce(user_rating, rating) = 5"),
    )
    op.execute("DROP TRIGGER search_photo_changed")
    op.execute(_NOTED.format(columns=", ".join(_COLUMNS), changed=_CHANGED))
