"""What the side bar shows beside its rows: months and days, cameras, copies."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from catalog_samples import add_photos, caption_all, database_of, result_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blipdesk.catalog import Catalog
from blipdesk.catalog.facets import _periods
from blipdesk.domain.periods import local_day
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import FileFacts, LibraryView, SortOrder, ViewKind


def with_facts(catalog: Catalog, *facts: FileFacts) -> list[int]:
    """Photos of these facts; each shows another picture."""
    ids = add_photos(catalog, *(f"/photos/{number}.jpg" for number in range(len(facts))))
    catalog.enqueue_pending("m")
    given_facts = dict(zip(ids, facts, strict=True))
    for job in catalog.claim("m", len(facts)):
        catalog.commit_captions([result_of(job, facts=given_facts[job.photo_id])])
    return ids


def taken(*days: str) -> list[FileFacts]:
    return [FileFacts(taken_at=f"{day}T12:00:00") for day in days]


def count_of(catalog: Catalog, query: str) -> int:
    request = SearchRequest(query, is_whole=True)
    return len(catalog.answer(request, parse_query(query, is_whole=True)).ids)


def test_months_and_days_are_counted(catalog: Catalog) -> None:
    with_facts(catalog, *taken("2024-07-31", "2024-08-01", "2024-07-31", "1999-12-31"))
    assert catalog.months() == [(date(1999, 12, 1), 1), (date(2024, 7, 1), 2), (date(2024, 8, 1), 1)]
    assert catalog.days() == [(date(1999, 12, 31), 1), (date(2024, 7, 31), 2), (date(2024, 8, 1), 1)]


def test_photos_of_removed_folders_are_not_counted(catalog: Catalog) -> None:
    with_facts(catalog, *taken("2024-07-31"))
    catalog.remove_folder(catalog.folders()[0].id, forget=False)
    assert catalog.months() == [] and catalog.camera_counts() == [] and not catalog.has_cameras()


def test_a_year_that_no_calendar_goes_beyond(catalog: Catalog) -> None:
    with_facts(catalog, *taken("9999-12-31", "0001-01-01"))
    assert [day.year for day, _ in catalog.months()] == [1, 9999]
    assert [day for day, _ in catalog.days()] == [date(1, 1, 1), date(9999, 12, 31)]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_a_month_has_as_many_photos_as_its_filter_finds(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        folder = catalog.add_folder("/photos").id
        from catalog_samples import seen

        edge = 1_719_792_000  # 2024-07-01, UTC: files of some hours around it, and photos of both days
        files = [seen(f"/photos/{n}.jpg", mtime=edge + (n - 6) * 7200) for n in range(12)]
        catalog.register(folder, files)
        caption_all(catalog)
        months = dict(catalog.months())
        assert sum(months.values()) == 12
        for day, count in months.items():
            assert count_of(catalog, f"date:{day:%Y-%m}") == count
    finally:
        monkeypatch.undo()
        time.tzset()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    photos=st.lists(st.tuples(st.integers(-70_000_000, 300_000_000), st.booleans()), max_size=40),
    hours=st.integers(-12, 14),
)
def test_counting_by_edges_is_counting_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, photos: list[tuple[int, bool]], hours: int
) -> None:
    import sqlite3

    sign = "-" if hours >= 0 else "+"
    patch = pytest.MonkeyPatch()
    patch.setenv("TZ", f"X{sign}{abs(hours)}")
    time.tzset()
    try:
        with sqlite3.connect(":memory:") as database:
            database.execute("CREATE TABLE photo (hidden, sort_time REAL, taken_at)")
            rows = [(seconds, "2024" if camera else None) for seconds, camera in photos]
            database.executemany("INSERT INTO photo VALUES (0, ?, ?)", rows)
            counted = {day: n for day, n in _periods(database, lambda day: day, lambda day: day) if n}
        expected: dict[date, int] = {}
        for seconds, camera in photos:
            day = local_day(seconds, camera)
            expected[day] = expected.get(day, 0) + 1
        assert counted == expected
    finally:
        patch.undo()
        time.tzset()


def test_cameras_are_counted_the_most_used_first(catalog: Catalog) -> None:
    with_facts(catalog, *(FileFacts(camera=name) for name in ("Fuji", "Canon", "Canon", None, "")))
    assert catalog.camera_counts() == [("Canon", 2), ("Fuji", 1)]
    assert catalog.has_cameras()


def copies(catalog: Catalog, *contents: str) -> list[int]:
    """Photos whose pictures are the same where these are."""
    from catalog_samples import seen

    folder = catalog.add_folder("/photos").id
    files = [seen(f"/photos/{n}.jpg", content, mtime=1000 + n) for n, content in enumerate(contents)]
    ids = catalog.register(folder, files)
    caption_all(catalog)
    return ids


def test_copies_stand_beside_each_other_where_the_first_of_them_is(catalog: Catalog) -> None:
    first, alone, second, first_again, second_again = copies(catalog, "a", "b", "c", "a", "c")
    view = LibraryView(ViewKind.DUPLICATES)
    assert list(catalog.ids(view)) == [second_again, second, first_again, first]
    oldest = LibraryView(ViewKind.DUPLICATES, order=SortOrder.OLDEST)
    assert list(catalog.ids(oldest)) == [first, first_again, second, second_again]
    assert catalog.duplicates() == 4 == count_of(catalog, "is:duplicate")
    assert alone not in catalog.ids(view)


def test_a_copy_whose_other_is_gone_is_none(catalog: Catalog) -> None:
    one, other, third = copies(catalog, "a", "a", "a")
    catalog.mark_missing([one])
    assert list(catalog.ids(LibraryView(ViewKind.DUPLICATES))) == [third, other]
    assert list(catalog.ids(LibraryView(ViewKind.MISSING))) == [one]
    catalog.mark_missing([other])
    assert catalog.duplicates() == 0 == len(catalog.ids(LibraryView(ViewKind.DUPLICATES)))


MARKED = "SELECT id FROM photo WHERE twin = 1 ORDER BY id"
TWINS = """SELECT id FROM photo WHERE pixel_hash IN (
    SELECT pixel_hash FROM photo GROUP BY pixel_hash HAVING count(*) > 1) ORDER BY id"""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sets(st.integers(1, 6)), st.sampled_from(["a", "b", None, "gone"]))))
def test_copies_are_marked_whatever_becomes_of_pictures(
    tmp_path: Path, steps: list[tuple[set[int], str | None]]
) -> None:
    if not (tmp_path / "data").exists():
        with closing(Catalog.open(tmp_path / "data")) as catalog:
            assert copies(catalog, *"abacbd") == list(range(1, 7))
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.db")) as database:
        for photo_ids, picture in steps:
            for photo_id in photo_ids:
                if picture == "gone":
                    database.execute("DELETE FROM photo WHERE id = ?", (photo_id,))
                else:
                    database.execute("UPDATE photo SET pixel_hash = ? WHERE id = ?", (picture, photo_id))
                assert database.execute(MARKED).fetchall() == database.execute(TWINS).fetchall()
        database.rollback()


def test_an_older_catalog_has_its_copies_marked(tmp_path: Path) -> None:
    database_of(tmp_path / "data", "0005").close()
    with closing(sqlite3.connect(tmp_path / "data" / "catalog.db")) as database, database:
        ids = database.execute("SELECT id FROM photo WHERE hidden = 0 AND missing = 0 LIMIT 2").fetchall()
        database.executemany("UPDATE photo SET pixel_hash = 'same' WHERE id = ?", ids)
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        assert catalog.duplicates() == len(ids) == 2


@pytest.mark.parametrize("kind", [ViewKind.DUPLICATES, ViewKind.MISSING])
def test_a_search_within_the_row_finds_what_sql_finds(catalog: Catalog, kind: ViewKind) -> None:
    one, *_ = copies(catalog, "a", "a", "b", "a")
    catalog.mark_missing([one])
    request = SearchRequest("dog", LibraryView(kind), is_whole=True)
    query = parse_query("dog", is_whole=True)
    found = catalog.search_index.answer(request, query)
    assert found is not None
    assert sorted(found.ids) == sorted(catalog.answer(request, query).ids)
    assert len(found.ids) == {ViewKind.DUPLICATES: 2, ViewKind.MISSING: 1}[kind]
