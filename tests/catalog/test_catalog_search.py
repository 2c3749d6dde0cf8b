from __future__ import annotations

import json
from datetime import date

import pytest
from catalog_samples import CAPTIONS, SHARED, add_photos, caption_all, captioned, seen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blipdesk.catalog import Catalog, search
from blipdesk.catalog.search_clauses import Wanted
from blipdesk.domain.jobs import AnswerResult
from blipdesk.domain.query import parse_query
from blipdesk.domain.values import FileFacts, LibraryView, SortOrder, ViewKind


def found(catalog: Catalog, query: str) -> list[int]:
    """Which of the captions a query finds, best first (photo ids start at 1)."""
    return [hit.photo_id - 1 for hit in catalog.search(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dog", {0, 2}),  # stems
        ("DOGS", {0, 2}),
        ("bea", {0, 3}),  # the last word as a beginning
        ("bea ", set()),  # a word that is finished
        ("cafe", {3}),
        ("dog -beach", {2}),
        ("-dog", {1, 3, 4, 5}),
        ('"dog running"', {0}),
        ('"running dog"', set()),
        ("train OR sofa", {1, 5}),
        ("black-and-white", {5}),
        ("dog's", {0, 2}),
        ("\u72d7", {4}),
        ("\u516c\u56ed", {4}),
        ("\u56ed\u516c", set()),
        ("the", {3}),  # nothing but a stop word
        ("zeppelin", set()),
        ("", set()),
        ("%", set()),
        ("photos", {0, 1, 2, 3, 4, 5}),  # the folder's name
    ],
)
def test_what_a_query_finds(library: Catalog, query: str, expected: set[int]) -> None:
    assert set(found(library, query)) == expected


def test_photos_with_all_the_words_lead(library: Catalog) -> None:
    hits = library.search("a dog on the beach")
    assert hits[0].photo_id == 1
    assert {hit.photo_id for hit in hits} == {1, 3, 4}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len(library.search("dog cat beach", limit=2)) == 2


def test_a_hit_says_why(catalog: Catalog) -> None:
    (photo_id,) = captioned(catalog, "two dogs at the sea")
    catalog.add_keyword(photo_id, "Rex the dog")
    catalog.add_question(photo_id, "what colour is the dog?", AnswerResult("brown", "q", 1.0))
    catalog.set_user_caption(photo_id, "holidays")
    (hit,) = catalog.search("dog brown sea")
    assert hit.why == "another caption: dogs, sea; keyword: dog; question: dog, brown"
    assert hit.words == ("dogs", "sea", "dog", "brown")
    (hit,) = catalog.search("photos")
    assert hit.why == "folder: photos"


def test_a_chinese_hit_says_why(library: Catalog) -> None:
    (hit,) = library.search("\u516c\u56ed")
    assert (hit.why, hit.words) == ("caption: \u516c\u56ed", ("\u516c\u56ed",))


def test_a_view_narrows_a_search(catalog: Catalog) -> None:
    one, two = add_photos(catalog, "/photos/one/a.jpg", "/photos/two/b.jpg")
    caption_all(catalog, "a dog")
    view = LibraryView(ViewKind.FOLDER, "/photos/two")
    assert [hit.photo_id for hit in catalog.search("dog", view=view)] == [two]
    assert list(catalog.ids(LibraryView(ViewKind.FOLDER, "/photos/one", "dog"))) == [one]


def test_the_gallery_shows_photos_with_all_words_else_with_any(library: Catalog) -> None:
    assert list(library.ids(LibraryView(query="dog cat"))) == [3]
    assert list(library.ids(LibraryView(query="dog zeppelin"))) == [3, 1]
    assert list(library.ids(LibraryView(query="dog zeppelin", order=SortOrder.OLDEST))) == [1, 3]
    assert library.ids(LibraryView(query="dog beach", order=SortOrder.RELEVANCE))[0] == 1
    assert list(library.ids(LibraryView(query="-dog -cat -beach"))) == [6, 5]
    assert list(library.ids(LibraryView(query="???"))) == list(library.ids(LibraryView()))
    assert len(library.ids(LibraryView(query="  "))) == 6


def test_a_common_word_gives_the_newest(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = captioned(catalog, *(["a dog"] * 20), "a dog and a zebra")
    monkeypatch.setattr(search, "GATE", 5)
    monkeypatch.setattr(search, "_NEWEST", 8)
    assert {hit.photo_id for hit in catalog.search("dog", limit=4)} < set(ids[-9:])
    assert catalog.search("dog zebra")[0].photo_id == ids[-1]
    view = LibraryView(ViewKind.FOLDER, "/photos")
    assert [hit.photo_id for hit in catalog.search("dog", limit=3, view=view)] == ids[:-4:-1]


def test_hostile_strings(library: Catalog) -> None:
    strings = SHARED / "corpus" / "hostile_strings.json"
    if not strings.exists():
        pytest.skip("shared/corpus/hostile_strings.json is not there")
    for query in json.loads(strings.read_text("utf-8"))["search"]:
        library.search(query)
        for order in (SortOrder.NEWEST, SortOrder.RELEVANCE):
            library.ids(LibraryView(query=query, order=order))


def test_hostile_texts_are_kept_and_the_index_stays_whole(catalog: Catalog) -> None:
    strings = SHARED / "corpus" / "hostile_strings.json"
    if not strings.exists():
        pytest.skip("shared/corpus/hostile_strings.json is not there")
    texts = [text for text in json.loads(strings.read_text("utf-8"))["text"] if text.strip()]
    ids = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(len(texts))))
    for photo_id, text in zip(ids, texts, strict=True):
        catalog.set_user_caption(photo_id, text)
    assert [photo.user_caption for photo in catalog.photos(ids)] == texts


# Text with a taste for what FTS5 takes for syntax.
QUERIES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ['"', "-", "*", "OR", "AND", "NOT", "NEAR(", ")", ":", "^", "+", "dog", "\x00", "\ud800"]
        ),
    ),
    max_size=12,
).map(" ".join) | st.text(max_size=60)


@given(QUERIES)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_string_is_a_query(library: Catalog, query: str) -> None:
    parsed = parse_query(query)
    # Not even FTS5 itself has anything to say against what is made of it.
    with library._database.read_raw() as raw:
        wanted = Wanted.of(raw, parsed, date.today())
        for expression in (wanted.all_words(), wanted.any_word() if wanted.soft else "", *wanted.unwanted):
            if expression:
                raw.execute("SELECT rowid FROM photo_fts WHERE photo_fts MATCH ?", (expression,)).fetchall()
    for hit in library.search(query):
        assert 1 <= hit.photo_id <= len(CAPTIONS)
    library.ids(LibraryView(query=query))


# ---------------------------------------------------------------------------------------- consistency


def test_the_index_follows_every_kind_of_write(catalog: Catalog) -> None:
    first, second = add_photos(catalog, "/photos/old/a.jpg", "/photos/old/b.jpg")
    folder = catalog.folders()[0]

    def expect(query: str, *ids: int) -> None:
        assert sorted(hit.photo_id for hit in catalog.search(query)) == sorted(ids), query
        assert catalog.check() == []

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
    catalog.remove_keyword(second, "dog")
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
    expect("oma", first)
    catalog.import_records([{"path": "/else/d.jpg", "caption": "a whale"}])
    (whale,) = [hit.photo_id for hit in catalog.search("whale")]
    catalog.mark_missing([first])
    expect("moved", first)
    catalog.remove_folder(folder.id, forget=True)
    expect("a horse OR dog OR whale", whale)
