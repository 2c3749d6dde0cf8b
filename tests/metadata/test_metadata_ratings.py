"""A person's stars in photos' files: laid over what stands there, and taken off again to the byte."""

import json
import shutil
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import metadata_pictures as pictures
import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, read_sidecar, snapshot, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import ExistingText, WriteOutcome, WritePolicy, WriteText
from blipdesk.metadata import FileMetadataWriter, read_facts, report_of, stars
from blipdesk.metadata.refusal import Refusal

EMBED_ALL = replace(EMBED, embed_heif=True)
SOUND = [(kind, name) for kind, recipe in pictures.RECIPES.items() for name in recipe.sound]
STARRED = WriteText("", Source.MODEL, rating=5)


def packet(inner):
    return samples.xmp_packet(inner).replace(b' xmp:Rating="4"', b"")


PACKETS = {
    "attribute": samples.xmp_packet(""),
    "single quotes": samples.xmp_packet("").replace(b'xmp:Rating="4"', b"xmp:Rating = '4'"),
    "element": packet("<xmp:Rating>4</xmp:Rating>"),
    "none": packet(""),
    "no number": packet("<xmp:Rating>four</xmp:Rating>"),
    "two": samples.xmp_packet("").replace(
        b" </rdf:RDF>",
        b'<rdf:Description rdf:about="" xmlns:a="http://ns.adobe.com/xap/1.0/" a:Rating="2"/> </rdf:RDF>',
    ),
    "others": samples.xmp_packet(
        '<m:Rating xmlns:m="http://ns.microsoft.com/photo/1.0/">75</m:Rating>'
        '<a:rating xmlns:a="http://ns.acdsee.com/iptc/1.0/">4</a:rating>'
    ),
    "another rdf": packet("").replace(b"rdf:", b"r:").replace(b"xmlns:rdf", b"xmlns:r"),
}


def rated(order="<", stars_there=3):
    """A photo that Windows gave stars: EXIF fields and its own XMP; with a MakerNote and a thumbnail."""
    fields = {
        0x010F: samples.ascii_field("TestCam"),
        0x4746: (3, 1, struct.pack(order + "H", stars_there)),
        0x4749: (3, 1, struct.pack(order + "H", 50)),
    }
    exif = {0x927C: (7, len(samples.MAKER_NOTE), samples.MAKER_NOTE)}
    block = samples.tiff(fields, order=order, exif=exif, thumbnail=samples.picture((16, 12)))
    inner = '<m:Rating xmlns:m="http://ns.microsoft.com/photo/1.0/">50</m:Rating>'
    said = samples.xmp_packet(inner).replace(b'xmp:Rating="4"', b'xmp:Rating="%d"' % stars_there)
    return samples.with_segments(samples.exif_segment(block), samples.xmp_segment(said))


def stars_in(path):
    return read_facts(path.read_bytes(), "?", read_sidecar(str(path))).rating


