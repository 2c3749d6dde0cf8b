"""Paths as the catalog keeps them and as a person reads them.

In the catalog: absolute text, links not followed, compared as they are spelled.
"""

from __future__ import annotations

import os
import re
import unicodedata

from blipdesk.domain.errors import UsageError
from blipdesk.domain.wording import later

_LONGEST_NAME = 80
_REPLACED = re.compile(r" \(replaced(?: \d+)?\)(?=(?:\.[^.]*)?$)")
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # but the joiners that emoji and scripts need


def absolute_path(path: str) -> str:
    """The path as the catalog keeps it: absolute, ``~`` expanded, without ``..``, links not followed.

    Raises:
        UsageError: it is blank (a variable of a script that is not set, say), which is no name for the
            current folder.
    """
    if not path.strip():
        raise UsageError(later("An empty path names nothing."), later("Write a dot for the current folder."))
    return os.path.abspath(os.path.expanduser(path))


def is_under(path: str, top: str) -> bool:
    """True when ``path`` is ``top`` or lies below it; both absolute."""
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)


def replaced_path(path: str, number: int = 1) -> str:
    """The path under which a photo is kept whose place another file took: ``a.jpg``, ``a (replaced).jpg``."""
    stem, suffix = os.path.splitext(path)
    return f"{stem} (replaced{'' if number == 1 else f' {number}'}){suffix}"


def original_name(path: str) -> str:
    """The file's own name, that of a :func:`replaced_path` too."""
    return _REPLACED.sub("", os.path.basename(path))


def shown_name(name: str) -> str:
    """The last part of a path as it may stand in a sentence, a log line or a database.

    Bytes that are no UTF-8 (surrogates) and control, bidi and line characters become U+FFFD: a name can
    neither break the encoding of a stored message nor forge another sentence.  Long names lose their middle.
    """
    base = os.path.basename(name) or name
    clean = "".join(
        "\ufffd" if unicodedata.category(c) in _UNSHOWN and c not in "\u200c\u200d" else c for c in base
    )
    if len(clean) > _LONGEST_NAME:
        clean = f"{clean[:48]}…{clean[-28:]}"
    return clean or "the file"


def file_name(path: str) -> str:
    """The last part of a path of either kind of separator."""
    return path.replace("\\", "/").rsplit("/", 1)[-1] or path
