"""The search bench: a library that can be made again, and figures from real answers."""

from __future__ import annotations

from blipdesk.services.bench_library import MadeUpLibrary
from blipdesk.services.bench_search import SearchBenchOptions, bench_search


def test_the_same_library_is_made_again() -> None:
    one, other = MadeUpLibrary(), MadeUpLibrary()
    records = list(one.records(500))
    assert records == list(other.records(500))
    assert one.queries(20) == other.queries(20)
    assert len({record["path"] for record in records}) == 500
    repeated = 1 - len({record["caption"] for record in records}) / 500
    assert 0.1 < repeated < 0.3


def test_a_small_library_is_searched_and_all_of_it_measured() -> None:
    said: list[str] = []
    report = bench_search(SearchBenchOptions(photos=1000, queries=20), said.append)
    assert report.photos == 1000 and said
    names = [row.name for row in report.times]
    assert len(names) == len(set(names)) == (6 if report.meaning else 4)
    assert all(0 < row.median_ms <= row.p95_ms for row in report.times)
    beside = [row for row in report.times if row.ratio is not None]
    assert len(beside) == 1 and beside[0].fts5_median_ms
