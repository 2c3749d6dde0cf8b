from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blipdesk.domain.filter_tests import (
    Flag,
    KeywordTest,
    PhotoFields,
    WordsTest,
    folded_words,
    hint_of,
    type_of,
)
from blipdesk.domain.filters import FILTERS, filter_named, filter_test, nearest_filter
from blipdesk.domain.values import Source, Sureness

TODAY = date(2024, 10, 9)
PHOTO = PhotoFields(
    folder="/home/anna/Photos (old)/2023/Caf\u00e9 & Sun\u00dfhine",
    day=date(2023, 7, 20),
    keywords=("Golden  Retriever", "Orte", "Frankreich", "Caf\u00e9"),
    camera="NIKON CORPORATION NIKON D750",
    lens="50.0 mm f/1.8",
    type="jpeg",
    source=Source.MODEL,
    sureness=Sureness.FAIR,
    questions=("what colour is the dog? brown",),
    flags=frozenset({Flag.CAPTION, Flag.GPS, Flag.FAVOURITE}),
    name="DSC_0012 Stra\u00dfe.jpg",
    rating=4,
)


@pytest.mark.parametrize(
    ("name", "value", "passes"),
    [
        ("folder", "photos", True),
        ("folder", "2023", True),
        ("folder", "anna/photos", True),
        ("folder", "cafe", True),
        ("folder", "sunsshine", True),
        ("folder", "hotos", False),  # words from their beginning
        ("folder", "anna 2023", False),  # that follow one another
        ("folder", "/home/anna", True),
        ("folder", "/home/ann", False),
        ("folder", "/HOME/ANNA/", True),
        ("folder", "/", True),
        ("folder", "C:\\Photos", False),
        ("keyword", "golden retriever", True),
        ("keyword", "golden", False),
        ("keyword", "frankreich", True),
        ("keyword", "cafe", True),
        ("camera", "nikon", True),
        ("camera", "d750", True),
        ("camera", "d7", False),
        ("camera", "d750", True),
        ("camera", "canon", False),
        ("lens", "50", True),
        ("lens", "f/1.8", True),
        ("type", "jpg", True),
        ("type", ".JPEG", True),
        ("type", "png", False),
        ("name", "0012", True),
        ("name", "dsc_0012", True),
        ("name", "c0012", False),
        ("name", "strasse", True),
        ("rating", "4", True),
        ("rating", "4 stars", True),
        ("rating", ">=4", True),
        ("rating", "3+", True),
        ("rating", ">4", False),
        ("rating", "<=3", False),
        ("rating", "3-5", True),
        ("rating", "..3", False),
        ("rating", "none", False),
        ("source", "model", True),
        ("source", "me", False),
        ("sure", "fair", True),
        ("sure", "unsure", False),
        ("has", "gps", True),
        ("has", "location", True),
        ("has", "sidecar", False),
        ("is", "favorite", True),
        ("is", "starred", True),
        ("is", "missing", False),
        ("asked", "colour", True),
        ("asked", "brown", True),
        ("asked", "dog brown", True),
        ("asked", "cat", False),
        ("date", "2023-07", True),
        ("date", "summer", True),
        ("date", "last summer", False),
        ("date", "2023-07-19..", True),
        ("date", "before 2023-07-20", False),
    ],
)
def test_whether_a_photo_passes(name: str, value: str, passes: bool) -> None:
    assert filter_test(name, value, TODAY).match(PHOTO) is passes


@pytest.mark.parametrize("name", [spec.name for spec in FILTERS])
def test_a_photo_of_which_nothing_is_known_passes_no_filter_by_chance(name: str) -> None:
    bare = PhotoFields("", date(1, 1, 1))
    spec = filter_named(name)
    assert spec is not None
    for value in [value.name for value in spec.values] or [spec.example.split(",")[0].strip('"')]:
        assert not filter_test(name, value, TODAY).match(bare)


@pytest.mark.parametrize(
    ("keyword", "keywords", "passes"),
    [
        ("golden", "golden retriever", True),
        ("Retrievers", "Golden Retriever", True),
        ("golden retriever", "our golden retrievers", True),
        ("retriever golden", "golden retriever", False),
        ("gold", "golden retriever", False),
        ("kites", "kite", True),
        ("kite", "Kites", True),
        ("box", "boxes", True),
        ("ponies", "pony", True),
        ("glas", "glass", False),
        ("-", "kite", False),
    ],
)
def test_a_keyword_that_no_photo_has_may_be_a_part_of_one(keyword: str, keywords: str, passes: bool) -> None:
    test = filter_test("keyword", keyword, TODAY)
    assert isinstance(test, KeywordTest)
    assert test.loosened().match_value(keywords) is passes


