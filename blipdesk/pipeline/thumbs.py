"""Thumbnails on their way into the cache."""

from __future__ import annotations

import threading
from typing import Protocol


class ThumbnailSink(Protocol):
    """Where the decoding thread and the metadata thread put what they know of thumbnails."""

    def put(self, photo_id: int, content_hash: str, jpeg: bytes) -> None:
        """Keep the thumbnail of a photo's content."""
        ...

    def rekey(self, photo_id: int, old_hash: str, new_hash: str) -> None:
        """Our own write changed the file's bytes, not its picture."""
        ...


class HeldThumbnails:
    """Holds thumbnails back until :meth:`release`, so that nothing else writes while photos are replaced.

    Thread-safe.

    Args:
        store: gets them in the end.
    """

    def __init__(self, store: ThumbnailSink) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._held: dict[int, tuple[str, bytes]] = {}
        self._renamed: list[tuple[int, str, str]] = []

    def put(self, photo_id: int, content_hash: str, jpeg: bytes) -> None:
        """See :class:`ThumbnailSink`."""
        with self._lock:
            self._held[photo_id] = (content_hash, jpeg)

    def rekey(self, photo_id: int, old_hash: str, new_hash: str) -> None:
        """See :class:`ThumbnailSink`."""
        with self._lock:
            held = self._held.get(photo_id)
            if held is not None and held[0] == old_hash:
                self._held[photo_id] = (new_hash, held[1])
            else:
                self._renamed.append((photo_id, old_hash, new_hash))

    def release(self) -> None:
        """Hand over everything that was held."""
        with self._lock:
            held, self._held = self._held, {}
            renamed, self._renamed = self._renamed, []
        for photo_id, (content_hash, jpeg) in held.items():
            self._store.put(photo_id, content_hash, jpeg)
        for photo_id, old_hash, new_hash in renamed:
            self._store.rekey(photo_id, old_hash, new_hash)
