"""One question to many photos in the window: asked, followed, its groups shown in the gallery."""

from __future__ import annotations

import pytest
from fake_workspace import FakeWorkspace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from blipdesk.domain.errors import UsageError
from blipdesk.domain.events import AskedProgress, CatalogChange, Progress, RunState
from blipdesk.domain.values import SortOrder
from blipdesk.services.drafts import DraftService
from blipdesk.ui.asked.group_entry import MOST_PHOTOS
from blipdesk.ui.asked.words import estimate_words


@pytest.fixture
def workspace():
    return FakeWorkspace(60)


@pytest.fixture
def window(open_window, qtbot, workspace):
    window = open_window(workspace)
    qtbot.waitUntil(lambda: window.gallery.model.rowCount() == 60)
    return window


def opened(qtbot, window):
    qtbot.waitUntil(lambda: window.asked.dialog is not None and window.asked.dialog.isVisible())
    return window.asked.dialog


def asked(qtbot, window, question="Is anyone smiling?"):
    """The dialog, in which a question was asked of the first three photos."""
    window.gallery.view.select_rows([0, 1, 2], 0)
    window.pane.many.ask_button.click()
    dialog = opened(qtbot, window)
    QTest.keyClicks(dialog.ask_page.field, question)
    QTest.keyClick(dialog.ask_page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.title.text() == question)
    return dialog


def test_the_selected_photos_are_asked_and_the_answers_come_in_groups(qtbot, window, workspace):
    dialog = asked(qtbot, window)
    many = workspace.asking_many
    assert many.started == [{"ids": window.gallery.model.ids[:3].tolist(), "choices": (), "again": False}]
    many.fail(1)
    many.answer(Yes=1, yes=1)
    workspace.publish(CatalogChange(questions=frozenset({1})))
    qtbot.waitUntil(lambda: len(dialog.answers.groups.rows) == 1)
    row = dialog.answers.groups.rows[0].row
    assert row.accessibleName() == "Yes: 2 photos, 100 %"
    assert dialog.answers.words.text() == "3 photos · done"
    assert dialog.answers.failures.text() == "Without an answer:\n1 photo: The file is gone. Bring it back."
    assert not dialog.pause_button.isVisible()
    dialog.answers.retry.click()
    qtbot.waitUntil(lambda: many.failures == [] and dialog.pause_button.isVisible())


def test_a_press_on_a_group_shows_its_photos(qtbot, window, workspace):
    dialog = asked(qtbot, window)
    workspace.asking_many.answer(yes=1, no=2)
    dialog.read_soon()
    qtbot.waitUntil(lambda: len(dialog.answers.groups.rows) == 2)
    dialog.answers.groups.rows[1].row.click()
    assert window.browser.view.query == 'asked:"is anyone smiling"="yes"'
    assert window.browser.view.order is SortOrder.NEWEST, "filters alone keep the order of the photos"
    qtbot.waitUntil(lambda: window.asked.dialog is None)


def test_the_photos_of_a_group_are_listed_and_one_is_shown(qtbot, window, workspace):
    dialog = asked(qtbot, window)
    workspace.asking_many.answer(yes=40, no=2)
    chosen = window.gallery.model.id_at(7)
    workspace.asking_many.of_group = [chosen, *range(1, 40)]
    dialog.read_soon()
    qtbot.waitUntil(lambda: len(dialog.answers.groups.rows) == 2)
    entry = dialog.answers.groups.rows[0]
    QTest.keyClick(entry.row, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: len(entry.photos) == MOST_PHOTOS and entry.photos[0].isVisible())
    assert entry._rest.text() == "and 10 others" and entry.photos[0]._image is not None
    dialog.answers.grab()
    workspace.asking_many.answer(yes=41, no=2)
    dialog.read_soon()
    qtbot.waitUntil(lambda: dialog.answers.groups.rows[0] is not entry)
    entry = dialog.answers.groups.rows[0]
    qtbot.waitUntil(lambda: entry.photos[0].isVisibleTo(dialog))  # it stays open while answers come
    QTest.keyClick(entry.row, Qt.Key.Key_Left)
    assert not entry.photos[0].isVisibleTo(dialog)
    entry.toggle.click()
    asked_words = 'asked:"is anyone smiling"="yes"'
    workspace.change([chosen], user_caption=asked_words)  # what the fake library finds by
    entry.photos[0].click()
    assert window.browser.view.query == asked_words
    qtbot.waitUntil(lambda: window.asked.dialog is None)
    qtbot.waitUntil(lambda: window.gallery.view.current_id() == chosen)


def test_a_question_that_was_typed_is_there_after_a_crash_until_it_was_asked(qtbot, window, workspace):
    window.gallery.view.select_rows([0, 1], 0)
    window.pane.many.ask_button.click()
    dialog = opened(qtbot, window)
    QTest.keyClicks(dialog.ask_page.field, "Who is it?")
    dialog.reject()
    window.gallery.view.select_row(5)
    assert workspace.drafts.waiting() == [], "it is of no photo"
    kept = []
    anew = DraftService(lambda: list(kept), kept.extend)
    anew.question_to_many = workspace.drafts.question_to_many
    anew.write()
    workspace.drafts = DraftService(lambda: list(kept), kept.extend)
    window.asked.ask()
    again = opened(qtbot, window)
    assert again.ask_page.field.text() == "Who is it?" == again.ask_page.field.selectedText()
    QTest.keyClick(again.ask_page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: again.title.text() == "Who is it?")
    assert workspace.drafts.question_to_many == ""


