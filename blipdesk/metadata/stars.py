"""The stars of a person, in an XMP packet: laid over all else that is written, and taken off first.

A favourite has ``xmp:Rating`` 5.  Where stars stand already, ours take their place, and a note behind them
holds what stood there (of the EXIF block too), so that taking them off gives the bytes of before.  What
another program has changed since stays as it left it.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from blipdesk.domain.wording import later
from blipdesk.metadata import xmp
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.splice import Edit, splice
from blipdesk.metadata.xmp import Property, Xmp
from blipdesk.metadata.xmp_parts import prefix_of, quoted
from blipdesk.metadata.xmp_proof import says_the_same
from blipdesk.metadata.xmp_values import NAMESPACES

_RATING = f"{NAMESPACES['xmp']} Rating"
_OTHERS = {
    f"{NAMESPACES['acdsee']} rating": False,
    f"{NAMESPACES['microsoft']} Rating": True,
    f"{NAMESPACES['microsoft0']} Rating": True,
}
"""What other programs say the same in, and whether that is a percentage: brought in step where it stands."""
_PERCENT = (0, 1, 25, 50, 75, 99)
"""Of none to five stars, as Windows has them."""
_MOST = 8
_NOTE = re.compile(
    rb"<!--BlipDesk stars (-?\d)((?: \d{1,8}:\d{1,8}:[0-9a-f]{8}:[A-Za-z0-9+/=]*){1,8})"
    rb"((?: [0-9a-f]{4}=[0-9a-f]{8}){0,2})-->"
)
_DECLARED = re.compile(rb"\sxmlns:([^\s=]+)\s*=\s*[\"']([^\"']*)[\"']")
_UNUSUAL = later("its XMP holds stars in an unusual form")


@dataclass(frozen=True, slots=True)
class Peeled:
    """A packet without our stars.

    Attributes:
        packet: its bytes.
        written: how many we wrote; None: it holds none of ours.
        is_whole: they stood there as we wrote them.
        exif: the fields of the EXIF block in whose place ours stand, by their tags: four bytes each.
    """

    packet: bytes
    written: int | None = None
    is_whole: bool = False
    exif: Mapping[int, bytes] = field(default_factory=dict)


def percent_of(stars: int) -> int:
    """What Windows has for so many stars; it knows of no rejected photos."""
    return _PERCENT[max(stars, 0)]


def peel(packet: bytes) -> Peeled:
    """The packet as it was before our stars, where nobody changed them; else without our note alone."""
    note = _NOTE.search(packet)
    if note is None:
        return Peeled(packet)
    edits = [Edit(*note.span(), b"")]
    is_whole = True
    for told in note[2].split():
        distance, length, checksum, old = told.split(b":")
        start = note.start() - int(distance)
        end = start + int(length)
        fits = 0 <= start <= end <= note.start() and zlib.crc32(packet[start:end]) == int(checksum, 16)
        try:
            edits += [Edit(start, end, base64.b64decode(old, validate=True))] if fits else []
        except binascii.Error:  # no note of ours
            fits = False
        is_whole &= fits
    exif = {int(tag, 16): bytes.fromhex(value.decode()) for tag, value in _fields(note[3])}
    return Peeled(splice(packet, edits), int(note[1]), is_whole, exif)


def _fields(told: bytes) -> list[tuple[bytes, bytes]]:
    return [(tag, value) for tag, _, value in (one.partition(b"=") for one in told.split())]


def lay_over(packet: bytes, stars: int, exif: Mapping[int, bytes]) -> bytes:
    """The packet with so many stars (0: none), and a note of what stood there.

    Args:
        packet: without any of ours.
        stars: 0 to 5; -1: rejected.
        exif: for the note: the fields of the EXIF block that are overwritten.

    Raises:
        Refusal: ill-formed, or stars stand in a form that cannot be changed and brought back.
    """
    tree = xmp.read_packet(packet)
    if tree.rdf.closed:
        raise Refusal(later("its XMP is empty in an unusual way"))
    expected = {_RATING: str(stars)}
    edits: list[Edit] = []
    for name, in_percent in ({_RATING: False} | _OTHERS).items():
        said = str(percent_of(stars) if in_percent else stars)
        standing = tree.find(name)
        if len(standing) > _MOST:
            raise Refusal(_UNUSUAL)
        expected |= {name: said} if standing else {}
        edits += [_edit(tree, found, said) for found in standing if found.text() != said]
    at = tree.rdf.inner_end
    if not tree.find(_RATING):
        edits.append(Edit(at, at, _description(tree, stars)))
    noted = _with_note(tree, sorted(edits, key=lambda edit: edit.start), stars, exif)
    if peel(noted).packet != packet or not says_the_same(tree, Xmp(noted), expected):
        raise Refusal(later("its XMP could not be changed without touching something else"))
    return noted


def _with_note(tree: Xmp, edits: list[Edit], stars: int, exif: Mapping[int, bytes]) -> bytes:
    """The packet edited, ending in the note of all that."""
    growth = 0
    places: list[tuple[int, Edit]] = []
    for edit in edits:
        places.append((edit.start + growth, edit))
        growth += edit.growth
    at = tree.rdf.inner_end + growth
    told = "".join(
        f" {at - start}:{len(edit.new)}:{zlib.crc32(edit.new):08x}:"
        f"{base64.b64encode(tree.data[edit.start : edit.end]).decode()}"
        for start, edit in places
    )
    told += "".join(f" {tag:04x}={value.hex()}" for tag, value in sorted(exif.items()))
    note = f"<!--BlipDesk stars {stars}{told}-->".encode()
    return splice(splice(tree.data, edits), [Edit(at, at, note)])


def _description(tree: Xmp, stars: int) -> bytes:
    """A description that says so many stars.

    Its prefixes are the packet's own: exiv2 reads nothing of one that has two for a namespace.
    """
    space = NAMESPACES["xmp"]
    own = min(_prefixes(tree, space), default=b"xmp").decode()
    rdf = prefix_of(tree, tree.rdf)
    spaces = f' xmlns:{own}="{space}" xmlns:{rdf}="{xmp.RDF}"' if rdf != "rdf" else f' xmlns:{own}="{space}"'
    about = quoted(tree.about())
    return f'<{rdf}:Description {rdf}:about={about}{spaces} {own}:Rating="{stars}"/>'.encode()


def _prefixes(tree: Xmp, space: str) -> set[bytes]:
    """The prefixes that mean a namespace somewhere in the packet."""
    return {found[1] for found in _DECLARED.finditer(tree.data) if found[2] == space.encode()}


def _edit(tree: Xmp, found: Property, said: str) -> Edit:
    """Have a property that stands there say so."""
    if found.node is None:
        return Edit(*_attribute(tree, found), said.encode())
    node = found.text_node()
    if node is None or node.closed:
        raise Refusal(_UNUSUAL)
    return Edit(node.inner, node.inner_end, said.encode())


def _attribute(tree: Xmp, found: Property) -> tuple[int, int]:
    """Where the value of an attribute stands, by the prefix that means its namespace."""
    space, _, name = found.name.partition(" ")
    prefixes = _prefixes(tree, space)
    pattern = re.compile(rb"\s([^\s=:\"']+):" + name.encode() + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
    places = [
        match.span(2) if match[2] is not None else match.span(3)
        for match in pattern.finditer(tree.data, found.owner.start, found.owner.inner)
        if match[1] in prefixes
    ]
    if len(places) != 1:
        raise Refusal(_UNUSUAL)
    return places[0]
