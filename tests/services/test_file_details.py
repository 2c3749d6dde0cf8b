"""What the pane's details say of a file, in words."""

from dataclasses import replace

import pytest

from blipdesk.domain.values import FileFacts, FileStamp, Photo, PhotoState
from blipdesk.services.library import LibraryService

PHOTO = Photo(
    1, 1, "/p/a.jpg", FileStamp(1, 1), "h", None, "JPEG", 4, 3, 0.0, PhotoState.DONE, FileFacts(),
    model_caption="a boat",
)  # fmt: skip


def rows(**facts):
    details = LibraryService.file_details(None, replace(PHOTO, facts=FileFacts(**facts)))
    return dict(details)


def test_what_is_not_known_has_no_row():
    assert {"Title", "Rating", "Taken", "Tag paths"}.isdisjoint(rows())


def test_a_title_that_says_the_caption_again_has_none_either():
    assert "Title" not in rows(title="a boat")
    assert rows(title="Harbour")["Title"] == "Harbour"


@pytest.mark.parametrize(("rating", "words"), [(4, "★★★★☆"), (5, "★★★★★"), (1, "★☆☆☆☆"), (-1, "Rejected")])
def test_stars(rating, words):
    assert rows(rating=rating)["Rating"] == words


@pytest.mark.parametrize(
    ("texts", "difference"),
    [
        ({}, None),
        ({"file_caption": "a  boat"}, None),
        ({"file_caption": "harbour", "user_caption": "mine"}, "The file says: harbour"),
        (
            {"file_caption": "harbour", "user_caption": "mine", "conflict": True},
            "The file has another caption than yours",
        ),
    ],
)
def test_what_the_file_says_otherwise_is_said(texts, difference):
    details = dict(LibraryService.file_details(None, replace(PHOTO, **texts)))
    assert details.get("File and catalog") == difference


@pytest.mark.parametrize(
    ("user", "written", "file", "difference"),
    [
        (None, None, 3, None),
        (5, None, None, "The stars are not in the file"),
        (5, None, 3, "The file says: ★★★☆☆"),
        (5, 5, 3, None),
        (0, None, 3, "The file says: ★★★☆☆"),
        (None, 5, 3, "The file says: ★★★★★"),
        (0, None, None, None),
    ],
)
def test_stars_that_are_not_written_yet_are_named(user, written, file, difference):
    photo = replace(PHOTO, user_rating=user, written_rating=written, facts=FileFacts(rating=file))
    assert dict(LibraryService.file_details(None, photo)).get("File and catalog") == difference


def test_another_caption_and_other_stars_are_both_named():
    photo = replace(PHOTO, file_caption="harbour", user_caption="mine", conflict=True, user_rating=5)
    said = [words for label, words in LibraryService.file_details(None, photo) if label == "File and catalog"]
    assert said == ["The file has another caption than yours", "The stars are not in the file"]


def test_the_zone_stands_beside_the_time():
    assert rows(taken_at="2024-05-01T10:20:30")["Taken"] == "2024-05-01 10:20:30"
    assert (
        rows(taken_at="2024-05-01T10:20:30", taken_zone="-03:30")["Taken"]
        == "2024-05-01 10:20:30 (UTC-03:30)"
    )


def test_keywords_in_a_hierarchy_have_a_line_each():
    paths = ("Places|France|Paris", "People|Anna")
    assert rows(keyword_paths=paths)["Tag paths"] == "Places › France › Paris\nPeople › Anna"
