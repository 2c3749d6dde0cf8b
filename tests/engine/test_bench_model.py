"""What ``blipdesk bench`` measures: both sides write as many words, and none is taken for degenerate."""

import random
from pathlib import Path

import pytest
from PIL import Image
from tiny_blip import NEVER

from blipdesk.domain.jobs import CaptionOptions, EngineSettings, PixelImage
from blipdesk.engine import LocalEngine, bench, bench_models

SHRINK = {"blip-base": 12, "blip2-opt-2.7b": 16}


@pytest.fixture(scope="module", params=bench_models.SIZES)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "model"
    bench_models.make_checkpoint(folder, request.param, SHRINK[request.param])
    return folder


def test_the_loop_and_the_engine_make_the_same_twenty_words(model: Path, tmp_path: Path) -> None:
    engine = LocalEngine()
    edge = engine.load(EngineSettings(str(model), "cpu", "fp32")).image_size
    source = random.Random(0)
    images = [PixelImage(edge, edge, source.randbytes(edge * edge * 3)) for _ in range(3)]
    paths = []
    for number, image in enumerate(images):
        paths.append(str(tmp_path / f"{number}.png"))
        Image.frombytes("RGB", (edge, edge), image.rgb).save(paths[-1])
    measured = bench.TutorialLoop(model).run(paths)
    assert measured["tokens"] == [bench.NEW_TOKENS] * 3
    assert set(measured["stages"]) == {"read", "decode", "preprocess", "vision", "text"}
    assert sum(measured["stages"].values()) <= measured["seconds"]
    assert min(measured["stages"].values()) > 0

    results = engine.caption(images, CaptionOptions(max_new_tokens=bench.NEW_TOKENS), NEVER)
    engine.close()
    assert [result.problem for result in results] == [None] * 3
    words = [result.raw_text.split() for result in results]
    assert all(len(said) == bench.NEW_TOKENS and len(set(said)) > bench.NEW_TOKENS / 2 for said in words)


def test_a_question_about_a_photo_that_was_seen_is_timed_apart() -> None:
    found = bench.measure_questions(EngineSettings("demo-blip2", "cpu", "fp32"), None, 2)
    assert found["title"] == "Demo BLIP-2" and found["precision"] == "fp32"
    assert min(found["first"], found["again"], found["kept"]) > 0


def test_the_stages_of_the_engine_are_measured_with_the_peak(model: Path) -> None:
    found = bench.measure_stages(EngineSettings(str(model), "cpu", "fp32", batch_size=2), rounds=1)
    assert (found["device"], found["precision"], found["batch_size"]) == ("cpu", "fp32", 2)
    assert min(found["vision"], found["text"], found["peak"], found["needed_flop"]) > 0
