"""Search by pictures: the vectors that a retrieval model made of the photos themselves."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from blipdesk.catalog.database import Database
from blipdesk.catalog.index.making import PICTURES
from blipdesk.catalog.index.nearest import Floats, rounded, unit
from blipdesk.catalog.index.picture_rows import SETTING, PictureModel, PictureRows, picture_model
from blipdesk.catalog.index.picture_scale import scale_of
from blipdesk.catalog.index.segment import last_change
from blipdesk.catalog.index.vector_parts import AllRows, Part
from blipdesk.catalog.index.vectors import Flags, VectorIndex
from blipdesk.catalog.settings import write_setting
from blipdesk.catalog.vector_store import VectorStore, key_of_picture
from blipdesk.domain.jobs import ReadPicture
from blipdesk.domain.sentences import sentence_of

_Item = TypeVar("_Item")

_SAMPLE = 2048
"""Rows of each part that say where its middle is."""
_GROWN = 1.1
"""So many times the rows that the middle was worked out of make it be worked out anew."""
_FEW = 30
"""Few photos tell little of what photos in general are like: so many more are taken to be as near to a query
as photos are to captions of others."""
_MEASURED = 128
"""So many captions say whether a model knows pictures like these: their median is right within .1 of a
deviation."""
_UNREAD = """SELECT id, path, pixel_hash, missing FROM photo
 WHERE id IN (SELECT value FROM json_each(?)) AND pixel_hash IS NOT NULL"""
_CAPTIONED = "SELECT id FROM photo WHERE hidden = 0 AND has_caption = 1"
_CAPTIONS = """SELECT id, coalesce(model_caption, user_caption, file_caption) FROM photo
 WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"""
"""A model's first: it says what is seen, where a person also tells who that is."""


@dataclass(frozen=True, slots=True)
class UnreadPicture:
    """A photo whose picture was not read yet."""

    photo_id: int
    path: str
    pixel_hash: str


@dataclass(frozen=True, slots=True)
class PictureQuery:
    """A text as the retrieval model embeds it, and what its cosines are measured by.

    A retrieval model's cosines have a scale that hangs on its temperature, and photos in general another
    middle than 0.  So a photo's nearness is 0 where it is as near as photos of this library are to these
    words on the average, and 1 where it is as near as they are to their own captions.
    """

    vector: Floats
    """Of unit length."""
    middle: float
    """Its mean cosine with the photos of the library."""
    level: float
    """The median cosine of photos and their own captions."""

    def nearness(self, cosines: Floats) -> Floats:
        """Cosines on that scale."""
        return (cosines - np.float32(self.middle)) / np.float32(self.level - self.middle)


