"""What a person and a script are told of photos' files: by caption, write and undo alike."""

import pytest
from PIL import Image
from program import Here, draw, lines

from blipdesk.cli import bars
from blipdesk.cli.written import WriteNotes
from blipdesk.domain.writes import SIDECAR_INSTEAD, WriteOutcome


@pytest.fixture
def blipdesk(tmp_path, capsys):
    """Runs a command in this process; gives what it prints on stdout."""
    here = Here(tmp_path / "data", capsys)
    return lambda *arguments, status=0: here.run(*arguments, status=status).out


def described(path, seed, **texts):
    """A photo in which a person's words stand."""
    exif = Image.Exif()
    for tag, text in texts.items():
        exif[{"description": 0x010E, "comment": 0x9C9C}[tag]] = text
    return draw(path, seed, exif=exif)


@pytest.fixture
def photos(tmp_path):
    """One that takes its caption in, one that cannot, one that a person captioned, one without a place."""
    folder = tmp_path / "photos"
    draw(folder / "plain.jpg", 0)
    draw(folder / "drawn.bmp", 1)
    described(folder / "anna.jpg", 2, description="Anna, 1950")
    draw(folder / "moving.gif", 3)
    (folder / "moving.gif.xmp").mkdir()  # no sidecar can be written there
    return folder


def by_name(records, folder):
    return {record["path"].removeprefix(f"{folder}/"): record for record in records if "path" in record}


CAPTION = ("caption", "--model", "fake", "--write", "embed")


def test_a_captioning_run_says_of_each_photo_what_became_of_its_file_and_why(blipdesk, photos):
    *printed, last = lines(blipdesk(*CAPTION, photos, "--json", status=1))
    told = by_name(printed, photos)
    assert {name: (line["outcome"], line["target"]) for name, line in told.items()} == {
        "plain.jpg": ("embedded", "embed"),
        "drawn.bmp": ("sidecar", "sidecar"),
        "anna.jpg": ("kept", None),
        "moving.gif": ("refused", None),
    }
    assert told["drawn.bmp"]["target_path"] == str(photos / "drawn.bmp.xmp")
    assert "not embedded in files of its kind" in told["drawn.bmp"]["reason"]
    assert "person's caption" in told["anna.jpg"]["reason"]
    assert "no file that can be read" in told["moving.gif"]["reason"]
    summary = last["summary"]
    assert [summary[name] for name in ("embedded", "sidecars", "kept", "refused", "run")] == [1, 1, 1, 1, 1]


def test_a_person_reads_why_photos_got_a_sidecar_were_left_alone_or_not_written(blipdesk, photos):
    for number in range(5):
        draw(photos / f"{number}.bmp", 10 + number)
    told = blipdesk(*CAPTION, photos, status=1)
    assert "6 photos given a sidecar instead:\n  6 times: The caption goes to a sidecar, because" in told
    assert " and 3 more)\n" in told
    assert f"1 photo left as it is:\n  {photos / 'anna.jpg'}: A person's caption stands in" in told
    assert "--existing comment, append or replace" in told
    assert f"1 photo not written:\n  {photos / 'moving.gif'}: " in told
    assert "To take it back: blipdesk undo --run 1" in told
    assert "To take it back" not in blipdesk("caption", "--model", "fake", photos)


def test_many_photos_are_told_by_reason_and_those_that_could_not_be_written_by_name(blipdesk, photos):
    blipdesk("caption", "--model", "fake", photos)
    for number in range(20):
        draw(photos / f"{number}.png", 10 + number, (32, 24))
    blipdesk("caption", "--model", "fake", photos)
    told = blipdesk("write", "--to", "embed", status=1)
    assert "plain.jpg" not in told
    assert f"1 photo not written:\n  {photos / 'moving.gif'}: " in told
    assert (
        "24 photos looked at: 21 with the caption inside, 1 with a sidecar, 1 left as before, "
        "1 not written." in told
    )


