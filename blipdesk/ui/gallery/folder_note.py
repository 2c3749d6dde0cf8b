"""What there is to say over the photos of the folders they are in."""

from __future__ import annotations

from blipdesk.domain.paths import file_name
from blipdesk.domain.values import FolderState
from blipdesk.domain.wording import listed, retold, tr
from blipdesk.ui.side_data import SideData

_NAMED = 3
"""Folders that are named."""


def folder_note(side: SideData) -> tuple[str, str] | None:
    """An icon and words on folders that are not there, or else on the first that something is said of."""
    offline = [folder for folder in side.folders if folder.state is FolderState.OFFLINE]
    if offline:
        names = listed(file_name(folder.path) for folder in offline[:_NAMED])
        one = tr("{names} is not connected. Captions are kept and stay searchable.", names=names)
        many = tr("{names} are not connected. Captions are kept and stay searchable.", names=names)
        return "drive-off", one if len(offline) == 1 else many
    noted = next((folder for folder in side.folders if folder.message), None)
    return ("info", f"{file_name(noted.path)}: {retold(noted.message)}") if noted is not None else None
