"""Tiny random checkpoints of every family, as the Hub's folders are laid out."""

from pathlib import Path
from typing import Any

from tiny_blip import VISION, WORDS, image_processor, make_checkpoint

QUERIES = 4
_SPOKEN = (*WORDS, "Question", "Answer")
POSITIONS = 128
KINDS = {
    "blip-caption": ("blip", ("caption",)),
    "blip-answer": ("blip", ("answer",)),
    "blip-retrieval": ("retrieval", ("retrieval",)),
    "blip2-opt": ("blip2", ("caption", "answer")),
    "blip2-t5": ("blip2", ("caption", "answer")),
    "blip2-retrieval": ("blip2_retrieval", ("retrieval",)),
    "instructblip-llama": ("instructblip", ("caption", "answer")),
    "instructblip-t5": ("instructblip", ("caption", "answer")),
}
"""Family module and tasks of each kind that :func:`make` can save."""
_QFORMER = {
    **{"hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 2},
    **{"encoder_hidden_size": 32, "max_position_embeddings": 64, "initializer_range": 0.4},
    **{"cross_attention_frequency": 1},
}


def make(kind: str, folder: Path) -> Path:
    """Save a random checkpoint of one of :data:`KINDS`."""
    if kind in {"blip-caption", "blip-answer"}:
        return make_checkpoint(folder, kind.removeprefix("blip-"))
    import torch

    torch.manual_seed(5)
    builders = {"blip": _blip_retrieval, "blip2": _blip2, "instructblip": _instructblip}
    return builders[kind.split("-")[0]](kind.split("-")[1], folder)


def _blip_retrieval(_: str, folder: Path) -> Path:
    from transformers import BlipConfig, BlipForImageTextRetrieval

    make_checkpoint(folder, "caption")
    config = BlipConfig.from_pretrained(folder)
    config.text_config.num_hidden_layers = 3
    _save(BlipForImageTextRetrieval(config), folder)
    return folder


def _blip2(language: str, folder: Path) -> Path:
    from transformers import (
        Blip2Config,
        Blip2ForConditionalGeneration,
        Blip2ForImageTextRetrieval,
        Blip2Processor,
    )

    if language == "retrieval":
        tokenizer, text, image_token = bert_words(), opt_config(10), None
        qformer = {**_QFORMER, "use_qformer_text_input": True, "vocab_size": len(tokenizer)}
    else:
        tokenizer, text = tokenizer_and_config(language)
        image_token = len(tokenizer)
        qformer = dict(_QFORMER)
    processor = Blip2Processor(
        image_processor(), tokenizer, num_query_tokens=QUERIES if image_token else None
    )
    config = Blip2Config(
        vision_config=dict(VISION),
        qformer_config=qformer,
        text_config=text,
        num_query_tokens=QUERIES,
        image_text_hidden_size=16,
        image_token_index=image_token,
        initializer_range=0.4,
    )
    model = Blip2ForConditionalGeneration if image_token else Blip2ForImageTextRetrieval
    _save(model(config), folder)
    processor.save_pretrained(folder)
    return folder


def _instructblip(language: str, folder: Path) -> Path:
    from transformers import InstructBlipConfig, InstructBlipForConditionalGeneration, InstructBlipProcessor

    tokenizer, text = tokenizer_and_config(language)
    words = bert_words()
    processor = InstructBlipProcessor(image_processor(), tokenizer, words, num_query_tokens=QUERIES)
    config = InstructBlipConfig(
        vision_config=dict(VISION),
        qformer_config={**_QFORMER, "vocab_size": len(words)},
        text_config=text,
        num_query_tokens=QUERIES,
        image_token_index=len(tokenizer) - 1,
        initializer_range=0.4,
    )
    _save(InstructBlipForConditionalGeneration(config), folder)
    processor.save_pretrained(folder)
    return folder


def _save(model: Any, folder: Path) -> None:
    """Save with query tokens that tell pictures apart: they start as zeros."""
    if hasattr(model, "query_tokens"):
        model.query_tokens.data.normal_()
    model.save_pretrained(folder)


# ---------------------------------------------------------------------------------------- language models


def tokenizer_and_config(language: str) -> tuple[Any, dict[str, Any]]:
    """A tokenizer of a language model's kind, and the settings of a tiny one for it."""
    if language == "opt":
        tokenizer = opt_words()
        return tokenizer, opt_config(len(tokenizer) + 1)
    if language == "t5":
        tokenizer = t5_words()
        return tokenizer, t5_config(len(tokenizer) + 1)
    tokenizer = llama_words()
    return tokenizer, llama_config(len(tokenizer) + 1)


def _merges(vocabulary: list[str], space: str) -> list[tuple[str, str]]:
    """How letters become whole words after a space; each step is added to the vocabulary."""
    merges = []
    for word in _SPOKEN:
        whole = space
        for letter in word:
            if whole + letter not in vocabulary:
                merges.append((whole, letter))
                vocabulary.append(whole + letter)
            whole += letter
    return merges


def opt_words() -> Any:
    """A byte-level tokenizer of OPT's kind: whole words, else bytes."""
    from tokenizers import pre_tokenizers
    from transformers import GPT2Tokenizer

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *alphabet]
    merges = _merges(vocabulary, "Ġ")
    return GPT2Tokenizer(
        vocab={token: index for index, token in enumerate(vocabulary)},
        merges=merges,
        bos_token="</s>",
        eos_token="</s>",
        unk_token="</s>",
        pad_token="<pad>",
        add_bos_token=True,
    )


