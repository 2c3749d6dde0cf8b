"""Which photos' files do not say what the catalog says, and what they are to say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select, text

from blipdesk.catalog.database import AnyRow, Database
from blipdesk.catalog.ids import among
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import PhotoRow, WriteRow
from blipdesk.catalog.text import clean, text_key
from blipdesk.domain.values import FileStamp, Keyword, Source, WriteTarget, effective_text
from blipdesk.domain.writes import ExistingText, PendingWrite, RunKind, WriteOutcome, WriteText

_PAGE = 5000
WRITTEN = {
    WriteOutcome.EMBEDDED.value: WriteTarget.EMBED.value,
    WriteOutcome.SIDECAR.value: WriteTarget.SIDECAR.value,
}
"""Where the text stands after a write that ended so."""
IN_STEP = ""
"""The ``text_key`` of a write into a sidecar that goes with one into its photo, and of an undo."""
UNPROVEN = "unproven"
"""The outcome of a write that was cut, and into whose file somebody else wrote before it was looked at.

It may have happened, so that it can be taken back as soon as its file holds what it was to leave.
"""
UNDONE = "undone"
"""The ``settled_outcome`` of a photo whose write was taken back."""
BY_SETTING = "by_setting"
"""That of a photo whose caption stands beside it because a setting keeps it out of files of its format."""

# A file that may be written now.  A machine's words have to be of the present content; where no words are
# left, ours are taken back; stars need no words; where file and catalog disagree, a person decides first.
_MAY_BE_WRITTEN = """
       photo.missing = 0 AND photo.hidden = 0 AND folder.state = 'online' AND photo.conflict = 0
   AND (photo.user_caption IS NOT NULL
        OR (photo.has_caption AND photo.captioned_hash IS photo.content_hash)
        OR (photo.has_caption = 0 AND (photo.written <> 'none' OR photo.user_rating IS NOT NULL)))
"""
_PHOTOS = """
SELECT photo.id AS id FROM photo INDEXED BY {index} JOIN folder ON folder.id = photo.folder_id
 WHERE photo.id > :after AND {due} {{scope}} AND {may}
"""
_FOR_OTHER = "photo.settled_target = :other AND photo.settled_outcome IS NOT 'undone'"
_IN_ORDER = " ORDER BY id LIMIT :limit"
# Two index scans in the order of ids: what changed since it was settled, and what was settled for the other
# target.  What a person took back waits until its text changes, or a person asks for it.
_PENDING = (
    _PHOTOS.format(
        index="ix_photo_unsettled", due="photo.settled_version IS NOT photo.text_version", may=_MAY_BE_WRITTEN
    )
    + " UNION "
    + _PHOTOS.format(index="ix_photo_settled", due=_FOR_OTHER, may=_MAY_BE_WRITTEN)
)
# What waits for a setting that is switched on now.
_NOW_EMBEDDED = " UNION " + _PHOTOS.format(
    index="ix_photo_by_setting", due=f"photo.settled_outcome = '{BY_SETTING}'", may=_MAY_BE_WRITTEN
)
_ASKED_FOR = """
SELECT photo.id FROM photo JOIN folder ON folder.id = photo.folder_id
 WHERE photo.id IN (SELECT value FROM json_each(:photos)) AND {may} ORDER BY photo.id
"""
# Each has an index of its own, as small as what is in it.
_SETTLED = {
    outcome: _PHOTOS.format(
        index=f"ix_photo_{outcome}", due=f"photo.settled_outcome = '{outcome}'", may=_MAY_BE_WRITTEN
    ).format(scope="")
    + _IN_ORDER
    for outcome in (WriteOutcome.KEPT.value, WriteOutcome.REFUSED.value, UNDONE)
}
# Where another choice than the one asked for stands beside a person's caption.
_OTHERWISE = """
SELECT photo.id AS id FROM photo JOIN folder ON folder.id = photo.folder_id
 WHERE photo.id > :after AND {may}
   AND photo.file_caption IS NOT NULL AND photo.user_caption IS NULL AND photo.model_caption IS NOT NULL
   AND (SELECT write_run.existing FROM write JOIN write_run ON write_run.id = write.run_id
         WHERE write.photo_id = photo.id AND write.undone = 0 AND write.kind = 'write'
           AND write.outcome IN ('embedded', 'sidecar') AND write_run.existing <> 'skip'
         ORDER BY write.id DESC LIMIT 1) <> :existing
