"""The whole window over the fake workspace: what a person sees and does."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from fake_workspace import BROKEN, ENGINE, FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSlider, QWidget
from whole_window import count

from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.values import SortOrder, ViewKind
from blipdesk.ui.chips import FilterChip
from blipdesk.ui.theme import colors

HOSTILE = '<img src="file:///etc/passwd.png"><b>x</b> & size a<b and c>d\u202e'


def test_typing_narrows_at_once_and_clearing_brings_everything_back(open_window, qtbot):
    window = open_window(FakeWorkspace(300))
    field = window.top_bar.search.field
    QTest.keyClicks(field, "sunset")
    qtbot.waitUntil(lambda: 0 < count(window) < 50)
    assert window.gallery.count.text() == f"{count(window)} photos"
    assert window.gallery.of.text() == "of 300"
    assert window.browser.view.order is SortOrder.RELEVANCE
    assert window.top_bar.order.currentText() == "Best match"
    assert window.gallery.view._painter.marks == (("sunset",),)
    window.top_bar.search.clear.click()
    qtbot.waitUntil(lambda: count(window) == 300)
    assert field.text() == "" and window.top_bar.order.currentText() == "Newest first"


def test_every_keystroke_counts_but_only_the_last_is_shown(open_window, qtbot):
    workspace = FakeWorkspace(300, latency=0.02)
    window = open_window(workspace)
    for text in ("s", "su", "sun", "moo", "moon"):
        window.top_bar.search.field.setText(text)
        qtbot.wait(5)
    qtbot.waitUntil(lambda: window.gallery.view._painter.marks == (("moon",),))
    assert all("moon" in workspace.library.photo_now(i).caption for i in window.gallery.model.ids)


def test_no_result_says_so_and_offers_the_way_back(open_window, qtbot):
    window = open_window(FakeWorkspace(100))
    window.top_bar.search.field.setText("zebra")
    qtbot.waitUntil(lambda: window.gallery.showing_state == "No photo matches")
    assert "zebra" in window.gallery.state.words.text()
    window.gallery.state.first.click()
    qtbot.waitUntil(lambda: count(window) == 100 and not window.gallery.showing_state)
    assert window.top_bar.search.field.text() == ""


def test_a_note_floats_above_whatever_the_gallery_shows(open_window, qtbot):
    window = open_window(FakeWorkspace(60))
    window.top_bar.search.field.setText("zebra")
    qtbot.waitUntil(lambda: bool(window.gallery.showing_state))
    window.show_toast("Watching Pictures")
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: not window.gallery.showing_state)
    middle = window.toast.mapTo(window, window.toast.rect().center())
    hit = window.childAt(middle)
    assert hit is window.toast or window.toast.isAncestorOf(hit)


def test_reviewing_goes_from_one_photo_to_the_next(open_window, qtbot):
    window = open_window(FakeWorkspace(100))
    qtbot.waitUntil(lambda: "5 photos" in window.side_bar.rows[3].accessibleName())
    window.side_bar.rows[3].click()
    qtbot.waitUntil(lambda: count(window) == 5)
    window.gallery.view.select_row(0)
    qtbot.waitUntil(lambda: window.pane.photo_id == 7 and window.pane.page.caption.review.isVisible())
    window.pane.page.caption.review.button.click()
    qtbot.waitUntil(lambda: count(window) == 4 and window.pane.photo_id == 30)
    window.gallery.view.select_row(3)
    qtbot.waitUntil(lambda: window.pane.photo_id == 99 and window.pane.page.caption.review.isVisible())
    window.pane.page.caption.review.button.click()
    qtbot.waitUntil(lambda: count(window) == 3 and window.pane.photo_id == 76)
    window.pane.undo()
    qtbot.waitUntil(lambda: count(window) == 4)


def test_nothing_to_review_is_said(open_window, qtbot):
    window = open_window(FakeWorkspace(5))
    window.side_bar.rows[3].click()
    qtbot.waitUntil(lambda: window.gallery.showing_state == "Nothing to review")


def test_filters_stay_readable_in_a_narrow_window(open_window, qtbot):
    window = open_window(FakeWorkspace(60), (860, 560))
    bar, long = window.gallery.filters, "hot air balloons flying over the old town"
    window.browser.show_row(ViewKind.KEYWORD, long)
    qtbot.waitUntil(lambda: len(bar.chips) == 1 and bar.chips[0].isVisible())
    assert bar.chips[0].fitting_words().startswith("hot air ")
    qtbot.waitUntil(window.gallery.of.isVisible)
    for name in ("red balloon", "beach", "Summer 2025", "ill", "WWW"):
        chip = FilterChip("tag", name)
        chip.resize(chip.sizeHint())
        assert chip.fitting_words() == name


@pytest.mark.parametrize("width", [876, 1000, 1100, 1280])
def test_the_buttons_over_what_could_not_be_read_are_whole_in_a_narrow_window(open_window, qtbot, width):
    window = open_window(FakeWorkspace(300), (width, 700))
    gallery = window.gallery
    window.browser.show_row(ViewKind.FAILED)
    qtbot.waitUntil(lambda: count(window) == 10 and gallery.retry.isVisible())
    for button in (gallery.reasons, gallery.retry):
        qtbot.waitUntil(lambda b=button: b.width() >= b.sizeHint().width())
        assert gallery.rect().contains(button.mapTo(gallery, button.rect().bottomRight()))
        assert button.toolTip()
    if width >= 1000:
        (chip,) = gallery.filters.chips
        qtbot.waitUntil(lambda: chip.fitting_words() == "Could not read")
    assert bool(gallery.retry.text()) == (width == 1280)


@pytest.mark.parametrize("width", [960, 1440])
def test_what_acts_on_the_selection_stands_beside_the_first_filters_and_leaves_them_room(
    open_window, qtbot, width
):
    window = open_window(FakeWorkspace(300), (width, 700))
    gallery = window.gallery
    window.top_bar.search.field.setText("hot keyword:beach")
    qtbot.waitUntil(lambda: len(gallery.filters.chips) == 2)
    gallery.view.select_rows(range(3), 0)
    qtbot.waitUntil(gallery.copy.isVisible)
    qtbot.waitUntil(lambda: gallery.picked.text() == ("3 selected" if width == 1440 else "3"))
    assert gallery.picked.accessibleName() == "3 selected" and "3 selected" in gallery.picked.toolTip()
    first = gallery.count.geometry().translated(gallery.filters.pos())
    qtbot.waitUntil(lambda: first.top() - 8 <= gallery.copy.geometry().top() <= first.bottom())
    lines = {chip.y() for chip in (*gallery.filters.chips, gallery.count, gallery.filters.add_button)}
    assert len(lines) <= (1 if width == 1440 else 3)


def test_a_new_photo_appears_and_the_selection_stays(open_window, qtbot):
    workspace = FakeWorkspace(50)
    window = open_window(workspace)
    window.gallery.view.select_row(7)
    workspace.library.count = 55
    workspace.publish(CatalogChange(photos=frozenset({55}), added=True))
    qtbot.waitUntil(lambda: count(window) == 55)
    assert window.gallery.view.current_id() == 8
    assert window.gallery.view.selected_ids().tolist() == [8]


def test_a_slow_library_still_shows_what_comes_while_it_comes(open_window, qtbot):
    workspace = FakeWorkspace(50, latency=0.5)
    window = open_window(workspace)
    stop = threading.Event()

    def pour() -> None:
        while not stop.wait(0.05):
            workspace.library.count += 1
            workspace.publish(CatalogChange(photos=frozenset({workspace.library.count}), added=True))

    thread = threading.Thread(target=pour)
    thread.start()
    try:
        qtbot.waitUntil(lambda: count(window) > 50, timeout=10_000)
    finally:
        stop.set()
        thread.join()


def test_another_order_keeps_the_selected_photo(open_window, qtbot):
    window = open_window(FakeWorkspace(50))
    window.gallery.view.select_row(7)
    window.browser.set_order(SortOrder.OLDEST)
    qtbot.waitUntil(lambda: window.gallery.model.id_at(0) == 50)
    assert window.gallery.view.selected_ids().tolist() == [8]
    assert window.gallery.view.currentIndex().row() == 42


@pytest.mark.parametrize("query", ["", "moon"])
def test_an_order_that_is_chosen_in_the_top_bar_sorts_and_is_remembered(open_window, qtbot, query):
    workspace = FakeWorkspace(50)
    window = open_window(workspace)
    window.top_bar.search.field.setText(query)
    qtbot.waitUntil(lambda: window.browser.is_ranked)
    newest = window.gallery.model.ids.tolist()
    box = window.top_bar.order
    for _ in range(1 + bool(query) - box.currentIndex()):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "Oldest first"
    qtbot.waitUntil(lambda: window.gallery.model.ids.tolist() == newest[::-1])
    qtbot.waitUntil(lambda: workspace.settings.values.sort == "oldest", timeout=3000)


def test_best_match_is_no_order_to_begin_with(open_window, qtbot):
    workspace = FakeWorkspace(50, sort="name")
    window = open_window(workspace)
    window.top_bar.search.field.setText("moon")
    box = window.top_bar.order
    box.setCurrentIndex(1)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.currentText() == "Best match"
    window.remembered._save()
    qtbot.wait(50)
    assert workspace.settings.values.sort != "relevance"


@pytest.mark.parametrize("query", ["moon", "a moon over the lake at night in the last summer"])
def test_how_many_more_may_fit_is_said_in_a_small_window(open_window, qtbot, query):
    workspace = FakeWorkspace(60)
    workspace.searching.maybe = [7, 8, 9]
    window = open_window(workspace, (1000, 700))
    window.browser.show_row(ViewKind.FOLDER, "/home/ada/Pictures/2026 Lisbon and the coast")
    window.top_bar.search.field.setText(query)
    qtbot.waitUntil(lambda: window.browser.is_ranked and window.gallery.of.isVisible())
    label = window.gallery.of
    assert label.text() in ("3 more maybe", "that may fit") and label.width() >= label.sizeHint().width()


def test_the_chips_of_the_view_before_are_gone_at_once(open_window, qtbot):
    window = open_window(FakeWorkspace(20))
    window.browser.show_row(ViewKind.RECENT)
    (before,) = window.gallery.filters.chips
    qtbot.waitUntil(before.isVisible)
    window.browser.set_order(SortOrder.NAME)
    assert before.isHidden()


def test_the_best_hits_of_a_search_are_seen_wherever_the_selected_photo_stands(open_window, qtbot):
    window = open_window(FakeWorkspace(2000))
    window.top_bar.search.field.setText("moon")
    qtbot.waitUntil(lambda: 0 < count(window) < 1000)
    last = window.gallery.model.id_at(count(window) - 1)
    window.top_bar.search.field.clear()
    qtbot.waitUntil(lambda: count(window) == 2000)
    window.gallery.view.select_row(window.gallery.model.ids.index(last))
    window.top_bar.search.field.setText("moon")
    qtbot.waitUntil(lambda: 0 < count(window) < 1000)
    assert window.gallery.view.selected_ids().tolist() == [last]
    assert window.gallery.view.verticalScrollBar().maximum() > 0
    assert window.gallery.view.verticalScrollBar().value() == 0


@pytest.mark.parametrize("selected", [1, 3])
def test_photos_that_leave_the_view_leave_the_pane(open_window, qtbot, selected):
    window = open_window(FakeWorkspace(100))
    window.gallery.view.select_row(0)
    window.gallery.view.select_rows(range(selected), 0)
    qtbot.waitUntil(lambda: window.pane.photo_id is not None or selected > 1)
    window.top_bar.search.field.setText("moon")
    qtbot.waitUntil(lambda: 0 < count(window) < 30)
    assert window.gallery.view.selected_count() == 0
    qtbot.waitUntil(lambda: window.pane._pages.currentWidget() is window.pane.nothing)
    assert window.pane.photo_id is None and not window.gallery.picked.text()


def test_the_one_photo_left_of_many_selected_is_shown(open_window, qtbot):
    window = open_window(FakeWorkspace(100))
    window.gallery.view.select_rows(range(12), 3)
    window.browser.show_row(ViewKind.NEEDS_REVIEW)
    qtbot.waitUntil(lambda: count(window) == 5 and window.gallery.view.selected_count() == 1)
    qtbot.waitUntil(lambda: window.pane.photo_id == 7)
    assert window.gallery.view.current_id() == 7


def test_the_pane_shows_what_stays_selected_when_the_other_photo_is_let_go(open_window, qtbot):
    window = open_window(FakeWorkspace(100))
    view = window.gallery.view
    view.select_rows([0, 1], 0)
    middle = view.visualRect(view.model().index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, middle)
    assert view.selected_ids().tolist() == [1]
    qtbot.waitUntil(lambda: window.pane.photo_id == 1)


def test_leaving_the_search_selects_the_first_result(open_window, qtbot):
    window = open_window(FakeWorkspace(100))
    window.top_bar.search.field.setText("moon")
    qtbot.waitUntil(lambda: 0 < count(window) < 30)
    QTest.keyClick(window.top_bar.search.field, Qt.Key.Key_Down)
    assert window.gallery.view.selected_ids().tolist() == [window.gallery.model.id_at(0)]
    assert window.pane.photo_id == window.gallery.model.id_at(0)


def test_hostile_texts_are_shown_literally_everywhere(open_window, qtbot):
    workspace = FakeWorkspace(40)
    photo = workspace.library.photo_now(1)
    workspace.library.edited[1] = replace(
        photo,
        user_caption=HOSTILE,
        path=f"/p/{HOSTILE.replace('/', ':')}\udcff.jpg",
        problem=replace(BROKEN, message=HOSTILE),
    )
    workspace.library.top_keywords = lambda limit=30: [(HOSTILE, 3), ("a&b", 2)]
    window = open_window(workspace)
    window.gallery.view.select_row(0)
    window.top_bar.search.field.setText(HOSTILE)
    window.show_toast(HOSTILE)
    window.gallery.banner.show_note("info", "warn", HOSTILE)
    workspace.captioning.show(
        Progress(RunState.ERROR, message=HOSTILE, engine=replace(ENGINE, title=HOSTILE))
    )
    qtbot.waitUntil(lambda: HOSTILE in window.status.words.text())
    qtbot.waitUntil(lambda: bool(window.gallery.showing_state) or count(window) > 0)
    labels = window.findChildren(QLabel)
    assert labels and all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    for widget in window.findChildren(QWidget):
        tip = widget.toolTip()
        assert "<img" not in tip and "<b>" not in tip
    window.grab()  # paints every text once; a lone surrogate would raise here


def test_the_photos_on_the_screen_are_told_to_the_worker(open_window, qtbot):
    workspace = FakeWorkspace(300)
    window = open_window(workspace)
    qtbot.waitUntil(
        lambda: ("set_visible", tuple(window.gallery.view.visible_ids())) in workspace.captioning.calls
    )


def test_the_theme_button_switches_and_is_remembered(open_window, qtbot):
    workspace = FakeWorkspace(5, theme="dark")
    window = open_window(workspace)
    window.top_bar.theme_button.click()
    assert not colors().dark
    qtbot.waitUntil(lambda: workspace.settings.values.theme == "light", timeout=3000)


def test_what_is_changed_while_the_library_opens_stays_and_is_remembered(open_window, qtbot):
    workspace = FakeWorkspace(5, theme="dark")
    window = open_window()
    window.top_bar.theme_button.click()
    window.top_bar.size_slider.setValue(260)
    window.remembered._save()  # nowhere to save it yet
    window.attach(workspace)
    assert not colors().dark and window.top_bar.size_slider.value() == 260
    qtbot.waitUntil(lambda: (now := workspace.settings.values).theme == "light" and now.tile_width == 260)


def test_every_control_has_a_name_for_screen_readers(open_window):
    window = open_window(FakeWorkspace(30))
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in (QAbstractButton, QLineEdit, QComboBox, QSlider)
        for widget in window.findChildren(kind)
        if widget.isVisible() and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


def test_a_short_note_after_a_long_one_is_no_wider_than_its_words(open_window):
    window = open_window(FakeWorkspace(5))
    window.show_toast("Undone")
    alone = window.toast.width()
    window.show_toast("The photo will be captioned again")
    window.show_toast("Undone")
    assert window.toast.width() == alone
