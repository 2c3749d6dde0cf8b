"""What every family's port keeps: one suite over tiny checkpoints of all of them."""

import functools
import importlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest
import torch
from PIL import Image
from plain_models import Plain
from tiny_blip import NEVER, SIZE, pictures
from tiny_models import KINDS

from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import PixelImage, Turn
from blipdesk.domain.resources import find_resources
from blipdesk.engine import registry
from blipdesk.engine.checkpoints import open_checkpoint
from blipdesk.engine.vision_model import (
    AnswerModel,
    CaptionModel,
    Encoded,
    GeneratedAnswer,
    Generation,
    RetrievalModel,
    VisionModel,
    answerer,
    captioner,
    retriever,
)

QUESTION = "what colour is this"
ODD = ["", " ", "\ud800 dog", "\0", "🐕\u200d🦺 красный 犬", "<image> </s> [SEP]", "a dog " * 700]
ODD_NAMES = ["empty", "space", "surrogate", "nul", "scripts", "marks", "long"]


def kinds(task: str) -> list[str]:
    return [kind for kind, (_, tasks) in KINDS.items() if task in tasks]


def load(folder: Path) -> VisionModel:
    checkpoint = open_checkpoint(str(folder), None)
    family: Any = importlib.import_module(f"blipdesk.engine.{checkpoint.family.module}")
    return cast("VisionModel", family.load_model(checkpoint, "cpu", "fp32"))


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Iterator[None]:
    """More cost these small products time."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def model(tiny: Callable[[str], Path]) -> Callable[[str], VisionModel]:
    """``model(kind)``: loaded once a run."""
    return functools.cache(lambda kind: load(tiny(kind)))


@pytest.fixture(scope="session")
def plain(tiny: Callable[[str], Path]) -> Callable[[str], Plain]:
    """``plain(kind)``: the same checkpoint in transformers' hands."""
    return functools.cache(lambda kind: Plain(tiny(kind), kind))


@pytest.fixture
def captions(request: pytest.FixtureRequest, model: Callable[[str], VisionModel]) -> CaptionModel:
    return captioner(model(request.param))


@pytest.fixture
def answers(request: pytest.FixtureRequest, model: Callable[[str], VisionModel]) -> AnswerModel:
    return answerer(model(request.param))


@pytest.fixture
def matches(request: pytest.FixtureRequest, model: Callable[[str], VisionModel]) -> RetrievalModel:
    return retriever(model(request.param))


every_kind = pytest.mark.parametrize("kind", KINDS)
every_captioner = pytest.mark.parametrize("captions", kinds(registry.CAPTION), indirect=True)
every_answerer = pytest.mark.parametrize("answers", kinds(registry.ANSWER), indirect=True)
every_retriever = pytest.mark.parametrize("matches", kinds(registry.RETRIEVAL), indirect=True)


class CountingToken:
    """Set when it is asked for the n-th time."""

    def __init__(self, limit: int) -> None:
        self.asked = 0
        self._limit = limit

    def is_set(self) -> bool:
        self.asked += 1
        return self.asked >= self._limit


def texts(model: CaptionModel, encoded: Encoded, generation: Generation) -> list[list[str]]:
    return [[found.text for found in each] for each in model.caption(encoded, generation, NEVER)]


# ---------------------------------------------------------------------------------------------- all of them


@every_kind
def test_the_family_and_its_tasks_are_read_from_the_folder(
    tiny: Callable[[str], Path], model: Callable[[str], VisionModel], kind: str
) -> None:
    module, tasks = KINDS[kind]
    checkpoint = open_checkpoint(str(tiny(kind)), None)
    assert (checkpoint.family.module, checkpoint.tasks) == (module, tasks)
    loaded = model(kind)
    assert loaded.tasks == tasks and loaded.image_size == SIZE and loaded.activation_bytes > 0
    ports = {registry.CAPTION: captioner, registry.ANSWER: answerer, registry.RETRIEVAL: retriever}
    for task, port in ports.items():
        if task in tasks:
            assert port(loaded) is loaded
        else:
            with pytest.raises(ModelError, match="cannot"):
                port(loaded)


