"""The search box ranks by words and meaning, says why, and says what is missing."""

from __future__ import annotations

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import AnswerResult
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import FileStamp, LibraryView, SeenFile, SortOrder
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService
from tests.catalog.index.vector_steps import FakeSentences, add, read_all
from tests.pipeline.pipeline_waiting import wait_until

RELEVANT = LibraryView(order=SortOrder.RELEVANCE)


def ranked(query: str, limit: int | None = None) -> SearchRequest:
    return SearchRequest(query, RELEVANT, limit)


@pytest.fixture
def searching(catalog: Catalog, sentences: FakeSentences) -> SearchService:
    return SearchService(catalog, QueryReader(lambda: sentences))


def test_photos_that_mean_the_same_follow_those_with_the_words(
    catalog: Catalog, searching: SearchService
) -> None:
    # The fake finds captions near that share words with the query, stop words too, which words leave out.
    exact, near, _ = add(catalog, "a dog on the sand", "on the run today", "black cats sleep")
    read_all(catalog)
    answer = searching.answer(ranked("a dog on the sand"))
    assert list(answer.ids) == [exact, near]  # what is far is not shown at all
    assert list(answer.scores) == sorted(answer.scores, reverse=True)
    assert answer.sure == 1
    assert answer.missing == ""


def test_while_it_is_typed_words_alone_answer_and_the_query_is_read_where_the_typing_pauses(
    catalog: Catalog, searching: SearchService, sentences: FakeSentences
) -> None:
    exact, *_ = add(catalog, "a dog on the sand", "on the run")
    read_all(catalog)
    answer = searching.answer(SearchRequest("a dog on the sand", RELEVANT, ranked=False))
    assert list(answer.ids) == [exact]
    wait_until(lambda: sentences.given == ["a dog on the sand"])
    searching.answer(ranked("a dog on the sand"))
    assert sentences.given == ["a dog on the sand"], "one sentence, read once"


