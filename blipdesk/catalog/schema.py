"""The tables.  Rows never leave this package: readers return the frozen values of the domain."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from blipdesk.catalog.tables import Base, PathType

APPLICATION_ID = 0x424C4950
"""``BLIP`` in the file header: tells our file from any other SQLite database."""
IMPORTED_KEY = "imported"
"""The model key of captions that came from another catalog."""
REVISION = "0019"
"""The newest migration.  Revisions are four digits and ascend, so that a newer one can be told apart."""


class SettingRow(Base):
    """One setting as JSON."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class FolderRow(Base):
    """A root.  ``hidden``: it was removed; its photos keep their texts and are shown again with it."""

    __tablename__ = "folder"
    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(PathType, unique=True)
    watched: Mapped[bool]
    hidden: Mapped[bool] = mapped_column(server_default=text("0"))
    state: Mapped[str] = mapped_column(server_default="online")
    message: Mapped[str] = mapped_column(server_default="")


class DirectoryRow(Base):
    """A directory that holds photos, so that folders are counted and filtered without reading paths."""

    __tablename__ = "directory"
    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(PathType, unique=True)


class PhotoRow(Base):
    """A photo and its texts.

    ``captioned_hash`` is the content that the model's texts and the facts belong to: a photo waits for
    captioning while it differs from ``content_hash``.  ``enqueued_hash`` is the content that has a job, so
    that enqueueing never looks at what already waits.  ``text_version`` rises with every change of what a
    write back would put into the file; ``settled_version`` is the one that was last written (or refused)
    for ``settled_target``, and ``settled_outcome`` how that ended (``by_setting``: beside the photo, and a
    setting alone keeps it out of the photo's own file).  ``has_caption`` follows the three
    captions by a trigger (SQLite 3.40 counts by an index alone only over plain columns), and so does
    ``needs_review``: the caption that people see is a model's, ``sureness`` (that of the model's caption) is
    the lowest, and no person has confirmed it (``reviewed``).  ``file_caption`` is what the file says to
    people, ``other_captions`` (a JSON list; NULL: not read yet) what it says elsewhere.  ``conflict``: the
    file came to say what was not known when the person's caption here was typed; a trigger ends it when that
    one changes.  ``both_stay``: the person decided that theirs is not written over the file's.
    ``user_rating``: the stars that a person gave here (0: took away), before ``rating``, the file's.
    ``twin``: another photo has the same ``pixel_hash``, in sight or not; triggers keep it so.
    ``trashed``: the person put the file into the trash.  ``hidden``: for that, or because its root is.
    ``keyword_paths``: a JSON list of ``Places|France``.
    ``sidecar_size`` and ``sidecar_mtime_ns`` are of the sidecar whose facts were read last; ``facts_version``
    is that of the reader (``FACTS_VERSION``).
    """

    __tablename__ = "photo"
    id: Mapped[int] = mapped_column(primary_key=True)
    folder_id: Mapped[int] = mapped_column(ForeignKey("folder.id"), index=True)
    directory_id: Mapped[int] = mapped_column(ForeignKey("directory.id"))
    path: Mapped[str] = mapped_column(PathType, unique=True)
    name: Mapped[str]
    size: Mapped[int]
    mtime_ns: Mapped[int]
    inode: Mapped[int]
    content_hash: Mapped[str] = mapped_column(index=True)
    captioned_hash: Mapped[str | None]
    enqueued_hash: Mapped[str | None]
    pixel_hash: Mapped[str | None]
    twin: Mapped[bool] = mapped_column(server_default=text("0"))
    format: Mapped[str | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    damaged: Mapped[bool] = mapped_column(server_default=text("0"))
    missing: Mapped[bool] = mapped_column(server_default=text("0"))
    hidden: Mapped[bool] = mapped_column(server_default=text("0"))
    trashed: Mapped[bool] = mapped_column(server_default=text("0"))
    added_at: Mapped[float]
    sort_time: Mapped[float]
    taken_at: Mapped[str | None]
    camera: Mapped[str | None]
    lens: Mapped[str | None]
    exposure: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    facts_problem: Mapped[str | None]
    title: Mapped[str | None]
    rating: Mapped[int | None]
    user_rating: Mapped[int | None]
    taken_zone: Mapped[str | None]
    keyword_paths: Mapped[str] = mapped_column(server_default="[]")
    sidecar_size: Mapped[int | None]
    sidecar_mtime_ns: Mapped[int | None]
    facts_version: Mapped[int] = mapped_column(server_default=text("0"))
    user_caption: Mapped[str | None]
    file_caption: Mapped[str | None]
    other_captions: Mapped[str | None]
    model_caption: Mapped[str | None]
    has_caption: Mapped[bool] = mapped_column(server_default=text("0"))
    model_key: Mapped[str | None]
    captioned_at: Mapped[float | None]
    options: Mapped[str | None]
    sureness: Mapped[str | None]
    reviewed: Mapped[bool] = mapped_column(server_default=text("0"))
    needs_review: Mapped[bool] = mapped_column(server_default=text("0"))
    text_version: Mapped[int] = mapped_column(server_default=text("0"))
    settled_version: Mapped[int | None]
    settled_target: Mapped[str | None]
    settled_outcome: Mapped[str | None]
    written: Mapped[str] = mapped_column(server_default="none")
    write_note: Mapped[str] = mapped_column(server_default="")
    conflict: Mapped[bool] = mapped_column(server_default=text("0"))
    both_stay: Mapped[bool] = mapped_column(server_default=text("0"))

    __table_args__ = (
        # `hidden` is a column of each, not its condition: else SQLite reads every row to look at it.
        Index("ix_photo_newest", "hidden", "sort_time", "id"),
        Index("ix_photo_added", "hidden", "added_at", "id"),
        Index("ix_photo_name", "hidden", "name", "id"),
        Index("ix_photo_directory", "hidden", "directory_id", "sort_time", "id"),
        Index(
            "ix_photo_uncaptioned",
            "folder_id",
            sqlite_where=text("captioned_hash IS NOT content_hash AND enqueued_hash IS NOT content_hash"),
        ),
        Index("ix_photo_captioned", "hidden", "has_caption"),
        Index("ix_photo_missing", "hidden", "id", sqlite_where=text("missing = 1")),
        Index("ix_photo_review", "hidden", "sort_time", "id", sqlite_where=text("needs_review = 1")),
        Index(
            "ix_photo_favourite",
            "hidden",
            "sort_time",
            "id",
            sqlite_where=text("coalesce(user_rating, rating) = 5"),
        ),
        Index("ix_photo_unsettled", "id", sqlite_where=text("settled_version IS NOT text_version")),
        Index("ix_photo_settled", "settled_target", "id", sqlite_where=text("settled_target IS NOT NULL")),
        Index("ix_photo_refused", "id", sqlite_where=text("settled_outcome = 'refused'")),
        Index("ix_photo_kept", "id", sqlite_where=text("settled_outcome = 'kept'")),
        Index("ix_photo_undone", "id", sqlite_where=text("settled_outcome = 'undone'")),
        Index("ix_photo_by_setting", "id", sqlite_where=text("settled_outcome = 'by_setting'")),
        Index("ix_photo_conflict", "hidden", "id", sqlite_where=text("conflict = 1")),
        Index("ix_photo_camera", "hidden", "camera", sqlite_where=text("camera IS NOT NULL")),
        Index("ix_photo_pixel_hash", "pixel_hash", "twin", sqlite_where=text("pixel_hash IS NOT NULL")),
        Index(
            "ix_photo_twin",
            *("pixel_hash", "hidden", "missing", "sort_time", "twin"),
            sqlite_where=text("twin = 1"),
        ),
        {"sqlite_autoincrement": True},
    )


class PhotoTextRow(Base):
    """What search sees of a photo, one line a field.

    ``photo_fts`` (SQLite FTS5, external content: porter stems) follows it by triggers that migration 0011
    makes, and has a word between its single texts, so that a phrase stands in one of them.
    """

    __tablename__ = "photo_text"
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True)
    search_text: Mapped[str]


