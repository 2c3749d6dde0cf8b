"""What a person who does something else is told: long work is done, many photos fail, a drive is gone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import Folder, FolderState
from blipdesk.domain.wording import joined, listed, plural, tr

LONG_SECONDS, LONG_PHOTOS = 300.0, 200
"""Work that took so long, or so many photos, is worth a word when it is done."""
MANY_FAILURES, MANY_SHARE = 20, 0.2
"""So many failures, and so much of what was tried: something is wrong with more than a few files."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A title and a sentence; ``is_warning`` where the person may have to do something."""

    title: str
    text: str
    is_warning: bool = False


class Notices:
    """Says what is worth a notification.  Owner: one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._worked = 0.0
        self._since: float | None = None
        self._photos = self._failed = 0
        self._said_failures = False
        self._offline: set[str] | None = None

    def of_progress(self, progress: Progress) -> Notice | None:
        """What a progress is worth."""
        now = self._clock()
        if self._since is not None:
            self._worked += now - self._since
        working = progress.state is RunState.CAPTIONING
        self._since = now if working else None
        if working:
            self._photos, self._failed = progress.done, progress.failed
            return self._of_failures()
        if progress.state is RunState.IDLE and self._photos + self._failed:
            return self._of_end()
        return None

    def _of_failures(self) -> Notice | None:
        tried = self._photos + self._failed
        if self._said_failures or self._failed < MANY_FAILURES or self._failed < tried * MANY_SHARE:
            return None
        self._said_failures = True
        words = plural(self._failed, tr("{n} photo could not be read."), tr("{n} photos could not be read."))
        return Notice(
            tr("Many photos fail"), joined(words, tr("The activity panel says why.")), is_warning=True
        )

    def _of_end(self) -> Notice | None:
        photos, failed, worked = self._photos, self._failed, self._worked
        self._photos = self._failed = 0
        self._worked, self._said_failures = 0.0, False
        if worked < LONG_SECONDS and photos < LONG_PHOTOS:
            return None
        words = plural(photos, tr("{n} photo was captioned."), tr("{n} photos were captioned."))
        if failed:
            bad = plural(failed, tr("{n} photo could not be read."), tr("{n} photos could not be read."))
            words = joined(words, bad)
        return Notice(tr("Captioning is done"), words)

    def of_folders(self, folders: Sequence[Folder]) -> Notice | None:
        """What the state of the watched folders is worth: one that was there is gone now."""
        offline = {folder.path for folder in folders if folder.state is FolderState.OFFLINE}
        before, self._offline = self._offline, offline
        gone = sorted(offline - before) if before is not None else []
        if not gone:
            return None
        names = listed(os.path.basename(path) or path for path in gone)
        words = tr("{folders}: its captions stay, and go on when it is back.", folders=names)
        return Notice(tr("A folder is not connected any more"), words, is_warning=True)
