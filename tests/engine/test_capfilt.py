"""The captioner proposes, the retrieval model chooses; a failure of it never costs a caption."""

import threading
from collections.abc import Sequence

import pytest
import torch
from tiny_blip import NEVER, SIZE, pictures

from blipdesk.domain.errors import Cancelled, Problem, ProblemKind
from blipdesk.domain.jobs import CaptionResult, PixelImage, WordHeat
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.values import Candidate, Sureness
from blipdesk.engine.batching import DeviceLostError
from blipdesk.engine.capfilt import Scorer, filter_captions
from blipdesk.engine.encodings import EncodingCache
from blipdesk.engine.registry import RETRIEVAL
from blipdesk.engine.sureness import MISMATCHES, Bands
from blipdesk.engine.views import Views
from blipdesk.engine.vision_model import Encoded, RawMatch, check_size

BANDS = Bands(sure=2.0, fair=0.0)
DOG, CAT, CAR = "a red dog on the beach", "a blue cat in the snow", "two cars on a street"


class ScriptedRetriever:
    """A retrieval model that is told the texts that fit, and with which logit."""

    tasks = (RETRIEVAL,)
    image_size = SIZE
    activation_bytes = 1

    def __init__(self, logits: dict[str, float], fails_on: PixelImage | None = None, room: int = 99) -> None:
        self._logits = logits
        self._fails_on = fails_on and fails_on.digest
        self._room = room
        self.encoded: list[int] = []
        self.matched: list[list[int]] = []

    def encode(self, images: Sequence[PixelImage]) -> Encoded:
        if len(images) > self._room:
            raise RuntimeError("CUDA out of memory. Tried to allocate 2 GiB")
        check_size(images, SIZE)
        self.encoded.append(len(images))
        return Encoded(torch.zeros(len(images), 1, 1), tuple(image.digest for image in images))

    def match(
        self, encoded: Encoded, texts: Sequence[Sequence[str]], cancel: CancelToken
    ) -> list[list[RawMatch]]:
        if self._fails_on in encoded.digests:
            raise ValueError("bad numbers")
        self.matched.append([len(of_photo) for of_photo in texts])
        return [[RawMatch(self._logits.get(text, -5.0), 0.25) for text in of_photo] for of_photo in texts]

    def explain(self, encoded: Encoded, text: str) -> list[WordHeat]:
        raise NotImplementedError

    def image_features(self, encoded: Encoded) -> torch.Tensor:
        return torch.tensor([[digest[0] / 255, 1.0] for digest in encoded.digests])

    def text_features(self, texts: Sequence[str]) -> torch.Tensor:
        raise NotImplementedError


def scorer(model: ScriptedRetriever, batch_size: int = 8) -> Scorer:
    return Scorer(model, Views(model, EncodingCache(0), "scripted"), BANDS, batch_size)


def proposed(*texts: str) -> CaptionResult:
    candidates = tuple(Candidate(text, f"{text} .", -0.1 * place) for place, text in enumerate(texts))
    return CaptionResult(texts[0], f"{texts[0]} .", candidates, ("wrong",))


def test_the_best_candidate_becomes_the_caption() -> None:
    """What does not fit goes behind; among those that fit, the captioner's own likelihood tells."""
    model = ScriptedRetriever({DOG: -1.0, CAT: 9.0, CAR: 9.5})
    (result,) = filter_captions([proposed(DOG, CAT, CAR)], pictures(1), scorer(model), NEVER)
    assert (result.text, result.raw_text) == (CAT, f"{CAT} .")
    assert "cat" in result.keywords and "wrong" not in result.keywords
    assert [candidate.text for candidate in result.candidates] == [CAT, CAR, DOG]
    assert [candidate.score for candidate in result.candidates] == [-0.1, -0.2, 0.0]
    matches = [candidate.match for candidate in result.candidates]
    assert [match and match.margin for match in matches] == [9.0, 9.5, -1.0]
    assert [match and match.sureness for match in matches] == [Sureness.SURE, Sureness.SURE, Sureness.UNSURE]


