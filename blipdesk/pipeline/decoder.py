"""The decoder behind a process, and its twin in this process."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import math
import threading
from collections.abc import Sequence
from typing import Any

from blipdesk.domain.children import python_command
from blipdesk.domain.errors import PhotoError, ProblemKind, photo_error
from blipdesk.domain.jobs import DecodedPhoto, PixelImage
from blipdesk.domain.paths import shown_name
from blipdesk.domain.values import FileFacts
from blipdesk.domain.wording import later
from blipdesk.imaging import DEFAULT_LIMITS, FORMATS, DecodeLimits
from blipdesk.imaging.problems import reader_crashed, reader_not_working, too_many_bytes, too_slow
from blipdesk.pipeline.child_process import (
    Child,
    ChildEnded,
    ChildTimeout,
    SharedBlock,
    aligned,
)
from blipdesk.pipeline.decoder_child import EXIT_NO_ANSWER, EXIT_NO_START, facts_reader

_log = logging.getLogger(__name__)

RECYCLE_AFTER = 1000
"""Photos after which the process is replaced: whatever the C libraries leaked goes with it."""
RECYCLE_RESIDENT = 1 << 30
"""Resident bytes after a photo from which the process is replaced."""

_START_SECONDS = 30.0
"""Added to the first request's time: loading the program on a busy computer is not the photo's doing."""
_EXTENSIONS = 3
"""How often a photo's time is extended by as much again while the computer is too busy to decode it."""
_RESULT_ROOM = 8 << 20
"""Room for a thumbnail (below 1 MiB) and the facts; only touched pages cost memory."""
_PROGRAM_MEMORY = 256 << 20
"""Address space of the interpreter and the libraries, on top of what a photo may take."""
_LONGEST_TEXT = 200_000


class LocalDecoder:
    """The decoder's synchronous twin, for tests: the same results, without limits of time or memory."""

    def decode(self, data: bytes, name: str, model_size: int, sidecar: bytes | None = None) -> DecodedPhoto:
        """See :class:`blipdesk.domain.ports.Decoder`."""
        from blipdesk.imaging import decode_photo

        return decode_photo(data, name, model_size, DEFAULT_LIMITS, facts_reader(sidecar))

    def read_facts(self, data: bytes, name: str, sidecar: bytes | None = None) -> FileFacts:
        """See :class:`blipdesk.domain.ports.Decoder`."""
        from blipdesk.imaging import facts_of_photo

        return facts_of_photo(data, name, facts_reader(sidecar))

    def preview(self, data: bytes, name: str, max_edge: int) -> bytes:
        """See :class:`blipdesk.domain.ports.Decoder`."""
        from blipdesk.imaging import preview_photo

        return preview_photo(data, name, max_edge, DEFAULT_LIMITS)

    def close(self) -> None:
        """Nothing to end."""


