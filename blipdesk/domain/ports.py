"""Protocols that the pipeline and the services are written against.

The sync twins of tests and of the command line stand behind the same protocols as the processes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.jobs import (
    AnswerResult,
    CaptionOptions,
    CaptionResult,
    ChoiceResult,
    DecodedPhoto,
    EngineInfo,
    EngineSettings,
    Explanation,
    PixelImage,
    Turn,
)
from blipdesk.domain.values import FileFacts, FileStamp, MatchScore
from blipdesk.domain.writes import Restoration, WritePlan, WritePolicy, WriteText


class CancelToken(Protocol):
    """Asked between files, batches and generated tokens."""

    def is_set(self) -> bool:
        """True once the work should stop (``threading.Event`` is one)."""
        ...


class Decoder(Protocol):
    """Turns a file's bytes into pixels; never opens a path.

    The parent reads the file (regular files only, size limit first) and hands over the bytes: the decoder
    process needs no access to any file, and a death of it is always the picture's doing.
    """

    def decode(self, data: bytes, name: str, model_size: int, sidecar: bytes | None = None) -> DecodedPhoto:
        """Decode once: pixels for the model (``model_size`` square), thumbnail, hash and file facts.

        ``sidecar`` is what the photo's sidecars hold, where it has any: the facts come from all of them.

        Raises:
            PhotoError: the picture cannot be decoded within the limits; kind CRASHED when the decoder
                process died on it (the decoder is back for the next call).
        """
        ...

    def read_facts(self, data: bytes, name: str, sidecar: bytes | None = None) -> FileFacts:
        """The facts alone, of a photo that was decoded before.

        Raises:
            PhotoError: as :meth:`decode`.
        """
        ...

    def preview(self, data: bytes, name: str, max_edge: int) -> bytes:
        """The upright picture as JPEG, longest edge ``max_edge`` pixels at most.

        Raises:
            PhotoError: as :meth:`decode`.
        """
        ...

    def close(self) -> None:
        """End the process and give its memory back."""
        ...


class VisionEngine(Protocol):
    """Loaded BLIPs, one for each task; one call at a time, from the thread that owns it.

    Photos come as squares.  Their edge should be the ``image_size`` of the model that looks at them; a
    picture of another size is resized to it.

    Every call may raise:
        Cancelled: its token was set, or the engine was closed meanwhile.
        ModelError: no model was loaded for the task, or the engine died or cannot go on; a later call
            starts it again and loads what was loaded.
    """

    def load(self, settings: EngineSettings) -> EngineInfo:
        """Load the captioning checkpoint of ``settings``.

        Raises:
            ModelError: missing, damaged, unknown family, or cannot run on this device.
        """
        ...

    def answer_info(self, settings: EngineSettings) -> EngineInfo:
        """Load the answering checkpoint of ``settings`` and say what it is; raises as :meth:`load`."""
        ...

    def retrieval_info(self, settings: EngineSettings) -> EngineInfo:
        """Load the retrieval checkpoint of ``settings`` and say what it is; raises as :meth:`load`.

        From here on every caption is scored with it, until :meth:`drop_retrieval`.
        """
        ...

    def drop_retrieval(self) -> None:
        """Unload the retrieval checkpoint: captions are scored no more."""
        ...

    def caption(
        self, images: Sequence[PixelImage], options: CaptionOptions, cancel: CancelToken
    ) -> list[CaptionResult]:
        """Caption a batch; one result per image, in order; a bad image never costs its batch.

        While a retrieval checkpoint is loaded, each candidate has its ``match``, and the candidates stand in
        the order of match probability times the captioner's likelihood (BLIP's CapFilt, arXiv:2201.12086,
        section 3.3), and the result has the photo's embedding, for which nothing is looked at twice; without
        one, and where scoring fails, they stand in the captioner's own order.  A cancel takes
        effect at the next generated token.
        """
        ...

    def answer(
        self,
        image: PixelImage,
        question: str,
        on_token: Callable[[str], None],
        cancel: CancelToken,
        history: Sequence[Turn] = (),
    ) -> AnswerResult:
        """Answer a question about a photo; ``on_token`` gets the text so far after each token.

        ``history``: the turns of this chat so far, oldest first.  A set token ends the answer where it is
        (``stopped``) instead of raising.
        """
        ...

    def choose(
        self, image: PixelImage, question: str, choices: Sequence[str], cancel: CancelToken
    ) -> ChoiceResult:
        """Answer a closed question: how probable each of ``choices`` is as the answer.

        Raises:
            UsageError: fewer than two choices, a blank one, or the same twice.
        """
        ...

    def score(
        self, images: Sequence[PixelImage], texts: Sequence[str], cancel: CancelToken
    ) -> list[MatchScore | None]:
        """How well ``texts[i]`` fits ``images[i]``, for each ``i``; None where the model failed on it."""
        ...

    def explain(self, image: PixelImage, text: str, cancel: CancelToken) -> Explanation:
        """Where the retrieval model sees each word of ``text`` in the photo."""
        ...

    def embed_images(self, images: Sequence[PixelImage], cancel: CancelToken) -> list[tuple[float, ...]]:
        """The ITC embedding of each photo, unit length: its dot product with a text's is their ITC score."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """The ITC embedding of each text, unit length."""
        ...

    def close(self) -> None:
        """Unload all and give the memory back; what was loaded is loaded again when next needed."""
        ...


class MetadataWriter(Protocol):
    """Plans and performs the write-back of one photo."""

    def plan(self, photo_path: str, text: WriteText, policy: WritePolicy) -> WritePlan:
        """Work the new bytes out in memory and check them; nothing on disk is touched.

        Raises:
            PhotoError: the photo cannot be read.
        """
        ...

    def apply_all(self, plans: Sequence[WritePlan]) -> list[FileStamp | PhotoError]:
        """Replace different targets, each atomically: temp file, fsync, identity re-checked, folder fsync.

        Returns:
            Of each what its target is now, or why (changed meanwhile, disk full, no permission) it is
            untouched; no temp file stays behind.
        """
        ...

    def sweep(self, folder: str) -> int:
        """Remove temp files that a killed write left in a folder (not below it); returns their number.

        Only for the holder of the catalog's lock, while nothing is being written there.
        """
        ...


class FileRestorer(Protocol):
    """Gives files the bytes again that they had before a write-back."""

    def read(self, path: str) -> tuple[bytes, FileStamp] | None:
        """What a file holds, and its identity; None where there is none.

        Raises:
            PhotoError: it cannot be read.
        """
        ...

    def refusal(self, restoration: Restoration) -> PhotoError | None:
        """Why a file cannot be restored now, or None; nothing is touched."""
        ...

    def restore_all(self, restorations: Sequence[Restoration]) -> Sequence[FileStamp | PhotoError | None]:
        """Give several different files their bytes, each as safely as any write.

        Returns:
            Of each what it is now (None: it went), or why it is as it was.
        """
        ...


class TrashCan(Protocol):
    """The system's trash, from which a person can take things out again with other programs too."""

    def put(self, path: str) -> str:
        """Move a file there; returns where it lies now, empty where the system does not tell.

        Raises:
            OSError: it stays where it is: there is no trash for that disk, or no permission.
        """
        ...
