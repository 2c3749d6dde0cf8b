"""Captions in several languages: each stays in its own words, and ours is there for everybody."""

from dataclasses import replace

import metadata_samples as samples
import pytest
from metadata_fields import alternatives, packet
from metadata_writing import EMBED, SIDECAR, read, read_sidecar, snapshot, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import ExistingText, WriteOutcome, WriteText
from blipdesk.metadata import embed, exif_texts, formats, xmp, xmp_edit
from blipdesk.metadata.tiff import TiffBlock
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

APPEND, REPLACE = (replace(EMBED, existing=choice) for choice in (ExistingText.APPEND, ExistingText.REPLACE))
FRENCH, GERMAN, OURS = "Un chat", "Eine Katze", "a dog"
TWO = alternatives("dc:description", fr_FR=FRENCH, de_DE=GERMAN)
HOLLOW_DEFAULTS = {
    "open": "<rdf:li xml:lang='x-default'></rdf:li>",
    "closed": "<rdf:li xml:lang='x-default'/>",
    "closed, with a blank": "<rdf:li xml:lang='x-default' />",
}


def with_captions(photo, inner, policy=EMBED):
    data = packet(inner)
    if policy.target is SIDECAR.target:
        (photo.parent / "photo.jpg.xmp").write_bytes(data)
    else:
        photo.write_bytes(samples.with_segments(samples.xmp_segment(data)))


def said(photo, policy=EMBED):
    """The captions by language, and the EXIF description."""
    file = formats.open_file(photo.read_bytes())
    beside = policy.target is SIDECAR.target
    (found,) = Xmp(read_sidecar(str(photo)) if beside else file.xmp[0]).find(xmp.DESCRIPTION)
    texts = [(node.attributes[xmp.LANG], node.text) for node in found.items()]
    return texts, "".join(exif_texts.read_description(TiffBlock(block)) for block in file.exif)


def test_appended_it_stands_behind_one_of_them_for_everybody_and_each_language_stays(photo):
    with_captions(photo, TWO)
    original = photo.read_bytes()
    plan = write(photo, samples.machine(OURS), APPEND)
    languages = [("x-default", f"{FRENCH}\n{OURS}"), ("fr-FR", FRENCH), ("de-DE", GERMAN)]
    assert said(photo) == (languages, "")  # a description would hide them from most readers
    assert "another caption stands in its XMP in fr-FR" in plan.note
    assert read(photo)[0] == FRENCH
    assert embed.strip(photo.read_bytes()) == original


def test_replaced_no_language_holds_ours_and_the_note_names_those_that_stay(photo):
    with_captions(photo, TWO)
    plan = write(photo, samples.machine(OURS), REPLACE)
    assert said(photo) == ([("x-default", OURS), ("fr-FR", FRENCH), ("de-DE", GERMAN)], OURS)
    assert "but not in its XMP in fr-FR as well as its XMP in de-DE; undo" in plan.note


@pytest.mark.parametrize("policy", [APPEND, REPLACE, replace(SIDECAR, existing=ExistingText.APPEND)])
@pytest.mark.parametrize("inner", [TWO, alternatives("dc:description", fr_FR=FRENCH)])
def test_captioning_again_gives_the_same_bytes(photo, inner, policy):
    with_captions(photo, inner, policy)
    write(photo, samples.machine(OURS), policy)
    once = snapshot(photo)
    assert said(photo, policy)[0][0][0] == "x-default"
    assert write(photo, samples.machine(OURS), policy).new is None
    assert write(photo, samples.machine(OURS), replace(policy, existing=ExistingText.SKIP)).new is None
    write(photo, samples.machine("a cat"), policy)
    write(photo, samples.machine(OURS), policy)
    assert snapshot(photo) == once


@pytest.mark.parametrize("policy", [EMBED, SIDECAR])
def test_what_a_person_typed_is_for_everybody_and_can_be_taken_back(photo, policy):
    with_captions(photo, TWO, policy)
    before = snapshot(photo)
    typed = WriteText("Tom", Source.USER, ("pet",), user_keywords=("pet",))
    write(photo, typed, policy)
    once = snapshot(photo)
    assert said(photo, policy)[0] == [("x-default", "Tom"), ("fr-FR", FRENCH), ("de-DE", GERMAN)]
    write(photo, replace(typed, keywords=("pet", "cat"), user_keywords=("pet", "cat")), policy)
    assert said(photo, policy)[0][0] == ("x-default", "Tom")
    write(photo, replace(typed, replaces_keywords=("pet", "cat")), policy)
    assert snapshot(photo) == once
    taken_back = WriteText("", Source.USER, (), replaces="Tom", replaces_keywords=("pet",))
    write(photo, taken_back, policy)
    assert said(photo, policy)[0] == [("fr-FR", FRENCH), ("de-DE", GERMAN)]
    assert read(photo)[0] == FRENCH
    assert policy is EMBED or snapshot(photo) == before


def test_what_a_person_typed_takes_the_place_of_the_only_caption_whatever_its_language(photo):
    with_captions(photo, alternatives("dc:description", en_US="A cat"))
    write(photo, WriteText("Tom", Source.USER))
    assert said(photo) == ([("en-US", "Tom")], "Tom")


