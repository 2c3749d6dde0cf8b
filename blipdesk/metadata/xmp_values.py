"""The values of one XMP packet by name."""

from __future__ import annotations

from collections.abc import Iterator

from blipdesk.metadata import xmp
from blipdesk.metadata.xmp import RDF, Property, Xmp
from blipdesk.metadata.xmp_tree import Node

NAMESPACES = {
    "acdsee": xmp.ACDSEE,
    "aux": "http://ns.adobe.com/exif/1.0/aux/",
    "crs": "http://ns.adobe.com/camera-raw-settings/1.0/",
    "dc": xmp.DC,
    "digikam": xmp.DIGIKAM,
    "exif": xmp.EXIF,
    "exifex": "http://cipa.jp/exif/1.0/",
    "lightroom": xmp.LIGHTROOM,
    "mediapro": "http://ns.iview-multimedia.com/mediapro/1.0/",
    "microsoft": "http://ns.microsoft.com/photo/1.0/",
    "microsoft0": "http://ns.microsoft.com/photo/1.0",
    "mwg": "http://www.metadataworkinggroup.com/schemas/keywords/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "tiff": xmp.TIFF,
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
"""By the names that are ours for them."""
_MAX_LEVELS = 20


class XmpValues:
    """Values of a packet; names are ours for the namespace and the property's, ``dc title``."""

    def __init__(self, tree: Xmp) -> None:
        self._tree = tree

    def _properties(self, name: str) -> list[Property]:
        space, _, own = name.partition(" ")
        return self._tree.find(f"{NAMESPACES[space]} {own}")

    def text(self, name: str) -> str:
        """The first non-empty text of a property (of alternatives, the default one), else empty."""
        return next((text for found in self._properties(name) if (text := found.text())), "")

    def texts(self, name: str) -> list[str]:
        """All texts of a list, or of several properties of that name."""
        return [text for found in self._properties(name) for text in found.texts()]

    def hierarchy(self, longest: int) -> Iterator[str]:
        """The paths of ``mwg-kw:Keywords``, whose keywords stand in one another (MWG Guidance 2.0, 5.5).

        Paths of more than ``longest`` characters are left out, with all that stands below them.
        """
        stack = [(found.node, "") for found in self._properties("mwg Keywords") if found.node]
        while stack:
            node, above = stack.pop()
            path = above
            if keyword := _field(node, f"{NAMESPACES['mwg']} Keyword"):
                if len(above) + len(keyword) >= longest:
                    continue
                path = f"{above}|{keyword}" if above else keyword
                yield path
            if path.count("|") < _MAX_LEVELS:
                stack += ((child, path) for child in reversed(node.children))


def _field(node: Node, name: str) -> str:
    """A field of a structure, an attribute or an element of it, with or without its own description."""
    if node.tag not in (f"{RDF} li", f"{RDF} Description"):
        return ""
    if name in node.attributes:
        return node.attributes[name].strip()
    return next((child.text.strip() for child in node.children if child.tag == name), "")
