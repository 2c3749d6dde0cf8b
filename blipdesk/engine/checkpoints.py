"""Checkpoint folders: found by name and looked through before anything of them is loaded.

An imported checkpoint lies in ``<models dir>/<key>`` with ``manifest.json``: the sha256 of every file.
Nothing here loads weights; that is :mod:`blipdesk.engine.loading`, in the engine's own process.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.resources import find_resources
from blipdesk.engine import registry
from blipdesk.engine.registry import FamilySpec, ModelSpec

MANIFEST = "manifest.json"
_SHIPPED_SUMS = "SHA256SUMS"
_FILES = frozenset(
    {
        *("config.json", "generation_config.json", "preprocessor_config.json", "processor_config.json"),
        *("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"),
        *("added_tokens.json", "vocab.json", "merges.txt", "tokenizer.model", "spiece.model"),
        *("model.safetensors.index.json",),
        *("README.md", "LICENSE", "LICENSE.txt"),
    }
)
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "tokenizer.model", "spiece.model")
_PREPROCESSORS = ("preprocessor_config.json", "processor_config.json")
_PICKLED = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".h5", ".msgpack")
_MAX_JSON = 64 * registry.MIB
_GET_AGAIN = "Get the checkpoint again, complete, and import that."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint folder that was looked through, ready to be loaded.

    ``digest`` is the sha256 over its weight files (the file's own where there is one).
    """

    key: str
    path: Path
    family: FamilySpec
    architecture: str
    tasks: tuple[str, ...]
    digest: str
    spec: ModelSpec | None = None

    def model_key(self, task: str) -> str:
        """The stable id of checkpoint and task."""
        return f"{self.key}@{self.digest[:8]}/{task}"

    @property
    def weight_bytes(self) -> int:
        """Size of the weight files."""
        return sum(file.stat().st_size for file in self.path.glob("*.safetensors"))

    @property
    def title(self) -> str:
        """A readable name."""
        return self.spec.title if self.spec else self.key


# ------------------------------------------------------------------------------------------------- finding


def find_checkpoint(name: str, task: str, models_dir: Path | None) -> Checkpoint:
    """The checkpoint that a settings' model name means for a task, its files checked.

    Args:
        name: ``demo``, a key of the registry or of an import, a repository's name, or a folder.
        task: ``caption``, ``answer`` or ``retrieval``.
        models_dir: where imported checkpoints lie.

    Raises:
        ModelError: there is none, it is damaged, of an unknown family, or cannot do the task.
    """
    if name == registry.DEMO:
        name = registry.DEMO_KEYS[task]
    checkpoint = open_checkpoint(name, models_dir)
    if task not in checkpoint.tasks:
        raise ModelError(f"The model {checkpoint.title} cannot {_WORK[task]}.", _suggest(task))
    return checkpoint


_WORK = {
    registry.CAPTION: "write captions",
    registry.ANSWER: "answer questions",
    registry.RETRIEVAL: "tell how well a text fits a photo",
}


def _suggest(task: str) -> str:
    keys = [spec.key for spec in registry.SPECS if task in spec.tasks and not spec.embedded]
    return f"Choose one that can, such as {keys[0]}." if keys else ""


def open_checkpoint(name: str, models_dir: Path | None) -> Checkpoint:
    """As :func:`find_checkpoint`, for whatever task."""
    spec = registry.find_spec(name)
    if spec is not None and spec.embedded:
        path = find_resources() / "models" / spec.key
        if not path.is_dir():
            raise ModelError(f"The {spec.title.lower()} is missing from this installation.", "Install again.")
        return read_checkpoint(path, spec.key, spec)
    if is_key(name) or spec is not None:
        key = spec.key if spec else name
        place = models_dir / key if models_dir else None
        if place is not None and (place / MANIFEST).is_file():
            return read_checkpoint(place, key, spec)
        if spec is not None:
            raise ModelError(
                f"The model {spec.title} is not on this computer.",
                f"Import its folder with: blipdesk models import FOLDER (from huggingface.co/{spec.repo}).",
            )
    folder = Path(name).expanduser()
    if folder.is_dir():
        folder = resolve_snapshot(folder)
        spec = spec_of(folder)
        return read_checkpoint(folder, spec.key if spec else key_of(folder), spec)
    raise ModelError(
        f"There is no model {name} on this computer.", "blipdesk models list shows what there is."
    )


