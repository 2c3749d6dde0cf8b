"""What is said of an answer above its photos."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from whole_window import count

from blipdesk.domain.search import Suggestion, SuggestionKind


def test_a_word_taken_for_another_is_said_and_can_be_taken_as_typed(focused, qtbot):
    focused.workspace.searching.offers = []
    QTest.keyClicks(focused.search, "mooon")
    note = focused.gallery.note
    qtbot.waitUntil(lambda: note.isVisible() and 0 < count(focused) < 100)
    assert note.instead.text() == "Showing results for “moon”."
    assert note.link.text() == "Search instead for “mooon”"
    assert focused.gallery.view._painter.marks == (("moon",),)
    qtbot.waitUntil(lambda: focused.browser.is_ranked)
    note.link.click()
    qtbot.waitUntil(lambda: focused.gallery.showing_state == "No photo matches")
    assert note.instead.text() == "Showing results for “mooon”."
    assert note.link.text() == "Search instead for “moon”"
    note.link.click()
    qtbot.waitUntil(lambda: 0 < count(focused) < 100 and focused.browser.is_ranked)
    assert note.link.text() == "Search instead for “mooon”"
    note.link.click()
    qtbot.waitUntil(lambda: focused.gallery.showing_state == "No photo matches")
    QTest.keyClick(focused.search, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: focused.browser.is_ranked)
    assert note.isHidden()
    QTest.keyClicks(focused.search, "n")
    qtbot.waitUntil(note.isVisible)
    assert note.link.text() == "Search instead for “mooon”"


def test_what_was_perhaps_meant_is_asked_and_searched_for_at_a_press(focused, qtbot):
    searching, note = focused.workspace.searching, focused.gallery.note
    searching.offers = []
    meant = Suggestion(SuggestionKind.WORD, "moon", "moon", 4)
    searching.meant = {"noon": (meant,), "moon": ()}
    QTest.keyClicks(focused.search, "noon")
    qtbot.waitUntil(lambda: note.isVisible() and focused.browser.is_ranked)
    assert note.others.links[0].text() == "“moon”?"
    note.others.links[0].click()
    qtbot.waitUntil(lambda: 0 < count(focused) < 100 and focused.browser.is_ranked)
    assert focused.search.text() == "moon"
    assert note.isHidden()
    searching.meant = {"moon red": (replace(meant, query="moon keyword:red", count=1234),)}
    QTest.keyClicks(focused.search, " red")
    qtbot.waitUntil(note.isVisible)
    assert note.others.links[0].text() == "“moon keyword:red”?"


@pytest.mark.parametrize(
    ("typed", "value", "asked"),
    [
        ("2019", "2019", "photos taken in 2019? (1,234)"),
        ("red moon 2019", "2019", "“red moon” taken in 2019?"),
        ("moon july 2021", '"july 2021"', "“moon” taken in July 2021?"),
        ("moon 5 july 2021", '"5 july 2021"', "“moon” taken on 5 July 2021?"),
        ("last summer", '"last summer"', "photos taken last summer? (1,234)"),
        ("july 2021 moon", '"july 2021"', "“moon” taken in July 2021?"),
    ],
)
def test_a_date_that_was_perhaps_meant_is_said_as_people_say_it(focused, qtbot, typed, value, asked):
    searching, note = focused.workspace.searching, focused.gallery.note
    searching.offers = []
    words = value.strip('"')
    query = typed.replace(words, f"date:{value}")
    date = Suggestion(SuggestionKind.VALUE, f"date:{words}", f"{query} ", len(query) + 1, 1234, "2019-01-01")
    searching.meant = {typed: (date,)}
    QTest.keyClicks(focused.search, typed)
    qtbot.waitUntil(lambda: note.isVisible() and focused.browser.is_ranked)
    link = note.others.links[0]
    assert link.text() == asked and asked in link.accessibleName()
    assert words in link.toolTip() and ("1,234 photos" in link.toolTip()) is ("moon" not in typed)
    link.click()
    assert focused.search.text().strip() == query


def test_what_is_missing_is_said_quietly_until_it_is_put_away(focused, qtbot):
    focused.workspace.searching.missing = "Found by words alone: there is no sentence model."
    note = focused.gallery.note
    QTest.keyClicks(focused.search, "moon")
    qtbot.waitUntil(lambda: "sentence model" in note.missing.words and note.isVisible())
    focused.browser._rest.setInterval(60_000)
    QTest.keyClick(focused.search, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: focused.browser.answer is not None and not focused.browser.is_ranked)
    assert note.isVisible()  # the photos do not hop at each key
    note.missing.cross.click()
    assert note.isHidden()
    focused.browser.rank_now()
    qtbot.waitUntil(lambda: focused.browser.is_ranked)
    assert note.isHidden()


def asks(note):
    return [link.text() for link in note.others.links if link.isVisible()]


def test_all_that_was_perhaps_meant_stands_in_one_line(focused, qtbot):
    searching, note = focused.workspace.searching, focused.gallery.note
    searching.offers = []
    meant = [
        Suggestion(SuggestionKind.VALUE, "date:2024", "keyword:noon date:2024 ", 0, 12),
        Suggestion(SuggestionKind.WORD, "noon", "noon", 0),
        Suggestion(SuggestionKind.KEYWORD, "none", "keyword:none", 0, 0),
        Suggestion(SuggestionKind.KEYWORD, "moon", "keyword:moon", 0, 1),
        Suggestion(SuggestionKind.KEYWORD, "moon", "keyword:moon ", 0, 1),
        *(Suggestion(SuggestionKind.KEYWORD, "x", f"keyword:moonlit{number}", 0) for number in range(3)),
    ]
    searching.meant = {"noon": tuple(meant)}
    QTest.keyClicks(focused.search, "noon")
    qtbot.waitUntil(lambda: note.isVisible() and focused.browser.is_ranked)
    assert asks(note) == [
        "“keyword:noon” taken in 2024?",
        "“keyword:moon”, 1 photo?",
        "“keyword:moonlit0”?",
    ]
    links = note.others.links
    assert len({link.y() for link in links}) == 1
    assert all(link.width() >= link.sizeHint().width() for link in links)
    links[1].click()
    assert focused.search.text() == "keyword:moon"


def test_where_there_is_little_room_what_is_other_is_asked_about(open_window, qtbot):
    window = open_window(FakeWorkspace(100), (1000, 700))
    note = window.gallery.note
    meant = (
        Suggestion(SuggestionKind.VALUE, "date:2024", "noon date:2024 ", 0, 12),
        Suggestion(SuggestionKind.WORD, "moon", "moon 2024", 0),
        Suggestion(SuggestionKind.KEYWORD, "full moon", 'keyword:"full moon"', 0, 1),
    )
    window.workspace.searching.meant = {"noon": meant}
    QTest.keyClicks(window.top_bar.search.field, "noon")
    qtbot.waitUntil(lambda: note.isVisible() and window.browser.is_ranked)
    assert asks(note) == ["taken in 2024?", "“moon”?", "“full moon”?"]
    note.others.links[0].click()
    assert window.top_bar.search.field.text() == "noon date:2024"


@pytest.mark.parametrize("width", [1440, 1000, 860])
def test_long_queries_that_were_perhaps_meant_give_way_in_their_middle(open_window, qtbot, width):
    window = open_window(FakeWorkspace(100), (width, 700))
    long = "a very old man with a red hat and a small dog at the beach"
    queries = (f"{long} 2023", f"{long} 2024", "moon")
    meant = [Suggestion(SuggestionKind.WORD, query, query, 0, 9) for query in queries]
    window.workspace.searching.meant = {"noon": tuple(meant)}
    QTest.keyClicks(window.top_bar.search.field, "noon")
    note = window.gallery.note
    qtbot.waitUntil(lambda: note.isVisible() and window.browser.is_ranked)
    shown = [link for link in note.others.links if link.isVisible()]
    assert len(shown) == {1440: 3, 1000: 3, 860: 2}[width] and len({link.y() for link in shown}) == 1
    assert all(year in link.text() for link, year in zip(shown, ("2023", "2024", "moon"), strict=False))
    for link in shown[:2]:
        assert "…" in link.text() and f"{long} 20" in link.toolTip() and "9 photos" in link.toolTip()
        assert long in link.accessibleName()
    assert all(link.width() >= link.sizeHint().width() for link in shown)
    assert shown[-1].x() + shown[-1].width() <= note.others.width()
