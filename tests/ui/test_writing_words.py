"""The window's words for what is written into files."""

from __future__ import annotations

from dataclasses import replace

from blipdesk.domain.writes import WriteOutcome, WriteReport
from blipdesk.ui.writing_words import varied, write_row, write_summary


def test_a_comment_beside_a_persons_caption_is_shown_as_what_changes() -> None:
    report = WriteReport(
        "/p/a.jpg", WriteOutcome.EMBEDDED, "", "Ada", "Ada", "/p/a.jpg", comment_after="a woman on a beach"
    )
    assert write_row(report).lines == (
        ("", "Into the photo"), ("Now", "Ada"), ("Comment", "a woman on a beach")
    )  # fmt: skip


def test_tags_are_shown_where_some_come_to_stand_there() -> None:
    report = WriteReport(
        "/p/a.jpg", WriteOutcome.SIDECAR, "", None, "a dog", "/p/a.jpg.xmp", ("Rex",), ("Rex", "dog", "grass")
    )
    assert write_row(report).lines[1:] == (
        ("Now", "no caption"), ("Then", "a dog"), ("Tags", "Rex, dog, grass")
    )  # fmt: skip


def test_a_rating_is_shown_where_it_changes() -> None:
    report = WriteReport("/p/a.jpg", WriteOutcome.EMBEDDED, "", "a dog", "a dog", "/p/a.jpg", rating_after=5)
    assert write_row(report).lines[1:] == (("Now", "a dog"), ("Rating", "★★★★★"))
    assert write_row(replace(report, rating_before=5, rating_after=None)).lines[-1] == ("Rating", "none")
    assert write_summary([report]) == "Written into the photo"


def test_a_photo_whose_rating_changes_is_among_the_first_that_are_shown() -> None:
    captioned = WriteReport("/p/a.jpg", WriteOutcome.EMBEDDED, "", None, "a dog", "/p/a.jpg")
    starred = replace(captioned, path="/p/c.jpg", rating_after=5)
    assert varied([captioned, replace(captioned, path="/p/b.jpg"), starred])[1] is starred


def test_why_photos_were_not_written_is_said_and_of_several_reasons_the_commonest() -> None:
    full, locked = "The disk is full.", "The folder cannot be written to."
    refused = [
        WriteReport("/a.jpg", WriteOutcome.REFUSED, note, None, None) for note in (full, locked, locked)
    ]
    written = WriteReport("/a.jpg", WriteOutcome.EMBEDDED, "", None, "a dog")
    assert write_summary([written, refused[0]]) == f"2 photos: 1 in the photos, 1 not written. {full}"
    assert write_summary(refused) == f"3 photos: 3 not written. Mostly: {locked}"
