"""Proving an embedded caption: the new bytes of a file compared with the old, as other programs see them."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import exif_patch, exif_texts, formats, xmp
from blipdesk.metadata.container import Container
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import same_bytes
from blipdesk.metadata.tiff import read_block
from blipdesk.metadata.unsafe import MOVED
from blipdesk.metadata.xmp import read_packet

_CHANGED = later("a check of the result failed: the EXIF block would not have stayed the same")


def verify(
    old: bytes,
    new: bytes,
    caption: str | None,
    exif: bool = True,
    dropped: frozenset[int] = frozenset(),
    before: Container | None = None,
) -> None:
    """Compare the two files in memory, as another program would see them.

    Args:
        old: the file before.
        new: the file to be.
        caption: what should stand in it; None: whatever stands there (the packet is proven when it is made).
        exif: whether the EXIF block was written; if not, it must be untouched, and XMP holds the caption.
        dropped: fields of an EXIF block that was not written that must be gone, and they alone.
        before: the file before, where it is open already.

    Raises:
        Refusal: anything but the caption fields differs, or the caption does not read back.
    """
    before, after = before or formats.open_file(old), formats.open_file(new)
    changed = exif or bool(dropped)
    if type(after) is not type(before):
        raise Refusal(MOVED)
    before.prove(after, changed)
    if not changed and before.exif != after.exif:
        raise Refusal(_CHANGED)
    if dropped:
        _prove_dropped(before.exif[0], after.exif[0], dropped)
    found = caption
    if exif:
        found = _proven_caption(before, after)
    elif caption is not None:
        found = next((read_packet(packet).text(xmp.DESCRIPTION) for packet in after.xmp), None)
    if found != caption:
        raise Refusal(later("a check of the result failed: the caption could not be read back"))
    prove_look(old, new)


def _proven_caption(before: Container, after: Container) -> str:
    """The caption of a new EXIF block that holds all of the old one."""
    if len(after.exif) != 1 or (before.exif and not _keeps(before.exif[0], after.exif[0])):
        raise Refusal(_CHANGED)
    block = exif_patch.check_block(after.exif[0])
    own = exif_patch.own_mark(after.exif[0])
    beside = own is not None and own.provenance.existing in (ExistingText.APPEND, ExistingText.COMMENT)
    if before.exif and not exif_texts.keeps_texts(read_block(before.exif[0]), block, beside):
        raise Refusal(later("a check of the result failed: a person's words would have been lost"))
    return own.caption if own else ""


def _prove_dropped(was: bytes, now: bytes, tags: frozenset[int]) -> None:
    """Raise unless the new EXIF block holds all of the old one, and names all of it but ``tags``."""
    first, second = exif_patch.check_block(was).ifds["IFD0"], exif_patch.check_block(now).ifds["IFD0"]
    kept = [was[e.at : e.at + 12] for e in first.entries if e.tag not in tags]
    same = _keeps(was, now) and kept == [now[e.at : e.at + 12] for e in second.entries]
    if not same or first.next != second.next:
        raise Refusal(_CHANGED)


def _keeps(old: bytes, new: bytes) -> bool:
    """True when the old block stands at the start of the new one, but for the offset of IFD0."""
    return new[:4] == old[:4] and same_bytes(old, 8, len(old), new, 8)


def prove_look(old: bytes, new: bytes) -> None:
    """Raise unless Pillow opens the new file, as the picture that it saw in the old one.

    Of most formats the bytes that tell that are proven to be the same by then: to open it is proof enough.
    """
    row = formats.format_of(old)
    if row is not None and row.pillow:
        seen = _look(new, row.pillow)
        if row.remade and seen != _look(old, row.pillow):
            raise Refusal(later("a check of the result failed: it would not open as before"))


def _look(data: bytes, name: str) -> tuple[object, ...]:
    """What Pillow sees of the header, by its name of the format.

    Raises:
        Refusal: nothing it can open.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(name,)) as image:
                return image.format, image.size, image.mode
    except Image.DecompressionBombError:
        return (later("larger than Pillow looks at"),)
    except Exception as error:  # Pillow raises fourteen types on damaged files
        raise Refusal(later("its picture cannot be read")) from error
