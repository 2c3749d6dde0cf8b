"""Another name for a tag, or another tag that it becomes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from blipdesk.domain.wording import tr
from blipdesk.ui.dialogs.framed import Framed
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.texts import plain_label, set_reading, shown
from blipdesk.ui.theme import SPACE_M, SPACE_S, SPACE_XL
from blipdesk.ui.words import photos_words, quoted


class RenameTag(Framed):
    """Emits ``chosen`` with the new name.

    Args:
        name: the tag.
        into_another: it is to be merged: only names that there are count.
        known: all tags, and how many photos have each.
        parent: the window.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, into_another: bool, known: Sequence[tuple[str, int]], parent: QWidget | None
    ) -> None:
        title = (
            tr("Merge the tag {name} into another", name=quoted(name))
            if into_another
            else tr("Rename the tag {name}", name=quoted(name))
        )
        super().__init__(title, parent, (460, 240))
        self._name, self._into_another = name, into_another
        self._known = {other.casefold(): (other, count) for other, count in known}
        self.words.setText(
            tr("All its photos get the other tag instead. Later captions get it too; this can be taken back.")
            if into_another
            else tr("All its photos follow. Later captions use the new name too; this can be taken back.")
        )
        self.field = ComposedLine("" if into_another else shown(name))
        self.field.setMaxLength(200)
        self.field.setFixedHeight(36)
        self.field.setPlaceholderText(tr("Name of the other tag") if into_another else tr("New name"))
        set_reading(self.field, self.field.placeholderText())
        completer = QCompleter(QStringListModel([shown(other) for other, _ in known], self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.hint = plain_label("", "faint", wrap=True)
        self.go = text_button(tr("Rename"), "primary")
        self.go.setDefault(True)
        cancel = text_button(tr("Cancel"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(self.field)
        column.addWidget(self.hint)
        column.addStretch(1)
        self.lay_out(body, (), (cancel, self.go))
        self.field.textChanged.connect(self._say)
        self.go.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        self.accepted.connect(lambda: self.chosen.emit(self.new_name))
        self._say()
        self.field.selectAll()
        self.field.setFocus()

    @property
    def new_name(self) -> str:
        """The name to be: of a tag that there is, as that is spelled."""
        typed = " ".join(self.field.text().split())
        known = self._known.get(typed.casefold())
        is_other = known is not None and typed.casefold() != self._name.casefold()
        return known[0] if known is not None and is_other else typed

    def _say(self) -> None:
        typed = self.new_name
        other = self._known.get(typed.casefold()) if typed.casefold() != self._name.casefold() else None
        self.go.setText(tr("Merge") if other is not None or self._into_another else tr("Rename"))
        set_reading(self.go, self.go.text())
        self.go.setEnabled(bool(typed) and typed != self._name and not (self._into_another and other is None))
        if other is not None:
            named, photos = quoted(other[0]), photos_words(other[1])
            says = tr("There is a tag {name} with {photos}: both become one.", name=named, photos=photos)
            self.hint.setText(says)
        elif self._into_another and typed:
            self.hint.setText(tr("There is no tag of that name."))
        else:
            self.hint.setText("")
