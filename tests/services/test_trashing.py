"""Photos in the system's trash, and back; real catalog, fake model, a folder for the trash."""

import errno
import os
import shutil

import pytest
from PIL import Image

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.values import LibraryView, ViewKind
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace


class FolderCan:
    """A trash as freedesktop.org has it; ``refuses`` are names that it does not take."""

    def __init__(self, folder):
        self.folder, self.refuses = folder, ()
        (folder / "files").mkdir(parents=True)
        (folder / "info").mkdir()

    def put(self, path):
        name = os.path.basename(path)
        if name in self.refuses:
            raise OSError(errno.EACCES, os.strerror(errno.EACCES), path)
        lies = self.folder / "files" / name
        os.rename(path, lies)
        (self.folder / "info" / f"{name}.trashinfo").write_text(f"[Trash Info]\nPath={path}\n")
        return str(lies)

    def content(self):
        return {path.name for path in (self.folder / "files").iterdir()}

    def notes(self):
        return {path.name for path in (self.folder / "info").iterdir()}


@pytest.fixture
def can(tmp_path):
    return FolderCan(tmp_path / "trash")


@pytest.fixture
def library(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in (1, 2, 3):
        Image.effect_noise((320, 240 + 16 * number), 40).convert("RGB").save(folder / f"{number}.jpg")
        os.utime(folder / f"{number}.jpg", (1_700_000_000 + number,) * 2)  # long ago: no run waits for it
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        yield Library(folder, workspace)


class Library:
    def __init__(self, folder, workspace):
        self.folder, self.workspace = folder, workspace
        workspace.use(workspace.options_of(RunChoices(model="fake"), watch=False))  # needs no process
        workspace.library.add_folder(str(folder))
        self.run()
        self.ids = [workspace.catalog.photo_by_path(str(folder / f"{n}.jpg")).id for n in (1, 2, 3)]

    def run(self):
        options = self.workspace.options_of(RunChoices(model="fake"), watch=False)
        self.workspace.run_once([str(self.folder)], options, lambda _: None)

    def seen(self, kind=ViewKind.ALL):
        photos = self.workspace.catalog.photos(self.workspace.library.ids(LibraryView(kind)))
        return sorted(os.path.basename(photo.path) for photo in photos)


def test_photos_in_the_trash_are_seen_no_more_not_even_as_missing(library, can):
    trashed = library.workspace.trashing.put(library.ids[:2], can)
    assert can.content() == {"1.jpg", "2.jpg"} and trashed.failures == ()
    for _ in range(2):
        assert library.seen() == ["3.jpg"] and library.seen(ViewKind.MISSING) == []
        library.run()


def test_what_comes_back_is_the_same_photo_with_its_words(library, can):
    service, editing = library.workspace.trashing, library.workspace.editing
    editing.set_caption(library.ids[0], "our garden")
    before = (library.folder / "1.jpg").read_bytes()
    trashed = service.put(library.ids[:1], can)
    assert trashed.can_come_back and service.put_back(trashed) == ()
    assert (library.folder / "1.jpg").read_bytes() == before
    assert library.seen() == ["1.jpg", "2.jpg", "3.jpg"] and can.notes() == set()
    assert library.workspace.catalog.photo(library.ids[0]).caption == "our garden"


@pytest.mark.parametrize("place", ["1.jpg", "elsewhere.jpg"])
def test_what_another_program_takes_out_of_the_trash_is_seen_again(library, can, place):
    library.workspace.editing.set_caption(library.ids[0], "our garden")
    library.workspace.trashing.put(library.ids[:1], can)
    shutil.move(can.folder / "files" / "1.jpg", library.folder / place)
    library.run()
    assert library.seen() == sorted([place, "2.jpg", "3.jpg"])
    assert library.workspace.catalog.photo_by_path(str(library.folder / place)).caption == "our garden"


def test_sidecars_go_along_and_those_of_another_photo_stay(library, can):
    for name in ("1.jpg.xmp", "2.xmp"):
        (library.folder / name).write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    Image.new("RGB", (300, 200), "navy").save(library.folder / "2.png")  # 2.xmp is the JPEG's all the same
    Image.new("RGB", (300, 200), "red").save(library.folder / "3.png")
    (library.folder / "3.png.xmp").write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    trashed = library.workspace.trashing.put(library.ids, can)
    assert can.content() == {"1.jpg", "1.jpg.xmp", "2.jpg", "2.xmp", "3.jpg"}
    assert library.workspace.trashing.put_back(trashed) == () and can.content() == set()
    assert (library.folder / "2.xmp").exists() and (library.folder / "3.png.xmp").exists()


def test_a_photo_that_cannot_go_is_named_and_stays_and_the_others_go(library, can):
    can.refuses = ("2.jpg",)
    trashed = library.workspace.trashing.put(library.ids, can)
    assert can.content() == {"1.jpg", "3.jpg"} and library.seen() == ["2.jpg"]
    assert len(trashed.failures) == 1 and trashed.failures[0].startswith("2.jpg ")
    assert "Permission denied" in trashed.failures[0]


def test_a_file_that_took_the_place_meanwhile_is_not_replaced(library, can):
    trashed = library.workspace.trashing.put(library.ids[:1], can)
    (library.folder / "1.jpg").write_bytes(b"new")
    (failure,) = library.workspace.trashing.put_back(trashed)
    assert "another file" in failure and can.content() == {"1.jpg"}
    assert (library.folder / "1.jpg").read_bytes() == b"new"


def test_the_sidecar_of_a_photo_that_stays_gives_no_other_picture_its_words(library, can):
    for name in ("1.jpg.xmp", "2.jpg.xmp"):
        (library.folder / name).write_text("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    trashed = library.workspace.trashing.put(library.ids[:2], can)
    (library.folder / "1.jpg").write_bytes(b"new")
    (failure,) = library.workspace.trashing.put_back(trashed)
    assert failure.startswith("1.jpg ") and can.content() == {"1.jpg", "1.jpg.xmp"}
    assert (library.folder / "2.jpg.xmp").exists() and not (library.folder / "1.jpg.xmp").exists()


def test_who_stops_keeps_the_others_and_can_take_back_what_went(library, can):
    def report(done, _):
        if done == 1:
            raise Cancelled

    trashed = library.workspace.trashing.put(library.ids, can, report)
    assert len(can.content()) == 1 and len(library.seen()) == 2
    library.workspace.trashing.put_back(trashed)
    assert library.seen() == ["1.jpg", "2.jpg", "3.jpg"]


def test_a_photo_whose_file_is_gone_is_left_as_missing(library, can):
    (library.folder / "1.jpg").unlink()
    library.run()
    assert library.workspace.trashing.put(library.ids[:1], can).files == ()
    assert library.seen(ViewKind.MISSING) == ["1.jpg"]


def test_another_picture_in_its_place_does_not_get_its_words(library, can):
    library.workspace.editing.set_caption(library.ids[0], "our garden")
    trashed = library.workspace.trashing.put(library.ids[:1], can)
    Image.new("RGB", (320, 200), "navy").save(library.folder / "1.jpg")
    os.utime(library.folder / "1.jpg", (1_700_000_009,) * 2)
    assert len(library.workspace.trashing.put_back(trashed)) == 1
    library.run()
    there = library.workspace.catalog.photo_by_path(str(library.folder / "1.jpg"))
    assert there.id != library.ids[0] and there.caption != "our garden"


def test_photos_in_the_trash_stay_out_of_sight_where_a_folder_above_is_added(library, can):
    library.workspace.trashing.put(library.ids[:1], can)
    library.workspace.catalog.add_folder(str(library.folder.parent))
    assert library.seen() == ["2.jpg", "3.jpg"] and library.seen(ViewKind.MISSING) == []


def test_many_are_out_of_sight_while_others_still_go(library, can):
    for number in range(4, 24):
        Image.effect_noise((320, 240 + 16 * number), 40).convert("RGB").save(library.folder / f"{number}.jpg")
        os.utime(library.folder / f"{number}.jpg", (1_700_000_000 + number,) * 2)
    library.run()
    ids = list(library.workspace.catalog.all_photo_ids())
    seen = []

    def report(done, _):
        seen.append(len(library.seen()))

    trashed = library.workspace.trashing.put(ids, can, report)
    assert seen[0] == 23 and seen[-1] == 3 and library.seen() == []
    library.workspace.trashing.put_back(trashed)
    assert len(library.seen()) == 23
