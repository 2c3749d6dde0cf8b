"""Files whose time changed while their size and both ends stayed: is it the same picture still?

Most are: a copy, a restored backup, another program's touch.  An edit in the middle of a file of unchanged
size looks the same from outside.  No hash of the whole file is kept that could tell (it would have every new
file read whole at intake, over a network too), and pixels are what a caption is about: so such a file is
decoded and compared by its pixels, when there is nothing else to do.  Where these are the same, what the
file and its sidecar say of themselves is stored: a caption given by another program may look like this from
outside.  Its new time is registered after that alone: what was not looked at (the program was ended) is met
again by the next scan.

Where only the sidecar changed, or the file was read by an earlier version, what both say is read alone.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from blipdesk.domain.errors import TRANSIENT_KINDS, PhotoError
from blipdesk.domain.ports import Decoder
from blipdesk.domain.values import Photo, SeenFile
from blipdesk.metadata import read_beside
from blipdesk.pipeline.identify import identify_now
from blipdesk.pipeline.pictures import read_photo, read_with

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog

_log = logging.getLogger(__name__)

_EDGE = 32
"""Pixels of a model input that nobody looks at."""


class Touched:
    """Noted by whoever scans, looked at by the runner's thread.

    Ids alone are kept: a clock changed by an hour (FAT drives, twice a year) touches a whole library.

    Args:
        catalog: knows the pixels, and takes the new time.
        decoder: the worker's.
        caption_again: gets the ids of photos that show something else now, or nothing.
    """

    def __init__(
        self, catalog: Catalog, decoder: Decoder, caption_again: Callable[[Sequence[int]], None]
    ) -> None:
        self._catalog = catalog
        self._decoder = decoder
        self._caption_again = caption_again
        self._lock = threading.Lock()
        self._waiting: set[int] = set()
        self._beside: set[int] = set()
        self._outdated: set[int] = set()

    def __len__(self) -> int:
        return len(self._waiting) + len(self._beside) + len(self._outdated)

    @property
    def is_urgent(self) -> bool:
        """True when a sidecar changed: somebody gave that photo words, and looks for them here."""
        return bool(self._beside)

    def note(self, photo_id: int, beside: bool = False, outdated: bool = False) -> None:
        """A photo's file has another time than the catalog knows.

        Args:
            photo_id: the photo.
            beside: not that, but the sidecar beside it is not what it was.
            outdated: not that, but not all was read of the file that is read now.
        """
        with self._lock:
            (self._beside if beside else self._outdated if outdated else self._waiting).add(photo_id)

    def look_at_next(self) -> None:
        """Look at one file, if any waits.

        Raises:
            CatalogError: the catalog cannot be written; the next scan notes the file again.
        """
        with self._lock:
            if not self:
                return
            photo_id = (self._beside or self._waiting or self._outdated).pop()
            for waiting in (self._waiting, self._outdated):
                waiting.discard(photo_id)
        photo = self._catalog.photo(photo_id)
        if photo is None:
            return
        seen = identify_now(photo.path)
        if seen is None or seen.content_hash != photo.content_hash:
            return  # gone or changed since: a scan's to tell
        if photo.pixel_hash is None:  # nothing was ever made of it: what failed may have been mended
            self._take_time(photo, seen)
            if photo.problem is not None:
                self._caption_again([photo.id])
        elif seen.stamp.mtime_ns == photo.stamp.mtime_ns:
            self._read_facts(photo)
        else:
            self._compare(photo, seen)

    def _read_facts(self, photo: Photo) -> None:
        """Read what an unchanged file and its sidecar say."""
        try:
            data, beside = read_photo(photo.path), read_beside(photo.path)
            facts = self._decoder.read_facts(data, photo.path, beside.data)
        except PhotoError as error:
            _log.info("what %r says could not be read anew: %s", photo.path, error)
            return  # what was read before stands
        self._catalog.store_facts(photo.id, photo.content_hash, replace(facts, sidecar=beside.stamp))

    def _compare(self, photo: Photo, seen: SeenFile) -> None:
        """See whether a file with another time shows the same picture."""
        try:
            data, beside = read_photo(photo.path), read_beside(photo.path)
            decoded = read_with(beside, self._decoder.decode(data, photo.path, _EDGE, beside.data))
        except PhotoError as error:
            if error.problem.kind not in TRANSIENT_KINDS:
                self._take_time(photo, seen)
                self._caption_again([photo.id])  # fails there, with its reason
            return
        if decoded.pixel_hash != photo.pixel_hash:
            self._caption_again([photo.id])  # registered once that is committed, and with it these pixels
            return
        if photo.model_caption is not None:
            self._catalog.store_facts(photo.id, photo.content_hash, decoded.facts)
        elif photo.problem is not None:  # its facts are read with the next attempt, as a waiting photo's are
            self._caption_again([photo.id])
        self._take_time(photo, seen)

    def _take_time(self, photo: Photo, seen: SeenFile) -> None:
        known = self._catalog.known_file(photo.path)
        if known is not None and known.content_hash == seen.content_hash:  # else written meanwhile
            self._catalog.register(photo.folder_id, [seen])
