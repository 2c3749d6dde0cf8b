"""Questions with which a new conversation begins.

Revision ID: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: no row is touched, however many questions there are."""
    op.add_column("question", sa.Column("is_new", sa.Boolean(), nullable=False, server_default=sa.text("0")))