class SearchChangeRow(Base):
    """A photo of which something changed that a search looks at, written by triggers; one row a photo.

    ``seq`` only rises: whoever read it up to one has all later changes in the rows above that.  No row is
    taken out, so that anyone may have read as little as they like.
    """

    __tablename__ = "search_change"
    seq: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(unique=True)

    __table_args__ = ({"sqlite_autoincrement": True},)


class CandidateRow(Base):
    """A caption that a model proposed, with its raw text; or one that was there before (``source``).

    Each with the scores of the retrieval model that looked at it, where one did.
    """

    __tablename__ = "candidate"
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    raw_text: Mapped[str]
    score: Mapped[float | None]
    source: Mapped[str] = mapped_column(server_default="model")
    itm: Mapped[float | None]
    itc: Mapped[float | None]
    margin: Mapped[float | None]
    sureness: Mapped[str | None]


class KeywordRow(Base):
    """A keyword as it was spelled; ``folded`` joins the spellings."""

    __tablename__ = "keyword"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    folded: Mapped[str] = mapped_column(index=True)


class PhotoKeywordRow(Base):
    """A keyword of a photo and who gave it.

    ``shown`` is set on the one row of each spelling that people see: the person's before the file's before
    the model's, none where the person took it off.
    """

    __tablename__ = "photo_keyword"
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True)
    keyword_id: Mapped[int] = mapped_column(ForeignKey("keyword.id"), primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(server_default=text("0"))
    shown: Mapped[bool] = mapped_column(server_default=text("1"))

    __table_args__ = (
        Index("ix_photo_keyword_shown", "shown", "keyword_id", "photo_id"),
        {"sqlite_with_rowid": False},
    )


class RemovedKeywordRow(Base):
    """A keyword that the person took off a photo: no run and no file brings it back."""

    __tablename__ = "removed_keyword"
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True)
    folded: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class QuestionRow(Base):
    """One turn of the chat with a photo; ``choices``: [[text, probability, likelihood], ...] where closed.

    ``pixel_hash`` is of the picture that was asked about, where it is known.  ``asked`` is the question as
    filters compare it (``folded_words``); triggers set ``is_last`` on the latest turn of each.
    """

    __tablename__ = "question"
    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), index=True)
    question: Mapped[str]
    answer: Mapped[str]
    model_key: Mapped[str]
    asked_at: Mapped[float]
    seconds: Mapped[float]
    stopped: Mapped[bool] = mapped_column(server_default=text("0"))
    choices: Mapped[str | None]
    turns_left_out: Mapped[int] = mapped_column(server_default=text("0"))
    is_new: Mapped[bool] = mapped_column(server_default=text("0"))
    pixel_hash: Mapped[str | None]
    asked: Mapped[str] = mapped_column(server_default="")
    is_last: Mapped[bool] = mapped_column(server_default=text("0"))

    __table_args__ = (
        Index("ix_question_said", "question", "answer", "photo_id"),
        Index(
            "ix_question_last",
            *("asked", "answer", "photo_id", "is_last"),
            sqlite_where=text("is_last = 1"),
        ),
    )


