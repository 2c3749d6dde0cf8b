"""Paths as the catalog keeps them and as a person reads them.

In the catalog: absolute text, links not followed, compared as they are spelled.
"""

from __future__ import annotations

import os
import unicodedata

_LONGEST_NAME = 80
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # but the joiners that emoji and scripts need


def absolute_path(path: str) -> str:
    """The path as the catalog keeps it: absolute, ``~`` expanded, without ``..``, links not followed."""
    return os.path.abspath(os.path.expanduser(path))


def is_under(path: str, top: str) -> bool:
    """True when ``path`` is ``top`` or lies below it; both absolute."""
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)


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
