"""The main job on the command line, with real files, the real catalog and the fake model."""

import csv
import io
import json
import os
import signal
import subprocess
import time

import pytest
from PIL import Image
from program import Blipdesk, draw


def acknowledged(lines):
    return [line["captioned"] for line in lines if "captioned" in line]


def test_a_folder_becomes_a_library_that_can_be_searched_and_asked(tmp_path, photos):
    blipdesk = Blipdesk(tmp_path / "data", anew=True)
    lines = blipdesk.caption(photos)
    names = sorted(str(path) for path in photos.rglob("*") if path.is_file())
    assert sorted(acknowledged(lines)) == names

    records = blipdesk.export()
    assert sorted(records) == names
    for record in records.values():
        assert record["state"] == "done"
        assert record["caption"] and record["source"] == "model" and record["text"] == record["caption"]
        assert record["keywords"]

    record = records[str(photos / "a.jpg")]
    (found,) = blipdesk.lines("search", record["caption"])
    assert found["hits"][0]["path"] == str(photos / "a.jpg")
    assert found["hits"][0]["caption"] == record["caption"]
    assert found["hits"][0]["why"]

    (turn,) = blipdesk.lines("ask", photos / "a.jpg", "what is it?")
    assert turn["answer"]
    assert blipdesk.export()[str(photos / "a.jpg")]["questions"][0]["question"] == "what is it?"


def test_a_second_run_does_nothing_and_touches_nothing(blipdesk, photos):
    blipdesk.caption(photos, "--write", "embed")
    before = {path: path.read_bytes() for path in photos.rglob("*") if path.is_file()}
    assert acknowledged(blipdesk.caption(photos, "--write", "embed")) == []
    assert {path: path.read_bytes() for path in photos.rglob("*") if path.is_file()} == before


def test_a_persons_words_stay_whatever_runs(blipdesk, photos):
    photo = photos / "a.jpg"
    blipdesk.caption(photos, "--write", "embed")
    machine = blipdesk.export()[str(photo)]["caption"]
    blipdesk.run("edit", photo, "--caption", "my own words é", "--add-keyword", "holiday", "--json")
    blipdesk.caption(photos, "--write", "embed")
    record = blipdesk.export()[str(photo)]
    assert (record["caption"], record["user_caption"]) == (machine, "my own words é")
    assert (record["text"], record["source"]) == ("my own words é", "user")
    assert "holiday" in record["keywords"]
    assert record["state"] == "written"
    with Image.open(photo) as image:
        assert image.getexif()[0x010E].encode("latin-1").decode("utf-8").rstrip("\0") == "my own words é"


def test_a_photo_edited_before_it_was_ever_captioned(blipdesk, photos):
    photo = photos / "b.png"
    blipdesk.run("edit", photo, "--caption", "first words")
    blipdesk.caption(photos)
    record = blipdesk.export()[str(photo)]
    assert record["text"] == "first words"
    assert record["caption"]


def test_what_cannot_be_read_is_named_with_its_reason_and_costs_nothing(blipdesk, photos):
    (photos / "text.jpg").write_text("no picture")
    (photos / "empty.png").touch()
    os.mkfifo(photos / "pipe.jpg")
    lines = blipdesk.caption(photos, status=1)
    assert len(acknowledged(lines)) == 4
    failed = {os.path.basename(line["failed"]): line for line in lines if "failed" in line}
    assert {"text.jpg", "empty.png", "pipe.jpg"} <= set(failed)
    assert all(line["reason"] for line in failed.values())
    again = blipdesk.caption(photos, status=1)
    assert acknowledged(again) == []


def test_moved_photos_keep_their_texts_and_deleted_ones_too(blipdesk, photos):
    blipdesk.caption(photos)
    blipdesk.run("edit", photos / "a.jpg", "--caption", "kept words")
    (photos / "a.jpg").rename(photos / "deep" / "moved.jpg")
    (photos / "b.png").unlink()
    assert acknowledged(blipdesk.caption(photos)) == []
    records = blipdesk.export()
    assert records[str(photos / "deep" / "moved.jpg")]["text"] == "kept words"
    assert records[str(photos / "b.png")]["state"] == "missing"
    caption = records[str(photos / "b.png")]["caption"]
    (found,) = blipdesk.lines("search", f'"{caption}"')
    assert ("missing", str(photos / "b.png")) in {(hit["state"], hit["path"]) for hit in found["hits"]}
    assert "(missing)" in blipdesk.run("search", f'"{caption}"').stdout