class JobRow(Base):
    """The durable queue, unique per photo, content and model key.

    States: ``queued``, ``claimed``, ``done``, ``failed``, ``parked`` (queued, but the photo is missing,
    offline or hidden), ``cancelled`` (not again before the next start).
    """

    __tablename__ = "job"
    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"))
    content_hash: Mapped[str]
    model_key: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    deaths: Mapped[int] = mapped_column(server_default=text("0"))
    forced: Mapped[bool] = mapped_column(server_default=text("0"))
    sort_time: Mapped[float]
    problem_kind: Mapped[str | None]
    problem_message: Mapped[str | None]
    problem_remedy: Mapped[str | None]

    __table_args__ = (
        UniqueConstraint("photo_id", "content_hash", "model_key"),
        Index("ix_job_state", "state", "model_key", "photo_id"),
        Index(
            "ix_job_claim",
            "model_key",
            text("(attempts > 0)"),
            text("sort_time DESC"),
            text("id DESC"),
            sqlite_where=text("state = 'queued'"),
        ),
        {"sqlite_autoincrement": True},
    )


class WriteRunRow(Base):
    """A stretch of writes that is taken back as one.  Its counters follow with each write that ends.

    Of an undo, ``embedded`` and ``sidecars`` count what was restored, ``kept`` what was left as it is.  Each
    write counts once: in ``taken_back`` (an undo that stands did so), else in ``pruned`` (its old bytes were
    given up), else in ``forgotten`` (with its photo); else it can be taken back.
    """

    __tablename__ = "write_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(server_default="write")
    target: Mapped[str]
    existing: Mapped[str] = mapped_column(server_default="skip")
    began_at: Mapped[float]
    ended_at: Mapped[float]
    embedded: Mapped[int] = mapped_column(server_default=text("0"))
    sidecars: Mapped[int] = mapped_column(server_default=text("0"))
    kept: Mapped[int] = mapped_column(server_default=text("0"))
    refused: Mapped[int] = mapped_column(server_default=text("0"))
    taken_back: Mapped[int] = mapped_column(server_default=text("0"))
    bytes_kept: Mapped[int] = mapped_column(server_default=text("0"))
    pruned: Mapped[int] = mapped_column(server_default=text("0"))
    forgotten: Mapped[int] = mapped_column(server_default=text("0"))
    note: Mapped[str] = mapped_column(server_default="")

    __table_args__ = ({"sqlite_autoincrement": True},)  # an id stands in files: none is used twice