def test_a_write_and_its_dry_run_tell_the_same_of_each_photo(blipdesk, photos):
    blipdesk("caption", "--model", "fake", photos)
    asked = ("write", "--to", "embed", "--existing", "append", "--json")
    *planned, foreseen = lines(blipdesk(*asked, "--dry-run", status=1))
    *done, summary = lines(blipdesk(*asked, status=1))
    assert done == planned
    assert summary["summary"] == foreseen["summary"] | {"run": 1, "dry_run": False}
    anna = by_name(done, photos)["anna.jpg"]
    assert anna["before"]["caption"] == "Anna, 1950"
    assert anna["after"]["caption"].startswith("Anna, 1950\n")
    assert anna["after"]["keywords"]
    *written, _ = lines(
        blipdesk("caption", "--model", "fake", photos, "--write", "sidecar", "--json", status=1)
    )
    assert set(by_name(written, photos)["anna.jpg"]) <= set(anna)


def test_before_and_after_of_the_comment_are_shown_where_it_alone_changes(blipdesk, photos):
    blipdesk("caption", "--model", "fake", photos)
    asked = ("write", photos / "anna.jpg", "--to", "embed", "--existing", "comment", "--dry-run")
    told = blipdesk(*asked)
    assert "  comment before: (nothing)\n  comment after:  " in told
    assert "  before:" not in told, "her caption stays"
    planned, _ = lines(blipdesk(*asked, "--json"))
    assert planned["before"]["caption"] == planned["after"]["caption"] == "Anna, 1950"
    blipdesk(*(part for part in asked if part != "--dry-run"))
    (said,) = [Image.open(photos / "anna.jpg").getexif()[0x9C9C]]
    assert said.decode("utf-16-le").rstrip("\0") == planned["after"]["comment"]


def test_a_photo_that_a_run_wrote_twice_is_named_once_with_what_came_last(capsys):
    notes, kept, written = WriteNotes(), WriteOutcome.KEPT, WriteOutcome.EMBEDDED
    for path, outcome in (("a.jpg", kept), ("b.jpg", kept), ("a.jpg", written), ("b.jpg", kept)):
        notes.add(path, outcome, f"It is {outcome}.")
    notes.say("append")
    told = capsys.readouterr().out
    assert "1 photo written with a remark:\n  a.jpg: It is embedded." in told
    assert "1 photo left as it is:\n  b.jpg: It is kept." in told


def test_a_sidecar_that_was_asked_for_is_given_instead_of_nothing(capsys):
    notes = WriteNotes()
    notes.add("a.jpg", WriteOutcome.SIDECAR, "The machine's caption is taken out.")
    notes.add(
        "b.bmp",
        WriteOutcome.SIDECAR,
        f"{SIDECAR_INSTEAD.format(reason='its kind is rare')} It has a remark, too.",
    )
    notes.say(None)
    told = capsys.readouterr().out
    assert "1 photo written with a remark:\n  a.jpg: The machine's caption is taken out." in told
    assert "1 photo given a sidecar instead:\n  b.bmp: " in told


def test_another_choice_beside_a_persons_caption_is_carried_out_when_asked_for(blipdesk, photos):
    anna = photos / "anna.jpg"
    original = anna.read_bytes()
    blipdesk(*CAPTION, anna, "--existing", "append")
    planned, _ = lines(blipdesk("write", "--to", "embed", "--existing", "replace", "--dry-run", "--json"))
    done, _ = lines(blipdesk("write", "--to", "embed", "--existing", "replace", "--json"))
    assert (done["outcome"], done["before"], done["after"]) == (
        "embedded", planned["before"], planned["after"],
    )  # fmt: skip
    assert done["before"]["caption"].startswith("Anna, 1950\n")
    assert "Anna" not in done["after"]["caption"]
    assert "0 photos looked at" in blipdesk("write", "--to", "embed", "--existing", "replace")
    for _ in range(2):
        blipdesk("undo")
    assert anna.read_bytes() == original