def test_a_query_that_could_not_be_read_ahead_does_not_end_the_reading_ahead(
    sentences: FakeSentences, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    encode = sentences.encode_query

    def broken(query: str) -> object:
        if query == "a dog":
            raise MemoryError
        return encode(query)

    monkeypatch.setattr(sentences, "encode_query", broken)
    reader = QueryReader(lambda: sentences)
    reader.read_ahead("a dog")
    wait_until(lambda: "could not be read ahead" in caplog.text)
    reader.read_ahead("a dog on the sand")
    wait_until(lambda: sentences.given == ["a dog on the sand"])


def test_what_queries_are_read_by_is_loaded_before_the_first_one(
    catalog: Catalog, sentences: FakeSentences
) -> None:
    made: list[FakeSentences] = []

    def make() -> FakeSentences:
        made.append(sentences)
        return sentences

    exact, *_ = add(catalog, "a dog on the sand", "on the run")
    read_all(catalog)
    searching = SearchService(catalog, QueryReader(make))
    searching.prepare()
    assert made == [sentences]
    assert searching.answer(ranked("a dog on the sand")).ids[0] == exact
    assert made == [sentences], "once"


def test_filters_and_exclusions_hold_for_what_meaning_finds(
    catalog: Catalog, searching: SearchService, sentences: FakeSentences
) -> None:
    exact, near, cat = add(catalog, "a dog on the sand", "on the run", "a cat on the sand")
    read_all(catalog)
    assert list(searching.answer(ranked("a dog on the sand -cat")).ids) == [exact, near]
    assert list(searching.answer(ranked('a dog on the "sand"')).ids) == [exact, cat]
    assert sentences.given == ["a dog on the sand"], "one sentence, read once"


def test_the_view_and_the_limit_hold(catalog: Catalog, searching: SearchService) -> None:
    add(catalog, "a dog on the sand", "on the run")
    other = catalog.add_folder("/other")
    (there,) = catalog.register(other.id, [SeenFile("/other/a.jpg", FileStamp(10, 10**9, 1), "other")])
    catalog.set_user_caption(there, "on the lake")
    read_all(catalog)
    assert len(searching.answer(ranked("a dog on the sand")).ids) == 3
    assert len(searching.answer(ranked("a dog on the sand", limit=2)).ids) == 2
    catalog.remove_folder(other.id, forget=False)
    assert there not in searching.answer(ranked("a dog on the sand")).ids


@pytest.mark.parametrize("order", [order for order in SortOrder if order is not SortOrder.RELEVANCE])
def test_every_order_has_the_same_photos_and_the_same_ones_are_sure(
    catalog: Catalog, searching: SearchService, order: SortOrder
) -> None:
    ids = add(
        catalog, "on the run", "a dog on the sand", "black cats sleep", "on the lake", "dogs and sand on a"
    )
    read_all(catalog)
    best = searching.answer(ranked("a dog on the sand"))
    answer = searching.answer(SearchRequest("a dog on the sand", LibraryView(order=order)))
    assert set(answer.ids[: answer.sure]) == set(best.ids[: best.sure]) == {ids[1], ids[4]}
    assert set(answer.ids[answer.sure :]) == set(best.ids[best.sure :]) == {ids[0], ids[3]}
    listed = [photo_id for photo_id in catalog.ids(LibraryView(order=order)) if photo_id in set(answer.ids)]
    assert list(answer.ids[: answer.sure]) == [
        photo_id for photo_id in listed if photo_id in {ids[1], ids[4]}
    ]
    hits = searching.explain(SearchRequest("a dog on the sand", LibraryView(order=order)), answer.ids)
    assert [hit.maybe for hit in hits] == [False, False, True, True]


def test_photos_with_all_the_words_are_in_the_answer_however_many_there_are(
    catalog: Catalog, searching: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blipdesk.catalog.index.index.MOST_RANKED", 4)
    ids = add(catalog, *["a dog on the sand"] * 9, "on the run", "the sand")
    read_all(catalog)
    answer = searching.answer(ranked("a dog on the sand"))
    assert sorted(answer.ids[: answer.sure]) == ids[:9]
    assert (len(answer.ids), answer.total) == (len(set(answer.ids)), len(answer.scores))
    typed = searching.answer(SearchRequest("a dog on the sand", RELEVANT, ranked=False))
    assert len(typed.ids) == answer.sure


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 10])
def test_fewer_photos_are_the_first_of_all(catalog: Catalog, searching: SearchService, limit: int) -> None:
    add(catalog, "on the sand", "a dog on the sand", "sand", "a dog", "dog on the run")
    read_all(catalog)
    whole, answer = (
        searching.answer(ranked("a dog on the sand")),
        searching.answer(ranked("a dog on the sand", limit)),
    )
    assert list(answer.ids) == list(whole.ids)[:limit]
    assert (answer.sure, answer.total) == (min(limit, whole.sure), len(whole.ids))


def test_each_hit_says_how_near_its_caption_is_or_which_other_sentence(
    catalog: Catalog, searching: SearchService
) -> None:
    exact, near, asked = add(catalog, "A dog on the sand", "On the run today", "black cats sleep")
    catalog.add_question(asked, "Is a dog on the", AnswerResult("sand", "q", 1.0))
    read_all(catalog)
    request = ranked("a dog on the sand")
    hits = {hit.photo_id: hit for hit in searching.explain(request, [exact, near, asked])}
    assert [(reason.field, reason.text) for reason in hits[exact].reasons] == [
        ("caption", "dog, sand"),
        ("meaning", ""),
    ]
    assert hits[exact].reasons[1].score == pytest.approx(1.0, abs=0.01)
    assert hits[exact].why.endswith("meaning 1.00")
    assert [(reason.field, reason.text) for reason in hits[near].reasons] == [("meaning", "")]
    assert hits[asked].reasons[-1].text == "Is a dog on the sand"
    assert (hits[exact].maybe, hits[near].maybe) == (False, True)


def test_what_is_far_in_meaning_is_no_reason(catalog: Catalog, searching: SearchService) -> None:
    (photo,) = add(catalog, "black cats sleep under old trees in gardens")
    read_all(catalog)
    (hit,) = searching.explain(ranked("cats, dogs or any other thing that is here"), [photo])
    assert [reason.field for reason in hit.reasons] == ["caption"]


