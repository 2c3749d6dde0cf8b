"""What an embedding did to a file besides the caption, told by walks that share no code with the program.

One small check a format: everything but the two metadata blocks stands byte for byte where it stood, in the
same order, what trails the file included; an old EXIF block stands at the start of the new one, and its
first directory still names every field but the caption's.  ``damage(before, after)`` says what is wrong, or
nothing.
"""

import io
import struct
import warnings
import zlib

from PIL import Image

CAPTION_TAGS = frozenset({0x010E, 0x02BC, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F})
EXIF, XMP = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0"
OURS = b"BlipDesk"
"""A block with this in it may hold something of ours, which is taken out first: it need not stay as it is."""
MANY_PIXELS = 200_000


def damage(before, after):
    """What was lost, or None."""
    for magic, walk in WALKS:
        if magic(before):
            if not magic(after):
                return "it is of another format"
            return walk(before, after) or pixels(before, after)
    return None if before == after else "a file of an unknown format was changed"


# ---------------------------------------------------------------------------------- JPEG


def segments(data):
    """(marker, payload) up to the scan, and all bytes from there."""
    at, found = 2, []
    while True:
        while data[at + 1] == 0xFF:  # fill bytes
            at += 1
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            return found, data[at:]
        found.append((marker, data[at + 4 : at + 2 + length]))
        at += 2 + length


def jpeg(before, after):
    (old, old_scan), (new, new_scan) = segments(before), segments(after)
    if old_scan != new_scan:
        return "bytes from the scan on differ"

    def others(found):
        return [
            (marker, payload)
            for marker, payload in found
            if not (marker == 0xE1 and payload.startswith((EXIF, XMP)))
            and not (marker == 0xE2 and payload.startswith(b"MPF\0"))
        ]

    if others(old) != others(new):
        return "other segments differ"
    blocks = [[p[6:] for m, p in found if m == 0xE1 and p.startswith(EXIF)] for found in (old, new)]
    mpf = [[p for m, p in found if m == 0xE2 and p.startswith(b"MPF\0")] for found in (old, new)]
    if [len(p) for p in mpf[0]] != [len(p) for p in mpf[1]]:
        return "the index of further pictures was taken apart"
    return kept_blocks(*blocks)


# ---------------------------------------------------------------------------------- PNG


def chunks(data):
    """(kind, bytes of the whole chunk), and what follows the end."""
    at, found = 8, []
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, whole = data[at + 4 : at + 8], data[at : at + 12 + length]
        found.append((kind, whole))
        at += 12 + length
        if kind == b"IEND":
            break
    return found, data[at:]


def png(before, after):
    (old, old_tail), (new, new_tail) = chunks(before), chunks(after)

    def ours(kind, whole):
        return kind == b"eXIf" or (kind == b"iTXt" and whole[8:].startswith(b"XML:com.adobe.xmp\0"))

    if old_tail != new_tail:
        return "what follows the end differs"
    if [c for c in old if not ours(*c)] != [c for c in new if not ours(*c)]:
        return "other chunks differ"
    for kind, whole in new:
        fresh = ours(kind, whole) and (kind, whole) not in old
        if fresh and zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:], "big"):
            return "a checksum is wrong"
    return kept_blocks(*([w[8:-4] for k, w in found if k == b"eXIf"] for found in (old, new)))


# ---------------------------------------------------------------------------------- WebP


