"""Real malformed files, where the shared corpora lie beside the checkout."""

import base64
import json
import os
import subprocess
import sys

import pytest
from imaging_pictures import SHARED, thumbnail_image

from blipdesk.domain.errors import PhotoError, ProblemKind
from blipdesk.imaging import DEFAULT_LIMITS, decode_photo, open_regular, preview_photo

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")

BAD_IMAGES = SHARED / "corpus" / "bad-images"
PHOTOS = SHARED / "corpus" / "photos-exif"
AWKWARD = SHARED / "judges" / "make_awkward_files.py"


def files_below(root):
    return sorted(p for p in root.rglob("*") if p.is_file() and p.suffix not in {".md", ".jsonl", ""})


def outcome(data, name):
    """The format of a whole photo, ``damaged``, or the kind of the refusal; nothing else may be raised."""
    try:
        photo = decode_photo(data, name, 96)
    except PhotoError as error:
        assert error.problem.message
        assert error.problem.remedy
        json.dumps(error.problem.message).encode("ascii")
        error.problem.message.encode("utf-8")
        return error.problem.kind
    assert len(photo.model_input.rgb) == 96 * 96 * 3
    assert max(thumbnail_image(photo).size) <= 512
    return "damaged" if photo.damaged else photo.format


@pytest.mark.skipif(not BAD_IMAGES.is_dir(), reason="shared/corpus/bad-images is not beside the checkout")
def test_every_malformed_file_ends_in_a_photo_or_a_sentence():
    lines = (BAD_IMAGES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    expected = {entry["file"]: entry for entry in map(json.loads, lines)}
    surprises = []
    for name, entry in expected.items():
        result = outcome((BAD_IMAGES / name).read_bytes(), name)
        decoded = not isinstance(result, ProblemKind)
        sound_profile = entry["safe_profile"].split(":")[0] in {"OK", "WARN", "META"}
        if sound_profile and not decoded:
            surprises.append((name, "Pillow reads it with the same formats", result))
        if entry["truncated_ok"] == "BOMB" and decoded:
            surprises.append((name, "a bomb", result))
    assert not surprises
    assert len(expected) > 300


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="shared/corpus/photos-exif is not beside the checkout")
def test_real_photos_with_difficult_metadata_are_decoded():
    results = {path: outcome(path.read_bytes(), str(path)) for path in files_below(PHOTOS)}
    refused = [path.name for path, result in results.items() if isinstance(result, ProblemKind)]
    raw = [path for path, result in results.items() if path.parent.name == "raw"]
    assert sum(results[path] == "RAW" for path in raw) >= 7  # the others were cut before their previews
    assert {results[path] for path in raw} <= {"RAW", ProblemKind.UNSUPPORTED}
    assert "HEIF" in results.values()
    assert "AVIF" in results.values()
    assert len(refused) < len(results) * 0.16  # fuzzer files, RAW, JPEG XL and text lie among them


@pytest.mark.skipif(not PHOTOS.is_dir(), reason="shared/corpus/photos-exif is not beside the checkout")
def test_previews_of_every_kind():
    one_of_each = {path.parent.name: path for path in files_below(PHOTOS)}
    for path in one_of_each.values():
        data = path.read_bytes()
        try:
            decode_photo(data, path.name, 96)
        except PhotoError:
            with pytest.raises(PhotoError):
                preview_photo(data, path.name, 200)
        else:
            assert preview_photo(data, path.name, 200).startswith(b"\xff\xd8")


@pytest.mark.skipif(
    not AWKWARD.is_file(), reason="shared/judges/make_awkward_files.py is not beside the checkout"
)
@pytest.mark.skipif(sys.platform == "win32", reason="makes POSIX file types")
def test_awkward_files(tmp_path):
    made = [sys.executable, str(AWKWARD), str(tmp_path), "--bombs"]
    subprocess.run(made, check=True, capture_output=True)
    try:
        entries = [json.loads(line) for line in (tmp_path / "manifest.jsonl").read_text().splitlines()]
        wrong = [(entry["path"], result) for entry in entries if (result := awkward_result(tmp_path, entry))]
        assert not wrong
        assert len(entries) > 150
    finally:
        subprocess.run([sys.executable, str(AWKWARD), str(tmp_path), "--unlock"], check=True)


# A cut-off file is shown and said to be damaged (the product's choice), where the list would reject it.
DAMAGED_IS_FINE = {"truncated-half.jpg", "zeros-tail.jpg", "truncated.png", "bitflip.png"}


def awkward_result(folder, entry):
    """None if the file ended as it must, else what happened."""
    if entry["expect"] == "unavailable":
        return None
    path = os.fsdecode(os.path.join(os.fsencode(folder), base64.b64decode(entry["path_b64"])))
    name = os.path.basename(path)
    try:
        data = open_regular(path, DEFAULT_LIMITS.max_bytes)
    except PhotoError as error:
        result = error.problem.kind
    else:
        result = outcome(data, name)
        if data == b"" and entry["expect"] == "ok":
            return None  # a HEIC that this machine cannot make
    refused = isinstance(result, ProblemKind)
    if entry["expect"] == "ok":
        return result if refused or result == "damaged" else None
    if entry["expect"] == "reject" and name not in DAMAGED_IS_FINE:
        readable_by_root = os.geteuid() == 0 and "unreadable" in entry["path"]
        return None if refused or readable_by_root else result
    if entry["expect"] == "bomb":
        return None if result == ProblemKind.TOO_LARGE else result
    if entry["what"].split()[0] in {"FIFO", "unix", "broken", "self", "endless"}:
        return None if result == ProblemKind.NOT_REGULAR else result
    return None
