"""Full-size models with random weights for ``blipdesk bench``: nothing has to be downloaded.

Their words follow the position alone and never end: whoever asks for some tokens gets as many, and the
engine takes none of the texts for degenerate.

Imports torch inside its functions.
"""

from __future__ import annotations

import itertools
import json
import string
from pathlib import Path
from typing import Any

SIZES = ("blip-base", "blip2-opt-2.7b")
"""The shapes of Salesforce/blip-image-captioning-base and Salesforce/blip2-opt-2.7b."""
_SHRINKING = {
    *("hidden_size", "encoder_hidden_size", "intermediate_size", "num_hidden_layers"),
    *("num_attention_heads", "image_size", "ffn_dim", "word_embed_proj_dim"),
}
_BERT_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_OPT_SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_BLIP: dict[str, dict[str, Any]] = {
    "text_config": {
        **{"vocab_size": 30524, "hidden_size": 768, "encoder_hidden_size": 768, "intermediate_size": 3072},
        **{"num_hidden_layers": 12, "num_attention_heads": 12, "max_position_embeddings": 512},
        **{"bos_token_id": 30522, "eos_token_id": 3, "sep_token_id": 3, "pad_token_id": 0},
    },
    "vision_config": {
        **{"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12},
        **{"num_attention_heads": 12, "image_size": 384, "patch_size": 16},
    },
}
_BLIP2: dict[str, dict[str, Any]] = {
    "text_config": {
        **{"model_type": "opt", "vocab_size": 50272, "hidden_size": 2560, "word_embed_proj_dim": 2560},
        **{"ffn_dim": 10240, "num_hidden_layers": 32, "num_attention_heads": 32},
        **{"max_position_embeddings": 2048, "bos_token_id": 2, "eos_token_id": 2, "pad_token_id": 1},
    },
    "vision_config": {
        **{"hidden_size": 1408, "intermediate_size": 6144, "num_hidden_layers": 39},
        **{"num_attention_heads": 16, "image_size": 224, "patch_size": 14, "initializer_range": 0.02},
    },
    "qformer_config": {
        **{"hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12},
        **{"num_attention_heads": 12, "encoder_hidden_size": 1408, "cross_attention_frequency": 2},
    },
}
_QUERIES = 32


def make_checkpoint(folder: Path, size: str = "blip-base", shrink: int = 1) -> None:
    """Save a random model in the Hugging Face layout.

    Args:
        folder: made where it is not there.
        size: one of :data:`SIZES`.
        shrink: widths, layers, heads and the picture's edge are divided by this (tests).
    """
    import torch

    torch.manual_seed(7)
    with torch.inference_mode():
        if size == "blip-base":
            _make_blip(folder, _shrunk(_BLIP, shrink))
        else:
            _make_blip2(folder, _shrunk(_BLIP2, shrink))


def _shrunk(config: dict[str, dict[str, Any]], shrink: int) -> dict[str, dict[str, Any]]:
    return {
        part: {name: value // shrink if name in _SHRINKING else value for name, value in values.items()}
        for part, values in config.items()
    }


def _words(count: int) -> list[str]:
    letters = ("".join(four) for four in itertools.product(string.ascii_lowercase, repeat=4))
    return list(itertools.islice(letters, count))


def _make_blip(folder: Path, config: dict[str, dict[str, Any]]) -> None:
    hub, text = _transformers(), config["text_config"]
    words = _words(text["vocab_size"] - len(_BERT_SPECIAL) - 2)
    vocabulary = {token: index for index, token in enumerate((*_BERT_SPECIAL, *words, "[DEC]", "[ENC]"))}
    marks = {"bos_token": "[DEC]", "additional_special_tokens": ["[ENC]"]}
    model = hub.BlipForConditionalGeneration(hub.BlipConfig(**config))
    decoder = model.text_decoder
    decoder.bert.embeddings.position_embeddings.weight.normal_()  # so that each place has its word
    marked = [*range(len(_BERT_SPECIAL)), text["vocab_size"] - 2, text["vocab_size"] - 1]
    decoder.cls.predictions.bias[marked] = -1e4
    model.save_pretrained(folder)
    hub.BertTokenizer(vocab=vocabulary, **marks).save_pretrained(folder)
    _image_processor(config).save_pretrained(folder)


def _make_blip2(folder: Path, config: dict[str, dict[str, Any]]) -> None:
    """In half precision: 7.6 GB instead of 15."""
    import torch
    from tokenizers import pre_tokenizers

    hub = _transformers()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    # The words are no merges of letters: nothing is ever encoded into them, only written with them.
    words = [f"Ġ{word}" for word in _words(50265 - len(_OPT_SPECIAL) - len(alphabet))]
    vocabulary = {token: index for index, token in enumerate((*_OPT_SPECIAL, *alphabet, *words))}
    marks = {"bos_token": "</s>", "eos_token": "</s>", "unk_token": "</s>", "pad_token": "<pad>"}
    tokenizer = hub.GPT2Tokenizer(vocab=vocabulary, merges=[], add_bos_token=True, **marks)
    processor = hub.Blip2Processor(_image_processor(config), tokenizer, num_query_tokens=_QUERIES)
    whole = hub.Blip2Config(
        **config, num_query_tokens=_QUERIES, image_text_hidden_size=256, image_token_index=len(vocabulary)
    )
    whole.dtype = torch.float16
    usual = torch.get_default_dtype()
    torch.set_default_dtype(torch.float16)
    try:
        model = hub.Blip2ForConditionalGeneration(whole)
    finally:
        torch.set_default_dtype(usual)
    model.query_tokens.normal_()
    decoder = model.language_model.model.decoder
    decoder.embed_positions.weight.normal_()  # so that each place has its word
    # Logits are products with the same matrix: nothing that is no word is ever the likeliest.
    decoder.embed_tokens.weight[: len(_OPT_SPECIAL) + len(alphabet)] = 0
    decoder.embed_tokens.weight[len(vocabulary) :] = 0
    model.save_pretrained(folder)
    processor.save_pretrained(folder)


def _image_processor(config: dict[str, dict[str, Any]]) -> Any:
    edge = config["vision_config"]["image_size"]
    return _transformers().BlipImageProcessorPil(size={"height": edge, "width": edge})


def load_processor(folder: Path) -> tuple[Any, Any]:
    """The processor that tutorials use with a saved model, and the class they load it with."""
    hub, place = _transformers(), str(folder)
    images = hub.BlipImageProcessorPil.from_pretrained(place)
    if json.loads((folder / "config.json").read_text("utf-8"))["model_type"] == "blip":
        return hub.BlipProcessor(images, hub.BertTokenizer.from_pretrained(place)), (
            hub.BlipForConditionalGeneration
        )
    words = hub.GPT2Tokenizer.from_pretrained(place)
    processor = hub.Blip2Processor(images, words, num_query_tokens=_QUERIES)
    return processor, hub.Blip2ForConditionalGeneration


def _transformers() -> Any:
    import transformers

    return transformers


def needed_flop(config: dict[str, Any], tokens: int) -> float:
    """Floating-point operations that one caption cannot do without: two for each weight and token.

    As usually counted: keys and values of the picture are made once, those of earlier words are kept.

    Args:
        config: a checkpoint's ``config.json``, BLIP's or BLIP-2's with OPT.
        tokens: how many are written.

    >>> round(needed_flop({**_BLIP, "model_type": "blip"}, 20) / 1e9)
    133
    >>> round(needed_flop({**_BLIP2, "model_type": "blip-2"}, 20) / 1e9)
    801
    """
    vision, text = config["vision_config"], config["text_config"]
    patches = (vision["image_size"] // vision["patch_size"]) ** 2 + 1
    wide = vision["hidden_size"]
    layer = patches * _layer(wide, vision["intermediate_size"], patches)
    tower = vision["num_hidden_layers"] * layer + patches * 3 * vision["patch_size"] ** 2 * wide
    width, vocabulary = text["hidden_size"], text["vocab_size"]
    if config["model_type"] == "blip":
        picture = 2 * patches * width * text["encoder_hidden_size"]
        word = _layer(width, text["intermediate_size"], tokens / 2) + 2 * width * width + 2 * patches * width
        written = text["num_hidden_layers"] * (picture + tokens * word) + tokens * width * (
            vocabulary + width
        )
        return float(2 * (tower + written))
    former = config["qformer_config"]
    narrow, queries = former["hidden_size"], config.get("num_query_tokens", _QUERIES)
    looks = former["num_hidden_layers"] // former["cross_attention_frequency"]
    look = 2 * patches * narrow * wide + queries * (2 * narrow * narrow + 2 * patches * narrow)
    asked = former["num_hidden_layers"] * queries * _layer(narrow, former["intermediate_size"], queries)
    read = queries + tokens
    spoken = text["num_hidden_layers"] * read * _layer(width, text["ffn_dim"], read / 2)
    return float(
        2 * (tower + looks * look + asked + queries * narrow * width + spoken + tokens * width * vocabulary)
    )


def _layer(width: int, inner: int, seen: float) -> float:
    """Multiplications a token of one transformer layer that looks at ``seen`` tokens."""
    return 4 * width * width + 2 * width * inner + 2 * seen * width
