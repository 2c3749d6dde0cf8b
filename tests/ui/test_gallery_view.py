"""Keyboard, mouse and selection of the gallery, at ten photos and at a million."""

from __future__ import annotations

import threading
from array import array
from dataclasses import replace

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QImage, QRegion, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override
from whole_window import show_ids

from blipdesk.domain.errors import Problem, ProblemKind
from blipdesk.domain.marks import marks_of
from blipdesk.domain.query import parse_query
from blipdesk.ui.gallery.badges import problem_words
from blipdesk.ui.gallery.cell import CaptionLayouts
from blipdesk.ui.gallery.model import GalleryModel, tile_tooltip
from blipdesk.ui.gallery.thumbnails import Thumbnails
from blipdesk.ui.gallery.view import GalleryView

MILLION = 1_000_000


def make(qtbot, count: int, width: int = 805, height: int = 620) -> GalleryView:
    workspace = FakeWorkspace(count)
    model = GalleryModel()
    model.set_source(workspace.library.tiles)
    show_ids(model, array("q", range(1, count + 1)))
    view = GalleryView(model, Thumbnails())
    view.workspace, view.model_kept = workspace, model
    qtbot.addWidget(view)
    view.resize(width, height)
    view.show()
    qtbot.waitExposed(view)
    view.setFocus()
    return view


@pytest.fixture
def view(qtbot):
    return make(qtbot, 50)


def click(
    view: GalleryView, row: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    point = view.row_rect(row).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, point)


def selected_rows(view: GalleryView) -> list[int]:
    return [photo_id - 1 for photo_id in view.selected_ids()]


def test_arrows_walk_the_grid(view):
    columns = view.grid.columns
    assert columns == 4
    view.select_row(5)
    steps = [
        (Qt.Key.Key_Right, 6), (Qt.Key.Key_Down, 10), (Qt.Key.Key_Left, 9), (Qt.Key.Key_Up, 5),
        (Qt.Key.Key_End, 49), (Qt.Key.Key_Home, 0), (Qt.Key.Key_Left, 0), (Qt.Key.Key_Up, 0),
    ]  # fmt: skip
    for key, row in steps:
        QTest.keyClick(view, key)
        assert view.currentIndex().row() == row
        assert selected_rows(view) == [row]


def test_down_from_above_a_short_last_line_ends_on_the_last_photo(view):
    view.select_row(47)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 49


def test_pages_move_by_what_is_seen(view):
    view.select_row(1)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    row = view.currentIndex().row()
    assert row > 4 and row % view.grid.columns == 1
    assert view.viewport().rect().contains(view.row_rect(row))
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.currentIndex().row() == 1


def test_shift_click_takes_a_contiguous_range_not_a_rectangle(view):
    click(view, 2)
    click(view, 9, Qt.KeyboardModifier.ShiftModifier)
    assert selected_rows(view) == list(range(2, 10))
    click(view, 0, Qt.KeyboardModifier.ShiftModifier)
    assert selected_rows(view) == [0, 1, 2]


def test_control_click_toggles_one(view):
    click(view, 2)
    click(view, 7, Qt.KeyboardModifier.ControlModifier)
    click(view, 8, Qt.KeyboardModifier.ControlModifier)
    assert selected_rows(view) == [2, 7, 8]
    click(view, 7, Qt.KeyboardModifier.ControlModifier)
    assert selected_rows(view) == [2, 8]


