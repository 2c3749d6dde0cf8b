"""What stands at the lower edge of the large view: the caption, the file's name, the keys or a note."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from blipdesk.domain.values import Photo
from blipdesk.domain.wording import number, tr
from blipdesk.ui.dialogs.caption_words import CaptionWords
from blipdesk.ui.pane.texts import file_name, shown
from blipdesk.ui.theme import LARGE_GROUND, LARGE_INK, LARGE_QUIET, SIZE_HEAD, SIZE_META, font

HEIGHT = 118
"""Pixels that are kept free below a picture that is shown whole: enough for two lines of caption."""
_BESIDE, _NARROWEST, _WIDEST = 72, 100, 900
"""Pixels left and right of the words, and of the shortest line and the longest that is read with ease."""
_NAME, _FOOT, _GAP = 22, 34, 8
_LONGEST = 1000
"""Characters of a caption."""
_VEIL = 190


class LargeWords(QWidget):
    """Lies over the picture; where that reaches under the words a veil keeps them legible."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = parent
        self.caption = CaptionWords(self)
        self._name = self._note = self._position = ""
        self._percent: int | None = None
        self.setCursor(Qt.CursorShape.ArrowCursor)

    @property
    def text(self) -> str:
        """The caption as it is shown, in one line."""
        return self.caption.text()

    @property
    def position(self) -> str:
        """Which of how many photos it is."""
        return self._position

    @property
    def note(self) -> str:
        """What is said instead of the keys; empty for those."""
        return self._note

    def show_photo(self, photo: Photo | None) -> None:
        """Show a photo's words, or none."""
        caption = photo.caption or "" if photo is not None else ""
        self._name = shown(file_name(photo)) if photo is not None else ""
        self._fit(" ".join(shown(caption[:_LONGEST]).split()))

    def set_position(self, place: int, count: int) -> None:
        """Say which of how many photos it is, from 1."""
        self._position = tr("{place} of {count}", place=number(place), count=number(count))
        self.update()

    def set_percent(self, percent: int | None) -> None:
        """Say how near the picture is; None: it is whole, and nothing of it is under two lines of caption."""
        if percent != self._percent:
            self._percent = percent
            self.update()

    def set_note(self, words: str) -> None:
        """Say something instead of the keys; empty for those again."""
        self._note = words
        self.update()

    def fit(self) -> None:
        """Take the place at the lower edge of the parent."""
        self._fit(self.text)

    def _fit(self, caption: str) -> None:
        whole = self._whole.rect()
        self.caption.set_text(caption, min(max(whole.width() - 2 * _BESIDE, _NARROWEST), _WIDEST))
        height = max(HEIGHT, self.caption.height() + _NAME + _FOOT + 2 * _GAP)
        self.setGeometry(0, whole.height() - height, whole.width(), height)
        self.caption.move((whole.width() - self.caption.width()) // 2, _GAP)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._percent is not None or self.height() > HEIGHT:
            veil = QColor(LARGE_GROUND)
            veil.setAlpha(_VEIL)
            painter.fillRect(self.rect(), veil)
        percent = "" if self._percent is None else f"{number(self._percent)} %"
        beside = "".join(f"  ·  {part}" for part in (self._position, percent) if part)
        box = QRect(_BESIDE, self.caption.geometry().bottom() + 1, self.width() - 2 * _BESIDE, _NAME)
        painter.setFont(font(SIZE_META))
        painter.setPen(QColor(LARGE_QUIET))
        metrics = painter.fontMetrics()
        room = box.width() - metrics.horizontalAdvance(beside)
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name + beside if name else "")
        foot = box.translated(0, _NAME + _GAP // 2)
        foot.setHeight(_FOOT)
        painter.setFont(font(SIZE_META if self._note else SIZE_HEAD))
        painter.setPen(QColor(LARGE_INK if self._note else LARGE_QUIET))
        top = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(foot, top | Qt.TextFlag.TextWordWrap, shown(self._note or _keys()))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Beside the words a click does nothing: beside the picture it would close the view."""


def _keys() -> str:
    return tr(
        "Left, Right: other photos  ·  + − 0 1: zoom  ·  Tab: where a word is seen  ·  C: words  ·  "
        "F: favourite  ·  Del: trash  ·  Esc: close"
    )
