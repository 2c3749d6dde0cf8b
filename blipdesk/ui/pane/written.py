"""Where the shown photo's caption stands, and what can be done about it: a small button with a menu."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget, QWidgetAction

from blipdesk.domain.values import Photo, PhotoState, Source, WriteTarget
from blipdesk.domain.wording import joined, later, retold, tr
from blipdesk.ui import icons
from blipdesk.ui.pane.controls import icon_button
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip
from blipdesk.ui.theme import SPACE_M

_MARKS = {
    WriteTarget.NONE: ("file", "muted"),
    WriteTarget.SIDECAR: ("file-plus", "ok"),
    WriteTarget.EMBED: ("file-check", "ok"),
}
_STANDS = {
    WriteTarget.NONE: later("The caption stands in BlipDesk only."),
    WriteTarget.SIDECAR: later("The caption stands in BlipDesk and in a small file beside the photo."),
    WriteTarget.EMBED: later("The caption stands in BlipDesk and inside the photo."),
}
_DISPUTED = later("The file has another caption than yours: nothing is written until you decide.")
_FROM_FILE = later("The caption came from the file and stands there.")
_NO_FILE = (PhotoState.MISSING, PhotoState.OFFLINE)
_WIDTH = 260


def stands(photo: Photo) -> str:
    """Where the caption that people see stands, in a sentence."""
    if photo.conflict:
        return tr(_DISPUTED)
    if photo.source is Source.FILE and photo.written is WriteTarget.NONE:
        return tr(_FROM_FILE)
    return tr(_STANDS[photo.written])


def _reason(photo: Photo) -> str:
    """Why it stands there and nowhere else; of two captions the first sentence says it already."""
    return "" if photo.conflict else retold(photo.write_note)


class WrittenButton(QWidget):
    """Shows by its icon where the caption stands; its menu writes it now, or takes it back."""

    write_requested = Signal(object)
    """A WriteTarget: NONE where the settings say."""
    take_back_requested = Signal()
    changes_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.button: QToolButton = icon_button("file", tr("Where the caption stands"))
        self.button.setParent(self)
        self.setFixedSize(self.button.size())
        self.button.clicked.connect(self._open)
        self._photo: Photo | None = None
        self._writes = False

    def show_photo(self, photo: Photo, target: WriteTarget) -> None:
        """Follow a photo; ``target``: where captions go by the settings."""
        self._photo, self._writes = photo, target is not WriteTarget.NONE
        icon, ink = _MARKS[photo.written]
        if photo.conflict:
            icon, ink = "compare", "warn"
        elif stands(photo) == tr(_FROM_FILE):
            icon = "file-check"
        elif photo.write_note and photo.written is WriteTarget.NONE and self._writes:
            icon, ink = "warning", "warn"
        icons.bind_icon(self.button, icon, ink, active="text")
        words = joined(stands(photo), _reason(photo))
        set_reading(self.button, tr("Where the caption stands"), words)
        set_tooltip(self.button, words)

    def menu(self) -> QMenu:
        """What stands where, why, and what can be done."""
        photo = self._photo
        menu = QMenu(self)
        if photo is None:
            return menu
        self._add_words(menu, stands(photo), "muted")
        if reason := _reason(photo):
            self._add_words(menu, reason, "meta")
        menu.addSeparator()
        there = photo.state not in _NO_FILE
        if self._writes:
            again = tr("Write it again") if photo.written is not WriteTarget.NONE else tr("Write it now")
            writes = [(again, "file-check", WriteTarget.NONE)]
        else:
            writes = [
                (tr("Write it into the photo"), "file-check", WriteTarget.EMBED),
                (tr("Write it beside the photo"), "file-plus", WriteTarget.SIDECAR),
            ]
        for words, icon, target in writes:
            action = menu.addAction(icons.icon(icon), words)
            action.triggered.connect(lambda _=False, target=target: self.write_requested.emit(target))
            action.setEnabled(there and not photo.conflict)
        back = menu.addAction(icons.icon("undo"), tr("Take it back"), self.take_back_requested.emit)
        back.setEnabled(there and photo.written is not WriteTarget.NONE)
        menu.addSeparator()
        menu.addAction(icons.icon("list"), tr("Changes to photos…"), self.changes_requested.emit)
        return menu

    @staticmethod
    def _add_words(menu: QMenu, words: str, role: str) -> None:
        label = plain_label(words, role, wrap=True)
        label.setFixedWidth(_WIDTH)
        label.setContentsMargins(SPACE_M, 4, SPACE_M, 4)
        label.setFixedHeight(label.heightForWidth(_WIDTH))
        action = QWidgetAction(menu)
        action.setDefaultWidget(label)
        action.setEnabled(False)
        menu.addAction(action)

    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
