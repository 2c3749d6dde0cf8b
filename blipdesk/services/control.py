"""The local door of the running BlipDesk: a second start and the command line knock here.

One process holds the catalog (its instance lock); it listens on a socket that only this user can open, a
Unix domain socket in the data folder or, on Windows, a named pipe.  No network is involved.  A message is
one JSON object each way; an answer that takes long is preceded by messages of how far it is.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from blipdesk.domain.errors import (
    Cancelled,
    CatalogLockedError,
    KnownError,
    PhotoError,
    Problem,
    ProblemKind,
    UsageError,
)
from blipdesk.domain.wording import later

_log = logging.getLogger(__name__)
# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the final NUL included.
_MAX_SOCKET_PATH = 100
_CLOSING_PATIENCE = 2.0  # seconds
_PAUSE = 0.1  # seconds, after an accept() that failed
_MAX_REQUEST = 1 << 24  # bytes: a command line of paths

_TELL_SECONDS = 0.1
OnProgress = Callable[[int, int], object]
"""Gets how much is done, and of how much; stops the work by raising Cancelled."""
Handler = Callable[[dict[str, Any], OnProgress], Any]
"""Takes the arguments and what to tell of its progress; gives a JSON value."""


class NotRunningError(Exception):
    """Nobody answers: the holder has just ended, or never listened."""


def address(data_dir: Path) -> str:
    """Where the holder of this catalog listens."""
    key = hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\blipdesk-{key}"
    path = str(data_dir.resolve() / "control.sock")
    if len(os.fsencode(path)) <= _MAX_SOCKET_PATH:
        return path
    return f"/tmp/blipdesk-{os.getuid()}/{key}.sock"  # noqa: S108 - a folder of our own, 0700, checked


def _private_folder(path: Path) -> None:
    """Make sure that nobody else can put a socket of theirs in the place of ours.

    The socket itself is 0600, so that a data folder that others may read (one that existed before) serves.

    Raises:
        OSError: the folder belongs to another user, or others may write in it.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    status = path.lstat()
    if sys.platform != "win32" and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        raise OSError(f"others may write in {path}")


class ControlServer:
    """Answers requests on a thread of its own, ``blipdesk-control``."""

    def __init__(self, data_dir: Path, handlers: Mapping[str, Handler]) -> None:
        self._address = address(data_dir)
        self._handlers = handlers
        self._listener: Listener | None = None
        self._thread: threading.Thread | None = None
        self._closing = threading.Event()

    def start(self) -> None:
        """Listen; a failure is logged only: the app works without its door."""
        try:
            if sys.platform != "win32":
                _private_folder(Path(self._address).parent)
                with suppress(FileNotFoundError):
                    Path(self._address).unlink()  # left by a process that was killed: the lock is ours
            self._listener = Listener(self._address)
            if sys.platform != "win32":
                Path(self._address).chmod(0o600)
        except OSError as error:
            _log.warning("cannot listen for other starts: %s", error)
            return
        self._thread = threading.Thread(target=self._serve, name="blipdesk-control", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; what is being answered is answered."""
        self._closing.set()
        if self._listener is None or self._thread is None:
            return
        with suppress(OSError, EOFError):
            Client(self._address).close()  # closing a socket does not end an accept() that waits on it
        self._thread.join(_CLOSING_PATIENCE)
        with suppress(OSError):
            self._listener.close()

    def _serve(self) -> None:
        assert self._listener is not None
        while not self._closing.is_set():
            try:
                connection = self._listener.accept()
            except (OSError, EOFError):  # a visitor that left, or no file handles: not at once again
                self._closing.wait(_PAUSE)
                continue
            if self._closing.is_set():
                connection.close()
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: Connection[Any, Any]) -> None:
        with connection, suppress(OSError, EOFError):
            telling = _Telling(connection)
            try:
                request = json.loads(connection.recv_bytes(_MAX_REQUEST))
                result = self._handlers[request.pop("op")](request, telling.on_progress)
                reply = {"ok": True, "result": result}
            except KnownError as error:
                reply = {
                    "ok": False,
                    "message": error.message,
                    "remedy": error.remedy,
                    "usage": isinstance(error, UsageError),
                    "photo": error.problem.kind.value if isinstance(error, PhotoError) else None,
                }
            except Cancelled:
                if not telling.is_enough:
                    return  # whoever asked has gone, or BlipDesk is closing
                reply = {"ok": False, "stopped": True}
            except Exception as error:  # noqa: BLE001 - the caller gets the bug in words, the log its trace
                _log.exception("a request failed")
                reply = {
                    "ok": False,
                    "message": f"BlipDesk could not do that ({type(error).__name__}).",
                    "remedy": "",
                }
            connection.send_bytes(json.dumps(reply).encode())


class _Telling:
    """Says over a connection how far the work is, a few times a second."""

    def __init__(self, connection: Connection[Any, Any]) -> None:
        self._connection = connection
        self._last = 0.0
        self.is_enough = False
        """Whoever asked wants no more of it."""

    def on_progress(self, done: int, total: int) -> None:
        """Say it.

        Raises:
            Cancelled: whoever asked says that it is enough, or has gone.
        """
        if time.monotonic() - self._last < _TELL_SECONDS:
            return
        self._last = time.monotonic()
        try:
            self._connection.send_bytes(json.dumps({"progress": [done, total]}).encode())
            self.is_enough |= self._connection.poll()  # nothing else is ever said in between
        except OSError as error:
            raise Cancelled from error
        if self.is_enough:
            raise Cancelled


def request(
    data_dir: Path,
    op: str,
    *,
    patience: float = 30.0,
    on_progress: OnProgress = lambda *_: None,
    **arguments: Any,
) -> Any:
    """Ask the holder of the catalog to do something; returns its result.

    Args:
        data_dir: whose holder.
        op: the operation's name.
        patience: seconds to wait for the answer, or for the next word of how far it is.
        on_progress: hears how far the holder is; by raising Cancelled it has the holder stop, whose answer
            is what was done until then.
        arguments: JSON values.

    Raises:
        Cancelled: ``on_progress`` had the holder stop, and that has no answer.
        NotRunningError: nobody answers, or the holder died before it answered.
        CatalogLockedError: the holder is there and does not answer in time.
        KnownError: the holder refused, with its sentence (UsageError and PhotoError as such).
    """
    try:
        with Client(address(data_dir)) as connection:
            connection.send_bytes(json.dumps({"op": op, **arguments}).encode())
            reply: dict[str, Any] = {}
            while "ok" not in reply:
                if not connection.poll(patience):
                    raise CatalogLockedError(
                        later("The BlipDesk that holds {data_dir} does not answer.").format(
                            data_dir=data_dir
                        ),
                        later("Close it, or end its process."),
                    )
                reply = json.loads(connection.recv_bytes())
                if "progress" in reply:
                    try:
                        on_progress(*reply["progress"])
                    except Cancelled:
                        with suppress(OSError):  # it may have answered just now
                            connection.send_bytes(json.dumps({"stop": True}).encode())
    except (OSError, EOFError, ValueError) as error:
        raise NotRunningError(str(error)) from error
    if reply["ok"]:
        return reply["result"]
    if reply.get("stopped"):
        raise Cancelled
    message, remedy = reply["message"], reply["remedy"]
    if reply.get("photo"):
        raise PhotoError(Problem(ProblemKind(reply["photo"]), message, remedy))
    raise UsageError(message, remedy) if reply.get("usage") else KnownError(message, remedy)
