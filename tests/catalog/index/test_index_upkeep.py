"""The index under doctor's eye, and under many threads at once."""

from __future__ import annotations

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import numpy as np
import pytest
from catalog_samples import add_photos, captioned, result_of
from index_steps import answer, found, typed

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import keeping, sizes
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView

MADE_ANEW = ["The search index in memory did not match the catalog, and was made anew."]


def run_sql(catalog: Catalog, *statements: str) -> None:
    """Change rows behind the triggers' back."""

    def change(tx):
        run = tx.connection.exec_driver_sql
        triggers = run(
            "SELECT name, sql FROM sqlite_master WHERE name LIKE 'search_%' AND type = 'trigger'"
        ).all()
        for name, _ in triggers:
            run(f"DROP TRIGGER {name}")
        for statement in statements:
            assert run(statement).rowcount > 0
        for _, sql in triggers:
            run(sql)

    catalog._database.write(change)


def test_an_id_that_no_photo_has_is_of_no_document(catalog: Catalog) -> None:
    ids = captioned(catalog, "a dog", "a cat")
    state = catalog.search_index._state()
    assert state is not None
    assert state.documents(np.array([ids[0], -1, -(10**6), 0, max(ids) + 1, 10**12])).tolist()[1:] == [-1] * 5


@pytest.mark.parametrize(
    ("small", "statement"),
    [
        (2, "UPDATE photo SET missing = 1 WHERE id = 2"),
        (100, "UPDATE photo_text SET search_text = 'a whale' WHERE photo_id = 2"),
        (100, "UPDATE photo SET hidden = 1 WHERE id = 2"),
        (100, "UPDATE photo SET camera = 'Leica' WHERE id = 2"),
        (100, "UPDATE photo SET name = 'z.jpg' WHERE id = 2"),
        (100, "UPDATE photo SET sort_time = 5 WHERE id = 2"),
        (100, "UPDATE photo_keyword SET shown = 0"),
        (100, "DELETE FROM photo WHERE id = 3"),
        (100, "INSERT INTO removed_keyword VALUES (2, 'dog')"),
    ],
)
def test_doctor_finds_what_the_index_missed(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, small: int, statement: str
) -> None:
    monkeypatch.setattr(sizes, "SMALL", small)
    captioned(catalog, "a dog", "a cat", "two dogs")
    catalog.add_keyword(1, "Rex")
    catalog.search_index.ready()
    assert catalog.check() == []
    run_sql(catalog, statement)
    assert catalog.check() == MADE_ANEW
    assert catalog.check() == []
    with closing(Catalog.open(catalog.data_dir, writer=False)) as reader:
        for query in ("dog", "whale", "camera:leica", "keyword:rex"):
            assert typed(catalog, query) == typed(reader, query)


def test_an_index_that_nobody_asked_is_not_made_by_a_check(catalog: Catalog) -> None:
    captioned(catalog, "a dog")
    assert catalog.check() == []
    assert catalog.search_index._keeper._state is None


def test_searches_while_captions_come(catalog: Catalog) -> None:
    """From several threads: every answer is one that held at some moment, and the last one holds."""
    ids = captioned(catalog, *(["a dog on a beach"] * 15))
    ended = threading.Event()

    def search() -> None:
        chance = random.Random(threading.get_ident())
        while not ended.is_set():
            query = chance.choice(("dog", "zebra", "-dog", "dog zebra", "run", "photos", "is:missing"))
            result = answer(catalog, query, typed=chance.random() < 0.5)
            assert len(set(result.ids)) == len(result.ids) <= len(ids) + 10

    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(search) for _ in range(4)]
        try:
            for number, photo_id in enumerate(ids):
                catalog.set_user_caption(photo_id, f"a zebra {number}")
            more = add_photos(catalog, *(f"/photos/more/{n}.jpg" for n in range(10)))
            catalog.enqueue_pending("m")
            for job in catalog.claim("m", 10):
                catalog.commit_captions([result_of(job, "running dogs")])
            catalog.mark_missing(more[:5])
            catalog.forget_missing(more[:5])
        finally:
            ended.set()
        for searching in searches:
            searching.result()
    assert set(found(catalog, "zebra")) == set(ids)
    assert set(typed(catalog, "running")) == set(more[5:])


def test_a_search_under_way_keeps_its_state(catalog: Catalog) -> None:
    captioned(catalog, "a dog", "a cat")
    before = catalog.search_index._state()
    assert before is not None
    catalog.set_user_caption(1, "a whale")
    request = SearchRequest("whale", LibraryView(), ranked=False)
    after = catalog.search_index.answer(request, parse_query("whale"))
    assert after is not None and list(after.ids) == [1]
    assert before.photos == 2 and before.size == 2


@pytest.mark.parametrize("count", [30, 130])
def test_a_search_before_the_first_caption_changes_scores_little(catalog: Catalog, count: int) -> None:
    assert found(catalog, "dog") == []
    captioned(
        catalog,
        *(f"a dog that has number {n} runs over the wet {'green ' * (n % 9)}grass" for n in range(count)),
    )
    catalog.search_index.ready()
    with closing(Catalog.open(catalog.data_dir, writer=False)) as reader:
        for query in ("dog", "green dog", "wet grass"):
            scores = answer(catalog, query).scores
            assert len(scores) > 20
            # About: what was searched last may be two thirds of them, and of these the mean length is known.
            assert list(scores) == pytest.approx(list(answer(reader, query).scores), rel=0.05), query


def test_a_base_that_was_read_earlier_is_not_put_over_a_newer_one(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread read it, and all was captioned and read anew before it could put it in place."""
    keeper = catalog.search_index._keeper
    with catalog._database.read_raw() as connection:
        earlier = keeping.read_base(connection)
    captioned(catalog, *(f"a dog {n} {'runs over the wet grass ' * (n % 9)}" for n in range(130)))
    catalog.search_index.ready()
    scores = answer(catalog, "dog").scores
    monkeypatch.setattr(keeper, "_new_base", lambda: earlier)
    keeper._keep_up()
    assert answer(catalog, "dog").scores == scores


def test_a_key_is_answered_without_what_changed_meanwhile_where_that_is_much(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database knows no "runnin", which is answered before and after."""
    monkeypatch.setattr(keeping, "_MOST_BY_KEY", 3)
    ids = captioned(catalog, *(f"{n} men are running" for n in range(6)), *["a cat"] * 6)
    assert typed(catalog, "runnin") == ids[5::-1]
    catalog.search_index._keeper._keep_up = lambda: None  # its thread is busy otherwise
    for photo_id in ids[6:]:
        catalog.set_user_caption(photo_id, "a running cat")
    assert typed(catalog, "runnin") == ids[5::-1]
    assert set(found(catalog, "runnin")) == set(ids)
    assert typed(catalog, "runnin") == ids[::-1]


def test_a_search_after_very_many_changes_is_left_to_the_database(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "_MOST", 3)
    ids = captioned(catalog, *["a cat"] * 6)
    assert len(typed(catalog, "cat")) == 6
    catalog.search_index._keeper._keep_up = lambda: None
    for photo_id in ids:
        catalog.set_user_caption(photo_id, "a dog")
    assert catalog.search_index.answer(SearchRequest("dog"), parse_query("dog")) is None
    assert len(typed(catalog, "dog")) == 6
