"""What is done beside a person's caption is chosen for a run, and another choice may follow."""

from dataclasses import replace

import pytest
from PIL import Image
from undo_desk import BESIDE, EMBED, Desk

from blipdesk.domain.jobs import CaptionOptions, CaptionResult
from blipdesk.domain.writes import ExistingText, WriteOutcome
from blipdesk.metadata.xmp import DESCRIPTION, Xmp
from blipdesk.pipeline.captioner import Captioned, commit_of
from blipdesk.pipeline.writeback import WriteBack

CHOICES = [ExistingText.COMMENT, ExistingText.APPEND, ExistingText.REPLACE]
OTHERS = [(first, then) for first in CHOICES for then in CHOICES if first is not then]


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    desk.captioned("a.jpg", caption="Anna", taken="2001:02:03 04:05:06")
    desk.captioned("plain.jpg", black=True)
    yield desk
    desk.close()


def asked(existing):
    return replace(EMBED, existing=existing)


def fields_of(path):
    with Image.open(path) as image:
        exif, packet = image.getexif(), image.info.get("xmp")
        said = Xmp(packet) if packet else None
        return exif.get(0x010E), exif.get(0x9C9C), said and (said.text(DESCRIPTION), said.keywords())


def waiting(desk, policy):
    return [path for _, path in desk.catalog.chosen_otherwise_paths(policy.existing)]


def rounds(desk, policy):
    """The write-back of a headless run, and what it reports."""
    reports = []
    return WriteBack(desk.catalog, desk.back._writer, policy, on_report=reports.append), reports


def caption_anew(desk, photo, caption):
    desk.catalog.enqueue_forced([desk.photo(photo).id], "m")
    job, decoded = desk.meet(photo)
    result = Captioned(CaptionResult(text=caption, keywords=("ship",)))
    desk.catalog.commit_captions([commit_of(job, decoded, result, CaptionOptions())])


@pytest.mark.parametrize("first, then", OTHERS)
def test_another_choice_has_the_file_as_if_it_had_been_the_first(desk, first, then):
    photo = desk.photos / "a.jpg"
    desk.write(asked(then))
    wanted = fields_of(photo)
    desk.undo()
    desk.write(asked(first))
    assert fields_of(photo) != wanted
    assert waiting(desk, asked(first)) == []
    assert waiting(desk, asked(then)) == [str(photo)], "beside a person's caption alone there is a choice"
    back, reports = rounds(desk, asked(then))
    back.start(by_rounds=True)
    back.finish()
    assert [(report.path, report.outcome) for report in reports] == [(str(photo), WriteOutcome.EMBEDDED)]
    assert fields_of(photo) == wanted
    assert waiting(desk, asked(then)) == []


def test_what_was_taken_back_or_typed_since_waits_for_no_other_choice(desk):
    desk.write(asked(ExistingText.APPEND))
    assert waiting(desk, asked(ExistingText.REPLACE))
    desk.catalog.set_user_caption(desk.photo(desk.photos / "a.jpg").id, "Rex")
    assert waiting(desk, asked(ExistingText.REPLACE)) == []
    desk.catalog.set_user_caption(desk.photo(desk.photos / "a.jpg").id, None)
    assert waiting(desk, asked(ExistingText.REPLACE))
    desk.undo()
    assert waiting(desk, asked(ExistingText.REPLACE)) == []


def test_a_run_that_captions_anew_reports_each_photo_once(desk):
    photo = desk.photos / "a.jpg"
    desk.write(EMBED)
    assert list(desk.catalog.kept_paths())
    back, reports = rounds(desk, asked(ExistingText.APPEND))
    back.start(by_rounds=True)
    back.write_round()
    caption_anew(desk, photo, "a ship")
    back.write_round()
    back.finish()
    assert [(report.path, report.after) for report in reports] == [(str(photo), "Anna\na ship")]
    assert back.totals.counts() == {WriteOutcome.EMBEDDED: 1}


@pytest.mark.parametrize(
    "policy, outcome",
    [(EMBED, WriteOutcome.EMBEDDED), (BESIDE, WriteOutcome.SIDECAR)],
    ids=["embed", "sidecar"],
)
def test_a_photo_that_is_written_before_and_after_it_is_captioned_anew_counts_once(desk, policy, outcome):
    back, reports = rounds(desk, policy)
    back.start(by_rounds=True)
    back.write_round()
    caption_anew(desk, desk.photos / "plain.jpg", "a ship")
    back.write_round()
    back.finish()
    assert [report.outcome for report in reports if report.path.endswith("plain.jpg")] == [outcome, outcome]
    assert back.totals.counts() == {outcome: 1, WriteOutcome.KEPT: 1}
