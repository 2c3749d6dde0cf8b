"""A small random BLIP in memory: our writing beside transformers' ``generate`` with eager attention."""

import copy
from typing import Any

import torch
from transformers import BlipConfig, BlipForConditionalGeneration

from blipdesk.engine import attention, linear
from blipdesk.engine.blip_decoder import TextDecoder
from blipdesk.engine.generation import Task, Written, write
from blipdesk.engine.vision_model import Generation

END = 3


def small_config() -> BlipConfig:
    """Every part of a real one, in small."""
    text = {
        **{"hidden_size": 64, "encoder_hidden_size": 48, "intermediate_size": 96, "num_hidden_layers": 3},
        **{"num_attention_heads": 4, "max_position_embeddings": 48, "vocab_size": 300, "projection_dim": 16},
        **{"bos_token_id": 290, "pad_token_id": 0, "eos_token_id": END, "sep_token_id": END},
        **{"initializer_range": 0.25},
    }
    vision = {
        **{"hidden_size": 48, "intermediate_size": 96, "num_hidden_layers": 2, "num_attention_heads": 4},
        **{"image_size": 64, "patch_size": 16, "initializer_range": 0.3},
    }
    return BlipConfig(text_config=text, vision_config=vision, projection_dim=16, image_text_hidden_size=16)


class Pair:
    """The same weights twice: as transformers runs them, and as we do."""

    def __init__(self, config: BlipConfig, end_bias: float, precision: str = "fp32", seed: int = 5) -> None:
        torch.manual_seed(seed)
        self.plain: Any = BlipForConditionalGeneration(config).eval().requires_grad_(False)
        self.plain.text_decoder.cls.predictions.bias[END] += end_bias  # so that texts end, at various lengths
        # Each place its own words: else a word said one place later scores the same but for rounding.
        self.plain.text_decoder.bert.embeddings.position_embeddings.weight.normal_(0.0, 1.0)
        self.fast: Any = copy.deepcopy(self.plain)
        attention.install(self.fast)
        linear.pack(self.fast.vision_model, precision)
        self.decoder = TextDecoder(self.fast.text_decoder, precision)

    def pixels(self, count: int, seed: int = 1) -> torch.Tensor:
        """Random pictures."""
        size = self.plain.config.vision_config.image_size
        return torch.randn(count, 3, size, size, generator=torch.Generator().manual_seed(seed))

    def ours(self, pixels: torch.Tensor, prompt: list[int], generation: Generation) -> list[list[Written]]:
        """Our texts about pictures."""
        with torch.inference_mode():
            states = self.fast.vision_model(pixel_values=pixels).last_hidden_state
            start = torch.tensor([[self.plain.config.text_config.bos_token_id, *prompt]] * len(pixels))
            session = self.decoder.session(states, start.shape[1] + generation.max_new_tokens)
            return write(session, Task(start, END, generation, tuple(range(len(pixels)))), lambda _: False)

    def theirs(
        self, pixels: torch.Tensor, prompt: list[int], generation: Generation
    ) -> list[list[list[int]]]:
        """The new tokens that ``generate`` gives, without end and padding."""
        start = torch.tensor([[self.plain.config.text_config.bos_token_id, *prompt, END]] * len(pixels))
        found = self.plain.generate(
            pixel_values=pixels,
            input_ids=start,
            do_sample=False,
            max_new_tokens=generation.max_new_tokens,
            min_new_tokens=generation.min_new_tokens or None,
            num_beams=generation.num_beams,
            num_return_sequences=generation.candidates,
            repetition_penalty=generation.repetition_penalty,
            length_penalty=generation.length_penalty,
            no_repeat_ngram_size=generation.no_repeat_ngram,
        )
        texts = [row[len(prompt) + 1 :].tolist() for row in found]
        texts = [row[: row.index(END)] if END in row else row for row in texts]
        each = generation.candidates
        return [texts[place : place + each] for place in range(0, len(texts), each)]


def tokens(texts: list[list[Written]]) -> list[list[list[int]]]:
    """The ids alone."""
    return [[list(text.ids) for text in of_photo] for of_photo in texts]
