"""Orders by name and by the time added: those of the database, whatever came after the base."""

from __future__ import annotations

import tempfile
from pathlib import Path

from catalog_samples import QUICK_FOLDER, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from index_steps import typed

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import changes, file_names
from blipdesk.catalog.index.views import in_order
from blipdesk.domain.values import LibraryView, SortOrder

NAMES = st.sampled_from(["a", "a.jpg", "A.JPG", "a b.jpg", "b.jpg", "b.png", "\u00e9.jpg", "\u72ac.jpg", "z"])
TIMES = st.sampled_from([-5.0, 0.0, 7.25, 7.5, 1.7e9])
WHICH = st.integers(0, 20)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(NAMES, min_size=1, max_size=6)),
        st.tuples(st.just("UPDATE photo SET name = ?, path = path || 'x' WHERE id = ?"), NAMES, WHICH),
        st.tuples(st.just("UPDATE photo SET added_at = ? WHERE id = ?"), TIMES, WHICH),
        st.tuples(st.just("UPDATE photo SET hidden = ? WHERE id = ?"), st.booleans(), WHICH),
        st.tuples(st.just("UPDATE photo SET rating = ? WHERE id = ?"), st.integers(1, 5), WHICH),
    ),
    min_size=1,
    max_size=25,
)
ORDERS = (SortOrder.NAME, SortOrder.ADDED)


def take(catalog: Catalog, number: int, what: str, *values: object) -> None:
    """One step of a catalog's life."""
    if what != "add":
        catalog._database.write(lambda tx: tx.connection.exec_driver_sql(what, values))
        return
    folder = catalog.add_folder("/photos")
    names = values[0]
    assert isinstance(names, list)
    catalog.register(folder.id, [seen(f"/photos/{number}/{n}/{name}") for n, name in enumerate(names)])


@given(STEPS, STEPS)
@settings(max_examples=60, deadline=None)
def test_each_order_is_that_of_the_database(first: list[tuple], later: list[tuple]) -> None:
    before = changes._MOST_SEGMENTS, file_names._PIECE, file_names._SAMPLED
    changes._MOST_SEGMENTS, file_names._PIECE, file_names._SAMPLED = 2, 3, 2
    try:
        with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
            catalog = Catalog.open(Path(folder) / "data")
            for number, step in enumerate(first):
                take(catalog, number, *step)
            catalog.search_index.ready()
            follow(catalog, later)
            catalog.close()
    finally:
        changes._MOST_SEGMENTS, file_names._PIECE, file_names._SAMPLED = before


def follow(catalog: Catalog, steps: list[tuple]) -> None:
    """Search after each step, and then once more in each of the states that there were."""
    known = []
    for number, step in enumerate(steps, 100):
        take(catalog, number, *step)
        for order in ORDERS:
            view = LibraryView(query="-zebra", order=order)
            ids = typed(catalog, view.query, view)
            assert ids == list(catalog.ids(view))
            state = catalog.search_index._state()
            assert state is not None
            known.append((state, order, ids))
    for state, order, ids in known:
        assert state.ids_of(in_order(state, state.alive, order)).tolist() == ids
