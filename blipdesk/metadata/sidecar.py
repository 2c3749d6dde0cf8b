"""XMP sidecars: which file it is, and its new bytes."""

from __future__ import annotations

import os
from dataclasses import replace

from blipdesk.domain.errors import PhotoError
from blipdesk.metadata import texts, xmp, xmp_edit
from blipdesk.metadata.files import read_file
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

_LISTS = (xmp.SUBJECT, xmp.HIERARCHICAL, xmp.TAGS_LIST)


def existing(photo_path: str) -> list[str]:
    """The sidecars that lie beside a photo, ``photo.jpg.xmp`` before ``photo.xmp``."""
    stem = os.path.splitext(photo_path)[0]
    names = (photo_path + ".xmp", photo_path + ".XMP", stem + ".xmp", stem + ".XMP")
    found: list[str] = []
    for name in names:
        # a case-insensitive file system answers to both spellings
        if os.path.isfile(name) and not any(os.path.samefile(name, other) for other in found):
            found.append(name)
    return found


def choose(photo_path: str) -> str:
    """Where the text goes: an existing sidecar of this photo, else ``photo.jpg.xmp``.

    ``photo.xmp`` is left alone when another file shares the stem (``photo.cr2``): it may be that one's.
    """
    own = photo_path + ".xmp"
    for path in existing(photo_path):
        if path.lower() == own.lower() or not _shares_stem(photo_path):
            return path
    return own


def read_sidecar(photo_path: str) -> bytes | None:
    """The bytes of the sidecar that belongs to a photo, by the rule of :func:`choose`.

    None where there is none, and where it cannot be read: too large, no regular file, no permission, in the
    cloud only (it is not opened then).
    """
    try:
        return read_file(os.path.realpath(choose(photo_path)), xmp.MAX_SIDECAR).data
    except (PhotoError, OSError, ValueError):  # ValueError: a name that no file can have
        return None


def _shares_stem(photo_path: str) -> bool:
    folder, name = os.path.split(photo_path)
    stem = os.path.splitext(name)[0]
    try:
        others = os.listdir(folder or ".")
    except OSError:
        return True
    return any(
        os.path.splitext(other)[0] == stem and other != name and not other.lower().endswith(".xmp")
        for other in others
    )


def render(old: bytes | None, wanted: Wanted) -> bytes:
    """The sidecar's new bytes: a new one, or the old one with our text inserted.

    Our namespace goes only into sidecars that we made: in somebody else's a comment marks our part.  A later
    date or another run alone is no reason to write.

    Raises:
        Refusal: the old one cannot be patched without loss, or the new one could not be read again.
    """
    ours = old is None or xmp_edit.is_bare(xmp.strip_marks(old)) or xmp.OURS.encode() in old
    layout = xmp_edit.Layout(captions=xmp.CAPTION_PROPERTIES, lists=_LISTS, own=ours)
    if old is None:
        new = xmp_edit.new_packet(wanted, layout)
    else:
        standing = xmp.provenance(old)
        if standing.tells_the_same(wanted.provenance):
            new = xmp_edit.edit(old, replace(wanted, provenance=standing), layout)
            if xmp.without_records(new) == xmp.without_records(old):
                return old
        new = xmp_edit.edit(old, wanted, layout)
    if len(new) > xmp.MAX_SIDECAR:
        raise Refusal("it would grow too large to be read again")
    return new


def caption_of(data: bytes) -> str | None:
    """The caption that a sidecar says now, whoever wrote it."""
    try:
        tree = Xmp(data)
    except Refusal:
        return None
    found = tree.text(xmp.DESCRIPTION) or tree.text(xmp.IMAGE_DESCRIPTION)
    return texts.clean(found) or None
