"""What is kept of searches: no change is lost, whoever makes another at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

from blipdesk.catalog import Catalog
from blipdesk.services.searching import SearchService

TOGETHER = 8


def at_once(change: Callable[[int], None]) -> None:
    """Make numbered changes from as many threads, all of them at the same time."""
    barrier = Barrier(TOGETHER)

    def begin(number: int) -> None:
        barrier.wait()
        change(number)

    with ThreadPoolExecutor(TOGETHER) as threads:
        list(threads.map(begin, range(TOGETHER)))


def test_no_change_made_at_the_same_time_is_lost(tmp_path: Path) -> None:
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        window, other = SearchService(catalog), SearchService(catalog)
        names = [f"search {number}" for number in range(TOGETHER)]
        at_once(lambda number: (window, other)[number % 2].save(names[number], "dog"))
        assert [search.name for search in window.saved()] == names
        at_once(lambda number: window.forget(names[number]) if number % 2 else other.save("Dogs", "dog"))
        assert [search.name for search in other.saved()] == ["Dogs", *names[::2]]
        at_once(lambda number: (window, other)[number % 2].note_searched(f"dog {number}"))
        assert sorted(window.history()) == [f"dog {number}" for number in range(TOGETHER)]


def test_another_name_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        searching = SearchService(catalog)
        searching.save("dogs", "a dog")
        searching.save("boats", "a boat")
        searching.save("Dogs", "a dog", instead="dogs")
        searching.save("Ships", "a boat", instead="boats")
        assert [(search.name, search.query) for search in searching.saved()] == [
            ("Dogs", "a dog"),
            ("Ships", "a boat"),
        ]


def test_a_pasted_text_is_not_remembered(tmp_path: Path) -> None:
    """What is remembered is read with each key."""
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        searching = SearchService(catalog)
        searching.note_searched("a dog")
        searching.note_searched("dog beach " * 3000)
        assert searching.history() == ["a dog"]
        searching.note_searched("x" * 1000)
        assert len(searching.history()) == 2
