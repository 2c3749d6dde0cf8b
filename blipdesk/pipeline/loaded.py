"""Who has a model in memory, and how its memory is given back."""

from __future__ import annotations

from typing import Protocol

from blipdesk.domain.ports import VisionEngine


class UsesModel(Protocol):
    """A part of the worker that has the engine load a model."""

    @property
    def loaded(self) -> bool:
        """Whether it has."""
        ...

    def forget(self) -> None:
        """The engine has it no more."""
        ...


class Loaded:
    """The models of one engine.  The runner's thread."""

    def __init__(self, engine: VisionEngine, *users: UsesModel) -> None:
        self._engine, self._users = engine, users

    @property
    def any_loaded(self) -> bool:
        """Whether any is in memory."""
        return any(user.loaded for user in self._users)

    def give_back(self) -> None:
        """Give the memory of all back."""
        if self.any_loaded:
            self._engine.close()
            for user in self._users:
                user.forget()
