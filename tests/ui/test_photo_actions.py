"""What is done with selected photos in the whole window, and taken back."""

from __future__ import annotations

import threading

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from whole_window import count

from blipdesk.domain.values import PhotoState
from blipdesk.ui.tasks import wait_for_tasks


def first_caption(window, qtbot):
    """The caption editor with the first photo's caption in it."""
    window.gallery.view.select_row(0)
    caption = window.pane.page.caption
    qtbot.waitUntil(lambda: bool(caption.text()))
    return caption


def test_copy_captions_of_a_selection_in_their_order(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    window.gallery.view.select_rows([2, 0, 1], 0)
    window.selection.copy_captions()
    qtbot.waitUntil(lambda: window.toast.words == "3 captions copied")
    expected = "\n".join(workspace.library.photo_now(i).caption for i in (1, 2, 3))
    assert QGuiApplication.clipboard().text() == expected


def test_the_selection_is_captioned_again_once_that_is_agreed(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    asked = []
    window.selection._confirm = lambda *question: asked.append(question)
    window.gallery.view.select_rows([0, 4], 0)
    window.selection.again.trigger()
    qtbot.waitUntil(lambda: len(asked) == 1)
    _, question, explanation, yes, answered = asked[0]
    assert (question, yes) == ("Caption 2 photos again?", "Caption again")
    assert "cannot be undone" in explanation
    answered(False)
    assert not workspace.captioning.calls
    answered(True)
    qtbot.waitUntil(lambda: ("caption_again", (1, 5)) in workspace.captioning.calls)
    qtbot.waitUntil(lambda: window.toast.words == "2 photos will be captioned again")


def test_photos_without_a_caption_to_lose_are_captioned_at_once(open_window, qtbot):
    workspace = FakeWorkspace(30)
    workspace.change([1, 5], model_caption=None, user_caption="mine")
    window = open_window(workspace)
    window.gallery.view.select_rows([0, 4], 0)
    window.selection.again.trigger()
    qtbot.waitUntil(lambda: ("caption_again", (1, 5)) in workspace.captioning.calls)


def test_one_photo_that_is_captioned_again_has_its_caption_back_by_undo(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    before = workspace.library.photo_now(3)
    window.gallery.view.select_row(2)
    window.selection.again.trigger()
    qtbot.waitUntil(lambda: workspace.library.photo_now(3).state is PhotoState.QUEUED)
    workspace.change([3], state=PhotoState.DONE, model_caption="a boat", captioned_at=2e9)
    qtbot.waitUntil(lambda: window.toast.words == "The photo will be captioned again")
    QTest.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: workspace.library.photo_now(3) == before)


def test_the_menu_offers_what_fits_the_selection(open_window, qtbot):
    window = open_window(FakeWorkspace(30))
    window.gallery.view.grab()
    qtbot.waitUntil(lambda: window.gallery.model.cached(12) is not None)
    window.gallery.view.select_row(11)
    one = [action.text() for action in window.selection.menu().actions() if action.text()]
    assert one == [
        "Large view", "Find similar photos", "Edit caption", "Add tags…", "Add to the favourites",
        "Caption again", "Try again",
        "Copy caption", "Copy photo", "Copy path", "Show in the file manager", "Write caption",
        "Move to the trash", "Select all", "Keyboard shortcuts",
    ]  # fmt: skip
    window.gallery.view.select_rows([0, 1], 0)
    many = [action.text() for action in window.selection.menu().actions() if action.text()]
    assert many == [
        "Add tags…", "Add to the favourites", "Ask all of them…", "Caption again", "Copy captions",
        "Copy photos", "Copy paths",
        "Show in the file manager",
        "Write captions",
        "Move to the trash", "Select all", "Keyboard shortcuts",
    ]  # fmt: skip


def test_undo_takes_the_last_edit_back(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    before = workspace.library.photo_now(1).caption
    workspace.editing.set_caption(1, "mine")
    window.pane.undo()
    qtbot.waitUntil(lambda: window.toast.words == "Undone")
    assert workspace.library.photo_now(1).caption == before
    window.pane.undo()
    qtbot.waitUntil(lambda: window.toast.words == "There is nothing to undo")


def test_ctrl_z_after_a_save_undoes_the_save_and_leaving_keeps_nothing(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    caption = first_caption(window, qtbot)
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
    caption = first_caption(window, qtbot)
    before = caption.text()
    caption.begin_edit()
    QTest.keyClicks(caption.editor, " in May")
    QTest.keyClick(caption.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert caption.text() == before
    assert not window.toast.isVisible()


def test_undo_by_the_mouse_leaves_the_keyboard_where_it_was(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    first_caption(window, qtbot)
    window.window().activateWindow()
    field = window.pane.page.ask_bar.field
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    window.pane.toggle_favourite([1])
    qtbot.waitUntil(window.toast.button.isVisible)
    QTest.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.toast.words == "Undone")
    assert field.hasFocus()


def test_undo_waits_for_the_edit_that_is_being_saved(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    workspace.editing.set_caption(5, "an older edit")
    caption = first_caption(window, qtbot)
    saving, save = threading.Event(), workspace.editing.set_caption

    def slow(photo_id, text):
        assert saving.wait(10)
        save(photo_id, text)

    workspace.editing.set_caption = slow
    caption.use_text("mine")
    caption.save()
    window.pane.undo()
    saving.set()
    qtbot.waitUntil(lambda: window.toast.words == "Undone")
    assert workspace.library.photo_now(1).user_caption is None
    assert workspace.library.photo_now(5).user_caption == "an older edit"


def test_undo_takes_back_words_that_are_not_saved_yet(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    workspace.editing.set_caption(5, "an older edit")
    caption = first_caption(window, qtbot)
    before = caption.text()
    caption.use_text("mine")
    window.pane.undo()
    assert caption.text() == before and window.toast.words == "Undone"
    wait_for_tasks()
    assert workspace.library.photo_now(5).user_caption == "an older edit"


def test_photos_that_are_gone_are_not_offered_to_be_captioned_again(open_window, qtbot):
    workspace = FakeWorkspace(60)
    window = open_window(workspace)
    window.gallery.view.grab()
    qtbot.waitUntil(lambda: window.gallery.model.cached(16) is not None)
    window.gallery.view.select_row(15)  # photo 16 is missing
    offered = {action.text(): action.isEnabled() for action in window.selection.menu().actions()}
    assert offered["Caption again (the file is gone)"] is False and "Caption again" not in offered
    qtbot.waitUntil(lambda: window.pane._photo is not None and window.pane._photo.id == 16)
    again = window.pane.page.caption.again_button
    assert not again.isEnabled() and "the file is gone" in again.toolTip()
    window.selection.again.trigger()
    qtbot.waitUntil(lambda: window.toast.words == "Nothing can be captioned: the file is gone")
    window.gallery.view.select_rows([15, 0], 0)
    window.selection.again.trigger()
    qtbot.waitUntil(lambda: window.toast.words == "The photo will be captioned again")
    assert [ids for call, ids in workspace.captioning.calls if call == "caption_again"] == [(1,)]


@pytest.mark.parametrize("agreed", [False, True])
def test_photos_that_are_gone_leave_the_library_only_when_that_is_agreed(open_window, qtbot, agreed):
    workspace = FakeWorkspace(60)
    window = open_window(workspace)
    asked = []

    def confirm(parent, question, explanation, yes, answered):
        asked.append((question, explanation))
        answered(agreed)

    window.selection._confirm = confirm
    window.gallery.view.select_row(15)
    qtbot.waitUntil(lambda: window.pane._photo is not None and window.pane._photo.id == 16)
    window.pane.page.banner.action.click()
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0][0] == "Remove 1 photo from the library?" and "deleted" in asked[0][1]
    if agreed:
        qtbot.waitUntil(lambda: count(window) == 59)
        assert window.toast.words == "1 photo removed from the library"
    else:
        wait_for_tasks()
        assert workspace.library.forgotten == [] and count(window) == 60


def test_the_selected_photos_are_marked_in_the_file_manager_together(open_window, qtbot, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "blipdesk.ui.selection.mark_in_file_manager", lambda paths: shown.append(paths) or True
    )
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    window.gallery.view.select_rows([0, 4], 0)
    window.selection.show_file.trigger()
    qtbot.waitUntil(lambda: shown == [[workspace.library.photo_now(n).path for n in (1, 5)]])
