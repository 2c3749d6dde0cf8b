"""The sample library: pictures as a camera would leave them, drawn by us, with the truth beside them.

The pictures are scenes of the demonstration models' own world, drawn large with `draw.portrait`.  File
names, folders and metadata are those of an ordinary family library: three folders, two cameras and a phone,
dates from 2023 to 2026, some with a place, some turned by the orientation tag alone, most JPEG, a few PNG,
WebP, AVIF and HEIC.

HEIC is written only where `pillow_heif` can be imported, which BlipDesk itself does not need: the two HEIC
files in the repository were written once with pillow-heif from a separate environment, and are left as they
are elsewhere.
"""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from demo_models.draw import portrait
from demo_models.scenes import QUESTION_KINDS, SAMPLE_SEEDS, Scene, make_scene, questions

_SEEDS_EACH = 10_000
"""Each file takes the first fitting one of so many `SAMPLE_SEEDS` of its own."""


@dataclass(frozen=True)
class Camera:
    """What a camera writes about itself, and how it names files."""

    make: str
    model: str
    lens: str
    focal: float
    long_side: int
    name: str


CAMERAS = {
    "phone": Camera("Lumen", "Lumen Pocket 5", "Lumen 5.4 mm f/1.8", 5.4, 1440, "IMG_{0:%Y%m%d_%H%M%S}"),
    "compact": Camera("Orrery", "Orrery C20", "10.4-37.1 mm f/1.8-4.9", 16.2, 1400, "DSC{1:05d}"),
    "system": Camera("Tessera", "Tessera S2", "Tessera 35 mm f/2", 35.0, 1600, "P{0:%m%d}{1:04d}"),
}
"""Invented cameras; the names are no product's that we know of."""

FOLDERS = {
    "Garden": (
        ("meadow", "snow", "night", "meadow"),
        {"apple", "butterfly", "cat", "duck", "flower", "house", "mushroom", "umbrella", "balloon"},
    ),
    "Summer 2025": (
        ("beach", "meadow", "street", "desert", "beach"),
        {"ball", "balloon", "boat", "butterfly", "car", "fish", "kite", "star", "umbrella"},
    ),
    "Toys": (
        ("table", "room", "room", "table"),
        {"apple", "ball", "boat", "car", "cat", "cup", "duck", "fish", "house", "kite", "star"},
    ),
}
"""Folder to the places and kinds that its scenes are chosen from."""

_PER_FOLDER = {"Garden": 14, "Summer 2025": 16, "Toys": 14}
_SUFFIXES = {
    5: ".png",
    12: ".webp",
    19: ".avif",
    24: ".heic",
    29: ".webp",
    34: ".png",
    38: ".avif",
    42: ".heic",
}
_TURNED = {3: 6, 10: 8, 22: 3, 31: 6}
_PLACES = {
    "Garden": (52.0907, 5.1214),
    "Summer 2025": (43.3183, -1.9812),
}
_GPS_EVERY = 4
_TURNS = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}
"""Orientation tag to the turn that the stored picture has against the upright one."""


@dataclass(frozen=True)
class Sample:
    """One file of the sample library.

    Attributes:
        path: Below the samples folder, with forward slashes.
        scene: What it shows.
        camera: Who took it.
        taken: When.
        orientation: EXIF orientation tag.
        place: Latitude and longitude, or None.
    """

    path: str
    scene: Scene
    camera: Camera
    taken: datetime
    orientation: int
    place: tuple[float, float] | None


def plan_samples() -> list[Sample]:
    """Choose the scenes, names and metadata; the same on every machine."""
    samples: list[Sample] = []
    rng = random.Random(SAMPLE_SEEDS.start)
    captions: set[str] = set()
    for folder, number in _PER_FOLDER.items():
        for index in range(number):
            scene = _choose(len(samples), folder, index, captions)
            captions.add(scene.caption)
            taken = _taken(folder, scene.background, rng)
            camera = CAMERAS[rng.choice(("phone", "phone", "compact", "system"))]
            suffix = _SUFFIXES.get(len(samples), ".jpg")
            shown = suffix.upper() if camera.name.startswith(("DSC", "P")) and suffix == ".jpg" else suffix
            name = camera.name.format(taken, rng.randint(120, 9200)) + shown
            place = _PLACES.get(folder) if index % _GPS_EVERY == 1 else None
            if place:
                place = (place[0] + rng.uniform(-0.01, 0.01), place[1] + rng.uniform(-0.01, 0.01))
            turn = _TURNED.get(len(samples), 1) if suffix == ".jpg" else 1
            samples.append(Sample(f"{folder}/{name}", scene, camera, taken, turn, place))
    return samples


def _choose(number: int, folder: str, index: int, captions: set[str]) -> Scene:
    """Take the first scene of this file's seeds that suits the folder and repeats no caption."""
    places, kinds = FOLDERS[folder]
    place = places[index % len(places)]
    groups = (1, 2, 2, 3, 2)[index % 5]
    aspect = (3, 4) if groups < 3 and index % 6 == 5 else (3, 2) if index % 4 == 2 else (4, 3)
    first = number * _SEEDS_EACH
    for seed in SAMPLE_SEEDS[first : first + _SEEDS_EACH]:
        scene = make_scene(seed, background=place, aspect=aspect)
        fits = len(scene.groups) == groups and all(group.kind in kinds for group in scene.groups)
        if fits and scene.caption not in captions and _colours_stand_out(scene):
            return scene
    raise ValueError(f"no scene for file {number} in {folder}")


