"""What is worth a notification, and what is not."""

import pytest

from blipdesk.domain.events import Progress, RunState
from blipdesk.domain.values import Folder, FolderState
from blipdesk.services.notices import Notices


class Run:
    def __init__(self):
        self.now = 0.0
        self.notices = Notices(lambda: self.now)

    def tell(self, state, done=0, failed=0, after=0.0):
        self.now += after
        return self.notices.of_progress(Progress(state, done, 10_000, failed))


def test_the_end_of_long_work_is_told_once():
    run = Run()
    run.tell(RunState.CAPTIONING)
    run.tell(RunState.CAPTIONING, 50, after=400)
    notice = run.tell(RunState.IDLE, 50)
    assert (notice.title, notice.text) == ("Captioning is done", "50 photos were captioned.")
    assert run.tell(RunState.IDLE, 50) is None


def test_many_photos_are_long_work_however_fast_and_failures_are_said():
    run = Run()
    run.tell(RunState.CAPTIONING)
    run.tell(RunState.CAPTIONING, 900, 1, after=30)
    assert run.tell(RunState.IDLE, 900, 1).text == "900 photos were captioned. 1 photo could not be read."


@pytest.mark.parametrize("state", [RunState.PAUSED, RunState.WAITING])
def test_waiting_is_no_work(state):
    run = Run()
    run.tell(RunState.CAPTIONING)
    run.tell(state, 5, after=10)
    run.tell(RunState.CAPTIONING, 5, after=10_000)
    run.tell(RunState.CAPTIONING, 9, after=10)
    assert run.tell(RunState.IDLE, 9) is None


def test_short_work_is_not_told():
    run = Run()
    run.tell(RunState.CAPTIONING)
    run.tell(RunState.CAPTIONING, 12, after=60)
    assert run.tell(RunState.IDLE, 12) is None


def test_many_failures_are_told_while_they_happen_and_once_a_run():
    run = Run()
    run.tell(RunState.CAPTIONING)
    assert run.tell(RunState.CAPTIONING, 5, 19) is None
    notice = run.tell(RunState.CAPTIONING, 5, 20)
    assert notice.is_warning and notice.text.startswith("20 photos could not be read.")
    assert run.tell(RunState.CAPTIONING, 5, 400) is None
    run.tell(RunState.IDLE, 5, 400)
    run.tell(RunState.CAPTIONING)
    assert run.tell(RunState.CAPTIONING, 0, 30) is not None


def test_a_few_bad_files_among_many_are_not_told():
    assert Run().tell(RunState.CAPTIONING, 5000, 25) is None


def folder(name, state):
    return Folder(1, f"/media/{name}", True, state, 9, "")


def test_a_drive_that_goes_is_told_and_one_that_was_away_is_not():
    notices = Notices()
    here, away = FolderState.ONLINE, FolderState.OFFLINE
    assert notices.of_folders([folder("usb", here), folder("nas", away)]) is None
    notice = notices.of_folders([folder("usb", away), folder("nas", away)])
    assert notice.text.startswith("usb: ")
    assert notices.of_folders([folder("usb", away), folder("nas", away)]) is None
    assert notices.of_folders([folder("usb", here), folder("nas", here)]) is None
    assert notices.of_folders([folder("usb", away), folder("nas", here)]) is not None