def test_shift_lets_go_of_what_control_had_chosen_and_with_control_keeps_it(view):
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    click(view, 2)
    click(view, 6, Qt.KeyboardModifier.ControlModifier)
    click(view, 8, both)
    assert selected_rows(view) == [2, 6, 7, 8]
    click(view, 9, Qt.KeyboardModifier.ShiftModifier)
    assert selected_rows(view) == [6, 7, 8, 9]
    click(view, 1, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert selected_rows(view) == [1, 2]


def test_shift_arrows_extend_also_after_a_resize(view, qtbot):
    view.select_row(5)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    view.resize(1100, 620)
    qtbot.waitUntil(lambda: view.grid.columns != 4)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert selected_rows(view) == [5, 6, 7]


def test_click_beside_the_photos_deselects(view):
    click(view, 2)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    last = view.row_rect(49)
    beside = QPoint(last.right() + 60, last.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, beside)
    assert selected_rows(view) == []


def test_space_and_enter_open_the_large_preview_and_f2_the_editor(view, qtbot):
    view.select_row(3)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        with qtbot.waitSignal(view.preview_requested) as opened:
            QTest.keyClick(view, key)
        assert opened.args == [4]
    with qtbot.waitSignal(view.edit_requested) as edited:
        QTest.keyClick(view, Qt.Key.Key_F2)
    assert edited.args == [4]


def test_letters_read_no_rows(view):
    before = len(view.workspace.library.tile_calls)
    QTest.keyClicks(view, "sunset")
    assert len(view.workspace.library.tile_calls) == before
    assert view.currentIndex().row() <= 0


def test_the_top_photo_stays_on_top_when_the_size_changes(view):
    view.verticalScrollBar().setValue(view.grid.cell_height * 3)
    top = view.visible_ids()[0]
    view.set_tile_width(330)
    assert top in view.visible_ids()[: view.grid.columns]


def test_a_million_photos_read_only_what_is_seen(qtbot):
    view = make(qtbot, MILLION)
    model = view.photos
    assert model.rowCount() == MILLION
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    view.grab()
    qtbot.waitUntil(lambda: len(view.workspace.library.tile_calls) >= 1)
    view.selectAll()
    assert view.selected_count() == MILLION
    view.resize(1000, 700)
    view.set_tile_width(300)
    view.select_row(MILLION - 1)
    assert view.viewport().rect().contains(view.row_rect(MILLION - 1))
    qtbot.wait(50)
    assert sum(map(len, view.workspace.library.tile_calls)) <= 200 * 12
    assert view.selected_ids().tolist() == [MILLION]


def test_control_a_selects_everything_as_one_range(qtbot):
    view = make(qtbot, MILLION)
    view.select_row(0)
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert view.selectionModel().selection().size() == 1
    assert len(view.selected_ids()) == MILLION


def test_visible_photos_are_told_once_it_is_calm(view, qtbot):
    with qtbot.waitSignal(view.visible_changed) as told:
        view.verticalScrollBar().setValue(view.grid.cell_height * 2)
    assert told.args[0] == view.visible_ids()
    assert 9 in told.args[0]


def test_thumbnails_arrive_and_stay_within_their_bytes(view, qtbot):
    view._thumbnails.set_source(view.workspace.library.thumbnail)
    view.viewport().update()
    qtbot.waitUntil(lambda: view._thumbnails.get(1, f"{1:064x}")[0] is not None, timeout=10_000)
    assert 0 < view._thumbnails.cached_bytes < 20_000_000


def test_screen_readers_meet_a_list_with_names(view, qtbot):
    view.grab()
    qtbot.waitUntil(lambda: view.photos.cached(1) is not None)
    reader = QAccessible.queryAccessibleInterface(view)
    assert reader.role() == QAccessible.Role.List
    assert reader.childCount() == 50
    assert (
        view.photos.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        == "a sunset over the ocean with orange clouds"
    )
    failed = view.photos.index(11).data(Qt.ItemDataRole.AccessibleTextRole)
    assert failed.endswith("could not be read")


def test_tooltips_show_markup_literally():
    tile = FakeWorkspace(5).library.tiles([1])[0]
    hostile = replace(tile, caption='<img src="file:///etc/x.png"> & <b>bold</b>')
    shown = tile_tooltip(hostile)
    assert "&lt;img" in shown and "<img" not in shown and "<b>" not in shown


def test_why_a_photo_could_not_be_read_is_said_without_its_long_name():
    name = "a name that fills both lines of the tile.jpg"
    cut = Problem(ProblemKind.UNREADABLE, f"{name} is cut off.", "Put it back from a backup.")
    tile = replace(FakeWorkspace(5).library.tiles([1])[0], path=f"/p/{name}", caption=None, problem=cut)
    assert problem_words(tile) == "The file is cut off."
    assert tile_tooltip(tile).count(name) == 1


def test_tooltip_survives_bytes_that_are_no_text():
    tile = replace(FakeWorkspace(5).library.tiles([1])[0], path="/photos/caf\udce9.jpg", caption=None)
    tile_tooltip(tile).encode("utf-8")


@pytest.mark.parametrize(
    ("caption", "query", "marked"),
    [
        ("a dog and dogs run", "dog", ["dog", "dogs"]),
        ("un été au café", "cafe ete", ["été", "café"]),
        ("犬が海辺を走る", "海辺", ["海辺"]),
        ("nothing of it", "dog", []),
        ("Three ties on a truck and a T-Shirt", "t-shirt", ["T-Shirt"]),
        ("a dog and a cat, black and white", "black-and-white", ["black and white"]),
    ],
)
def test_words_are_marked_whatever_their_script_and_marks(qapp, caption, query, marked):
    layouts = CaptionLayouts()
    (line,) = layouts.lines(caption, 2000, marks_of(parse_query(query)))
    advance, places, at = layouts._metrics.horizontalAdvance, [], 0
    for word in marked:
        at = caption.index(word, at)
        places.append((advance(caption[:at]), advance(word)))
        at += len(word)
    assert list(line.marks) == places


def test_a_mark_goes_on_in_the_next_line_and_ends_where_the_caption_is_cut(qapp):
    layouts, term = CaptionLayouts(), (("black", "and", "white"),)
    caption = "a cat that is black and white on a sofa beside a second one"
    width = layouts._metrics.horizontalAdvance
    one, two = layouts.lines(caption, int(width("a cat that is black m")), term)
    assert (one.text, one.marks) == ("a cat that is black", ((width("a cat that is "), width("black")),))
    assert two.text.startswith("and white") and two.marks == ((0, width("and white")),)
    (_, cut) = layouts.lines(caption, int(width("a cat that is m")), term)
    assert cut.text.startswith("black and") and cut.text.endswith("\u2026")
    assert cut.marks == ((0, width(cut.text[:-1])),)
    assert layouts.lines(caption, int(width("a cat that is m")), (("sofa",),))[1].marks == ()


def test_a_caption_with_emoji_loses_no_letter_between_its_lines(qapp):
    layouts = CaptionLayouts()
    caption = "\U0001f600\U0001f600\U0001f600\U0001f600 faces on the beach with children"
    one, two = layouts.lines(caption, 230, (("beach",),))
    assert f"{one.text} {two.text}" == caption
    assert sum(len(line.marks) for line in (one, two)) == 1


class Painted(QObject):
    """What is painted of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.region += event.region()
        return False


def test_pictures_that_come_have_their_own_cells_painted_alone(view, qtbot):
    timers = view._settle, view._frame
    qtbot.waitUntil(
        lambda: view.photos.cached(1) is not None and not any(timer.isActive() for timer in timers)
    )
    view.viewport().repaint()  # what its opening left to be painted
    painted = Painted()
    view.viewport().installEventFilter(painted)
    own = QRegion()
    for row in (2, 7):
        own += view.row_rect(row)
        view._thumbnails.arrived.emit(view.photos.id_at(row))
    qtbot.waitUntil(lambda: not painted.region.isEmpty())
    assert painted.region == own
    view.set_marks((("boat",),))
    qtbot.waitUntil(lambda: painted.region == QRegion(view.viewport().rect()))


def test_all_pictures_of_a_large_screen_come(qtbot):
    view, arrived, is_painted = make(qtbot, 1000, 2300, 1300), set(), threading.Event()
    view._thumbnails.arrived.connect(arrived.add)
    with qtbot.waitSignal(view.visible_changed):  # once it is calm, what is not there is asked for again
        view.set_tile_width(130)
    assert len(view.visible_ids()) > 122

    def read(_: int) -> None:
        assert is_painted.wait(10)

    view._thumbnails.set_source(read)
    view.viewport().repaint()
    is_painted.set()
    qtbot.waitUntil(lambda: arrived >= set(view.visible_ids()))
    view._thumbnails.stop()
    assert view._thumbnails.wait()


def test_the_ring_of_the_keyboard_comes_with_the_keyboard(view, qtbot):
    def picture() -> QImage:
        qtbot.waitUntil(lambda: len(view.photos._tiles) > 10)
        return view.viewport().grab().toImage()

    view.clearFocus()
    view.selectionModel().clear()
    plain = picture()
    view.setFocus(Qt.FocusReason.OtherFocusReason)
    assert view.currentIndex().row() == 0 and picture() == plain
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert picture() != plain


def test_the_menu_key_asks_for_the_menu_of_the_photo_with_the_keyboard_in_sight(view, qtbot):
    view.selectionModel().clear()
    view.selectionModel().setCurrentIndex(view.photos.index(40), QItemSelectionModel.SelectionFlag.NoUpdate)
    view.verticalScrollBar().setValue(0)
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    with qtbot.waitSignal(view.menu_requested) as asked:
        QApplication.sendEvent(view, key)
    assert selected_rows(view) == [40]
    place = view.viewport().mapFromGlobal(asked.args[0])
    assert view.viewport().rect().contains(place) and view.indexAt(place).row() == 40


def test_the_wheel_with_ctrl_changes_the_columns_with_each_notch(view):
    def turn(angle: int) -> None:
        place = QPointF(view.viewport().rect().center())
        event = QWheelEvent(
            place, view.mapToGlobal(place), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.viewport(), event)

    columns = view.grid.columns
    for notch in (1, 2):
        turn(-120)
        assert view.grid.columns == columns + notch
    for _ in range(4):  # a touchpad
        turn(30)
    assert view.grid.columns == columns + 1
    for _ in range(20):
        turn(120)
    assert view.grid.columns == 2, "no photo is larger than 380 pixels"
