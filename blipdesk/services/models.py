"""The checkpoints on this computer: list, download, import, remove, check."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from blipdesk import engine
from blipdesk.domain.errors import UsageError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import DownloadProgress, ModelCheck
from blipdesk.domain.paths import absolute_path
from blipdesk.domain.ports import CancelToken
from blipdesk.domain.wording import later
from blipdesk.engine import registry
from blipdesk.engine.names import did_you_mean, typed_name

Models = Callable[[], Sequence[ModelInfo]]
"""Lists the checkpoints."""


def models_dir(data_dir: Path) -> Path:
    """Where imported checkpoints lie; the demo's catalog shares them with the main one."""
    return (data_dir.parent if data_dir.name == "demo" else data_dir) / "models"


def named_model(name: str, models: Models) -> str:
    """What a person typed for a model: ``demo``, a key, a repository's name (its key), a folder (absolute).

    Raises:
        UsageError: it means no model that is known or on this computer.
    """
    if name == registry.DEMO or engine.is_fake(name):
        return name
    if os.path.isdir(os.path.expanduser(name)):
        return absolute_path(name)
    return known_key(name, models)


def known_key(name: str, models: Models) -> str:
    """The key that a person typed, or that of a repository's name or page.

    Args:
        name: as it was typed.
        models: lists what it may mean, beside the registry's own names.

    Raises:
        UsageError: it is none that is known or on this computer.
    """
    meant = typed_name(name)
    if registry.find_spec(meant) is not None:
        return meant
    listed = models()
    key = next((model.key for model in listed if meant in {model.key, model.repo}), "")
    if not key:
        near = did_you_mean(meant, (model.key for model in listed))
        raise UsageError(
            later("There is no model {name}.").format(name=repr(name)),
            later("{near}blipdesk models list shows the names.").format(near=near),
        )
    return key


def _can_go(model: ModelInfo) -> bool:
    """Whether there is something to remove."""
    spec = registry.find_spec(model.key)
    return bool(model.arrived_bytes) or (model.installed and not (spec and spec.embedded))


class ModelService:
    """Models for the window and the command line."""

    def __init__(self, data_dir: Path) -> None:
        self._dir = models_dir(data_dir)

    def list(self) -> list[ModelInfo]:
        """The registry's checkpoints and the imported ones, installed ones first."""
        return engine.list_models(self._dir)

    def import_folder(self, path: str, *, allow_code: bool = False) -> ModelInfo:
        """Copy a checkpoint folder in, checked file by file.

        Raises:
            UsageError: there is no such folder.
            ModelError: no checkpoint of a known family, code that nobody agreed to, damaged, or disk full.
        """
        return engine.import_model(Path(absolute_path(path)), self._dir, allow_code=allow_code)

    def download(
        self,
        name: str,
        on_progress: Callable[[DownloadProgress], None],
        cancel: CancelToken,
        *,
        allow_code: bool = False,
    ) -> ModelInfo:
        """Download a checkpoint; it appears whole, checked and tried, or not at all.

        Any thread but the window's; ``on_progress`` is called on it.

        Args:
            name: a key of :meth:`list`, or ``owner/name`` or the page of a repository at the hub.
            on_progress: told the phases, the offer (licence, size) before the weights come, and the bytes.
            cancel: asked ten times a second; what has come is kept, and the next download goes on from it.
            allow_code: the person agreed to run the program code that the checkpoint may bring along.

        Raises:
            UsageError: the name can be that of no model.
            ModelError: not at the hub, offline, refused, broken off, damaged, no space, or it does not run.
            Cancelled: the token was set.
        """
        return engine.download_model(name, self._dir, on_progress, cancel, allow_code=allow_code)

    def remove(self, key: str) -> None:
        """Delete a checkpoint, or what an interrupted download has left of it.

        Raises:
            UsageError: the key is that of no model.
            ModelError: it is not on this computer, or embedded in the program.
        """
        key = known_key(key, lambda: [model for model in self.list() if _can_go(model)])
        engine.remove_model(key, self._dir)

    def check(self, name: str, *, allow_code: bool = False) -> tuple[ModelCheck, ...]:
        """Check a checkpoint's files, load it and try it on a test picture; ``demo`` checks all demo models.

        Raises:
            UsageError: the name means no model.
            ModelError: it is not on this computer, damaged, or does not run here.
        """
        return engine.check_model(named_model(name, self.list), self._dir, allow_code=allow_code)
