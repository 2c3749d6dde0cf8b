"""The last page of the first start: one of the person's photos captioned, before anything is kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.wording import joined, number, tr
from blipdesk.ui import icons
from blipdesk.ui.dialogs.first_steps import Step
from blipdesk.ui.dialogs.framed import progress_bar
from blipdesk.ui.jpegs import decode_jpeg
from blipdesk.ui.long_task import LongTask, Report
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.paint import rounded_fill
from blipdesk.ui.pane.texts import plain_label, seconds_taken, set_reading, shown
from blipdesk.ui.tasks import LatestTask, run_in_pool
from blipdesk.ui.theme import RADIUS_PREVIEW, SPACE_S, SPACE_XS
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.trial import Trial
    from blipdesk.services.workspace import Workspace

_MANY = 1000
"""Photos for which it is said how long they take."""


class TriedPhoto(QWidget):
    """The photo, whole, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_picture(self) -> bool:
        """Whether there is one."""
        return self._image is not None

    def show_picture(self, image: QImage | None, name: str) -> None:
        """Show another photo, or the place of one."""
        self._image = image
        set_reading(self, tr("Photo {name}", name=name))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, 260)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, image = QPainter(self), self._image
        if image is None:
            rounded_fill(painter, self.rect(), RADIUS_PREVIEW, "raised", "line")
            mark = icons.pixmap("image", "faint", 32)
            painter.drawPixmap((self.width() - 32) // 2, (self.height() - 32) // 2, mark)
            return
        fitting = QSize(image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF((self.width() - fitting.width()) / 2, 0, fitting.width(), fitting.height())
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS_PREVIEW, RADIUS_PREVIEW)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(path)
        painter.drawImage(box, image)


class TrialStep(Step):
    """Captions one photo after the other, as often as a person likes.

    ``changed`` when :attr:`trial` has; ``other_model_requested`` where another model shall be chosen.
    """

    changed = Signal()
    other_model_requested = Signal()
    _pictured = Signal(int, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(
            tr("Try it on one of your photos"),
            tr("Nothing is kept yet: no caption, no setting, and your files stay as they are."),
        )
        self._workspace = workspace
        self._task = LongTask(self)
        self._finding = LatestTask(self)
        self._round = 0
        self._asked: tuple[tuple[str, ...], str] | None = None
        self._photos: list[str] = []
        self._path = ""
        self.trial: Trial | None = None
        """What the model said of the photo shown."""
        self.photo = TriedPhoto()
        self.caption = plain_label("", "title", wrap=True)
        self.words = plain_label("", "meta", wrap=True)
        self.bar = progress_bar()
        self.another_button = text_button(tr("Try another photo"))
        self.other_button = text_button(tr("Other model"))
        self.another_button.clicked.connect(self.try_next)
        self.other_button.clicked.connect(self.other_model_requested)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        row.addWidget(self.another_button)
        row.addWidget(self.other_button)
        row.addStretch(1)
        self.column.addWidget(self.photo, 1)
        self.column.addSpacing(SPACE_XS)
        for widget in (self.caption, self.bar, self.words):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self._pictured.connect(self._on_picture)

    def begin(self, folders: Sequence[str], model: str) -> None:
        """Try a model on a photo of some folders; what is known of both already stays."""
        asked = tuple(folders), model
        if asked == self._asked:
            return
        before, self._asked = self._asked, asked
        if before is not None and before[0] == asked[0] and self._path:
            self._try(self._path)  # the same photo: so models are compared
            return
        self._photos = []
        self._wait(tr("Looking for a photo…"))
        service = self._workspace.trials
        self._finding.start(lambda: service.photos(folders), self._on_found, self._on_failed, priority=3)

    def _on_found(self, photos: list[str]) -> None:
        self._photos = photos
        if photos:
            self.try_next()
        else:
            self.bar.hide()
            self.words.setText(
                tr("There is no photo in the folder that could be tried. You can begin all the same.")
            )

    def try_next(self) -> None:
        """Try the next photo, and after the last one the first."""
        if self._photos:
            self._photos.append(self._photos.pop(0))
            self._try(self._photos[-1])

    def _try(self, path: str) -> None:
        assert self._asked is not None
        self._path, model = path, self._asked[1]
        self._round += 1
        number, service, pictured = self._round, self._workspace.trials, self._pictured
        self.photo.show_picture(None, shown(os.path.basename(path)))
        self._wait(tr("Opening the photo…"))
        self._task.stop()
        task = self._task = LongTask(self)

        class Token:
            def is_set(self) -> bool:
                return task.stopping

        def work(_: Report) -> Trial:
            return service.caption(
                path, model, lambda data: pictured.emit(number, decode_jpeg(data)), Token()
            )

        task.start(work, self._on_tried, self._on_failed)

    def _wait(self, words: str) -> None:
        self.trial = None
        self.caption.hide()
        self.bar.setVisible(True)
        self.words.setText(words)
        self.another_button.setEnabled(len(self._photos) > 1)
        self.changed.emit()

    def _on_picture(self, number: int, image: QImage | None) -> None:
        if number == self._round:
            self.photo.show_picture(image, shown(os.path.basename(self._path)))
            self.words.setText(tr("Loading the model, which then looks at it…"))

    def _on_tried(self, trial: Trial) -> None:
        self.trial = trial
        self.bar.hide()
        self.caption.setText(tr("“{caption}”", caption=shown(trial.caption)))
        self.caption.show()
        self.words.setText(_trial_words(trial))
        self.another_button.setEnabled(len(self._photos) > 1)
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self.bar.hide()
        self.words.setText(error_words(tr("This photo could not be tried."), error))
        self.changed.emit()

    def end(self) -> None:
        """Nothing more is tried: give the model's memory back."""
        self._round += 1
        self._finding.cancel()
        self._task.stop()
        if self._asked is not None:
            run_in_pool(self._workspace.trials.close)


def _trial_words(trial: Trial) -> str:
    """How long it took, measured, and what that means for a library."""
    words = tr(
        "It took {seconds} on this computer (measured), so {count} photos take about {time}.",
        seconds=seconds_taken(trial.seconds),
        count=number(_MANY),
        time=_long(trial.seconds * _MANY),
    )
    if trial.demo:
        odd = tr("The demo models know drawn scenes only: of a real photo they say something odd.")
        words = joined(words, odd)
    return words


def _long(seconds: float) -> str:
    """A length of time without false precision."""
    if seconds >= 5400:
        return tr("{n} hours", n=round(seconds / 3600))
    return tr("{n} minutes", n=max(1, round(seconds / 60)))
