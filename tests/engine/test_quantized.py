"""Packed and 8-bit products: what they give, and that a photo's words do not hang on its neighbours."""

import pytest
import torch
from small_blip import Pair, small_config, tokens
from transformers import BlipForQuestionAnswering

from blipdesk.engine import linear, quantized
from blipdesk.engine.vision_model import Generation

pytestmark = pytest.mark.skipif(not quantized.is_supported(), reason="torch has no 8-bit products here")


@pytest.fixture
def layer() -> torch.nn.Linear:
    torch.manual_seed(1)
    return torch.nn.Linear(96, 40).requires_grad_(False)


@pytest.mark.parametrize("gelu", [False, True])
def test_eight_bits_are_close(layer: torch.nn.Linear, gelu: bool) -> None:
    states = torch.randn(2, 30, 96)
    expected = layer(states)
    if gelu:
        expected = torch.nn.functional.gelu(expected)
    found = quantized.Int8Linear(layer, gelu)(states)
    assert found.shape == expected.shape
    assert float((found - expected).norm() / expected.norm()) < 0.02


def test_each_output_of_a_large_matrix_has_a_step_of_its_own() -> None:
    """It is quantised in blocks."""
    torch.manual_seed(2)
    layer = torch.nn.Linear(1024, 2048, bias=False).requires_grad_(False)
    assert layer.weight.numel() > 2 * quantized._BLOCK, "the case is none"
    layer.weight.mul_(torch.logspace(-2, 2, 2048)[:, None])
    states = torch.randn(16, 1024)
    found, expected = quantized.Int8Linear(layer)(states), layer(states)
    assert float(((found - expected).norm(dim=0) / expected.norm(dim=0)).max()) < 0.06


def test_a_row_with_large_numbers_does_not_coarsen_the_others(layer: torch.nn.Linear) -> None:
    small = quantized.Int8Linear(layer)
    states = torch.randn(5, 96)
    beside = torch.cat([states, 1000 * torch.randn(3, 96), torch.zeros(1, 96)])
    torch.testing.assert_close(small(beside)[:5], small(states), rtol=0, atol=0)
    torch.testing.assert_close(small(beside)[8], layer.bias)


def test_one_large_channel_costs_a_language_model_nothing(layer: torch.nn.Linear) -> None:
    """Their states have such (LLM.int8, section 4.1): 8 bits for a row leave nothing of the others."""
    states = torch.randn(5, 96)
    states[:, 7] = 300.0
    weight = quantized.Int8Linear(layer, fine=True)(torch.eye(96)) - layer.bias  # as 8 bits have it
    expected = states @ weight
    apart = expected - 300.0 * weight[7]
    off = [
        float((quantized.Int8Linear(layer, fine=fine)(states) - layer.bias - expected).norm() / apart.norm())
        for fine in (False, True)
    ]
    assert off[0] > 0.5, "the case is none"
    assert off[1] < 0.02


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16, torch.float16])
@pytest.mark.parametrize("inputs", [96, 41, 7])
@pytest.mark.parametrize("bias", [True, False])
def test_fine_products_are_close_whatever_the_sizes(kind: torch.dtype, inputs: int, bias: bool) -> None:
    torch.manual_seed(1)
    layer = torch.nn.Linear(inputs, 37, bias=bias).requires_grad_(False).to(kind)
    states = torch.randn(2, 30, inputs)
    found = quantized.Int8Linear(layer, fine=True)(states)
    expected = layer.float()(states)
    assert found.dtype is torch.float32 and found.shape == expected.shape
    assert float((found - expected).norm() / expected.norm()) < 0.01


@pytest.mark.parametrize("fine", [True, False])
def test_a_row_is_the_same_alone_and_among_others(layer: torch.nn.Linear, fine: bool) -> None:
    small = quantized.Int8Linear(layer, fine=fine)
    rows = torch.randn(40, 96)
    together = small(rows)
    for index in (0, 17, 39):
        torch.testing.assert_close(small(rows[index : index + 1])[0], together[index], rtol=0, atol=0)


def test_levels_give_the_rows_back() -> None:
    rows = torch.randn(3000, 300) * torch.logspace(-6, 6, 3000)[:, None]
    levels, steps = quantized.quantise(rows, 127)
    back = (levels.float() - 128) * steps
    assert bool(((back - rows).abs() <= steps * 0.501).all())
    assert int(levels.min()) >= 1


@pytest.mark.parametrize("kind", [torch.float32, torch.bfloat16])
def test_packed_layers_give_the_same(layer: torch.nn.Linear, kind: torch.dtype) -> None:
    plain = layer.to(kind)
    states = torch.randn(3, 7, 96, dtype=kind)
    module = torch.nn.ModuleDict({"fc": plain})
    expected = plain(states)
    linear.pack(module, "fp32")
    torch.testing.assert_close(
        module["fc"](states), expected, rtol=1e-2 if kind == torch.bfloat16 else 1e-5, atol=1e-2
    )


def test_the_matrices_that_pictures_are_looked_at_with_stay() -> None:
    """Without them every look would take keys and values of every patch."""
    torch.manual_seed(3)
    encoder = BlipForQuestionAnswering(small_config()).requires_grad_(False).text_encoder
    linear.pack(encoder, "int8")
    cross = encoder.encoder.layer[0].crossattention.self
    assert isinstance(cross.key, torch.nn.Linear) and isinstance(cross.query, quantized.Int8Linear)
    assert isinstance(encoder.encoder.layer[0].attention.self.key, quantized.Int8Linear)


def test_texts_do_not_depend_on_the_batch() -> None:
    pair = Pair(small_config(), end_bias=4.0, precision="int8")
    pixels = pair.pixels(6)
    for generation in (Generation(max_new_tokens=12), Generation(max_new_tokens=12, num_beams=3)):
        together = tokens(pair.ours(pixels, [], generation))
        alone = [tokens(pair.ours(picture[None], [], generation))[0] for picture in pixels]
        assert together == alone
        assert len({str(text) for text in together}) > 1