class DecoderProcess:
    """Decodes in a process of its own that may die, hang or swell without harm.

    One photo at a time; any thread may call.  A dead process is replaced at the next call; whether a photo
    that killed it is tried again is the caller's decision.

    Args:
        limits: bytes, pixels, seconds and memory of one photo.
        command: the child's command line (tests give another).
        recycle_after: see :data:`RECYCLE_AFTER`.
    """

    def __init__(
        self,
        limits: DecodeLimits = DEFAULT_LIMITS,
        command: Sequence[str] | None = None,
        recycle_after: int = RECYCLE_AFTER,
    ) -> None:
        self._limits = limits
        quiet = ("-W", "ignore")  # Pillow's warnings are dealt with where it is called
        child = python_command("blipdesk.pipeline.decoder_child", "--decoder-child", *quiet)
        self._command = list(command or child)
        self._recycle_after = recycle_after
        self._conversation = threading.Lock()
        self._child: Child | None = None
        self._block: SharedBlock | None = None
        self._answered = 0
        self._closing = threading.Event()

    @property
    def pid(self) -> int | None:
        """Process id of the decoder, None while there is none."""
        child = self._child
        return child.pid if child is not None and child.alive else None

    def decode(self, data: bytes, name: str, model_size: int, sidecar: bytes | None = None) -> DecodedPhoto:
        """See :class:`blipdesk.domain.ports.Decoder`.

        Raises:
            PhotoError: as said there; kind IO when the process itself could not work.
        """
        pixels = model_size * model_size * 3
        parts = self._request("decode", data, name, model_size, pixels + _RESULT_ROOM, sidecar)
        try:
            if len(parts) != 3 or len(parts[0]) != pixels or not parts[1].startswith(b"\xff\xd8"):
                raise ValueError("sizes")
            return _photo_of(parts[2], PixelImage(model_size, model_size, parts[0]), parts[1])
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self._distrust(name) from error

    def read_facts(self, data: bytes, name: str, sidecar: bytes | None = None) -> FileFacts:
        """See :class:`blipdesk.domain.ports.Decoder`."""
        parts = self._request("facts", data, name, 0, _RESULT_ROOM, sidecar)
        try:
            (said,) = parts
            return _facts_of(json.loads(said))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise self._distrust(name) from error

    def preview(self, data: bytes, name: str, max_edge: int) -> bytes:
        """See :class:`blipdesk.domain.ports.Decoder`."""
        room = max_edge * max_edge * 3 + _RESULT_ROOM
        parts = self._request("preview", data, name, max_edge, min(room, 256 << 20))
        if len(parts) != 1 or not parts[0].startswith(b"\xff\xd8"):
            raise self._distrust(name)
        return parts[0]

    def close(self) -> None:
        """End the process; a decode in hand on another thread ends with a transient PhotoError."""
        self._closing.set()
        try:
            if not self._conversation.acquire(timeout=0.5):
                child = self._child
                if child is not None:
                    child.kill()
                self._conversation.acquire()
            try:
                self._drop()
            finally:
                self._conversation.release()
        finally:
            self._closing.clear()

    # ------------------------------------------------------------------------------- the conversation

    def _request(
        self, operation: str, data: bytes, name: str, edge: int, room: int, sidecar: bytes | None = None
    ) -> list[bytes]:
        if len(data) > self._limits.max_bytes:
            raise too_many_bytes(name, len(data), self._limits.max_bytes)
        with self._conversation:
            beside = aligned(len(data))
            out = beside + aligned(len(sidecar or b""))
            child, block = self._ready(name, out + room)
            try:
                block.memory[: len(data)] = data
                if sidecar is not None:
                    block.memory[beside : beside + len(sidecar)] = sidecar
                request = {
                    "op": operation,
                    "name": shown_name(name),
                    "bytes": len(data),
                    "sidecar": None if sidecar is None else [beside, beside + len(sidecar)],
                    "out": out,
                    "edge": edge,
                    "block": block.address,
                    "limits": dataclasses.asdict(self._limits),
                    "memory_extra": self._limits.max_bytes + _PROGRAM_MEMORY,
                }
                return self._results(self._ask(child, request, name), block, out, room, name)
            finally:
                block.trim()
                if self._child is not None and self._answered >= self._recycle_after:
                    self._drop()

    def _ready(self, name: str, size: int) -> tuple[Child, SharedBlock]:
        """A living child and a block of ``size`` bytes."""
        try:
            if self._child is not None and not self._child.alive:
                self._drop()  # it died between two photos: no photo's doing
            if self._block is None:
                self._block = SharedBlock()
            self._block.ensure(size)
            if self._child is None:
                self._child = Child(self._command, self._block.descriptors)
                self._answered = 0
        except OSError as error:
            self._drop()
            raise reader_not_working(name, error.strerror or later("no memory")) from error
        return self._child, self._block

    def _ask(self, child: Child, request: dict[str, Any], name: str) -> dict[str, Any]:
        first = self._answered == 0
        seconds = self._limits.seconds + (_START_SECONDS if first else 0.0)
        try:
            answer = child.ask(request, seconds, _Starved(child, self._limits.seconds))
        except ChildTimeout:
            child.kill()
            self._drop()
            raise too_slow(name, self._limits.seconds) from None
        except ChildEnded as ended:
            child.kill()
            self._drop()
            raise self._blame(ended.code, first, name) from ended
        except OSError as error:
            child.kill()
            self._drop()
            raise reader_not_working(name, error.strerror or later("unknown error")) from error
        self._answered += 1
        if _count(answer.get("rss")) > RECYCLE_RESIDENT:
            self._answered = self._recycle_after
        return answer

    def _blame(self, code: int | None, first: bool, name: str) -> PhotoError:
        """Whose doing an ended child is: ours (closing), the computer's, or the photo's."""
        _log.info("the decoder ended with status %s", code)
        if self._closing.is_set():
            return reader_not_working(name, later("BlipDesk is closing"))
        if code in {EXIT_NO_ANSWER, EXIT_NO_START} or (first and code in {1, 2}):
            return reader_not_working(name, later("its process could not work"))
        return reader_crashed(name)

    def _results(
        self, answer: dict[str, Any], block: SharedBlock, out: int, room: int, name: str
    ) -> list[bytes]:
        if "error" in answer:
            raise _error_of(answer["error"], name)
        sizes = answer.get("sizes")
        if not isinstance(sizes, list) or not 1 <= len(sizes) <= 3:
            raise self._distrust_locked(name)
        counts = [_count(size) for size in sizes]
        if min(counts) < 0 or sum(counts) > room:
            raise self._distrust_locked(name)
        parts = []
        for count in counts:
            parts.append(block.memory[out : out + count])
            out += count
        return parts

    def _distrust(self, name: str) -> PhotoError:
        """An answer that makes no sense: the process is ended, the photo is taken for its killer."""
        with self._conversation:
            return self._distrust_locked(name)

    def _distrust_locked(self, name: str) -> PhotoError:
        _log.warning("the decoder gave an answer that makes no sense")
        if self._child is not None:
            self._child.kill()
        self._drop()
        return reader_crashed(name)

    def _drop(self) -> None:
        """End the process and unmap the memory; the next photo gets new ones."""
        child, self._child = self._child, None
        block, self._block = self._block, None
        if child is not None:
            child.end()
        if block is not None:
            with contextlib.suppress(OSError, BufferError):
                block.close()


