"""The models on this computer: imported, listed, checked and removed.

An import appears whole or not at all: copied beside, checked, loaded once in a process of its own, renamed.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.jobs import EngineInfo, EngineSettings, ModelInfo
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
from blipdesk.engine.client import EngineClient
from blipdesk.engine.registry import ModelSpec


def import_model(folder: Path, models_dir: Path) -> ModelInfo:
    """Copy a checkpoint folder in, checked; it appears whole or not at all.

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
        return _describe(models_dir / key, key, spec)
    models_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = models_dir / f".{key}.part"
    shutil.rmtree(partial, ignore_errors=True)
    try:
        _copy(folder, partial)
        copied = read_checkpoint(partial, key, spec)
        if copied.digest != found.digest:
            raise ModelError(f"The copy of {key} differs from its source.", "Try again.")
        _load_once(copied)
        write_manifest(partial, source=str(folder), revision=revision_of(folder))
        shutil.rmtree(models_dir / key, ignore_errors=True)
        partial.replace(models_dir / key)
    except OSError as error:
        raise ModelError(
            f"The model cannot be copied: {error.strerror or error}.", "Free some space."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return _describe(models_dir / key, key, spec)


def _copy(source: Path, target: Path) -> None:
    files = list(wanted_files(source))
    needed = sum(file.stat().st_size for file in files)
    free = shutil.disk_usage(target.parent).free
    if needed + 64 * registry.MIB > free:
        raise ModelError(
            f"The disk has {free // registry.MIB} MiB left; the model takes {needed // registry.MIB}.",
            "Free some space.",
        )
    target.mkdir(mode=0o700)
    for file in files:
        shutil.copyfile(file, target / file.name)
        with (target / file.name).open("rb+") as stream:
            os.fsync(stream.fileno())


def _load_once(checkpoint: Checkpoint) -> EngineInfo:
    """Load it once in a process of its own, with the canary; the process is gone afterwards.

    Raises:
        ModelError: it does not load or run, or its weights are of something else.
    """
    client = EngineClient()
    settings = EngineSettings(model=str(checkpoint.path))
    try:
        if checkpoint.tasks[0] == registry.CAPTION:
            return client.load(settings)
        return client.answer_info(settings)
    finally:
        client.close()


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
        models.append(_describe(path if installed else None, spec.key, spec))
    folders = sorted(models_dir.iterdir()) if models_dir.is_dir() else []
    for path in folders:
        if path.name not in keys and not path.name.startswith(".") and (path / MANIFEST).is_file():
            models.append(_describe(path, path.name, None))
    return sorted(models, key=lambda model: not model.installed)


def _describe(path: Path | None, key: str, spec: ModelSpec | None) -> ModelInfo:
    tasks = spec.tasks if spec else ()
    size = spec.download_bytes if spec else 0
    note = spec.note if spec else ""
    if path is not None:
        size = sum(file.stat().st_size for file in wanted_files(path))
        try:
            family, architecture = read_family(read_json(path / "config.json", key), key)
            tasks = family.tasks_by_class[architecture]
        except ModelError as error:
            note = error.message
    memory = spec.memory if spec else {}
    details = {f"memory {name}": f"{needed // registry.MIB} MiB" for name, needed in memory.items()}
    return ModelInfo(
        key=key,
        title=spec.title if spec else key,
        tasks=tasks,
        installed=path is not None,
        size_bytes=size,
        licence=spec.licence if spec else "see its README",
        path=str(path) if path else None,
        note=note,
        details={"repo": spec.repo if spec else "", **details},
    )


def remove_model(key: str, models_dir: Path) -> None:
    """Delete an imported checkpoint.

    Raises:
        ModelError: there is none of that key, or it is part of the program.
    """
    spec = registry.find_spec(key)
    if spec is not None and spec.embedded:
        raise ModelError(f"{spec.title} is part of the program and stays.")
    path = models_dir / key
    if not is_key(key) or not (path / MANIFEST).is_file():
        raise ModelError(f"No model {key} is installed.", "blipdesk models list shows what is.")
    try:
        (path / MANIFEST).unlink()  # from here on it is no model, whatever happens
        shutil.rmtree(path)
    except OSError as error:
        raise ModelError(f"{path} cannot be deleted: {error.strerror}.", "Delete it by hand.") from error


def check_model(key: str, models_dir: Path) -> str:
    """Check a checkpoint's files, load it in a process of its own, try it; returns what was found.

    Raises:
        ModelError: it is damaged or does not run here.
    """
    if key == registry.DEMO:
        return "; ".join(check_model(part, models_dir) for part in registry.DEMO_KEYS.values())
    checkpoint = open_checkpoint(key, models_dir)
    info = _load_once(checkpoint)
    return (
        f"{checkpoint.title}: files whole, loads, works ({', '.join(checkpoint.tasks)}; {info.device},"
        f" {info.precision}, {info.image_size} px, weights {checkpoint.digest[:8]})"
    )
