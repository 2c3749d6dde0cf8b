"""Edits are carried out in the order they were made, and none is lost at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from fake_workspace import FakeWorkspace
from pane_steps import open_photo
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from blipdesk.domain.errors import CatalogError
from blipdesk.ui.pane import PhotoPane
from blipdesk.ui.pane.edits import EditQueue, take_edits
from blipdesk.ui.tasks import run_in_pool, wait_for_tasks


def test_edits_keep_their_order(qtbot: QtBot) -> None:
    owner = QObject()
    queue = EditQueue(owner)
    written: list[int] = []
    told: list[int] = []

    def write(number: int) -> None:
        time.sleep(0.01 if number % 2 == 0 else 0.0)
        written.append(number)

    for number in range(12):
        queue.add(lambda n=number: write(n), lambda n=number: told.append(n), lambda error: None)
    qtbot.waitUntil(lambda: len(told) == 12)
    assert written == told == list(range(12))


def test_a_failed_edit_is_told_and_the_next_goes_on(qtbot: QtBot) -> None:
    owner = QObject()
    queue = EditQueue(owner)
    told: list[str] = []

    def fail() -> None:
        raise OSError("disk full")

    queue.add(fail, lambda: told.append("done"), lambda error: told.append(str(error)))
    queue.add(lambda: None, lambda: told.append("done"), lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: told == ["disk full", "done"])


def test_the_end_carries_out_what_waits_behind_the_edit_under_way(qtbot: QtBot) -> None:
    owner = QObject()
    queue = EditQueue(owner)
    written: list[int] = []
    begun = threading.Event()

    def slow() -> None:
        begun.set()
        time.sleep(0.1)
        written.append(0)

    queue.add(slow, lambda: None, lambda error: None)
    for number in (1, 2):
        queue.add(lambda n=number: written.append(n), lambda: None, lambda error: None)
    assert begun.wait(5)
    take_edits()()
    assert written == [0, 1, 2]
    wait_for_tasks()
    assert written == [0, 1, 2], "nothing is done twice"


def test_the_end_also_carries_out_what_the_pool_never_started(qtbot: QtBot) -> None:
    owner = QObject()
    queue = EditQueue(owner)
    written: list[int] = []
    held = threading.Event()
    for _ in range(3):
        run_in_pool(lambda: held.wait(5))
    queue.add(lambda: written.append(1), lambda: None, lambda error: None)
    take_edits()()
    assert written == [1]
    held.set()
    wait_for_tasks()
    assert written == [1]


def test_the_end_writes_on_the_thread_that_closes_and_goes_on_after_a_failure(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    queues = [EditQueue(), EditQueue()]
    held = threading.Event()
    for _ in range(3):
        run_in_pool(lambda: held.wait(5))
    threads: list[threading.Thread] = []

    def fail() -> None:
        raise OSError("disk full")

    queues[0].add(fail, lambda: None, lambda error: None)
    queues[1].add(lambda: threads.append(threading.current_thread()), lambda: None, lambda error: None)
    closing = threading.Thread(target=take_edits())
    closing.start()
    closing.join(10)
    assert threads == [closing]
    assert "disk full" in caplog.text
    caplog.clear()
    held.set()
    wait_for_tasks()


@pytest.mark.parametrize(
    ("edit", "act"),
    [
        ("add_keyword", lambda pane: pane.page.keywords.added.emit("sea")),
        ("set_caption", lambda pane: pane.page.caption.take("a boat")),
        ("toggle_favourite", lambda pane: pane.toggle_favourite([8])),
        ("undo", lambda pane: pane.undo()),
    ],
)
def test_an_edit_that_failed_is_none_to_take_back(
    qtbot: QtBot,
    pane: PhotoPane,
    workspace: FakeWorkspace,
    monkeypatch: pytest.MonkeyPatch,
    edit: str,
    act: Callable[[PhotoPane], None],
) -> None:
    def fail(*_: object) -> None:
        raise CatalogError("The disk is full.")

    open_photo(qtbot, pane)
    edits: list[int] = []
    pane.edited.connect(edits.append)
    monkeypatch.setattr(workspace.editing, edit, fail)
    act(pane)
    qtbot.waitUntil(lambda: any("The disk is full." in words for words, _ in pane.toasts))
    assert edits and sum(edits) == 0, "else Ctrl+Z takes back what was done before something newer"


@pytest.mark.parametrize(
    ("edit", "act"),
    [
        ("add_keyword", lambda pane: pane.page.chat.add_as_keyword.emit("sea")),
        ("set_caption", lambda pane: pane.page.caption.take("a boat")),
        ("confirm_caption", lambda pane: pane.page.caption.confirmed.emit()),
    ],
)
def test_an_edit_that_changed_nothing_is_none_to_take_back(
    qtbot: QtBot,
    pane: PhotoPane,
    workspace: FakeWorkspace,
    monkeypatch: pytest.MonkeyPatch,
    edit: str,
    act: Callable[[PhotoPane], None],
) -> None:
    open_photo(qtbot, pane)
    edits: list[int] = []
    pane.edited.connect(edits.append)
    monkeypatch.setattr(workspace.editing, edit, lambda *_: False)
    act(pane)
    qtbot.waitUntil(lambda: bool(pane.toasts))
    assert [undo for _, undo in pane.toasts] == [False], "else that takes back what was done before"
    assert edits and sum(edits) == 0
