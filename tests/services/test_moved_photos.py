"""A person's words follow their picture, whatever names the files change to; real catalog, fake model."""

import itertools
import os
import shutil

import pytest
from PIL import Image

from blipdesk.metadata import read_facts
from blipdesk.services.choices import RunChoices
from blipdesk.services.operations import find_photo
from blipdesk.services.workspace import Workspace


@pytest.fixture
def library(tmp_path):
    """Three photos with a person's words each, scanned and captioned; ``run()`` runs it once more."""
    folder = tmp_path / "photos"
    folder.mkdir()
    with Workspace.open(tmp_path / "data", start=False) as workspace:

        def run(write="none"):
            options = workspace.options_of(RunChoices(model="fake", write=write), watch=False)
            workspace.run_once([str(folder)], options, lambda _: None)
            return {
                os.path.basename(photo.path): photo.caption
                for photo in workspace.catalog.photos(list(workspace.catalog.all_photo_ids()))
                if photo.state.value != "missing"
            }

        for number in (1, 2, 3):
            path = folder / f"{number}.jpg"
            Image.effect_noise((320, 240 + 16 * number), 40 + number).convert("RGB").save(path)
            os.utime(path, (1_700_000_000 + number,) * 2)  # long ago: no run waits for it to settle
        run()
        for number in (1, 2, 3):
            photo = find_photo(workspace, str(folder / f"{number}.jpg"))
            workspace.editing.set_caption(photo.id, f"words {number}")
        yield folder, run, workspace


def test_photos_that_move_up_in_a_row_take_their_words_along(library):
    folder, run, _ = library
    for number in (3, 2, 1):
        (folder / f"{number}.jpg").rename(folder / f"{number + 1}.jpg")
    assert run("embed") == {"2.jpg": "words 1", "3.jpg": "words 2", "4.jpg": "words 3"}
    for number in (1, 2, 3):
        data = (folder / f"{number + 1}.jpg").read_bytes()
        assert read_facts(data, "JPEG").caption == f"words {number}"


def test_photos_that_move_down_in_a_row_take_their_words_along(library):
    folder, run, workspace = library
    (folder / "1.jpg").rename(folder / "0.jpg")
    (folder / "2.jpg").rename(folder / "1.jpg")
    (folder / "3.jpg").rename(folder / "2.jpg")
    assert run() == {"0.jpg": "words 1", "1.jpg": "words 2", "2.jpg": "words 3"}
    assert workspace.catalog.counts().missing == 0


@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3)))[1:])
def test_photos_that_change_places_change_words(library, order):
    folder, run, workspace = library
    for number in (1, 2, 3):
        (folder / f"{number}.jpg").rename(folder / f"{number}.old")
    for place, number in zip((1, 2, 3), order, strict=True):
        (folder / f"{number}.old").rename(folder / f"{place}.jpg")
    expected = {f"{place}.jpg": f"words {number}" for place, number in zip((1, 2, 3), order, strict=True)}
    assert run() == expected
    assert run() == expected
    assert workspace.catalog.counts().missing == 0


def test_a_photo_moved_over_another_keeps_its_words_and_the_others_wait_for_their_picture(library):
    folder, run, workspace = library
    shutil.copy2(folder / "1.jpg", folder.parent / "saved.jpg")
    (folder / "2.jpg").rename(folder / "1.jpg")
    assert run() == {"1.jpg": "words 2", "3.jpg": "words 3"}
    (folder.parent / "saved.jpg").rename(folder / "2.jpg")
    assert run() == {"1.jpg": "words 2", "2.jpg": "words 1", "3.jpg": "words 3"}
    assert workspace.catalog.check() == []


def test_a_photo_edited_after_a_copy_was_saved_keeps_its_words(library):
    folder, run, _ = library
    shutil.copy2(folder / "1.jpg", folder / "1 backup.jpg")
    with Image.open(folder / "1.jpg") as image:
        image.load()
    image.crop((10, 10, 200, 200)).save(folder / "1.jpg")
    assert run()["1.jpg"] == "words 1"


def test_of_two_copies_the_one_that_has_just_left_is_found_again(library):
    folder, run, workspace = library
    (folder / "b").mkdir()
    shutil.copy2(folder / "1.jpg", folder / "b" / "1.jpg")
    run()
    photo = find_photo(workspace, str(folder / "b" / "1.jpg"))
    workspace.editing.set_caption(photo.id, "words of the copy")
    (folder / "1.jpg").unlink()
    run()
    (folder / "c").mkdir()
    (folder / "b" / "1.jpg").rename(folder / "c" / "1.jpg")
    assert run()["1.jpg"] == "words of the copy"


def test_another_picture_under_the_name_of_a_missing_one_gets_none_of_its_words(library):
    folder, run, _ = library
    (folder / "1.jpg").rename(folder.parent / "archived.jpg")
    run()
    Image.effect_noise((300, 200), 90).convert("RGB").save(folder / "1.jpg")  # the camera counts from 1 again
    captions = run("embed")
    assert captions.keys() == {"1.jpg", "2.jpg", "3.jpg"} and captions["1.jpg"] != "words 1"
    assert read_facts((folder / "1.jpg").read_bytes(), "JPEG").caption is None
    shutil.move(folder.parent / "archived.jpg", folder / "found.jpg")
    captions = run("embed")
    assert (captions["found.jpg"], captions["2.jpg"]) == ("words 1", "words 2")


def test_a_missing_photo_that_comes_back_with_other_metadata_keeps_its_words(library):
    folder, run, _ = library
    away = folder.parent / "away.jpg"
    (folder / "1.jpg").rename(away)
    run()
    data = away.read_bytes()
    comment = b"rated elsewhere"
    (folder / "1.jpg").write_bytes(
        data[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + data[2:]
    )
    run()
    assert run() == {"1.jpg": "words 1", "2.jpg": "words 2", "3.jpg": "words 3"}
