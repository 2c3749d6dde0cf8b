"""Pictures for the window and for questions, and captions for edits, read apart from the worker."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from blipdesk.domain.errors import KnownError, PhotoError, UsageError
from blipdesk.domain.jobs import THUMBNAIL_EDGE, DecodedPhoto
from blipdesk.domain.ports import Decoder
from blipdesk.domain.wording import later
from blipdesk.imaging import DecodeLimits, open_regular
from blipdesk.metadata import Beside, read_beside

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog, ThumbnailStore

_log = logging.getLogger(__name__)


def read_photo(path: str) -> bytes:
    """The bytes of a photo, if it is a regular file within the limit.

    Raises:
        PhotoError: it is not, or cannot be read.
    """
    return open_regular(path, DecodeLimits().max_bytes)


def read_with(beside: Beside, decoded: DecodedPhoto) -> DecodedPhoto:
    """What was decoded, with the sidecar that its facts come from as well."""
    return replace(decoded, facts=replace(decoded.facts, sidecar=beside.stamp))


class Pictures:
    """Thumbnails, large views and the answering model's input.  Any thread; one decode at a time.

    Args:
        catalog: where the photos lie.
        thumbnails: the cache.
        decoder: used by nobody else, so that the gallery never waits for the worker.
    """

    def __init__(self, catalog: Catalog, thumbnails: ThumbnailStore, decoder: Decoder) -> None:
        self._catalog = catalog
        self._thumbnails = thumbnails
        self._decoder = decoder
        self._decoding = threading.Lock()

    def load_thumbnail(self, photo_id: int, known_hash: str = "") -> bytes | None:
        """The cached thumbnail (JPEG, 512 px at most), else one made now; None when there can be none.

        With the hash of the content that is shown, that of it: to look the hash up is 0.28 of the 0.29 ms
        that a cached one takes, and the gallery asks for a screen of them.
        """
        cached = self._thumbnails.get(photo_id, known_hash) if known_hash else None
        if cached is not None:
            return cached
        file = self._catalog.file_of(photo_id)
        if file is None:
            return None
        path, content_hash = file
        cached = self._thumbnails.get(photo_id, content_hash)
        if cached is not None:
            return cached
        jpeg = self._preview(path, THUMBNAIL_EDGE)
        if jpeg is not None:
            self._thumbnails.put(photo_id, content_hash, jpeg)
        return jpeg

    def load_preview(self, photo_id: int, max_edge: int) -> bytes | None:
        """The upright picture as JPEG, ``max_edge`` pixels at most; None when there can be none."""
        file = self._catalog.file_of(photo_id)
        if file is None:
            return None
        path, _ = file
        return self._preview(path, max_edge)

    def load_preview_of(self, path: str, max_edge: int) -> bytes:
        """The upright picture of a file as JPEG, ``max_edge`` pixels at most.

        Raises:
            PhotoError: it cannot be decoded.
        """
        data = read_photo(path)
        with self._decoding:
            return self._decoder.preview(data, path, max_edge)

    def _preview(self, path: str, max_edge: int) -> bytes | None:
        try:
            return self.load_preview_of(path, max_edge)
        except PhotoError as error:
            _log.debug("no preview of %r: %s", path, error)
            return None

    def decode(self, photo: int | str, image_size: int) -> DecodedPhoto:
        """A photo (its id), or a file (its path), as a model of this input size sees it.

        Raises:
            UsageError: there is no such photo.
            PhotoError: it cannot be decoded.
        """
        path = photo if isinstance(photo, str) else self._path(photo)
        data = read_photo(path)
        with self._decoding:
            return self._decoder.decode(data, path, image_size)

    def captions_in(self, path: str) -> tuple[str, ...] | None:
        """The captions of people in a file and beside it; None where it cannot be read."""
        try:
            data, beside = read_photo(path), read_beside(path)
            with self._decoding:
                facts = self._decoder.read_facts(data, path, beside.data)
        except KnownError as error:
            _log.info("what %r says could not be read for an edit: %s", path, error)
            return None
        return tuple(filter(None, (facts.caption, *facts.other_captions)))

    def _path(self, photo_id: int) -> str:
        file = self._catalog.file_of(photo_id)
        if file is None:
            raise UsageError(later("This photo is no longer in the catalog."))
        path, _ = file
        return path
