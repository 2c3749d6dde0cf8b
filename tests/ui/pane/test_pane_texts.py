"""The caption in the pane: saved, taken back, and no text a person typed is lost."""

from __future__ import annotations

import threading

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import open_photo, settle, type_into
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.values import Keyword, PhotoState, Source
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.edits import take_edits

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_refresh_does_not_touch_what_is_being_typed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, ", and my dog")
    workspace.change(
        [8], model_caption="another caption by the model", keywords=(Keyword("new", Source.MODEL),)
    )
    qtbot.waitUntil(lambda: pane.page.keywords.names == ["new"])
    assert pane.page.caption.text() == "a full moon over a lake at night, and my dog"
    assert "new caption" in pane.page.caption.source_text
    QTest.keyClick(pane.page.caption.editor, Qt.Key.Key_Escape)
    assert pane.page.caption.text() == "another caption by the model"


def test_a_refresh_shows_a_new_caption_where_nothing_is_typed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    workspace.change([8], model_caption="a better caption")
    qtbot.waitUntil(lambda: pane.page.caption.text() == "a better caption")


def test_ctrl_enter_saves_and_undo_shows_the_former_caption(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    assert pane.page.caption.save_button.isVisible()
    QTest.keyClick(pane.page.caption.editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: pane.toasts == [("Caption saved", True)])
    photo = workspace.library.photo(8)
    assert photo is not None and photo.user_caption == "a full moon over a lake at night in May"
    qtbot.waitUntil(lambda: pane.page.caption.source_text == "Demo model · edited by you")
    assert not pane.page.caption.save_button.isVisible()
    workspace.editing.undo()
    qtbot.waitUntil(lambda: pane.page.caption.text() == "a full moon over a lake at night")


def test_an_emptied_caption_gives_the_models_back(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change([8], user_caption="mine")
    open_photo(qtbot, pane)
    pane.page.caption.editor.setPlainText("  ")
    pane.page.caption.save_button.click()
    qtbot.waitUntil(lambda: pane.page.caption.text() == "a full moon over a lake at night")
    assert workspace.library.photo_now(8).user_caption is None


def test_escape_takes_the_changes_back(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " nonsense")
    QTest.keyClick(pane.page.caption.editor, Qt.Key.Key_Escape)
    assert pane.page.caption.text() == "a full moon over a lake at night"
    assert not pane.page.caption.dirty
    assert workspace.library.photo_now(8).user_caption is None


def test_another_photo_saves_what_was_typed(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    open_photo(qtbot, pane, 9)
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption is not None)
    assert workspace.library.photo_now(8).user_caption == "a full moon over a lake at night in May"
    assert workspace.library.photo_now(9).user_caption is None
    assert pane.page.caption.text() == workspace.library.photo_now(9).caption


def test_words_typed_while_the_next_photo_is_read_are_saved_too(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    workspace.latency = 0.1
    pane.show_photo(9)
    type_into(pane, " in May")
    qtbot.waitUntil(lambda: pane._photo is not None and pane._photo.id == 9)
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption is not None)
    assert workspace.library.photo_now(9).user_caption is None


def test_words_typed_are_saved_also_where_the_next_photo_is_gone(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    workspace.latency = 0.1
    pane.show_photo(999)
    type_into(pane, " in May")
    qtbot.waitUntil(pane.nothing.isVisible)
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption is not None)


def test_the_keys_reach_the_photo_that_is_being_read_not_the_one_before(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    pane.activateWindow()
    workspace.latency = 0.05
    pane.show_photo(9)
    pane.edit_caption()
    assert not pane.page.caption.editor.hasFocus()
    qtbot.waitUntil(pane.page.caption.editor.hasFocus)
    assert pane._photo is not None and pane._photo.id == 9
    pane.show_photo(8)
    pane.focus_question()
    pane.show_photo(9)
    qtbot.waitUntil(lambda: pane._photo is not None and pane._photo.id == 9)
    settle(qtbot)
    assert not pane.page.ask_bar.field.hasFocus(), "it was wanted of another photo"


def test_the_end_of_the_app_saves_what_was_typed(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    pane.set_workspace(None)
    take_edits()()
    assert workspace.library.photo_now(8).user_caption == "a full moon over a lake at night in May"


def disk_full(photo_id: int, text: str) -> None:
    raise CatalogError("The disk is full.", "Free some space.")


def test_a_save_that_fails_keeps_the_words(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_photo(qtbot, pane)
    monkeypatch.setattr(workspace.editing, "set_caption", disk_full)
    type_into(pane, " in May")
    pane.page.caption.save()
    qtbot.waitUntil(lambda: bool(pane.toasts))
    assert pane.toasts == [("The caption could not be saved. The disk is full. Free some space.", False)]
    qtbot.waitUntil(lambda: pane.page.caption.dirty)
    assert pane.page.caption.text().endswith(" in May")
    # Also when the person has gone on to another photo by then.
    open_photo(qtbot, pane, 9)
    settle(qtbot)
    monkeypatch.undo()
    open_photo(qtbot, pane, 8)
    assert pane.page.caption.text().endswith(" in May")
    assert pane.page.caption.dirty


def test_an_old_save_that_fails_does_not_replace_newer_words(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_photo(qtbot, pane)
    monkeypatch.setattr(workspace.editing, "set_caption", disk_full)
    type_into(pane, " in May")
    pane.page.caption.save()
    type_into(pane, " and June")
    qtbot.waitUntil(lambda: bool(pane.toasts))
    settle(qtbot)
    assert pane.page.caption.text().endswith(" in May and June") and pane.page.caption.dirty
    pane.page.caption.revert()
    assert pane.page.caption.text() == "a full moon over a lake at night"


def test_words_that_could_not_be_saved_are_tried_once_more_at_the_end(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_photo(qtbot, pane)
    monkeypatch.setattr(workspace.editing, "set_caption", disk_full)
    type_into(pane, " in May")
    open_photo(qtbot, pane, 9)
    qtbot.waitUntil(lambda: bool(pane.toasts))
    monkeypatch.undo()
    pane.set_workspace(None)
    take_edits()()
    assert workspace.library.photo_now(8).user_caption == "a full moon over a lake at night in May"


def test_quick_edits_before_the_end_are_all_kept(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    for name in ("one", "two", "three"):
        pane.page.keywords.added.emit(name)
    type_into(pane, " in May")
    pane.set_workspace(None)
    take_edits()()
    kept = workspace.library.photo_now(8)
    assert [keyword.name for keyword in kept.keywords][-3:] == ["one", "two", "three"]
    assert (kept.user_caption or "").endswith(" in May")


class SlowSave:
    """Holds every saving of a caption back until :meth:`end`."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self.save, self.may = workspace.editing.set_caption, threading.Event()
        workspace.editing.set_caption = self

    def __call__(self, photo_id: int, text: str) -> None:
        assert self.may.wait(10)
        self.save(photo_id, text)

    def end(self) -> None:
        self.may.set()


@pytest.mark.parametrize("leave", [False, True])
def test_a_text_read_before_the_save_does_not_come_back(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, leave: bool
) -> None:
    open_photo(qtbot, pane)
    slow = SlowSave(workspace)
    type_into(pane, " in May")
    pane.page.caption.save()
    if leave:
        open_photo(qtbot, pane, 9)
        open_photo(qtbot, pane, 8)
    workspace.change([8], keywords=(Keyword("new", Source.MODEL),))
    qtbot.waitUntil(lambda: pane.page.keywords.names == ["new"])
    assert pane.page.caption.text() == "a full moon over a lake at night in May"
    assert not pane.page.caption.dirty
    slow.end()
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption is not None)
    settle(qtbot)
    assert pane.page.caption.text() == "a full moon over a lake at night in May"


def test_an_edit_undone_while_it_is_saved_shows_the_former_words(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    slow = SlowSave(workspace)
    type_into(pane, " in May")
    pane.page.caption.save()
    pane.undo()
    slow.end()
    qtbot.waitUntil(lambda: ("Undone", False) in pane.toasts)
    settle(qtbot)
    assert workspace.library.photo_now(8).user_caption is None
    assert pane.page.caption.text() == "a full moon over a lake at night"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"user_caption": "x"}, "Demo model · edited by you"),
        ({"user_caption": "x", "model_caption": None, "model_key": None}, "Written by you"),
        ({"file_caption": "x"}, "From the file"),
        ({"model_key": "demolition-sites@1a2b3c4d/caption"}, "Demolition sites"),
        ({"model_caption": None, "state": PhotoState.QUEUED}, "Waiting for its turn"),
        ({"model_caption": None, "state": PhotoState.WORKING}, "Being captioned…"),
        ({"state": PhotoState.QUEUED}, "Demo model · captioning again"),
    ],
)
def test_the_line_under_the_caption_names_its_source(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, change: dict[str, object], line: str
) -> None:
    workspace.change([8], **change)
    open_photo(qtbot, pane)
    assert pane.page.caption.source_text == line


def test_caption_again_is_asked_once_and_then_waits(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change([8], model_caption=None, candidates=())
    open_photo(qtbot, pane)
    pane.page.caption.again_button.click()
    qtbot.waitUntil(lambda: ("caption_again", (8,)) in workspace.captioning.calls)
    qtbot.waitUntil(lambda: not pane.page.caption.again_button.isEnabled())


@pytest.mark.parametrize("text", ["one\r\ntwo", "6\u00a0km", "a\u2028b\u2029c", " spaced "])
def test_looking_at_a_files_own_caption_does_not_make_it_the_persons(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, text: str
) -> None:
    workspace.change([8], file_caption=text)
    open_photo(qtbot, pane)
    assert not pane.page.caption.dirty
    workspace.change([8], keywords=(Keyword("new", Source.MODEL),))
    qtbot.waitUntil(lambda: pane.page.keywords.names == ["new"])
    assert not pane.page.caption.dirty
    open_photo(qtbot, pane, 9)
    settle(qtbot)
    assert workspace.library.photo_now(8).user_caption is None
