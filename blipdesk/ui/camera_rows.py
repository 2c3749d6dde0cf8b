"""The cameras of the side bar: a press narrows to the photos of one, another one shows all again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from blipdesk.domain.wording import plural, tr
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.texts import set_reading
from blipdesk.ui.search.tag_terms import camera_term, has_term
from blipdesk.ui.side_rows import SideRow

_FIRST = 8
"""So many are shown before all are asked for."""


class CameraRows(QWidget):
    """Emits ``chosen`` with the name of a camera."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, SideRow] = {}
        self._cameras: tuple[tuple[str, int], ...] = ()
        self._query = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.more = LinkButton(tr("Show all"), inset=8)
        self.more.clicked.connect(self._show_all)
        self._is_whole = False
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def rows(self) -> dict[str, SideRow]:
        """The rows by camera, in their order."""
        return dict(self._rows)

    def show_cameras(self, cameras: Sequence[tuple[str, int]]) -> None:
        """Show these, the most used first; a row that stays keeps the keyboard."""
        self._cameras = tuple(cameras)
        shown = self._cameras if self._is_whole else self._cameras[:_FIRST]
        old, self._rows = self._rows, {}
        for place, (name, count) in enumerate(shown):
            row = self._rows[name] = old.pop(name) if name in old else self._made(name)
            row.set_count(count)
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
        for row in old.values():
            row.hide()
            row.deleteLater()
        left = len(self._cameras) - len(shown)
        self.more.setVisible(left > 0)
        self.more.setText(plural(left, tr("{n} more camera"), tr("{n} more cameras")))
        set_reading(self.more, self.more.text())
        self.mark(self._query)

    def mark(self, query: str) -> None:
        """Show by which of them the view is narrowed."""
        self._query = query
        for name, row in self._rows.items():
            row.setChecked(has_term(query, camera_term(name)))

    def _show_all(self) -> None:
        self._is_whole = True
        first_new = self._cameras[len(self._rows)][0]
        self.show_cameras(self._cameras)
        self._rows[first_new].setFocus(Qt.FocusReason.OtherFocusReason)

    def _made(self, name: str) -> SideRow:
        row = SideRow("camera", name, None)
        row.setCheckable(True)
        row.clicked.connect(lambda: self.chosen.emit(name))
        return row
