"""An undo that is killed: every file has its old bytes or its new ones, and the next undo ends it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from undo_desk import BESIDE, EMBED, EVERYTHING, Desk, bytes_in

from blipdesk.catalog import Catalog
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import UndoOutcome, UndoSelection
from blipdesk.metadata import FileMetadataWriter, FileRestorer
from blipdesk.pipeline.turns import Turn
from blipdesk.pipeline.undo import TakeBack
from blipdesk.pipeline.writeback import WriteBack

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("begin_undos", "restore_all", "end_writes")


def take_back(catalog, selection):
    return TakeBack(catalog, FileRestorer(), Turn(), lambda *_: None, True).undo(
        selection, False, lambda *_: None
    )


@pytest.mark.parametrize("after", STEPS)
@pytest.mark.parametrize("policy", [EMBED, BESIDE])
def test_an_undo_cut_after_any_step_is_settled_at_the_next_start(tmp_path, policy, after):
    desk = Desk(tmp_path)
    desk.captioned("a.jpg")
    original = bytes_in(desk.photos)
    desk.write(policy)
    holder = desk.restorer if after == "restore_all" else desk.catalog
    step = getattr(holder, after)

    class Killed(BaseException):
        """Ends the undo as a kill does: nothing more is done."""

    def step_and_die(*arguments, **named):
        step(*arguments, **named)
        raise Killed

    setattr(holder, after, step_and_die)
    desk.catalog.abandon_write = lambda *_: None
    desk.catalog.end_run = lambda *_: None
    with pytest.raises(Killed):
        desk.undo()
    desk.catalog.close()

    catalog = Catalog.open(tmp_path / "data")
    WriteBack(catalog, FileMetadataWriter(), EMBED).recover()
    assert catalog.open_writes() == []
    (photo,) = catalog.photos(list(catalog.all_photo_ids()))
    done = after != "begin_undos"
    assert (bytes_in(desk.photos) == original) == done
    assert (photo.written is WriteTarget.NONE) == done
    assert list(catalog.pending_paths(policy.target)) == []
    (report,) = take_back(catalog, UndoSelection(photo_ids=(photo.id,)))
    assert report.outcome is (UndoOutcome.ALREADY if done else UndoOutcome.RESTORED)
    assert bytes_in(desk.photos) == original
    assert catalog.check() == []
    catalog.close()


def _undo_until(data, fatal):
    """Take everything back; SIGKILL at the ``fatal``-th step that reaches the disk."""
    count = 0

    def counted(function):
        def step(*arguments, **named):
            nonlocal count
            count += 1
            if count == fatal:
                os.kill(os.getpid(), 9)
            return function(*arguments, **named)

        return step

    catalog = Catalog.open(data)
    for name in ("replace", "unlink", "fsync", "open"):
        setattr(os, name, counted(getattr(os, name)))
    catalog.begin_undos, catalog.end_writes = counted(catalog.begin_undos), counted(catalog.end_writes)
    take_back(catalog, EVERYTHING)
    os._exit(0)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_killed_at_any_step_nothing_is_lost_and_the_next_undo_ends_it(tmp_path):
    desk = Desk(tmp_path)
    desk.captioned("a.jpg", "b.jpg", "c.jpg")
    original = bytes_in(desk.photos)
    desk.write(EMBED, desk.photos / "a.jpg", desk.photos / "c.jpg")
    desk.write(BESIDE, desk.photos / "b.jpg")
    written = bytes_in(desk.photos)
    desk.catalog.close()
    kept = tmp_path / "kept"
    for name in ("photos", "data"):
        shutil.copytree(tmp_path / name, kept / name)
    kills = 0
    for fatal in range(2, 60, 3):  # each costs a start of Python
        for name in ("photos", "data"):
            shutil.rmtree(tmp_path / name)
            shutil.copytree(kept / name, tmp_path / name)
        command = [sys.executable, __file__, str(tmp_path / "data"), str(fatal)]
        code = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False).returncode
        if code == 0:
            break
        kills += code == -9
        catalog = Catalog.open(tmp_path / "data")
        back = WriteBack(catalog, FileMetadataWriter(), EMBED)
        back.recover()
        back.sweep(str(desk.photos))
        for name, content in bytes_in(desk.photos).items():
            assert content in (original.get(name), written[name]), f"{name} after {fatal} steps"
        take_back(catalog, EVERYTHING)
        assert bytes_in(desk.photos) == original
        assert catalog.open_writes() == [] == catalog.check()
        catalog.close()
    assert kills > 3
    assert code == 0
    assert bytes_in(desk.photos) == original


if __name__ == "__main__":
    _undo_until(Path(sys.argv[1]), int(sys.argv[2]))
