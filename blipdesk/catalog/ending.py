"""Writes and undos that ended: what becomes of the journal's rows and of the photos, many in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from blipdesk.catalog.carry import carry_content
from blipdesk.catalog.database import AnyRow, Transaction
from blipdesk.catalog.due import BY_SETTING, IN_STEP, UNPROVEN, WRITTEN, key_of, keys_of
from blipdesk.catalog.file_words import store_captions
from blipdesk.catalog.ids import among
from blipdesk.catalog.intake import stamp_values
from blipdesk.catalog.keywords import visible_keywords
from blipdesk.catalog.schema import PhotoRow, WriteRow, WriteRunRow
from blipdesk.catalog.text import clean, now
from blipdesk.catalog.undone import finish_undos
from blipdesk.domain.values import SeenFile, WriteTarget
from blipdesk.domain.writes import RunKind, WriteOutcome, WriteText

_PHOTO, _WRITE = PhotoRow.__table__, WriteRow.__table__
_END = (
    update(WriteRow)
    .where(WriteRow.id == bindparam("write_id"))
    .values(finished_at=bindparam("at"), outcome=bindparam("ended"), note=bindparam("said"))
)
_ABANDON = _END.values(old_part=b"", pruned=True)
_OF_PHOTO = update(PhotoRow).where(PhotoRow.id == bindparam("photo_id"))
_NOTE = _OF_PHOTO.values(write_note=bindparam("said"))
_FILE = _OF_PHOTO.values(
    {name: bindparam(f"new_{name}") for name in ("content_hash", "size", "mtime_ns", "inode")}
)
_SETTLED = ("write_note", "written", "settled_version", "settled_target", "settled_outcome")
_UNSETTLE = _OF_PHOTO.values(settled_version=None, write_note=bindparam("said"))
_SETTLE = _OF_PHOTO.values({name: bindparam(f"new_{name}") for name in _SETTLED})


@dataclass(frozen=True, slots=True)
class WriteEnd:
    """How a begun write or undo ended.

    ``outcome`` None: it did not happen (disk full, changed meanwhile), and the photo stays pending.
    ``new_file`` is what the photo's file is now; None: it was not touched, or nobody can tell.
    ``proven`` False: its file holds neither what was there before nor what was to be, so that nobody can tell
    whether it happened; the photo stays pending and the old bytes are kept.
    """

    write_id: int
    outcome: WriteOutcome | None
    note: str = ""
    new_file: SeenFile | None = None
    proven: bool = True


@dataclass(frozen=True, slots=True)
class WriteNote:
    """A photo that is settled without touching its file: unchanged, kept or refused, and why.

    ``by_setting`` and ``news``: see :class:`~blipdesk.domain.writes.WritePlan`.
    """

    photo_id: int
    outcome: WriteOutcome
    note: str
    text: WriteText
    target: WriteTarget
    by_setting: bool = False
    news: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Settled:
    """What was done for a photo: the text of which key, for which target."""

    photo_id: int
    outcome: WriteOutcome
    note: str
    key: str
    target: WriteTarget
    by_setting: bool


def end_writes(tx: Transaction, ends: Sequence[WriteEnd], notes: Sequence[WriteNote]) -> None:
    """Note how these writes ended: of a photo one, and one into the sidecar that goes with it."""
    rows = _rows(tx.connection, [end.write_id for end in ends])
    # A scan that found the photo elsewhere may have ended its write meanwhile.
    known = [(e, row) for e in ends if (row := rows.get(e.write_id)) is not None and row.finished_at is None]
    done = [(end, row, end.outcome) for end, row in known if end.outcome is not None]
    _abandon(tx, [(end, row) for end, row in known if end.outcome is None])
    _count(tx.connection, [(row, None) for end, row in known if not end.proven])
    _execute(tx.connection, _END, [_ended(end, outcome.value) for end, _, outcome in done])
    _count(tx.connection, [(row, outcome) for _, row, outcome in done])
    _take_over(tx.connection, [(end, row) for end, row, _ in done])
    settled = [_Settled(n.photo_id, n.outcome, n.note, key_of(n.text), n.target, n.by_setting) for n in notes]
    for end, row, outcome in done:
        if row.kind != RunKind.UNDO.value and row.text_key != IN_STEP:
            target = WriteTarget(row.target)
            by_setting = bool(row.by_setting)
            settled.append(_Settled(row.photo_id, outcome, end.note, row.text_key, target, by_setting))
    finish_undos(tx, [(row.id, end.note) for end, row, _ in done if row.kind == RunKind.UNDO.value])
    _settle(tx, settled)
    _forget_stars(tx.connection, notes)
    _unsettle(tx.connection, [(end, row) for end, row in known if end.outcome is None])
    store_captions(tx, {note.photo_id: note.news for note in notes if note.news})


def _forget_stars(connection: Connection, notes: Iterable[WriteNote]) -> None:
    """Stars that nobody wants any more and that there was nothing to take off of: others have done it.

    Such as come later are theirs.
    """
    ids = [
        note.photo_id
        for note in notes
        if note.outcome in (WriteOutcome.UNCHANGED, WriteOutcome.KEPT)
        and (note.text.rating, note.news) == (None, ())
        and note.text.wrote_rating is not None
    ]
    gone = (WriteRow.photo_id.in_(among(ids)), WriteRow.undone.is_(False), WriteRow.rating.is_not(None))
    if ids:
        connection.execute(update(WriteRow).where(*gone).values(rating=None))


def _unsettle(connection: Connection, failed: Iterable[tuple[WriteEnd, AnyRow]]) -> None:
    """A photo is due as long as its older sidecar is not in step with it, be it settled itself."""
    late = (one for one in failed if one[1].kind != RunKind.UNDO.value and one[1].text_key == IN_STEP)
    values = [{"photo_id": row.photo_id, "said": clean(end.note)} for end, row in late]
    _execute(connection, _UNSETTLE, values)


def _execute(connection: Connection, statement: Any, values: Sequence[Mapping[str, Any]]) -> None:
    if values:
        connection.execute(statement, values)


def _rows(connection: Connection, write_ids: Sequence[int]) -> dict[int, AnyRow]:
    """All but their old bytes, of which the size alone is asked for."""
    columns = [column for column in _WRITE.c if column.name != "old_part"]
    size = func.length(_WRITE.c.old_part).label("kept_bytes")
    found = connection.execute(select(*columns, size).where(_WRITE.c.id.in_(among(write_ids))))
    return {row.id: row for row in found}


def _ended(end: WriteEnd, ended: str) -> dict[str, Any]:
    return {"write_id": end.write_id, "at": now(), "ended": ended, "said": clean(end.note)}


def _abandon(tx: Transaction, ends: Sequence[tuple[WriteEnd, AnyRow]]) -> None:
    for statement, ended, proven in ((_ABANDON, "abandoned", True), (_END, UNPROVEN, False)):
        _execute(tx.connection, statement, [_ended(end, ended) for end, _ in ends if end.proven is proven])
    notes = [{"photo_id": row.photo_id, "said": clean(end.note)} for end, row in ends]
    _execute(tx.connection, _NOTE, notes)
    tx.change.touch(row.photo_id for _, row in ends)


def _count(connection: Connection, done: Iterable[tuple[AnyRow, WriteOutcome | None]]) -> None:
    """The run of a write that ended counts it, and what is kept of it."""
    counts: dict[int | None, list[int]] = {}
    for row, outcome in done:
        count = counts.setdefault(row.run_id, [0, 0, 0])
        count[0] += outcome is WriteOutcome.EMBEDDED
        count[1] += outcome is WriteOutcome.SIDECAR
        count[2] += row.kept_bytes
    for run_id, (embedded, sidecars, kept) in counts.items():
        connection.execute(
            update(WriteRunRow)
            .where(WriteRunRow.id == run_id)
            .values(
                embedded=WriteRunRow.embedded + embedded,
                sidecars=WriteRunRow.sidecars + sidecars,
                bytes_kept=WriteRunRow.bytes_kept + kept,
                ended_at=now(),
            )
        )


def _take_over(connection: Connection, done: Iterable[tuple[WriteEnd, AnyRow]]) -> None:
    """The photos' files are what we made of them (a sidecar is not the photo's file)."""
    embedded = [(end, row) for end, row in done if row.planned_outcome == WriteOutcome.EMBEDDED.value]
    ids = [row.photo_id for _, row in embedded]
    columns = (
        _PHOTO.c.id,
        *(_PHOTO.c[name] for name in ("path", "content_hash", "size", "mtime_ns", "inode")),
    )
    photos = {row.id: row for row in connection.execute(select(*columns).where(_PHOTO.c.id.in_(among(ids))))}
    taken = []
    for end, row in embedded:
        photo = photos.get(row.photo_id)
        if photo is None:
            continue
        stamp = {"size": photo.size, "mtime_ns": photo.mtime_ns, "inode": photo.inode}
        if end.new_file is not None and end.new_file.path == photo.path:
            new_hash, stamp = end.new_file.content_hash, stamp_values(end.new_file.stamp)
        elif end.outcome is WriteOutcome.EMBEDDED:
            new_hash = row.after_hash
        else:
            continue
        if new_hash == row.after_hash and photo.content_hash in (row.before_hash, row.after_hash):
            taken.append((photo, new_hash, stamp))
    carry_content(connection, [(photo.id, photo.content_hash, new) for photo, new, _ in taken])
    files = [
        {"photo_id": photo.id, "new_content_hash": new, **{f"new_{name}": n for name, n in stamp.items()}}
        for photo, new, stamp in taken
    ]
    _execute(connection, _FILE, files)


def _settle(tx: Transaction, settled: Sequence[_Settled]) -> None:
    ids = [one.photo_id for one in settled]
    found = tx.connection.execute(select(_PHOTO).where(_PHOTO.c.id.in_(among(ids))))
    photos = {row.id: row for row in found}
    keywords = visible_keywords(tx.connection, ids)
    values = []
    for one in settled:
        photo = photos.get(one.photo_id)
        if photo is not None:
            changed = _of_photo(
                photo, one, key_still_said=one.key in keys_of(photo, keywords.get(photo.id, ()))
            )
            values.append({"photo_id": photo.id, **{f"new_{name}": changed[name] for name in _SETTLED}})
    _execute(tx.connection, _SETTLE, values)
    tx.change.touch(photos)


def _of_photo(photo: AnyRow, one: _Settled, key_still_said: bool) -> dict[str, Any]:
    """The photo's columns of ``_SETTLED``; one that was edited meanwhile stays pending."""
    values = {name: getattr(photo, name) for name in _SETTLED} | {"write_note": clean(one.note)}
    if one.outcome.value in WRITTEN:
        values["written"] = WRITTEN[one.outcome.value]
    elif one.outcome is WriteOutcome.UNCHANGED and photo.written == WriteTarget.NONE.value:
        values["written"] = one.target.value
    if key_still_said:
        values["settled_version"] = photo.text_version
        stands = one.by_setting and one.outcome in (WriteOutcome.SIDECAR, WriteOutcome.UNCHANGED)
        values["settled_target"] = one.target.value
        values["settled_outcome"] = BY_SETTING if stands else one.outcome.value
    return values
