"""Reading XMP packets (ISO 16684-1) into a tree that knows where in the bytes each element stands.

The positions are what the patch needs: it inserts text and never serialises a packet again.  Document types
are refused (entities can be bombs), and so is everything that is not UTF-8.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from blipdesk.domain.values import Source
from blipdesk.domain.wording import later
from blipdesk.metadata import xmp_tree
from blipdesk.metadata.provenance import RECORD, UNKNOWN, Provenance
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.xmp_tree import MOST_PARTS, TOO_MUCH, Builder, Node

RDF = xmp_tree.RDF
DC = xmp_tree.DC
TIFF = "http://ns.adobe.com/tiff/1.0/"
EXIF = "http://ns.adobe.com/exif/1.0/"
ACDSEE = "http://ns.acdsee.com/iptc/1.0/"
LIGHTROOM = "http://ns.adobe.com/lightroom/1.0/"
DIGIKAM = "http://www.digikam.org/ns/1.0/"
OURS = "https://blipdesk.github.io/ns/1.0/"
DESCRIPTION, IMAGE_DESCRIPTION, USER_COMMENT = (
    f"{DC} description",
    f"{TIFF} ImageDescription",
    f"{EXIF} UserComment",
)
SUBJECT, HIERARCHICAL, TAGS_LIST = f"{DC} subject", f"{LIGHTROOM} hierarchicalSubject", f"{DIGIKAM} TagsList"
TITLE = f"{DC} title"
OWN_CAPTION, OWN_SOURCE, OWN_MODEL = f"{OURS} caption", f"{OURS} captionSource", f"{OURS} model"
OWN_DATE, OWN_RUN = f"{OURS} date", f"{OURS} run"
OWN_PROPERTIES = (OWN_CAPTION, OWN_SOURCE, OWN_MODEL, OWN_DATE, OWN_RUN)
CAPTION_PROPERTIES = (DESCRIPTION, IMAGE_DESCRIPTION)
LANG = "http://www.w3.org/XML/1998/namespace lang"
MAX_PACKET, MAX_SIDECAR = 16 << 20, 4 << 20
TOO_LARGE = later("its XMP is too large")
_NO_TEXT = frozenset(
    {LANG, *(f"{RDF} {name}" for name in ("parseType", "datatype", "about", "ID", "nodeID"))}
)
"""Attributes that hold no part of a value."""
_MAX_COVERS = 8
_MOST_NESTED, _MOST_TAGS = 20, 100_000
"""More than what we write ever has: three lists of some thousand keywords, four elements deep."""
_MOST_MARKS = 1000
"""We write ten or so; what stands behind these is none of ours."""
_SMALL = 1 << 17
_COVER = re.compile(rb"<!--BlipDesk covers (\d{1,8}) (\d{1,8}) ([0-9a-f]{8}) ([A-Za-z0-9+/=]*)-->")
_OPENER = re.compile(rb"<!--BlipDesk (machine|user) ([0-9a-f]{8})(" + RECORD.pattern + rb")?-->")
_CLOSER = b"<!--/BlipDesk-->"
_TAG = re.compile(rb"""<[/\w](?:[^"'<>]++|"[^"<]*+"|'[^'<]*+')*+>""")
"""No tag holds a ``<`` (XML 1.0, 3.1): one that never ends is looked at up to the next."""


class Property(NamedTuple):
    """One property of the photo: ``node`` holds it, or (None) it is an attribute of ``owner``."""

    name: str
    owner: Node
    node: Node | None

    def items(self) -> list[Node]:
        """The ``rdf:li`` of its container, if it has one."""
        container = self.container()
        return [n for n in container.children if n.tag == f"{RDF} li"] if container else []

    def container(self) -> Node | None:
        """Its Alt, Bag or Seq."""
        children = self.node.children if self.node else []
        return children[0] if len(children) == 1 and children[0].is_container else None

    def text(self) -> str:
        """Its text: the ``x-default`` of alternatives, else the first."""
        if self.node is None:
            return self.owner.attributes[self.name].strip()
        node = self.text_node()
        return node.text.strip() if node else ""

    def text_node(self) -> Node | None:
        """The element that holds the text, if it is a plain one."""
        items = self.items()
        if not items:
            return self.node if self.node and not self.node.children else None
        default = [n for n in items if n.attributes.get(LANG, "").lower() == "x-default"]
        node = (default or items)[0]
        return node if not node.children else None

    def languages(self) -> dict[str, str]:
        """The texts of alternatives by their language, ``x-default`` aside."""
        named = ((n.attributes.get(LANG, ""), n.text.strip()) for n in self.items() if not n.children)
        return {name: text for name, text in named if text and name.lower() not in ("", "x-default")}

    @property
    def names_each_language(self) -> bool:
        """Whether all its alternatives are of a language, and none is there for everybody."""
        items = self.items()
        return bool(items) and all(n.attributes.get(LANG, "x-default").lower() != "x-default" for n in items)

    def said(self) -> Iterator[str]:
        """Every text in it, in any language and any form: whether a person's stands here.

        (What readers show of it is :meth:`text`.)
        """
        if self.node is None:
            yield self.text()
            return
        for node in self.node.walk():
            yield node.text.strip()
            for name, value in node.attributes.items():
                if name not in _NO_TEXT:
                    yield value.strip()

    def texts(self) -> tuple[str, ...]:
        """All texts of a list."""
        if self.node is None or not self.container():
            return (self.text(),) if self.text() else ()
        return tuple(n.text.strip() for n in self.items() if n.text.strip())


class Xmp:
    """A parsed packet or sidecar of so many ``parts``: elements and attributes.

    Raises:
        Refusal: ill-formed, not UTF-8, no RDF in it, with a document type, or too large.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_PACKET:
            raise Refusal(TOO_LARGE)
        if data.count(b"=") > MOST_PARTS:  # all attributes of an element are told at once, however many
            raise Refusal(TOO_MUCH)
        self.data = data
        builder = Builder(data)
        xmp_tree.parse(builder.parser, data)
        assert builder.root is not None  # expat wants an element
        self.root = builder.root
        self.parts = builder.count
        found = [node for node in self.root.walk() if node.tag == f"{RDF} RDF"]
        if len(found) != 1:
            raise Refusal(later("its XMP has no single RDF part"))
        self.rdf = found[0]

    @cached_property
    def properties(self) -> tuple[Property, ...]:
        """The properties of all descriptions, attributes first."""
        return tuple(self._look_through())

    def _look_through(self) -> Iterator[Property]:
        for owner in self.rdf.children:
            for name in owner.attributes:
                if not name.startswith(f"{RDF} ") and " " in name and name != LANG:
                    yield Property(name, owner, None)
            for node in owner.children:
                yield Property(node.tag, owner, node)

    @cached_property
    def _by_name(self) -> dict[str, list[Property]]:
        found: dict[str, list[Property]] = {}
        for item in self.properties:
            found.setdefault(item.name, []).append(item)
        return found

    def find(self, name: str) -> list[Property]:
        """The properties of that name."""
        return self._by_name.get(name, [])

    def text(self, name: str) -> str:
        """The first non-empty text of a property, else empty."""
        return next((p.text() for p in self.find(name) if p.text()), "")

    def said(self, name: str) -> tuple[str, ...]:
        """Every text that stands in properties of that name, however unusual its form."""
        return tuple(dict.fromkeys(text for p in self.find(name) for text in p.said() if text))

    def texts(self, name: str) -> tuple[str, ...]:
        """All texts of a list property."""
        return tuple(dict.fromkeys(text for p in self.find(name) for text in p.texts()))

    def keywords(self) -> tuple[str, ...]:
        """``dc:subject``."""
        return self.texts(SUBJECT)

    def about(self) -> str:
        """The subject that all descriptions name, mostly empty."""
        for owner in self.rdf.children:
            for name in (f"{RDF} about", "about"):
                if name in owner.attributes:
                    return owner.attributes[name]
        return ""


def refers(found: Property) -> bool:
    """Whether a property says that its value stands in another element (RDF 1.1 XML Syntax, 2.10)."""
    return found.node is not None and f"{RDF} nodeID" in found.node.attributes


def read_packet(data: bytes) -> Xmp:
    """The tree of a packet, which the caller leaves as it is.

    A write looks at the same packet up to four times: small ones are remembered for a moment.

    Raises:
        Refusal: as :class:`Xmp`.
    """
    return _remembered(data) if len(data) <= _SMALL else Xmp(data)


@lru_cache(maxsize=4)
def _remembered(data: bytes) -> Xmp:
    return Xmp(data)


def author(source: Source) -> str:
    """Who wrote a text, as our marks and our own properties say it."""
    return "user" if source is Source.USER else "machine"


def mark(source: Source, content: bytes, provenance: Provenance = UNKNOWN) -> bytes:
    """``content`` between comments that say who wrote it, with a checksum of it; the machine's say more."""
    record = "" if source is Source.USER else provenance.record()
    told = f" {record}" if record else ""
    opener = f"<!--BlipDesk {author(source)} {zlib.crc32(content):08x}{told}-->"
    return opener.encode() + content + _CLOSER


def provenance(data: bytes) -> Provenance:
    """Where the machine's text in a packet comes from, as far as our marks or our own properties tell."""
    for found in _OPENER.finditer(data):
        if found[3]:
            return Provenance.parse(found[3].decode("ascii"))
    if OURS.encode() not in data:
        return UNKNOWN
    try:
        tree = read_packet(data)
    except Refusal:
        return UNKNOWN
    return Provenance.told(tree.text(OWN_MODEL), tree.text(OWN_DATE), tree.text(OWN_RUN))


def without_records(data: bytes) -> bytes:
    """``data`` with marks that say no more than who wrote it, as earlier versions wrote them."""
    return _OPENER.sub(rb"<!--BlipDesk \1 \2-->", data)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A part of ours: ``data[start:end]``, comments included; ``intact``: nobody changed it since."""

    start: int
    end: int
    source: Source
    intact: bool


def _chains(data: bytes) -> Iterator[list[_Mark]]:
    """The marks in runs without anything between them.

    Marks do not nest: an opener without a closer before the next opener is none.  Each byte is looked at a
    fixed number of times, whatever a hostile file holds.
    """
    chain: list[_Mark] = []
    openers = islice(_OPENER.finditer(data), _MOST_MARKS)
    opener = next(openers, None)
    while opener is not None:
        following = next(openers, None)
        closer = data.find(_CLOSER, opener.end(), following.start() if following else len(data))
        if closer >= 0:
            if chain and chain[-1].end != opener.start():
                yield chain
                chain = []
            source = Source.USER if opener[1] == b"user" else Source.MODEL
            intact = zlib.crc32(memoryview(data)[opener.end() : closer]) == int(opener[2], 16)
            chain.append(_Mark(opener.start(), closer + len(_CLOSER), source, intact))
        opener = following
    if chain:
        yield chain


def cover(distance: int, new: bytes, old: bytes) -> bytes:
    """A note of a text that ours took the place of, so that it can be put back.

    Args:
        distance: from the start of our text to the start of the mark that this note stands in.
        new: our text, as it stands in the packet.
        old: the text that stood there.
    """
    told = (distance, len(new), zlib.crc32(new), base64.b64encode(old))
    return b"<!--BlipDesk covers %d %d %08x %s-->" % told


def _uncovered(data: bytes, part: _Mark, note: re.Match[bytes]) -> list[tuple[int, int, bytes]]:
    """What to put back where, by a note in a mark; a text that somebody changed since stays."""
    start = part.start - int(note[1])
    end = start + int(note[2])
    if 0 <= start <= end <= part.start and zlib.crc32(data[start:end]) == int(note[3], 16):
        with contextlib.suppress(binascii.Error):  # no note of ours
            return [(start, end, base64.b64decode(note[4], validate=True))]
    return []


def _is_whole(data: bytes, parts: list[_Mark]) -> bool:
    """Whether every element that begins in the parts ends in them, and the other way round."""
    depth = 0
    tags = (tag for part in parts for tag in _TAG.finditer(data, part.start, part.end))
    for number, tag in enumerate(tags):
        if data.startswith(b"</", tag.start()):
            depth -= 1
        elif not data.endswith(b"/>", tag.start(), tag.end()):
            depth += 1
        if not 0 <= depth < _MOST_NESTED or number >= _MOST_TAGS:
            return False
    return depth == 0


def strip_marks(data: bytes, keep: Callable[[Source], bool] = lambda _: False) -> bytes:
    """``data`` without what we inserted, where nobody changed it since (the checksums still fit).

    An element of ours may be written in several parts, the person's and the machine's: marks that touch
    stand or fall together, so that what is left is whole.  Where one of them is no mark any more, the others
    begin or end within an element, and stand.
    """
    splices: list[tuple[int, int, bytes]] = []
    covers = _MAX_COVERS
    for chain in _chains(data):
        ours = [part for part in chain if not keep(part.source)]
        if not all(part.intact for part in chain) or not _is_whole(data, ours):
            continue
        for part in ours:
            splices.append((part.start, part.end, b""))
            for note in islice(_COVER.finditer(data, part.start, part.end), covers):
                covers -= 1  # each costs a look at a part of the data
                splices += _uncovered(data, part, note)
    kept: list[bytes] = []
    copied = 0
    for start, end, new in sorted(splices):
        if start >= copied:
            kept += (data[copied:start], new)
            copied = end
    return b"".join((*kept, data[copied:]))


def strip_machine(data: bytes) -> bytes:
    """``data`` without what we inserted for the machine; a person's part stays."""
    return strip_marks(data, keep=lambda source: source is Source.USER)
