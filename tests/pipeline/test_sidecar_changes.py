"""What another program writes beside a photo is noticed, read and found; what we wrote is no news."""

import os
import shutil
import subprocess
import sys

import pytest
from pipeline_shelf import SIDECAR, Shelf
from pipeline_waiting import wait_until

from blipdesk.catalog import ThumbnailStore
from blipdesk.domain.jobs import EngineSettings
from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import WritePolicy
from blipdesk.engine import FakeEngine
from blipdesk.metadata import (
    FileMetadataWriter,
    FileRestorer,
    Sidecars,
    read_beside,
    sidecar_files,
    split_sidecars,
    stamp_beside,
)
from blipdesk.pipeline import Pipeline, PipelineOptions
from blipdesk.pipeline.decoder import LocalDecoder
from blipdesk.pipeline.pictures import read_with
from blipdesk.pipeline.scan import Scanner
from blipdesk.pipeline.touched import Touched
from blipdesk.pipeline.writeback import WriteBack

SIDECARS = WritePolicy(WriteTarget.SIDECAR)


class Library(Shelf):
    """Captioned photos, scans, and the looks that these ask for."""

    def __init__(self, tmp_path) -> None:
        super().__init__(tmp_path)
        self.again: list[int] = []
        self.touched = Touched(self.catalog, LocalDecoder(), self.again.extend)
        self.scanner = Scanner(self.catalog, self.touched.note)
        self.back = WriteBack(self.catalog, FileMetadataWriter(), SIDECARS)

    def captioned(self, name, **more):
        path = self.put(name, **more)
        os.utime(path, (1, 1))
        job, decoded = self.meet(path)
        self.caption(job, read_with(read_beside(str(path)), decoded))
        return path

    def scan(self):
        """A scan and the looks that it asks for; how many these are."""
        report = self.scanner.scan(self.folder)
        assert (report.added, report.changed, report.missing) == (0, 0, 0)
        return self._look()

    def look(self):
        """The same where photos that nobody captioned lie beside."""
        self.scanner.scan(self.folder)
        return self._look()

    def _look(self):
        looks = len(self.touched)
        while self.touched:
            self.touched.look_at_next()
        assert self.again == []
        return looks

    def found(self, query):
        return [hit.photo_id for hit in self.catalog.search(query)]


@pytest.fixture
def library(tmp_path):
    library = Library(tmp_path)
    yield library
    library.close()


@pytest.mark.parametrize("name", ["a.jpg.xmp", "a.xmp", "a.jpg.XMP"])
def test_a_sidecar_that_comes_changes_or_goes_is_read_by_the_next_scan(library, name):
    path = library.captioned("a.jpg")
    assert library.scan() == 0
    beside = path.with_name(name)
    beside.write_text(SIDECAR)
    assert library.scan() == 1
    assert library.photo(path).caption == "Anna and the old boat"
    assert library.photo(path).model_caption == "a boat"
    assert library.found("old") == [library.photo(path).id]
    assert library.scan() == 0
    beside.write_text(SIDECAR.replace("Anna and the old boat", "Bert"))
    assert library.scan() == 1
    assert library.photo(path).caption == "Bert" and library.found("old") == []
    beside.unlink()
    assert library.scan() == 1
    assert (library.photo(path).caption, library.photo(path).source) == ("a boat", Source.MODEL)
    assert library.scan() == 0


def test_a_sidecar_that_was_there_at_first_is_no_news(library):
    library.captioned("a.jpg", sidecar=SIDECAR)
    assert library.scan() == 0


def test_a_sidecar_that_no_one_can_read_is_looked_at_once(library):
    path = library.captioned("a.jpg")
    path.with_name("a.jpg.xmp").write_text("<broken")
    assert library.scan() == 1
    assert library.scan() == 0
    assert library.photo(path).facts.problem


def test_photos_that_wait_for_their_first_look_are_left_to_it(library):
    path = library.put("a.jpg", sidecar=SIDECAR)
    os.utime(path, (1, 1))
    library.register(path)
    assert library.scan() == 0


def test_what_we_write_beside_a_photo_is_no_news(library):
    path = library.captioned("a.jpg")
    for caption in ("a boat", "Mine", "Mine again"):
        if caption != "a boat":
            library.catalog.set_user_caption(library.photo(path).id, caption)
        (report,) = library.back.write_asked_for(SIDECARS, [library.photo(path).id])
        assert report.after == caption
        assert library.scan() == 0
    assert (library.photo(path).user_caption, library.photo(path).file_caption) == ("Mine again", None)
    path.with_name("a.jpg.xmp").unlink()  # that was not us
    assert library.scan() == 1


def test_what_another_program_wrote_is_read_though_we_wrote_over_it_before_we_looked(library):
    path = library.captioned("a.jpg")
    rating = SIDECAR.replace("<rdf:Description ", '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
                             'xmp:Rating="4" ')  # fmt: skip
    path.with_name("a.jpg.xmp").write_text(rating)
    library.catalog.add_keyword(library.photo(path).id, "Sea")
    library.back.write_asked_for(SIDECARS, [library.photo(path).id])
    assert library.scan() == 1
    assert library.photo(path).facts.rating == 4
    assert library.scan() == 0