class PictureIndex(VectorIndex):
    """Finds photos by what is seen in them: vectors of the retrieval model that the catalog names."""

    def __init__(self, database: Database, store: VectorStore, data_dir: Path, *, writer: bool) -> None:
        maker = PictureRows(store, PictureModel())
        super().__init__(database, store, PICTURES, data_dir, maker, writer=writer)
        self._passed_over = Flags()
        self._middle: tuple[str, int, Floats] | None = None
        """The mean unit vector of the library, of which model, and of how many rows."""

    @property
    def model(self) -> PictureModel:
        """The model whose vectors are searched; its key is empty where no picture was read."""
        with self._database.read_raw() as connection:
            return picture_model(connection)

    def query(self, embedding: Sequence[float]) -> PictureQuery | None:
        """A text's embedding by :attr:`model` as a query; None: it tells nothing of these photos."""
        parts, model = self._parts(), self.model
        scale, rows = model.scale, _rows_in(parts)
        if not scale.tells_apart or len(embedding) != model.width or not rows:
            return None
        vector = self._unit(embedding, parts[-1].width)
        middle = (self.usual_cosine(vector) * rows + scale.usual * _FEW) / (rows + _FEW)
        return PictureQuery(vector, middle, scale.level) if scale.level - middle > scale.spread else None

    @staticmethod
    def _unit(embedding: Sequence[float], width: int) -> Floats:
        """An embedding as the rows are: filled up with zeros, of unit length."""
        vector = np.zeros(width, np.float32)
        vector[: len(embedding)] = embedding
        vector /= max(1e-9, float(np.sqrt(vector @ vector)))
        return vector

    def usual_cosine(self, vector: Floats) -> float:
        """The mean cosine of a unit vector and the photos of the library."""
        model = self.model.key
        return self.asked(lambda rows: float(self._middle_of(model, rows) @ vector))

    def _middle_of(self, model: str, rows: AllRows) -> Floats:
        count = _rows_in(rows.parts)
        known = self._middle
        if known is not None and known[0] == model and known[1] <= count <= known[1] * _GROWN:
            return known[2]
        total: Floats = np.sum(rows.each(_sum_of), axis=0) / np.float32(max(1, count))
        self._middle = model, count, total
        return total

    # ------------------------------------------------------------------------------------ reading

    def unread(self, count: int) -> list[UnreadPicture]:
        """Some photos whose pictures were not read yet, the newest first; none that cannot be read now."""
        while newest := self._newest_unread(count, self._passed_over):
            with self._database.read_raw() as connection:
                rows = connection.execute(_UNREAD, (json.dumps(newest),)).fetchall()
            found = {row[0]: row for row in rows if not row[3]}
            self.pass_over([photo_id for photo_id in newest if photo_id not in found])
            if found:
                newest_first = sorted(found.values(), reverse=True)
                return [UnreadPicture(id_, os.fsdecode(p), pixels) for id_, p, pixels, _ in newest_first]
        return []

    def pass_over(self, photo_ids: Sequence[int]) -> None:
        """Leave photos that cannot be read now alone until the next start, or until they change."""
        self._passed_over.set(np.array(photo_ids, np.int64), True)

    def known(self, pixel_hashes: Sequence[str]) -> set[str]:
        """Which of these pictures were read by :attr:`model` before: in another place, say."""
        model = self.model
        keys = {key_of_picture(pixels, model.key): pixels for pixels in pixel_hashes}
        return {keys[key] for key in self._store.known(list(keys), model.width)}

    def keep(
        self, model: str, pictures: Sequence[ReadPicture], *, name: str = "", take_over: bool = True
    ) -> bool:
        """Keep what a model saw in pictures.

        Args:
            model: its key.
            pictures: what it saw.
            name: by which the settings name it.
            take_over: the catalog is searched with this model from now on; else only where it has none.

        Returns:
            False where it could not be kept.
        """
        rows = rounded(np.array([picture.embedding for picture in pictures], np.float32))
        keys = [key_of_picture(picture.pixel_hash, model) for picture in pictures]
        if not self._store.put({key: row.tobytes() for key, row in zip(keys, rows, strict=True)}):
            return False
        before = self.model.key
        if before != model and (take_over or not before):
            self.begin(model, rows.shape[1], name)
        return True

    def begin(self, model: str, width: int, name: str = "") -> None:
        """Search with this model from now on, of whose vectors few may be there yet."""
        self._name(PictureModel(model, width, name=name))

    def _name(self, model: PictureModel) -> None:
        self._database.write(lambda tx: write_setting(tx, SETTING, asdict(model)))

    def take_in(self, photo_ids: Sequence[int]) -> None:
        """Let photos be found by their pictures, which were kept."""
        self._take_in_read(photo_ids)

    # ------------------------------------------------------------------------------------ measuring

    def is_to_be_measured(self) -> bool:
        """Whether it is to be seen, anew perhaps, if the model knows pictures like these."""
        rows, model = _rows_in(self._parts()), self.model
        with self._database.read_raw() as connection:
            return rows > 0 and model.scale.is_outdated(rows, last_change(connection))

    def captioned(self, count: int = _MEASURED) -> list[tuple[int, str]]:
        """Some photos from all over the library whose pictures were read, with captions: no two the same."""
        read = np.concatenate([part.ids[part.alive] for part in self._parts()])
        with self._database.read_raw() as connection:
            ids = np.array([photo_id for (photo_id,) in connection.execute(_CAPTIONED)], np.int64)
            chosen = _spread(ids[np.isin(ids, read)].tolist(), 2 * count)
            rows = connection.execute(_CAPTIONS, (json.dumps(chosen),)).fetchall()
        by_sentence = {sentence_of(caption or ""): photo_id for photo_id, caption in rows}
        by_sentence.pop("", None)
        return _spread([(photo_id, sentence) for sentence, photo_id in by_sentence.items()], count)

    def measure(self, photo_ids: Sequence[int], embeddings: Sequence[Sequence[float]]) -> None:
        """Learn from captions of photos, as the model embeds them, if it knows pictures like these."""
        parts, model = self._parts(), self.model
        texts = np.array([self._unit(values, parts[-1].width) for values in embeddings], np.float32)
        pictures = self.vectors_of(np.array(photo_ids, np.int64))
        with self._database.read_raw() as connection:
            seq = last_change(connection)
        self._name(replace(model, scale=scale_of(texts, pictures, _rows_in(parts), seq)))

    # ------------------------------------------------------------------------------------ keeping up

    def _choose_model(self, connection: sqlite3.Connection) -> None:
        model = picture_model(connection)
        if model.key != self._maker.model:
            self._use(PictureRows(self._store, model))
            self._passed_over = Flags()

    def _take_in(self, connection: sqlite3.Connection, photo_ids: Sequence[int]) -> None:
        self._passed_over.set(np.array(photo_ids, np.int64), False)
        super()._take_in(connection, photo_ids)


def _rows_in(parts: Sequence[Part]) -> int:
    return sum(len(part.ids) for part in parts)


def _sum_of(part: Part) -> Floats:
    """The sum of the unit vectors of some rows, by a sample of them."""
    size = len(part.ids)
    if not size:
        return np.zeros(part.width, np.float32)
    some = np.arange(0, size, -(-size // _SAMPLE))
    total: Floats = unit(part.source.read(some)).mean(axis=0) * np.float32(size)
    return total


def _spread(items: Sequence[_Item], count: int) -> list[_Item]:
    """So many of these, from all over; all where there are fewer."""
    if len(items) <= count:
        return list(items)
    return [items[place * len(items) // count] for place in range(count)]
