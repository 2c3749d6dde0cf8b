"""Where the question is typed: which photos, how long it may take, and what was asked earlier."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from blipdesk.domain.asked import YES_NO, AskedRun
from blipdesk.domain.jobs import MAX_PROMPT
from blipdesk.domain.wording import tr
from blipdesk.ui.asked.rows import Rows, RunRow
from blipdesk.ui.pane.composing import ComposedLine
from blipdesk.ui.pane.controls import FieldBox, scrolled
from blipdesk.ui.pane.texts import plain_label, set_reading, shown
from blipdesk.ui.theme import CHAT_INPUT, SPACE_M, SPACE_S, SPACE_XL, set_role


class AskPage(QWidget):
    """``asked``: question, its choices, and whether answers that are there are asked for anew."""

    asked = Signal(str, object, bool)
    run_chosen = Signal(int)
    typed = Signal(bool)
    """There is something to ask, or there is not."""

    def __init__(self) -> None:
        super().__init__()
        self.field = ComposedLine()
        self.field.setFrame(False)
        self.field.setMaxLength(MAX_PROMPT)
        self.field.setPlaceholderText(tr("Is anyone smiling?"))
        set_role(self.field, "bare")
        set_reading(self.field, tr("Question to all of these photos"), tr("Enter asks"))
        self._earlier = QStringListModel(self)
        completer = QCompleter(self._earlier, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        box = FieldBox(self.field)
        box.setFixedHeight(CHAT_INPUT)
        inner = QHBoxLayout(box)
        inner.setContentsMargins(SPACE_M, 0, SPACE_M, 0)
        inner.addWidget(self.field)
        self.closed = QCheckBox(tr("Answer with yes or no only"))
        self.again = QCheckBox(tr("Ask again where this model has answered before"))
        self.estimate = plain_label("", "meta", wrap=True)
        self._heading = plain_label(tr("Asked earlier"), "strong")
        self.runs = Rows()
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_XL, 0, SPACE_XL, SPACE_M)
        column.setSpacing(SPACE_S)
        column.addWidget(box)
        column.addWidget(self.closed)
        column.addWidget(self.again)
        column.addWidget(self.estimate)
        column.addSpacing(SPACE_M)
        column.addWidget(self._heading)
        column.addWidget(scrolled(self.runs), 1)
        self.field.textChanged.connect(lambda text: self.typed.emit(bool(text.strip())))
        self.field.returnPressed.connect(self.ask)

    def set_able(self, able: bool) -> None:
        """Show what a question needs, or only what was asked earlier."""
        for part in (self.field.parentWidget(), self.closed, self.again, self.estimate):
            if part is not None:
                part.setVisible(able)

    def show_earlier(self, questions: Sequence[str], runs: Sequence[AskedRun]) -> None:
        """Offer these questions, and list these runs."""
        self._earlier.setStringList([shown(question) for question in questions])
        self._heading.setVisible(bool(runs))
        self.runs.show_rows(runs, self._row)

    def _row(self, run: object) -> RunRow:
        assert isinstance(run, AskedRun)
        row = RunRow(run)
        row.clicked.connect(lambda _=False: self.run_chosen.emit(run.id))
        return row

    def ask(self) -> None:
        """Ask what is typed, if anything is."""
        question = self.field.text().strip()
        if question:
            choices = YES_NO if self.closed.isChecked() else ()
            self.asked.emit(question, choices, self.again.isChecked())
