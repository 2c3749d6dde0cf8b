"""Work off the GUI thread: results on it, the newest wins, nothing after the owner is gone."""

from __future__ import annotations

import os
import sys
import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from blipdesk.domain.events import CatalogChange, Progress, RunState
from blipdesk.ui.tasks import EventBridge, LatestTask, NewestTask, merge_changes, run_in_pool, wait_for_tasks


def test_the_work_is_elsewhere_and_the_result_is_here(qtbot):
    here, seen = threading.get_ident(), []
    run_in_pool(threading.get_ident, lambda there: seen.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen[0][0] != here and seen[0][1] == here


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no niceness of their own")
def test_the_window_has_the_processor_before_what_works_for_it(qtbot):
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    seen: list[int] = []
    run_in_pool(niceness, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen[0] > niceness()


def test_an_error_is_delivered(qtbot):
    seen: list[Exception] = []
    run_in_pool(lambda: 1 // 0, None, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert isinstance(seen[0], ZeroDivisionError)


def test_nothing_is_delivered_to_an_owner_that_is_gone(qtbot):
    go, seen, owner = threading.Event(), [], QObject()
    run_in_pool(go.wait, seen.append, owner=owner)
    delete(owner)
    go.set()
    assert wait_for_tasks()
    qtbot.wait(20)
    assert seen == []


def test_the_newest_request_wins(qtbot):
    first, seen, owner = threading.Event(), [], QObject()
    latest = LatestTask(owner)
    latest.start(lambda: (first.wait(5), "old")[1], seen.append)
    latest.start(lambda: "new", seen.append)
    qtbot.waitUntil(lambda: seen == ["new"])
    first.set()
    assert wait_for_tasks()
    qtbot.wait(20)
    assert seen == ["new"]


def test_a_thousand_changes_from_other_threads_arrive_as_few(qtbot):
    bridge, changes, progresses = EventBridge(), [], []
    bridge.catalog_changed.connect(changes.append)
    bridge.progressed.connect(progresses.append)

    def publish() -> None:
        for number in range(500):
            bridge.receive(CatalogChange(photos=frozenset({number})))
            bridge.receive(Progress(RunState.CAPTIONING, done=number))

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: bool(changes))
    qtbot.wait(100)
    assert frozenset().union(*(change.photos for change in changes)) == frozenset(range(500))
    assert len(changes) < 20
    assert progresses[-1].done == 499


def test_merging_keeps_everything_that_was_said():
    merged = merge_changes(
        CatalogChange(photos=frozenset({1}), added=True), CatalogChange(photos=frozenset({2}), keywords=True)
    )
    assert merged == CatalogChange(photos=frozenset({1, 2}), added=True, keywords=True)
    assert merge_changes(merged, CatalogChange(photos=None)).photos is None


def test_newest_task_keeps_one_thread_and_begins_the_last_request_only(qtbot):
    owner, gate, begun, got = QObject(), threading.Event(), [], []

    def work(number):
        begun.append(number)
        gate.wait(10)
        return number

    task = NewestTask(owner)
    for number in range(5):
        task.start(partial(work, number), got.append)
    gate.set()
    qtbot.waitUntil(lambda: got == [4])
    assert begun == [0, 4]
    task.start(partial(work, 9), got.append)
    qtbot.waitUntil(lambda: got == [4, 9])


def test_newest_task_goes_on_after_a_failure_and_a_cancel(qtbot):
    owner, got, errors = QObject(), [], []

    def fail():
        raise ValueError

    task = NewestTask(owner)
    task.start(fail, got.append, errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    task.start(lambda: 1, got.append)
    task.cancel()
    task.start(lambda: 2, got.append)
    qtbot.waitUntil(lambda: got == [2])
