"""Reads pictures for search with the retrieval model: those that were captioned without one, behind all else.

What is to be read is what the catalog's picture index has not; nothing is remembered here, so that an end at
any moment costs the few pictures in hand alone.  What is captioned while a retrieval model is loaded has gone
through it already, and is only kept.  Now and then captions of the library are put to the model, to see
whether it knows pictures like these at all.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from blipdesk.domain.errors import Cancelled, CatalogError, KnownError, ModelError, PhotoError
from blipdesk.domain.jobs import CaptionResult, DecodedPhoto, EngineSettings, ReadPicture
from blipdesk.domain.ports import CancelToken, Decoder, VisionEngine
from blipdesk.domain.wording import later
from blipdesk.pipeline.options import PipelineOptions
from blipdesk.pipeline.pictures import read_photo

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog
    from blipdesk.catalog.index.picture_index import PictureIndex, UnreadPicture

_log = logging.getLogger(__name__)

_START_SECONDS = 3.0
"""After the start the window is painted first: numpy is loaded here."""
_RETRY_SECONDS = 600.0
"""How long to rest when the model or the disk cannot be used."""
_PREPARING_SECONDS = 15.0
"""How long to rest while the index of a large library is prepared."""
_AT_ONCE_SECONDS, _MOST = 0.5, 16
"""So long, and so many pictures, may be in the engine when a person wants something of it."""
_MOST_FAILURES = 3
_TEXTS = 16
"""Captions that are embedded at once to measure a model."""


class PictureReading:
    """Reads a few pictures at a time.  The runner's thread, but for :meth:`wake`.

    Args:
        catalog: says what is unread, and keeps what was read.
        engine: the retrieval model.
        decoder: the worker's.
        on_progress: gets the photos that are read, and all that can be; both 0 when nothing is being read.
        on_read: called after some were read.
    """

    def __init__(
        self,
        catalog: Catalog,
        engine: VisionEngine,
        decoder: Decoder,
        on_progress: Callable[[int, int], None] = lambda *_: None,
        on_read: Callable[[], None] = lambda: None,
    ) -> None:
        self._catalog, self._engine, self._decoder = catalog, engine, decoder
        self._on_progress, self._on_read = on_progress, on_read
        self._is_open = False
        self._news = True
        self._not_before = time.monotonic() + _START_SECONDS
        self._rested_at = 0.0
        self._seconds_each = _AT_ONCE_SECONDS
        self._failures = 0
        self._kept_of = ""
        """The model that captions were scored with last; empty where they were not."""
        self._measures = True
        """False where captions cannot be put to the model that captions are scored with."""
        self._settings: EngineSettings | None = None
        self.loaded = False
        """True once the model was loaded for this."""

    def wake(self) -> None:
        """There may be something to read; immediate."""
        self._news = True

    def forget(self) -> None:
        """The engine was closed."""
        self.loaded = False

    def end(self) -> None:
        """Break off the making of a snapshot; from any thread."""
        if self._is_open:
            self._catalog.pictures.close()

    def _pictures(self) -> PictureIndex:
        self._is_open = True
        return self._catalog.pictures

    def due_in(self, options: PipelineOptions, least: float = 0.0) -> float | None:
        """In how many seconds, ``least`` at least, pictures are to be read; None: nothing is, or no model."""
        if options.retrieval_engine != self._settings:
            self._settings, self._news, self._failures = options.retrieval_engine, True, 0
            self._rested_at = 0.0
            self._measures = True
        if options.retrieval_engine is None or not self._news:
            return None
        return max(least, max(self._not_before, self._rested_at) - time.monotonic())

    # ------------------------------------------------------------------------------- what is captioned

    def keep(
        self,
        model: str,
        captioned: Iterable[tuple[DecodedPhoto, CaptionResult | None]],
        options: PipelineOptions,
    ) -> None:
        """Keep what the retrieval model saw while it scored captions; where that fails, it is read later.

        Args:
            model: its key.
            captioned: photos and what was made of them.
            options: they were captioned with; where they name another model for once, photos are not searched
                with that.
        """
        pictures = [
            ReadPicture(decoded.pixel_hash, result.embedding)
            for decoded, result in captioned
            if result is not None and result.embedding
        ]
        name = options.retrieval_engine.model if options.retrieval_engine is not None else ""
        take_over = options.is_usual_matcher
        if pictures and not self._pictures().keep(model, pictures, name=name, take_over=take_over):
            _log.warning("what was seen in %d pictures was not kept", len(pictures))
        self._kept_of = model if pictures else ""
        self._news = True

    def measure(self, cancel: CancelToken) -> None:
        """See whether the model knows pictures like these, after photos were captioned with it; seldom due.

        Where that fails, or is broken off, it is seen later.
        """
        if not self._measures or not self._kept_of:
            return
        pictures = self._pictures()
        try:
            if pictures.model.key == self._kept_of:
                self._measure(pictures, cancel)
        except Cancelled:
            return
        except KnownError as error:
            self._measures = False
            _log.warning("captions are not put to the retrieval model now: %s", error)

    # ------------------------------------------------------------------------------- what was captioned

    def read_some(self, cancel: CancelToken) -> None:
        """Read the next few pictures; what goes wrong is logged, and tried again after a while.

        Raises:
            Cancelled: the token was set; the pictures in hand are read another time.
        """
        assert self._settings is not None
        try:
            self._read_some(self._settings, cancel)
        except KnownError as error:
            _log.warning("pictures are not read for search now: %s", error)
            self._rested_at = time.monotonic() + _RETRY_SECONDS
            self._on_progress(0, 0)

    def _read_some(self, settings: EngineSettings, cancel: CancelToken) -> None:
        if self._catalog.is_empty or self._is_all_read(settings):  # seen without loading the model
            self._news = False
            self._on_progress(0, 0)
            return
        pictures = self._pictures()
        info = self._engine.retrieval_info(settings)
        self.loaded = True
        if pictures.model.key != info.model_key:
            width = len(self._engine.embed_texts(["a photo"])[0])
            pictures.begin(info.model_key, width, settings.model)
        if not pictures.so_far().is_ready:
            self._on_read()  # whoever keeps the index up prepares it
            self._rested_at = time.monotonic() + _PREPARING_SECONDS
            return
        count = max(1, min(_MOST, int(_AT_ONCE_SECONDS / self._seconds_each)))
        unread = [] if cancel.is_set() else pictures.unread(1 if self._failures else count)
        if not unread:
            self._measure(pictures, cancel)
            self._news = cancel.is_set()
            self._on_progress(0, 0)
            return
        known = pictures.known([photo.pixel_hash for photo in unread])
        decoded = self._decoded([p for p in unread if p.pixel_hash not in known], info.image_size, cancel)
        try:
            read = self._seen(decoded, cancel)
        except ModelError as error:
            self._failures += 1
            if self._failures > _MOST_FAILURES:
                self._failures = 0
                raise
            _log.warning("the retrieval model failed on %d pictures: %s", len(decoded), error)
            if len(decoded) == 1:
                pictures.pass_over([photo.photo_id for photo in unread])
            return
        if read and not pictures.keep(info.model_key, read):
            raise CatalogError(
                later("What was seen in the pictures cannot be kept."),
                later("Free some space on the catalog's disk."),
            )
        self._failures = 0
        there = known | {picture.pixel_hash for picture in read}
        pictures.take_in([photo.photo_id for photo in unread if photo.pixel_hash in there])
        self._on_read()
        so_far = pictures.so_far()
        self._on_progress(so_far.photos - so_far.unread, so_far.photos)
        self._measure(pictures, cancel)

    def _measure(self, pictures: PictureIndex, cancel: CancelToken) -> None:
        """Put captions to the model, which is loaded, where that is due.

        Raises:
            Cancelled: the token was set.
            ModelError: the model failed.
            CatalogError: what was seen cannot be kept.
        """
        if not pictures.is_to_be_measured():
            return
        captioned = pictures.captioned()
        embeddings: list[tuple[float, ...]] = []
        for start in range(0, len(captioned), _TEXTS):
            if cancel.is_set():
                raise Cancelled
            embeddings += self._engine.embed_texts([text for _, text in captioned[start : start + _TEXTS]])
        pictures.measure([photo_id for photo_id, _ in captioned], embeddings)

    def _is_all_read(self, settings: EngineSettings) -> bool:
        pictures = self._pictures()
        model, so_far = pictures.model, pictures.so_far()
        if not so_far.is_ready:
            return False
        if not so_far.photos:
            return True
        is_read = model.name == settings.model and not pictures.unread(1)
        return is_read and not pictures.is_to_be_measured()

    def _decoded(
        self, photos: Sequence[UnreadPicture], image_size: int, cancel: CancelToken
    ) -> dict[str, tuple[UnreadPicture, DecodedPhoto]]:
        """The pictures by their pixels, each once; photos that are not what they were are passed over."""
        found: dict[str, tuple[UnreadPicture, DecodedPhoto]] = {}
        for photo in photos:
            if cancel.is_set():
                raise Cancelled
            if photo.pixel_hash in found:
                continue
            try:
                decoded = self._decoder.decode(read_photo(photo.path), photo.path, image_size)
            except PhotoError as error:
                _log.info("%r is not read for search: %s", photo.path, error)
                self._catalog.pictures.pass_over([photo.photo_id])
                continue
            if decoded.pixel_hash == photo.pixel_hash:
                found[photo.pixel_hash] = photo, decoded
            else:  # a scan's to tell
                self._catalog.pictures.pass_over([photo.photo_id])
        return found

    def _seen(
        self, decoded: dict[str, tuple[UnreadPicture, DecodedPhoto]], cancel: CancelToken
    ) -> list[ReadPicture]:
        """What the model sees in pictures."""
        if not decoded:
            return []
        began = time.monotonic()
        embeddings = self._engine.embed_images([photo.model_input for _, photo in decoded.values()], cancel)
        self._seconds_each = (time.monotonic() - began) / len(decoded)
        return list(map(ReadPicture, decoded, embeddings))
