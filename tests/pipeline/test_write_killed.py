"""Writes that are killed: every photo is old or new, and the journal knows which."""

import os
from pathlib import Path

import pytest
from pipeline_killed import kills
from undo_desk import EMBED, Desk, bytes_in

from blipdesk.catalog import Catalog
from blipdesk.domain.values import WriteTarget
from blipdesk.metadata import FileMetadataWriter
from blipdesk.pipeline.writeback import WriteBack


def write_everything(catalog):
    WriteBack(catalog, FileMetadataWriter(), EMBED).write_asked_for(EMBED, list(catalog.all_photo_ids()))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_killed_at_any_step_each_photo_is_old_or_new_and_the_journal_knows_which(tmp_path):
    desk = Desk(tmp_path)
    desk.captioned("0.jpg", "1.jpg", "2.jpg")
    original = bytes_in(desk.photos)
    desk.catalog.close()
    steps = ("replace", "fsync", "write"), ("begin_writes", "end_writes")
    killed = 0
    for fatal in kills(tmp_path, write_everything, *steps):
        killed += fatal > 0
        catalog = Catalog.open(tmp_path / "data")
        back = WriteBack(catalog, FileMetadataWriter(), EMBED)
        back.recover()
        there = bytes_in(desk.photos)
        assert there.keys() == original.keys(), f"debris after {fatal} steps"
        pending = {Path(path).name for _, path in catalog.pending_paths(WriteTarget.EMBED)}
        assert pending == {name for name in original if there[name] == original[name]}
        assert catalog.open_writes() == [] == catalog.check()
        back.write_asked_for(EMBED, list(catalog.all_photo_ids()))
        assert list(catalog.pending_paths(WriteTarget.EMBED)) == []
        catalog.close()
    assert killed > 5
