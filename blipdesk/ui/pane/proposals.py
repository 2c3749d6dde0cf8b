"""Has the model propose captions for the shown photo, and lists them for a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.values import Photo, PhotoState
from blipdesk.domain.wording import tr
from blipdesk.ui.pane.awaited import Wire
from blipdesk.ui.pane.caption import ON_ITS_WAY, is_captioned_anew
from blipdesk.ui.pane.choosing import CaptionChoice
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from concurrent.futures import Future

    from blipdesk.services.proposing import Proposing, ProposingService

_NOT_NOW = (PhotoState.MISSING, PhotoState.OFFLINE)
_ENOUGH = 2
"""Captions to choose from; with fewer, the model is asked as soon as the list opens."""


class Proposals(QObject):
    """Drives a :class:`CaptionChoice`, and gives the keyboard back to what opened it.

    Owner: the GUI thread; proposals arrive by queued signals.
    """

    failed = Signal(str)
    """A sentence for a toast."""
    toggled = Signal(bool)

    def __init__(self, choice: CaptionChoice, opener: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._choice, self._opener = choice, opener
        self._service: ProposingService | None = None
        self._photo: Photo | None = None
        self._under_way: dict[int, Proposing] = {}
        choice.propose.connect(self._propose)
        choice.stop.connect(self._stop)
        choice.closed.connect(self.close)

    def set_service(self, service: ProposingService | None) -> None:
        """Ask these from now on; what is under way is stopped."""
        for proposing in self._under_way.values():
            proposing.cancel()
        self._under_way.clear()
        self._service, self._photo = service, None
        self.close()

    def show_photo(self, photo: Photo, new: bool) -> None:
        """Follow the shown photo; another one's list is closed."""
        self._photo = photo
        if new:
            self.close()
        if not self._choice.isHidden():
            self._refresh(photo)

    def toggle(self) -> None:
        """Open the list, with proposals on their way where there are none yet; or close it."""
        photo = self._photo
        if photo is None or not self._choice.isHidden():
            self.close()
            return
        self._refresh(photo)
        self._choice.show()
        self.toggled.emit(True)
        if len(self._choice.rows) < _ENOUGH and photo.state not in _NOT_NOW:
            self._propose()
        first = self._choice.rows[0] if self._choice.rows else self._choice.close_button
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def close(self) -> None:
        """Close the list; proposals under way are kept when they come."""
        if not self._choice.isHidden():
            held = QApplication.focusWidget()
            if held is not None and self._choice.isAncestorOf(held):
                self._opener.setFocus(Qt.FocusReason.OtherFocusReason)  # else the next control has it
            self._choice.hide()
            self.toggled.emit(False)

    def _refresh(self, photo: Photo) -> None:
        self._choice.show_photo(photo)
        self._choice.show_busy(photo.id in self._under_way)
        self._choice.propose_button.setEnabled(photo.state not in _NOT_NOW)
        is_anew = is_captioned_anew(photo)
        self._choice.show_anew(is_anew)
        self._choice.anew_button.setEnabled(is_anew or photo.state not in (*_NOT_NOW, *ON_ITS_WAY))

    def _propose(self) -> None:
        photo, service = self._photo, self._service
        if photo is None or service is None or photo.id in self._under_way:
            return
        wire, photo_id = Wire(self), photo.id
        wire.loading.connect(  # before it is asked: that is told once, and maybe at once
            lambda model: self._on_loading(photo_id, model), Qt.ConnectionType.QueuedConnection
        )
        others = len(self._choice.rows) >= _ENOUGH
        proposing = service.propose(photo_id, others=others, on_loading=wire.send_loading)
        self._under_way[photo_id] = proposing
        wire.finished.connect(
            lambda done: self._on_finished(photo_id, proposing, wire, done),
            Qt.ConnectionType.QueuedConnection,
        )
        proposing.future.add_done_callback(wire.send_finished)
        self._choice.show_busy(True)

    def _stop(self) -> None:
        if self._photo is not None and (proposing := self._under_way.get(self._photo.id)) is not None:
            proposing.cancel()

    def _on_loading(self, photo_id: int, model: str) -> None:
        if self._photo is not None and self._photo.id == photo_id and photo_id in self._under_way:
            self._choice.show_loading(model)

    def _on_finished(self, photo_id: int, proposing: Proposing, wire: Wire, done: Future[None]) -> None:
        wire.deleteLater()
        if self._under_way.get(photo_id) is not proposing:
            return  # of a library that was closed
        del self._under_way[photo_id]
        if self._photo is not None and self._photo.id == photo_id:
            self._choice.show_busy(False)
        error = done.exception()
        if isinstance(error, Exception) and not isinstance(error, Cancelled):
            self.failed.emit(error_words(tr("No captions could be proposed."), error))
