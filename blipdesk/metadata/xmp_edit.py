"""Adding a caption and keywords to an XMP packet or sidecar by inserting text, and proving it.

What is inserted stands between two comments, so that it can be taken out again to the byte.  Both versions
are parsed: every property but those we write must be equal, order and languages included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from blipdesk.domain.values import Source
from blipdesk.metadata import texts, xmp
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.xmp import Node, Property, Xmp

_PREFIXES = {
    xmp.DC: "dc",
    xmp.TIFF: "tiff",
    xmp.LIGHTROOM: "lr",
    xmp.DIGIKAM: "digiKam",
    xmp.OURS: "blipdesk",
}
_SIDECAR_HEAD = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="BlipDesk">\n'
    b' <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
)
_SIDECAR_TAIL = b' </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>\n'
_CONTAINER_KINDS = {xmp.TAGS_LIST: "Seq"}


@dataclass(frozen=True, slots=True)
class XmpText:
    """What is to stand in a packet.

    ``captions`` and ``lists`` name the properties to write; ``replace`` lets a caption take the place of a
    text that is there (a person asked, or the text is ours); ``replaceable`` are texts of our own.
    """

    caption: str
    keywords: tuple[str, ...]
    source: Source
    captions: tuple[str, ...] = (xmp.DESCRIPTION,)
    lists: tuple[str, ...] = (xmp.SUBJECT,)
    replace: bool = False
    replaceable: frozenset[str] = frozenset()
    model_key: str | None = None
    """Written with our own namespace; None: not."""


def new_packet(text: XmpText) -> bytes:
    """A whole packet for a photo that has none."""
    return edit(_SIDECAR_HEAD + _SIDECAR_TAIL, text)


def is_bare(data: bytes) -> bool:
    """True for a packet of ours with nothing in it."""
    return data == _SIDECAR_HEAD + _SIDECAR_TAIL


def edit(data: bytes, text: XmpText) -> bytes:
    """The packet with caption and keywords set; what we wrote earlier is taken out first.

    Raises:
        Refusal: ill-formed, or a property stands in a form that cannot be patched without loss.
    """
    base = xmp.strip_marks(data)
    tree = Xmp(base)
    if tree.rdf.closed:
        raise Refusal("its XMP is empty in an unusual way")
    edits: list[tuple[int, int, bytes]] = []
    fresh: list[str] = []
    for name in text.captions:
        found = tree.find(name)
        for item in found:
            edits += _caption_edit(item, text)
        if not found:
            fresh.append(_alternatives(name, text.caption))
    for name in text.lists:
        found = tree.find(name)
        missing = texts.merge(tree.texts(name), text.keywords)[len(tree.texts(name)) :]
        if found and missing:
            edits.append(_list_edit(tree, found[0], missing, text.source))
        elif missing:
            fresh.append(_list(name, missing))
    if fresh:
        edits.append(_description(tree, fresh, text))
    edits += _own_edits(tree, text)
    result = base
    for start, end, new in sorted(edits, reverse=True):
        result = result[:start] + new + result[end:]
    _prove(tree, Xmp(result), text)
    return result


def _short(name: str) -> str:
    space, _, local = name.partition(" ")
    return f"{_PREFIXES[space]}:{local}"


def _alternatives(name: str, caption: str) -> str:
    tag = _short(name)
    return f'<{tag}><rdf:Alt><rdf:li xml:lang="x-default">{escape(caption)}</rdf:li></rdf:Alt></{tag}>'


def _list(name: str, keywords: tuple[str, ...]) -> str:
    tag, kind = _short(name), _CONTAINER_KINDS.get(name, "Bag")
    items = "".join(f"<rdf:li>{escape(keyword)}</rdf:li>" for keyword in keywords)
    return f"<{tag}><rdf:{kind}>{items}</rdf:{kind}></{tag}>"


def _description(tree: Xmp, fresh: list[str], text: XmpText) -> tuple[int, int, bytes]:
    """One ``rdf:Description`` with the new properties, at the end of the RDF."""
    spaces = {p: s for s, p in _PREFIXES.items() if any(f"<{p}:" in f for f in fresh)}
    if _prefix(tree, tree.rdf) != "rdf":
        spaces["rdf"] = xmp.RDF
    own = ""
    if text.model_key is not None and not tree.find(xmp.OWN_SOURCE):
        spaces["blipdesk"] = xmp.OURS
        who = "user" if text.source is Source.USER else "machine"
        own = f' blipdesk:captionSource="{who}" blipdesk:caption={quoteattr(text.caption, _QUOTES)}'
        if text.source is not Source.USER and text.model_key:
            own += f" blipdesk:model={quoteattr(texts.clean(text.model_key), _QUOTES)}"
    names = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    about = quoteattr(tree.about(), _QUOTES)
    element = f"<rdf:Description rdf:about={about}{names}{own}>{''.join(fresh)}</rdf:Description>"
    return tree.rdf.inner_end, tree.rdf.inner_end, xmp.mark(text.source, element.encode())


_QUOTES = {"\n": "&#10;", "\t": "&#9;"}


def _caption_edit(found: Property, text: XmpText) -> list[tuple[int, int, bytes]]:
    standing = found.text()
    if standing == text.caption:
        return []
    if not (text.replace or texts.is_boilerplate(standing) or standing in text.replaceable):
        raise Refusal("its XMP already holds a caption")
    node = found.text_node()
    if node is None or node.closed:
        raise Refusal("its XMP holds a caption in an unusual form")
    return [(node.inner, node.inner_end, escape(text.caption).encode())]


def _list_edit(
    tree: Xmp, found: Property, missing: tuple[str, ...], source: Source
) -> tuple[int, int, bytes]:
    container = found.container()
    if container is None or container.closed:
        raise Refusal("its XMP holds keywords in an unusual form")
    prefix = _prefix(tree, container)
    tag = f"{prefix}:li" if prefix else "li"
    items = "".join(f"<{tag}>{escape(keyword)}</{tag}>" for keyword in missing)
    return container.inner_end, container.inner_end, xmp.mark(source, items.encode())


def _prefix(tree: Xmp, node: Node) -> str:
    """The prefix with which the packet itself writes an element."""
    name = tree.data[node.start + 1 : node.start + 200].replace(b"/", b" ").replace(b">", b" ").split()[0]
    return name.decode().rpartition(":")[0]


def _own_edits(tree: Xmp, text: XmpText) -> list[tuple[int, int, bytes]]:
    """Bring our own properties up to date where another program rewrote the packet around them."""
    who = "user" if text.source is Source.USER else "machine"
    edits: list[tuple[int, int, bytes]] = []
    for name, value in ((xmp.OWN_CAPTION, text.caption), (xmp.OWN_SOURCE, who)):
        for found in tree.find(name):
            if found.text() == value:
                continue
            node = found.node
            if node is not None and not node.closed and not node.children:
                edits.append((node.inner, node.inner_end, escape(value).encode()))
                continue
            pattern = re.compile(_short(name).encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""")
            match = pattern.search(tree.data, found.owner.start, found.owner.inner)
            if node is not None or match is None:
                raise Refusal("its XMP holds our own mark in an unusual form")
            edits.append((*match.span(1), quoteattr(value, _QUOTES).encode()))
    return edits


def _shape(node: Node) -> tuple[object, ...]:
    children = tuple(_shape(child) for child in node.children)
    return node.tag, tuple(sorted(node.attributes.items())), node.text.strip(), children


def _prove(before: Xmp, after: Xmp, text: XmpText) -> None:
    """Raise unless only the caption and keywords differ, and these read back."""
    written = {*text.captions, *text.lists, xmp.OWN_CAPTION, xmp.OWN_MODEL, xmp.OWN_SOURCE}

    def others(tree: Xmp) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for item in tree.properties():
            if item.name not in written:
                value = _shape(item.node) if item.node else (item.owner.attributes[item.name],)
                found.append((item.name, *value))
        return found

    same = others(before) == others(after)
    same &= all(after.text(name) == text.caption for name in text.captions)
    for name in text.lists:
        same &= set(before.texts(name)) <= set(after.texts(name))
        same &= not texts.merge(after.texts(name), text.keywords)[len(after.texts(name)) :]
    if not same:
        raise Refusal("its XMP could not be changed without touching something else")
