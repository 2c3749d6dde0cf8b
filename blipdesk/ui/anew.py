"""The window's content made anew in another language, with all that a person sees where it was."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject
from PySide6.QtWidgets import QDialog

from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.ui.pane.edits import take_edits
from blipdesk.ui.tasks import run_in_pool

if TYPE_CHECKING:
    from blipdesk.ui.main_window import MainWindow
    from blipdesk.ui.shell import Shell

_SEVERAL = 500
"""Selected photos that are looked for in a list that has changed meanwhile."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is shown, and how."""

    view: LibraryView
    similar_to: str
    typed: str
    cursor: int
    changes: dict[str, Any]
    """Settings of the window that are still to be saved."""
    pane_hidden: bool
    question: str
    """Typed, not asked yet."""
    ids: array[int]
    selected: tuple[tuple[int, int], ...]
    """First and last row of each part of the selection."""
    current: int
    top: tuple[int, int]

    @classmethod
    def of(cls, window: MainWindow) -> Kept:
        """What this window shows."""
        view, edit, pane = window.gallery.view, window.top_bar.search.field, window.pane
        selection = view.selectionModel().selection()
        spans = (selection.at(number) for number in range(selection.size()))
        return cls(
            window.browser.view, window.browser.similar_to, edit.text(), edit.cursorPosition(),
            window.remembered.last_changes(), pane.isHidden(),
            pane.page.ask_bar.field.text() if pane.photo_id is not None else "",
            window.gallery.model.ids[:], tuple((span.top(), span.bottom()) for span in spans),
            view.currentIndex().row(), view.top_row(),
        )  # fmt: skip


class Return(QObject):
    """Brings a new window to where the one before it was, as its lists come; goes with the window."""

    def __init__(self, window: MainWindow, kept: Kept) -> None:
        super().__init__(window)
        self._window, self._kept = window, kept
        window.remembered.restore("", kept.changes["splitter"])

    def look_there(self) -> None:
        """Look at the same photos; after the library was attached."""
        window, kept = self._window, self._kept
        window.browser.ids_changed.connect(self._on_ids)
        if kept.view.kind is ViewKind.SIMILAR:
            window.browser.show_similar(int(kept.view.argument), kept.similar_to)
        else:
            window.browser.show_row(kept.view.kind, kept.view.argument)
        if kept.typed:
            window.top_bar.search.field.setText(kept.typed)
            window.top_bar.search.field.setCursorPosition(kept.cursor)
            window.browser.rank_now()
        window.browser.set_order(kept.view.order)
        window.pane.setHidden(kept.pane_hidden)

    def _on_ids(self) -> None:
        browser, kept = self._window.browser, self._kept
        if browser.view != kept.view:
            browser.ids_changed.disconnect(self._on_ids)  # the person went on
        elif browser.is_ranked or not kept.view.query:
            browser.ids_changed.disconnect(self._on_ids)
            self._choose()

    def _choose(self) -> None:
        """Select and scroll as before; in a list that has changed, what is still there."""
        kept, view, now = self._kept, self._window.gallery.view, self._window.gallery.model.ids
        if now == kept.ids:
            parts, current = kept.selected, kept.current
        else:
            chosen = [row for first, last in kept.selected for row in range(first, last + 1)][:_SEVERAL]
            wanted = {kept.ids[row] for row in (*chosen, kept.current) if row >= 0}
            rows = {photo: row for row, photo in enumerate(now) if photo in wanted}
            parts = tuple((rows[kept.ids[row]],) * 2 for row in chosen if kept.ids[row] in rows)
            current = rows.get(kept.ids[kept.current], -1) if kept.current >= 0 else -1
        selection = QItemSelection()
        for first, last in parts:
            selection.select(view.photos.index(first), view.photos.index(last))
        if current >= 0:
            view.selectionModel().setCurrentIndex(
                view.photos.index(current), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        view.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if kept.top[0] >= 0:
            view.show_top_row(*kept.top)
        if kept.question and self._window.pane.photo_id is not None:
            self._window.pane.page.ask_bar.set_text(kept.question)


def let_go(shell: Shell, window: MainWindow) -> bool:
    """Take a window apart that another one has replaced; True: a dialog stood before it, and is closed.

    What was typed is saved.
    """
    dialogs = [dialog for dialog in shell.findChildren(QDialog) if dialog.isVisible()]
    for dialog in dialogs:
        dialog.close()
    window.detach()
    run_in_pool(take_edits())
    for part in vars(window).values():
        if isinstance(part, QObject) and part.parent() is shell:
            part.deleteLater()
    window.deleteLater()
    return bool(dialogs)
