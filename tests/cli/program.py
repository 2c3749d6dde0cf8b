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

from blipdesk.app import main
from blipdesk.catalog import Catalog
from blipdesk.cli.main import run
from blipdesk.services.settings import KEY
from tests import births

# Three quarters of a command's second go into imports, so commands are forked off one process that has them
# behind it.  ``anew`` starts them as a person does.
_FORKING = hasattr(os, "fork")
_forks = multiprocessing.get_context("forkserver" if _FORKING else "spawn")
if _FORKING:
    _forks.set_forkserver_preload(["tests.cli.prepared"])


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
        return lines(self.run(*arguments, "--json", status=status).stdout)

    def caption(self, *arguments, status=0):
        return self.lines("caption", "--model", "fake", *arguments, status=status)

    def export(self):
        return {record["path"]: record for record in lines(self.run("export").stdout)}


class Here:
    """Runs commands in this process, so that a test may change what they meet."""

    def __init__(self, data_dir, capsys):
        self._data_dir, self._capsys = data_dir, capsys

    def run(self, *arguments, status=0, place=None):
        """What a command prints, on ``out`` and ``err``."""
        self._capsys.readouterr()
        got = run(["--data-dir", str(place or self._data_dir), *map(str, arguments)])
        printed = self._capsys.readouterr()
        assert got == status, (arguments, got, printed)
        return printed


def catalog_of_fakes(data_dir):
    """Make a catalog whose settings choose the fake models; gives its folder."""
    catalog = Catalog.open(data_dir)
    catalog.set_setting(KEY, {"model": "fake", "answer_model": "fake"})
    catalog.close()
    return data_dir


def lines(printed):
    """What ``--json`` printed."""
    return [json.loads(line) for line in printed.splitlines()]


def _run_anew(arguments):
    return subprocess.run(
        [sys.executable, "-m", "blipdesk", *arguments],
        check=False, capture_output=True, text=True, errors="surrogateescape",
    )  # fmt: skip


def _run_forked(arguments):
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place, name) for name in ("stdout", "stderr")]
        process = _forks.Process(target=_answer, args=(arguments, os.getcwd(), streams, births.newborn()))
        process.start()
        process.join()
        said = [stream.read_text("utf-8", "surrogateescape") for stream in streams]
    return subprocess.CompletedProcess(arguments, process.exitcode, *said)


def _answer(arguments, folder, streams, newborn):
    births.quicken(newborn)
    os.chdir(folder)
    for number, stream in enumerate(streams, start=1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT), number)
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
