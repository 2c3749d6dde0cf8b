from __future__ import annotations

from catalog_samples import add_photos, caption_all, result_of, seen

from blipdesk.catalog import Catalog
from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.values import (
    FileFacts,
    FolderNode,
    FolderState,
    LibraryCounts,
    LibraryView,
    PhotoState,
    SortOrder,
    Source,
    ViewKind,
)


def ids(catalog: Catalog, kind: ViewKind = ViewKind.ALL, argument: str = "", **more: object) -> list[int]:
    return list(catalog.ids(LibraryView(kind, argument, **more)))


def test_orders(catalog: Catalog) -> None:
    old, new, middle = add_photos(catalog, "/photos/B.jpg", "/photos/c.jpg", "/photos/sub/a.jpg")
    catalog.enqueue_pending("m")
    for job in catalog.claim("m", 9):
        taken = {old: "1999-01-01T00:00:00", middle: "2003-01-01T00:00:00+02:00", new: None}[job.photo_id]
        facts = FileFacts(taken_at=taken)
        catalog.commit_captions([result_of(job, facts=facts)])
    # The third has no date: the file's counts (1970 in these tests).
    assert ids(catalog) == [middle, old, new]
    assert ids(catalog, order=SortOrder.OLDEST) == [new, old, middle]
    assert ids(catalog, order=SortOrder.NAME) == [middle, old, new]
    assert ids(catalog, order=SortOrder.ADDED) == [middle, new, old]
    assert ids(catalog, order=SortOrder.RELEVANCE) == ids(catalog)
    for order in SortOrder:
        assert list(catalog.first_ids(LibraryView(order=order), 2)) == ids(catalog, order=order)[:2]


def test_side_bar_rows(catalog: Catalog) -> None:
    one, two, three = add_photos(catalog, "/photos/a/1.jpg", "/photos/a/b/2.jpg", "/photos/ab/3.jpg")
    catalog.enqueue_pending("m", roots=["/photos/a"])
    first, second = sorted(catalog.claim("m", 2), key=lambda job: job.photo_id)
    catalog.commit_captions([result_of(first, keywords=("Dog",))])
    catalog.fail(second.id, Problem(ProblemKind.UNREADABLE, "Cut off.", "Copy it again."))
    assert ids(catalog, ViewKind.FOLDER, "/photos/a") == [two, one]
    assert ids(catalog, ViewKind.FOLDER, "/photos/a/") == [two, one]
    assert ids(catalog, ViewKind.FOLDER, "/") == [three, two, one]
    assert ids(catalog, ViewKind.KEYWORD, "dog") == [one]
    assert ids(catalog, ViewKind.KEYWORD, "cat") == []
    assert ids(catalog, ViewKind.FAILED) == [two]
    assert ids(catalog, ViewKind.RECENT) == [three, two, one]
    assert catalog.counts() == LibraryCounts(total=3, recent=3, failed=1, captioned=1, queued=0, missing=0)
    catalog.enqueue_pending("m")
    catalog.mark_missing([two])
    assert ids(catalog, ViewKind.FAILED) == []
    assert catalog.counts() == LibraryCounts(total=3, recent=3, failed=0, captioned=1, queued=1, missing=1)
    (third,) = catalog.claim("m", 1)
    catalog.fail(third.id, Problem(ProblemKind.DEGENERATE, "The model said nothing.", ""))
    assert (ids(catalog, ViewKind.FAILED), ids(catalog, ViewKind.WORDLESS)) == ([], [three])
    assert (catalog.counts().failed, catalog.counts().wordless) == (0, 1)
    catalog.set_user_caption(three, "a person's words")
    assert (ids(catalog, ViewKind.WORDLESS), catalog.counts().wordless) == ([], 0)
    (tile,), (photo,) = catalog.tiles([three]), catalog.photos([three])
    assert (tile.state, photo.state) == (PhotoState.DONE,) * 2, "the remedy was to write it"
    assert (tile.problem, photo.problem) == (None, None)
    catalog.undo_edit()
    assert (ids(catalog, ViewKind.WORDLESS), catalog.counts().wordless) == ([three], 1)
    assert catalog.tiles([three])[0].state is PhotoState.FAILED
    catalog.retry([three])
    assert ids(catalog, ViewKind.WORDLESS) == []
    catalog.set_user_caption(three, "a person's words")
    assert catalog.counts().captioned == 2
    catalog.set_user_caption(three, None)
    assert catalog.counts().captioned == 1


