"""The EXIF fields of a machine's caption that goes beside a person's, by the person's choice."""

from __future__ import annotations

from blipdesk.metadata import exif_patch, texts
from blipdesk.metadata.exif_patch import IMAGE_DESCRIPTION, XP_COMMENT
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted


def comment_alone(block: TiffBlock | None, caption: str) -> dict[int, bytes]:
    """XPComment with the machine's caption, where no person's stands in it.

    Raises:
        Refusal: one does.
    """
    if not texts.is_boilerplate(_comment(block)):
        raise Refusal("its XPComment is taken")
    return {XP_COMMENT: texts.encode_xp(caption)}


def add_behind(block: TiffBlock | None, caption: str, wanted: Wanted) -> dict[int, bytes]:
    """ImageDescription and XPComment with the machine's caption in a line behind the person's.

    Args:
        block: what stands there; None: nothing.
        caption: the machine's.
        wanted: the person's caption that may be repeated in a field that is free, and one that contradicts.

    Raises:
        Refusal: no person's caption stands there and there is none to share, or one that cannot be repeated
            to the letter.
    """
    standing, shared = _description(block), wanted.shared
    if standing and wanted.contrary:
        raise Refusal(f"another caption stands in {wanted.contrary}")
    if not (standing or shared):
        raise Refusal("its EXIF block holds no caption to add one to")
    values = exif_patch.make_values(f"{standing or shared}\n{caption}", (), block)
    comment = _comment(block)
    said = shared if texts.is_boilerplate(comment) else comment
    if comment and said == comment and max(caption) > "\uffff":
        said = ""  # exiftool takes XP fields for UCS-2 and would garble the person's words with ours
    if said and not texts.is_technical(said):
        values[XP_COMMENT] = texts.encode_xp(f"{said}\n{caption}")
    else:
        values.pop(XP_COMMENT, None)
    return values


def _comment(block: TiffBlock | None) -> str:
    return exif_patch.read_comment(block) if block else ""


def _description(block: TiffBlock | None) -> str:
    """A person's ImageDescription, of which no byte has to be guessed; empty where there is none."""
    if block is None or texts.is_boilerplate(exif_patch.read_description(block)):
        return ""
    raw = block.whole(block.find("IFD0", IMAGE_DESCRIPTION)).strip(b"\0 \t\r\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal("its EXIF description is in another charset than UTF-8") from None
    if texts.clean(text) != "\n".join(text.splitlines()):
        raise Refusal("its EXIF description holds more than a text")
    return text
