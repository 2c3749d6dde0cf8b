"""write, undo, runs and conflicts, as a person or a script uses them."""

import signal
import subprocess

import pytest
from PIL import Image
from program import Blipdesk, Here, draw, lines


@pytest.fixture
def photos(tmp_path):
    folder = tmp_path / "photos"
    for seed in range(2):
        draw(folder / f"{seed}.jpg", seed)
    return folder


@pytest.fixture
def blipdesk(tmp_path, capsys):
    """Runs a command in this process; gives what it prints on stdout, and of a refusal all."""
    here = Here(tmp_path / "data", capsys)

    def command(*arguments, status=0):
        printed = here.run(*arguments, status=status)
        return printed.out + (printed.err if status else "")

    return command


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_a_run_wrote_is_shown_listed_and_taken_back(blipdesk, photos):
    original = contents(photos)
    blipdesk("caption", photos, "--model", "fake")
    planned = blipdesk("write", "--to", "embed", "--dry-run")
    assert "before: (nothing)" in planned and "keywords after:  " in planned
    assert "nothing was touched" in planned and contents(photos) == original
    (first, _, _) = lines(blipdesk("write", "--to", "sidecar", "--dry-run", "--json"))
    assert (first["target"], first["target_path"]) == ("sidecar", str(photos / "0.jpg.xmp"))
    assert first["before"]["keywords"] == [] != first["after"]["keywords"]

    blipdesk("write", photos / "0.jpg", "--to", "embed")
    blipdesk("write", "--to", "sidecar")
    assert len(contents(photos)) == 4, "a sidecar each"
    *listed, told = lines(blipdesk("runs", "--json"))
    assert [(run["run"], run["target"], run["embedded"], run["sidecars"]) for run in listed] == [
        (2, "sidecar", 0, 2), (1, "embed", 1, 0),
    ]  # fmt: skip
    assert told["summary"]["writes"] == 3
    assert told["summary"]["bytes_kept"] == sum(run["bytes_kept"] for run in listed)
    assert listed[-1]["began"] <= told["summary"]["oldest"] <= listed[-1]["ended"]
    assert "3 writes can be taken back" in blipdesk("runs", "--limit", 1)

    assert "2 files: 2 would be removed; nothing was touched." in blipdesk("undo", "--dry-run")
    assert len(contents(photos)) == 4
    assert "2 files: 2 removed." in blipdesk("undo")
    report, done = lines(blipdesk("undo", photos / "0.jpg", "--run", 1, "--json"))
    assert report == {
        "path": str(photos / "0.jpg"),
        "outcome": "restored",
        "target": "embed",
        "target_path": str(photos / "0.jpg"),
        "reason": "",
    }
    assert (done["summary"]["restored"], done["summary"]["run"]) == (1, 4)
    assert contents(photos) == original
    again = blipdesk("undo", photos / "0.jpg")
    assert "2 files: 2 as before already." in again and "more than was asked for" not in again
    assert "nothing to take back" in blipdesk("undo")
    assert lines(blipdesk("runs", "--json"))[-2]["taken_back"] == 1


def test_what_another_program_changed_is_named_and_the_exit_status_says_so(blipdesk, photos):
    blipdesk("caption", photos, "--model", "fake", "--write", "embed")
    theirs = photos / "1.jpg"
    theirs.write_bytes(theirs.read_bytes() + b"!")
    before = theirs.read_bytes()
    printed = blipdesk("undo", "--since", "2000-01-01", status=1)
    assert f"1 file not restored:\n  {theirs}: Another program has written into it" in printed
    assert "2 files: 1 restored, 1 changed since." in printed
    assert theirs.read_bytes() == before


def test_what_another_program_left_between_two_runs_comes_back_and_the_exit_status_says_so(blipdesk, photos):
    caption = ("caption", photos, "--model", "fake", "--write", "embed")
    blipdesk(*caption)
    path = photos / "0.jpg"
    write_exif(path, "")
    theirs = path.read_bytes()
    blipdesk(*caption, "--again", "--prompt", "a view of")
    assert path.read_bytes() != theirs
    printed = blipdesk("undo", path, status=1)
    why = (
        "Another program changed it between run 1 and run 2: it goes back to what that one left, no further."
    )
    assert f"1 file taken back in part:\n  {path}: {why}" in printed
    assert "1 file: 1 taken back in part." in printed
    assert path.read_bytes() == theirs


