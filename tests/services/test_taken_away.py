"""What a person takes away or out in other programs stays away until they ask; real catalog, fake model."""

import os
import shutil
import subprocess

import pytest
from PIL import Image

from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import ExistingText, WriteOutcome, WritePolicy
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace

BESIDE, EMBED = WritePolicy(WriteTarget.SIDECAR), WritePolicy(WriteTarget.EMBED)


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

    def run(self, write, again=False):
        """What the command ``caption`` does."""
        options = self.workspace.options_of(RunChoices(model="fake", write=write), watch=False)
        return self.workspace.run_once([str(self.folder)], options, lambda _: None, again=again)

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


@pytest.mark.parametrize("between", ["none", "sidecar"])
def test_photos_that_moved_without_their_sidecars_get_one_after_another_look(library, between):
    photos = library.put(*(f"old/{number}.jpg" for number in range(3)))
    library.run("sidecar")
    (library.folder / "new").mkdir()
    moved = [path.rename(library.folder / "new" / path.name) for path in photos]
    library.run("none")
    assert {library.photo(path).written for path in moved} == {WriteTarget.NONE}, "none of ours stands there"
    library.run(between)
    library.run("sidecar")
    assert [path.with_name(f"{path.name}.xmp").exists() for path in moved] == [True] * 3
    assert {library.photo(path).state for path in moved} == {PhotoState.WRITTEN}


@pytest.mark.parametrize("looked", [False, True], ids=["at once", "after another look"])
def test_photos_whose_sidecars_moved_along_are_written_still(library, looked):
    library.put(*(f"old/{number}.jpg" for number in range(3)))
    library.run("sidecar")
    if looked:
        library.run("none")
    (library.folder / "old").rename(library.folder / "new")
    library.run("none")
    moved = sorted((library.folder / "new").glob("*.jpg"))
    assert [library.photo(path).state for path in moved] == [PhotoState.WRITTEN] * 3


@pytest.mark.parametrize("looked", [False, True], ids=["at once", "after another look"])
def test_a_sidecar_that_moves_after_its_photo_is_what_was_written(library, looked):
    (path,) = library.put("a.jpg")
    library.run("sidecar")
    if looked:
        library.run("none")
    moved = path.rename(path.with_name("b.jpg"))
    library.run("none")
    assert library.photo(moved).written is WriteTarget.NONE
    path.with_name("a.jpg.xmp").rename(moved.with_name("b.jpg.xmp"))
    library.run("none")
    assert library.photo(moved).written is WriteTarget.SIDECAR
    library.run("sidecar")
    assert library.photo(moved).state is PhotoState.WRITTEN


def test_a_photo_that_moved_beside_the_sidecar_of_another_program_is_written_into_it(library):
    (path,) = library.put("old/a.jpg")
    library.run("sidecar")
    (library.folder / "new").mkdir()
    moved = path.rename(library.folder / "new" / "a.jpg")
    sidecar = moved.with_name("a.jpg.xmp")
    sidecar.write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>'
    )
    for _ in range(2):
        library.run("none")
        assert library.photo(moved).written is WriteTarget.NONE
    library.run("sidecar")
    photo = library.photo(moved)
    assert photo.state is PhotoState.WRITTEN and photo.caption in sidecar.read_text()


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


EXIFTOOL = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
CAPTION = ("-XMP-dc:Description=", "-EXIF:ImageDescription=", "-XPComment=")


def exiftool(path, *changes):
    subprocess.run(["exiftool", "-q", "-overwrite_original", *changes, str(path)], check=True)
    if path.suffix != ".xmp":
        os.utime(path, (1_700_000_500,) * 2)  # no run waits for it to settle
    return path.read_bytes()


def keywords_in(path):
    command = ["exiftool", "-s3", "-Subject", "-XPKeywords", str(path)]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


@EXIFTOOL
@pytest.mark.parametrize("write, name", [("embed", "a.jpg"), ("sidecar", "a.jpg.xmp")])
@pytest.mark.parametrize("changes", [CAPTION, ("-all=",)], ids=["the caption", "everything"])
def test_a_machines_caption_that_was_deleted_there_stays_away_until_somebody_asks(
    library, write, name, changes
):
    path, other = library.put("a.jpg", "b.jpg")
    library.run(write)
    caption, keywords = library.photo(path).caption, library.photo(path).keywords
    file = path.with_name(name)
    held = exiftool(file, *(("-XMP-dc:Description=", "-XMP-tiff:all=") if write == "sidecar" else changes))
    library.run(write)
    photo = library.photo(path)
    assert file.read_bytes() == held
    assert (photo.state, photo.written) == (PhotoState.DONE, WriteTarget.NONE)
    assert "other program" in photo.write_note
    assert (photo.caption, photo.keywords) == (caption, keywords), "here it stays"
    assert library.photo(other).state is PhotoState.WRITTEN
    held = exiftool(file, "-XMP-photoshop:City=Kyoto")
    library.run(write)
    assert file.read_bytes() == held, "nor does it come back when other things change there"
    policy = EMBED if write == "embed" else BESIDE
    (report,) = library.workspace.writing.run(policy)
    assert (report.target_path, report.after) == (str(file), caption)


