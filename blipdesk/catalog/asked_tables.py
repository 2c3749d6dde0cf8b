"""The tables of questions that are put to many photos.  Rows never leave this package."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from blipdesk.catalog.tables import Base


class AskedRunRow(Base):
    """A question for many photos; ``choices``: a JSON list of the only answers that it allows."""

    __tablename__ = "asked_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    choices: Mapped[str | None]
    scope: Mapped[str] = mapped_column(server_default="")
    model: Mapped[str] = mapped_column(server_default="")
    again: Mapped[bool] = mapped_column(server_default=text("0"))
    state: Mapped[str] = mapped_column(server_default="open")
    note: Mapped[str] = mapped_column(server_default="")
    began_at: Mapped[float]
    ended_at: Mapped[float | None]

    __table_args__ = ({"sqlite_autoincrement": True},)  # a list on the screen may name one that is gone


class AskedPhotoRow(Base):
    """A photo of a run, by its place in it; ``question_id`` is the turn that has the answer.

    A row waits until its answer is committed with it, so that an end at any moment loses none.
    """

    __tablename__ = "asked_photo"
    run_id: Mapped[int] = mapped_column(ForeignKey("asked_run.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(server_default="waiting")
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id", ondelete="SET NULL"))
    problem_kind: Mapped[str | None]
    problem_message: Mapped[str | None]
    problem_remedy: Mapped[str | None]

    __table_args__ = (
        Index("ix_asked_photo_state", "run_id", "state", "place"),
        Index("ix_asked_photo_turn", "question_id", sqlite_where=text("question_id IS NOT NULL")),
        {"sqlite_with_rowid": False},
    )
