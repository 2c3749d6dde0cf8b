"""Files made to cost time or memory are refused or read in bounds; a forged note of ours is none."""

import struct
import tracemalloc
from dataclasses import replace

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import embed, facts, persons_words, png, read_facts, xmp, xmp_edit
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp
from blipdesk.metadata.xmp_beginnings import read_beginnings

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


def test_each_of_a_captions_languages_is_looked_at_a_few_times(monkeypatch):
    looked_at = []
    items = xmp.Property.items

    def counted(self):
        found = items(self)
        looked_at.extend(found)
        return found

    monkeypatch.setattr(xmp.Property, "items", counted)
    languages = "".join(f'<rdf:li xml:lang="l{n}">words {n}</rdf:li>' for n in range(800))
    packet = samples.xmp_packet(f"<dc:description><rdf:Alt>{languages}</rdf:Alt></dc:description>")
    assert len(persons_words.languages(facts.read(samples.picture(), (packet,)))) == 0
    assert len(persons_words.languages(facts.read(pictures.png(pictures.itxt(packet))))) == 800
    xmp_edit.edit(packet, replace(WANTED, own=frozenset({"words 0"})))
    xmp_edit.edit(packet, Wanted("a dog", (), Source.USER, replace=True))
    assert len(looked_at) < 100 * 800


ENDLESS = {
    "ancestors": "<photoshop:DocumentAncestors xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'><rdf:Bag>"
    + "<rdf:li>uuid:1</rdf:li>" * 60_000
    + "</rdf:Bag></photoshop:DocumentAncestors>",
    "keywords": samples.subjects(*map(str, range(60_000))),
    "attributes": "<dc:rights " + " ".join(f'a{n}=""' for n in range(60_000)) + "/>",
    "properties": "<dc:rights/>" * 60_000,
}


@pytest.mark.parametrize("policy", [EMBED, SIDECAR], ids=["embed", "sidecar"])
@pytest.mark.parametrize("kind", ENDLESS)
def test_a_packet_that_says_too_much_to_be_gone_through_counts_as_a_persons(tmp_path, kind, policy):
    packet = samples.xmp_packet(ENDLESS[kind] + samples.described("By the lake"))
    photo = tmp_path / "photo.png"
    photo.write_bytes(data := pictures.png(pictures.itxt(packet)))
    plan = write(photo, policy=policy)
    assert plan.outcome is WriteOutcome.KEPT and "may stand in its XMP" in plan.note
    assert photo.read_bytes() == data
    typed = write(photo, samples.user("Grandmother in Lviv"), policy)
    assert typed.outcome is WriteOutcome.SIDECAR and photo.read_bytes() == data


@pytest.mark.parametrize("beside", [False, True], ids=["inside", "beside"])
@pytest.mark.parametrize("kind", ENDLESS)
def test_what_people_said_is_found_beside_what_has_no_end(kind, beside):
    said = samples.described("Grandma in Lviv")
    if kind != "keywords":
        said += samples.subjects("family")
    packet = samples.xmp_packet(ENDLESS[kind] + said)
    found = read_facts(samples.picture() if beside else pictures.png(pictures.itxt(packet)), "?", packet)
    assert (found.caption, found.problem) == ("Grandma in Lviv", None)
    assert found.keywords == (("family",) if kind != "keywords" else tuple(map(str, range(200))))


def test_a_caption_of_ours_beside_what_has_no_end_is_none_of_a_persons():
    packet = xmp_edit.edit(samples.xmp_packet("<dc:rights/>" + samples.subjects("family")), WANTED)
    packet = packet.replace(b"<dc:rights/>", ENDLESS["ancestors"].encode())
    found = read_facts(pictures.png(pictures.itxt(packet)), "PNG")
    assert (found.caption, found.our_captions, found.problem) == (None, ("a dog",), None)
    assert found.keywords == ("family",) and found.our_keywords == ("family", "dog")


def test_elements_are_left_out_whole():
    endless = "<dc:rights a='>' /><dc:rights>x/></dc:rights\n><dc:rights><a>é<b/></a></dc:rights>\n" * 20_000
    packet = samples.xmp_packet(samples.subjects("family") + endless + samples.described("Grandma in Lviv"))
    tree = read_beginnings(packet)
    assert (tree.text(xmp.DESCRIPTION), tree.keywords()) == ("Grandma in Lviv", ("family",))
    rights = tree.find(f"{xmp.DC} rights")
    assert 100 < len(rights) < 2000 and {found.text() for found in rights} == {"", "x/>"}


@pytest.mark.parametrize("flaw", [b"<!DOCTYPE a><x/>", b"\xff", b"<a>", b"</rdf:RDF>"])
def test_a_packet_that_says_too_much_is_refused_for_its_flaws_as_any(flaw):
    packet = samples.xmp_packet(ENDLESS["properties"])
    with pytest.raises(Refusal, match=r"UTF-8|well-formed|document type"):
        read_beginnings(flaw + packet)


def test_a_sidecar_that_says_too_much_to_be_gone_through_stays_as_it_is(tmp_path):
    photo, beside = tmp_path / "photo.jpg", tmp_path / "photo.jpg.xmp"
    photo.write_bytes(samples.picture())
    beside.write_bytes(packet := samples.xmp_packet(ENDLESS["properties"]))
    plan = write(photo, policy=SIDECAR)
    assert plan.outcome is WriteOutcome.REFUSED and "more things than" in plan.note
    assert beside.read_bytes() == packet


def test_packets_that_say_too_much_together_are_not_all_gone_through():
    packet = samples.xmp_packet("<dc:rights/>" * 30_000)
    last = samples.xmp_packet(samples.described("By the lake"))
    reading = facts.read(pictures.png(*map(pictures.itxt, (*[packet] * 10, last))))
    assert len(reading.packets) == 2
    assert reading.captions == [facts.FoundText("its XMP", "")]


def test_more_marks_than_we_ever_write_are_none_of_ours():
    mark = xmp.mark(Source.MODEL, b"<a/>")
    assert xmp.strip_marks(mark * 900) == b""
    assert len(xmp.strip_marks(mark * 100_000)) > len(mark) * 90_000


def test_an_element_of_endless_attributes_takes_little_memory():
    packet = samples.xmp_packet("<dc:rights " + " ".join(f'a{n} = ""' for n in range(300_000)) + "/>")
    tracemalloc.start()
    try:
        with pytest.raises(Refusal, match="more things"):
            Xmp(packet)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < len(packet)
