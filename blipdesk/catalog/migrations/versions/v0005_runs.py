"""Runs of writes that are taken back as one; more of what files say; conflicts between file and catalog.

Revision ID: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# A file's caption that changes beside a person's own is a conflict, until the person changes theirs.  What
# the first reading finds (of an imported record, of a photo edited at first sight) stood there before.
_CONFLICT = """CREATE TRIGGER photo_conflicts AFTER UPDATE OF user_caption, file_caption ON photo
    WHEN new.user_caption IS NOT old.user_caption OR new.file_caption IS NOT old.file_caption BEGIN
    UPDATE photo SET conflict = new.user_caption IS old.user_caption AND new.user_caption IS NOT NULL
                                AND new.file_caption IS NOT NULL AND old.pixel_hash IS NOT NULL
                                AND trim(new.file_caption) <> trim(new.user_caption)
     WHERE id = new.id; END"""
# The writes of a photo that is forgotten can no longer be taken back.
_FORGOTTEN = """CREATE TRIGGER write_forgotten AFTER DELETE ON "write"
    WHEN old.outcome IN ('embedded', 'sidecar') AND old.pruned = 0 BEGIN
    UPDATE write_run SET bytes_kept = bytes_kept - length(old.old_part), pruned = pruned + 1
     WHERE id = old.run_id; END"""
# A write that did not happen has nothing to take back; it kept its bytes all the same.
_ABANDONED = """UPDATE "write" SET old_part = x'', pruned = 1
 WHERE outcome IS NOT NULL AND outcome NOT IN ('embedded', 'sidecar')"""
# What was written before there were runs is one for each target, to be taken back like any other.
# Writes that are open yet are counted when they end.
_FORMER_RUNS = """INSERT INTO write_run
       (target, began_at, ended_at, embedded, sidecars, bytes_kept, note)
SELECT target, min(began_at), max(coalesce(finished_at, began_at)), sum(outcome IS 'embedded'),
       sum(outcome IS 'sidecar'), sum(CASE WHEN outcome IS NULL THEN 0 ELSE length(old_part) END),
       'Before runs were told apart'
  FROM "write" WHERE outcome IN ('embedded', 'sidecar') OR outcome IS NULL GROUP BY target"""
_FORMER_WRITES = """UPDATE "write"
   SET parts = json_array(json_array(part_offset, new_length, NULL)),
       run_id = (SELECT id FROM write_run WHERE write_run.target = "write".target)"""


def upgrade() -> None:
    """Add the tables and columns; no photo is read, captioned or written again because of them."""
    _photo()
    _write()


def _photo() -> None:
    for name in ("title", "taken_zone", "may_replace"):
        op.add_column("photo", sa.Column(name, sa.String(), nullable=True))
    for name in ("rating", "sidecar_size", "sidecar_mtime_ns"):
        op.add_column("photo", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("photo", sa.Column("keyword_paths", sa.String(), nullable=False, server_default="[]"))
    op.add_column("photo", sa.Column("conflict", sa.Boolean(), nullable=False, server_default=sa.text("0")))
    for outcome in ("kept", "undone"):
        op.create_index(
            f"ix_photo_{outcome}", "photo", ["id"], sqlite_where=sa.text(f"settled_outcome = '{outcome}'")
        )
    op.create_index("ix_photo_conflict", "photo", ["hidden", "id"], sqlite_where=sa.text("conflict = 1"))
    op.execute(_CONFLICT)


def _write() -> None:
    counters = ("embedded", "sidecars", "kept", "refused", "taken_back", "bytes_kept", "pruned")
    op.create_table(
        "write_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, server_default="write"),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("existing", sa.String(), nullable=False, server_default="skip"),
        sa.Column("began_at", sa.Double(), nullable=False),
        sa.Column("ended_at", sa.Double(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0")) for name in counters),
        sa.Column("note", sa.String(), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write_run")),
        sqlite_autoincrement=True,
    )
    op.add_column("write", sa.Column("kind", sa.String(), nullable=False, server_default="write"))
    op.add_column("write", sa.Column("parts", sa.String(), nullable=False, server_default="[]"))
    op.add_column("write", sa.Column("undoes", sa.String(), nullable=False, server_default="[]"))
    for name in ("undone", "pruned"):
        op.add_column("write", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.text("0")))
    op.execute(_ABANDONED)
    op.execute(_FORMER_RUNS)
    op.execute(_FORMER_WRITES)
    for name in ("part_offset", "new_length"):
        op.drop_column("write", name)
    op.create_index("ix_write_run", "write", ["run_id", "photo_id"])
    op.create_index("ix_write_target", "write", ["target_path"])
    op.create_index("ix_write_unpruned", "write", ["run_id"], sqlite_where=sa.text("pruned = 0"))
    op.execute(_FORGOTTEN)
