"""Finds settings by their words: what matches is marked, pages without a match are dimmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from blipdesk.domain.wording import plural, tr
from blipdesk.domain.words import fold_text
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.texts import set_reading
from blipdesk.ui.theme import RADIUS_INPUT, ROW, SPACE_S


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: what it says, where it stands."""

    page: int
    area: QScrollArea
    """Of the page."""
    target: QWidget
    texts: tuple[str, ...]
    page_name: str

    def matches(self, words: Sequence[str]) -> bool:
        """Whether all words (folded) stand in what it says."""
        said = fold_text(" ".join(self.texts))
        return all(word in said for word in words)

    def stands_on(self, words: Sequence[str]) -> bool:
        """Whether its page is called so: it is shown before what only speaks of that."""
        return all(word in fold_text(self.page_name) for word in words)


class _Mark(QWidget):
    """A soft ground behind what was found; goes with it."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.area.widget())
        self._target = entry.target
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        entry.target.installEventFilter(self)
        self._follow()
        self.lower()
        self.show()

    def _follow(self) -> None:
        page = self.parentWidget()
        if page is not None:
            corner = self._target.mapTo(page, self._target.rect().topLeft())
            around = self._target.rect().translated(corner)
            self.setGeometry(around.adjusted(-SPACE_S - 2, -SPACE_S, SPACE_S + 2, SPACE_S))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        return False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "soft", "accent")


class SettingsSearch(ComposedLine):
    """The field over the names of the pages.

    Signals: ``page_wanted`` with the page of a match; ``counted`` with the number of matches by page, None
    while nothing is searched for.
    """

    page_wanted = Signal(int)
    counted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._found: list[Entry] = []
        self._marks: list[_Mark] = []
        self._at = 0
        self.setFixedHeight(ROW)
        self.setPlaceholderText(tr("Search settings"))
        set_reading(self, tr("Search settings"), tr("Enter goes to the next match, Down into it"))
        self.textChanged.connect(self._on_text)

    @property
    def found(self) -> list[Entry]:
        """What matches."""
        return list(self._found)

    @property
    def marked(self) -> list[QWidget]:
        """What is marked."""
        return [entry.target for entry in self._found]

    def _on_text(self, text: str) -> None:
        words = fold_text(text).split()
        self._found = [entry for entry in self.entries if words and entry.matches(words)]
        for mark in self._marks:
            mark.hide()
            mark.deleteLater()
        self._marks = [_Mark(entry) for entry in self._found]
        counts: dict[int, int] = {}
        for entry in self._found:
            counts[entry.page] = counts.get(entry.page, 0) + 1
        self.counted.emit(counts if words else None)
        named = (n for n, entry in enumerate(self._found) if entry.stands_on(words))
        self._at = next(named, 0)
        if self._found:
            self._show_match()
        many = plural(len(self._found), tr("{n} match"), tr("{n} matches"))
        self.setAccessibleDescription(many if words else tr("Enter goes to the next match, Down into it"))

    def _show_match(self) -> None:
        entry = self._found[self._at]
        self.page_wanted.emit(entry.page)
        entry.area.ensureWidgetVisible(entry.target, 0, 2 * SPACE_S)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._found:
            self._at = (self._at + 1) % len(self._found)
            self._show_match()
        elif key == Qt.Key.Key_Down and self._found:
            self._enter(self._found[self._at].target)
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # which would close the dialog
            super().keyPressEvent(event)

    @staticmethod
    def _enter(target: QWidget) -> None:
        """Give the keyboard to the first control of a match."""
        parts = [target, *target.findChildren(QWidget)]
        usable = (p for p in parts if p.isVisible() and p.focusPolicy() & Qt.FocusPolicy.TabFocus)
        first = next((part for part in usable if part.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
