"""The text that goes into a packet, between marks that say who wrote it."""

from __future__ import annotations

from itertools import groupby

from blipdesk.domain.values import Source
from blipdesk.metadata import xmp
from blipdesk.metadata.provenance import Provenance
from blipdesk.metadata.xmp import Property, Xmp
from blipdesk.metadata.xmp_tree import Node

PREFIXES = {
    xmp.DC: "dc",
    xmp.TIFF: "tiff",
    xmp.LIGHTROOM: "lr",
    xmp.DIGIKAM: "digiKam",
    xmp.OURS: "blipdesk",
}
_CONTAINER_KINDS = {xmp.TAGS_LIST: "Seq"}

Piece = tuple[Source, str]
"""Text of our part, and who wrote it."""
Splice = tuple[int, int, bytes]
"""Start and end of what is replaced in a packet, and by what."""


def escape(text: str) -> str:
    """A text as what an element holds; xml.sax has this too, and imports a web client with it."""
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def quoted(text: str) -> str:
    """A text as the value of an attribute, quotes included."""
    value = escape(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace('"', "&quot;") + '"'


def short_name(name: str) -> str:
    """A property's name with the prefix that we declare for it."""
    space, _, local = name.partition(" ")
    return f"{PREFIXES[space]}:{local}"


def prefix_of(tree: Xmp, node: Node) -> str:
    """The prefix with which the packet itself writes an element."""
    return _written_name(tree, node).decode().rpartition(":")[0]


def _written_name(tree: Xmp, node: Node) -> bytes:
    return tree.data[node.start + 1 : node.start + 200].replace(b"/", b" ").replace(b">", b" ").split()[0]


def new_caption(name: str, caption: str) -> str:
    """A whole property that says a caption."""
    return f"<{short_name(name)}>{_alternatives('rdf:', caption)}</{short_name(name)}>"


def new_list(name: str, people: tuple[str, ...], machine: tuple[str, ...]) -> list[Piece]:
    """A whole property that holds keywords, of which some are a person's."""
    tag, whose = short_name(name), Source.USER if people else Source.MODEL
    return [(whose, f"<{tag}>"), *_container("rdf:", name, people, machine), (whose, f"</{tag}>")]


def _alternatives(rdf: str, caption: str) -> str:
    return f"<{rdf}Alt>{_default(rdf, caption)}</{rdf}Alt>"


def _default(rdf: str, caption: str) -> str:
    return f'<{rdf}li xml:lang="x-default">{escape(caption)}</{rdf}li>'


def _container(rdf: str, name: str, people: tuple[str, ...], machine: tuple[str, ...]) -> list[Piece]:
    kind, whose = _CONTAINER_KINDS.get(name, "Bag"), Source.USER if people else Source.MODEL
    return [(whose, f"<{rdf}{kind}>"), *_items(rdf, people, machine), (whose, f"</{rdf}{kind}>")]


def _items(rdf: str, people: tuple[str, ...], machine: tuple[str, ...]) -> list[Piece]:
    return [
        (source, "".join(f"<{rdf}li>{escape(keyword)}</{rdf}li>" for keyword in keywords))
        for source, keywords in ((Source.USER, people), (Source.MODEL, machine))
        if keywords
    ]


def marked(pieces: list[Piece], provenance: Provenance) -> bytes:
    """The pieces, each run of one author between marks of its own."""
    runs = groupby((piece for piece in pieces if piece[1]), key=lambda piece: piece[0])
    return b"".join(
        xmp.mark(source, "".join(text for _, text in run).encode(), provenance) for source, run in runs
    )


# ------------------------------------------------------------------------------- into what stands there


def hollow(found: Property) -> Node | None:
    """The innermost element of a property that stands there and says nothing; None: it says something.

    darktable and others write all that they know so, empty or not.
    """
    place = found.container() or found.node
    said = place is None or place.children or place.text.strip() or place.attributes
    return None if said else place


def filled_caption(tree: Xmp, place: Node, piece: Piece, provenance: Provenance) -> Splice:
    """Have a caption stand in a hollow element."""
    source, caption = piece
    rdf = _rdf(tree, place)
    text = _default(rdf, caption) if place.is_container else _alternatives(rdf, caption)
    return _filled(tree, place, [(source, text)], provenance)


def first_caption(tree: Xmp, place: Node, piece: Piece, provenance: Provenance) -> Splice:
    """Have alternatives that are all of some language begin with one for everybody (ISO 16684-1, 8.2.2.4)."""
    source, caption = piece
    text = _default(_rdf(tree, place), caption)
    return place.inner, place.inner, marked([(source, text)], provenance)


def filled_item(tree: Xmp, item: Node, caption: str) -> Splice:
    """Have an alternative that is closed where it begins hold a caption."""
    head = tree.data[item.start : item.end].removesuffix(b"/>").rstrip()
    return (
        item.start,
        item.end,
        head + b">" + escape(caption).encode() + b"</" + _written_name(tree, item) + b">",
    )


def longer_list(
    tree: Xmp,
    place: Node,
    name: str,
    added: tuple[tuple[str, ...], tuple[str, ...]],
    provenance: Provenance,
) -> Splice:
    """Have a list, or a hollow element, hold the person's and the machine's keywords ``added`` as well."""
    rdf = _rdf(tree, place)
    pieces = _items(rdf, *added) if place.is_container else _container(rdf, name, *added)
    return _filled(tree, place, pieces, provenance)


def _rdf(tree: Xmp, place: Node) -> str:
    """The prefix of RDF's own elements in an element, with its colon."""
    prefix = prefix_of(tree, place if place.is_container else tree.rdf)
    return f"{prefix}:" if prefix else ""


def _filled(tree: Xmp, place: Node, pieces: list[Piece], provenance: Provenance) -> Splice:
    """Put our part at the end of an element.

    One that is closed where it begins stays open when our part is taken out: its bytes differ then, what it
    says does not, and the same is written into it again.
    """
    content = marked(pieces, provenance)
    if not place.closed:
        return place.inner_end, place.inner_end, content
    return place.end - len(b"/>"), place.end, b">" + content + b"</" + _written_name(tree, place) + b">"
