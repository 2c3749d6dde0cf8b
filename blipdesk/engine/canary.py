"""The canary: a model that was just loaded says what it sees on drawn pictures, before it sees a photo."""

from __future__ import annotations

import logging
import math
import threading
from dataclasses import replace

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import PixelImage
from blipdesk.engine.registry import ANSWER, CAPTION
from blipdesk.engine.text import is_degenerate
from blipdesk.engine.vision_model import Generation, VisionModel, answerer, captioner, retriever

_log = logging.getLogger(__name__)

_WORDS = 12
_BLUE, _SAND, _GREEN = b"\x20\x60\xd0", b"\xe0\xb0\x10", b"\x40\xa0\x30"
_RED, _WHITE, _GREY = b"\xc0\x20\x20", b"\xf0\xf0\xf0", b"\x80\x80\x80"


def pictures(size: int) -> list[PixelImage]:
    """A grey field, the sky over sand, a red house on a meadow, and a white disc on red."""
    half, quarter = size // 2, size // 4
    wall = _RED * (size - 2 * quarter)
    sky, sand = _BLUE * size, _SAND * size
    house = [
        side * quarter + wall + side * quarter if half // 2 <= y < size - quarter else side * size
        for y, side in ((y, _BLUE if y < half else _GREEN) for y in range(size))
    ]
    disc = []
    for y in range(size):
        reach = math.isqrt(max(0, quarter**2 - (y - half) ** 2))
        disc.append(_RED * (half - reach) + _WHITE * (2 * reach) + _RED * (size - half - reach))
    drawn = ([_GREY * size] * size, [sky] * half + [sand] * (size - half), house, disc)
    return [PixelImage(size, size, b"".join(rows)) for rows in drawn]


def try_canary(model: VisionModel, title: str, task: str, count: int = 2) -> list[str]:
    """What the model says of the first pictures; a retrieval model's numbers count as a word.

    Args:
        model: just loaded.
        title: its name, for the person.
        task: what it is wanted for.
        count: how many pictures.

    Raises:
        ModelError: nothing was said of any picture, or the library failed.
    """
    never = threading.Event()
    try:
        encoded = model.encode(pictures(model.image_size)[:count])
        if task == CAPTION:
            texts = captioner(model).caption(encoded, replace(Generation(), max_new_tokens=_WORDS), never)
            words = [entry[0].text for entry in texts]
        elif task == ANSWER:
            asked = [encoded.select(index) for index in range(count)]
            words = [
                answerer(model).answer(one, "what is this?", (), lambda _: None, never).text for one in asked
            ]
        else:
            matches = retriever(model).match(encoded, [["a dog"]] * count, never)
            words = ["number" if math.isfinite(match.logit + match.itc) else "" for (match,) in matches]
    except ModelError:
        raise
    except Exception as error:
        _log.exception("the canary failed")
        raise ModelError(
            f"The model {title} loads but does not run: {type(error).__name__}.",
            "Try another precision or device, or get the checkpoint again.",
        ) from error
    if not any(any(char.isalnum() for char in word) for word in words):
        raise ModelError(
            f"The model {title} loads but says nothing about a test picture.",
            "Its weights are damaged, or the precision does not suit it: try fp32.",
        )
    return words


def make_sense(words: list[str], task: str) -> bool:
    """Whether what was said could be words about a picture; an answer may be a number or one letter."""
    return task != CAPTION or not all(is_degenerate(word) for word in words)


def agree(words: list[str], exact: list[str]) -> bool:
    """Whether a precision says what fp32 says of most of the pictures.

    >>> agree(["a red house", "a"], ["a red house", "b"]), agree(["la la", "a"], ["a red house", "b"])
    (True, False)
    """
    return sum(word == other for word, other in zip(words, exact, strict=True)) >= len(exact) / 2
