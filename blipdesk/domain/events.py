"""What is published as it happens: catalog changes and the progress of the background worker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blipdesk.domain.conditions import WaitReason
    from blipdesk.domain.jobs import EngineInfo


@dataclass(frozen=True, slots=True)
class CatalogChange:
    """Published once after each COMMIT; views refresh from this alone.

    ``photos`` None means: too many to name, refresh everything.
    """

    photos: frozenset[int] | None = frozenset()
    added: bool = False
    """Photos appeared or vanished: the id list itself is stale."""
    folders: bool = False
    keywords: bool = False
    questions: frozenset[int] = frozenset()
    settings: bool = False


class RunState(StrEnum):
    """What the background worker is doing."""

    STARTING = "starting"
    SCANNING = "scanning"
    LOADING_MODEL = "loading_model"
    CAPTIONING = "captioning"
    IDLE = "idle"
    PAUSED = "paused"
    WAITING = "waiting"
    """The computer is to be idle, or on mains power, first (``waiting_for`` says which)."""
    STOPPED = "stopped"
    ERROR = "error"
    """The worker cannot go on (``message`` says why); the library stays usable."""


@dataclass(frozen=True, slots=True)
class AskedProgress:
    """How far the question is that is put to many photos now; all empty while none is."""

    run_id: int = 0
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    problem: str = ""
    """Why it cannot go on now; it is tried again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Published as it changes, a few times a second at most.

    ``done`` and ``total`` count this run's photos; ``rate`` is photos per second over the last minute;
    ``seconds_left`` is None while it is not known; the services say it, who look back on more.
    """

    state: RunState = RunState.STARTING
    done: int = 0
    total: int = 0
    failed: int = 0
    rate: float = 0.0
    seconds_left: float | None = None
    message: str = ""
    engine: EngineInfo | None = None
    watching: int = 0
    """Folders that are watched or swept."""
    writes_done: int = 0
    writes_total: int = 0
    """Photos written back and to be written back in the present pass; both 0 while none is written."""
    read_done: int = 0
    read_total: int = 0
    """Photos whose captions were read by meaning, and all that have any; both 0 while none is being read."""
    looked_done: int = 0
    looked_total: int = 0
    """Photos whose pictures were read for search, and all that can be; both 0 while none is being read."""
    seconds_left_most: float | None = None
    """Where the work is unsteady: it takes ``seconds_left`` to so many seconds."""
    waiting_for: WaitReason | None = None
    """Of the state WAITING: what for."""
    asked: AskedProgress = AskedProgress()
