"""Fields of metadata as programs write them: packets, blocks, datasets, and photos that hold them."""

import html
import struct

import metadata_samples as samples

NAMESPACES = " ".join(
    f'xmlns:{name}="{url}"'
    for name, url in {
        "acdsee": "http://ns.acdsee.com/iptc/1.0/",
        "aux": "http://ns.adobe.com/exif/1.0/aux/",
        "dc": "http://purl.org/dc/elements/1.1/",
        "digiKam": "http://www.digikam.org/ns/1.0/",
        "exif": "http://ns.adobe.com/exif/1.0/",
        "exifEX": "http://cipa.jp/exif/1.0/",
        "lr": "http://ns.adobe.com/lightroom/1.0/",
        "mediapro": "http://ns.iview-multimedia.com/mediapro/1.0/",
        "MicrosoftPhoto": "http://ns.microsoft.com/photo/1.0/",
        "mwg-kw": "http://www.metadataworkinggroup.com/schemas/keywords/",
        "photoshop": "http://ns.adobe.com/photoshop/1.0/",
        "tiff": "http://ns.adobe.com/tiff/1.0/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
    }.items()
)


def packet(content="", attributes=""):
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {NAMESPACES} {attributes}>{content}</rdf:Description>'
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def alternatives(name, **texts):
    items = "".join(
        f'<rdf:li xml:lang="{lang.replace("_", "-")}">{text}</rdf:li>' for lang, text in texts.items()
    )
    return f"<{name}><rdf:Alt>{items}</rdf:Alt></{name}>"


def bag(name, *items):
    return f"<{name}><rdf:Bag>{''.join(f'<rdf:li>{item}</rdf:li>' for item in items)}</rdf:Bag></{name}>"


ACDSEE = (
    '<Categories><Category Assigned="0">Places<Category Assigned="0">France<Category Assigned="1">Paris'
    '</Category></Category></Category><Category Assigned="1">Anna</Category></Categories>'
)
RESOURCE = 'rdf:parseType="Resource"'
MWG = f"""
<mwg-kw:Keywords {RESOURCE}><mwg-kw:Hierarchy><rdf:Bag>
  <rdf:li {RESOURCE}><mwg-kw:Keyword>Places</mwg-kw:Keyword><mwg-kw:Children><rdf:Bag>
    <rdf:li {RESOURCE}><mwg-kw:Keyword>France</mwg-kw:Keyword><mwg-kw:Children><rdf:Bag>
      <rdf:li mwg-kw:Keyword="Paris"/>
    </rdf:Bag></mwg-kw:Children></rdf:li>
  </rdf:Bag></mwg-kw:Children></rdf:li>
  <rdf:li mwg-kw:Keyword="Anna"/>
</rdf:Bag></mwg-kw:Hierarchy></mwg-kw:Keywords>
"""
HIERARCHIES = {
    "lightroom": bag("lr:hierarchicalSubject", "Places|France|Paris", "Anna"),
    "digikam": bag("digiKam:TagsList", "Places/France/Paris", "Anna"),
    "windows": bag("MicrosoftPhoto:LastKeywordXMP", "Places/France/Paris", "Anna"),
    "media pro": bag("mediapro:CatalogSets", "Places|France|Paris", "Anna"),
    "acdsee": f"<acdsee:categories>{html.escape(ACDSEE)}</acdsee:categories>",
    "mwg": MWG,
}


def with_packet(content="", attributes="", *segments):
    return samples.with_segments(*segments, samples.xmp_segment(packet(content, attributes)))


def block(ifd0=None, **exif):
    """A block with fields by number: ``x9003="..."`` is a text, a tuple (type, count, bytes) anything."""
    fields = {int(tag[1:], 16): value for tag, value in exif.items()}
    fields = {tag: v if isinstance(v, tuple) else samples.ascii_field(v) for tag, v in fields.items()}
    return samples.tiff(ifd0 or {}, exif=fields or None)


def photo(ifd0=None, **exif):
    return samples.with_segments(samples.exif_segment(block(ifd0, **exif)))


def fractions(*pairs, signed=False):
    raw = b"".join(struct.pack("<2i" if signed else "<2I", *pair) for pair in pairs)
    return (10 if signed else 5, len(pairs), raw)


def dataset(number, value):
    return b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(value)) + value


def photoshop(iim, digest=None):
    def resource(kind, value):
        return b"8BIM" + struct.pack(">HHI", kind, 0, len(value)) + value + bytes(len(value) & 1)

    payload = b"Photoshop 3.0\0" + resource(0x0404, iim)
    return samples.segment(0xED, payload + (resource(0x0425, digest) if digest else b""))


def xp(text):
    raw = text.encode("utf-16-le") + b"\0\0"
    return (1, len(raw), raw)