def put(tmp_path, data, name="a.jpg"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def star(path, policy=EMBED, text=STARRED):
    """The star is written; returns what the catalog asks for next time, where nobody wants it any more."""
    plan = write_both(path, text, policy)
    return replace(text, rating=None, wrote_rating=plan.rating)


def write_both(path, text, policy=EMBED):
    writer = FileMetadataWriter()
    plan = writer.plan(str(path), text, policy)
    plans = [plan] if plan.new is not None else []
    writer.apply_all([*plans, *([plan.in_step] if plan.in_step else [])])
    return plan


@pytest.mark.parametrize("name", PACKETS)
def test_a_packet_says_five_and_is_as_before_without_it(name):
    starred = stars.lay_over(PACKETS[name], 5, {0x4746: b"\3\0\0\0"})
    assert b'"4"' not in starred.replace(b' xmp:Rating="4" ', b"")
    found = stars.peel(starred)
    assert (found.packet, found.written, found.is_whole) == (PACKETS[name], 5, True)
    assert found.exif == {0x4746: b"\3\0\0\0"}
    assert read_facts(samples.with_segments(samples.xmp_segment(starred)), "JPEG").rating == 5


@pytest.mark.parametrize(
    "unusual",
    [
        packet("<xmp:Rating/>"),
        packet("<xmp:Rating><rdf:Bag><rdf:li><a/></rdf:li></rdf:Bag></xmp:Rating>"),
        samples.xmp_packet("").replace(b"crs:Exp", b"""crs:Note=' xmp:Rating="4" ' crs:Exp"""),
    ],
)
def test_stars_in_a_form_that_could_not_be_brought_back_are_left_alone(unusual):
    with pytest.raises(Refusal):
        stars.lay_over(unusual, 5, {})


def test_what_another_program_changed_stays_as_it_left_it():
    starred = stars.lay_over(PACKETS["others"], 5, {})
    changed = starred.replace(b'xmp:Rating="5"', b'xmp:Rating="2"')
    found = stars.peel(changed)
    assert not found.is_whole
    assert b'xmp:Rating="2"' in found.packet and b">75<" in found.packet and b"BlipDesk" not in found.packet


@pytest.mark.parametrize(("kind", "name"), SOUND)
def test_every_format_says_five_and_is_as_before_when_the_star_is_taken_off(tmp_path, kind, name):
    path = put(tmp_path, pictures.RECIPES[kind].sound[name](), f"a{pictures.RECIPES[kind].suffix}")
    before, was = path.read_bytes(), stars_in(path)
    unstarred = star(path, EMBED_ALL)
    assert stars_in(path) == 5
    assert write_both(path, STARRED, EMBED_ALL).new is None  # it stands there
    write_both(path, unstarred, EMBED_ALL)
    assert (path.read_bytes(), stars_in(path)) == (before, was)


@pytest.mark.parametrize("number", [-1, 0, 1, 4])
def test_other_stars_of_a_person_are_written_as_well(tmp_path, number):
    path = put(tmp_path, rated(stars_there=5))
    before = path.read_bytes()
    star(path, text=replace(STARRED, rating=number))
    assert stars_in(path) == number
    write_both(path, replace(STARRED, rating=None, wrote_rating=number, file_rating=5))
    assert path.read_bytes() == before


@pytest.mark.parametrize("order", ["<", ">"])
def test_fields_that_windows_reads_say_the_same_and_come_back(tmp_path, order):
    path = put(tmp_path, rated(order))
    before = path.read_bytes()
    unstarred = star(path)
    now = path.read_bytes()
    for tag, value in ((0x4746, 5), (0x4749, 99)):
        assert struct.pack(order + "HHIH", tag, 3, 1, value) in now
    assert b">99<" in now and b'xmp:Rating="5"' in now
    assert samples.MAKER_NOTE in now
    write_both(path, unstarred)
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", [samples.machine(), samples.user()])
def test_captions_come_and_go_below_the_star(tmp_path, text):
    path = put(tmp_path, rated())
    alone = put(tmp_path, rated(), "alone.jpg")
    write(alone, text)
    unstarred = star(path)
    write_both(path, replace(text, rating=5, wrote_rating=5))
    assert stars_in(path) == 5
    captioned = read_facts(path.read_bytes(), "JPEG")
    assert captioned.our_captions == read_facts(alone.read_bytes(), "JPEG").our_captions
    write_both(path, replace(text, wrote_rating=5))
    assert path.read_bytes() == alone.read_bytes()
    write_both(path, replace(text, rating=5))
    write_both(path, replace(unstarred, rating=5, replaces=text.caption))
    assert stars_in(path) == 5


def test_a_persons_caption_in_the_file_stays_and_the_star_comes(tmp_path):
    path = put(tmp_path, samples.with_segments(samples.iptc_segment(b"Grandma", [b"old"])))
    plan = write(path, replace(samples.machine(), rating=5))
    assert plan.outcome is WriteOutcome.EMBEDDED
    assert plan.note == (
        "Only the rating is written. A person's caption stands in its IPTC caption; "
        "nothing is written over it."
    )
    report = report_of(plan, whole=True)
    assert (report.rating_before, report.rating_after, report.before, report.after) == (
        None,
        5,
        "Grandma",
        "Grandma",
    )
    assert read_facts(path.read_bytes(), "JPEG").caption == "Grandma"


def test_words_that_nobody_knew_of_are_decided_upon_first(tmp_path):
    path = put(tmp_path, samples.CAPTIONED["iptc"]())
    before = path.read_bytes()
    plan = write(path, replace(samples.user(), rating=5), seen=False)
    assert plan.outcome is WriteOutcome.KEPT and plan.news
    assert path.read_bytes() == before


def test_stars_go_beside_a_file_that_cannot_take_them(tmp_path):
    data = pictures.RECIPES["TIFF"].make(None, (), None)
    path = put(tmp_path, data, "a.tif")
    unstarred = star(path, text=replace(samples.machine(), rating=5))
    assert stars_in(path) == 5
    assert read_facts(path.read_bytes(), "TIFF").rating is None
    write_both(path, unstarred)
    assert stars_in(path) is None
    assert read_facts(path.read_bytes(), "TIFF").our_captions == ("a dog on a lawn",)


@pytest.mark.parametrize("kind", ["TIFF", "no exif"])
def test_a_caption_that_goes_beside_takes_its_star_along_by_any_path(tmp_path, monkeypatch, kind):
    """Of a photo named by a link or from here: what is for the sidecar never becomes the photo."""
    odd = {"TIFF": (b"MM\0+" + bytes(40), "a.tif"), "no exif": (b"\xff\xd8\xff\xe0 damaged", "a.jpg")}
    data, name = odd[kind]
    put(tmp_path, data, name)
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        write_both(Path(name), replace(samples.machine(), rating=5, wrote_rating=5))
    assert Path(name).read_bytes() == data
    assert stars_in(Path(name)) == 5
    assert b"a dog on a lawn" in Path(f"{name}.xmp").read_bytes()


def test_sidecars_say_it_too_where_readers_look_there_first(tmp_path):
    path = put(tmp_path, rated())
    beside = put(tmp_path, PACKETS["element"], "a.jpg.xmp")
    before = snapshot(path)
    unstarred = star(path)
    assert b"<xmp:Rating>5</xmp:Rating>" in beside.read_bytes()
    assert read_facts(path.read_bytes(), "JPEG").rating == 5
    write_both(path, unstarred)
    assert snapshot(path) == before


def test_beside_the_photo_the_photo_is_not_touched(tmp_path):
    path = put(tmp_path, rated())
    before = path.read_bytes()
    plan = write(path, STARRED, SIDECAR)
    assert (plan.outcome, plan.rating, stars_in(path)) == (WriteOutcome.SIDECAR, 5, 5)
    write(path, replace(STARRED, rating=None, wrote_rating=5), SIDECAR)
    assert (stars_in(path), path.read_bytes()) == (3, before)


def test_five_of_another_program_give_way_to_a_star_that_is_taken_off_and_come_back(tmp_path):
    path = put(tmp_path, rated(stars_there=5))
    before = path.read_bytes()
    assert write(path, STARRED).new is None
    plan = write(path, replace(STARRED, rating=0))
    assert (plan.rating, stars_in(path)) == (0, 0)
    write(path, replace(STARRED, wrote_rating=0, file_rating=5))
    assert path.read_bytes() == before


@pytest.mark.parametrize("again", [None, 5])
def test_stars_that_a_person_gave_elsewhere_since_are_not_written_over(tmp_path, again):
    path = put(tmp_path, rated())
    star(path)
    path.write_bytes(path.read_bytes().replace(b'xmp:Rating="5"', b'xmp:Rating="2"'))
    plan = write(path, WriteText("", Source.MODEL, rating=again, wrote_rating=5, file_rating=3))
    assert (plan.rating, stars_in(path)) == (None, 2)


def test_the_stars_of_before_come_back_where_another_program_dropped_our_note(tmp_path):
    path = put(tmp_path, rated())
    star(path)
    data = path.read_bytes()
    at = data.index(b"<!--BlipDesk stars")
    end = data.index(b"-->", at) + 3
    path.write_bytes(data[:at] + b" " * (end - at) + data[end:])
    assert stars_in(path) == 5
    write(path, replace(STARRED, rating=None, wrote_rating=5, file_rating=3))
    assert stars_in(path) == 3


@pytest.mark.parametrize("policies", [(EMBED, EMBED), (EMBED, SIDECAR), (SIDECAR, EMBED), (SIDECAR, SIDECAR)])
@pytest.mark.parametrize("data", [rated(), samples.with_segments()])
def test_stars_that_another_catalog_wrote_stay_while_captions_come_and_go(tmp_path, policies, data):
    path = put(tmp_path, data)
    star(path, policies[0])
    for text in (samples.machine(), samples.user(), samples.machine("")):
        plan = write_both(path, text, policies[1])
        assert (plan.rating, stars_in(path)) == (None, 5)


def test_stars_in_the_photo_come_off_though_captions_went_beside_it_since(tmp_path):
    path = put(tmp_path, rated())
    star(path)
    plan = write_both(path, replace(samples.machine(), rating=5, wrote_rating=5), SIDECAR)
    assert (plan.outcome, plan.rating) == (WriteOutcome.SIDECAR, 5)
    write_both(path, replace(samples.machine(), wrote_rating=plan.rating), SIDECAR)
    assert stars_in(path) == 3


@pytest.mark.parametrize("existing", list(ExistingText))
def test_the_choice_beside_a_persons_caption_holds_with_stars(tmp_path, existing):
    policy = WritePolicy(EMBED.target, existing)
    paths = [put(tmp_path, samples.CAPTIONED["exif"](), f"{n}.jpg") for n in range(2)]
    write(paths[0], samples.machine(), policy)
    write(paths[1], replace(samples.machine(), rating=5), policy)
    assert stars_in(paths[1]) == 5
    write(paths[1], replace(samples.machine(), wrote_rating=5), policy)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="needs exiftool")
