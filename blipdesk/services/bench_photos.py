"""Photos for ``blipdesk bench``, drawn so that nothing has to be downloaded."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT = 4000, 3000
_PICTURES = 8


def draw_photos(folder: Path, count: int) -> list[Path]:
    """Draw JPEGs of 4000 x 3000 pixels with detail at every scale and a sensor's noise, megabytes each."""
    import numpy as np
    from PIL import Image

    folder.mkdir(parents=True)
    noise = np.random.default_rng(7)
    layers = np.full((HEIGHT, WIDTH, 3), 128, np.float32)
    for scale in (250, 50, 10, 2):
        cells = noise.normal(0, 4 + scale / 4, (HEIGHT // scale, WIDTH // scale, 3)).astype(np.float32)
        layers += np.repeat(np.repeat(cells, scale, 0), scale, 1)
    pixels = np.clip(layers + noise.normal(0, 3, layers.shape), 0, 255).astype(np.uint8)
    paths = []
    for number in range(count):
        path = folder / f"{number:03}.jpg"
        Image.fromarray(np.roll(pixels, 101 * number, axis=1)).save(path, quality=90)
        paths.append(path)
    return paths


def copy_photos(paths: Sequence[Path], folder: Path, note: str) -> Path:
    """The same pictures as other files: a JPEG comment in each, and an age at which no copy is awaited."""
    folder.mkdir(parents=True)
    text = note.encode()
    comment = b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text
    an_hour_ago = time.time() - 3600
    for path in paths:
        data = path.read_bytes()
        target = folder / path.name
        target.write_bytes(data[:2] + comment + data[2:])
        os.utime(target, (an_hour_ago, an_hour_ago))
    return folder


def camera_photos(folder: Path, count: int) -> list[Path]:
    """Photos as a camera leaves them: drawn ones with an EXIF block of their own, maker's notes included."""
    from PIL import Image

    drawn = [path.read_bytes() for path in draw_photos(folder / "pictures", min(count, _PICTURES))]
    paths = []
    for number in range(count):
        exif = Image.Exif()
        exif[0x010F], exif[0x0110], exif[0x0112] = "BlipDesk", f"Bench {number}", 1
        exif.get_ifd(0x8769).update(
            {0x9003: f"2026:05:01 10:{number % 60:02}:00", 0x829A: 0.004, 0x927C: bytes(range(256)) * 8}
        )
        exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 8.0, 1.0), 3: "E", 4: (11.0, 34.0, 2.0)})
        data = drawn[number % len(drawn)]
        cut = 4 + int.from_bytes(data[4:6], "big")  # behind the JFIF header
        block = exif.tobytes()
        segment = b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block
        path = folder / f"{number:05}.jpg"
        path.write_bytes(data[:cut] + segment + data[cut:])
        paths.append(path)
    return paths
