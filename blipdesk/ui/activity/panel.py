"""The panel over the status bar: what is done, how long it takes, when it may, what waits, what failed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.errors import Problem
from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.jobs import WaitingFolder
from blipdesk.domain.values import LibraryCounts
from blipdesk.domain.wording import number, tr
from blipdesk.ui.activity.queue_list import QueueList
from blipdesk.ui.dialogs.problems import ProblemCard
from blipdesk.ui.pane.controls import Line, icon_button, scrolled, text_button
from blipdesk.ui.pane.paint import Glyph, WrappedText
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.search.floating import Floating
from blipdesk.ui.status_bar import ProgressLine, left_words, progress_share, progress_words, rate_words
from blipdesk.ui.theme import ICON, SIZE_META, SPACE_L, SPACE_M, SPACE_S, SPACE_XS, TOP_BAR

WIDTH = 420
_GAP = 6
_CHECK = 26
"""Pixels of a check box before its words."""
_MOST_CAUSES = 12
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own; PySide does not give it."""


def pace_words(progress: Progress) -> str:
    """Rate and time left while photos are captioned; empty otherwise.

    >>> pace_words(Progress(RunState.CAPTIONING, 1, 9)), pace_words(Progress(RunState.IDLE))
    ('Time left: not known yet', '')
    """
    if progress.state is not RunState.CAPTIONING:
        return ""
    left = left_words(progress.seconds_left, progress.seconds_left_most)
    return " · ".join(
        part for part in (rate_words(progress.rate), left or tr("Time left: not known yet")) if part
    )


_BEFORE_QUEUE = (RunState.STARTING, RunState.SCANNING, RunState.LOADING_MODEL)