def test_exiftool_reads_the_stars_without_a_complaint(tmp_path):
    for place, (kind, name) in enumerate(SOUND):
        recipe = pictures.RECIPES[kind]
        path = put(tmp_path, recipe.sound[name](), f"{place}{recipe.suffix}")
        star(path, EMBED_ALL)
    star(put(tmp_path, rated(), "windows.jpg"))
    command = ["exiftool", "-j", "-G1", "-n", "-ext", "*", "-ext", "xmp", str(tmp_path)]
    found = json.loads(subprocess.run(command, check=False, capture_output=True, timeout=60).stdout)
    beside = {tags["SourceFile"] for tags in found if tags.get("XMP-xmp:Rating") == 5}
    for tags in found:
        assert tags["SourceFile"] in beside or f"{tags['SourceFile']}.xmp" in beside, tags
        assert tags.get("IFD0:Rating", 5) == 5 and tags.get("IFD0:RatingPercent", 99) == 99
        assert tags.get("XMP-microsoft:RatingPercent", 99) == 99


@pytest.mark.skipif(shutil.which("exiv2") is None, reason="needs exiv2")
def test_exiv2_reads_the_stars(tmp_path):
    older = packet("").replace(b"xmlns:xmp", b"xmlns:xap").replace(b" crs:", b' xap:Label="x" crs:')
    for name, data in (("a.jpg", samples.with_segments(samples.xmp_segment(older))), ("b.jpg", rated())):
        path = put(tmp_path, data, name)
        star(path)
        command = ["exiv2", "-q", "-Pv", "-K", "Xmp.xmp.Rating", str(path)]
        found = subprocess.run(command, check=False, capture_output=True, timeout=60).stdout
        assert found.split() == [b"5"]  # it reads nothing of a packet with two prefixes for a namespace
    command = ["exiv2", "-q", "-Pkv", "-g", "Rating", str(path)]
    found = subprocess.run(command, check=False, capture_output=True, timeout=60).stdout.decode()
    said = dict(line.split(maxsplit=1) for line in found.splitlines())
    assert said == {
        "Exif.Image.Rating": "5",
        "Exif.Image.RatingPercent": "99",
        "Xmp.xmp.Rating": "5",
        "Xmp.MicrosoftPhoto.Rating": "99",
    }
