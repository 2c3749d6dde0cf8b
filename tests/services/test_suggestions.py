from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blipdesk.catalog import Catalog
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchRequest, Suggestion, SuggestionKind
from blipdesk.domain.values import LibraryView
from blipdesk.services.searching import SearchService

KEYWORDS = (
    ["dog", "Golden Retriever"], ["dog", "doghouse"], ["dog"], ["Golden Gate"], ["Caf\u00e9"], ["a, b (c)"],
    ["beach"],
)  # fmt: skip
CAMERAS = ("NIKON D750", "Canon EOS R5", None)


@pytest.fixture(scope="module")
def searching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    catalog = Catalog.open(tmp_path_factory.mktemp("suggestions") / "data")
    photos = "/library/summer 2023", "/library/winter"
    catalog.import_records(
        {
            "path": f"{photos[n % 2]}/{n}.jpg",
            "caption": "a dog",
            "source": "model",
            "keywords": keywords,
            "camera": CAMERAS[n % 3],
            "lens": "50 mm",
            "taken": f"{2021 + n % 3}-07-01T10:00:00",
        }
        for n, keywords in enumerate(KEYWORDS)
    )
    yield SearchService(catalog)
    catalog.close()


def offered(searching: SearchService, text: str, limit: int = 8) -> list[Suggestion]:
    place = text.find("|")
    return searching.suggestions(text.replace("|", ""), place if place >= 0 else len(text), limit)


def said(searching: SearchService, text: str, limit: int = 8) -> list[str]:
    """The text that each suggestion makes, with the cursor in it."""
    return [f"{s.query[: s.cursor]}|{s.query[s.cursor :]}" for s in offered(searching, text, limit)]


def test_keywords_come_with_the_number_of_their_photos(searching: SearchService) -> None:
    found = offered(searching, "red do")
    assert [(s.kind, s.label, s.query, s.count) for s in found[:2]] == [
        (SuggestionKind.KEYWORD, "dog", "red keyword:dog ", 3),
        (SuggestionKind.KEYWORD, "doghouse", "red keyword:doghouse ", 1),
    ]
    assert said(searching, "retr") == ['keyword:"Golden Retriever" |']  # a word inside
    assert said(searching, "cafe") == ["keyword:Caf\u00e9 |"]
    assert said(searching, "a,") == []


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("keyword:gol", ['keyword:"Golden Gate" |', 'keyword:"Golden Retriever" |']),
        ('tag:"golden r|" sea', ['tag:"Golden Retriever"| sea']),
        ("-tag:dogh", ["-tag:doghouse |"]),
        ("tag:(bea| OR x)", ["tag:(beach| OR x)"]),
        ('tag:a', ['tag:"a, b (c)" |']),
        ("camera:ni", ['camera:"NIKON D750" |']),
        ("camera:d7", ['camera:"NIKON D750" |']),
        ("lens:", ['lens:"50 mm" |']),
        ("has:", ["has:caption |", "has:question |", "has:gps |", "has:edited |", "has:sidecar |"]),
        ("is:star", ["is:favourite |"]),
        ("type:jp", ["type:jpeg |"]),
        ("date:20", ["date:2023 |", "date:2022 |", "date:2021 |", "date:2023-07 |", "date:2022-07 |",
                     "date:2021-07 |"]),
        ("date:", ["date:2023 |", "date:2022 |", "date:2021 |", "date:2023-07 |", "date:2022-07 |",
                   "date:2021-07 |"]),
        ("date:ju", ["date:july |", 'date:"july 2023" |', 'date:"july 2022" |', 'date:"july 2021" |']),
        ("date:summer", ["date:summer |"]),
        ("date:yest", []),  # no photo is of it
        ("folder:sum", ['folder:"/library/summer 2023" |']),
        ("folder:", ["folder:/library |", 'folder:"/library/summer 2023" |', "folder:/library/winter |"]),
        ("rating:", ["rating:5 |", "rating:>=4 |", "rating:>=3 |", "rating:none |", "rating:rejected |"]),
        ("before:20", ["before:2023 |", "before:2022 |", "before:2023-07 |", "before:2022-07 |"]),
        ("asked:x", []),
        ("camra:", []),
    ],
)  # fmt: skip
def test_values_of_a_filter(searching: SearchService, typed: str, made: list[str]) -> None:
    assert said(searching, typed) == made


