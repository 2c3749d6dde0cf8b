"""Reading packets of any number of elements: of each property its beginning.

Photoshop notes in a picture's ``photoshop:DocumentAncestors`` and ``xmpMM:History`` what it ever was made of,
hundreds of thousands of entries in some; the caption and the keywords stand beside them.  What is written is
never worked out from such a tree: parts of the packet are missing.
"""

from __future__ import annotations

from collections import Counter

from blipdesk.metadata import xmp, xmp_tree
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.xmp import RDF, Xmp

_PLENTY = xmp_tree.MOST_PARTS // 5
"""Packets with fewer are read as they are: the largest of 111 public ones has 575."""
_BEGINNING = 2000
"""Elements and attributes of properties of one name; ten times the keywords that are kept of a photo."""


def read_beginnings(data: bytes) -> Xmp:
    """The tree of a packet, without what goes on for very long in one of its properties.

    Raises:
        Refusal: as :class:`Xmp`.
    """
    if data.count(b"<") + data.count(b"=") <= _PLENTY:
        return xmp.read_packet(data)
    if len(data) > xmp.MAX_PACKET:
        raise Refusal(xmp.TOO_LARGE)
    return Xmp(_Cutter(data).rest())


class _Cutter:
    """Goes through a packet once and leaves elements out where properties of that name had enough of them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._depth = 0  # of the open elements, those that are left out aside
        self._rdf = 0  # the depth of the RDF part, once it was met
        self._property = ""
        self._counts: Counter[str] = Counter()
        self._left_out = 0  # how many elements are open until the cut ends
        self._kept: list[bytes] = []
        self._cut = self._copied = 0
        self._parser = xmp_tree.parser_of(self._start, self._end)

    def rest(self) -> bytes:
        """The packet without them; well-formed where it was.

        Raises:
            Refusal: as :class:`Xmp`.
        """
        xmp_tree.parse(self._parser, self._data)
        return b"".join((*self._kept, self._data[self._copied :]))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if tag == f"{RDF} RDF":
            self._rdf = self._rdf or self._depth
        elif self._rdf and self._depth >= self._rdf + 2:
            if self._depth == self._rdf + 2:
                self._property = tag
            self._counts[self._property] += 1 + len(attributes)
            if self._counts[self._property] > _BEGINNING:
                self._cut = self._parser.CurrentByteIndex
                self._depth -= 1
                # behind a whole property stand others; within one, the rest of its list goes too
                self._left_out = 1 if self._depth == self._rdf + 1 else 2
                self._parser.StartElementHandler = self._deeper
                self._parser.EndElementHandler = self._higher

    def _end(self, _tag: str) -> None:
        self._depth -= 1

    def _deeper(self, _tag: str, _attributes: dict[str, str]) -> None:
        self._left_out += 1

    def _higher(self, _tag: str) -> None:
        self._left_out -= 1
        if self._left_out:
            return
        if self._cut > self._copied:
            self._kept.append(self._data[self._copied : self._cut])
        if self._depth == self._rdf + 1:
            self._copied = self._behind(self._cut)
        else:
            self._copied = self._parser.CurrentByteIndex  # of the end tag of the list
            self._depth -= 1
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _behind(self, start: int) -> int:
        """The offset behind the element that ends now."""
        end = xmp_tree.after_tag(self._data, start)
        if self._data.startswith(b"/>", end - 2):
            return end
        return self._data.index(b">", self._parser.CurrentByteIndex) + 1
