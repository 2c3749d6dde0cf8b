"""Zooming and moving the picture of the large view."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from blipdesk.ui.dialogs.large import LargePreview
from blipdesk.ui.dialogs.zooming import Zoom
from blipdesk.ui.tasks import wait_for_tasks

BOX = QRectF(0, 0, 800, 600)


def placed(size: QSizeF, ratio: float = 1.0) -> Zoom:
    zoom = Zoom()
    zoom.set_place(BOX, size, ratio)
    return zoom


def test_a_picture_is_whole_and_a_small_one_in_its_own_size() -> None:
    assert placed(QSizeF(4000, 3000)).rect == BOX
    assert placed(QSizeF(80, 60)).rect == QRectF(360, 270, 80, 60)
    assert placed(QSizeF(80, 60), 2.0).rect == QRectF(380, 285, 40, 30)


def test_what_is_under_the_pointer_stays_there() -> None:
    zoom, at = placed(QSizeF(4000, 3000)), QPointF(200, 450)
    zoom.zoom(2.0, at)
    zoom.zoom(1.5, at)
    rect = zoom.rect
    share = (at.x() - rect.left()) / rect.width(), (at.y() - rect.top()) / rect.height()
    assert share == pytest.approx((0.25, 0.75))
    assert (rect.width(), zoom.percent) == (pytest.approx(2400), 60)


def test_no_gap_comes_at_an_edge_and_away_is_the_whole_picture_at_last() -> None:
    zoom = placed(QSizeF(4000, 3000))
    zoom.zoom(2.0)
    zoom.move(QPointF(5000, -5000))
    assert (zoom.rect.left(), zoom.rect.bottom()) == (pytest.approx(0), pytest.approx(600))
    zoom.zoom(0.4)
    assert zoom.is_fitted and zoom.rect == BOX
    zoom.move(QPointF(50, 50))
    assert zoom.rect == BOX


def test_one_pixel_for_one_and_no_nearer_than_eight() -> None:
    zoom = placed(QSizeF(4000, 3000), 2.0)
    zoom.show_pixels()
    assert (zoom.percent, zoom.rect.width()) == (100, pytest.approx(2000))
    zoom.zoom(1000)
    assert zoom.percent == 800


@pytest.fixture
def large(qtbot: QtBot) -> LargePreview:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    with qtbot.waitExposed(window):
        window.show()
    made = LargePreview(FakeWorkspace(60), window)
    made.over = window
    made.show_photo(8)
    qtbot.waitUntil(lambda: made.is_sharp)
    yield made
    made.close_view()
    wait_for_tasks()


def wheel(large: LargePreview, notches: int, at: QPointF) -> None:
    event = QWheelEvent(
        at, large.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(large, event)


def test_wheel_and_drag_look_from_near_and_a_click_beside_the_whole_picture_closes(
    large: LargePreview, qtbot: QtBot
) -> None:
    wheel(large, 4, QPointF(300, 200))
    assert not large.zoom.is_fitted
    before = large.zoom.rect.topLeft()
    QTest.mousePress(large, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    QTest.mouseMove(large, QPoint(430, 310))
    QTest.mouseRelease(large, Qt.MouseButton.LeftButton, pos=QPoint(430, 310))
    assert large.zoom.rect.topLeft() - before == QPointF(30, 10)
    QTest.mouseClick(large, Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    assert large.isVisible()
    large.grab()
    QTest.keyClick(large, Qt.Key.Key_0)
    QTest.mouseClick(large, Qt.MouseButton.LeftButton, pos=QPoint(400, 200))
    assert large.isVisible()
    QTest.mouseClick(large, Qt.MouseButton.LeftButton, pos=QPoint(10, 200))
    assert not large.isVisible()


def test_keys_zoom_and_the_next_photo_is_whole_again(large: LargePreview, qtbot: QtBot) -> None:
    QTest.keyClick(large, Qt.Key.Key_1)
    assert large.zoom.percent == 100
    large.show_photo(9)
    assert large.zoom.is_fitted
    QTest.keyClick(large, Qt.Key.Key_Plus)
    assert not large.zoom.is_fitted
    QTest.keyClick(large, Qt.Key.Key_Minus)
    assert large.zoom.is_fitted


def test_from_near_more_of_the_photos_pixels_are_read(large: LargePreview, qtbot: QtBot) -> None:
    asked: list[int] = []
    real = large._workspace.library.preview
    large._workspace.library.preview = lambda photo_id, edge: asked.append(edge) or real(photo_id, edge)
    QTest.keyClick(large, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: asked == [4000])


def test_c_gives_the_words_place_to_the_picture_and_f_asks_for_a_star(large: LargePreview) -> None:
    asked: list[list[int]] = []
    large.favourite_requested.connect(asked.append)
    before = large.zoom.rect.height()
    QTest.keyClick(large, Qt.Key.Key_C)
    assert large.zoom.rect.height() > before
    QTest.keyClick(large, Qt.Key.Key_C)
    assert large.zoom.rect.height() == before
    QTest.keyClick(large, Qt.Key.Key_F)
    assert asked == [[8]]


def test_the_star_follows_the_catalog(large: LargePreview, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: large.star.accessibleName() == "Favourite: no")
    large._workspace.editing.toggle_favourite([8])
    qtbot.waitUntil(lambda: large.star.accessibleName() == "Favourite: yes")
