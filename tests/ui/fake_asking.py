"""Questions answered word by word, and captions proposed, on threads of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from fake_library import MATCHES

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.events import CatalogChange
from blipdesk.domain.values import Candidate, Choice, Photo, QuestionAnswer

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace


class FakeAskingHandle:
    """Asking: one question under way."""

    def __init__(self) -> None:
        self.future: Future[QuestionAnswer] = Future()
        self.stop = threading.Event()

    def cancel(self) -> None:
        self.stop.set()


class FakeAsking:
    """AskingService that answers word by word on a thread of its own."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.answer = "red and white, and blue and white"
        self.word_seconds = 0.15
        self.may_stop = threading.Event()
        self.may_stop.set()
        self.error: Exception | None = None
        self.turns_left_out = 0
        self.loads = ""
        """The model that is loaded first."""
        self.may_load = threading.Event()
        self._turns: list[QuestionAnswer] = []

    def choose(
        self,
        photo_id: int,
        question: str,
        choices: Sequence[str],
        *,
        is_new: bool = False,
        on_loading: Callable[[str], None] = lambda _: None,
    ) -> FakeAskingHandle:
        shares = [2.0 ** -(n + 1) for n in range(len(choices))]
        listed = tuple(Choice(text, s / sum(shares)) for text, s in zip(choices, shares, strict=True))
        return self.ask(
            photo_id, question, lambda _: None, is_new=is_new, choices=listed, on_loading=on_loading
        )

    def ask(
        self,
        photo_id: int,
        question: str,
        on_token: Callable[[str], None],
        *,
        is_new: bool = False,
        choices: tuple[Choice, ...] = (),
        on_loading: Callable[[str], None] = lambda _: None,
    ) -> FakeAskingHandle:
        handle = FakeAskingHandle()

        def work() -> None:
            if self.error is not None:
                handle.future.set_exception(self.error)
                return
            if self.loads:
                on_loading(self.loads)
                self.may_load.wait(10)
                on_loading("")
            began, text = time.monotonic(), ""
            for word in self.answer.split(" "):
                if handle.stop.wait(self.word_seconds):
                    self.may_stop.wait(10)
                    break
                text = f"{text} {word}".strip()
                on_token(text)
            with self._ws.lock:
                turn = QuestionAnswer(
                    max((turn.id for turn in self._turns), default=0) + 1,
                    photo_id,
                    question,
                    choices[0].text if choices else text,
                    "demo-answerer",
                    time.time(),
                    time.monotonic() - began,
                    handle.stop.is_set(),
                    choices,
                    self.turns_left_out,
                    is_new,
                )
                self._turns.append(turn)
            handle.future.set_result(turn)
            self._ws.publish(CatalogChange(questions=frozenset({photo_id})))

        threading.Thread(target=work, daemon=True).start()
        return handle

    def history(self, photo_id: int) -> list[QuestionAnswer]:
        with self._ws.lock:
            return [turn for turn in self._turns if turn.photo_id == photo_id]

    def delete(self, question_id: int) -> None:
        with self._ws.lock:
            gone = [turn for turn in self._turns if turn.id == question_id]
            self._turns = [turn for turn in self._turns if turn.id != question_id]
        self._ws.editing.remember(*gone)
        self._ws.publish(CatalogChange(questions=frozenset(turn.photo_id for turn in gone)))

    def put_back(self, turn: QuestionAnswer) -> None:
        with self._ws.lock:
            self._turns = sorted([*self._turns, turn], key=lambda turn: turn.id)
        self._ws.publish(CatalogChange(questions=frozenset({turn.photo_id})))

    def suggestions(self, photo: Photo) -> list[str]:
        return ["What is it?", "How many are there?", "What colour is it?"]


class FakeProposing:
    """ProposingService: the answers of :attr:`texts`, kept beside what there is."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.texts: list[list[str]] = [
            ["a full moon above calm water", "the moon over a lake in the dark", "a night sky"],
            ["moonlight on a lake with hills behind it"],
        ]
        self.seconds = 0.0
        self.loads = ""
        self.error: Exception | None = None
        self.calls: list[tuple[int, bool]] = []

    def propose(
        self, photo_id: int, *, others: bool, on_loading: Callable[[str], None] = lambda _: None
    ) -> FakeAskingHandle:
        self.calls.append((photo_id, others))
        handle: Any = FakeAskingHandle()

        def work() -> None:
            on_loading(self.loads)
            if handle.stop.wait(self.seconds):
                handle.future.set_exception(Cancelled())
            elif self.error is not None:
                handle.future.set_exception(self.error)
            else:
                photo = self._ws.library.photo_now(photo_id)
                new = [
                    Candidate(text, text, -1.0, MATCHES[place % 3])
                    for place, text in enumerate(self.texts[int(others)])
                    if text not in [known.text for known in photo.candidates]
                ]
                self._ws.change([photo_id], candidates=(*photo.candidates, *new))
                handle.future.set_result(None)

        threading.Thread(target=work, daemon=True).start()
        return handle
