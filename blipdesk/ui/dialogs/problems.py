"""What could not be captioned, grouped by cause, with one remedy each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.errors import Problem
from blipdesk.domain.wording import plural, retold, tr
from blipdesk.ui.dialogs.framed import Framed
from blipdesk.ui.pane.controls import LinkButton, scrolled, text_button
from blipdesk.ui.pane.edits import EditQueue
from blipdesk.ui.pane.paint import Glyph, WrappedText, rounded_fill
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.tasks import run_in_pool
from blipdesk.ui.theme import ICON, RADIUS_INPUT, SIZE_META, SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from blipdesk.ui.words import error_words, photos_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace


class ProblemCard(QFrame):
    """One cause: how many photos, the sentence, the remedy; ``retried`` carries the cause."""

    retried = Signal(object)

    def __init__(self, problem: Problem, count: int) -> None:
        super().__init__()
        self.problem, self.count = problem, count
        self._message = WrappedText(retold(problem.message))
        self._remedy = WrappedText(retold(problem.remedy), ink="muted", size=SIZE_META)
        self.retry = LinkButton(tr("Try these again"), inset=0, height=22)
        set_reading(self.retry, tr("Try these again"), self._message.text())
        self.retry.clicked.connect(self._on_retry)
        self._badge = plain_label(photos_words(count), "meta")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._remedy)
        words.addWidget(self.retry)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        row.setSpacing(SPACE_S)
        row.addWidget(Glyph("warning", "err"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words)
        row.addStretch(1)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        self._remedy.setVisible(bool(problem.remedy))  # only now: it would be a window of its own
        set_reading(self, f"{self._badge.text()}: {self._message.text()}", self._remedy.text())

    def _on_retry(self) -> None:
        self.retry.setEnabled(False)
        self.retried.emit(self.problem)

    @override
    def resizeEvent(self, event: object) -> None:
        self.fit(self.width())

    def fit(self, width: int) -> None:
        """Take the height that the words need in a width."""
        inner = width - 2 * SPACE_M - ICON - 2 * SPACE_S - self._badge.sizeHint().width()
        self._message.fit(inner)
        self._remedy.fit(inner)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", "line")


class ProblemsDialog(Framed):
    """Lists the causes, over the photos concerned; Retry puts all failed photos into the queue again."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(tr("Photos that could not be captioned"), parent, (620, 440))
        self._workspace = workspace
        self._edits = EditQueue()
        self.cards: list[ProblemCard] = []
        body = QWidget()
        self._list = QVBoxLayout(body)
        self._list.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_L)
        self._list.setSpacing(SPACE_S)
        self._list.addStretch(1)
        self.retry_button = text_button(tr("Try all again"))
        self.close_button = text_button(tr("Close"), "primary")
        self.close_button.setDefault(True)
        self.lay_out(scrolled(body), [], [self.retry_button, self.close_button])
        self.close_button.clicked.connect(self.accept)
        self.retry_button.clicked.connect(self._retry_all)
        self.reload()

    def reload(self) -> None:
        """Read the causes again."""
        run_in_pool(self._workspace.library.problems, self._show, self._on_unread, self)

    def _on_unread(self, error: Exception) -> None:
        self.say(error_words(tr("The reasons could not be read."), error))

    def _show(self, problems: Sequence[tuple[Problem, int]]) -> None:
        for card in self.cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [ProblemCard(problem, count) for problem, count in problems]
        for index, card in enumerate(self.cards):
            card.retried.connect(self._retry)
            self._list.insertWidget(index, card)
        total = sum(count for _, count in problems)
        self.say(
            tr("They are left as they are; everything else goes on.")
            if total
            else tr("Every photo that was looked at could be captioned.")
        )
        self.retry_button.setEnabled(bool(total))

    def _retry_all(self) -> None:
        self.retry_button.setEnabled(False)
        self._do(self._workspace.captioning.retry)

    def _retry(self, cause: Problem) -> None:
        captioning = self._workspace.captioning
        self._do(lambda: captioning.retry_cause(cause))

    def _do(self, retry: Callable[[], int]) -> None:
        queued = list[int]()
        self._edits.add(
            lambda: queued.append(retry()),
            lambda: self._on_retried(queued[0]),
            self._on_failed,
            self,
        )

    def _on_retried(self, queued: int) -> None:
        self.say(plural(queued, tr("{n} photo is tried again."), tr("{n} photos are tried again.")))

    def _on_failed(self, error: Exception) -> None:
        self.say(error_words(tr("They could not be queued again."), error))
        self.retry_button.setEnabled(True)
