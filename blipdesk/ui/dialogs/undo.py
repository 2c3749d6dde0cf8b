"""Taking back what was written into files: what would come back, the work, and what did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.wording import joined, later, number, plural, tr
from blipdesk.domain.writes import UndoSelection
from blipdesk.ui.dialogs.framed import Framed, progress_bar
from blipdesk.ui.dialogs.report_list import ReportList, ReportRow
from blipdesk.ui.long_task import LongTask, Report
from blipdesk.ui.motion import show_busy
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.texts import set_reading
from blipdesk.ui.state_page import StatePage
from blipdesk.ui.theme import SPACE_XL
from blipdesk.ui.words import error_words, photos_words
from blipdesk.ui.writing_words import partly_words, undo_counts, undo_rows

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_STAYS = later("Captions, tags and stars stay in BlipDesk.")


@dataclass(frozen=True, slots=True)
class _Words:
    """What is done, in the forms that the dialog needs."""

    verb: tuple[str, str]
    """On the button, for one file and for several; so the others in pairs."""
    doing: str
    so_far: str
    wanted: tuple[str, str]
    cannot: tuple[str, str]
    past: str
    nothing: str
    left: tuple[str, str]
    failed: str


@dataclass(frozen=True, slots=True)
class _Found:
    """What came of a look or of the work, made ready off the GUI thread: there may be many thousand rows."""

    rows: Sequence[ReportRow]
    restored: int
    others: int
    partly: str


_BACK = _Words(
    (later("Take back {n} file"), later("Take back {n} files")),
    later("Taking back…"),
    later("Taking back {done} of {total}…"),
    (
        later("{n} file gets back, byte for byte, what stood there before BlipDesk wrote."),
        later("{n} files get back, byte for byte, what stood there before BlipDesk wrote."),
    ),
    (
        later("{n} file cannot be taken back: the first in the list."),
        later("{n} files cannot be taken back: the first in the list."),
    ),
    later("Taken back"),
    later("Nothing was taken back"),
    (
        later("{n} file could not be taken back: the first in the list say why."),
        later("{n} files could not be taken back: the first in the list say why."),
    ),
    later("Not everything could be taken back."),
)
_AGAIN = _Words(
    (later("Put back {n} file"), later("Put back {n} files")),
    later("Putting back…"),
    later("Putting back {done} of {total}…"),
    (
        later("{n} file gets back, byte for byte, what stood there before it was taken back."),
        later("{n} files get back, byte for byte, what stood there before it was taken back."),
    ),
    (
        later("{n} file cannot be put back: the first in the list."),
        later("{n} files cannot be put back: the first in the list."),
    ),
    later("Put back"),
    later("Nothing was put back"),
    (
        later("{n} file could not be put back: the first in the list say why."),
        later("{n} files could not be put back: the first in the list say why."),
    ),
    later("Not everything could be put back."),
)


def _of(count: int, forms: tuple[str, str]) -> str:
    return plural(count, tr(forms[0]), tr(forms[1]))


class UndoDialog(Framed):
    """First what would come back, then the work with its progress, then what did not come back and why.

    Owner: the GUI thread; the services' calls run in the pool.  Closing it before the yes changes nothing.

    Args:
        workspace: whose files.
        selection: what is taken back.
        question: the title.
        parent: the window in front of which it stands.
        again: an undo is taken back: captions are put back into the files.
    """

    files_changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        selection: UndoSelection,
        question: str,
        parent: QWidget | None = None,
        again: bool = False,
    ) -> None:
        super().__init__(question, parent, (620, 480))
        self._workspace, self._selection = workspace, selection
        self._says = _AGAIN if again else _BACK
        self._working = False
        self._planned = 0
        self._task = LongTask(self)
        self.bar = progress_bar()
        room = self.bar.sizePolicy()
        room.setRetainSizeWhenHidden(True)  # the list below must not jump
        self.bar.setSizePolicy(room)
        self.list = ReportList(tr("Files"))
        self.go_button = text_button("", "primary")
        self.close_button = text_button(tr("Cancel"))
        self.close_button.setDefault(True)
        bar = QHBoxLayout()
        bar.setContentsMargins(SPACE_XL, 0, SPACE_XL, 0)
        bar.addWidget(self.bar)
        self.empty = StatePage()
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty.hide()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        self.lay_out(body, [], [self.close_button, self.go_button])
        self._task.progressed.connect(self._on_progress)
        self.go_button.clicked.connect(self._take_back)
        self.close_button.clicked.connect(self.reject)
        self._look()

    # ------------------------------------------------------------------------------------ looking

    def _look(self) -> None:
        self.go_button.hide()
        show_busy(self.bar)
        self.say(tr("Looking at what stands in the files now…"))
        self._task.start(partial(self._undo, dry_run=True), self._on_looked, self._on_not_looked)

    def _undo(self, report: Report, dry_run: bool) -> _Found:
        reports = self._workspace.writing.undo(self._selection, dry_run=dry_run, on_progress=report)
        return _Found(undo_rows(reports, planned=dry_run), *undo_counts(reports), partly_words(reports))

    def _on_looked(self, found: _Found) -> None:
        self.bar.hide()
        restored, others = found.restored, found.others
        self._planned = len(found.rows)
        self.list.show_rows(found.rows)
        if not restored:
            self.say(tr("Nothing of this can be taken back.") if found.rows else "")
            self.close_button.setText(tr("Close"))
            if not found.rows:
                self._show_nothing()
            return
        left = _of(others, self._says.cannot) if others else ""
        self.say(joined(_of(restored, self._says.wanted), found.partly, left, tr(_STAYS)))
        self.go_button.setText(_of(restored, self._says.verb))
        set_reading(self.go_button, self.go_button.text())
        self.go_button.show()
        self.close_button.setFocus()

    def _show_nothing(self) -> None:
        words = tr("BlipDesk has written nothing into these files, or it was taken back already.")
        self.empty.show_state("file-check", tr("Nothing to take back"), words, ink="muted")
        self.list.hide()
        self.empty.show()

    def _on_not_looked(self, error: Exception) -> None:
        self.bar.hide()
        self.say(error_words(tr("This could not be looked at."), error))
        self.close_button.setText(tr("Close"))

    # ------------------------------------------------------------------------------------ taking back

    def _take_back(self) -> None:
        self._working = True
        self.go_button.hide()
        self.close_button.setText(tr("Stop"))
        set_reading(self.close_button, tr("Stop after the file in hand"))
        self.close_button.setFocus()
        show_busy(self.bar)
        self.bar.show()
        self.words.setMinimumHeight(self.words.height())  # nor when the words get shorter
        self.say(tr(self._says.doing))
        self._task.start(partial(self._undo, dry_run=False), self._on_done, self._on_failed)

    def _on_progress(self, count: int, total: int) -> None:
        if self._task.stopping or self.bar.isHidden():
            return
        self.bar.setRange(0, total)
        self.bar.setValue(count)
        doing = tr(self._says.so_far) if self._working else tr("Looking at {done} of {total}…")
        self.say(doing.format(done=number(count), total=photos_words(total)))

    def _on_done(self, found: _Found) -> None:
        self._end()
        restored, others = found.restored, found.others
        self.list.show_rows(found.rows)
        words = plural(
            restored,
            tr("{n} file is as before, byte for byte."),
            tr("{n} files are as before, byte for byte."),
        )
        words = joined(words, found.partly, _of(others, self._says.left) if others else "")
        if len(found.rows) < self._planned:
            words = tr("Stopped. {words} The others are as they were.", words=words)
        self.say(joined(words, tr(_STAYS)), tr(self._says.past if restored else self._says.nothing))
        self.files_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self.say(error_words(tr(self._says.failed), error))
        self.files_changed.emit()

    def _end(self) -> None:
        self._working = False
        self.bar.hide()
        self.close_button.setText(tr("Close"))
        self.close_button.setEnabled(True)
        set_reading(self.close_button, tr("Close"))
        self.close_button.setFocus()

    @override
    def reject(self) -> None:
        """Escape, the cross and the button: close; while files are written, stop after the one in hand."""
        self._task.stop()
        if self._working:
            self.close_button.setEnabled(False)
            self.say(tr("Stopping after this file…"))
        else:
            super().reject()
