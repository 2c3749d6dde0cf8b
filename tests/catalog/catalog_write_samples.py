"""One photo whose file is written and taken back, and what the tests of that are made of."""

from __future__ import annotations

from blipdesk.catalog import BegunUndo, Catalog, UndoPlace, WriteNote, write_entry
from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.values import FileStamp, SeenFile, WriteTarget
from blipdesk.domain.writes import (
    PendingWrite,
    RunKind,
    UndoOutcome,
    UndoSelection,
    WriteOutcome,
    WritePlan,
    WriteText,
)

OLD = b"\xff\xd8" + bytes(range(256)) * 300
NEW = b"\xff\xd8" + b"a caption" + bytes(range(256)) * 300
NEWER = NEW + b" and another"
PATH = "/photos/a.jpg"


def file_of(content: bytes, mtime: int = 1000) -> SeenFile:
    return SeenFile(PATH, FileStamp(len(content), mtime * 10**9, 1), content_hash_of(content))


def take_in(catalog: Catalog) -> int:
    (photo_id,) = catalog.register(catalog.add_folder("/photos").id, [file_of(OLD)])
    return photo_id


def pending(catalog: Catalog, target: WriteTarget = WriteTarget.EMBED) -> list[PendingWrite]:
    found = catalog.pending_writes(100, target)
    assert list(catalog.pending_paths(target)) == [(due.photo_id, due.path) for due in found]
    return found


def plan_of(due: PendingWrite, old: bytes | None = OLD, new: bytes = NEW) -> WritePlan:
    """Write into the photo, or, with no old bytes, into a new sidecar."""
    embed = old is not None
    return WritePlan(
        photo_path=due.path,
        target_path=due.path if embed else f"{due.path}.xmp",
        outcome=WriteOutcome.EMBEDDED if embed else WriteOutcome.SIDECAR,
        note="" if embed else "This format cannot be written without loss.",
        before=None,
        after=due.text.caption,
        old=old,
        new=new,
        stamp=None,
    )


def begin_write(
    catalog: Catalog, due: PendingWrite, plan: WritePlan, target: WriteTarget, run_id: int | None = None
) -> int:
    """Journal one write; returns its id."""
    (begun,) = catalog.begin_writes([write_entry(due, plan, target, run_id)])
    assert begun is not None
    return begun.write_id


def note_write(
    catalog: Catalog, photo_id: int, outcome: WriteOutcome, note: str, text: WriteText, target: WriteTarget
) -> None:
    """Settle a photo without touching its file."""
    catalog.end_writes([], [WriteNote(photo_id, outcome, note, text, target)])


def begin(catalog: Catalog, due: PendingWrite, old: bytes = OLD, new: bytes = NEW) -> int:
    """Journal that the photo's file is being written; returns the id of the write."""
    return begin_write(catalog, due, plan_of(due, old, new), WriteTarget.EMBED)


def finish(catalog: Catalog, write_id: int, new: bytes = NEW, mtime: int = 2000) -> None:
    catalog.finish_write(write_id, WriteOutcome.EMBEDDED, "", file_of(new, mtime))


def embed(catalog: Catalog, old: bytes = OLD, new: bytes = NEW) -> int:
    """Write the one pending photo; returns the id of the write."""
    (due,) = pending(catalog)
    write_id = begin(catalog, due, old, new)
    finish(catalog, write_id, new)
    return write_id


def run_of(catalog: Catalog) -> int:
    return catalog.begin_run(RunKind.WRITE, WriteTarget.EMBED)


def write(catalog: Catalog, run_id: int, old: bytes | None = OLD, new: bytes = NEW) -> None:
    """Write the one pending photo, or (old None) its sidecar, in a run."""
    (due,) = pending(catalog)
    plan = plan_of(due, old, new)
    write_id = begin_write(catalog, due, plan, WriteTarget.EMBED, run_id)
    catalog.finish_write(write_id, plan.outcome, "", None if old is None else file_of(new))
    catalog.end_run(run_id)


def edit_and_write(catalog: Catalog, photo_id: int, text: str, old: bytes, new: bytes) -> int:
    catalog.set_user_caption(photo_id, text)
    run_id = run_of(catalog)
    write(catalog, run_id, old, new)
    return run_id


def place_of(catalog: Catalog, selection: UndoSelection) -> UndoPlace:
    (photo_id,) = catalog.undo_photos(selection)
    (place,) = catalog.undo_places([photo_id], selection)[photo_id]
    return place


def begin_undo(
    catalog: Catalog, place: UndoPlace, data: bytes | None, back: bytes | None, run_id: int
) -> int:
    (begun,) = catalog.begin_undos([BegunUndo(place, place.target_path, data, back)], run_id)
    assert begun is not None
    return begun.write_id


def undo(catalog: Catalog, selection: UndoSelection, data: bytes | None) -> bytes | None:
    """Take back what is selected, from what the file holds; gives what it holds then."""
    place = place_of(catalog, selection)
    outcome, back = place.way_back(data)
    assert outcome is (UndoOutcome.REMOVED if back is None else UndoOutcome.RESTORED)
    run_id = catalog.begin_run(RunKind.UNDO, WriteTarget.NONE)
    write_id = begin_undo(catalog, place, data, back, run_id)
    ended = WriteOutcome.EMBEDDED if place.embedded else WriteOutcome.SIDECAR
    catalog.finish_write(write_id, ended, "", file_of(back) if place.embedded and back is not None else None)
    catalog.end_run(run_id)
    return back
