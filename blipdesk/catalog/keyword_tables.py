"""The tables of what a person decided about keywords for the whole library."""

from __future__ import annotations

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from blipdesk.catalog.tables import Base


class KeywordRuleRow(Base):
    """What a person decided about a keyword, in all its spellings, for the whole library.

    ``becomes``: it was renamed, or merged into another: what models and files call so is called that.
    ``hidden``: it is not offered and not shown first; photos keep it.
    """

    __tablename__ = "keyword_rule"
    folded: Mapped[str] = mapped_column(primary_key=True)
    becomes: Mapped[str | None]
    hidden: Mapped[bool] = mapped_column(server_default=text("0"))

    __table_args__ = ({"sqlite_with_rowid": False},)


class KeywordEditRow(Base):
    """A renaming or merging: what became what, the rules before (JSON), whether all photos have followed."""

    __tablename__ = "keyword_edit"
    id: Mapped[int] = mapped_column(primary_key=True)
    folded: Mapped[str]
    becomes: Mapped[str]
    rules: Mapped[str]
    is_done: Mapped[bool] = mapped_column(server_default=text("0"))

    __table_args__ = ({"sqlite_autoincrement": True},)  # who undoes one means that one


class KeywordEditPhotoRow(Base):
    """What a photo had of both keywords before and after such an edit, as JSON."""

    __tablename__ = "keyword_edit_photo"
    edit_id: Mapped[int] = mapped_column(ForeignKey("keyword_edit.id", ondelete="CASCADE"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(
        ForeignKey("photo.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    before: Mapped[str]
    after: Mapped[str]

    __table_args__ = ({"sqlite_with_rowid": False},)