@EXIFTOOL
def test_it_comes_back_when_the_photo_is_captioned_anew_or_the_person_types_one(library):
    path, other = library.put("a.jpg", "b.jpg")
    library.run("embed")
    for photo in (path, other):
        exiftool(photo, "-all=")
    library.workspace.editing.set_caption(library.photo(other).id, "Anna")
    library.run("embed")
    assert library.photo(other).state is PhotoState.WRITTEN
    assert library.photo(path).written is WriteTarget.NONE
    library.run("embed", again=True)
    assert library.photo(path).state is PhotoState.WRITTEN


@EXIFTOOL
@pytest.mark.parametrize("left", CAPTION)
def test_a_caption_that_stands_in_one_of_its_fields_still_was_not_deleted(library, left):
    (path,) = library.put("a.jpg")
    library.run("embed")
    exiftool(path, *(change for change in CAPTION if change != left))
    library.run("embed")
    assert library.photo(path).state is PhotoState.WRITTEN


@EXIFTOOL
def test_a_persons_caption_is_written_again_where_another_program_took_it_out(library):
    (path,) = library.put("a.jpg")
    library.workspace.library.add_folders([str(library.folder)])
    library.run("none")
    library.workspace.editing.set_caption(library.photo(path).id, "Anna")
    library.run("embed")
    exiftool(path, "-all=")
    library.run("embed")
    assert library.photo(path).state is PhotoState.WRITTEN


@EXIFTOOL
@pytest.mark.parametrize("xp", [(), ("-XPKeywords=",)], ids=["XP fields left", "everywhere"])
def test_a_machines_keyword_that_was_taken_out_there_does_not_come_back(library, xp):
    (path,) = library.put("a.jpg")
    library.run("embed")
    photo = library.photo(path)
    first, *_ = (keyword.name for keyword in photo.keywords)
    for _ in range(2):
        held = exiftool(path, f"-XMP-dc:Subject-={first}", *xp)
        library.run("embed")
        assert path.read_bytes() == held
    assert library.photo(path).state is PhotoState.WRITTEN
    assert library.photo(path).keywords == photo.keywords, "here it stays"


@EXIFTOOL
def test_a_machines_caption_that_a_program_left_in_xp_comment_alone_does_not_come_back(library):
    (path,) = library.put("a.jpg")
    library.run("embed")
    held = exiftool(path, *CAPTION[:2])
    for _ in range(2):
        library.run("embed")
        assert path.read_bytes() == held


@EXIFTOOL
def test_a_keyword_taken_off_here_goes_from_the_file_though_another_program_saved_it_first(library):
    (path,) = library.put("a.jpg")
    library.run("embed")
    photo = library.photo(path)
    first, *_ = (keyword.name for keyword in photo.keywords)
    library.workspace.editing.remove_keyword(photo.id, first)
    exiftool(path, "-XMP-photoshop:City=Kyoto")
    library.run("embed")
    xp_keywords = keywords_in(path).splitlines()[1]
    assert first not in xp_keywords, "that program's own list goes on holding it, which is said"
    assert first in library.photo(path).write_note


@EXIFTOOL
def test_a_keyword_that_was_typed_here_comes_back(library):
    (path,) = library.put("a.jpg")
    library.run("none")
    library.workspace.editing.add_keyword(library.photo(path).id, "Oma")
    library.run("embed")
    exiftool(path, "-XMP-dc:Subject-=Oma", "-XPKeywords=")
    library.run("embed")
    assert "Oma" in keywords_in(path)


@EXIFTOOL
@pytest.mark.parametrize("existing", ["skip", "comment"])
def test_no_save_and_no_backup_put_back_takes_a_keyword_off_here(library, existing):
    (path,) = library.put("a.jpg")
    exiftool(
        path, "-XMP-dc:Subject=Urlaub", *(("-XMP-dc:Description=Person",) if existing == "comment" else ())
    )
    backup = path.read_bytes()
    library.run("none")
    library.workspace.writing.run(WritePolicy(WriteTarget.EMBED, ExistingText(existing)))
    keywords = library.photo(path).keywords
    assert len(keywords) > 1
    exiftool(path, "-XMP-xmp:Rating=3")
    library.run("embed")
    assert library.photo(path).keywords == keywords
    path.write_bytes(backup)
    os.utime(path, (1_700_000_900,) * 2)
    library.run("embed")
    assert library.photo(path).keywords == keywords


@EXIFTOOL
def test_a_picture_that_was_changed_is_written_anew(library):
    (path,) = library.put("a.jpg")
    library.run("embed")
    library.workspace.editing.set_caption(library.photo(path).id, "")
    with Image.open(path) as image:
        image.transpose(Image.Transpose.ROTATE_180).crop((3, 3, 90, 90)).save(path)
    os.utime(path, (1_700_000_900,) * 2)
    library.run("embed")
    photo = library.photo(path)
    assert photo.state is PhotoState.WRITTEN
    assert Image.open(path).getexif()[0x010E] == photo.caption
