"""What BlipDesk wrote into files, run by run, newest first; each can be taken back."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import tr
from blipdesk.domain.writes import JournalSize, RunKind, UndoSelection, WriteRun
from blipdesk.ui.dialogs.framed import Framed, answer_enter
from blipdesk.ui.dialogs.opening import open_dialog
from blipdesk.ui.dialogs.undo import UndoDialog
from blipdesk.ui.pane.controls import LinkButton, scrolled, text_button
from blipdesk.ui.pane.paint import Glyph, rounded_fill
from blipdesk.ui.pane.texts import plain_label, set_reading
from blipdesk.ui.state_page import StatePage
from blipdesk.ui.tasks import EventBridge, LatestTask, single_shot
from blipdesk.ui.theme import RADIUS_INPUT, SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from blipdesk.ui.words import error_words
from blipdesk.ui.writing_words import journal_words, run_counts, run_title, when_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

PAGE = 15
"""Runs that are shown at first, and more at each asking: a card takes some 5 ms to make, and 200 of them held
the window for 1.4 s."""
_BUTTON = 96
"""Width of the cards' buttons, whatever they say: they stand below each other."""
_SETTLE_MS = 700
"""While photos are written in the background, their run is read anew at most this often."""


class RunCard(QFrame):
    """One run: what it did, when, how many; a button takes it back, a link all that came after it too."""

    undo_requested = Signal(object, str, bool)
    """An UndoSelection, the question that asks for it, and whether it takes an undo back."""

    def __init__(self, run: WriteRun, newest: bool) -> None:
        super().__init__()
        self.run, self.newest = run, newest
        title, when = run_title(run), when_words(run.began_at)
        self.counts = plain_label(run_counts(run) or tr("No file was changed"), "meta", wrap=True)
        undo = run.kind is RunKind.UNDO
        self.undo_button = text_button(
            tr("Take back…"),
            "on-raised",
            tr("Put back: {when}", when=when)
            if undo
            else tr("Take back: {title}, {when}", title=title, when=when),
        )
        if undo:
            self.undo_button.setText(tr("Put back…"))
        self.undo_button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.undo_button.setMinimumWidth(_BUTTON)
        self.after_link = LinkButton(
            tr("everything since…"), tr("Take back everything since: {when}", when=when)
        )
        self.state = plain_label("", "meta")
        heading = QHBoxLayout()
        heading.setSpacing(SPACE_S)
        heading.addWidget(plain_label(title, "strong"))
        heading.addWidget(plain_label(when, "meta"))
        heading.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(heading)
        words.addWidget(self.counts)
        words.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(2)
        for widget in (self.undo_button, self.after_link, self.state):
            right.addWidget(widget, 0, Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        row.setSpacing(SPACE_M)
        mark = "undo" if undo else "file-check" if run.target == "embed" else "file-plus"
        row.addWidget(Glyph(mark, "muted" if undo else "accent"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(right)
        self._show_state()  # only now: what has no parent is shown as a window of its own
        self.undo_button.clicked.connect(self._on_undo)
        self.after_link.clicked.connect(self._on_after)
        set_reading(self, f"{title}, {when}. {self.counts.text()}", self.state.text())

    def _show_state(self) -> None:
        """Offer what is still possible; else say why nothing is."""
        run = self.run
        self.undo_button.setVisible(run.left > 0)
        self.after_link.setVisible(run.left > 0 and not self.newest and run.kind is RunKind.WRITE)
        if run.embedded + run.sidecars and run.left <= 0:
            why = (
                (run.taken_back, tr("Taken back")),
                (run.pruned, tr("Too long ago to take back")),
                (run.forgotten, tr("Its photos were forgotten")),
            )
            self.state.setText(max(why, key=lambda reason: reason[0])[1])
        self.state.setVisible(bool(self.state.text()))

    def _on_undo(self) -> None:
        again, when = self.run.kind is RunKind.UNDO, when_words(self.run.began_at)
        put_back = tr("Put back what was taken back: {when}?", when=when)
        question = put_back if again else tr("Take back what was written: {when}?", when=when)
        self.undo_requested.emit(UndoSelection(run_id=self.run.id), question, again)

    def _on_after(self) -> None:
        when = when_words(self.run.began_at)
        question = tr("Take back everything written since then: {when}?", when=when)
        self.undo_requested.emit(UndoSelection(since=self.run.began_at), question, False)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rounded_fill(QPainter(self), self.rect(), RADIUS_INPUT, "raised", "line")


class ChangesDialog(Framed):
    """Lists the runs, also as they grow; each opens an :class:`UndoDialog`. Owner: the GUI thread."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(tr("Changes to photos"), parent, (680, 520))
        self._workspace = workspace
        self._load = LatestTask(self)
        self._settle = single_shot(self, _SETTLE_MS, self.reload)
        self._bridge = EventBridge(self)
        self._bridge.catalog_changed.connect(self._on_catalog_changed)
        self._bridge.attach(workspace.events.subscribe)
        self.finished.connect(lambda _: self._bridge.detach())
        self.cards: list[RunCard] = []
        self._most = PAGE
        self._runs = QWidget()
        self._list = QVBoxLayout(self._runs)
        self._list.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_L)
        self._list.setSpacing(SPACE_S)
        self.older_link = LinkButton(tr("Show older changes"), tr("Show older changes"))
        self.older_link.clicked.connect(self._on_older)
        self.older_link.hide()
        self._list.addWidget(self.older_link, 0, Qt.AlignmentFlag.AlignLeft)
        self._list.addStretch(1)
        self.empty = StatePage()
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedWidget()
        self._pages.addWidget(scrolled(self._runs))
        self._pages.addWidget(self.empty)
        self.kept = plain_label("", "faint", wrap=True)
        below = QHBoxLayout()
        below.setContentsMargins(SPACE_XL, SPACE_S, SPACE_XL, SPACE_M)
        below.addWidget(self.kept)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addLayout(below)
        self.close_button = text_button(tr("Close"), "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self.lay_out(body, [], [self.close_button])
        self.close_button.setFocus()
        self.say("")
        self.reload()

    def reload(self) -> None:
        """Read the runs again."""
        writing, most = self._workspace.writing, self._most
        self._load.start(
            lambda: (writing.runs(most + 1), writing.journal_size()), self._show, self._on_unread
        )

    def _on_older(self) -> None:
        self._most += PAGE
        self.reload()

    def _on_unread(self, error: Exception) -> None:
        self.say(error_words(tr("The changes could not be read."), error))

    def _on_catalog_changed(self) -> None:
        if not self._settle.isActive():
            self._settle.start()

    def _show(self, found: tuple[Sequence[WriteRun], JournalSize]) -> None:
        runs, size = found
        self.older_link.setVisible(len(runs) > self._most)
        self._show_runs(runs[: self._most])
        values = self._workspace.settings.values
        self.kept.setText(journal_words(size, values.journal_days, values.journal_mb))
        self._pages.setCurrentIndex(0 if runs else 1)
        if runs:
            self.say(
                tr("What BlipDesk wrote can be taken back: a file is then as it was before, byte for byte.")
            )
        else:
            self.say("")
            words = tr(
                "When captions are written into your photos or beside them, every change is listed here and "
                "can be taken back. Where captions go is chosen in the settings."
            )
            self.empty.show_state("file-check", tr("No file was changed"), words, ink="muted")

    def _show_runs(self, runs: Sequence[WriteRun]) -> None:
        """Make cards for what is new; the others stay, and with them the keyboard and the place shown."""
        old = {(card.run, card.newest): card for card in self.cards}
        held = next((card for card in self.cards if card.isAncestorOf(self.focusWidget())), None)
        self.cards = []
        for index, run in enumerate(runs):
            card = old.pop((run, index == 0), None) or self._make_card(run, index == 0)
            self._list.insertWidget(index, card)
            self.cards.append(card)
        for card in old.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        stops = [stop for card in self.cards for stop in (card.undo_button, card.after_link)]
        for before, after in itertools.pairwise([*stops, self.older_link, self.close_button]):
            QWidget.setTabOrder(before, after)
        if held is not None and held not in self.cards:
            self._hand_on_focus(held.run)

    def _make_card(self, run: WriteRun, newest: bool) -> RunCard:
        card = RunCard(run, newest)
        card.undo_requested.connect(self._ask)
        answer_enter(card)
        return card

    def _hand_on_focus(self, run: WriteRun) -> None:
        """To the same run's button, where it still has one."""
        same = next((card for card in self.cards if card.run.id == run.id), None)
        if same is not None and not same.undo_button.isHidden():
            same.undo_button.setFocus()
        else:
            self.close_button.setFocus()

    def _ask(self, selection: UndoSelection, question: str, again: bool) -> None:
        dialog = UndoDialog(self._workspace, selection, question, self, again)
        dialog.files_changed.connect(self.reload)
        open_dialog(dialog)
