"""The settings: types, defaults and bounds; read, changed and kept.

What a person is told of them is in :mod:`blipdesk.services.setting_specs`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from blipdesk.domain.errors import UsageError
from blipdesk.domain.wording import later
from blipdesk.services.setting_specs import SETTINGS, SettingSpec

KEY = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its default."""

    first_start_done: bool = False
    write_target: str = "none"
    existing_text: str = "skip"
    embed_heif: bool = False
    adobe_names: bool = False
    keep_times: bool = True
    journal_days: int = 365
    journal_mb: int = 1024
    model: str = "demo"
    answer_model: str = "demo"
    match_model: str = "auto"
    device: str = "auto"
    precision: str = "auto"
    prompt: str = ""
    num_beams: int = 1
    candidates: int = 1
    unload_minutes: int = 10
    only_when_idle: bool = False
    idle_minutes: int = 5
    only_on_mains: bool = False
    keep_running: bool = True
    keep_running_told: bool = False
    start_with_system: bool = False
    notifications: bool = True
    theme: str = "system"
    language: str = "system"
    motion: str = "system"
    tile_width: int = 200
    sort: str = "newest"
    grouping: str = "none"
    listed: bool = False
    paused: bool = False
    geometry: str = ""
    splitter: str = ""
    folded: str = "cameras"
    view: str = "all"
    view_argument: str = ""
    query: str = ""
    top_photo: int = 0
    chosen_photo: int = 0


def validate(settings: Settings) -> None:
    """Check choices and bounds.

    Raises:
        UsageError: a value is not one of its setting's choices or lies out of bounds.
    """
    for spec in SETTINGS:
        _check(spec, getattr(settings, spec.name))


def _check(spec: SettingSpec, value: Any) -> None:
    allowed = [choice for choice, _ in spec.choices]
    if allowed and value not in allowed:
        raise UsageError(
            later("{value} is not a value of {label}.").format(value=repr(value), label=spec.label),
            later("Use one of {names}.").format(names=", ".join(map(str, allowed))),
        )
    check_bounds(spec, value)


def _is_allowed(name: str, value: Any) -> bool:
    """Whether another version's value is one here: what is not costs that setting alone, not all of them."""
    try:
        for spec in SETTINGS:
            if spec.name == name:
                _check(spec, value)
    except UsageError:
        return False
    return True


def check_bounds(spec: SettingSpec, value: Any) -> None:
    """Check one setting's bounds.

    Raises:
        UsageError: the value lies out of them.
    """
    if isinstance(value, str):
        if spec.maximum is not None and len(value) > spec.maximum:
            raise UsageError(
                later("{label}: {count} characters are too many.").format(label=spec.label, count=len(value)),
                later("Use {maximum} at most.").format(maximum=spec.maximum),
            )
    elif spec.minimum is not None and spec.maximum is not None and not spec.minimum <= value <= spec.maximum:
        raise UsageError(
            later("{label} {value} is out of bounds.").format(label=spec.label, value=value),
            later("Use {minimum} to {maximum}.").format(minimum=spec.minimum, maximum=spec.maximum),
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
        self._values = Settings(**{name: value for name, value in kept.items() if _is_allowed(name, value)})

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
