"""The turns of the chat: the question on the right, the answer on the left, its time and actions under it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.ui import icons
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.selectable import SelectableText
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.theme import RADIUS_BUBBLE, SPACE_S, colors

MAX_SHARE = 0.86
"""Widest bubble as a share of the column."""
CAPTION_WORDS = 3
"""An answer of fewer words ("2", "yes") is no caption: the button would only invite a slip."""
_PAD_X, _PAD_Y = 12, 8
_LEFT_OUT = (
    "The model was not told of these earlier questions: it takes no more at a time, or only one. "
    "Say in the question what it is about."
)


class Dots(QWidget):
    """Three dots that breathe while an answer is awaited."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(30, 18)
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(350)
        self._timer.timeout.connect(self._tick)
        set_reading(self, "The model is looking")

    @override
    def showEvent(self, event: object) -> None:
        self._timer.start()

    @override
    def hideEvent(self, event: object) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        self._step = (self._step + 1) % 3
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(3):
            painter.setBrush(colors().color("muted", 255 if index == self._step else 110))
            painter.drawEllipse(QPoint(4 + index * 10, 9), 3, 3)


class Bubble(QFrame):
    """A rounded text; ``own`` bubbles are the person's."""

    def __init__(self, text: str, own: bool = False) -> None:
        super().__init__()
        self._own, self._edge = own, ""
        self.body = SelectableText(text, ink="on_bubble" if own else "text")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_PAD_X, _PAD_Y, _PAD_X, _PAD_Y)
        self.column.setSpacing(2)
        self.column.addWidget(self.body)

    def mark_error(self) -> None:
        """Show that the text says what went wrong."""
        self._edge = "err"
        self.update()

    def fit(self, width: int) -> None:
        """Wrap for a column of this width."""
        self.body.fit(int(width * MAX_SHARE) - 2 * _PAD_X)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._own:
            rounded_fill(painter, self.rect(), RADIUS_BUBBLE, "bubble")
        else:
            rounded_fill(painter, self.rect(), RADIUS_BUBBLE, "raised", self._edge)


class TurnView(QWidget):
    """One question with its answer: awaited, streaming, finished, or failed."""

    use_as_caption = Signal(str)
    deleted = Signal()
    retried = Signal(str)

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question
        self.answer = ""
        self.question_id: int | None = None
        """The kept turn's id once the answer is finished."""
        self._own = Bubble(question, own=True)
        self._reply = Bubble("")
        self._dots = Dots()
        self._reply.column.insertWidget(0, self._dots)
        self._time = plain_label(role="faint")
        self.use_button = LinkButton("Use as caption", "Use this answer as the caption")
        self.retry_button = LinkButton("Ask again", "Ask this question again")
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(self._time)
        foot.addWidget(self.use_button)
        foot.addWidget(self.retry_button)
        foot.addStretch(1)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        self._reply.column.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self._own, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._reply, 0, Qt.AlignmentFlag.AlignLeft)
        self.use_button.clicked.connect(lambda: self.use_as_caption.emit(self.answer))
        self.retry_button.clicked.connect(lambda: self.retried.emit(self.question))
        self._set_parts(dots=True)
        set_reading(self, f"Question: {question}", "The answer is awaited")

    def _set_parts(
        self, dots: bool = False, foot: bool = False, use: bool = False, retry: bool = False
    ) -> None:
        self._dots.setVisible(dots)
        self._reply.body.setVisible(not dots)
        self._foot.setVisible(foot)
        self.use_button.setVisible(use)
        self.retry_button.setVisible(retry)

    @property
    def waiting(self) -> bool:
        """True until the answer's first word."""
        return not self._dots.isHidden()

    @property
    def note(self) -> str:
        """The small line under the answer."""
        return self._time.text()

    def show_partial(self, answer: str) -> None:
        """Show the answer so far."""
        self.answer = answer
        if answer:
            self._reply.body.set_text(answer)
            self._set_parts()

    def show_stopping(self) -> None:
        """Say that the answer is being stopped: the model looks up only after the word it is at."""
        self._time.setText("Stopping…")
        self._time.show()
        self._set_parts(dots=self.waiting, foot=True)
        set_reading(self, f"Question: {self.question}", "The answer is being stopped")

    def show_answer(self, answer: str, note: str, question_id: int | None, left_out: bool = False) -> None:
        """Show the finished answer, ``note`` (its time) under it.

        Args:
            answer: what the model said.
            note: the small line.
            question_id: of the kept turn.
            left_out: the model was not told of earlier questions.
        """
        self.answer, self.question_id = answer, question_id
        self._reply.body.set_text(answer or "No answer")
        self._reply.body.set_ink("text" if answer else "muted")
        use = len(answer.split()) >= CAPTION_WORDS
        self._time.setText(shown(f"{note} ·" if use else note))
        set_tooltip(self._time, _LEFT_OUT if left_out else "")
        self._set_parts(foot=True, use=use)
        set_reading(self, f"Question: {self.question}", f"Answer: {answer}")

    def show_error(self, message: str, remedy: str) -> None:
        """Say what went wrong, and offer to ask again."""
        self._reply.mark_error()
        self._reply.body.set_text(f"{message} {remedy}".strip())
        self._time.setText("")
        self._set_parts(foot=True, retry=True)
        self._time.hide()
        set_reading(self, f"Question: {self.question}", f"{message} {remedy}")

    @property
    def reply_text(self) -> str:
        """What the left bubble says."""
        return self._reply.body.text()

    def fit(self, width: int) -> None:
        """Wrap for a column of this width."""
        self._own.fit(width)
        self._reply.fit(width)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """Copy, use as caption, delete."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = QAction(icons.icon("copy"), "Copy answer", menu)
        copy.setEnabled(bool(self.answer))
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.triggered.connect(lambda: QApplication.clipboard().setText(self.answer))
        use = QAction(icons.icon("pencil"), "Use as caption", menu)
        use.setEnabled(bool(self.answer))
        use.triggered.connect(lambda: self.use_as_caption.emit(self.answer))
        ask = QAction(icons.icon("refresh"), "Ask again", menu)
        ask.triggered.connect(lambda: self.retried.emit(self.question))
        delete = QAction(icons.icon("trash"), "Delete this question", menu)
        delete.triggered.connect(lambda _=False: self.deleted.emit())
        for action in (copy, use, ask):
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(delete)
        return menu
