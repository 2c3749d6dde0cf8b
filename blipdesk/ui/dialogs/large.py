"""The large view: one picture over the whole window, with its caption; the arrow keys go on."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.values import Photo, PhotoState
from blipdesk.domain.wording import retold, tr
from blipdesk.ui.jpegs import decode_jpeg
from blipdesk.ui.pane.controls import icon_button
from blipdesk.ui.pane.texts import file_name, set_reading, shown
from blipdesk.ui.tasks import LatestTask, run_in_pool, single_shot
from blipdesk.ui.theme import SIZE_EDITOR, SIZE_META, font

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_GROUND = QColor(10, 11, 13)
_INK, _QUIET = QColor("#F2F4F7"), QColor("#AEB6C2")
_SETTLE_MS = 80
"""Wait before a full decode: the arrow keys may already be on the next photo."""
_KEPT = 6
"""Decoded pictures kept for going back and forth."""
_MARGIN, _WORDS = 24, 76
"""Pixels around the picture, and below it for caption and name."""


class LargePreview(QWidget):
    """Covers its parent; Escape, Space, Enter or a click close it.

    The arrow keys emit :attr:`navigate`; whoever owns the order of photos answers with
    :meth:`show_photo`, and may name the next ones with :meth:`prefetch`.
    """

    navigate = Signal(int)
    closed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._over = parent
        self._photo: Photo | None = None
        self._photo_id: int | None = None
        self._pixmap: QPixmap | None = None
        self._pixmap_of: int | None = None
        self._sharp = False
        self._failed = ""
        self._fitted: QPixmap | None = None
        self._cache: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._record, self._rough, self._fine = LatestTask(self), LatestTask(self), LatestTask(self)
        self._settle = single_shot(self, _SETTLE_MS, self._load_sharp)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._make_buttons()
        set_reading(self, tr("Large view"), tr("Arrow keys go to other photos, Escape closes"))
        parent.installEventFilter(self)
        self.hide()

    def _make_buttons(self) -> None:
        inks = (_QUIET.name(), _INK.name())
        self.previous = icon_button("chevron-left", tr("Previous photo"), tr("Previous (Left)"), 40, 24, inks)
        self.next = icon_button("chevron-right", tr("Next photo"), tr("Next (Right)"), 40, 24, inks)
        self.close_button = icon_button("x", tr("Close the large view"), tr("Close (Esc)"), 36, 20, inks)
        for button in (self.previous, self.next, self.close_button):
            button.setStyleSheet(
                "QToolButton { background: rgba(255,255,255,18); border: 1px solid transparent; }"
                "QToolButton:hover { background: rgba(255,255,255,40); }"
                "QToolButton:focus { border-color: #FFFFFF; }"
            )
        middle = QHBoxLayout()
        middle.addWidget(self.previous)
        middle.addStretch(1)
        middle.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(1)
        column.addSpacing(36)
        self.previous.clicked.connect(lambda: self.navigate.emit(-1))
        self.next.clicked.connect(lambda: self.navigate.emit(1))
        self.close_button.clicked.connect(self.close_view)

    # ------------------------------------------------------------------------------------ showing

    @property
    def photo_id(self) -> int | None:
        """The photo shown, None while closed."""
        return self._photo_id

    @property
    def is_sharp(self) -> bool:
        """True once the picture itself, not only its thumbnail, is shown."""
        return self._sharp

    @property
    def words(self) -> str:
        """The sentence shown instead of a picture."""
        return self._failed

    def show_photo(self, photo_id: int) -> None:
        """Open, or go on to another photo."""
        self._photo_id = photo_id
        self._photo = None
        self._sharp = False
        self._failed = ""
        workspace = self._workspace
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._record.start(lambda: workspace.library.photo(photo_id), self._on_record, priority=3)
        if (kept := self._cache.get((photo_id, self._edge()))) is not None:
            self._settle.stop()
            self._show_image(kept, sharp=True)
            return
        self._rough.start(
            lambda: decode_jpeg(workspace.library.thumbnail(photo_id)),
            lambda image: self._show_image(image, sharp=False),
            lambda _error: self._drop_former(),
            priority=2,
        )
        self._settle.start()

    def prefetch(self, photo_ids: list[int]) -> None:
        """Decode these soon: the neighbours of the shown photo."""
        edge, workspace = self._edge(), self._workspace
        for photo_id in photo_ids[: _KEPT - 2]:
            if (photo_id, edge) not in self._cache:
                run_in_pool(
                    partial(_read, workspace, photo_id, edge),
                    partial(self._keep, photo_id, edge),
                    lambda _error: None,
                    owner=self,
                    priority=-1,
                )

    def close_view(self) -> None:
        """Close and forget the pictures."""
        self._photo_id = self._photo = None
        for task in (self._record, self._rough, self._fine):
            task.cancel()
        self._settle.stop()
        self._cache.clear()
        self._pixmap = self._fitted = None
        self.hide()
        self.closed.emit()

    def _edge(self) -> int:
        size = self._over.size()
        return int(max(size.width(), size.height()) * self.devicePixelRatioF())

    def _on_record(self, photo: Photo | None) -> None:
        self._photo = photo
        if photo is not None:
            set_reading(
                self, tr("Large view: {photo}", photo=file_name(photo)), photo.caption or tr("No caption")
            )
        self.update()

    def _load_sharp(self) -> None:
        photo_id, edge, workspace = self._photo_id, self._edge(), self._workspace
        if photo_id is None:
            return

        def done(image: QImage | None) -> None:
            self._keep(photo_id, edge, image)
            if photo_id != self._photo_id:
                return  # one has gone on meanwhile
            if image is None:
                self._say_failure()
            else:
                self._show_image(image, sharp=True)

        self._fine.start(lambda: _read(workspace, photo_id, edge), done, lambda _: done(None))

    def _say_failure(self) -> None:
        photo = self._photo
        self._drop_former()
        self._sharp = self._pixmap is not None
        if self._pixmap is None:
            if photo is not None and photo.state is PhotoState.OFFLINE:
                self._failed = tr("The drive of this photo is not connected.")
            elif photo is not None and photo.problem is not None:
                self._failed = f"{retold(photo.problem.message)} {retold(photo.problem.remedy)}".strip()
            else:
                self._failed = tr("This picture cannot be shown.")
        self.update()

    def _show_image(self, image: QImage | None, sharp: bool) -> None:
        if self._sharp and not sharp:
            return
        if image is None:
            self._drop_former()
            return
        self._failed = ""
        self._pixmap = QPixmap.fromImage(image)
        self._pixmap_of = self._photo_id
        self._sharp = sharp
        self._fitted = None
        self.update()

    def _drop_former(self) -> None:
        """Show no picture rather than the one before under this photo's name."""
        if self._pixmap_of != self._photo_id:
            self._pixmap = self._fitted = None
            self.update()

    def _keep(self, photo_id: int, edge: int, image: QImage | None) -> None:
        if image is not None and self._photo_id is not None:
            self._cache[photo_id, edge] = image
            self._cache.move_to_end((photo_id, edge))
            while len(self._cache) > _KEPT:
                self._cache.popitem(last=False)

    # ------------------------------------------------------------------------------------ painting

    def _picture_box(self) -> QRect:
        return self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_WORDS)

    def _fit(self) -> QPixmap:
        assert self._pixmap is not None
        ratio = self.devicePixelRatioF()
        box = QSize(round(self._picture_box().width() * ratio), round(self._picture_box().height() * ratio))
        source = self._pixmap.size()
        known = self._photo
        # A small photo is not blown up; its thumbnail already takes the place that the photo will have.
        if self._sharp:
            box = box.boundedTo(source)
        elif known is not None and known.width and known.height:
            box = box.boundedTo(QSize(known.width, known.height))
        size = source.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        made = self._pixmap.scaled(
            size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        made.setDevicePixelRatio(ratio)
        return made

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        if self._pixmap is not None and not self._failed:
            if self._fitted is None:
                self._fitted = self._fit()
            size, box = self._fitted.deviceIndependentSize(), QRectF(self._picture_box())
            corner = QPointF(
                box.left() + (box.width() - size.width()) / 2, box.top() + (box.height() - size.height()) / 2
            )
            painter.drawPixmap(corner, self._fitted)
        elif self._failed:
            painter.setFont(font(SIZE_EDITOR))
            painter.setPen(_QUIET)
            wrapped = QTextOption(Qt.AlignmentFlag.AlignCenter)
            painter.drawText(QRectF(self._picture_box()).adjusted(80, 0, -80, 0), self._failed, wrapped)
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        photo = self._photo
        if photo is None:
            return
        box = QRect(72, self.height() - _WORDS + 12, self.width() - 144, 24)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(SIZE_EDITOR))
        painter.setPen(_INK)
        caption = " ".join(shown(photo.caption or "").split())[:1000]
        painter.drawText(
            box, flags, painter.fontMetrics().elidedText(caption, Qt.TextElideMode.ElideRight, box.width())
        )
        painter.setFont(font(SIZE_META))
        painter.setPen(_QUIET)
        name = painter.fontMetrics().elidedText(file_name(photo), Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box.translated(0, 22), flags, name)

    # ------------------------------------------------------------------------------------ input

    @override
    def event(self, event: QEvent) -> bool:
        # The window's shortcuts (F2, Ctrl+L, /) would act unseen behind the picture; closing may.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            standard = QKeySequence.StandardKey
            if not event.matches(standard.Quit) and not event.matches(standard.Close):
                event.accept()
                return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_view()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self.navigate.emit(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.navigate.emit(1)
        else:
            event.accept()  # nothing reaches the window below

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.close_view()

    @override
    def resizeEvent(self, event: object) -> None:
        self._fitted = None
        if self._photo_id is not None:
            self._sharp = False
            self._settle.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over and self.isVisible():
            self.setGeometry(self._over.rect())
        return False


def _read(workspace: Workspace, photo_id: int, edge: int) -> QImage | None:
    return decode_jpeg(workspace.library.preview(photo_id, edge))
