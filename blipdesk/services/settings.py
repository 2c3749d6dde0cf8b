"""The settings, described once: type, default, label, help and bounds.

The settings dialog, ``doctor`` and the tests are generated from :data:`SETTINGS`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from blipdesk.domain.errors import UsageError

KEY = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default."""

    first_start_done: bool = False
    write_target: str = "none"
    model: str = "demo"
    answer_model: str = "demo"
    device: str = "auto"
    precision: str = "auto"
    prompt: str = ""
    num_beams: int = 1
    theme: str = "system"
    tile_width: int = 200
    sort: str = "newest"
    paused: bool = False
    geometry: str = ""
    splitter: str = ""


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One setting as a person meets it; ``choices`` are (value, label) pairs; bounds are inclusive."""

    name: str
    label: str
    help: str
    section: str
    choices: tuple[tuple[str, str], ...] = ()
    minimum: int | None = None
    maximum: int | None = None


SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "theme", "Appearance", "Light, dark, or whatever the system uses.", "Window",
        (("system", "Follow the system"), ("light", "Light"), ("dark", "Dark")),
    ),
    SettingSpec(
        "write_target", "Where captions go",
        "Captions always stay in BlipDesk's catalog, and can also go where other programs find them.",
        "Captions",
        (
            ("none", "Catalog only: the photo files stay untouched"),
            ("sidecar", "Sidecar: a small .xmp file beside each photo"),
            ("embed", "Inside the photo: JPEG files carry their caption, others get a sidecar"),
        ),
    ),
    SettingSpec("model", "Captioning model", "The checkpoint that writes the captions.", "Model"),
    SettingSpec("answer_model", "Answering model", "The checkpoint that answers questions.", "Model"),
    SettingSpec(
        "device", "Device", "Where the model runs.", "Model",
        (("auto", "Automatic"), ("cpu", "Processor"), ("cuda", "NVIDIA graphics card"), ("mps", "Apple GPU")),
    ),
    SettingSpec(
        "precision", "Precision", "Smaller numbers are faster and need less memory.", "Model",
        (
            ("auto", "Automatic"), ("fp32", "32 bit"), ("bf16", "16 bit (bfloat16)"),
            ("fp16", "16 bit (half)"), ("int8", "8 bit"),
        ),
    ),
    SettingSpec(
        "num_beams", "Beams", "More beams search longer for the best wording: slower, slightly better.",
        "Captions", minimum=1, maximum=10,
    ),
    SettingSpec(
        "prompt", "Caption begins with",
        "Words that every caption continues, such as: a photo of. They are not kept in the caption.",
        "Captions",
    ),
)  # fmt: skip


def validate(settings: Settings) -> None:
    """Check choices and bounds.

    Raises:
        UsageError: a value is not one of its setting's choices or lies out of bounds.
    """
    for spec in SETTINGS:
        value = getattr(settings, spec.name)
        allowed = [choice for choice, _ in spec.choices]
        if allowed and value not in allowed:
            raise UsageError(
                f"{value!r} is not a value of {spec.label}.", f"Use one of {', '.join(allowed)}."
            )
        if (
            spec.minimum is not None
            and spec.maximum is not None
            and not spec.minimum <= value <= spec.maximum
        ):
            raise UsageError(
                f"{spec.label} {value} is out of bounds.", f"Use {spec.minimum} to {spec.maximum}."
            )


class SettingsService:
    """Reads and changes the settings; ``values`` is immediate."""

    def __init__(self, load: Callable[[str], Any], save: Callable[[str, Any], None]) -> None:
        stored = load(KEY)
        known = {field.name: type(field.default) for field in fields(Settings)}
        kept: dict[str, Any] = {
            name: value
            for name, value in (stored or {}).items()
            if name in known and isinstance(value, known[name])
        }
        self._save = save
        self._lock = threading.Lock()
        self._values = Settings(**kept)
        try:
            validate(self._values)
        except UsageError:
            self._values = Settings(first_start_done=self._values.first_start_done)

    @property
    def values(self) -> Settings:
        """The settings as they are now."""
        return self._values

    def change(self, **changes: Any) -> Settings:
        """Change and save settings.

        Raises:
            UsageError: a value is out of its bounds; nothing is changed.
        """
        with self._lock:
            new = replace(self._values, **changes)
            validate(new)
            if new != self._values:
                self._save(KEY, asdict(new))
                self._values = new
        return new
