"""What the pane shows of one photo, read in one go; called in the pool."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from blipdesk.domain.values import Photo, QuestionAnswer

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Loaded:
    """One photo as the pool read it; ``photo`` None: it is gone."""

    photo: Photo | None
    history: list[QuestionAnswer]
    suggestions: list[str]
    details: list[tuple[str, str]]


def load(workspace: Workspace, photo_id: int) -> Loaded:
    """Read the photo and all that is shown with it."""
    photo = workspace.library.photo(photo_id)
    if photo is None:
        return Loaded(None, [], [], [])
    return Loaded(
        photo,
        workspace.asking.history(photo_id),
        workspace.asking.suggestions(photo),
        workspace.library.file_details(photo),
    )
