"""The caption and keyword fields of an EXIF block: what they say, and what they are to say."""

from __future__ import annotations

from collections.abc import Collection

from blipdesk.domain.own_texts import leaf
from blipdesk.domain.wording import later
from blipdesk.metadata import charsets, texts
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted

IMAGE_DESCRIPTION, XP_TITLE, XP_COMMENT, XP_KEYWORDS, XP_SUBJECT = 0x010E, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F
OUR_TAGS = frozenset({IMAGE_DESCRIPTION, XP_TITLE, XP_COMMENT, XP_KEYWORDS, XP_SUBJECT})
_XP_CAPTIONS = (XP_TITLE, XP_COMMENT, XP_SUBJECT)


def caption_values(caption: str, block: TiffBlock | None, titled: bool = False) -> dict[int, bytes]:
    """The fields that say ``caption``, given what the block holds.

    ImageDescription is UTF-8 (MWG), XPComment UTF-16LE.  Explorer takes ImageDescription for ASCII, so that
    other captions also go to its title and subject where these are free.  It looks for a title in XPTitle
    before all other places: where the photo has one there (``titled``), that would be hidden.
    """
    values = {IMAGE_DESCRIPTION: caption.encode("utf-8") + b"\0"}
    if block is None or not texts.is_technical(read_comment(block)):
        values[XP_COMMENT] = texts.encode_xp(caption)
    if not caption.isascii():
        for tag in (XP_TITLE, XP_SUBJECT):
            free = block is None or block.find("IFD0", tag) is None
            if free and not (titled and tag == XP_TITLE):
                values[tag] = texts.encode_xp(caption)
    return values


def in_xp(keyword: str) -> str:
    """A keyword as XPKeywords can hold it, where ``;`` separates and no levels do."""
    return leaf(keyword).replace(";", ",")


def forms_in_xp(keyword: str, standing: frozenset[str]) -> tuple[str, ...]:
    """What XPKeywords say for a keyword with semicolons: the form that we give it, or its parts.

    Programs that fill the field from ``dc:subject`` leave the semicolons as they are.
    """
    if ";" not in keyword:
        return ()
    parts = tuple(part for text in keyword.split(";") if (part := text.strip()))
    return (in_xp(keyword), *(parts if standing.issuperset(parts) else ()))


def not_held(keywords: tuple[str, ...], standing: tuple[str, ...]) -> tuple[str, ...]:
    """The keywords without those that stand in XPKeywords as they are, or in parts: another program's way."""
    known = {k.casefold() for k in standing}
    held = frozenset(standing)
    return tuple(k for k in keywords if k.casefold() not in known and len(forms_in_xp(k, held)) < 2)


def keyword_values(keywords: tuple[str, ...]) -> dict[int, bytes]:
    """The field that says ``keywords``; none for none."""
    return {XP_KEYWORDS: texts.encode_xp(";".join(keywords))} if keywords else {}


def read_description(block: TiffBlock) -> str:
    """The text of ImageDescription.

    Raises:
        Refusal: it is larger than any.
    """
    return charsets.decode_bytes(block.whole(block.find("IFD0", IMAGE_DESCRIPTION)))


def read_comment(block: TiffBlock) -> str:
    """The text of XPComment.

    Raises:
        Refusal: it is larger than any.
    """
    return charsets.decode_xp(block.whole(block.find("IFD0", XP_COMMENT)))


def read_keywords(block: TiffBlock) -> tuple[str, ...]:
    """The keywords of XPKeywords.

    Raises:
        Refusal: they are larger than any.
    """
    text = charsets.decode_xp(block.whole(block.find("IFD0", XP_KEYWORDS)))
    return tuple(dict.fromkeys(k.strip() for k in text.split(";") if k.strip()))


def keeps_texts(old: TiffBlock, new: TiffBlock, beside: bool) -> bool:
    """Whether the keywords of a block stand in the new one, and (``beside``) what its captions say.

    Proven on the bytes, whatever either of them was taken for.
    """
    blank = b"\0 \t\r\n"
    if beside:
        described = (block.whole(block.find("IFD0", IMAGE_DESCRIPTION)).strip(blank) for block in (old, new))
        was, now = described
        if not texts.is_boilerplate(charsets.decode_bytes(was)) and was not in now:
            return False
        was, now = (_units(block, XP_COMMENT) for block in (old, new))
        if not texts.is_boilerplate(charsets.decode_xp(was)) and not now.startswith(was):
            return False
    had, has = (_keyword_units(_units(block, XP_KEYWORDS)) for block in (old, new))
    return had <= has


def _units(block: TiffBlock, tag: int) -> bytes:
    """An XP field's UTF-16 up to its NUL, without blanks around it."""
    raw = block.whole(block.find("IFD0", tag))
    text = raw[: len(raw) & ~1].decode("utf-16-le", "surrogatepass").split("\0")[0].strip()
    return text.encode("utf-16-le", "surrogatepass")


def _keyword_units(raw: bytes) -> set[str]:
    return {k.strip() for k in raw.decode("utf-16-le", "surrogatepass").split(";") if k.strip()}


def fields_saying(block: TiffBlock, captions: Collection[str]) -> frozenset[int]:
    """The caption fields whose text is one of ``captions``.

    Raises:
        Refusal: one is larger than any text.
    """
    found = {tag: charsets.decode_xp(block.whole(block.find("IFD0", tag))) for tag in _XP_CAPTIONS}
    found[IMAGE_DESCRIPTION] = read_description(block)
    return frozenset(tag for tag, text in found.items() if texts.clean(text) in captions)


# ------------------------------------------------------------ beside a person's caption, by their choice


def comment_alone(block: TiffBlock | None, caption: str) -> dict[int, bytes]:
    """XPComment with the machine's caption, where no person's stands in it.

    Raises:
        Refusal: one does.
    """
    if not texts.is_boilerplate(_comment(block)):
        raise Refusal(later("its XPComment is taken"))
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
    if wanted.contrary:
        raise Refusal(later("another caption stands in {place}").format(place=wanted.contrary))
    if not (standing or shared):
        raise Refusal(later("its EXIF block holds no caption to add one to"))
    values = caption_values(f"{standing or shared}\n{caption}", block, wanted.titled)
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
    return read_comment(block) if block else ""


def _description(block: TiffBlock | None) -> str:
    """A person's ImageDescription, of which no byte has to be guessed; empty where there is none."""
    if block is None or texts.is_boilerplate(read_description(block)):
        return ""
    raw = block.whole(block.find("IFD0", IMAGE_DESCRIPTION)).strip(b"\0 \t\r\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(later("its EXIF description is in another charset than UTF-8")) from None
    if texts.clean(text) != "\n".join(text.splitlines()):
        raise Refusal(later("its EXIF description holds more than a text"))
    return text
