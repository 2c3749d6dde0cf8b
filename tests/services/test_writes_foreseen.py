"""What is said to be written is what is written: by itself, and when somebody asks for it."""

import os

import pytest
from PIL import Image

from blipdesk.domain.values import WriteTarget
from blipdesk.domain.writes import UndoSelection, WriteOutcome, WritePolicy
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace

EMBED = WritePolicy(WriteTarget.EMBED)


class Album:
    """Photos that were captioned and written, of which the first was taken back."""

    def __init__(self, folder, workspace) -> None:
        self.workspace, self.folder = workspace, folder
        for name in ("a.jpg", "b.jpg"):
            self.put(name)
        self.run()
        first = workspace.catalog.photo_by_path(str(folder / "a.jpg"))
        workspace.writing.undo(UndoSelection(photo_ids=(first.id,)))
        self.put("c.jpg")
        self.run(write="none")

    def put(self, name):
        self.folder.mkdir(exist_ok=True)
        Image.effect_noise((64, 48), 10 + ord(name[0])).convert("RGB").save(self.folder / name)
        os.utime(self.folder / name, (1_700_000_000 + ord(name[0]),) * 2)  # long ago: no run waits

    def run(self, write="embed"):
        options = self.workspace.options_of(RunChoices(model="fake", write=write), watch=False)
        self.workspace.run_once([str(self.folder)], options, lambda _: None)

    def bytes(self):
        return {path.name: path.read_bytes() for path in self.folder.iterdir()}

    def foreseen(self, **how):
        return self.names(self.workspace.writing.dry_run(EMBED, **how))

    def names(self, reports):
        written = [report.path for report in reports if report.outcome is WriteOutcome.EMBEDDED]
        return [path.removeprefix(f"{self.folder}/") for path in written]


@pytest.fixture
def album(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        yield Album(tmp_path / "photos", workspace)


def test_what_was_taken_back_is_not_foreseen_by_itself_and_is_left_alone(album):
    before = album.bytes()
    assert album.foreseen(by_itself=True) == ["c.jpg"]
    assert album.bytes() == before
    album.run()
    after = album.bytes()
    assert [name for name in after if after[name] != before[name]] == ["c.jpg"]


def test_who_asks_writes_it_again_as_foreseen(album):
    foreseen = album.foreseen()
    assert foreseen == ["a.jpg", "c.jpg"]
    assert album.names(album.workspace.writing.run(EMBED)) == foreseen
    assert album.foreseen() == album.foreseen(by_itself=True) == []


def test_no_plan_says_that_something_was_done(album):
    Image.effect_noise((64, 48), 3).convert("RGB").save(album.folder / "d.jpg", exif=_described("Theirs"))
    album.run(write="none")
    (kept,) = [r for r in album.workspace.writing.dry_run(EMBED) if r.outcome is WriteOutcome.KEPT]
    assert kept.note == "A person's caption stands in its EXIF description; nothing is written over it."


def _described(text):
    exif = Image.Exif()
    exif[0x010E] = text
    return exif
