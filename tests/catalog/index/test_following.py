"""Words that stand one after the other: the same photos as a look at every text tells."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalog_samples import QUICK_FOLDER, add_photos, captioned, result_of
from hypothesis import given, settings
from hypothesis import strategies as st
from index_steps import explained, found, typed

from blipdesk.catalog import Catalog
from blipdesk.catalog.index import following
from blipdesk.domain.jobs import AnswerResult, CaptionResult
from blipdesk.domain.values import Candidate, LibraryView

WORDS = ("bead", "beam", "beard", "beach", "bench", "golden", "walrus", "at", "k12", "k125", "k1256789x")
"""Each its own stem; neighbours among the terms, common and rare ones, some with digits; none begins as the
names of the files do."""
SHARES = (40, 40, 40, 40, 40, 1, 1, 200, 4, 4, 4)


class Library:
    """A catalog and the texts of its photos; some are in the base of the index, others behind it."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.said: dict[int, list[str]] = {}
        self._draw = random.Random(7)
        self._add(*(f"/photos/{n}.jpg" for n in range(300)))
        typed(catalog, "bead")
        self._add(*(f"/photos/{n}.jpg" for n in range(300, 380)))

    def _text(self, *sizes: int) -> str:
        return " ".join(self._draw.choices(WORDS, SHARES, k=self._draw.choice(sizes)))

    def _texts(self, most: int) -> tuple[str, ...]:
        """Different ones."""
        return tuple({self._text(1, 2, 3): None for _ in range(self._draw.randint(0, most))})

    def _add(self, *paths: str) -> None:
        add_photos(self.catalog, *paths)
        self.catalog.enqueue_pending("m")
        while jobs := self.catalog.claim("m", 100):
            commits = []
            for job in jobs:
                caption, others = self._text(2, 5, 5, 5, 240, 300), self._texts(4)
                candidates = tuple(Candidate(text, text) for text in (caption, *others))
                keywords = self._texts(4)
                result = CaptionResult(caption, caption, candidates, keywords)
                commits.append(result_of(job, result=result))
                self.said[job.photo_id] = [f" {text} " for text in (caption, *others, *keywords)]
            self.catalog.commit_captions(commits)
            for job in jobs:
                if self._draw.random() < 0.3:
                    question, answer = self._text(1, 3), self._text(1, 3)
                    self.catalog.add_question(job.photo_id, question, AnswerResult(answer, "q", 1.0))
                    self.said[job.photo_id] += [f" {question} ", f" {answer} "]


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        catalog = Catalog.open(Path(folder) / "data")
        yield Library(catalog)
        catalog.close()


def standing(library: Library, phrase: list[str], prefix: bool) -> set[int]:
    """The photos in one of whose texts a phrase, or the beginning of one, stands."""
    wanted = f" {' '.join(phrase)}{'' if prefix else ' '}"
    return {photo for photo, texts in library.said.items() if any(wanted in text for text in texts)}


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    st.integers(1, 9),
    st.sampled_from((0.0, 1 / 16, 9.0)),
)
@settings(max_examples=200, deadline=None)
def test_a_phrase_and_a_beginning_of_one_find_what_a_look_at_every_text_does(
    library: Library, phrase: list[str], cut: int, few: float
) -> None:
    begun = [*phrase[:-1], phrase[-1][:cut]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(following, "_FEW", few)  # however long the lists are
        for wanted, prefix in ((phrase, False), (begun, True)):
            query = f'"{" ".join(wanted)}"' + "*" * prefix
            expected = standing(library, wanted, prefix)
            assert set(typed(library.catalog, query)) == expected, query
            assert set(library.catalog.ids(LibraryView(query=query))) == expected, query  # without the index


@pytest.fixture(params=["read at once", "followed"])
def two(request: pytest.FixtureRequest, catalog: Catalog) -> Catalog:
    """A photo that says much, and one that says nothing."""
    if request.param == "followed":
        catalog.search_index.ready()
    first, _ = captioned(catalog, "海 with boats on a beach", "nothing")
    catalog.set_user_caption(first, "dogs run. 公園の犬")
    catalog.add_keyword(first, "golden retriever")
    catalog.add_keyword(first, "summer 2019")
    catalog.add_keyword(first, "猫")
    catalog.add_question(first, "where is this", AnswerResult("in Rome", "q", 1.0))
    catalog.add_question(first, "who is it", AnswerResult("nobody", "q", 1.0))
    return catalog


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ('"dogs run"', True),
        ('"run 公園"', True),  # one text, of two sentences
        ("公園の犬", True),
        ('"犬 海"', False),  # two captions
        ("犬海", False),
        ('"beach golden"', False),  # a caption and a keyword
        ('"golden retriever"', True),
        ('"retriever summer"', False),  # two keywords
        ('"retriever sum"*', False),
        ('"2019 猫"', False),
        ("2019猫", False),
        ('"summer 20"*', True),
        ('"猫 where"', False),  # a keyword and a question
        ('"this in rome"', False),  # a question and its answer
        ('"where is this"', True),
        ('"rome who"', False),  # two questions
        ('"nobody 0"', False),  # an answer and a file's name
        ('"0 photos"', False),  # the name and the folder's
        ('-"beach golden"', None),
        ('-"golden retriever"', False),
    ],
)
def test_a_phrase_stands_in_one_text(two: Catalog, query: str, is_found: bool | None) -> None:
    first, second = sorted(two.all_photo_ids())
    expected = {first: is_found is not False, second: query.startswith("-")}
    for answer in (typed(two, query), found(two, query), two.ids(LibraryView(query=query))):
        assert {photo: photo in answer for photo in expected} == expected


def test_what_looks_like_an_end_within_a_text_is_none(catalog: Catalog) -> None:
    captions = ("a dog . a cat", "犬.猫", "fish ． birds", "a road .", ". sky")
    ids = captioned(catalog, *captions)
    for photo_id in ids:
        catalog.set_user_caption(photo_id, "holidays .")
    sentences = {text for photo in catalog.vectors.unread(50) for text in photo.sentences.values()}
    assert sentences == {"holidays.", "a dog. a cat", "fish. birds", "a road.", ". sky"}
    for query in ('"dog . a cat"', '"犬猫"', '"fish birds"'):
        for answer in (typed(catalog, query), list(catalog.ids(LibraryView(query=query)))):
            assert len(answer) == 1, query
    for query in ('"holidays a dog"', '"holidays sky"', '"road 3"'):
        for answer in (typed(catalog, query), list(catalog.ids(LibraryView(query=query)))):
            assert answer == [], query


def test_the_reasons_are_of_single_texts(two: Catalog) -> None:
    two.add_keyword(1, "beach")
    (hit,) = explained(two, '"summer 2019" OR "retriever summer"')
    assert hit.why == "keyword: summer 2019"
    (hit,) = explained(two, '"where is this" OR "this in rome"')
    assert hit.why == "question: where is this"