def riff(data):
    end = min(8 + int.from_bytes(data[4:8], "little"), len(data))
    at, found = 12, []
    while at + 8 <= end:
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        found.append((data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length + (length & 1)
    return found, data[end:]


def webp(before, after):
    (old, old_tail), (new, new_tail) = riff(before), riff(after)
    if old_tail != new_tail:
        return "what follows the end differs"
    if len(after) != 8 + int.from_bytes(after[4:8], "little") + len(new_tail):
        return "its length is wrong"
    ours = (b"EXIF", b"XMP ", b"VP8X")
    if [c for c in old if c[0] not in ours] != [c for c in new if c[0] not in ours]:
        return "other chunks differ"
    heads = [[bytes((p[0] & ~0x0C, *p[1:])) for k, p in found if k == b"VP8X"] for found in (old, new)]
    if heads[0] and heads[0] != heads[1]:
        return "its header says something else of the picture"
    payloads = ([p.removeprefix(EXIF) for k, p in found if k == b"EXIF"] for found in (old, new))
    return kept_blocks(*payloads)


# ---------------------------------------------------------------------------------- TIFF, EXIF blocks


def directory(block):
    """The entries of the first directory: tag -> the 12 bytes of each, and the offset of the next."""
    order = "<" if block[:2] == b"II" else ">"
    at = struct.unpack_from(order + "I", block, 4)[0]
    count = struct.unpack_from(order + "H", block, at)[0]
    entries = [block[at + 2 + 12 * n : at + 14 + 12 * n] for n in range(count)]
    following = block[at + 2 + 12 * count : at + 6 + 12 * count]
    return [(struct.unpack(order + "H", e[:2])[0], e) for e in entries], following


def kept_block(old, new):
    if OURS in old:
        return None
    if new[:4] != old[:4] or new[8 : len(old)] != old[8:]:
        return "the old EXIF block does not stand in the new one"
    (was, was_next), (now, now_next) = directory(old), directory(new)
    others = [sorted(e for e in found if e[0] not in CAPTION_TAGS) for found in (was, now)]
    if others[0] != others[1]:
        return "a field of EXIF was lost or changed"
    if was_next != now_next:
        return "the thumbnail's directory was lost"
    if [tag for tag, _ in now] != sorted(tag for tag, _ in now):
        return "the fields of EXIF are not sorted"
    return None


def kept_blocks(old, new):
    if old == new or OURS in b"".join(old):
        return None
    if len(old) > 1:
        return "one of several EXIF blocks was changed"
    if not old:
        return None if len(new) == 1 else "several EXIF blocks were added"
    return kept_block(old[0], new[0]) if len(new) == 1 else "its EXIF block was lost"


# ---------------------------------------------------------------------------------- HEIF, AVIF


def boxes(data, at, end):
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            size, head = struct.unpack_from(">Q", data, at + 8)[0], 16
        size = size or end - at
        if size < head or at + size > end:
            return
        yield kind, at + head, at + size
        at += size


def heif(before, after):
    """The old file stands in the new one but for its item locations; what is added is media data."""
    if OURS in before:
        return None
    places = [(a, b) for kind, a, b in boxes(before, 0, len(before)) if kind == b"meta"]
    locations = [(a, b) for m, n in places for kind, a, b in boxes(before, m + 4, n) if kind == b"iloc"]
    changed = bytearray(before)
    for first, last in locations:
        changed[first:last] = after[first:last]
    if after[: len(before)] != changed:
        return "more than the place of an item was changed"
    rest = list(boxes(after, len(before), len(after)))
    if sum(b - a for _, a, b in rest) + 8 * len(rest) != len(after) - len(before):
        return "something follows that is no box"
    if any(kind != b"mdat" for kind, _, _ in rest):
        return "a box was added that holds no media"
    return None


# ---------------------------------------------------------------------------------- pixels


def decoded(data):
    """What Pillow makes of a small picture, or None."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data)) as image:
                if image.width * image.height > MANY_PIXELS:
                    return None
                image.load()
                return image.size, image.mode, image.info.get("icc_profile"), image.tobytes()
        except Exception:  # noqa: BLE001 - a broken file: whatever Pillow raises
            return None


def pixels(before, after):
    was = decoded(before)
    return "its pixels differ" if was is not None and decoded(after) != was else None


WALKS = (
    (lambda data: data[:3] == b"\xff\xd8\xff", jpeg),
    (lambda data: data[:8] == b"\x89PNG\r\n\x1a\n", png),
    (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", webp),
    (lambda data: data[:4] in (b"II*\0", b"MM\0*"), kept_block),
    (lambda data: data[4:8] == b"ftyp", heif),
)
