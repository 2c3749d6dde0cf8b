"""The turns of the chat: the question on the right, the answer on the left, its time and actions under it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.choices import are_unlikely
from blipdesk.domain.values import QuestionAnswer
from blipdesk.domain.wording import joined, plural, tr
from blipdesk.ui import icons
from blipdesk.ui.motion import is_reduced
from blipdesk.ui.pane.bars import ChoiceBars
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.paint import WrappedText, rounded_fill
from blipdesk.ui.pane.selectable import SelectableText
from blipdesk.ui.pane.texts import model_title, plain_label, seconds_taken, set_reading, set_tooltip, shown
from blipdesk.ui.theme import RADIUS_BUBBLE, SIZE_META, SPACE_S, colors

MAX_SHARE = 0.86
"""Widest bubble as a share of the column."""
CAPTION_WORDS = 3
"""An answer of fewer words ("2", "yes") is no caption: the button would only invite a slip."""
_PAD_X, _PAD_Y = 12, 8
_WIDTH = 324
"""Of the column, pixels, until it is known."""
KEYWORD_WORDS, KEYWORD_LETTERS = 3, 40
"""An answer of at most so many words and letters is offered as a tag."""
_NO_KEYWORD = frozenset(
    [
        "yes",
        "no",
        "none",
        "nothing",
        "unknown",
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "many",
    ]
)
_NUMBER = re.compile(r"[\d.,:%/ -]+")


class Dots(QWidget):
    """Three dots that breathe while an answer is awaited."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(30, 18)
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(350)
        self._timer.timeout.connect(self._tick)
        set_reading(self, tr("The model is looking"))

    @override
    def showEvent(self, event: object) -> None:
        if not is_reduced():
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


@dataclass(frozen=True, slots=True)
class TurnNotes:
    """What is said of an answer, under it."""

    seconds: float
    stopped: bool = False
    left_out: int = 0
    """Earlier questions that the model might have been told of, and was not."""
    unlikely: bool = False
    """None of the choices is what the model would say by itself."""

    @classmethod
    def of(cls, turn: QuestionAnswer, before: int) -> TurnNotes:
        """What is said of a kept turn.

        Args:
            turn: the question and its answer.
            before: earlier turns that the model might have been told of; one that was told of none takes one
                question at a time, which is no fault to be named each time.
        """
        left_out = turn.turns_left_out if turn.turns_left_out < before else 0
        return cls(turn.seconds, turn.stopped, left_out, are_unlikely(turn.choices))

    @property
    def line(self) -> str:
        """The small line: how long it took, and that it was stopped."""
        return " · ".join([seconds_taken(self.seconds), *([tr("stopped")] if self.stopped else [])])

    @property
    def sentence(self) -> str:
        """What a person should know of how the answer came about; empty: nothing."""
        if self.unlikely:
            return tr("The model would hardly say any of these by itself: the shares only compare them.")
        if not self.left_out:
            return ""
        return plural(
            self.left_out,
            tr("Answered without {n} earlier question: the model takes no more at a time."),
            tr("Answered without {n} earlier questions: the model takes no more at a time."),
        )


def may_be_keyword(answer: str) -> bool:
    """True for an answer short enough for a tag, and more than a yes, a no or a number.

    >>> may_be_keyword("red umbrella"), may_be_keyword("No."), may_be_keyword("2"), may_be_keyword("")
    (True, False, False, False)
    """
    word = as_keyword(answer)
    short = 0 < len(word) <= KEYWORD_LETTERS and len(word.split()) <= KEYWORD_WORDS
    return short and word.casefold() not in _NO_KEYWORD and not _NUMBER.fullmatch(word)


def as_keyword(answer: str) -> str:
    """The answer as a tag: without the full stop of a sentence."""
    return " ".join(answer.split()).strip(" .,;:!?\"'")


