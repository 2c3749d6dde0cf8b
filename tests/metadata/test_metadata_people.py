"""Keywords of people through writing: marked as theirs, and written beside the captions of others."""

import metadata_samples as samples
import pytest
from metadata_writing import EMBED, SIDECAR, read, read_sidecar, snapshot, standing, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome, WriteText
from blipdesk.metadata import facts, jpeg, xmp
from blipdesk.metadata.exif_texts import read_keywords
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.xmp import Xmp

EMBEDDED = WriteOutcome.EMBEDDED
both_targets = pytest.mark.parametrize("policy", [EMBED, SIDECAR])


def all_keywords(path):
    """Every keyword that any reader shows, whoever wrote it."""
    data, found = path.read_bytes(), set()
    packets = [jpeg.xmp_packet(data, s) for s in jpeg.read_header(data).xmp(data)]
    packets += [side] if (side := read_sidecar(str(path))) else []
    for packet in packets:
        tree = Xmp(packet)
        found |= {k for name in (xmp.SUBJECT, xmp.HIERARCHICAL, xmp.TAGS_LIST) for k in tree.texts(name)}
    for segment in jpeg.read_header(data).exif(data):
        found |= set(read_keywords(TiffBlock(jpeg.exif_block(data, segment))))
    return found


# ---------------------------------------------------------------------------------------- keywords of people


@both_targets
@pytest.mark.parametrize("caption", [("a dog", Source.MODEL), ("Bella", Source.USER)], ids=["model", "user"])
def test_a_persons_keyword_is_theirs_without_a_catalog_and_the_machines_are_not(photo, policy, caption):
    text = WriteText(*caption, ("dog", "Pet", "lawn"), user_keywords=("Pet",))
    write(photo, text, policy)
    assert read(photo)[1] == {"Pet"}
    assert all_keywords(photo) == {"dog", "Pet", "lawn"}
    before = snapshot(photo)
    assert write(photo, text, policy).outcome is WriteOutcome.UNCHANGED
    assert snapshot(photo) == before


@both_targets
def test_a_fresh_catalogs_machine_keeps_the_keyword_that_a_person_added(photo, policy):
    original = snapshot(photo)
    write(photo, WriteText("a dog", Source.MODEL, ("dog", "Pet"), user_keywords=("Pet",)), policy)
    write(photo, WriteText("a cat", Source.MODEL, ("cat",)), policy)
    assert all_keywords(photo) == {"cat", "Pet"}
    assert read(photo) == (None, {"Pet"})
    write(photo, WriteText("a cat", Source.MODEL, ("cat",), replaces_keywords=("cat", "Pet")), policy)
    assert all_keywords(photo) == {"cat"}
    (photo.parent / "photo.jpg.xmp").unlink(missing_ok=True)
    write(photo, WriteText("a dog", Source.MODEL), policy)
    assert set(snapshot(photo)) == set(original) | ({"photo.jpg.xmp"} if policy is SIDECAR else set())


def test_a_persons_keyword_outlives_in_exif_where_xmp_cannot_be_written(photo):
    photo.write_bytes(samples.with_segments(samples.xmp_segment(b"<broken")))
    write(photo, WriteText("a dog", Source.MODEL, ("dog", "Pet"), user_keywords=("Pet",)), EMBED)
    assert read(photo)[1] == {"Pet"}
    write(photo, WriteText("a cat", Source.MODEL, ("cat",)), EMBED)
    assert all_keywords_of_exif(photo) == ("Pet", "cat")


def all_keywords_of_exif(path):
    data = path.read_bytes()
    return read_keywords(TiffBlock(jpeg.exif_block(data, jpeg.read_header(data).exif(data)[0])))


@both_targets
def test_a_keyword_of_another_program_stays_though_the_person_added_and_removed_it(photo, policy):
    packet = samples.xmp_packet(samples.subjects("beach"))
    photo.write_bytes(samples.with_segments(samples.xmp_segment(packet)))
    (photo.parent / "photo.jpg.xmp").write_bytes(packet)
    write(photo, WriteText("a dog", Source.MODEL, ("beach", "Pet"), user_keywords=("beach", "Pet")), policy)
    write(photo, WriteText("a dog", Source.MODEL, (), replaces_keywords=("beach", "Pet")), policy)
    assert all_keywords(photo) == {"beach"}


@both_targets
def test_words_changed_inside_one_of_our_parts_make_all_of_it_a_persons(photo, policy):
    write(photo, WriteText("Bella", Source.USER, ("dog", "Pet"), user_keywords=("Pet",)), policy)
    path = photo if policy is EMBED else photo.parent / "photo.jpg.xmp"
    path.write_bytes(path.read_bytes().replace(b">Pet<", b">Cat<"))
    caption, keywords = read(photo)
    assert caption == "Bella"
    assert {"Cat", "dog"} <= keywords
    plan = write(photo, samples.machine("a cat"), policy)
    assert plan.outcome is WriteOutcome.KEPT


