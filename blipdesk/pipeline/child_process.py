"""A child process: one line each way per request, bulk data in memory that both map.

Thread: any one at a time; the owner locks.  The child lives no longer than this process, however that
ends: its standard input ends with us, and the child ends on that.

Each request is one ``write`` and so is each answer, nothing else is written by the child.  The memory has
no name that could stay behind: an anonymous file on Linux, an unlinked one on other POSIX systems, a
mapping that ends with its last handle on Windows.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import queue
import secrets
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from typing import Any

from blipdesk.domain.children import CREATION_FLAGS, child_environment

_PAGE = 4096
_LONGEST_LINE = 64 * 1024
_KEPT_BYTES = 32 << 20
"""A block stays resident up to here between photos; what lies beyond is given back to the system."""


class ChildEnded(Exception):
    """The child ended (or closed its output) before it answered; ``code`` is its exit status if known."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"exit status {code}")
        self.code = code


class ChildTimeout(Exception):
    """The child did not answer in time."""


class SharedBlock:
    """Memory that this process and the child map.

    Attributes:
        size: its bytes; grows with :meth:`ensure`.
    """

    def __init__(self) -> None:
        self.size = 0
        self._descriptor = -1
        self._tag = ""
        self._map: mmap.mmap | None = None
        if sys.platform == "win32":
            return
        if sys.platform == "linux":
            import fcntl

            flags = os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING
            self._descriptor = os.memfd_create("blipdesk-photo", flags)
            # A child taken over by a picture could else shrink the file under our feet: SIGBUS.
            seals = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
            fcntl.fcntl(self._descriptor, fcntl.F_ADD_SEALS, seals)
        else:
            with tempfile.TemporaryFile() as file:
                self._descriptor = os.dup(file.fileno())

    @property
    def descriptors(self) -> tuple[int, ...]:
        """What the child must inherit."""
        return (self._descriptor,) if self._descriptor >= 0 else ()

    @property
    def address(self) -> dict[str, Any]:
        """How the child finds the block: part of each request."""
        return {"fd": self._descriptor, "tag": self._tag, "size": self.size}

    @property
    def memory(self) -> mmap.mmap:
        """The mapped bytes."""
        if self._map is None:
            raise ValueError("the block has no memory yet")
        return self._map

    def ensure(self, size: int) -> None:
        """Have room for ``size`` bytes; the content is not kept.

        Raises:
            OSError: no memory for it.
        """
        if size <= self.size:
            return
        size = max(aligned(size), 4 << 20)
        if self._map is not None:
            self._map.close()
            self._map = None
            self.size = 0
        if sys.platform == "win32":
            self._tag = f"blipdesk-{secrets.token_hex(16)}"
            self._map = mmap.mmap(-1, size, tagname=self._tag)
        else:
            os.ftruncate(self._descriptor, size)
            self._map = mmap.mmap(self._descriptor, size)
        self.size = size

    def trim(self) -> None:
        """Give the pages of an unusually large photo back; the size stays."""
        if self._map is not None and self.size > _KEPT_BYTES and hasattr(mmap, "MADV_REMOVE"):
            with contextlib.suppress(OSError):
                self._map.madvise(mmap.MADV_REMOVE, _KEPT_BYTES, self.size - _KEPT_BYTES)

    def close(self) -> None:
        """Unmap and forget."""
        if self._map is not None:
            self._map.close()
            self._map = None
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        self.size = 0


def map_block(address: dict[str, Any]) -> mmap.mmap:
    """The child's side of :class:`SharedBlock`."""
    if sys.platform == "win32":
        return mmap.mmap(-1, address["size"], tagname=address["tag"])
    return mmap.mmap(address["fd"], address["size"])


def aligned(size: int) -> int:
    """``size`` rounded up to whole pages."""
    return (size + _PAGE - 1) // _PAGE * _PAGE


class Child:
    """One running child process and the conversation with it.

    Args:
        command: the command line.
        descriptors: inherited by it besides the standard ones.

    Raises:
        OSError: it cannot be started.
    """

    def __init__(self, command: Sequence[str], descriptors: tuple[int, ...] = ()) -> None:
        # glibc reserves 64 MiB of address space per arena
        environment = {**child_environment(), "MALLOC_ARENA_MAX": "2"}
        self._process = subprocess.Popen(
            list(command),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pass_fds=() if sys.platform == "win32" else descriptors,
            cwd=os.path.abspath(os.sep),  # never hold on to a removable drive
            env=environment,
            creationflags=CREATION_FLAGS,
        )
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, name="blipdesk-decoder-listen", daemon=True)
        self._listener.start()

    @property
    def pid(self) -> int:
        """Of the child."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def _listen(self) -> None:
        # A thread, because the pipes of Windows know no timeout.  It ends with the child's output, and it
        # alone closes that: closed by another, its number could be the next child's output while we read.
        output = self._process.stdout
        assert output is not None
        pending = b""
        with output:
            while len(pending) <= _LONGEST_LINE:
                try:
                    piece = os.read(output.fileno(), _LONGEST_LINE)
                except OSError:
                    break
                if not piece:
                    break
                *lines, pending = (pending + piece).split(b"\n")
                for line in lines:
                    self._answers.put(line)
        self._answers.put(None)

    def cpu_seconds(self) -> float | None:
        """Time that the child really computed; None where the system does not tell."""
        try:
            with open(f"/proc/{self.pid}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def ask(
        self, request: dict[str, Any], seconds: float, more: Callable[[], bool] = lambda: False
    ) -> dict[str, Any]:
        """Send one request and wait for its answer.

        Args:
            request: becomes one line of JSON.
            seconds: how long to wait.
            more: asked when they are over: True waits as long again.

        Raises:
            ChildEnded: it is gone, or answered with something that is no JSON object.
            ChildTimeout: no answer in that time.
            OSError: the request could not be written.
        """
        line = json.dumps(request, separators=(",", ":")).encode("ascii") + b"\n"
        stdin = self._process.stdin
        assert stdin is not None
        try:
            os.write(stdin.fileno(), line)  # one system call: below PIPE_BUF it is all or nothing
        except (BrokenPipeError, ValueError) as error:
            raise ChildEnded(self._exit_code()) from error
        while True:
            try:
                answer = self._answers.get(timeout=seconds)
                break
            except queue.Empty:
                if not more():
                    raise ChildTimeout from None
        if answer is None:
            raise ChildEnded(self._exit_code())
        try:
            parsed = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise ChildEnded(None) from error
        if not isinstance(parsed, dict):
            raise ChildEnded(None)
        return parsed

    def _exit_code(self) -> int | None:
        try:
            return self._process.wait(timeout=2.0)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End it at once; safe from any thread."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """End it: politely by closing its input, after a second by force; then tidy up."""
        process = self._process
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            self.kill()
            process.wait()
        self._listener.join(timeout=1.0)