class _Starved:
    """True while the child got so little of the processor that the time says nothing of the photo."""

    def __init__(self, child: Child, seconds: float) -> None:
        self._child = child
        self._began = child.cpu_seconds()
        self._enough = seconds / 2
        self._left = _EXTENSIONS

    def __call__(self) -> bool:
        now = self._child.cpu_seconds()
        if now is None or self._began is None or now - self._began >= self._enough or not self._left:
            return False
        self._left -= 1
        _log.info("the decoder got %.1f s of the processor; it gets more time", now - self._began)
        return True


def _count(value: object) -> int:
    """A number of bytes from an answer; -1 for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _error_of(said: object, name: str) -> PhotoError:
    """A refusal that the child reported; its words are checked like everything else it says."""
    try:
        if not isinstance(said, dict):
            raise ValueError("no object")
        kind, message, remedy = ProblemKind(said["kind"]), said["message"], said["remedy"]
        if not (isinstance(message, str) and isinstance(remedy, str)):
            raise ValueError("no text")
    except (ValueError, KeyError, TypeError):
        return reader_crashed(name)
    return photo_error(kind, message[:1000], remedy[:1000])


# ---------------------------------------------------------------------- values from an untrusted process


def _text(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError("no text")
    return value[:_LONGEST_TEXT]


def _degrees(value: object, most: float) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("no number")
    number = float(value)
    return number if math.isfinite(number) and abs(number) <= most else None


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError("no list")
    return tuple(word for word in map(_text, value[:1000]) if word)


def _stars(value: object) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not -1 <= value <= 5):
        raise ValueError("no rating")
    return value


def _facts_of(said: dict[str, Any]) -> FileFacts:
    return FileFacts(
        taken_at=_text(said["taken_at"]),
        taken_zone=_text(said["taken_zone"]),
        camera=_text(said["camera"]),
        lens=_text(said["lens"]),
        exposure=_text(said["exposure"]),
        latitude=_degrees(said["latitude"], 90.0),
        longitude=_degrees(said["longitude"], 180.0),
        title=_text(said["title"]),
        caption=_text(said["caption"]),
        other_captions=_words(said["other_captions"]),
        rating=_stars(said["rating"]),
        keywords=_words(said["keywords"]),
        keyword_paths=_words(said["keyword_paths"]),
        problem=_text(said["problem"]),
        our_captions=_words(said["our_captions"]),
        our_keywords=_words(said["our_keywords"]),
    )


def _photo_of(rest: bytes, model_input: PixelImage, thumbnail: bytes) -> DecodedPhoto:
    """A photo from the child's JSON; ValueError, TypeError or KeyError if it is none."""
    said = json.loads(rest)
    width, height = _count(said["width"]), _count(said["height"])
    pixel_hash = said["pixel_hash"]
    if said["format"] not in FORMATS or min(width, height) < 1 or max(width, height) > 1 << 31:
        raise ValueError("format or size")
    if not isinstance(pixel_hash, str) or len(pixel_hash) != 64 or not isinstance(said["damaged"], bool):
        raise ValueError("hash or flag")
    return DecodedPhoto(
        format=said["format"],
        width=width,
        height=height,
        model_input=model_input,
        thumbnail=thumbnail,
        pixel_hash=pixel_hash,
        damaged=said["damaged"],
        facts=_facts_of(said["facts"]),
    )
