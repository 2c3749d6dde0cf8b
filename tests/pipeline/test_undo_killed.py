"""An undo that is killed: every file has its old bytes or its new ones, and the next undo ends it."""

import os

import pytest
from pipeline_killed import kills
from undo_desk import BESIDE, EMBED, EVERYTHING, Desk, bytes_in

from blipdesk.catalog import Catalog
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import UndoOutcome, UndoSelection
from blipdesk.metadata import FileMetadataWriter, FileRestorer
from blipdesk.pipeline.turns import Turn
from blipdesk.pipeline.undo import TakeBack
from blipdesk.pipeline.writeback import WriteBack

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
    left = UndoOutcome.RESTORED if policy is EMBED else UndoOutcome.REMOVED
    assert report.outcome is (UndoOutcome.ALREADY if done else left)
    assert bytes_in(desk.photos) == original
    assert catalog.check() == []
    catalog.close()


def take_everything_back(catalog):
    take_back(catalog, EVERYTHING)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_killed_at_any_step_nothing_is_lost_and_the_next_undo_ends_it(tmp_path):
    desk = Desk(tmp_path)
    desk.captioned("a.jpg", "b.jpg", "c.jpg")
    original = bytes_in(desk.photos)
    desk.write(EMBED, desk.photos / "a.jpg", desk.photos / "c.jpg")
    desk.write(BESIDE, desk.photos / "b.jpg")
    written = bytes_in(desk.photos)
    desk.catalog.close()
    steps = ("replace", "unlink", "fsync", "open"), ("begin_undos", "end_writes")
    killed = 0
    for fatal in kills(tmp_path, take_everything_back, *steps):
        if not fatal:
            break
        killed += 1
        catalog = Catalog.open(tmp_path / "data")
        back = WriteBack(catalog, FileMetadataWriter(), EMBED)
        back.recover()
        back.sweep(str(desk.photos))
        for name, content in bytes_in(desk.photos).items():
            assert content in (original.get(name), written[name]), f"{name} after {fatal} steps"
        take_everything_back(catalog)
        assert bytes_in(desk.photos) == original
        assert catalog.open_writes() == [] == catalog.check()
        catalog.close()
    assert killed > 5
    assert bytes_in(desk.photos) == original
