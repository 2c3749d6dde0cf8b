"""The models on this computer: imported, listed, checked and removed.

An import appears whole or not at all: copied beside, checked, loaded once in a process of its own, renamed.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import ModelCheck
from blipdesk.domain.resources import find_resources
from blipdesk.engine import registry
from blipdesk.engine.checkpoints import (
    MANIFEST,
    Checkpoint,
    is_key,
    key_of,
    open_checkpoint,
    read_checkpoint,
    read_family,
    read_json,
    resolve_snapshot,
    revision_of,
    spec_of,
    wanted_files,
    write_manifest,
)
from blipdesk.engine.places import check_space, locked, part_folder
from blipdesk.engine.registry import ModelSpec
from blipdesk.engine.trial import try_checkpoint


def import_model(folder: Path, models_dir: Path) -> ModelInfo:
    """Copy a checkpoint folder in, checked; it appears whole or not at all.  The source is only read.

    Args:
        folder: a folder with config.json, or a Hugging Face cache folder (``models--...``).
        models_dir: where imported checkpoints lie; made where it is not there.

    Raises:
        ModelError: no checkpoint, unknown family, own code, pickle weights, damaged, or disk full.
    """
    if not folder.is_dir():
        raise ModelError(f"{folder} is no folder.", "Name the folder that holds the model's config.json.")
    folder = resolve_snapshot(folder)
    spec = spec_of(folder)
    if spec is not None and spec.embedded:
        spec = None
    found = read_checkpoint(folder, spec.key if spec else key_of(folder), spec)
    key, is_there = _place_for(found, models_dir)
    if is_there:
        return describe(models_dir / key, key, spec)
    with locked(models_dir, key):
        partial = models_dir / f".{key}.import"
        shutil.rmtree(partial, ignore_errors=True)
        try:
            _copy(folder, partial, key)
            copied = read_checkpoint(partial, key, spec)
            if copied.digest != found.digest:
                raise ModelError(f"The copy of {key} differs from its source.", "Try again.")
            try_checkpoint(copied)
            write_manifest(partial, source=str(folder), revision=revision_of(folder))
            shutil.rmtree(models_dir / key, ignore_errors=True)
            partial.replace(models_dir / key)
        except OSError as error:
            raise ModelError(
                f"The model cannot be copied: {error.strerror or error}.",
                "Check the drive that it comes from, and the space on this one.",
            ) from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return describe(models_dir / key, key, spec)


def _copy(source: Path, target: Path, key: str) -> None:
    files = list(wanted_files(source))
    check_space(target.parent, sum(file.stat().st_size for file in files), f"The model {key}")
    target.mkdir(mode=0o700)
    for file in files:
        shutil.copyfile(file, target / file.name)
        with (target / file.name).open("rb+") as stream:
            os.fsync(stream.fileno())


def _place_for(found: Checkpoint, models_dir: Path) -> tuple[str, bool]:
    """The key, with a number where another checkpoint has it, and whether this one is there already."""
    key, number = found.key, 2
    while (models_dir / key / MANIFEST).is_file():
        try:
            if read_checkpoint(models_dir / key, key, None).digest == found.digest:
                return key, True
        except ModelError:
            return key, False  # the damaged one is replaced
        key, number = f"{found.key}-{number}", number + 1
    return key, False


def list_models(models_dir: Path) -> list[ModelInfo]:
    """The registry's checkpoints and the imported ones, installed ones first; reads no weights."""
    models: list[ModelInfo] = []
    keys: set[str] = set()
    for spec in registry.SPECS:
        keys.add(spec.key)
        path = (find_resources() / "models" if spec.embedded else models_dir) / spec.key
        installed = (path / "config.json").is_file() if spec.embedded else (path / MANIFEST).is_file()
        info = describe(path if installed else None, spec.key, spec)
        models.append(info if installed else replace(info, arrived_bytes=_arrived(models_dir, spec.key)))
    folders = sorted(models_dir.iterdir()) if models_dir.is_dir() else []
    for path in folders:
        if path.name not in keys and not path.name.startswith(".") and (path / MANIFEST).is_file():
            models.append(describe(path, path.name, None))
    return sorted(models, key=lambda model: not model.installed)


def _arrived(models_dir: Path, key: str) -> int:
    """Bytes that an interrupted download has left."""
    folder = part_folder(models_dir, key)
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def describe(path: Path | None, key: str, spec: ModelSpec | None) -> ModelInfo:
    """The row of a checkpoint.

    Args:
        path: its folder, None where it is not on this computer.
        key: its key.
        spec: its row of the registry, where it has one.
    """
    tasks = spec.tasks if spec else ()
    size = spec.download_bytes if spec else 0
    note = spec.note if spec else ""
    recorded: dict[str, object] = {}
    if path is not None:
        size = sum(file.stat().st_size for file in wanted_files(path))
        try:
            family, architecture = read_family(read_json(path / "config.json", key), key)
            tasks = family.tasks_by_class[architecture]
            if (path / MANIFEST).is_file():
                recorded = read_json(path / MANIFEST, key)
        except ModelError as error:
            note = error.message
    return ModelInfo(
        key=key,
        title=spec.title if spec else key,
        tasks=tasks,
        installed=path is not None,
        size_bytes=size,
        licence=spec.licence if spec else str(recorded.get("licence") or "see its README"),
        path=str(path) if path else None,
        note=note,
        repo=spec.repo if spec else str(recorded.get("repo", "")),
        revision=str(recorded.get("revision", "")),
        memory=spec.memory if spec else {},
    )


def remove_model(key: str, models_dir: Path) -> None:
    """Delete a checkpoint, or what an interrupted download has left of it.

    Raises:
        ModelError: there is none of that key, it is part of the program, or it is being put there.
    """
    spec = registry.find_spec(key)
    if spec is not None and spec.embedded:
        raise ModelError(f"{spec.title} is part of the program and stays.")
    path = models_dir / key
    partial = part_folder(models_dir, key)
    if not is_key(key) or not ((path / MANIFEST).is_file() or partial.is_dir()):
        raise ModelError(f"No model {key} is installed.", "blipdesk models list shows what is.")
    with locked(models_dir, key):
        try:
            if (path / MANIFEST).is_file():
                (path / MANIFEST).unlink()  # from here on it is no model, whatever happens
                shutil.rmtree(path)
            if partial.is_dir():
                shutil.rmtree(partial)
        except OSError as error:
            raise ModelError(f"{path} cannot be deleted: {error.strerror}.", "Delete it by hand.") from error


def check_model(key: str, models_dir: Path) -> tuple[ModelCheck, ...]:
    """Check a checkpoint's files, load it in a process of its own, try it; ``demo`` checks all demo models.

    Raises:
        ModelError: it is damaged or does not run here.
    """
    keys = [key]
    if key == registry.DEMO:
        shipped = find_resources() / "models"
        keys = [each for each in dict.fromkeys(registry.DEMO_KEYS.values()) if (shipped / each).is_dir()]
    return tuple(try_checkpoint(open_checkpoint(each, models_dir)) for each in keys)
