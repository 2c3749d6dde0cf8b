"""What became of a run's writes, each counted once; what stands beside a photo for a setting alone.

Revision ID: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# The writes of a photo that is forgotten can no longer be taken back; of those that could be, the run knows.
_FORGOTTEN = """CREATE TRIGGER write_forgotten AFTER DELETE ON "write"
    WHEN old.outcome IN ('embedded', 'sidecar', 'unproven') AND old.pruned = 0 BEGIN
    UPDATE write_run SET bytes_kept = bytes_kept - length(old.old_part),
                         forgotten = forgotten + (old.outcome <> 'unproven' AND NOT old.undone)
     WHERE id = old.run_id; END"""
# The writes of forgotten photos left no rows, and were counted as given up.  Of those that an undo had taken
# back nobody can tell: as many as there is room for.
_COUNTED_ANEW = """UPDATE write_run SET (pruned, forgotten) = (
    SELECT given_up, max(0, min(write_run.pruned - all_given_up,
                                embedded + sidecars - write_run.taken_back - given_up))
      FROM (SELECT count(*) FILTER (WHERE pruned AND NOT undone) AS given_up,
                   count(*) FILTER (WHERE pruned) AS all_given_up
              FROM "write" WHERE run_id = write_run.id AND outcome IN ('embedded', 'sidecar')))
 WHERE kind = 'write'"""

# Which writes ended beside the photo for want of a setting was told in words alone.
_BY_SETTING = """UPDATE "write" SET by_setting = 1
 WHERE target = 'embed' AND planned_outcome = 'sidecar' AND note LIKE '%only where that is switched on.%'"""
_SETTLED_BY_SETTING = """UPDATE photo SET settled_outcome = 'by_setting'
 WHERE settled_target = 'embed' AND settled_outcome IN ('sidecar', 'unchanged')
   AND write_note LIKE '%only where that is switched on.%'"""


def upgrade() -> None:
    """Add the columns and tell what is there apart; no photo is read or written again because of them."""
    _counts()
    _by_setting()


def _by_setting() -> None:
    op.add_column("write", sa.Column("by_setting", sa.Boolean(), nullable=False, server_default=sa.text("0")))
    op.execute(_BY_SETTING)
    op.execute(_SETTLED_BY_SETTING)
    op.create_index(
        "ix_photo_by_setting", "photo", ["id"], sqlite_where=sa.text("settled_outcome = 'by_setting'")
    )


def _counts() -> None:
    op.execute("DROP TRIGGER write_forgotten")
    op.add_column(
        "write_run", sa.Column("forgotten", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.execute(_COUNTED_ANEW)
    op.execute(_FORGOTTEN)
