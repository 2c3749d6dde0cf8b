"""A program's own data keep the field that they stand in, and no caption out of the rest of the photo."""

import subprocess
from dataclasses import replace
from shutil import which

import metadata_samples as samples
import pytest
from metadata_pictures import saved
from metadata_writing import read, standing, write

from blipdesk.domain.writes import WriteOutcome
from blipdesk.metadata import embed, exif_texts, facts, texts
from blipdesk.metadata.tiff import read_block
from blipdesk.metadata.wanted import Wanted

VERSION = b"0.9.142"


def photo_with(tmp_path, ifd0):
    path = tmp_path / "photo.jpg"
    path.write_bytes(samples.with_segments(samples.exif_segment(samples.tiff(ifd0))))
    return path


def fields(path):
    (block,) = facts.read(path.read_bytes()).blocks.exif
    return read_block(block)


def test_a_version_number_in_the_comment_stays_and_the_caption_goes_beside_it(tmp_path):
    comment = VERSION.decode().encode("utf-16-le") + b"\0\0"
    path = photo_with(tmp_path, {exif_texts.XP_COMMENT: (1, len(comment), comment)})
    original = path.read_bytes()
    assert write(path).outcome is WriteOutcome.EMBEDDED
    block = fields(path)
    assert block.raw(block.find("IFD0", exif_texts.XP_COMMENT)) == comment
    assert exif_texts.read_description(block) == standing(path) == "a dog on a lawn"
    assert write(path).outcome is WriteOutcome.UNCHANGED
    assert embed.strip(path.read_bytes()) == original


def test_a_programs_name_in_the_description_stays_and_the_caption_goes_into_xmp(tmp_path):
    path = photo_with(tmp_path, {exif_texts.IMAGE_DESCRIPTION: samples.ascii_field("Created with GIMP 2.10")})
    original = path.read_bytes()
    before = fields(path).data
    plan = write(path)
    assert plan.outcome is WriteOutcome.EMBEDDED
    assert "only the xmp part" in plan.note.lower() and "a program's own data" in plan.note
    assert fields(path).data == before
    assert samples.machine().caption in facts.read(path.read_bytes()).own
    assert write(path).outcome is WriteOutcome.UNCHANGED
    assert embed.strip(path.read_bytes()) == original


@pytest.mark.skipif(which("exiftool") is None, reason="needs exiftool")
def test_other_programs_read_the_caption_beside_a_programs_name(tmp_path):
    path = photo_with(tmp_path, {exif_texts.IMAGE_DESCRIPTION: samples.ascii_field("Created with GIMP 2.10")})
    write(path)
    command = ["exiftool", "-s3", "-XMP-dc:Description", "-IFD0:ImageDescription", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    assert said == ["a dog on a lawn", "Created with GIMP 2.10"]


def test_a_persons_words_later_in_that_description_send_the_machines_away(tmp_path):
    path = photo_with(tmp_path, {exif_texts.IMAGE_DESCRIPTION: samples.ascii_field("Created with GIMP 2.10")})
    write(path)
    path.write_bytes(path.read_bytes().replace(b"Created with GIMP 2.10", b"Grandma in her garden."))
    write(path)
    reading = facts.read(path.read_bytes())
    assert (reading.standing, reading.own) == ("Grandma in her garden.", set())


BELLA = samples.user("Our dog Bella")
DATA = ["ImageJ=1.53t\nimages=40", '<?xml version="1.0"?><OME/>', '{"shape": [2, 2]}', "IDL TIFF file"]


@pytest.mark.parametrize("said", DATA)
@pytest.mark.parametrize("suffix", [".jpg", ".tif"])
def test_what_a_person_types_takes_no_place_of_data_that_a_program_reads_again(tmp_path, said, suffix):
    data = samples.camera_photo(description=said) if suffix == ".jpg" else saved("TIFF", description=said)
    path = tmp_path / f"photo{suffix}"
    path.write_bytes(data)
    plan = write(path, BELLA)
    assert plan.outcome is (WriteOutcome.EMBEDDED if suffix == ".jpg" else WriteOutcome.SIDECAR)
    assert "a program's own data" in plan.note
    assert exif_texts.read_description(fields(path)) == said
    assert read(path)[0] == BELLA.caption
    assert write(path, BELLA).new is None
    write(path, replace(samples.machine(), caption="", keywords=(), replaces=BELLA.caption))
    assert path.read_bytes() == data and read(path)[0] is None


def test_a_programs_name_gives_way_to_what_a_person_types(tmp_path):
    path = photo_with(tmp_path, {exif_texts.IMAGE_DESCRIPTION: samples.ascii_field("Created with GIMP 2.10")})
    assert write(path, BELLA).note == ""
    assert exif_texts.read_description(fields(path)) == BELLA.caption


def test_nothing_is_hidden_by_a_caption_in_xmp_alone():
    wanted = Wanted("a dog", (), samples.machine().source, xmp_alone="a program's own data stand there")
    new, note = embed.embed(samples.picture(), wanted)
    assert note == f"Only the XMP part is written, because {wanted.xmp_alone}."
    assert facts.read(new).blocks.exif == []
    assert texts.clean(facts.read(new).standing or "") == "a dog"
