"""The weight files of a checkpoint folder, found and looked through without being loaded.

safetensors where there are any, else PyTorch's own format, ``.bin``: an archive of numbers beside a pickle.
Pickles can run code; these are loaded with ``weights_only`` alone, which builds tensors and refuses all else.
"""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.json_files import GET_AGAIN, read_json
from blipdesk.engine.registry import MIB

FORMATS = (
    ("model.safetensors", "model.safetensors.index.json"),
    ("pytorch_model.bin", "pytorch_model.bin.index.json"),
)
"""One file, or the index of its parts; the better format first."""
_OTHERS = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".h5", ".msgpack")
_POINTER = b"version https://git-lfs.github.com/spec/"
_CONVERT = later("Get the version with model.safetensors, or convert it with transformers' save_pretrained.")


def find_weights(path: Path, key: str) -> list[Path]:
    """The weight files that loading takes, in order, each looked at.

    Raises:
        ModelError: there are none, one is missing, cut off, or of a layout that cannot be loaded safely.
    """
    for whole, index in FORMATS:
        if (path / whole).is_file():
            files = [path / whole]
        elif (path / index).is_file():
            files = [path / name for name in index_parts(path / index, key)]
        else:
            continue
        for file in files:
            if not file.is_file():
                raise ModelError(
                    later("The model {key} is incomplete: {name} is missing.").format(
                        key=key, name=file.name
                    ),
                    GET_AGAIN,
                )
            _refuse_pointer(file, key)
            if file.suffix == ".safetensors":
                _check_safetensors(file, key)
            else:
                _check_archive(file, key)
        return files
    if any(file.suffix in _OTHERS for file in path.iterdir()):
        raise ModelError(
            later("The model {key} has its weights in a format that BlipDesk cannot load.").format(key=key),
            _CONVERT,
        )
    raise ModelError(
        later("The model {key} is incomplete: model.safetensors is missing.").format(key=key), GET_AGAIN
    )


def weight_files(path: Path) -> list[Path]:
    """The weight files, and their index, of the format that loading takes, as far as they are there."""
    for whole, index in FORMATS:
        if (path / whole).is_file():
            return [path / whole]
        if (path / index).is_file():
            try:
                names = index_parts(path / index, path.name)
            except ModelError:
                names = []  # whoever loads it is told
            return [path / name for name in (index, *names) if (path / name).is_file()]
    return []


def index_parts(index: Path, key: str) -> list[str]:
    """The files that an index names, all of its format and in its folder.

    Raises:
        ModelError: it names none, or others.
    """
    named = read_json(index, key).get("weight_map")
    names = {str(name) for name in named.values()} if isinstance(named, dict) else set()
    kind = Path(index.name.removesuffix(".index.json")).suffix
    if not names or any(os.path.basename(name) != name or Path(name).suffix != kind for name in names):
        raise ModelError(
            later("The model {key} is damaged: {name} is no index.").format(key=key, name=index.name),
            GET_AGAIN,
        )
    return sorted(names)


def _refuse_pointer(file: Path, key: str) -> None:
    """What a clone has in place of a large file where Git LFS has not fetched it."""
    with file.open("rb") as stream:
        if stream.read(len(_POINTER)) == _POINTER:
            raise ModelError(
                later("The model {key} is incomplete: {name} is a Git LFS pointer, not the weights.").format(
                    key=key, name=file.name
                ),
                later("Run git lfs pull in the folder that was cloned."),
            )


def _check_safetensors(file: Path, key: str) -> None:
    """Compare the header with the file's size, without reading the weights."""
    damaged = ModelError(
        later("The model {key} is damaged: {name} is cut off or no weights file.").format(
            key=key, name=file.name
        ),
        GET_AGAIN,
    )
    size = file.stat().st_size
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if size < 8 or not 2 <= length <= min(size - 8, 100 * MIB):
            raise damaged
        try:
            header = json.loads(stream.read(length))
            ends = [entry["data_offsets"][1] for name, entry in header.items() if name != "__metadata__"]
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            raise damaged from None
    if not ends or 8 + length + max(ends) != size:
        raise damaged


def _check_archive(file: Path, key: str) -> None:
    """Tell PyTorch's layouts apart by their first bytes: the archive of today, the plain pickle before 1.6.

    The tar before 0.1.10 cannot be read without running what it holds.
    """
    with file.open("rb") as stream:
        start = stream.read(4)
    if start == b"PK\x03\x04" and zipfile.is_zipfile(file):
        return
    if start[:1] == b"\x80":
        return
    import tarfile  # not where the window starts, which reads no such file: 0.4 MiB

    if tarfile.is_tarfile(file):
        raise ModelError(
            later(
                "The model {key} has its weights in PyTorch's first layout ({name} is a "
                "tar archive), which cannot be read without running code that it holds."
            ).format(key=key, name=file.name),
            _CONVERT,
        )
    raise ModelError(
        later("The model {key} is damaged: {name} is cut off or no weights file.").format(
            key=key, name=file.name
        ),
        GET_AGAIN,
    )
