"""Questions about photos, on their way to the engine."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

from blipdesk.domain.errors import Cancelled, KnownError
from blipdesk.domain.jobs import AnswerResult, DecodedPhoto, EngineInfo, EngineSettings
from blipdesk.domain.ports import CancelToken, VisionEngine

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; ``future`` gets the answer."""

    photo_id: int
    text: str
    on_token: Callable[[str], None]
    cancel: CancelToken
    future: Future[AnswerResult]


class AnyToken:
    """Set once any of its tokens is."""

    def __init__(self, *tokens: CancelToken) -> None:
        self._tokens = tokens

    def is_set(self) -> bool:
        """See :class:`blipdesk.domain.ports.CancelToken`."""
        return any(token.is_set() for token in self._tokens)


class Questions:
    """Answers questions on the runner's thread, in the order they were asked.

    Args:
        engine: the models.
        decode: (photo id, image size): the photo decoded for the answering model.
    """

    def __init__(self, engine: VisionEngine, decode: Callable[[int, int], DecodedPhoto]) -> None:
        self._engine = engine
        self._decode = decode
        self._waiting: deque[Question] = deque()
        self._loaded: tuple[EngineSettings, EngineInfo] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def loaded(self) -> bool:
        """True once the answering model is loaded."""
        return self._loaded is not None

    def add(self, question: Question) -> None:
        """Queue a question (any thread)."""
        self._waiting.append(question)

    def answer_next(self, settings: EngineSettings, stop: CancelToken) -> None:
        """Answer the oldest question; whatever goes wrong goes to whoever asked."""
        question = self._waiting.popleft()
        future = question.future
        if not future.set_running_or_notify_cancel():
            return
        try:
            info = self._load(settings)
            decoded = self._decode(question.photo_id, info.image_size)
            cancel = AnyToken(question.cancel, stop)
            future.set_result(
                self._engine.answer(decoded.model_input, question.text, question.on_token, cancel)
            )
        except (KnownError, Cancelled) as error:
            self._loaded = None
            future.set_exception(error)
        except Exception as error:  # noqa: BLE001 - goes to whoever asked; captioning goes on
            _log.exception("a question failed in an unforeseen way")
            future.set_exception(error)

    def _load(self, settings: EngineSettings) -> EngineInfo:
        if self._loaded is None or self._loaded[0] != settings:
            self._loaded = (settings, self._engine.answer_info(settings))
        return self._loaded[1]

    def forget(self) -> None:
        """The engine was closed: the next question loads the model again."""
        self._loaded = None

    def cancel_all(self) -> None:
        """BlipDesk is closing: nobody is left waiting."""
        while self._waiting:
            question = self._waiting.popleft()
            if question.future.set_running_or_notify_cancel():
                question.future.set_exception(Cancelled("BlipDesk is closing."))
