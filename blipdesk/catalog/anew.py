"""A model's caption that a person wants made anew: asked for, stopped, and the one before brought back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from blipdesk.catalog.candidates import drop_replaced
from blipdesk.catalog.carry import came_of_own_writes
from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.edit_tables import EditRow
from blipdesk.catalog.keyword_given import replace_keywords
from blipdesk.catalog.keywords import settle_keywords
from blipdesk.catalog.parking import AFRESH, in_state
from blipdesk.catalog.queue import force
from blipdesk.catalog.schema import CandidateRow, JobRow, KeywordRow, PhotoKeywordRow, PhotoRow
from blipdesk.catalog.searchtext import texts_changed
from blipdesk.catalog.undo_stack import remember
from blipdesk.domain.errors import UsageError
from blipdesk.domain.values import Source
from blipdesk.domain.wording import later

ANEW = "anew"
"""The kind of these edits on the undo stack."""
_SAID = ("model_caption", "model_key", "captioned_at", "captioned_hash", "options", "sureness", "reviewed")
"""What is known of a model's caption, in the photo's row."""
_OF_MODEL = PhotoKeywordRow.source == Source.MODEL.value


class Anew:
    """Has one photo captioned anew, as an edit that can be taken back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def caption_anew(self, photo_id: int) -> None:
        """Queue a photo although it has a caption; an edit that brings back what the model said before.

        Raises:
            UsageError: there is no such photo.
        """

        def ask(tx: Transaction) -> None:
            photo = _photo(tx.connection, photo_id)
            if photo is None:
                raise UsageError(
                    later("This photo is not in the catalog (any more)."), later("Scan its folder again.")
                )
            remember(tx.connection, photo_id, ANEW, _said(tx.connection, photo))
            force(tx, [photo_id], _model_key(tx.connection, photo))

        self._database.write(ask)

    def stop_anew(self, photo_id: int, captioned_at: float | None) -> bool:
        """Let a photo keep what it has, though it was to be captioned anew.

        Args:
            photo_id: the photo.
            captioned_at: when the caption was made that is to stay; one that came since was not waited for.

        Returns:
            Whether there is an edit fewer to take back.
        """

        def stop(tx: Transaction) -> bool:
            _stop(tx, photo_id)
            asked = select(EditRow.id, EditRow.before).where(
                EditRow.photo_id == photo_id, EditRow.kind == ANEW
            )
            for edit in tx.connection.execute(asked.order_by(EditRow.id.desc())).all():
                before = json.loads(edit.before)
                if before["captioned_at"] == captioned_at:
                    restore_caption(tx, photo_id, before)
                    tx.connection.execute(delete(EditRow).where(EditRow.id == edit.id))
                    return True
            return False

        return self._database.write(stop)


def restore_caption(tx: Transaction, photo_id: int, before: Mapping[str, Any]) -> int | None:
    """Bring back what the model said of a photo; None where the photo has another content by now."""
    photo = _photo(tx.connection, photo_id)
    if photo is None or not came_of_own_writes(
        tx.connection, photo_id, before["content_hash"], photo.content_hash
    ):
        return None
    _stop(tx, photo_id)
    if photo.captioned_at != before["captioned_at"]:
        said = {name: before[name] for name in _SAID}
        if before["captioned_hash"] == before["content_hash"]:  # our own writes may have changed the bytes
            said["captioned_hash"] = photo.content_hash
        tx.connection.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(**said))
        replace_keywords(tx.connection, Source.MODEL, {photo_id: before["keywords"]})
        tx.connection.execute(delete(CandidateRow).where(CandidateRow.photo_id == photo_id))
        if before["candidates"]:
            tx.connection.execute(insert(CandidateRow), before["candidates"])
        drop_replaced(tx.connection, [photo_id])
        settle_keywords(tx.connection, [photo_id])
        texts_changed(tx, [photo_id])
        tx.change.keywords = True
    return photo_id


def _photo(connection: Connection, photo_id: int) -> AnyRow | None:
    return connection.execute(select(PhotoRow.__table__).where(PhotoRow.id == photo_id)).first()


def _said(connection: Connection, photo: AnyRow) -> dict[str, Any]:
    keywords = (
        select(KeywordRow.name)
        .join(PhotoKeywordRow, PhotoKeywordRow.keyword_id == KeywordRow.id)
        .where(PhotoKeywordRow.photo_id == photo.id, _OF_MODEL)
        .order_by(PhotoKeywordRow.position)
    )
    candidates = select(CandidateRow.__table__).where(CandidateRow.photo_id == photo.id)
    return {
        **{name: getattr(photo, name) for name in (*_SAID, "content_hash")},
        "keywords": connection.scalars(keywords).all(),
        "candidates": [dict(row._mapping) for row in connection.execute(candidates)],
    }


def _model_key(connection: Connection, photo: AnyRow) -> str:
    """Of the model that had to do with this content last; the queue gives it to the one in use."""
    newest = select(JobRow.model_key).where(
        JobRow.photo_id == photo.id, JobRow.content_hash == photo.content_hash
    )
    return connection.scalar(newest.order_by(JobRow.id.desc()).limit(1)) or photo.model_key or ""


def _stop(tx: Transaction, photo_id: int) -> None:
    """Take a person's wish back: what was captioned before keeps that, also if it is being captioned now."""
    captioned = select(PhotoRow.id).where(
        PhotoRow.id == JobRow.photo_id, PhotoRow.captioned_hash == JobRow.content_hash
    )
    wishes = update(JobRow).where(JobRow.photo_id == photo_id, JobRow.forced)
    waiting = in_state("queued", "parked", "claimed", "failed")
    tx.connection.execute(wishes.where(waiting, captioned.exists()).values(state="done", **AFRESH))
    tx.connection.execute(wishes.values(forced=False))
    tx.change.touch([photo_id])
