"""A run over a thousand photos, written and taken back: every byte and time of before, and how long it took.

``python tests/bench/undo_run.py [FOLDER] [--photos 1000] [--write embed|sidecar]``

The folder's photos (default: ``../shared/corpus/photos-exif``, existing sidecars with them) are copied until
there are enough, captioned and written by ``blipdesk caption --model fake``, and taken back by ``blipdesk
undo``.  Then a further run may not write what was taken back.  Exit status 1 where anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus" / "photos-exif"


def make_library(source: Path, target: Path, count: int) -> int:
    """Copies of the photos, round after round, each round in a folder of its own; how many photos."""
    files = sorted(p for p in source.rglob("*") if p.is_file() and p.suffix != ".md")
    made = roll = 0
    while made < count:
        before, roll = made, roll + 1
        for path in files:
            copy = target / f"roll{roll}" / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            shutil.copystat(path, copy)
            copy.chmod(0o644)
            made += path.suffix.lower() != ".xmp"
            if made >= count:
                break
        if made == before:
            raise SystemExit(f"There is no photo in {source}.")
    return made


def state(folder: Path) -> dict[str, tuple[str, int, int]]:
    """sha256, time of modification and mode of every file."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def blipdesk(data: Path, *words: str) -> tuple[list[dict], int, float]:
    """The JSON lines of a command, its exit status and seconds."""
    began = time.monotonic()
    command = [sys.executable, "-m", "blipdesk", "--data-dir", str(data), "--json", *words]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return lines, done.returncode, time.monotonic() - began


def differing(first: dict[str, tuple], second: dict[str, tuple], place: int) -> list[str]:
    both = first.keys() & second.keys()
    return sorted(name for name in both if first[name][place] != second[name][place])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--photos", type=int, default=1000)
    parser.add_argument("--write", choices=("embed", "sidecar"), default="embed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="undo-run-") as place:
        photos, data = Path(place) / "photos", Path(place) / "data"
        count = make_library(options.folder, photos, options.photos)
        before = state(photos)
        run = ("caption", str(photos), "--model", "fake", "--write", options.write)
        _, status, seconds = blipdesk(data, *run)
        after = state(photos)
        changed, new = differing(before, after, 0), after.keys() - before.keys()
        print(f"{count} photos captioned and written in {seconds:.1f} s (exit {status})")
        print(f"{len(changed)} files changed, {len(new)} sidecars made")
        lines, status, seconds = blipdesk(data, "undo")
        back = state(photos)
        outcomes = Counter(line["outcome"] for line in lines if "outcome" in line)
        told = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())
        print(f"undone in {seconds:.1f} s (exit {status}): {told}")
        _, _, _ = blipdesk(data, *run)
        again = state(photos)
        wrong = {
            "nothing was written at all": [] if changed or new else ["(all)"],
            "have another sha256 than before": differing(before, back, 0),
            "have another time than before": differing(before, back, 1),
            "have another mode than before": differing(before, back, 2),
            "are gone": sorted(before.keys() - back.keys()),
            "stayed behind": sorted(back.keys() - before.keys()),
            "were written again by the next run": sorted(again.items() ^ back.items()),
        }
        for what, names in wrong.items():
            if names:
                print(f"{len(names)} files {what}, e.g. {names[0]}")
        if not any(wrong.values()):
            print(f"All {len(before)} files have their sha256, time and mode again; nothing else is there.")
        return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