def read_checkpoint(path: Path, key: str, spec: ModelSpec | None) -> Checkpoint:
    """Look a folder through: family, code, weights' format, and checksums where a manifest says them.

    Raises:
        ModelError: it is no checkpoint that can be loaded safely.
    """
    config = read_json(path / "config.json", key)
    family, architecture = read_family(config, key)
    _refuse_code(path, key)
    weights = _weights(path, key)
    if not any((path / name).is_file() for name in _PREPROCESSORS):
        raise ModelError(f"The model {key} is incomplete: {_PREPROCESSORS[0]} is missing.", _GET_AGAIN)
    if not any((path / name).is_file() for name in _TOKENIZERS):
        raise ModelError(f"The model {key} is incomplete: its tokenizer is missing.", _GET_AGAIN)
    sums = _check_sums(path, key)
    digests = [sums.get(file.name) or sha256_of(file) for file in weights]
    joined = "".join(digests).encode()
    digest = digests[0] if len(digests) == 1 else hashlib.sha256(joined).hexdigest()
    return Checkpoint(key, path, family, architecture, family.tasks_by_class[architecture], digest, spec)


def read_json(path: Path, key: str) -> dict[str, Any]:
    """A JSON object of a checkpoint folder, or :class:`ModelError`."""
    try:
        if path.stat().st_size > _MAX_JSON:
            raise ModelError(f"The model {key} is damaged: {path.name} is far too large.", _GET_AGAIN)
        value = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ModelError(f"{path.parent} holds no model: {path.name} is missing.", _GET_AGAIN) from None
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"The model {key} is damaged: {path.name} cannot be read.", _GET_AGAIN) from error
    if not isinstance(value, dict):
        raise ModelError(f"The model {key} is damaged: {path.name} is no settings file.", _GET_AGAIN)
    return value


def read_family(config: dict[str, Any], key: str) -> tuple[FamilySpec, str]:
    """The family and the class that config.json names, or :class:`ModelError`."""
    kind = str(config.get("model_type", ""))
    families = registry.find_families(kind)
    if not families:
        known = ", ".join(sorted({kind for family in registry.FAMILIES for kind in family.model_types}))
        raise ModelError(
            f"The model {key} is of the kind {kind or 'unknown'!s}, which BlipDesk cannot run.",
            f"Kinds it can run: {known}.",
        )
    architectures = config.get("architectures") or []
    for name in architectures if isinstance(architectures, list) else []:
        for family in families:
            if name in family.tasks_by_class:
                return family, str(name)
    raise ModelError(
        f"The model {key} is a {kind} without a task that BlipDesk knows ({architectures}).",
        "Checkpoints that write captions, answer questions or match texts to photos work.",
    )


def _refuse_code(path: Path, key: str) -> None:
    """Refuse folders that bring code of their own; nothing of it is ever run (no trust_remote_code)."""
    for file in path.glob("*.json"):
        if file.name in {"tokenizer.json", MANIFEST} or file.name.endswith(".index.json"):
            continue
        if "auto_map" in read_json(file, key):
            raise ModelError(
                f"The model {key} needs program code of its own ({file.name} names it), which is never run.",
                "Choose a checkpoint without custom code.",
            )


def _weights(path: Path, key: str) -> list[Path]:
    """The weight files, in order; safetensors only."""
    index = path / "model.safetensors.index.json"
    if (path / "model.safetensors").is_file():
        files = [path / "model.safetensors"]
    elif index.is_file():
        names = sorted(set(read_json(index, key).get("weight_map", {}).values()))
        files = [path / os.path.basename(str(name)) for name in names]
    else:
        files = []
    if missing := [file.name for file in files if not file.is_file()]:
        raise ModelError(f"The model {key} is incomplete: {missing[0]} is missing.", _GET_AGAIN)
    if files:
        for file in files:
            _check_safetensors(file, key)
        return files
    if any(file.suffix in _PICKLED for file in path.iterdir()):
        raise ModelError(
            f"The model {key} has its weights in an old format (.bin) that can carry program code.",
            "Get the version with model.safetensors, or convert it with transformers' save_pretrained.",
        )
    raise ModelError(f"The model {key} is incomplete: model.safetensors is missing.", _GET_AGAIN)


