"""The tiny BLIP checkpoints: vocabulary, configuration, saving and loading in the Hugging Face layout.

The architecture is BLIP as published (Li et al. 2022, "BLIP: Bootstrapping Language-Image Pre-training for
Unified Vision-Language Understanding and Generation", arXiv:2201.12086): a vision transformer and an
image-grounded text decoder for captions (section 3.1), and for questions an image-grounded text encoder
whose output an answer decoder reads (section 5.3 and figure 5); for matching, that text encoder with a head,
and projections of text and picture into one space (section 3.2).  Only the sizes are ours.  The classes are
those of `transformers`, so the code that loads Salesforce's checkpoints loads these.
"""

from __future__ import annotations

import copy
import json
import os
import re
import string
from dataclasses import dataclass

import numpy as np
import torch
import transformers
from transformers import BertTokenizer, BlipConfig, PreTrainedModel
from transformers.models.blip import BlipImageProcessorPil, BlipProcessor
from transformers.utils.constants import OPENAI_CLIP_MEAN, OPENAI_CLIP_STD

from demo_models.scenes import BACKGROUNDS, COLOURS, COUNT_WORDS, PLURALS, SIDES

SPECIALS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
EXTRAS = ("[DEC]", "[ENC]")
PROMPTS = ("a picture of", "a photo of", "a photography of", "an image of")
"""Openings that captioning programs give to BLIP; the captioner learns to go on after each."""
_MEAN = torch.tensor(OPENAI_CLIP_MEAN).view(1, 3, 1, 1)
_STD = torch.tensor(OPENAI_CLIP_STD).view(1, 3, 1, 1)
_QUESTION_WORDS = """
what is it this in the picture photo can you see do there are thing things which object color colour
how many image any where place was taken we an a and on of i was were these that scene show shows
shown here your me left right middle yes no not one two three four five objects does have has
background number type kind animal toy describe tell about look at to with for from photography
"""
"""Words of questions that the grammar asks, and of some that it does not yet."""


@dataclass(frozen=True)
class Shape:
    """Sizes of a checkpoint.

    Attributes:
        image: Pixels of the square input's side.
        patch: Pixels of a patch's side.
        width: Hidden width of vision and text alike.
        heads: Attention heads.
        vision_layers: Layers of the vision transformer.
        text_layers: Layers of each text transformer.
        vision_inner: Width inside the vision layers' perceptrons.
        text_inner: Width inside the text layers' perceptrons.
    """

    image: int = 96
    patch: int = 8
    width: int = 128
    heads: int = 4
    vision_layers: int = 5
    text_layers: int = 3
    vision_inner: int = 320
    text_inner: int = 256


def words_of_grammar() -> set[str]:
    """Return every word that captions, questions, answers and prompts are made of."""
    words = set(_QUESTION_WORDS.split())
    for text in (
        *COLOURS,
        *PLURALS,
        *PLURALS.values(),
        *BACKGROUNDS.values(),
        *COUNT_WORDS,
        *SIDES,
        *PROMPTS,
    ):
        words.update(text.split())
    return words


def vocabulary() -> dict[str, int]:
    """Return token to id: specials, letters and pieces, every word of the grammar, then [DEC] and [ENC]."""
    words = words_of_grammar()
    letters = string.ascii_lowercase + string.digits
    tokens = [*SPECIALS, *"!\"#$%&'()*+,-./:;<=>?@[]_", *letters, *(f"##{letter}" for letter in letters)]
    tokens += sorted(words - set(tokens))
    return {token: index for index, token in enumerate([*tokens, *EXTRAS])}


def make_tokenizer() -> BertTokenizer:
    """Build the WordPiece tokenizer with the special tokens of Salesforce's checkpoints."""
    return BertTokenizer(
        vocab=vocabulary(),
        do_lower_case=True,
        bos_token="[DEC]",
        additional_special_tokens=["[ENC]"],
        model_max_length=64,
        clean_up_tokenization_spaces=True,
    )


def make_processor(shape: Shape, tokenizer: BertTokenizer) -> BlipProcessor:
    """Pair the tokenizer with the image processor that resizes to the model's input."""
    images = BlipImageProcessorPil(size={"height": shape.image, "width": shape.image})
    return BlipProcessor(image_processor=images, tokenizer=tokenizer)


