"""Each list of keywords in its own way: paths where there is a hierarchy, ";" where it separates nothing."""

from dataclasses import replace

import metadata_samples as samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from metadata_fields import HIERARCHIES, bag, packet, with_packet
from metadata_writing import EMBED, SIDECAR, read, read_sidecar, snapshot, write

from blipdesk.domain.own_texts import leaf
from blipdesk.domain.values import Source
from blipdesk.domain.writes import WriteOutcome, WriteText
from blipdesk.metadata import exif_texts, formats, read_facts, sidecar_patch, xmp
from blipdesk.metadata.keyword_paths import compared
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

TREE = ("Places|France|Paris", "Anna")
each_program = pytest.mark.parametrize("program", HIERARCHIES)
both_targets = pytest.mark.parametrize("policy", [EMBED, SIDECAR])


def lists(photo):
    """``dc:subject``, ``lr:hierarchicalSubject`` and ``digiKam:TagsList`` of the sidecar."""
    tree = Xmp(read_sidecar(str(photo)))
    return tuple(tree.texts(name) for name in (xmp.SUBJECT, xmp.HIERARCHICAL, xmp.TAGS_LIST))


@each_program
def test_a_new_sidecar_has_the_paths_that_stand_in_the_photo(photo, program):
    photo.write_bytes(with_packet(HIERARCHIES[program]))
    write(photo, samples.machine("a dog", "Paris", "dog", "france", "Anna"), SIDECAR)
    assert lists(photo) == (
        ("Paris", "dog", "france", "Anna"),
        ("Places|France|Paris", "dog", "Anna"),
        ("Places/France/Paris", "dog", "Anna"),
    )
    before = snapshot(photo)
    assert write(photo, samples.machine("a dog", "Paris", "dog", "france", "Anna"), SIDECAR).new is None
    assert snapshot(photo) == before


@each_program
def test_a_level_of_a_path_is_no_root_of_a_standing_sidecar(photo, program):
    old = packet(HIERARCHIES[program] + bag("dc:subject", "Paris"))
    (photo.parent / "photo.jpg.xmp").write_bytes(old)
    write(photo, samples.machine("a dog", "Paris", "Anna", "dog"), SIDECAR)
    subject, hierarchical, tags = lists(photo)
    assert subject == ("Paris", "Anna", "dog")
    assert hierarchical == ("Places|France|Paris", "Anna", "dog")
    assert tags == ("Places/France/Paris", "Anna", "dog")
    assert xmp.strip_marks(read_sidecar(str(photo))) == old


def test_a_keyword_under_two_parents_and_one_whose_child_was_taken_off(photo):
    paths = bag("lr:hierarchicalSubject", "Places|Texas|Paris", "Names|Paris", "Animals|Pets|dog", "Sky|blue")
    photo.write_bytes(with_packet(paths))
    write(photo, samples.machine("a dog", "paris", "pets"), SIDECAR)
    assert lists(photo)[1] == ("Places|Texas|Paris", "Names|Paris", "Animals|Pets")
    assert lists(photo)[2] == ("Places/Texas/Paris", "Names/Paris", "Animals/Pets")


def test_a_persons_keyword_in_a_hierarchy_is_theirs_and_can_be_taken_back(photo):
    photo.write_bytes(with_packet(HIERARCHIES["digikam"]))
    text = WriteText("a dog", Source.MODEL, ("France", "dog"), user_keywords=("France",))
    write(photo, text, SIDECAR)
    before = snapshot(photo)
    assert lists(photo)[1] == ("Places|France", "dog")
    assert read_facts(b"", "JPEG", read_sidecar(str(photo))).keyword_paths == ("Places|France",)
    assert write(photo, text, SIDECAR).outcome is WriteOutcome.UNCHANGED
    write(photo, WriteText("a cat", Source.MODEL, ("cat",)), SIDECAR)  # another catalog's
    assert lists(photo) == (("France", "cat"), ("Places|France", "cat"), ("Places/France", "cat"))
    write(photo, text, SIDECAR)
    assert snapshot(photo) == before
    write(photo, WriteText("a dog", Source.MODEL, ("dog",), replaces_keywords=("France", "dog")), SIDECAR)
    assert lists(photo) == (("dog",),) * 3


def test_what_separates_levels_in_a_list_is_no_part_of_a_keyword_there(photo):
    text = WriteText("a band", Source.USER, ("AC/DC", "Music|Rock"), user_keywords=("AC/DC", "Music|Rock"))
    write(photo, text, SIDECAR)
    assert lists(photo) == (("AC/DC", "Rock"), ("AC/DC", "Music|Rock"), ("AC\\DC", "Music/Rock"))
    assert read(photo)[1] == {"AC/DC", "Rock"}
    before = snapshot(photo)
    assert write(photo, text, SIDECAR).outcome is WriteOutcome.UNCHANGED
    write(
        photo,
        WriteText("b", Source.USER, text.keywords, user_keywords=text.keywords, replaces="a band"),
        SIDECAR,
    )
    write(
        photo,
        WriteText("a band", Source.USER, text.keywords, user_keywords=text.keywords, replaces="b"),
        SIDECAR,
    )
    assert snapshot(photo) == before


