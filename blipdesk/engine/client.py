"""The engine as the pipeline sees it: a child process behind the port, restarted when it dies.

No torch in this process.  See :mod:`~blipdesk.engine.child` for the other end.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from blipdesk.domain.choices import check_choices
from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    ChoiceResult,
    EngineInfo,
    EngineSettings,
    Explanation,
    PixelImage,
    Turn,
)
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.values import MatchScore
from blipdesk.domain.wording import later
from blipdesk.engine import protocol, registry
from blipdesk.engine.process import EngineProcess
from blipdesk.engine.protocol import LOADERS, Message, SharedBlock

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

_POLL = 0.05
"""How often a cancel token is asked while waiting, seconds."""
_CANCEL_PATIENCE = 15.0
"""How long a cancelled call may go on (one forward pass of a large model) before the process is ended."""
HUNG_AFTER = 600.0
"""How long an answer, one photo or a step of a load may take before the process counts as hung, seconds.

BLIP-large with beams takes half a minute a photo on a slow laptop.
"""
_SLOWEST_DISK = 20e6
"""Bytes a second: a step of a load that reads so many may take longer (31 GB: 26 minutes)."""


class EngineDiedError(ModelError):
    """The model process ended in the middle of a call; the next call starts it again.

    Attributes:
        begun: the process had taken the call up, so that the call may be the reason.
    """

    def __init__(self, words: str, *, begun: bool) -> None:
        message = later("The model process ended unexpectedly ({reason}).").format(reason=words)
        super().__init__(message, later("It is started again by itself."))
        self.begun = begun


class EngineClient:
    """Implements :class:`~blipdesk.domain.ports.VisionEngine` with a child process.

    Calls come one at a time from the thread that owns it; :meth:`close` may come from any thread.  A child
    that dies raises :class:`EngineDiedError`; the next call starts a new one and loads there what was loaded.
    One that gives no answer is killed: :class:`~blipdesk.domain.errors.ModelError`.

    Args:
        models_dir: where imported checkpoints lie.
    """

    def __init__(self, models_dir: Path | None = None) -> None:
        self._models_dir = models_dir
        self._in_hand = threading.RLock()  # a listener of tokens may close
        """Held by the call in hand, and while a closed process is buried."""
        self._starting = threading.Lock()
        """Guards the next two, so that no process starts unseen by a close."""
        self._closings = 0
        self._process: EngineProcess | None = None
        self._call_closings = 0
        """What ``_closings`` was when the call in hand came; it is broken off once they differ."""
        self._block: SharedBlock | None = None
        self._settings: dict[str, EngineSettings] = {}
        self._keys: dict[str, str] = {}
        """The model key that the owner knows of each task."""
        self._loaded: set[str] = set()
        self._number = 0

    @property
    def pid(self) -> int | None:
        """The child's process id, None while there is none."""
        process = self._process
        return process.pid if process is not None and process.alive else None

    # ------------------------------------------------------------------------------------------- the port

    def load(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        return self._run(lambda: self._load(registry.CAPTION, settings))

    def answer_info(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        return self._run(lambda: self._load(registry.ANSWER, settings))

    def retrieval_info(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        return self._run(lambda: self._load(registry.RETRIEVAL, settings))

    def drop_retrieval(self) -> None:
        """See the port; starts no process."""

        def run() -> None:
            self._settings.pop(registry.RETRIEVAL, None)
            if registry.RETRIEVAL in self._loaded:
                self._loaded.discard(registry.RETRIEVAL)
                if self._process is not None and self._process.alive:
                    self._call({"op": "drop_retrieval"})

        self._run(run)

    def caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult]:
        """See the port."""

        def run() -> list[CaptionResult]:
            self._restore(registry.CAPTION)
            self._restore_scoring()
            request = {"op": "caption", "options": asdict(options)}
            results = self._look(request, images, cancel)
            return [protocol.caption_from(fields) for fields in results]

        return self._run(run)

    def answer(
        self,
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
        history: Sequence[Turn] = (),
    ) -> AnswerResult:
        """See the port."""

        def run() -> AnswerResult:
            self._restore(registry.ANSWER)
            turns = [asdict(turn) for turn in history]
            request = {"op": "answer", "question": question, "history": turns}
            return AnswerResult(**self._look(request, [image], cancel, on_token))

        return self._run(run)

    def choose(
        self, image: PixelImage, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> ChoiceResult:
        """See the port."""
        texts = check_choices(choices)

        def run() -> ChoiceResult:
            self._restore(registry.ANSWER)
            request = {"op": "choose", "question": question, "choices": texts}
            return protocol.choices_from(self._look(request, [image], cancel))

        return self._run(run)

    def score(
        self, images: Sequence[PixelImage], texts: Sequence[str], cancel: CancelToken
    ) -> list[MatchScore | None]:
        """See the port."""

        def run() -> list[MatchScore | None]:
            self._restore(registry.RETRIEVAL)
            scores = self._look({"op": "score", "texts": list(texts)}, images, cancel)
            return [None if fields is None else protocol.match_from(fields) for fields in scores]

        return self._run(run)

    def explain(self, image: PixelImage, text: str, cancel: CancelToken) -> Explanation:
        """See the port."""

        def run() -> Explanation:
            self._restore(registry.RETRIEVAL)
            return protocol.explanation_from(self._look({"op": "explain", "text": text}, [image], cancel))

        return self._run(run)

    def embed_images(self, images: Sequence[PixelImage], cancel: CancelToken) -> list[tuple[float, ...]]:
        """See the port."""

        def run() -> list[tuple[float, ...]]:
            self._restore(registry.RETRIEVAL)
            return protocol.unpack(self._look({"op": "embed_images"}, images, cancel))

        return self._run(run)

    def embed_texts(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """See the port."""

        def run() -> list[tuple[float, ...]]:
            self._restore(registry.RETRIEVAL)
            return protocol.unpack(self._call({"op": "embed_texts", "texts": list(texts)}))

        return self._run(run)

    def close(self) -> None:
        """End the process, which gives all its memory back; from any thread, any number of times.

        A call in hand ends with :class:`~blipdesk.domain.errors.Cancelled` at once, whatever the process is
        doing.  A later call starts a new process: to stop for good, make the owner call no more, then close.
        """
        with self._starting:
            self._closings += 1
            process = self._process
        if process is not None:
            process.end()
        with self._in_hand:
            if self._process is not process and self._process is not None:
                return  # a later call has started the next one
            if process is not None:
                process.bury()
            self._forget()
            if self._block is not None:
                self._block.close()
                self._block = None

    # ------------------------------------------------------------------------------------------ internals

    def _run(self, run: Callable[[], _T]) -> _T:
        """Run a call; again when the process had died before it took the call up (killed while idle)."""
        closings = self._closings
        with self._in_hand:
            self._call_closings = closings
            try:
                return run()
            except EngineDiedError as error:
                if error.begun:
                    raise
                return run()

    def _load(self, task: str, settings: EngineSettings) -> EngineInfo:
        if self._settings.get(task) != settings:
            self._keys.pop(task, None)
        self._settings[task] = settings
        self._loaded.discard(task)
        self._start()
        info = EngineInfo(**self._call({"op": LOADERS[task], "settings": asdict(settings)}))
        self._loaded.add(task)
        self._keys[task] = info.model_key
        return info

    def _restore(self, task: str) -> None:
        """Start the process where it died, and load what the task needs.

        Raises:
            ModelError: it cannot be loaded, or is another by now: words would go under the wrong key.
        """
        self._start()
        if task not in self._loaded:
            settings = self._settings.get(task)
            if settings is None:
                raise ModelError(registry.NOTHING_LOADED[task])
            known, info = self._keys.get(task), self._load(task, settings)
            if known is not None and known != info.model_key:
                self._keys[task] = known
                self._loaded.discard(task)  # until the owner asks for it
                raise ModelError(*protocol.changed_in_use(info.title))

    def _restore_scoring(self) -> None:
        """Load the retrieval checkpoint again where there was one; where that fails captions do without."""
        if registry.RETRIEVAL in self._settings:
            try:
                self._restore(registry.RETRIEVAL)
            except EngineDiedError:
                raise
            except ModelError as error:
                _log.warning("captions are not scored any more: %s", error)
                del self._settings[registry.RETRIEVAL]  # else every batch would try it again

    def _look(
        self,
        request: Message,
        images: Sequence[PixelImage],
        cancel: CancelToken,
        on_token: Callable[[str], None] | None = None,
    ) -> Any:
        """Send a request about photos."""
        places = self._shared().write(images)
        return self._call({**request, "images": places}, cancel, on_token, len(images))

    def _shared(self) -> SharedBlock:
        if self._block is None:
            self._block = SharedBlock.create()
        return self._block

    def _start(self) -> None:
        if self._process is not None and self._process.alive:
            return
        self._bury()
        block = self._shared()
        with self._starting:
            self._stop_if_closed()
            try:
                self._process = EngineProcess(block, self._models_dir)
            except OSError as error:
                raise ModelError(
                    later("The model process cannot be started: {strerror}.").format(strerror=error.strerror)
                ) from error

    def _stop_if_closed(self) -> None:
        if self._closings != self._call_closings:
            raise Cancelled(later("The model process was closed."))

    def _forget(self) -> EngineProcess | None:
        process, self._process = self._process, None
        self._loaded.clear()
        return process

    def _bury(self) -> str:
        """Forget the process and end it where it still lives; returns what is known of its end."""
        process = self._forget()
        if process is None:
            return ""
        words = process.bury()
        if self._closings == self._call_closings:
            _log.warning("the model process ended (%s); last words: %s", words, list(process.last_words)[-5:])
        return words

    def _call(
        self,
        request: Message,
        cancel: CancelToken | None = None,
        on_token: Callable[[str], None] | None = None,
        photos: int = 1,
    ) -> Any:
        """Send a request and wait for its reply.

        Raises:
            Cancelled: the token was set, or the client closed.
            ModelError: as the reply says, or none came in time.
            EngineDiedError: the process ended.
        """
        process = self._process
        assert process is not None
        self._number += 1
        number = self._number
        process.send({"id": number, **request})
        patience = left = HUNG_AFTER * max(1, photos)
        stopping = begun = False
        failure: BaseException | None = None
        while True:
            if not stopping and (failure is not None or (cancel is not None and cancel.is_set())):
                stopping = True
                process.send({"op": "cancel", "id": number})
                patience = left = min(left, _CANCEL_PATIENCE)
            try:
                reply = process.replies.get(timeout=_POLL)
            except queue.Empty:
                left -= _POLL  # in polls: time in which the computer sleeps, and we with it, does not count
                if left > 0:
                    continue
                self._bury()
                if stopping:
                    raise failure or Cancelled from None
                raise _hung(patience) from None
            if reply is None:
                words = self._bury()
                self._stop_if_closed()
                if stopping:
                    raise failure or Cancelled
                raise EngineDiedError(words, begun=begun)
            if reply.get("id") != number:
                continue
            begun, left = True, patience
            if not stopping:
                left = max(left, reply.get("reading", 0) / _SLOWEST_DISK)
            if "token" in reply and on_token is not None and failure is None:
                try:
                    on_token(reply["token"])
                except BaseException as error:  # noqa: BLE001  (raised again below, once the child is idle)
                    failure = error
            elif "ok" in reply or "error" in reply:
                if failure is not None:
                    raise failure
                return protocol.outcome_of(reply)


def _hung(seconds: float) -> ModelError:
    message = later("The model process gave no answer for {minutes} minutes and was ended.")
    return ModelError(
        message.format(minutes=f"{seconds / 60:.0f}"),
        later(
            "Try again, choose a smaller model or another device, and check the disk that holds the model."
        ),
    )
