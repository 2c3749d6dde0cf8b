"""Words of other scripts that no photo has; of Chinese and Japanese ones photos with parts may fit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.search import SearchAnswer, SearchRequest
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService
from tests.catalog.index.vector_steps import add

SEA, TRAIN, MAN, TEXT = "海で泳いでいる犬", "電車の窓から見た海", "男の人が立っている", "a man in a 公園"
RUSSIAN = "Собака и Море"


@pytest.fixture(scope="module")
def searching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    catalog = Catalog.open(tmp_path_factory.mktemp("cjk") / "data")
    add(catalog, SEA, TRAIN, MAN, TEXT, RUSSIAN)
    yield SearchService(catalog, QueryReader(lambda: pytest.fail("no model is asked")))
    catalog.close()


def asked(searching: SearchService, query: str, **how: bool) -> tuple[list[str], SearchAnswer]:
    answer = searching.answer(SearchRequest(query, **how))
    captions = {photo.id: photo.caption or "" for photo in searching._catalog.photos(answer.ids)}
    return [captions[photo_id] for photo_id in answer.ids], answer


@pytest.mark.parametrize("query", ["海", "電車", "男の人", "泳いで", '"見た海"'])
def test_what_stands_in_a_caption_is_sure_and_alone(searching: SearchService, query: str) -> None:
    captions, answer = asked(searching, query)
    assert set(captions) == {text for text in (SEA, TRAIN, MAN) if query.strip('"') in text}
    assert (answer.sure, answer.missing) == (len(captions), "")


def test_words_that_a_particle_joins_are_found_apart(searching: SearchService) -> None:
    captions, answer = asked(searching, "犬と海")
    assert captions == [SEA, TRAIN]
    assert answer.sure == 0
    assert answer.missing == (
        "No photo has “犬と海” as it stands; these have a part of it."
        " The search by meaning knows English alone."
    )
    (hit, _) = searching.explain(SearchRequest("犬と海"), answer.ids)
    assert "犬" in hit.why
    assert "海" in hit.why
    assert hit.maybe
    assert asked(searching, "犬と海", ranked=False)[0] == []  # not at each key


def test_without_particles_each_character_is_a_part(searching: SearchService) -> None:
    assert asked(searching, "海犬")[0] == [SEA, TRAIN]
    assert asked(searching, "犬と海 -窓")[0] == [SEA]
    assert asked(searching, '"犬と海"')[0] == []  # meant as it stands
    assert asked(searching, "公園で泳ぐ人")[0][0] in (TEXT, SEA, MAN)


def test_where_no_photo_has_any_part_it_is_said(searching: SearchService) -> None:
    captions, answer = asked(searching, "电车")
    assert captions == []
    assert answer.missing == "No photo has “电车”. The search by meaning knows English alone."


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("강아지 ", "강아지"),
        ("שלום", "שלום"),
        ("كلب ", "كلب"),
        ("สุนัข", "สุนัข"),
        ("कुत्ता ", "कुत्ता"),
        ("собака кошка ", "кошка"),
        ("man кошка ", "кошка"),
    ],
)
def test_of_words_of_any_script_that_no_photo_has_it_is_said(
    searching: SearchService, query: str, named: str
) -> None:
    assert asked(searching, query, corrected=False)[1].missing == (
        f"No photo has “{named}”. The search by meaning knows English alone."
    )


@pytest.mark.parametrize("query", ["собака", "СОБАКА море", "соб", '"собака и море"', "keyword:кошка"])
def test_of_words_of_other_scripts_that_photos_have_nothing_is_said(
    searching: SearchService, query: str
) -> None:
    assert asked(searching, query)[1].missing == ""
