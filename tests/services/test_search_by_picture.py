"""A photo is found by what it shows, where its caption does not say it; no answer waits for that."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future

import pytest

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import TextEmbedding
from blipdesk.domain.search import SearchRequest
from blipdesk.domain.values import LibraryView, SortOrder
from blipdesk.services.meaning import QueryReader
from blipdesk.services.searching import SearchService
from tests.catalog.index.vector_steps import FakeSentences
from tests.catalog.index.vector_steps import read_all as read_sentences
from tests.services.picture_steps import MODEL, PLAIN, blurred, embedding, measure, show

RELEVANT = LibraryView(order=SortOrder.RELEVANCE)


class FakeRetriever:
    """Embeds texts at once, late, or not at all."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.model = MODEL
        self.is_there = True
        self.error: ModelError | None = None
        self.sees = embedding
        self.late: list[tuple[str, Future[TextEmbedding]]] | None = None

    def embed(self, text: str) -> Future[TextEmbedding] | None:
        self.asked.append(text)
        if not self.is_there:
            return None
        future: Future[TextEmbedding] = Future()
        if self.late is not None:
            self.late.append((text, future))
        elif self.error is not None:
            future.set_exception(self.error)
        else:
            future.set_result(TextEmbedding(self.model, self.sees(text)))
        return future

    def answer_late(self) -> None:
        assert self.late is not None
        for text, future in self.late:
            if future.set_running_or_notify_cancel():
                future.set_result(TextEmbedding(self.model, self.sees(text)))
        self.late = None


@pytest.fixture
def retriever() -> FakeRetriever:
    return FakeRetriever()


@pytest.fixture
def searching(catalog: Catalog, sentences: FakeSentences, retriever: FakeRetriever) -> SearchService:
    return SearchService(catalog, QueryReader(lambda: sentences), retriever.embed)


def ranked(query: str) -> SearchRequest:
    return SearchRequest(query, RELEVANT)


def library(catalog: Catalog) -> list[int]:
    """Photos of which captions say little: (caption, what is seen)."""
    ids = show(
        catalog,
        ("a picnic in the park", "a kite over green grass"),
        ("children play", "children with a ball"),
        ("a kite at the beach", "a kite at the beach"),
        ("an evening at home", "a lamp and a chair"),
    )
    show(catalog, *((caption, caption) for caption in PLAIN))
    measure(catalog)
    read_sentences(catalog)
    return ids


def unknown_library(catalog: Catalog) -> None:
    """Photos of a kind that the model knows nothing of."""
    things = ("dog", "bus", "cake", "bridge", "crowd", "horse", "tower", "plate", "pond", "kite")
    captions = [f"a {thing} {place}" for thing in things for place in ("outside", "in town", "at dusk")]
    show(catalog, *((text, f"pixels of {text}") for text in captions), embed=blurred)
    measure(catalog, blurred)
    read_sentences(catalog)


def test_a_photo_is_found_by_the_thing_that_its_caption_does_not_name(
    catalog: Catalog, searching: SearchService
) -> None:
    picnic, _, kite, _ = library(catalog)
    answer = searching.answer(ranked("kite over grass"))
    assert set(answer.ids) == {picnic, kite}
    by_picture, by_caption = searching.explain(ranked("kite over grass"), [picnic, kite])
    assert "picture" in [reason.field for reason in by_picture.reasons]
    assert "it shows what you typed" in by_picture.why
    assert by_picture.score > 0
    assert "caption" in [reason.field for reason in by_caption.reasons]


def test_filters_and_exclusions_hold_for_what_pictures_find(
    catalog: Catalog, searching: SearchService
) -> None:
    picnic, *_ = library(catalog)
    assert picnic in searching.answer(ranked("kite over grass has:caption")).ids
    assert picnic not in searching.answer(ranked("kite over grass -picnic")).ids
    assert picnic not in searching.answer(ranked('kite over grass "children play"')).ids


def test_exact_phrases_and_keywords_lead(catalog: Catalog, searching: SearchService) -> None:
    picnic, _, kite, _ = library(catalog)
    catalog.add_keyword(kite, "over green grass")
    answer = searching.answer(ranked("over green grass"))
    assert list(answer.ids[:2]) == [kite, picnic]


