"""The engine as the pipeline sees it: a child process behind the port, restarted when it dies.

No torch in this process.  See :mod:`~blipdesk.engine.child` for the other end.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

import blipdesk
from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    EngineInfo,
    EngineSettings,
    PixelImage,
)
from blipdesk.domain.ports import CancelToken
from blipdesk.engine import protocol, registry
from blipdesk.engine.loading import ENVIRONMENT
from blipdesk.engine.protocol import Message, SharedBlock

_log = logging.getLogger(__name__)
_child_log = logging.getLogger("blipdesk.engine.child")

_T = TypeVar("_T")

_POLL = 0.05
"""How often a cancel token is asked while waiting, seconds."""
_CANCEL_PATIENCE = 15.0
"""How long a cancelled call may go on (one forward pass of a large model) before the process is ended."""
_EXIT_PATIENCE = 2.0
"""How long a process that was told to end may take before it is killed, seconds."""
HUNG_AFTER = 600.0
"""How long a load, an answer or one photo may take before the process counts as hung, seconds.

BLIP-large with beams takes half a minute a photo on a slow laptop, its load from a slow disk a minute or two.
"""


class EngineDiedError(ModelError):
    """The model process ended in the middle of a call; the next call starts it again.

    Attributes:
        begun: the process had taken the call up, so that the call may be the reason.
    """

    def __init__(self, words: str, *, begun: bool) -> None:
        super().__init__(f"The model process ended unexpectedly ({words}).", "It is started again by itself.")
        self.begun = begun


class _Process:
    """One life of the child: its pipes and the threads that read them."""

    def __init__(self, command: Sequence[str], block: SharedBlock) -> None:
        self.replies: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self.last_words: deque[str] = deque(maxlen=20)
        self._popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            pass_fds=(block.fd,) if os.name == "posix" else (),
        )
        self._readers = [
            threading.Thread(target=self._read_replies, name="engine-replies", daemon=True),
            threading.Thread(target=self._read_log, name="engine-log", daemon=True),
        ]
        for thread in self._readers:
            thread.start()

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def alive(self) -> bool:
        return self._popen.poll() is None

    def send(self, message: Message) -> None:
        """Write one request; a broken pipe shows as the end of the replies."""
        stdin = _stream(self._popen.stdin)
        with contextlib.suppress(OSError, ValueError):
            stdin.write(protocol.encode(message))
            stdin.flush()

    def _read_replies(self) -> None:
        for line in iter(_stream(self._popen.stdout).readline, b""):
            try:
                self.replies.put(protocol.decode(line))
            except ValueError:
                break
        self.replies.put(None)

    def _read_log(self) -> None:
        for line in iter(_stream(self._popen.stderr).readline, b""):
            text = line.decode("utf-8", "replace").rstrip()
            self.last_words.append(text)
            _child_log.info("%s", text)

    def end(self) -> str:
        """Tell it to end, kill it where that is not enough; from any thread, any number of times.

        It has nothing to lose or to finish.  Whoever waits for a reply is told at once.

        Returns:
            How it ended, in words.
        """
        self.replies.put(None)
        self._popen.terminate()
        try:
            status = self._popen.wait(_EXIT_PATIENCE)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            try:
                status = self._popen.wait(_EXIT_PATIENCE)
            except subprocess.TimeoutExpired:  # the kernel holds it (a dead network drive, a driver)
                return "it cannot be ended"
        return f"signal {-status}" if status < 0 else f"exit status {status}"

    def bury(self) -> str:
        """End it and give its pipes back; only from the thread that sends.  Returns how it ended."""
        words = self.end()
        for thread in self._readers:
            thread.join(_EXIT_PATIENCE)
        with contextlib.suppress(OSError):  # a request may be stuck in it
            _stream(self._popen.stdin).close()
        if not any(thread.is_alive() for thread in self._readers):  # closing waits for a reader
            _stream(self._popen.stdout).close()
            _stream(self._popen.stderr).close()
        return words


class EngineClient:
    """Implements :class:`~blipdesk.domain.ports.VisionEngine` with a child process.

    Calls come one at a time from the thread that owns it; :meth:`close` may come from any thread.  A child
    that dies raises :class:`EngineDiedError`; the next call starts a new one and loads there what was loaded.
    One that gives no answer is killed: :class:`~blipdesk.domain.errors.ModelError`.

    Args:
        models_dir: where imported checkpoints lie.
        hung_after: see :data:`HUNG_AFTER`.
    """

    def __init__(self, models_dir: Path | None = None, *, hung_after: float = HUNG_AFTER) -> None:
        self._models_dir = models_dir
        self._hung_after = hung_after
        self._in_hand = threading.RLock()  # a listener of tokens may close
        """Held by the call in hand, and while a closed process is buried."""
        self._starting = threading.Lock()
        """Guards the next two, so that no process starts unseen by a close."""
        self._closings = 0
        self._process: _Process | None = None
        self._call_closings = 0
        """What ``_closings`` was when the call in hand came; it is broken off once they differ."""
        self._block: SharedBlock | None = None
        self._settings: dict[str, EngineSettings] = {}
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

    def caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult]:
        """See the port."""

        def run() -> list[CaptionResult]:
            self._restore(registry.CAPTION)
            places = self._shared().write(images)
            request = {"op": "caption", "images": places, "options": protocol.to_json(options)}
            results = self._call(request, cancel, photos=len(images))
            return [protocol.result_from(fields) for fields in results]

        return self._run(run)

    def answer(
        self,
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
    ) -> AnswerResult:
        """See the port."""

        def run() -> AnswerResult:
            self._restore(registry.ANSWER)
            (place,) = self._shared().write([image])
            request = {"op": "answer", "image": place, "question": question}
            return protocol.answer_from(self._call(request, cancel, on_token))

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
        self._settings[task] = settings
        self._loaded.discard(task)
        self._start()
        op = "load" if task == registry.CAPTION else "answer_info"
        info = protocol.info_from(self._call({"op": op, "settings": protocol.to_json(settings)}))
        self._loaded.add(task)
        return info

    def _restore(self, task: str) -> None:
        """Start the process where it died, and load what the task needs."""
        self._start()
        if task not in self._loaded:
            settings = self._settings.get(task)
            if settings is None:
                raise ModelError("No model is loaded.")
            self._load(task, settings)

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
                self._process = _Process(_command(block, self._models_dir), block)
            except OSError as error:
                raise ModelError(f"The model process cannot be started: {error.strerror}.") from error

    def _stop_if_closed(self) -> None:
        if self._closings != self._call_closings:
            raise Cancelled("The model process was closed.")

    def _forget(self) -> _Process | None:
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
        patience = left = self._hung_after * max(1, photos)
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
            if "token" in reply and on_token is not None and failure is None:
                try:
                    on_token(reply["token"])
                except BaseException as error:  # noqa: BLE001  (raised again below, once the child is idle)
                    failure = error
            elif "ok" in reply or "error" in reply:
                if failure is not None:
                    raise failure
                return _outcome(reply)


def _hung(seconds: float) -> ModelError:
    return ModelError(
        f"The model process gave no answer for {seconds / 60:.0f} minutes and was ended.",
        "Try again, choose a smaller model or another device, and check the disk that holds the model.",
    )


def _outcome(reply: Message) -> Any:
    error = reply.get("error")
    if error is None:
        return reply["ok"]
    if error["kind"] == "cancelled":
        raise Cancelled
    raise ModelError(error["message"], error["remedy"])


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _command(block: SharedBlock, models_dir: Path | None) -> list[str]:
    if getattr(sys, "frozen", False):
        command = [sys.executable, "--engine-child"]
    else:
        # -P: a torch.py in the folder we happen to stand in is not ours to import.
        command = [sys.executable, "-B", "-P", "-m", "blipdesk.engine.child"]
    command += ["--block-path", block.path] if block.path else ["--block-fd", str(block.fd)]
    return [*command, "--models-dir", str(models_dir)] if models_dir else command


def _environment() -> dict[str, str]:
    environment = {**ENVIRONMENT, **os.environ}
    package = str(Path(blipdesk.__file__).resolve().parent.parent)
    paths = [package, *filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))]
    environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(paths))
    return environment


def check_in_child(path: Path, task: str) -> EngineInfo:
    """Load a checkpoint folder in a process of its own, with the canary; the process is gone afterwards.

    Raises:
        ModelError: it does not load or run.
    """
    client = EngineClient()
    settings = EngineSettings(model=str(path))
    try:
        return client.load(settings) if task == registry.CAPTION else client.answer_info(settings)
    finally:
        client.close()
