"""What is said of an answer, above its photos: what was taken for what, not followed, or missing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.search import QueryProblem, SearchAnswer
from blipdesk.domain.wording import joined, retold, tr
from blipdesk.ui.pane.controls import LinkButton, icon_button
from blipdesk.ui.pane.flow import FlowBox
from blipdesk.ui.pane.paint import Glyph, WrappedText
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.search.meant import MeantRow
from blipdesk.ui.theme import SIZE_BODY, SIZE_META, SPACE_L, SPACE_S, SPACE_XS
from blipdesk.ui.words import quoted

_LEFT = SPACE_L + 3
"""Where the words of the head begin, pixels."""
_LINE, _CROSS = 20, 22


class _Sentence(QWidget):
    """An icon and quiet words, wrapped, with a cross where they may be put away."""

    def __init__(self, glyph: str, ink: str) -> None:
        super().__init__()
        self._words = WrappedText(ink="muted", size=SIZE_META)
        self.cross = icon_button("x", tr("Close this note"), size=_CROSS, glyph=_CROSS - 10)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Glyph(glyph, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.cross, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or would if it were not said elsewhere."""
        return self._words.text()

    @property
    def words(self) -> str:
        """What it says."""
        return "" if self.isHidden() else self.text

    def say(self, words: str, may_close: bool = False) -> None:
        """Say something; nothing hides it."""
        self._words.set_text(words)
        self.cross.setVisible(may_close)
        set_reading(self, words)
        self.setVisible(bool(words))

    def blank(self, blank: bool) -> None:
        """Say it no more, and keep its place; or say it again."""
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(blank)
        self.setSizePolicy(policy)
        self.setVisible(bool(self._words.text()) and not blank)

    def fit(self, width: int) -> None:
        """Wrap at a width."""
        self._words.fit(width - 16 - _CROSS - 12)


class AnswerNote(QWidget):
    """At most four lines.

    Signals: ``as_typed`` when no word is to be taken for another, ``as_mended`` for the way back, ``meant``
    with the query to answer instead.

    What is missing is said until it is put away, and again once it is something else.  A part of the query
    that is still typed is no problem yet.
    """

    as_typed = Signal()
    as_mended = Signal()
    meant = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._put_away = self._said_above = self._turned_down = ""
        self._query = ""
        self._closed_for: str | None = None
        """The query of which nothing more is to be said: but what it was taken for, while that is shown."""
        self.is_typed: Callable[[QueryProblem], bool] = lambda _: False
        """Whether a part of the query is still being typed."""
        self.instead = plain_label()
        self.link = LinkButton("", size=SIZE_BODY, height=_LINE, inset=0)  # it may begin a line
        self.instead.setFixedHeight(_LINE)  # or its words stand higher than the link's
        self._mended = FlowBox(SPACE_S, 0)
        for part in (self.instead, self.link):
            self._mended.flow.addWidget(part)
        self.others = MeantRow()
        self.problem = _Sentence("warning", "warn")
        self.missing = _Sentence("info", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(_LEFT, 0, SPACE_L, SPACE_S)
        column.setSpacing(SPACE_XS)
        self._may_go = (self.others, self.problem, self.missing)
        for line in (self._mended, *self._may_go):
            column.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.link.clicked.connect(self._on_link)
        self.others.chosen.connect(self.meant)
        self.missing.cross.clicked.connect(self._on_close)
        self.hide()

    def show_answer(
        self, answer: SearchAnswer | None, query: str, ranked: bool, turned_down: str = ""
    ) -> None:
        """Say what there is to say of the answer to a query; None: nothing was asked.

        What is missing is known of ranked answers: at the keys between them the line stays as it is, or the
        photos would hop up and down.  What the query was taken for before it was to be answered as it was
        typed (``turned_down``) is offered again.
        """
        said = answer if answer is not None else SearchAnswer()
        self._turned_down = turned_down if answer is not None else ""
        mended = bool(said.corrections and said.shown_query) or bool(self._turned_down)
        self._mended.setVisible(mended)
        self.instead.setText(
            tr("Showing results for {value}.", value=quoted(said.shown_query or query)) if mended else ""
        )
        self.link.setText(tr("Search instead for {value}", value=quoted(self._turned_down or query)))
        set_reading(self.link, self.link.text())
        self.link.updateGeometry()
        problems = (retold(problem.message) for problem in said.problems if not self.is_typed(problem))
        self.problem.say(joined(*dict.fromkeys(problems)))
        if ranked or answer is None:
            self.others.ask(said.meant, said.shown_query or query)
            missing = retold(said.missing)
            self.missing.say("" if missing == self._put_away else missing, may_close=True)
        self._fit()
        self._query = query
        if query != self._closed_for:
            self._closed_for = None
        self._show()
        self.leave_to_list(self._said_above)

    def leave_to_list(self, words: str) -> None:
        """What the list over this says is not said twice; the photos below stay where they are."""
        self._said_above = words
        if self._closed_for is not None:
            return
        self.problem.blank(bool(words) and words == self.problem.text)

    def _on_link(self) -> None:
        if self._turned_down:
            self.as_mended.emit()
        else:
            self.as_typed.emit()

    def close_note(self) -> bool:
        """Say no more of this query than what it was taken for; False where nothing else was said."""
        if self.isHidden() or all(line.isHidden() for line in self._may_go):
            return False
        self._closed_for = self._query
        self._on_close()
        return True

    def _on_close(self) -> None:
        if self.missing.words:
            self._put_away = self.missing.words
            self.missing.say("")
        self._show()

    def _show(self) -> None:
        if self._closed_for is not None:
            for line in self._may_go:
                line.hide()
        lines = (self._mended, *self._may_go)
        blanked = self._closed_for is None and bool(self.problem.text)
        self.setVisible(blanked or not all(line.isHidden() for line in lines))

    def _fit(self) -> None:
        for line in (self.problem, self.missing):
            line.fit(self.width() - _LEFT - SPACE_L)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())
