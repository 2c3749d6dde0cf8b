r"""Bytes of metadata fields into text: charsets that are named, and those that have to be told by the text.

EXIF and IPTC predate Unicode.  What is valid UTF-8 is taken for it (MWG Guidance 2.0, 5.1.3; longer texts of
other charsets practically never are); else the charset in which the letters stand as people write them:
``Sk\x8cne`` is ``SkŒne`` in Windows-1252 and ``Skåne`` in Mac Roman.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

_WESTERN = ("cp1252", "mac_roman", "cp850", "cp1250")
_LATIN_PARTS = b"ABCDFGHLMV"
_PARTS = (1, 2, 3, 4, 7, 6, 8, 5, 9, 10)
_ISO_8859 = dict(zip(_LATIN_PARTS, _PARTS, strict=True))
"""Final byte of ``ESC - F`` (ISO 2022; ISO-IR 100 to 157) to the part of ISO 8859."""
_XML_STARTS = (
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip
_XML_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_MOST_GUESSED = 1 << 16
"""Bytes of a text whose charset has to be guessed: each is looked at a few times."""
_OPENING, _CLOSING = "“‘„‚«‹¿¡([", "”’»›)]"
_UNLIKELY = "ƒªºµˆ˜ıﬁﬂ"


def decode_bytes(raw: bytes) -> str:
    """A string that names no charset, up to its NUL, trimmed."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw[: len(raw) & ~1].decode("utf-16", "replace").split("\0")[0].strip()
    raw = raw.strip(b"\0 \r\n\t").split(b"\0")[0]
    return _guess(raw).strip()


def decode_iptc(raw: bytes, charset: bytes) -> str:
    """The value of a dataset, by what 1:90 names (IIM 4.2, 1:90; ISO 2022 escapes), else by the text."""
    raw = raw.strip(b"\0 \r\n\t")
    name = ""
    if charset[:2] == b"\x1b%":
        name = "utf-8"
    elif charset[:2] in (b"\x1b-", b"\x1b.", b"\x1b/") and len(charset) == 3:
        name = f"iso8859_{_ISO_8859.get(charset[2], 1)}"
    elif charset[:2] in (b"\x1b$", b"\x1b(") and b"\x1b" in raw:
        name = "iso2022_jp"
    text = _strictly(raw, name) if name else None
    # None also where what 1:90 says is not true, or the text was cut off within a character
    return (_guess(raw) if text is None else text).strip()


def decode_xp(raw: bytes) -> str:
    """An XP tag of Windows: UTF-16, little-endian whatever the block's byte order."""
    text = raw[: len(raw) & ~1].decode("utf-16-le", "replace").lstrip("\0")  # exiv2 passes over those
    return text.split("\0")[0].strip()


def decode_user_comment(raw: bytes, byte_order: str) -> str:
    """EXIF UserComment: eight bytes that name the charset, then the text (EXIF 2.32, table 9).

    Args:
        raw: the value.
        byte_order: ``little`` or ``big``, the block's; UTF-16 should have it too, and often has not.
    """
    kind, body = raw[:8].upper(), raw[8:]
    if kind.startswith(b"UNICODE"):
        text = _utf_16(body, byte_order)
    elif kind.startswith(b"JIS"):
        text = _named(body, "iso2022_jp") if b"\x1b" in body else decode_bytes(body)
    elif kind in (b"ASCII\0\0\0", b"ASCII   ", bytes(8)):
        text = decode_bytes(body)
    else:
        text = decode_bytes(raw)
    text = text.split("\0")[0].strip()
    return text if is_texty(text) else ""


def in_utf_8(packet: bytes) -> bytes:
    """An XMP packet, trimmed, as XML in UTF-8; its declaration is dropped where it was in something else.

    Other charsets are allowed to XMP in files of its own alone (ISO 16684-1, 7.1), and stand in others too.
    """
    for start, charset in _XML_STARTS:
        if packet.startswith(start):
            text = packet.decode(charset, "replace")
            break
    else:
        try:
            packet.decode("utf-8")
        except UnicodeDecodeError:
            text = packet.decode("latin-1")
        else:
            return packet.strip(b"\0 \r\n\t")
    text = _XML_DECLARATION.sub("", text.strip("\ufeff\0 \r\n\t"), count=1)
    return text.encode("utf-8", "replace")


def is_texty(text: str) -> bool:
    """False for binary rubbish: most characters must be printable."""
    odd = sum((not c.isprintable() and c not in "\n\r\t") or c == "\ufffd" for c in text)
    return odd * 10 <= len(text)


