"""Captions a folder, writes it, and takes all of it back: one program for ``../shared/judges/kill_test.py``.

``kill_test.py --tag 'python tests/bench/write_and_undo.py {folder} {data}' --no-embed ...``: the judge kills
it at any point, in the writing as in the undoing, and starts it again.  Where it ends by itself, every photo
has the bytes that it had before (the judge keeps them in ``pristine/`` beside the folder) and no sidecar is
left; else the exit status is 7, which the judge counts as a violation.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def blipdesk(data: str, *words: str) -> int:
    command = [sys.executable, "-m", "blipdesk", "--data-dir", data, "--json", *words]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if status < 0:  # killed: so are we
        os.kill(os.getpid(), -status)
    return status


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def main(folder: str, data: str, write: str = "embed") -> int:
    status = blipdesk(data, "caption", folder, "--model", "fake", "--write", write)
    status = status or blipdesk(data, "undo", "--since", "2000-01-01")
    pristine = Path(folder).parent / "pristine"
    if status or not pristine.is_dir():
        return status
    before, after = digests(pristine), digests(Path(folder))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            print(f"not as it was: {name}")
            status = 7
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
