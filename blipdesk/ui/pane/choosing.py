"""Captions to choose from: those that a model proposed, the file's and the person's own, with their marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.values import Candidate, Photo, Source, Sureness
from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.painted import PaintedButton
from blipdesk.ui.pane.controls import LinkButton, icon_button
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.sureness import draw_bars, sureness_words
from blipdesk.ui.pane.texts import day_of, model_title, plain_label, set_reading, shown
from blipdesk.ui.theme import RADIUS_INPUT, SIZE_BODY, SIZE_META, SPACE_M, SPACE_S, colors, font
from blipdesk.ui.words import noted

MOST = 12
"""Captions that are listed, the best first."""
_META, _PAD, _MARK = 18, 8, 16
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class Offer:
    """A caption to choose, and what is known of it."""

    text: str
    sureness: Sureness | None
    about: str
    """Who wrote it, and how well it fits."""
    taken: bool
    """It is the caption that people see."""


def offers_of(photo: Photo) -> list[Offer]:
    """What a person can choose from, the best first; the caption that people see is among them."""
    listed = list(photo.candidates)
    known = {candidate.text for candidate in listed}
    for text, source in (
        (photo.model_caption, Source.MODEL),
        (photo.file_caption, Source.FILE),
        (photo.user_caption, Source.USER),
    ):
        if text and text not in known:
            listed.append(Candidate(text, text, source=source))
            known.add(text)
    listed.sort(key=lambda candidate: -1.0 if candidate.match is None else -candidate.match.itm - 1.0)
    return [
        Offer(
            candidate.text,
            None if candidate.match is None else candidate.match.sureness,
            _about(photo, candidate),
            candidate.text == photo.caption,
        )
        for candidate in listed[:MOST]
    ]


def _about(photo: Photo, candidate: Candidate) -> str:
    parts = []
    if candidate.match is not None:
        fits = tr("{percent} % match", percent=f"{100 * candidate.match.itm:.0f}")
        parts += [sureness_words(candidate.match.sureness), fits]
    if candidate.source is Source.FILE:
        parts.append(tr("From the file"))
    elif candidate.source is Source.USER:
        parts.append(tr("Written by you"))
    elif candidate.text == photo.model_caption:
        when = "" if photo.captioned_at is None else day_of(datetime.fromtimestamp(photo.captioned_at))
        parts += [part for part in (model_title(photo.model_key), when) if part]
    return " · ".join(parts)


class OfferRow(PaintedButton):
    """One caption, wrapped, with its marks below it; Enter takes it."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(across=QSizePolicy.Policy.Ignored)
        self.offer = offer
        self._body, self._small = font(SIZE_BODY), font(SIZE_META)
        self.fit(280)
        words = tr("The caption now") if offer.taken else tr("Enter takes this caption")
        set_reading(self, offer.text, noted(offer.about, words) if offer.about else words)

    def fit(self, width: int) -> None:
        """Wrap for this width."""
        self._room = max(width - 2 * _PAD - _MARK - _PAD, 40)
        rect = QFontMetrics(self._body).boundingRect(QRect(0, 0, self._room, 10_000), _WRAP, self._words)
        self._text_height = rect.height()
        self.setFixedHeight(self._text_height + 2 * _PAD + (_META if self.offer.about else 0))

    @property
    def _words(self) -> str:
        return shown(self.offer.text)[:2000]

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._room + 2 * _PAD + _MARK + _PAD, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        if self.underMouse() or self.hasFocus():
            rounded_fill(painter, self.rect(), RADIUS_INPUT, "hover", "accent" if self.hasFocus() else "")
        painter.setFont(self._body)
        painter.setPen(palette.color("text"))
        painter.drawText(QRect(_PAD, _PAD, self._room, self._text_height), _WRAP, self._words)
        left, top = _PAD, _PAD + self._text_height
        if self.offer.sureness is not None:
            draw_bars(painter, left, top + 2, self.offer.sureness)
            left += _MARK + 2
        painter.setFont(self._small)
        painter.setPen(palette.color("muted"))
        about = QFontMetrics(self._small).elidedText(
            shown(self.offer.about), Qt.TextElideMode.ElideRight, self.width() - left - _PAD
        )
        painter.drawText(QRect(left, top, self.width() - left, _META), Qt.AlignmentFlag.AlignVCenter, about)
        if self.offer.taken:
            painter.drawPixmap(self.width() - _PAD - _MARK, _PAD, icons.pixmap("check", "accent", _MARK))


