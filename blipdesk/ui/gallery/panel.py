"""The centre of the window: head with the numbers and filters, the gallery, and the states instead of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.paths import file_name
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.domain.wording import number, tr
from blipdesk.ui import icons
from blipdesk.ui.browser import Browser
from blipdesk.ui.gallery.empty import EmptyAct, EmptyState, WhyNothing, empty_state
from blipdesk.ui.gallery.folder_note import folder_note
from blipdesk.ui.gallery.model import GalleryModel, IdsChange
from blipdesk.ui.gallery.thumbnails import Thumbnails
from blipdesk.ui.gallery.view import GalleryView
from blipdesk.ui.listing import Looked
from blipdesk.ui.pane.controls import icon_button, text_button
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip
from blipdesk.ui.search.answer_note import AnswerNote
from blipdesk.ui.search.filter_bar import FilterBar
from blipdesk.ui.side_data import SideData
from blipdesk.ui.state_page import Notice, StatePage
from blipdesk.ui.tasks import single_shot
from blipdesk.ui.theme import GALLERY_LEAST, SPACE_L, SPACE_S, colors
from blipdesk.ui.words import error_words, photos_words

if TYPE_CHECKING:
    from blipdesk.services.nothing_found import NothingFound
    from blipdesk.services.workspace import Workspace

_LATE_MS = 350
"""A search that takes longer is said to be under way, beside the photos of before."""
_KEPT = 2000
"""Selected photos whose rows are looked up again after a reset of the list; more are let go."""


class GalleryPanel(QWidget):
    """Listens to a :class:`Browser`; owns model, thumbnails and view.

    Signals: ``add_folder`` (choose one), ``clear_search``, ``all_photos``, ``retry_all``,
    ``reasons_requested``, ``caption_again`` and ``copy_captions`` for the selection; ``escaped`` where Escape
    closes nothing here.
    """

    add_folder = Signal()
    clear_search = Signal()
    all_photos = Signal()
    retry_all = Signal()
    reasons_requested = Signal()
    caption_again = Signal()
    copy_captions = Signal()
    ask_many = Signal()
    escaped = Signal()

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self._browser = browser
        self._failed = self._placing = self._going_back = self._is_open = False
        self._late = single_shot(self, _LATE_MS, self._on_late)
        self._action: Callable[[], object] | None = None
        """What the state page's button does; None while it has none."""
        self.setMinimumWidth(GALLERY_LEAST)
        self.model = GalleryModel(self)
        self.thumbnails = Thumbnails(self)
        self.view = GalleryView(self.model, self.thumbnails)
        self.state = StatePage()
        self.state.primary.connect(self._on_primary)
        self._why = WhyNothing(self)
        self._why.known.connect(self._on_why)
        self._instead = ""
        """The query that the state page's button searches for."""
        self._acts: dict[EmptyAct, Callable[[], object]] = {
            EmptyAct.ADD_FOLDER: self.add_folder.emit,
            EmptyAct.CLEAR: self.clear_search.emit,
            EmptyAct.ALL: self.all_photos.emit,
            EmptyAct.BACK: self.leave_similar,
            EmptyAct.INSTEAD: lambda: browser.search(self._instead),
        }
        self.state.secondary.connect(self.all_photos)
        self.banner = Notice()
        self._make_head()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        self.note = AnswerNote()
        self.note.as_typed.connect(browser.search_as_typed)
        self.note.as_mended.connect(browser.search_as_mended)
        self.note.meant.connect(browser.search)
        column.addWidget(self.note)
        self._banner_row = QHBoxLayout()
        self._banner_row.setContentsMargins(SPACE_L, 0, SPACE_L, SPACE_S)
        self._banner_row.addWidget(self.banner)
        column.addLayout(self._banner_row)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)  # before it shows its first: that would be a window of its own
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.state)
        browser.look = self._looked
        browser.view_changed.connect(self._on_view)
        browser.ids_changed.connect(self._on_ids)
        browser.first_shown.connect(lambda change: self._on_ids(change, fresh=True))
        browser.side_changed.connect(self._on_side)
        browser.marks_changed.connect(self.view.set_marks)
        browser.photos_changed.connect(self._on_photos)
        browser.failed.connect(self._on_failed)
        self.view.selection_changed.connect(self._on_selection)
        self.view.pressed.connect(browser.hold)
        self.show_loading()

    def _make_head(self) -> None:
        self._head = QWidget()
        self.count, self.of, self.picked = (plain_label("", role) for role in ("title", "muted", "muted"))
        self.filters = FilterBar((self.count, self.of))
        self.filters.view_removed.connect(self._leave_row)
        self.retry = text_button(tr("Try all again"))
        self.retry.clicked.connect(self.retry_all)
        self.reasons = text_button(tr("Show the reasons"))
        self.reasons.clicked.connect(self.reasons_requested)
        for words, icon in ((self.reasons, "info"), (self.retry, "refresh")):
            icons.bind_icon(words, icon, size=16)
            set_tooltip(words, words.accessibleName())
        self.again = icon_button("refresh", tr("Caption the selected photos again"))
        self.again.clicked.connect(self.caption_again)
        self.copy = icon_button(
            "copy", tr("Copy the captions of the selected photos"), tr("Copy captions (Ctrl+C)")
        )
        self.copy.clicked.connect(self.copy_captions)
        self.ask = icon_button("ask-many", tr("Ask all of them…"), tr("One question to all of these photos"))
        self.ask.clicked.connect(self.ask_many)
        row = self._head_row = QHBoxLayout(self._head)
        row.setContentsMargins(SPACE_L + 3, 14, SPACE_L, 12)
        row.setSpacing(SPACE_S)
        row.addWidget(self.filters, 1, Qt.AlignmentFlag.AlignTop)
        top = Qt.AlignmentFlag.AlignTop  # beside the first row of filters, however many there are
        self.picked.setFixedHeight(self.ask.minimumHeight())
        row.addWidget(self.picked, 0, top)
        for button in (self.reasons, self.retry, self.ask, self.again, self.copy):
            row.addWidget(button, 0, top)
            button.hide()

    # ------------------------------------------------------------------------------------ browser

    def set_workspace(self, workspace: Workspace | None) -> None:
        """The library is open; ask its services why nothing is found."""
        self._is_open = workspace is not None
        self._why.set_workspace(workspace)

    def _looked(self) -> Looked:
        view, grid = self.view, self.view.grid
        row, _ = view.top_row()
        top = (self.model.id_at(row),) if row >= 0 else ()
        in_sight = view.rows_in_sight()
        chosen = view.selected_rows(in_sight)
        places = ((row, grid.line_of(row)) for row in chosen)
        return Looked(
            (*view.selected_ids(), *top) if view.selected_count() <= _KEPT else top,
            in_sight.stop,
            grid.columns,
            view.first_in_sight,
            tuple((self.model.id_at(row), line, row - grid.line_rows(line).start) for row, line in places),
            self.model.changes,
        )

    def _on_late(self) -> None:
        if self._browser.loaded and not self._failed:
            self.count.setText(tr("Searching…") if self._browser.view.query else tr("Reading…"))
            self.of.setText("")

    def _on_view(self, view: LibraryView) -> None:
        self._late.start()
        if self._is_open and not (self._browser.loaded or self.model.rowCount()):
            self._say_busy()
        words = {
            ViewKind.FOLDER: file_name(view.argument),
            ViewKind.KEYWORD: view.argument,
            ViewKind.SIMILAR: tr("Like {name}", name=self._browser.similar_to),
        }.get(view.kind, "")
        self.filters.show_view(view, words)
        if view.kind is ViewKind.SIMILAR:
            self.view.setFocus()  # Escape leads back, also where they were asked for in the photo pane

    def _leave_row(self) -> None:
        """The row of the side bar shall narrow no more."""
        (self.leave_similar if self._is_similar else self.all_photos.emit)()

    def leave_similar(self) -> None:
        """Back from photos that are like one to what was shown before, at that photo."""
        if self._is_similar:
            self._going_back = True
            self._browser.leave_similar()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            (self.leave_similar if self._is_similar else self.escaped.emit)()
        else:
            super().keyPressEvent(event)

    def _on_ids(self, change: IdsChange, fresh: bool) -> None:
        self._failed = False
        self._late.stop()
        self._placing = True  # what is selected now was not selected in this list
        selected, current = set(self.view.selected_ids()[:_KEPT]), self.view.current_id()
        top, above = self.view.top_row()
        top_id = self.model.id_at(top) if top >= 0 else 0
        clicked = self.view.clicked_place()
        was_reset = self.model.apply(change)
        if fresh and (change.removed or change.added):  # else nothing is painted, and asks again
            self.thumbnails.drop_requests()
        if was_reset and change.kept:
            kept = {self.model.id_at(row): row for row in change.kept}
            rows = [row for photo_id, row in kept.items() if photo_id in selected]
            self.view.select_rows(rows, kept.get(current or 0, rows[0] if rows else -1))
            top = kept.get(top_id, -1)
        else:
            top = change.row_after(top) if top >= 0 else -1
        if fresh:  # after the selection, which Qt scrolls to: the best hits stand at the top
            self.view.verticalScrollBar().setValue(0)
            if self._going_back and self.view.selected_count():
                self.view.scrollTo(self.view.currentIndex())
            self._going_back = False
        elif clicked is not None and self.view.current_id() == clicked[0]:
            self.view.show_current_at(clicked[1])
        elif top >= 0:  # what is looked at stays where it is, whatever came above it
            self.view.show_top_row(top, above)
        if was_reset and not self.view.selected_count():
            self.view.selection_changed.emit()  # a reset lets the selection go without a word
        self._placing = False
        self.say_answer()
        self._show_numbers()
        self._show_state()

    def say_answer(self) -> None:
        """Say what there is to say of the answer shown."""
        browser = self._browser
        self.note.show_answer(browser.answer, browser.view.query, browser.is_ranked, browser.turned_down)

    def _on_selection(self) -> None:
        if self.view.selected_count() and not self._placing:
            self._browser.hold()
        self._show_numbers()

    def _on_side(self, side: SideData) -> None:
        self._show_numbers()
        self._show_state()
        self._show_banner(side)

    def _on_photos(self, ids: frozenset[int] | None) -> None:
        self.thumbnails.forget_absent(ids)
        self.model.refresh(ids)

    def _on_failed(self, error: Exception) -> None:
        self._failed = True
        self._late.stop()
        self._action = self._on_retry
        words = error_words("", error)
        title = tr("The library could not be read")
        self.state.show_state("warning", title, words, tr("Try again"), ink="err")
        self._switch(self.state)

    # ------------------------------------------------------------------------------------ what is shown

    def _show_numbers(self) -> None:
        shown_count, view, side = self.model.rowCount(), self._browser.view, self._browser.side
        narrowed = bool(view.query) or view.kind is not ViewKind.ALL
        total = side.counts.total if side is not None else shown_count
        empty = not shown_count and not narrowed and not total
        found, maybe = self.model.sure - self._browser.strangers.sure, shown_count - self.model.sure
        self.count.setText(self._counted(found, maybe) if self._browser.loaded and not empty else "")
        if maybe:
            alone = tr("that may be alike") if self._is_similar else tr("that may fit")
            more = tr("{n} more maybe", n=number(maybe))
            self.of.setText(more if self._fitting(found) else alone)
        else:
            plain = narrowed and not self._is_similar and self._browser.loaded
            self.of.setText(tr("of {n}", n=number(total)) if plain else "")
        alike = tr("These may be alike")
        nothing = alike if self._is_similar else tr("Nothing fits for sure. Maybe these:")
        self.view.set_heading(tr("Maybe also these") if self._fitting(found) else nothing)
        picked = self.view.selected_count()
        set_reading(self.picked, tr("{n} selected", n=number(picked)) if picked > 1 else "")
        set_tooltip(self.picked, self.picked.accessibleName())
        for part in (self.picked, self.again, self.copy):
            part.setVisible(picked > 1)
        self.ask.setVisible(picked > 1 or (bool(view.query) and shown_count > 0))
        failed = view.kind in (ViewKind.FAILED, ViewKind.WORDLESS) and shown_count > 0 and picked < 2
        self.retry.setVisible(failed)
        self.reasons.setVisible(failed)
        self._fit_head()

    def _counted(self, sure: int, maybe: int) -> str:
        photos = self._fitting(sure) or maybe
        return tr("No similar photo") if self._is_similar and not photos else photos_words(photos)

    @property
    def _is_similar(self) -> bool:
        return self._browser.view.kind is ViewKind.SIMILAR

    def _fitting(self, sure: int) -> int:
        """How many fit for sure: of similar photos the first is the photo itself."""
        return max(0, sure - 1) if self._is_similar else sure

    def _fit_head(self) -> None:
        """The filters need the room more than the words beside the icons."""
        self.of.setVisible(bool(self.of.text()))
        self._name_buttons(True)
        beside = self._head_row.sizeHint().width() - self.filters.sizeHint().width()
        if beside + self.filters.row_width > self.width():
            self._name_buttons(False)

    def _name_buttons(self, named: bool) -> None:
        for button in (self.reasons, self.retry):
            button.setText(button.accessibleName() if named else "")
        said = self.picked.accessibleName()
        self.picked.setText(said if named or not said else number(self.view.selected_count()))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_head()

    def _show_banner(self, side: SideData) -> None:
        note = folder_note(side)
        if note is None:
            self.banner.hide()
        else:
            self.banner.show_note(note[0], "warn", note[1])

    def show_loading(self) -> None:
        """Say that the library is being opened."""
        self._is_open = False
        self._say_busy()

    def _say_busy(self) -> None:
        """Say what keeps the first photos: of a large library the last search takes longer than all else."""
        self._action = None
        if self._is_open and self._browser.view.query:
            self.state.show_state("search", tr("Searching…"), busy=True)
        else:
            self.state.show_state("folder", tr("Opening your library…"), busy=True)
        self._switch(self.state)

    def _show_state(self) -> None:
        if self._failed or not (self._browser.loaded or self.model.rowCount()):
            return
        if self.model.rowCount():
            self._why.cancel()
            self._switch(self.view)
            return
        if self._browser.side is None:
            return
        self._show_empty(empty_state(self._browser.view, self._browser.side))
        if self._browser.view.query and self._browser.is_ranked:
            self._why.ask(self._browser.request)

    def _show_empty(self, empty: EmptyState) -> None:
        self._action, self._instead = self._acts.get(empty.act), empty.instead
        self.state.show_state(
            empty.icon, empty.title, empty.words, empty.primary, empty.secondary, empty.ink, empty.framed
        )
        self._switch(self.state)

    def _on_why(self, why: NothingFound) -> None:
        if self.showing_state and self._browser.side is not None and not self.model.rowCount():
            self._show_empty(empty_state(self._browser.view, self._browser.side, why))

    def _switch(self, page: QWidget) -> None:
        """Show view or state; the keyboard stays in the middle if it was there."""
        held = QApplication.focusWidget() or self.window()
        inside = self.isAncestorOf(held) and not self._head.isAncestorOf(held)  # a chip keeps it
        self._stack.setCurrentWidget(page)
        bare = self.state.framed or not self._browser.loaded  # there is nothing to filter
        self._head.setVisible(page is self.view or not bare)
        if inside:
            target = self.view if page is self.view else self.state
            (self.state.first if page is self.state and self._action else target).setFocus()

    def _on_primary(self) -> None:
        if self._action is not None:
            self._action()

    def _on_retry(self) -> None:
        self._failed = False
        self._browser.reload()

    @property
    def showing_state(self) -> str:
        """Title of the state page while it stands instead of the gallery, else empty."""
        return self.state.title.text() if self._stack.currentWidget() is self.state else ""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colors().color("bg"))
