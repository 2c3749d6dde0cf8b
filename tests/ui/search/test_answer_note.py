"""What is said of an answer above its photos."""

from __future__ import annotations

from dataclasses import replace

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
    assert focused.gallery.view._painter.words == ("moon",)
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
    assert note.other.text() == "“moon”?"
    note.other.click()
    qtbot.waitUntil(lambda: 0 < count(focused) < 100 and focused.browser.is_ranked)
    assert focused.search.text() == "moon"
    assert note.isHidden()
    searching.meant = {"moon 2024": (replace(meant, query="moon date:2024", count=1234),)}
    QTest.keyClicks(focused.search, " 2024")
    qtbot.waitUntil(note.isVisible)
    assert note.other.text() == "“moon date:2024”, 1,234 photos?"


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
