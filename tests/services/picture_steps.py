"""Photos with captions, and what a retrieval model sees in them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from blipdesk.catalog import Catalog
from blipdesk.domain.jobs import ReadPicture
from tests.catalog.index.vector_steps import add, vector

MODEL = "blip-itm@1/retrieval"
WIDTH = 256
PLAIN = ("a red car", "two cats asleep", "boats in harbour", "our old house", "snow on mountains", "lunch")
"""Captions that say what is seen."""


def embedding(text: str) -> tuple[float, ...]:
    """What the model makes of a text, and of a picture that shows it."""
    values = vector(text)[:WIDTH]
    return tuple((values / np.sqrt(values @ values)).tolist())


def blurred(text: str) -> tuple[float, ...]:
    """What a model makes of a text that was never shown anything like it, and of such a picture: anything.

    Some texts are nearer to all pictures than others are, as with the demo retriever and photos.
    """
    values = vector(text.replace(" ", "_"))[:8]
    values[0] = 3 * abs(values[0])
    return tuple((values / np.sqrt(values @ values)).tolist())


def show(
    catalog: Catalog,
    *photos: tuple[str, str | None],
    embed: Callable[[str], tuple[float, ...]] = embedding,
) -> list[int]:
    """A photo for each caption and what is seen in it; None: its picture was not read."""
    ids = add(catalog, *(caption for caption, _ in photos))
    for photo_id, (_, seen) in zip(ids, photos, strict=True):
        pixels = f"UPDATE photo SET pixel_hash = 'pixels {photo_id}' WHERE id = {photo_id}"
        catalog._database.write(lambda tx, pixels=pixels: tx.connection.exec_driver_sql(pixels))
        if seen is not None:
            assert catalog.pictures.keep(MODEL, [ReadPicture(f"pixels {photo_id}", embed(seen))])
            catalog.pictures.take_in([photo_id])
    return ids


def measure(catalog: Catalog, embed: Callable[[str], tuple[float, ...]] = embedding) -> None:
    """Put the captions to the model, as the pipeline does."""
    captioned = catalog.pictures.captioned()
    catalog.pictures.measure([photo_id for photo_id, _ in captioned], [embed(text) for _, text in captioned])
