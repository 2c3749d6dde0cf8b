"""What is typed and not saved: kept within moments, and back in its field at the next start."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import ask, finished, open_photo, settle, type_into
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from blipdesk.domain.drafts import DraftField
from blipdesk.domain.errors import Cancelled, CatalogError
from blipdesk.services.workspace import Workspace
from blipdesk.ui.pane import PhotoPane

CAPTION = "a full moon over a lake at night"
CTRL = Qt.KeyboardModifier.ControlModifier


def kept(workspace: FakeWorkspace) -> dict[tuple[int, DraftField], str]:
    """What would be there after a crash now."""
    return {(draft.photo_id, draft.field): draft.text for draft in workspace.kept_drafts}


def restart(workspace: FakeWorkspace) -> FakeWorkspace:
    """The library as it is opened after a crash: what was kept is there, what was in memory is not."""
    after = FakeWorkspace(60)
    after.asking.word_seconds = 0.0
    for draft in workspace.kept_drafts:
        after.drafts.note(after.library.photo_now(draft.photo_id), draft.field, draft.text)
    return after


def crash(qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace) -> tuple[PhotoPane, FakeWorkspace]:
    """Start anew with what was kept; the pane shows photo 8 again."""
    after = restart(workspace)
    again = PhotoPane()
    qtbot.addWidget(again)
    again.resize(356, 800)
    again.set_workspace(after)
    again.toasts = []
    again.toast.connect(lambda words, undo: again.toasts.append((words, undo)))
    again.show()
    open_photo(qtbot, again)
    return again, after


def test_every_field_is_kept_while_a_person_types_on(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    pane.page.keywords.begin_add()
    QTest.keyClicks(pane.page.keywords.field, "summ")
    pane.page.ask_bar.focus_field()
    QTest.keyClicks(pane.page.ask_bar.field, "is it")
    wanted = {
        (8, DraftField.CAPTION): f"{CAPTION} in May",
        (8, DraftField.KEYWORD): "summ",
        (8, DraftField.QUESTION): "is it",
    }
    qtbot.waitUntil(lambda: kept(workspace) == wanted)
    pane, workspace = crash(qtbot, pane, workspace)
    page = pane.page
    assert page.caption.text() == f"{CAPTION} in May"
    assert page.keywords.field.isVisible() and page.keywords.field.text() == "summ"
    assert page.ask_bar.field.text() == "is it"
    assert page.caption.source_text == "Not saved yet"
    assert page.caption.save_button.isVisible() and page.caption.revert_button.text() == "Discard"


def test_a_draft_that_nobody_touched_waits_while_others_are_looked_at(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    pane.page.keywords.begin_add()
    QTest.keyClicks(pane.page.keywords.field, "summ")
    qtbot.waitUntil(lambda: len(kept(workspace)) == 2)
    pane, workspace = crash(qtbot, pane, workspace)
    open_photo(qtbot, pane, 9)
    settle(qtbot)
    assert workspace.library.photo_now(8).user_caption is None
    assert "summ" not in [keyword.name for keyword in workspace.library.photo_now(8).keywords]
    assert pane.page.caption.text() == workspace.library.photo_now(9).caption
    assert not pane.page.keywords.field.isVisible()
    open_photo(qtbot, pane, 8)
    assert pane.page.caption.source_text == "Not saved yet"
    assert pane.page.keywords.field.text() == "summ"
    type_into(pane, "!")
    assert pane.page.caption.source_text == "Demo model"
    assert pane.page.caption.revert_button.text() == "Revert"
    open_photo(qtbot, pane, 9)
    qtbot.waitUntil(lambda: workspace.library.photo_now(8).user_caption == f"{CAPTION} in May!")
    qtbot.waitUntil(lambda: (8, DraftField.CAPTION) not in kept(workspace))


@pytest.mark.parametrize("save", [True, False])
def test_a_restored_draft_is_saved_or_discarded_by_one_press(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, save: bool
) -> None:
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    qtbot.waitUntil(lambda: bool(kept(workspace)))
    pane, workspace = crash(qtbot, pane, workspace)
    caption = pane.page.caption
    (caption.save_button if save else caption.revert_button).click()
    settle(qtbot)
    assert workspace.library.photo_now(8).user_caption == (f"{CAPTION} in May" if save else None)
    assert caption.text() == (f"{CAPTION} in May" if save else CAPTION) and not caption.dirty
    assert caption.source_text == ("Demo model · edited by you" if save else "Demo model")
    workspace.drafts.write()
    assert kept(workspace) == {} and workspace.drafts.waiting() == []


def test_a_draft_stays_until_its_caption_is_in_the_catalog(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def disk_full(photo_id: int, text: str) -> None:
        workspace.drafts.write()
        raise CatalogError("The disk is full.", "Free some space.")

    monkeypatch.setattr(workspace.editing, "set_caption", disk_full)
    open_photo(qtbot, pane)
    type_into(pane, " in May")
    pane.page.caption.save()
    qtbot.waitUntil(lambda: bool(pane.toasts))
    assert kept(workspace) == {(8, DraftField.CAPTION): f"{CAPTION} in May"}
    qtbot.waitUntil(lambda: pane.page.caption.source_text == "Not saved yet")


def test_a_draft_that_was_saved_right_before_the_crash_is_none(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    workspace.change([8], user_caption="mine")
    workspace.drafts.note(workspace.library.photo_now(8), DraftField.CAPTION, "mine\n")
    open_photo(qtbot, pane)
    assert not pane.page.caption.dirty and workspace.drafts.waiting() == []


def test_a_question_stays_with_its_photo(qtbot: QtBot, pane: PhotoPane) -> None:
    open_photo(qtbot, pane)
    field = pane.page.ask_bar.field
    QTest.keyClicks(field, "is it night?")
    open_photo(qtbot, pane, 9)
    assert field.text() == ""
    open_photo(qtbot, pane, 8)
    assert field.text() == "is it night?"


def test_a_question_that_was_asked_and_not_answered_is_there_and_can_be_asked_again(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    workspace.asking.word_seconds = 30.0
    ask(pane, "why?")
    qtbot.waitUntil(lambda: kept(workspace) == {(8, DraftField.ASKED): "why?"})
    again, after = crash(qtbot, pane, workspace)
    chat = again.page.chat
    assert [(turn.question, turn.reply_text) for turn in chat.turns] == [
        ("why?", "BlipDesk was closed before this was answered.")
    ]
    chat.turns[0].retry_button.click()
    qtbot.waitUntil(lambda: [question for question, _ in finished(chat)] == ["why?"])
    assert len(chat.turns) == 1 and after.drafts.waiting() == []
    pane.page.ask_bar.stopped.emit()


def test_a_question_whose_answer_was_kept_right_before_the_crash_is_not_asked_for_again(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    workspace.drafts.note(workspace.library.photo_now(8), DraftField.ASKED, "why?")
    workspace.asking.ask(8, "why?", lambda _: None).future.result(10)
    open_photo(qtbot, pane, 9)
    open_photo(qtbot, pane, 8)
    assert [turn.question for turn in pane.page.chat.turns] == ["why?"]
    assert workspace.drafts.waiting() == []


def test_a_question_that_was_not_begun_waits_in_the_field_of_its_photo(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    open_photo(qtbot, pane)
    workspace.asking.error = Cancelled()
    ask(pane, "why?")
    pane.show_photo(9)
    settle(qtbot)
    open_photo(qtbot, pane, 8)
    assert pane.page.ask_bar.field.text() == "why?" and pane.page.chat.turns == []


def test_the_empty_page_names_the_photos_with_unsaved_words(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    assert not pane.nothing._unsaved.isVisible()
    for photo_id in (8, 9):
        workspace.drafts.note(workspace.library.photo_now(photo_id), DraftField.CAPTION, "mine")
    pane.set_workspace(workspace)
    links = pane.nothing._unsaved.links
    assert [link.text() for link in links if link.isVisible()] == ["IMG_20260009.jpg", "IMG_20260008.jpg"]
    links[1].click()
    qtbot.waitUntil(lambda: pane._photo is not None and pane._photo.id == 8)
    assert pane.page.caption.text() == "mine"


def test_drafts_of_a_photo_that_was_forgotten_are_let_go(
    qtbot: QtBot, pane: PhotoPane, workspace: FakeWorkspace
) -> None:
    from fake_workspace import make_photo

    workspace.drafts.note(make_photo(999), DraftField.CAPTION, "mine")
    pane.set_workspace(workspace)
    pane.nothing._unsaved.links[0].click()
    qtbot.waitUntil(lambda: pane.photo_id is None)
    assert not pane.nothing._unsaved.isVisible()


# ---------------------------------------------------------------------------------------- a real process

_TYPE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from blipdesk.services.workspace import Workspace
from blipdesk.ui.pane import PhotoPane

app = QApplication([])
workspace = Workspace.open(Path(sys.argv[1]), start=False)
pane = PhotoPane()
pane.set_workspace(workspace)
pane.show()
pane.show_photo(int(sys.argv[2]))
while pane._photo is None:
    app.processEvents()
pane.page.caption.begin_edit()
QTest.keyClicks(pane.page.caption.editor, "a dog on a beach")
QTest.keyClicks(pane.page.ask_bar.field, "is it mine?")
QTest.keyClicks(pane.page.keywords.field, "grandma")
workspace.drafts.question_to_many = "is it night?"
print("typed", flush=True)


def type_on():
    QTest.keyClicks(pane.page.caption.editor, "x")
    QTest.keyClicks(pane.page.ask_bar.field, "x")
    QTest.keyClicks(pane.page.keywords.field, "x")
    workspace.drafts.question_to_many += "x"


timer = QTimer(interval=1)
timer.timeout.connect(type_on)
timer.start()
app.exec()
"""
_TYPED = ("a dog on a beach", "is it mine?", "grandma", "is it night?")


