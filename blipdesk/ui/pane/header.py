"""The pane's head: file name, previous, next, large view, close."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from blipdesk.domain.ratings import is_favourite
from blipdesk.domain.values import Photo
from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.pane.controls import icon_button
from blipdesk.ui.pane.paint import ElidedText
from blipdesk.ui.pane.texts import file_name, set_reading, set_tooltip
from blipdesk.ui.theme import SPACE_L, SPACE_S


class PaneHeader(QWidget):
    """Names the photo; its buttons emit :attr:`step` (-1, 1), :attr:`similar`, :attr:`expanded` and
    :attr:`closed`.
    """

    step = Signal(int)
    expanded = Signal()
    similar = Signal()
    starred = Signal()
    """Favourite or not."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = ElidedText()
        self.previous = icon_button("chevron-left", tr("Previous photo"))
        self.next = icon_button("chevron-right", tr("Next photo"))
        self.star = icon_button("star", tr("Favourite"), tr("Add to the favourites (F)"))
        self.star.clicked.connect(self.starred)
        self.like = icon_button(
            "similar", tr("Find similar photos"), tr("Find similar photos (Ctrl+Shift+F)")
        )
        self.expand = icon_button("expand", tr("Large view"), tr("Large view (Space)"))
        self.close_button = icon_button("x", tr("Close the photo pane"))
        self.previous.clicked.connect(lambda: self.step.emit(-1))
        self.next.clicked.connect(lambda: self.step.emit(1))
        self.expand.clicked.connect(self.expanded)
        self.like.clicked.connect(self.similar)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_L, SPACE_S, SPACE_S + 2, SPACE_S)
        row.setSpacing(2)
        row.addWidget(self.name, 1)
        row.addSpacing(SPACE_S)
        for button in (self.star, self.previous, self.next, self.like, self.expand, self.close_button):
            row.addWidget(button)

    def show_photo(self, photo: Photo) -> None:
        """Name a photo."""
        self._set_buttons(True)
        self.name.set_text(file_name(photo), photo.path)
        favourite = is_favourite(photo)
        icons.bind_icon(self.star, "star-on" if favourite else "star", "warn" if favourite else "muted")
        set_reading(self.star, tr("Favourite: yes") if favourite else tr("Favourite: no"))
        tip = tr("No favourite any more (F)") if favourite else tr("Add to the favourites (F)")
        set_tooltip(self.star, tip)

    def show_title(self, text: str) -> None:
        """Show words of our own instead of a file name, without the photo's buttons."""
        self._set_buttons(False)
        self.name.set_text(text)

    def _set_buttons(self, shown: bool) -> None:
        for button in (self.star, self.previous, self.next, self.like, self.expand):
            button.setVisible(shown)
