"""The engine's own process: ``python -m blipdesk.engine.child``, or ``--engine-child`` when frozen.

It reads requests from stdin and replies on stdout (see :mod:`~blipdesk.engine.protocol`).  One thread reads,
so that a cancel arrives while the main thread generates; when stdin ends, the parent is gone, and the process
ends at once, whatever it is doing.  Whatever libraries print goes to stderr, which the parent logs.
"""

from __future__ import annotations

import argparse
import logging
import os
import queue
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from blipdesk.domain.children import stand_back
from blipdesk.domain.errors import Cancelled, KnownError
from blipdesk.domain.jobs import AnswerResult, CaptionOptions, EngineSettings, PixelImage, Turn
from blipdesk.domain.ports import VisionEngine
from blipdesk.domain.wording import later
from blipdesk.engine import protocol, signs
from blipdesk.engine.batching import DeviceLostError
from blipdesk.engine.fake import FakeEngine, is_fake
from blipdesk.engine.protocol import LOADERS, Message, SharedBlock

_log = logging.getLogger("blipdesk.engine.child")

_DEVICE_LOST = 70
"""Exit status of a process whose card is lost to it."""


class _Call:
    """A request in hand; the token that the engine asks."""

    def __init__(self, number: int, cancelled: set[int]) -> None:
        self._number = number
        self._cancelled = cancelled

    def is_set(self) -> bool:
        return self._number in self._cancelled


class EngineChild:
    """Serves one parent; the main thread runs the engine, a second one reads stdin."""

    def __init__(
        self, requests: BinaryIO, replies: BinaryIO, block: SharedBlock, models_dir: Path | None
    ) -> None:
        self._requests = requests
        self._replies = replies
        self._block = block
        self._models_dir = models_dir
        self._todo: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._engine: VisionEngine | None = None

    def serve(self) -> None:
        """Work until stdin ends (which ends the process)."""
        threading.Thread(target=self._read, name="stdin", daemon=True).start()
        while True:
            request = self._todo.get()
            self._send({"id": request["id"], "begun": True})
            self._send(self._handle(request))
            self._cancelled.discard(request["id"])

    def _read(self) -> None:
        for line in iter(self._requests.readline, b""):
            try:
                request = protocol.decode(line)
            except ValueError:
                break
            if request.get("op") == "cancel":
                self._cancelled.add(int(request["id"]))
            else:
                self._todo.put(request)
        # The parent closed the pipe or died: nobody needs the work in hand any more.
        os._exit(0)

    def _send(self, message: Message) -> None:
        try:
            self._replies.write(protocol.encode(message))
            self._replies.flush()
        except OSError:
            os._exit(0)

    def _handle(self, request: Message) -> Message:
        number = int(request["id"])
        try:
            with signs.heard_by(lambda size: self._send({"id": number, "reading": size})):
                return {"id": number, "ok": self._run(request, _Call(number, self._cancelled))}
        except Cancelled:
            return {"id": number, "error": {"kind": "cancelled"}}
        except DeviceLostError as error:
            # Another process can use the card, this one never again; the parent starts one and loses no job.
            if request["op"] in LOADERS.values():  # what it was asked to load may be the reason: that is said
                self._send(_failure(number, error.message, error.remedy))
            _log.critical("this process ends: it has lost its device")
            os._exit(_DEVICE_LOST)
        except KnownError as error:
            return _failure(number, error.message, error.remedy)
        except Exception as error:  # noqa: BLE001  (top of this process's work: the parent must get an answer)
            _log.exception("request %s failed", request.get("op"))
            return _failure(
                number,
                later("The model process failed ({name}).").format(name=type(error).__name__),
                later("See the log."),
            )

    def _run(self, request: Message, call: _Call) -> Any:
        """What the engine gives, as JSON takes it."""
        op = request["op"]
        if op in LOADERS.values():
            settings = EngineSettings(**request["settings"])
            return asdict(getattr(self._engine_for(settings.model), op)(settings))
        engine = self._engine_for("")
        images = self._block.read(request["images"]) if "images" in request else []
        match op:
            case "caption":
                options = CaptionOptions(**request["options"])
                return [protocol.caption_fields(result) for result in engine.caption(images, options, call)]
            case "answer":
                return asdict(self._answer(engine, images[0], request, call))
            case "choose":
                return asdict(engine.choose(images[0], request["question"], request["choices"], call))
            case "score":
                scores = engine.score(images, request["texts"], call)
                return [score and asdict(score) for score in scores]
            case "explain":
                return asdict(engine.explain(images[0], request["text"], call))
            case "embed_images":
                return protocol.pack(engine.embed_images(images, call))
            case "embed_texts":
                return protocol.pack(engine.embed_texts(request["texts"]))
            case "drop_retrieval":
                return engine.drop_retrieval()
        raise KnownError(later("The model process does not know {op}.").format(op=op))

    def _answer(self, engine: VisionEngine, image: PixelImage, request: Message, call: _Call) -> AnswerResult:
        def on_token(text: str) -> None:
            self._send({"id": request["id"], "token": text})

        history = [Turn(**turn) for turn in request["history"]]
        return engine.answer(image, request["question"], on_token, call, history)

    def _engine_for(self, model: str) -> VisionEngine:
        """The engine; the fake one once a fake model was asked for, so that tests need no torch."""
        if self._engine is None or (model and is_fake(model) != isinstance(self._engine, FakeEngine)):
            if is_fake(model):
                self._engine = FakeEngine(model)
            else:
                from blipdesk.engine.local import LocalEngine

                self._engine = LocalEngine(self._models_dir)
        return self._engine


def _failure(number: int, message: str, remedy: str) -> Message:
    return {"id": number, "error": {"kind": "model", "message": message, "remedy": remedy}}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the child; returns never while the parent lives."""
    parser = argparse.ArgumentParser(prog="blipdesk-engine")
    parser.add_argument("--engine-child", action="store_true")
    parser.add_argument("--block-fd", type=int, default=-1)
    parser.add_argument("--block-path", default="")
    parser.add_argument("--models-dir", default="")
    options = parser.parse_args(arguments)
    replies = os.fdopen(os.dup(1), "wb")
    requests = os.fdopen(os.dup(0), "rb")
    os.dup2(2, 1)  # a library's print() must not land between the replies
    sys.stdout = sys.stderr
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    stand_back()
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    fd = options.block_fd if options.block_fd >= 0 else os.open(options.block_path, os.O_RDWR)
    models_dir = Path(options.models_dir) if options.models_dir else None
    EngineChild(requests, replies, SharedBlock(fd), models_dir).serve()


if __name__ == "__main__":
    main()
