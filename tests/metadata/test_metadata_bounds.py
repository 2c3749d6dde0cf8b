"""Files made to cost time or memory are refused or read in bounds; a forged note of ours is none."""

import struct
import tracemalloc

import metadata_pictures as pictures
import metadata_samples as samples
import pytest

from blipdesk.domain.values import Source
from blipdesk.metadata import embed, facts, png, read_facts, xmp, xmp_edit
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

WANTED = Wanted("a dog", ("dog",), Source.MODEL)


def test_a_forged_cover_is_no_cover():
    forged = b"<!--BlipDesk covers 5 0 00000000 A-->"
    packet = samples.xmp_packet("").replace(b"</x:xmpmeta>", xmp.mark(Source.MODEL, forged) + b"</x:xmpmeta>")
    data = samples.with_segments(samples.xmp_segment(packet))
    assert embed.strip(data) == samples.with_segments(samples.xmp_segment(samples.xmp_packet("")))
    embed.embed(data, WANTED)


# quadratic work on these takes hours
@pytest.mark.parametrize(
    "kind", ["<a", '<a"', "<a b='", "</a", "<!--BlipDesk covers 1 1 00000000 ", '<a b="<a ']
)
def test_a_forged_mark_of_many_elements_that_never_end_is_looked_through_once(kind):
    content = kind.encode() * (2 << 20) + b'"'
    data = xmp.mark(Source.MODEL, content)
    xmp.strip_machine(data)
    xmp.provenance(data)


def test_the_texts_that_forged_covers_name_are_looked_at_a_few_times(monkeypatch):
    looked_at = []
    checksum = xmp.zlib.crc32

    def counted(data, *start):
        looked_at.append(len(data))
        return checksum(data, *start)

    cover = b"<!--BlipDesk covers 1000000 999999 00000000 -->"
    data = b" " * 1_000_000 + xmp.mark(Source.MODEL, cover * 8) * 500
    monkeypatch.setattr(xmp.zlib, "crc32", counted)
    assert xmp.strip_machine(data) == data[:1_000_000]
    assert sum(looked_at) < 20 * len(data)


@pytest.mark.parametrize("kind", ["dc:description", "dc:subject", "blipdesk:caption"])
def test_more_properties_of_one_name_than_any_program_writes_are_refused(kind):
    space = f' xmlns:blipdesk="{xmp.OURS}"'
    packet = samples.xmp_packet(f"<{kind}{space}></{kind}>" * 9)
    with pytest.raises(Refusal, match="unusual"):
        xmp_edit.edit(packet, WANTED)
    xmp_edit.edit(samples.xmp_packet(f"<dc:description>{' '}</dc:description>" * 8), WANTED)


def test_a_deep_and_wide_hierarchy_of_keywords_takes_little_memory():
    leaf = "<rdf:li rdf:parseType='Resource'><k:Keyword>y</k:Keyword></rdf:li>"
    inner = f"<k:Children><rdf:Bag>{leaf * 9000}</rdf:Bag></k:Children>"
    for _ in range(18):
        inner = (
            "<k:Children><rdf:Bag><rdf:li rdf:parseType='Resource'>"
            f"<k:Keyword>{'x' * 20_000}</k:Keyword>{inner}</rdf:li></rdf:Bag></k:Children>"
        )
    keywords = (
        "<k:Keywords xmlns:k='http://www.metadataworkinggroup.com/schemas/keywords/'"
        " rdf:parseType='Resource'>"
        f"<k:Hierarchy><rdf:Bag><rdf:li rdf:parseType='Resource'><k:Keyword>top</k:Keyword>{inner}"
        "</rdf:li></rdf:Bag></k:Hierarchy></k:Keywords>"
    )
    packet = samples.xmp_packet(keywords)
    tracemalloc.start()
    try:
        found = read_facts(b"", "JPEG", packet)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.keywords == ("top",)
    assert peak < 150 << 20


def test_a_picture_with_several_indexes_of_its_data_is_refused():
    data = pictures.png(pictures.idot(), pictures.idot())
    with pytest.raises(Refusal, match="structure"):
        embed.embed(data, WANTED)


def test_more_chunks_than_any_picture_has_are_refused():
    data = pictures.png(*[pictures.chunk(b"zzZz")] * (1 << 16))
    with pytest.raises(Refusal, match="structure"):
        png.PngFile(data)


def test_of_hundreds_of_photoshop_segments_some_are_read_and_the_rest_counts_as_a_persons():
    dataset = b"\x1c\x02\x19" + struct.pack(">H", 1) + b"k"
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(dataset) * 5000) + dataset * 5000
    data = samples.with_segments(*[samples.segment(0xED, b"Photoshop 3.0\0" + resource)] * 200)
    reading = facts.read(data)
    assert len(reading.records) < 50
    assert reading.captions == [facts.FoundText("its IPTC", "")]


def test_the_packet_is_proven_as_ever():
    packet = samples.xmp_packet(samples.subjects("old"))
    new = Xmp(xmp_edit.edit(packet, WANTED))
    assert (new.text(xmp.DESCRIPTION), new.keywords()) == ("a dog", ("old", "dog"))
