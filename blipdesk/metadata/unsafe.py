"""Reasons to leave a file alone that several formats share; each was a real file that got damaged."""

from __future__ import annotations

from collections.abc import Sequence

from blipdesk.metadata.refusal import Refusal

_AFCP_MAGICS = (b"AXS!", b"AXS*")
_TAIL = 1 << 16
SIGNED = "it carries content credentials (C2PA), which any change would void"
MOVED = "a check of the result failed: the picture would not have stayed the same"
"""Why :meth:`blipdesk.metadata.container.Container.prove` refuses."""


def refuse_counting_trailer(data: bytes, start: int) -> None:
    """Raise where an AFCP trailer follows ``start``: its offsets count from the start of the file."""
    if any(data.rfind(magic, max(start, len(data) - _TAIL)) >= 0 for magic in _AFCP_MAGICS):
        raise Refusal("a trailer of it counts offsets from the start of the file (AFCP)")


def refuse_several(exif: Sequence[object], xmp: Sequence[object]) -> None:
    """Raise where readers may disagree on which of several blocks holds."""
    for blocks, what in ((xmp, "XMP packets"), (exif, "EXIF blocks")):
        if len(blocks) > 1:
            raise Refusal(f"it has several {what}")
