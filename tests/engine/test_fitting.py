"""What fits is said rightly: nobody should wait for a download of 30 GB that cannot run."""

import os
import stat
from pathlib import Path

import pytest

from blipdesk.engine import list_models, speed
from blipdesk.engine.fitting import Room, find_room

GB = 1_000_000_000
MEMORY = {"fp32": 16 * GB, "bf16": 8 * GB, "fp16": 8 * GB, "int8": 5 * GB}


@pytest.mark.parametrize(
    ("room", "family", "words"),
    [
        (Room(32 * GB), "blip", "fits"),
        (Room(16 * GB), "blip", "fits"),
        (Room(9 * GB, has_bf16=True), "blip", "fits in bf16"),
        (Room(9 * GB, has_int8=True), "blip", "fits in int8"),
        (Room(9 * GB, has_int8=True), "blip2", "fits in int8"),
        (Room(9 * GB), "blip2", "too large: needs 16.0 GB, 9.0 GB free"),
        (Room(4 * GB, has_int8=True), "blip", "too large: needs 5.0 GB, 4.0 GB free"),
        (Room(32 * GB, graphics=24 * GB), "blip2", "fits the graphics card"),
        (Room(32 * GB, graphics=6 * GB, has_bitsandbytes=True), "blip2", "fits the graphics card in int8"),
        (Room(32 * GB, graphics=2 * GB), "blip", "fits"),
        (Room(1 * GB, graphics=2 * GB, has_int8=True), "blip", "too large: needs 5.0 GB, 1.0 GB free"),
    ],
)
def test_the_best_that_fits_is_named(room: Room, family: str, words: str) -> None:
    assert room.fits(MEMORY, family) == words


@pytest.mark.parametrize(
    ("room", "family"),
    [
        (Room(2 * GB, graphics=6 * GB), "blip2"),  # bitsandbytes is not installed
        (Room(2 * GB, graphics=6 * GB, has_bitsandbytes=True), "retrieval"),
    ],
)
def test_int8_is_promised_only_where_the_family_runs_in_it(room: Room, family: str) -> None:
    assert room.fits(MEMORY, family).startswith("too large: needs ")


def test_what_is_not_known_is_not_said() -> None:
    assert Room(9 * GB).fits({}, "") == ""


@pytest.mark.skipif(os.name != "posix", reason="a script stands for the driver's program")
def test_the_graphics_driver_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "nvidia-smi"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_room().graphics == 0
    for script, expected in (("echo 4000; echo 12000", 12000 * 1024 * 1024), ("exit 9", 0), ("echo no", 0)):
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        assert find_room().graphics == expected
    assert find_room().processor > 0


def test_a_listed_model_says_how_fast_it_is_here(tmp_path: Path) -> None:
    def rates() -> dict[str, float | None]:
        return {info.key: info.photos_per_second for info in list_models(tmp_path)}

    assert set(rates().values()) == {None}, "nothing was measured"
    size = next(info.size_bytes for info in list_models(tmp_path) if info.key == "blip-image-captioning-base")
    speed.record(tmp_path, speed.Figure("some digest", "cpu", "fp32", 4.0, size))
    found = rates()
    assert found["blip-image-captioning-base"] == pytest.approx(4.0)
    assert 0 < (found["blip-image-captioning-large"] or 0) < 4
    assert found["blip-vqa-base"] is None, "it does not caption"
    assert found["demo-captioner"] is None, "it does not look at photos"
