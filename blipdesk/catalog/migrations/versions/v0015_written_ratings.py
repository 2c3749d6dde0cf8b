"""Stars that were written into files, and edits of many photos that outlive each of them.

Revision ID: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TAKE_OVER = """
INSERT INTO edit_photo (edit_id, photo_id, before)
SELECT DISTINCT old.id, photo.id, json_extract(rating.value, '$[0]')
  FROM edit_old AS old, json_each(old.before, '$.ratings') AS rating,
       json_each(rating.value, '$[1]') AS listed
  JOIN photo ON photo.id = listed.value
 WHERE old.kind = 'rating'
"""


def upgrade() -> None:
    """Make the column and the tables; what a person starred is due to be written where captions are."""
    op.add_column("write", sa.Column("rating", sa.Integer(), nullable=True))
    op.drop_index(op.f("ix_edit_photo_id"), table_name="edit")
    op.rename_table("edit", "edit_old")
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("edited_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_edit_photo_id_photo"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit")),
    )
    op.create_index(op.f("ix_edit_photo_id"), "edit", ["photo_id"])
    op.create_table(
        "edit_photo",
        sa.Column("edit_id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edit_id"], ["edit.id"], name=op.f("fk_edit_photo_edit_id_edit"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_edit_photo_photo_id_photo"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("edit_id", "photo_id", name=op.f("pk_edit_photo")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_edit_photo_photo_id"), "edit_photo", ["photo_id"])
    op.execute(
        "INSERT INTO edit (id, photo_id, kind, before, edited_at) SELECT id,"
        " iif(kind = 'rating', NULL, photo_id), kind, iif(kind = 'rating', '{}', before), edited_at"
        " FROM edit_old"
    )
    op.execute(_TAKE_OVER)
    op.drop_table("edit_old")
    op.execute(
        "UPDATE photo SET text_version = text_version + 1"
        " WHERE user_rating IS NOT NULL AND settled_outcome IS NOT 'undone'"
    )
