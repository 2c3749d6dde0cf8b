"""Commands on the library: what a slip of the keyboard may not do."""

import json
import os

import pytest
from PIL import Image
from program import Blipdesk, draw

from blipdesk.metadata import read_facts


@pytest.mark.parametrize("command", [["search", "dog"], ["export"], ["folders"]])
def test_a_mistyped_data_folder_gets_no_catalog(tmp_path, command):
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.txt").write_text("not ours")
    for place in (tmp_path / "typo", photos):
        assert "no BlipDesk catalog" in Blipdesk(place).run(*command, status=3).stderr
    assert os.listdir(tmp_path) == ["photos"]
    assert os.listdir(photos) == ["a.txt"]


def test_a_run_that_was_killed_at_its_very_start_left_an_empty_catalog(tmp_path):
    (tmp_path / "data").mkdir()
    assert Blipdesk(tmp_path / "data").export() == {}


def test_a_caption_with_line_separators_comes_back_whole(blipdesk, photos, tmp_path):
    blipdesk.caption(photos)
    text = "one\u2028two\x0cthree\x85four"
    blipdesk.run("edit", photos / "a.jpg", "--caption", text)
    out = tmp_path / "all.jsonl"
    records = [json.dumps(record, ensure_ascii=False) for record in blipdesk.export().values()]
    out.write_text("\n".join(records), "utf-8")
    other = Blipdesk(tmp_path / "other")
    other.run("import", out)
    assert other.export()[str(photos / "a.jpg")]["text"] == text


@pytest.mark.parametrize("wrong", ["{oops", "[" * 100_000], ids=["no json", "endless brackets"])
def test_a_wrong_line_of_an_import_imports_nothing(blipdesk, tmp_path, wrong):
    out = tmp_path / "all.jsonl"
    out.write_text('{"path": "/a.jpg", "caption": "a dog"}\n' * 600 + wrong + "\n")
    assert "Line 601 of all.jsonl" in blipdesk.run("import", out, status=2).stderr
    assert blipdesk.export() == {}


@pytest.fixture
def refill(blipdesk, tmp_path):
    """Imports these records into the catalog of ``blipdesk``; what ``import --json`` says, line by line."""

    def take_in(*records, status=0):
        out = tmp_path / "in.jsonl"
        out.write_text("".join(json.dumps(record) + "\n" for record in records))
        return blipdesk.lines("import", out, status=status)

    return take_in


def test_an_import_names_what_it_leaves_out_with_reason_and_remedy(blipdesk, refill):
    refill({"path": "/far/a.jpg", "user_caption": "Rex", "caption": "a dog"})
    blipdesk.run("edit", "/far/a.jpg", "--remove-keyword", "gone")
    *left, told = refill(
        {"path": "/far/a.jpg", "user_caption": "Bello", "caption": "a cat", "keywords": ["gone", "new"]},
        {"path": "pictures/b.jpg", "caption": "a boat"},
        {"path": "/far/c.jpg", "caption": "a house"},
        status=1,
    )
    assert told == {"imported": 2, "left_out": 4}
    assert [(line["not_imported"], line["field"]) for line in left] == [
        ("/far/a.jpg", "user_caption"),
        ("/far/a.jpg", "caption"),
        ("/far/a.jpg", "keywords"),
        ("pictures/b.jpg", "path"),
    ]
    assert all(line["reason"] and line["remedy"] for line in left)
    assert blipdesk.export()["/far/a.jpg"]["text"] == "Rex"


def test_an_import_of_what_is_there_already_leaves_nothing_out(blipdesk, photos, tmp_path):
    blipdesk.caption(photos)
    blipdesk.run("edit", photos / "a.jpg", "--caption", "Rex", "--add-keyword", "dog")
    blipdesk.run("export", "-o", tmp_path / "all.jsonl")
    before = blipdesk.export()
    assert blipdesk.lines("import", tmp_path / "all.jsonl") == [{"imported": 4, "left_out": 0}]
    assert blipdesk.export() == before


