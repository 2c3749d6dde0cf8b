"""Real photos that are written and taken back."""

import os

import pytest
from pipeline_shelf import Shelf

from blipdesk.catalog import Catalog
from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import UndoSelection, WritePolicy
from blipdesk.metadata import FileMetadataWriter, FileRestorer
from blipdesk.pipeline.turns import Turn
from blipdesk.pipeline.undo import TakeBack
from blipdesk.pipeline.writeback import WriteBack

EMBED, BESIDE = WritePolicy(WriteTarget.EMBED), WritePolicy(WriteTarget.SIDECAR)
LAST_RUN = UndoSelection()
EVERYTHING = UndoSelection(since=0.0)


class _Killed(BaseException):
    """The process is gone."""


class Desk(Shelf):
    """A shelf whose captioned photos are written and taken back."""

    def __init__(self, tmp_path) -> None:
        super().__init__(tmp_path)
        self.restorer, self.turn = FileRestorer(), Turn()
        self.rewritten = []
        self.back = WriteBack(self.catalog, FileMetadataWriter(), EMBED, turn=self.turn)

    def captioned(self, *names, **what):
        for name in names:
            path = self.put(name, **what)
            os.utime(path, (1000, 1000))
            self.caption(*self.meet(path))
        return [self.photos / name for name in names]

    def write(self, policy=EMBED, *paths):
        ids = [self.photo(path).id for path in paths] or list(self.catalog.all_photo_ids())
        return self.back.write_asked_for(policy, ids)

    def undo(self, selection=LAST_RUN, dry_run=False, on_progress=lambda *_: None):
        work = TakeBack(
            self.catalog, self.restorer, self.turn, lambda *change: self.rewritten.append(change), True
        )
        return work.undo(selection, dry_run, on_progress)

    def write_and_be_killed(self, reached, policy=EMBED):
        """A write that is killed when it has replaced the files of ``reached``; all that it meant to."""
        meant = set()
        apply_all = self.back._writer.apply_all

        def apply_and_die(plans):
            meant.update(plan.target_path for plan in plans)
            apply_all([plan for plan in plans if plan.target_path in map(str, reached)])
            raise _Killed

        with pytest.MonkeyPatch.context() as patch, pytest.raises(_Killed):
            patch.setattr(self.back._writer, "apply_all", apply_and_die)
            patch.setattr("blipdesk.pipeline.carry_out._settle", lambda *_: False)  # a kill settles nothing
            self.write(policy)
        return meant

    def undo_and_be_killed(self, reached):
        """An undo that is killed when it has restored the files of ``reached``."""
        restore_all = self.restorer.restore_all

        def restore_and_die(restorations):
            restore_all([one for one in restorations if one.path in map(str, reached)])
            raise _Killed

        with pytest.MonkeyPatch.context() as patch, pytest.raises(_Killed):
            patch.setattr(self.restorer, "restore_all", restore_and_die)
            patch.setattr("blipdesk.pipeline.carry_out._settle", lambda *_: False)  # a kill settles nothing
            self.undo()

    def start_again(self):
        """What a start of the program does about writes that were cut."""
        self.catalog.close()
        self.catalog = Catalog.open(self.photos.parent / "data")
        self.back = WriteBack(self.catalog, FileMetadataWriter(), EMBED, turn=self.turn)
        self.back.recover()

    def files(self):
        return files_in(self.photos)


def files_in(folder):
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def bytes_in(folder):
    return {name: content for name, (content, _, _) in files_in(folder).items()}


def outcomes(reports):
    return [report.outcome for report in reports]
