"""Favourites in the photos' files: written, taken back, and what other programs give there; real catalog."""

import os
import shutil
import subprocess

import pytest
from PIL import Image

from blipdesk.domain.identity import content_hash_of
from blipdesk.domain.ratings import is_favourite, is_rating_pending, rating_of
from blipdesk.domain.values import FileStamp, SeenFile, WriteTarget
from blipdesk.domain.writes import UndoSelection, WriteOutcome, WritePolicy
from blipdesk.metadata import read_facts
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace

BESIDE, EMBED = WritePolicy(WriteTarget.SIDECAR), WritePolicy(WriteTarget.EMBED)
needs_exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")


@pytest.fixture
def shelf(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        shelf = Shelf(tmp_path / "photos", workspace)
        workspace.use(workspace.options_of(RunChoices(model="fake"), watch=False))  # needs no process
        workspace.library.add_folder(str(shelf.folder))
        shelf.run("none")
        yield shelf


class Shelf:
    """One photo that is looked at and written by runs."""

    def __init__(self, folder, workspace):
        self.folder, self.workspace = folder, workspace
        self.path = folder / "a.jpg"
        if not folder.exists():
            folder.mkdir()
            Image.new("RGB", (170, 130), (8, 90, 20)).save(self.path)
            os.utime(self.path, (1_700_000_000,) * 2)  # long ago: no run waits for it to settle

    def run(self, write):
        """What the command ``caption`` does."""
        options = self.workspace.options_of(RunChoices(model="fake", write=write), watch=False)
        return self.workspace.run_once([str(self.folder)], options, lambda _: None)

    @property
    def photo(self):
        return self.workspace.catalog.photo_by_path(str(self.path))

    def star(self, favourite=True):
        self.workspace.editing.set_favourite([self.photo.id], favourite)

    def write(self, policy=EMBED):
        return self.workspace.writing.run(policy, whole=True)

    def stars(self):
        beside = self.folder / "a.jpg.xmp"
        return read_facts(
            self.path.read_bytes(), "JPEG", beside.read_bytes() if beside.exists() else None
        ).rating

    def rate_elsewhere(self, *changes):
        command = ["exiftool", "-q", "-overwrite_original", *changes, str(self.path)]
        subprocess.run(command, check=True, timeout=60)


@pytest.mark.parametrize("policy", [EMBED, BESIDE])
def test_a_star_is_due_written_and_taken_back_by_undo(shelf, policy):
    shelf.write(policy)
    before, content = shelf.path.read_bytes(), shelf.photo.content_hash
    assert shelf.write(policy) == []
    shelf.star()
    assert is_rating_pending(shelf.photo)
    (report,) = shelf.write(policy)
    assert not is_rating_pending(shelf.photo)
    assert (report.rating_before, report.rating_after, shelf.stars()) == (None, 5, 5)
    assert report.before == report.after == shelf.photo.caption
    assert shelf.write(policy) == []
    assert (shelf.path.read_bytes() == before) == (policy is BESIDE)
    assert (shelf.photo.content_hash == content) == (policy is BESIDE)
    assert shelf.run("none").captioned == 0  # our own write is no news
    assert is_favourite(shelf.photo)
    shelf.workspace.writing.undo(UndoSelection())
    assert (shelf.path.read_bytes(), shelf.stars()) == (before, None)
    assert is_favourite(shelf.photo)  # as with captions: the catalog keeps it
    assert is_rating_pending(shelf.photo)


@needs_exiftool
def test_stars_of_before_come_back_when_the_star_is_taken_off(shelf):
    shelf.rate_elsewhere("-XMP-xmp:Rating=3")
    shelf.run("embed")
    assert rating_of(shelf.photo) == 3
    captioned = shelf.path.read_bytes()
    shelf.star()
    shelf.write()
    shelf.run("none")
    assert (shelf.stars(), rating_of(shelf.photo)) == (5, 5)
    shelf.star(False)
    assert rating_of(shelf.photo) == 3 and is_rating_pending(shelf.photo)
    shelf.write()
    assert not is_rating_pending(shelf.photo)
    assert shelf.path.read_bytes() == captioned


@needs_exiftool
@pytest.mark.parametrize("caption", [None, "typed here"])
def test_stars_of_before_come_back_also_where_another_program_wrote_in_between(shelf, caption):
    shelf.rate_elsewhere("-XMP-xmp:Rating=3")
    shelf.run("embed")
    if caption:
        shelf.workspace.editing.set_caption(shelf.photo.id, caption)
    shelf.star()
    shelf.write()
    shelf.rate_elsewhere("-XMP-dc:Creator=Somebody")  # rewrites the packet: our note is gone
    shelf.run("embed")
    assert (shelf.stars(), rating_of(shelf.photo)) == (5, 5)
    shelf.star(False)
    shelf.write()
    shelf.run("none")
    assert (shelf.stars(), rating_of(shelf.photo)) == (3, 3)


@needs_exiftool
@pytest.mark.parametrize(("given", "shown"), [("2", 2), ("0", None), ("5", 5)])
@pytest.mark.parametrize("caption", [None, "typed here"])
def test_stars_that_another_program_gave_since_are_taken_up(shelf, given, shown, caption):
    if caption:
        shelf.workspace.editing.set_caption(shelf.photo.id, caption)
    shelf.star()
    shelf.write()
    shelf.rate_elsewhere(f"-XMP-xmp:Rating={given}")
    shelf.run("embed")
    assert (shelf.stars() or None, rating_of(shelf.photo)) == (shown, shown)
    shelf.run("embed")
    assert (shelf.stars() or None, rating_of(shelf.photo)) == (shown, shown)


def test_a_catalog_that_knows_nothing_of_a_star_keeps_it(shelf, tmp_path):
    """On another computer, or where the catalog was lost."""
    shelf.star()
    shelf.write()
    with Workspace.open(tmp_path / "other", start=False) as workspace:
        other = Shelf(shelf.folder, workspace)
        workspace.library.add_folder(str(other.folder))
        other.run("none")
        for caption in ("typed there", "typed again"):
            workspace.editing.set_caption(other.photo.id, caption)
            other.run("embed")
            assert (other.stars(), is_favourite(other.photo)) == (5, True)
        other.star(False)
        other.run("embed")
        assert (other.stars(), is_favourite(other.photo)) == (None, False)


@pytest.mark.parametrize("policy", ["embed", "sidecar"])
@pytest.mark.parametrize("taken_off_by", ["here", "there"])
def test_a_star_that_another_catalog_gives_after_ours_went_stays(shelf, tmp_path, policy, taken_off_by):
    with Workspace.open(tmp_path / "other", start=False) as workspace:
        other = Shelf(shelf.folder, workspace)
        workspace.library.add_folder(str(other.folder))
        shelf.star()
        shelf.run(policy)
        other.run(policy)
        if taken_off_by == "there":
            other.star(False)
            other.run(policy)
        shelf.run(policy)
        shelf.star(False)
        shelf.run(policy)
        assert (shelf.stars(), is_favourite(shelf.photo)) == (None, False)
        other.run(policy)
        other.star()
        other.run(policy)
        shelf.run(policy)
        assert (shelf.stars(), is_favourite(shelf.photo)) == (5, True)
        shelf.workspace.editing.set_caption(shelf.photo.id, "typed here")
        shelf.run(policy)
        assert (shelf.stars(), is_favourite(shelf.photo)) == (5, True)
        shelf.star(False)
        shelf.run(policy)
        assert (shelf.stars(), is_favourite(shelf.photo)) == (None, False)


@needs_exiftool
def test_stars_of_another_program_are_not_ours_after_ours_went(shelf):
    shelf.star()
    shelf.write()
    shelf.rate_elsewhere("-XMP-xmp:Rating=")
    shelf.run("embed")
    shelf.star(False)
    shelf.run("embed")
    shelf.rate_elsewhere("-XMP-xmp:Rating=5")
    shelf.run("embed")
    shelf.workspace.editing.set_caption(shelf.photo.id, "typed here")
    shelf.run("embed")
    assert (shelf.stars(), is_favourite(shelf.photo)) == (5, True)


def test_a_star_that_only_an_undo_of_its_undo_brought_back_goes_with_the_next_write(shelf):
    shelf.star()
    shelf.write(BESIDE)
    shelf.workspace.writing.undo(UndoSelection())
    shelf.star(False)
    (undoing, *_) = shelf.workspace.writing.runs(1)
    shelf.write(BESIDE)
    shelf.write(EMBED)
    shelf.workspace.writing.undo(UndoSelection(run_id=undoing.id))
    assert (shelf.stars(), rating_of(shelf.photo)) == (5, None)
    shelf.workspace.editing.set_caption(shelf.photo.id, "typed here")
    shelf.write(BESIDE)
    assert (shelf.stars(), rating_of(shelf.photo)) == (None, None)


@needs_exiftool
def test_a_star_that_no_file_has_yet_stays_whatever_the_file_says(shelf):
    shelf.star()
    shelf.rate_elsewhere("-XMP-xmp:Rating=2")
    shelf.run("none")
    assert rating_of(shelf.photo) == 5
    assert [report.outcome for report in shelf.write()] == [WriteOutcome.EMBEDDED]
    assert shelf.stars() == 5


def test_a_photo_without_a_caption_gets_its_star_written(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        shelf = Shelf(tmp_path / "photos", workspace)
        folder, info = workspace.library.add_folder(str(shelf.folder)), shelf.path.stat()
        stamp = FileStamp(info.st_size, info.st_mtime_ns, info.st_ino)
        seen = SeenFile(str(shelf.path), stamp, content_hash_of(shelf.path.read_bytes()))
        workspace.catalog.register(folder.id, [seen])
        before = shelf.path.read_bytes()
        assert shelf.write() == []
        shelf.star()
        (report,) = shelf.write()
        assert (report.outcome, report.note, shelf.stars()) == (
            WriteOutcome.EMBEDDED,
            "Only the rating is written. There is no caption to write.",
            5,
        )
        shelf.star(False)
        shelf.write()
        assert shelf.path.read_bytes() == before


def test_nothing_is_written_while_captions_stay_in_the_catalog(shelf):
    before = shelf.path.read_bytes()
    shelf.star()
    shelf.run("none")
    assert shelf.path.read_bytes() == before
    assert [report.rating_after for report in shelf.workspace.writing.dry_run(EMBED, by_itself=True)] == [5]
    shelf.run("embed")  # switched on later, it is written with the rest
    assert shelf.stars() == 5