def test_wrong_usage_of_undo_is_said_in_words(blipdesk, photos):
    blipdesk("caption", photos, "--model", "fake")
    assert "no run 7" in blipdesk("undo", "--run", 7, status=2)
    assert "is no date" in blipdesk("undo", "--since", "yesterday", status=2)
    assert "knows no photo" in blipdesk("undo", photos / "not there.jpg", status=2)
    assert "two questions" in blipdesk("undo", "--run", 1, "--since", "2026-11-21", status=2)
    assert "Say where they go" in blipdesk("write", status=2)
    assert "no choice" in blipdesk("write", "--to", "embed", "--existing", "delete", status=2)
    assert "no decision" in blipdesk("conflicts", "--keep", "yours", status=2)
    assert "Nothing was written" in blipdesk("runs")


def write_exif(path, caption):
    """As another program does: the caption changes, the picture stays."""
    image = Image.open(path)
    exif = image.getexif()
    exif[0x010E] = caption
    image.save(path, quality="keep", exif=exif)


def test_beside_a_persons_caption_a_run_does_as_it_is_told_and_that_is_taken_back(blipdesk, photos):
    write_exif(photos / "0.jpg", "Anna, 1950")
    original = contents(photos)
    blipdesk("caption", photos, "--model", "fake", "--write", "embed")
    assert contents(photos)["0.jpg"] == original["0.jpg"]
    blipdesk("caption", photos, "--model", "fake", "--write", "embed", "--existing", "append")
    said = Image.open(photos / "0.jpg").getexif()[0x010E]
    assert said.startswith("Anna, 1950\n") and len(said) > 15
    assert [run["existing"] for run in lines(blipdesk("runs", "--json"))[:-1]] == ["append", "skip"]
    blipdesk("undo", "--run", 1)
    assert contents(photos)["1.jpg"] == original["1.jpg"]
    blipdesk("undo")
    assert contents(photos) == original


def test_conflicts_are_listed_and_decided(blipdesk, photos):
    blipdesk("caption", photos, "--model", "fake")
    for name in ("0.jpg", "1.jpg"):
        blipdesk("edit", photos / name, "--caption", f"Rex {name}")
        write_exif(photos / name, "Anna's dog")
    blipdesk("caption", photos, "--model", "fake", "--again", "--write", "embed")
    assert "2 photos to decide." in blipdesk("conflicts")
    found, told = lines(blipdesk("conflicts", photos / "1.jpg", "--json"))
    assert told == {"summary": {"to_decide": 1}}
    assert found == {
        "path": str(photos / "1.jpg"),
        "mine": "Rex 1.jpg",
        "file": "Anna's dog",
        "where": "1.jpg",
    }
    assert "1 photo decided" in blipdesk("conflicts", photos / "1.jpg", "--keep", "file")
    assert "write --to embed puts them in" in blipdesk("conflicts", "--keep", "mine")
    assert "0 photos to decide." in blipdesk("conflicts")
    *written, _ = lines(blipdesk("write", "--to", "embed", "--json"))
    assert [report["outcome"] for report in written] == ["embedded", "kept"], written
    assert Image.open(photos / "0.jpg").getexif()[0x010E] == "Rex 0.jpg"
    assert Image.open(photos / "1.jpg").getexif()[0x010E] == "Anna's dog"
    blipdesk("edit", photos / "1.jpg", "--caption", "Anna's dog Rex")
    blipdesk("write", "--to", "embed")
    assert Image.open(photos / "1.jpg").getexif()[0x010E] == "Anna's dog Rex"


def test_write_and_undo_are_done_by_the_blipdesk_that_is_open(tmp_path, photos):
    program = Blipdesk(tmp_path / "data")
    program.run("add", photos)
    holder = subprocess.Popen(
        program.command("watch", "--model", "fake", "--json"), stdout=subprocess.PIPE, text=True
    )
    try:
        for _ in range(2):
            assert "captioned" in holder.stdout.readline()
        original = contents(photos)
        assert program.lines("write", "--to", "embed")[-1]["summary"]["embedded"] == 2
        assert contents(photos) != original
        assert [report["outcome"] for report in program.lines("undo")[:-1]] == ["restored"] * 2
        assert contents(photos) == original
        assert len(program.lines("runs")) == 3, "two runs and the summary"
    finally:
        holder.send_signal(signal.SIGTERM)
        assert holder.wait(60) == 0


def test_a_decision_is_written_where_the_command_line_says(blipdesk, photos):
    blipdesk("caption", photos, "--model", "fake")
    blipdesk("edit", photos / "0.jpg", "--caption", "Rex")
    write_exif(photos / "0.jpg", "Anna's dog")
    blipdesk("caption", photos, "--model", "fake")
    blipdesk("conflicts", "--keep", "mine", "--to", "embed")
    assert Image.open(photos / "0.jpg").getexif()[0x010E] == "Rex"
    blipdesk("undo")
    assert Image.open(photos / "0.jpg").getexif()[0x010E] == "Anna's dog"
