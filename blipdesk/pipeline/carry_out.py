"""Carrying out writes and undos that the journal has begun, several files at once, and how each ended.

A row of the journal is committed before its file is touched.  However that ends, the row says what the file
should be, so that what became of it is told by the file; each file's failure is its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from blipdesk.catalog import OpenWrite, WriteEnd
from blipdesk.domain.errors import CatalogError, KnownError, PhotoError
from blipdesk.domain.values import FileStamp, SeenFile
from blipdesk.domain.wording import later
from blipdesk.domain.writes import WriteOutcome
from blipdesk.pipeline.identify import identify_now
from blipdesk.pipeline.open_writes import Fate, fate_of, settle

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

MOST = 16
"""Photos of a batch: a pause, an undo and the window wait no longer than they take."""
MOST_BYTES = 1 << 26
"""Content held in memory until it is written; the photo that goes beyond it is the last of its batch."""
NO_PHOTO = later("This photo is not in the catalog (any more). Look through its folder again.")

What = TypeVar("What")
"""What is to stand in a file's place."""
Replace = Callable[[Sequence[What]], Sequence[FileStamp | PhotoError | None]]
"""Says of each file what it is then, or why it is untouched; None: it was taken away."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a file.

    Attributes:
        problem: why nothing was done to it, or None.
        end: for the journal; None: it is noted already, or nobody can tell yet.
    """

    problem: str | None
    end: WriteEnd | None


def begin(
    journal: Callable[[Sequence[What]], Sequence[OpenWrite | None]], todo: Sequence[tuple[str, What]]
) -> list[OpenWrite | str]:
    """Journal what is about to be done, in one commit; what cannot be journalled is told apart.

    Args:
        journal: begins writes or undos.
        todo: the path of each, and what ``journal`` takes.

    Returns:
        Of each what was begun, or why it was not.

    Raises:
        CatalogError: the journal cannot be kept.
    """
    try:
        begun = journal([what for _, what in todo])
    except CatalogError:
        raise
    except Exception as error:  # noqa: BLE001 - one file's bug: it is found out, the others are written
        if len(todo) > 1:
            return [result for one in todo for result in begin(journal, [one])]
        return [problem_of(error, todo[0][0], "journalling its write")]
    return [NO_PHOTO if write is None else write for write in begun]


def carry_out(
    catalog: Catalog, begun: Sequence[tuple[OpenWrite, What]], replace: Replace[What]
) -> list[Result]:
    """Replace the files of writes that were begun; returns what became of each, in their order."""
    try:
        results = replace([what for _, what in begun])
    except Exception as error:  # noqa: BLE001 - one file's bug: it is found out, the others are replaced
        if len(begun) > 1:
            return [result for one in begun for result in carry_out(catalog, [one], replace)]
        ((write, _),) = begun
        problem = problem_of(error, write.target_path, "replacing it")
        return [Result(None if _settle(catalog, [write], problem) else problem, None)]
    except BaseException:  # the program ends, and some of the files may be replaced
        _settle(catalog, [write for write, _ in begun])
        raise
    return [_result(write, result) for (write, _), result in zip(begun, results, strict=True)]


def problem_of(error: Exception, path: str, step: str) -> str:
    """What the person is told where a step failed for one file; the log has the trace of a bug."""
    if isinstance(error, KnownError):
        return str(error)
    _log.error("%r: %s failed in an unforeseen way", path, step, exc_info=error)
    return later("It could not be written, through a bug in BlipDesk ({name}); the log has more.").format(
        name=type(error).__name__
    )


def _result(write: OpenWrite, result: FileStamp | PhotoError | None) -> Result:
    """A file system may do what it says it has not done, over a network that broke off."""
    if isinstance(result, PhotoError):
        fate = fate_of(write, untouched=True)
        if fate is not Fate.DONE:
            told = WriteEnd(write.write_id, None, str(result)) if fate is Fate.NOT_DONE else None
            return Result(str(result), told)
        result = None
    new_file = None
    if write.outcome is WriteOutcome.EMBEDDED:  # a sidecar is not the photo's file
        path = write.path
        new_file = identify_now(path) if result is None else SeenFile(path, result, write.after_hash)
    return Result(None, WriteEnd(write.write_id, write.outcome, write.note, new_file))


def _settle(catalog: Catalog, writes: Sequence[OpenWrite], note: str = "") -> bool:
    """Settle writes that were broken off; says whether all of them happened."""
    try:
        ended = [settle(catalog, write, note) for write in writes]
    except CatalogError as error:  # the next start settles it
        _log.warning("a journal entry stays open: %s", error)
        return False
    return all(ended)