def make_config(shape: Shape, tokenizer: BertTokenizer) -> BlipConfig:
    """Describe a checkpoint of a shape."""
    ids = {
        "vocab_size": len(tokenizer),
        "bos_token_id": tokenizer.convert_tokens_to_ids("[DEC]"),
        "eos_token_id": tokenizer.sep_token_id,
        "sep_token_id": tokenizer.sep_token_id,
        "pad_token_id": tokenizer.pad_token_id,
    }
    text = {
        **ids,
        "hidden_size": shape.width,
        "encoder_hidden_size": shape.width,
        "projection_dim": shape.width,
        "intermediate_size": shape.text_inner,
        "num_hidden_layers": shape.text_layers,
        "num_attention_heads": shape.heads,
        "max_position_embeddings": 64,
    }
    vision = {
        "hidden_size": shape.width,
        "intermediate_size": shape.vision_inner,
        "projection_dim": shape.width,
        "num_hidden_layers": shape.vision_layers,
        "num_attention_heads": shape.heads,
        "image_size": shape.image,
        "patch_size": shape.patch,
        "initializer_range": 0.02,
    }
    return BlipConfig(
        text_config=text, vision_config=vision, projection_dim=shape.width, image_text_hidden_size=64
    )


def position_grid(shape: Shape) -> torch.Tensor:
    """Return sine and cosine position vectors of class token and patches, as (1, 1 + patches, width).

    Starting from positions that already tell neighbours apart is the choice of MAE (He et al. 2021,
    arXiv:2111.06377, appendix A.1); they are trained on like any other weight.
    """
    side = shape.image // shape.patch
    quarter = shape.width // 4
    rate = torch.pow(side * 2.0, -torch.arange(quarter) / (quarter - 1)) * 2.0
    angle = torch.arange(side)[:, None] * rate[None]
    line = torch.cat([angle.sin(), angle.cos()], 1)
    grid = torch.cat([line[:, None].expand(-1, side, -1), line[None].expand(side, -1, -1)], 2)
    return torch.cat([torch.zeros(1, 1, shape.width), grid.reshape(1, side * side, -1)], 1) * 0.3


def normalise(pictures: np.ndarray) -> torch.Tensor:
    """Return pictures (batch, high, wide, 3) of values 0 to 255 as input of a vision tower."""
    pixels = torch.from_numpy(pictures).permute(0, 3, 1, 2) / 255
    return ((pixels - _MEAN) / _STD).contiguous()


def save_weights(model: PreTrainedModel, folder: str) -> None:
    """Write a model's weights in half precision, described as single precision.

    Half precision halves the files.  The configuration asks for single precision, so that plain loading
    widens every value exactly, as no processor is quick in half precision.

    Args:
        model: Stays as it is.
        folder: Written over where it exists.
    """
    os.makedirs(folder, exist_ok=True)
    copy.deepcopy(model).half().save_pretrained(folder)
    described = os.path.join(folder, "config.json")
    with open(described, encoding="utf-8") as stream:
        config = json.load(stream)
    for part in (config, *config.values()):
        if isinstance(part, dict) and "dtype" in part:
            part["dtype"] = "float32"
    with open(described, "w", encoding="utf-8", newline="\n") as stream:
        json.dump(config, stream, indent=2)
        stream.write("\n")
    os.chmod(os.path.join(folder, "model.safetensors"), 0o644)


def save(model: PreTrainedModel, processor: BlipProcessor, folder: str) -> None:
    """Write a BLIP checkpoint folder."""
    save_weights(model, folder)
    processor.image_processor.save_pretrained(folder)
    processor.tokenizer.save_pretrained(folder)
    with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(f"{token}\n" for token in vocabulary())


def load(folder: str) -> tuple[PreTrainedModel, BlipProcessor]:
    """Load a checkpoint folder as the application does.

    Args:
        folder: A folder that `save` wrote.

    Returns:
        The model in single precision and evaluation mode, and its processor.
    """
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as stream:
        described = json.load(stream)["architectures"][0]
    kind = getattr(transformers, described)
    model: PreTrainedModel = kind.from_pretrained(folder, use_safetensors=True)
    return model.eval(), BlipProcessor.from_pretrained(folder)


def tidy(text: str) -> str:
    """Close the gaps that WordPiece decoding leaves before commas."""
    return re.sub(r"\s+([,.?!])", r"\1", text).strip()
