"""The program as a person or a script runs it."""

import json
import random
import subprocess
import sys

from PIL import Image


class Blipdesk:
    """Runs the program as a person or a script does."""

    def __init__(self, data_dir):
        self.data_dir = data_dir

    def command(self, *arguments):
        return [sys.executable, "-m", "blipdesk", "--data-dir", str(self.data_dir), *map(str, arguments)]

    def run(self, *arguments, status=0):
        result = subprocess.run(
            self.command(*arguments), check=False, capture_output=True, text=True, errors="surrogateescape"
        )
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


def draw(path, seed, size=(320, 240), **options):
    """A picture that is the same each time: what the fake model makes of it is no matter of chance."""
    path.parent.mkdir(parents=True, exist_ok=True)
    noise = random.Random(seed).randbytes(size[0] * size[1])
    image = Image.frombytes("L", size, noise).convert("RGB")
    image.paste((seed * 37 % 256, seed * 91 % 256, seed * 53 % 256), (10, 10, 100, 100))
    image.save(path, **options)
    return path
