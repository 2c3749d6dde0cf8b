"""The words of the large view: pointed at by mouse and keys, the heat of one over the picture; its keys."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import ModelError
from blipdesk.ui.dialogs.caption_words import CaptionWords
from blipdesk.ui.dialogs.large import LargePreview
from blipdesk.ui.dialogs.large_words import HEIGHT
from blipdesk.ui.tasks import wait_for_tasks

LONG = "ein Mädchen mit 🎈 Luftballons " * 40
JAPANESE = "青い空の下、砂浜に立つ二本の傘。" * 12


@pytest.fixture
def workspace() -> FakeWorkspace:
    return FakeWorkspace(60)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


@pytest.fixture
def large(qtbot: QtBot, window: QWidget, workspace: FakeWorkspace) -> LargePreview:
    made = LargePreview(workspace, window)
    made.show_photo(8)
    qtbot.waitUntil(lambda: made.is_sharp and bool(made.caption.text()))
    yield made
    made.close_view()
    wait_for_tasks()


def point_at(caption: CaptionWords, word: int) -> None:
    QTest.mouseMove(caption, QPoint(0, 0))
    QTest.mouseMove(caption, caption.rect_of(word).center().toPoint())


def warmth(large: LargePreview, place: QRectF, across: float, down: float) -> int:
    """How much redder than blue the picture is at a place, as shares of it."""
    at = QPoint(round(place.left() + place.width() * across), round(place.top() + place.height() * down))
    colour = large.grab().toImage().pixelColor(at)
    return colour.red() - colour.blue()


def test_a_word_under_the_pointer_shows_its_heat_until_the_pointer_leaves(
    qtbot: QtBot, large: LargePreview
) -> None:
    assert large.caption.text().split()[:3] == ["a", "full", "moon"]
    place = large.zoom.rect
    cold = warmth(large, place, 0.15, 0.15)
    point_at(large.caption, 0)
    qtbot.waitUntil(lambda: large.note == "“full”: top left")
    assert warmth(large, place, 0.15, 0.15) > cold + 60
    point_at(large.caption, 1)
    assert large.note == "“moon”: top", "no second question: it is known at once"
    QTest.mouseMove(large, QPoint(300, 200))
    qtbot.waitUntil(lambda: large.note == "")
    assert warmth(large, place, 0.15, 0.15) == cold


def test_heat_stays_on_its_part_of_the_photo_while_one_zooms_and_moves(
    qtbot: QtBot, large: LargePreview
) -> None:
    point_at(large.caption, 0)
    qtbot.waitUntil(lambda: bool(large.note) and "Looking" not in large.note)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus):
        QTest.keyClick(large, key)
    for key in [Qt.Key.Key_Left, Qt.Key.Key_Up] * 6:
        QTest.keyClick(large, key, Qt.KeyboardModifier.ShiftModifier)
    near = large.zoom.rect
    assert near.topLeft() == QRectF(large.rect()).topLeft(), "moved to the upper left corner"
    assert warmth(large, near, 0.12, 0.2) > warmth(large, near, 0.5, 0.5) + 60


def test_tab_comes_to_the_words_and_never_to_the_window_behind(
    qtbot: QtBot, large: LargePreview, window: QWidget
) -> None:
    QTest.keyClick(large, Qt.Key.Key_Tab)
    assert large.caption.hasFocus() and large.caption.span == (2, 6)
    qtbot.waitUntil(lambda: large.note == "“full”: top left")
    assert large.caption.accessibleDescription() == "“full”: top left"
    QTest.keyClick(large.caption, Qt.Key.Key_Right)
    assert large.note == "“moon”: top"
    QTest.keyClick(large.caption, Qt.Key.Key_End)
    assert large.note.startswith("“night”")
    seen = []
    for _ in range(6):
        QTest.keyClick(window.window().focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.window().focusWidget())
    assert set(seen) == {large, large.caption, large.previous, large.next, large.star, large.close_button}
    QTest.keyClick(large, Qt.Key.Key_Backtab)
    assert window.window().focusWidget() is not large.caption and large.note == ""


def test_left_and_right_still_go_on_where_no_word_is_chosen(large: LargePreview) -> None:
    steps: list[int] = []
    large.navigate.connect(steps.append)
    large.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(large, key)
    large.caption.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(large.caption, key)
    assert steps == [1, -1, 1]
    QTest.keyClick(large.caption, Qt.Key.Key_Escape)
    assert not large.caption.hasFocus() and large.isVisible(), "Escape leaves the words first"
    QTest.keyClick(large, Qt.Key.Key_Escape)
    assert not large.isVisible()


def test_the_keyboard_stays_where_it_is_while_one_goes_on(large: LargePreview) -> None:
    steps: list[int] = []
    large.navigate.connect(steps.append)
    large.navigate.connect(lambda step: large.show_photo(large.photo_id + step))
    large.next.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.focusWidget(), key)
    assert steps == [1, 1] and large.isVisible() and large.next.hasFocus()


def test_without_a_model_there_is_a_note_and_no_heat(
    qtbot: QtBot, large: LargePreview, workspace: FakeWorkspace
) -> None:
    workspace.explaining.error = ModelError("There is no model here.", "Get one.")
    before = large.grab().toImage().copy(0, 0, 1000, 500)
    point_at(large.caption, 0)
    qtbot.waitUntil(lambda: large.note == "There is no model here. Get one.")
    assert large.grab().toImage().copy(0, 0, 1000, 500) == before


@pytest.mark.parametrize("text", [LONG, JAPANESE, "one", ""])
def test_any_caption_is_laid_out_inside_the_view(
    qtbot: QtBot, large: LargePreview, workspace: FakeWorkspace, text: str
) -> None:
    workspace.change([8], user_caption=text or None, model_caption=None)
    qtbot.waitUntil(lambda: large.caption.text() == " ".join(text.split())[:1000])
    large.grab()
    caption = large.caption
    assert caption.isEnabled() == bool(text)
    top = caption.mapTo(large, QPoint(0, 0))
    assert QRectF(large.rect()).contains(QRectF(top, caption.size()))
    if text:
        assert QRectF(caption.rect()).contains(caption.rect_of(0))
        point_at(caption, 0)
        start, end = caption.span
        assert caption.text()[start:end] == text.split()[0].strip("。、")[: end - start]


def test_c_puts_the_words_away_and_a_click_beside_the_picture_closes(large: LargePreview) -> None:
    QTest.keyClick(large, Qt.Key.Key_C)
    assert not large.caption.isVisible()
    QTest.keyClick(large, Qt.Key.Key_C)
    assert large.caption.isVisible()
    QTest.mouseClick(large, Qt.MouseButton.LeftButton, pos=large.rect().center())
    assert large.isVisible()
    QTest.mouseClick(large.caption.parentWidget(), Qt.MouseButton.LeftButton, pos=QPoint(20, HEIGHT - 10))
    assert large.isVisible(), "beside the words one may have meant a word"
    QTest.mouseClick(large, Qt.MouseButton.LeftButton, pos=QPoint(8, 300))
    assert not large.isVisible()


def test_a_double_click_comes_near_to_a_point_and_goes_back(large: LargePreview) -> None:
    at = QPoint(300, 200)
    before = large.zoom.rect
    share = (at.x() - before.left()) / before.width()
    QTest.mouseDClick(large, Qt.MouseButton.LeftButton, pos=at)
    near = large.zoom.rect
    assert large.zoom.percent == 100
    assert (at.x() - near.left()) / near.width() == pytest.approx(share, abs=0.01)
    assert large.cursor().shape() is Qt.CursorShape.OpenHandCursor
    QTest.mouseDClick(large, Qt.MouseButton.LeftButton, pos=at)
    assert large.zoom.is_fitted and large.cursor().shape() is Qt.CursorShape.ArrowCursor


def test_in_the_window_the_ends_are_known_and_a_note_floats_above_the_picture(
    open_window, qtbot: QtBot, workspace: FakeWorkspace
) -> None:
    window = open_window(workspace, (1000, 700))
    window.window().activateWindow()
    view = window.gallery.view
    view.select_row(0)
    window.windows.open_preview(view.photos.id_at(0))
    large = window.findChild(LargePreview)
    assert not large.previous.isEnabled() and large.next.isEnabled()
    QTest.keyClick(large, Qt.Key.Key_End)
    assert large.photo_id == view.photos.id_at(59) and not large.next.isEnabled()
    QTest.keyClick(large, Qt.Key.Key_Right)
    assert large.photo_id == view.photos.id_at(59)
    QTest.keyClick(large, Qt.Key.Key_Home)
    assert large.photo_id == view.photos.id_at(0)
    QTest.keyClick(large, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: window.toast.words == "Added to the favourites")
    middle = window.toast.mapTo(window, window.toast.rect().center())
    assert window.toast.isAncestorOf(window.childAt(middle)) or window.childAt(middle) is window.toast
    assert window.toast.geometry().bottom() < large.height() - large.words_height
    assert abs(middle.x() - large.width() / 2) < 2
    QTest.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.toast.words == "Undone")
    qtbot.waitUntil(large.hasFocus)  # and not the window behind
    QTest.keyClick(large, Qt.Key.Key_Escape)
    middle = window.toast.mapTo(window, window.toast.rect().center())
    gallery = window.gallery.mapTo(window, window.gallery.rect().center())
    assert abs(middle.x() - gallery.x()) < 2, "back over the gallery"
    wait_for_tasks()


def test_the_view_may_become_narrow_while_a_late_word_is_pointed_at(
    qtbot: QtBot, large: LargePreview, window: QWidget, workspace: FakeWorkspace
) -> None:
    workspace.change([8], user_caption=LONG[:500], model_caption=None)
    qtbot.waitUntil(lambda: large.caption.text() == LONG[:500].strip())
    QTest.keyClick(large, Qt.Key.Key_Tab)
    QTest.keyClick(large.caption, Qt.Key.Key_End)
    late = large.caption.span
    window.resize(400, 500)
    large.grab()
    assert late is not None and large.caption.span is None, "it is behind the ellipsis now"
    QTest.keyClick(large.caption, Qt.Key.Key_Left)
    assert large.caption.span is not None and large.caption.span[1] < late[0]


def test_going_on_from_a_word_leaves_the_words(large: LargePreview) -> None:
    large.navigate.connect(lambda step: large.show_photo(large.photo_id + step))
    QTest.keyClick(large, Qt.Key.Key_Tab)
    QTest.keyClick(large.caption, Qt.Key.Key_Down)
    assert large.photo_id == 9 and large.hasFocus(), "Right goes on, and presses no button"
