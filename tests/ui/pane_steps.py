"""What tests of the photo pane do over and over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.chat import Chat
from blipdesk.ui.tasks import wait_for_tasks


def open_photo(qtbot: QtBot, pane: PhotoPane, photo_id: int = 8) -> None:
    pane.show_photo(photo_id)
    qtbot.waitUntil(lambda: pane._photo is not None and pane._photo.id == photo_id)


def settle(qtbot: QtBot) -> None:
    """Let the pool and the coalesced events run out."""
    wait_for_tasks()
    qtbot.wait(90)
    wait_for_tasks()
    qtbot.wait(20)


def type_into(pane: PhotoPane, text: str) -> None:
    pane.page.caption.begin_edit()
    QTest.keyClicks(pane.page.caption.editor, text)


def ask(pane: PhotoPane, question: str) -> None:
    """Type a question and press Enter."""
    pane.page.ask_bar.focus_field()
    QTest.keyClicks(pane.page.ask_bar.field, question)
    QTest.keyClick(pane.page.ask_bar.field, Qt.Key.Key_Return)


def finished(chat: Chat) -> list[tuple[str, str]]:
    """Question and answer of the turns that are kept."""
    return [(turn.question, turn.answer) for turn in chat.turns if turn.question_id is not None]


def compose(field: QWidget, words: str, commit: str = "") -> None:
    """Do what an input method does: show words that are not the field's yet, or give it some."""
    event = QInputMethodEvent(words, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def hand_keys_on(field: QWidget) -> None:
    """Press what an input method may hand on while it is at work."""
    compose(field, "うみ")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Escape):
        QTest.keyClick(field, key)
