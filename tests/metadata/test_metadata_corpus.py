"""The independent judge over public photos of 40 makes: nothing but caption fields may differ."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from blipdesk.domain.values import Source, WriteTarget
from blipdesk.domain.writes import WriteOutcome, WriteText
from blipdesk.metadata import FileMetadataWriter

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
CORPUS, JUDGE = SHARED / "corpus" / "photos-exif", SHARED / "judges" / "exif_judge.py"
needs_judge = pytest.mark.skipif(
    not JUDGE.exists() or not CORPUS.exists() or shutil.which("exiftool") is None,
    reason="needs ../shared (exif_judge.py, photos-exif) and exiftool",
)


def copy_of_corpus(folder, every):
    """A writable copy of one photo in ``every``."""
    for source in sorted(p for p in CORPUS.rglob("*") if p.is_file())[::every]:
        path = folder / source.relative_to(CORPUS)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.read_bytes())
    return folder


def write_all(folder, text):
    """Embed everywhere; returns the outcomes of the JPEG files."""
    writer, outcomes = FileMetadataWriter(), []
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".md", ".xmp")):
        plan = writer.plan(str(path), text, WriteTarget.EMBED)
        writer.apply(plan)
        if path.parent.name == "jpeg":
            outcomes.append(plan.outcome)
    return outcomes


def judge(before, after, *options):
    command = [sys.executable, str(JUDGE), str(before), str(after), "-q", "--no-exiv2", *options]
    result = subprocess.run(command, check=False, capture_output=True, text=True, timeout=500)
    return result.stdout, result.stdout.strip().splitlines()[-1]


@needs_judge
@pytest.mark.parametrize(("source", "every"), [(Source.MODEL, 1), (Source.USER, 5)])
def test_nothing_is_damaged_and_most_photos_take_the_caption_in(tmp_path, source, every):
    before, after = copy_of_corpus(tmp_path / "before", every), copy_of_corpus(tmp_path / "after", every)
    text = WriteText("A dog läuft over the 緑 lawn 🐕", source, ("dog", "草"), "demo@1/caption")
    outcomes = write_all(after, text)
    snapshot = {p: (p.read_bytes(), p.stat().st_ino) for p in after.rglob("*") if p.is_file()}
    assert set(write_all(after, text)) <= {WriteOutcome.UNCHANGED, WriteOutcome.KEPT}
    assert {p: (p.read_bytes(), p.stat().st_ino) for p in after.rglob("*") if p.is_file()} == snapshot
    options = ["--allow-overwrite"] if source is Source.USER else []
    report, last = judge(before, after, *options)
    assert " 0 damaged" in last, report
    writable = [outcome for outcome in outcomes if outcome is not WriteOutcome.KEPT]
    assert writable.count(WriteOutcome.EMBEDDED) >= 0.82 * len(writable)
    if source is Source.USER:
        assert len(writable) == len(outcomes)
