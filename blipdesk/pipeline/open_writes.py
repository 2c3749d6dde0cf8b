"""Writes that were begun and have no end in the journal: what became of them is read from their files.

The bytes that a write replaced are given up only where its file is proven to hold them still.  What cannot be
read now (a drive that does not answer, a file that is not there) stays open, with its bytes, and can be asked
for again by every write and undo, wherever its photo is by then; where another program has changed the file
since, the write ends unproven, and its bytes are kept like those of any other.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection
from enum import Enum, auto
from typing import TYPE_CHECKING

from blipdesk.domain.wording import later
from blipdesk.domain.writes import WriteOutcome
from blipdesk.pipeline.identify import identify_now
from blipdesk.pipeline.whereabouts import digest_of, names_of_sidecar

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, OpenWrite

_log = logging.getLogger(__name__)

_CHANGED = later(
    "BlipDesk was ended while it wrote this file, and another program has changed the file since: it was "
    "left as it is, and what stood there before is kept."
)


class Fate(Enum):
    """What became of a write, by what its file holds now, or held when we wrote there later."""

    DONE = auto()
    """It happened."""
    NOT_DONE = auto()
    """The file has what it had before."""
    CHANGED = auto()
    """It holds neither: nobody can tell any more."""
    UNKNOWN = auto()
    """It cannot be read now, or is not there any more."""


def fate_of(write: OpenWrite, *, untouched: bool = False) -> Fate:
    """What became of a write that was begun, and not ended.

    Args:
        write: of a photo that may have moved since.
        untouched: whoever replaces files says that this one is as it was; only the new bytes there belie it
            (over a network that broke off, say), and a file that does not answer cannot confirm it.
    """
    path, held = _place_of(write)
    if held == "" and not untouched and not os.path.lexists(write.path):
        held = None  # a sidecar that moved with its photo is looked for where that one is found again
    found_later = write.found_later if path == write.target_path else ()
    if held == write.after_sha256 or write.after_sha256 in found_later:
        return Fate.DONE
    if held == write.before_sha256 or write.before_sha256 in found_later:
        return Fate.NOT_DONE
    if held is not None and untouched:
        return Fate.NOT_DONE
    return Fate.CHANGED if held else Fate.UNKNOWN


def settle(catalog: Catalog, write: OpenWrite, note: str = "") -> bool | None:
    """End a write that was begun, by what became of it.

    Args:
        catalog: keeps the journal.
        write: begun, and not ended.
        note: why it did not happen, if so.

    Returns:
        Whether it happened, for all that is known; None: its file cannot be read, and it stays open.

    Raises:
        CatalogError: the journal cannot be kept.
    """
    fate = fate_of(write)
    if fate is Fate.DONE:
        new_file = identify_now(write.path) if write.outcome is WriteOutcome.EMBEDDED else None
        catalog.finish_write(write.write_id, write.outcome, write.note, new_file)
        return True
    if fate is Fate.NOT_DONE:
        catalog.abandon_write(write.write_id, note)
        return False
    if fate is Fate.CHANGED:
        _log.warning("%r: %s", write.target_path, _CHANGED)
        catalog.leave_write(write.write_id, _CHANGED)
        return False
    _log.warning("what became of a write into %r is not known yet", write.target_path)
    return None


def settle_all(catalog: Catalog, at: Collection[str] | None = None) -> bool:
    """Settle what is open, before anything new is written or taken back; says whether anything was.

    Whoever calls it holds the turn: a write in progress is open, too.

    Args:
        catalog: keeps the journal.
        at: only where these are the files or their photos; None: whatever is open.

    Raises:
        CatalogError: the journal cannot be kept.
    """
    found = [w for w in catalog.open_writes() if at is None or w.target_path in at or w.path in at]
    ended = [settle(catalog, write) for write in found]
    return any(happened is not None for happened in ended)


def _place_of(write: OpenWrite) -> tuple[str, str | None]:
    """Where the file of a write is now, and its digest: where its photo is, or where it was written."""
    if write.outcome is WriteOutcome.EMBEDDED:
        path = os.path.realpath(write.path)
        return path, digest_of(path)
    names = names_of_sidecar(write.path, write.target_path)
    if write.target_path in names:
        return write.target_path, digest_of(write.target_path)
    for path in (*names, write.target_path):
        held = digest_of(path)
        if held and held in (write.after_sha256, write.before_sha256):
            return path, held
    return names[0], digest_of(names[0])
