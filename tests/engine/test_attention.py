"""Fused attention gives what transformers' eager modules give."""

import copy

import pytest
import torch
from small_blip import Pair, small_config
from transformers import BlipForQuestionAnswering

from blipdesk.engine import attention


@pytest.fixture(scope="module")
def answerers() -> tuple[BlipForQuestionAnswering, BlipForQuestionAnswering]:
    torch.manual_seed(4)
    plain = BlipForQuestionAnswering(small_config()).eval().requires_grad_(False)
    fast = copy.deepcopy(plain)
    attention.install(fast)
    return plain, fast


def test_the_vision_tower() -> None:
    pair = Pair(small_config(), end_bias=0.0)
    pixels = pair.pixels(3)
    expected = pair.plain.vision_model(pixel_values=pixels).last_hidden_state
    found = pair.fast.vision_model(pixel_values=pixels).last_hidden_state
    torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)


def test_patches_that_look_at_each_other_in_bf16_see_nearly_the_same() -> None:
    pair = Pair(small_config(), end_bias=0.0)
    pixels = pair.pixels(3)
    exact = pair.fast.vision_model(pixel_values=pixels).last_hidden_state
    attention.install(pair.fast, torch.bfloat16)
    found = pair.fast.vision_model(pixel_values=pixels).last_hidden_state
    assert found.dtype is torch.float32
    assert 0 < float((found - exact).norm() / exact.norm()) < 0.01


@pytest.mark.parametrize(("patches", "tokens"), [(200, 5), (6, 12)], ids=["shared", "keys and values"])
def test_the_text_encoder_looks_at_pictures(
    answerers: tuple[BlipForQuestionAnswering, BlipForQuestionAnswering], patches: int, tokens: int
) -> None:
    """Few words about many patches go without keys and values, many words with them."""
    states = torch.randn(2, patches, 48, generator=torch.Generator().manual_seed(1))
    ids = torch.randint(4, 250, (2, tokens), generator=torch.Generator().manual_seed(2))
    mask = torch.ones_like(ids)
    mask[1, tokens // 2 :] = 0
    plain, fast = (
        model.text_encoder(
            input_ids=ids,
            attention_mask=mask,
            encoder_hidden_states=states,
            encoder_attention_mask=torch.ones(states.shape[:2], dtype=torch.long),
        ).last_hidden_state
        for model in answerers
    )
    torch.testing.assert_close(fast[mask.bool()], plain[mask.bool()], rtol=1e-4, atol=1e-4)


def test_several_texts_look_at_their_own_picture(
    answerers: tuple[BlipForQuestionAnswering, BlipForQuestionAnswering],
) -> None:
    layer = answerers[1].text_encoder.encoder.layer[0].crossattention.self
    states = torch.randn(3, 40, 48, generator=torch.Generator().manual_seed(3))
    hidden = torch.randn(6, 4, 64, generator=torch.Generator().manual_seed(4))
    plain = answerers[0].text_encoder.encoder.layer[0].crossattention.self
    expected, _ = plain(hidden, encoder_hidden_states=states.repeat_interleave(2, 0))
    for pictures in (attention.Pictures(states), attention.PackedPictures(states)):
        found = attention.SharedLook(layer)(hidden, pictures)
        torch.testing.assert_close(found, expected, rtol=1e-5, atol=1e-5)
