"""Vectors without a model: near each other where sentences share words."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from blipdesk.catalog import Catalog
from blipdesk.domain.sentences import DIMENSIONS
from blipdesk.domain.values import FileStamp, SeenFile


def vector(sentence: str) -> NDArray[np.float32]:
    """The sum of what its words are hashed to, unit length."""
    total = np.zeros(DIMENSIONS, np.float32)
    for word in sentence.lower().split():
        seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()[:4], "little")
        total += np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)
    return total / max(1e-9, float(np.sqrt(total @ total)))


class FakeSentences:
    """Stands in for the encoder; remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.closed = 0

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.given += sentences
        return np.array([vector(sentence) for sentence in sentences], np.float32).reshape(-1, DIMENSIONS)

    def encode_query(self, query: str) -> NDArray[np.float32]:
        self.given.append(query)
        return vector(query)

    def close(self) -> None:
        self.closed += 1


def add(catalog: Catalog, *captions: str) -> list[int]:
    """A photo for each caption, each a second younger than the one before."""
    known = len(list(catalog.all_photo_ids()))
    files = [
        SeenFile(f"/photos/IMG_{number}.jpg", FileStamp(10, (number + 1) * 10**9, 1), f"hash {number}")
        for number in range(known, known + len(captions))
    ]
    ids = catalog.register(catalog.add_folder("/photos").id, files)
    for photo_id, caption in zip(ids, captions, strict=True):
        catalog.set_user_caption(photo_id, caption)
    return ids


def read_all(catalog: Catalog) -> None:
    """Keep a vector of every sentence."""
    while unread := catalog.vectors.unread(50):
        sentences = {key: sentence for photo in unread for key, sentence in photo.sentences.items()}
        read = {key: vector(sentence) for key, sentence in sentences.items()}
        assert catalog.vectors.keep([photo.photo_id for photo in unread], read)


def mask_of(photo_ids: Sequence[int]) -> NDArray[np.bool_]:
    """Of each photo id whether it is one of these."""
    mask = np.zeros(1 + max(photo_ids, default=0), np.bool_)
    mask[list(photo_ids)] = True
    return mask


def found(catalog: Catalog, query: str, count: int = 10, among: Sequence[int] | None = None) -> list[int]:
    ids, cosines = catalog.vectors.nearest(vector(query), count, None if among is None else mask_of(among))
    assert list(cosines) == sorted(cosines, reverse=True)
    return list(map(int, ids))
