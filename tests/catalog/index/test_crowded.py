"""A sentence finds the photo that is meant before the many that say nearly the same as each other."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from vector_steps import add, vector

from blipdesk.catalog import Catalog
from blipdesk.catalog.index.fused import Meaning
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder

SENTENCE = "somebody crosses a river on a narrow bridge"


def mixed(**parts: float) -> NDArray[np.float32]:
    """A unit vector of so much of each of some that have little in common."""
    total = sum(
        (np.float32(share) * vector(name) for name, share in parts.items()), np.float32(0) * vector("a")
    )
    return total / np.float32(np.linalg.norm(total))


def answer(catalog: Catalog, captions: dict[str, NDArray[np.float32]], query: str) -> list[int]:
    """The photos of these captions, the oldest is 0, as a query finds them that means "query"."""
    numbers = {photo_id: number for number, photo_id in enumerate(add(catalog, *captions))}
    for photo in catalog.vectors.unread(50):
        read = {key: captions[sentence] for key, sentence in photo.sentences.items()}
        assert catalog.vectors.keep([photo.photo_id], read)
    request = SearchRequest(query, LibraryView(order=SortOrder.RELEVANCE))
    meaning = Meaning(catalog.vectors, mixed(query=1.0))
    found = catalog.search_index.answer(request, parse_query(query), meaning)
    assert found is not None
    return [numbers[photo_id] for photo_id in found.ids]


def crowd(alike: float) -> dict[str, NDArray[np.float32]]:
    """One photo with a caption of its own, and five with captions that are so much alike, a little nearer."""
    captions = {"one of its own": mixed(query=0.49, own=0.87)}
    for name in ("first", "second", "third", "fourth", "fifth"):
        captions[f"the {name} of many"] = mixed(query=0.5, many=alike, **{name: 0.87 - alike})
    return captions


@pytest.mark.parametrize(("query", "place"), [(SENTENCE, 0), ("narrow bridge", 5)])
def test_what_many_say_is_taken_back_for_a_whole_sentence(catalog: Catalog, query: str, place: int) -> None:
    assert answer(catalog, crowd(0.7), query).index(0) == place


def test_equal_captions_are_not_taken_back_for_each_others_sake(catalog: Catalog) -> None:
    assert answer(catalog, crowd(0.87), SENTENCE).index(0) == 5
