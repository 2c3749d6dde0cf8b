"""Errors that a person can do something about.

A :class:`KnownError` carries a sentence for the person and a remedy; anything else that is raised is a
bug and is logged with its trace.  A :class:`Problem` is the same pair as a stored value: it stands on a
failed job and travels between processes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """What went wrong with one photo; failures are grouped and counted by it."""

    UNREADABLE = "unreadable"
    """The bytes are no picture that can be decoded (corrupt, empty, cut off before any pixel)."""
    UNSUPPORTED = "unsupported"
    """A real file of a kind that is not read (RAW, JPEG XL, PDF, text, a video)."""
    TOO_LARGE = "too_large"
    """Over a limit of bytes, pixels, memory or time."""
    NOT_REGULAR = "not_regular"
    """A FIFO, socket, device, directory or broken link: never opened."""
    NO_ACCESS = "no_access"
    """Permission denied."""
    VANISHED = "vanished"
    """Gone between the scan and the attempt."""
    CRASHED = "crashed"
    """Its decoding (or captioning) killed the process twice."""
    DEGENERATE = "degenerate"
    """The model gave no usable text, also with other settings."""
    ENGINE = "engine"
    """The model failed on this photo."""
    IO = "io"
    """The disk failed or is full: tried again at the next start."""


TRANSIENT_KINDS = frozenset({ProblemKind.IO, ProblemKind.VANISHED, ProblemKind.NO_ACCESS})
"""Kinds whose cause lies outside the file: these jobs are queued again at each start or run."""

OF_THE_MODEL = frozenset({ProblemKind.DEGENERATE, ProblemKind.ENGINE})
"""Kinds of photos that were read, and that the model could not caption."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why one photo failed: kind, a plain sentence, and what the person can do."""

    kind: ProblemKind
    message: str
    remedy: str = ""


class KnownError(Exception):
    """An error of the environment or of the input, said in words.

    Attributes:
        message: one sentence a person understands, naming the file or thing concerned.
        remedy: what to do about it, one sentence, may be empty.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class PhotoError(KnownError):
    """One photo cannot be used; the run goes on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message, problem.remedy)
        self.problem = problem


def photo_error(kind: ProblemKind, message: str, remedy: str = "") -> PhotoError:
    """A :class:`PhotoError` of these words."""
    return PhotoError(Problem(kind, message, remedy))


class CatalogError(KnownError):
    """The catalog cannot be opened or written (corrupt, disk full, no permission)."""


class CatalogLockedError(CatalogError):
    """Another BlipDesk holds this catalog."""


class AlreadyRunningError(CatalogLockedError):
    """A window of BlipDesk holds this catalog, and was brought to the front."""


class CatalogNewerError(CatalogError):
    """The catalog was written by a newer BlipDesk."""


class ModelError(KnownError):
    """A checkpoint is missing, incomplete, damaged, of an unknown family, or cannot run here."""


class UsageError(KnownError):
    """What was asked for makes no sense (unknown photo, no such folder)."""


class Cancelled(Exception):
    """The person (or the shutdown) cancelled the work in hand."""