def test_a_keyword_that_was_changed_by_hand_leaves_a_sidecar_that_is_read_and_written_on(photo):
    text = WriteText("a dog", Source.MODEL, ("dog", "Pet"), user_keywords=("Pet",))
    write(photo, text, SIDECAR)
    path = photo.parent / "photo.jpg.xmp"
    path.write_bytes(path.read_bytes().replace(b">Pet<", b">Cat<", 1))
    for caption in ("Bella", "Bella and Max", "Bella"):
        write(photo, WriteText(caption, Source.USER, ("Pet",), user_keywords=("Pet",)), SIDECAR)
        assert read(photo)[0] == caption
        assert {"Cat", "Pet"} <= read(photo)[1]
    before = snapshot(photo)
    write(photo, WriteText("Bella", Source.USER, ("Pet",), user_keywords=("Pet",)), SIDECAR)
    assert snapshot(photo) == before


# ---------------------------------------------------------------------------------------- keywords alone


def captions_of(path):
    """Where people's captions stand, to the byte of the fields that hold them."""
    data = path.read_bytes()
    header = jpeg.read_header(data)
    exif = [s.payload(data) for s in header.exif(data)]
    found = [(c.where, c.text) for c in facts.read(data).captions]
    return exif, [s.payload(data) for s in header.photoshop(data)], found


@pytest.mark.parametrize("name", samples.CAPTIONED)
def test_the_keywords_alone_go_into_a_photo_with_a_caption_of_its_own(photo, name):
    photo.write_bytes(samples.CAPTIONED[name]())
    before = captions_of(photo)
    text = WriteText("Grandma", Source.FILE, ("dog", "Pet"), user_keywords=("Pet",))
    plan = write(photo, text, EMBED)
    assert (plan.outcome, plan.before, plan.after) == (EMBEDDED, "Grandma", "Grandma")
    assert "keywords" in plan.note
    assert captions_of(photo) == before
    assert read(photo)[0] == "Grandma"
    assert "Pet" in read(photo)[1]
    assert "dog" not in read(photo)[1]
    assert {"dog", "Pet"} <= all_keywords(photo)
    written = snapshot(photo)
    assert write(photo, text, EMBED).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == written
    plan = write(photo, WriteText("Grandma", Source.FILE, ("dog",), replaces_keywords=("dog", "Pet")), EMBED)
    assert plan.outcome is EMBEDDED
    assert "Pet" not in all_keywords(photo)
    assert captions_of(photo) == before


@pytest.mark.parametrize("in_sidecar", [True, False])
def test_the_keywords_alone_go_into_a_sidecar(photo, in_sidecar):
    path = photo.parent / "photo.jpg.xmp"
    if in_sidecar:
        path.write_bytes(samples.xmp_packet(samples.described("Grandma") + samples.subjects("old")))
    else:
        photo.write_bytes(samples.camera_photo(description="Grandma"))
    original = snapshot(photo)
    text = WriteText("Grandma", Source.FILE, ("Pet",), user_keywords=("Pet",))
    assert write(photo, text, SIDECAR).outcome is WriteOutcome.SIDECAR
    tree = Xmp(path.read_bytes())
    assert tree.text(xmp.DESCRIPTION) == ("Grandma" if in_sidecar else "")
    assert tree.text(xmp.IMAGE_DESCRIPTION) == ""
    assert read(photo) == ("Grandma", {"Pet", "old"} if in_sidecar else {"Pet"})
    assert photo.read_bytes() == original["photo.jpg"]
    if in_sidecar:
        assert xmp.strip_marks(path.read_bytes()) == original[path.name]
    assert write(photo, text, SIDECAR).outcome is WriteOutcome.KEPT


@both_targets
def test_without_a_persons_keyword_a_captioned_photo_stays_untouched(photo, policy):
    photo.write_bytes(samples.camera_photo(description="Grandma"))
    before = snapshot(photo)
    plan = write(photo, WriteText("Grandma", Source.FILE, ("dog",)), policy)
    assert plan.outcome is WriteOutcome.KEPT
    assert snapshot(photo) == before


@both_targets
def test_a_persons_keyword_is_written_where_there_is_no_caption_yet(photo, policy):
    before = captions_of(photo)
    write(photo, WriteText("", Source.MODEL, ("Pet",), user_keywords=("Pet",)), policy)
    assert read(photo) == (None, {"Pet"})
    assert captions_of(photo) == before
    write(photo, samples.machine("a dog"), policy)
    assert standing(photo) == "a dog"
    assert read(photo) == (None, {"Pet"})


@both_targets
def test_keywords_beside_a_caption_that_a_lost_catalog_wrote_leave_it_as_it_is(photo, policy):
    write(photo, WriteText("Bella", Source.USER, ("Pet", "dog"), user_keywords=("Pet",)), policy)
    plan = write(photo, WriteText("Bella", Source.FILE, ("Pet", "sea"), user_keywords=("sea",)), policy)
    assert plan.after == "Bella"
    assert read(photo) == ("Bella", {"Pet", "sea"})
    direct = photo.parent / "direct"
    direct.mkdir()
    (direct / "photo.jpg").write_bytes(samples.camera_photo())
    text = WriteText("Bella", Source.USER, ("sea", "Pet"), user_keywords=("sea", "Pet"))
    write(direct / "photo.jpg", text, policy)
    assert snapshot(direct / "photo.jpg") == snapshot(photo)