def test_words_found_in_a_file_stay_the_files_own_in_the_catalog_they_move_to(blipdesk, tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "Grandma in her garden"  # ImageDescription
    theirs = draw(tmp_path / "photos" / "a.jpg", 1, exif=exif)
    edited = draw(tmp_path / "photos" / "b.jpg", 2, exif=exif)
    blipdesk.caption(theirs.parent)
    blipdesk.run("edit", edited, "--caption", "Rex")
    blipdesk.run("export", "-o", tmp_path / "all.jsonl")
    other = Blipdesk(tmp_path / "other")
    assert other.lines("import", tmp_path / "all.jsonl") == [{"imported": 2, "left_out": 0}]

    def texts(catalog):
        aside = {"state": "", "sureness": "", "candidates": []}  # what is read there is scored there, too
        return {path: {**record, **aside} for path, record in catalog.export().items()}

    assert texts(other) == texts(blipdesk)
    other.caption(theirs.parent)
    assert texts(other) == texts(blipdesk)
    before = theirs.read_bytes()
    *reports, _ = other.lines("write", "--to", "embed")
    outcomes = {line["path"]: line["outcome"] for line in reports}
    assert outcomes == {str(theirs): "kept", str(edited): "embedded"}
    assert theirs.read_bytes() == before


def test_many_records_left_out_for_one_reason_become_one_line(blipdesk, tmp_path):
    out = tmp_path / "all.jsonl"
    out.write_text("".join(f'{{"path": "{n}.jpg"}}\n' for n in range(40)))
    result = blipdesk.run("import", out, status=1)
    (line,) = [line for line in result.stdout.splitlines() if "0.jpg" in line]
    assert "40 times" in line and line.endswith("(0.jpg, 1.jpg, 2.jpg and 37 more)")
    assert "0 photos imported" in result.stdout


def test_a_keyword_that_a_person_took_off_stays_off_in_the_catalog_it_moves_to(blipdesk, photos, tmp_path):
    photo = photos / "a.jpg"
    blipdesk.caption(photos)
    gone, *kept = blipdesk.export()[str(photo)]["keywords"]
    blipdesk.run("edit", photo, "--remove-keyword", gone)
    assert blipdesk.export()[str(photo)]["removed_keywords"] == [gone]
    blipdesk.run("export", "-o", tmp_path / "all.jsonl")
    fresh, captioned = Blipdesk(tmp_path / "fresh"), Blipdesk(tmp_path / "captioned")
    captioned.caption(photos)
    for other in (fresh, captioned):
        other.run("import", tmp_path / "all.jsonl")
        assert other.export()[str(photo)]["keywords"] == kept
    fresh.caption(photos)
    fresh.caption(photos, "--retry")
    assert fresh.export()[str(photo)]["keywords"] == kept


def test_keywords_that_were_renamed_and_hidden_are_so_in_the_catalog_they_move_to(blipdesk, photos, tmp_path):
    photo = str(photos / "a.jpg")
    blipdesk.caption(photos)
    old, hidden, *_ = blipdesk.export()[photo]["keywords"]
    blipdesk.run("keywords", "rename", old, "Rex")
    blipdesk.run("keywords", "hide", hidden)
    blipdesk.run("export", "-o", tmp_path / "all.jsonl")
    before = blipdesk.export()
    assert before[photo]["renamed_keywords"] == {old: "Rex"}
    assert before[photo]["hidden_keywords"] == [hidden]
    fresh, captioned = Blipdesk(tmp_path / "fresh"), Blipdesk(tmp_path / "captioned")
    fresh.run("import", tmp_path / "all.jsonl")
    for _ in range(2):
        assert {path: of["keywords"] for path, of in fresh.export().items()} == {
            path: of["keywords"] for path, of in before.items()
        }
        assert fresh.lines("keywords") == blipdesk.lines("keywords")
        fresh.caption(photos, "--retry")
    captioned.caption(photos)
    *left, _ = captioned.lines("import", tmp_path / "all.jsonl", status=1)
    assert {line["field"] for line in left} == {"renamed_keywords", "hidden_keywords"}
    assert all(line["reason"] and line["remedy"] for line in left)


def test_imported_keywords_are_called_as_the_catalog_calls_them(blipdesk, refill):
    refill({"path": "/far/a.jpg", "keywords": ["dog", "sea"]})
    blipdesk.run("keywords", "rename", "dog", "Rex")
    there = {"path": "/far/b.jpg", "keywords": ["DOG", "boat"], "renamed_keywords": {"Rex": "dog"}}
    left, told = refill(there, status=1)
    assert (left["field"], told) == ("renamed_keywords", {"imported": 1, "left_out": 1})
    assert blipdesk.export()["/far/b.jpg"]["keywords"] == ["Rex", "boat"]


def test_a_keyword_that_a_person_added_here_is_not_taken_off_by_an_import(blipdesk, refill):
    refill({"path": "/far/a.jpg", "user_keywords": ["Rex"], "keywords": ["Rex"]})
    left, told = refill({"path": "/far/a.jpg", "keywords": [], "removed_keywords": ["rex"]}, status=1)
    assert (left["field"], told) == ("removed_keywords", {"imported": 1, "left_out": 1})
    assert blipdesk.export()["/far/a.jpg"]["keywords"] == ["Rex"]


def test_a_refused_edit_changes_nothing(blipdesk, photos):
    blipdesk.caption(photos)
    before = blipdesk.export()
    for blank in ("--add-keyword", "--remove-keyword"):
        blipdesk.run(
            "edit", photos / "a.jpg", "--caption", "mine", "--add-keyword", "k", blank, " ", status=2
        )
    assert blipdesk.export() == before


def test_a_star_is_given_and_taken(blipdesk, refill):
    refill(
        {"path": "/far/a.jpg", "caption": "a dog", "rating": 5}, {"path": "/far/b.jpg", "caption": "a cat"}
    )
    assert "A favourite" in blipdesk.run("edit", "/far/b.jpg", "--favourite").stdout
    assert "No favourite" in blipdesk.run("edit", "/far/a.jpg", "--no-favourite").stdout
    found = blipdesk.run("search", "is:favourite").stdout
    assert "b.jpg" in found and "a.jpg" not in found
    stars = [(record["rating"], record["user_rating"]) for record in blipdesk.export().values()]
    assert stars == [(5, 0), (None, 5)]


def test_of_several_folders_none_is_added_when_one_is_not_there(blipdesk, photos):
    assert "typo" in blipdesk.run("add", photos, photos / "typo", status=2).stderr
    assert blipdesk.lines("folders") == [[]]


def test_a_photo_may_be_named_by_any_spelling_of_its_path(blipdesk, photos):
    blipdesk.caption(photos)
    blipdesk.run("edit", photos / "deep" / ".." / "a.jpg", "--caption", "mine")
    assert blipdesk.export()[str(photos / "a.jpg")]["text"] == "mine"


def test_a_query_needs_no_quotes(blipdesk, photos):
    blipdesk.caption(photos)
    words = blipdesk.export()[str(photos / "a.jpg")]["caption"].split()
    (one,) = blipdesk.lines("search", " ".join(words))
    (many,) = blipdesk.lines("search", *words)
    assert many == one
    assert one["hits"]


def test_what_a_person_adds_and_takes_back_follows_into_the_photo(blipdesk, photos):
    photo = photos / "a.jpg"
    blipdesk.caption(photos, "--write", "embed")

    def written(*edit):
        blipdesk.run("edit", photo, *edit)
        blipdesk.run("write", photo, "--to", "embed")
        return read_facts(photo.read_bytes(), "JPEG")

    added = written("--add-keyword", "Rex", "--caption", "our dog")
    assert (added.caption, "Rex" in added.keywords) == ("our dog", True)
    gone = written("--remove-keyword", "Rex", "--caption", "")
    assert (gone.caption, "Rex" in gone.keywords) == (None, False)
    assert blipdesk.export()[str(photo)]["text"] == blipdesk.export()[str(photo)]["caption"]


def test_a_dry_run_says_what_a_write_then_does_and_touches_nothing(blipdesk, photos):
    blipdesk.caption(photos)
    photo, text = photos / "a.jpg", blipdesk.export()[str(photos / "a.jpg")]["text"]
    before = {path: path.read_bytes() for path in photos.rglob("*") if path.is_file()}
    *dry, told = blipdesk.lines("write", "--to", "embed", "--dry-run")
    assert {path: path.read_bytes() for path in photos.rglob("*") if path.is_file()} == before
    assert (dry[0]["path"], dry[0]["target"], dry[0]["target_path"]) == (str(photo), "embed", str(photo))
    assert (dry[0]["before"]["caption"], dry[0]["after"]["caption"]) == (None, text)
    assert dry[0]["before"]["keywords"] == [] != dry[0]["after"]["keywords"]
    *written, done = blipdesk.lines("write", "--to", "embed")
    assert written == dry
    assert done["summary"] == told["summary"] | {"run": 1, "dry_run": False}
    assert done["summary"]["embedded"] == 4
    (nothing,) = blipdesk.lines("write", "--to", "embed", "--dry-run")
    assert not any(nothing["summary"][name] for name in ("embedded", "sidecars", "kept", "refused", "run"))
    assert "looked at" in blipdesk.run("write", "--to", "embed").stdout


def test_what_was_refused_is_taken_up_at_each_write_until_it_is_written(blipdesk, photos):
    blipdesk.caption(photos)
    photo, place = photos / "a.jpg", photos / "a.jpg.xmp"
    place.mkdir()  # no file can be written there
    writing = ["write", photos, "--to", "sidecar"]
    *reports, _ = blipdesk.lines(*writing, status=1)
    first = {line["path"]: line["outcome"] for line in reports}
    assert [path for path, outcome in first.items() if outcome == "refused"] == [str(photo)]
    for again in (["--dry-run"], [], ["--dry-run"], []):
        line, _ = blipdesk.lines(*writing, *again, status=1)
        assert (line["path"], line["outcome"]) == (str(photo), "refused")
    assert len(blipdesk.lines("write", photos / "deep", "--to", "sidecar")) == 1, "the summary alone"
    place.rmdir()
    assert [line.get("outcome") for line in blipdesk.lines(*writing)] == ["sidecar", None]
    assert place.is_file()
    assert len(blipdesk.lines(*writing)) == 1


def test_a_files_own_words_come_back_when_an_edit_is_taken_back(blipdesk, tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "Grandma in her garden"  # ImageDescription
    photo = draw(tmp_path / "photos" / "a.jpg", 1, exif=exif)
    blipdesk.caption(photo.parent)
    blipdesk.run("edit", photo, "--caption", "Rex")
    blipdesk.run("write", photo, "--to", "embed")
    written = photo.read_bytes()
    photo.write_bytes(written[:2] + b"\xff\xfe\x00\x07other" + written[2:])  # another program
    blipdesk.caption(photo.parent)
    for command in (["edit", photo, "--caption", ""], ["write", photo, "--to", "embed"], ["caption", photo]):
        blipdesk.run(*command, *(["--model", "fake"] if command[0] == "caption" else []))
        record = blipdesk.export()[str(photo)]
        assert (record["text"], record["source"]) == ("Grandma in her garden", "file")
        (found,) = blipdesk.lines("search", "grandma")
        assert [hit["path"] for hit in found["hits"]] == [str(photo)]
    assert read_facts(photo.read_bytes(), "JPEG").caption == "Grandma in her garden"
