"""The tiny BLIP-2 checkpoint: tokenizer, configuration, weights taken over, saving and loading.

The architecture is BLIP-2 as published (Li et al. 2023, "BLIP-2: Bootstrapping Language-Image Pre-training
with Frozen Image Encoders and Large Language Models", arXiv:2301.12597): a frozen vision transformer, a
Q-Former whose queries read it (section 3.1), and a decoder-only language model that goes on after the
projected queries (section 3.2 and figure 3).  The language model is OPT, as in Salesforce's checkpoints
(Zhang et al. 2022, arXiv:2205.01068).  Only the sizes are ours.  The classes are those of `transformers`, so
the code that loads Salesforce's checkpoints loads this.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    Blip2Config,
    Blip2ForConditionalGeneration,
    Blip2Processor,
    Blip2QFormerConfig,
    Blip2VisionConfig,
    BlipVisionModel,
    GPT2Tokenizer,
    OPTConfig,
)
from transformers.models.blip import BlipImageProcessorPil

from demo_models.models import PROMPTS, Shape, save_weights, words_of_grammar

NAME = "demo-blip2"
SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
"""OPT's special tokens at OPT's places; "</s>" both begins and ends a text."""
CONTEXT = 512
"""Positions of the language model: visual tokens, prompt and answer together."""
_CHAT_WORDS = """
they them their its those these he she his her other others another one ones also still then so ok what's
it's isn't aren't which whose who why when left-hand right-hand both all none
"""
_OPENINGS = """
what which how is are can do where there was and or on in at a an the two three four any tell describe
"""


@dataclass(frozen=True)
class Blip2Shape:
    """Sizes of what comes after the vision tower.

    Attributes:
        queries: Visual tokens that the language model gets, half as many as Salesforce's checkpoints have.
        width: Hidden width of Q-Former and language model.
        heads: Attention heads of either.
        query_layers: Layers of the Q-Former, all with cross-attention.
        query_inner: Width inside the Q-Former's perceptrons.
        text_layers: Layers of the language model.
        text_inner: Width inside the language model's perceptrons.
    """

    queries: int = 16
    width: int = 128
    heads: int = 4
    query_layers: int = 2
    query_inner: int = 256
    text_layers: int = 4
    text_inner: int = 256


def make_tokenizer() -> GPT2Tokenizer:
    """Build a byte-level BPE tokenizer, OPT's kind, in which each word of the grammar is one token.

    Any other text falls apart into pieces, down to its bytes, and comes back from them as it was.
    """
    base = Tokenizer(models.BPE())
    base.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    base.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=4096,
        min_frequency=1,
        special_tokens=list(SPECIALS),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    base.train_from_iterator(_spellings(), trainer)
    learnt = json.loads(base.to_str())["model"]
    return GPT2Tokenizer(
        vocab=learnt["vocab"],
        merges=[tuple(pair) for pair in learnt["merges"]],
        bos_token="</s>",
        eos_token="</s>",
        unk_token="</s>",
        pad_token="<pad>",
        add_bos_token=True,
        padding_side="left",
        model_max_length=CONTEXT,
    )


def _spellings() -> Iterator[str]:
    """Give every word as it stands inside a text, and those that open one also as they stand there."""
    openings = {*_OPENINGS.split(), *(prompt.split()[0] for prompt in PROMPTS)}
    words = sorted(words_of_grammar() | openings | set(_CHAT_WORDS.split()) | set("0123456789"))
    for word in words:
        yield f" {word}"
    for word in sorted(openings):
        yield word
        yield f" {word.capitalize()}"
    yield from ("Question", " Question", " Answer", ":", ".", "?", ",")


def make_processor(shape: Shape, sizes: Blip2Shape) -> Blip2Processor:
    """Pair the tokenizer with the image processor that resizes to the model's input."""
    images = BlipImageProcessorPil(size={"height": shape.image, "width": shape.image})
    return Blip2Processor(images, make_tokenizer(), num_query_tokens=sizes.queries)


def tower_config(blip: BlipVisionModel) -> Blip2VisionConfig:
    """Describe a BLIP vision tower in BLIP-2's terms."""
    given = blip.config
    return Blip2VisionConfig(
        hidden_size=given.hidden_size,
        intermediate_size=given.intermediate_size,
        num_hidden_layers=given.num_hidden_layers,
        num_attention_heads=given.num_attention_heads,
        image_size=given.image_size,
        patch_size=given.patch_size,
        hidden_act=given.hidden_act,
        layer_norm_eps=given.layer_norm_eps,
        initializer_range=given.initializer_range,
    )


def make_model(
    blip: BlipVisionModel, sizes: Blip2Shape, processor: Blip2Processor
) -> Blip2ForConditionalGeneration:
    """Make a model with a trained vision tower and everything after it untrained."""
    tokenizer = processor.tokenizer
    vision = tower_config(blip)
    former = Blip2QFormerConfig(
        vocab_size=len(tokenizer),
        hidden_size=sizes.width,
        num_hidden_layers=sizes.query_layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.query_inner,
        encoder_hidden_size=vision.hidden_size,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        cross_attention_frequency=1,
    )
    text = OPTConfig(
        vocab_size=len(tokenizer),
        hidden_size=sizes.width,
        ffn_dim=sizes.text_inner,
        num_hidden_layers=sizes.text_layers,
        num_attention_heads=sizes.heads,
        max_position_embeddings=CONTEXT,
        dropout=0.0,
        init_std=0.04,
        pad_token_id=tokenizer.pad_token_id,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
    )
    model = Blip2ForConditionalGeneration(
        Blip2Config(
            vision_config=vision,
            qformer_config=former,
            text_config=text,
            num_query_tokens=sizes.queries,
            image_text_hidden_size=64,
            image_token_index=tokenizer.convert_tokens_to_ids("<image>"),
        )
    )
    model.vision_model.load_state_dict(blip.state_dict())
    # `transformers` starts queries at zero, from where all would learn the same.
    model.query_tokens.data.normal_()
    positions = model.language_model.model.decoder.embed_positions.weight
    positions.data.copy_(_line(len(positions), sizes.width) * 0.04)
    return model


def _line(length: int, width: int) -> torch.Tensor:
    """Return sine and cosine position vectors, (length, width).

    Vaswani et al. 2017, arXiv:1706.03762, section 3.5.  Far positions come up in long chats alone, so their
    vectors have to start out as those of near ones look.
    """
    rate = torch.pow(CONTEXT * 2.0, -torch.arange(width // 2) / (width // 2 - 1))
    angle = torch.arange(length)[:, None] * rate[None]
    return torch.cat([angle.sin(), angle.cos()], 1)


def save(model: Blip2ForConditionalGeneration, processor: Blip2Processor, folder: str) -> None:
    """Write a checkpoint folder."""
    save_weights(model, folder)
    processor.save_pretrained(folder)
    # Salesforce's folders describe the image processor by itself as well.
    processor.image_processor.save_pretrained(folder)