def _check_safetensors(file: Path, key: str) -> None:
    """Compare the header with the file's size, without reading the weights."""
    damaged = ModelError(
        f"The model {key} is damaged: {file.name} is cut off or no weights file.", _GET_AGAIN
    )
    size = file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if size < 8 or not 2 <= length <= min(size - 8, 100 * registry.MIB):
            raise damaged
        try:
            header = json.loads(stream.read(length))
            ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            raise damaged from None
    if not ends or 8 + length + max(ends) != size:
        raise damaged


# ----------------------------------------------------------------------------------------------- checksums


def sha256_of(file: Path) -> str:
    """Hex sha256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check_sums(path: Path, key: str) -> dict[str, str]:
    """Compare a folder with its manifest; returns file name to sha256 (empty without a manifest).

    Raises:
        ModelError: a file is missing or was changed since (a flipped bit loads without complaint otherwise).
    """
    if (path / MANIFEST).is_file():
        recorded = read_json(path / MANIFEST, key).get("files", {})
        if not isinstance(recorded, dict):
            raise ModelError(f"The model {key} is damaged: {MANIFEST} cannot be read.", _GET_AGAIN)
        sums = {os.path.basename(str(name)): str(expected) for name, expected in recorded.items()}
    else:
        sums = _shipped_sums(path)
    for name, expected in sums.items():
        file = path / name
        if not file.is_file() or sha256_of(file) != expected:
            raise ModelError(f"The model {key} is damaged: {name} was changed or lost.", _GET_AGAIN)
    return sums


def _shipped_sums(path: Path) -> dict[str, str]:
    """The lines of the shipped models' SHA256SUMS (beside their folders) that name files of this folder."""
    try:
        lines = (path.parent / _SHIPPED_SUMS).read_text("ascii").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = [line.split(maxsplit=1) for line in lines if " " in line]
    named = [(Path(name.lstrip("*")), expected) for expected, name in pairs]
    return {name.name: expected for name, expected in named if name.parent.name == path.name}


def write_manifest(path: Path, **facts: str) -> None:
    """Record the sha256 of every file of a checkpoint folder, with facts such as its source."""
    files = {file.name: sha256_of(file) for file in wanted_files(path)}
    text = json.dumps({"format": 1, **facts, "files": files}, indent=1, sort_keys=True) + "\n"
    partial = path / (MANIFEST + ".part")
    partial.write_text(text, "utf-8")
    partial.replace(path / MANIFEST)


def wanted_files(path: Path) -> Iterator[Path]:
    """The files of a checkpoint folder that loading needs, and its licence."""
    for file in sorted(path.iterdir()):
        if file.is_file() and (file.name in _FILES or file.suffix == ".safetensors"):
            yield file


# -------------------------------------------------------------------------------------------------- names


def is_key(name: str) -> bool:
    """True for what may be a key: one harmless path part."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", name) is not None


def key_of(folder: Path) -> str:
    """A key for a folder that the registry does not know, from its name."""
    key = (
        re.sub(r"[^A-Za-z0-9._-]+", "-", folder.resolve().name.removesuffix(".part")).strip("-.")[:80]
        or "model"
    )
    return f"{key}-imported" if registry.find_spec(key) or key in {registry.DEMO, "fake"} else key


def resolve_snapshot(folder: Path) -> Path:
    """The newest snapshot inside a Hugging Face cache folder; any other folder is itself."""
    if (folder / "config.json").is_file():
        return folder
    snapshots = [path.parent for path in folder.glob("snapshots/*/config.json")]
    return max(snapshots, key=lambda path: path.stat().st_mtime) if snapshots else folder


def _repo_name(folder: Path) -> str:
    """``owner/name`` of a snapshot inside a Hugging Face cache, else empty."""
    for parent in folder.resolve().parents:
        if parent.name.startswith("models--"):
            return parent.name.removeprefix("models--").replace("--", "/", 1)
    return ""


def spec_of(folder: Path) -> ModelSpec | None:
    """The registry's row of the checkpoint in a folder, by its place in a Hugging Face cache or its name."""
    return registry.find_spec(_repo_name(folder)) or registry.find_spec(folder.name)


def revision_of(folder: Path) -> str:
    """The commit of a Hugging Face snapshot folder, else empty."""
    return folder.name if re.fullmatch(r"[0-9a-f]{40}", folder.name) else ""
