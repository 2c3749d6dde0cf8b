"""The intake thread against a real folder and a real watcher, with an in-memory catalog."""

import logging
import os
import shutil
import sys
import threading
import time

import pytest
from pipeline_fake_catalog import FakeCatalog
from pipeline_fakes import put_file
from pipeline_waiting import PATIENCE, wait_until

from blipdesk.domain.values import FolderState
from blipdesk.pipeline import intake as intake_module
from blipdesk.pipeline.intake import Intake
from blipdesk.pipeline.watch import EventKind, FileEvent, Watcher

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="written against inotify")


class Home:
    """A watched folder, and waiting for what the catalog says of it."""

    def __init__(self, tmp_path) -> None:
        self.top = tmp_path / "photos"
        self.top.mkdir()
        self.catalog = FakeCatalog()
        self.folder = self.catalog.add_folder(str(self.top))
        self.touched: list[int] = []
        self.looks = 0
        self.looked = threading.Event()
        self.registered: list[str] = []
        real = self.catalog.register

        def register(folder_id, files):
            self.registered += [os.path.basename(seen.path) for seen in files]
            return real(folder_id, files)

        self.catalog.register = register
        self.swept: list[str] = []
        self.intake = self.make()

    def make(self, **arguments):
        return Intake(
            self.catalog, lambda: None, self.touched.append, on_scanning=self.note_look,
            sweep_temps=self.swept.append, **arguments,
        )  # fmt: skip

    def note_look(self, begins):
        if begins:
            self.looks += 1
        else:
            self.looked.set()

    def start(self):
        self.intake.start()
        assert self.looked.wait(PATIENCE)

    def stop(self):
        self.intake.request_stop()
        assert self.intake.join(PATIENCE)

    def put(self, name, content=b"a|", old=False):
        return put_file(self.top, name, content, old)

    wait = staticmethod(wait_until)

    def record(self, path):
        return self.catalog.by_path(path)


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    yield made
    made.stop()


def test_what_is_there_and_what_appears_is_registered_once(home):
    home.put("old.jpg", old=True)
    home.start()
    assert home.record(home.top / "old.jpg")
    new = home.put("sub/new.jpg", b"b|")
    home.wait(lambda: home.record(new))
    assert sorted(home.registered) == ["new.jpg", "old.jpg"]


def test_a_slow_copy_is_taken_in_once_and_whole(home):
    home.start()
    path = home.top / "slow.jpg"
    with open(path, "wb") as file:
        file.write(b"\xff\xd8\xff\xe0" + b"x" * 100)
        for _ in range(12):
            file.flush()
            time.sleep(0.25)  # longer than a settled file rests, in all
            file.write(b"x" * 1000)
        file.write(b"\xff\xd9")
    home.wait(lambda: home.record(path))
    assert home.record(path).stamp.size == path.stat().st_size
    assert home.registered == ["slow.jpg"]


def test_renaming_a_file_keeps_its_record(home):
    path = home.put("a.jpg", old=True)
    home.start()
    record = home.record(path)
    path.rename(home.top / "b.jpg")
    home.wait(lambda: home.record(home.top / "b.jpg"))
    assert home.record(home.top / "b.jpg").id == record.id and len(home.catalog.records) == 1


def test_renaming_a_folder_keeps_its_records(home):
    ids = {}
    for number in range(5):
        home.put(f"trip/{number}.jpg", b"%d|" % number, old=True)
    home.start()
    for number in range(5):
        ids[number] = home.record(home.top / f"trip/{number}.jpg").id
    (home.top / "trip").rename(home.top / "holiday")
    home.wait(lambda: home.record(home.top / "holiday/4.jpg"))
    assert {n: home.record(home.top / f"holiday/{n}.jpg").id for n in range(5)} == ids
    assert len(home.catalog.records) == 5
    assert not any(record.missing for record in home.catalog.records.values())


def test_deleting_makes_missing_and_coming_back_mends_it(home):
    path = home.put("a.jpg", old=True)
    home.start()
    content = path.read_bytes()
    path.unlink()
    home.wait(lambda: home.record(path).missing)
    path.write_bytes(content)
    home.wait(lambda: not home.record(path).missing)
    assert len(home.catalog.records) == 1


def test_many_files_that_are_deleted_are_marked_in_few_transactions(home, monkeypatch):
    monkeypatch.setattr(intake_module, "GONE_SECONDS", 0.5)
    paths = [home.put(f"{number}.jpg", b"%d|" % number, old=True) for number in range(200)]
    home.start()
    commits, real, gate = [], home.catalog.mark_missing, threading.Event()

    def mark_missing(photo_ids):
        commits.append(len(photo_ids))
        gate.wait(PATIENCE)
        real(photo_ids)

    home.catalog.mark_missing = mark_missing
    paths[0].unlink()
    home.wait(lambda: commits)
    for path in paths[1:]:
        path.unlink()
    home.wait(lambda: home.intake._events.qsize() == 199)
    gate.set()
    home.wait(lambda: all(home.record(path).missing for path in paths))
    assert sum(commits) == 200
    assert len(commits) < 50


def test_a_folder_that_is_deleted_makes_its_photos_missing(home):
    path = home.put("sub/a.jpg", old=True)
    home.start()
    path.unlink()
    path.parent.rmdir()
    home.wait(lambda: home.record(path).missing)


