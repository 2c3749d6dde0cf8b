"""The first released schema.

Revision ID: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_APPLICATION_ID = 0x424C4950
# Claims are taken in this order; Alembic cannot express an index over an expression on SQLite.
_CLAIM_INDEX = """CREATE INDEX ix_job_claim ON job (model_key, (attempts > 0), sort_time DESC, id DESC)
    WHERE state = 'queued'"""
_HAS_CAPTION = """CREATE TRIGGER photo_captioned
    AFTER UPDATE OF user_caption, file_caption, model_caption ON photo BEGIN
    UPDATE photo SET has_caption = new.user_caption IS NOT NULL OR new.file_caption IS NOT NULL
                                   OR new.model_caption IS NOT NULL
     WHERE id = new.id; END"""
_FULL_TEXT = (
    """CREATE VIRTUAL TABLE photo_fts USING fts5(search_text, content='photo_text', content_rowid='photo_id',
       tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')""",
    # The index is told the OLD text: a plain DELETE in an update trigger corrupts an external-content index.
    """CREATE TRIGGER photo_text_inserted AFTER INSERT ON photo_text BEGIN
       INSERT INTO photo_fts(rowid, search_text) VALUES (new.photo_id, new.search_text); END""",
    """CREATE TRIGGER photo_text_deleted AFTER DELETE ON photo_text BEGIN
       INSERT INTO photo_fts(photo_fts, rowid, search_text) VALUES ('delete', old.photo_id, old.search_text);
       END""",
    """CREATE TRIGGER photo_text_updated AFTER UPDATE OF search_text ON photo_text BEGIN
       INSERT INTO photo_fts(photo_fts, rowid, search_text) VALUES ('delete', old.photo_id, old.search_text);
       INSERT INTO photo_fts(rowid, search_text) VALUES (new.photo_id, new.search_text); END""",
)