class ActivityPanel(Floating):
    """Stands over the left end of the status bar.  Owner: the GUI thread.

    Signals: ``pause_toggled`` (True: pause), ``switched`` (setting, value), ``retried`` (a cause),
    ``reasons_requested``, ``closed``.
    """

    pause_toggled = Signal(bool)
    switched = Signal(str, bool)
    retried = Signal(object)
    reasons_requested = Signal()
    closed = Signal()

    def __init__(self, window: QWidget, anchor: QWidget) -> None:
        super().__init__(window, anchor, WIDTH)
        self._is_paused = self._may_be_empty = False
        self._has_queue: bool | None = None
        self.queue = QueueList()
        self.cards: list[ProblemCard] = []
        set_reading(self, tr("Activity"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        whole.setSpacing(SPACE_S)
        whole.addLayout(self._head())
        whole.addLayout(self._state())
        whole.addWidget(Line())
        whole.addLayout(self._switches())
        whole.addWidget(Line())
        self._body = self._lists()
        self._area = scrolled(self._body)
        whole.addWidget(self._area, 1)
        self._whole = whole
        self.queue.grown.connect(self._fit_again)

    # ------------------------------------------------------------------------------------ building

    def _head(self) -> QHBoxLayout:
        self.close_button = icon_button("x", tr("Close"), size=26, glyph=16)
        self.close_button.clicked.connect(self.close_panel)
        row = QHBoxLayout()
        row.addWidget(plain_label(tr("Activity"), "title"))
        row.addStretch(1)
        row.addWidget(self.close_button)
        return row

    def _state(self) -> QVBoxLayout:
        self._mark, self.words = Glyph("clock"), WrappedText()
        self.bar, self.pace = ProgressLine(), plain_label(role="meta")
        self.pause = text_button(tr("Pause"), "on-raised")
        self.pause.clicked.connect(lambda: self.pause_toggled.emit(not self._is_paused))
        words = QHBoxLayout()
        words.setSpacing(SPACE_S)
        words.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self.words)
        words.addStretch(1)
        words.addWidget(self.pause)
        column = QVBoxLayout()
        column.setSpacing(SPACE_S)
        column.addLayout(words)
        column.addWidget(self.bar)
        column.addWidget(self.pace)
        return column

    def _switches(self) -> QVBoxLayout:
        self.when_idle = QCheckBox(tr("Only when the computer is idle"))
        self.on_mains = QCheckBox(tr("Only on mains power"))
        self.idle_note, self.mains_note = (WrappedText(ink="faint", size=SIZE_META) for _ in range(2))
        column = QVBoxLayout()
        column.setSpacing(SPACE_XS)
        for box, note, name in (
            (self.when_idle, self.idle_note, "only_when_idle"),
            (self.on_mains, self.mains_note, "only_on_mains"),
        ):
            set_reading(box, box.text())
            box.toggled.connect(lambda on, name=name: self.switched.emit(name, on))
            note.hide()
            indented = QHBoxLayout()
            indented.addSpacing(_CHECK)
            indented.addWidget(note)
            indented.addStretch(1)
            column.addWidget(box)
            column.addLayout(indented)
        column.insertSpacing(2, SPACE_XS)
        return column

    def _lists(self) -> QWidget:
        self.queue_head = plain_label(role="head")
        self.queue_empty = plain_label(tr("Nothing waits."), "muted")
        self.failed_head = plain_label(role="head")
        self.more_causes = text_button(tr("Show all reasons"), "link")
        self.more_causes.clicked.connect(self.reasons_requested)
        for part in (self.queue_empty, self.failed_head, self.more_causes):
            part.hide()  # until it is known
        self._causes = QVBoxLayout()
        self._causes.setSpacing(SPACE_S)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, SPACE_XS, 0, 0)
        column.setSpacing(SPACE_XS)
        column.addWidget(self.queue_head)
        column.addWidget(self.queue_empty)
        column.addWidget(self.queue)
        column.addSpacing(SPACE_M)
        column.addWidget(self.failed_head)
        column.addLayout(self._causes)
        column.addWidget(self.more_causes, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return body

    # ------------------------------------------------------------------------------------ showing

    def show_progress(self, progress: Progress, counts: LibraryCounts) -> None:
        """Show what the worker does, and the way it is going."""
        icon, words, _ = progress_words(progress, counts)
        ink = {"warning": "err", "check": "ok", "pause": "warn", "clock": "warn"}.get(icon, "accent")
        self._mark.set_glyph(icon, ink)
        if words != self.words.text():
            self.words.set_text(words)
        share = progress_share(progress)
        self.bar.set_share(share or 0.0)
        self.bar.setVisible(share is not None)
        self.pace.setText(pace_words(progress))
        self.pace.setVisible(bool(self.pace.text()))
        self._is_paused = progress.state is RunState.PAUSED
        name = tr("Go on") if self._is_paused else tr("Pause")
        if name != self.pause.text():
            self.pause.setText(name)
            set_reading(self.pause, name)
        working = progress.state not in (RunState.STARTING, RunState.STOPPED, RunState.ERROR)
        self.pause.setVisible(working)
        # Before the first model is loaded nothing is in the queue yet, whatever waits.
        self._may_be_empty = progress.state not in _BEFORE_QUEUE
        self._say_empty()
        self._fit_again()

    def _say_empty(self) -> None:
        self.queue_empty.setVisible(self._may_be_empty and self._has_queue is False)

    def show_conditions(self, only_when_idle: bool, only_on_mains: bool) -> None:
        """Show what is set, without announcing it."""
        for box, on in ((self.when_idle, only_when_idle), (self.on_mains, only_on_mains)):
            with QSignalBlocker(box):
                box.setChecked(on)

    def show_computer(self, tells_idle: bool, has_battery: bool) -> None:
        """Say where a switch means nothing on this computer."""
        self.idle_note.set_text(
            tr("This system does not tell when it is idle: the work goes on at any time.")
        )
        self.mains_note.set_text(tr("This computer has no battery: it always runs on mains power."))
        self.idle_note.setVisible(not tells_idle)
        self.mains_note.setVisible(not has_battery)
        self._fit_again()

    def show_queue(self, folders: Sequence[WaitingFolder]) -> None:
        """Show what waits, by folder."""
        total = sum(folder.photos for folder in folders)
        head = tr("WAITING · {count}", count=number(total)) if total else tr("WAITING")
        self.queue_head.setText(head)
        self._has_queue = bool(folders)
        self._say_empty()
        self.queue.setVisible(bool(folders))
        self.queue.show_folders(folders)
        self._fit_again()

    def show_problems(self, problems: Sequence[tuple[Problem, int]]) -> None:
        """Show why photos could not be read."""
        self.failed_head.setText(tr("COULD NOT BE READ · {count}", count=number(sum(n for _, n in problems))))
        self.failed_head.setVisible(bool(problems))
        self.more_causes.setVisible(len(problems) > _MOST_CAUSES)
        shown = list(problems[:_MOST_CAUSES])
        if shown == [(card.problem, card.count) for card in self.cards]:
            for card in self.cards:  # they keep the keyboard
                card.retry.setEnabled(True)
            return
        for card in self.cards:
            self._causes.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [ProblemCard(problem, count) for problem, count in shown]
        for card in self.cards:
            card.retried.connect(self.retried)
            self._causes.addWidget(card)
            card.show()  # a layout does it later, and the height is needed now
        self._fit_again()

    # ------------------------------------------------------------------------------------ its place

    def _fit_again(self) -> None:
        if self.isVisible():
            self._place()

    @override
    def fit(self, width: int) -> int:
        inner = width - 2 * SPACE_L
        self.bar.setFixedWidth(inner)
        self.words.fit(inner - ICON - 2 * SPACE_S - self.pause.sizeHint().width())
        for card in self.cards:
            card.fit(inner)
        for note in (self.idle_note, self.mains_note):
            note.fit(inner - _CHECK)
        body = self._body.layout()
        assert body is not None
        body.activate()
        # The hint of a scroll area is that of its first content; the panel's height needs the present one.
        self._area.setFixedHeight(body.sizeHint().height())
        self._whole.activate()
        height = self._whole.sizeHint().height()
        self._area.setMinimumHeight(1)
        self._area.setMaximumHeight(QWIDGETSIZE_MAX)
        return height

    @override
    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        width = min(WIDTH, window.width() - 2 * SPACE_S)
        bottom = self.anchor.y() - _GAP
        height = min(self.fit(width), bottom - TOP_BAR - SPACE_S)
        self.setGeometry(QRect(SPACE_S, bottom - height, width, height))

    def close_panel(self) -> None:
        """Put it away."""
        self.hide()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)
