"""Compare our tokens with transformers' ``generate`` (eager, fp32) on a full-size random BLIP base.

    python tests/bench/parity.py [--batches 1,2,4,8,16] [--quick]

Greedy and beams, with and without a prompt, in batches of every size, 20 new tokens at most; the texts end
at different lengths, so that rows and photos leave the batch.  Random weights: the scores of words lie closer
together than a trained model's, so that this is the harder test.  Takes about half an hour on two cores.

We add up in another order than transformers, so that scores differ by rounding, some 1e-6: two beams that are
tied within that may swap.  They count as different all the same; the gap printed beside them, between our
own scores of the two, tells them from a fault.  Ends with status 1 where a token differs, and where the
texts all end at one length.
"""

import argparse
import math
import os
import sys
import time
from dataclasses import replace

import torch
from transformers import BlipConfig

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "engine"))

from small_blip import END, Pair

from blipdesk.engine.generation import Written
from blipdesk.engine.vision_model import Generation

PROMPT = [1037, 3861, 1997]
SETTINGS = [
    Generation(max_new_tokens=20),
    Generation(max_new_tokens=20, min_new_tokens=12, repetition_penalty=1.3),
    Generation(max_new_tokens=20, num_beams=3, candidates=3),
    Generation(max_new_tokens=20, num_beams=5, candidates=2, length_penalty=2.0, min_new_tokens=8),
    Generation(
        max_new_tokens=20, num_beams=3, length_penalty=-1.0, repetition_penalty=1.5, no_repeat_ngram=3
    ),
]
QUICK = [replace(generation, max_new_tokens=12, min_new_tokens=5) for generation in SETTINGS]


def base() -> BlipConfig:
    """The shape of Salesforce/blip-image-captioning-base."""
    text = {
        **{"num_attention_heads": 12, "num_hidden_layers": 12, "vocab_size": 30524, "hidden_size": 768},
        **{"intermediate_size": 3072, "encoder_hidden_size": 768, "max_position_embeddings": 512},
        **{"bos_token_id": 30522, "pad_token_id": 0, "eos_token_id": END, "sep_token_id": END},
        "initializer_range": 0.02,
    }
    vision = {"image_size": 384, "patch_size": 16, "hidden_size": 768, "intermediate_size": 3072}
    return BlipConfig(text_config=text, vision_config={**vision, "initializer_range": 0.05})


def gaps(beams: list[Written], theirs: list[list[int]], generation: Generation) -> list[float]:
    """How far apart by our scores ours and theirs lie, for each text that differs.

    Args:
        beams: all of ours about a picture, the best first.
        theirs: the texts that ``generate`` gave about it.
        generation: how both were written.

    Returns:
        Infinity for a text that is none of ours, as for any that was not searched by beams.
    """
    scores = {}
    for text in beams:
        length = min(len(text.ids) + 1, generation.max_new_tokens)  # its end counts
        scores[text.ids] = text.score * length ** (1 - generation.length_penalty)
    pairs = zip(beams[: generation.candidates], map(tuple, theirs), strict=True)
    return [abs(scores[text.ids] - scores.get(other, math.inf)) for text, other in pairs if text.ids != other]


def main() -> int:
    """Run every setting over every batch size, with and without a prompt."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--batches", default="1,2,4,8,16")
    parser.add_argument("--quick", action="store_true", help="no prompts, fewer new tokens")
    options = parser.parse_args()
    pair = Pair(base(), end_bias=1.0)
    texts = different = 0
    ends: set[int] = set()
    for count in map(int, options.batches.split(",")):
        pixels = pair.pixels(count, seed=count)
        for generation in QUICK if options.quick else SETTINGS:
            every = replace(generation, candidates=generation.num_beams)
            for prompt in [[]] if options.quick else [[], PROMPT]:
                started = time.perf_counter()
                ours = pair.ours(pixels, prompt, every)
                between = time.perf_counter()
                theirs = pair.theirs(pixels, prompt, generation)
                ended = time.perf_counter()
                wrong = [
                    gap
                    for beams, of_photo in zip(ours, theirs, strict=True)
                    for gap in gaps(beams, of_photo, generation)
                ]
                texts += sum(map(len, theirs))
                different += len(wrong)
                lengths = sorted({len(text) for of_photo in theirs for text in of_photo})
                ends.update(lengths)
                print(
                    f"batch {count:2}, beams {generation.num_beams}, prompt {len(prompt)}:"
                    f" {len(wrong)} differ{f' (scores by up to {max(wrong):.1e})' if wrong else ''};"
                    f" lengths {lengths}; {between - started:.1f} s, generate {ended - between:.1f} s",
                    flush=True,
                )
    print(f"{texts} texts of {len(ends)} lengths, {different} differ from transformers' generate")
    return int(different > 0 or len(ends) == 1)


if __name__ == "__main__":
    with torch.inference_mode():
        sys.exit(main())