def test_a_tree_that_is_deleted_is_missing_and_nothing_else_is(home):
    kept = home.put("kept/a.jpg", b"kept|", old=True)
    paths = [home.put(f"trip/{a}/{b}.jpg", b"%d %d|" % (a, b), old=True) for a in range(4) for b in range(3)]
    home.start()
    shutil.rmtree(home.top / "trip")
    home.wait(lambda: all(home.record(path).missing for path in paths))
    assert not home.record(kept).missing


def test_a_tree_that_is_moved_in_is_taken_in_once(home, tmp_path):
    for a in range(3):
        home.put(f"../outside/{a}/{a}.jpg", b"%d|" % a, old=True)
    home.start()
    shutil.move(tmp_path / "outside", home.top / "inside")
    paths = [home.top / "inside" / str(a) / f"{a}.jpg" for a in range(3)]
    home.wait(lambda: all(home.record(path) for path in paths))
    home.wait(lambda: len(home.intake._settler) == 0)
    assert sorted(home.registered) == ["0.jpg", "1.jpg", "2.jpg"]


def test_a_computer_that_slept_is_looked_through(tmp_path, monkeypatch):
    """No event tells of what happened meanwhile (on a drive that was used elsewhere, say)."""
    monkeypatch.setattr(intake_module, "ROOT_CHECK_SECONDS", 0.05)
    home = Home(tmp_path)
    home.intake = home.make(watcher=lambda emit: Watcher(lambda event: None))
    home.start()
    path = home.put("a.jpg", old=True)
    home.intake._clock_gap -= 3600  # the monotonic clock stood still for an hour
    home.wait(lambda: home.record(path))
    home.stop()


def test_an_atomic_save_is_a_change_not_a_new_photo(home):
    path = home.put("a.jpg", b"a|", old=True)
    home.start()
    temp = home.top / ".a.jpg.swp"
    temp.write_bytes(b"edited|")
    before = home.record(path).content_hash
    os.replace(temp, path)
    home.wait(lambda: home.record(path).content_hash != before)
    assert len(home.catalog.records) == 1


def test_a_root_that_goes_is_offline_and_comes_back(home, tmp_path, monkeypatch):
    monkeypatch.setattr(intake_module, "ROOT_CHECK_SECONDS", 0.1)
    path = home.put("a.jpg", old=True)
    home.start()
    home.top.rename(tmp_path / "unplugged")
    home.wait(lambda: home.catalog.folders()[0].state is FolderState.OFFLINE)
    assert not home.record(path).missing
    (tmp_path / "unplugged").rename(home.top)
    home.wait(lambda: home.catalog.folders()[0].state is FolderState.ONLINE)
    new = home.put("after.jpg", b"after|")
    home.wait(lambda: home.record(new))
    assert not home.record(path).missing


def test_lost_events_lose_no_photo(tmp_path):
    """Photos that no event told of are found as soon as the system says that it lost some."""
    home = Home(tmp_path)

    class Deaf(Watcher):
        def __init__(self, emit):
            super().__init__(lambda event: emit(event) if event.kind.value == "overflow" else None)

    home.intake = home.make(watcher=Deaf)
    home.start()
    paths = [home.put(f"{number}.jpg", b"%d|" % number, old=True) for number in range(300)]
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed")
    home.wait(lambda: all(home.record(path) for path in paths))
    home.stop()


def test_a_storm_of_overflow_warnings_is_one_look(tmp_path):
    home = Home(tmp_path)
    home.intake = home.make(watcher=lambda emit: Watcher(lambda event: None))
    home.start()
    folders, looking, gate = home.catalog.folders, threading.Event(), threading.Event()

    def slow_folders():
        looking.set()
        gate.wait(PATIENCE)
        return folders()

    home.catalog.folders = slow_folders
    home.intake.request_scan()
    assert looking.wait(PATIENCE)
    for _ in range(20):
        home.intake._events.put(FileEvent(EventKind.OVERFLOW))
    gate.set()
    home.wait(lambda: home.looks == 3)  # at the start, on request, and for all that was lost
    path = home.put("a.jpg", old=True)
    home.intake.request_scan()
    home.wait(lambda: home.record(path))
    home.stop()
    assert home.looks <= 4


def test_swept_roots_say_so_and_still_find_new_photos(tmp_path, monkeypatch):
    monkeypatch.setattr(intake_module, "SWEEP_SECONDS", 0.1)
    monkeypatch.setattr(intake_module, "ROOT_CHECK_SECONDS", 0.1)
    home = Home(tmp_path)
    home.intake = home.make(watcher=lambda emit: Watcher(emit, limit=lambda: 0))
    home.start()
    assert "max_user_watches" in home.catalog.folders()[0].message
    path = home.put("a.jpg", old=True)
    home.wait(lambda: home.record(path))
    home.stop()


def test_a_full_disk_does_not_end_the_watch(home):
    home.put("a.jpg", old=True)
    home.start()
    home.catalog.broken = True
    path = home.put("b.jpg", b"b|")
    home.wait(lambda: home.catalog.writes_refused)
    home.catalog.broken = False
    home.intake.request_scan()
    home.wait(lambda: home.record(path))


def test_temporary_files_of_a_killed_write_are_swept_but_not_those_of_now(home):
    name = ".blipdesk-0123456789ab.tmp"
    home.put(f"sub/{name}", old=True)
    home.intake._began = time.time() + 10  # a process that starts later
    home.start()
    assert home.swept == [str(home.top / "sub")]


def test_a_write_of_this_process_is_left_alone(home):
    home.put("sub/.blipdesk-0123456789ab.tmp")
    home.start()
    assert home.swept == []
