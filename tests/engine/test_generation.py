"""Our loops give the tokens of transformers' ``generate``; drawn words keep to nucleus and photo."""

import itertools
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import torch
from small_blip import END, Pair, small_config, tokens
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils._python_dispatch import TorchDispatchMode
from transformers import TemperatureLogitsWarper, TopPLogitsWarper

from blipdesk.engine.generation import Task, Written, draw, nucleus, write
from blipdesk.engine.vision_model import Generation


@pytest.fixture(scope="module")
def pair() -> Pair:
    return Pair(small_config(), end_bias=4.0)


GREEDY = [
    Generation(max_new_tokens=14),
    Generation(max_new_tokens=1),
    Generation(max_new_tokens=14, min_new_tokens=6),
    Generation(max_new_tokens=14, repetition_penalty=1.4),
    Generation(max_new_tokens=14, repetition_penalty=1.5, no_repeat_ngram=2, min_new_tokens=14),
]
BEAMS = [
    Generation(max_new_tokens=length, num_beams=beams, candidates=candidates, length_penalty=penalty)
    for (beams, candidates), length, penalty in itertools.product(
        [(2, 1), (3, 3), (5, 2), (8, 8)], [1, 12], [-1.0, 0.0, 1.0, 2.0]
    )
] + [
    Generation(max_new_tokens=12, num_beams=3, min_new_tokens=5),
    Generation(max_new_tokens=12, num_beams=4, candidates=4, repetition_penalty=1.5, no_repeat_ngram=3),
    Generation(max_new_tokens=12, num_beams=3, candidates=2, repetition_penalty=1.2, min_new_tokens=4),
]


@pytest.mark.parametrize("prompt", [[], [17, 90, 31]], ids=["", "prompt"])
@pytest.mark.parametrize("count", [1, 5, 16])
def test_greedy_tokens_equal(pair: Pair, count: int, prompt: list[int]) -> None:
    pixels = pair.pixels(count, seed=count)
    for generation in GREEDY:
        assert tokens(pair.ours(pixels, prompt, generation)) == pair.theirs(pixels, prompt, generation), (
            generation
        )


def _name(generation: Generation) -> str:
    return f"{generation.num_beams}x{generation.max_new_tokens}^{generation.length_penalty}"


@pytest.mark.parametrize("generation", BEAMS, ids=_name)
def test_beams_equal(pair: Pair, generation: Generation) -> None:
    for count, prompt in ((1, []), (7, []), (4, [17, 90, 31])):
        pixels = pair.pixels(count, seed=count)
        assert tokens(pair.ours(pixels, prompt, generation)) == pair.theirs(pixels, prompt, generation)


def test_texts_end_at_different_lengths(pair: Pair) -> None:
    """Else the tests above would not see rows and photos leave the batch."""
    for generation in (GREEDY[0], BEAMS[6], BEAMS[14]):
        lengths = {len(text[0].ids) for text in pair.ours(pair.pixels(16), [], generation)}
        assert len(lengths) > 3, (generation, lengths)


SAMPLING = Generation(max_new_tokens=12, sampling=True, candidates=3, top_p=0.9, temperature=0.8)


class Constant:
    """A decoder that has the same to say at every step, whatever it was fed."""

    def __init__(self, logits: list[float]) -> None:
        self._logits = torch.tensor(logits)
        self.rows: list[int] = []

    def feed(self, ids: torch.Tensor) -> torch.Tensor:
        self.rows.append(len(ids))
        return self._logits.repeat(len(ids), 1)

    def select(self, rows: torch.Tensor) -> None:
        pass


@pytest.mark.parametrize(
    ("temperature", "top_p"), [(1.0, 0.9), (0.6, 0.5), (1.7, 0.99), (1.0, 1.0), (0.5, 0.0)]
)
def test_the_nucleus_is_that_of_transformers_warpers(temperature: float, top_p: float) -> None:
    scores = torch.randn(6, 200, generator=torch.Generator().manual_seed(2)) * 3
    expected = scores
    if temperature != 1.0:
        expected = TemperatureLogitsWarper(temperature)(None, expected)
    if top_p < 1.0:
        expected = TopPLogitsWarper(top_p)(None, expected)
    torch.testing.assert_close(nucleus(scores, temperature, top_p), expected.softmax(-1), rtol=0, atol=0)


def test_words_are_drawn_as_often_as_they_are_likely() -> None:
    logits = [0.0, 1.0, 2.0, -torch.inf, -1.0, 0.5]
    generation = Generation(max_new_tokens=1, sampling=True, candidates=4000, top_p=0.95)
    task = Task(torch.zeros((1, 1), dtype=torch.long), END, generation, (7,))
    ((*texts,),) = write(Constant(logits), task, lambda _: False)
    drawn = Counter(text.ids[0] for text in texts)
    likely = nucleus(torch.tensor([logits]), 1.0, 0.95)[0]
    assert set(drawn) == set(likely.nonzero()[:, 0].tolist())
    for word, count in drawn.items():
        assert count / 4000 == pytest.approx(float(likely[word]), abs=0.03)


