"""Checkpoint folders: found by name and looked through before anything of them is loaded.

An imported checkpoint lies in ``<models dir>/<key>``, with a manifest (:mod:`blipdesk.engine.manifest`).
Nothing here loads weights; that is :mod:`blipdesk.engine.loading`, in the engine's own process.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.resources import find_resources
from blipdesk.domain.wording import later
from blipdesk.engine import registry
from blipdesk.engine.digests import known_sha256
from blipdesk.engine.json_files import GET_AGAIN, read_json
from blipdesk.engine.manifest import MANIFEST, SETTINGS, check_sums, has_agreed_code
from blipdesk.engine.registry import FamilySpec, ModelSpec
from blipdesk.engine.weight_files import find_weights, weight_files

_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "tokenizer.model", "spiece.model")
_ARRIVING = re.compile(r"\.(.+)\.(?:part|import)")
"""The hidden folder that a download or an import lies in until it is whole."""
_SMALLEST, _LARGEST = 0.2, 1.5
"""Weights as shares of the published ones, single precision: from 8 bits to something beside them."""
_PREPROCESSORS = ("preprocessor_config.json", "processor_config.json")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A checkpoint folder that was looked through, ready to be loaded.

    ``digest`` is the sha256 over its weight files (the file's own where there is one); ``weights`` are their
    names.  ``own_class`` is the class of its own code that config.json names, where it brings such code and
    the person agreed to run it; ``architecture`` is then the class that it has to be a kind of.
    """

    key: str
    path: Path
    family: FamilySpec
    architecture: str
    tasks: tuple[str, ...]
    digest: str
    spec: ModelSpec | None = None
    weights: tuple[str, ...] = ()
    own_class: str = ""

    def model_key(self, task: str) -> str:
        """The stable id of checkpoint and task."""
        return f"{self.key}@{self.digest[:8]}/{task}"

    @property
    def weight_bytes(self) -> int:
        """Size of the weight files."""
        return sum((self.path / name).stat().st_size for name in self.weights)

    @property
    def pickled(self) -> bool:
        """Whether its weights are ``.bin``: read with ``weights_only`` alone."""
        return any(name.endswith(".bin") for name in self.weights)

    @property
    def title(self) -> str:
        """A readable name."""
        return self.spec.title if self.spec else self.key


# ------------------------------------------------------------------------------------------------- finding


def find_checkpoint(name: str, task: str, models_dir: Path | None, allow_code: bool = False) -> Checkpoint:
    """The checkpoint that a settings' model name means for a task, its files checked.

    Args:
        name: ``demo``, a key of the registry or of an import, a repository's name, or a folder.
        task: ``caption``, ``answer`` or ``retrieval``.
        models_dir: where imported checkpoints lie.
        allow_code: the person agreed to run the program code that it brings along.

    Raises:
        ModelError: there is none, it is damaged, of an unknown family, or cannot do the task.
    """
    if name == registry.DEMO:
        name = registry.DEMO_KEYS[task]
    checkpoint = open_checkpoint(name, models_dir, allow_code)
    if task not in checkpoint.tasks:
        able = next(spec.key for spec in registry.SPECS if task in spec.tasks and not spec.embedded)
        raise ModelError(
            later("The model {title} cannot {work}.").format(
                title=checkpoint.title, work=registry.WORK[task]
            ),
            later("Choose one that can, such as {able}.").format(able=able),
        )
    return checkpoint


def open_checkpoint(name: str, models_dir: Path | None, allow_code: bool = False) -> Checkpoint:
    """As :func:`find_checkpoint`, for whatever task."""
    spec = registry.find_spec(name)
    if spec is not None and spec.embedded:
        path = find_resources() / "models" / spec.key
        if not path.is_dir():
            raise ModelError(
                later("The {title} is missing from this installation.").format(title=spec.title.lower()),
                later("Install again."),
            )
        return read_checkpoint(path, spec.key, spec)
    if is_key(name) or spec is not None:
        key = spec.key if spec else name
        place = models_dir / key if models_dir else None
        if place is not None and (place / MANIFEST).is_file():
            return read_checkpoint(place, key, spec, allow_code or has_agreed_code(place, key))
        if spec is not None:
            raise ModelError(
                later("The model {title} is not on this computer.").format(title=spec.title),
                later("Download it: blipdesk models download {key} (or import its folder).").format(
                    key=spec.key
                ),
            )
    folder = Path(os.path.expanduser(name))  # pathlib's own raises where there is no such home
    if folder.is_dir():
        folder = resolve_snapshot(folder)
        spec = spec_of(folder)
        return read_checkpoint(folder, spec.key if spec else key_of(folder), spec, allow_code)
    raise ModelError(
        later("There is no model {name} on this computer.").format(name=name),
        later("blipdesk models list shows what there is."),
    )


