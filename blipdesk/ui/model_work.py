"""What is being done with a checkpoint: downloaded, imported, checked, removed; one at a time.

It goes on when the settings are closed, and they find it again when they are opened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from blipdesk.domain.errors import Cancelled, KnownError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import DownloadPhase, DownloadProgress, ModelCheck
from blipdesk.domain.wording import joined, later, retold, tr
from blipdesk.ui.long_task import LongTask, Report
from blipdesk.ui.pane.texts import readable_size, seconds_taken
from blipdesk.ui.words import error_words

if TYPE_CHECKING:
    from blipdesk.services.models import ModelService

_KIB = 1024
"""Progress is counted in these: a signal's number has 32 bits, and 2 GiB are soon reached."""


_PHASES = {
    DownloadPhase.ASKING: later("Asking for it…"),
    DownloadPhase.DOWNLOADING: later("Downloading…"),
    DownloadPhase.TRYING: later("All is here: trying it on a picture…"),
    DownloadPhase.PRESENT: later("It is here already."),
    DownloadPhase.DONE: later("Done."),
}


class Doing(Enum):
    """What is being done."""

    NOTHING = auto()
    DOWNLOAD = auto()
    IMPORT = auto()
    CHECK = auto()
    REMOVE = auto()


@dataclass(frozen=True, slots=True)
class WorkState:
    """What is being done, with which checkpoint, and how far it is."""

    doing: Doing = Doing.NOTHING
    key: str = ""
    words: str = ""
    done: int = 0
    """KiB."""
    total: int = 0
    """0: not known."""
    is_stopping: bool = False


class _Token:
    """Whether a task was stopped, as services ask."""

    def __init__(self, task: LongTask) -> None:
        self._task = task

    def is_set(self) -> bool:
        return self._task.stopping


class ModelWork(QObject):
    """Owner: the GUI thread.

    Signals: ``changed`` when :attr:`state` has; ``ended`` with the key and a sentence (empty: nothing to say)
    once the list of models may be another.
    """

    changed = Signal()
    ended = Signal(str, str)
    _told = Signal(object)

    def __init__(self, parent: QObject | None, models: ModelService) -> None:
        super().__init__(parent)
        self._models = models
        self._task = LongTask(self)
        self._drops = False
        self.state = WorkState()
        self.last = ("", "")
        """The key and the sentence of what ended last."""
        self._task.progressed.connect(self._on_progress)
        self._told.connect(self._on_told)

    @property
    def busy(self) -> bool:
        """Whether something is being done."""
        return self.state.doing is not Doing.NOTHING

    def download(self, model: ModelInfo) -> None:
        """Download a checkpoint, or go on with it."""
        models, token, told = self._models, _Token(self._task), self._told.emit

        def work(report: Report) -> str:
            last = ("", "")

            def tell(progress: DownloadProgress) -> None:
                nonlocal last
                news = progress.phase.value, progress.note
                if news != last:
                    last = news
                    told(progress)
                report(progress.done_bytes // _KIB, progress.total_bytes // _KIB)

            made = models.download(model.key, tell, token)
            return tr("{model} is on this computer now: whole, checked and tried.", model=retold(made.title))

        self._start(Doing.DOWNLOAD, model.key, tr("Asking for it…"), work, tr("It could not be downloaded."))

    def pause(self) -> None:
        """Stop; what has come stays, and a download goes on from there."""
        self._task.stop()
        self._show(replace(self.state, words=tr("Stopping…"), is_stopping=True))

    def cancel(self) -> None:
        """Stop a download and let go of what has come."""
        self._drops = True
        self.pause()

    def import_folder(self, path: str) -> None:
        """Copy a checkpoint in from a folder."""
        models = self._models

        def work(_: Report) -> str:
            made = models.import_folder(path)
            return tr("{model} is on this computer now: choose it above.", model=retold(made.title))

        words, failure = tr("Checking and copying the model…"), tr("The model could not be imported.")
        self._start(Doing.IMPORT, "", words, work, failure)

    def check(self, model: ModelInfo, name: str) -> None:
        """Compare every file with its checksum, load the model and try it on a drawn picture."""
        models, words = self._models, tr("Comparing its files with their checksums, and trying it…")
        self._start(
            Doing.CHECK, model.key, words,
            lambda _: joined(*map(check_words, models.check(name))),
            tr("The check found a fault."),
        )  # fmt: skip

    def remove(self, model: ModelInfo) -> None:
        """Delete a checkpoint, or what a download has left of it."""
        models, size = self._models, model.size_bytes if model.installed else model.arrived_bytes

        def work(_: Report) -> str:
            models.remove(model.key)
            return tr(
                "{model} is removed: {size} are free again.",
                model=retold(model.title),
                size=readable_size(size),
            )

        self._start(Doing.REMOVE, model.key, tr("Removing…"), work, tr("It could not be removed."))

    def close(self) -> None:
        """The library closes: what is under way ends at its next step, and nobody hears of it."""
        self._task.stop()
        self.deleteLater()

    # ------------------------------------------------------------------------------------ under way

    def _start(self, doing: Doing, key: str, words: str, work: Callable[[Report], str], failure: str) -> None:
        if self.busy:
            return
        self._drops = False
        self._show(WorkState(doing, key, words))
        self._task.start(work, self._on_ended, lambda error: self._on_failed(error, failure))

    def _show(self, state: WorkState) -> None:
        self.state = state
        self.changed.emit()

    def _on_told(self, progress: DownloadProgress) -> None:
        if self.state.doing is Doing.DOWNLOAD and not self.state.is_stopping:
            words = retold(progress.note) or tr(_PHASES.get(progress.phase, ""))
            self._show(replace(self.state, words=words))

    def _on_progress(self, done: int, total: int) -> None:
        if self.busy:
            self._show(replace(self.state, done=done, total=total))

    def _on_ended(self, words: str) -> None:
        key = self.state.key
        self.last = key, words
        self._show(WorkState())
        self.ended.emit(key, words)

    def _on_failed(self, error: Exception, failure: str) -> None:
        key, drops = self.state.key, self._drops
        if not isinstance(error, Cancelled):
            self._on_ended(error_words(failure, error))
            return
        if not drops:
            self._on_ended("")
            return
        self._show(WorkState())
        models = self._models

        def work(_: Report) -> str:
            try:
                models.remove(key)
            except KnownError:
                return ""  # nothing of it had come
            return ""

        self._start(Doing.REMOVE, key, tr("Removing…"), work, tr("It could not be removed."))


def check_words(check: ModelCheck) -> str:
    """What a check found, in a sentence or two."""
    words = tr(
        "{model}: every file is as it should be, and it loads in {seconds}.",
        model=retold(check.title),
        seconds=seconds_taken(check.load_seconds),
    )
    tried = next((one for one in check.tried if one.said), None)
    if tried is not None:
        return joined(words, tr("Of a drawn picture it says: {words}", words=retold(tried.said)))
    return words