def test_a_language_that_says_the_same_as_the_default_follows_it(photo):
    """As in Adobe's programs; a reader that asks for it would go on showing what gave way."""
    inner = alternatives("dc:description", x_default=FRENCH, fr_FR=FRENCH, de_DE=GERMAN)
    with_captions(photo, inner)
    original = photo.read_bytes()
    plan = write(photo, samples.machine(OURS), REPLACE)
    assert said(photo) == ([("x-default", OURS), ("fr-FR", OURS), ("de-DE", GERMAN)], OURS)
    assert "but not in its XMP in de-DE" in plan.note
    assert embed.strip(photo.read_bytes()) == original


def test_a_description_stays_that_does_not_say_what_stands_in_another_language(photo):
    block = samples.exif_segment(samples.camera_block(description=FRENCH))
    inner = alternatives("dc:description", x_default=FRENCH, de_DE=GERMAN)
    photo.write_bytes(samples.with_segments(block, samples.xmp_segment(packet(inner))))
    plan = write(photo, samples.machine(OURS), APPEND)
    assert said(photo) == ([("x-default", f"{FRENCH}\n{OURS}"), ("de-DE", GERMAN)], FRENCH)
    assert plan.note.startswith(
        "Only the XMP part is written, because another caption stands in its XMP in de-DE."
    )


@pytest.mark.parametrize("form", HOLLOW_DEFAULTS)
@pytest.mark.parametrize("policy", [APPEND, REPLACE])
def test_an_empty_default_is_filled(photo, form, policy):
    grey = f'<rdf:li xml:lang="fr-FR">{FRENCH}</rdf:li>'
    with_captions(photo, f"<dc:description><rdf:Alt>{HOLLOW_DEFAULTS[form]}{grey}</rdf:Alt></dc:description>")
    original = photo.read_bytes()
    plan = write(photo, samples.machine(OURS), policy)
    assert plan.outcome is WriteOutcome.EMBEDDED
    ours = OURS if policy is REPLACE else f"{FRENCH}\n{OURS}"
    assert said(photo) == ([("x-default", ours), ("fr-FR", FRENCH)], ours)
    assert embed.strip(photo.read_bytes()) == original
    once = snapshot(photo)
    assert write(photo, samples.machine(OURS), policy).new is None
    write(photo, samples.machine("a cat"), policy)
    write(photo, samples.machine(OURS), policy)
    assert snapshot(photo) == once


def languages_of(packet):
    (found,) = xmp.Xmp(packet).find(xmp.DESCRIPTION)
    return [(item.attributes.get(xmp.LANG), item.text) for item in found.items()]


@pytest.mark.parametrize("existing", [ExistingText.APPEND, ExistingText.SKIP])
@pytest.mark.parametrize("item", ['<rdf:li xml:lang="de"></rdf:li>', '<rdf:li xml:lang="de"/>'])
def test_a_language_that_says_nothing_is_given_no_text_of_another(photo, item, existing):
    held = samples.xmp_packet(f"<dc:description><rdf:Alt>{item}</rdf:Alt></dc:description>")
    description = "Grandma" if existing is ExistingText.APPEND else None
    block = samples.camera_block(description=description)
    photo.write_bytes(samples.with_segments(samples.exif_segment(block), samples.xmp_segment(held)))
    policy = replace(EMBED, existing=existing)
    assert write(photo, samples.machine(OURS), policy).outcome is WriteOutcome.EMBEDDED
    (packet,) = formats.open_file(photo.read_bytes()).xmp
    said = f"Grandma\n{OURS}" if description else OURS
    assert languages_of(packet) == [("x-default", said), ("de", "")]
    assert xmp.strip_marks(packet) == held
    assert write(photo, samples.machine(OURS), policy).new is None


@pytest.mark.parametrize("policy", [EMBED, APPEND, REPLACE, SIDECAR])
def test_a_packet_that_says_two_captions_stays_as_it_is(photo, policy):
    twice = samples.xmp_packet("<dc:description>One</dc:description><dc:description>Two</dc:description>")
    photo.write_bytes(data := samples.with_segments(samples.xmp_segment(twice)))
    write(photo, samples.machine(OURS), policy)
    write(photo, samples.user("Typed"), policy)
    assert twice in photo.read_bytes()
    photo.write_bytes(data)
    beside = photo.parent / "photo.jpg.xmp"
    beside.write_bytes(twice)
    plan = write(photo, samples.user("Typed"), SIDECAR)
    assert plan.outcome is WriteOutcome.REFUSED and "two captions" in plan.note
    assert beside.read_bytes() == twice


def test_a_caption_that_stands_twice_in_a_packet_is_replaced_in_both_places():
    twice = samples.xmp_packet("<dc:description>One</dc:description>" * 2)
    new = xmp_edit.edit(twice, Wanted("Typed", (), Source.USER, replace=True))
    assert [found.text() for found in xmp.Xmp(new).find(xmp.DESCRIPTION)] == ["Typed", "Typed"]