def _colours_stand_out(scene: Scene) -> bool:
    colours = {group.colour for group in scene.groups}
    lost = {"meadow": {"green"}, "snow": {"white"}, "beach": {"white"}, "desert": {"orange"}}
    return len(colours) == len(scene.groups) and not colours & lost.get(scene.background, set())


def _taken(folder: str, background: str, rng: random.Random) -> datetime:
    if folder == "Summer 2025":
        day = datetime(2025, 6, 14) + timedelta(days=rng.randint(0, 80))
    elif background == "snow":
        day = datetime(rng.choice((2024, 2025, 2026)), rng.choice((1, 2)), rng.randint(1, 28))
    elif folder == "Garden":
        day = datetime(rng.choice((2023, 2024, 2025, 2026)), rng.randint(4, 9), rng.randint(1, 28))
    else:
        day = datetime(rng.choice((2023, 2024, 2025)), rng.randint(1, 12), rng.randint(1, 28))
    hour = rng.choice((21, 22)) if background == "night" else rng.randint(9, 18)
    return day + timedelta(hours=hour, minutes=rng.randint(0, 59), seconds=rng.randint(0, 59))


def make_exif(sample: Sample) -> Image.Exif:
    """Write what the camera would have written."""
    rng = random.Random(sample.scene.seed)
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0131] = sample.camera.make, sample.camera.model, "1.02"
    exif[0x0112] = sample.orientation
    stamp = f"{sample.taken:%Y:%m:%d %H:%M:%S}"
    exif[0x0132] = stamp
    dark = sample.scene.background in {"night", "room", "table"}
    details: dict[int, Any] = {
        0x829A: IFDRational(1, rng.choice((15, 30, 40, 60) if dark else (250, 400, 640, 1000))),
        0x829D: IFDRational(rng.choice((18, 20, 28) if dark else (40, 56, 80)), 10),
        0x8827: rng.choice((800, 1600, 3200) if dark else (50, 100, 200)),
        0x9003: stamp,
        0x9004: stamp,
        0x9010: "+02:00",
        0x9011: "+02:00",
        0x920A: IFDRational(round(sample.camera.focal * 10), 10),
        0xA434: sample.camera.lens,
    }
    exif.get_ifd(0x8769).update(details)
    if sample.place:
        north, east = sample.place
        exif.get_ifd(0x8825).update(
            {
                1: "N" if north >= 0 else "S",
                2: _degrees(north),
                3: "E" if east >= 0 else "W",
                4: _degrees(east),
            }
        )
    return exif


def _degrees(value: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    value = abs(value)
    minutes = (value % 1) * 60
    return (
        IFDRational(int(value), 1),
        IFDRational(int(minutes), 1),
        IFDRational(round((minutes % 1) * 6000), 100),
    )


def encode(sample: Sample) -> bytes | None:
    """Draw a sample and encode it as its suffix says; None for HEIC where no encoder is installed."""
    upright = portrait(sample.scene, sample.camera.long_side)
    stored = upright.transpose(_TURNS[sample.orientation]) if sample.orientation in _TURNS else upright
    exif = make_exif(sample).tobytes()
    suffix = os.path.splitext(sample.path)[1].lower()
    stream = io.BytesIO()
    if suffix == ".jpg":
        stored.save(stream, "JPEG", quality=86, subsampling=0, optimize=True, exif=exif)
    elif suffix == ".png":
        small = stored.resize((1200, round(1200 * stored.height / stored.width)), Image.Resampling.LANCZOS)
        small.quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(stream, "PNG", optimize=True, exif=exif)
    elif suffix == ".webp":
        stored.save(stream, "WEBP", quality=84, method=6, exif=exif)
    elif suffix == ".avif":
        stored.save(stream, "AVIF", quality=76, exif=exif)
    else:
        try:
            import pillow_heif
        except ImportError:
            return None
        pillow_heif.register_heif_opener()
        stored.save(stream, "HEIF", quality=70, exif=exif)
    return stream.getvalue()


def truth(samples: list[Sample]) -> dict[str, Any]:
    """Say what is true of every sample: its caption and one question of each kind with its answer."""
    return {
        sample.path: {
            "caption": sample.scene.caption,
            "questions": [
                {"kind": pair.kind, "question": pair.text, "answer": pair.answer}
                for kind in QUESTION_KINDS
                for pair in questions(sample.scene, random.Random(sample.scene.seed), kind)
            ],
            "orientation": sample.orientation,
            "taken": sample.taken.isoformat(),
            "camera": sample.camera.model,
            "gps": sample.place is not None,
        }
        for sample in samples
    }


def write_samples(folder: str) -> Iterator[str]:
    """Write the sample library and `truth.json` beside it.

    Args:
        folder: Where to; files already there are written over.

    Yields:
        A line on each file.
    """
    samples = plan_samples()
    for sample in samples:
        path = os.path.join(folder, *sample.path.split("/"))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = encode(sample)
        if data is not None:
            with open(path, "wb") as stream:
                stream.write(data)
        yield f"{sample.path} {len(data) // 1024 if data else 'kept'} KiB: {sample.scene.caption}"
    with open(os.path.join(folder, "truth.json"), "w", encoding="utf-8", newline="\n") as text:
        json.dump(truth(samples), text, indent=1)
        text.write("\n")
