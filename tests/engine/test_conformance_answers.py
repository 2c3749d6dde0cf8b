"""What every answerer keeps, over tiny checkpoints of all families that answer questions."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
import torch
from conformance import ODD, QUESTION, CountingToken, kinds, load, texts
from plain_models import Plain
from tiny_blip import NEVER, pictures
from tiny_models import KINDS

from blipdesk.domain.errors import Cancelled
from blipdesk.domain.jobs import Turn
from blipdesk.engine import registry
from blipdesk.engine.vision_model import AnswerModel, GeneratedAnswer, Generation, VisionModel, answerer

every_answerer = pytest.mark.parametrize("answers", kinds(registry.ANSWER), indirect=True)


@pytest.fixture
def answers(request: pytest.FixtureRequest, model: Callable[[str], VisionModel]) -> AnswerModel:
    return answerer(model(request.param))


@pytest.mark.parametrize("kind", kinds(registry.ANSWER))
def test_answers_equal_transformers(
    model: Callable[[str], VisionModel], plain: Callable[[str], Plain], kind: str
) -> None:
    loaded, (image,) = answerer(model(kind)), pictures(1, seed=7)
    said = loaded.answer(loaded.encode([image]), QUESTION, (), lambda _: None, NEVER)
    expected = plain(kind).answer(image, QUESTION, {"blip": 20, "blip2": 50}.get(kind.split("-")[0], 100))
    assert said.text == expected.split("Question:")[0].strip() and said.text
    assert not said.stopped and said.turns_left_out == 0


@every_answerer
def test_answers_grow_token_by_token(answers: AnswerModel) -> None:
    heard: list[str] = []
    encoded = answers.encode(pictures(1, seed=7))
    said = answers.answer(encoded, QUESTION, (), heard.append, NEVER)
    assert heard[-1] == said.text and len(heard) > 1
    assert all(later.startswith(earlier) and later != earlier for earlier, later in pairwise(heard[:-1]))
    part = answers.answer(encoded, QUESTION, (), lambda _: None, CountingToken(4))
    assert part.stopped and len(part.text) < len(said.text)
    assert said.text.startswith(part.text.rstrip("\ufffd"))
    before = answers.answer(encoded, QUESTION, (), lambda _: None, CountingToken(1))
    assert before.stopped and before.text == ""


@every_answerer
def test_the_turns_before_are_told_as_far_as_they_fit(answers: AnswerModel) -> None:
    """The oldest are left out, whole; BLIP's own answerer takes none."""
    encoded = answers.encode(pictures(1, seed=7))
    turns = [Turn(f"is this {word} {number}", "yes") for number, word in enumerate(["red", "blue"] * 20)]

    def ask(history: Sequence[Turn]) -> GeneratedAnswer:
        return answers.answer(encoded, QUESTION, history, lambda _: None, CountingToken(8))

    few, many = ask(turns[:1]), ask(turns)
    if registry.CAPTION not in answers.tasks:
        assert (few.turns_left_out, many.turns_left_out) == (1, 40)
        return
    assert few.turns_left_out == 0 and few.text != ask(()).text
    assert 0 < many.turns_left_out < 40
    kept = ask(turns[many.turns_left_out :])
    assert (kept.text, kept.turns_left_out) == (many.text, 0)
    assert ask(turns[many.turns_left_out - 1 :]).turns_left_out == 1


@every_answerer
def test_choices_are_ranked_each_by_itself(answers: AnswerModel) -> None:
    encoded, choices = answers.encode(pictures(1, seed=7)), ["yes", "no", "a red dog", "two", "yes"]
    found = answers.rank(encoded, QUESTION, choices, NEVER)
    assert len(found) == 5 and all(math.isfinite(value) and value < 0 for value in found)
    assert found[0] == pytest.approx(found[4], abs=1e-3)
    assert answers.rank(encoded, QUESTION, choices[::-1], NEVER) == pytest.approx(found[::-1], abs=1e-3)
    alone = [answers.rank(encoded, QUESTION, [choice], NEVER)[0] for choice in choices]
    assert alone == pytest.approx(found, abs=1e-3)
    many = answers.rank(encoded, QUESTION, choices * 8, NEVER)
    assert many == pytest.approx(found * 8, abs=1e-3)
    with pytest.raises(Cancelled):
        answers.rank(encoded, QUESTION, choices, CountingToken(1))


@pytest.mark.parametrize("kind", [kind for kind in kinds(registry.ANSWER) if kind != "blip-answer"])
@pytest.mark.parametrize("question", ["is it a dog " * 400, "красный 🐕‍🦺" * 200], ids=["words", "scripts"])
def test_however_long_a_question_is_an_answer_is_asked_for(
    model: Callable[[str], VisionModel], kind: str, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: Any = model(kind)
    language, read = loaded._language, []
    real = language._before

    def watch(visual: torch.Tensor, prompt: str, room: int) -> torch.Tensor:
        read.append(language._tokenizer.decode(language._ids(prompt)[:room], skip_special_tokens=True))
        return cast("torch.Tensor", real(visual, prompt, room))

    monkeypatch.setattr(language, "_before", watch)
    encoded = loaded.encode(pictures(1))
    loaded.answer(encoded, question, [Turn("what", "a dog")], lambda _: None, CountingToken(2))
    loaded.rank(encoded, question, ["yes", "no"], NEVER)
    assert len(read) == 2
    if kind.startswith("blip2"):  # an InstructBLIP is asked the question as it is
        assert read[0].strip().endswith("Answer:")
    assert read[1].strip().lower().endswith("answer:")


@every_answerer
@pytest.mark.parametrize("question", ODD.values(), ids=ODD)
def test_any_question_is_answered(answers: AnswerModel, question: str) -> None:
    encoded = answers.encode(pictures(1))
    history = [Turn(question, question)] * 2
    said = answers.answer(encoded, question, history, lambda _: None, CountingToken(4))
    assert isinstance(said.text, str)
    ranked = answers.rank(encoded, question, ["yes", question], NEVER)
    assert all(map(math.isfinite, ranked))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith(("blip2-opt", "instruct"))])
def test_a_language_model_in_the_main_memory_says_the_same(
    tiny: Callable[[str], Path], model: Callable[[str], VisionModel], kind: str
) -> None:
    """As accelerate keeps what does not fit onto a card: its weights come when they are needed."""
    from accelerate import cpu_offload

    spread: Any = load(tiny(kind))
    cpu_offload(spread._module.language_model, execution_device=torch.device("cpu"))
    assert spread._module.get_input_embeddings().weight.device.type == "meta"
    generation = Generation(prompt="a", candidates=2, num_beams=2, max_new_tokens=4)
    given = [
        (
            texts(each, each.encode(pictures(2)), generation),
            each.answer(each.encode(pictures(1)), QUESTION, (), lambda _: None, CountingToken(5)).text,
            each.rank(each.encode(pictures(1)), QUESTION, ["yes", "a dog"], NEVER),
        )
        for each in (cast("Any", model(kind)), spread)
    ]
    assert given[0][:2] == given[1][:2]
    assert given[0][2] == pytest.approx(given[1][2], abs=1e-3)
