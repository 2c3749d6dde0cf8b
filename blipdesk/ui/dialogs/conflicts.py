"""Photos with two captions by people, one in BlipDesk and one in the file: side by side, to be decided."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.wording import joined, later, number, plural, retold, tr
from blipdesk.domain.writes import Conflict, KeepText, WriteOutcome, WriteReport
from blipdesk.ui.dialogs.confirm import Confirm, ask_first
from blipdesk.ui.dialogs.framed import Framed, progress_bar
from blipdesk.ui.dialogs.text_card import TextCard
from blipdesk.ui.long_task import LongTask
from blipdesk.ui.motion import show_busy
from blipdesk.ui.pane.controls import icon_button, text_button
from blipdesk.ui.pane.paint import ElidedText
from blipdesk.ui.pane.picture import PictureLoader
from blipdesk.ui.pane.preview import PreviewPicture
from blipdesk.ui.pane.texts import plain_label, set_reading, set_tooltip, shown
from blipdesk.ui.state_page import StatePage
from blipdesk.ui.tasks import LatestTask
from blipdesk.ui.theme import SIZE_BODY, SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from blipdesk.ui.words import error_words, photos_words

if TYPE_CHECKING:
    from blipdesk.domain.values import Photo
    from blipdesk.services.workspace import Workspace

_QUESTIONS = {
    KeepText.MINE: later("Keep your caption for all {photos}?"),
    KeepText.FILE: later("Keep the file's caption for all {photos}?"),
    KeepText.BOTH: later("Keep both captions of all {photos}?"),
}
_WRITTEN = later(
    "Yours takes the place of the other in each file. This can be taken back under Changes to photos."
)
_NOT_WRITTEN = later(
    "The files keep what they say: captions stay in BlipDesk, as chosen in the settings under Photo files."
)
_CONSEQUENCES = {
    KeepText.FILE: later("What you wrote for them in BlipDesk goes. Ctrl+Z brings it back, photo by photo."),
    KeepText.BOTH: later("Each stays where it is, and you are not asked about these photos again."),
}
_WORDS = later(
    "You wrote one caption in BlipDesk, and the file has another. Nothing is written over either until "
    "you decide."
)
_BACK = later("What was written into files can be taken back under Changes to photos.")
_GOES_ON = later("It goes on when this is closed.")


class ConflictsDialog(Framed):
    """One photo at a time; what is decided is done at once, for this one or for all of them.

    Owner: the GUI thread; reading and deciding happen in the pool.  A decision is carried out also when the
    dialog is closed meanwhile.

    Args:
        workspace: whose photos.
        parent: the window in front of which it stands.
        first: the id of the photo to begin with; None: the first of them.
        confirm: asks before all are decided at once.
    """

    def __init__(
        self,
        workspace: Workspace,
        parent: QWidget | None = None,
        first: int | None = None,
        confirm: Confirm = ask_first,
    ) -> None:
        super().__init__(tr("Two captions"), parent, (700, 600))
        self.setMinimumSize(560, 460)
        self._workspace = workspace
        self._first, self._confirm = first, confirm
        self._decided = False
        self._load, self._photo = LatestTask(self), LatestTask(self)
        self._task = LongTask(self)
        self.conflicts: list[Conflict] = []
        self._at = 0
        self.preview = PreviewPicture()
        self.preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._picture = PictureLoader(self.preview)
        self.name = ElidedText(SIZE_BODY)
        self.place = plain_label("", "meta")
        self.previous = icon_button("chevron-left", tr("Previous photo"))
        self.next = icon_button("chevron-right", tr("Next photo"))
        self.mine = TextCard(tr("In BlipDesk"), tr("Keep mine"))
        self.file = TextCard(tr("In the file"), tr("Keep the file's"))
        self.both_button = text_button(tr("Keep both"))
        set_tooltip(self.both_button, tr("Each stays where it is, and you are not asked again."))
        self.all_box = QCheckBox("")
        self.bar = progress_bar()
        self.bar.setFixedWidth(180)
        self.message = plain_label("", "error", wrap=True)
        self.message.hide()
        self.close_button = text_button(tr("Later"), "", tr("Decide later"))
        self.close_button.setDefault(True)
        self.end = StatePage()
        self.end.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.end.show_state("clock", tr("Looking for captions…"), busy=True, ink="muted")
        body = QWidget()
        self._fill(body)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.end)
        self._pages.addWidget(body)
        self.lay_out(self._pages, [self.all_box, self.bar], [self.both_button, self.close_button])
        self.close_button.setFocus()  # Enter decides nothing unasked
        self._connect()
        self.say(tr(_WORDS))
        for widget in (self.all_box, self.bar, self.both_button):
            widget.hide()
        self._read()

    def _connect(self) -> None:
        for button, keep in (
            (self.mine.button, KeepText.MINE),
            (self.file.button, KeepText.FILE),
            (self.both_button, KeepText.BOTH),
        ):
            button.clicked.connect(lambda _=False, keep=keep, button=button: self._ask(keep, button))
        self.previous.clicked.connect(lambda: self._step(-1))
        self.next.clicked.connect(lambda: self._step(1))
        self.close_button.clicked.connect(self.accept)
        self.all_box.toggled.connect(lambda _: self._name_buttons())
        self._task.progressed.connect(self._on_progress)

    def _fill(self, body: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE_S)
        line.addStrut(28)  # the steps go with the last but one: nothing below may jump
        line.addWidget(self.name, 1)
        for widget in (self.place, self.previous, self.next):
            line.addWidget(widget)
        cards = QHBoxLayout()
        cards.setSpacing(SPACE_M)
        cards.addWidget(self.mine, 1)
        cards.addWidget(self.file, 1)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_L)
        column.setSpacing(SPACE_S)
        column.addWidget(self.preview)
        column.addLayout(line)
        column.addLayout(cards, 1)
        column.addWidget(self.message)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.preview.setFixedHeight(max(120, self.height() - 380))

    # ------------------------------------------------------------------------------------ showing

    def _read(self) -> None:
        self._load.start(self._workspace.writing.conflicts, self._on_read, self._on_unread)

    def _on_unread(self, error: Exception) -> None:
        self.say("")
        self.end.show_state(
            "warning", tr("The captions could not be read"), error_words("", error), ink="err"
        )
        self.close_button.setText(tr("Close"))

    def _on_read(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = list(conflicts)
        ids = [conflict.photo_id for conflict in conflicts]
        if self._first in ids:
            self._at, self._first = ids.index(self._first), None
        self._at = min(self._at, max(len(conflicts) - 1, 0))
        self._show()

    def _show(self) -> None:
        count = len(self.conflicts)
        self._pages.setCurrentIndex(1 if count else 0)
        self.all_box.setVisible(count > 1)
        self.all_box.setText(tr("The same for all {count}", count=photos_words(count)))
        set_reading(self.all_box, self.all_box.text())
        self.both_button.setVisible(bool(count))
        self._enable(bool(count))
        if not count:
            self._show_end()
            return
        now = self.conflicts[self._at]
        self.name.set_text(os.path.basename(now.path), now.path)
        self.place.setText(
            tr("{at} of {count}", at=number(self._at + 1), count=number(count)) if count > 1 else ""
        )
        self.mine.show_text(now.mine, tr("In BlipDesk"))
        beside = now.where.lower().endswith(".xmp")
        self.file.show_text(now.file, tr("In the file beside the photo") if beside else tr("In the photo"))
        for step in (self.previous, self.next):
            step.setVisible(count > 1)
        self._name_buttons()
        workspace = self._workspace
        self._photo.start(lambda: workspace.library.photo(now.photo_id), self._on_photo)

    def _show_end(self) -> None:
        self.all_box.setChecked(False)
        self.say("")
        if self._decided:
            self.end.show_state("check", tr("All decided"), tr(_BACK), ink="ok")
        else:
            self.end.show_state("check", tr("Nothing to decide"), tr("No photo has two captions."), ink="ok")
        self.close_button.setText(tr("Close"))
        self.close_button.setFocus()

    def _on_photo(self, photo: Photo | None) -> None:
        if photo is not None:
            self._picture.show_photo(photo, self._workspace)

    def _name_buttons(self) -> None:
        """What a button does is said on it, for all of them too."""
        every = self.all_box.isChecked()
        for button, words in (
            (self.mine.button, tr("Keep mine for all") if every else tr("Keep mine")),
            (self.file.button, tr("Keep the file's for all") if every else tr("Keep the file's")),
            (self.both_button, tr("Keep both for all") if every else tr("Keep both")),
        ):
            button.setText(words)
            set_reading(button, words)

    def _step(self, by: int) -> None:
        self._at = min(max(self._at + by, 0), len(self.conflicts) - 1)
        self._show()

    def _enable(self, on: bool) -> None:
        for widget in (self.mine.button, self.file.button, self.both_button, self.all_box):
            widget.setEnabled(on)
        for step, way in ((self.previous, -1), (self.next, 1)):
            step.setEnabled(on and 0 <= self._at + way < len(self.conflicts))

    # ------------------------------------------------------------------------------------ deciding

    def _ask(self, keep: KeepText, button: QPushButton) -> None:
        """For all of them only after a yes."""
        if not self.all_box.isChecked():
            self._decide(keep, button, [self.conflicts[self._at]])
            return
        chosen = self.conflicts
        writes = self._workspace.writing.policy.target is not WriteTarget.NONE
        consequence = _CONSEQUENCES.get(keep, _WRITTEN if writes else _NOT_WRITTEN)

        def answered(yes: bool) -> None:
            if yes:
                self._decide(keep, button, chosen)

        question = tr(_QUESTIONS[keep], photos=photos_words(len(chosen)))
        self._confirm(self, question, tr(consequence), button.text(), answered)

    def _decide(self, keep: KeepText, button: QPushButton, chosen: Sequence[Conflict]) -> None:
        ids = [conflict.photo_id for conflict in chosen]
        writing = self._workspace.writing
        skipped: list[str] = []
        self.message.hide()
        self._enable(False)
        if len(ids) > 1:
            self.all_box.hide()
            show_busy(self.bar)
            self.bar.show()
            self.close_button.setText(tr("Close"))
            self.close_button.setFocus()
            self.say(tr("Deciding for {count}… {note}", count=photos_words(len(ids)), note=tr(_GOES_ON)))
        self._task.start(
            lambda report: writing.decide(
                ids, keep, on_progress=report, on_skipped=lambda _, reason: skipped.append(reason)
            ),
            lambda reports: self._on_decided(ids, reports, skipped, button),
            self._on_failed,
        )

    def _on_progress(self, count: int, total: int) -> None:
        if self.bar.isHidden():
            return
        self.bar.setRange(0, total)
        self.bar.setValue(count)
        self.say(
            tr(
                "Writing {count} of {total}… {note}",
                count=number(count),
                total=photos_words(total),
                note=tr(_GOES_ON),
            )
        )

    def _on_decided(
        self, ids: Sequence[int], reports: Sequence[WriteReport], away: Sequence[str], button: QPushButton
    ) -> None:
        gone = set(ids)
        self._decided = True
        self._end()
        self._on_read([conflict for conflict in self.conflicts if conflict.photo_id not in gone])
        if self.conflicts:
            button.setFocus()  # it lost the keyboard when it was switched off, and the next photo is here
        refused = [report for report in reports if report.outcome is WriteOutcome.REFUSED]
        words = [retold(reason) for reason in away]
        if refused:
            words.append(
                tr(
                    "{name}: {words}",
                    name=plural(
                        len(refused),
                        tr("{n} file could not be written"),
                        tr("{n} files could not be written"),
                    ),
                    words=retold(refused[0].note),
                )
            )
        if words:
            self._tell(joined(*words, tr("The decision is kept in BlipDesk.")))

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._enable(True)
        self._tell(error_words(tr("That did not work."), error))

    def _end(self) -> None:
        self.bar.hide()
        self.all_box.setVisible(len(self.conflicts) > 1)
        self.close_button.setText(tr("Later"))
        self.say(tr(_WORDS))

    def _tell(self, words: str) -> None:
        """Below the next photo, or where there is none: what was just done, or why not."""
        if not self.conflicts:
            self.end.show_state("warning", tr("All decided"), joined(words, tr(_BACK)), ink="warn")
            return
        self.message.setText(shown(words))
        self.message.show()
