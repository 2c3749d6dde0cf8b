"""Who holds a data folder: waiting for its lock, and asking the holder through its local door."""

from __future__ import annotations

import time
from pathlib import Path

from blipdesk.catalog import InstanceLock
from blipdesk.domain.errors import AlreadyRunningError, CatalogLockedError, KnownError
from blipdesk.domain.wording import later
from blipdesk.services.control import NotRunningError, request

# A killed holder frees the lock at once; one that does a small operation, or is ending, needs about this
# many seconds at the most.
_PATIENCE = 15.0


def take_lock(lock: InstanceLock, data_dir: Path, window: bool) -> None:
    """Take the lock; wait for a holder that is about to end, not for one that works.

    Raises:
        AlreadyRunningError: ``window``, and the holder has one too, which is in front now.
        CatalogLockedError: a BlipDesk that stays holds it.
    """
    end = time.monotonic() + _PATIENCE
    while not lock.acquire():
        if window and _holder_says(data_dir, "activate"):
            raise AlreadyRunningError(later("BlipDesk is open already; its window is in front now."))
        if _holder_says(data_dir, "ping") or time.monotonic() > end:
            raise CatalogLockedError(
                later("The catalog in {data_dir} is in use by another BlipDesk ({holder}).").format(
                    data_dir=data_dir, holder=lock.holder()
                ),
                later("Use that one, or close it first."),
            )
        time.sleep(0.05)


def _holder_says(data_dir: Path, op: str) -> bool:
    try:
        return bool(request(data_dir, op))
    except (NotRunningError, KnownError):  # it has ended, is about to, or hangs: the lock tells
        return False
