"""Chinese and Japanese: whatever stands in a caption is found, and nothing else, from one character on."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER, SHARED, captioned
from index_steps import found, typed

from blipdesk.catalog import Catalog
from blipdesk.domain.words import is_cjk

CORPUS = SHARED / "corpus" / "cjk.jsonl"
PHOTOS = 400


def corpus() -> list[str]:
    """One caption of each of some pictures, of both languages."""
    if not CORPUS.exists():
        return []
    with CORPUS.open(encoding="utf-8") as file:
        lines = list(file)
    chosen = random.Random(5).sample(lines, PHOTOS)
    return [json.loads(line)["captions"][0] for line in chosen]


@pytest.fixture(scope="module", params=["read at once", "followed"])
def library(request: pytest.FixtureRequest) -> Iterator[tuple[Catalog, dict[int, str]]]:
    captions = corpus()
    if not captions:
        pytest.skip("shared/corpus/cjk.jsonl is not there")
    with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        catalog = Catalog.open(Path(folder) / "data")
        if request.param == "followed":
            catalog.search_index.ready()
        ids = captioned(catalog, *captions)
        yield catalog, dict(zip(ids, captions, strict=True))
        catalog.close()


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_recall_and_precision_are_whole(library: tuple[Catalog, dict[int, str]], length: int) -> None:
    catalog, captions = library
    chance = random.Random(length)
    asked = 0
    while asked < 40:
        text = chance.choice(list(captions.values()))
        start = chance.randrange(max(1, len(text) - length + 1))
        query = text[start : start + length]
        if len(query) < length or not all(map(is_cjk, query)):
            continue
        asked += 1
        expected = {photo_id for photo_id, caption in captions.items() if query in caption}
        assert set(typed(catalog, query)) == expected, query
        assert set(found(catalog, query)) == expected, query
        assert set(typed(catalog, f'"{query}"')) == expected, query
        assert set(typed(catalog, f"-{query}")) == set(captions) - expected, query


def test_scripts_may_be_mixed(catalog: Catalog) -> None:
    first, second = captioned(catalog, "東京タワー Tokyo Tower at night", "犬 a dog in 東京")
    assert typed(catalog, "東京 night") == [first]
    assert typed(catalog, "東京 dog") == [second]
    assert set(typed(catalog, "東京")) == {first, second}
    assert typed(catalog, "犬dog") == [second]
    assert typed(catalog, "ＤＯＧ 東京") == [second]
