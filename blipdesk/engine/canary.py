"""The canary: a model that was just loaded says what it sees on drawn pictures, before it sees a photo."""

from __future__ import annotations

import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import PixelImage
from blipdesk.domain.wording import later
from blipdesk.engine import signs
from blipdesk.engine.batching import check_device
from blipdesk.engine.registry import ANSWER, CAPTION, RETRIEVAL
from blipdesk.engine.text import is_degenerate, is_senseless_answer
from blipdesk.engine.vision_model import Generation, RawMatch, VisionModel, answerer, captioner, retriever

_log = logging.getLogger(__name__)

_WORDS = 12
_TEXTS = ("a dog", "a red house")
_ALIKE = 0.75
"""The share of pictures of which a precision has to say what fp32 says, word for word."""
_LOGIT_OFF, _COSINE_OFF = 0.25, 0.03
"""How far a precision's matches may be off: the demo retriever's in bf16 are, by 0.04 and 0.005 at most."""
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


class _Never:
    """A token that is never set; each word asks it, and is a sign of life."""

    def is_set(self) -> bool:
        signs.give()
        return False


@dataclass(frozen=True, slots=True)
class Said:
    """What a model made of the canary pictures, by what it can do: one entry for each picture."""

    captions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    matches: tuple[tuple[RawMatch, ...], ...] = ()

    @property
    def makes_sense(self) -> bool:
        """Whether it could be words about a picture; one picture may be too plain for a model."""
        return not (
            (self.captions and all(map(is_degenerate, self.captions)))
            or (self.answers and all(map(is_senseless_answer, self.answers)))
            or not all(map(_is_finite, self.matches))
        )

    def agrees(self, exact: Said) -> bool:
        """Whether a precision says what fp32 says of nearly every picture.

        >>> Said(("a dog", "a", "b", "c")).agrees(Said(("a dog", "a", "b", "x")))
        True
        >>> Said(("la la", "a", "b", "c")).agrees(Said(("a dog", "a", "b", "x")))
        False
        """
        pairs = zip(self.matches, exact.matches, strict=True)
        return (
            _same(self.captions, exact.captions)
            and _same(self.answers, exact.answers)
            and all(
                _is_near(one, other)
                for ours, theirs in pairs
                for one, other in zip(ours, theirs, strict=True)
            )
        )


def try_canary(model: VisionModel, title: str, task: str, count: int = 2) -> Said:
    """What the model makes of the first pictures.

    A model that can caption captions them whatever it is wanted for: it is held for that too.

    Args:
        model: just loaded.
        title: its name, for the person.
        task: what it is wanted for.
        count: how many pictures.

    Raises:
        DeviceLostError: the card is lost to this process.
        ModelError: nothing was said of any picture, or the library failed.
    """
    try:
        said = _said(model, task, count)
    except ModelError:
        raise
    except Exception as error:
        check_device(error)
        _log.exception("the canary failed")
        raise ModelError(
            later("The model {title} loads but does not run: {name}.").format(
                title=title, name=type(error).__name__
            ),
            later("Try another precision or device, or get the checkpoint again."),
        ) from error
    silent = {
        CAPTION: not any(map(_has_letters, said.captions)),
        ANSWER: not any(map(_has_letters, said.answers)),
        RETRIEVAL: not any(map(_is_finite, said.matches)),
    }
    if silent[task]:
        raise ModelError(
            later("The model {title} loads but says nothing about a test picture.").format(title=title),
            later("Its weights are damaged, or the precision does not suit it: try fp32."),
        )
    return said


def _said(model: VisionModel, task: str, count: int) -> Said:
    never = _Never()
    encoded = model.encode(pictures(model.image_size)[:count])
    captions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    matches: tuple[tuple[RawMatch, ...], ...] = ()
    if task == CAPTION or CAPTION in model.tasks:
        texts = captioner(model).caption(encoded, replace(Generation(), max_new_tokens=_WORDS), never)
        captions = tuple(entry[0].text for entry in texts)
    if task == ANSWER:
        one_by_one = [encoded.select(index) for index in range(count)]
        answers = tuple(
            answerer(model).answer(one, "what is this?", (), lambda _: None, never).text for one in one_by_one
        )
    if task == RETRIEVAL:
        matches = tuple(map(tuple, retriever(model).match(encoded, [_TEXTS] * count, never)))
    return Said(captions, answers, matches)


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)


def _is_finite(matches: Sequence[RawMatch]) -> bool:
    return all(math.isfinite(match.logit + match.itc) for match in matches)


def _same(words: Sequence[str], exact: Sequence[str]) -> bool:
    return sum(word == other for word, other in zip(words, exact, strict=True)) >= _ALIKE * len(exact)


def _is_near(one: RawMatch, other: RawMatch) -> bool:
    return abs(one.logit - other.logit) <= _LOGIT_OFF and abs(one.itc - other.itc) <= _COSINE_OFF
