"""Tags of the photo as chips, with an inline field for a new one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.values import Keyword, Source
from blipdesk.domain.wording import tr
from blipdesk.domain.words import fold_text
from blipdesk.ui import icons
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.flow import FlowBox
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.tag_completion import KnownTag, TagCompleter, TagOffers
from blipdesk.ui.pane.texts import keyword_source, set_reading, set_tooltip, shown
from blipdesk.ui.theme import CHIP, SIZE_META, SPACE_S, colors, font
from blipdesk.ui.undoing import leaves_undo

MAX_CHIPS = 14
"""Chips shown before "Show all": a photo with eighty keywords must not push the chat away."""
_CROSS = 22


class KeywordChip(QWidget):
    """One tag; its cross, Delete and Backspace take it off.

    Args:
        name: the tag.
        says: more about it, in words.
        note: is shown behind the name.
        ink: the colour of the name.
    """

    removed = Signal(str)

    def __init__(self, name: str, says: str, note: str = "", ink: str = "text") -> None:
        super().__init__()
        self.name, self._note, self._ink = name, note, ink
        self._drawn = font(SIZE_META)
        self._hover_cross = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CHIP)
        set_reading(self, tr("Tag {name}", name=name), tr("{source}. Delete removes it.", source=says))
        set_tooltip(self, f"{name}: {says}")

    @override
    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._drawn).horizontalAdvance(shown(self.name)[:200])
        return QSize(10 + width + self._note_width() + _CROSS + 4, CHIP)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), CHIP)

    def _note_width(self) -> int:
        return QFontMetrics(self._drawn).horizontalAdvance(self._note) + SPACE_S if self._note else 0

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        border = "accent" if self.hasFocus() else "line"
        rounded_fill(painter, self.rect(), CHIP // 2, "raised", border)
        painter.setFont(self._drawn)
        painter.setPen(colors().color(self._ink))
        room = self.width() - 10 - self._note_width() - _CROSS - 2
        name = QFontMetrics(self._drawn).elidedText(
            shown(self.name)[:400].replace("\n", " "), Qt.TextElideMode.ElideRight, room
        )
        inner = self.rect().adjusted(10, 0, -_CROSS - 2, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, name)
        if self._note:
            painter.setPen(colors().color("faint"))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(inner, right, self._note)
        cross = icons.pixmap("x", "text" if self._hover_cross else "faint", 12)
        painter.drawPixmap(QPoint(self.width() - _CROSS + 2, (CHIP - 12) // 2), cross)

    def _on_cross(self, event: QMouseEvent) -> bool:
        return event.position().x() >= self.width() - _CROSS - 2

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._on_cross(event)
        if over != self._hover_cross:
            self._hover_cross = over
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
            self.update()

    @override
    def leaveEvent(self, event: object) -> None:
        self._hover_cross = False
        self.update()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_cross(event):
            self.removed.emit(self.name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(self.name)
        else:
            super().keyPressEvent(event)


class _TagField(ComposedLine):
    """The inline field; Escape or leaving it empty closes it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.completer_of_tags: TagCompleter | None = None
        self.setPlaceholderText(tr("New tag"))
        self.setFixedSize(140, CHIP)
        self.setStyleSheet(f"border-radius: {CHIP // 2}px; font-size: {SIZE_META}px; padding: 0 10px;")
        self.setMaxLength(200)
        set_reading(self, tr("New tag"), tr("Enter adds it, Escape closes the field"))

    @override
    def event(self, event: QEvent) -> bool:
        if self.composition.takes(event):
            return True
        return not leaves_undo(event, self.isUndoAvailable()) and super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.completer_of_tags is not None and self.completer_of_tags.takes(event):
            event.ignore()  # the list of offers does what the key means there
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.text().strip() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.closed.emit()


class ShownTag(Protocol):
    """What a bar knows of a tag; hidden ones are shown with all others alone."""

    @property
    def name(self) -> str:
        """As it is spelled."""
        ...

    @property
    def hidden(self) -> bool:
        """A person chose not to have it offered."""
        ...


def chip_of_photo(keyword: Keyword) -> KeywordChip:
    """The chip of one photo's tag."""
    ink = "muted" if keyword.source is Source.MODEL else "text"
    return KeywordChip(keyword.name, keyword_source(keyword.source), ink=ink)