def test_filters_and_their_values_are_offered_for_words(searching: SearchService) -> None:
    found = offered(searching, "fol")
    assert [(s.kind, s.query, s.cursor) for s in found] == [(SuggestionKind.FILTER, "folder:", 7)]
    assert found[0].help.startswith("Photos in a folder")
    assert "is:duplicate |" in said(searching, "dupl")
    assert "has:gps |" in said(searching, "gps")
    assert 'camera:"NIKON D750" |' in said(searching, "nik")
    assert "date:2023 |" in said(searching, "2023")
    assert said(searching, "keyw|ord sea") == ["keyword:| sea"]


def test_what_is_offered_finds_what_it_says(searching: SearchService) -> None:
    for typed in (
        "do",
        "keyword:",
        "tag:a",
        "camera:",
        "lens:",
        "folder:",
        "type:jp",
        "date:20",
        "date:",
        "date:ju",
        "2022",
        "before:",
        "after:20",
    ):
        for suggestion in offered(searching, typed, 20):
            if suggestion.kind is SuggestionKind.FILTER:
                continue
            query = parse_query(suggestion.query)
            assert not query.problems and len(query.filters()) == 1, suggestion.query
            found = searching._catalog.ids(LibraryView(query=suggestion.query))
            assert len(found) >= 1
            if suggestion.count is not None:
                assert len(found) == suggestion.count


@pytest.mark.parametrize(
    ("typed", "label", "made", "count"),
    [
        ("2023", "date:2023", "date:2023 |", 2),
        ("july 2021", "date:july 2021", 'date:"july 2021" |', 3),
        ("dog in july 2021 beach", "date:july 2021", 'dog date:"july 2021"| beach', 3),
        ("from 2022", "date:from 2022", 'date:"from 2022" |', 4),
        ("2021-2022 ", "date:2021-2022", "date:2021-2022| ", 5),
        ("2021..2022", "date:2021..2022", "date:2021..2022 |", 5),
    ],
)
def test_a_date_among_the_words_is_offered_first_with_its_photos(
    searching: SearchService, typed: str, label: str, made: str, count: int
) -> None:
    first = offered(searching, typed)[0]
    assert (first.label, said(searching, typed)[0], first.count) == (label, made, count)
    assert len(searching.answer(SearchRequest(f"{label} ")).ids) == count


def test_a_date_without_photos_and_what_is_none_are_not_offered(searching: SearchService) -> None:
    for typed in (
        "2019",
        "folder:summer 2023",
        "may 2021",
        '"july 2021"',
        "camera:2021",
        "img_2021",
        "7 dogs",
    ):
        assert not any(text.lstrip("(-").startswith("date:") for text in said(searching, typed)), typed


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("red in july", ["red date:july |", 'red date:"july 2023" |', 'red date:"july 2022" |']),
        ("dog in jul", ["dog date:jul |", 'dog date:"july 2023" |', 'dog date:"july 2022" |']),
        ("dog in summ", ["dog date:summer |"]),
        ("dog (during the summ| OR sea)", ["dog (date:summer| OR sea)"]),
        ("made in 2023", ["made date:2023 |", "made date:2023-07 |"]),
        ("first summ", ["first date:summer |"]),
        ("dog in -summ", ["dog in -date:summer |"]),
        ("folder:in summ", ["folder:in date:summer |"]),
    ],
)
def test_a_date_is_offered_once_and_leaves_no_in_before_it(
    searching: SearchService, typed: str, made: list[str]
) -> None:
    assert [text for text in said(searching, typed) if "date:" in text] == made


def test_a_filter_finds_what_its_words_belong_to(searching: SearchService) -> None:
    def found(query: str) -> int:
        answer = searching.answer(SearchRequest(query, is_whole=True))
        assert not answer.problems
        return len(answer.ids)

    assert found("folder:Summer 2023") == found('folder:"summer 2023"') == 4
    assert found("folder:/library/summer 2023") == 4
    assert found("camera:canon eos r5") == found("camera:canon") == 2
    assert found("camera:canon beach") == found('camera:canon "beach"') == 0
    assert found("keyword:dogs") == found("keyword:dog") == 3  # the one, not "doghouse" too
    assert found("keyword:golden") == 2
    assert found("keyword:retrievers") == 1
    assert found("keyword:retr") == 0
    assert said(searching, "folder:summer 20") == ['folder:"/library/summer 2023" |']


