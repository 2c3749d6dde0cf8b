"""The head of the gallery: what is shown, the filters in force as chips, and the way to one more."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from blipdesk.domain.query import Piece
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.domain.wording import later, tr
from blipdesk.ui.chips import FilterChip
from blipdesk.ui.pane.controls import LinkButton
from blipdesk.ui.pane.flow import FlowBox
from blipdesk.ui.search.filter_words import filter_title, piece_icon, piece_reading, piece_words
from blipdesk.ui.theme import CHIP, SPACE_S

VIEW_CHIPS: dict[ViewKind, tuple[str, str]] = {
    ViewKind.FOLDER: ("folder", ""),
    ViewKind.KEYWORD: ("tag", ""),
    ViewKind.FAVOURITES: ("star", later("Favourites")),
    ViewKind.RECENT: ("clock", later("Recently added")),
    ViewKind.NEEDS_REVIEW: ("eye", later("Needs review")),
    ViewKind.FAILED: ("warning", later("Could not read")),
    ViewKind.WORDLESS: ("warning", later("Could not caption")),
    ViewKind.DUPLICATES: ("copy", later("Duplicates")),
    ViewKind.MISSING: ("image-off", later("Missing")),
    ViewKind.SIMILAR: ("similar", ""),
}
"""Icon and words of the rows of the side bar that narrow; without words their argument says which."""
EDITABLE = {ViewKind.FOLDER: "folder", ViewKind.KEYWORD: "keyword"}
"""Rows of which there are others, by the filter that has their values."""


class FilterBar(FlowBox):
    """Numbers, chips and "Add filter" in as many rows as they need.

    Signals: ``piece_removed`` and ``piece_edited`` with a Piece, ``view_removed`` and ``view_edited`` for the
    row of the side bar that is shown, ``add_requested``.
    """

    piece_removed = Signal(object)
    piece_edited = Signal(object)
    view_removed = Signal()
    view_edited = Signal()
    add_requested = Signal()

    def __init__(self, numbers: Sequence[QWidget]) -> None:
        super().__init__(gap=SPACE_S, row_gap=6)
        for number in numbers:
            number.setFixedHeight(CHIP)
            self.flow.addWidget(number)
        self._first = len(numbers)
        self._view_chip: FilterChip | None = None
        self._chips: list[FilterChip] = []
        self._pieces: tuple[Piece, ...] = ()
        self.add_button = LinkButton(tr("Add filter"), ink="muted", height=CHIP, glyph="plus")
        self.add_button.clicked.connect(self.add_requested)
        self.flow.addWidget(self.add_button)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of the query that have a chip."""
        return self._pieces

    @property
    def chips(self) -> list[FilterChip]:
        """All chips, that of the side bar's row first."""
        first = [self._view_chip] if self._view_chip is not None else []
        return [*first, *self._chips]

    def show_view(self, view: LibraryView, words: str) -> None:
        """Show the chip of the side bar's row.

        Args:
            view: what is looked at.
            words: which folder, tag or photo, where the row alone does not say it.
        """
        held = self._view_chip is not None and self._view_chip.hasFocus()
        if self._view_chip is not None:
            self._drop(self._view_chip)
            self._view_chip = None
        icon, said = VIEW_CHIPS.get(view.kind, ("", ""))
        if icon:
            editable = view.kind in EDITABLE
            title = filter_title(EDITABLE[view.kind]) if editable else ""
            reading = tr("{filter}: {value}", filter=title, value=words) if editable else ""
            chip = FilterChip(icon, tr(said) if said else words, reading, editable)
            chip.removed.connect(self.view_removed)
            chip.edited.connect(self.view_edited)
            self.flow.insert_widget(self._first, chip)
            self._view_chip = chip
            if held:
                chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self._chain()

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show the pieces of a query; the keyboard stays at its place among the chips."""
        if tuple(pieces) == self._pieces:
            return
        held = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        old, self._pieces = self._chips, tuple(pieces)
        self._chips = [self._made(piece) for piece in pieces]
        at = self._first + (self._view_chip is not None)
        for place, chip in enumerate(self._chips):
            self.flow.insert_widget(at + place, chip)
            chip.show()
        if held is not None:  # before it goes, or Qt gives the keyboard to the search field
            nearest = self._chips[min(held, len(self._chips) - 1)] if self._chips else self.add_button
            nearest.setFocus(Qt.FocusReason.OtherFocusReason)
        for chip in old:
            self._drop(chip)
        self._chain()

    def chip_of(self, piece: Piece) -> QRect:
        """Where the chip of a piece is; of none: where one is added."""
        place = self._pieces.index(piece) if piece in self._pieces else None
        return (self.add_button if place is None else self._chips[place]).geometry()

    def view_place(self) -> QRect:
        """Where the chip of the side bar's row is."""
        return (self._view_chip or self.add_button).geometry()

    def focus_at(self, place: QPoint) -> None:
        """Give the keyboard back to the chip that is there, or to what adds one."""
        found = self.childAt(place)
        (found if isinstance(found, FilterChip) else self.add_button).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    def _made(self, piece: Piece) -> FilterChip:
        chip = FilterChip(piece_icon(piece), piece_words(piece), piece_reading(piece), editable=True)
        if piece.problem:
            chip.setAccessibleDescription(piece.problem)
        chip.removed.connect(lambda: self.piece_removed.emit(piece))
        chip.edited.connect(lambda: self.piece_edited.emit(piece))
        return chip

    def _drop(self, chip: FilterChip) -> None:
        self.flow.removeWidget(chip)
        chip.hide()  # it is deleted once the loop turns, and would be painted beside the new ones
        chip.deleteLater()

    def _chain(self) -> None:
        """Tab goes from left to right."""
        stops = [*self.chips, self.add_button]
        for before, after in itertools.pairwise(stops):
            QWidget.setTabOrder(before, after)

    @property
    def row_width(self) -> int:
        """Pixels that all would take in one row."""
        hints = [item.sizeHint().width() for item in self.flow.visible_items()]
        return sum(hints) + SPACE_S * max(len(hints) - 1, 0)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, CHIP)
