"""Texts of metadata fields: decoding what is found, cleaning what is written, telling boilerplate apart."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_MAX_TEXT = 20_000


def clean(text: str) -> str:
    """A text as it may stand in EXIF and XMP alike: no control characters, no lone surrogates, trimmed."""
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("", text).strip()[:_MAX_TEXT].strip()


def clean_keywords(keywords: tuple[str, ...]) -> tuple[str, ...]:
    """Keywords on one line each, free of the separator of XPKeywords, without repetitions."""
    cleaned = (" ".join(clean(k).replace(";", ",").split()) for k in keywords)
    return tuple(dict.fromkeys(k for k in cleaned if k))


def merge(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """``old`` and what of ``new`` is not in it yet, letter case aside: keyword lists only grow."""
    known = {k.casefold() for k in old}
    added: dict[str, str] = {}
    for keyword in new:
        if keyword.casefold() not in known:
            added.setdefault(keyword.casefold(), keyword)
    return (*old, *added.values())


@cache
def _rules(section: str) -> re.Pattern[str]:
    """The patterns of a section of ``boilerplate.txt`` as one."""
    lines = resources.files(__package__).joinpath("boilerplate.txt").read_text("utf-8").splitlines()
    rules: dict[str, list[str]] = {}
    current = "replace"
    for line in map(str.strip, lines):
        if line in ("[replace]", "[keep]"):
            current = line.strip("[]")
        elif line and not line.startswith("#"):
            rules.setdefault(current, []).append(f"(?:{line})")
    return re.compile("|".join(rules.get(section, ["(?!)"])), re.IGNORECASE | re.DOTALL)


def is_boilerplate(text: str) -> bool:
    """True for blanks and for what cameras and programs put in place of a caption: it may be replaced."""
    text = text.strip("\0 \t\r\n")
    if len(text) > 200:  # every rule is about short texts; also bounds the matching
        return not text.strip("\0 \t\r\n0")
    return _rules("replace").fullmatch(text) is not None


def is_technical(text: str) -> bool:
    """True for a program's own data in a caption field: no person's words, but not ours to replace."""
    return _rules("keep").fullmatch(text.strip("\0 \t\r\n")[:2000]) is not None


def decode_bytes(raw: bytes) -> str:
    """A byte string of unknown charset: UTF-8 where it is (MWG, ExifTool), else Western European."""
    raw = raw.strip(b"\0 \r\n\t").split(b"\0")[0]
    for charset in ("utf-8", "cp1252"):
        try:
            return raw.decode(charset).strip()
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1").strip()


def decode_xp(raw: bytes) -> str:
    """An XP tag of Windows: UTF-16, little-endian whatever the block's byte order."""
    text = raw[: len(raw) & ~1].decode("utf-16-le", "replace")
    return text.split("\0")[0].strip()


def encode_xp(text: str) -> bytes:
    """The bytes of an XP tag, with its double NUL."""
    return text.encode("utf-16-le") + b"\0\0"


def decode_user_comment(raw: bytes, byte_order: str) -> str:
    """EXIF UserComment: eight bytes that name the charset, then the text."""
    kind, body = raw[:8], raw[8:]
    if kind == b"UNICODE\0":
        body = body[: len(body) & ~1]
        if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = body.decode("utf-16", "replace")
        else:
            text = body.decode("utf-16-le" if byte_order == "little" else "utf-16-be", "replace")
            swapped = body.decode("utf-16-be" if byte_order == "little" else "utf-16-le", "replace")
            if sum(c < "\u0250" for c in swapped) > sum(c < "\u0250" for c in text):
                text = swapped  # some writers ignore the block's byte order
    elif kind == b"JIS\0\0\0\0\0":
        text = body.decode("iso2022_jp", "replace")
    elif kind in (b"ASCII\0\0\0", bytes(8)):
        text = decode_bytes(body)
    else:
        text = decode_bytes(raw)
    text = text.split("\0")[0].strip()
    return text if is_texty(text) else ""


def is_texty(text: str) -> bool:
    """False for binary rubbish: most characters must be printable."""
    odd = sum((not c.isprintable() and c not in "\n\r\t") or c == "\ufffd" for c in text)
    return odd * 10 <= len(text)