"""


class Due:
    """What the write-back asks before it writes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending_writes(
        self,
        limit: int,
        target: WriteTarget,
        photo_ids: Sequence[int] | None = None,
        after_id: int = 0,
        existing: ExistingText = ExistingText.SKIP,
        embed_heif: bool = False,
    ) -> list[PendingWrite]:
        """Photos, by id, whose file does not yet say what the catalog says.

        One counts as settled when the last finished (or refused) write for this target had the present
        caption, keywords and content, or was taken back since.  A machine's caption of content that has
        changed since is not written; a person's is.  A blank caption takes back what a write put there.
        ``existing``: see :meth:`writes_of`.  ``embed_heif``: with those of which the last write for EMBED
        ended beside the photo for want of this alone.
        """
        with self._database.read() as connection:
            ids = _pending_ids(connection, target, embed_heif, limit, after_id, photo_ids)
            return _writes(connection, ids, target, existing)

    def writes_of(
        self, photo_ids: Sequence[int], target: WriteTarget, existing: ExistingText
    ) -> list[PendingWrite]:
        """What the files of these photos are to say, by id, pending or not, but what cannot be written.

        Args:
            photo_ids: the photos.
            target: where it is to stand.
            existing: with any other than SKIP, a machine's caption is given where the file's is what people
                see, and there is one.
        """
        with self._database.read() as connection:
            asked_for = text(_ASKED_FOR.format(may=_MAY_BE_WRITTEN))
            ids = connection.scalars(asked_for, {"photos": json.dumps(list(photo_ids))}).all()
            return _writes(connection, ids, target, existing)

    def pending_paths(self, target: WriteTarget, embed_heif: bool = False) -> Iterator[tuple[int, str]]:
        """Id and path of all that :meth:`pending_writes` gives, in its order; read a page at a time."""
        return self._paged(
            lambda connection, after: _pending_ids(connection, target, embed_heif, _PAGE, after)
        )

    def kept_paths(self) -> Iterator[tuple[int, str]]:
        """Id and path of the photos in which a person's caption was left alone, by id."""
        return self._settled_paths(WriteOutcome.KEPT.value)

    def chosen_otherwise_paths(self, existing: ExistingText) -> Iterator[tuple[int, str]]:
        """Id and path of the photos in which another choice beside a person's caption stands, by id."""
        statement = text(_OTHERWISE.format(may=_MAY_BE_WRITTEN) + _IN_ORDER)
        asked = {"existing": existing.value, "limit": _PAGE}
        return self._paged(
            lambda connection, after: connection.scalars(statement, asked | {"after": after}).all()
        )

    def refused_paths(self) -> Iterator[tuple[int, str]]:
        """Id and path of the photos that could not be written, by id."""
        return self._settled_paths(WriteOutcome.REFUSED.value)

    def undone_paths(self) -> Iterator[tuple[int, str]]:
        """Id and path of the photos whose write was taken back, by id."""
        return self._settled_paths(UNDONE)

    def _settled_paths(self, outcome: str) -> Iterator[tuple[int, str]]:
        statement = text(_SETTLED[outcome])
        return self._paged(
            lambda connection, after: connection.scalars(statement, {"after": after, "limit": _PAGE}).all()
        )

    def _paged(self, ids_after: Any) -> Iterator[tuple[int, str]]:
        after = 0
        while True:
            with self._database.read() as connection:
                ids = ids_after(connection, after)
                page = connection.execute(
                    select(PhotoRow.id, PhotoRow.path)
                    .where(PhotoRow.id.in_(among(ids)))
                    .order_by(PhotoRow.id)
                ).all()
            yield from ((row.id, row.path) for row in page)
            if len(ids) < _PAGE:
                return
            after = ids[-1]


def _pending_ids(
    connection: Connection,
    target: WriteTarget,
    embed_heif: bool,
    limit: int,
    after_id: int,
    photo_ids: Sequence[int] | None = None,
) -> Sequence[int]:
    if target is WriteTarget.NONE:
        return []
    other = WriteTarget.SIDECAR if target is WriteTarget.EMBED else WriteTarget.EMBED
    values = {"after": after_id, "limit": limit, "other": other.value}
    scope = ""
    if photo_ids is not None:
        scope = "AND photo.id IN (SELECT value FROM json_each(:photos))"
        values["photos"] = json.dumps(list(photo_ids))
    pending = _PENDING + _NOW_EMBEDDED if embed_heif and target is WriteTarget.EMBED else _PENDING
    return connection.scalars(text(pending.format(scope=scope) + _IN_ORDER), values).all()


