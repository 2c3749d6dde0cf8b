"""The window's words for what is written into files."""

from __future__ import annotations

from blipdesk.domain.writes import WriteOutcome, WriteReport
from blipdesk.ui.writing_words import write_row


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
