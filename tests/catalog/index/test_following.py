"""Words that stand one after the other: the same photos as a look at every text tells."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER, fresh_catalog
from hypothesis import given, settings
from hypothesis import strategies as st
from index_steps import captioned, typed
from vector_steps import add

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import following

WORDS = ("bead", "beam", "beard", "beach", "bench", "golden", "walrus", "at", "k12", "k125", "k1256789x")
"""Each its own stem; neighbours among the terms, common and rare ones, some with digits; none begins as the
names of the files do."""
SHARES = (40, 40, 40, 40, 40, 1, 1, 200, 4, 4, 4)


class Library:
    """A catalog and the captions of its photos; some are in the base of the index, others behind it."""

    def __init__(self, catalog: Catalog) -> None:
        draw = random.Random(7)
        sizes = (draw.choice((2, 5, 5, 5, 300)) for _ in range(380))
        texts = [" ".join(draw.choices(WORDS, SHARES, k=size)) for size in sizes]
        first, later = texts[:300], texts[300:]
        ids = captioned(catalog, *first)
        typed(catalog, "bead")
        ids += add(catalog, *later)
        self.catalog, self.said = catalog, dict(zip(ids, texts, strict=True))


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        catalog = fresh_catalog(Path(folder) / "data")
        yield Library(catalog)
        catalog.close()


def standing(text: str, phrase: list[str], prefix: bool) -> bool:
    """Whether a phrase, or the beginning of one, stands in a text."""
    return f" {' '.join(phrase)}{'' if prefix else ' '}" in f" {text} "


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.integers(1, 9),
    st.sampled_from((0.0, 1 / 16, 9.0)),
)
@settings(max_examples=300, deadline=None)
def test_a_phrase_and_a_beginning_of_one_find_what_a_look_at_every_text_does(
    library: Library, phrase: list[str], cut: int, few: float
) -> None:
    begun = [*phrase[:-1], phrase[-1][:cut]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "_FEW", few)  # however long the lists are
        for wanted, prefix in ((phrase, False), (begun, True)):
            query = f'"{" ".join(wanted)}"' + "*" * prefix
            expected = {photo for photo, text in library.said.items() if standing(text, wanted, prefix)}
            assert set(typed(library.catalog, query)) == expected, query