def test_the_whole_answer_of_a_search_is_asked(qtbot, window, workspace):
    assert not window.gallery.ask.isVisible()
    window.top_bar.search.field.setText("sunset")
    qtbot.waitUntil(lambda: 0 < window.gallery.model.rowCount() < 50)
    qtbot.waitUntil(window.gallery.ask.isVisible)
    window.gallery.ask.click()
    dialog = opened(qtbot, window)
    found = window.gallery.model.sure
    assert dialog.words.text() == f"{found} photos found by “sunset”"
    qtbot.waitUntil(lambda: "2.0 s each" in dialog.ask_page.estimate.text())
    dialog.ask_page.closed.setChecked(True)
    dialog.ask_page.again.setChecked(True)
    assert not dialog.ask_button.isEnabled()
    dialog.ask_page.field.setText("What?")
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: len(workspace.asking_many.started) == 1)
    (started,) = workspace.asking_many.started
    assert (len(started["ids"]), started["choices"], started["again"]) == (found, ("yes", "no"), True)


def test_it_is_paused_ended_and_found_again_in_the_list(qtbot, window, workspace):
    dialog = asked(qtbot, window)
    for button, words in (
        (dialog.pause_button, "paused"), (dialog.pause_button, "under way"), (dialog.end_button, "stopped"),
    ):  # fmt: skip
        button.click()
        qtbot.waitUntil(lambda words=words: words in dialog.answers.words.text())
    dialog.back_button.click()
    qtbot.waitUntil(lambda: len(dialog.ask_page.runs.rows) == 1)
    dialog.ask_page.runs.rows[0].click()
    qtbot.waitUntil(lambda: dialog.title.text() == "Is anyone smiling?")


def test_the_status_bar_says_that_it_runs_while_the_dialog_is_closed(qtbot, window, workspace):
    dialog = asked(qtbot, window)
    qtbot.waitUntil(lambda: "the model is being loaded" in dialog.answers.words.text())
    dialog.reject()
    workspace.asking_many.answer(yes=1)
    link = window.asked.link
    assert not link.isVisible()
    going = AskedProgress(1, 1, 3, 60.0)
    workspace.publish(Progress(state=RunState.IDLE, asked=going))
    qtbot.waitUntil(link.isVisible)
    assert link.accessibleName() == "Asking: 1 of 3"
    link.click()
    dialog = opened(qtbot, window)
    qtbot.waitUntil(lambda: dialog.title.text() == "Is anyone smiling?")
    workspace.publish(Progress(state=RunState.IDLE, asked=going))
    qtbot.waitUntil(lambda: "about 1 min left" in dialog.answers.words.text())
    workspace.publish(Progress(state=RunState.PAUSED, asked=going))
    qtbot.waitUntil(lambda: "BlipDesk is paused" in dialog.answers.words.text())
    workspace.publish(Progress(state=RunState.IDLE))
    qtbot.waitUntil(link.isHidden)


def test_what_cannot_be_asked_is_said_and_can_be_mended(qtbot, window, workspace):
    workspace.asking_many.error = UsageError("There is no photo to ask.", "Select some.")
    window.gallery.view.select_rows([0, 1], 0)
    assert window.selection.ask_many in window.selection.menu().actions()
    window.selection.ask_many.trigger()
    dialog = opened(qtbot, window)
    dialog.ask_page.field.setText("What?")
    dialog.ask_button.click()
    qtbot.waitUntil(lambda: dialog.words.text() == "There is no photo to ask. Select some.")
    assert dialog.ask_button.isEnabled()


def test_answers_are_exported(qtbot, window, workspace, tmp_path):
    dialog = asked(qtbot, window)
    with qtbot.waitSignal(dialog.said) as said:
        dialog.export_to(tmp_path / "answers.csv")
    assert said.args == ["3 photos written to answers.csv"]


def test_every_control_has_a_name_and_hostile_answers_stay_plain(qtbot, window, workspace):
    dialog = asked(qtbot, window, "<b>what</b>?")
    workspace.asking_many.answers = {"<img src=x>": 3}
    dialog.read_soon()
    qtbot.waitUntil(lambda: len(dialog.answers.groups.rows) == 1)
    assert dialog.title.textFormat() is Qt.TextFormat.PlainText
    named = [button for button in dialog.findChildren(QAbstractButton) if button.isVisibleTo(dialog)]
    assert named and all(button.accessibleName() or button.text() for button in named)


def test_a_quick_model_is_not_said_to_take_no_time_at_all() -> None:
    assert "0.1 s each" in estimate_words(44, 0.03)
