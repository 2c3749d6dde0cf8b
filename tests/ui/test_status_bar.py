"""The bars of the whole window: what they say, and that all of it fits."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from fake_workspace import ENGINE, FakeWorkspace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QWidget

from blipdesk.domain.conditions import WaitReason
from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import LibraryCounts, LibraryView, SortOrder, ViewKind
from blipdesk.ui.status_bar import duration_words, left_words, rate_words


def test_progress_is_said_in_words(open_window, qtbot):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    workspace.captioning.show(Progress(RunState.CAPTIONING, 10_204, 12_408, 3, 1.1, 1980, "", ENGINE, 3))
    qtbot.waitUntil(lambda: window.status.words.text() == "Captioning 10,204 of 12,408")
    assert window.status.note.text() == "1.1 photos/s · about 33 min left"
    assert window.status.watching.text() == "Watching 3 folders"
    assert window.status.model.text() == "Demo model · CPU"
    assert window.status.demo.isVisible() and window.status.use_model.isVisible()
    assert window.status.bar.isVisible()


def test_no_numbers_are_said_before_there_are_any(open_window, qtbot):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    workspace.captioning.show(Progress(RunState.CAPTIONING))
    qtbot.waitUntil(lambda: window.status.words.text() == "Captioning…")


def test_nothing_is_said_to_start_while_the_first_start_waits_for_a_person(open_window, qtbot):
    workspace = FakeWorkspace(20, first_start_done=False)
    workspace.captioning.now = Progress(RunState.STARTING)
    window = open_window(workspace)
    assert window.status.words.text() == "Captioning begins after these first steps"
    workspace.captioning.show(Progress(RunState.SCANNING))
    qtbot.waitUntil(lambda: window.status.words.text() == "Looking for photos…")


def test_pause_and_resume(open_window, qtbot):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    workspace.captioning.show(Progress(RunState.CAPTIONING, 1, 20, 0, 1.0, 19, "", ENGINE, 1))
    qtbot.waitUntil(lambda: window.status.pause.accessibleName() == "Pause")
    window.status.pause.click()
    qtbot.waitUntil(lambda: window.status.words.text() == "Paused · 19 waiting")
    window.status.pause.click()
    qtbot.waitUntil(lambda: window.status.words.text().startswith("Captioning"))
    assert [call for call, _ in workspace.captioning.calls if call != "set_visible"] == ["pause", "resume"]


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
    spans = [(None, None), (50, None), (20, 90), (1200, 2700), (4000, 9000), (90_000, 150_000), (2e5, 4e5)]
    assert [left_words(*span) for span in spans] == [
        "", "less than a minute left", "less than a minute left", "20 to 45 min left", "1.1 to 2.5 h left",
        "25 to 42 h left", "2 to 5 days left",
    ]  # fmt: skip
    assert [rate_words(r) for r in (0, 0.1, 1.1, 24.3)] == [
        "",
        "6 photos/min",
        "1.1 photos/s",
        "24.3 photos/s",
    ]


def test_photos_that_cannot_be_read_are_counted_apart_and_lead_to_their_list(open_window, qtbot):
    workspace = FakeWorkspace(100)
    workspace.library.counts = lambda: LibraryCounts(100, 86, 4, 96, 0, 0)
    window = open_window(workspace)
    assert window.status.words.text() == "96 of 100 captioned"
    assert window.status.failed.isVisible() and window.status.failed.text() == "4 could not be read"
    window.top_bar.search.field.setText("moon")
    qtbot.waitUntil(lambda: window.browser.view.query == "moon")
    window.status.failed.click()
    qtbot.waitUntil(lambda: window.browser.view == LibraryView(ViewKind.FAILED, order=SortOrder.NEWEST))
    assert window.top_bar.search.field.text() == ""


def test_a_wholly_captioned_library_is_said_so(open_window):
    window = open_window(FakeWorkspace(10))
    assert window.status.words.text() == "All photos are captioned"
    assert not window.status.failed.isVisible()


def test_writing_into_the_photos_is_shown_and_paused(open_window, qtbot):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    writing = Progress(RunState.IDLE, engine=ENGINE, watching=1, writes_done=3, writes_total=12)
    workspace.captioning.show(writing)
    qtbot.waitUntil(lambda: window.status.words.text() == "Writing captions: 3 of 12")
    assert window.status.bar.isVisible() and window.status.bar.accessibleName() == "Progress 25 percent"
    window.status.pause.click()
    qtbot.waitUntil(lambda: window.status.words.text() == "Paused · 9 captions to write")
    assert ("pause", None) in workspace.captioning.calls
    workspace.captioning.show(replace(writing, writes_done=0, writes_total=0))
    qtbot.waitUntil(lambda: window.status.words.text() == "All photos are captioned")
    assert not window.status.bar.isVisible()


@pytest.mark.parametrize(("read", "what"), [("read", "captions"), ("looked", "pictures")])
def test_reading_for_search_is_shown(open_window, qtbot, read, what):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    idle = Progress(RunState.IDLE, engine=ENGINE, watching=1)
    workspace.captioning.show(replace(idle, **{f"{read}_done": 5, f"{read}_total": 20}))
    qtbot.waitUntil(lambda: window.status.words.text() == f"Reading {what} for search: 5 of 20")
    assert window.status.bar.isVisible() and window.status.bar.accessibleName() == "Progress 25 percent"
    workspace.captioning.show(idle)
    qtbot.waitUntil(lambda: window.status.words.text() == "All photos are captioned")
    assert not window.status.bar.isVisible()


def test_an_error_is_said_once_and_takes_no_later_note_away(open_window, qtbot):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    error = Progress(RunState.ERROR, message="The model is gone.", writes_done=0, writes_total=9)
    workspace.captioning.show(error)
    qtbot.waitUntil(lambda: window.toast.words == "The model is gone.")
    window.show_toast("Undone")
    for state, written in ((RunState.ERROR, 1), (RunState.LOADING_MODEL, 2), (RunState.ERROR, 3)):
        workspace.captioning.show(replace(error, state=state, writes_done=written))
        qtbot.waitUntil(lambda written=written: window.status._progress.writes_done == written)
    assert window.toast.words == "Undone"
    workspace.captioning.show(Progress(RunState.CAPTIONING, 1, 20))
    qtbot.waitUntil(lambda: window.status._progress.state is RunState.CAPTIONING)
    workspace.captioning.show(error)
    qtbot.waitUntil(lambda: window.toast.words == "The model is gone.")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (WaitReason.IDLE, "Waiting until the computer is idle"),
        (WaitReason.MAINS, "On battery: waiting for mains power"),
    ],
)
def test_it_says_why_the_work_waits(open_window, qtbot, reason, words):
    workspace = FakeWorkspace(20)
    window = open_window(workspace)
    workspace.captioning.show(Progress(RunState.WAITING, 5, 20, waiting_for=reason, engine=ENGINE))
    qtbot.waitUntil(lambda: window.status.words.text() == words)
    assert window.status.bar.isVisible() and window.status.pause.accessibleName() == "Pause"
