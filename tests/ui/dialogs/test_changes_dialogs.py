"""The list of changes, and taking them back: looked at first, stopped when asked, reported."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import (
    TAKEN_BACK,
    ExistingText,
    RunKind,
    UndoOutcome,
    UndoReport,
    UndoSelection,
    WriteRun,
)
from blipdesk.ui import long_task
from blipdesk.ui.dialogs.changes import PAGE, ChangesDialog, RunCard
from blipdesk.ui.dialogs.report_list import ReportList, ReportRow
from blipdesk.ui.dialogs.undo import UndoDialog
from blipdesk.ui.tasks import wait_for_tasks
from blipdesk.ui.writing_words import partly_words, undo_counts, undo_rows, when_words

HOSTILE = '<img src="file:///etc/passwd.png"><b>x</b> & size a<b\udc80\0'


@pytest.fixture
def workspace() -> FakeWorkspace:
    made = FakeWorkspace(60)
    made.writing.with_runs()
    return made


@pytest.fixture
def changes(qtbot: QtBot, workspace: FakeWorkspace) -> ChangesDialog:
    dialog = ChangesDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.cards) == 4)
    return dialog


def undo_dialog(qtbot: QtBot, workspace: FakeWorkspace) -> UndoDialog:
    dialog = UndoDialog(workspace, UndoSelection(run_id=4), "Take back what was written?")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({"taken_back": 3, "pruned": 1, "forgotten": 1}, "Taken back"),
        ({"taken_back": 1, "pruned": 3, "forgotten": 1}, "Too long ago to take back"),
        ({"taken_back": 1, "pruned": 1, "forgotten": 3}, "Its photos were forgotten"),
        ({"taken_back": 1, "pruned": 1, "forgotten": 2}, ""),
    ],
)
def test_a_run_of_which_nothing_can_be_taken_back_says_why(
    qtbot: QtBot, counts: dict[str, int], why: str
) -> None:
    run = WriteRun(1, RunKind.WRITE, WriteTarget.EMBED, ExistingText.SKIP, 0.0, 0.0, embedded=5, **counts)
    card = RunCard(run, newest=True)
    qtbot.addWidget(card)
    assert (card.state.text(), card.undo_button.isHidden()) == (why, bool(why))


def asked(qtbot: QtBot, changes: ChangesDialog, number: int) -> UndoDialog:
    """What one of the cards asks, once it has looked."""
    changes.cards[number].undo_button.click()
    asking = changes.findChild(UndoDialog)
    qtbot.waitUntil(asking.go_button.isVisible)
    return asking


def test_the_runs_say_what_they_did_and_what_can_be_taken_back(changes: ChangesDialog) -> None:
    newest, undone, back, old = changes.cards
    assert (
        newest.counts.text()
        == "1,204 in photos  ·  81 beside photos  ·  48 left as they were  ·  3 not written"
    )
    assert newest.undo_button.isVisible() and newest.undo_button.text() == "Take back…"
    assert undone.accessibleName().startswith("Captions taken back, ")
    assert undone.undo_button.text() == "Put back…"
    assert not back.undo_button.isVisible() and back.state.text() == "Taken back"
    assert not old.undo_button.isVisible() and old.state.text() == "Too long ago to take back"
    assert changes.kept.text().startswith("412.0 kB for 1,297 changes, the oldest from ")
    assert "232 older changes can no longer be taken back." in changes.kept.text()


def test_without_a_change_it_is_said_what_will_stand_here(qtbot: QtBot) -> None:
    dialog = ChangesDialog(FakeWorkspace(3))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.empty.title.text() == "No file was changed")
    assert dialog.empty.isVisible() and not dialog.cards
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_keyboard_begins_at_close_and_comes_to_the_newest_run_next(
    qtbot: QtBot, workspace: FakeWorkspace
) -> None:
    workspace.writing.with_runs(10)
    dialog = ChangesDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(
        lambda: bool(dialog.cards) and dialog.cards[0].undo_button.isVisible()
    )  # shown by its layout
    assert dialog.focusWidget() is dialog.close_button
    QTest.keyClick(dialog.close_button, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.cards[0].undo_button


def test_an_older_run_offers_all_that_came_after_it_too(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    newest, *_ = workspace.writing.made
    older = workspace.writing.made[2]
    workspace.writing.made = [newest, type(older)(*[getattr(older, n) for n in older.__slots__[:-3]])]
    dialog = ChangesDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.cards) == 2)
    assert not dialog.cards[0].after_link.isVisible(), "nothing came after it"
    dialog.cards[1].after_link.click()
    qtbot.waitUntil(lambda: bool(workspace.writing.calls))
    assert workspace.writing.calls == [("dry undo", UndoSelection(since=older.began_at))]


def test_the_list_follows_what_is_written_meanwhile_and_keeps_the_keyboard(
    qtbot: QtBot, changes: ChangesDialog, workspace: FakeWorkspace
) -> None:
    newest, *others = workspace.writing.made
    changes.activateWindow()
    changes.cards[0].undo_button.setFocus()
    stay = changes.cards[1:]
    workspace.writing.made = [replace(newest, embedded=1205), *others]
    workspace.change([1], written=WriteTarget.EMBED)
    qtbot.waitUntil(lambda: changes.cards[0].counts.text().startswith("1,205 in photos"))
    assert changes.cards[1:] == stay, "what did not change is not made anew"
    assert changes.focusWidget() is changes.cards[0].undo_button
    QTest.keyClick(changes.focusWidget(), Qt.Key.Key_Tab)
    assert changes.focusWidget() is changes.cards[1].undo_button, "Tab still goes from top to bottom"


def test_older_runs_come_when_they_are_asked_for(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    newest = workspace.writing.made[0]
    workspace.writing.made = [replace(newest, id=number) for number in range(PAGE + 3, 0, -1)]
    dialog = ChangesDialog(workspace)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: len(dialog.cards) == PAGE)
    assert dialog.older_link.isVisible()
    dialog.older_link.setFocus()
    QTest.keyClick(dialog.older_link, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.cards) == PAGE + 3)
    assert not dialog.older_link.isVisible()
    assert [card.run.id for card in dialog.cards] == list(range(PAGE + 3, 0, -1))


def test_a_list_that_was_closed_follows_nothing(changes: ChangesDialog, workspace: FakeWorkspace) -> None:
    heard: list[object] = []
    changes._bridge.catalog_changed.connect(heard.append)
    workspace.change([1], written=WriteTarget.EMBED)
    changes._bridge.flush()
    assert len(heard) == 1
    changes.reject()
    workspace.change([1], written=WriteTarget.NONE)
    changes._bridge.flush()
    assert len(heard) == 1


def test_taking_back_begins_with_a_look_and_enter_is_the_safe_answer(
    qtbot: QtBot, changes: ChangesDialog, workspace: FakeWorkspace
) -> None:
    asking = asked(qtbot, changes, 0)
    assert asking.words.text() == (
        "10 files get back, byte for byte, what stood there before BlipDesk wrote. 2 files cannot be taken "
        "back: the first in the list. Captions, tags and stars stay in BlipDesk."
    )
    first, second, third = asking.list.rows[:3]
    assert first.lines == (("", "Another program changed this file since: left as it is."),)
    assert second.lines == (("", "The file is not there any more"),)
    assert third.lines == (("", "Becomes as it was before"),)
    QTest.keyClick(asking, Qt.Key.Key_Return)
    assert not asking.isVisible()
    assert [name for name, _ in workspace.writing.calls] == ["dry undo"]


def test_what_was_taken_back_and_what_was_not_is_reported(
    qtbot: QtBot, changes: ChangesDialog, workspace: FakeWorkspace
) -> None:
    asking = asked(qtbot, changes, 0)
    assert asking.go_button.text() == "Take back 10 files"
    asking.go_button.click()
    qtbot.waitUntil(lambda: asking.title.text() == "Taken back")
    assert asking.words.text().startswith("10 files are as before, byte for byte. 2 files could not be taken")
    assert [row.ink for row in asking.list.rows[:3]] == ["warn", "warn", "ok"]
    assert workspace.writing.calls[-1] == ("undo", UndoSelection(run_id=4))
    qtbot.waitUntil(lambda: changes.cards[0].state.text() == "Taken back")
    asking.close_button.click()
    assert not asking.isVisible()


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    asking = undo_dialog(qtbot, workspace)
    qtbot.waitUntil(asking.go_button.isVisible)
    asking.activateWindow()
    QTest.keyClick(asking.focusWidget(), Qt.Key.Key_Tab)
    assert asking.focusWidget() is asking.go_button
    QTest.keyClick(asking.go_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asking.title.text() == "Taken back")


def test_what_was_taken_back_can_be_put_back(
    qtbot: QtBot, changes: ChangesDialog, workspace: FakeWorkspace
) -> None:
    asking = asked(qtbot, changes, 1)
    assert asking.title.text().startswith("Put back what was taken back: Yesterday, ")
    assert asking.words.text().startswith(
        "10 files get back, byte for byte, what stood there before it was taken"
    )
    assert asking.go_button.text() == "Put back 10 files"
    asking.go_button.click()
    qtbot.waitUntil(lambda: asking.title.text() == "Put back")
    assert workspace.writing.calls[-1] == ("undo", UndoSelection(run_id=3))


def test_it_stops_after_the_file_in_hand(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    asking = undo_dialog(qtbot, workspace)
    qtbot.waitUntil(asking.go_button.isVisible)
    workspace.writing.hold.clear()
    asking.go_button.click()
    qtbot.waitUntil(lambda: workspace.writing.calls[-1][0] == "undo")
    QTest.keyClick(asking, Qt.Key.Key_Escape)
    assert asking.isVisible() and asking.words.text() == "Stopping after this file…"
    workspace.writing.hold.set()
    qtbot.waitUntil(lambda: asking.words.text().startswith("Stopped. "))
    assert asking.close_button.text() == "Close"
    QTest.keyClick(asking, Qt.Key.Key_Escape)
    assert not asking.isVisible()


def test_a_look_that_is_left_ends(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    workspace.writing.hold.clear()
    asking = undo_dialog(qtbot, workspace)
    QTest.keyClick(asking, Qt.Key.Key_Escape)
    assert not asking.isVisible()
    workspace.writing.hold.set()
    assert wait_for_tasks()


def test_the_end_of_the_app_waits_for_one_file_not_for_ten_thousand(
    qtbot: QtBot, workspace: FakeWorkspace
) -> None:
    asking = undo_dialog(qtbot, workspace)
    qtbot.waitUntil(asking.go_button.isVisible)
    workspace.writing.hold.clear()
    asking.go_button.click()
    qtbot.waitUntil(lambda: workspace.writing.calls[-1][0] == "undo")
    long_task.stop_all()
    workspace.writing.hold.set()
    qtbot.waitUntil(lambda: asking.words.text().startswith("Stopped. "))
    assert len(asking.list.rows) <= 1


def test_where_nothing_can_come_back_nothing_is_offered(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    workspace.writing.undo = lambda *_, **__: [  # type: ignore[method-assign]
        UndoReport("/p/a.jpg", "/p/a.jpg", UndoOutcome.PRUNED, "")
    ]
    asking = undo_dialog(qtbot, workspace)
    qtbot.waitUntil(lambda: asking.words.text() == "Nothing of this can be taken back.")
    assert not asking.go_button.isVisible()
    assert asking.list.rows[0].lines == (("", "Too long ago: what stood there is not kept any more"),)


def test_where_nothing_was_written_it_is_said(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    workspace.writing.files = 0
    asking = undo_dialog(qtbot, workspace)
    qtbot.waitUntil(asking.empty.isVisible)
    assert asking.empty.title.text() == "Nothing to take back" and not asking.go_button.isVisible()


def test_an_error_is_said_and_nothing_hangs(qtbot: QtBot, workspace: FakeWorkspace) -> None:
    def full(*_: object, **__: object) -> list[UndoReport]:
        raise CatalogError("The disk is full.", "Free some space.")

    workspace.writing.undo = full  # type: ignore[method-assign]
    asking = undo_dialog(qtbot, workspace)
    said = "This could not be looked at. The disk is full. Free some space."
    qtbot.waitUntil(lambda: asking.words.text() == said)
    assert asking.bar.isHidden() and not asking.go_button.isVisible()


def test_ten_thousand_files_are_listed_and_the_window_answers_meanwhile(
    qtbot: QtBot, workspace: FakeWorkspace
) -> None:
    reports = [
        UndoReport(
            f"/p/{n}.jpg", f"/p/{n}.jpg", UndoOutcome.FAILED if n == 9_999 else UndoOutcome.RESTORED, ""
        )
        for n in range(10_000)
    ]
    looked_on: list[bool] = []

    def undo(selection: UndoSelection, dry_run: bool = False, on_progress: object = None) -> list[UndoReport]:
        looked_on.append(threading.current_thread() is threading.main_thread())
        return reports

    workspace.writing.undo = undo  # type: ignore[method-assign]
    asking = undo_dialog(qtbot, workspace)
    qtbot.waitUntil(lambda: len(asking.list.rows) == 10_000)
    assert looked_on == [False]
    assert asking.list.rows[0].title == "9999.jpg", "what does not come back stands first"
    assert asking.go_button.text() == "Take back 9,999 files"


def test_hostile_names_and_reasons_are_shown_as_they_are(qtbot: QtBot) -> None:
    shown_list = ReportList("Files")
    qtbot.addWidget(shown_list)
    shown_list.resize(300, 200)
    shown_list.show_rows([ReportRow("check", "ok", HOSTILE, (("", HOSTILE), ("Then", HOSTILE * 40)))])
    shown_list.show()
    shown_list.grab()
    assert shown_list.model().index(0, 0).data().startswith('<img src="file:///etc/passwd.png">')


def test_every_control_has_a_name_and_every_label_is_plain(
    qtbot: QtBot, changes: ChangesDialog, workspace: FakeWorkspace
) -> None:
    for root in (changes, undo_dialog(qtbot, workspace)):
        buttons = [b for b in root.findChildren(QAbstractButton) if b.isVisibleTo(root)]
        assert [b for b in buttons if not b.accessibleName()] == []
        labels = root.findChildren(QLabel)
        assert [label.text() for label in labels if label.textFormat() is not Qt.TextFormat.PlainText] == []
    wait_for_tasks()


def test_what_does_not_come_back_stands_first_and_what_needed_nothing_last() -> None:
    outcomes = [UndoOutcome.ALREADY, UndoOutcome.RESTORED, UndoOutcome.GONE]
    rows = undo_rows([UndoReport(f"/p/{one}.jpg", "", one, "") for one in outcomes], planned=True)
    assert [row.title for row in rows] == ["gone.jpg", "restored.jpg", "already.jpg"]


def test_a_sidecar_that_goes_is_said_to_be_removed_and_one_that_was_there_to_be_as_before() -> None:
    reports = [UndoReport("/p/a.jpg", f"/p/{one}.xmp", one, "") for one in TAKEN_BACK]
    for planned, removed in (
        (True, "Is removed: BlipDesk made it"),
        (False, "Removed: BlipDesk had made it"),
    ):
        rows = undo_rows(reports, planned=planned)
        said = {row.title: row.lines[0][1] for row in rows}
        assert said["removed.xmp"] == removed
        assert "emoved" not in said["restored.xmp"]
    assert undo_counts(reports) == (len(TAKEN_BACK), 0)


def test_what_goes_back_a_part_of_the_way_stands_first_and_is_counted() -> None:
    outcomes = [UndoOutcome.RESTORED, UndoOutcome.PARTLY]
    reports = [UndoReport(f"/p/{one}.jpg", "", one, "Why." if one == "partly" else "") for one in outcomes]
    for planned, words in (
        (True, "Is taken back in part. Why."),
        (False, "Taken back in part. Why."),
    ):
        rows = undo_rows(reports, planned=planned)
        assert [row.title for row in rows] == ["partly.jpg", "restored.jpg"]
        assert rows[0].lines == (("", words),)
    assert partly_words(reports) == "1 of them in part only: the first in the list say why."
    assert partly_words(reports[:1]) == ""


def test_a_time_is_said_as_a_person_says_it() -> None:
    noon = 1_784_000_000.0
    assert when_words(noon, noon).startswith("Today, ")
    assert when_words(noon - 86_400, noon).startswith("Yesterday, ")
    assert " 20" in when_words(noon - 90 * 86_400, noon)
