"""The program as a person or a script runs it."""

import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

# Three quarters of a command's second go into imports, so commands are forked off one process that has them
# behind it.  ``anew`` starts them as a person does.
_IMPORTED = [
    "blipdesk.app",
    "blipdesk.cli.main",
    "blipdesk.services.workspace",
    "typer._adapters",
    "PIL.Image",
]
_FORKING = hasattr(os, "fork")
_forks = multiprocessing.get_context("forkserver" if _FORKING else "spawn")
if _FORKING:
    _forks.set_forkserver_preload(_IMPORTED)


class Blipdesk:
    """Runs the program as a person or a script does: each command in a process of its own.

    With ``anew``, each is Python started for it alone; without, it is forked off one that imported all that
    it needs, in the environment that the first had.
    """

    def __init__(self, data_dir, anew=not _FORKING):
        self.data_dir = data_dir
        self._start = _run_anew if anew else _run_forked

    def arguments(self, *arguments):
        return ["--data-dir", str(self.data_dir), *map(str, arguments)]

    def command(self, *arguments):
        return [sys.executable, "-m", "blipdesk", *self.arguments(*arguments)]

    def run(self, *arguments, status=0):
        result = self._start(self.arguments(*arguments))
        assert result.returncode == status, (arguments, result.returncode, result.stdout, result.stderr)
        return result

    def lines(self, *arguments, status=0):
        return [
            json.loads(line) for line in self.run(*arguments, "--json", status=status).stdout.splitlines()
        ]

    def caption(self, *arguments, status=0):
        return self.lines("caption", "--model", "fake", *arguments, status=status)

    def export(self):
        return {record["path"]: record for record in map(json.loads, self.run("export").stdout.splitlines())}


def _run_anew(arguments):
    return subprocess.run(
        [sys.executable, "-m", "blipdesk", *arguments],
        check=False, capture_output=True, text=True, errors="surrogateescape",
    )  # fmt: skip


def _run_forked(arguments):
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place, name) for name in ("stdout", "stderr")]
        process = _forks.Process(target=_answer, args=(arguments, os.getcwd(), streams))
        process.start()
        process.join()
        said = [stream.read_text("utf-8", "surrogateescape") for stream in streams]
    return subprocess.CompletedProcess(arguments, process.exitcode, *said)


def _answer(arguments, folder, streams):
    os.chdir(folder)
    for number, stream in enumerate(streams, start=1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT), number)
    from blipdesk.app import main

    sys.exit(main(arguments))


def draw(path, seed, size=(320, 240), **options):
    """A picture that is the same each time: what the fake model makes of it is no matter of chance.

    It is as old as most photos are: no run waits whether somebody still writes at it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = random.Random(seed).randbytes(size[0] * size[1])
    image = Image.frombytes("L", size, noise).convert("RGB")
    image.paste((seed * 37 % 256, seed * 91 % 256, seed * 53 % 256), (10, 10, 100, 100))
    image.save(path, **options)
    os.utime(path, (1_700_000_000 + seed,) * 2)
    return path