@every_kind
def test_pictures_are_seen_alike_alone_and_together(model: Callable[[str], VisionModel], kind: str) -> None:
    loaded, images = model(kind), pictures(3, seed=2)
    together = loaded.encode(images)
    assert len(together) == 3 and len(set(together.digests)) == len(set(together.seeds)) == 3
    for index, image in enumerate(images):
        alone, part = loaded.encode([image]), together.select(index)
        torch.testing.assert_close(part.states, alone.states, atol=1e-4, rtol=1e-4)
        assert part.digests == alone.digests and part.nbytes * 3 == together.nbytes
    joined = Encoded.join([together.select(2), together.select(0)])
    assert joined.digests == (together.digests[2], together.digests[0])
    assert torch.equal(joined.states, together.states[[2, 0]])


@every_kind
@pytest.mark.parametrize(
    "picture",
    [PixelImage(SIZE + 1, SIZE + 1, bytes((SIZE + 1) ** 2 * 3)), PixelImage(SIZE, SIZE, b"short")],
    ids=["larger", "short"],
)
def test_pictures_of_another_size_are_refused(
    model: Callable[[str], VisionModel], kind: str, picture: PixelImage
) -> None:
    with pytest.raises(ModelError, match=f"{SIZE} x {SIZE}"):
        model(kind).encode([*pictures(1), picture])


@every_kind
@pytest.mark.parametrize("damage", ["cut", "without", "tokenizer"])
def test_damaged_checkpoints_are_refused(
    tiny: Callable[[str], Path], copy_of: Callable[[Path], Path], kind: str, damage: str
) -> None:
    from safetensors.torch import load_file, save_file

    folder = copy_of(tiny(kind))
    weights = folder / "model.safetensors"
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:-9])
    elif damage == "without":
        held = load_file(weights)
        gone = next(name for name in held if name.startswith("vision_model.encoder.layers.1"))
        save_file({name: value for name, value in held.items() if name != gone}, weights, {"format": "pt"})
    else:
        (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError):
        load(folder)


# ------------------------------------------------------------------------------------------------- captions


@pytest.mark.parametrize("kind", kinds(registry.CAPTION))
@pytest.mark.parametrize(("beams", "prompt"), [(1, ""), (3, ""), (1, "a red"), (3, "a red")])
def test_captions_equal_transformers(
    model: Callable[[str], VisionModel], plain: Callable[[str], Plain], kind: str, beams: int, prompt: str
) -> None:
    """Word for word; and what they begin with is not in them."""
    if kind.startswith("instructblip") and not prompt:
        pytest.skip("InstructBLIP is always told what to do")
    loaded, images = captioner(model(kind)), pictures(3, seed=5)
    generation = Generation(prompt=prompt, num_beams=beams, max_new_tokens=8)
    found = [each[0] for each in texts(loaded, loaded.encode(images), generation)]
    assert found == plain(kind).captions(images, prompt, num_beams=beams, max_new_tokens=8)
    assert any(found)


def test_the_demo_blip2_equals_transformers() -> None:
    folder = find_resources() / "models" / "demo-blip2"
    if not folder.is_dir():
        pytest.skip("the demo models are not here")
    loaded, plain = load(folder), Plain(folder, "blip2-opt")
    size = loaded.image_size
    images = []
    for sample in sorted((find_resources() / "samples").rglob("*.jpg")):
        picture = Image.open(sample).convert("RGB").resize((size, size))
        images.append(PixelImage(size, size, picture.tobytes()))
    for beams, prompt, count in ((1, "", 12), (1, "a picture of", 5), (3, "", 2)):
        generation = Generation(prompt=prompt, num_beams=beams, max_new_tokens=20)
        found = texts(captioner(loaded), loaded.encode(images[:count]), generation)
        expected = plain.captions(images[:count], prompt, num_beams=beams, max_new_tokens=20)
        assert [each[0] for each in found] == expected and len(set(expected)) == count
    said = answerer(loaded).answer(loaded.encode(images[:1]), QUESTION, (), lambda _: None, NEVER)
    assert said.text == plain.answer(images[0], QUESTION, 50)


