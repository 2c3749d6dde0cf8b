"""Values of the work on photos: jobs, pixels, what the engine is given and what it gives."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from blipdesk.domain.errors import Problem
from blipdesk.domain.values import Candidate, Choice, FileFacts, MatchScore


@dataclass(frozen=True, slots=True)
class Job:
    """A durable queue row: caption this photo's content with this model key."""

    id: int
    photo_id: int
    path: str
    content_hash: str
    model_key: str
    attempts: int
    deaths: int
    """How often a decoder or engine process was seen to die on this photo."""
    pixel_hash: str | None
    """The pixel hash the catalog knows: when a decode gives the same one and ``has_caption``, only the
    metadata of the file changed, and nothing is captioned again."""
    has_caption: bool
    forced: bool = False
    """Asked for by the person ("caption again"): captioned although it has a caption."""


@dataclass(frozen=True)
class PixelImage:
    """Upright 8-bit sRGB pixels, row-major, ``len(rgb) == width * height * 3``."""

    width: int
    height: int
    rgb: bytes

    @cached_property
    def digest(self) -> bytes:
        """sha256 of the pixels, worked out once, however many models look at them."""
        return hashlib.sha256(self.rgb).digest()


THUMBNAIL_EDGE = 512
"""Longest edge of a thumbnail, pixels."""


@dataclass(frozen=True, slots=True)
class DecodedPhoto:
    """What one decode of a file gives; everything from the same pixels."""

    format: str
    width: int
    height: int
    model_input: PixelImage
    """Squashed to the model's square with bicubic filtering, as BLIP's image processor does."""
    thumbnail: bytes
    """JPEG, longest edge :data:`THUMBNAIL_EDGE` at most."""
    pixel_hash: str
    damaged: bool
    facts: FileFacts


MAX_PROMPT = 400
"""Characters of a question or a prompt: about 100 tokens of English, 400 of any alphabet at most.

The models have room for 250 (BLIP's prompt) to 500, and would leave out the rest without a word."""


@dataclass(frozen=True, slots=True)
class CaptionOptions:
    """Settings of one captioning run; part of the model key where they change the text."""

    prompt: str = ""
    candidates: int = 1
    num_beams: int = 1
    max_new_tokens: int = 30
    min_new_tokens: int = 0
    sampling: bool = False
    """Nucleus sampling (Holtzman et al., arXiv:1904.09751) instead of the likeliest words."""
    top_p: float = 0.9
    temperature: float = 1.0
    repetition_penalty: float = 1.0
    length_penalty: float = 1.0
    """Exponent of the length by which a beam's score is divided: above 0 favours longer captions."""


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Which checkpoint runs, and how.  ``batch_size`` 0 means automatic."""

    model: str = "demo"
    """A key of the registry, a folder that holds a checkpoint, or ``fake``."""
    device: str = "auto"
    precision: str = "auto"
    batch_size: int = 0
    allow_code: bool = False
    """The person agreed to run the program code that this checkpoint brings along."""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What the engine answers after a load: readable names and the numbers the runner needs."""

    model_key: str
    """Stable id of checkpoint and task, e.g. ``demo-captioner@1a2b3c4d/caption``."""
    title: str
    device: str
    precision: str
    image_size: int
    """Edge of the square model input, pixels."""
    batch_size: int
    demo: bool = False
    """A demo model: understands drawn scenes only, and the window says so."""


@dataclass(frozen=True, slots=True)
class CaptionResult:
    """The engine's result for one photo: either ``text`` or ``problem``."""

    text: str = ""
    raw_text: str = ""
    candidates: tuple[Candidate, ...] = ()
    keywords: tuple[str, ...] = ()
    problem: Problem | None = None
    embedding: tuple[float, ...] = ()
    """The photo's ITC embedding by the retrieval model that scored it, unit length; empty without one."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """What a retrieval model saw in a picture."""

    pixel_hash: str
    embedding: tuple[float, ...]
    """Of unit length."""


@dataclass(frozen=True, slots=True)
class TextEmbedding:
    """A text as a retrieval model embeds it, to search pictures with."""

    model_key: str
    values: tuple[float, ...]
    """Of unit length."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer, as the next question of the same chat may refer to them."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """The answer to one question and how long it took, seconds."""

    text: str
    model_key: str
    seconds: float
    stopped: bool = False
    turns_left_out: int = 0
    """Oldest turns that the model was not told of, because its context is full or it takes none."""


@dataclass(frozen=True, slots=True)
class ChoiceResult:
    """The answer to a closed question: every choice, the likeliest first; probabilities sum to 1."""

    choices: tuple[Choice, ...]
    model_key: str
    seconds: float


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Where in the photo a word is seen: a grid over the whole picture, row-major, 0 to 1 (its hottest)."""

    width: int
    height: int
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class WordHeat:
    """A word of a text, ``text[start:end]``, and where it is seen."""

    start: int
    end: int
    heat: HeatMap


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a retrieval model reads a text in a photo."""

    text: str
    match: MatchScore
    words: tuple[WordHeat, ...]
    model_key: str


@dataclass(frozen=True, slots=True)
class CaptionCommit:
    """One finished job, to be committed with its batch in one transaction.

    ``result`` None: only the file's metadata changed; the texts stay as they are.
    """

    job_id: int
    photo_id: int
    content_hash: str
    model_key: str
    decoded_format: str
    width: int
    height: int
    pixel_hash: str
    damaged: bool
    facts: FileFacts
    result: CaptionResult | None
    options: CaptionOptions = field(default_factory=CaptionOptions)
    existing: tuple[Candidate, ...] = ()
    """Captions that were there before, with their match: a person's, the file's, a model's."""


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """The state of the durable queue."""

    queued: int = 0
    working: int = 0
    done: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class WaitingFolder:
    """A directory with photos in the queue."""

    path: str
    photos: int


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A row of ``models list``: a checkpoint of the registry or one the person imported."""

    key: str
    title: str
    tasks: tuple[str, ...]
    """Of ``caption``, ``answer`` and ``retrieval``."""
    installed: bool
    size_bytes: int
    licence: str
    path: str | None
    note: str = ""
    """What it is good at, or what is wrong with it."""
    repo: str = ""
    """``owner/name`` at the hub."""
    revision: str = ""
    """The commit's sha of what is installed, where it is known."""
    arrived_bytes: int = 0
    """What an interrupted download has left here."""
    memory: Mapping[str, int] = field(default_factory=dict)
    """Bytes of memory that it needs, by precision."""
    fits: str = ""
    """Whether it can run on this computer now, in words."""
    photos_per_second: float | None = None
    """How fast it captions here, measured or guessed from a measured one; None where nothing was measured."""
    is_measured: bool = False
    """The rate is this one's own, none guessed from another's."""
