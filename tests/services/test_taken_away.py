"""What a person takes away or out in other programs stays away until they ask; real catalog, fake model."""

import os

import pytest
from PIL import Image

from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import WriteOutcome, WritePolicy
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace

BESIDE = WritePolicy(WriteTarget.SIDECAR)


@pytest.fixture
def library(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        yield Library(tmp_path / "photos", workspace)


class Library:
    """Photos in one folder, looked at and written by runs."""

    def __init__(self, folder, workspace):
        self.folder, self.workspace = folder, workspace
        folder.mkdir()

    def put(self, *names):
        for number, name in enumerate(names):
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            Image.new("RGB", (170 + number, 130), (number * 8, 90, number * 20)).save(path)
            os.utime(path, (1_700_000_000 + number,) * 2)  # long ago: no run waits for it to settle
        return [self.folder / name for name in names]

    def run(self, write):
        """What the command ``caption`` does."""
        options = self.workspace.options_of(RunChoices(model="fake", write=write), watch=False)
        return self.workspace.run_once([str(self.folder)], options, lambda _: None)

    def photo(self, path):
        return self.workspace.catalog.photo_by_path(str(path))

    def sidecars(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.xmp"))


def test_photos_that_all_moved_without_their_sidecars_all_get_one(library):
    photos = library.put(*(f"old/{number}.jpg" for number in range(4)))
    library.run("sidecar")
    (library.folder / "new").mkdir()
    for path in photos:
        path.rename(library.folder / "new" / path.name)
    library.run("sidecar")
    assert [name for name in library.sidecars() if name.startswith("new")] == [
        f"new/{number}.jpg.xmp" for number in range(4)
    ]


def test_of_photos_that_moved_those_whose_sidecar_came_along_keep_it(library):
    photos = library.put(*(f"old/{number}.jpg" for number in range(4)))
    library.run("sidecar")
    (library.folder / "new").mkdir()
    for path in photos:
        path.rename(library.folder / "new" / path.name)
    came = [library.folder / "new" / f"{number}.jpg.xmp" for number in (0, 2)]
    for sidecar in came:
        (library.folder / "old" / sidecar.name).rename(sidecar)
    held = [(path.read_bytes(), path.stat().st_mtime_ns) for path in came]
    library.run("sidecar")
    assert len(library.sidecars()) == 6, "two stay behind, beside no photo"
    assert [(path.read_bytes(), path.stat().st_mtime_ns) for path in came] == held


@pytest.mark.parametrize("looked", [False, True], ids=["at once", "after another look"])
@pytest.mark.parametrize("typed", [False, True], ids=["machine's", "typed"])
def test_a_sidecar_that_a_person_took_away_is_made_again_when_they_ask(library, typed, looked):
    path, other = library.put("a.jpg", "b.jpg")
    library.run("none")
    if typed:
        library.workspace.editing.set_caption(library.photo(path).id, "Anna")
    library.run("sidecar")
    if looked:
        library.run("sidecar")
    sidecar = path.with_name("a.jpg.xmp")
    held = sidecar.read_bytes()
    sidecar.unlink()
    library.run("sidecar")
    assert not sidecar.exists()
    photo = library.photo(path)
    assert (photo.state, photo.written) == (PhotoState.DONE, WriteTarget.NONE)
    assert "taken away" in photo.write_note
    assert library.photo(other).state is PhotoState.WRITTEN
    library.run("sidecar")
    assert not sidecar.exists()
    (report,) = library.workspace.writing.run(BESIDE)
    assert (report.path, report.outcome) == (str(path), WriteOutcome.SIDECAR)
    assert len(sidecar.read_bytes()) > len(held) // 2
    assert library.photo(path).state is PhotoState.WRITTEN


def test_a_sidecar_that_was_taken_away_comes_back_with_other_words(library):
    (path,) = library.put("a.jpg")
    library.run("sidecar")
    path.with_name("a.jpg.xmp").unlink()
    library.run("sidecar")
    library.workspace.editing.set_caption(library.photo(path).id, "Anna")
    library.run("sidecar")
    assert library.sidecars() == ["a.jpg.xmp"]
