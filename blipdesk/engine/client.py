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
import time
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

    def end(self) -> int:
        """Close its stdin, which ends it; kill it where that is not enough.  Returns the exit status."""
        with contextlib.suppress(OSError):
            _stream(self._popen.stdin).close()
        try:
            status = self._popen.wait(_EXIT_PATIENCE)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            status = self._popen.wait()
        for thread in self._readers:
            thread.join(_EXIT_PATIENCE)
        _stream(self._popen.stdout).close()
        _stream(self._popen.stderr).close()
        return status

    def kill(self) -> None:
        """End it now."""
        self._popen.kill()


class EngineClient:
    """Implements :class:`~blipdesk.domain.ports.VisionEngine` with a child process.

    Calls come one at a time from the thread that owns it; :meth:`close` may come from any thread and breaks
    off a call in hand.  A child that dies raises :class:`EngineDiedError`; the next call starts a new one and
    loads there what was loaded.
    """

    def __init__(self, models_dir: Path | None = None) -> None:
        self._models_dir = models_dir
        self._lock = threading.Lock()
        self._process: _Process | None = None
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
        with self._lock:
            return _twice_if_idle(lambda: self._load(registry.CAPTION, settings))

    def answer_info(self, settings: EngineSettings) -> EngineInfo:
        """See the port."""
        with self._lock:
            return _twice_if_idle(lambda: self._load(registry.ANSWER, settings))

    def caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult]:
        """See the port."""

        def run() -> list[CaptionResult]:
            self._restore(registry.CAPTION)
            places = self._shared().write(images)
            request = {"op": "caption", "images": places, "options": protocol.to_json(options)}
            return [protocol.result_from(fields) for fields in self._call(request, cancel)]

        with self._lock:
            return _twice_if_idle(run)

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

        with self._lock:
            return _twice_if_idle(run)

    def close(self) -> None:
        """End the process, which gives all its memory back; a later call starts a new one."""
        process = self._process
        if process is not None:
            process.end()
        with self._lock:
            if self._process is process:
                self._process = None
                self._loaded.clear()
                if self._block is not None:
                    self._block.close()
                    self._block = None

    # ------------------------------------------------------------------------------------------ internals

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
        try:
            self._process = _Process(_command(block, self._models_dir), block)
        except OSError as error:
            raise ModelError(f"The model process cannot be started: {error.strerror}.") from error

    def _bury(self) -> str:
        """Forget a dead process; returns what is known of its end."""
        process, self._process = self._process, None
        self._loaded.clear()
        if process is None:
            return ""
        status = process.end()
        words = f"signal {-status}" if status < 0 else f"exit status {status}"
        _log.warning("the model process ended (%s); last words: %s", words, list(process.last_words)[-5:])
        return words

    def _call(
        self,
        request: Message,
        cancel: CancelToken | None = None,
        on_token: Callable[[str], None] | None = None,
    ) -> Any:
        """Send a request and wait for its reply.

        Raises:
            Cancelled, ModelError, EngineDiedError: as the reply says.
        """
        process = self._process
        if process is None:
            raise ModelError("No model is loaded.")
        self._number += 1
        number = self._number
        process.send({"id": number, **request})
        give_up: float | None = None
        failure: BaseException | None = None
        begun = False
        while True:
            if give_up is None and (failure is not None or (cancel is not None and cancel.is_set())):
                process.send({"op": "cancel", "id": number})
                give_up = time.monotonic() + _CANCEL_PATIENCE
            try:
                reply = process.replies.get(timeout=_POLL if cancel is not None else None)
            except queue.Empty:
                if give_up is not None and time.monotonic() > give_up:
                    _log.warning("the model process does not stop and is ended")
                    process.kill()
                    self._bury()
                    raise Cancelled from None
                continue
            if reply is None:
                words = self._bury()
                if give_up is not None and failure is None:
                    raise Cancelled
                raise EngineDiedError(words, begun=begun)
            if reply.get("id") != number:
                continue
            begun = True
            if "begun" in reply:
                continue
            if "token" in reply:
                try:
                    if on_token is not None and failure is None:
                        on_token(reply["token"])
                except BaseException as error:  # noqa: BLE001  (raised again below, once the child is idle)
                    failure = error
                continue
            if failure is not None:
                raise failure
            return _outcome(reply)


def _twice_if_idle(run: Callable[[], _T]) -> _T:
    """Run a call again when the process had died before it took the call up (killed while idle)."""
    try:
        return run()
    except EngineDiedError as error:
        if error.begun:
            raise
        return run()


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
