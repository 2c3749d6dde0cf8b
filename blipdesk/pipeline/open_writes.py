"""Writes that were begun and have no end in the journal: what became of them is read from their files.

The bytes that a write replaced are given up only where its file is proven to hold them still.  What cannot be
read now (a drive that does not answer, a file that is not there) stays open, with its bytes; where another
program has changed the file since, the write ends unproven, and its bytes are kept like those of any other.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection
from typing import TYPE_CHECKING

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.writes import WriteOutcome
from blipdesk.imaging import whole_hash
from blipdesk.pipeline.identify import identify_now

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, OpenWrite

_log = logging.getLogger(__name__)

_CHANGED = (
    "BlipDesk was ended while it wrote this file, and another program has changed the file since: it was "
    "left as it is, and what stood there before is kept."
)


def settle(catalog: Catalog, write: OpenWrite, note: str = "", *, untouched: bool = False) -> bool | None:
    """End a write that was begun, by what its file holds now, or held when we wrote there later.

    Args:
        catalog: keeps the journal.
        write: begun, and not ended.
        note: why it did not happen, if so.
        untouched: whoever replaces files says that this one is as it was; only the new bytes there belie it
            (over a network that broke off, say).

    Returns:
        Whether it happened, for all that is known; None: its file cannot be read, and it stays open.

    Raises:
        CatalogError: the journal cannot be kept.
    """
    held = digest_of(write.target_path)
    if held == write.after_sha256:
        new_file = identify_now(write.path) if write.outcome is WriteOutcome.EMBEDDED else None
        catalog.finish_write(write.write_id, write.outcome, write.note, new_file)
        return True
    if write.after_sha256 in write.found_later:
        catalog.finish_write(write.write_id, write.outcome, write.note, None)
        return True
    if (
        (untouched and held is not None)
        or held == write.before_sha256
        or write.before_sha256 in write.found_later
    ):
        catalog.abandon_write(write.write_id, note)
        return False
    if held:
        _log.warning("%r: %s", write.target_path, _CHANGED)
        catalog.leave_write(write.write_id, _CHANGED)
        return False
    _log.warning("what became of a write into %r is not known yet", write.target_path)
    return None


def settle_at(catalog: Catalog, targets: Collection[str]) -> bool:
    """Settle what is open at these paths, before anything new goes there; says whether anything was."""
    found = [write for write in catalog.open_writes() if write.target_path in targets]
    ended = [settle(catalog, write) for write in found]
    return any(happened is not None for happened in ended)


def digest_of(path: str) -> str | None:
    """The sha256 of a file; empty where there is none, None where it cannot be read.

    The whole file counts: a change in the midst of one of the same size leaves its content hash as it was.
    """
    if not os.path.lexists(path):
        return ""
    try:
        return whole_hash(path)
    except PhotoError:
        return None
