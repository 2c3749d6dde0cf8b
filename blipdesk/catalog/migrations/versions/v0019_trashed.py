"""Photos in the trash are marked, so that they stay out of sight when their root is added again.

Revision ID: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Mark those of roots in sight; of a root that was removed nobody knows them any more."""
    op.add_column("photo", sa.Column("trashed", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    op.execute("""UPDATE photo SET trashed = 1 WHERE hidden = 1 AND missing = 1
        AND folder_id IN (SELECT id FROM folder WHERE hidden = 0)""")