@every_captioner
@pytest.mark.parametrize("sampling", [False, True])
def test_captions_depend_on_the_picture_alone(captions: CaptionModel, sampling: bool) -> None:
    """Not on the batch, the order, or what was drawn before."""
    images = pictures(4, seed=11)
    generation = Generation(prompt="a", max_new_tokens=6, sampling=sampling, temperature=1.3)
    together = texts(captions, captions.encode(images), generation)
    alone = [texts(captions, captions.encode([image]), generation)[0] for image in images]
    backwards = texts(captions, captions.encode(images[::-1]), generation)[::-1]
    assert together == alone == backwards
    assert len({each[0] for each in together}) > 1


@every_captioner
def test_candidates_by_beams_are_different_and_ordered(captions: CaptionModel) -> None:
    generation = Generation(prompt="a", candidates=3, num_beams=3, max_new_tokens=8)
    for found in captions.caption(captions.encode(pictures(2, seed=3)), generation, NEVER):
        scores = [text.score for text in found if text.score is not None]
        assert len(found) == len(scores) == 3
        assert scores == sorted(scores, reverse=True) and all(map(math.isfinite, scores))
        assert len({text.text for text in found}) >= 2


@every_captioner
@pytest.mark.parametrize("penalty", [-1.0, 2.0])
def test_a_length_penalty_steers_the_search_and_not_the_score(captions: CaptionModel, penalty: float) -> None:
    """A score is the mean log-probability of a token, whatever the beams were weighed by."""
    encoded = captions.encode(pictures(1, seed=3))
    plain = Generation(prompt="a", candidates=4, num_beams=4, max_new_tokens=6, min_new_tokens=6)
    (found,) = captions.caption(encoded, plain, NEVER)
    (again,) = captions.caption(encoded, replace(plain, length_penalty=penalty), NEVER)
    scores = {text.text: text.score for text in found}
    same = [text for text in again if text.text in scores]
    assert same
    assert [text.score for text in same] == pytest.approx([scores[text.text] for text in same], abs=1e-4)


@every_captioner
def test_drawn_candidates_are_ordered_and_the_same_again(captions: CaptionModel) -> None:
    encoded = captions.encode(pictures(2, seed=3))
    hot = Generation(prompt="a", candidates=4, sampling=True, top_p=1.0, temperature=3.0, max_new_tokens=6)
    first, again = (captions.caption(encoded, hot, NEVER) for _ in range(2))
    assert first == again
    assert any(len({text.text for text in found}) > 1 for found in first)
    for found in first:
        scores = [text.score or 0.0 for text in found]
        assert len(found) == 4 and scores == sorted(scores, reverse=True)
    cold = Generation(prompt="a", candidates=2, sampling=True, top_p=1e-9, max_new_tokens=6)
    greedy = Generation(prompt="a", max_new_tokens=6)
    likeliest = texts(captions, encoded, greedy)
    assert texts(captions, encoded, cold) == [each * 2 for each in likeliest]


@every_captioner
def test_lengths_are_kept(captions: CaptionModel) -> None:
    encoded = captions.encode(pictures(3, seed=8))
    short, long = (texts(captions, encoded, Generation(prompt="a", max_new_tokens=count)) for count in (2, 9))
    for (brief,), (whole,) in zip(short, long, strict=True):
        assert whole.startswith(brief.rstrip("\ufffd"))
    at_least = Generation(prompt="a", max_new_tokens=9, min_new_tokens=9)
    for (text,), (free,) in zip(texts(captions, encoded, at_least), long, strict=True):
        assert len(text) >= len(free) or text != free


@every_captioner
def test_a_cancel_ends_captions_at_the_next_token(captions: CaptionModel) -> None:
    encoded, token = captions.encode(pictures(2)), CountingToken(3)
    with pytest.raises(Cancelled):
        captions.caption(encoded, Generation(max_new_tokens=12), token)
    assert token.asked == 3


@every_captioner
@pytest.mark.parametrize("prompt", ODD, ids=ODD_NAMES)
def test_any_prompt_gives_a_caption(captions: CaptionModel, prompt: str) -> None:
    ((found,),) = texts(captions, captions.encode(pictures(1)), Generation(prompt=prompt, max_new_tokens=4))
    assert isinstance(found, str) and len(found) < 200


# -------------------------------------------------------------------------------------------------- answers


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
@pytest.mark.parametrize("question", ODD, ids=ODD_NAMES)
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