def _is_kept(file: Path) -> bool:
    return file.exists() and all(text in file.read_text("utf-8") for text in _TYPED)


def test_a_program_that_is_killed_while_a_person_types_has_it_at_the_next_start(
    qtbot: QtBot, tmp_path: Path
) -> None:
    picture, data = tmp_path / "a.jpg", tmp_path / "data"
    Image.new("RGB", (64, 48), "navy").save(picture)
    with Workspace.open(data, start=False) as workspace:
        photo_id = workspace.pipeline().take_in(str(picture))
    root = str(Path(__file__).resolve().parents[3])
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", PYTHONPATH=root)
    command = [sys.executable, "-c", _TYPE, str(data), str(photo_id)]
    program = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout is not None and select.select([program.stdout], [], [], 60)[0]
        assert program.stdout.readline() == "typed\n"
        qtbot.waitUntil(lambda: _is_kept(data / "drafts.json"), timeout=30_000)
        qtbot.wait(random.randrange(300))  # letters and writes go on
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
        program.stdout.close()
    with Workspace.open(data, start=False) as workspace:
        pane = PhotoPane()
        qtbot.addWidget(pane)
        pane.set_workspace(workspace)
        pane.show()
        open_photo(qtbot, pane, photo_id)
        fields = pane.page.caption.text, pane.page.ask_bar.field.text, pane.page.keywords.field.text
        there = [*(field() for field in fields), workspace.drafts.question_to_many]
        assert [text.rstrip("x") for text in there] == list(_TYPED)
        pane.page.caption.save_button.click()
        qtbot.waitUntil(
            lambda: workspace.library.photo(photo_id).user_caption == there[0],
            timeout=30_000,  # the file's own captions are read before, in a process that starts for it
        )
        pane.set_workspace(None)
        settle(qtbot)
