"""In-memory stand-ins for the pipeline's neighbours.

A "photo" here is a small file ``PIXELS|anything``: what stands before the bar is the picture, what
follows is its metadata.  Pixels that begin with one of the words below make the decoder or the engine
misbehave.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import Counter

from blipdesk.domain.errors import Cancelled, ModelError, PhotoError, Problem, ProblemKind
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionResult,
    ChoiceResult,
    DecodedPhoto,
    EngineInfo,
    Explanation,
    HeatMap,
    PixelImage,
    Turn,
    WordHeat,
)
from blipdesk.domain.values import Candidate, Choice, FileFacts, MatchScore, Sureness
from blipdesk.domain.writes import WriteOutcome, WritePlan
from blipdesk.pipeline.walk import stamp_of

BROKEN = b"BROKEN"
"""The decoder refuses it."""
KILLS_DECODER = b"KILLDECODER"
KILLS_ENGINE = b"KILLENGINE"
KILLS_SCORER = b"KILLSCORER"
"""The engine dies when it scores a caption of it."""
DEGENERATE = b"DEGENERATE"

SURE = MatchScore(0.99, 0.4, 4.0, Sureness.SURE)
UNSURE = MatchScore(0.1, 0.1, -2.0, Sureness.UNSURE)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put_file(folder, name, content, old=True):
    """A photo file; ``old``: changed long ago, so that no scan waits for it to settle."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if old:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


class FakeThumbnails:
    """Remembers what was put."""

    def __init__(self) -> None:
        self.kept: dict[tuple[int, str], bytes] = {}

    def get(self, photo_id, content_hash):
        return self.kept.get((photo_id, content_hash))

    def put(self, photo_id, content_hash, jpeg):
        self.kept[photo_id, content_hash] = jpeg

    def rekey(self, photo_id, old_hash, new_hash):
        self.kept[photo_id, new_hash] = self.kept.pop((photo_id, old_hash))


def crashed() -> PhotoError:
    return PhotoError(Problem(ProblemKind.CRASHED, "The decoder died."))


class FakeDecoder:
    """Decodes ``PIXELS|metadata``; counts how often it saw each picture."""

    def __init__(self) -> None:
        self.seen: Counter[bytes] = Counter()
        self.sick = False
        """Dies on every picture, whatever it is."""
        self.refuses = b""
        """Further pixels that it refuses."""
        self.gate = threading.Event()
        self.gate.set()
        self.closed = False

    def decode(self, data, name, model_size, sidecar=None):
        self.gate.wait(30)
        pixels = bytes(data).partition(b"|")[0]
        if self.sick or self.closed:
            raise crashed()
        if pixels.startswith(KILLS_DECODER):
            self.seen[pixels] += 1
            raise crashed()
        if pixels.startswith((BROKEN, self.refuses or BROKEN)) or not pixels:
            raise PhotoError(Problem(ProblemKind.UNREADABLE, f"{os.path.basename(name)} is no picture."))
        self.seen[pixels] += 1
        image = PixelImage(model_size, model_size, pixels)
        return DecodedPhoto("JPEG", 4, 3, image, b"thumb:" + pixels, digest(pixels), False, FileFacts())

    def preview(self, data, name, max_edge):
        return self.decode(data, name, max_edge).thumbnail

    def close(self):
        self.closed = True
        self.gate.set()