class CaptionChoice(QWidget):
    """The list below the caption: :attr:`chosen` carries a text, the links ask the model."""

    chosen = Signal(str)
    propose = Signal()
    stop = Signal()
    anew = Signal()
    """The model's caption itself is to be made anew."""
    anew_stopped = Signal()
    """It is not, after all."""
    closed = Signal()
    stepped = Signal(QWidget)
    """This row has the keyboard now, and should be in view."""
    rebuilt = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[OfferRow] = []
        self._offers: tuple[Offer, ...] = ()
        self._busy = self._is_anew = False
        head = QHBoxLayout()
        head.setSpacing(SPACE_S)
        head.setContentsMargins(_PAD, 0, 0, 0)
        head.addWidget(plain_label(tr("CHOOSE A CAPTION"), "head"))
        head.addStretch(1)
        self.close_button = icon_button("x", tr("Close the list of captions"), glyph=14)
        self.close_button.clicked.connect(self.closed)
        head.addWidget(self.close_button)
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self._awaited = plain_label(role="meta")
        self.propose_button = LinkButton(tr("Propose others"), height=24, glyph="sparkle")
        self.anew_button = LinkButton(tr("Caption anew"), ink="muted", height=24)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_S)
        foot.setContentsMargins(4, 0, 4, 0)  # its links have as much inside
        foot.addWidget(self._awaited)
        foot.addWidget(self.propose_button)
        foot.addStretch(1)
        foot.addWidget(self.anew_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_M - _PAD, 4, SPACE_M - _PAD, SPACE_S)
        column.setSpacing(4)
        for part in (head, self._column, foot):
            column.addLayout(part)
        self.propose_button.clicked.connect(self._on_propose)
        self.anew_button.clicked.connect(self._on_anew)
        set_reading(self, tr("Captions to choose from"))
        self.show_anew(False)
        self.show_busy(False)
        self.hide()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab visits, in order."""
        return [self.close_button, *self.rows, self.propose_button, self.anew_button]

    def show_photo(self, photo: Photo) -> None:
        """List the captions of a photo."""
        offers = tuple(offers_of(photo))
        if offers == self._offers:
            return
        self._offers = offers
        focused = next((row.offer.text for row in self.rows if row.hasFocus()), None)
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [OfferRow(offer) for offer in offers]
        for row in self.rows:
            row.fit(self._inner())
            row.clicked.connect(lambda _=False, row=row: self.chosen.emit(row.offer.text))
            self._column.addWidget(row)
            if row.offer.text == focused:
                row.setFocus()
        self.updateGeometry()
        self.rebuilt.emit()

    def show_busy(self, busy: bool) -> None:
        """Say that the model is at work on captions, and offer to stop it."""
        self._busy = busy
        self.show_loading("")
        self._awaited.setVisible(busy)
        self.propose_button.setText(tr("Stop") if busy else tr("Propose others"))
        self.propose_button.set_glyph("stop" if busy else "sparkle")
        set_reading(self.propose_button, tr("Stop proposing captions") if busy else tr("Propose others"))
        self.propose_button.updateGeometry()
        self.anew_button.setVisible(not busy)

    def show_anew(self, is_anew: bool) -> None:
        """Offer to have the model's caption made anew, or, where it is being made, to stop that."""
        self._is_anew = is_anew
        words = tr("Stop captioning again") if is_anew else tr("Caption anew")
        hint = (
            tr("Stop: the caption stays as it is")
            if is_anew
            else tr("The model's caption is replaced by its next one")
        )
        self.anew_button.setText(words)
        self.anew_button.set_glyph("stop" if is_anew else "")
        set_reading(self.anew_button, words, hint)
        self.anew_button.updateGeometry()

    def _on_anew(self) -> None:
        (self.anew_stopped if self._is_anew else self.anew).emit()

    def show_loading(self, model: str) -> None:
        """Say that this model is being loaded before it can propose any; empty: it is at work."""
        words = (
            tr("{model} is being loaded…", model=model_title(model)) if model else tr("The model is looking…")
        )
        self._awaited.setText(shown(words))

    def _on_propose(self) -> None:
        (self.stop if self._busy else self.propose).emit()

    def _inner(self) -> int:
        margins = self.contentsMargins()
        return self.width() - 2 * (SPACE_M - _PAD) - margins.left() - margins.right()

    @override
    def resizeEvent(self, event: object) -> None:
        for row in self.rows:
            row.fit(self._inner())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = next((place for place, row in enumerate(self.rows) if row.hasFocus()), -1)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif step and self.rows:
            row = self.rows[min(max(at + step, 0), len(self.rows) - 1)]
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self.stepped.emit(row)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", "line")
