"""Tiny random BLIP checkpoints in the Hugging Face layout, and pictures for them."""

import random
import threading
from pathlib import Path
from typing import Any

from blipdesk.domain.jobs import PixelImage

SIZE = 32
WORDS = (
    *("a", "the", "dog", "cat", "red", "blue", "green", "house", "tree", "car", "on", "in", "of"),
    *("what", "is", "colour", "this", "yes", "no", "two", "three", "one", "boat", "bird"),
)
VISION = {
    **{"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2},
    **{"image_size": SIZE, "patch_size": 8, "initializer_range": 0.4},
}
"""A vision tower of any family's kind."""
NEVER = threading.Event()


def make_checkpoint(folder: Path, kind: str, seed: int = 3) -> Path:
    """Save a random BLIP of ``kind`` (``caption`` or ``answer``) whose words are :data:`WORDS`."""
    import torch
    from transformers import BertTokenizer, BlipConfig, BlipForConditionalGeneration, BlipForQuestionAnswering

    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, "[DEC]", "[ENC]"]
    vocabulary = {token: index for index, token in enumerate(tokens)}
    tokenizer = BertTokenizer(vocab=vocabulary, bos_token="[DEC]", additional_special_tokens=["[ENC]"])
    text = {
        **{"hidden_size": 32, "encoder_hidden_size": 32, "projection_dim": 16, "intermediate_size": 48},
        **{"num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": 40},
        **{"vocab_size": len(tokens), "bos_token_id": vocabulary["[DEC]"], "pad_token_id": 0},
        **{"eos_token_id": 3, "sep_token_id": 3, "initializer_range": 0.6},
    }
    torch.manual_seed(seed)
    model_class = BlipForConditionalGeneration if kind == "caption" else BlipForQuestionAnswering
    config = BlipConfig(
        text_config=text, vision_config=dict(VISION), projection_dim=16, image_text_hidden_size=16
    )
    model_class(config).save_pretrained(folder)
    image_processor().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def image_processor() -> Any:
    """transformers' own, for pictures of :data:`SIZE`."""
    from transformers.models.blip import BlipImageProcessorPil

    return BlipImageProcessorPil(size={"height": SIZE, "width": SIZE})


def pictures(count: int, size: int = SIZE, seed: int = 0) -> list[PixelImage]:
    """Random pictures of the model's size."""
    source = random.Random(seed)
    images = []
    for _ in range(count):
        coarse = source.randbytes(8 * 8 * 3)
        step = size // 8
        rows = [
            b"".join(coarse[(row * 8 + column) * 3 :][:3] * step for column in range(8)) * step
            for row in range(8)
        ]
        images.append(PixelImage(size, size, b"".join(rows)))
    return images