def test_a_far_better_match_outweighs_a_likelier_wording() -> None:
    model = ScriptedRetriever({DOG: 0.2, CAT: 4.0})
    (result,) = filter_captions([proposed(DOG, CAT)], pictures(1), scorer(model), NEVER)
    assert result.text == CAT


def test_scores_at_the_end_of_the_scale_are_ranked() -> None:
    model = ScriptedRetriever({DOG: -2000.0, CAT: -3000.0, CAR: 2000.0})
    (result,) = filter_captions([proposed(DOG, CAT, CAR)], pictures(1), scorer(model), NEVER)
    assert [candidate.text for candidate in result.candidates] == [CAR, DOG, CAT]


def test_where_nothing_fits_the_captioners_own_first_stays() -> None:
    (result,) = filter_captions([proposed(DOG, CAT)], pictures(1), scorer(ScriptedRetriever({})), NEVER)
    assert [candidate.text for candidate in result.candidates] == [DOG, CAT]
    assert all(
        candidate.match and candidate.match.sureness is Sureness.UNSURE for candidate in result.candidates
    )


def test_a_photo_is_encoded_once_for_all_its_candidates() -> None:
    model = ScriptedRetriever({})
    filter_captions([proposed(DOG, CAT, CAR)] * 5, pictures(5), scorer(model, 4), NEVER)
    assert model.encoded == [4, 1]
    assert model.matched == [[3 * (1 + MISMATCHES)] * 4, [3 * (1 + MISMATCHES)]]


def test_a_photo_that_cannot_be_scored_keeps_its_caption_and_costs_no_other() -> None:
    images = pictures(4)
    model = ScriptedRetriever({CAT: 3.0}, fails_on=images[2])
    before = [proposed(DOG, CAT) for _ in images]
    results = filter_captions(before, images, scorer(model), NEVER)
    assert [result.text for result in results] == [CAT, CAT, DOG, CAT]
    assert results[2] == before[2]
    assert all(candidate.match is None for candidate in results[2].candidates)


def test_a_picture_without_its_pixels_costs_only_its_score() -> None:
    images = [*pictures(2), PixelImage(SIZE, SIZE, b"short")]
    results = filter_captions([proposed(DOG)] * 3, images, scorer(ScriptedRetriever({DOG: 3.0})), NEVER)
    assert [bool(result.candidates[0].match) for result in results] == [True, True, False]


def test_a_lost_card_ends_the_scoring(monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(*_: object) -> None:
        raise torch.AcceleratorError("CUDA error: unspecified launch failure")

    model = ScriptedRetriever({})
    monkeypatch.setattr(model, "match", lost)
    with pytest.raises(DeviceLostError):
        filter_captions([proposed(DOG)] * 3, pictures(3), scorer(model), NEVER)
    assert model.encoded == [3]


def test_out_of_memory_halves_the_batch_for_good() -> None:
    model = ScriptedRetriever({DOG: 3.0}, room=2)
    judge = scorer(model, 8)
    results = filter_captions([proposed(DOG)] * 9, pictures(9), judge, NEVER)
    assert all(result.candidates[0].match for result in results)
    assert model.encoded == [2, 2, 2, 2, 1] and judge.batch_size == 2


def test_problems_and_photos_without_candidates_are_left_alone() -> None:
    problem = CaptionResult(problem=Problem(ProblemKind.DEGENERATE, "Nothing."))
    model = ScriptedRetriever({})
    results = filter_captions([problem, proposed(DOG)], pictures(2), scorer(model), NEVER)
    assert results[0] == problem and results[1].candidates[0].match
    assert model.encoded == [1]


def test_a_cancel_ends_it() -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        filter_captions([proposed(DOG)], pictures(1), scorer(ScriptedRetriever({})), cancel)


def test_texts_of_any_bytes_are_scored() -> None:
    (seen,) = scorer(ScriptedRetriever({})).score(pictures(1), [["\udc80 photo", "", "狗"]], NEVER)
    assert seen is not None and len(seen.matches) == 3


def test_photos_of_another_size_are_resized() -> None:
    model = ScriptedRetriever({DOG: 3.0})
    (seen,) = scorer(model).score(pictures(1, 64), [[DOG]], NEVER)
    assert seen is not None and seen.matches[0].margin == 3.0