@pytest.mark.parametrize("answer", ["2", "no.", "Yes"])
def test_a_number_or_a_no_does_not_make_a_photo_like_the_question(
    catalog: Catalog, searching: SearchService, answer: str
) -> None:
    asked, _ = add(catalog, "black cats sleep under old trees", "birds")
    catalog.add_question(asked, "are they on the run?", AnswerResult(answer, "q", 1.0))
    read_all(catalog)
    assert list(searching.answer(ranked("on the lake, are they")).ids) == []
    assert catalog.vectors.so_far().unread == 0


def test_what_is_not_read_yet_is_said(catalog: Catalog, searching: SearchService) -> None:
    exact, _ = add(catalog, "a dog on the sand", "on the run")
    answer = searching.answer(ranked("a dog"))
    assert list(answer.ids) == [exact], "words find it all the same"
    assert answer.missing == "The captions of 2 of 2 photos are not read by meaning yet."
    assert searching.answer(ranked("date:2024")).missing == "", "a filter needs no meaning"
    unknown = searching.answer(ranked("a 犬 at night")).missing
    assert unknown == "No photo has “犬”. The search by meaning knows English alone.", "no reading would help"
    read_all(catalog)
    assert searching.answer(ranked("a dog")).missing == ""


def test_without_the_model_words_find_and_the_remedy_is_said(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def missing() -> FakeSentences:
        tries.append(1)
        if len(tries) < 3:
            raise ModelError("The sentence model is not installed.", "Install it.")
        return FakeSentences()

    (dog,) = add(catalog, "a dog on the sand")
    read_all(catalog)
    searching = SearchService(catalog, QueryReader(missing))
    for query in ("a dog", "the sand"):
        answer = searching.answer(ranked(query))
        assert list(answer.ids) == [dog]
        assert answer.missing == "The sentence model is not installed. Install it."
    assert len(tries) == 1, "it is not looked for at every key"
    monkeypatch.setattr("blipdesk.services.meaning._TRY_AGAIN_SECONDS", -1.0)
    assert searching.answer(ranked("a dog")).missing
    assert searching.answer(ranked("a dog")).missing == ""


@pytest.mark.parametrize("query", ["犬", "犬 on the sand", "海辺", "Ω", "12", "\ud800", "-sand", "OR"])
def test_what_the_model_cannot_read_is_found_by_words(
    catalog: Catalog, searching: SearchService, sentences: FakeSentences, query: str
) -> None:
    add(catalog, "海辺の犬 on the sand", "12 Ω")
    answer = searching.answer(ranked(query))
    assert sentences.given == []
    assert len(answer.ids) <= 2


def test_photos_like_one(catalog: Catalog, searching: SearchService) -> None:
    dog, like, other, hidden = add(
        catalog, "a dog on the sand", "a dog on the snow", "black cats sleep", "a dog on the rug"
    )
    assert list(searching.similar(dog).ids) == [dog]
    assert "not read" in searching.similar(dog).missing
    read_all(catalog)
    answer = searching.similar(dog)
    assert answer.ids[0] == dog
    assert set(answer.ids) == {dog, like, hidden} and other not in answer.ids
    assert answer.sure == 3
    assert searching.similar(dog, limit=2).ids[0] == dog
    assert len(searching.similar(dog, limit=2).ids) == 2
    assert (
        searching.similar(999).missing
        == "This photo has no caption yet, by which others like it could be found."
    )


def test_photos_like_one_without_words_that_the_model_knows(
    catalog: Catalog, searching: SearchService
) -> None:
    (dog,) = add(catalog, "海辺の犬")
    assert "language" in searching.similar(dog).missing


def test_a_removed_folders_photos_are_like_none(catalog: Catalog, searching: SearchService) -> None:
    dog, like = add(catalog, "a dog on the sand", "a dog on the snow")
    other = catalog.add_folder("/other")
    files = [SeenFile(f"/other/{n}.jpg", FileStamp(10, 10**9, 1), f"other {n}") for n in range(4)]
    there = catalog.register(other.id, files)
    for photo_id in there:
        catalog.set_user_caption(photo_id, "a dog on the sand")
    read_all(catalog)
    assert set(searching.similar(dog).ids) == {dog, like, *there}
    catalog.remove_folder(other.id, forget=False)
    assert set(searching.similar(dog).ids) == {dog, like}
    assert set(searching.similar(dog, limit=2).ids) == {dog, like}, "however many of those are nearer"
