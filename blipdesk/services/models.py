"""The checkpoints on this computer: list, import, remove, check."""

from __future__ import annotations

from pathlib import Path

from blipdesk import engine
from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import ModelInfo


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

    def import_folder(self, path: str) -> ModelInfo:
        """Copy a checkpoint folder in, checked file by file.

        Raises:
            ModelError: no checkpoint of a known family, pickle weights only, damaged, or disk full.
        """
        return engine.import_model(Path(path).expanduser(), self._dir)

    def remove(self, key: str) -> None:
        """Delete an imported checkpoint.

        Raises:
            ModelError: there is none of that key, or it is embedded in the program.
        """
        for model in self.list():
            if model.key == key and model.installed:
                engine.remove_model(key, self._dir)
                return
        raise ModelError(f"No model {key} is installed.", "blipdesk models list shows what is.")

    def check(self, key: str) -> str:
        """Check a checkpoint's files, load it, caption a test picture; returns what was found, in words.

        Raises:
            ModelError: it is damaged or does not run here.
        """
        return engine.check_model(key, self._dir)
