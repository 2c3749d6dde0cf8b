"""Which reader read what a file says of itself: photos that an earlier one read are read again.

Revision ID: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; the next scans have the photos read, when there is nothing else to do."""
    op.add_column(
        "photo", sa.Column("facts_version", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
