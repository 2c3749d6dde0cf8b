"""Names as Macs write them, vowel signs, letters with a stroke: what is there is found, and nothing else."""

from __future__ import annotations

import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import add_photos, captioned, photo_at
from index_steps import explained, found, typed

from blipdesk.catalog import Catalog, opening
from blipdesk.catalog.schema import REVISION
from blipdesk.domain.values import LibraryView

PUPPY, SCHOOL, JEJU = "강아지", "がっこう", "제주도 여행"
DOG, PILLOW = "कुत्ता", "तकिया"


def apart(text: str) -> str:
    """As a Mac writes it in file names."""
    return unicodedata.normalize("NFD", text)


def by_sql(catalog: Catalog, query: str) -> set[int]:
    return {hit.photo_id for hit in catalog.search(query)}


@pytest.mark.parametrize("query", [PUPPY, SCHOOL, "学校", f"{JEJU} {PUPPY}", f'"{SCHOOL}"', "été"])
@pytest.mark.parametrize("spelled", [str, apart])
def test_names_that_a_mac_took_apart(catalog: Catalog, query: str, spelled: type[str]) -> None:
    mine, _ = add_photos(
        catalog,
        apart(f"/photos/{JEJU}/{PUPPY} ガーデン{SCHOOL} 学校 été.jpg"),
        "/photos/강가/a 아지 고 かこう t.jpg",
    )
    assert found(catalog, spelled(query))[0] == mine
    assert typed(catalog, spelled(query)) == [mine]
    assert by_sql(catalog, spelled(query)) == {mine}


def test_the_place_of_a_problem_is_that_in_what_was_typed(catalog: Catalog) -> None:
    from blipdesk.domain.query import parse_query

    text = apart(f"{PUPPY} {SCHOOL} (é")
    (problem,) = parse_query(text).problems
    assert text[problem.start : problem.end] == "("


@pytest.mark.parametrize(
    ("captions", "query"),
    [
        ((DOG, PILLOW, "कित्ता"), DOG),
        (("नाय है", "नाई", "नय"), "नाय"),
        (("நாய் படம்", "நய", "நோய்"), "நாய்"),
        (("কুকুর", "ককর", "কুকর"), "কুকুর"),
        (("एक कुत्ता घर में", "घर में कुत्ती"), '"कुत्ता घर"'),
        (("नुक़्ता", "नुक्ता"), "नुक़्ता"),
        (("สุนัขบนชายหาด", "สนขบนชายหาด", "แมว"), "สุนัข"),
        (("ชายหาดกับสุนัข", "สนข", "แมว"), "สุนัข"),
        (("ຫມາ ຢູ່", "ຫມ"), "ຫມາ"),
        (("ခွေးလေး", "ခေး"), "ခွေး"),
        (("שָׁלוֹם", "של ום"), "שלום"),
        (("كِتَاب", "كت اب"), "كتاب"),
        (("كتاب", "كت اب"), "كِتَاب"),
        (("می\u200cخواهم", "می"), "میخواهم"),
    ],
)
def test_words_with_signs_are_whole(catalog: Catalog, captions: tuple[str, ...], query: str) -> None:
    first, *_ = captioned(catalog, *captions)
    assert found(catalog, query)[:1] == typed(catalog, query) == [first]
    assert by_sql(catalog, query) == {first}


def test_a_beginning_with_signs_is_found(catalog: Catalog) -> None:
    first, _ = captioned(catalog, DOG, PILLOW)
    assert typed(catalog, DOG[:4]) == [first]


def test_reasons_are_readable(catalog: Catalog) -> None:
    first, *_ = captioned(catalog, f"{DOG} สุนัข", PILLOW)
    (hit,) = explained(catalog, f"{DOG} สุนัข")[:1]
    assert (hit.photo_id, hit.why) == (first, f"caption: {DOG}, สุนัข")
    assert hit.words == (DOG, "สุนัข")


