"""Writing the chosen photos' captions now, taking them back, and the row of photos with two captions."""

from __future__ import annotations

from fake_workspace import FakeWorkspace
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import UndoOutcome, UndoReport, UndoSelection
from blipdesk.ui.dialogs.changes import ChangesDialog
from blipdesk.ui.dialogs.conflicts import ConflictsDialog
from blipdesk.ui.dialogs.undo import UndoDialog


def menu_of(window):
    return {action.text(): action for action in window.pane.page.caption.written.menu().actions()}


def show(window, qtbot, row=0):
    """The pane with a photo in it."""
    window.gallery.view.select_row(row)
    qtbot.waitUntil(lambda: bool(window.pane.page.caption.text()))
    return window.pane.page.caption.written


def test_a_caption_is_written_now_and_taken_back_from_the_pane(open_window, qtbot):
    workspace = FakeWorkspace(30, write_target="embed")
    window = open_window(workspace)
    written = show(window, qtbot)
    assert written.button.accessibleDescription() == "The caption stands in BlipDesk only."
    actions = menu_of(window)
    assert not actions["Take it back"].isEnabled()
    actions["Write it now"].trigger()
    qtbot.waitUntil(lambda: window.toast.words == "The caption stands in the photo now")
    (_, (policy, paths)), *_ = workspace.writing.calls
    assert (policy.target, paths) == (WriteTarget.EMBED, (workspace.library.photo_now(1).path,))
    qtbot.waitUntil(lambda: "inside the photo" in written.button.accessibleDescription())
    menu_of(window)["Take it back"].trigger()
    qtbot.waitUntil(lambda: window.toast.words == "Taken back: the file is as it was before")
    assert workspace.writing.calls[-1] == ("undo", UndoSelection(photo_ids=(1,)))
    qtbot.waitUntil(lambda: "BlipDesk only" in written.button.accessibleDescription())


