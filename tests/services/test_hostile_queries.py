from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.services.searching import SearchService

STRINGS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile_strings.json"
ORDERS = (SortOrder.RELEVANCE, SortOrder.NEWEST, SortOrder.NAME)


def content(data: Path) -> str:
    """A digest of every table, but of the settings, in which searches are remembered."""
    with sqlite3.connect(data / "catalog.db") as database:
        lines = [line for line in database.iterdump() if not line.startswith('INSERT INTO "setting"')]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def test_every_hostile_string_is_answered_and_changes_nothing(tmp_path: Path) -> None:
    if not STRINGS.exists():
        pytest.skip("shared/corpus/hostile_strings.json is not there")
    strings = json.loads(STRINGS.read_text("utf-8"))
    data = tmp_path / "data"
    catalog = Catalog.open(data)
    captions = ["a dog", "a cat and a dog", "caf\u00e9", "\u5199\u771f", "NEAR a beach"]
    catalog.import_records(
        {"path": f"/photos/{n}.jpg", "caption": text, "source": "model"} for n, text in enumerate(captions)
    )
    searching = SearchService(catalog)
    before = content(data)
    answered = 0
    for query in [*strings["search"], *strings["text"]]:
        for order in ORDERS:
            for ranked in (True, False):
                request = SearchRequest(query, LibraryView(order=order), ranked=ranked)
                answer = searching.answer(request)
                assert len(searching.explain(request, answer.ids)) == len(answer.ids) <= len(captions)
        catalog.search(query)
        searching.suggestions(query, len(query) // 2)
        searching.suggestions(query, len(query))
        searching.note_searched(query)
        answered += query in strings["search"]
    assert answered >= len(strings["search"]) == 107
    assert content(data) == before
    assert catalog.check() == []
    assert searching.history()
    catalog.close()