def _named(raw: bytes, charset: str) -> str:
    return raw.strip(b"\0 ").decode(charset, "replace")


def _utf_16(body: bytes, byte_order: str) -> str:
    single = body.rstrip(b"\0 ")
    if single and b"\0" not in single:  # UTF-16 of any European text is full of them
        text = _strictly(single, "utf-8")
        if text is not None:
            return text
    body = body[: len(body) & ~1]
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace")
    orders = ("utf-16-le", "utf-16-be") if byte_order == "little" else ("utf-16-be", "utf-16-le")
    text, swapped = (body.decode(order, "replace") for order in orders)
    if sum(c < "\u0250" for c in swapped) > sum(c < "\u0250" for c in text):
        return swapped  # some writers ignore the block's byte order
    return text


# ------------------------------------------------------------------------------------------- guessing


def _guess(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        # A field of limited length ends within a character.
        if error.reason == "unexpected end of data" and not raw[: error.start].isascii():
            return raw[: error.start].decode("utf-8")
    raw = raw[:_MOST_GUESSED]
    high = bytes(byte for byte in raw if byte >= 0x80)
    letters = sum(byte < 0x80 and chr(byte).isalpha() for byte in raw)
    # No language in Latin letters has more accents than plain ones, but for a word like ``ÉTÉ``.
    if len(high) > max(letters, 3) or (not letters and len(high) > 2):
        for charset, fits in _OTHERS:
            text = _strictly(raw, charset)
            if text is not None and fits(text, high):
                return text
    decoded = [text for text in (_strictly(raw, charset) for charset in _WESTERN) if text is not None]
    return min(decoded, key=_oddness)  # the first of equals; the second knows every byte


def _strictly(raw: bytes, charset: str) -> str | None:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return None


def _oddness(text: str) -> int:
    """How many of the characters stand where nobody writes them: ``fŸr``, ``€ngar``, ``Straﬂe``."""
    odd = 0
    padded = f" {text} "
    for before, own, after in zip(padded, padded[1:], padded[2:], strict=False):
        if own < "\x80":
            continue
        if own in _UNLIKELY or unicodedata.category(own)[0] == "C":
            odd += 2
        elif own.isalpha():
            odd += own.isupper() and (before.islower() or (before.isalpha() and after.islower()))
            odd += own.islower() and before.isupper() and after.isupper()
        elif own in _OPENING:
            odd += before.isalpha()
        elif own not in _CLOSING:
            odd += after.isalpha() or before.isalpha()
        elif after.isalpha() and own != "’":
            odd += 1
    return odd


def _is_japanese(text: str, _high: bytes) -> bool:
    kana = sum("\u3041" <= c <= "\u30ff" for c in text)
    wide = sum("\u3000" <= c <= "\u9fff" or "\uff01" <= c <= "\uff5e" for c in text)
    return kana > 0 and wide == sum(c >= "\x80" for c in text)


def _is_frequent_kanji(text: str, _high: bytes) -> bool:
    """Two characters or more, all of level 1 of JIS X 0208, which lies in lead bytes of its own."""
    wide = [c for c in text if c >= "\x80"]
    return len(wide) > 1 and all(
        "\u4e00" <= c <= "\u9fff" and 0x88 <= c.encode("cp932")[0] <= 0x98 for c in wide
    )


def _is_cyrillic(text: str, high: bytes) -> bool:
    """Letters alone, and none that is a capital behind a small one (as KOI8-R is in Windows-1251)."""
    letters = all(byte >= 0xC0 or byte in b"\xa8\xb8\xb9\xab\xbb\x96\x97" for byte in high)
    return letters and not any(a.islower() and b.isupper() for a, b in pairwise(text))


def _is_frequent(last: int) -> Callable[[str, bytes], bool]:
    """Whether every pair of bytes is one of the characters that lie in order of use, or a sign."""

    def fits(text: str, high: bytes) -> bool:
        leads = high[::2]
        return len(high) % 2 == 0 and all(0xB0 <= lead <= last or 0xA1 <= lead <= 0xA3 for lead in leads)

    return fits


_OTHERS: tuple[tuple[str, Callable[[str, bytes], bool]], ...] = (
    ("cp932", _is_japanese),
    ("cp932", _is_frequent_kanji),
    ("euc_jp", _is_japanese),
    ("cp1251", _is_cyrillic),
    ("koi8_r", _is_cyrillic),
    ("euc_kr", _is_frequent(0xC8)),
    ("gb2312", _is_frequent(0xD7)),
)
"""Charset, and what a text decoded with it must look like: the narrower rule first."""
