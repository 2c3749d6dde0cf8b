"""The new bytes of an XMP sidecar, and what it says now."""

from __future__ import annotations

from dataclasses import replace

from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import texts, xmp, xmp_edit
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

_LISTS = (xmp.SUBJECT, xmp.HIERARCHICAL, xmp.TAGS_LIST)


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
        raise Refusal(later("it holds no caption to add one to"))
    if len(new) > xmp.MAX_SIDECAR:
        raise Refusal(later("it would grow too large to be read again"))
    return new


def caption_of(data: bytes) -> str | None:
    """The caption that a sidecar says now, whoever wrote it."""
    try:
        tree = Xmp(data)
    except Refusal:
        return None
    found = tree.text(xmp.DESCRIPTION) or tree.text(xmp.IMAGE_DESCRIPTION)
    return texts.clean(found) or None
