"""The chat about the shown photo: asking, streaming, stopping, and each photo's kept history."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.choices import read_choices
from blipdesk.domain.drafts import DraftField
from blipdesk.domain.errors import Cancelled, KnownError
from blipdesk.domain.values import QuestionAnswer
from blipdesk.domain.wording import plural, retold, tr
from blipdesk.ui.pane.ask_bar import AskBar
from blipdesk.ui.pane.awaited import Failed, Pending, Wire
from blipdesk.ui.pane.bubbles import TurnNotes, TurnView
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.drafts import DraftKeeper
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip
from blipdesk.ui.theme import SPACE_M

if TYPE_CHECKING:
    from concurrent.futures import Future

    from blipdesk.services.workspace import Workspace

log = logging.getLogger(__name__)


RECENT = 12
"""Turns shown at first: a photo that was asked two hundred questions must open as fast as any."""
_ABOVE = 2
"""Items of the column above the first turn."""


class Chat(QWidget):
    """The column of turns of one photo; drives the :class:`AskBar` below it.

    Owner: the GUI thread; answers arrive by queued signals.
    """

    use_as_caption = Signal(str)
    add_as_keyword = Signal(str)
    delete_requested = Signal(int)
    """A kept turn is to be taken out of the history."""
    begun = Signal()
    """Something was asked, or is about to be: the view should go to the end, and follow the answer."""
    rebuilt = Signal()
    """The turns are other widgets now: the tab order must be set again."""

    def __init__(self, bar: AskBar, drafts: DraftKeeper) -> None:
        super().__init__()
        self._drafts = drafts
        self._workspace: Workspace | None = None
        self._photo_id: int | None = None
        self._bar = bar
        self._turns: list[TurnView] = []
        self._pending: dict[int, Pending] = {}
        self._errors: dict[int, Failed] = {}
        self._fresh: set[int] = set()
        """Photos whose next question begins a new conversation."""
        self._hint = plain_label("", "faint", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_M)
        self._earlier = LinkButton("", tr("Show earlier questions"), "muted", height=24)
        self.new_button = LinkButton(tr("New conversation"), height=24)
        set_tooltip(
            self.new_button,
            tr("The model is told of no question before the next one; all stay in the history"),
        )
        self._divider = plain_label(tr("New conversation: ask something"), "faint")
        self._hidden: list[QuestionAnswer] = []
        self._told: set[int] = set()
        """Ids of the shown photo's turns that a model may be told of."""
        self._begins: set[int] = set()
        """Ids of those that a conversation began with."""
        self._column.addWidget(self._hint)
        self._column.addWidget(self._earlier, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._divider, 0, Qt.AlignmentFlag.AlignHCenter)
        self.new_button.clicked.connect(self._toggle_fresh)
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
    def newest_height(self) -> int:
        """Pixels of the last question with its answer; 0 where nothing was asked."""
        return self._turns[-1].sizeHint().height() if self._turns else 0

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab visits, in order."""
        first: list[QWidget] = [self.new_button, self._earlier]
        return first + [link for turn in self._turns for link in turn.links]

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Use these services from now on; answers under way are stopped."""
        for pending in self._pending.values():
            pending.asking.cancel()
        self._pending.clear()
        self._errors.clear()
        self._fresh.clear()
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
            words = tr("BlipDesk was closed before this was answered.")
            self._errors[photo_id] = Failed(question, "", words, "")

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
            self._add_turn(error.question, choices=error.choices).show_error(error.message, error.remedy)
        if pending is not None:
            awaited = self._add_turn(pending.question)
            awaited.show_begin(pending.begins)
            awaited.show_partial(pending.partial)
            awaited.show_loading(pending.loading)
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
        notes = TurnNotes.of(turn, sum(begin <= known < turn.id for known in self._told))
        if turn.is_told:
            self._told.add(turn.id)
        view.show_answer(turn, notes)

    # ------------------------------------------------------------------------------------ asking

    def ask(self, question: str, choices: str = "") -> None:
        """Ask the model about the shown photo.

        Args:
            question: the question.
            choices: the only answers that are allowed, as a person types them; empty: any.
        """
        photo_id, workspace = self._photo_id, self._workspace
        if photo_id is None or workspace is None or photo_id in self._pending:
            return
        self._drop_error(photo_id)
        begins, wire = photo_id in self._fresh, Wire(self)
        # Before it is asked: that is told once, and maybe at once.
        wire.loading.connect(
            lambda model: self._on_loading(photo_id, wire, model), Qt.ConnectionType.QueuedConnection
        )
        try:
            if choices:
                allowed = read_choices(choices)
                asking = workspace.asking.choose(
                    photo_id, question, allowed, is_new=begins, on_loading=wire.send_loading
                )
            else:
                asking = workspace.asking.ask(
                    photo_id, question, wire.send_token, is_new=begins, on_loading=wire.send_loading
                )
        except KnownError as error:
            wire.deleteLater()
            self._add_turn(question, choices=choices)
            self._show_error(photo_id, question, error)
            self._refresh()
            self.begun.emit()
            return
        pending = self._pending[photo_id] = Pending(photo_id, question, wire, asking, begins)
        self._fresh.discard(photo_id)
        wire.token.connect(lambda text: self._on_token(pending, text), Qt.ConnectionType.QueuedConnection)
        wire.finished.connect(
            lambda done: self._on_finished(pending, done), Qt.ConnectionType.QueuedConnection
        )
        self._drafts.note(DraftField.ASKED, question)
        asking.future.add_done_callback(wire.send_finished)
        self._add_turn(question, choices=choices).show_begin(begins)
        self._refresh()
        self.begun.emit()

    def stop(self) -> None:
        """Stop the answer to the shown photo's question; what there is of it is kept."""
        pending = self._pending.get(self._photo_id) if self._photo_id is not None else None
        if pending is not None:
            pending.asking.cancel()
            pending.stopping = True
            self._turns[-1].show_stopping()
            self._refresh()

    def _on_loading(self, photo_id: int, wire: Wire, model: str) -> None:
        pending = self._pending.get(photo_id)
        if pending is not None and pending.wire is wire:
            pending.loading = model
            if photo_id == self._photo_id and not pending.stopping:
                self._turns[-1].show_loading(model)

    def _on_token(self, pending: Pending, text: str) -> None:
        if self._pending.get(pending.photo_id) is not pending or pending.stopping:
            return  # nothing more is to be read once it was stopped
        pending.partial = text
        if pending.photo_id == self._photo_id and self._turns:
            self._turns[-1].show_partial(text)

    def _on_finished(self, pending: Pending, future: Future[QuestionAnswer]) -> None:
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
                self.delete_requested.emit(turn.id)
            elif pending.photo_id == self._photo_id and self._turns:
                if any(shown.question_id == turn.id for shown in self._turns):
                    self._remove(self._turns[-1])  # read from the catalog before this news arrived
                    return
                self._show_kept(self._turns[-1], turn)

    def _end(self, pending: Pending) -> None:
        self._pending.pop(pending.photo_id, None)
        pending.wire.deleteLater()
        self._refresh()

    def _drop_last(self, pending: Pending) -> None:
        """A question stopped before its first word leaves nothing behind but its text in the field."""
        if pending.photo_id == self._photo_id and self._turns:
            self._remove(self._turns[-1])
            if not pending.unwanted and not self._bar.field.text():
                self._bar.set_text(pending.question)
            self._refresh()

    def _show_error(self, photo_id: int, question: str, error: Exception) -> None:
        if isinstance(error, KnownError):
            message, remedy = retold(error.message), retold(error.remedy)
        else:
            message = tr("The question could not be answered.")
            remedy = tr("The log file has the details.")
        shown_turn = self._turns[-1] if photo_id == self._photo_id and self._turns else None
        choices = "" if shown_turn is None else shown_turn.allowed
        self._errors[photo_id] = Failed(question, choices, message, remedy)
        if shown_turn is not None:
            shown_turn.show_error(message, remedy)

    def _drop_error(self, photo_id: int) -> None:
        if self._errors.pop(photo_id, None) is not None and self._turns:
            last = self._turns[-1]
            if last.question_id is None:
                self._remove(last)

    # ------------------------------------------------------------------------------------ turns

    def _add_turn(self, question: str, index: int | None = None, choices: str = "") -> TurnView:
        turn = TurnView(question, choices)
        turn.fit(self.width())
        turn.use_as_caption.connect(self.use_as_caption)
        turn.add_as_keyword.connect(self.add_as_keyword)
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
            self.delete_requested.emit(turn.question_id)
        elif photo_id is not None and (pending := self._pending.get(photo_id)) is not None:
            pending.unwanted = True  # it goes when the model has stopped
            self.stop()
            return
        elif photo_id is not None:
            self._errors.pop(photo_id, None)
            self._drafts.drop(photo_id, DraftField.ASKED)
        self._remove(turn)
        self._refresh()

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
        more = min(len(self._hidden), RECENT)
        self._earlier.setText(plural(more, tr("Show {n} earlier question"), tr("Show {n} earlier questions")))
        self._earlier.updateGeometry()
        self._earlier.setVisible(bool(self._hidden))
        self._hint.setVisible(not self._turns and bool(self._hint.text()))
        fresh = self._photo_id in self._fresh
        self._divider.setVisible(fresh and pending is None)
        self.new_button.setText(tr("Go on with the last") if fresh else tr("New conversation"))
        set_reading(self.new_button, self.new_button.text())
        self.new_button.updateGeometry()
        self.new_button.setVisible(bool(self._told) and bool(self._turns) and pending is None)

    def _toggle_fresh(self) -> None:
        """Let the next question begin a new conversation, or not."""
        if self._photo_id is not None:
            self._fresh ^= {self._photo_id}
            self._refresh()
            self.begun.emit()
            self._bar.focus_field()

    @override
    def resizeEvent(self, event: object) -> None:
        for turn in self._turns:
            turn.fit(self.width())
