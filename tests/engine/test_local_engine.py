"""The engine's jobs with real, tiny checkpoints: which models are held, and what each job gives."""

import gc
import math
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_blip import NEVER, SIZE, pictures
from tiny_models import make

from blipdesk.domain.choices import CHOICES
from blipdesk.domain.errors import ModelError, UsageError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings, PixelImage, Turn
from blipdesk.domain.values import MatchScore
from blipdesk.engine import LocalEngine, loading, precision
from blipdesk.engine.registry import ANSWER, CAPTION, RETRIEVAL
from blipdesk.engine.vision_model import Encoded

Checkpoints = Callable[[str], EngineSettings]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Checkpoints:
    """``named(kind)``: settings of a tiny checkpoint of this kind."""
    made: dict[str, EngineSettings] = {}

    def get(kind: str) -> EngineSettings:
        if kind not in made:
            made[kind] = EngineSettings(model=str(make(kind, tmp_path_factory.mktemp("tiny") / kind)))
        return made[kind]

    return get


def score_all(engine: LocalEngine, images: Sequence[PixelImage], texts: Sequence[str]) -> list[MatchScore]:
    """The scores, none missing."""
    scores = [score for score in engine.score(images, texts, NEVER) if score is not None]
    assert len(scores) == len(texts)
    return scores


@pytest.fixture
def engine() -> Iterator[LocalEngine]:
    engine = LocalEngine()
    yield engine
    engine.close()


def test_a_checkpoint_of_two_tasks_is_held_once(engine: LocalEngine, named: Checkpoints) -> None:
    settings = named("blip2-opt")
    assert engine.load(settings).model_key.endswith("/caption")
    assert engine.answer_info(settings).model_key.endswith("/answer")
    held = engine._models
    assert held.get(CAPTION) is held.get(ANSWER)
    detour = f"{Path(settings.model).parent}/../{Path(settings.model).parent.name}/blip2-opt"
    engine.answer_info(EngineSettings(model=detour))
    assert held.get(ANSWER).info(ANSWER).title and engine.caption(pictures(1), CaptionOptions(), NEVER)
    engine.answer_info(EngineSettings(model=settings.model, batch_size=3))
    assert held.get(CAPTION) is not held.get(ANSWER), "other settings, another copy"


