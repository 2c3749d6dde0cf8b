"""What the pane says over a caption of a photo that something is wrong with, and what helps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from blipdesk.domain.values import Photo, PhotoState
from blipdesk.domain.wording import later, retold, tr


class NoteAct(StrEnum):
    """What a note's button does; its words."""

    NONE = ""
    REMOVE = later("Remove from the library…")
    RETRY = later("Retry")
    COMPARE = later("Compare…")


@dataclass(frozen=True, slots=True)
class Note:
    """A mark and its colour, a sentence, the remedy, and what can be done."""

    icon: str
    ink: str
    message: str
    remedy: str
    act: NoteAct = NoteAct.NONE


def note_of(photo: Photo) -> Note | None:
    """The one thing to say of a photo; None where all is well."""
    if photo.state is PhotoState.OFFLINE:
        return Note(
            "drive-off", "warn", tr("The drive of this photo is not connected."),
            tr("Its caption and tags are kept. Connect the drive to see it whole."),
        )  # fmt: skip
    if photo.state is PhotoState.MISSING:
        return Note(
            "image-off", "warn", tr("The file is no longer in its place."),
            tr("Its caption and tags are kept, and come back with the file."), NoteAct.REMOVE,
        )  # fmt: skip
    if photo.problem is not None and photo.state is PhotoState.FAILED:
        return Note(
            "warning", "err", retold(photo.problem.message), retold(photo.problem.remedy), NoteAct.RETRY
        )
    if photo.conflict:
        return Note(
            "compare", "warn", tr("The file has another caption than yours."),
            tr("Nothing is written until you decide."), NoteAct.COMPARE,
        )  # fmt: skip
    if photo.damaged:
        return Note(
            "warning", "warn", tr("Only a part of this file could be read."),
            tr("It is shown and captioned as far as it goes. Look for a complete copy."),
        )  # fmt: skip
    return None
