"""A child process as its parent holds it: started, spoken to, listened to, ended whatever it does."""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import subprocess
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from blipdesk.domain.children import CREATION_FLAGS, child_environment, python_command
from blipdesk.domain.wording import later
from blipdesk.engine import protocol
from blipdesk.engine.computing import ENVIRONMENT
from blipdesk.engine.protocol import Message, SharedBlock

_EXIT_PATIENCE = 2.0
"""How long a process that was told to end may take before it is killed, seconds."""


class TalkingProcess:
    """One life of a child that says JSON lines: its pipes and the threads that read them.

    Attributes:
        replies: what it said, in order; None: no more comes.
        last_words: the last lines of its log.

    Args:
        name: begins the names of the threads.
        command: runs it.
        environment: its variables.
        log: gets what it writes to stderr.
        pass_fds: files that it inherits.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: logging.Logger,
        pass_fds: Sequence[int] = (),
    ) -> None:
        self.replies: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self.last_words: deque[str] = deque(maxlen=20)
        self._log = log
        self._popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            pass_fds=pass_fds if os.name == "posix" else (),
            creationflags=CREATION_FLAGS,
        )
        self._readers = [
            threading.Thread(target=self._read_replies, name=f"{name}-replies", daemon=True),
            threading.Thread(target=self._read_log, name=f"{name}-log", daemon=True),
        ]
        for thread in self._readers:
            thread.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._popen.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
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
            self._log.info("%s", text)

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
                return later("it cannot be ended")
        if status < 0:
            return later("signal {number}").format(number=-status)
        return later("exit status {number}").format(number=status)

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


class EngineProcess(TalkingProcess):
    """One life of the engine's child.

    Args:
        block: the memory that pixels come in.
        models_dir: where imported checkpoints lie.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self, block: SharedBlock, models_dir: Path | None) -> None:
        log = logging.getLogger("blipdesk.engine.child")
        environment = {**ENVIRONMENT, **child_environment()}
        super().__init__("engine", _command(block, models_dir), environment, log, (block.fd,))


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None
    return stream


def _command(block: SharedBlock, models_dir: Path | None) -> list[str]:
    command = python_command("blipdesk.engine.child", "--engine-child")
    command += ["--block-path", block.path] if block.path else ["--block-fd", str(block.fd)]
    return [*command, "--models-dir", str(models_dir)] if models_dir else command