def test_the_old_model_is_gone_before_the_new_one_comes(
    engine: LocalEngine, named: Checkpoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.load(named("blip-caption"))
    engine.caption(pictures(1), CaptionOptions(), NEVER)
    old = weakref.ref(engine._models.get(CAPTION).loaded.model)
    seen: list[object] = []
    real = loading.load_checkpoint

    def watched(*arguments: object, **named_arguments: object) -> object:
        gc.collect()
        seen.append(old())
        return real(*arguments, **named_arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(loading, "load_checkpoint", watched)
    engine.load(named("blip2-opt"))
    assert seen == [None]
    engine.close()
    assert engine._models.find(CAPTION) is None


def test_a_failed_load_of_another_name_keeps_the_model(engine: LocalEngine, named: Checkpoints) -> None:
    engine.load(named("blip-caption"))
    with pytest.raises(ModelError):
        engine.load(EngineSettings(model="no-such-model"))
    assert engine.caption(pictures(1), CaptionOptions(), NEVER)[0]


def test_captions_are_scored_while_a_retriever_is_loaded(engine: LocalEngine, named: Checkpoints) -> None:
    images = pictures(3)
    options = CaptionOptions(candidates=3, max_new_tokens=8)
    engine.load(named("blip-caption"))
    plain = engine.caption(images, options, NEVER)
    engine.retrieval_info(named("blip-retrieval"))
    scored = engine.caption(images, options, NEVER)
    for before, after in zip(plain, scored, strict=True):
        assert {one.text for one in before.candidates} == {one.text for one in after.candidates}
        odds = [math.log(one.match.itm) + (one.score or 0) for one in after.candidates if one.match]
        assert len(odds) == len(after.candidates)
        assert odds == sorted(odds, reverse=True)
        assert after.text == after.candidates[0].text
        texts = [one.text for one in after.candidates]
        again = score_all(engine, [images[scored.index(after)]] * len(texts), texts)
        for one, match in zip(after.candidates, again, strict=True):
            assert one.match and math.isclose(one.match.margin, match.margin, abs_tol=1e-4)
            assert 0 <= match.itm <= 1 and -1 <= match.itc <= 1
    engine.drop_retrieval()
    assert engine.caption(images, options, NEVER) == plain


@pytest.mark.parametrize("kind", ["blip-retrieval", "blip2-retrieval"])
def test_explanation_and_embeddings(engine: LocalEngine, named: Checkpoints, kind: str) -> None:
    engine.retrieval_info(named(kind))
    image, other = pictures(2)
    text = "a red dog, on the house"
    explanation = engine.explain(image, text, NEVER)
    assert [text[word.start : word.end] for word in explanation.words] == [
        "a",
        "red",
        "dog",
        "on",
        "the",
        "house",
    ]
    for word in explanation.words:
        heat = word.heat
        assert len(heat.values) == heat.width * heat.height
        assert all(0 <= value <= 1 for value in heat.values)
    (score,) = score_all(engine, [image], [text])
    assert math.isclose(explanation.match.margin, score.margin, abs_tol=1e-4)
    photos = engine.embed_images([image, other], NEVER)
    (words,) = engine.embed_texts([text])
    for row in (*photos, words):
        assert math.isclose(math.fsum(value * value for value in row), 1, abs_tol=1e-5)
    if kind == "blip-retrieval":  # BLIP-2's score takes the best of its queries
        cosine = math.fsum(a * b for a, b in zip(photos[0], words, strict=True))
        assert math.isclose(cosine, score.itc, abs_tol=1e-5)
    assert engine.embed_texts([]) == [] and engine.embed_images([], NEVER) == []


@pytest.mark.parametrize("kind", ["blip-answer", "blip2-opt", "blip2-t5"])
def test_closed_questions(engine: LocalEngine, named: Checkpoints, kind: str) -> None:
    engine.answer_info(named(kind))
    image = pictures(1)[0]
    for choices in (*CHOICES.values(), ["a red dog", "cat", "\udc80 bird"]):
        result = engine.choose(image, "what is this?", choices, NEVER)
        assert sorted(choice.text for choice in result.choices) == sorted(choices)
        odds = [choice.probability for choice in result.choices]
        assert odds == sorted(odds, reverse=True) and math.isclose(math.fsum(odds), 1)
    backwards = engine.choose(image, "what is this?", ["cat", "\udc80 bird", "a red dog"], NEVER)
    for one in backwards.choices:
        (same,) = (choice for choice in result.choices if choice.text == one.text)
        assert math.isclose(same.probability, one.probability, rel_tol=1e-3)
    with pytest.raises(UsageError):
        engine.choose(image, "what?", ["yes"], NEVER)


def test_a_count_may_be_a_word_or_a_digit(engine: LocalEngine, named: Checkpoints) -> None:
    """Models learnt one or the other; both are the same answer."""
    engine.answer_info(named("blip2-opt"))
    image = pictures(1)[0]

    def ask(*choices: str) -> dict[str, float]:
        found = engine.choose(image, "how many?", choices, NEVER).choices
        return {choice.text: choice.probability for choice in found}

    apart, together = ask("2", "two", "3", "three"), ask("2", "3")
    two, three = apart["2"] + apart["two"], apart["3"] + apart["three"]
    assert together["2"] / together["3"] == pytest.approx(two / three, rel=1e-3)


@pytest.mark.parametrize("kind", ["blip-answer", "blip2-opt", "blip2-t5"])
def test_chat(engine: LocalEngine, named: Checkpoints, kind: str) -> None:
    engine.answer_info(named(kind))
    image = pictures(1)[0]
    heard: list[str] = []
    turns = [Turn("what is this?", "a dog"), Turn("what colour?", "red \udc80")]
    result = engine.answer(image, "is it a cat?", heard.append, NEVER, turns)
    assert not result.stopped
    assert heard == [] or heard[-1] == result.text
    assert result.turns_left_out == (2 if kind == "blip-answer" else 0)
    many = engine.answer(image, "is it a cat?", lambda _: None, NEVER, turns * 40)
    assert many.turns_left_out == 80 if kind == "blip-answer" else 40 < many.turns_left_out < 80


@pytest.mark.parametrize("kind", ["blip-caption", "blip2-opt", "blip2-t5"])
def test_the_prompt_is_not_in_the_stored_text(engine: LocalEngine, named: Checkpoints, kind: str) -> None:
    engine.load(named(kind))
    prompt = "the red house on the tree"
    for candidates in (1, 2):
        options = CaptionOptions(prompt=prompt, candidates=candidates, max_new_tokens=10)
        for result in engine.caption(pictures(3), options, NEVER):
            for candidate in result.candidates:
                assert not candidate.raw_text.lower().startswith(prompt)


def test_pictures_of_another_size_are_resized(engine: LocalEngine, named: Checkpoints) -> None:
    engine.load(named("blip-caption"))
    engine.answer_info(named("blip-answer"))
    engine.retrieval_info(named("blip-retrieval"))
    small = pictures(1, SIZE * 2)[0]
    assert engine.caption([small], CaptionOptions(max_new_tokens=6), NEVER)[0].raw_text
    assert engine.answer(small, "what is this?", lambda _: None, NEVER).model_key
    assert engine.score([small], ["a dog"], NEVER)
    broken = PixelImage(SIZE, SIZE, b"short")
    for call in (
        lambda: engine.answer(broken, "what is this?", lambda _: None, NEVER),
        lambda: engine.explain(broken, "a dog", NEVER),
        lambda: engine.embed_images([broken], NEVER),
    ):
        with pytest.raises(ModelError):
            call()


def test_a_photo_that_cannot_be_scored_costs_itself_only(engine: LocalEngine, named: Checkpoints) -> None:
    engine.retrieval_info(named("blip-retrieval"))
    one, other = pictures(2)
    broken = PixelImage(SIZE, SIZE, b"short")
    scores = engine.score([one, broken, other], ["a dog", "a dog", "a cat"], NEVER)
    assert [score is None for score in scores] == [False, True, False]


@pytest.mark.parametrize("kind", ["blip-answer", "blip2-opt"])
def test_asking_again_needs_no_second_look(
    engine: LocalEngine, named: Checkpoints, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for another question, nor where the photo was captioned with the same checkpoint."""
    engine.answer_info(named(kind))
    image = pictures(1)[0]
    if kind == "blip2-opt":
        engine.load(named(kind))
        engine.caption([image], CaptionOptions(max_new_tokens=4), NEVER)
    expected = engine.answer(image, "what is this?", lambda _: None, NEVER).text
    model = engine._models.get(ANSWER).loaded.model

    def refuse(images: object) -> None:
        raise AssertionError("it looked again")

    monkeypatch.setattr(model, "encode", refuse)
    assert engine.answer(image, "what is this?", lambda _: None, NEVER).text == expected
    assert engine.choose(image, "is it a dog?", ["yes", "no"], NEVER)
    engine.close()
    assert engine._models._cache.nbytes == 0


class Memory:
    """Lets a loaded model find no memory for more than ``room`` photos at once in fp32."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        patch.setattr(precision, "usable", lambda device: ["fp32", "bf16"])

    def limit(self, engine: LocalEngine, task: str, room: int) -> None:
        model = engine._models.get(task).loaded.model
        look = type(model).encode

        def encode(images: Sequence[PixelImage]) -> Encoded:
            if len(images) > room:
                raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
            return look(model, images)  # type: ignore[arg-type]

        self._patch.setattr(model, "encode", encode)


def test_no_memory_for_one_photo_moves_the_model_and_the_job_goes_on(
    engine: LocalEngine, named: Checkpoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory(monkeypatch)
    images = pictures(3)
    engine.answer_info(replace(named("blip-answer"), device="cpu", precision="fp32"))
    memory.limit(engine, ANSWER, 0)
    assert engine.choose(images[0], "is it a dog?", ["yes", "no"], NEVER)
    assert engine._models.get(ANSWER).loaded.precision == "bf16"
    engine.retrieval_info(replace(named("blip-retrieval"), device="cpu", precision="fp32"))
    memory.limit(engine, RETRIEVAL, 0)
    assert len(engine.score(images, ["a dog", "a cat", "a car"], NEVER)) == 3
    assert engine._models.get(RETRIEVAL).loaded.precision == "bf16"


def test_no_memory_for_a_batch_halves_it(
    engine: LocalEngine, named: Checkpoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.retrieval_info(replace(named("blip-retrieval"), device="cpu", precision="fp32"))
    images = pictures(3)
    expected = engine.embed_images(images, NEVER)
    engine._models.get(RETRIEVAL).views.forget()
    Memory(monkeypatch).limit(engine, RETRIEVAL, 1)
    for row, same in zip(engine.embed_images(images, NEVER), expected, strict=True):
        assert row == pytest.approx(same, abs=1e-5)
    assert engine._models.get(RETRIEVAL).loaded.precision == "fp32"


def test_where_no_place_is_left_captions_go_on_unscored(
    engine: LocalEngine, named: Checkpoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory(monkeypatch)
    engine.load(named("blip-caption"))
    engine.retrieval_info(replace(named("blip-retrieval"), device="cpu", precision="fp32"))
    memory.limit(engine, RETRIEVAL, 0)

    def fail(*arguments: object) -> None:
        raise ModelError("There is no room.")

    monkeypatch.setattr("blipdesk.engine.loading.load_at", fail)
    options = CaptionOptions(max_new_tokens=6)
    results = engine.caption(pictures(2), options, NEVER)
    engine.drop_retrieval()
    assert results == engine.caption(pictures(2), options, NEVER)


def test_nothing_loaded_is_said(engine: LocalEngine) -> None:
    for call in (
        lambda: engine.caption(pictures(1), CaptionOptions(), NEVER),
        lambda: engine.choose(pictures(1)[0], "is it?", ["yes", "no"], NEVER),
        lambda: engine.embed_texts(["a dog"]),
    ):
        with pytest.raises(ModelError, match="loaded"):
            call()
    assert engine._models.find(RETRIEVAL) is None
