"""Answers under way: what carries them to the GUI thread, and what is known of one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from concurrent.futures import Future

    from blipdesk.services.asking import Asking


class Wire(QObject):
    """Carries one answer from worker threads to the GUI thread."""

    token = Signal(str)
    loading = Signal(str)
    """The name of a model that has to be loaded first; empty once it is."""
    finished = Signal(object)

    def send_token(self, text: str) -> None:
        """Carry the answer so far; called on a worker thread."""
        # The window may close while the model answers: the C++ half is gone then, and so is the reader.
        with suppress(RuntimeError):
            self.token.emit(text)

    def send_loading(self, model: str) -> None:
        """Carry what is loaded first; called on a worker thread."""
        with suppress(RuntimeError):
            self.loading.emit(model)

    def send_finished(self, future: Future[Any]) -> None:
        """Carry the end of the answer; called on a worker thread."""
        with suppress(RuntimeError):
            self.finished.emit(future)


@dataclass
class Pending:
    """An answer under way; it goes on when another photo is shown, and is there on the way back."""

    photo_id: int
    question: str
    wire: Wire
    asking: Asking
    begins: bool = False
    """A new conversation begins with it."""
    partial: str = ""
    loading: str = ""
    """The model that is being loaded for it."""
    stopping: bool = False
    unwanted: bool = False
    """The question was deleted meanwhile."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A question that could not be answered, and why."""

    question: str
    choices: str
    message: str
    remedy: str