def test_earlier_and_saved_searches(searching: SearchService) -> None:
    for query in ("dog at the sea", "dogs", "cat"):
        searching.note_searched(query)
    searching.save("Dogs of ours", "tag:dog is:favourite")
    assert [(s.kind, s.label) for s in offered(searching, "")] == [
        (SuggestionKind.HISTORY, "cat"),
        (SuggestionKind.HISTORY, "dogs"),
        (SuggestionKind.HISTORY, "dog at the sea"),
        (SuggestionKind.SAVED, "Dogs of ours"),
    ]
    last = offered(searching, "dog")[-2:]
    assert [(s.kind, s.query) for s in last] == [
        (SuggestionKind.SAVED, "tag:dog is:favourite"),
        (SuggestionKind.HISTORY, "dogs"),
    ]
    assert said(searching, "dog at") == ["dog at the sea|"]
    searching.clear_history()
    searching.forget("Dogs of ours")
    assert offered(searching, " ") == []


@pytest.mark.parametrize(
    "name",
    [
        "\u201cMona Lisa\u201d",
        "\u00ab\u0410\u0432\u0440\u043e\u0440\u0430\u00bb",
        "\u300c\u6771\u4eac\u300d",
        '12" vinyl',
        "Caf\u00e9 \u201eCentral\u201c",
    ],
)
def test_a_keyword_with_quotation_marks_is_found_as_it_is_offered(tmp_path: Path, name: str) -> None:
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        catalog.import_records(
            {"path": f"/library/{n}.jpg", "caption": "a dog", "keywords": keywords}
            for n, keywords in enumerate(([name], ["central"]))
        )
        searching = SearchService(catalog)
        (offer,) = (found for found in offered(searching, "keyword:") if found.label == name)
        answer = searching.answer(SearchRequest(offer.query, LibraryView()))
        assert [photo.path for photo in catalog.photos(answer.ids)] == ["/library/0.jpg"]
        assert answer.problems == ()


@given(st.text(max_size=30), st.integers(-2, 40), st.integers(0, 9))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(searching: SearchService, text: str, cursor: int, limit: int) -> None:
    found = searching.suggestions(text, cursor, limit)
    assert len(found) <= limit
    assert all(0 <= suggestion.cursor <= len(suggestion.query) for suggestion in found)


@pytest.mark.parametrize(
    "kept",
    [
        [{"name": "Trip", "query": "beach", "hue": 1}, {"name": "Old"}, {"name": None, "query": "x"}, None],
        {"name": "Trip"},
        None,
    ],
)
def test_what_another_version_kept_is_read_as_far_as_it_can_be(tmp_path: Path, kept: object) -> None:
    with closing(Catalog.open(tmp_path / "data")) as catalog:
        catalog.set_setting("saved_searches", kept)
        catalog.set_setting("search_history", [None, "beach walk", 3] if isinstance(kept, list) else kept)
        searching = SearchService(catalog)
        saved = ["Trip"] if isinstance(kept, list) else []
        assert [search.name for search in searching.saved()] == saved
        assert searching.history() == (["beach walk"] if isinstance(kept, list) else [])
        offered = {one.label for one in searching.suggestions("", 0)}
        assert offered == {*saved, *searching.history()}
        searching.save("Dogs", "dog")
        assert [search.name for search in searching.saved()] == ["Dogs", *saved]


def test_an_empty_catalog_offers_what_needs_no_photo(tmp_path: Path) -> None:
    catalog = Catalog.open(tmp_path / "data")
    searching = SearchService(catalog)
    assert said(searching, "keyword:") == said(searching, "camera:") == []
    assert f"date:{date.today().year} |" not in said(searching, "date:20")
    assert said(searching, "has:g") == ["has:gps |"]
    catalog.close()


def test_what_cannot_be_followed_narrows_nothing(searching: SearchService) -> None:
    everything = searching._catalog.ids(LibraryView())
    for query in ("date:", "has:x", "keyword: ", "date:20", "has:faces ", "(", "date:nodate"):
        for ranked in (True, False):
            answer = searching.answer(SearchRequest(query, ranked=ranked))
            assert answer.ids == everything
            assert len(answer.problems) == 1
    for query in ("???", "-", '"', "()", "*"):
        assert searching.answer(SearchRequest(query)).ids == everything
    few = searching.answer(SearchRequest("beach")).ids
    assert 0 < len(few) < len(everything)
    for query in ("has:faces beach", "beach type:mp4 ", "beach camera: ", "date:2024-13 beach"):
        assert searching.answer(SearchRequest(query, is_whole=True)).ids == few, query