def test_words_are_drawn_on_a_card_without_double_precision() -> None:
    """Apple's: whatever lies there in float64 fails."""

    class Single(TorchDispatchMode):
        def __torch_dispatch__(
            self, function: Any, types: Any, arguments: tuple[Any, ...] = (), named: Any = None
        ) -> Any:
            found = function(*arguments, **(named or {}))
            if isinstance(found, torch.Tensor) and found.device.type == "mps":
                assert found.dtype is not torch.float64, function
            return found

    with FakeTensorMode(), Single():
        scores = torch.zeros(3, 20, device="mps")
        tokens = draw(scores, Generation(sampling=True, top_p=1.0), [0.0, 0.5, 0.9])
    assert (tokens.device.type, tokens.shape) == ("mps", (3,))


def test_drawn_texts_depend_on_the_photo_alone(pair: Pair) -> None:
    pixels = pair.pixels(5)
    with torch.inference_mode():
        states = pair.fast.vision_model(pixel_values=pixels).last_hidden_state

    def written(photos: list[int]) -> list[list[Written]]:
        start = torch.full((len(photos), 1), 290)
        session = pair.decoder.session(states[photos], 13)
        seeds = [1000 + photo for photo in photos]
        with torch.inference_mode():
            return write(session, Task(start, END, SAMPLING, seeds), lambda _: False)

    def drawn(photos: list[int]) -> list[list[list[int]]]:
        return tokens(written(photos))

    together = drawn([0, 1, 2, 3, 4])
    assert drawn([4, 2, 0]) == [together[4], together[2], together[0]]
    assert [drawn([photo])[0] for photo in range(5)] == together
    texts = [tuple(text) for of_photo in together for text in of_photo]
    assert len(set(texts)) > 10
    assert len({len(text) for text in texts}) > 3
    for of_photo in written([0, 1, 2, 3, 4]):
        scores = [text.score for text in of_photo]
        assert scores == sorted(scores, reverse=True), "the best first"


def test_what_is_finished_is_fed_no_more() -> None:
    """Two of three photos end at once; the third goes on by itself."""

    class Ending(Constant):
        def feed(self, ids: torch.Tensor) -> torch.Tensor:
            logits = super().feed(ids)
            if len(self.rows) == 1:
                logits[1:, END] = 9.0
            return logits

    decoder = Ending([0.0, 1.0, 2.0, -1.0])
    task = Task(torch.zeros((3, 1), dtype=torch.long), END, Generation(max_new_tokens=4))
    texts = write(decoder, task, lambda _: False)
    assert tokens(texts) == [[[2, 2, 2, 2]], [[]], [[]]]
    assert decoder.rows == [3, 1, 1, 1]


@pytest.mark.parametrize("penalty", [-1.0, 1.0])
def test_where_all_words_are_ruled_out_nothing_is_made_up(penalty: float) -> None:
    """Three words, none to be said twice: six texts of three, for eight beams; none of six."""
    generation = Generation(
        **{"max_new_tokens": 3, "min_new_tokens": 3, "num_beams": 8, "candidates": 8},
        **{"no_repeat_ngram": 1, "length_penalty": penalty},
    )
    task = Task(torch.full((2, 1), END), END, generation)
    texts = write(Constant([0.0, 1.0, 2.0, 0.0]), task, lambda _: False)
    for of_photo in texts:
        assert sorted(text.ids for text in of_photo) == sorted(itertools.permutations(range(3)))
        assert all(-3 < text.score < 0 for text in of_photo)
    longer = replace(generation, max_new_tokens=6, min_new_tokens=6)
    texts = write(Constant([0.0, 1.0, 2.0, 0.0]), replace(task, generation=longer), lambda _: False)
    assert tokens(texts) == [[[]], [[]]]


@pytest.mark.parametrize("beams", [1, 3])
def test_each_token_is_heard_and_may_be_the_last(pair: Pair, beams: int) -> None:
    heard: list[list[int]] = []

    def listen(new: torch.Tensor) -> bool:
        heard.append(new.tolist())
        return len(heard) == 4

    with torch.inference_mode():
        states = pair.fast.vision_model(pixel_values=pair.pixels(1)).last_hidden_state
        task = Task(
            torch.tensor([[290]]), END, Generation(max_new_tokens=12, num_beams=beams, min_new_tokens=9)
        )
        write(pair.decoder.session(states, 13), task, listen)
    assert [len(new) for new in heard] == [1, 2, 3, 4]
