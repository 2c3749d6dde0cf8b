"""The chat about the shown photo: asking, streaming, stopping, and each photo's kept history."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.drafts import DraftField
from blipdesk.domain.errors import Cancelled, KnownError
from blipdesk.domain.values import QuestionAnswer
from blipdesk.domain.wording import tr
from blipdesk.ui.pane.ask_bar import AskBar
from blipdesk.ui.pane.bubbles import TurnView
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.drafts import DraftKeeper
from blipdesk.ui.pane.texts import plain_label, seconds_taken
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.theme import SPACE_M
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from concurrent.futures import Future

    from blipdesk.services.asking import Asking
    from blipdesk.services.workspace import Workspace

log = logging.getLogger(__name__)


RECENT = 12
"""Turns shown at first: a photo that was asked two hundred questions must open as fast as any."""
_ABOVE = 2
"""Items of the column above the first turn."""


class _Wire(QObject):
    """Carries one answer from worker threads to the GUI thread."""

    token = Signal(str)
    finished = Signal(object)

    def send_token(self, text: str) -> None:
        """Carry the answer so far; called on a worker thread."""
        # The window may close while the model answers: the C++ half is gone then, and so is the reader.
        with suppress(RuntimeError):
            self.token.emit(text)

    def send_finished(self, future: Future[QuestionAnswer]) -> None:
        """Carry the end of the answer; called on a worker thread."""
        with suppress(RuntimeError):
            self.finished.emit(future)


@dataclass
class _Pending:
    """An answer under way; it goes on when another photo is shown, and is there on the way back."""

    photo_id: int
    question: str
    wire: _Wire
    asking: Asking
    partial: str = ""
    stopping: bool = False
    unwanted: bool = False
    """The question was deleted meanwhile."""


def _note(turn: QuestionAnswer, before: int) -> str:
    """The small line under a kept answer.

    Args:
        turn: the question and its answer.
        before: earlier turns that the model might have been told of; one that was told of none takes one
            question at a time, which is no fault to be named each time.
    """
    parts = [f"{100 * turn.choices[0].probability:.0f} %"] if turn.choices else []
    parts.append(seconds_taken(turn.seconds))
    if turn.stopped:
        parts.append("stopped")
    if 0 < turn.turns_left_out < before:
        plural = "" if turn.turns_left_out == 1 else "s"
        parts.append(f"without {turn.turns_left_out} earlier question{plural}")
    return " · ".join(parts)


class Chat(QWidget):
    """The column of turns of one photo; drives the :class:`AskBar` below it.

    Owner: the GUI thread; answers arrive by queued signals.
    """

    use_as_caption = Signal(str)
    grown = Signal()
    """A turn was added or an answer became longer: the view should follow."""
    rebuilt = Signal()
    """The turns are other widgets now: the tab order must be set again."""
    failed = Signal(str)
    """A sentence for a toast."""

    def __init__(self, bar: AskBar, drafts: DraftKeeper) -> None:
        super().__init__()
        self._drafts = drafts
        self._workspace: Workspace | None = None
        self._photo_id: int | None = None
        self._bar = bar
        self._turns: list[TurnView] = []
        self._pending: dict[int, _Pending] = {}
        self._errors: dict[int, tuple[str, str, str]] = {}
        self._hint = plain_label("", "faint", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._earlier = LinkButton("", "Show earlier questions", "muted", height=24)
        self._hidden: list[QuestionAnswer] = []
        self._told: set[int] = set()
        self._begins: set[int] = set()
        """Ids of the shown photo's turns that a model may be told of."""
        self._column.addWidget(self._hint)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._earlier.clicked.connect(self._show_earlier)
        # Bubbles have fixed widths: they must follow the column, never hold it open.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        bar.asked.connect(self.ask)
        bar.stopped.connect(self.stop)

    @property
    def turns(self) -> list[TurnView]:
        """The turns shown, oldest first."""
        return list(self._turns)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab visits, in order."""
        links: list[QWidget] = [self._earlier]
        return links + [button for turn in self._turns for button in (turn.use_button, turn.retry_button)]

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Use these services from now on; answers under way are stopped."""
        for pending in self._pending.values():
            pending.asking.cancel()
        self._pending.clear()
        self._errors.clear()
        self._workspace = workspace
        self._photo_id = None
        self._clear()

    def set_hint(self, text: str) -> None:
        """A line shown while there is no question yet."""
        self._hint.setText(text)
        self._refresh()

    def show_unanswered(self, photo_id: int, question: str | None) -> None:
        """Show, with the history to come, a question that was asked before a former end and not answered."""
        if question is not None and photo_id not in self._pending and photo_id not in self._errors:
            self._errors[photo_id] = (question, tr("BlipDesk was closed before this was answered."), "")

    def show_history(self, photo_id: int, history: Sequence[QuestionAnswer]) -> None:
        """Show a photo's kept turns and, behind them, an answer under way."""
        kept = [(turn.id, turn.question, turn.answer) for turn in history]
        now = [(turn.id, turn.question, turn.answer) for turn in self._hidden]
        now += [(t.question_id, t.question, t.answer) for t in self._turns if t.question_id is not None]
        pending, error = self._pending.get(photo_id), self._errors.get(photo_id)
        self._told = {turn.id for turn in history if turn.is_told}
        self._begins = {turn.id for turn in history if turn.is_new}
        if photo_id == self._photo_id and (kept == now or pending is not None):
            return  # an answer under way ends by itself; its bubble must not be made anew meanwhile
        self._photo_id = photo_id
        self._clear()
        self._hidden = list(history[:-RECENT])
        for turn in history[-RECENT:]:
            self._add_kept(turn)
        if error is not None:
            self._add_turn(error[0]).show_error(error[1], error[2])
        if pending is not None:
            awaited = self._add_turn(pending.question)
            awaited.show_partial(pending.partial)
            if pending.stopping:
                awaited.show_stopping()
        self._refresh()

    def _show_earlier(self) -> None:
        """Show some more of the older turns, above the others."""
        more, self._hidden = self._hidden[-RECENT:], self._hidden[:-RECENT]
        for index, turn in enumerate(more):
            self._add_kept(turn, index)
        self._refresh()

    def _add_kept(self, turn: QuestionAnswer, index: int | None = None) -> None:
        self._show_kept(self._add_turn(turn.question, index), turn)

    def _show_kept(self, view: TurnView, turn: QuestionAnswer) -> None:
        begin = max((number for number in self._begins if number <= turn.id), default=0)
        note = _note(turn, sum(begin <= known < turn.id for known in self._told))
        if turn.is_told:
            self._told.add(turn.id)
        view.show_answer(turn.answer, note, turn.id, left_out=turn.turns_left_out > 0)

    # ------------------------------------------------------------------------------------ asking

    def ask(self, question: str) -> None:
        """Ask the model about the shown photo."""
        photo_id, workspace = self._photo_id, self._workspace
        if photo_id is None or workspace is None or photo_id in self._pending:
            return
        self._drop_error(photo_id)
        wire = _Wire(self)
        try:
            asking = workspace.asking.ask(photo_id, question, wire.send_token)
        except KnownError as error:
            wire.deleteLater()
            self._add_turn(question)
            self._show_error(photo_id, question, error)
            self._refresh()
            return
        pending = self._pending[photo_id] = _Pending(photo_id, question, wire, asking)
        wire.token.connect(lambda text: self._on_token(pending, text), Qt.ConnectionType.QueuedConnection)
        wire.finished.connect(
            lambda done: self._on_finished(pending, done), Qt.ConnectionType.QueuedConnection
        )
        self._drafts.note(DraftField.ASKED, question)
        asking.future.add_done_callback(wire.send_finished)
        self._add_turn(question)
        self._refresh()
        self.grown.emit()

    def stop(self) -> None:
        """Stop the answer to the shown photo's question; what there is of it is kept."""
        pending = self._pending.get(self._photo_id) if self._photo_id is not None else None
        if pending is not None:
            pending.asking.cancel()
            pending.stopping = True
            self._turns[-1].show_stopping()
            self._refresh()
            self.grown.emit()

    def _on_token(self, pending: _Pending, text: str) -> None:
        if self._pending.get(pending.photo_id) is not pending or pending.stopping:
            return  # nothing more is to be read once it was stopped
        pending.partial = text
        if pending.photo_id == self._photo_id and self._turns:
            self._turns[-1].show_partial(text)
            self.grown.emit()

    def _on_finished(self, pending: _Pending, future: Future[QuestionAnswer]) -> None:
        if self._pending.get(pending.photo_id) is not pending:
            return
        self._end(pending)
        try:
            turn = future.result()
        except Cancelled:
            if pending.unwanted or pending.photo_id == self._photo_id:
                self._drafts.drop(pending.photo_id, DraftField.ASKED)
            else:
                self._drafts.put_back(pending.photo_id)
            self._drop_last(pending)
        except Exception as error:
            if not isinstance(error, KnownError):
                log.error("asking failed", exc_info=error)
            if pending.unwanted:
                self._drafts.drop(pending.photo_id, DraftField.ASKED)
                self._drop_last(pending)
            else:
                self._show_error(pending.photo_id, pending.question, error)
        else:
            self._drafts.drop(pending.photo_id, DraftField.ASKED)
            if pending.unwanted:
                self._drop_last(pending)
                self._delete_kept(turn.id)
            elif pending.photo_id == self._photo_id and self._turns:
                if any(shown.question_id == turn.id for shown in self._turns):
                    self._remove(self._turns[-1])  # read from the catalog before this news arrived
                    return
                self._show_kept(self._turns[-1], turn)
                self.grown.emit()

    def _end(self, pending: _Pending) -> None:
        self._pending.pop(pending.photo_id, None)
        pending.wire.deleteLater()
        self._refresh()

    def _drop_last(self, pending: _Pending) -> None:
        """A question stopped before its first word leaves nothing behind but its text in the field."""
        if pending.photo_id == self._photo_id and self._turns:
            self._remove(self._turns[-1])
            if not pending.unwanted and not self._bar.field.text():
                self._bar.set_text(pending.question)
            self._refresh()

    def _show_error(self, photo_id: int, question: str, error: Exception) -> None:
        if isinstance(error, KnownError):
            message, remedy = error.message, error.remedy
        else:
            message, remedy = "The question could not be answered.", "The log file has the details."
        self._errors[photo_id] = (question, message, remedy)
        if photo_id == self._photo_id and self._turns:
            self._turns[-1].show_error(message, remedy)
            self.grown.emit()

    def _drop_error(self, photo_id: int) -> None:
        if self._errors.pop(photo_id, None) is not None and self._turns:
            last = self._turns[-1]
            if last.question_id is None:
                self._remove(last)

    # ------------------------------------------------------------------------------------ turns

    def _add_turn(self, question: str, index: int | None = None) -> TurnView:
        turn = TurnView(question)
        turn.fit(self.width())
        turn.use_as_caption.connect(self.use_as_caption)
        turn.deleted.connect(lambda: self._delete(turn))
        turn.retried.connect(self.ask)
        at = len(self._turns) if index is None else index
        self._turns.insert(at, turn)
        self._column.insertWidget(_ABOVE + at, turn)
        self.rebuilt.emit()
        return turn

    def _delete(self, turn: TurnView) -> None:
        photo_id = self._photo_id
        if turn.question_id is not None:
            self._delete_kept(turn.question_id)
        elif photo_id is not None and (pending := self._pending.get(photo_id)) is not None:
            pending.unwanted = True  # it goes when the model has stopped
            self.stop()
            return
        elif photo_id is not None:
            self._errors.pop(photo_id, None)
            self._drafts.drop(photo_id, DraftField.ASKED)
        self._remove(turn)
        self._refresh()

    def _delete_kept(self, question_id: int) -> None:
        workspace = self._workspace
        if workspace is not None:
            run_in_pool(
                lambda: workspace.asking.delete(question_id),
                on_error=lambda error: self.failed.emit(
                    error_words("The question could not be deleted.", error)
                ),
                owner=self,
            )

    def _remove(self, turn: TurnView) -> None:
        if turn in self._turns:
            self._turns.remove(turn)
            self._column.removeWidget(turn)
            turn.hide()
            turn.deleteLater()

    def _clear(self) -> None:
        self._hidden = []
        for turn in list(self._turns):
            self._remove(turn)
        self._refresh()

    def _refresh(self) -> None:
        pending = self._pending.get(self._photo_id) if self._photo_id is not None else None
        self._bar.set_busy(pending is not None, pending is not None and pending.stopping)
        earlier = [turn.question for turn in self._hidden]
        self._bar.set_asked(earlier + [turn.question for turn in self._turns])
        self._earlier.setText(f"Show {min(len(self._hidden), RECENT)} earlier questions")
        self._earlier.updateGeometry()
        self._earlier.setVisible(bool(self._hidden))
        self._hint.setVisible(not self._turns and bool(self._hint.text()))

    @override
    def resizeEvent(self, event: object) -> None:
        for turn in self._turns:
            turn.fit(self.width())
