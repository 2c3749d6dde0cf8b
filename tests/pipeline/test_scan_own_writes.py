"""Files of equal content that are written back into while others are met: none is taken for another."""

import os
import shutil
from functools import partial

import pytest
from pipeline_shelf import Shelf

from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import WritePolicy
from blipdesk.metadata import FileMetadataWriter
from blipdesk.pipeline.identify import identify_now
from blipdesk.pipeline.scan import Scanner
from blipdesk.pipeline.writeback import WriteBack


class Home(Shelf):
    """Copies of one picture, a scan and a writer that can be looked in upon before a write is noted."""

    def __init__(self, tmp_path) -> None:
        super().__init__(tmp_path)
        self.original = tmp_path / "original.jpg"
        self.put("original.jpg").rename(self.original)
        self.scanner = Scanner(self.catalog, lambda photo_id, beside=False: None)
        self.writer = FileMetadataWriter()
        self.back = WriteBack(self.catalog, self.writer, WritePolicy(WriteTarget.EMBED))

    def copy(self, name):
        path = self.photos / name
        shutil.copy(self.original, path)
        os.utime(path, (1, 1))
        return path

    def captioned(self, name):
        path = self.copy(name)
        self.caption(*self.meet(path))
        return path

    def take(self, *paths):
        """What the watcher has settled."""
        return self.scanner.take(self.folder, map(str, paths))

    def write(self, path, before_noted=lambda: None):
        """Write the caption; ``before_noted`` runs after the replace, before the catalog knows of it."""
        replaced = FileMetadataWriter().apply_all

        def apply_all(plans):
            results = replaced(plans)
            before_noted()
            return results

        self.writer.apply_all = apply_all
        (report,) = self.back.write_asked_for(WritePolicy(WriteTarget.EMBED), [self.photo(path).id])
        return report

    def is_true_of(self, path):
        """The catalog knows the file, as it is."""
        photo = self.photo(path)
        seen = identify_now(str(path))
        return photo is not None and photo.content_hash == seen.content_hash and photo.stamp == seen.stamp


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path)
    yield home
    home.close()


def test_copies_that_come_while_others_are_written_are_new_photos(home):
    written = [home.captioned(f"{number}.jpg") for number in range(4)]
    numbers = [home.photo(path).id for path in written]
    home.write(written[0])
    newcomers = []
    for path in written[1:]:
        newcomer = home.copy(f"new {path.name}")
        newcomers.append(newcomer)
        home.write(path, partial(home.take, newcomer, path))
    assert [home.photo(path) and home.photo(path).id for path in written] == numbers
    assert [path.name for path in (*written, *newcomers) if not home.is_true_of(path)] == []
    assert home.take(*written, *newcomers).unchanged == 7
    assert not any(home.photo(path).caption for path in newcomers)  # nobody captioned them yet


def test_a_write_that_is_noted_while_a_copy_is_compared(home, monkeypatch):
    done, late = home.captioned("done.jpg"), home.captioned("late.jpg")
    home.write(done)
    number, look = home.photo(late).id, home.catalog.find_missing_twin

    def find_missing_twin(content, path=""):
        twins = look(content, path)
        monkeypatch.setattr(home.catalog, "find_missing_twin", look)
        home.write(late)
        return twins

    monkeypatch.setattr(home.catalog, "find_missing_twin", find_missing_twin)
    newcomer = home.copy("newcomer.jpg")
    assert home.take(newcomer).added == 1
    assert home.photo(late).id == number
    assert home.is_true_of(late) and home.is_true_of(newcomer)


def test_a_file_that_was_just_written_is_not_the_copy_that_was_deleted(home):
    gone, stays = home.captioned("gone.jpg"), home.captioned("stays.jpg")
    home.write(gone)
    gone.unlink()
    numbers = [home.photo(gone).id, home.photo(stays).id]
    home.write(stays, lambda: home.take(stays, gone))
    assert [home.photo(gone).id, home.photo(stays).id] == numbers
    assert home.is_true_of(stays) and home.photo(gone).state is PhotoState.MISSING


def test_files_that_really_changed_places_are_still_followed(home):
    one, other = home.captioned("one.jpg"), home.put("other.jpg", camera="another picture")
    home.register(other)
    numbers = [home.photo(one).id, home.photo(other).id]
    aside = home.photos / "aside"
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    home.take(one, other)
    assert [home.photo(other).id, home.photo(one).id] == numbers
