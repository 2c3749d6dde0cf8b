"""The card at a chip: another value for a filter, with what the library has of it, or other words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.filters import FilterSpec
from blipdesk.domain.query import filter_term
from blipdesk.domain.search import Suggestion
from blipdesk.domain.wording import listed, tr
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.paint import WrappedText
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.search.filter_words import filter_title
from blipdesk.ui.search.floating import Floating
from blipdesk.ui.search.suggestions import SuggestionRow
from blipdesk.ui.theme import ROW, SIZE_META, SPACE_M, SPACE_S

_WIDTH = 320
MOST = 8
"""Values at a time; typing narrows them."""


class FilterEditor(Floating):
    """Edits one term.

    Signals: ``typed`` with the value so far, ``done`` with the term as it is typed into the search field
    (empty: none), ``cancelled`` by a key.

    Args:
        window: what it floats over.
        bar: the head with the chips.
        place: of the chip in it.
        spec: the filter; None: words.
        value: what it has now.
        is_excluded: whether it leaves out what it finds.
        may_exclude: whether that can be chosen.
    """

    typed = Signal(str)
    done = Signal(str)
    cancelled = Signal()

    def __init__(
        self,
        window: QWidget,
        bar: QWidget,
        place: QRect,
        spec: FilterSpec | None,
        value: str = "",
        is_excluded: bool = False,
        may_exclude: bool = True,
    ) -> None:
        super().__init__(window, bar, _WIDTH)
        self.spec, self.place = spec, place
        self._marked = -1
        name = filter_title(spec.name) if spec is not None else tr("Words")
        set_reading(self, name)
        self.field = ComposedLine(value)
        self.field.setFixedHeight(ROW)
        set_reading(
            self.field, name, tr(spec.help) if spec is not None else tr("What captions are searched for")
        )
        if spec is not None:
            self.field.setPlaceholderText(listed(spec.examples))
        self.field.installEventFilter(self)
        self.exclude = QCheckBox(tr("Leave these out"))
        self.exclude.setChecked(is_excluded)
        self.problem = WrappedText(ink="warn", size=SIZE_META)
        self.problem.hide()
        self.apply = text_button(tr("Apply"), "primary")
        self.rows: list[SuggestionRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self._lay_out(name)
        self.exclude.setVisible(spec is not None and may_exclude)  # now it is no window of its own
        self.field.textEdited.connect(self._on_edited)
        self.apply.clicked.connect(self._on_apply)

    def _lay_out(self, name: str) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.exclude)
        foot.addStretch(1)
        foot.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(plain_label(name, "strong"))
        column.addWidget(self.field)
        column.addWidget(self.problem)
        column.addLayout(self._list)
        column.addLayout(foot)

    def begin(self) -> None:
        """Show it with the keyboard in it."""
        self.open()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()
        self.typed.emit("")  # all values first: the one that it has is no beginning that one types

    @property
    def offers(self) -> list[Suggestion]:
        """The values that are offered."""
        return [row.suggestion for row in self.rows if row.suggestion is not None]

    def show_offers(self, offers: Sequence[Suggestion]) -> None:
        """Offer these values."""
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows, self._marked = [], -1
        for offer in offers[:MOST]:
            row = SuggestionRow()
            row.show_suggestion(offer)
            row.clicked.connect(lambda offer=offer: self._take(offer))
            self._list.addWidget(row)
            row.show()  # what is hidden takes no room in the layout
            self.rows.append(row)
        if self.isVisible():
            self.open()

    def _take(self, offer: Suggestion) -> None:
        # The query of an offer is a whole one: the filter with the value.
        self.done.emit(f"{'-' * self.exclude.isChecked()}{offer.query.strip()}")

    def _on_edited(self, text: str) -> None:
        self._say("")
        self.typed.emit(text)

    def _say(self, words: str) -> None:
        self.problem.set_text(words)
        self.problem.setVisible(bool(words))
        self.open()

    def _on_apply(self) -> None:
        value = " ".join(self.field.text().split())
        if 0 <= self._marked < len(self.offers):
            self._take(self.offers[self._marked])
        elif self.spec is None or not value:
            self.done.emit(value)
        else:
            term = filter_term(self.spec, value, is_excluded=self.exclude.isChecked())
            told = self._problem_of(self.spec, value)
            if told:
                self._say(told)
            else:
                self.done.emit(term)

    def _problem_of(self, spec: FilterSpec, value: str) -> str:
        """Why a value, and every one of several, is none of the filter's."""
        today = date.today()
        told = [spec.parse(one, today) for one in (value, *value.split(","))]
        whole, parts = told[0], told[1:]
        bad = next((one for one in parts if isinstance(one, str)), "")
        return "" if not isinstance(whole, str) else bad or ""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_its = watched is self.field and not self.field.composition.is_under_way
        if is_its and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def _step(self, by: int) -> None:
        places = len(self.rows) + 1
        self._marked = (self._marked + 1 + by) % places - 1
        for place, row in enumerate(self.rows):
            row.mark(place == self._marked)
        if self._marked >= 0:
            set_reading(self.field, self.field.accessibleName(), self.rows[self._marked].accessibleName())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_apply()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
        event.accept()  # Escape and letters here are not the gallery's

    @override
    def focusNextPrevChild(self, next_one: bool) -> bool:
        """Tab goes round in the card."""
        stops = [stop for stop in (self.field, self.exclude, self.apply) if stop.isVisible()]
        if not stops:  # it is being put away
            return super().focusNextPrevChild(next_one)
        held = next((place for place, stop in enumerate(stops) if stop.hasFocus()), 0)
        stops[(held + (1 if next_one else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    @override
    def fit(self, width: int) -> int:
        self.problem.fit(width - 2 * SPACE_M)
        layout = self.layout()
        assert layout is not None
        layout.activate()
        return layout.sizeHint().height()

    @override
    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        width = min(_WIDTH, window.width() - 2 * SPACE_S)
        corner = self.anchor.mapTo(window, self.place.bottomLeft() + QPoint(0, 5))
        left = min(max(corner.x(), SPACE_S), window.width() - SPACE_S - width)
        height = min(self.fit(width), window.height() - corner.y() - SPACE_S)
        self.setGeometry(QRect(left, corner.y(), width, height))
