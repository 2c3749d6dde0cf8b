"""A watched folder that gets another name is the same folder: words, chats, writes and undo go with it."""

import hashlib
import os
import shutil

import pytest
from PIL import Image

from blipdesk.domain.jobs import AnswerResult
from blipdesk.domain.values import PhotoState
from blipdesk.domain.writes import UndoOutcome, UndoSelection
from blipdesk.services.choices import RunChoices
from blipdesk.services.workspace import Workspace

NAMES = ("1.jpg", "2.jpg", "trip/3.jpg", "trip/deep/4.jpg")


def bytes_below(folder):
    paths = (os.path.join(top, name) for top, _, names in os.walk(folder) for name in names)
    return {os.path.relpath(path, folder): hashlib.sha256(open(path, "rb").read()).digest() for path in paths}


class Home:
    """A catalog and a folder of photos, captioned, with a person's words and a question, and written."""

    def __init__(self, tmp_path, workspace) -> None:
        self.workspace, self.catalog = workspace, workspace.catalog
        self.old, self.new = tmp_path / "Photos", tmp_path / "Pictures"
        self.captioned: list[str] = []
        workspace.use(workspace.options_of(RunChoices(model="fake"), watch=False))  # needs no process
        for number, name in enumerate(NAMES):
            path = self.old / name
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.effect_noise((64, 48 + number), 40 + number).convert("RGB").save(path)
            os.utime(path, (1_700_000_000 + number,) * 2)  # long ago: no run waits for it to settle
        self.original = bytes_below(self.old)

    def run(self, *paths, write="none"):
        options = self.workspace.options_of(RunChoices(model="fake", write=write), watch=False)
        summary = self.workspace.run_once([str(path) for path in paths], options, self.captioned.append)
        assert self.catalog.check() == []
        return summary

    def prepare(self, write):
        self.run(write=write)
        first = self.photo(self.old / NAMES[0])
        self.workspace.editing.set_caption(first.id, "Rex on the beach")
        self.workspace.editing.add_keyword(first.id, "Rex")
        self.catalog.add_question(first.id, "Who?", AnswerResult("a dog", "q", 1.0))
        self.run(write=write)
        self.captioned.clear()
        return [self.photo(self.old / name).id for name in NAMES]

    def photo(self, path):
        return self.catalog.photo_by_path(str(path))

    def folders(self):
        return [folder.path for folder in self.catalog.folders()]


@pytest.fixture
def home(tmp_path):
    with Workspace.open(tmp_path / "data", start=False) as workspace:
        yield Home(tmp_path, workspace)


@pytest.mark.parametrize("write", ["embed", "sidecar"])
@pytest.mark.parametrize("watched", [True, False])
def test_a_renamed_folder_is_followed_with_all_that_is_known_of_its_photos(home, write, watched):
    home.workspace.library.add_folder(str(home.old))
    ids = home.prepare(write)
    home.old.rename(home.new)
    if watched:
        home.workspace.library.add_folder(str(home.new))
    summary = home.run(*([] if watched else [home.new]), write=write)
    assert (summary.moved, summary.added, summary.skipped) == (len(NAMES), 0, ())
    assert [home.photo(home.new / name).id for name in NAMES] == ids
    assert home.captioned == []
    first = home.photo(home.new / NAMES[0])
    assert (first.caption, next(k.name for k in first.keywords)) == ("Rex on the beach", "Rex")
    assert [turn.answer for turn in home.catalog.questions(first.id)] == ["a dog"]
    assert home.catalog.counts().total == len(NAMES) and home.catalog.counts().missing == 0
    assert home.folders() == [str(home.new)]
    written = bytes_below(home.new)
    assert written != home.original
    home.run(write=write)
    assert bytes_below(home.new) == written and home.captioned == []
    reports = home.workspace.writing.undo(UndoSelection(photo_ids=tuple(ids)))
    back = UndoOutcome.RESTORED if write == "embed" else UndoOutcome.REMOVED
    assert {report.outcome for report in reports} == {back}
    assert bytes_below(home.new) == home.original


