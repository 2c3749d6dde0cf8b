"""Progress bars on stderr, and signals that end a run in order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from blipdesk.cli.output import console
from blipdesk.domain.errors import Cancelled
from blipdesk.domain.events import CatalogChange, RunState
from blipdesk.domain.events import Progress as RunProgress


class Bar:
    """A progress bar on stderr, where that is a terminal.

    Args:
        quiet: show none.
        doing: what is done, before the first word of how far it is.
    """

    def __init__(self, quiet: bool, doing: str = "Looking through the folders") -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=console, disable=quiet or not console.is_terminal, transient=True,
        )  # fmt: skip
        self._doing = doing
        self._task = self._progress.add_task(doing, total=None)
        self._stop = threading.Event()

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def on_event(self, event: CatalogChange | RunProgress) -> None:
        """Follow the worker."""
        if isinstance(event, RunProgress):
            words = {RunState.LOADING_MODEL: "Loading the model", RunState.CAPTIONING: "Captioning"}
            description = words.get(event.state, event.message or self._doing)
            done, total = event.done, event.total
            if event.writes_total:
                description, done, total = "Writing captions", event.writes_done, event.writes_total
            if event.read_total:
                description, done, total = "Reading captions", event.read_done, event.read_total
            self._progress.update(self._task, description=description, completed=done, total=total or None)

    def on_progress(self, done: int, total: int) -> None:
        """Follow one long operation.

        Raises:
            Cancelled: :meth:`stop` was called.
        """
        if self._stop.is_set():
            raise Cancelled
        self._progress.update(self._task, completed=done, total=total or None)

    def stop(self) -> None:
        """End the operation after what it has in hand; may be called from a signal handler."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """Whether the operation was to end early."""
        return self._stop.is_set()


@contextmanager
def signals_call(stop: Callable[[], None]) -> Iterator[None]:
    """SIGINT and SIGTERM call ``stop``: nothing in hand is lost. A second one ends the program at once."""
    numbers = (signal.SIGINT, signal.SIGTERM)

    def on_signal(number: int, frame: object) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_DFL)
        stop()

    before = {number: signal.signal(number, on_signal) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
