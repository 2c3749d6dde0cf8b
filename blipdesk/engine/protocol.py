"""What engine client and engine child say to each other: JSON lines, and pixels in a shared block.

Requests are ``{"id", "op", ...}``; ``cancel`` has the id of the one that it breaks off, and no reply.
Replies are ``{"id", "begun"}``, then ``{"id", "ok"}`` or ``{"id", "error"}``, while an answer is generated
``{"id", "token"}``, and while a model is loaded ``{"id", "reading"}``: a sign of life, with how many bytes
the next step reads.  Nothing is ever pickled; embeddings are float32 in base64.  Pixels lie in a memory file
that both map: an anonymous one on Linux, an unlinked temporary file elsewhere, a named one on Windows.
"""

from __future__ import annotations

import array
import base64
import contextlib
import json
import mmap
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from blipdesk.domain.errors import Cancelled, ModelError, Problem, ProblemKind
from blipdesk.domain.jobs import (
    CaptionResult,
    ChoiceResult,
    Explanation,
    HeatMap,
    PixelImage,
    WordHeat,
)
from blipdesk.domain.values import Candidate, Choice, MatchScore, Source, Sureness
from blipdesk.domain.wording import later
from blipdesk.engine.registry import ANSWER, CAPTION, RETRIEVAL

Message = dict[str, Any]

LOADERS = {CAPTION: "load", ANSWER: "answer_info", RETRIEVAL: "retrieval_info"}
"""The op that loads a checkpoint, by task; named as the port's method."""


def changed_in_use(title: str) -> tuple[str, str]:
    """What is said, and the remedy, where a model's files are no longer those that were loaded."""
    return (
        later("The files of the model {model} were changed while it was in use.").format(model=title),
        later("BlipDesk loads it anew by itself; give a command again."),
    )


def encode(message: Message) -> bytes:
    """One line; ASCII, so that lone surrogates survive."""
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """The message of a line.

    Raises:
        ValueError: it is none.
    """
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError("no message")
    return message


def caption_fields(result: CaptionResult) -> Message:
    """A caption result as a JSON object."""
    return {**asdict(replace(result, embedding=())), "embedding": pack([result.embedding])[0]}


def caption_from(fields: Message) -> CaptionResult:
    """A caption result from its JSON object."""
    problem = fields["problem"]
    return CaptionResult(
        text=fields["text"],
        raw_text=fields["raw_text"],
        candidates=tuple(_candidate_from(candidate) for candidate in fields["candidates"]),
        keywords=tuple(fields["keywords"]),
        problem=problem and Problem(ProblemKind(problem["kind"]), problem["message"], problem["remedy"]),
        embedding=unpack([fields["embedding"]])[0],
    )


def _candidate_from(fields: Message) -> Candidate:
    match = fields["match"]
    source = Source(fields["source"])
    return Candidate(**{**fields, "match": match and match_from(match), "source": source})


def match_from(fields: Message) -> MatchScore:
    """A score from its JSON object."""
    return MatchScore(**{**fields, "sureness": Sureness(fields["sureness"])})


def choices_from(fields: Message) -> ChoiceResult:
    """The answer to a closed question from its JSON object."""
    choices = tuple(Choice(**choice) for choice in fields["choices"])
    return ChoiceResult(**{**fields, "choices": choices})


def explanation_from(fields: Message) -> Explanation:
    """An explanation from its JSON object."""
    words = tuple(_heat_from(word) for word in fields["words"])
    return Explanation(**{**fields, "match": match_from(fields["match"]), "words": words})


def _heat_from(fields: Message) -> WordHeat:
    heat = fields["heat"]
    return WordHeat(
        fields["start"], fields["end"], HeatMap(heat["width"], heat["height"], tuple(heat["values"]))
    )


def pack(embeddings: Sequence[Sequence[float]]) -> list[str]:
    """Embeddings as base64 of this machine's float32."""
    return [base64.b64encode(array.array("f", one).tobytes()).decode() for one in embeddings]


def unpack(texts: Sequence[str]) -> list[tuple[float, ...]]:
    """The embeddings that :func:`pack` packed."""
    return [tuple(array.array("f", base64.b64decode(text))) for text in texts]


def outcome_of(reply: Message) -> Any:
    """What the last reply to a request hands back.

    Raises:
        Cancelled: the request was broken off.
        ModelError: as the reply says.
    """
    error = reply.get("error")
    if error is None:
        return reply["ok"]
    if error["kind"] == "cancelled":
        raise Cancelled
    raise ModelError(error["message"], error["remedy"])


class SharedBlock:
    """A block of memory that parent and child map; the parent writes, the child reads."""

    def __init__(self, fd: int, path: str = "") -> None:
        self.fd = fd
        self.path = path
        self._map: mmap.mmap | None = None

    @classmethod
    def create(cls) -> SharedBlock:
        """A new, empty block (parent)."""
        if sys.platform == "linux":
            return cls(os.memfd_create("blipdesk-pixels", os.MFD_CLOEXEC))
        fd, path = tempfile.mkstemp(prefix="blipdesk-pixels-")
        if os.name == "nt":
            return cls(fd, path)
        os.unlink(path)
        return cls(fd)

    def write(self, images: Sequence[PixelImage]) -> list[list[int]]:
        """Put the pixels of ``images`` into the block; returns width, height, offset and length of each."""
        places: list[list[int]] = []
        end = 0
        for image in images:
            places.append([image.width, image.height, end, len(image.rgb)])
            end += len(image.rgb)
        block = self._mapped(end, grow=True)
        for image, (_, _, offset, length) in zip(images, places, strict=True):
            block[offset : offset + length] = image.rgb
        return places

    def read(self, places: Sequence[Sequence[int]]) -> list[PixelImage]:
        """The images that :meth:`write` put at ``places``, copied."""
        end = max((offset + length for _, _, offset, length in places), default=0)
        block = self._mapped(end, grow=False)
        return [PixelImage(w, h, bytes(block[offset : offset + length])) for w, h, offset, length in places]

    def _mapped(self, needed: int, *, grow: bool) -> mmap.mmap:
        needed = max(needed, 1)
        if self._map is None or len(self._map) < needed:
            if self._map is not None:
                self._map.close()
            if grow:
                os.ftruncate(self.fd, needed + needed // 2)
            self._map = mmap.mmap(self.fd, os.fstat(self.fd).st_size)
        return self._map

    def close(self) -> None:
        """Give the memory back."""
        if self._map is not None:
            self._map.close()
            self._map = None
        with contextlib.suppress(OSError):
            os.close(self.fd)
        if self.path:
            with contextlib.suppress(OSError):
                os.unlink(self.path)
