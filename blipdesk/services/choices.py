"""What a command line says of one run; apart from what acts on it: ``--help`` imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RunChoices:
    """What a command line says of a run; None leaves it as the settings have it."""

    model: str | None = None
    """A model's key, or a checkpoint folder."""
    device: str | None = None
    precision: str | None = None
    batch_size: str = "auto"
    """``auto``, or a number of photos."""
    write: str | None = None
    existing: str | None = None
    """What is done where a person's caption stands: ``skip``, ``comment``, ``append`` or ``replace``."""
    heic: bool | None = None
    """Whether captions go into HEIC and AVIF files as well."""
    adobe_names: bool | None = None
    """Whether a RAW photo's new sidecar is named ``photo.xmp``."""
    match_model: str | None = None
    """``auto``, ``none``, a key or a folder: what says how well captions fit."""
    prompt: str | None = None
    candidates: int | None = None
    num_beams: int | None = None
    sample: bool = False
    top_p: float | None = None
    temperature: float | None = None
    repetition_penalty: float | None = None
    length_penalty: float | None = None
    min_new_tokens: int | None = None
    max_new_tokens: int | None = None
