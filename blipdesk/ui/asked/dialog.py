"""The dialog of questions to many photos: one is asked, and its answers are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from blipdesk.domain.asked import AnswerGroup, AskedRun, AskedState, answered_query
from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.wording import tr
from blipdesk.services.asking_many import AskedReport
from blipdesk.ui.asked.answers_page import AnswersPage
from blipdesk.ui.asked.ask_page import AskPage
from blipdesk.ui.asked.group_entry import MOST_PHOTOS, THUMBNAIL, Listed
from blipdesk.ui.asked.question_draft import QuestionDraft
from blipdesk.ui.asked.words import estimate_words, photos_said, scope_words
from blipdesk.ui.dialogs.framed import Framed
from blipdesk.ui.jpegs import decode_jpeg
from blipdesk.ui.pane.controls import text_button
from blipdesk.ui.pane.texts import set_reading
from blipdesk.ui.tasks import NewestTask, run_in_pool, single_shot
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.workspace import Workspace

_READ_MS = 300
"""The answers are read again so long after a change."""


@dataclass(frozen=True, slots=True)
class WhichPhotos:
    """What a question would be put to."""

    ids: Sequence[int]
    query: str = ""
    """They are what this finds; empty: they were selected, or are all that is listed."""


class AskManyDialog(Framed):
    """``show_requested``: a query whose photos are to be seen; ``said``: a sentence for the toast.

    Owner: the GUI thread; the services' calls run in the pool.  Closing it stops nothing.

    Args:
        workspace: whose photos.
        photos: what would be asked; none: what was asked earlier is looked at.
        run_id: the question whose answers are shown first; 0: none.
        parent: the window in front of which it stands.
    """

    show_requested = Signal(str)
    photo_requested = Signal(str, int)
    """A query, and which of its photos is to be seen."""
    said = Signal(str)

    def __init__(
        self, workspace: Workspace, photos: WhichPhotos, run_id: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Ask many photos"), parent, (640, 560))
        self._many, self._photos = workspace.asking_many, photos
        self._library = workspace.library
        self._run: AskedRun | None = None
        self._run_id = run_id
        self._seconds_left: float | None = None
        self._is_halted = workspace.captioning.progress().state is RunState.PAUSED
        self._reading = NewestTask(self)
        self._soon = single_shot(self, _READ_MS, self._read)
        self.ask_page, self.answers = AskPage(), AnswersPage()
        self._draft = QuestionDraft(workspace.drafts, self.ask_page.field)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.ask_page)
        self.pages.addWidget(self.answers)
        self.back_button = text_button(tr("All questions"))
        self.pause_button = text_button(tr("Pause"))
        self.end_button = text_button(tr("Stop asking"))
        self.export_button = text_button(tr("Export…"))
        self.close_button = text_button(tr("Close"))
        words = tr("Ask {photos}", photos=photos_said(len(photos.ids)))
        self.ask_button = text_button(words, "primary")
        self.ask_button.setEnabled(False)
        right = [self.pause_button, self.end_button, self.export_button, self.close_button, self.ask_button]
        self.lay_out(self.pages, [self.back_button], right)
        self._connect()
        if run_id:
            self.show_run(run_id)
        else:
            self._show_ask_page()

    def _connect(self) -> None:
        page = self.ask_page
        page.typed.connect(self.ask_button.setEnabled)
        page.asked.connect(self._ask)
        page.run_chosen.connect(self.show_run)
        self.ask_button.clicked.connect(page.ask)
        self.back_button.clicked.connect(self._show_ask_page)
        self.pause_button.clicked.connect(self._on_pause)
        self.end_button.clicked.connect(self._on_end)
        self.export_button.clicked.connect(self._on_export)
        self.close_button.clicked.connect(self.reject)
        self.answers.group_chosen.connect(self._on_group)
        self.answers.photo_chosen.connect(self._on_photo)
        self.answers.photos_wanted.connect(self._list_photos)
        self.answers.retried.connect(lambda: self._steer(self._many.retry))

    # ------------------------------------------------------------------------------------ asking

    def _show_ask_page(self) -> None:
        able = bool(len(self._photos.ids))
        self._run, self._run_id = None, 0
        self.pages.setCurrentWidget(self.ask_page)
        self.say(
            scope_words(len(self._photos.ids), self._photos.query) if able else "", tr("Ask many photos")
        )
        self.ask_page.set_able(able)
        self._show_buttons()
        if able:
            self.ask_page.field.setFocus()
            self.ask_page.field.selectAll()  # what was typed and not asked; another one takes its place
        self._read()

    def _ask(self, question: str, choices: Sequence[str], again: bool) -> None:
        many, photos = self._many, self._photos
        self.ask_button.setEnabled(False)

        def asked(run: AskedRun) -> None:
            self._draft.drop()
            self.show_run(run.id)

        def failed(error: Exception) -> None:
            self.ask_button.setEnabled(True)
            self._fail(error)

        run_in_pool(
            lambda: many.start(question, photos.ids, choices=choices, scope=photos.query, again=again),
            asked,
            failed,
            self,
            priority=3,
        )

    # ------------------------------------------------------------------------------------ answers

    def show_run(self, run_id: int) -> None:
        """Show the answers to one question."""
        self._run, self._run_id = None, run_id
        self._seconds_left = None
        self.answers.begin_run()
        self.pages.setCurrentWidget(self.answers)
        self.say("", "…")
        self._show_buttons()
        self.close_button.setFocus()
        self._read()

    def on_progress(self, progress: Progress) -> None:
        """Follow the worker."""
        asked = progress.asked
        self._is_halted = progress.state is RunState.PAUSED
        self._seconds_left = asked.seconds_left if asked.run_id == self._run_id else None
        self.read_soon()

    def read_soon(self) -> None:
        """Something changed: look again, a few times a second at most."""
        if not self._soon.isActive():
            self._soon.start()

    def _read(self) -> None:
        many, run_id = self._many, self._run_id
        if run_id:
            self._reading.start(lambda: many.report(run_id), self._show_report, self._fail)
        else:
            self._reading.start(
                lambda: (many.earlier_questions(), many.runs(), many.seconds_each()),
                lambda found: self._show_earlier(*found),
                self._fail,
            )

    def _show_earlier(
        self, questions: Sequence[str], runs: Sequence[AskedRun], seconds: float | None
    ) -> None:
        self.ask_page.estimate.setText(estimate_words(len(self._photos.ids), seconds))
        self.ask_page.show_earlier(questions, runs)

    def _show_report(self, report: AskedReport) -> None:
        if report.run.id != self._run_id:
            return
        self._run = report.run
        run = report.run
        self.say(scope_words(run.total, run.scope) if run.scope else "", run.question)
        self.answers.show_report(report, self._seconds_left, self._is_halted)
        self._show_buttons()

    def _show_buttons(self) -> None:
        run = self._run
        on_answers, goes = bool(self._run_id), run is not None and not run.is_over
        paused = run is not None and run.state is AskedState.PAUSED
        self.back_button.setVisible(on_answers)
        self.export_button.setVisible(on_answers)
        self.pause_button.setVisible(goes)
        self.end_button.setVisible(goes)
        self.pause_button.setText(tr("Go on") if paused else tr("Pause"))
        set_reading(self.pause_button, self.pause_button.text())
        self.ask_button.setVisible(not on_answers and bool(len(self._photos.ids)))

    # ------------------------------------------------------------------------------------ doing

    def _on_pause(self) -> None:
        paused = self._run is not None and self._run.state is AskedState.PAUSED
        self._steer(self._many.resume if paused else self._many.pause)

    def _on_end(self) -> None:
        self._steer(self._many.cancel)

    def _steer(self, work: Callable[[int], object]) -> None:
        run_id = self._run_id
        run_in_pool(lambda: work(run_id), lambda _: self._read(), self._fail, self, priority=3)

    def _on_group(self, group: AnswerGroup) -> None:
        if self._run is not None:
            self.show_requested.emit(answered_query(self._run.question, group.answer))
            self.accept()

    def _on_photo(self, group: AnswerGroup, photo_id: int) -> None:
        if self._run is not None:
            query = answered_query(self._run.question, group.answer) if group.key else ""
            self.photo_requested.emit(query, photo_id)
            self.accept()

    def _list_photos(self, group: AnswerGroup) -> None:
        many, library, run_id = self._many, self._library, self._run_id

        def read() -> list[Listed]:
            return [
                Listed(photo, decode_jpeg(library.thumbnail(photo.photo_id), _small))
                for photo in many.photos_with(run_id, group, MOST_PHOTOS)
            ]

        def show(photos: list[Listed]) -> None:
            if run_id == self._run_id:
                self.answers.show_photos(group, photos)

        run_in_pool(read, show, self._fail, self)

    def _on_export(self) -> None:
        table, lines = tr("Table"), tr("JSON lines")
        kinds = f"{table} (*.csv);;{lines} (*.jsonl)"
        chosen, kind = QFileDialog.getSaveFileName(self, tr("Export the answers"), "answers.csv", kinds)
        if chosen:
            is_json = "jsonl" in kind and not Path(chosen).suffix
            self.export_to(Path(f"{chosen}.jsonl" if is_json else chosen))

    def export_to(self, path: Path) -> None:
        """Write the answers into a file."""
        many, run_id = self._many, self._run_id
        run_in_pool(
            lambda: many.export(run_id, path),
            lambda count: self.said.emit(
                tr("{photos} written to {name}", photos=photos_said(count), name=path.name)
            ),
            self._fail,
            self,
        )

    def _fail(self, error: Exception) -> None:
        self.say(error_words("", error))


def _small(size: QSize) -> QSize:
    """Twice what is drawn: enough for any screen."""
    return size.scaled(THUMBNAIL * 2, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
