"""One checkpoint fetched from a hub into a folder: its settings first, weights last, nothing unneeded."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.checkpoints import read_family, refuse_code
from blipdesk.engine.hub import HubClient
from blipdesk.engine.hub_files import Listing, RemoteFile, settings_files, weights_of
from blipdesk.engine.json_files import read_json
from blipdesk.engine.places import FETCH_LOCK, check_space
from blipdesk.engine.weight_files import index_parts

_SAY_EVERY = 0.1
"""Seconds between two reports of little progress."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What is known of a fetch before its weights come, and afterwards."""

    repo: str
    revision: str
    licence: str
    total_bytes: int
    kept_bytes: int


class Tally:
    """Counts bytes over all files, and reports them ten times a second or at each hundredth."""

    def __init__(self, report: Callable[[int, str], None]) -> None:
        self.done = 0
        self.total = 0
        self._report = report
        self._note = ""
        self._last = 0.0
        self._said = 0

    def on_bytes(self, count: int) -> None:
        """So many more are there."""
        self.done += count
        is_much = abs(self.done - self._said) * 100 >= self.total
        if is_much or time.monotonic() - self._last >= _SAY_EVERY:
            self.say()

    def on_note(self, note: str) -> None:
        """Why nothing comes; empty once it does."""
        if note != self._note:
            self._note = note
            self.say()

    def say(self) -> None:
        """Report now."""
        self._last = time.monotonic()
        self._said = self.done
        self._report(self.done, self._note)


def fetch_checkpoint(
    client: HubClient,
    listing: Listing,
    folder: Path,
    tally: Tally,
    on_begin: Callable[[Fetched], None],
    *,
    allow_code: bool = False,
) -> Fetched:
    """Fetch what a checkpoint needs into ``folder``; what an earlier try left there is used, once verified.

    The settings come first: a model that cannot be run is refused before its gigabytes are asked for.

    Args:
        client: the hub.
        listing: the repository there.
        folder: of this download alone; files that do not belong to it are removed.
        tally: counts the bytes.
        on_begin: told what will come, before the weights do.
        allow_code: the person agreed to run the program code that it may bring along, which comes then.

    Raises:
        ModelError: no checkpoint, a family that cannot be run, code that nobody agreed to, no space, or the
            connection fails.
    """
    names = {file.name for file in listing.files}
    single, index = weights_of(names)
    if "config.json" not in names or not (single or index):
        raise ModelError(
            later("{repo} holds no checkpoint (no config.json, or no weights that can be loaded).").format(
                repo=listing.repo
            ),
            later("blipdesk models list shows models that work."),
        )
    first = [file for file in listing.named({"config.json", index}) if not _is_kept(file, folder)]
    for file in first:
        client.bring(listing, file, folder, lambda count: None)
    read_family(read_json(folder / "config.json", listing.repo), listing.repo)
    weights = _parts(listing, folder / index) if index else {single}
    wanted = listing.named(settings_files(names, with_code=allow_code) | weights | {index})
    tally.on_note(later("Checking what is here already."))
    missing = [file for file in wanted if not _is_kept(file, folder)]
    tally.on_note("")
    missing.sort(key=lambda file: file.name in weights)
    _sweep(folder, wanted)
    tally.total = total = sum(file.size for file in wanted)
    tally.done = total - sum(file.size for file in missing) + sum(_started(file, folder) for file in missing)
    kept = tally.done - sum(file.size for file in first)
    begun = Fetched(listing.repo, listing.revision, listing.licence, total, kept)
    check_space(folder, total - tally.done, f"The model {listing.repo}")
    on_begin(begun)
    tally.say()
    for file in missing:
        if file.name in weights and not allow_code:
            refuse_code(folder, listing.repo)  # all the settings are here
        client.bring(listing, file, folder, tally.on_bytes)
    tally.say()
    return begun


def _parts(listing: Listing, index: Path) -> set[str]:
    """The weight files that an index names, all of which the repository has to hold."""
    parts = set(index_parts(index, listing.repo))
    if len(listing.named(parts)) != len(parts):
        raise ModelError(
            later("{repo} is incomplete at the hub: {name} names weights that are not there.").format(
                repo=listing.repo, name=index.name
            ),
            later("Choose another model."),
        )
    return parts


def _is_kept(file: RemoteFile, folder: Path) -> bool:
    """Whether it is there from an earlier try; one that is not right is removed."""
    path = folder / file.name
    if not path.is_file():
        return False
    if file.matches(path):
        return True
    path.unlink()
    return False


def _started(file: RemoteFile, folder: Path) -> int:
    """Bytes of it that an interrupted try has left."""
    partial = folder / file.partial_name
    if partial.is_file() and partial.stat().st_size > file.size:
        partial.unlink()
    return partial.stat().st_size if partial.is_file() else 0


def _sweep(folder: Path, wanted: list[RemoteFile]) -> None:
    """Remove what another revision or an older program left."""
    keep = {FETCH_LOCK, *(file.partial_name for file in wanted)}
    keep |= {file.name.split("/")[0] for file in wanted}
    for path in folder.iterdir():
        if path.name in keep:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
