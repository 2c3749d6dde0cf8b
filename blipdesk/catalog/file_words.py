"""People's words in photos' files, told from our own, and where they dispute a caption typed here.

Of a file's captions all are kept: the first is the one that people see, and none of them is written over that
the catalog does not know.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, update

from blipdesk.catalog.candidates import drop_replaced
from blipdesk.catalog.database import AnyRow, Transaction
from blipdesk.catalog.due import UNPROVEN, WRITTEN, known_captions
from blipdesk.catalog.ids import among
from blipdesk.catalog.looked_at import IS_HALF_READ
from blipdesk.catalog.schema import KeywordRow, PhotoKeywordRow, PhotoRow, WriteRow
from blipdesk.catalog.searchtext import refresh_search
from blipdesk.catalog.text import clean, clean_or_none, fold
from blipdesk.domain.own_texts import is_among, leaf
from blipdesk.domain.values import FileFacts, Source

_COLUMNS = (
    PhotoRow.id,
    PhotoRow.mtime_ns,
    PhotoRow.user_caption,
    PhotoRow.file_caption,
    PhotoRow.other_captions,
    IS_HALF_READ.label("is_half_read"),
    PhotoRow.conflict,
    PhotoRow.rating,
    PhotoRow.user_rating,
)


@dataclass(slots=True)
class OwnWords:
    """What we wrote into a photo's file and beside it.

    Attributes:
        edits: captions that were typed here, or the machine's behind a person's.
        texts: all captions.
        keywords: folded.
    """

    edits: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    keywords: set[str] = field(default_factory=set)


def known_words(connection: Connection, photo_ids: Sequence[int]) -> Mapping[int, AnyRow]:
    """What is known of these photos' words before their files are read anew."""
    rows = connection.execute(select(*_COLUMNS).where(PhotoRow.id.in_(among(photo_ids))))
    return {row.id: row for row in rows}


def own_words(connection: Connection, photo: AnyRow, facts: FileFacts) -> OwnWords:
    """What we wrote into this photo's file, but for what had stood there before."""
    own = OwnWords()
    if not (facts.caption or facts.other_captions or facts.keywords or clean_or_none(facts.title)):
        return own
    rows = connection.execute(
        select(WriteRow.source, WriteRow.after_text, WriteRow.keywords).where(
            WriteRow.photo_id == photo.id, WriteRow.outcome.in_((*WRITTEN, UNPROVEN, "unchanged"))
        )
    ).all()
    for row in rows:
        own.texts.add(row.after_text.strip())
        if row.source != Source.MODEL.value:
            own.edits.add(row.after_text.strip())
        for keyword in json.loads(row.keywords):  # lists without a hierarchy have a path's last level
            own.keywords.update((fold(keyword), fold(leaf(keyword))))
    if rows:  # what stood in the file before we wrote is still the person's
        own.texts.difference_update(caption.strip() for caption in known_captions(photo))
        own.keywords.difference_update(
            connection.scalars(
                select(KeywordRow.folded)
                .join(PhotoKeywordRow, PhotoKeywordRow.keyword_id == KeywordRow.id)
                .where(PhotoKeywordRow.photo_id == photo.id, PhotoKeywordRow.source == Source.FILE.value)
            )
        )
    return own


def persons_title(own: OwnWords, facts: FileFacts) -> str | None:
    """The file's title, unless it is ours: of a caption that is not ASCII, for Explorer."""
    title = clean_or_none(facts.title)
    return None if title is not None and is_among(title, own.texts) else title


def persons_keywords(own: OwnWords, facts: FileFacts) -> list[str]:
    """The file's keywords but those of our own writing."""
    return [keyword for keyword in facts.keywords if fold(keyword) not in own.keywords]


def caption_columns(photo: AnyRow, own: OwnWords, captions: Iterable[str | None]) -> dict[str, Any]:
    """The columns that say what people's captions stand in a file, and whether one disputes that typed here.

    What an edit of ours stands over is kept: taking the edit back puts it into the file again.  Beside a
    caption typed here comes first what is new, which is what the person is asked about; of a photo of which
    an earlier version kept one caption alone nobody knows, and the first is the file's.
    """
    read = [clean(caption) for caption in captions if caption]
    known = known_captions(photo)
    theirs = [caption for caption in read if not is_among(caption, own.texts)]
    if read and is_among(read[0], own.edits):
        # Only an edit is written over a person's words; where the machine's stand, theirs are gone.
        theirs += [caption for caption in known if not is_among(caption, theirs)]
    mine = photo.user_caption
    if mine is not None and photo.other_captions is not None:
        theirs.sort(key=lambda caption: known.index(caption) if caption in known else -1)
    return {
        "file_caption": theirs[0] if theirs else None,
        "other_captions": json.dumps(theirs[1:]),
        "conflict": mine is not None and _is_disputed(photo, mine, theirs),
    }


def _is_disputed(photo: AnyRow, mine: str, theirs: Sequence[str]) -> bool:
    """Whether the file says what was not known when the person's caption was typed, and is not that one."""
    others = [caption for caption in theirs if not is_among(caption, (mine,))]
    if photo.is_half_read:
        others = others[:1]  # of more an earlier version did not keep: what it had seen is nothing new
    known = known_captions(photo)
    return bool(others) and (photo.conflict or any(not is_among(caption, known) for caption in others))


def store_captions(tx: Transaction, found: Mapping[int, Sequence[str]]) -> None:
    """Store what captions were met in these photos' files when they were to be written, or one was typed."""
    if not found:
        return
    photos = known_words(tx.connection, list(found))
    for photo_id, photo in photos.items():
        own = own_words(tx.connection, photo, FileFacts(other_captions=tuple(found[photo_id])))
        columns = caption_columns(photo, own, found[photo_id])
        if columns["file_caption"] != photo.file_caption:
            columns["text_version"] = PhotoRow.text_version + 1
        tx.connection.execute(update(PhotoRow).where(PhotoRow.id == photo_id).values(**columns))
    if photos:
        drop_replaced(tx.connection, list(photos))
        refresh_search(tx.connection, list(photos))
        tx.change.touch(photos)