def test_what_another_program_wrote_as_it_is_is_not_written_again(photo):
    old = packet(bag("digiKam:TagsList", "black/white") + bag("lr:hierarchicalSubject", "Black/White"))
    (photo.parent / "photo.jpg.xmp").write_bytes(old)
    write(photo, samples.machine("a dog", "black/white"), SIDECAR)
    assert lists(photo) == (("black/white",), ("Black/White",), ("black/white",))


# ---------------------------------------------------------------------------------------- semicolons


def xp_keywords(photo):
    (block,) = formats.open_file(photo.read_bytes()).exif
    return exif_texts.read_keywords(TiffBlock(block))


def subjects(photo, policy):
    tree = Xmp(
        read_sidecar(str(photo)) if policy is SIDECAR else formats.open_file(photo.read_bytes()).xmp[0]
    )
    return tree.keywords()


@both_targets
def test_a_semicolon_stays_where_it_separates_nothing(photo, policy):
    text = WriteText("a dog", Source.MODEL, ("a; b", "c;d"), user_keywords=("c;d",))
    original = photo.read_bytes()
    write(photo, text, policy)
    assert set(subjects(photo, policy)) == {"a; b", "c;d"}
    assert read(photo)[1] == {"c;d"}
    if policy is EMBED:
        assert set(xp_keywords(photo)) == {"a, b", "c,d"}
    else:
        assert lists(photo)[1:] == (("c;d", "a; b"),) * 2
        assert photo.read_bytes() == original


@both_targets
def test_captioning_again_adds_no_second_form_of_a_keyword(photo, policy):
    text = WriteText("a dog", Source.MODEL, ("a;b", "dog"), user_keywords=("a;b",))
    write(photo, text, policy)
    once = snapshot(photo)
    assert write(photo, text, policy).outcome is WriteOutcome.UNCHANGED
    write(photo, WriteText("a cat", Source.MODEL, ("cat",)), policy)  # another catalog's
    assert set(subjects(photo, policy)) == {"a;b", "cat"}
    write(photo, text, policy)
    assert snapshot(photo) == once
    write(photo, WriteText("a dog", Source.MODEL, ("dog",), replaces_keywords=("a;b", "dog")), policy)
    assert subjects(photo, policy) == ("dog",)
    assert policy is SIDECAR or xp_keywords(photo) == ("dog",)


def test_a_keyword_that_windows_holds_in_its_form_is_not_added_twice(photo):
    raw = "a,b".encode("utf-16-le") + b"\0\0"
    block = samples.tiff({0x9C9E: (1, len(raw), raw)})
    photo.write_bytes(
        samples.with_segments(
            samples.exif_segment(block), samples.xmp_segment(packet(bag("dc:subject", "a;b")))
        )
    )
    assert read(photo)[1] == {"a;b"}
    write(photo, samples.machine("a dog", "a;b", "dog"))
    assert xp_keywords(photo) == ("a,b", "dog")
    assert subjects(photo, EMBED) == ("a;b", "dog")


def test_a_keyword_that_windows_holds_in_its_parts_is_not_spelt_anew(photo):
    """A program filled XPKeywords from ``dc:subject`` and left the semicolon as it is."""
    raw = "a;b;c".encode("utf-16-le") + b"\0\0"
    block = samples.exif_segment(samples.tiff({0x9C9E: (1, len(raw), raw)}))
    photo.write_bytes(samples.with_segments(block, samples.xmp_segment(packet(bag("dc:subject", "a;b")))))
    keywords = read_facts(photo.read_bytes(), "JPEG").keywords
    assert set(keywords) == {"a;b", "c"}
    write(photo, samples.machine("a dog", *keywords, "dog"))
    assert xp_keywords(photo) == ("a", "b", "c", "dog")
    assert subjects(photo, EMBED) == ("a;b", "c", "dog")
    assert set(read_facts(photo.read_bytes(), "JPEG").keywords) == {"a;b", "c"}
    assert write(photo, samples.machine("a dog", *keywords, "dog")).outcome is WriteOutcome.UNCHANGED


# ------------------------------------------------------------------------------------- typed paths

TYPED = WriteText("a hill", Source.USER, ("Ort|Berg", "dog"), user_keywords=("Ort|Berg", "dog"))


