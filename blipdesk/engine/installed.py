"""The models on this computer: imported, listed, checked and removed.

An import appears whole or not at all: copied beside, checked, loaded once in a process of its own, renamed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import replace
from pathlib import Path

from blipdesk.domain.errors import ModelError, UsageError
from blipdesk.domain.jobs import ModelInfo
from blipdesk.domain.models import ModelCheck
from blipdesk.domain.resources import find_resources
from blipdesk.domain.wording import later
from blipdesk.engine import registry, speed
from blipdesk.engine.checkpoints import (
    Checkpoint,
    is_key,
    joined_digest,
    key_of,
    open_checkpoint,
    read_checkpoint,
    read_family,
    resolve_snapshot,
    revision_of,
    spec_of,
)
from blipdesk.engine.fitting import find_room
from blipdesk.engine.json_files import read_json
from blipdesk.engine.manifest import MANIFEST, code_sums, wanted_files, write_manifest
from blipdesk.engine.places import check_space, key_in_place, locked, part_folder
from blipdesk.engine.registry import CAPTION, ModelSpec
from blipdesk.engine.trial import measure_checkpoint, try_checkpoint

_IMPORT = ".import"
"""Ends the name of the hidden folder that an import copies into."""


def import_model(folder: Path, models_dir: Path, *, allow_code: bool = False) -> ModelInfo:
    """Copy a checkpoint folder in, checked; it appears whole or not at all.  The source is only read.

    Args:
        folder: a folder with config.json, or a Hugging Face cache folder (``models--...``).
        models_dir: where imported checkpoints lie; made where it is not there.
        allow_code: the person agreed to run the program code that it may bring along.

    Raises:
        UsageError: there is no such folder.
        ModelError: no checkpoint, unknown family, code that nobody agreed to, damaged, or disk full.
    """
    if not folder.is_dir():
        raise UsageError(
            later("{folder} is no folder.").format(folder=folder),
            later("Name the folder that holds the model's config.json."),
        )
    folder = resolve_snapshot(folder)
    spec = spec_of(folder)
    if spec is not None and spec.embedded:
        spec = None
    found = read_checkpoint(folder, spec.key if spec else key_of(folder), spec, allow_code)
    key, is_there = _place_for(found, models_dir)
    if is_there:
        return describe(models_dir / key, key, spec)
    _sweep(models_dir)
    with locked(models_dir, key):
        partial = models_dir / f".{key}{_IMPORT}"
        try:
            _copy(folder, partial, key)
            copied = read_checkpoint(partial, key, spec, allow_code)
            if copied.digest != found.digest:
                raise ModelError(
                    later("The copy of {key} differs from its source.").format(key=key), later("Try again.")
                )
            try_checkpoint(copied, allow_code=allow_code)
            write_manifest(partial, allow_code=allow_code, source=str(folder), revision=revision_of(folder))
            shutil.rmtree(models_dir / key, ignore_errors=True)
            partial.replace(models_dir / key)
        except OSError as error:
            raise ModelError(
                later("The model cannot be copied: {reason}.").format(reason=error.strerror or error),
                later("Check the drive that it comes from, and the space on this one."),
            ) from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return describe(models_dir / key, key, spec)


def _sweep(models_dir: Path) -> None:
    """Remove what imports that were killed have left; one that still runs holds its place."""
    for left in models_dir.glob(f".*{_IMPORT}"):
        with contextlib.suppress(ModelError), locked(models_dir, left.name[1:].removesuffix(_IMPORT)):
            shutil.rmtree(left, ignore_errors=True)


def _copy(source: Path, target: Path, key: str) -> None:
    files = list(wanted_files(source))
    check_space(target.parent, sum(file.stat().st_size for file in files), f"The model {key}")
    target.mkdir(mode=0o700)
    for file in files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(file, copy)
        with copy.open("rb+") as stream:
            os.fsync(stream.fileno())


def _place_for(found: Checkpoint, models_dir: Path) -> tuple[str, bool]:
    """The key, with a number where another checkpoint has it, and whether this one is there already."""
    key, number = found.key, 2
    while (models_dir / key / MANIFEST).is_file():
        try:
            # One whose code nobody agreed to counts as damaged.
            there = open_checkpoint(key, models_dir)
            if there.digest == found.digest and code_sums(there.path) == code_sums(found.path):
                return key, True
        except ModelError:
            return key, False  # the damaged one is replaced
        key, number = f"{found.key}-{number}", number + 1
    return key, False


def list_models(models_dir: Path) -> list[ModelInfo]:
    """The registry's checkpoints and the imported ones, installed ones first; reads no weights.

    Each says whether it fits into the memory that is free now, and how fast it captions here, as far as
    that is known.
    """
    room, measured = find_room(), speed.read(models_dir)
    shipped = find_resources() / "models"
    folders = sorted(models_dir.iterdir()) if models_dir.is_dir() else []
    keys = {spec.key: None for spec in registry.SPECS}
    keys |= {key: None for path in folders if (key := key_in_place(path.name))}
    models = []
    for key in keys:
        spec = registry.find_spec(key)
        embedded = spec is not None and spec.embedded
        path = (shipped if embedded else models_dir) / key
        installed = (path / ("config.json" if embedded else MANIFEST)).is_file()
        arrived = 0 if installed else _arrived(models_dir, key)
        if spec is None and not (installed or arrived):
            continue
        model = describe(path if installed else None, key, spec)
        rate, is_measured = None, False
        if CAPTION in model.tasks and not embedded:
            digest = _digest(model)
            rate = measured.photos_per_second(digest, model.size_bytes)
            is_measured = measured.knows(digest)
        fits = room.fits(model.memory, spec.family if spec else "")
        models.append(
            replace(model, arrived_bytes=arrived, fits=fits, photos_per_second=rate, is_measured=is_measured)
        )
    return sorted(models, key=lambda model: not model.installed)


def _arrived(models_dir: Path, key: str) -> int:
    """Bytes that an interrupted download has left."""
    folder = part_folder(models_dir, key)
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _digest(model: ModelInfo) -> str:
    """The digest of an installed checkpoint's weights, as its manifest has it; empty where it has none."""
    try:
        sums = read_json(Path(model.path) / MANIFEST, model.key).get("files") if model.path else None
    except ModelError:
        return ""
    if not isinstance(sums, dict):
        return ""
    weights = [str(sums[name]) for name in sorted(sums) if name.endswith((".safetensors", ".bin"))]
    return joined_digest(weights) if weights else ""


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
        raise ModelError(later("{title} is part of the program and stays.").format(title=spec.title))
    path = models_dir / key
    partial = part_folder(models_dir, key)
    if not is_key(key) or not ((path / MANIFEST).is_file() or partial.is_dir()):
        raise ModelError(
            later("No model {key} is installed.").format(key=key),
            later("blipdesk models list shows what is."),
        )
    with locked(models_dir, key):
        try:
            if (path / MANIFEST).is_file():
                (path / MANIFEST).unlink()  # from here on it is no model, whatever happens
                shutil.rmtree(path)
            if partial.is_dir():
                shutil.rmtree(partial)
        except OSError as error:
            raise ModelError(
                later("{path} cannot be deleted: {strerror}.").format(path=path, strerror=error.strerror),
                later("Delete it by hand."),
            ) from error


def check_model(key: str, models_dir: Path, *, allow_code: bool = False) -> tuple[ModelCheck, ...]:
    """Check a checkpoint's files, load it in a process of its own, try it; ``demo`` checks all demo models.

    Raises:
        ModelError: it is damaged or does not run here.
    """
    keys = [key]
    if key == registry.DEMO:
        shipped = find_resources() / "models"
        keys = [each for each in dict.fromkeys(registry.DEMO_KEYS.values()) if (shipped / each).is_dir()]
    return tuple(_check(open_checkpoint(each, models_dir, allow_code), models_dir) for each in keys)


def _check(checkpoint: Checkpoint, models_dir: Path) -> ModelCheck:
    """Try one, and keep how fast it is for the list; a demo model's rate says nothing about others."""
    found = measure_checkpoint(checkpoint)
    if found.photos_per_second and not (checkpoint.spec and checkpoint.spec.embedded):
        rate, size = found.photos_per_second, checkpoint.weight_bytes
        figure = speed.Figure(checkpoint.digest, found.device, found.precision, rate, size)
        speed.record(models_dir, figure)
    return found