@pytest.mark.parametrize(
    ("name", "value", "fields", "passes", "passes_typed"),
    [
        ("folder", "art", {"folder": "/home/arthur"}, False, True),
        ("folder", "art", {"folder": "/home/ann/Art"}, True, True),
        ("folder", "home art", {"folder": "/home/arthur"}, False, True),
        ("folder", "holiday", {"folder": "/photos/Holidays"}, True, True),
        ("camera", "d8", {"camera": "NIKON D850"}, False, True),
        ("camera", "nikon", {"camera": "NIKON D850"}, True, True),
        ("lens", "5", {"lens": "EF 50mm f/1.8"}, False, True),
        ("lens", "50", {"lens": "EF 50mm f/1.8"}, True, True),
        ("asked", "colo", {"questions": ("What colours are there? red",)}, False, True),
        ("asked", "colour", {"questions": ("What colours are there? red",)}, True, True),
    ],
)
def test_a_value_that_is_whole_is_no_beginning(
    name: str, value: str, fields: dict[str, object], passes: bool, passes_typed: bool
) -> None:
    photo = PhotoFields(**({"folder": "", "day": TODAY} | fields))
    assert filter_test(name, value, TODAY).match(photo) is passes
    assert filter_test(name, value, TODAY, prefix=True).match(photo) is passes_typed


def test_values_that_are_still_typed() -> None:
    assert filter_test("keyword", "golden re", TODAY, prefix=True).match(PHOTO)
    assert filter_test("folder", "/home/ann", TODAY, prefix=True).match(PHOTO)
    assert not filter_test("folder", "/home/ann/", TODAY, prefix=True).match(PHOTO)
    assert filter_test("is", "f", TODAY, prefix=True).match(PHOTO)  # failed or favourite
    assert not filter_test("is", "f", TODAY, prefix=True).match(replace(PHOTO, flags=frozenset()))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("type", "docx", "type: does not know \u201cdocx\u201d. It takes jpeg, png, "),
        ("has", "", "has: does not know \u201c\u201d. It takes caption, question, gps, edited, sidecar."),
        ("rating", ">5", "rating: cannot read \u201c>5\u201d. Type for instance rating:4, rating:>=3, "),
        ("rating", "many", "rating: cannot read"),
        ("date", "someday", "date: cannot read \u201csomeday\u201d. Type for instance date:2024, date:"),
        ("folder", "!!", "folder: cannot read \u201c!!\u201d. Type for instance folder:holidays."),
        ("keyword", " ", "keyword: cannot read"),
        ("camera", "x" * 99 + "?", None),
        ("lens", "?" * 99, "lens: cannot read \u201c" + "?" * 39 + "\u2026\u201d."),
    ],
)
def test_what_a_filter_does_not_understand_is_said(name: str, value: str, words: str | None) -> None:
    spec = filter_named(name)
    assert spec is not None
    found = spec.parse(value, TODAY)
    assert isinstance(found, str) == (words is not None)
    assert words is None or str(found).startswith(words)


def test_names_and_values_mean_one_thing_each() -> None:
    names = [name for spec in FILTERS for name in (spec.name, *spec.aliases, *spec.leads)]
    assert len(names) == len(set(names))
    for spec in FILTERS:
        values = [name for value in spec.values for name in (value.name, *value.aliases)]
        assert len(values) == len(set(values)), spec.name
        assert spec.help.endswith(".")
        assert filter_named(spec.name.upper()) is spec
        first = spec.example.split(",")[0].strip('"')
        assert not isinstance(spec.parse(first, TODAY), str), spec.example


def test_the_filter_that_was_probably_meant() -> None:
    meant = {
        typed: nearest_filter(typed) for typed in ("kyeword", "Folders", "dat", "camra", "http", "c", "xyz")
    }
    assert {typed: spec.name for typed, spec in meant.items() if spec is not None} == {
        "kyeword": "keyword",
        "Folders": "folder",
        "dat": "date",
        "camra": "camera",
    }


@pytest.mark.parametrize(
    ("format_", "name", "type_"),
    [("JPEG", "a.png", "jpeg"), ("HEIF", "x", "heic"), ("RAW", "a.nef", "raw"), (None, "A.CR2", "raw"),
     (None, "a.jpe", "jpeg"), (None, "a", ""), ("XYZ", "a.jpg", "")],
)  # fmt: skip
def test_the_type_of_a_photo(format_: str | None, name: str, type_: str) -> None:
    assert type_of(format_, name) == type_


KEYWORD_WORDS = st.sampled_from(
    [
        "pony",
        "ponies",
        "box",
        "boxes",
        "bus",
        "glass",
        "glasses",
        "kites",
        "t-shirts",
        "a",
        "as",
        "in the seas",
    ]
)


@given(st.lists(KEYWORD_WORDS, min_size=1, max_size=3), st.data())
@settings(max_examples=300, deadline=None)
def test_a_keyword_that_passes_has_the_letters_that_it_is_looked_for_by(
    words: list[str], data: st.DataObject
) -> None:
    keyword = " ".join(words)
    start = data.draw(st.integers(0, len(keyword) - 1))
    part = keyword[start : data.draw(st.integers(start + 1, len(keyword)))]
    for wanted in (part, *words):
        for is_beginning in (True, False):
            test = KeywordTest(" ".join(wanted.split()), is_beginning).loosened()
            assert hint_of(test.keyword) in keyword or not test.match_folded(keyword)
            in_text = WordsTest("questions", folded_words(wanted), is_beginning)
            assert hint_of(in_text.words) in keyword or not in_text.match_value(keyword)
    assert KeywordTest(keyword).loosened().match_folded(keyword)
