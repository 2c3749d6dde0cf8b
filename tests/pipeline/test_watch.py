"""The watcher: hints for what happens, and a fall-back wherever it cannot be trusted."""

import logging
import os
import queue
import sys

import pytest

from blipdesk.domain.values import Folder, FolderState
from blipdesk.pipeline.watch import EventKind, FileEvent, Watcher, WatchMode, held_watches, on_network

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="inotify is Linux's")

MOUNTINFO = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:50 / /mnt/nas rw,relatime shared:1 - nfs4 nas:/photos rw
41 22 0:51 / /mnt/my\\040share rw - cifs //nas/share rw
42 22 0:52 / /home/me/remote rw - fuse.sshfs me@host: rw
43 40 8:2 / /mnt/nas/local rw - ext4 /dev/sdb1 rw
""".splitlines()


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/me/Pictures", False),
        ("/mnt/nas", True),
        ("/mnt/nas/2024", True),
        ("/mnt/nasty", False),
        ("/mnt/my share/x", True),
        ("/home/me/remote/x", True),
        ("/mnt/nas/local/x", False),
    ],
)
def test_network_mounts_are_told_by_the_mount_that_holds_the_path(path, network):
    assert on_network(path, MOUNTINFO) is network


def folder(path, number=1):
    return Folder(number, str(path), True, FolderState.ONLINE)


class Seen:
    """A watcher whose events can be waited for."""

    def __init__(self, **arguments) -> None:
        self.events: queue.SimpleQueue[FileEvent] = queue.SimpleQueue()
        self.watcher = Watcher(self.events.put, **arguments)

    def wait_for(self, kind, path):
        while True:
            event = self.events.get(timeout=30)
            if (event.kind, event.path) == (kind, str(path)):
                return event


@pytest.fixture
def seen():
    made = Seen()
    yield made
    made.watcher.close()


@linux_only
def test_files_that_appear_move_and_go_are_reported(seen, tmp_path):
    (tmp_path / "sub").mkdir()
    assert seen.watcher.follow([folder(tmp_path)]) == {1: WatchMode.WATCHED}
    path = tmp_path / "sub" / "a.jpg"
    path.write_bytes(b"x")
    seen.wait_for(EventKind.CREATED, path)
    seen.wait_for(EventKind.CLOSED, path)
    path.rename(tmp_path / "b.jpg")
    assert seen.wait_for(EventKind.MOVED, path).target == str(tmp_path / "b.jpg")
    (tmp_path / "b.jpg").unlink()
    seen.wait_for(EventKind.DELETED, tmp_path / "b.jpg")
    (tmp_path / "new" / "deep").mkdir(parents=True)
    seen.wait_for(EventKind.FOLDER_CREATED, tmp_path / "new")


@linux_only
def test_reading_the_photos_raises_no_events(seen, tmp_path):
    for number in range(50):
        (tmp_path / f"{number}.jpg").write_bytes(b"x")
    seen.watcher.follow([folder(tmp_path)])
    for number in range(50):
        (tmp_path / f"{number}.jpg").read_bytes()
    os.listdir(tmp_path)
    (tmp_path / "last.jpg").write_bytes(b"x")
    first = seen.events.get(timeout=30)
    assert first.path == str(tmp_path / "last.jpg")


@linux_only
def test_following_the_same_roots_again_changes_nothing(seen, tmp_path):
    seen.watcher.follow([folder(tmp_path)])
    observer = seen.watcher._observer
    seen.watcher.follow([folder(tmp_path)])
    assert seen.watcher._observer is observer
    seen.watcher.follow([folder(tmp_path)], rebuild=True)
    assert seen.watcher._observer is not observer
    (tmp_path / "a.jpg").write_bytes(b"x")
    seen.wait_for(EventKind.CLOSED, tmp_path / "a.jpg")


def test_more_folders_than_may_be_watched_are_swept(tmp_path):
    for number in range(5):
        (tmp_path / str(number)).mkdir()
    seen = Seen(limit=lambda: 3)
    assert seen.watcher.follow([folder(tmp_path)]) == {1: WatchMode.LIMIT}
    seen.watcher.close()


@linux_only
def test_a_silently_reached_limit_is_noticed(tmp_path, monkeypatch):
    for number in range(100):
        (tmp_path / str(number)).mkdir()
    held = iter([10, 40])  # 30 watches are really there where 101 were wanted
    monkeypatch.setattr("blipdesk.pipeline.watch.held_watches", lambda: next(held))
    seen = Seen()
    assert seen.watcher.follow([folder(tmp_path)]) == {1: WatchMode.LIMIT}
    seen.watcher.close()


@linux_only
def test_watches_are_counted_and_given_back(seen, tmp_path):
    for number in range(20):
        (tmp_path / str(number)).mkdir()
    before = held_watches()
    seen.watcher.follow([folder(tmp_path)])
    assert held_watches() == before + 21
    seen.watcher.close()
    assert held_watches() == before


def test_network_and_missing_roots_are_not_watched(tmp_path):
    seen = Seen(is_network=lambda path: path.endswith("nas"))
    (tmp_path / "nas").mkdir()
    modes = seen.watcher.follow([folder(tmp_path / "nas", 1), folder(tmp_path / "gone", 2)])
    assert modes == {1: WatchMode.NETWORK, 2: WatchMode.OFFLINE}
    seen.watcher.close()


def test_the_overflow_warning_becomes_an_event():
    seen = Seen()
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; events were lost")
    assert seen.events.get(timeout=30).kind is EventKind.OVERFLOW
    seen.watcher.close()
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; events were lost")
    assert seen.events.empty()
