"""The elements of an XMP packet, as a tree that knows where in the bytes each of them stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from blipdesk.domain.wording import later
from blipdesk.metadata.refusal import Refusal

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
_OLDER_DC = b"http://purl.org/dc/elements/1.0/"
"""As long as the one in use, for which exiftool takes it."""
_CONTAINERS = frozenset(f"{RDF} {kind}" for kind in ("Alt", "Bag", "Seq"))
_MAX_DEPTH = 100
MOST_PARTS = 50_000
"""Elements and attributes, as many as are gone through some ten times while somebody waits.

Of 111 packets met in public files the largest has 575; no segment of a JPEG holds half as many."""
TOO_MUCH = later("its XMP says more things than can be gone through")
_START_TAG = re.compile(rb"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")


@dataclass(slots=True)
class Node:
    """One element: ``data[start:end]``, with its content ``data[inner:inner_end]``."""

    tag: str
    attributes: dict[str, str]
    data: bytes = field(repr=False)
    start: int
    inner_end: int = -1
    end: int = -1
    children: list[Node] = field(default_factory=list)
    text: str = ""
    closed: bool = False
    """Written as ``<x/>``: it has no content to insert into."""

    @property
    def inner(self) -> int:
        """Where its content begins; few elements are ever asked."""
        return self.end if self.closed else after_tag(self.data, self.start)

    @property
    def is_container(self) -> bool:
        """Whether it is an Alt, Bag or Seq."""
        return self.tag in _CONTAINERS

    def walk(self) -> Iterator[Node]:
        """This element and all below it."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children)


class Builder:
    """Builds the tree from expat's events."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root: Node | None = None
        self.stack: list[Node] = []
        self.texts: list[list[str]] = []  # of the open elements; joined once: an event for 8 KB of text
        self.count = 0
        self.parser = parser_of(self._start, self._end)
        self.parser.buffer_text = True
        self.parser.CharacterDataHandler = self._text

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1 + len(attributes)
        if self.count > MOST_PARTS:
            raise Refusal(TOO_MUCH)
        if len(self.stack) >= _MAX_DEPTH:
            raise Refusal(later("its XMP is nested too deeply"))
        node = Node(tag, attributes, self.data, self.parser.CurrentByteIndex)
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node
        self.stack.append(node)
        self.texts.append([])

    def _end(self, _tag: str) -> None:
        node, at = self.stack.pop(), self.parser.CurrentByteIndex
        node.text = "".join(self.texts.pop())
        if not node.children and not node.text and self.data[node.start : at].endswith(b"/>"):
            node.closed = True
            node.inner_end = node.end = at
            return
        node.inner_end = at
        node.end = self.data.index(b">", at) + 1

    def _text(self, text: str) -> None:
        if self.texts:
            self.texts[-1].append(text)


def parser_of(
    start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]
) -> expat.XMLParserType:
    """A parser that tells of each element's start and end, and refuses what no packet may have."""
    parser = expat.ParserCreate("utf-8", " ")
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse
    parser.XmlDeclHandler = _declaration
    return parser


def parse(parser: expat.XMLParserType, data: bytes) -> None:
    """Have a packet gone through.

    Raises:
        Refusal: ill-formed, not UTF-8, with a document type, or what the handlers say.
    """
    try:
        data.decode("utf-8")
        parser.Parse(data.replace(_OLDER_DC, DC.encode()), True)
    except UnicodeDecodeError as error:
        raise Refusal(later("its XMP is not in UTF-8")) from error
    except (expat.ExpatError, ValueError) as error:
        raise Refusal(later("its XMP is not well-formed")) from error


def _refuse(*_: object) -> None:
    raise Refusal(later("its XMP has a document type"))


def _declaration(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in ("utf-8", "utf8", "us-ascii"):
        raise Refusal(later("its XMP is not in UTF-8"))


def after_tag(data: bytes, at: int) -> int:
    """The offset behind the start tag at ``at``; quotes may hold ``>``."""
    found = _START_TAG.match(data, at)
    return found.end() if found else len(data)
