"""XMP sidecars: which file it is, and its new bytes."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import replace

from blipdesk.domain.errors import PhotoError
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import texts, xmp, xmp_edit
from blipdesk.metadata.files import read_file
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

# fmt: off
_RAW = frozenset({
    ".3fr", ".ari", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".erf", ".fff", ".iiq", ".k25", ".kdc", ".mef",
    ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2", ".srf", ".srw",
    ".x3f",
})
# fmt: on
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


def choose(photo_path: str, adobe_names: bool = False) -> str:
    """Where the text goes: an existing sidecar of this photo, else a new one beside it.

    That is ``photo.jpg.xmp``, which no other photo of the same stem can take for its own; for RAW photos it
    may be ``photo.xmp``, the one name that Adobe's programs look for (they read sidecars of RAW alone).
    ``photo.xmp`` is left alone where it may be that of another file: a JPEG's RAW twin, another RAW photo.

    Args:
        photo_path: the photo.
        adobe_names: a RAW photo's new sidecar gets that name.
    """
    own = photo_path + ".xmp"
    found = existing(photo_path)
    adobe = adobe_names and is_raw(photo_path)
    ours_alone = not adobe and all(path.lower() == own.lower() for path in found)
    shared = not ours_alone and _shares_stem(photo_path)  # looks at all the folder
    for path in found:
        if path.lower() == own.lower() or not shared:
            return path
    return os.path.splitext(photo_path)[0] + ".xmp" if adobe and not shared else own


def read_sidecar(photo_path: str) -> bytes | None:
    """The bytes of the sidecar that belongs to a photo, by the rule of :func:`choose`.

    None where there is none, and where it cannot be read: too large, no regular file, no permission, in the
    cloud only (it is not opened then).
    """
    try:
        return read_file(os.path.realpath(choose(photo_path)), xmp.MAX_SIDECAR).data
    except (PhotoError, OSError, ValueError):  # ValueError: a name that no file can have
        return None


def is_raw(path: str) -> bool:
    """Whether a file's name is that of a RAW photo; DNG holds its XMP itself."""
    return os.path.splitext(path)[1].lower() in _RAW


def is_others(name: str, twins: Collection[str]) -> bool:
    """Whether ``photo.xmp`` may be another file's: of two with one stem it is the RAW photo's.

    Args:
        name: the photo's.
        twins: the other files of its stem, sidecars left out.
    """
    return any(map(is_raw, twins)) if is_raw(name) else bool(twins)


def _shares_stem(photo_path: str) -> bool:
    """The same, by a look at all of the photo's folder."""
    folder, name = os.path.split(photo_path)
    stem = os.path.splitext(name)[0]
    try:
        others = os.listdir(folder or ".")
    except OSError:
        return True
    twins = [
        o for o in others if os.path.splitext(o)[0] == stem and o != name and not o.lower().endswith(".xmp")
    ]
    return is_others(name, twins)


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
    if wanted.existing is ExistingText.APPEND and not xmp_edit.says(new, wanted.caption or ""):
        raise Refusal("it holds no caption to add one to")
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
