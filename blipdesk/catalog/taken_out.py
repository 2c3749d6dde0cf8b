"""What a person took away or out of their files in other programs: it is not put back before they ask.

Its photo is settled as after an undo: written again where its text changes, or a person asks for it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, select, update

from blipdesk.catalog.database import AnyRow, Database, Transaction
from blipdesk.catalog.due import IN_STEP, UNDONE, WRITTEN, keys_of
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import PhotoRow, WriteRow
from blipdesk.catalog.text import fold
from blipdesk.domain.own_texts import is_among, leaf
from blipdesk.domain.values import FileFacts, Source, WriteTarget
from blipdesk.domain.wording import later
from blipdesk.domain.writes import RunKind, WriteOutcome

CAPTION_GONE = later(
    "The machine's caption was taken out by another program; it is written again where somebody asks for it."
)
SIDECAR_GONE = later("Its sidecar was taken away; it is made again where somebody asks for it.")


class TakenOut:
    """What a scan tells of files that do not hold any more what was written."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note_sidecars_gone(self, photo_ids: Sequence[int]) -> list[int]:
        """These photos have no sidecar; returns those whose caption stood in one until now."""

        def note(tx: Transaction) -> list[int]:
            stood = select(PhotoRow.id).where(
                PhotoRow.id.in_(among(photo_ids)), PhotoRow.written == WriteTarget.SIDECAR.value
            )
            gone = list(tx.connection.scalars(stood))
            settle_taken_out(tx, gone, SIDECAR_GONE)
            return gone

        return self._database.write(note) if photo_ids else []


def settle_taken_out(tx: Transaction, photo_ids: Sequence[int], note: str) -> None:
    """What was written for these photos stands nowhere, as a person wanted it."""
    if photo_ids:
        tx.connection.execute(
            update(PhotoRow)
            .where(PhotoRow.id.in_(among(photo_ids)))
            .values(
                settled_version=PhotoRow.text_version,
                settled_outcome=UNDONE,
                written=WriteTarget.NONE.value,
                write_note=note,
            )
        )
        tx.change.touch(photo_ids)


def note_taken_out(tx: Transaction, read: Mapping[int, tuple[str, FileFacts]]) -> None:
    """See whether our last writing stands in these photos' files; after what they say was stored.

    Another program's save makes a photo due, for what it may have dropped.  Where a machine's caption alone
    was written, what that program left is what the person wants there: a caption that stands in no field, or
    a keyword that stands in none, is not written again by itself.  What a person typed here is.

    Args:
        tx: in which that was stored.
        read: by photo the content of the file that was read, and what it says.
    """
    without: list[int] = []
    standing: dict[int, AnyRow] = {}
    for photo_id, row in _standing_writes(tx.connection, read).items():
        content, facts = read[photo_id]
        is_meant = row.user_caption is None and row.after_text == row.model_caption  # still, by now
        if row.source != Source.MODEL.value or not is_meant or not _is_newer(row, content, facts):
            continue
        said = {text for text in (facts.caption, *facts.other_captions) if text}
        ours = {
            text
            for text in (*said, facts.title, *facts.our_captions)
            if text and is_among(text, (row.after_text,))
        }
        if not ours:
            without.append(photo_id)
        elif said <= ours:
            standing[photo_id] = row
    settle_taken_out(tx, without, CAPTION_GONE)
    settled = _left_alone(tx.connection, standing, {photo_id: facts for photo_id, (_, facts) in read.items()})
    if settled:
        tx.connection.execute(
            update(PhotoRow)
            .where(PhotoRow.id.in_(among(settled)))
            .values(settled_version=PhotoRow.text_version)
        )


def _left_alone(
    connection: Connection, standing: Mapping[int, AnyRow], read: Mapping[int, FileFacts]
) -> list[int]:
    """Of the photos in which our caption stands those that want no other words than it was written with.

    A keyword that a person gave the photo here is wanted, and may be gone.
    """
    if not standing:
        return []
    keywords = visible_keywords(connection, list(standing))
    photos = connection.execute(select(PhotoRow.__table__).where(PhotoRow.id.in_(among(list(standing)))))
    left = []
    for photo in photos:
        facts, wanted = read[photo.id], keywords.get(photo.id, ())
        there = {form for name in (*facts.keywords, *facts.our_keywords) for form in _forms(name)}
        typed = (keyword.name for keyword in wanted if keyword.source is Source.USER)
        is_as_written = standing[photo.id].text_key in keys_of(photo, wanted)
        if is_as_written and not any(there.isdisjoint(_forms(name)) for name in typed):
            left.append(photo.id)
    return left


def _standing_writes(connection: Connection, photo_ids: Collection[int]) -> dict[int, AnyRow]:
    """The last write of each of these photos, where what it wrote counts as standing there."""
    columns = (
        *(WriteRow.photo_id, WriteRow.source, WriteRow.after_text, WriteRow.began_at, WriteRow.text_key),
        *(WriteRow.planned_outcome, WriteRow.after_hash, PhotoRow.content_hash, PhotoRow.user_caption),
        PhotoRow.model_caption,
    )
    rows = connection.execute(
        select(*columns)
        .join(PhotoRow, PhotoRow.id == WriteRow.photo_id)
        .where(
            WriteRow.photo_id.in_(among(list(photo_ids))),
            PhotoRow.written != WriteTarget.NONE.value,
            WriteRow.kind == RunKind.WRITE.value,
            WriteRow.outcome.in_(WRITTEN),
            WriteRow.undone.is_(False),
            WriteRow.text_key != IN_STEP,
        )
        .order_by(WriteRow.id)
    )
    return {row.photo_id: row for row in rows}


def _is_newer(row: AnyRow, content: str, facts: FileFacts) -> bool:
    """Whether what was read, and read to its end, is what another program left after our writing."""
    if facts.problem is not None or content != row.content_hash:
        return False
    if row.planned_outcome == WriteOutcome.EMBEDDED.value:
        return bool(content != row.after_hash)
    return facts.sidecar is not None and facts.sidecar.mtime_ns > row.began_at * 1e9


def _forms(keyword: str) -> tuple[str, str]:
    """A keyword as lists say it, and of a path the last level, as those without a hierarchy do."""
    return fold(keyword), fold(leaf(keyword))