def _writes(
    connection: Connection, ids: Sequence[int], target: WriteTarget, existing: ExistingText
) -> list[PendingWrite]:
    rows = connection.execute(
        select(PhotoRow.__table__).where(PhotoRow.id.in_(among(ids))).order_by(PhotoRow.id)
    ).all()
    keywords = visible_keywords(connection, ids)
    written = _written_before(connection, ids, target)
    return [
        PendingWrite(
            photo_id=row.id,
            path=row.path,
            content_hash=row.content_hash,
            stamp=FileStamp(row.size, row.mtime_ns, row.inode),
            text=_with_written(write_text(row, keywords.get(row.id, ()), existing), row, written.get(row.id)),
        )
        for row in rows
    ]


def write_text(
    row: AnyRow, keywords: Sequence[Keyword], existing: ExistingText = ExistingText.SKIP
) -> WriteText:
    """What a photo's file is to say."""
    beside = existing is not ExistingText.SKIP and row.captioned_hash == row.content_hash
    file_caption = None if beside and row.model_caption else row.file_caption
    caption, source = effective_text(row.user_caption, file_caption, row.model_caption)
    is_model = source is Source.MODEL
    return WriteText(
        caption=caption or "",
        source=source or Source.MODEL,
        keywords=tuple(keyword.name for keyword in keywords),
        model_key=(row.model_key or "") if is_model else "",
        user_keywords=tuple(keyword.name for keyword in keywords if keyword.source is Source.USER),
        made_at=row.captioned_at if is_model else None,
        rating=row.user_rating,
        file_rating=row.rating,
    )


def key_of(text: WriteText) -> str:
    """What tells whether a file says the same still."""
    return text_key(clean(text.caption), text.source.value, text.keywords, text.user_keywords, text.rating)


def keys_of(row: AnyRow, keywords: Sequence[Keyword]) -> set[str]:
    """The keys of all that a photo's file may be given now, whatever is done beside a person's caption."""
    return {
        key_of(write_text(row, keywords, existing)) for existing in (ExistingText.SKIP, ExistingText.APPEND)
    }


def known_captions(photo: AnyRow) -> tuple[str, ...]:
    """The captions of people that the catalog knows to stand in a photo's file or beside it."""
    first = () if photo.file_caption is None else (photo.file_caption,)
    return (*first, *json.loads(photo.other_captions or "[]"))


def _with_written(text: WriteText, photo: AnyRow, written: Mapping[str, Any] | None) -> WriteText:
    text = replace(text, **(written or {}))
    return replace(text, known=(*known_captions(photo), *text.known), both_stay=photo.both_stay)


def _written_before(
    connection: Connection, photo_ids: Sequence[int], target: WriteTarget
) -> dict[int, dict[str, Any]]:
    """What earlier writes put there, as the fields of a WriteText that say so."""
    rows = connection.execute(
        select(
            WriteRow.photo_id,
            WriteRow.target,
            WriteRow.source,
            WriteRow.after_text,
            WriteRow.keywords,
            WriteRow.undone,
            WriteRow.outcome,
            WriteRow.text_key,
            WriteRow.rating,
        )
        .where(
            WriteRow.photo_id.in_(among(photo_ids)),
            WriteRow.kind == RunKind.WRITE.value,
            WriteRow.outcome.in_((*WRITTEN, UNPROVEN)),
        )
        .order_by(WriteRow.id)
    )
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        fields = found.setdefault(row.photo_id, {"machines": (), "typed": (), "known": ()})
        whose = {Source.MODEL.value: "machines", Source.USER.value: "typed"}.get(row.source)
        for name in ("known", *([whose] if whose else [])) if row.after_text else ():
            fields[name] = tuple(dict.fromkeys((*fields[name], row.after_text)))
        fields["is_rated_here"] = fields.get("is_rated_here", False) or row.rating is not None
        if not row.undone and row.outcome in WRITTEN:
            fields["wrote_rating"] = row.rating
        if row.text_key == IN_STEP:
            continue
        if row.target == target.value and not row.undone and row.outcome in WRITTEN:
            fields["replaces"] = row.after_text if row.source == Source.USER.value else None
            fields["replaces_keywords"] = tuple(json.loads(row.keywords))
    return found
