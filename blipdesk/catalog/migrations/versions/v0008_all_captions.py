"""All captions that stand in a photo's file are known, so that none of them is written over unseen.

Revision ID: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Who changes their caption has seen the file's: no conflict is left.  Where the file changes what it says,
# whoever reads it tells whether that is one.
_ENDED = """CREATE TRIGGER photo_conflicts AFTER UPDATE OF user_caption ON photo
    WHEN new.user_caption IS NOT old.user_caption BEGIN
    UPDATE photo SET conflict = 0 WHERE id = new.id; END"""


def upgrade() -> None:
    """Add the column; what was decided to stay is a flag now, and what may be replaced is what is known."""
    op.add_column("photo", sa.Column("other_captions", sa.String(), nullable=True))
    op.add_column("photo", sa.Column("both_stay", sa.Boolean(), nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE photo SET both_stay = 1 WHERE may_replace = ''")
    op.execute("DROP TRIGGER photo_conflicts")
    op.drop_column("photo", "may_replace")
    op.execute(_ENDED)
