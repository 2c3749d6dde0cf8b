"""What the index in memory finds, in which order, and what it says of it."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from catalog_samples import CAPTIONS, QUICK_FOLDER, add_photos, caption_all, captioned, seen
from hypothesis import given, settings
from hypothesis import strategies as st
from index_steps import answer, explained, found, typed

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.jobs import AnswerResult
from blipdesk.domain.query import parse_query
from blipdesk.domain.search import SearchReason, SearchRequest
from blipdesk.domain.values import FileFacts, LibraryView, SortOrder, ViewKind
from tests.hostile_strings import HOSTILE, PASTED


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dog", {0, 2}),  # stems
        ("DOGS", {0, 2}),
        ("bea", {0, 3}),  # the last word as a beginning
        ("bea ", set()),  # a word that is finished
        ("runn", {0}),  # a beginning of a word, not of its stem
        ("cafe", {3}),
        ("dog -beach", {2}),
        ("-dog", {1, 3, 4, 5}),
        ('"dog running"', {0}),
        ('"running dog"', set()),
        ('"dog runn', {0}),
        ('"cat sle', {1}),
        ("train OR sofa", {1, 5}),
        ("(dog beach) OR sofa", {0, 1}),
        ("black-and-white", {5}),
        ("dog's", {0, 2}),
        ("狗", {4}),
        ("公园", {4}),
        ("园公", set()),
        ("the", {3}),  # nothing but a stop word
        ("zeppelin", set()),
        ("", set()),
        ("%", set()),
        ("photos", {0, 1, 2, 3, 4, 5}),  # the folder's name
        ("2", {2}),  # the file's name
    ],
)
def test_what_a_query_finds(library: Catalog, query: str, expected: set[int]) -> None:
    assert {photo_id - 1 for photo_id in found(library, query)} == expected
    assert {photo_id - 1 for photo_id in typed(library, query)} == expected


def test_photos_with_all_the_words_lead(library: Catalog) -> None:
    ranked = answer(library, "a dog on the beach")
    assert ranked.ids[0] == 1
    assert set(ranked.ids) == {1, 3, 4}
    assert len(ranked.scores) == 3
    assert all(0.0 < score <= 1.0 for score in ranked.scores)


def test_while_it_is_typed_photos_with_all_words_else_with_any(library: Catalog) -> None:
    assert typed(library, "dog cat") == [3]
    assert typed(library, "dog zeppelin") == [3, 1]
    assert typed(library, "-dog -cat -beach") == [6, 5]
    assert list(answer(library, "dog zeppelin", LibraryView(order=SortOrder.OLDEST)).ids) == [1, 3]


def test_a_caption_weighs_more_than_a_folder(catalog: Catalog) -> None:
    named, told = add_photos(catalog, "/photos/beach/1.jpg", "/photos/other/2.jpg")
    catalog.set_user_caption(named, "a cat")
    catalog.set_user_caption(told, "the beach on a very long and quiet evening in the north of the country")
    assert found(catalog, "beach") == [told, named]


def test_file_numbers(catalog: Catalog) -> None:
    names = ("IMG_1234", "IMG_12345", "PXL_20240715_143022123", "DSC00001", "20240715143022")
    ids = add_photos(catalog, *(f"/photos/{name}.jpg" for name in names))
    first, second, pixel, sony, phone = ids
    assert set(found(catalog, "1234 ")) == {first}
    assert set(found(catalog, "1234")) == {first, second}
    assert set(found(catalog, "IMG_1234.jpg")) == {first}
    assert set(found(catalog, "20240715")) == {pixel, phone}
    assert set(found(catalog, "20240715 ")) == {pixel}
    assert set(found(catalog, "2024071514")) == {phone}
    assert set(found(catalog, "dsc0000")) == {sony}


def test_views_and_orders(catalog: Catalog) -> None:
    one, two, three = add_photos(catalog, "/photos/one/b.jpg", "/photos/two/a.jpg", "/photos/two/c.jpg")
    catalog.enqueue_pending("m")
    jobs = {job.photo_id: job.id for job in catalog.claim("m", 3)}
    catalog.fail(jobs[three], Problem(ProblemKind.IO, "It failed.", ""))
    catalog.fail(jobs[two], Problem(ProblemKind.ENGINE, "The model failed.", ""))
    assert typed(catalog, "two", LibraryView(ViewKind.WORDLESS)) == [two]
    catalog.set_user_caption(one, "a dog")
    catalog.set_user_caption(two, "a dog")
    catalog.add_keyword(two, "Golden Retriever")
    folder = LibraryView(ViewKind.FOLDER, "/photos/two")
    assert typed(catalog, "jpg OR dog OR two", folder) == [three, two]
    assert typed(catalog, "dog", LibraryView(ViewKind.KEYWORD, "golden  retriever")) == [two]
    assert typed(catalog, "dog", LibraryView(ViewKind.RECENT)) == [two, one]
    assert typed(catalog, "two", LibraryView(ViewKind.FAILED)) == [three]
    assert typed(catalog, "two", LibraryView(ViewKind.WORDLESS)) == [], "a person captioned it"
    assert set(typed(catalog, "two is:failed", LibraryView())) == {two, three}
    assert typed(catalog, "dog", LibraryView(order=SortOrder.NAME)) == [two, one]
    assert typed(catalog, "dog", LibraryView(order=SortOrder.ADDED)) == [two, one]
    assert typed(catalog, "dog", LibraryView(order=SortOrder.OLDEST)) == [one, two]


def test_a_limit_takes_the_first(library: Catalog) -> None:
    from blipdesk.domain.query import parse_query

    for order in SortOrder:
        view = LibraryView(order=order)
        whole = answer(library, "photos", view).ids
        request = SearchRequest("photos", view, limit=2)
        assert library.search_index.answer(request, parse_query("photos")).ids == whole[:2]


# ---------------------------------------------------------------------------------------- why


def test_a_hit_says_why(catalog: Catalog) -> None:
    (photo_id,) = captioned(catalog, "two dogs at the sea")
    catalog.add_keyword(photo_id, "Rex the dog")
    catalog.add_question(photo_id, "what colour is the dog?", AnswerResult("brown", "q", 1.0))
    catalog.set_user_caption(photo_id, "holidays")
    (hit,) = explained(catalog, "dog brown sea")
    assert hit.why == "another caption: dogs, sea; keyword: dog; question: dog, brown"
    assert hit.reasons[1] == SearchReason("keyword", "dog")
    assert hit.words == ("dogs", "sea", "dog", "brown")
    (hit,) = explained(catalog, "photos")
    assert hit.why == "folder: photos"
    (hit,) = explained(catalog, "-zebra")
    assert hit.why == "without the excluded words"


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("公园", "caption: 公园"),
        ("runn", "caption: running"),
        ('"a black and white"', "caption: a black-and-white"),
        ("CAFÉ", "caption: café"),
    ],
)
def test_what_was_asked_for_is_told_as_it_stands_there(library: Catalog, query: str, why: str) -> None:
    (hit,) = explained(library, query)
    assert hit.why == why


# ---------------------------------------------------------------------------------------- following


def test_the_index_follows_every_kind_of_write(catalog: Catalog) -> None:
    first, second = add_photos(catalog, "/photos/old/a.jpg", "/photos/old/b.jpg")
    folder = catalog.folders()[0]

    def expect(query: str, *ids: int) -> None:
        assert sorted(found(catalog, query)) == sorted(ids), query
        assert sorted(typed(catalog, query)) == sorted(ids), query

    expect("old", first, second)
    caption_all(catalog, "a dog", facts=FileFacts(camera="Nikon", caption="Oma", keywords=("family",)))
    for query in ("dog", "nikon", "oma", "family"):
        expect(query, first, second)
    catalog.set_user_caption(first, "a zebra")
    expect("zebra", first)
    catalog.undo_edit()
    expect("zebra")
    catalog.add_keyword(first, "Rex")
    expect("rex", first)
    catalog.remove_keyword(first, "Rex")
    expect("rex")
    turn = catalog.add_question(second, "which animal?", AnswerResult("a giraffe", "q", 1.0))
    expect("giraffe", second)
    catalog.delete_question(turn.id)
    expect("giraffe")
    catalog.rename_tree("/photos/old", "/photos/new")
    expect("old")
    expect("new", first, second)
    photo = catalog.photo(first)
    assert photo is not None
    catalog.relocate(first, folder.id, seen("/photos/moved/c.jpg", photo.content_hash))
    expect("moved", first)
    catalog.enqueue_forced([second], "m")
    caption_all(catalog, "a horse", facts=FileFacts())
    expect("horse", second)
    catalog.import_records([{"path": "/else/d.jpg", "caption": "a whale"}])
    (whale,) = found(catalog, "whale")
    catalog.mark_missing([first])
    expect("moved", first)
    catalog.remove_folder(folder.id, forget=False)
    expect("dog OR horse OR whale", whale)
    folder = catalog.add_folder("/photos")
    expect("dog OR horse OR whale", first, second, whale)
    catalog.remove_folder(folder.id, forget=True)
    expect("dog OR horse OR whale", whale)


def test_a_reader_beside_the_writer_follows_too(catalog: Catalog) -> None:
    (photo_id,) = captioned(catalog, "a dog")
    with closing(Catalog.open(catalog.data_dir, writer=False)) as reader:
        assert found(reader, "dog") == [photo_id]
        catalog.set_user_caption(photo_id, "a zebra")
        assert found(reader, "zebra") == [photo_id]


def test_phrases_follow_what_changes(catalog: Catalog) -> None:
    first, second, third = captioned(catalog, "a red car", "a red dog in a car", "a sea of red cars")
    assert typed(catalog, '"red car" ') == [third, first]
    catalog.set_user_caption(first, "a dog")
    catalog.set_user_caption(second, "red cars, running")
    assert typed(catalog, '"red car" ') == [third, second, first]  # a candidate still
    assert typed(catalog, '"a dog" ') == [first]
    assert typed(catalog, '"cars runn') == [second]
    assert typed(catalog, "red-cars") == [third, second, first]
    (fourth,) = add_photos(catalog, "/photos/IMG_20240715143022.jpg")
    assert typed(catalog, "20240715143022 ") == [fourth]
    assert typed(catalog, "2024071514302") == [fourth]
    assert typed(catalog, "2024071514302 ") == []


@pytest.mark.parametrize("followed", [False, True])
def test_phrases_in_long_texts(catalog: Catalog, followed: bool) -> None:
    """Behind the 64th word, across it, and behind the 255th, where no place is kept."""
    words = [
        f"{'abcdefghij'[n // 100]}{'klmnopqrst'[n // 10 % 10]}{'uvwxyzabcd'[n % 10]}" for n in range(400)
    ]
    (photo_id, other) = add_photos(catalog, "/photos/1.jpg", "/photos/2.jpg")
    if followed:
        catalog.search_index.ready()
    catalog.set_user_caption(photo_id, " ".join(words))
    catalog.set_user_caption(other, " ".join(reversed(words)))
    for first, last in ((0, 3), (60, 66), (62, 65), (125, 131), (250, 258), (300, 303), (390, 400), (0, 400)):
        assert typed(catalog, f'"{" ".join(words[first:last])}"') == [photo_id], first
        assert typed(catalog, f'"{" ".join(reversed(words[first:last]))}"') == [other], first
        assert typed(catalog, f'"{" ".join(words[first : last - 1])} {words[last - 1][:2]}') == [photo_id]
    assert typed(catalog, f'"{words[0]} {words[2]}"') == []
    assert typed(catalog, f'"{words[300]} {words[302]}"') == []


def test_long_numbers_in_phrases(catalog: Catalog) -> None:
    names = ("IMG20240715143022-EDIT", "IMG20240715143023-EDIT", "IMG20240715143022-COPY")
    first, second, third = add_photos(catalog, *(f"/photos/{name}.jpg" for name in names))
    assert typed(catalog, "IMG20240715143022-EDIT.jpg") == [first]
    assert typed(catalog, "img20240715143022-") == [third, first]
    assert typed(catalog, "img20240715143022-ed") == [first]
    assert typed(catalog, "img20240715143022") == [third, first]
    assert typed(catalog, '"img20240715143023 edit"') == [second]
    assert typed(catalog, '"edit photos"') == []  # the folder's name is another text


def test_many_small_changes_stay_in_few_segments(catalog: Catalog) -> None:
    ids = captioned(catalog, *(f"a dog number{n}" for n in range(40)))
    assert found(catalog, "zebra") == []
    for number, photo_id in enumerate(ids):
        catalog.set_user_caption(photo_id, f"zebra{number} stripes")
        assert found(catalog, "stripes") == ids[number::-1]
    state = catalog.search_index._state()
    assert state is not None and len(state.later) < 12  # it depends on when the base is made anew
    assert typed(catalog, "photos") == ids[::-1]


WORDS = ("dog", "cat", "beach", "running", "red car")
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("caption"), st.integers(0, 5), st.lists(st.sampled_from(WORDS), max_size=4)),
        st.tuples(st.just("keyword"), st.integers(0, 5), st.sampled_from(WORDS)),
        st.tuples(st.just("remove"), st.integers(0, 5), st.sampled_from(WORDS)),
        st.tuples(st.just("add"), st.integers(0, 5), st.integers(0, 3000)),
        st.tuples(st.just("forget"), st.integers(0, 5), st.just(0)),
    ),
    max_size=12,
)
QUERIES = ("dog", "dog beach", "-dog", '"red car"', "run", "dog OR cat", "photos -beach", "car cat")


@given(CHANGES)
@settings(max_examples=25, deadline=None)
def test_after_any_changes_it_is_as_one_made_anew(changes: list[tuple[str, int, object]]) -> None:
    with tempfile.TemporaryDirectory(dir=QUICK_FOLDER) as folder:
        catalog = Catalog.open(Path(folder) / "data")
        ids = captioned(catalog, *(["a dog on a beach"] * 6))
        catalog.add_folder("/photos/sub")
        for kind, number, value in changes:
            photo_id = ids[number]
            if catalog.photo(photo_id) is None:
                continue
            if kind == "caption":
                catalog.set_user_caption(photo_id, " ".join(value) or None)
            elif kind == "keyword":
                catalog.add_keyword(photo_id, value)
            elif kind == "remove":
                catalog.remove_keyword(photo_id, value)
            elif kind == "add":
                catalog.register(1, [seen(f"/photos/new {value}.jpg", mtime=value)])
            else:
                catalog.mark_missing([photo_id])
                catalog.forget_missing([photo_id])
            found(catalog, "dog")
        with closing(Catalog.open(catalog.data_dir, writer=False)) as fresh:
            for query in QUERIES:
                assert typed(catalog, query) == typed(fresh, query), query
                assert sorted(found(catalog, query)) == sorted(found(fresh, query)), query
        catalog.close()


def test_hostile_strings(library: Catalog) -> None:
    for query in HOSTILE:
        assert len(typed(library, query)) <= len(CAPTIONS)
        assert len(explained(library, query)) <= len(CAPTIONS)


@pytest.mark.parametrize("joint", [",", "/", " ", ", "])
def test_of_a_long_list_the_first_words_count(catalog: Catalog, joint: str) -> None:
    first, second, _ = captioned(catalog, "a qaaz", "a qabz and a qabz", "a qlzz")
    assert set(found(catalog, joint.join(PASTED.split(",")))) == {first, second}


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_string_is_answered(library: Catalog, query: str) -> None:
    assert set(found(library, query)) <= set(range(1, len(CAPTIONS) + 1))
    assert set(typed(library, query)) <= set(range(1, len(CAPTIONS) + 1))


@pytest.mark.parametrize("query", ["dog OR -cat", "dog OR type:jpeg", '"a cat" OR source:model', "dog"])
def test_each_photo_that_is_found_says_why(library: Catalog, query: str) -> None:
    hits = explained(library, query)
    assert hits and all(hit.why for hit in hits)


def sure_of(catalog: Catalog, query: str, *, is_whole: bool = True) -> tuple[list[int], int]:
    """The photos of a query behind which Enter was pressed, and how many of them are sure."""
    parsed = parse_query(query, is_whole=is_whole)
    request = SearchRequest(query, LibraryView(order=SortOrder.RELEVANCE), is_whole=is_whole)
    answer = catalog.search_index.answer(request, parsed)
    assert answer is not None
    return list(answer.ids), answer.sure


def test_what_begins_as_a_whole_query_does_may_fit(catalog: Catalog) -> None:
    saddle, _ = captioned(catalog, "a horse with a saddle", "a dog")
    assert sure_of(catalog, "sad") == ([saddle], 0)
    assert sure_of(catalog, "sad", is_whole=False) == sure_of(catalog, "sad*") == ([saddle], 1)
    assert sure_of(catalog, "saddle") == ([saddle], 1)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("tables", 1), ("streets", 1), ("t-shirt", 1), ("black-and-white", 1), ("IMG_00415", 1), ("00415", 1),
        ("img 00415", 1), ("Summer 2025", 3),
    ],
)  # fmt: skip
def test_what_has_the_last_word_of_a_whole_query_is_sure(catalog: Catalog, query: str, count: int) -> None:
    paths = [f"/photos/Summer 2025/{name}.jpg" for name in ("IMG_00415", "b", "c")]
    texts = ("a woman in a t-shirt on a street", "a black-and-white table", "a tablet, three tablets")
    ids = add_photos(catalog, *paths)
    for photo_id, text in zip(ids, texts, strict=True):
        catalog.set_user_caption(photo_id, text)
    assert sure_of(catalog, query)[1] == sure_of(catalog, f"{query} ")[1] == count


def test_photos_with_a_phrase_are_ranked(catalog: Catalog) -> None:
    other, best, _ = captioned(
        catalog, "a red stop sign on a street corner behind a fire hydrant", "a fire hydrant", "a fire"
    )
    for query in ('"fire hydrant"', '"fire hydrant', '"fire hydrant" OR "a hydrant"', '"fire hydrant" -cat'):
        answered = answer(catalog, query)
        assert (list(answered.ids), answered.sure) == ([best, other], 2)
        assert answered.scores[0] > answered.scores[1]
    assert typed(catalog, '"fire hydrant"') == [best, other]
    assert found(catalog, '-"fire hydrant"')