class WriteRow(Base):
    """The journal of writes: enough to recognise our own writing and to take it back.

    ``source`` is that of ``after_text``.  ``parts`` is a JSON list of ``[offset, new length, old length]``:
    at each offset of the new file so many bytes took the place of so many of ``old_part`` (zlib), which holds
    the old bytes of all of them, one after the other; an old length of null is all there is.  With
    ``existed`` false there was no file; an ``after_sha256`` of "" is a sidecar that was taken away.  An undo
    (``kind``) is a write like any other: what it says of texts is what stands there again, and ``undoes`` is
    a JSON list of what it took back, newest first.  ``undone``: an undo that stands took it back.
    ``pruned``: the old bytes were given up for their age or size.  ``rating``: the stars of a person that it
    left over the file's own; null again once others had taken them off before us.  An ``outcome`` of
    ``abandoned`` did not happen; of ``unproven`` nobody can tell: it was cut, and its file has been changed
    since.
    """

    __tablename__ = "write"
    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(server_default="write")
    target: Mapped[str]
    target_path: Mapped[str] = mapped_column(PathType)
    planned_outcome: Mapped[str]
    before_text: Mapped[str | None]
    after_text: Mapped[str]
    source: Mapped[str] = mapped_column(server_default="model")
    keywords: Mapped[str]
    text_key: Mapped[str]
    rating: Mapped[int | None]
    existed: Mapped[bool]
    before_sha256: Mapped[str | None]
    after_sha256: Mapped[str]
    before_hash: Mapped[str | None]
    after_hash: Mapped[str]
    parts: Mapped[str] = mapped_column(server_default="[]")
    old_part: Mapped[bytes]
    began_at: Mapped[float]
    finished_at: Mapped[float | None]
    outcome: Mapped[str | None]
    by_setting: Mapped[bool] = mapped_column(server_default=text("0"))
    note: Mapped[str] = mapped_column(server_default="")
    undoes: Mapped[str] = mapped_column(server_default="[]")
    undone: Mapped[bool] = mapped_column(server_default=text("0"))
    pruned: Mapped[bool] = mapped_column(server_default=text("0"))

    __table_args__ = (
        Index("ix_write_open", "id", sqlite_where=text("finished_at IS NULL")),
        Index("ix_write_run", "run_id", "photo_id"),
        Index("ix_write_target", "target_path"),
        Index("ix_write_unpruned", "run_id", sqlite_where=text("pruned = 0")),
        {"sqlite_autoincrement": True},
    )
