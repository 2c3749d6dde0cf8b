"""The vectors of pictures: which model made them, and which photos they stand for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from blipdesk.catalog.index.nearest import WORD, Rows
from blipdesk.catalog.index.photo_rows import PhotoRows
from blipdesk.catalog.index.picture_scale import PictureScale
from blipdesk.catalog.settings import read_setting
from blipdesk.catalog.vector_store import VectorStore, key_of_picture

SETTING = "picture_model"
"""Where the catalog says which model's vectors it is searched with."""
_ALL = "SELECT id, pixel_hash FROM photo WHERE pixel_hash IS NOT NULL AND hidden = 0 ORDER BY id"
_SOME = """SELECT id, pixel_hash FROM photo WHERE id IN (SELECT value FROM json_each(?))
 AND pixel_hash IS NOT NULL AND hidden = 0 ORDER BY id"""


@dataclass(frozen=True, slots=True)
class PictureModel:
    """The retrieval model whose vectors a catalog is searched with."""

    key: str = ""
    """Its model key; empty: there is none."""
    width: int = WORD
    """Numbers of its vectors."""
    name: str = ""
    """By which the settings name it: so it is known without loading it that it is the same."""
    scale: PictureScale = field(default_factory=PictureScale)
    """What its cosines are measured by, and whether it knows pictures like these."""


def picture_model(connection: sqlite3.Connection) -> PictureModel:
    """The model that a catalog names."""
    value = read_setting(connection, SETTING)
    if not isinstance(value, dict):
        return PictureModel()
    scale = value.get("scale")
    known = _known(PictureModel, value)
    known["scale"] = PictureScale(**_known(PictureScale, scale if isinstance(scale, dict) else {}))
    return PictureModel(**known)


def _known(kind: type, kept: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a kind; another version may keep more, or less."""
    return {one.name: kept[one.name] for one in fields(kind) if one.name in kept}


class PictureRows:
    """One row of each photo whose picture was read by a model; see :class:`RowMaker`.

    Args:
        store: the vectors of pictures.
        model: the model.
    """

    def __init__(self, store: VectorStore, model: PictureModel) -> None:
        self._store = store
        self.model = model.key
        self.numbers = model.width
        """Of a vector, before it is filled up with zeros, which change no cosine."""
        self.width = -(-model.width // WORD) * WORD

    def rows_of(self, connection: sqlite3.Connection, photo_ids: Sequence[int]) -> PhotoRows:
        """See the protocol."""
        return self._rows(connection.execute(_SOME, (json.dumps(list(photo_ids)),)))

    def all_rows(self, connection: sqlite3.Connection, page: int) -> Iterator[PhotoRows]:
        """See the protocol."""
        rows = connection.execute(_ALL)
        while found := rows.fetchmany(page):
            yield self._rows(found)

    def _rows(self, looked_at: Iterable[tuple[int, str]]) -> PhotoRows:
        keys = {photo_id: key_of_picture(pixels, self.model) for photo_id, pixels in looked_at}
        known = self._store.vectors(list(keys.values()), self.numbers)
        ids = [photo_id for photo_id, key in keys.items() if key in known]
        unread = [photo_id for photo_id, key in keys.items() if key not in known]
        rows: Rows = np.zeros((len(ids), self.width), np.int8)
        vectors = b"".join(known[keys[photo_id]] for photo_id in ids)
        rows[:, : self.numbers] = np.frombuffer(vectors, np.int8).reshape(-1, self.numbers)
        return PhotoRows(np.array(ids, np.int64), rows, list(keys), unread, list(set(keys.values())))
