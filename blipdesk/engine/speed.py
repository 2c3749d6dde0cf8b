"""How fast this computer is, as far as it was measured: ``speed.json`` beside the imported checkpoints.

No torch here: ``models list`` and ``doctor`` read it from the window's process.  The file is a cache: whoever
cannot read it measures again.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from blipdesk import __version__

FILE = "speed.json"
_FORMAT = 1
_MOST = 200
"""Entries kept of each kind, the newest."""
_GUESSED = 10.0
"""How far apart two models' weights may be for a guess: beyond, other things than weights take the time."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many photos a second a checkpoint captioned here."""

    checkpoint: str
    """The checkpoint's digest."""
    device: str
    precision: str
    photos_per_second: float
    weight_bytes: int
    """Size of its weight files: with it a figure of one model gives a guess for another."""
    measured_at_version: str = __version__


@dataclass(frozen=True, slots=True)
class Choice:
    """What ``auto`` became for a checkpoint on a device, and why.

    It stays until device, processor or torch change: a photo that is captioned again must not get other
    words because the computer happened to be busy.
    """

    checkpoint: str
    machine: str
    """Fingerprint of device, processor and torch."""
    precision: str
    reason: str
    """A plain sentence."""
    milliseconds: dict[str, float] = field(default_factory=dict)
    """What a layer took by precision."""


@dataclass(frozen=True, slots=True)
class Speed:
    """Everything measured on this computer."""

    figures: tuple[Figure, ...] = ()
    choices: tuple[Choice, ...] = ()

    def photos_per_second(
        self, checkpoint: str, weight_bytes: int, device: str = "", precision: str = ""
    ) -> float | None:
        """The rate of a checkpoint, measured or guessed; None where nothing was measured.

        A guess takes the nearest measured size of the same device and precision (each where one is named)
        and lets the time grow with the weights; of a size too far off there is none.
        """
        fitting = [
            figure
            for figure in self.figures
            if (not device or figure.device == device) and (not precision or figure.precision == precision)
        ]
        own = [figure.photos_per_second for figure in fitting if figure.checkpoint == checkpoint]
        if own:
            return max(own)
        sized = [figure for figure in fitting if figure.weight_bytes > 0]
        if not sized or weight_bytes <= 0:
            return None

        def ratio(size: int) -> float:
            return max(size, weight_bytes) / min(size, weight_bytes)

        near = min((figure.weight_bytes for figure in sized), key=ratio)
        if ratio(near) > _GUESSED:
            return None
        quickest = max(f.photos_per_second for f in sized if f.weight_bytes == near)
        return quickest * near / weight_bytes

    def knows(self, checkpoint: str) -> bool:
        """Whether a rate of this very checkpoint was measured."""
        return bool(checkpoint) and any(figure.checkpoint == checkpoint for figure in self.figures)

    def photos_per_second_of(self, digest: str, device: str, precision: str) -> float | None:
        """The measured rate of a checkpoint whose digest begins so."""
        for figure in self.figures:
            if figure.checkpoint.startswith(digest) and (figure.device, figure.precision) == (
                device,
                precision,
            ):
                return figure.photos_per_second
        return None

    def choice_of(self, digest: str, precision: str) -> Choice | None:
        """The newest choice of a precision for a checkpoint whose digest begins so."""
        found = (c for c in self.choices if c.checkpoint.startswith(digest) and c.precision == precision)
        return next(found, None)

    def choice(self, checkpoint: str, machine: str) -> Choice | None:
        """What ``auto`` became here before."""
        found = (c for c in self.choices if (c.checkpoint, c.machine) == (checkpoint, machine))
        return next(found, None)


def read(models_dir: Path | None) -> Speed:
    """What was measured; nothing where there is no file or it cannot be read."""
    if models_dir is None:
        return Speed()
    try:
        found = json.loads((models_dir / FILE).read_text("utf-8"))
        if found["format"] != _FORMAT:
            return Speed()
        return Speed(
            tuple(_figure(entry) for entry in found["figures"]),
            tuple(_choice(entry) for entry in found["choices"]),
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Speed()


def _figure(entry: Mapping[str, Any]) -> Figure:
    return Figure(
        checkpoint=str(entry["checkpoint"]),
        device=str(entry["device"]),
        precision=str(entry["precision"]),
        photos_per_second=float(entry["photos_per_second"]),
        weight_bytes=int(entry["weight_bytes"]),
        measured_at_version=str(entry["measured_at_version"]),
    )


def _choice(entry: Mapping[str, Any]) -> Choice:
    return Choice(
        checkpoint=str(entry["checkpoint"]),
        machine=str(entry["machine"]),
        precision=str(entry["precision"]),
        reason=str(entry["reason"]),
        milliseconds={str(name): float(value) for name, value in entry["milliseconds"].items()},
    )


def record(models_dir: Path | None, entry: Figure | Choice) -> None:
    """Keep a measurement in place of an older one of the same thing; a full disk is no reason to fail."""
    if models_dir is None:
        return
    known = read(models_dir)
    if isinstance(entry, Figure):
        same = (entry.checkpoint, entry.device, entry.precision)
        others = [f for f in known.figures if (f.checkpoint, f.device, f.precision) != same]
        known = replace(known, figures=(entry, *others)[:_MOST])
    else:
        place = (entry.checkpoint, entry.machine)
        rest = [c for c in known.choices if (c.checkpoint, c.machine) != place]
        known = replace(known, choices=(entry, *rest)[:_MOST])
    with contextlib.suppress(OSError):
        _write(models_dir, known)


def _write(models_dir: Path, known: Speed) -> None:
    """Replace the file as a whole: a killed process leaves the old one."""
    models_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = json.dumps({"format": _FORMAT, **asdict(known)}, indent=1) + "\n"
    fd, path = tempfile.mkstemp(prefix=f".{FILE}.", dir=models_dir)
    try:
        with os.fdopen(fd, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.replace(path, models_dir / FILE)
    except BaseException:
        os.unlink(path)
        raise
