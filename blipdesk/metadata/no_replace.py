"""Renaming a file to a name that must be free, in one step, where the system can: ``os.rename`` replaces.

Linux has renameat2 (rename(2), RENAME_NOREPLACE), macOS renamex_np (rename(2), RENAME_EXCL).
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys

_AT_FDCWD, _RENAME_NOREPLACE = -100, 1
_RENAME_EXCL = 4
_UNKNOWN = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP})
"""How a kernel or a file system says that it does not know such a rename."""


def rename_to_free_name(source: str, target: str) -> None:
    """Rename a file of a file system without hard links.

    Where neither the system nor the file system can do that in one step (FUSE of exFAT), the name is looked
    at in the moment before.

    Raises:
        FileExistsError: the name is taken.
        OSError: it cannot be renamed.
    """
    call = "renamex_np" if sys.platform == "darwin" else "renameat2"
    function = getattr(ctypes.CDLL(None, use_errno=True), call, None)  # older C libraries have none
    if function is not None:
        names = os.fsencode(source), os.fsencode(target)
        if sys.platform == "darwin":
            failed = function(*names, _RENAME_EXCL)
        else:
            failed = function(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_NOREPLACE)
        number = ctypes.get_errno()
        if not failed:
            return
        if number not in _UNKNOWN:
            raise OSError(number, os.strerror(number), target)
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), target)
    os.replace(source, target)