def test_a_write_passes_over_a_folder_that_is_not_there_and_says_so_once(blipdesk, photos, tmp_path):
    blipdesk("add", photos)
    blipdesk("caption", "--model", "fake")
    photos.rename(tmp_path / "unplugged")
    told, last = lines(blipdesk("write", "--to", "embed", "--json"))
    assert (told["skipped"], "nothing is lost" in told["reason"]) == (str(photos), True)
    assert (last["summary"]["skipped"], last["summary"]["refused"]) == (1, 0)
    for asked in ((), ("--dry-run",)):
        said = blipdesk("write", "--to", "embed", *asked)
        assert f"1 folder passed over, its photos wait:\n  {photos}: The folder" in said
        assert "0 photos looked at" in said
        assert "No caption waits" not in said
    (tmp_path / "unplugged").rename(photos)
    assert "4 photos looked at" in blipdesk("write", "--to", "embed", status=1)


def test_a_decision_passes_over_a_folder_that_is_not_there_and_says_so_once(blipdesk, photos, tmp_path):
    blipdesk("add", photos)
    blipdesk("caption", "--model", "fake")
    for path in (photos / "plain.jpg", photos / "anna.jpg"):
        blipdesk("edit", path, "--caption", "Rex")
    for seed, name in enumerate(("plain.jpg", "anna.jpg"), start=20):
        described(photos / name, seed, description="Anna's dog")
    blipdesk("caption", "--model", "fake")
    photos.rename(tmp_path / "unplugged")
    asked = ("conflicts", "--keep", "mine", "--to", "embed")
    told, last = lines(blipdesk(*asked, photos / "anna.jpg", "--json"))
    assert told["skipped"] == str(photos)
    assert [last["summary"][name] for name in ("decided", "skipped", "refused", "run")] == [1, 1, 0, None]
    said = blipdesk(*asked)
    assert f"1 folder passed over, its photos wait:\n  {photos}: The folder" in said
    assert "1 photo decided." in said
    (tmp_path / "unplugged").rename(photos)
    blipdesk("write", photos / "plain.jpg", photos / "anna.jpg", "--to", "embed")
    for name in ("plain.jpg", "anna.jpg"):
        assert Image.open(photos / name).getexif()[0x010E] == "Rex"


@pytest.fixture
def stopped_after_one(monkeypatch):
    """A person presses Ctrl+C while the second photo is in hand."""

    def on_progress(self, done, total):
        if done >= 1:
            self.stop()
        return before(self, done, total)

    before = bars.Bar.on_progress
    monkeypatch.setattr(bars.Bar, "on_progress", on_progress)


@pytest.mark.usefixtures("stopped_after_one")
def test_a_write_that_is_stopped_says_how_much_it_wrote_and_how_to_take_it_back(blipdesk, photos):
    (photos / "moving.gif.xmp").rmdir()
    (photos / "anna.jpg").unlink()
    blipdesk("caption", "--model", "fake", photos)
    told = blipdesk("write", "--to", "sidecar", status=130)
    assert "1 photo looked at: 1 with a sidecar." in told
    assert "Interrupted" in told and "blipdesk undo --run 1" in told
    *reports, last = lines(blipdesk("write", "--to", "sidecar", "--json", status=130))
    assert len(reports) == last["summary"]["sidecars"] == 1
    assert (last["summary"]["interrupted"], last["summary"]["run"]) == (True, 2)
    told = blipdesk("write", "--to", "embed", "--dry-run", status=130)
    assert "1 photo looked at" in told and "undo" not in told


@pytest.mark.usefixtures("stopped_after_one")
def test_an_undo_that_is_stopped_says_how_much_came_back_and_how_to_go_on(blipdesk, photos):
    blipdesk(*CAPTION, photos, status=1)
    told = blipdesk("undo", status=130)
    assert "1 file: 1 removed." in told
    assert "Interrupted" in told and "blipdesk undo --run 2" in told


def test_a_photo_that_is_gone_is_said_once_and_written_when_it_is_there_again(blipdesk, photos):
    (photos / "moving.gif.xmp").rmdir()
    blipdesk("caption", "--model", "fake", photos)
    away = (photos / "plain.jpg").rename(photos.parent / "away.jpg")
    told = blipdesk("write", "--to", "embed", status=1)
    assert "plain.jpg: not written (plain.jpg is no longer there. Put it back" in told
    assert "plain.jpg" not in blipdesk("write", "--to", "embed")
    away.rename(photos / "plain.jpg")
    assert "Written into 1 photo" in blipdesk(*CAPTION, photos)
