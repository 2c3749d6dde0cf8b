"""The tables of the undo stack of a person's edits."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from blipdesk.catalog.tables import Base


class EditRow(Base):
    """The undo stack: what a photo had before an edit, as JSON.

    An edit of many photos has no ``photo_id``: each of them has a row of its own (``EditPhotoRow``).
    """

    __tablename__ = "edit"
    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    before: Mapped[str]
    edited_at: Mapped[float]


class EditPhotoRow(Base):
    """One photo of an edit of many, and what it had before.

    Of stars those that a person had given it (``user_rating``); of keywords which of the states in the edit's
    own ``before``, of which there are few.
    """

    __tablename__ = "edit_photo"
    edit_id: Mapped[int] = mapped_column(ForeignKey("edit.id", ondelete="CASCADE"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(
        ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    before: Mapped[int | None]

    __table_args__ = ({"sqlite_with_rowid": False},)
