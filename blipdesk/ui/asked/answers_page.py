"""How far a question is, its answers in groups with bars, and why some photos have none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from blipdesk.domain.asked import AnswerGroup
from blipdesk.domain.wording import joined, retold, tr
from blipdesk.services.asking_many import AskedReport
from blipdesk.ui.asked.group_entry import GroupEntry, Listed
from blipdesk.ui.asked.rows import Rows
from blipdesk.ui.asked.words import photos_said, progress_said
from blipdesk.ui.dialogs.framed import progress_bar
from blipdesk.ui.pane.controls import scrolled, text_button
from blipdesk.ui.pane.texts import plain_label, shown
from blipdesk.ui.theme import SPACE_M, SPACE_S, SPACE_XL


class AnswersPage(QWidget):
    """``group_chosen``: the photos with an answer are to be shown; ``retried``: those without are asked."""

    group_chosen = Signal(object)
    photo_chosen = Signal(object, int)
    """One photo of a group is to be shown."""
    photos_wanted = Signal(object)
    """The photos of a group are to be listed: :meth:`show_photos`."""
    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._opened: set[str] = set()
        self._listed: dict[str, Sequence[Listed]] = {}
        """What was listed of each group."""
        self.bar = progress_bar()
        self.words = plain_label("", "muted", wrap=True)
        self.groups = Rows()
        self.failures = plain_label("", "meta", wrap=True)
        self.retry = text_button(tr("Ask these again"))
        self.retry.clicked.connect(self.retried)
        failed = QHBoxLayout()
        failed.setSpacing(SPACE_M)
        failed.addWidget(self.failures, 1)
        failed.addWidget(self.retry)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addSpacing(SPACE_S)
        column.addWidget(scrolled(self.groups), 1)
        column.addLayout(failed)

    def show_report(self, report: AskedReport, seconds_left: float | None, is_halted: bool) -> None:
        """Show how far it is and what was answered so far."""
        run = report.run
        self.words.setText(shown(progress_said(run, seconds_left, is_halted)))
        self.bar.setVisible(not run.is_over)
        self.bar.setRange(0, max(run.total, 1))
        self.bar.setValue(run.done)
        self.groups.show_rows(report.groups, self._row)
        reasons = "\n".join(
            tr(
                "{name}: {words}",
                name=photos_said(count),
                words=joined(retold(problem.message), retold(problem.remedy)),
            )
            for problem, count in report.failures[:3]
        )
        head = tr("Without an answer:")
        self.failures.setText(shown(f"{head}\n{reasons}") if reasons else "")
        self.failures.setVisible(bool(reasons))
        self.retry.setVisible(bool(reasons))

    def begin_run(self) -> None:
        """Another question's answers are to come."""
        self._opened.clear()
        self._listed.clear()

    def show_photos(self, group: AnswerGroup, photos: Sequence[Listed]) -> None:
        """List photos of a group."""
        self._listed[group.key] = photos
        for entry in self.groups.rows:
            if isinstance(entry, GroupEntry) and entry.group.key == group.key:
                entry.show_photos(photos)

    def _row(self, group: object) -> GroupEntry:
        assert isinstance(group, AnswerGroup)
        entry = GroupEntry(group)
        entry.row.clicked.connect(lambda _=False: self.group_chosen.emit(group))
        entry.photo_chosen.connect(lambda photo_id: self.photo_chosen.emit(group, photo_id))
        entry.photos_wanted.connect(lambda: self.photos_wanted.emit(group))
        if group.key in self._opened:
            entry.open_with(self._listed.get(group.key))
        entry.toggled.connect(lambda opened: self._on_toggled(group.key, opened))
        return entry

    def _on_toggled(self, key: str, opened: bool) -> None:
        (self._opened.add if opened else self._opened.discard)(key)