def test_kill_at_any_moment_and_go_on(blipdesk, tmp_path):
    photos = tmp_path / "many"
    for seed in range(24):
        draw(photos / f"{seed:02}.jpg", seed)
    seen = []
    for wait in (0.0, 0.01, 0.04, 0.1):  # after the first acknowledgement: in the middle of the work
        run = subprocess.Popen(
            blipdesk.command(
                *("caption", photos, "--model", "fake:0.2", "--batch-size", "2"),
                *("--write", "embed", "--json"),
            ),
            stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        seen += acknowledged([json.loads(run.stdout.readline())])
        time.sleep(wait)
        os.killpg(run.pid, signal.SIGKILL)
        seen += acknowledged([json.loads(line) for line in run.communicate()[0].splitlines()])
        assert run.returncode == -signal.SIGKILL
    assert 4 <= len(seen) < 24
    seen += acknowledged(blipdesk.caption(photos, "--write", "embed"))
    assert len(seen) == len(set(seen))
    records = blipdesk.export()
    assert len(records) == 24
    assert all(record["state"] == "written" for record in records.values())
    assert sorted(path.name for path in photos.iterdir()) == [f"{seed:02}.jpg" for seed in range(24)]


def test_one_process_holds_the_catalog_and_an_edit_reaches_it(blipdesk, photos):
    blipdesk.run("add", photos)
    holder = subprocess.Popen(
        blipdesk.command("watch", "--model", "fake", "--json"), stdout=subprocess.PIPE, text=True
    )
    try:
        first = json.loads(holder.stdout.readline())["captioned"]
        second = blipdesk.run("caption", photos, "--model", "fake", status=3)
        assert "in use" in second.stderr
        blipdesk.run("edit", first, "--caption", "while it runs")
        (found,) = blipdesk.lines("search", "while it runs")
        assert found["hits"][0]["path"] == first
        (turn,) = blipdesk.lines("ask", first, "what is it?")
        assert turn["answer"]
    finally:
        holder.send_signal(signal.SIGTERM)
        assert holder.wait(60) == 0
    assert blipdesk.export()[first]["text"] == "while it runs"


def test_folders_are_watched_until_they_are_removed(blipdesk, photos):
    blipdesk.run("add", photos)
    assert [folder["path"] for folder in blipdesk.lines("folders")[0]] == [str(photos)]
    assert len(acknowledged(blipdesk.caption())) == 4
    blipdesk.run("remove", photos)
    assert blipdesk.lines("folders") == [[]]
    assert len(blipdesk.export()) == 4
    blipdesk.run("add", photos)
    blipdesk.run("remove", photos, "--forget")
    assert blipdesk.export() == {}


def test_export_and_import_carry_every_text(blipdesk, photos, tmp_path):
    photos.joinpath("=cmd|calc.jpg").write_bytes(photos.joinpath("a.jpg").read_bytes()[:-1] + b"\xd9")
    blipdesk.caption(photos)
    blipdesk.run("edit", photos / "a.jpg", "--caption", "=1+1 <b>é 寿司</b>", "--add-keyword", "k w")
    blipdesk.run("ask", photos / "a.jpg", "what?", "--model", "fake")
    before = blipdesk.export()
    out = tmp_path / "all.jsonl"
    blipdesk.run("export", "-o", out)
    other = Blipdesk(tmp_path / "other")
    other.run("import", out)
    after = other.export()
    for path, record in before.items():
        assert {k: after[path][k] for k in ("caption", "user_caption", "text", "questions")} == {
            k: record[k] for k in ("caption", "user_caption", "text", "questions")
        }
        assert sorted(after[path]["keywords"]) == sorted(record["keywords"])
        assert after[path]["user_keywords"] == record["user_keywords"]
    assert before[str(photos / "a.jpg")]["user_keywords"] == ["k w"]
    (found,) = other.lines("search", "寿司")
    assert found["hits"][0]["path"] == str(photos / "a.jpg")
    rows = list(csv.DictReader(io.StringIO(blipdesk.run("export", "--format", "csv").stdout)))
    assert {row["user_caption"] for row in rows} == {"", "'=1+1 <b>é 寿司</b>"}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["caption", "/no/such/folder"], 2),
        (["caption"], 2),
        (["caption", ".", "--model", "nonsense"], 2),
        (["caption", ".", "--write", "everywhere"], 2),
        (["search"], 2),
        (["frobnicate"], 2),
        (["edit", "/no/such.jpg", "--caption", "x"], 2),
        (["export", "--format", "xml"], 2),
        (["models", "remove", "nonsense"], 2),
    ],
)
def test_wrong_usage_is_said_in_words(blipdesk, tmp_path, arguments, status):
    arguments = [str(tmp_path) if argument == "." else argument for argument in arguments]
    if arguments[0] == "caption" and str(tmp_path) in arguments:
        draw(tmp_path / "x" / "a.jpg", 1)
    result = blipdesk.run(*arguments, status=status)
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()


def test_names_of_any_bytes_survive(blipdesk, tmp_path):
    folder = tmp_path / "odd"
    draw(folder / "x.jpg", 3)
    odd = os.fsencode(folder) + b"/caf\xe9 \n;$(touch PWNED).jpg"
    os.rename(folder / "x.jpg", odd)
    lines = blipdesk.caption(folder)
    assert [os.fsencode(path) for path in acknowledged(lines)] == [odd]
    assert [os.fsencode(path) for path in blipdesk.export()] == [odd]
    assert [os.fsencode(hit["path"]) for hit in blipdesk.lines("search", "touch")[0]["hits"]] == [odd]
    assert not (tmp_path / "PWNED").exists()