def read_checkpoint(path: Path, key: str, spec: ModelSpec | None, allow_code: bool = False) -> Checkpoint:
    """Look a folder through: family, code, weights' format, and checksums where a manifest says them.

    Nothing of it is run here, whatever ``allow_code`` says.

    Raises:
        ModelError: it is no checkpoint that can be loaded safely.
    """
    config = read_json(path / "config.json", key)
    if not allow_code:
        refuse_code(path, key)
    family, architecture = read_family(config, key)
    weights = find_weights(path, key)
    if not any((path / name).is_file() for name in _PREPROCESSORS):
        raise ModelError(
            later("The model {key} is incomplete: {preprocessors} is missing.").format(
                key=key, preprocessors=_PREPROCESSORS[0]
            ),
            GET_AGAIN,
        )
    if not any((path / name).is_file() for name in _TOKENIZERS):
        raise ModelError(
            later("The model {key} is incomplete: its tokenizer is missing.").format(key=key), GET_AGAIN
        )
    sums = check_sums(path, key)
    digests = [sums.get(file.name) or known_sha256(file) for file in weights]
    tasks = family.tasks_by_class[architecture]
    return Checkpoint(
        key,
        path,
        family,
        architecture,
        tasks,
        joined_digest(digests),
        spec,
        tuple(file.name for file in weights),
        _own_class(config, key),
    )


def joined_digest(digests: Sequence[str]) -> str:
    """The digest of a checkpoint from those of its weight files, in order."""
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def read_family(config: dict[str, Any], key: str) -> tuple[FamilySpec, str]:
    """The family and the class that config.json names, or :class:`ModelError`."""
    kind = str(config.get("model_type", ""))
    families = registry.find_families(kind)
    if not families:
        known = ", ".join(sorted({kind for family in registry.FAMILIES for kind in family.model_types}))
        raise ModelError(
            later("The model {key} is of the kind {value}, which BlipDesk cannot run.").format(
                key=key, value=str(kind or "unknown")
            ),
            later("Kinds it can run: {known}.").format(known=known),
        )
    architectures = config.get("architectures") or []
    named = [str(name) for name in architectures] if isinstance(architectures, list) else []
    own = "auto_map" in config
    for name in named:
        for family in families:
            for known in family.tasks_by_class:
                if name == known or (own and _job(name) == _job(known)):
                    return family, known
    raise ModelError(
        later("The model {key} is a {kind} without a task that BlipDesk knows ({architectures}).").format(
            key=key, kind=kind, architectures=architectures
        ),
        later("Checkpoints that write captions, answer questions or match texts to photos work."),
    )


def _job(name: str) -> str:
    """What a class is for, as transformers names classes: ``ForConditionalGeneration``."""
    return name[name.rfind("For") :] if "For" in name else name


def refuse_code(path: Path, key: str) -> None:
    """Refuse folders that bring code of their own, which is run only where the person agreed."""
    for name in SETTINGS:
        if (path / name).is_file() and "auto_map" in read_json(path / name, key):
            raise ModelError(
                later(
                    "The model {key} brings program code of its own ({name} names it), which "
                    "could do anything on this computer."
                ).format(key=key, name=name),
                later(
                    "If you trust whoever made it, take it in once more with --allow-code, by blipdesk models"
                    " import or download; else choose another checkpoint."
                ),
            )


def _own_class(config: dict[str, Any], key: str) -> str:
    """``module.Class`` of the model in the folder's own code, empty where it has none.

    Raises:
        ModelError: the code is not in the folder.
    """
    mapped = config.get("auto_map")
    if not isinstance(mapped, dict):
        return ""
    classes = [str(name) for kind, name in mapped.items() if str(kind).startswith("AutoModel")]
    if any("--" in name for name in classes):
        raise ModelError(
            later(
                "The program code of the model {key} is kept elsewhere, and nothing is fetched to be run."
            ).format(key=key),
            later("Get a folder that holds its code."),
        )
    named = config.get("architectures") or []
    of_model = [name for name in classes if name.rpartition(".")[2] in named]
    return next(iter(of_model or classes), "")


# -------------------------------------------------------------------------------------------------- names


def is_key(name: str) -> bool:
    """True for what may be a key: one harmless path part."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", name) is not None


def key_of(folder: Path) -> str:
    """A key for a folder that is no row's of the registry, from its name or that of its repository."""
    name = folder.resolve().name
    arriving = _ARRIVING.fullmatch(name)
    if arriving:
        return arriving[1]
    name = _repo_name(folder).rpartition("/")[2] or name
    key = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[:80] or "model"
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
    """The registry's row of the checkpoint in a folder, which it is named after and looks like."""
    spec = registry.find_spec(_repo_name(folder)) or registry.find_spec(folder.name)
    return spec if spec is not None and _is_of(folder, spec) else None


def _is_of(folder: Path, spec: ModelSpec) -> bool:
    """Whether a folder may hold a row's checkpoint: its kind, and its revision or about its size."""
    if spec.embedded:
        return folder.resolve() == (find_resources() / "models" / spec.key).resolve()
    try:
        family, architecture = read_family(read_json(folder / "config.json", spec.key), spec.key)
    except ModelError:
        return True  # whoever reads it is told, by that name
    if (family.module, family.tasks_by_class[architecture]) != (spec.family, spec.tasks):
        return False
    size = sum(file.stat().st_size for file in weight_files(folder))
    published = bool(spec.revision) and revision_of(folder) == spec.revision
    return published or _SMALLEST <= size / spec.download_bytes <= _LARGEST


def revision_of(folder: Path) -> str:
    """The commit of a Hugging Face snapshot folder, else empty."""
    return folder.name if re.fullmatch(r"[0-9a-f]{40}", folder.name) else ""
