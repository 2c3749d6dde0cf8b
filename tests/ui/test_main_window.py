"""The whole window over the fake workspace: what a person sees and does."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace

import pytest
from fake_workspace import BROKEN, ENGINE, FakeWorkspace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSlider, QWidget
from whole_window import assembled

from blipdesk.domain.errors import CatalogError, CatalogLockedError, CatalogNewerError
from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.domain.values import SortOrder, ViewKind
from blipdesk.ui.main_window import MainWindow
from blipdesk.ui.shell import Shell
from blipdesk.ui.state_page import StatePage
from blipdesk.ui.status_bar import duration_words, rate_words
from blipdesk.ui.tasks import wait_for_tasks
from blipdesk.ui.theme import colors

HOSTILE = '<img src="file:///etc/passwd.png"><b>x</b> & size a<b and c>d\u202e'


@pytest.fixture
def open_window(qtbot):
    opened: list[MainWindow] = []

    def make(workspace: FakeWorkspace | None = None, size: tuple[int, int] = (1440, 900)) -> MainWindow:
        shell = Shell()
        qtbot.addWidget(shell)
        shell.resize(*size)
        shell.show()
        qtbot.waitExposed(shell)
        window = assembled(shell)
        if workspace is not None:
            window.attach(workspace)
            qtbot.waitUntil(lambda: window.browser.loaded and window.browser.side is not None)
        opened.append(window)
        return window

    yield make
    for window in opened:
        window.detach()


def count(window: MainWindow) -> int:
    return window.gallery.model.rowCount()


def test_typing_narrows_at_once_and_escape_brings_everything_back(open_window, qtbot):
    window = open_window(FakeWorkspace(300))
    field = window.top_bar.search.field
    QTest.keyClicks(field, "sunset")
    qtbot.waitUntil(lambda: 0 < count(window) < 50)
    assert window.gallery.count.text() == f"{count(window)} photos"
    assert window.gallery.of.text() == "of 300"
    assert window.browser.view.order is SortOrder.RELEVANCE
    assert window.top_bar.order.currentText() == "Best match"
    assert window.gallery.view._painter.words == ("sunset",)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: count(window) == 300)
    assert field.text() == "" and window.top_bar.order.currentText() == "Newest first"


def test_every_keystroke_counts_but_only_the_last_is_shown(open_window, qtbot):
    workspace = FakeWorkspace(300, latency=0.02)
    window = open_window(workspace)
    for text in ("s", "su", "sun", "moo", "moon"):
        window.top_bar.search.field.setText(text)
        qtbot.wait(5)
    qtbot.waitUntil(lambda: window.gallery.view._painter.words == ("moon",))
    assert all("moon" in workspace.library.photo_now(i).caption for i in window.gallery.model.ids)


def test_no_result_says_so_and_offers_the_way_back(open_window, qtbot):
    window = open_window(FakeWorkspace(100))
    window.top_bar.search.field.setText("zebra")
    qtbot.waitUntil(lambda: window.gallery.showing_state == "No photo matches")
    assert "zebra" in window.gallery.state.words.text()
    window.gallery.state.first.click()
    qtbot.waitUntil(lambda: count(window) == 100 and not window.gallery.showing_state)
    assert window.top_bar.search.field.text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keys_press_the_focused_button_of_the_empty_page(qtbot, key):
    page, asked = StatePage(), []
    qtbot.addWidget(page)
    page.primary.connect(lambda: asked.append("primary"))
    page.show_state("folder-plus", "Drop a folder of photos here", "", "Choose a folder", framed=True)
    page.show()
    page.activateWindow()
    page.first.setFocus()
    qtbot.waitUntil(page.first.hasFocus)
    QTest.keyClick(page.first, key)
    assert asked == ["primary"]


def test_an_empty_library_asks_for_a_folder_also_under_a_search(open_window, qtbot):
    window = open_window(FakeWorkspace(0))
    window.top_bar.search.field.setText("zebra")
    qtbot.waitUntil(lambda: window.browser.view.query == "zebra" and window.browser.loaded)
    wait_for_tasks()
    qtbot.wait(50)
    assert window.gallery.showing_state == "Drop a folder of photos here"
    assert window.gallery.state.first.text() == "Choose a folder"


def test_an_empty_library_asks_for_a_folder_and_fills_when_one_is_dropped(open_window, qtbot, tmp_path):
    workspace = FakeWorkspace(0)
    window = open_window(workspace)
    qtbot.waitUntil(lambda: window.gallery.showing_state == "Drop a folder of photos here")
    assert not window.pane.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    left, none, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    QGuiApplication.sendEvent(window.window(), QDragEnterEvent(QPoint(500, 400), copy, data, left, none))
    QGuiApplication.sendEvent(window.window(), QDropEvent(QPointF(500, 400), copy, data, left, none))
    qtbot.waitUntil(lambda: count(window) == 60 and not window.gallery.showing_state)
    assert workspace.library.roots[-1].path == str(tmp_path)
    qtbot.waitUntil(window.pane.isVisible)
    qtbot.waitUntil(window.toast.isVisible)
    assert window.toast.words == f"Watching {tmp_path.name}"


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


def test_tags_keep_their_place_while_their_numbers_change(open_window, qtbot):
    workspace = FakeWorkspace(60)
    window = open_window(workspace)
    before = list(window.side_bar._chips)
    swapped = tuple(reversed([(name, 5) for name in before]))
    window.side_bar.show_side(replace(window.browser.side, keywords=swapped))
    assert list(window.side_bar._chips) == before
    window.side_bar._on_settle()
    assert list(window.side_bar._chips) == before[::-1]


def test_a_folder_that_is_not_there_is_refused_in_words(open_window, qtbot):
    window = open_window(FakeWorkspace(10))
    window.folders.add(["/media/missing"])
    qtbot.waitUntil(window.toast.isVisible)
    assert "There is no folder /media/missing." in window.toast.words
    assert "drive is connected" in window.toast.words


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (CatalogLockedError("In use by process 12.", "Close it first."), "This library is already open"),
        (CatalogNewerError("Made by 2.0.", "Update."), "This library was made by a newer BlipDesk"),
        (CatalogError("Page 12 is damaged.", "Restore a backup."), "The library could not be opened"),
    ],
)
def test_a_library_that_cannot_be_opened_is_explained_over_the_whole_window(open_window, error, title):
    window = open_window()
    window.show_open_error(error)
    assert window.problem.isVisible() and not window.gallery.isVisible()
    assert window.problem.title.text() == title
    assert error.message in window.problem.words.text() and error.remedy in window.problem.words.text()


def test_retry_and_quit_are_offered(open_window, qtbot):
    window = open_window()
    window.show_open_error(CatalogError("Damaged."))
    with qtbot.waitSignal(window.retry_open):
        window.problem.first.click()
    with qtbot.waitSignal(window.window().closed):
        window.problem.second.click()


def test_a_read_that_fails_is_said_and_can_be_tried_again(open_window, qtbot):
    workspace = FakeWorkspace(50)
    window = open_window(workspace)
    read = workspace.library.ids

    def broken(view):
        raise CatalogError("The disk failed.", "Check it.")

    workspace.library.ids = broken
    window.browser.show_row(ViewKind.RECENT)
    qtbot.waitUntil(lambda: window.gallery.showing_state == "The library could not be read")
    assert "The disk failed." in window.gallery.state.words.text()
    workspace.library.ids = read
    window.gallery.state.first.click()
    qtbot.waitUntil(lambda: not window.gallery.showing_state)


def test_an_offline_drive_is_said_without_hiding_the_photos(open_window):
    window = open_window(FakeWorkspace(100))
    assert window.gallery.banner.isVisible()
    assert "phone is not connected" in window.gallery.banner.words
    assert count(window) == 100


def test_side_bar_rows_folders_and_tags_change_the_view(open_window, qtbot):
    window = open_window(FakeWorkspace(300))
    QTest.mouseClick(window.side_bar.rows[2], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.browser.view.kind is ViewKind.FAILED and count(window) == 10)
    assert window.gallery.retry.isVisible()
    window.side_bar.tree.chosen.emit("/home/ada/Pictures/2026 Lisbon")
    qtbot.waitUntil(lambda: count(window) == 75)
    assert not any(row.isChecked() for row in window.side_bar.rows)
    chip = window.side_bar._chips["sky"]
    chip.click()
    qtbot.waitUntil(lambda: window.browser.view.argument == "sky" and count(window) not in (0, 75, 300))
    assert chip.isChecked()
    chip.click()
    qtbot.waitUntil(lambda: count(window) == 300)
    assert window.side_bar.rows[0].isChecked()


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


def test_progress_is_said_in_words(open_window, qtbot):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    workspace.captioning.show(Progress(RunState.CAPTIONING, 10_204, 12_408, 3, 1.1, 1980, "", ENGINE, 3))
    qtbot.waitUntil(lambda: window.status.words.text() == "Captioning 10,204 of 12,408")
    assert window.status.note.text() == "1.1 photos/s · about 33 min left"
    assert window.status.watching.text() == "Watching 3 folders"
    assert window.status.model.text() == "Demo captioner · CPU"
    assert window.status.demo.isVisible() and window.status.use_model.isVisible()
    assert window.status.bar.isVisible()


def test_pause_and_resume(open_window, qtbot):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    workspace.captioning.show(Progress(RunState.CAPTIONING, 1, 20, 0, 1.0, 19, "", ENGINE, 1))
    qtbot.waitUntil(lambda: window.status.pause.accessibleName() == "Pause captioning")
    window.status.pause.click()
    qtbot.waitUntil(lambda: window.status.words.text() == "Paused · 19 waiting")
    window.status.pause.click()
    qtbot.waitUntil(lambda: window.status.words.text().startswith("Captioning"))
    assert [call for call, _ in workspace.captioning.calls if call != "set_visible"] == ["pause", "resume"]


def test_the_photos_on_the_screen_are_told_to_the_worker(open_window, qtbot):
    workspace = FakeWorkspace(300)
    window = open_window(workspace)
    qtbot.waitUntil(
        lambda: ("set_visible", tuple(window.gallery.view.visible_ids())) in workspace.captioning.calls
    )


def test_copy_captions_of_a_selection_in_their_order(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    window.gallery.view.select_rows([2, 0, 1], 0)
    window.selection.copy_captions()
    qtbot.waitUntil(lambda: window.toast.words == "3 captions copied")
    expected = "\n".join(workspace.library.photo_now(i).caption for i in (1, 2, 3))
    assert QGuiApplication.clipboard().text() == expected


def test_caption_again_acts_on_the_selection(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    window.gallery.view.select_rows([0, 4], 0)
    window.selection.again.trigger()
    qtbot.waitUntil(lambda: ("caption_again", (1, 5)) in workspace.captioning.calls)


def test_the_menu_offers_what_fits_the_selection(open_window, qtbot):
    window = open_window(FakeWorkspace(30))
    window.gallery.view.grab()
    qtbot.waitUntil(lambda: window.gallery.model.cached(12) is not None)
    window.gallery.view.select_row(11)
    one = [action.text() for action in window.selection.menu().actions() if action.text()]
    assert one == [
        "Large preview", "Edit caption", "Caption again", "Try again", "Copy caption", "Copy path",
        "Show in the file manager", "Select all",
    ]  # fmt: skip
    window.gallery.view.select_rows([0, 1], 0)
    many = [action.text() for action in window.selection.menu().actions() if action.text()]
    assert many == ["Caption again", "Copy captions", "Copy paths", "Select all"]


def test_undo_takes_the_last_edit_back(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    before = workspace.library.photo_now(1).caption
    workspace.editing.set_caption(1, "mine")
    window.undo()
    qtbot.waitUntil(lambda: window.toast.words == "Undone")
    assert workspace.library.photo_now(1).caption == before
    window.undo()
    qtbot.waitUntil(lambda: window.toast.words == "There is nothing to undo")


def test_ctrl_z_after_a_save_undoes_the_save_and_leaving_keeps_nothing(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    window.gallery.view.select_row(0)
    caption = window.pane.page.caption
    qtbot.waitUntil(lambda: bool(caption.text()))
    photo_id, before = window.gallery.view.current_id(), caption.text()
    window.window().activateWindow()
    caption.begin_edit()
    qtbot.waitUntil(caption.editor.hasFocus)
    QTest.keyClicks(caption.editor, " in May")
    QTest.keyClick(caption.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: workspace.library.photo_now(photo_id).user_caption == f"{before} in May")
    qtbot.waitUntil(lambda: "edited by you" in caption.source_text)
    QTest.keyClick(caption.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.toast.words == "Undone")
    qtbot.waitUntil(lambda: caption.text() == before)
    window.gallery.view.select_row(1)
    wait_for_tasks()
    assert workspace.library.photo_now(photo_id).user_caption is None


def test_ctrl_z_takes_typed_words_back_before_anything_else(open_window, qtbot):
    window = open_window(FakeWorkspace(30))
    window.gallery.view.select_row(0)
    caption = window.pane.page.caption
    qtbot.waitUntil(lambda: bool(caption.text()))
    before = caption.text()
    caption.begin_edit()
    QTest.keyClicks(caption.editor, " in May")
    QTest.keyClick(caption.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert caption.text() == before
    assert not window.toast.isVisible()


def test_the_theme_button_switches_and_is_remembered(open_window, qtbot):
    workspace = FakeWorkspace(5, theme="dark")
    window = open_window(workspace)
    window.top_bar.theme_button.click()
    assert not colors().dark
    qtbot.waitUntil(lambda: workspace.settings.values.theme == "light", timeout=3000)


def test_place_and_splitter_are_kept_for_the_next_start(open_window):
    workspace = FakeWorkspace(5)
    window = open_window(workspace, (1300, 640))
    window.splitter.setSizes([260, 600, 440])
    sizes = window.splitter.sizes()
    workspace.settings.change(**window.remembered.last_changes())
    again = open_window(workspace, (1000, 700))
    assert again.window().height() == 640  # the test screen is 800 pixels wide, so the width is cut to it
    again.window().resize(1300, 640)
    assert again.splitter.sizes() == sizes


def test_a_late_result_after_closing_does_no_harm(open_window, qtbot):
    workspace = FakeWorkspace(300, latency=0.05)
    window = open_window(workspace)
    window.top_bar.search.field.setText("moon")
    qtbot.wait(90)
    assert window.detach() is workspace
    qtbot.wait(150)
    assert window.workspace is None


def test_every_control_has_a_name_for_screen_readers(open_window):
    window = open_window(FakeWorkspace(30))
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in (QAbstractButton, QLineEdit, QComboBox, QSlider)
        for widget in window.findChildren(kind)
        if widget.isVisible() and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []


@pytest.mark.parametrize("size", [(1440, 900), (1000, 700), (860, 560)])
def test_nothing_is_cut_off_or_overlaps_in_the_bars(open_window, qtbot, size):
    workspace = FakeWorkspace(50)
    window = open_window(workspace, size)
    workspace.captioning.show(Progress(RunState.CAPTIONING, 10_204, 12_408, 3, 1.1, 1980, "", ENGINE, 3))
    qtbot.waitUntil(window.status.note.isVisible)
    qtbot.wait(20)
    for bar in (window.top_bar, window.status):
        shown = [
            w
            for w in bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if w.isVisible()
        ]
        shown.sort(key=QWidget.x)
        for left, right in itertools.pairwise(shown):
            assert left.geometry().right() < right.x() + 1
        assert shown[-1].mapTo(window, QPoint(shown[-1].width(), 0)).x() <= window.width()
    labels = [w for w in window.status.findChildren(QLabel) if w.isVisible() and w.text()]
    assert all(w.width() >= w.sizeHint().width() for w in labels)
    assert window.status.words.width() >= window.status.words.sizeHint().width()


def test_words_for_times_and_rates():
    assert [duration_words(s) for s in (5, 61, 1980, 9000, 40_000, 400_000)] == [
        "less than a minute", "about 1 min", "about 33 min", "about 2 h 30 min", "about 11 h", "about 5 days",
    ]  # fmt: skip
    assert [rate_words(r) for r in (0, 0.1, 1.1, 24.3)] == [
        "",
        "6 photos/min",
        "1.1 photos/s",
        "24.3 photos/s",
    ]
