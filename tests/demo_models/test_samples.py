"""The sample library shows what its truth says, and the checkpoints see it."""

import json
import os
from collections import Counter
from typing import Any

import pi_heif
import pytest
from demo_models.build import MODELS, SAMPLES
from demo_models.measure import Reader
from demo_models.samples import plan_samples, truth
from PIL import Image, ImageOps

pi_heif.register_heif_opener()


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    with open(os.path.join(SAMPLES, "truth.json"), encoding="utf-8") as stream:
        loaded: dict[str, Any] = json.load(stream)
    return loaded


def upright(path: str) -> Image.Image:
    """Decode a sample as the application does: turned by its tag, in RGB."""
    with Image.open(os.path.join(SAMPLES, path)) as picture:
        turned = ImageOps.exif_transpose(picture)
        return turned.convert("RGB")


def test_truth_is_what_the_plan_says(facts: dict[str, Any]) -> None:
    assert facts == truth(plan_samples())


def test_every_file_is_in_the_truth_and_the_reverse(facts: dict[str, Any]) -> None:
    found = {
        os.path.relpath(os.path.join(folder, name), SAMPLES).replace(os.sep, "/")
        for folder, _, names in os.walk(SAMPLES)
        for name in names
        if name != "truth.json"
    }
    assert found == set(facts)
    assert 40 <= len(found) <= 48
    assert sum(os.path.getsize(os.path.join(SAMPLES, path)) for path in found) < 12_000_000


def test_samples_are_varied(facts: dict[str, Any]) -> None:
    suffixes = Counter(os.path.splitext(path)[1].lower() for path in facts)
    assert set(suffixes) == {".jpg", ".png", ".webp", ".avif", ".heic"}
    assert sum(fact["orientation"] > 1 for fact in facts.values()) >= 3
    assert sum(fact["gps"] for fact in facts.values()) >= 4
    assert {fact["taken"][:4] for fact in facts.values()} == {"2023", "2024", "2025", "2026"}
    assert len({fact["caption"] for fact in facts.values()}) == len(facts)


def test_samples_carry_their_metadata(facts: dict[str, Any]) -> None:
    for path, fact in facts.items():
        with Image.open(os.path.join(SAMPLES, path)) as picture:
            assert max(picture.size) >= 1200
            exif = picture.getexif()
        details = exif.get_ifd(0x8769)
        assert exif[0x0110] == fact["camera"]
        assert details[0x9003].replace(":", "-", 2).replace(" ", "T") == fact["taken"]
        assert details[0x829A] > 0 and details[0x829D] > 0 and details[0x8827] > 0 and details[0xA434]
        assert bool(exif.get_ifd(0x8825)) == fact["gps"]
        assert exif.get(0x0112, 1) == fact["orientation"]


def test_models_see_the_samples(facts: dict[str, Any]) -> None:
    reader = Reader(MODELS)
    pictures = {path: upright(path) for path in facts}
    given = dict(zip(pictures, reader.captions(list(pictures.values())), strict=True))
    wrong = {path: text for path, text in given.items() if text != facts[path]["caption"]}
    assert len(wrong) <= 0.05 * len(facts), wrong
    pairs = [
        (path, fact["questions"][(number + shift) % len(fact["questions"])])
        for number, (path, fact) in enumerate(facts.items())
        for shift in (0, 2)
    ]
    answers = reader.answers([(pictures[path], asked["question"]) for path, asked in pairs])
    right = sum(asked["answer"] == text for (_, asked), text in zip(pairs, answers, strict=True))
    assert right >= 0.92 * len(pairs)
