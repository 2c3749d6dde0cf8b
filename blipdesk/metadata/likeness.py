"""Making a file like another in everything but its bytes: mode, owner, times, attributes, access lists.

Linux: ``shutil.copystat`` and ``chown``.  macOS: Python copies no attributes there, so that Finder's tags,
comments and access lists would be lost; ``copyfile`` of the system does (copyfile.h).  Windows: times and
the read-only flag.  ``ReplaceFileW`` would keep explicit access lists, streams and the time of creation as
well, but it renames twice: a power cut between leaves no file under the photo's name, which the one rename
of ``os.replace`` never does.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
import sys

from blipdesk.domain.errors import ProblemKind, photo_error
from blipdesk.domain.paths import shown_name
from blipdesk.domain.wording import later

_ACL, _STAT, _XATTR, _NOFOLLOW = 1 << 0, 1 << 1, 1 << 2, 3 << 18


def make_alike(descriptor: int, temp: str, target: str) -> None:
    """Give the open file ``temp`` what ``target`` carries besides its bytes.

    Raises:
        PhotoError: some of it could not be kept.
        OSError: likewise.
    """
    info = os.lstat(target)
    mine = os.fstat(descriptor)
    if os.name == "posix" and (info.st_uid, info.st_gid) != (mine.st_uid, mine.st_gid):
        os.fchown(descriptor, info.st_uid, info.st_gid)
    if sys.platform == "darwin":
        _copyfile(target, temp)
    shutil.copystat(target, temp, follow_symlinks=False)
    lost = _attributes(target) != _attributes(temp)
    if lost or stat.S_IMODE(os.fstat(descriptor).st_mode) != stat.S_IMODE(info.st_mode):
        raise photo_error(
            ProblemKind.NO_ACCESS,
            later("{target} carries permissions or attributes that could not be kept.").format(
                target=shown_name(target)
            ),
            later("Let its captions go to sidecars or stay in the catalog."),
        )


def _copyfile(source: str, target: str) -> None:
    """Access lists and extended attributes on macOS, Finder's tags among them."""
    call = ctypes.CDLL(None, use_errno=True).copyfile
    if call(os.fsencode(source), os.fsencode(target), None, _ACL | _STAT | _XATTR | _NOFOLLOW) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _attributes(path: str) -> dict[str, bytes]:
    """Extended attributes, where Python has them; those of the system's own are left out."""
    if not hasattr(os, "listxattr"):
        return {}
    try:
        names = os.listxattr(path, follow_symlinks=False)
    except OSError:
        return {}
    kept = (n for n in names if n.startswith("user.") or n.startswith("system.posix_acl"))
    return {name: os.getxattr(path, name, follow_symlinks=False) for name in kept}
