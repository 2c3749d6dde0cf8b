"""The bottom bar: what the background worker does, how far it is, pause, what is watched, which model."""

from __future__ import annotations

import os

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.conditions import WaitReason
from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import LibraryCounts
from blipdesk.domain.wording import later, number, plural, retold, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.controls import LinkButton, icon_button, text_button
from blipdesk.ui.pane.paint import ElidedText
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.theme import SIZE_META, SPACE_M, SPACE_S, STATUS_BAR, colors, theme

_WORDS = 420
"""Pixels that the main sentence keeps; a longer one (an error) is elided, its tooltip has it whole."""
DEVICES = {"cpu": later("CPU"), "cuda": later("NVIDIA GPU"), "mps": later("Apple GPU")}


def duration_words(seconds: float) -> str:
    """A rough time left, in words.

    >>> duration_words(40), duration_words(1980), duration_words(9000)
    ('less than a minute', 'about 33 min', 'about 2 h 30 min')
    """
    minutes = round(seconds / 60)
    if seconds < 60:
        return tr("less than a minute")
    if minutes < 60:
        return tr("about {minutes} min", minutes=minutes)
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return tr("about {days} days", days=number(round(hours / 24)))
    if rest and hours < 10:
        return tr("about {hours} h {minutes} min", hours=hours, minutes=rest)
    return tr("about {hours} h", hours=hours)


def left_words(least: float | None, most: float | None = None) -> str:
    """The time left: a range in one unit where ``most`` seconds are given; empty where it is not known.

    >>> left_words(1980), left_words(1200, 2700), left_words(1800, 9000), left_words(None)
    ('about 33 min left', '20 to 45 min left', '0.5 to 2.5 h left', '')
    """
    if least is None:
        return ""
    if most is None or most < 120:
        return tr("{time} left", time=duration_words(least))
    if most < 5400:
        return tr("{least} to {most} min left", least=max(round(least / 60), 1), most=round(most / 60))
    if most < 172_800:
        low, high = least / 3600, most / 3600
        decimals = 1 if low < 10 else 0
        return tr("{least} to {most} h left", least=number(low, decimals), most=number(high, decimals))
    days = (max(round(seconds / 86400), 1) for seconds in (least, most))
    return tr("{least} to {most} days left", **dict(zip(("least", "most"), map(number, days), strict=True)))


def rate_words(rate: float) -> str:
    """Photos per second, or per minute where that reads better; empty for none."""
    if rate <= 0:
        return ""
    if rate >= 0.95:
        return tr("{rate} photos/s", rate=number(rate, 1))
    return tr("{rate} photos/min", rate=number(max(rate * 60, 1)))


def idle_words(counts: LibraryCounts) -> str:
    """The sentence while nothing is left to do.

    >>> idle_words(LibraryCounts(total=26, failed=4, captioned=22))
    '22 of 26 captioned'
    """
    if not counts.total:
        return tr("Ready")
    if counts.captioned >= counts.total:
        return tr("All photos are captioned")
    return tr("{done} of {total} captioned", done=number(counts.captioned), total=number(counts.total))


def waiting_words(progress: Progress) -> str:
    """Why the worker waits."""
    if progress.waiting_for is WaitReason.MAINS:
        return tr("On battery: waiting for mains power")
    return tr("Waiting until the computer is idle")


def progress_words(progress: Progress, counts: LibraryCounts) -> tuple[str, str, str]:
    """Icon, main sentence and side note of a progress."""
    done, total = number(progress.done), number(progress.total)
    left = progress.seconds_left
    note = " · ".join(
        part
        for part in (
            rate_words(progress.rate),
            left_words(left, progress.seconds_left_most),
        )
        if part
    )
    writing = max(progress.writes_total - progress.writes_done, 0)
    if progress.state is RunState.CAPTIONING:
        counted = tr("Captioning {done} of {total}", done=done, total=total)
        return "sparkle", counted if progress.total else tr("Captioning…"), note
    if progress.state is RunState.PAUSED:
        waiting = max(progress.total - progress.done, 0)
        if not waiting and writing:
            one, many = tr("Paused · {n} caption to write"), tr("Paused · {n} captions to write")
            return "pause", plural(writing, one, many), ""
        paused = tr("Paused · {count} waiting", count=number(waiting)) if waiting else tr("Paused")
        return "pause", paused, ""
    if progress.state is RunState.WAITING:
        return "clock", waiting_words(progress), ""
    if progress.state is RunState.SCANNING:
        return "search", retold(progress.message) or tr("Looking for photos…"), ""
    if progress.state is RunState.LOADING_MODEL:
        return "chip", retold(progress.message) or tr("Loading the model…"), ""
    if progress.state is RunState.ERROR:
        return "warning", retold(progress.message) or tr("Captioning stopped."), ""
    if progress.state is RunState.IDLE and writing:
        words = tr("Writing captions: {done} of {total}")
        return "file-check", _counted(words, progress.writes_done, progress.writes_total), ""
    if progress.state is RunState.IDLE and progress.read_done < progress.read_total:
        words = tr("Reading captions for search: {done} of {total}")
        return "search", _counted(words, progress.read_done, progress.read_total), ""
    if progress.state is RunState.IDLE and progress.looked_done < progress.looked_total:
        words = tr("Reading pictures for search: {done} of {total}")
        return "search", _counted(words, progress.looked_done, progress.looked_total), ""
    if progress.state is RunState.IDLE:
        return "check" if counts.captioned >= counts.total else "info", idle_words(counts), ""
    starting = progress.state is RunState.STARTING
    return ("clock", tr("Starting…"), "") if starting else ("stop", tr("Stopped"), "")