def test_what_another_program_writes_beside_ours_is_read_too(library):
    """Ours is ``a.jpg.xmp``; Adobe's programs write ``a.xmp``."""
    path = library.captioned("a.jpg")
    library.back.write_asked_for(SIDECARS, [library.photo(path).id])
    assert library.scan() == 0
    path.with_name("a.xmp").write_text(SIDECAR, "utf-16")
    assert library.scan() == 1
    assert library.photo(path).caption == "Anna and the old boat"
    assert library.scan() == 0
    path.with_name("a.xmp").unlink()
    assert library.scan() == 1
    assert (library.photo(path).caption, library.scan()) == ("a boat", 0)


NAMES = (
    "a.jpg",
    "a.JPG",
    "a.cr2",
    "a.nef",
    "a.jpg.xmp",
    "a.JPG.XMP",
    "a.xmp",
    "a.XMP",
    "a.cr2.xmp",
    "a.txt",
    "b.jpg",
)


@pytest.mark.parametrize("seed", range(24))
def test_a_scan_looks_at_what_reading_finds_and_no_photo_is_given_anothers(tmp_path, seed):
    names = [name for place, name in enumerate(NAMES) if (seed * 2654435761 >> place) % 3]
    for name in names:
        (tmp_path / name).write_text(name)
    found = Sidecars(names)
    read: list[bytes] = []
    for photo in (name for name in names if not name.lower().endswith((".xmp", ".txt"))):
        path = str(tmp_path / photo)
        beside = read_beside(path)
        assert beside.stamp == stamp_beside(os.stat(tmp_path / name) for name in found.of(photo))
        held = split_sidecars(beside.data)
        assert held == [name.encode() for name in found.of(photo) if name.encode() in held]
        assert held[:1] == [sidecar_files.bytes_of(own) for own in sidecar_files.existing(path)[:1]]
        read += held
    assert len(read) == len(set(read))


def test_the_sidecar_of_a_raw_photo_says_nothing_of_the_jpeg_beside_it(library):
    jpeg = library.captioned("a.jpg")
    jpeg.with_suffix(".cr2").write_bytes(b"II*\0 a raw photo")
    jpeg.with_suffix(".xmp").write_text(SIDECAR)
    library.look()
    assert (library.photo(jpeg).caption, library.photo(jpeg).file_caption) == ("a boat", None)
    assert library.look() == 0
    jpeg.with_suffix(".cr2").unlink()  # the rest is the JPEG's
    jpeg.with_suffix(".xmp").write_text(SIDECAR.replace("Anna and the old boat", "Bert"))
    library.look()
    assert library.photo(jpeg).caption == "Bert"


def test_words_that_a_sidecar_gave_the_jpeg_go_once_it_says_whose_they_are(library):
    jpeg = library.captioned("a.jpg")
    jpeg.with_suffix(".xmp").write_text(SIDECAR)
    jpeg.with_suffix(".png").write_bytes(b"a copy")
    library.look()
    assert library.photo(jpeg).caption == "Anna and the old boat"
    of_the_copy = " xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' photoshop:SidecarForExtension='png'"
    jpeg.with_suffix(".xmp").write_text(SIDECAR.replace("<rdf:Description", f"<rdf:Description{of_the_copy}"))
    library.look()
    assert library.photo(jpeg).caption == "a boat"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="written against inotify")
def test_the_running_watcher_notices_what_other_programs_write(tmp_path):
    shelf = Shelf(tmp_path)
    paths = [shelf.put(name, camera=name) for name in ("a.jpg", "b.jpg")]
    captioned = []
    engine = FakeEngine()
    caption = engine.caption
    engine.caption = lambda images, *more: captioned.extend(images) or caption(images, *more)
    thumbnails = ThumbnailStore.open(tmp_path / "data")
    pipeline = Pipeline(
        shelf.catalog, thumbnails, engine, LocalDecoder(), FileMetadataWriter(),
        PipelineOptions(engine=EngineSettings("fake"), write=SIDECARS, watch=True), LocalDecoder(),
        FileRestorer(),
    )  # fmt: skip
    pipeline.start()
    try:
        written = [path.with_name(f"{path.name}.xmp") for path in paths]
        wait_until(lambda: all(path.exists() for path in written))
        wait_until(lambda: all(shelf.catalog.known_file(str(path)).sidecar for path in paths))
        first = [shelf.photo(path) for path in paths]
        partial = tmp_path / "partial"
        partial.write_text(SIDECAR)
        partial.rename(written[0])  # put in place, as programs do
        wait_until(lambda: [hit.photo_id for hit in shelf.catalog.search("old boat")] == [first[0].id])
        if shutil.which("exiftool"):
            command = ["exiftool", "-q", "-overwrite_original", "-XMP-dc:Title=Harbour", "-XMP:Rating=3"]
            subprocess.run([*command, str(paths[1])], check=True, timeout=60)
            wait_until(lambda: [hit.photo_id for hit in shelf.catalog.search("harbour")] == [first[1].id])
            assert shelf.photo(paths[1]).facts.rating == 3
        written[0].unlink()
        wait_until(lambda: shelf.photo(paths[0]).file_caption is None)
        assert [shelf.photo(path).model_caption for path in paths] == [photo.model_caption for photo in first]
        assert len(captioned) == 2
        assert shelf.catalog.counts().total == 2
    finally:
        pipeline.stop()
        thumbnails.close()
        shelf.close()
