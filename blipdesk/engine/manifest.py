"""Which files belong to a checkpoint, and the record of what they were: ``manifest.json``.

It lies in the folder of an imported checkpoint and has the sha256 of every file, and of its program code
where the person agreed to run it.  The shipped models have ``SHA256SUMS`` beside their folders instead.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.digests import known_sha256, sha256_of
from blipdesk.engine.json_files import GET_AGAIN, read_json
from blipdesk.engine.weight_files import weight_files

MANIFEST = "manifest.json"
_AGREED = "agreed_code"
"""In a manifest: the program code that the person agreed to run, sha256 by file name."""
_SHIPPED_SUMS = "SHA256SUMS"
SETTINGS = (
    *("config.json", "generation_config.json", "preprocessor_config.json", "processor_config.json"),
    "tokenizer_config.json",
)
"""Files that say how a checkpoint is used; each may name program code."""
FILES = frozenset(
    {
        *SETTINGS,
        *("tokenizer.json", "vocab.txt", "special_tokens_map.json"),
        *("added_tokens.json", "vocab.json", "merges.txt", "tokenizer.model", "spiece.model"),
        *("README.md", "LICENSE", "LICENSE.txt"),
    }
)
"""Files that say how a checkpoint is used, its words, and its licence."""
FOLDERS = ("qformer_tokenizer",)
"""InstructBLIP's second tokenizer lies in a folder of its own."""


def check_sums(path: Path, key: str) -> dict[str, str]:
    """Compare a folder with its manifest; returns file name to sha256 (empty without a manifest).

    Raises:
        ModelError: a file is missing or was changed since (a flipped bit loads without complaint otherwise).
    """
    if (path / MANIFEST).is_file():
        recorded = read_json(path / MANIFEST, key).get("files", {})
        if not isinstance(recorded, dict):
            raise ModelError(
                later("The model {key} is damaged: {manifest} cannot be read.").format(
                    key=key, manifest=MANIFEST
                ),
                GET_AGAIN,
            )
        sums = {_inside(str(name)): str(expected) for name, expected in recorded.items()}
    else:
        sums = _shipped_sums(path)
    for name, expected in sums.items():
        file = path / name
        if not file.is_file() or known_sha256(file) != expected:
            raise ModelError(
                later("The model {key} is damaged: {name} was changed or lost.").format(key=key, name=name),
                GET_AGAIN,
            )
    return sums


def _inside(name: str) -> str:
    """A manifest's name as a path that cannot lead out of the checkpoint's folder."""
    folder, _, base = name.rpartition("/")
    return name if folder in FOLDERS and base not in {"", ".", ".."} else os.path.basename(name)


def _shipped_sums(path: Path) -> dict[str, str]:
    """The lines of the shipped models' SHA256SUMS (beside their folders) that name files of this folder."""
    try:
        lines = (path.parent / _SHIPPED_SUMS).read_text("ascii").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = [line.split(maxsplit=1) for line in lines if " " in line]
    named = [(Path(name.lstrip("*")), expected) for expected, name in pairs]
    return {name.name: expected for name, expected in named if name.parent.name == path.name}


def write_manifest(path: Path, *, allow_code: bool = False, **facts: str) -> None:
    """Record the sha256 of every file of a checkpoint folder, with facts such as its source.

    ``allow_code``: and that the person agreed to run its program code, as it is now.
    """
    files = {file.relative_to(path).as_posix(): sha256_of(file) for file in wanted_files(path)}
    agreed = {_AGREED: code_sums(path)} if allow_code and _names_code(path) else {}
    text = json.dumps({"format": 1, **facts, **agreed, "files": files}, indent=1, sort_keys=True) + "\n"
    partial = path / (MANIFEST + ".part")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(path / MANIFEST)


def code_sums(path: Path) -> dict[str, str]:
    """The sha256 of each file of program code in a checkpoint folder, by name."""
    return {file.name: sha256_of(file) for file in sorted(path.glob("*.py"))}


def has_agreed_code(path: Path, key: str) -> bool:
    """Whether the person agreed to run a checkpoint's code as it is now, down to the byte.

    Only for folders below the models' own: what a manifest from elsewhere says nobody here agreed to.
    """
    agreed = read_json(path / MANIFEST, key).get(_AGREED)
    return agreed is not None and agreed == code_sums(path)


def wanted_files(path: Path) -> Iterator[Path]:
    """The files of a checkpoint folder that loading needs, and its licence; some in :data:`FOLDERS`.

    Program code is among them where config.json names some.
    """
    names = {file.name for file in weight_files(path)} | FILES
    code = _names_code(path)
    for file in sorted(path.iterdir()):
        if file.is_file() and (file.name in names or (code and file.suffix == ".py")):
            yield file
    for folder in FOLDERS:
        for file in sorted((path / folder).glob("*")):
            if file.is_file() and file.name in FILES:
                yield file


def _names_code(path: Path) -> bool:
    try:
        return "auto_map" in read_json(path / "config.json", path.name)
    except ModelError:
        return False