def test_the_tree_counts_what_lies_below(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/1.jpg", "/photos/a/b/2.jpg", "/photos/a/b/3.jpg", "/photos/Z/4.jpg")
    catalog.add_folder("/empty")
    online = FolderState.ONLINE
    b = FolderNode("/photos/a/b", "b", 2, False, online)
    a = FolderNode("/photos/a", "a", 2, False, online, (b,))
    z = FolderNode("/photos/Z", "Z", 1, False, online)
    assert catalog.folder_tree() == [
        FolderNode("/empty", "empty", 0, True, online),
        FolderNode("/photos", "photos", 4, True, online, (a, z)),
    ]


def test_a_tree_deeper_than_any_stack(catalog: Catalog) -> None:
    add_photos(catalog, "/photos/" + "d/" * 1500 + "1.jpg")
    (node,) = catalog.folder_tree()
    depth = 0
    while node.children:
        (node,) = node.children
        depth += 1
    assert (depth, node.count) == (1500, 1)


def test_top_keywords_are_those_that_views_show(catalog: Catalog) -> None:
    one, two, three = add_photos(catalog, "/photos/1.jpg", "/photos/2.jpg", "/photos/3.jpg")
    (hidden,) = add_photos(catalog, "/other/4.jpg", root="/other")
    caption_all(catalog, keywords=("dog", "sea"), facts=FileFacts(keywords=("Sea",)))
    catalog.add_keyword(one, "DOG")
    catalog.remove_keyword(two, "dog")
    catalog.add_keyword(three, "Rex")
    catalog.remove_folder(next(f.id for f in catalog.folders() if f.path == "/other"), forget=False)
    top = catalog.top_keywords()
    assert [(name.casefold(), count) for name, count in top] == [("sea", 3), ("dog", 2), ("rex", 1)]
    for name, count in top:
        assert len(ids(catalog, ViewKind.KEYWORD, name)) == count
    assert hidden not in ids(catalog, ViewKind.KEYWORD, "sea")
    assert catalog.top_keywords(1) == [("Sea", 3)]


def test_problems_are_grouped(catalog: Catalog) -> None:
    add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(3)))
    catalog.enqueue_pending("m")
    cut = Problem(ProblemKind.UNREADABLE, "Cut off.", "Copy it again.")
    big = Problem(ProblemKind.TOO_LARGE, "Too large.", "")
    for job, problem in zip(catalog.claim("m", 3), (cut, big, cut), strict=True):
        catalog.fail(job.id, problem)
    assert catalog.problems() == [(cut, 2), (big, 1)]


def test_tiles_keep_the_order_asked_for(catalog: Catalog) -> None:
    photos = add_photos(catalog, *(f"/photos/{n}.jpg" for n in range(4)))
    caption_all(catalog, "a dog")
    catalog.set_user_caption(photos[2], "Rex")
    asked = [photos[2], 999, photos[0], photos[3]]
    tiles = catalog.tiles(asked)
    assert [tile.id for tile in tiles] == [photos[2], photos[0], photos[3]]
    assert [(tile.caption, tile.source) for tile in tiles][:2] == [
        ("Rex", Source.USER),
        ("a dog", Source.MODEL),
    ]
    assert [photo.id for photo in catalog.photos(asked)] == [tile.id for tile in tiles]
    assert catalog.photo(999) is None
    assert catalog.photo_by_path("/none") is None
    assert (tiles[0].content_hash, tiles[0].width) == ("hash of /photos/2.jpg", 400)


def test_settings_are_any_json(catalog: Catalog) -> None:
    assert catalog.setting("theme", "system") == "system"
    for value in ({"a": [1, None, "\udcff"]}, "dark", 0, None):
        catalog.set_setting("theme", value)
        assert catalog.setting("theme", "system") == value


def test_every_photo_is_given_once(catalog: Catalog) -> None:
    folder = catalog.add_folder("/photos")
    expected = catalog.register(folder.id, [seen(f"/photos/{n}.jpg") for n in range(1200)])
    assert list(catalog.all_photo_ids()) == expected
