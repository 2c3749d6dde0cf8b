"""Before captions go into photos for the first time: what would happen to some of them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from blipdesk.domain.errors import KnownError
from blipdesk.domain.wording import tr
from blipdesk.domain.writes import WritePolicy, WriteReport
from blipdesk.ui.dialogs.framed import Framed, progress_bar
from blipdesk.ui.dialogs.report_list import PICTURE, ReportList, ReportRow
from blipdesk.ui.gallery.thumbnails import fit_picture
from blipdesk.ui.long_task import LongTask, Report
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.texts import plain_label
from blipdesk.ui.theme import RADIUS_CONTROL, SPACE_M, SPACE_S, SPACE_XL
from blipdesk.ui.words import error_words, photos_words
from blipdesk.ui.writing_words import varied, write_row

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

SOME = 40
"""Photos that are looked at: enough to see each kind, few enough to see at once."""


class WritePreview(Framed):
    """A question with its answer in view; ``answered`` gets True only for the yes button.

    Args:
        workspace: whose photos.
        policy: what would hold.
        question: the title.
        explanation: what it would do, in a sentence or two.
        answered: called once, with the answer.
        parent: the dialog that asks.
        asked_for: all captions are written now, also what was taken back or refused before.
    """

    def __init__(
        self,
        workspace: Workspace,
        policy: WritePolicy,
        question: str,
        explanation: str,
        answered: Callable[[bool], None],
        parent: QWidget | None = None,
        asked_for: bool = False,
    ) -> None:
        super().__init__(question, parent, (640, 560))
        self._answered = answered
        self._task = LongTask(self)
        self.note = plain_label(tr("Looking at some of your photos…"), "meta", wrap=True)
        self.bar = progress_bar()
        self.list = ReportList(tr("What would be written"))
        self.go_button = text_button(tr("Write captions"), "primary")
        self.cancel_button = text_button(tr("Cancel"))
        self.cancel_button.setDefault(True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_S)
        for widget in (self.note, self.bar):
            row = QHBoxLayout()
            row.setContentsMargins(SPACE_XL, 0, SPACE_XL, 0)
            row.addWidget(widget)
            column.addLayout(row)
        column.addSpacing(SPACE_M - SPACE_S)
        column.addWidget(self.list, 1)
        column.addStretch()
        self.lay_out(body, [], [self.cancel_button, self.go_button])
        self.say(explanation)
        self.go_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self.cancel_button.setFocus()
        self.finished.connect(lambda code: self._answered(bool(code)))

        self._task.progressed.connect(self._on_progress)
        ratio = self.devicePixelRatioF()
        self._task.start(
            lambda report: _look(workspace, policy, not asked_for, ratio, report), self._show, self._on_failed
        )

    def _on_progress(self, count: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(count)

    def _show(self, rows: list[ReportRow]) -> None:
        self.bar.hide()
        self.list.show_rows(rows)
        if not rows:
            self.list.hide()
            self.resize(self.width(), self.minimumHeight())
            self.note.setText(tr("No file would be changed now."))
        elif len(rows) < SOME:
            self.note.setText(tr("What would be done with {count}:", count=photos_words(len(rows))))
        else:
            self.note.setText(tr("What would be done with some of them, one of each kind first:"))

    def _on_failed(self, error: Exception) -> None:
        if self._task.stopping:
            return  # answered meanwhile: the rest of the look was not needed
        self.bar.hide()
        self.note.setText(error_words(tr("The photos could not be looked at."), error))

    @override
    def done(self, result: int) -> None:
        """Whatever the answer, nobody needs the rest of the preview."""
        self._task.stop()
        super().done(result)


def _look(
    workspace: Workspace, policy: WritePolicy, by_itself: bool, ratio: float, report: Report
) -> list[ReportRow]:
    """What would be done with the first photos, with their pictures; waits: for the pool."""
    found: list[WriteReport] = []
    pictures: dict[str, QImage | None] = {}
    for seen in islice(workspace.writing.dry_run(policy, by_itself=by_itself), SOME):
        found.append(seen)
        pictures[seen.path] = _picture(workspace, seen.path, ratio)
        report(len(found), SOME)
    return [write_row(seen, pictures[seen.path]) for seen in varied(found)]


def _picture(workspace: Workspace, path: str, ratio: float) -> QImage | None:
    try:
        photo_id, *_ = workspace.writing.photos_at([path])
        data = workspace.library.thumbnail(photo_id)
    except KnownError:  # it went meanwhile, or cannot be decoded: its row stands without
        return None
    width, height = PICTURE.toTuple()
    return fit_picture(data, width, height, ratio, RADIUS_CONTROL) if data else None