def upgrade() -> None:
    """Make the tables, the full-text index and its triggers."""
    op.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    op.create_table(
        "directory",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory")),
        sa.UniqueConstraint("path", name=op.f("uq_directory_path")),
    )
    op.create_table(
        "folder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("watched", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.String(), server_default="online", nullable=False),
        sa.Column("message", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder")),
        sa.UniqueConstraint("path", name=op.f("uq_folder_path")),
    )
    op.create_table(
        "keyword",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyword")),
        sa.UniqueConstraint("name", name=op.f("uq_keyword_name")),
    )
    op.create_index(op.f("ix_keyword_folded"), "keyword", ["folded"], unique=False)
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder_id", sa.Integer(), nullable=False),
        sa.Column("directory_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mtime_ns", sa.Integer(), nullable=False),
        sa.Column("inode", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("captioned_hash", sa.String(), nullable=True),
        sa.Column("enqueued_hash", sa.String(), nullable=True),
        sa.Column("pixel_hash", sa.String(), nullable=True),
        sa.Column("format", sa.String(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("damaged", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("missing", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("added_at", sa.Double(), nullable=False),
        sa.Column("sort_time", sa.Double(), nullable=False),
        sa.Column("taken_at", sa.String(), nullable=True),
        sa.Column("camera", sa.String(), nullable=True),
        sa.Column("lens", sa.String(), nullable=True),
        sa.Column("exposure", sa.String(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("facts_problem", sa.String(), nullable=True),
        sa.Column("user_caption", sa.String(), nullable=True),
        sa.Column("file_caption", sa.String(), nullable=True),
        sa.Column("model_caption", sa.String(), nullable=True),
        sa.Column("has_caption", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("model_key", sa.String(), nullable=True),
        sa.Column("captioned_at", sa.Double(), nullable=True),
        sa.Column("options", sa.String(), nullable=True),
        sa.Column("text_version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("settled_version", sa.Integer(), nullable=True),
        sa.Column("settled_target", sa.String(), nullable=True),
        sa.Column("written", sa.String(), server_default="none", nullable=False),
        sa.Column("write_note", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["directory_id"], ["directory.id"], name=op.f("fk_photo_directory_id")),
        sa.ForeignKeyConstraint(["folder_id"], ["folder.id"], name=op.f("fk_photo_folder_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
        sa.UniqueConstraint("path", name=op.f("uq_photo_path")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_photo_added", "photo", ["hidden", "added_at", "id"], unique=False)
    op.create_index("ix_photo_captioned", "photo", ["hidden", "has_caption"], unique=False)
    op.create_index(op.f("ix_photo_content_hash"), "photo", ["content_hash"], unique=False)
    op.create_index(
        "ix_photo_directory", "photo", ["hidden", "directory_id", "sort_time", "id"], unique=False
    )
    op.create_index(op.f("ix_photo_folder_id"), "photo", ["folder_id"], unique=False)
    op.create_index(
        "ix_photo_missing", "photo", ["hidden", "id"], unique=False, sqlite_where=sa.text("missing = 1")
    )
    op.create_index("ix_photo_name", "photo", ["hidden", "name", "id"], unique=False)
    op.create_index("ix_photo_newest", "photo", ["hidden", "sort_time", "id"], unique=False)
    op.create_index(
        "ix_photo_settled",
        "photo",
        ["settled_target", "id"],
        unique=False,
        sqlite_where=sa.text("settled_target IS NOT NULL"),
    )
    op.create_index(
        "ix_photo_uncaptioned",
        "photo",
        ["folder_id"],
        unique=False,
        sqlite_where=sa.text("captioned_hash IS NOT content_hash AND enqueued_hash IS NOT content_hash"),
    )
    op.create_index(
        "ix_photo_unsettled",
        "photo",
        ["id"],
        unique=False,
        sqlite_where=sa.text("settled_version IS NOT text_version"),
    )
    op.create_table(
        "candidate",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("raw_text", sa.String(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_candidate_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", "position", name=op.f("pk_candidate")),
    )
    op.create_table(
        "edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("edited_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_edit_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edit")),
    )
    op.create_index(op.f("ix_edit_photo_id"), "edit", ["photo_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("model_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("deaths", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("forced", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("sort_time", sa.Double(), nullable=False),
        sa.Column("problem_kind", sa.String(), nullable=True),
        sa.Column("problem_message", sa.String(), nullable=True),
        sa.Column("problem_remedy", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_job_photo_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint(
            "photo_id", "content_hash", "model_key", name=op.f("uq_job_photo_id_content_hash_model_key")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_job_state", "job", ["state", "model_key", "photo_id"], unique=False)
    op.create_table(
        "photo_keyword",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("keyword_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("shown", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["keyword_id"], ["keyword.id"], name=op.f("fk_photo_keyword_keyword_id")),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_photo_keyword_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", "keyword_id", "source", name=op.f("pk_photo_keyword")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_photo_keyword_shown", "photo_keyword", ["shown", "keyword_id", "photo_id"], unique=False
    )
    op.create_table(
        "photo_text",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_photo_text_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_photo_text")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("model_key", sa.String(), nullable=False),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("stopped", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_question_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_photo_id"), "question", ["photo_id"], unique=False)
    op.create_table(
        "removed_keyword",
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_removed_keyword_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("photo_id", "folded", name=op.f("pk_removed_keyword")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "write",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("target_path", sa.LargeBinary(), nullable=False),
        sa.Column("planned_outcome", sa.String(), nullable=False),
        sa.Column("before_text", sa.String(), nullable=True),
        sa.Column("after_text", sa.String(), nullable=False),
        sa.Column("keywords", sa.String(), nullable=False),
        sa.Column("text_key", sa.String(), nullable=False),
        sa.Column("existed", sa.Boolean(), nullable=False),
        sa.Column("before_sha256", sa.String(), nullable=True),
        sa.Column("after_sha256", sa.String(), nullable=False),
        sa.Column("before_hash", sa.String(), nullable=True),
        sa.Column("after_hash", sa.String(), nullable=False),
        sa.Column("part_offset", sa.Integer(), nullable=False),
        sa.Column("new_length", sa.Integer(), nullable=False),
        sa.Column("old_part", sa.LargeBinary(), nullable=False),
        sa.Column("began_at", sa.Double(), nullable=False),
        sa.Column("finished_at", sa.Double(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"], ["photo.id"], name=op.f("fk_write_photo_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_write")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_write_open", "write", ["id"], unique=False, sqlite_where=sa.text("finished_at IS NULL")
    )
    op.create_index(op.f("ix_write_photo_id"), "write", ["photo_id"], unique=False)
    for statement in (_CLAIM_INDEX, _HAS_CAPTION, *_FULL_TEXT):
        op.execute(statement)