class KeywordBar(FlowBox):
    """Chips, "Add tag" and, for many, "Show all"; :attr:`added` and :attr:`removed` carry a name.

    Args:
        make_chip: makes the chip of a tag.
    """

    added = Signal(str)
    removed = Signal(str)
    completion_wanted = Signal()
    rebuilt = Signal()
    """The chips are other widgets now: the tab order must be set again."""

    def __init__(self, make_chip: Callable[[Any], KeywordChip] = chip_of_photo) -> None:
        super().__init__()
        self._make_chip = make_chip
        self._keywords: tuple[ShownTag, ...] = ()
        self._chips: list[KeywordChip] = []
        self._all = self._restored = False
        self.more_button = LinkButton("", tr("Show all tags"), "muted", height=CHIP)
        self.add_button = LinkButton(tr("Add tag"), tr("Add a tag"), "muted", height=CHIP, glyph="plus")
        self.field = _TagField()
        self.offers = TagOffers()
        self.completer = TagCompleter(self.offers, self.field)
        self.completer.setWidget(self.field)
        self.field.completer_of_tags = self.completer
        # The completer puts the name into the field itself; what is chosen is added, not offered again.
        self.completer.activated.connect(self._on_offer_chosen)
        self.field.textEdited.connect(self._offer)
        for widget in (self.more_button, self.add_button, self.field):
            self.flow.addWidget(widget)
        self.field.hide()
        self.add_button.clicked.connect(self.begin_add)
        self.more_button.clicked.connect(self._toggle_all)
        self.field.returnPressed.connect(self.add_typed)
        self.field.textChanged.connect(self._on_typed)
        self.field.closed.connect(self.end_add)
        set_reading(self, tr("Tags"))

    @property
    def names(self) -> list[str]:
        """The tags that the bar knows, shown or folded away."""
        return [keyword.name for keyword in self._keywords]

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab visits, in order."""
        return [*self._chips, self.more_button, self.add_button, self.field]

    @property
    def chips(self) -> list[KeywordChip]:
        """The chips that exist, in order."""
        return list(self._chips)

    def show_keywords(self, keywords: Sequence[ShownTag], fold: bool = False) -> None:
        """Show these; an open field stays open. ``fold`` starts with the short list again."""
        if fold:
            self._all = False
            with QSignalBlocker(self.field):  # what stood there is another photo's, and kept
                self.end_add()
        if tuple(keywords) == self._keywords and not fold:
            return
        self._keywords = tuple(keywords)
        self._rebuild()

    def show_draft(self, text: str) -> None:
        """Show a tag that was typed before and not added; empty: none was."""
        if text:
            self.add_button.hide()
            self.field.setText(shown(text))
            self.field.show()
            self.updateGeometry()
        self._restored = bool(text)

    def leave(self) -> None:
        """Add what was typed; a draft from before that nobody touched waits on."""
        if not self._restored:
            self.add_typed()

    def set_known(self, known: list[KnownTag]) -> None:
        """Offer these for completion."""
        self.offers.set_known(known)
        if self.field.isVisible() and self.field.hasFocus():
            self._offer(self.field.text())

    def _offer(self, text: str) -> None:
        self.offers.look_up(text, {fold_text(name) for name in self.names})
        self.completer.begin()

    def _on_offer_chosen(self, text: str) -> None:
        self.field.setText(text)
        self.add_typed()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_add(self) -> None:
        """Open the field."""
        self.completion_wanted.emit()
        self.add_button.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def end_add(self) -> None:
        """Close the field."""
        had_focus = self.field.hasFocus()
        self.field.clear()
        self.field.hide()
        self.add_button.show()
        if had_focus:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def add_typed(self) -> None:
        """Add what stands in the field, parted at commas; nothing where it is empty."""
        for name in self._take_typed():
            self.added.emit(name)

    def _take_typed(self) -> list[str]:
        """What stands in the field and is not there yet, each once; the field is empty then."""
        names = [" ".join(name.split()) for name in re.split("[,;]", self.field.text())]
        self.field.setText("")  # Ctrl+Z takes the tag back, and does not bring the words back here
        new: dict[str, str] = {}
        for name in filter(None, names):
            new.setdefault(name.casefold(), name)
        for name in self.names:
            new.pop(name.casefold(), None)
        return list(new.values())

    def _on_typed(self) -> None:
        self._restored = False

    def _toggle_all(self) -> None:
        self._all = not self._all
        self._rebuild()

    def _rebuild(self) -> None:
        focused = next((chip.name for chip in self._chips if chip.hasFocus()), None)
        position = next((i for i, chip in enumerate(self._chips) if chip.hasFocus()), 0)
        for chip in self._chips:
            self.flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        listed = [keyword for keyword in self._keywords if not keyword.hidden]
        if len(listed) > MAX_CHIPS + 1:
            listed = listed[:MAX_CHIPS]
        folds = len(listed) < len(self._keywords)
        visible = self._keywords if self._all else listed
        self._chips = [self._make_chip(keyword) for keyword in visible]
        for index, chip in enumerate(self._chips):
            chip.removed.connect(self.removed)
            self.flow.insert_widget(index, chip)
            chip.show()
        left = len(self._keywords) - len(visible)
        self.more_button.setText(tr("{count} more", count=left) if left else tr("Show fewer"))
        self.more_button.setVisible(folds)
        if focused is not None and self._chips:
            self._chips[min(position, len(self._chips) - 1)].setFocus()
        self.updateGeometry()
        self.rebuilt.emit()
