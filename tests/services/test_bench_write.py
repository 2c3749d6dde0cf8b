"""``blipdesk bench write`` measures what really writes, on copies: a person's own photos stay as they are."""

import os
import shutil

import pytest
from PIL import Image

from blipdesk.domain.errors import PhotoError, ProblemKind, UsageError, photo_error
from blipdesk.metadata import FileMetadataWriter
from blipdesk.services import bench_photos
from blipdesk.services import bench_write as bench
from blipdesk.services.bench_exiftool import ExifTool


@pytest.fixture
def own(tmp_path):
    """A person's folder: photos that take a caption in, one that has one, and one that gets a sidecar."""
    folder = tmp_path / "own" / "deep"
    folder.mkdir(parents=True)
    gradient = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    for name in ("a.jpg", "b.JPG"):
        gradient.save(folder / name, "JPEG")
    captioned = Image.Exif()
    captioned[0x010E] = "Grandma at the lake"
    gradient.save(folder / "c.jpg", exif=captioned)
    gradient.save(folder / "d.gif")
    (folder / "notes.txt").write_text("no photo")
    return folder.parent


def snapshot(folder):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*.*")}


def measured(folder, **more):
    said = []
    options = bench.WriteBenchOptions(photos=10, rounds=2, folder=folder, **more)
    return bench.bench_write(options, said.append), said


def test_without_exiftool_this_program_alone_is_measured_on_copies(own, monkeypatch):
    monkeypatch.setattr(ExifTool, "find", lambda: None)
    before = snapshot(own)
    report, said = measured(own)
    assert snapshot(own) == before
    assert (report.photos, report.exiftool) == (2, None)
    assert report.left_out == {"kept": 1, "sidecar": 1}
    assert {row.name: row.ratio for row in report.rows} == {
        "the writer alone": None,
        "the whole write-back": None,
    }
    assert all(row.files_per_second > 0 and row.cpu_ms > 0 for row in report.rows)
    assert [(row.suffix, row.photos, row.exiftool_ms) for row in report.formats] == [("jpg", 2, None)]
    assert set(report.stages) == {"plan", "replace", "journal"}
    assert len([line for line in said if line.startswith("Round")]) == 2


def test_the_writer_is_measured_in_the_batches_of_the_write_back(own, monkeypatch):
    monkeypatch.setattr(ExifTool, "find", lambda: None)
    apply_all, batches = FileMetadataWriter.apply_all, []

    def noted(writer, plans):
        batches.append([os.path.basename(os.path.dirname(plan.photo_path)) for plan in plans])
        return apply_all(writer, plans)

    monkeypatch.setattr(FileMetadataWriter, "apply_all", noted)
    measured(own)
    assert len(batches) % 2 == 0, "alone, and in the whole write-back"
    assert all(batch == ["photos", "photos"] for batch in batches[-4:])
    monkeypatch.setattr(FileMetadataWriter, "apply_all", lambda _, plans: [refused for _ in plans])
    refused = photo_error(ProblemKind.IO, "The disk is full.", "")
    with pytest.raises(PhotoError, match="full"):
        measured(own)


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")
def test_exiftool_writes_the_same_fields_and_each_round_is_compared_with_its_own(own):
    report, _ = measured(own)
    assert report.exiftool and report.exiftool_failed == 0
    theirs = next(row for row in report.rows if row.name == "exiftool")
    assert theirs.ratio is None and theirs.files_per_second > 0
    assert all(row.ratio and len(row.ratios) == 2 for row in report.rows if row is not theirs)


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")
def test_a_file_that_exiftool_does_not_write_is_told(tmp_path):
    good, bad = tmp_path / "ü good.jpg", tmp_path / "bad.jpg"
    Image.new("RGB", (8, 8)).save(good)
    bad.write_bytes(b"no photo")
    with ExifTool(ExifTool.find()) as exiftool:
        assert exiftool.write(str(good), "a dog läuft", ("dog", "Hund"))
        assert not exiftool.write(str(bad), "a dog", ())
    with Image.open(good) as picture:
        found = picture.getexif()
    assert found[0x010E].encode("latin-1").decode() == "a dog läuft"
    assert found[0x9C9E].decode("utf-16-le").rstrip("\0") == "dog;Hund"


def test_a_folder_without_a_photo_that_takes_a_caption_in_is_refused(tmp_path):
    with pytest.raises(UsageError, match="it has none"):
        measured(tmp_path)
    Image.new("RGB", (8, 8)).save(tmp_path / "only.gif")
    with pytest.raises(UsageError, match="1 sidecar"):
        measured(tmp_path)


def test_drawn_photos_are_as_a_camera_leaves_them_and_each_is_another(tmp_path, monkeypatch):
    monkeypatch.setattr(bench_photos, "_PICTURES", 1)  # drawing takes a second each
    paths = bench_photos.camera_photos(tmp_path, 2)
    assert paths[0].read_bytes() != paths[1].read_bytes()
    with Image.open(paths[1]) as picture:
        assert picture.size == (4000, 3000)
        assert picture.getexif()[0x0110] == "Bench 1"
        assert len(picture.getexif().get_ifd(0x8769)[0x927C]) == 2048