def test_without_a_retrieval_model_search_is_what_it_was(
    catalog: Catalog, searching: SearchService, retriever: FakeRetriever
) -> None:
    _, _, kite, _ = library(catalog)
    retriever.is_there = False
    answer = searching.answer(ranked("kite over grass"))
    assert (list(answer.ids), answer.missing) == ([kite], "")
    retriever.is_there, retriever.error = True, ModelError("It cannot be loaded.")
    assert list(searching.answer(ranked("kite over the grass")).ids) == [kite]


def test_nobody_is_asked_where_no_picture_was_read(
    catalog: Catalog, searching: SearchService, retriever: FakeRetriever
) -> None:
    show(catalog, ("a picnic in the park", None))
    searching.answer(ranked("kite over grass"))
    searching.answer(SearchRequest("kite", RELEVANT, ranked=False))
    assert retriever.asked == []


def test_the_vectors_of_another_model_are_not_compared(
    catalog: Catalog, searching: SearchService, retriever: FakeRetriever
) -> None:
    _, _, kite, _ = library(catalog)
    retriever.model = "another@1/retrieval"
    assert list(searching.answer(ranked("kite over grass")).ids) == [kite]


def test_photos_like_one_without_words_are_found_by_their_pictures(
    catalog: Catalog, searching: SearchService
) -> None:
    kite, dog, other = show(
        catalog,
        ("", "a kite over the grass"),
        ("a dog", "a dog at home"),
        ("our picnic", "a kite over the green grass"),
        *((caption, caption) for caption in PLAIN),
    )[:3]
    measure(catalog)
    like = searching.similar(kite)
    assert (list(like.ids), like.sure) == ([kite, other], 2)
    read_sentences(catalog)
    assert list(searching.similar(dog).ids) == [dog], "captions go before pictures"


def test_a_model_that_knows_nothing_of_such_photos_finds_none_by_their_pictures(
    catalog: Catalog, searching: SearchService, retriever: FakeRetriever
) -> None:
    unknown_library(catalog)
    retriever.sees = blurred
    for query in ("giraffe", "a dog", "red car in the snow", "pizza", "a kite at dusk", "man riding a wave"):
        by_pictures = list(searching.answer(ranked(query)).ids)
        assert by_pictures == list(SearchService(catalog, searching._reader).answer(ranked(query)).ids)
    assert retriever.asked == [], "it is not even asked"
    assert not searching.could_look("giraffe")
    assert not searching.could_look("강아지")  # the model cannot read it
    bare = show(catalog, ("", "pixels"), ("", "pixels"), embed=blurred)
    assert list(searching.similar(bare[0]).ids) == [bare[0]], "the same in its eyes, which says nothing"


def test_an_answer_does_not_wait_for_a_model_that_is_busy(
    catalog: Catalog, searching: SearchService, retriever: FakeRetriever
) -> None:
    picnic, _, kite, _ = library(catalog)
    retriever.late = []
    assert list(searching.answer(ranked("kite over grass")).ids) == [kite]
    retriever.answer_late()
    assert set(searching.answer(ranked("kite over grass")).ids) == {picnic, kite}, "the next look has it"
    assert retriever.asked == ["kite over grass"]


def test_the_next_key_ends_the_wait(
    catalog: Catalog, searching: SearchService, retriever: FakeRetriever
) -> None:
    library(catalog)
    retriever.late = []
    searching.pictures.use(retriever.embed, 60.0)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(searching.answer(ranked("kite over grass"))))
    thread.start()
    end = time.monotonic() + 20
    while not retriever.asked:
        assert time.monotonic() < end, "it was never asked"
        time.sleep(0.01)
    searching.answer(SearchRequest("kite over grass at", RELEVANT, ranked=False))
    thread.join(30)
    assert not thread.is_alive()
    assert len(answers) == 1


def test_typing_has_the_model_loaded(
    catalog: Catalog, searching: SearchService, retriever: FakeRetriever
) -> None:
    library(catalog)
    for typed in ("k", "ki", "kite"):
        searching.answer(SearchRequest(typed, RELEVANT, ranked=False))
    assert len(retriever.asked) == 1
    assert "kite" not in retriever.asked, "what is half typed is not asked for"


def test_what_the_model_cannot_read_is_not_asked(
    catalog: Catalog, searching: SearchService, retriever: FakeRetriever
) -> None:
    library(catalog)
    for query in ("犬", "is:missing", "???", '"'):
        searching.answer(ranked(query))
    assert retriever.asked == []