def test_watch_picks_up_what_appears(blipdesk, photos):
    blipdesk.run("add", photos)
    run = subprocess.Popen(
        blipdesk.command("watch", "--model", "fake", "--json"), stdout=subprocess.PIPE, text=True
    )
    try:
        first = {json.loads(run.stdout.readline())["captioned"] for _ in range(4)}
        assert len(first) == 4
        new = draw(photos / "new" / "later.jpg", 9)
        assert json.loads(run.stdout.readline())["captioned"] == str(new)
    finally:
        run.send_signal(signal.SIGTERM)
        assert run.wait(30) == 0


def test_watch_names_what_fails_and_ends_where_no_model_can_be_loaded(blipdesk, photos):
    (photos / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    blipdesk.run("add", photos)
    run = subprocess.Popen(
        blipdesk.command("watch", "--model", "fake", "--json"), stdout=subprocess.PIPE, text=True
    )
    try:
        lines = [json.loads(run.stdout.readline()) for _ in range(5)]
        (failed,) = [line for line in lines if "failed" in line]
        assert failed["failed"] == str(photos / "broken.jpg")
        assert failed["reason"]
    finally:
        run.send_signal(signal.SIGTERM)
        assert run.wait(30) == 0
    draw(photos / "more.jpg", 12)
    assert "nonsense" in blipdesk.run("watch", "--model", "nonsense", status=2).stderr


def test_a_refusal_keeps_its_exit_status_beside_a_running_blipdesk(blipdesk, photos):
    blipdesk.run("add", photos)
    holder = subprocess.Popen(
        blipdesk.command("watch", "--model", "fake", "--json"), stdout=subprocess.PIPE, text=True
    )
    try:
        holder.stdout.readline()
        assert "no photo" in blipdesk.run("edit", photos / "none.jpg", "--caption", "x", status=2).stderr
    finally:
        holder.send_signal(signal.SIGTERM)
        assert holder.wait(60) == 0


def test_photos_with_somebody_elses_caption_are_counted_where_nothing_is_written(blipdesk, tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "Grandma in her garden"
    draw(tmp_path / "photos" / "a.jpg", 0, exif=exif)
    draw(tmp_path / "photos" / "b.jpg", 1)
    told = blipdesk.run("caption", tmp_path / "photos", "--model", "fake", "--write", "embed").stdout
    assert "Written into 1 photo and 0 sidecar files." in told
    assert "1 photo left as it is" in told


def test_an_interrupted_run_says_so(blipdesk, photos):
    run = subprocess.Popen(
        blipdesk.command("caption", photos, "--model", "fake:2", "--batch-size", "1", "--json"),
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = [json.loads(run.stdout.readline())]
    run.send_signal(signal.SIGINT)
    lines += [json.loads(line) for line in run.communicate()[0].splitlines()]
    assert run.returncode == 130
    assert lines[-1]["summary"]["interrupted"] is True
    assert len(acknowledged(blipdesk.caption(photos))) == 4 - len(acknowledged(lines))


def test_a_query_may_leave_a_word_out(blipdesk, photos):
    blipdesk.caption(photos)
    word = blipdesk.export()[str(photos / "a.jpg")]["keywords"][0]
    paths = [hit["path"] for hit in blipdesk.lines("search", f"-{word}")[0]["hits"]]
    assert str(photos / "a.jpg") not in paths


def test_the_reader_of_an_export_may_stop_early(blipdesk, photos):
    blipdesk.caption(photos)
    run = subprocess.Popen(blipdesk.command("export"), stdout=subprocess.PIPE)
    run.stdout.close()
    assert run.wait(60) == 0


def test_the_captions_of_a_few_photos_are_shown_with_what_else_was_proposed(blipdesk, tmp_path):
    photo = draw(tmp_path / "one" / "a.jpg", 1)
    shown = blipdesk.run("caption", photo, "--model", "fake", "--candidates", "3").stdout.splitlines()
    record = blipdesk.export()[str(photo)]
    kept, *others = [f"{c['text']} ({c['sureness']})" for c in record["candidates"]]
    assert shown[:3] == [f"{photo}: {kept}", *(f"    {other}" for other in others)]
    assert "1 photo captioned" in shown[3]


def test_the_captions_of_many_photos_are_not_shown(blipdesk, tmp_path):
    for seed in range(21):
        draw(tmp_path / "many" / f"{seed}.png", seed, (32, 24))
    shown = blipdesk.run("caption", tmp_path / "many", "--model", "fake").stdout
    assert "21 photos captioned" in shown
    assert str(tmp_path / "many" / "0.png") not in shown
