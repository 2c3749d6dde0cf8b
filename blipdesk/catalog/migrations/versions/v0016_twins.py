"""Photos that show the same picture as another are marked, so that they are counted and listed at once.

To look for them among the hashes of a million photos took a second and more.

Revision ID: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MARK = """UPDATE photo SET twin = 1 WHERE pixel_hash = new.pixel_hash AND twin = 0
    AND EXISTS (SELECT 1 FROM photo AS two WHERE two.pixel_hash = new.pixel_hash AND two.id <> new.id)"""
# Of thousands of copies of one picture none but the last one left is looked at.
_IS_LAST = "(SELECT count(*) FROM (SELECT 1 FROM photo WHERE pixel_hash = old.pixel_hash LIMIT 2)) = 1"
_UNMARK = "UPDATE photo SET twin = 0 WHERE pixel_hash = old.pixel_hash AND twin = 1"
_TRIGGERS = (
    """CREATE TRIGGER photo_twin_inserted AFTER INSERT ON photo WHEN new.pixel_hash IS NOT NULL BEGIN
        {mark}; END""",
    """CREATE TRIGGER photo_twin_deleted AFTER DELETE ON photo WHEN old.twin = 1 AND {is_last} BEGIN
        {unmark}; END""",
    """CREATE TRIGGER photo_twin_left AFTER UPDATE OF pixel_hash ON photo
        WHEN new.pixel_hash IS NOT old.pixel_hash AND old.twin = 1 AND {is_last} BEGIN
        {unmark}; END""",
    """CREATE TRIGGER photo_twin_changed AFTER UPDATE OF pixel_hash ON photo
        WHEN new.pixel_hash IS NOT old.pixel_hash BEGIN
        UPDATE photo SET twin = 0 WHERE id = new.id AND twin = 1; {mark}; END""",
)


def upgrade() -> None:
    """Mark those that are there; triggers keep it so."""
    op.add_column("photo", sa.Column("twin", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.execute("""UPDATE photo SET twin = 1 WHERE pixel_hash IN (
        SELECT pixel_hash FROM photo WHERE pixel_hash IS NOT NULL GROUP BY pixel_hash HAVING count(*) > 1)""")
    op.drop_index("ix_photo_pixel_hash", "photo")
    op.create_index(
        "ix_photo_pixel_hash", "photo", ["pixel_hash", "twin"], sqlite_where=sa.text("pixel_hash IS NOT NULL")
    )
    # With `twin` SQLite needs no row to know it.
    columns = ["pixel_hash", "hidden", "missing", "sort_time", "twin"]
    op.create_index("ix_photo_twin", "photo", columns, sqlite_where=sa.text("twin = 1"))
    for trigger in _TRIGGERS:
        op.execute(trigger.format(mark=_MARK, unmark=_UNMARK, is_last=_IS_LAST))
