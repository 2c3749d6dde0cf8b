"""Reasons to leave a file alone that several formats share; each was a real file that got damaged."""

from __future__ import annotations

import re
from collections.abc import Sequence

from blipdesk.domain.wording import later
from blipdesk.metadata.refusal import Refusal

_AFCP = re.compile(rb"AXS[!*]")  # in half the time of two searches by bytes.rfind
_TAIL = 1 << 16
_TRAILERS = re.compile(
    rb"(?s:AXS[!*].{8}|CANON OPTIONAL DATA\0.{44}|cbipcbbl|\xa1\xb2\xc3\xd4|QDIOBS|SEFT|zmie.{8,24})\Z"
)
"""How trailers of AFCP, Canon VRD, Photo Mechanic, FotoStation, Samsung and MIE end."""
_PROVENANCE = re.compile(rb"""provenance\s*(?:=\s*["']|>)\s*https?:""")
"""How XMP names content credentials that are kept elsewhere: dcterms:provenance (C2PA, remote manifests)."""
SIGNED = later("it carries content credentials (C2PA), which any change would void")
MOVED = later("a check of the result failed: the picture would not have stayed the same")
"""Why :meth:`blipdesk.metadata.container.Container.prove` refuses."""


def refuse_counting_trailer(data: bytes, start: int) -> None:
    """Raise where an AFCP trailer follows ``start``: its offsets count from the start of the file."""
    if _AFCP.search(data, max(start, len(data) - _TAIL)):
        raise Refusal(later("a trailer of it counts offsets from the start of the file (AFCP)"))


def refuse_trailer(data: bytes) -> None:
    """Raise where programs find something by the last bytes of the file, where we are about to append."""
    if _TRAILERS.search(data, max(0, len(data) - 64)):
        raise Refusal(later("a trailer of it is found by counting from the file's end"))


def refuse_signed_elsewhere(packets: Sequence[bytes]) -> None:
    """Raise where a packet says at which address the content credentials of the file are."""
    if any(_PROVENANCE.search(packet) for packet in packets):
        raise Refusal(SIGNED)


def refuse_several(exif: Sequence[object], xmp: Sequence[object]) -> None:
    """Raise where readers may disagree on which of several blocks holds."""
    for blocks, what in ((xmp, later("XMP packets")), (exif, later("EXIF blocks"))):
        if len(blocks) > 1:
            raise Refusal(later("it has several {what}").format(what=what))