def test_a_folder_on_another_disk_is_followed_by_its_content(home, tmp_path):
    """There every file has another inode, and a copy may have another time."""
    home.workspace.library.add_folder(str(home.old))
    ids = home.prepare("none")
    shutil.copytree(home.old, home.new, copy_function=shutil.copyfile)
    shutil.rmtree(home.old)
    for name in NAMES:
        os.utime(home.new / name, (1, 1))
    home.workspace.library.add_folder(str(home.new))
    home.run()
    assert [home.photo(home.new / name).id for name in NAMES] == ids
    assert home.captioned == [] and home.folders() == [str(home.new)]


def test_photos_that_were_missing_before_go_with_their_folder(home):
    home.workspace.library.add_folder(str(home.old))
    ids = home.prepare("none")
    (home.old / NAMES[1]).rename(home.old.parent / "away.jpg")
    home.run()
    home.old.rename(home.new)
    home.workspace.library.add_folder(str(home.new))
    home.run()
    assert home.folders() == [str(home.new)]
    assert home.photo(home.new / NAMES[1]).state is PhotoState.MISSING
    (home.old.parent / "away.jpg").rename(home.new / NAMES[1])
    home.run()
    assert [home.photo(home.new / name).id for name in NAMES] == ids and home.captioned == []


def test_a_copy_is_no_move(home):
    home.workspace.library.add_folder(str(home.old))
    ids = home.prepare("none")
    shutil.copytree(home.old, home.new)
    home.workspace.library.add_folder(str(home.new))
    home.run()
    assert [home.photo(home.old / name).id for name in NAMES] == ids
    assert home.catalog.counts().total == 2 * len(NAMES)
    assert home.folders() == sorted((str(home.new), str(home.old)))


def test_the_old_folder_may_come_back_beside_the_new_one(home):
    home.workspace.library.add_folder(str(home.old))
    ids = home.prepare("none")
    home.old.rename(home.new)
    home.workspace.library.add_folder(str(home.new))
    home.run()
    shutil.copytree(home.new, home.old)
    home.workspace.library.add_folder(str(home.old))
    home.run()
    assert [home.photo(home.new / name).id for name in NAMES] == ids
    assert home.photo(home.new / NAMES[0]).caption == "Rex on the beach"
    assert home.catalog.counts().total == 2 * len(NAMES)


def test_a_drive_that_is_not_connected_keeps_its_photos_whatever_copies_there_are(home, monkeypatch):
    home.workspace.library.add_folder(str(home.old))
    ids = home.prepare("none")
    shutil.copytree(home.old, home.new)
    real = os.path.ismount
    monkeypatch.setattr(os.path, "ismount", lambda path: path == str(home.old) or real(path))
    home.run()  # seen on a mount of its own
    monkeypatch.setattr(os.path, "ismount", real)
    away = home.old.rename(home.old.parent / "unplugged")
    home.workspace.library.add_folder(str(home.new))
    home.run()
    assert [home.photo(home.old / name).id for name in NAMES] == ids
    assert home.catalog.counts().total == 2 * len(NAMES)
    home.captioned.clear()
    shutil.rmtree(home.new)
    home.workspace.library.add_folder(str(away))  # the same drive under another name: the very same files
    home.run()
    assert [home.photo(away / name).id for name in NAMES] == ids
    assert home.captioned == []


def test_a_part_of_a_folder_that_moved_leaves_the_rest_where_it_was(home):
    home.workspace.library.add_folder(str(home.old))
    ids = home.prepare("none")
    home.new.mkdir()
    (home.old / "trip").rename(home.new / "journey")
    shutil.rmtree(home.old)
    home.workspace.library.add_folder(str(home.new))
    home.run()
    assert home.photo(home.new / "journey" / "3.jpg").id == ids[2]
    assert home.photo(home.new / "journey" / "deep" / "4.jpg").id == ids[3]
    assert [home.photo(home.old / name).id for name in NAMES[:2]] == ids[:2]
    assert home.captioned == []