def opt_config(vocabulary: int) -> dict[str, Any]:
    """A two-layer OPT."""
    return {
        **{"model_type": "opt", "vocab_size": vocabulary, "hidden_size": 32, "word_embed_proj_dim": 32},
        **{"ffn_dim": 48, "num_hidden_layers": 2, "num_attention_heads": 2, "init_std": 0.4},
        **{"max_position_embeddings": POSITIONS, "bos_token_id": 2, "eos_token_id": 2, "pad_token_id": 1},
    }


def t5_words() -> Any:
    """A unigram tokenizer of T5's kind."""
    from transformers import T5Tokenizer

    letters = [chr(code) for code in range(33, 127)]
    words = [f"▁{word}" for word in _SPOKEN]
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -4.0)]
    pieces += [(word, -3.0) for word in dict.fromkeys(words)] + [(letter, -5.0) for letter in letters]
    return T5Tokenizer(vocab=pieces, extra_ids=0)


def t5_config(vocabulary: int) -> dict[str, Any]:
    """A two-layer Flan-T5."""
    return {
        **{"model_type": "t5", "vocab_size": vocabulary, "d_model": 32, "d_kv": 16, "d_ff": 48},
        **{"num_layers": 2, "num_heads": 2, "n_positions": POSITIONS, "feed_forward_proj": "gated-gelu"},
        **{"bos_token_id": 1, "eos_token_id": 1, "pad_token_id": 0, "decoder_start_token_id": 0},
        **{"initializer_factor": 1.5, "tie_word_embeddings": False},
    }


def llama_words() -> Any:
    """A byte-fallback tokenizer of Llama's kind."""
    from transformers import LlamaTokenizer

    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), "▁"]
    tokens += [chr(code) for code in range(33, 127)]
    merges = _merges(tokens, "▁")
    tokenizer = LlamaTokenizer(
        vocab={token: index for index, token in enumerate(tokens)}, merges=merges, add_bos_token=True
    )
    tokenizer.pad_token = "</s>"
    return tokenizer


def llama_config(vocabulary: int) -> dict[str, Any]:
    """A two-layer Vicuna."""
    return {
        **{"model_type": "llama", "vocab_size": vocabulary, "hidden_size": 32, "intermediate_size": 48},
        **{"num_hidden_layers": 2, "num_attention_heads": 2, "max_position_embeddings": POSITIONS},
        **{"bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 2, "initializer_range": 0.4},
    }


def bert_words() -> Any:
    """BERT's tokenizer with few words, as the Q-Former reads texts."""
    from transformers import BertTokenizer

    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, "[DEC]"]
    return BertTokenizer(vocab={token: index for index, token in enumerate(tokens)}, bos_token="[DEC]")
