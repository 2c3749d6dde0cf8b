"""What a dry run of undo says comes true."""

import os
import shutil

import pytest
from undo_desk import Desk

from blipdesk.domain.writes import UndoOutcome


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
@pytest.mark.parametrize("against", ["read-only file", "read-only folder", "several names", "no room"])
def test_a_dry_run_foresees_what_stands_against_an_undo(desk, monkeypatch, against):
    photo, _ = desk.captioned("a.jpg", "b.jpg")
    desk.write()
    if against == "read-only file":
        photo.chmod(0o444)
    elif against == "read-only folder":
        photo.parent.chmod(0o555)
    elif against == "several names":
        os.link(photo, photo.parent.parent / "another.jpg")
    else:
        small = shutil.disk_usage("/")._replace(free=1)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: small)
    foreseen = desk.undo(dry_run=True)
    assert desk.undo() == foreseen
    photo.parent.chmod(0o755)
    assert foreseen[0].outcome is UndoOutcome.FAILED
    assert "then try again." in foreseen[0].note and "caption" not in foreseen[0].note
