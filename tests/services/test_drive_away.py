"""Captions are to be written, and the drive with the photos is not connected."""

import os

import pytest
from PIL import Image

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import KeepText, WriteOutcome, WritePolicy
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace

EMBED = WritePolicy(WriteTarget.EMBED)


class Home:
    """Captioned photos on a drive and on this computer; no caption is written yet."""

    def __init__(self, tmp_path, workspace) -> None:
        self.workspace = workspace
        self.drive, self.here = tmp_path / "drive", tmp_path / "here"
        self._away = tmp_path / "unplugged"
        for number, path in enumerate((self.drive / "a.jpg", self.drive / "b.jpg", self.here / "c.jpg")):
            path.parent.mkdir(exist_ok=True)
            Image.effect_noise((64, 48), 10 + number).convert("RGB").save(path)
            os.utime(path, (1_700_000_000 + number,) * 2)  # long ago: no run waits for it to settle
        workspace.use(workspace.options_of(RunChoices(model="fake"), watch=False))  # needs no process
        workspace.library.add_folders([str(self.drive), str(self.here)])
        self.look()

    def look(self):
        options = self.workspace.options_of(RunChoices(model="fake", write="none"), watch=False)
        self.workspace.run_once([], options, lambda _: None)

    def unplug(self, mount_point_stays):
        self.drive.rename(self._away)
        if mount_point_stays:
            self.drive.mkdir()
            number = self.workspace.catalog.all_roots()[0].id
            self.workspace.catalog.set_setting(f"mount.{number}", "/where/it/was")

    def plug_in(self):
        if self.drive.exists():
            self.drive.rmdir()
        self._away.rename(self.drive)

    def write(self, *paths, dry_run=False):
        """Names and outcomes of photos, and the folders that were passed over with their reasons."""
        skipped = []
        how = self.workspace.writing.dry_run if dry_run else self.workspace.writing.run
        reports = how(EMBED, list(map(str, paths)), on_skipped=lambda *told: skipped.append(told))
        return [(report.path[-5:], report.outcome) for report in reports], skipped


@pytest.fixture
def home(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        yield Home(tmp_path, workspace)


A, B, C = ((name, WriteOutcome.EMBEDDED) for name in ("a.jpg", "b.jpg", "c.jpg"))


@pytest.mark.parametrize("mount_point_stays", [False, True])
@pytest.mark.parametrize("noticed", [False, True])
def test_photos_of_a_drive_that_is_away_wait_and_are_written_once_it_is_back(
    home, mount_point_stays, noticed
):
    home.unplug(mount_point_stays)
    if noticed:
        home.look()
    foreseen, _ = home.write(dry_run=True)
    written, ((folder, reason),) = home.write()
    assert written == foreseen == [C]
    assert folder == str(home.drive)
    assert "othing is lost" in reason
    home.plug_in()
    if noticed:
        home.look()
    assert home.write() == ([A, B], [])


def test_a_folder_that_was_not_asked_for_is_not_told(home):
    home.unplug(mount_point_stays=False)
    assert home.write(home.here) == ([C], [])
    assert home.write(home.here)[1] == []
    reports, skipped = home.write(home.drive / "a.jpg")
    assert (reports, [folder for folder, _ in skipped]) == ([], [str(home.drive)])


def test_what_would_be_written_by_itself_leaves_them_out_too(home):
    home.unplug(mount_point_stays=False)
    names = [report.path for report in home.workspace.writing.dry_run(EMBED, by_itself=True)]
    assert names == [str(home.here / "c.jpg")]


def test_a_folder_named_once_and_gone_is_told_only_while_captions_of_its_photos_wait(home):
    for root in home.workspace.catalog.folders():
        if root.path == str(home.drive):
            home.workspace.library.remove_folder(root.id, forget=True)
    options = home.workspace.options_of(RunChoices(model="fake", write="none"), watch=False)
    home.workspace.run_once([str(home.drive)], options, lambda _: None)
    home.unplug(mount_point_stays=False)
    assert [folder for folder, _ in home.write()[1]] == [str(home.drive)]
    home.plug_in()
    assert home.write()[0] == [A, B]
    home.unplug(mount_point_stays=False)
    assert home.write() == ([], [])


def test_a_decision_between_two_captions_waits_for_the_drive_too(home):
    paths = [home.drive / "a.jpg", home.drive / "b.jpg", home.here / "c.jpg"]
    for path in paths:
        home.workspace.editing.set_caption(home.workspace.catalog.photo_by_path(str(path)).id, "Rex")
        exif = Image.Exif()
        exif[0x010E] = "Anna's dog"
        with Image.open(path) as image:
            image.save(path, exif=exif)
        os.utime(path, (1_700_000_000,) * 2)
    home.look()
    ids = [conflict.photo_id for conflict in home.workspace.writing.conflicts()]
    assert len(ids) == 3
    home.unplug(mount_point_stays=False)
    skipped = []
    reports = home.workspace.writing.decide(
        ids, KeepText.MINE, EMBED, on_skipped=lambda folder, _: skipped.append(folder)
    )
    assert [(report.path, report.outcome) for report in reports] == [(str(paths[2]), WriteOutcome.EMBEDDED)]
    assert skipped == [str(home.drive)]
    home.plug_in()
    assert home.write() == ([A, B], [])
    assert [Image.open(path).getexif()[0x010E] for path in paths] == ["Rex"] * 3