def test_what_was_just_written_can_be_taken_back_from_its_note(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    show(window, qtbot)
    menu_of(window)["Write it into the photo"].trigger()
    qtbot.waitUntil(lambda: window.toast.words == "The caption stands in the photo now")
    window.toast.button.click()
    qtbot.waitUntil(lambda: ("undo", UndoSelection(run_id=5)) in workspace.writing.calls)
    window.gallery.view.select_rows([0, 1, 4], 0)
    window.selection.write_requested.emit(WriteTarget.EMBED)
    qtbot.waitUntil(lambda: window.toast.words.startswith("3 photos: "))
    window.toast.button.click()
    asking = window._shell.findChild(UndoDialog)
    qtbot.waitUntil(asking.go_button.isVisible)
    assert workspace.writing.calls[-1] == ("dry undo", UndoSelection(run_id=5)), "several after a look"
    asking.reject()


def test_photos_of_a_drive_that_is_away_are_told_once_for_their_folder(open_window, qtbot):
    workspace = FakeWorkspace(30)
    workspace.writing.away = ["The drive of /photos is not connected. Nothing is lost."]
    window = open_window(workspace)
    show(window, qtbot)
    window.gallery.view.select_rows([0, 1, 4], 0)
    window.selection.write_requested.emit(WriteTarget.EMBED)
    qtbot.waitUntil(lambda: window.toast.words.startswith("2 photos: "))
    assert window.toast.words == f"2 photos: 2 in the photos. {workspace.writing.away[0]}"


def test_one_photo_can_be_written_also_while_captions_stay_in_blipdesk(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    show(window, qtbot)
    menu_of(window)["Write it beside the photo"].trigger()
    qtbot.waitUntil(lambda: window.toast.words == "The caption stands beside the photo now")
    assert workspace.settings.values.write_target == "none", "the setting stays"


def test_a_file_that_cannot_come_back_says_why(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    workspace.change([3], written=WriteTarget.EMBED)
    show(window, qtbot, 2)
    menu_of(window)["Take it back"].trigger()
    qtbot.waitUntil(lambda: window.toast.words.startswith("Another program changed this file since"))


def test_a_file_that_goes_back_a_part_of_the_way_says_so_and_why(open_window, qtbot, monkeypatch):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    workspace.change([3], written=WriteTarget.EMBED)
    path = workspace.library.photo_now(3).path
    report = UndoReport(path, path, UndoOutcome.PARTLY, "Another program changed it between run 1 and run 2.")
    monkeypatch.setattr(workspace.writing, "undo", lambda *_, **__: [report])
    show(window, qtbot, 2)
    menu_of(window)["Take it back"].trigger()
    said = f"Taken back in part. {report.note}"
    qtbot.waitUntil(lambda: window.toast.words == said)


def test_nothing_is_written_where_there_is_no_file(open_window, qtbot):
    workspace = FakeWorkspace(30)
    workspace.change([1], state=PhotoState.MISSING, written=WriteTarget.EMBED)
    window = open_window(workspace)
    show(window, qtbot)
    actions = menu_of(window)
    names = ("Write it into the photo", "Write it beside the photo", "Take it back")
    assert [actions[name].isEnabled() for name in names] == [False, False, False]


def test_why_a_caption_stands_where_it_does_is_in_the_menu(open_window, qtbot):
    workspace = FakeWorkspace(30, write_target="embed")
    workspace.change([1], written=WriteTarget.SIDECAR, write_note="This photo is signed.")
    window = open_window(workspace)
    written = show(window, qtbot)
    assert written.button.accessibleDescription().endswith("beside the photo. This photo is signed.")
    widgets = [action.defaultWidget().text() for action in written.menu().actions()[:2]]
    assert widgets == [
        "The caption stands in BlipDesk and in a small file beside the photo.", "This photo is signed."
    ]  # fmt: skip


def test_of_two_captions_it_is_said_once_that_nothing_is_written(open_window, qtbot):
    workspace = FakeWorkspace(30, write_target="embed")
    workspace.change([1], conflict=True, write_note="Words stand there: nothing is written over them.")
    window = open_window(workspace)
    written = show(window, qtbot)
    said = "The file has another caption than yours: nothing is written until you decide."
    assert written.button.accessibleDescription() == said
    words, separator, *_ = written.menu().actions()
    assert words.defaultWidget().text() == said and separator.isSeparator()


def test_a_caption_of_the_files_own_is_not_said_to_be_in_blipdesk_only(open_window, qtbot):
    workspace = FakeWorkspace(30)
    workspace.change([1], file_caption="Costa da Caparica 2019")
    window = open_window(workspace)
    written = show(window, qtbot)
    assert written.button.accessibleDescription() == "The caption came from the file and stands there."


def test_a_selection_is_written_and_taken_back_after_a_look(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    window.gallery.view.grab()
    qtbot.waitUntil(lambda: window.gallery.model.cached(5) is not None)
    window.gallery.view.select_rows([0, 1, 4], 0)
    qtbot.waitUntil(window.pane.many.back_button.isHidden)  # there is nothing to take back yet
    assert "Take captions back…" not in [action.text() for action in window.selection.menu().actions()]
    window.selection.write_requested.emit(WriteTarget.EMBED)
    qtbot.waitUntil(lambda: window.toast.words == "3 photos: 2 in the photos, 1 beside the photos")
    qtbot.waitUntil(lambda: not window.pane.many.back_button.isHidden())
    assert "Take captions back…" in [action.text() for action in window.selection.menu().actions()]
    window.pane.many.back_button.click()
    asking = window._shell.findChild(UndoDialog)
    qtbot.waitUntil(asking.go_button.isVisible)
    assert asking.title.text() == "Take back what was written for 3 photos?"
    assert workspace.writing.calls[-1] == ("dry undo", UndoSelection(photo_ids=(1, 2, 5)))
    asking.reject()


def test_what_changed_no_file_cannot_be_undone(open_window, qtbot):
    workspace = FakeWorkspace(30)
    workspace.writing.refuses = True
    window = open_window(workspace)
    window.gallery.view.select_rows([0, 1], 0)
    window.selection.write_requested.emit(WriteTarget.EMBED)
    qtbot.waitUntil(lambda: window.toast.words.startswith("2 photos: 2 not written. The folder"))
    assert window.toast.button.isHidden()


def test_writing_a_selection_says_how_far_it_is_and_can_be_stopped(open_window, qtbot):
    workspace = FakeWorkspace(30)
    window = open_window(workspace)
    window.gallery.view.select_rows([0, 1, 2, 3, 4], 0)
    workspace.writing.hold.clear()
    window.selection.write_requested.emit(WriteTarget.EMBED)
    assert window.toast.words == "Writing 0 of 5 photos…" and window.toast.button.text() == "Stop"
    qtbot.waitUntil(lambda: bool(workspace.writing.calls))
    window.toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert not window.toast._timer.isActive(), "it stays as long as the work"
    window.toast.button.click()
    assert window.toast.words == "Stopping after this file…"
    workspace.writing.hold.set()
    qtbot.waitUntil(lambda: window.toast.words == "Stopped after 1 photo. The others are as they were.")


def test_a_long_note_is_no_wider_than_the_photos(open_window, qtbot):
    window = open_window(FakeWorkspace(30), (1000, 700))
    window.toast.show_note("275 photos: 196 in the photos, 39 beside the photos, 40 left as they were", int)
    assert window.toast.width() <= window.gallery.width() - 32
    words = window.toast._words
    assert words.height() >= words.heightForWidth(words.width()), "and nothing of it is cut"


def test_how_far_writing_is_takes_no_notes_place(open_window, qtbot):
    window = open_window(FakeWorkspace(30))
    window.toast.show_note("Caption saved", lambda: None)
    window.toast.show_work("Writing 3 of 5 photos…", lambda: None)
    assert (window.toast.words, window.toast.button.text()) == ("Caption saved", "Undo")
    window.toast.button.click()
    window.toast.show_work("Writing 4 of 5 photos…", lambda: None)
    assert (window.toast.words, window.toast.button.text()) == ("Writing 4 of 5 photos…", "Stop")
    assert not window.toast._timer.isActive(), "the former note's time is over"


def test_the_row_of_two_captions_is_there_while_there_are_any(open_window, qtbot):
    workspace = FakeWorkspace(60)
    window = open_window(workspace)
    row = window.side_bar.conflicts
    assert not row.isVisible()
    workspace.writing.with_conflicts(3)
    workspace.change([1], needs_review=False)
    qtbot.waitUntil(row.isVisible)
    assert row.accessibleName() == "Two captions, 3 photos"
    view = window.browser.view
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    dialog = window._shell.findChild(ConflictsDialog)
    qtbot.waitUntil(lambda: len(dialog.conflicts) == 3)
    assert window.browser.view == view and window.side_bar.rows[0].isChecked()
    dialog.all_box.setChecked(True)
    dialog.both_button.click()
    box = dialog.findChild(QMessageBox)
    next(button for button in box.buttons() if button.text() == "Keep both for all").click()
    qtbot.waitUntil(lambda: not row.isVisible())
    dialog.reject()


def test_a_photo_with_two_captions_says_so_and_leads_to_them(open_window, qtbot):
    workspace = FakeWorkspace(60, write_target="embed")
    workspace.writing.with_conflicts(3)
    second = workspace.writing.found[1]
    window = open_window(workspace, (1000, 700))
    written = show(window, qtbot, second.photo_id - 1)
    banner = window.pane.page.banner
    assert banner.message == "The file has another caption than yours."
    caption = window.pane.page.caption
    qtbot.waitUntil(lambda: caption.visibleRegion().boundingRect().height() == caption.height() > 0)
    assert "nothing is written until you decide" in written.button.accessibleDescription()
    assert not menu_of(window)["Write it now"].isEnabled()
    banner.action.click()
    dialog = window._shell.findChild(ConflictsDialog)
    qtbot.waitUntil(lambda: dialog.mine.text.text() == second.mine)
    dialog.file.button.click()
    qtbot.waitUntil(lambda: not banner.isVisible())
    dialog.reject()


def test_the_changes_open_by_their_key(open_window, qtbot):
    workspace = FakeWorkspace(30)
    workspace.writing.with_runs()
    window = open_window(workspace)
    key = next(found for found in window.findChildren(QShortcut) if found.key().toString() == "Ctrl+H")
    key.activated.emit()
    dialog = window._shell.findChild(ChangesDialog)
    qtbot.waitUntil(lambda: len(dialog.cards) == 4)
    dialog.reject()
