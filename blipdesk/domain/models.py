"""Values of getting models: a download's offer and progress, and what a check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DownloadPhase(StrEnum):
    """What a download is doing."""

    ASKING = "asking"
    """Asking the hub what there is."""
    DOWNLOADING = "downloading"
    TRYING = "trying"
    """All is here and whole: the model is loaded once and tried on a test picture."""
    DONE = "done"
    PRESENT = "present"
    """It was on this computer already, whole: nothing was downloaded."""


@dataclass(frozen=True, slots=True)
class DownloadOffer:
    """What will be downloaded, known before the weights are asked for."""

    key: str
    title: str
    repo: str
    revision: str
    """The commit's sha."""
    licence: str
    page: str
    """Web address of the licence and of what the model is."""
    total_bytes: int
    kept_bytes: int = 0
    """How many of them an earlier, interrupted download has left here."""
    fits: str = ""
    """Whether it can run on this computer now, in words; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How far a download has come, over all its files."""

    phase: DownloadPhase
    done_bytes: int = 0
    total_bytes: int = 0
    note: str = ""
    """Why nothing comes just now, a plain sentence."""
    offer: DownloadOffer | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What a model made of a drawn picture at one of its tasks."""

    task: str
    said: str
    """The caption, the answer, or how well words fit."""
    makes_sense: bool
    """Whether these are words, or figures; not whether they are right."""


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """What a check of a checkpoint found: its files are whole, it loads, and what it says of a picture."""

    key: str
    title: str
    tried: tuple[Tried, ...]
    """One entry for each of its tasks."""
    device: str
    precision: str
    image_size: int
    digest: str
    """First hex digits of the sha256 of its weights."""
    load_seconds: float
    """From nothing to loaded and tried: start of the process, reading, canary."""
    photo_seconds: float
    """One photo alone, which is slower than photos in batches."""
    photos_per_second: float | None = None
    """Captions in batches; None where that was not measured."""
