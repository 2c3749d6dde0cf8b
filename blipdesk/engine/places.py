"""Where checkpoints lie while they arrive, and who may touch them."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from blipdesk.domain.errors import ModelError
from blipdesk.domain.sizes import readable_size
from blipdesk.domain.wording import later
from blipdesk.engine.checkpoints import is_key

FETCH_LOCK = "fetch.lock"
"""In a download's folder; held by the process that writes there."""
_MARGIN = 256 * 1024 * 1024
"""Space that has to stay free: the catalog and the thumbnails live on the same disk."""


def part_folder(models_dir: Path, key: str) -> Path:
    """The hidden folder of a download; it is no model and no key."""
    return models_dir / f".{key}.part"


def key_in_place(name: str) -> str:
    """The key of a model's folder or of its download's; empty for what is none of ours.

    >>> key_in_place("my-blip"), key_in_place(".my-blip.part"), key_in_place(".my-blip.lock")
    ('my-blip', 'my-blip', '')
    """
    if name.startswith("."):
        name = name[1:].removesuffix(".part") if name.endswith(".part") else ""
    return name if is_key(name) else ""


@contextlib.contextmanager
def locked(models_dir: Path, key: str) -> Iterator[None]:
    """Hold a model's place while it is put there or removed.

    The lock is the operating system's: it ends with its holder, however that ends.

    Raises:
        ModelError: another process holds it, or the folder cannot be written.
    """
    try:
        models_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(models_dir / f".{key}.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise ModelError(
            later("The model {key} is being downloaded, imported or removed by another BlipDesk.").format(
                key=key
            ),
            later("Wait until that is done."),
        ) from None
    except OSError as error:
        raise ModelError(
            later("The folder {models_dir} cannot be written: {reason}.").format(
                models_dir=models_dir, reason=error.strerror or error
            ),
            later("Choose another data folder with --data-dir."),
        ) from error
    try:
        yield
    finally:
        # Removed while it is held: filelock takes no lock on a file that has lost its name.
        with contextlib.suppress(OSError):
            os.unlink(lock.lock_file)
        lock.release()


def check_space(place: Path, needed: int, what: str) -> None:
    """Refuse what does not fit onto the disk, before it is begun.

    Args:
        place: a folder on that disk.
        needed: bytes.
        what: it is, to begin the sentence with.

    Raises:
        ModelError: there is too little space.
    """
    free = shutil.disk_usage(place).free
    if needed + _MARGIN > free:
        raise ModelError(
            later(
                "{what} needs {needed} more; the disk of {parent} has {free} free (and "
                "{margin} of it have to stay so)."
            ).format(
                what=what,
                needed=readable_size(needed),
                parent=place.parent,
                free=readable_size(free),
                margin=readable_size(_MARGIN),
            ),
            later("Free some space, or choose a data folder on another disk with --data-dir."),
        )
