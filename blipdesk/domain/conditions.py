"""When the background worker may work: what the person allows, and what the computer says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class WaitReason(StrEnum):
    """What the worker waits for."""

    IDLE = "idle"
    """Until nobody uses the computer."""
    MAINS = "mains"
    """Until the computer runs on mains power."""


@dataclass(frozen=True, slots=True)
class WorkConditions:
    """When the worker may work; both together where both are set."""

    idle_seconds: float | None = None
    """Only after so long without keyboard and pointer; None: at any time."""
    mains_only: bool = False
    """Only while the computer does not run on its battery."""


ANY_TIME = WorkConditions()


class ComputerState(Protocol):
    """What the computer says of itself; callable from any thread, takes a few milliseconds at most."""

    def idle_seconds(self) -> float | None:
        """Since keyboard or pointer were last used; None where this system does not tell."""
        ...

    def on_battery(self) -> bool:
        """True while a battery is what it runs on; without a battery, or where it is not known, False."""
        ...


def wait_reason(conditions: WorkConditions, computer: ComputerState) -> WaitReason | None:
    """Why nothing may be done now; None: it may.

    The battery first: it is what a person can change at once.  Where the system does not tell whether it is
    used, work goes on: one that never does any would be worse.
    """
    if conditions.mains_only and computer.on_battery():
        return WaitReason.MAINS
    if conditions.idle_seconds is not None:
        idle = computer.idle_seconds()
        if idle is not None and idle < conditions.idle_seconds:
            return WaitReason.IDLE
    return None
