"""How sure the caption is: a small mark beside its source, and a line where it should be looked at."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.values import Photo, Source, Sureness
from blipdesk.domain.wording import later, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.paint import Glyph
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip
from blipdesk.ui.theme import colors

_WORDS = {
    Sureness.SURE: later("Sure"),
    Sureness.FAIR: later("Fair"),
    Sureness.UNSURE: later("Unsure: check this caption"),
}
_TOOLTIPS = {
    Sureness.SURE: later("Sure: the checking model finds that the caption fits the photo."),
    Sureness.FAIR: later(
        "Fair: the checking model finds that the caption fits, and that others might as well."
    ),
    Sureness.UNSURE: later("Unsure: the checking model finds that the caption may not fit the photo."),
}
_CONFIRMED = (later("Confirmed"), later("You confirmed this caption."))
_BARS = {Sureness.SURE: 3, Sureness.FAIR: 2, Sureness.UNSURE: 1}
_EDGE = 14


def sureness_words(sureness: Sureness) -> str:
    """The band in a word."""
    return {
        Sureness.SURE: tr("Sure"),
        Sureness.FAIR: tr("Fair"),
        Sureness.UNSURE: tr("Unsure"),
    }[sureness]


def draw_bars(painter: QPainter, left: int, top: int, sureness: Sureness) -> None:
    """Draw one to three bars, as a signal is drawn, in a square of 14 pixels."""
    palette = colors()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    ink = {Sureness.SURE: "ok", Sureness.FAIR: "muted", Sureness.UNSURE: "warn"}[sureness]
    for bar in range(3):
        painter.setBrush(palette.color(ink) if bar < _BARS[sureness] else palette.color("faint", 90))
        height = 4 + 3 * bar
        painter.drawRoundedRect(QRectF(left + 1 + 4.5 * bar, top + _EDGE - 2 - height, 3, height), 1, 1)


class SurenessMark(QWidget):
    """One to three bars, as a signal is drawn, or a check once a person has confirmed the caption.

    Nothing where no model has looked, or a person wrote it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sureness: Sureness | None = None
        self._confirmed = False
        self.setFixedSize(_EDGE, _EDGE)

    @property
    def known(self) -> bool:
        """True when there is something to show."""
        return self._sureness is not None

    def show_photo(self, photo: Photo) -> None:
        """Show how sure the photo's caption is."""
        self._sureness = photo.sureness if photo.source is Source.MODEL else None
        self._confirmed = photo.reviewed
        if self._sureness is not None:
            words, tooltip = _WORDS[self._sureness], _TOOLTIPS[self._sureness]
            if self._confirmed:
                words, tooltip = _CONFIRMED
            set_tooltip(self, tr(tooltip))
            set_reading(self, tr(words), tr(tooltip))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sureness is None:
            return
        painter = QPainter(self)
        if self._confirmed:
            painter.drawPixmap(0, 0, icons.pixmap("check", "ok", _EDGE))
            return
        draw_bars(painter, 0, 0, self._sureness)


class ReviewLine(QWidget):
    """Stands instead of the source and asks for a look; :attr:`button` says that the caption is right."""

    def __init__(self) -> None:
        super().__init__()
        self.button = LinkButton(tr("Looks right"), tr("The caption is right"), height=24)
        set_tooltip(self.button, tr("The caption is right: it needs no review"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Glyph("eye", "warn", _EDGE))
        words = plain_label(
            tr("Check this caption"), "meta"
        )  # the whole line, icons and all, fits a narrow pane
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(words, 1)
        row.addWidget(self.button)
