"""The large view: one picture over the whole window, zoomed and moved, with its caption; the arrows go on."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.events import CatalogChange
from blipdesk.domain.ratings import is_favourite
from blipdesk.domain.values import Photo
from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.dialogs.caption_words import CaptionWords
from blipdesk.ui.dialogs.held_focus import HeldFocus
from blipdesk.ui.dialogs.large_words import HEIGHT, LargeWords
from blipdesk.ui.dialogs.not_shown import why_not_shown
from blipdesk.ui.dialogs.zoomed_picture import SETTLE_MS, ZoomedPicture, read_picture
from blipdesk.ui.heat import HeatedWord
from blipdesk.ui.jpegs import decode_jpeg
from blipdesk.ui.pane.controls import icon_button
from blipdesk.ui.pane.texts import file_name, set_reading
from blipdesk.ui.tasks import EventBridge, LatestTask, run_in_pool, single_shot
from blipdesk.ui.theme import LARGE_GROUND, LARGE_INK, LARGE_QUIET, LARGE_STAR, set_role

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_KEPT = 6
"""Decoded pictures kept for going back and forth."""
_ALL = 1 << 30
"""More photos than there are: a step to the first or the last."""


class LargePreview(ZoomedPicture):
    """Covers its parent; Escape, Space, Enter or a click beside the picture close it.

    The wheel, + and -, 0 (whole), 1 (pixel by pixel), a double click and two fingers zoom, a drag and Shift
    with the arrows move the picture, C puts the words away, Del the photo into the trash.  The arrow keys,
    Home and End emit :attr:`navigate`; whoever owns the order of photos answers with :meth:`show_photo`, may
    say which of how many it is (:meth:`set_position`) and name the next ones (:meth:`prefetch`).  The word of
    the caption that is pointed at is shown in the picture: where it is seen.
    """

    navigate = Signal(int)
    """So many photos on or back; beyond the ends means the first or the last."""
    closed = Signal()
    favourite_requested = Signal(object)
    """The shown photo shall be a favourite, or no more: its id in a list."""
    trash_requested = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(workspace, parent)
        self._over = parent
        self._pixmap_of: int | None = None
        self._lacks = ""
        """Why no more than the thumbnail is shown."""
        self._cache: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._record, self._rough, self._fine = LatestTask(self), LatestTask(self), LatestTask(self)
        self._settle = single_shot(self, SETTLE_MS, self._load_sharp)
        self._bridge = EventBridge(self)
        self._bridge.catalog_changed.connect(self._on_catalog_changed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._words = LargeWords(self)
        self._heated = HeatedWord(workspace, self)
        self._words.caption.pointed.connect(self._heated.point_at)
        self._heated.changed.connect(self._on_heat)
        self._make_buttons()
        stops = (self, self._words.caption, self.previous, self.next, self.star, self.close_button)
        self._focus = HeldFocus(self, parent, stops)
        set_reading(self, tr("Large view"), tr("Arrow keys go to other photos, Escape closes"))
        parent.installEventFilter(self)
        self.hide()

    def _make_buttons(self) -> None:
        inks = (LARGE_QUIET, LARGE_INK)
        self.previous = icon_button("chevron-left", tr("Previous photo"), tr("Previous (Left)"), 40, 24, inks)
        self.next = icon_button("chevron-right", tr("Next photo"), tr("Next (Right)"), 40, 24, inks)
        self.star = icon_button("star", tr("Favourite"), tr("Favourite or not (F)"), 36, 20, inks)
        self.close_button = icon_button("x", tr("Close the large view"), tr("Close (Esc)"), 36, 20, inks)
        for button in (self.previous, self.next, self.star, self.close_button):
            set_role(button, "over-photo")
        middle = QHBoxLayout()
        middle.addWidget(self.previous)
        middle.addStretch(1)
        middle.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(self.star)
        top.addWidget(self.close_button)
        column.addLayout(top)
        column.addStretch(1)
        column.addLayout(middle)
        column.addStretch(1)
        column.addSpacing(HEIGHT - 2 * 36)
        self.previous.clicked.connect(lambda: self.navigate.emit(-1))
        self.next.clicked.connect(lambda: self.navigate.emit(1))
        self.star.clicked.connect(self._on_star)
        self.close_button.clicked.connect(self.close_view)

    # ------------------------------------------------------------------------------------ showing

    @property
    def caption(self) -> CaptionWords:
        """The caption, whose words can be pointed at."""
        return self._words.caption

    @property
    def note(self) -> str:
        """What is said of the word that is pointed at, or why no more than the thumbnail is shown."""
        return self._words.note

    @property
    def words_height(self) -> int:
        """Pixels at the lower edge that are kept free for the words; a long caption takes more."""
        return HEIGHT

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
        return "" if self._failed is None else self._failed.words

    def show_photo(self, photo_id: int) -> None:
        """Open, or go on to another photo."""
        if self._photo_id is None:
            self._open()
        self._zoom.reset()
        self._near = None
        self._photo_id = photo_id
        self._sharp = False
        self._failed, self._lacks = None, ""
        if self.caption.hasFocus():  # a caption without words yet would hand it on to a button
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._set_photo(None)
        workspace = self._workspace
        self._read_record()
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

    def _open(self) -> None:
        self._bridge.attach(self._workspace.events.subscribe)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def prefetch(self, photo_ids: list[int]) -> None:
        """Decode these soon: the neighbours of the shown photo."""
        edge, workspace = self._edge(), self._workspace
        for photo_id in photo_ids[: _KEPT - 2]:
            if (photo_id, edge) not in self._cache:
                run_in_pool(
                    partial(read_picture, workspace, photo_id, edge),
                    partial(self._keep, photo_id, edge),
                    lambda _error: None,
                    owner=self,
                    priority=-1,
                )

    def set_position(self, place: int, count: int) -> None:
        """Say which photo it is of how many, from 1; at an end there is no further one."""
        self._words.set_position(place, count)
        self.previous.setEnabled(place > 1)
        self.next.setEnabled(place < count)

    @override
    def on_clicked(self, at: QPointF) -> None:
        if self._pixmap is None or self._failed or not self.zoom.rect.contains(at):
            self.close_view()

    def close_view(self) -> None:
        """Close and forget the pictures."""
        self._bridge.detach()
        self._photo_id = None
        self._set_photo(None)
        self._heated.forget()
        for task in (self._record, self._rough, self._fine, self._nearing):
            task.cancel()
        self._settle.stop()
        self._near_by.stop()
        self._cache.clear()
        self._pixmap = self._fitted = self._near = None
        self._zoom.reset()
        self.hide()
        self.closed.emit()

    def _edge(self) -> int:
        size = self._over.size()
        return int(max(size.width(), size.height()) * self.devicePixelRatioF())

    def _read_record(self) -> None:
        workspace, photo_id = self._workspace, self._photo_id
        if photo_id is not None:
            self._record.start(lambda: workspace.library.photo(photo_id), self._on_record, priority=3)

    def _on_catalog_changed(self, change: CatalogChange) -> None:
        if change.photos is None or self._photo_id in change.photos:
            self._read_record()

    def _set_photo(self, photo: Photo | None) -> None:
        self._photo = photo
        self._words.show_photo(photo)
        self._tell()

    def _tell(self) -> None:
        """Let words be pointed at where there is a picture; say where one is, or what the photo lacks."""
        self._heated.show_caption(self._photo if self._failed is None else None, self._words.text)
        self._words.set_note(self._heated.note or self._lacks)

    def _on_heat(self) -> None:
        self._words.set_note(self._heated.note or self._lacks)
        if self._heated.word is not None:
            self._words.caption.say(self._heated.note)
        self.update()

    def _on_record(self, photo: Photo | None) -> None:
        self._set_photo(photo)
        if photo is not None:
            name = tr("Large view: {name}", name=file_name(photo))
            set_reading(self, name, photo.caption or tr("No caption"))
            favourite = is_favourite(photo)
            ink = LARGE_STAR if favourite else LARGE_QUIET
            icons.bind_icon(self.star, "star-on" if favourite else "star", ink, 20, LARGE_INK)
            set_reading(self.star, tr("Favourite: yes") if favourite else tr("Favourite: no"))
        self.update()

    def _on_star(self) -> None:
        if self._photo_id is not None:
            self.favourite_requested.emit([self._photo_id])

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

        self._fine.start(lambda: read_picture(workspace, photo_id, edge), done, lambda _: done(None))

    def _say_failure(self) -> None:
        self._drop_former()
        self._sharp = self._pixmap is not None
        why = why_not_shown(self._photo)
        if self._pixmap is None:
            self._failed = why
        else:
            self._lacks = why.words
        self._tell()
        self.update()

    def _show_image(self, image: QImage | None, sharp: bool) -> None:
        if self._sharp and not sharp:
            return
        if image is None:
            self._drop_former()
            return
        self._failed, self._lacks = None, ""
        self._pixmap = QPixmap.fromImage(image)
        self._pixmap_of = self._photo_id
        self._sharp = sharp
        self._fitted = None
        self._tell()
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

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LARGE_GROUND))
        if self._failed:
            self._failed.paint(painter, QRectF(self._picture_box()))
        elif self._pixmap is not None:
            place = self._paint_picture(painter, self._pixmap)
            if (heat := self._heated.image) is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(place, heat)
        self._words.set_percent(None if self._zoom.is_fitted else self._zoom.percent)

    # ------------------------------------------------------------------------------------ input

    @override
    def event(self, event: QEvent) -> bool:
        # The window's shortcuts (F2, Ctrl+L, /) would act unseen behind the picture; closing may.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            standard = QKeySequence.StandardKey  # what Undo takes back is told in front of the picture
            passed = standard.Quit, standard.Close, standard.Undo, standard.HelpContents
            if event.text() != "?" and not any(event.matches(key) for key in passed):
                event.accept()
                return True
        return super().event(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        if self._photo_id is None:
            return super().focusNextPrevChild(next)
        self._focus.step(next)
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = event.key(), self.focusWidget()
        if self._press_zoom_key(event):
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(held, QAbstractButton):
            held.click()  # a tool button hands Enter on, which would close the view
            return
        if key == Qt.Key.Key_Escape and self.caption.hasFocus():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_view()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace):
            self.navigate.emit(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.navigate.emit(1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.navigate.emit(-_ALL if key == Qt.Key.Key_Home else _ALL)
        elif key == Qt.Key.Key_F:
            self._on_star()
        elif key == Qt.Key.Key_Delete:
            self.trash_requested.emit()
        elif key == Qt.Key.Key_C:
            self._words_shown = not self._words_shown
            self._words.setVisible(self._words_shown)
            self._zoomed()
        else:
            event.accept()  # nothing reaches the window below

    @override
    def resizeEvent(self, event: object) -> None:
        self._fitted = None
        self._words.fit()
        if self._photo_id is not None:
            self._sharp = False
            self._settle.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over and self.isVisible():
            self.setGeometry(self._over.rect())
        return False
