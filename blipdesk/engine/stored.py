"""A checkpoint's numbers in the type they are stored in, mapped: no copy until somebody makes one.

What will be packed in 8 bits is read to be packed, layer by layer; loaded as a whole before, or in a wider
type, it would take two to four times the memory that stays of it.  transformers 5.23 gives all numbers one
type, and reads whole files on Windows, where a writable mapping counts as used memory; ours is read-only.

Imports torch: import this module inside functions.
"""

from __future__ import annotations

import json
import math
import mmap
import pickle
import sys
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import torch

_KINDS = {
    **{"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16},
    **{"F8_E4M3": torch.float8_e4m3fn, "F8_E5M2": torch.float8_e5m2, "BOOL": torch.bool},
    **{"I64": torch.int64, "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8},
}
"""Types as safetensors names them (its format description, "dtype")."""
_UNREADABLE = (
    *(pickle.PickleError, RuntimeError, ValueError, LookupError, TypeError, AttributeError),
    *(OSError, EOFError, ImportError),
)
"""What torch and pickle raise for a damaged file."""
_KEPT = (torch.float32, torch.float16, torch.bfloat16)


class AsStored:
    """One tensor of a file, for ``from_pretrained(state_dict=...)``: it stays as it is, whatever is asked."""

    def __init__(self, numbers: torch.Tensor) -> None:
        if numbers.is_floating_point():
            self._numbers = numbers if numbers.dtype in _KEPT else numbers.to(torch.float32)
        else:
            self._numbers = numbers.clone()

    def __getitem__(self, _: Any) -> AsStored:
        return self

    def to(self, **_: Any) -> torch.Tensor:
        """The numbers, read-only: who changes them in place ends the process."""
        return self._numbers


def read_state(files: Iterable[Path]) -> dict[str, AsStored]:
    """The tensors of weight files, safetensors or ``.bin``, by name.

    Raises:
        pickle.UnpicklingError: a ``.bin`` holds more than numbers.
        ValueError: a file is damaged.  Also other types that torch raises for such.
    """
    found: dict[str, AsStored] = {}
    for file in files:
        named = _pickled(file) if file.suffix == ".bin" else _mapped(file)
        found.update((name, AsStored(numbers)) for name, numbers in named)
    return found


def is_mapped(file: Path) -> bool:
    """Whether a weight file is mapped; else its numbers take memory until they are packed."""
    return file.suffix != ".bin" or (sys.platform != "win32" and zipfile.is_zipfile(file))


def pickled_count(files: Iterable[Path]) -> int:
    """How many numbers ``.bin`` files hold: no more than there is room for, as tied tensors lie there once.

    Of a file that cannot be read, so that the load will say why, as many as it holds in half precision.
    """
    count = 0
    for file in files:
        size = file.stat().st_size
        try:
            tensors = _load(file, "meta").values()
        except _UNREADABLE:
            count += size // 2
            continue
        numbers, named = sum(part.numel() for part in tensors), sum(part.nbytes for part in tensors)
        count += int(numbers * min(1.0, size / max(1, named)))
    return count


def _mapped(file: Path) -> Iterator[tuple[str, torch.Tensor]]:
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        header = json.loads(stream.read(length))
        pages = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        kind, count = _KINDS.get(entry["dtype"]), math.prod(entry["shape"])
        if kind is None:
            raise ValueError(f"{name} is stored as {entry['dtype']}")
        if count * kind.itemsize != entry["data_offsets"][1] - entry["data_offsets"][0]:
            raise ValueError(f"{name} has another size than its place in the file")
        start = 8 + length + entry["data_offsets"][0]
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "The given buffer is not writable")
            flat = torch.frombuffer(pages, dtype=kind, count=count, offset=start) if count else torch.empty(0)
        yield name, flat.to(kind).view(entry["shape"])


def _pickled(file: Path) -> Iterator[tuple[str, torch.Tensor]]:
    yield from _load(file, "cpu").items()


def _load(file: Path, device: str) -> dict[str, torch.Tensor]:
    """The tensors of a ``.bin``, mapped where they can be; on ``meta`` only their sizes are read."""
    tensors = torch.load(file, map_location=device, weights_only=True, mmap=is_mapped(file))
    return {name: part for name, part in tensors.items() if isinstance(part, torch.Tensor)}
