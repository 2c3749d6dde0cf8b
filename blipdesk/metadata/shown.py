"""What a person is told of a file: where a caption stands, and which keywords."""

from __future__ import annotations

import os

from blipdesk.metadata import facts, sidecar_files, sidecar_patch, texts
from blipdesk.metadata.refusal import PARSE_ERRORS
from blipdesk.metadata.xmp import Xmp


def name_of_holder(photo_path: str, caption: str) -> str:
    """The name of the file in which a caption stands: the sidecar's where that says it, else the photo's."""
    beside = sidecar_files.read_sidecar(photo_path)
    said = beside is not None and sidecar_patch.caption_of(beside) == texts.clean(caption)
    return os.path.basename(sidecar_files.choose(photo_path) if said else photo_path)


def standing_keywords(data: bytes | None, *, is_sidecar: bool) -> tuple[str, ...]:
    """The keywords that programs read in a file, whoever wrote them; none where it is not there."""
    if data is None:
        return ()
    try:
        reading = facts.read(b"", (data,)) if is_sidecar else facts.read(data)
        found = [keyword for packet in reading.packets for keyword in Xmp(packet.data).keywords()]
    except PARSE_ERRORS:
        return ()
    return texts.merge(tuple(found), tuple(reading.keywords))