@both_targets
def test_a_typed_path_is_its_last_level_where_there_is_no_hierarchy(photo, policy):
    write(photo, TYPED, policy)
    once = snapshot(photo)
    assert subjects(photo, policy) == ("Berg", "dog")
    if policy is EMBED:
        assert xp_keywords(photo) == ("Berg", "dog")
    else:
        assert lists(photo)[1:] == (("Ort|Berg", "dog"), ("Ort/Berg", "dog"))
    assert read(photo)[1] == {"Berg", "dog"}
    assert write(photo, TYPED, policy).outcome is WriteOutcome.UNCHANGED
    found_again = WriteText("a hill", Source.USER, ("Ort|Berg", "dog", "Berg"), user_keywords=TYPED.keywords)
    write(photo, found_again, policy)
    assert snapshot(photo) == once


@both_targets
def test_a_typed_path_outlives_another_catalog_and_goes_when_it_is_taken_back(photo, policy):
    write(photo, replace(TYPED, source=Source.MODEL), policy)
    once = snapshot(photo)
    write(photo, WriteText("a cat", Source.MODEL, ("cat",)), policy)
    assert set(subjects(photo, policy)) == {"Berg", "dog", "cat"}
    assert policy is EMBED or lists(photo)[1] == ("Ort|Berg", "dog", "cat")
    write(photo, replace(TYPED, source=Source.MODEL), policy)
    assert snapshot(photo) == once
    left = replace(TYPED, keywords=("dog",), user_keywords=("dog",), replaces_keywords=TYPED.keywords)
    write(photo, replace(left, source=Source.MODEL), policy)
    assert subjects(photo, policy) == ("dog",)
    assert policy is EMBED or lists(photo)[1:] == (("dog",), ("dog",))


def test_a_path_that_another_program_wrote_into_a_flat_list_is_there(photo):
    raw = "Ort|Berg".encode("utf-16-le") + b"\0\0"
    block = samples.exif_segment(samples.tiff({0x9C9E: (1, len(raw), raw)}))
    photo.write_bytes(
        samples.with_segments(block, samples.xmp_segment(packet(bag("dc:subject", "Ort|Berg"))))
    )
    write(photo, samples.machine("a dog", "Ort|Berg", "dog"))
    assert xp_keywords(photo) == subjects(photo, EMBED) == ("Ort|Berg", "dog")


LEVELS = st.text("abA/\\ ", min_size=1, max_size=3).map(str.strip).filter(bool)
PATHS = st.lists(st.lists(LEVELS, min_size=1, max_size=3).map("|".join), max_size=5)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.text("abA|/\\;", min_size=1, max_size=4), max_size=5), PATHS, PATHS, PATHS)
def test_whatever_stands_in_the_lists_they_only_grow_and_say_every_keyword(keywords, known, standing, tags):
    old = packet(
        bag("lr:hierarchicalSubject", *standing)
        + bag("digiKam:TagsList", *(path.replace("|", "/") for path in tags))
    )
    wanted = Wanted("a dog", tuple(keywords), Source.MODEL, tuple(keywords[:2]), keyword_paths=tuple(known))
    new = sidecar_patch.render(old, wanted)
    before, after = Xmp(old), Xmp(new)
    assert xmp.strip_marks(new) == old
    assert {k.casefold() for k in after.keywords()} == {leaf(k).casefold() for k in keywords}
    for name in (xmp.HIERARCHICAL, xmp.TAGS_LIST):
        assert set(before.texts(name)) <= set(after.texts(name))
    said = {compared(level) for path in after.texts(xmp.HIERARCHICAL) for level in path.split("|")}
    assert {compared(level) for k in keywords for level in k.split("|") if level} <= said
    assert sidecar_patch.render(new, wanted) == new


@both_targets
def test_a_keyword_taken_off_that_another_program_holds_too_is_named(photo, policy):
    held = samples.xmp_packet(samples.subjects("Oma", "Berlin"))
    if policy is SIDECAR:
        (photo.parent / "photo.jpg.xmp").write_bytes(held)
    else:
        photo.write_bytes(samples.with_segments(samples.xmp_segment(held)))
    first = WriteText("a dog", Source.MODEL, ("oma", "Anna", "dog"), user_keywords=("oma", "Anna"))
    assert "stay" not in write(photo, first, policy).note
    fewer = replace(
        first, keywords=("Anna", "dog"), user_keywords=("Anna",), replaces_keywords=first.keywords
    )
    plan = write(photo, fewer, policy)
    if policy is EMBED:  # XPKeywords had it from us
        assert plan.note == "Another program's lists go on holding what was taken off: Oma."
    none = replace(fewer, keywords=("dog",), user_keywords=(), replaces_keywords=("oma", "Anna", "dog"))
    assert write(photo, none, policy).note == "Another program's lists go on holding what was taken off: Oma."
    assert "Oma" in read(photo)[1] and "Anna" not in read(photo)[1]
    captioned = replace(none, caption="a cat", keywords=("cat",), replaces_keywords=("dog", "oma"))
    assert write(photo, captioned, policy).note == ""  # nobody took one off
