"""The decoder process: opens untrusted pictures under limits, hands pixels back in shared memory.

Started by :class:`blipdesk.pipeline.decoder.DecoderProcess` and by nobody else.  It sees bytes, never a path;
it imports no Qt, no torch, no SQLAlchemy; it writes one line per request and nothing else, anywhere.
Thread: the main thread decodes, another waits for requests and ends the process when the parent is gone.
"""

from __future__ import annotations

import dataclasses
import gc
import json
import mmap
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any

from blipdesk.domain.children import stand_back
from blipdesk.domain.errors import PhotoError
from blipdesk.domain.jobs import DecodedPhoto
from blipdesk.domain.values import FileFacts
from blipdesk.imaging.limits import DecodeLimits
from blipdesk.imaging.problems import too_much_memory
from blipdesk.pipeline.child_process import map_block

EXIT_NO_ANSWER = 74
"""Exit status: the answer could not be written (a fault of the system): not the photo's doing."""
EXIT_NO_START = 70
"""Exit status: a part of the program could not be loaded."""

_GRACE_SECONDS = 10
"""The alarm rings after so much more computing than a photo may take; it only matters to an orphan."""


def facts_reader(sidecar: bytes | None) -> Callable[[bytes, str], FileFacts]:
    """The reader of EXIF, XMP and IPTC, in the file and in its sidecars (as they were put together)."""
    from blipdesk.metadata import read_facts, split_sidecars

    return lambda data, name: read_facts(data, name, *split_sidecars(sidecar))


def _restrict(memory: int) -> None:
    """Lower priority, and hard limits where the system has them."""
    if sys.platform == "win32":
        return  # the parent starts us below normal priority; it bounds time, and Pillow bounds pixels
    import resource

    stand_back()
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)  # meant for the parent, which ends us in its own order
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),  # no file is ever written from here
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (limit, limit))
        except (OSError, ValueError):  # macOS refuses some: the parent's clock is left
            continue


def _set_alarm(seconds: float) -> None:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)  # time computed: a busy computer costs no photo


def resident_bytes() -> int:
    """Memory that this process really occupies, bytes; 0 where it cannot be told."""
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * mmap.PAGESIZE
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0


class _Listener:
    """Reads requests on a thread of its own, so that the parent's end is noticed during a decode too."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        pending = b""
        while True:
            try:
                piece = os.read(self._descriptor, 65536)
            except OSError:
                piece = b""
            if not piece:
                os._exit(0)  # the parent is gone: no cleaning up, nothing here is worth keeping
            *lines, pending = (pending + piece).split(b"\n")
            for line in lines:
                self._lines.put(line)

    def next(self) -> dict[str, Any]:
        request: dict[str, Any] = json.loads(self._lines.get())
        return request


class _Worker:
    """Answers requests one by one, in one mapping of the shared block."""

    def __init__(self, limits: DecodeLimits) -> None:
        from blipdesk.imaging.decode import decode_photo, facts_of_photo, preview_photo

        self._decode_photo = decode_photo
        self._preview_photo = preview_photo
        self._facts_of_photo = facts_of_photo
        facts_reader(None)  # loaded now: whatever is missing is not the first photo's doing
        self._limits = limits
        self._address: dict[str, Any] = {}
        self._block: mmap.mmap | None = None

    def _map(self, address: dict[str, Any]) -> mmap.mmap:
        if self._block is None or address != self._address:
            self._block = None  # the old mapping goes with its last view, which an error may still hold
            gc.collect()
            self._block = map_block(address)
            self._address = address
        return self._block

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Decode what the block holds and put the result behind it."""
        block = self._map(request["block"])
        whole = memoryview(block)
        data = whole[: request["bytes"]]
        try:
            parts = self._parts(request, block, data)
            sizes = [len(part) for part in parts]
            at = request["out"]
            if at + sum(sizes) > request["block"]["size"]:
                raise ValueError("the result does not fit")
            for part in parts:
                whole[at : at + len(part)] = part
                at += len(part)
            return {"sizes": sizes, "rss": resident_bytes()}
        except PhotoError as error:
            return _refusal(error)
        except MemoryError:
            return _refusal(too_much_memory(request["name"]))
        finally:
            data.release()
            whole.release()

    def _parts(self, request: dict[str, Any], block: mmap.mmap, data: memoryview) -> list[bytes]:
        name, edge = request["name"], request["edge"]
        if request["op"] == "preview":
            return [self._preview_photo(data, name, edge, self._limits)]
        place = request.get("sidecar")
        read_facts = facts_reader(None if place is None else block[place[0] : place[1]])
        if request["op"] == "facts":
            return [_as_json(self._facts_of_photo(data, name, read_facts))]
        photo = self._decode_photo(data, name, edge, self._limits, read_facts)
        return [photo.model_input.rgb, photo.thumbnail, _rest_of(photo)]


def _refusal(error: PhotoError) -> dict[str, Any]:
    problem = error.problem
    said = {"kind": problem.kind.value, "message": problem.message[:500], "remedy": problem.remedy[:300]}
    return {"error": said, "rss": resident_bytes()}


def _rest_of(photo: DecodedPhoto) -> bytes:
    """Everything of a photo but its pixels, as JSON."""
    rest = {
        "format": photo.format,
        "width": photo.width,
        "height": photo.height,
        "pixel_hash": photo.pixel_hash,
        "damaged": photo.damaged,
        "facts": dataclasses.asdict(photo.facts),
    }
    return json.dumps(rest).encode("ascii")


def _as_json(facts: FileFacts) -> bytes:
    return json.dumps(dataclasses.asdict(facts)).encode("ascii")


def main() -> int:
    """Run the decoder process; the limits come with the first line on standard input."""
    listener = _Listener(0)
    start = listener.next()
    limits = DecodeLimits(**start["limits"])
    _restrict(limits.memory + int(start["memory_extra"]))
    try:
        worker = _Worker(limits)
    except Exception:  # noqa: BLE001 - whatever is missing, the parent must not blame the photo
        os._exit(EXIT_NO_START)
    request = start
    while True:
        _set_alarm(limits.seconds + _GRACE_SECONDS)
        line = json.dumps(worker.answer(request)).encode("ascii") + b"\n"
        _set_alarm(0)
        try:
            os.write(1, line)
        except OSError:
            os._exit(EXIT_NO_ANSWER)
        request = listener.next()


if __name__ == "__main__":
    sys.exit(main())
