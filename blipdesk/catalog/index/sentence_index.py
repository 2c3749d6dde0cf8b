"""Search by meaning: the vectors of captions and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from blipdesk.catalog.database import Database
from blipdesk.catalog.index.making import VECTORS
from blipdesk.catalog.index.nearest import Floats, rounded
from blipdesk.catalog.index.sentence_rows import SentenceRows, read_vectors, said_by
from blipdesk.catalog.index.vectors import VectorIndex
from blipdesk.catalog.vector_store import VectorStore
from blipdesk.domain.sentences import DIMENSIONS, sentence_of


@dataclass(frozen=True, slots=True)
class Unread:
    """A photo with sentences that were not read yet."""

    photo_id: int
    sentences: dict[int, str]
    """Those, by the key that the vector is kept under."""


class SentenceIndex(VectorIndex):
    """Finds photos by what their captions and answers mean."""

    def __init__(self, database: Database, store: VectorStore, data_dir: Path, *, writer: bool) -> None:
        super().__init__(database, store, VECTORS, data_dir, SentenceRows(store), writer=writer)

    def nearest_sentences(self, query: Floats, photo_ids: Sequence[int]) -> dict[int, tuple[str, float]]:
        """Of each of these photos the sentence that is nearest to a query, and its cosine."""
        with self._database.read_raw() as connection:
            said = said_by(connection, photo_ids)
        found = {}
        for photo in said:
            keys, vectors = read_vectors(photo.keys, self._store)
            if keys:
                cosines = vectors @ query
                best = int(cosines.argmax())
                # Of the same sentence it may be a little more: a query prefers uncommon ones.
                found[photo.photo_id] = (photo.texts[keys[best]], min(1.0, float(cosines[best])))
        return found

    def unread(self, count: int) -> list[Unread]:
        """Some photos with sentences that were not read yet, the newest first."""
        newest = self._newest_unread(count)
        with self._database.read_raw() as connection:
            said = said_by(connection, newest)
        known = self._store.known([key for photo in said for key in photo.keys], DIMENSIONS)
        return [
            Unread(
                photo.photo_id,
                {key: sentence_of(text) for key, text in photo.texts.items() if key not in known},
            )
            for photo in reversed(said)
        ]

    def keep(self, photo_ids: Sequence[int], vectors: Mapping[int, Floats]) -> bool:
        """Keep the vectors of sentences that were read, and let these photos be found by them.

        Returns:
            False where they could not be kept, so that the photos stay unread.
        """
        rows = rounded(np.array(list(vectors.values()), np.float32).reshape(-1, DIMENSIONS))
        kept = self._store.put({key: row.tobytes() for key, row in zip(vectors, rows, strict=True)})
        self._take_in_read(photo_ids)
        return kept
