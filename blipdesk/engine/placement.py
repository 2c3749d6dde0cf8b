"""Where a checkpoint fits: which device and precision, whole or shared with the main memory.

Decisions only: nothing is loaded here.  Out of memory goes to a smaller place (:func:`smaller`), senseless
words go to a safer one; :mod:`~blipdesk.engine.loading` walks both ways.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from blipdesk.domain.wording import later
from blipdesk.engine.registry import INT8_BYTES, MIB

LANGUAGE_FAMILIES = frozenset({"blip2", "instructblip"})
"""Modules whose language model runs through transformers: it may be spread, or be in LLM.int8."""
INT8_FAMILIES = {"cpu": frozenset(INT8_BYTES), "cuda": LANGUAGE_FAMILIES}
"""Modules that run in int8, by device: on a processor our own products, on a card LLM.int8."""
_BYTES = {"fp32": 4.0, "bf16": 2.0, "fp16": 2.0, "int8": 1.3}
"""Bytes a weight; in int8 on a processor see :data:`INT8_BYTES`, on a card embeddings and norms stay."""
_RESERVE = 768 * MIB
"""What a card needs beside the weights: its libraries, and a photo's states."""
_SHARE = 0.85
"""How much of the free main memory a spread model may take."""
_ORDER = ("fp32", "bf16", "fp16", "int8")


@dataclass(frozen=True, slots=True)
class Place:
    """A device and a precision; ``spread``: what does not fit onto the card lies in the main memory."""

    device: str
    precision: str
    spread: bool = False

    def __str__(self) -> str:
        return f"{self.precision} on {self.device}" + (" and the main memory" if self.spread else "")

    @property
    def memory(self) -> str:
        """What holds a model there, in a sentence for the person."""
        return (
            later("{device} and the main memory").format(device=self.device) if self.spread else self.device
        )


def has_int8(family: str, device: str) -> bool:
    """Whether a family's module runs in int8 on a device."""
    return family in INT8_FAMILIES.get(device, ())


def weight_count(files: Iterable[Path]) -> int:
    """How many numbers the safetensors files of a checkpoint hold, from their headers.

    Args:
        files: those that are loaded; another beside them, as a whole file beside its parts, takes no memory.
    """
    count = 0
    for file in files:
        with file.open("rb") as stream:
            header = json.loads(stream.read(int.from_bytes(stream.read(8), "little")))
        count += sum(math.prod(entry["shape"]) for name, entry in header.items() if name != "__metadata__")
    return count


def needed_bytes(place: Place, weights: int, family: str, read: int = 0) -> int:
    """What the weights of a family's checkpoint take at a place, at the peak of their load.

    Args:
        place: where.
        weights: their number.
        family: its module.
        read: bytes of the files that are read as a whole before they are packed in int8 on a processor; of
            what is mapped no more is in memory than what stays.
    """
    if (place.device, place.precision) == ("cpu", "int8"):
        return max(int(weights * INT8_BYTES[family]), read)
    return int(weights * _BYTES[place.precision])


def fits(place: Place, weights: int, family: str, free: Mapping[str, int], read: int = 0) -> bool:
    """Whether the weights have room; a little too much is left to the attempt, which knows better.

    Args:
        place: where.
        weights: their number.
        family: its module.
        free: bytes by device; those of ``mps`` are the main memory's.
        read: see :func:`needed_bytes`.
    """
    needed = needed_bytes(place, weights, family, read)
    memory = free.get(place.device, free["cpu"])
    if place.device != "cuda":
        return needed <= memory
    if not place.spread:
        return needed + _RESERVE <= memory
    return needed <= max(0, memory - _RESERVE) + _SHARE * free["cpu"]


def shares(free: Mapping[str, int]) -> dict[int | str, int]:
    """How much of a spread model the card and the main memory take, as accelerate's ``max_memory`` has it."""
    return {0: max(0, free["cuda"] - _RESERVE), "cpu": int(_SHARE * free["cpu"])}


def smaller(place: Place, usable: Mapping[str, Collection[str]], *, language: bool) -> Place | None:
    """Where a model goes that finds no memory at a place: smaller precision, then shared, then the processor.

    Args:
        place: where it found none.
        usable: the family's precisions by device.
        language: the checkpoint's family is one of :data:`LANGUAGE_FAMILIES`.

    >>> have = {"cuda": ["fp32", "bf16", "int8"], "cpu": ["fp32", "int8"]}
    >>> place, way = Place("cuda", "fp32"), []
    >>> while place := smaller(place, have, language=True): way.append(str(place))
    >>> way[:3]
    ['bf16 on cuda', 'int8 on cuda', 'bf16 on cuda and the main memory']
    >>> way[3:]
    ['fp32 on cpu', 'int8 on cpu']
    """
    if not place.spread:
        size = _BYTES[place.precision]
        less = [name for name in _ORDER if name in usable[place.device] and _BYTES[name] < size]
        if less:
            return Place(place.device, less[0])
    if place.device == "cpu":
        return None
    if place.device == "cuda" and language and not place.spread:
        half = next(name for name in ("bf16", "fp16") if name in usable["cuda"])
        return Place("cuda", half, spread=True)
    return Place("cpu", "fp32")
