from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import HISTORY, LONGEST, SearchService
from tests.catalog.index.vector_steps import FakeSentences
from tests.hostile_strings import HOSTILE

STRINGS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile_strings.json"
ORDERS = (SortOrder.RELEVANCE, SortOrder.NEWEST, SortOrder.NAME)


def content(data: Path) -> str:
    """A digest of every table, but of the settings, in which searches are remembered."""
    with sqlite3.connect(data / "catalog.db") as database:
        lines = [line for line in database.iterdump() if not line.startswith('INSERT INTO "setting"')]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    captions = ["a dog", "a cat and a dog", "caf\u00e9", "\u5199\u771f", "NEAR a beach"]
    catalog.import_records(
        {"path": f"/photos/{n}.jpg", "caption": text, "source": "model"} for n, text in enumerate(captions)
    )
    return catalog


def check(catalog: Catalog, queries: Sequence[str]) -> None:
    """Every one is answered in every order, the best with reasons, and no table is another one afterwards."""
    searching = SearchService(catalog, QueryReader(FakeSentences))
    photos = set(catalog.ids(LibraryView()))
    before = content(catalog.data_dir)
    for query in queries:
        for order in ORDERS:
            for ranked in (True, False):
                request = SearchRequest(query, LibraryView(order=order), ranked=ranked)
                answer = searching.answer(request)
                assert set(answer.ids) <= photos, query
                if order is not SortOrder.RELEVANCE:
                    continue  # the same photos have the same reasons
                explained = searching.explain(request, answer.ids)
                assert [hit.photo_id for hit in explained] == list(answer.ids), query
        catalog.search(query)
        searching.suggestions(query, len(query) // 2)
        searching.suggestions(query, len(query))
        searching.note_searched(query)
    assert content(catalog.data_dir) == before
    assert catalog.check() == []
    remembered = [text for query in reversed(queries) if 0 < len(text := query.strip()) <= LONGEST]
    assert searching.history() == list(dict.fromkeys(remembered))[:HISTORY]


def test_every_hostile_string_is_answered_and_changes_nothing(catalog: Catalog) -> None:
    check(catalog, HOSTILE)


def test_the_shared_hostile_strings_too(catalog: Catalog) -> None:
    if not STRINGS.exists():
        pytest.skip("shared/corpus/hostile_strings.json is not there")
    strings = json.loads(STRINGS.read_text("utf-8"))
    assert len(strings["search"]) == 107
    check(catalog, [*strings["search"], *strings["text"]])