class FakeModel:
    """An engine whose captions are the pixels; dies, waits and fails on demand."""

    def __init__(self, batch_size=4) -> None:
        self.batch_size = batch_size
        self.loads = 0
        self.batches: list[int] = []
        self.sick = False
        """Dies on every picture, whatever it is."""
        self.load_error: ModelError | None = None
        self.load_gate = threading.Event()
        self.load_gate.set()
        self.in_load = threading.Event()
        self.gate = threading.Event()
        self.gate.set()
        self.in_batch = threading.Event()
        self.log: list[str] = []
        self.scores = False
        self.matcher = ""
        """The retrieval model loaded last."""
        self.histories: list[list[Turn]] = []
        self.answers: dict[str, list[str]] = {}
        self.closed = False

    def load(self, settings):
        self.in_load.set()
        hung = not self.load_gate.is_set()
        self.load_gate.wait()
        if hung:
            raise Cancelled
        if self.load_error is not None:
            raise self.load_error
        self.loads += 1
        return EngineInfo(f"{settings.model}@1/caption", "Fake", "cpu", "fp32", 8, self.batch_size)

    def answer_info(self, settings):
        return EngineInfo(f"{settings.model}@1/answer", "Fake", "cpu", "fp32", 16, 1)

    def retrieval_info(self, settings):
        if settings.model == "gone":
            raise ModelError("There is no model gone.")
        self.scores, self.matcher = True, settings.model
        demo = settings.model == "demo"
        return EngineInfo(f"{settings.model}@1/retrieval", "Fake", "cpu", "fp32", 24, 1, demo=demo)

    def drop_retrieval(self):
        self.scores = False

    def caption(self, images, options, cancel):
        self.in_batch.set()
        while not self.gate.wait(0.01):
            if cancel.is_set():
                raise Cancelled
        self.log.append(f"batch {len(images)}")
        self.batches.append(len(images))
        if self.sick or any(image.rgb.startswith(KILLS_ENGINE) for image in images):
            raise ModelError("The model died.")
        if self.scores and any(image.rgb.startswith(KILLS_SCORER) for image in images):
            raise ModelError("The model died while it scored.")
        return [self._caption(image) for image in images]

    def _caption(self, image):
        if image.rgb.startswith(DEGENERATE):
            return CaptionResult(problem=Problem(ProblemKind.DEGENERATE, "The model said nothing of use."))
        text = "photo of " + image.rgb.decode("ascii", "replace")
        match = SURE if self.scores else None
        return CaptionResult(text, text, (Candidate(text, text, -0.5, match),))

    def score(self, images, texts, cancel):
        if any("KILLSCORER" in text for text in texts):
            raise ModelError("The model died while it scored.")
        self.log.append(f"score {len(texts)}")
        return [UNSURE if "wrong" in text else SURE for text in texts]

    def choose(self, image, question, choices, cancel):
        self.log.append(f"choose at {image.width}")
        shares = [2 / (len(choices) + 1)] + [1 / (len(choices) + 1)] * (len(choices) - 1)
        return ChoiceResult(tuple(map(Choice, choices, shares)), "m@1/answer", 0.0)

    def explain(self, image, text, cancel):
        self.log.append(f"explain at {image.width}")
        heat = HeatMap(2, 2, (0.0, 1.0, 0.0, 0.0))
        return Explanation(text, SURE, (WordHeat(0, len(text), heat),), f"{self.matcher}@1/retrieval")

    def answer(self, image, question, on_token, cancel, history=()):
        self.histories.append(list(history))
        self.log.append(f"answer at {image.width}")
        seen = image.rgb.decode("ascii", "replace")
        words = self.answers.get(seen) or ["it", "is", seen]
        said = []
        for word in words:
            if cancel.is_set():
                break
            said.append(word)
            on_token(" ".join(said))
        return AnswerResult(" ".join(said), "m@1/answer", 0.0, len(said) < len(words))

    def close(self):
        self.closed = True
        self.load_gate.set()


class FakeWriter:
    """Puts the caption behind the bar, through a temporary file, as the real one does."""

    def __init__(self) -> None:
        self.problems: dict[str, Problem] = {}
        self.refusals: dict[str, str] = {}
        self.planned = 0

    def plan(self, photo_path, text, policy):
        self.planned += 1
        refusal = self.refusals.get(os.path.basename(photo_path))
        if refusal is not None:
            outcome = WriteOutcome.REFUSED
            return WritePlan(photo_path, photo_path, outcome, refusal, None, text.caption, None, None, None)
        with open(photo_path, "rb") as file:
            old = file.read()
        new = old.partition(b"|")[0] + b"|" + text.caption.encode()
        outcome = WriteOutcome.UNCHANGED if new == old else WriteOutcome.EMBEDDED
        return WritePlan(photo_path, photo_path, outcome, "", None, text.caption, old, new, None)

    def apply(self, plan):
        problem = self.problems.get(os.path.basename(plan.photo_path))
        if problem is not None:
            raise PhotoError(problem)
        temp = os.path.join(os.path.dirname(plan.target_path), ".blipdesk-0123456789ab.tmp")
        with open(temp, "wb") as file:
            file.write(plan.new)
        os.replace(temp, plan.target_path)

    def apply_all(self, plans):
        results = []
        for plan in plans:
            try:
                self.apply(plan)
                results.append(stamp_of(os.stat(plan.target_path)))
            except PhotoError as error:
                results.append(error)
        return results

    def sweep(self, folder):
        temps = [name for name in os.listdir(folder) if name.startswith(".blipdesk-")]
        for name in temps:
            os.unlink(os.path.join(folder, name))
        return len(temps)