# ------------------------------------------------------------------------------------------------- matching


@pytest.mark.parametrize("kind", kinds(registry.RETRIEVAL))
def test_matches_equal_transformers(
    model: Callable[[str], VisionModel], plain: Callable[[str], Plain], kind: str
) -> None:
    """Several texts of a picture, read in one sequence, score as each does alone."""
    loaded, images = retriever(model(kind)), pictures(3, seed=4)
    asked = [["a red dog", "two", "a blue dog on the house"], [], ["the boat in the house of a red cat"]]
    found = loaded.match(loaded.encode(images), asked, NEVER)
    assert [len(each) for each in found] == [3, 0, 1]
    for image, of_picture, scores in zip(images, asked, found, strict=True):
        for text, score in zip(of_picture, scores, strict=True):
            assert (score.logit, score.itc) == pytest.approx(plain(kind).match(image, text), abs=1e-4)


@every_retriever
def test_matches_do_not_depend_on_what_is_asked_beside(matches: RetrievalModel) -> None:
    encoded = matches.encode(pictures(2, seed=4))
    asked = ["a red dog", "two", "a dog " * 30, "a red dog", "yes"]
    together = matches.match(encoded, [asked, asked], NEVER)
    backwards = matches.match(encoded, [asked[::-1], []], NEVER)[0][::-1]
    many = matches.match(encoded, [asked * 60, []], NEVER)[0]
    for index, text in enumerate(asked):
        (alone,) = matches.match(encoded.select(0), [[text]], NEVER)[0]
        for other in (together[0][index], backwards[index], *many[index::5]):
            assert (other.logit, other.itc) == pytest.approx((alone.logit, alone.itc), abs=1e-4)
    assert together[0][0].logit != pytest.approx(together[1][0].logit, abs=1e-4)
    with pytest.raises(Cancelled):
        matches.match(encoded, [asked, asked], CountingToken(1))


@every_retriever
def test_embeddings_are_of_length_one_and_each_by_itself(matches: RetrievalModel) -> None:
    images, asked = pictures(3, seed=6), ["a red dog", "two", "a boat on the house of this cat"]
    pictured, written = matches.image_features(matches.encode(images)), matches.text_features(asked * 50)
    assert pictured.shape == (3, written.shape[1]) and written.shape[0] == 150
    for features in (pictured, written):
        assert features.dtype is torch.float32
        torch.testing.assert_close(features.norm(dim=1), torch.ones(len(features)))
    for index in range(3):
        alone = matches.image_features(matches.encode([images[index]]))[0]
        torch.testing.assert_close(alone, pictured[index], atol=1e-4, rtol=1e-4)
        torch.testing.assert_close(matches.text_features([asked[index]])[0], written[index + 3])


@every_retriever
def test_every_word_has_its_heat(matches: RetrievalModel) -> None:
    encoded = matches.encode(pictures(2, seed=6))
    text = "a red dog, Zürich's blue-green house!"
    before = matches.match(encoded.select(0), [[text]], NEVER)
    found = matches.explain(encoded.select(0), text)
    words = ["a", "red", "dog", "Zürich's", "blue-green", "house"]
    assert [text[word.start : word.end] for word in found] == words
    for word in found:
        heat = word.heat
        assert (heat.width, heat.height, len(heat.values)) == (SIZE // 8, SIZE // 8, (SIZE // 8) ** 2)
        assert min(heat.values) >= 0 and max(heat.values) == pytest.approx(1)
    other = matches.explain(encoded.select(1), text)
    assert any(one.heat != two.heat for one, two in zip(found, other, strict=True))
    assert matches.match(encoded.select(0), [[text]], NEVER) == before, "the model stays as it was"


@every_retriever
@pytest.mark.parametrize("text", ODD, ids=ODD_NAMES)
def test_any_text_is_scored(matches: RetrievalModel, text: str) -> None:
    encoded = matches.encode(pictures(1))
    ((score,),) = matches.match(encoded, [[text]], NEVER)
    assert math.isfinite(score.logit) and -1.001 <= score.itc <= 1.001
    for word in matches.explain(encoded, text):
        assert text[word.start : word.end].strip()
        assert all(map(math.isfinite, word.heat.values))
