"""What a query finds while it is typed and once it is whole, as the search box asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.search import SearchAnswer, SearchRequest, SuggestionKind
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService
from tests.catalog.index.vector_steps import FakeSentences

CAPTIONS = ("a red kite over the beach", "a red car", "a kitten sleeps", "a brown dog on a beach")


@pytest.fixture(scope="module")
def searching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    catalog = Catalog.open(tmp_path_factory.mktemp("queries") / "data")
    catalog.import_records(
        {
            "path": f"/photos/{n}.jpg",
            "caption": caption,
            "source": "model",
            "keywords": ["kite"] if "kite" in caption else [],
            "taken": f"{2021 + n}-07-01T10:00:00",
        }
        for n, caption in enumerate(CAPTIONS)
    )
    yield SearchService(catalog, QueryReader(FakeSentences))
    catalog.close()


def asked(searching: SearchService, query: str, **how: bool) -> SearchAnswer:
    return searching.answer(SearchRequest(query, **how))


def sure(searching: SearchService, answer: SearchAnswer) -> set[str]:
    photos = searching._catalog.photos(answer.ids[: answer.sure])
    return {photo.caption or "" for photo in photos}


@pytest.mark.parametrize("ranked", [True, False])
def test_a_single_letter_that_is_typed_is_a_beginning(searching: SearchService, ranked: bool) -> None:
    assert sure(searching, asked(searching, "k", ranked=ranked)) == {CAPTIONS[0], CAPTIONS[2]}
    assert sure(searching, asked(searching, "red k", ranked=ranked)) == {CAPTIONS[0]}
    red = asked(searching, "red", ranked=ranked)
    assert sure(searching, red) == set(CAPTIONS[:2])
    assert asked(searching, "red d", ranked=ranked).ids == red.ids  # none has both: it narrows nothing yet
    assert asked(searching, "red d", ranked=ranked).sure == red.sure
    assert len(asked(searching, "2", ranked=ranked).ids) >= 1
    assert not asked(searching, "k ", ranked=ranked).ids
    assert not asked(searching, "k", ranked=ranked, is_whole=True).ids


@pytest.mark.parametrize(
    "typed", ["/photos/2.jpg", " '/photos/2.jpg' ", '"/photos/2.jpg"', "/photos/../photos//2.jpg"]
)
def test_a_pasted_path_finds_its_photo_alone(searching: SearchService, typed: str) -> None:
    for how in ({"ranked": False}, {}, {"is_whole": True}):
        answer = asked(searching, typed, **how)
        assert (sure(searching, answer), len(answer.ids), answer.problems) == ({CAPTIONS[2]}, 1, ())


def test_a_pasted_folder_finds_what_is_in_it(searching: SearchService) -> None:
    assert asked(searching, "/photos/").total == len(CAPTIONS)
    assert sure(searching, asked(searching, "/kite/beach ")) == {CAPTIONS[0]}  # no folder: words
    assert asked(searching, "/photos/\ud800\0.jpg").ids is not None


def test_what_only_asks_for_photos_narrows_nothing(searching: SearchService) -> None:
    dog = asked(searching, "dog ", is_whole=True)
    assert sure(searching, dog) == {CAPTIONS[3]}
    for query in ("photos of a dog", "Show me pictures of dogs"):
        assert asked(searching, query, is_whole=True).ids == dog.ids


def test_a_right_word_that_no_photo_has_is_offered_for_another_and_not_rewritten(
    searching: SearchService,
) -> None:
    def meant(query: str, **how: bool) -> list[str]:
        return [suggestion.query for suggestion in asked(searching, query, **how).meant]

    answer = asked(searching, "dog on a beech ")
    assert (answer.corrections, answer.shown_query) == ((), "")
    assert [(s.kind, s.label, s.query) for s in answer.meant] == [
        (SuggestionKind.WORD, "beach", "dog on a beach ")
    ]
    assert meant("dogg at teh beech ") == ["dog at the beach "]  # the others were mended before
    assert meant("beech ", ranked=False) == []  # not at each key
    assert meant("beach ") == meant("xylophone ") == meant("-beech dog ") == meant("keyword:beech ") == []
    assert meant("people:beech ") == ["people:beach "]


def test_a_date_among_the_words_is_offered_with_its_photos(searching: SearchService) -> None:
    answer = asked(searching, "kite july 2021", is_whole=True)
    assert [(s.query, s.count) for s in answer.meant] == [('kite date:"july 2021" ', 1)]
    assert len(asked(searching, answer.meant[0].query).ids) == 1
    assert asked(searching, "kite july 2019").meant == ()


@pytest.mark.parametrize(
    ("query", "meant", "photos"),
    [
        ("red not beach", "red -beach", 1),
        ("a red thing without any kites ", "a red thing -kites ", 1),
        ("no dog", "-dog", 3),
        ("red not on the beach and no car", None, 0),  # there would be none
        ("red without unicorn", None, 0),  # no photo has it as it is
        ("beach NOT red", None, 0),
        ("not", None, 0),
        ("a dog without", None, 0),
        ('no "dog"', None, 0),
    ],
)
def test_what_is_said_not_to_be_there_is_offered_to_be_excluded(
    searching: SearchService, query: str, meant: str | None, photos: int
) -> None:
    answer = asked(searching, query)
    offered = [(offer.query, offer.count) for offer in answer.meant]
    assert offered == ([(meant, photos)] if meant is not None else [])
    if meant is not None:
        assert len(asked(searching, meant, ranked=False, is_whole=True).ids) == photos


def test_a_month_behind_in_and_a_season_long_ago_are_offered(searching: SearchService) -> None:
    def meant(query: str) -> list[tuple[str, int | None]]:
        return [(offer.query, offer.count) for offer in asked(searching, query, is_whole=True).meant]

    assert meant("kite in july") == meant("kite during july") == [("kite date:july ", 4)]
    assert meant("kite in may") == meant("kite july") == meant("kite may") == []
    assert meant("kite last summer") == [('kite date:"summer 2024" ', 1)]
    assert meant("kite last july") == [('kite date:"july 2024" ', 1)]
    assert meant("kite last winter") == meant("kite last week") == []


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("kite in july", "kite date:july"),
        ("kite in july, red", "kite date:july, red"),
        ("kite in summer on a beach", "kite date:summer on a beach"),
        ("kite in july red", None),  # as in "a dog in fall leaves", "people in summer clothing"
        ("a kite in summer dress", None),
        ("in july red", None),
        ("july 2021 kite", 'date:"july 2021" kite'),
        ("in july 2021 kite", 'date:"july 2021" kite'),
        ("last summer kite", 'date:"summer 2024" kite'),
    ],
)
def test_a_season_that_is_said_of_the_word_behind_it_is_no_date(
    searching: SearchService, query: str, meant: str | None
) -> None:
    offered = [offer.query.strip() for offer in asked(searching, query, is_whole=True).meant]
    assert offered == ([meant] if meant else [])


def test_a_keyword_that_begins_like_one_that_no_photo_has_is_named(searching: SearchService) -> None:
    answer = asked(searching, "red keyword:kit", is_whole=True)
    assert not answer.ids
    assert [(s.query, s.count) for s in answer.meant] == [("red keyword:kite ", 1)]
    assert asked(searching, "keyword:zebra", is_whole=True).meant == ()
    assert asked(searching, "keyword:kites", is_whole=True).meant == ()


@pytest.fixture(scope="module")
def travels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    catalog = Catalog.open(tmp_path_factory.mktemp("travels") / "data")
    folders = ("My Trips/Italy 2019", "My Trips/Oslo", "Family", "Family/Anna")
    catalog.import_records(
        {
            "path": f"/home/sam/Pictures/{folder}/{n}.jpg",
            "caption": "a dog at the sea" if n % 2 else "a tower",
            "source": "model",
        }
        for folder in folders
        for n in range(12)
    )
    yield SearchService(catalog, QueryReader(FakeSentences))
    catalog.close()


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("my trips", ('folder:"my trips"', 24)),
        ("My Trips ", ('folder:"My Trips"', 24)),
        ("dog my trips", ('dog folder:"my trips"', 12)),
        ("dgo my trips", ('dog folder:"my trips"', 12)),
        ("pictures", None),  # all photos are in it
        ("sam", None),
        ("oslo", None),  # the innermost folder's name is found
        ("family", None),  # as many are found
        ("trips", None),  # that is a part of its name
        ("my trips dog", None),
        ("dog -trips", None),
        ('"my trips"', None),
        ("", None),
    ],
)
def test_the_name_of_a_folder_that_holds_folders_is_offered(
    travels: SearchService, query: str, meant: tuple[str, int] | None
) -> None:
    offered = [(offer.query.strip(), offer.count) for offer in asked(travels, query).meant]
    assert offered == ([meant] if meant else [])
    for text, count in offered:
        assert len(asked(travels, text, is_whole=True).ids) == count
    assert asked(travels, query, ranked=False).meant == ()


def test_words_of_a_filter_that_cannot_be_followed_are_not_mended(searching: SearchService) -> None:
    for query in ("date:lst summr red ", "type:kyte red ", "is:bech red "):
        answer = asked(searching, query)
        assert answer.problems and not answer.corrections, query
        assert answer.ids == asked(searching, "red ").ids
