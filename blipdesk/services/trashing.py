"""Photos into the system's trash and out of it again: nothing is ever deleted here.

The records stay in the catalog, out of sight, texts and all: a photo that comes back, by Undo here or from
the trash itself, is the same photo as before.  A file goes with the sidecars that are its alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Cancelled
from blipdesk.domain.paths import shown_name
from blipdesk.domain.ports import TrashCan
from blipdesk.domain.values import PhotoState
from blipdesk.domain.wording import tr
from blipdesk.metadata import existing, is_sidecar_name, place_new

_PAGE = 200
_MARKED = 20
"""So many photos are told to the catalog at once."""


@dataclass(frozen=True, slots=True)
class Trashed:
    """What was put into the trash."""

    photo_ids: tuple[int, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    """Where each file was, and where it lies in the trash (empty: not known): a photo, then its sidecars."""
    failures: tuple[str, ...] = ()
    """A sentence of each photo that stayed."""

    @property
    def can_come_back(self) -> bool:
        """Whether :meth:`TrashService.put_back` can find all of them."""
        return bool(self.files) and all(lies for _, lies in self.files)


class TrashService:
    """Moves photos to the trash for a person who asked for it."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def put(
        self, photo_ids: Sequence[int], can: TrashCan, report: Callable[[int, int], None] = lambda *_: None
    ) -> Trashed:
        """Move the files of photos to the trash, each with its sidecars.

        Args:
            photo_ids: the photos; one whose file is not there now is left as it is.
            can: the system's trash.
            report: called before each with how many are done, and of how many; where it raises
                :class:`~blipdesk.domain.errors.Cancelled`, the others stay.
        """
        gone: list[int] = []
        files: list[tuple[str, str]] = []
        failures: list[str] = []
        try:
            with suppress(Cancelled):
                for done, (photo_id, path) in enumerate(self._there(photo_ids)):
                    report(done, len(photo_ids))
                    try:
                        files += _put(path, can)
                    except OSError as error:
                        failures.append(_refusal(path, error))
                        continue
                    gone.append(photo_id)
                    if len(gone) % _MARKED == 0:  # who is killed then has no more than these shown as missing
                        self._catalog.mark_trashed(gone[-_MARKED:])
        finally:
            self._catalog.mark_trashed(gone[len(gone) // _MARKED * _MARKED :])
        return Trashed(tuple(gone), tuple(files), tuple(failures))

    def put_back(self, trashed: Trashed) -> tuple[str, ...]:
        """Put files of the trash back where they were; returns a sentence of each that could not.

        A file of the same name that is there meanwhile stays, and so does the one in the trash, with its
        sidecars: beside another picture they would give that one its words.
        """
        failures: list[str] = []
        back: set[str] = set()
        is_photo_back = False
        for path, lies in trashed.files:
            is_sidecar = is_sidecar_name(path)
            if is_sidecar and not is_photo_back:
                continue
            is_photo_back = is_sidecar
            try:
                place_new(lies, path)
            except OSError as error:
                failures.append(_stays(path, error))
                continue
            back.add(path)
            is_photo_back = True
            with suppress(OSError):  # the trash shows no file whose note is left behind
                os.remove(_note_of(lies))
        # What else lies there by such a name is another picture: a scan looks at it.
        photos = self._catalog.photos(trashed.photo_ids)
        self._catalog.mark_present([photo.id for photo in photos if photo.path in back])
        return tuple(failures)

    def _there(self, photo_ids: Sequence[int]) -> list[tuple[int, str]]:
        away = (PhotoState.MISSING, PhotoState.OFFLINE)
        return [
            (tile.id, tile.path)
            for start in range(0, len(photo_ids), _PAGE)
            for tile in self._catalog.tiles(photo_ids[start : start + _PAGE])
            if tile.state not in away
        ]


def _put(path: str, can: TrashCan) -> list[tuple[str, str]]:
    """Move a photo and its sidecars; returns of each where it was and where it lies.

    Raises:
        OSError: the photo cannot be moved; all stay.
    """
    beside = existing(path)
    files = [(path, can.put(path))]
    for sidecar in beside:
        with suppress(OSError):  # it stays beside the place of its photo, where it does no harm
            files.append((sidecar, can.put(sidecar)))
    return files


def _note_of(lies: str) -> str:
    """Where a trash keeps what it knows of a file that lies in it.

    ``info/NAME.trashinfo`` beside ``files/NAME`` (freedesktop.org, Trash specification 1.0); ``$I…`` beside
    ``$R…`` on Windows.

    >>> _note_of("/home/a/.local/share/Trash/files/b.jpg").replace(os.sep, "/")
    '/home/a/.local/share/Trash/info/b.jpg.trashinfo'
    """
    folder, name = os.path.split(lies)
    if name.startswith("$R"):
        return os.path.join(folder, "$I" + name[2:])
    return os.path.join(os.path.dirname(folder), "info", name + ".trashinfo")


def _refusal(path: str, error: OSError) -> str:
    return tr(
        "{name} could not be moved to the trash ({reason}). It is where it was.",
        name=shown_name(path),
        reason=error.strerror or str(error),
    )


def _stays(path: str, error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return tr("{name} stays in the trash: there is another file by its name now.", name=shown_name(path))
    return tr(
        "{name} could not be put back ({reason}). It lies in the trash.",
        name=shown_name(path),
        reason=error.strerror or str(error),
    )
