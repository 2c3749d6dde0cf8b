"""How far a question is, its answers in groups with bars, and why some photos have none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from blipdesk.domain.asked import AnswerGroup
from blipdesk.domain.wording import retold, tr
from blipdesk.services.asking_many import AskedReport
from blipdesk.ui.asked.rows import GroupRow, Rows
from blipdesk.ui.asked.words import photos_said, progress_said
from blipdesk.ui.dialogs.framed import progress_bar
from blipdesk.ui.pane.controls import scrolled, text_button
from blipdesk.ui.pane.texts import plain_label, shown
from blipdesk.ui.theme import SPACE_M, SPACE_S, SPACE_XL


class AnswersPage(QWidget):
    """``group_chosen``: the photos with an answer are to be shown; ``retried``: those without are asked."""

    group_chosen = Signal(object)
    retried = Signal()

    def __init__(self) -> None:
        super().__init__()
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
            f"{photos_said(count)}: {retold(problem.message)} {retold(problem.remedy)}".rstrip()
            for problem, count in report.failures[:3]
        )
        head = tr("Without an answer:")
        self.failures.setText(shown(f"{head}\n{reasons}") if reasons else "")
        self.failures.setVisible(bool(reasons))
        self.retry.setVisible(bool(reasons))

    def _row(self, group: object) -> GroupRow:
        assert isinstance(group, AnswerGroup)
        row = GroupRow(group)
        row.clicked.connect(lambda _=False: self.group_chosen.emit(group))
        return row
