"""Words that were typed and not saved come back to their photo, whatever happened meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blipdesk.catalog import DraftFile
from blipdesk.domain.drafts import DraftField
from blipdesk.domain.values import FileFacts, FileStamp, Photo, PhotoState
from blipdesk.services.drafts import DraftService

CAPTION, QUESTION, ASKED = DraftField.CAPTION, DraftField.QUESTION, DraftField.ASKED
NAME = "/p/\udcff \u6d77.jpg"
"""Of bytes that are no UTF-8."""


def photo(number: int = 1, path: str = NAME, content: str = "a") -> Photo:
    return Photo(
        number, 1, path, FileStamp(1, 1), content, None, "JPEG", 4, 3, 0.0, PhotoState.DONE, FileFacts()
    )


def opened(folder: Path) -> DraftService:
    file = DraftFile(folder)
    return DraftService(file.load, file.save)


def texts(drafts: DraftService, of: Photo) -> dict[DraftField, str]:
    return {field: draft.text for field, draft in drafts.of(of).items()}


def test_drafts_are_there_again_after_a_restart(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    drafts.note(photo(), CAPTION, "two \u6d77 <b>\nlines \ud800")
    drafts.note(photo(), QUESTION, "why?")
    drafts.note(photo(2, "/p/b.jpg", "b"), CAPTION, "")
    drafts.write()
    again = opened(tmp_path)
    assert texts(again, photo()) == {CAPTION: "two \u6d77 <b>\nlines \ud800", QUESTION: "why?"}
    assert texts(again, photo(2, "/p/b.jpg", "b")) == {CAPTION: ""}, "an emptied caption is one too"
    assert (tmp_path / "drafts.json").stat().st_mode & 0o077 == 0, "it is nobody else's to read"
    again.drop(1, CAPTION)
    again.drop(1, QUESTION)
    again.drop(2, CAPTION)
    again.write()
    assert list(tmp_path.iterdir()) == []


def test_a_draft_follows_its_photo_and_no_other(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    drafts.note(photo(), CAPTION, "mine")
    drafts.write()
    assert texts(opened(tmp_path), photo(path="/elsewhere/a.jpg")) == {CAPTION: "mine"}, "it was moved"
    assert texts(opened(tmp_path), photo(content="z")) == {CAPTION: "mine"}, "it was written into"
    anew = opened(tmp_path)
    assert texts(anew, photo(7)) == {CAPTION: "mine"}, "the catalog was made anew"
    anew.note(photo(7), CAPTION, None)
    assert anew.waiting() == []
    other = photo(1, "/p/other.jpg", "o")
    anew = opened(tmp_path)
    assert texts(anew, other) == {}, "the number is another photo's now"
    anew.note(other, CAPTION, "other")
    assert texts(anew, photo(7)) == {CAPTION: "mine"} and texts(anew, other) == {CAPTION: "other"}


def test_a_draft_is_not_given_to_another_photo_that_took_the_place_of_its_own(tmp_path: Path) -> None:
    """Its photo was moved away, and another file came to lie where it was."""
    drafts = opened(tmp_path)
    drafts.note(photo(), CAPTION, "mine")
    assert texts(drafts, photo(9, content="z")) == {}
    assert texts(drafts, photo(path="/elsewhere/a.jpg")) == {CAPTION: "mine"}


def test_a_file_that_cannot_be_read_now_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = opened(tmp_path)
    drafts.note(photo(), CAPTION, "mine")
    drafts.write()

    def refused(*_: object) -> str:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_text", refused)
        drafts = opened(tmp_path)
    drafts.note(photo(2, "/p/b.jpg", "b"), CAPTION, "another")
    drafts.write()
    assert "mine" in (tmp_path / "drafts-damaged.json").read_text()


def test_only_the_words_that_were_saved_are_dropped(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    drafts.note(photo(), CAPTION, "a dog and a cat ")
    drafts.drop(1, CAPTION, "a dog")
    assert texts(drafts, photo()) == {CAPTION: "a dog and a cat "}, "typed on while the first was saved"
    drafts.drop(1, CAPTION, "a dog and a cat")
    assert texts(drafts, photo()) == {}


def test_a_question_without_an_answer_is_one_to_ask_unless_another_is_typed(tmp_path: Path) -> None:
    drafts = opened(tmp_path)
    drafts.note(photo(), ASKED, "why?")
    drafts.unask(1)
    assert texts(drafts, photo()) == {QUESTION: "why?"}
    drafts.note(photo(), ASKED, "how?")
    drafts.unask(1)
    assert texts(drafts, photo()) == {QUESTION: "why?"}


@pytest.mark.parametrize("damage", ["", "[{]", '{"a": 1}', '[{"field": "caption"}]', "\0"])
def test_a_damaged_file_is_set_aside_and_the_next_drafts_are_kept(tmp_path: Path, damage: str) -> None:
    (tmp_path / "drafts.json").write_text(damage)
    drafts = opened(tmp_path)
    assert drafts.waiting() == []
    assert (tmp_path / "drafts-damaged.json").read_text() == damage
    drafts.note(photo(), CAPTION, "mine")
    drafts.write()
    assert texts(opened(tmp_path), photo()) == {CAPTION: "mine"}


def test_a_disk_that_refuses_is_tried_again_at_the_next_change(tmp_path: Path) -> None:
    file, full, saved = DraftFile(tmp_path), [True], []

    def save(drafts: object) -> None:
        if full[0]:
            raise OSError(28, "No space left on device")
        saved.append(drafts)

    drafts = DraftService(file.load, save)
    drafts.note(photo(), CAPTION, "mine")
    drafts.write()
    full[0] = False
    drafts.write()
    assert [[draft.text for draft in kept] for kept in saved] == [["mine"]]
    drafts.note(replace(photo(), keywords=()), CAPTION, "mine")
    drafts.write()
    assert len(saved) == 1, "nothing changed: nothing is written"
