"""The checkpoints on this computer: list, download, import, remove, check."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from blipdesk import engine
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import DownloadProgress, ModelCheck
from blipdesk.domain.ports import CancelToken


def models_dir(data_dir: Path) -> Path:
    """Where imported checkpoints lie; the demo's catalog shares them with the main one."""
    return (data_dir.parent if data_dir.name == "demo" else data_dir) / "models"


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
            ModelError: no checkpoint of a known family, pickle weights only, damaged, or disk full.
        """
        return engine.import_model(Path(path).expanduser(), self._dir, allow_code=allow_code)

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
            name: a key of :meth:`list`, or ``owner/name`` of a repository at the hub.
            on_progress: told the phases, the offer (licence, size) before the weights come, and the bytes.
            cancel: asked ten times a second; what has come is kept, and the next download goes on from it.
            allow_code: the person agreed to run the program code that the checkpoint may bring along.

        Raises:
            ModelError: unknown, no connection, refused, broken off, damaged, no space, or it does not run.
            Cancelled: the token was set.
        """
        return engine.download_model(name, self._dir, on_progress, cancel, allow_code=allow_code)

    def remove(self, key: str) -> None:
        """Delete a checkpoint, or what an interrupted download has left of it.

        Raises:
            ModelError: there is none of that key, or it is embedded in the program.
        """
        engine.remove_model(key, self._dir)

    def check(self, key: str, *, allow_code: bool = False) -> tuple[ModelCheck, ...]:
        """Check a checkpoint's files, load it and try it on a test picture; ``demo`` checks all demo models.

        Raises:
            ModelError: it is damaged or does not run here.
        """
        return engine.check_model(key, self._dir, allow_code=allow_code)
