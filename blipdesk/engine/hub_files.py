"""What a repository of a model hub holds, and which of its files a checkpoint needs.  No network here."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from blipdesk.engine.manifest import FILES, FOLDERS
from blipdesk.engine.weight_files import FORMATS


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as the hub lists it; it has one of the two checksums.

    ``sha256`` is that of large files (Git LFS); ``blob`` the git object id of small ones: the sha1 of
    ``blob SIZE NUL`` and the bytes.
    """

    name: str
    size: int
    sha256: str = ""
    blob: str = ""

    @property
    def digest(self) -> str:
        """The checksum that it is known by."""
        return self.sha256 or self.blob

    @property
    def partial_name(self) -> str:
        """What it is called while it comes."""
        return f"{self.digest}.incomplete"

    def matches(self, path: Path) -> bool:
        """Whether a file on the disk is this one, byte for byte."""
        if path.stat().st_size != self.size:
            return False
        of_git = partial(hashlib.sha1, b"blob %d\0" % self.size, usedforsecurity=False)
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, hashlib.sha256 if self.sha256 else of_git)
        return found.hexdigest() == self.digest


@dataclass(frozen=True, slots=True)
class Listing:
    """A repository at one revision (a commit's sha)."""

    repo: str
    revision: str
    licence: str
    files: tuple[RemoteFile, ...]

    def named(self, names: Collection[str]) -> list[RemoteFile]:
        """The files of these names, small ones first."""
        return sorted((file for file in self.files if file.name in names), key=lambda file: file.size)


def settings_files(names: Iterable[str], *, with_code: bool = False) -> set[str]:
    """The names among ``names`` that say how a checkpoint is used: settings, words, licence, its own code."""
    found = set()
    for name in names:
        folder, _, base = name.rpartition("/")
        is_code = with_code and name.endswith(".py") and not folder
        if is_code or (base in FILES and (not folder or folder in FOLDERS)):
            found.add(name)
    return found


def weights_of(names: Collection[str]) -> tuple[str, str]:
    """The one format of weights to take: ``(file, "")``, or ``("", index)`` of weights in parts.

    Safetensors before pickled weights, never both; none of TensorFlow, Flax or ONNX.  Both empty: it has
    no weights.

    >>> weights_of(["pytorch_model.bin", "model.safetensors", "tf_model.h5"])
    ('model.safetensors', '')
    """
    for single, index in FORMATS:
        if single in names:
            return single, ""
        if index in names:
            return "", index
    return "", ""