class TurnView(QWidget):
    """One question with its answer: awaited, streaming, finished, or failed."""

    use_as_caption = Signal(str)
    add_as_keyword = Signal(str)
    deleted = Signal()
    retried = Signal(str, str)
    """The question, and the answers that it allows as they are typed; empty: any."""

    def __init__(self, question: str, choices: str = "") -> None:
        super().__init__()
        self.question, self.allowed = question, choices
        self.answer, self._width = "", _WIDTH
        self.question_id: int | None = None
        """The kept turn's id once the answer is finished."""
        self._begin = plain_label(tr("New conversation"), "faint")
        self._own = Bubble(question, own=True)
        self._reply = Bubble("")
        self._dots = Dots()
        self.bars = ChoiceBars()
        self._notice = WrappedText(ink="muted", size=SIZE_META)
        self._time = plain_label(role="faint")
        self.use_button = LinkButton(tr("Use as caption"), tr("Use this answer as the caption"))
        self.tag_button = LinkButton(tr("Add as tag"), tr("Add this answer as a tag"))
        self.retry_button = LinkButton(tr("Ask again"), tr("Ask this question again"))
        self.more_button = LinkButton("", tr("More to do with this answer"), "muted", glyph="more")
        self._lay_out()
        self._begin.hide()
        self.use_button.clicked.connect(lambda: self.use_as_caption.emit(self.answer))
        self.tag_button.clicked.connect(lambda: self.add_as_keyword.emit(as_keyword(self.answer)))
        self.retry_button.clicked.connect(self._ask_again)
        self.more_button.clicked.connect(self._open_menu)
        set_tooltip(self.more_button, tr("More"))
        self._set_parts(dots=True)
        self._say(tr("The answer is awaited"))

    def _lay_out(self) -> None:
        self._reply.column.insertWidget(0, self._dots)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        for part in (self._time, *self.links):
            foot.addWidget(part)
        foot.addStretch(1)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        for below in (self.bars, self._notice, self._foot):
            self._reply.column.addWidget(below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        column.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._own, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._reply, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def links(self) -> list[LinkButton]:
        """What can be done with the answer, as Tab visits it."""
        return [self.use_button, self.tag_button, self.retry_button, self.more_button]

    def _set_parts(
        self, *, dots: bool = False, foot: bool = False, retry: bool = False, kept: bool = False
    ) -> None:
        """Show these parts; ``kept``: the answer is finished, and things can be done with it."""
        self._dots.setVisible(dots)
        self._reply.body.setVisible(not dots)
        self._foot.setVisible(foot)
        self.use_button.setVisible(kept and len(self.answer.split()) >= CAPTION_WORDS)
        self.tag_button.setVisible(kept and self.use_button.isHidden() and may_be_keyword(self.answer))
        self.retry_button.setVisible(retry)
        self.more_button.setVisible(kept or retry)
        self._notice.setVisible(kept and bool(self._notice.text()))

    def _say(self, description: str) -> None:
        set_reading(self, tr("Question: {question}", question=self.question), description)

    @property
    def waiting(self) -> bool:
        """True until the answer's first word."""
        return not self._dots.isHidden()

    @property
    def note(self) -> str:
        """The small line under the answer."""
        return self._time.text()

    @property
    def notice(self) -> str:
        """The sentence under the answer: what it was not told, say; empty where there is none."""
        return "" if self._notice.isHidden() else self._notice.text()

    @property
    def begins(self) -> bool:
        """True where it is said that a new conversation begins with it."""
        return not self._begin.isHidden()

    def show_begin(self, begins: bool) -> None:
        """Say (or not) that a new conversation begins here."""
        self._begin.setVisible(begins)

    def show_partial(self, answer: str) -> None:
        """Show the answer so far."""
        self.answer = answer
        if answer:
            self._reply.body.set_text(answer)
            self._set_parts()

    def show_loading(self, model: str) -> None:
        """Say that a model is being loaded before it can answer; empty: it looks at the photo now."""
        if self.waiting:
            words = tr("{model} is being loaded…", model=model_title(model)) if model else ""
            self._notice.set_text(words)
            self._notice.setVisible(bool(model))
            self._say(words or tr("The answer is awaited"))

    def show_stopping(self) -> None:
        """Say that the answer is being stopped: the model looks up only after the word it is at."""
        self._time.setText(tr("Stopping…"))
        self._time.show()
        self._set_parts(dots=self.waiting, foot=True)
        self._say(tr("The answer is being stopped"))

    def show_answer(self, turn: QuestionAnswer, notes: TurnNotes) -> None:
        """Show a kept turn's answer, with what is said of it."""
        self.answer, self.question_id = turn.answer, turn.id
        self.allowed = ", ".join(choice.text for choice in turn.choices)
        self._reply.body.set_text(turn.answer or tr("No answer"))
        self._reply.body.set_ink("text" if turn.answer else "muted")
        self.bars.show_choices(turn.choices)
        self._notice.set_text(notes.sentence)
        self._set_parts(foot=True, kept=True)
        if turn.stopped:  # a part of an answer is no word for a tag
            self.tag_button.hide()
        acts = not (self.use_button.isHidden() and self.tag_button.isHidden())
        self._time.setText(shown(f"{notes.line} ·" if acts else notes.line))
        self.show_begin(turn.is_new)
        words = tr("Answer: {answer}", answer=turn.answer)
        self._say(joined(words, self.bars.accessibleDescription(), notes.sentence))
        self.fit(self._width)

    def show_error(self, message: str, remedy: str) -> None:
        """Say what went wrong, and offer to ask again."""
        self._reply.mark_error()
        self._reply.body.set_text(joined(message, remedy))
        self._time.setText("")
        self._set_parts(foot=True, retry=True)
        self._time.hide()
        self._say(joined(message, remedy))

    @property
    def reply_text(self) -> str:
        """What the left bubble says."""
        return self._reply.body.text()

    def fit(self, width: int) -> None:
        """Wrap for a column of this width."""
        self._width = width
        for part in (self._own, self._reply):
            part.fit(width)
        inner = int(width * MAX_SHARE) - 2 * _PAD_X
        self._notice.fit(inner)
        self.bars.fit(inner)

    def _ask_again(self) -> None:
        self.retried.emit(self.question, self.allowed)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu().popup(event.globalPos())

    def _open_menu(self) -> None:
        self.menu().popup(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Copy, use as caption, add as tag, ask again, delete."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        clipboard, said = QApplication.clipboard(), bool(self.answer)
        for icon, words, act, possible in (
            ("copy", tr("Copy answer"), lambda: clipboard.setText(shown(self.answer)), said),
            ("copy", tr("Copy question"), lambda: clipboard.setText(shown(self.question)), True),
            ("pencil", tr("Use as caption"), lambda: self.use_as_caption.emit(self.answer), said),
            (
                "tag", tr("Add as tag"), lambda: self.add_as_keyword.emit(as_keyword(self.answer)),
                said and len(as_keyword(self.answer)) <= KEYWORD_LETTERS,
            ),
            ("refresh", tr("Ask again"), self._ask_again, True),
        ):  # fmt: skip
            menu.addAction(icons.icon(icon), words, act).setEnabled(possible)
        menu.addSeparator()
        menu.addAction(icons.icon("trash"), tr("Delete this question"), self.deleted.emit)
        return menu
