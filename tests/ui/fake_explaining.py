"""Where words are seen, without a model."""

from __future__ import annotations

import threading
from concurrent.futures import Future

from blipdesk.domain.jobs import HeatMap
from blipdesk.domain.values import MatchScore, Sureness
from blipdesk.services.explaining import Seen, SeenWord, word_spans

GRID = 4


class FakeExplaining:
    """ExplainingService: the first word is hottest in the first cell of a grid, the second in the second.

    ``may_say`` holds the answers back; ``asked`` has path and text of each question.
    """

    def __init__(self) -> None:
        self.may_say = threading.Event()
        self.may_say.set()
        self.error: Exception | None = None
        self.sureness = Sureness.SURE
        self.words = 99
        """So many words of a text the model reads."""
        self.asked: list[tuple[str, str]] = []
        self.begun: list[Future[Seen]] = []

    def begin(self, path: str, text: str, engine: object = None) -> Future[Seen]:
        self.asked.append((path, text))
        found: Future[Seen] = Future()
        self.begun.append(found)

        def work() -> None:
            while not self.may_say.wait(0.01):
                if found.cancelled():
                    return
            if not found.set_running_or_notify_cancel():
                return
            if self.error is not None:
                found.set_exception(self.error)
            else:
                found.set_result(self._seen(text))

        threading.Thread(target=work, daemon=True).start()
        return found

    def _seen(self, text: str) -> Seen:
        words = tuple(
            SeenWord(text[start:end], start, end, heat_at(number))
            for number, (start, end) in enumerate(word_spans(text)[: self.words])
        )
        return Seen(text, MatchScore(0.9, 0.5, 3.0, self.sureness), words, "demo-retriever@1/retrieval")


def heat_at(cell: int) -> HeatMap:
    """Hot in one cell alone."""
    return HeatMap(GRID, GRID, tuple(float(n == cell % GRID**2) for n in range(GRID**2)))
