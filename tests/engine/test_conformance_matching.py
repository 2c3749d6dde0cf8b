"""What every retrieval model keeps, over tiny checkpoints of all families that match texts and pictures."""

import math
from collections.abc import Callable

import pytest
import torch
from conformance import ODD, CountingToken, kinds
from plain_models import Plain
from tiny_blip import NEVER, SIZE, pictures

from blipdesk.domain.errors import Cancelled
from blipdesk.engine import registry
from blipdesk.engine.vision_model import RetrievalModel, VisionModel, retriever

every_retriever = pytest.mark.parametrize("matches", kinds(registry.RETRIEVAL), indirect=True)


@pytest.fixture
def matches(request: pytest.FixtureRequest, model: Callable[[str], VisionModel]) -> RetrievalModel:
    return retriever(model(request.param))


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
@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_text_is_scored(matches: RetrievalModel, text: str) -> None:
    encoded = matches.encode(pictures(1))
    ((score,),) = matches.match(encoded, [[text]], NEVER)
    assert math.isfinite(score.logit) and -1.001 <= score.itc <= 1.001
    for word in matches.explain(encoded, text):
        assert text[word.start : word.end].strip()
        assert all(map(math.isfinite, word.heat.values))