def _counted(words: str, done: int, total: int) -> str:
    return words.format(done=number(done), total=number(total))


def progress_share(progress: Progress) -> float | None:
    """How much of the captioning, the writing back or the reading after it is done; None while none is on."""
    captioning = progress.state is RunState.CAPTIONING or progress.done < progress.total
    if (
        progress.state in (RunState.CAPTIONING, RunState.PAUSED, RunState.WAITING)
        and progress.total
        and captioning
    ):
        return progress.done / progress.total
    if progress.state in (RunState.IDLE, RunState.PAUSED) and progress.writes_done < progress.writes_total:
        return progress.writes_done / progress.writes_total
    if progress.state is RunState.IDLE and progress.read_done < progress.read_total:
        return progress.read_done / progress.read_total
    if progress.state is RunState.IDLE and progress.looked_done < progress.looked_total:
        return progress.looked_done / progress.looked_total
    return None


class ProgressLine(QWidget):
    """A thin bar; a moving one where the end is not known would only distract, so it is then hidden."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedSize(180, 6)
        set_reading(self, tr("Progress"))

    def set_share(self, share: float) -> None:
        """0 to 1."""
        self._share = min(max(share, 0.0), 1.0)
        set_reading(self, tr("Progress {percent} percent", percent=round(self._share * 100)))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(180, 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors().color("hover"))
        painter.drawRoundedRect(self.rect(), 3, 3)
        width = self._share * self.width()
        if width > 0:
            painter.setBrush(colors().color("accent"))
            painter.drawRoundedRect(QRectF(0, 0, max(width, 6), 6), 3, 3)


class StatusBar(QFrame):
    """Signals: ``pause_toggled`` (True: pause), ``model_requested``, ``failed_requested``."""

    pause_toggled = Signal(bool)
    model_requested = Signal()
    activity_requested = Signal()
    """What the worker does is to be shown in full."""
    failed_requested = Signal()
    """The photos that could not be read are to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(STATUS_BAR)
        self._progress = Progress()
        self._counts = LibraryCounts()
        self._model = ""
        self.awaits_choices = False
        """The worker begins once a person is through the first start."""
        self._mark = plain_label()
        self.words = ElidedText(SIZE_META, 400)
        self.words.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.bar = ProgressLine()
        self.note = plain_label(role="meta")
        self.failed = LinkButton("", ink="warn", height=22, glyph="warning")
        set_tooltip(self.failed, tr("Show these photos and what helps"))
        self.failed.clicked.connect(self.failed_requested)
        self.pause = icon_button("pause", tr("Pause"), size=26, glyph=16)
        self.pause.clicked.connect(self._on_pause)
        self.activity = icon_button("list", tr("Activity"), tr("What is being done (Ctrl+J)"), 26, 16)
        self.activity.clicked.connect(self.activity_requested)
        self._pressed = (self._mark, self.words, self.bar, self.note)
        for part in self._pressed:
            part.setCursor(Qt.CursorShape.PointingHandCursor)
        self.demo = plain_label(tr("The demo model only understands drawn scenes"), "meta")
        self.use_model = text_button(tr("Use a model for real photos"), "link")
        self.use_model.setStyleSheet(f"font-size: {SIZE_META}px; padding: 0; min-height: 22px;")
        self.use_model.clicked.connect(self.model_requested)
        self._eye = plain_label()
        self.watching = plain_label(role="meta")
        self._chip = plain_label()
        self.model = plain_label(role="meta")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 14, 0)
        row.setSpacing(SPACE_S)
        # Pause before what grows and shrinks: it stays under the pointer that has just pressed it.
        for widget in (self._mark, self.pause, self.activity, self.words, self.bar, self.note, self.failed):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.demo)
        row.addWidget(self.use_model)
        row.addSpacing(SPACE_M)
        for widget in (self._eye, self.watching):
            row.addWidget(widget)
        row.addSpacing(SPACE_M)
        for widget in (self._chip, self.model):
            row.addWidget(widget)
        icons.bind_icon(self._chip, "chip", "muted", 16)
        theme().changed.connect(self.update)
        self.failed.hide()
        self.show_progress(Progress())
        set_reading(self, tr("Status"))

    def add_link(self, link: QWidget) -> None:
        """Put one more thing that can be pressed behind what could not be read."""
        self._row.insertWidget(self._row.indexOf(self.failed) + 1, link)

    def show_progress(self, progress: Progress) -> None:
        """Show what the worker says."""
        self._progress = progress
        icon, words, note = progress_words(progress, self._counts)
        if self.awaits_choices and progress.state is RunState.STARTING:
            icon, words = "info", tr("Captioning begins after these first steps")
        error = progress.state is RunState.ERROR
        ink = {"warning": "err", "check": "ok", "pause": "warn", "clock": "warn"}.get(icon, "accent")
        icons.bind_icon(self._mark, icon, ink, 16)
        self.words.set_text(words)
        self.words.setMinimumWidth(min(self.words.sizeHint().width(), _WORDS))
        self.bar.set_share(progress_share(progress) or 0.0)
        self.note.setText(note)
        paused = progress.state is RunState.PAUSED
        self.pause.setVisible(not error and progress.state not in (RunState.STARTING, RunState.STOPPED))
        name = tr("Go on") if paused else tr("Pause")
        icons.bind_icon(self.pause, "play" if paused else "pause", size=16)
        set_reading(self.pause, name)
        set_tooltip(self.pause, name)
        self._show_watching(progress.watching)
        self._show_engine(progress)
        self._fit()

    @property
    def counts(self) -> LibraryCounts:
        """The library's numbers, as they were last shown."""
        return self._counts

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if any(part.isVisible() and part.geometry().contains(place) for part in self._pressed):
            self.activity_requested.emit()

    def _on_pause(self) -> None:
        self.pause_toggled.emit(self._progress.state is not RunState.PAUSED)

    def _show_watching(self, count: int) -> None:
        icons.bind_icon(self._eye, "eye" if count else "eye-off", "ok" if count else "faint", 16)
        watched = plural(count, tr("Watching {n} folder"), tr("Watching {n} folders"))
        words = watched if count else tr("Not watching")
        self.watching.setText(words)
        set_tooltip(self._eye, words)

    def show_counts(self, counts: LibraryCounts) -> None:
        """Know the library's numbers: what is said while nothing is left to do."""
        self._counts = counts
        words = tr("{count} could not be read", count=number(counts.failed))
        self.failed.setText(words)
        self.failed.updateGeometry()
        set_reading(self.failed, words)
        self.failed.setVisible(bool(counts.failed))
        self.show_progress(self._progress)

    def show_setting(self, model: str) -> None:
        """Know the chosen model: shown while none is loaded."""
        self._model = model
        self.show_progress(self._progress)

    @property
    def is_demo(self) -> bool:
        """True when captions come from the demo model, loaded or not."""
        engine = self._progress.engine
        return engine.demo if engine is not None else self._model == "demo"

    def _show_engine(self, progress: Progress) -> None:
        engine = progress.engine
        title = tr("Demo model") if self._model == "demo" else self._model
        self._chip.setVisible(engine is not None or bool(title))
        if engine is not None:
            device = tr(DEVICES.get(engine.device, engine.device))
            name = tr("Demo model") if engine.demo else retold(engine.title)
            self.model.setText(shown(f"{name} · {device}"))
            words = tr("{model} on {device}, {precision}")
            set_tooltip(self.model, words.format(model=name, device=device, precision=engine.precision))
        else:
            self.model.setText(shown(os.path.basename(title)))
            words = tr("{model}: loaded when there is something to caption", model=title)
            set_tooltip(self.model, words if title else "")

    def _fit(self) -> None:
        """Let go of the least important parts where the window is narrow; nothing is ever cut off."""
        wanted = (
            (self.watching, True),
            (self.demo, self.is_demo),
            (self.bar, progress_share(self._progress) is not None),
            (self.model, bool(self.model.text())),
            (self.use_model, self.is_demo),
            (self.note, bool(self.note.text())),
        )
        self.bar.setFixedWidth(180)
        for part, shown_now in wanted:
            part.setVisible(shown_now)
        if self._row.sizeHint().width() > self.width():
            self.bar.setFixedWidth(80)
        for part, _ in wanted:
            if self._row.sizeHint().width() > self.width():
                part.setVisible(False)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), colors()
        painter.fillRect(self.rect(), palette.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, palette.color("line"))
