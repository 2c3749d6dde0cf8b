"""Photos with captions, and what a retrieval model sees in them."""

from __future__ import annotations

import numpy as np

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import ReadPicture
from tests.catalog.index.vector_steps import add, vector

MODEL = "blip-itm@1/retrieval"
WIDTH = 256


def embedding(text: str) -> tuple[float, ...]:
    """What the model makes of a text, and of a picture that shows it."""
    values = vector(text)[:WIDTH]
    return tuple((values / np.sqrt(values @ values)).tolist())


def show(catalog: Catalog, *photos: tuple[str, str | None]) -> list[int]:
    """A photo for each caption and what is seen in it; None: its picture was not read."""
    ids = add(catalog, *(caption for caption, _ in photos))
    for photo_id, (_, seen) in zip(ids, photos, strict=True):
        pixels = f"UPDATE photo SET pixel_hash = 'pixels {photo_id}' WHERE id = {photo_id}"
        catalog._database.write(lambda tx, pixels=pixels: tx.connection.exec_driver_sql(pixels))
        if seen is not None:
            assert catalog.pictures.keep(MODEL, [ReadPicture(f"pixels {photo_id}", embedding(seen), 0.9)])
            catalog.pictures.take_in([photo_id])
    return ids