@pytest.mark.parametrize(
    ("caption", "query"),
    [
        ("Łódź", "lodz"), ("lodz", "łódź"), ("smørrebrød", "smorrebrod"),
        ("Ærø", "aero"), ("œuvre", "oeuvre"),
        ("Đà Nẵng", "da nang"), ("Straße", "strasse"), ("Reykjavík Þór", "thor"), ("ISPARTA", "ısparta"),
        ("ŁÓDŹ", "łó"),
    ],
)  # fmt: skip
def test_letters_that_people_type_otherwise(catalog: Catalog, caption: str, query: str) -> None:
    first, _ = captioned(catalog, caption, "another town")
    assert typed(catalog, query) == [first]
    assert found(catalog, query)[:1] == [first]


def test_texts_of_an_earlier_version_are_written_anew_where_they_differ(tmp_path: Path) -> None:
    data = tmp_path / "data"
    paths = [apart(f"/photos/{JEJU}/{PUPPY}.jpg"), "/photos/b.jpg", "/photos/c.jpg", "/photos/cafe\u0301.jpg"]
    with closing(Catalog.open(data)) as catalog:
        add_photos(catalog, *paths)
        ids = [photo_at(catalog, path).id for path in paths]
        texts = [f"\n\n\n\n{apart(PUPPY)}\n{apart(JEJU)}\n\n", f"{DOG}\n\n\n\nb\nphotos\n\n",
                 "a  犬  or  犬 \n\n\n\nc\nphotos\n\n", " か  ゙ っこう\n\n\n\ncafe\nphotos\n\n"]  # fmt: skip
    with closing(sqlite3.connect(data / "catalog.db")) as database, database:
        database.executemany(
            "UPDATE photo_text SET search_text = ? WHERE photo_id = ?", zip(texts, ids, strict=True)
        )
        database.execute("DELETE FROM search_change")
        database.execute("DROP VIEW photo_parted_text")  # of a later version
        database.execute("UPDATE alembic_version SET version_num = '0009'")
    opening.migrate(data / "catalog.db", "0011")
    with closing(sqlite3.connect(data / "catalog.db")) as database, database:  # the rest is there already
        database.execute("UPDATE alembic_version SET version_num = ?", (REVISION,))
    with closing(sqlite3.connect(data / "catalog.db")) as database:
        changed = {photo_id for (photo_id,) in database.execute("SELECT photo_id FROM search_change")}
    assert changed == {ids[0], ids[1], ids[3]}
    with closing(Catalog.open(data)) as catalog:
        for query, expected in (
            (PUPPY, ids[0]),
            (JEJU, ids[0]),
            (DOG, ids[1]),
            ("犬", ids[2]),
            ("が", ids[3]),
        ):
            assert by_sql(catalog, query) == {expected}
            assert found(catalog, query)[:1] == [expected]
        assert catalog.check() == []
        assert len(catalog.ids(LibraryView())) == 4


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("Straßenfest2024", "strassenfest2024"), ("Straßenfest2024", "straßenfest2024"),
        ("Straßenfest2024", "strassenfest20"), ("2024wedding", "2024weddi"), ("2024wedding", "2024wedding"),
        ("Łódź2024fotos", "lodz2024fotos"), ("हिन्दी2024", "हिन्दी2024"), ("summer2024s", "summer2024"),
    ],
)  # fmt: skip
def test_long_words_with_digits(catalog: Catalog, name: str, query: str) -> None:
    paths = [f"/photos/{name}.jpg", "/photos/strassenfete2024.jpg", "/photos/2024weddx.jpg"]
    first, *_ = add_photos(catalog, *paths, "/photos/xstrassenfest2024.jpg", "/photos/हिन्दा2024.jpg")
    assert typed(catalog, query) == [first]
    assert found(catalog, query) == [first]


def test_a_long_number_is_no_other_that_begins_so(catalog: Catalog) -> None:
    first, second = add_photos(catalog, "/photos/123456789.jpg", "/photos/1234567890.jpg")
    assert typed(catalog, "123456789 ") == [first]
    assert set(typed(catalog, "123456789")) == {first, second}
