"""What a person does with the filter chips, and the services behind it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QMenu, QWidget

from blipdesk.domain.filters import FILTERS, FilterSpec, filter_named
from blipdesk.domain.query import (
    Piece,
    PieceKind,
    filter_term,
    query_pieces,
    with_instead,
    with_piece,
    without,
)
from blipdesk.domain.search import Suggestion, SuggestionKind
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.domain.wording import tr
from blipdesk.ui import icons
from blipdesk.ui.browser import Browser
from blipdesk.ui.search.filter_bar import EDITABLE, FilterBar
from blipdesk.ui.search.filter_words import filter_icon, filter_title, value_words
from blipdesk.ui.tasks import NewestTask

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace
    from blipdesk.ui.search.filter_editor import FilterEditor

_FEW = frozenset({"rating", "type", "source", "sure", "has", "is"})
"""Filters of so few values that the menu has them all."""
_OFFERED = (SuggestionKind.VALUE, SuggestionKind.KEYWORD)


class FilterActions(QObject):
    """Keeps the chips the query's: each change is one of the query, which the search field shows too.

    The pieces are found in the pool: how many words behind ``folder:`` are one folder the library knows.
    """

    def __init__(self, bar: FilterBar, browser: Browser, window: QWidget) -> None:
        super().__init__(browser)
        self._bar, self._browser, self._window = bar, browser, window
        self._workspace: Workspace | None = None
        self._query = ""
        """The query whose pieces the chips are."""
        self._reading, self._asking = NewestTask(self), NewestTask(self)
        self.editor: FilterEditor | None = None
        bar.piece_removed.connect(self._on_removed)
        bar.piece_edited.connect(self._on_edited)
        bar.view_edited.connect(self._on_view_edited)
        bar.add_requested.connect(self.open_menu)
        browser.view_changed.connect(self._on_view)

    def set_workspace(self, workspace: Workspace | None) -> None:
        """Ask these services."""
        self._workspace = workspace
        self._close()
        self._reading.cancel()
        self._on_view(self._browser.view)

    # ------------------------------------------------------------------------------------ chips

    def _on_view(self, view: LibraryView) -> None:
        workspace, query = self._workspace, view.query

        def done(pieces: Sequence[Piece]) -> None:
            if self._browser.view.query == query:
                self._query = query
                self._bar.show_pieces(pieces)

        if not query:
            self._reading.cancel()
            done(())
        elif workspace is not None:
            self._reading.start(lambda: workspace.searching.pieces(query), done, priority=2)

    @property
    def _is_current(self) -> bool:
        """Whether the chips are those of the query that is searched for."""
        return self._query == self._browser.view.query

    def _search(self, query: str) -> None:
        """Nothing more is typed: the answer comes at once, ranked."""
        self._browser.search(query)
        if query:
            self._browser.rank_now()

    def _on_removed(self, piece: Piece) -> None:
        if self._is_current:
            self._close()
            self._search(without(self._query, piece, self._bar.pieces))

    # ------------------------------------------------------------------------------------ editing

    def _on_edited(self, piece: Piece) -> None:
        spec = filter_named(piece.name) if piece.kind is PieceKind.FILTER else None
        if not self._is_current or (piece.kind is PieceKind.FILTER and spec is None):
            return
        value = piece.value if spec is not None else piece.text
        editor = self._open(self._bar.chip_of(piece), spec, value, piece.is_excluded)
        if editor is not None:
            editor.done.connect(lambda term: self._change(piece, term))

    def _on_view_edited(self) -> None:
        """Another folder or tag in the place of that of the side bar."""
        view = self._browser.view
        spec = filter_named(EDITABLE.get(view.kind, ""))
        editor = self._open(self._bar.view_place(), spec, view.argument, None)
        if editor is not None:
            editor.done.connect(lambda term: self._finish_view(view.kind, term))

    def _finish_view(self, kind: ViewKind, term: str) -> None:
        self._close()
        values = [value for piece in query_pieces(f"{term} ") for value in piece.values]
        if values:
            self._browser.show_row(kind, values[0])
        else:
            self._browser.show_row(ViewKind.ALL)

    def _change(self, piece: Piece, term: str) -> None:
        """Put another term in the place of a piece; none where that is empty."""
        if not term:
            self._on_removed(piece)
        elif self._is_current:
            self._close()
            self._search(with_instead(self._query, piece, term))

    def _open(
        self, place: QRect, spec: FilterSpec | None, value: str, is_excluded: bool | None = False
    ) -> FilterEditor | None:
        """Open the card; ``is_excluded`` None: that cannot be chosen."""
        from blipdesk.ui.search.filter_editor import FilterEditor

        self._close()
        may_exclude = is_excluded is not None
        made = FilterEditor(self._window, self._bar, place, spec, value, bool(is_excluded), may_exclude)
        self.editor = made
        made.typed.connect(lambda typed: self._offer(made, typed))
        made.cancelled.connect(self._close)
        made.begin()
        return made

    def _close(self) -> None:
        """Put the card away; the keyboard goes back to its chip."""
        editor, self.editor = self.editor, None
        if editor is not None:
            self._asking.cancel()
            if editor.isAncestorOf(self._window.focusWidget()):
                self._bar.focus_at(editor.place.center())
            editor.hide()
            editor.deleteLater()

    def _offer(self, editor: FilterEditor, typed: str) -> None:
        """Offer the values that begin with what is typed."""
        workspace, spec = self._workspace, editor.spec
        if workspace is None or spec is None:
            return
        # An open quotation mark: all that is typed is one value, whatever it has of spaces and signs.
        query = f'{spec.name}:"{typed.replace(chr(34), " ")}' if typed.strip() else f"{spec.name}:"

        def done(found: Sequence[Suggestion]) -> None:
            if self.editor is editor:
                begin = f"{spec.name}:"
                editor.show_offers(
                    [one for one in found if one.kind in _OFFERED and one.query.startswith(begin)]
                )

        self._asking.start(lambda: workspace.searching.suggestions(query, len(query), 12), done, priority=2)

    # ------------------------------------------------------------------------------------ adding

    def open_menu(self) -> None:
        """Offer every filter, and the values of those that have few."""
        self._close()
        menu = self.menu()
        menu.popup(self._bar.mapToGlobal(self._bar.add_button.geometry().bottomLeft()))

    def menu(self) -> QMenu:
        """The menu of all filters."""
        menu = QMenu(self._bar)
        menu.aboutToHide.connect(menu.deleteLater)
        for spec in FILTERS:
            icon, title = icons.icon(filter_icon(spec.name)), filter_title(spec.name)
            if spec.name not in _FEW:
                menu.addAction(icon, tr("{filter}…", filter=title), partial(self.add, spec))
                continue
            inner = menu.addMenu(icon, title)
            values = [str(value.name) for value in spec.values] or list(spec.phrases)
            for value in values:
                term = filter_term(spec, value)
                words = value_words(spec.name, value)
                inner.addAction(words[:1].upper() + words[1:], partial(self._add_term, term))
        return menu

    def add(self, spec: FilterSpec) -> None:
        """Ask for the value of one more filter."""
        editor = self._open(self._bar.add_button.geometry(), spec, "")
        if editor is not None:
            editor.done.connect(self._add_term)

    def _add_term(self, term: str) -> None:
        self._close()
        if term:
            self._search(with_piece(self._browser.view.query, term))
