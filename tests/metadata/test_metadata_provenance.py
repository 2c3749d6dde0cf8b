"""What our marks say of a machine's text: which model wrote it, when, and in which run it was put there."""

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import metadata_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from metadata_writing import EMBED, SIDECAR, read, snapshot, write

from blipdesk.domain.values import Source
from blipdesk.domain.writes import ExistingText, WriteOutcome, WriteText
from blipdesk.metadata import embed, exif_patch, exif_texts, jpeg, xmp
from blipdesk.metadata.provenance import RECORD, Provenance, fingerprint
from blipdesk.metadata.xmp import Xmp

MADE_AT = 1_790_000_000.0  # 2026-09-21T14:13:20Z
TEXT = WriteText(
    "a dog", Source.MODEL, ("dog",), "Salesforce/blip--base@82a37760/caption", made_at=MADE_AT, run="run-7"
)
SAID = Provenance("Salesforce/blip--base@82a37760/caption", "2026-09-21T14:13:20Z", "run-7")
both_targets = pytest.mark.parametrize("policy", [EMBED, SIDECAR])


def sidecar_of(path):
    return (path.parent / "photo.jpg.xmp").read_bytes()


def test_a_sidecar_of_ours_says_where_its_text_comes_from(photo):
    write(photo, TEXT, SIDECAR)
    data = sidecar_of(photo)
    tree = Xmp(data)
    ElementTree.fromstring(data)
    told = [tree.text(name) for name in (xmp.OWN_MODEL, xmp.OWN_DATE, xmp.OWN_RUN)]
    assert told == [SAID.model_key, SAID.date, SAID.run]
    assert xmp.provenance(data) == SAID
    assert xmp.provenance(re.sub(rb"<!--.*?-->", b"", data)) == SAID


def test_a_sidecar_of_another_program_says_it_in_the_comments_alone(photo):
    old = samples.xmp_packet(samples.subjects("raw"))
    (photo.parent / "photo.jpg.xmp").write_bytes(old)
    write(photo, TEXT, SIDECAR)
    data = sidecar_of(photo)
    assert xmp.OURS.encode() not in data
    assert xmp.provenance(data) == SAID
    assert xmp.strip_marks(data) == old


def test_both_parts_of_a_photo_say_where_its_text_comes_from(photo):
    write(photo, TEXT)
    data = photo.read_bytes()
    header = jpeg.read_header(data)
    assert exif_patch.own_mark(jpeg.exif_block(data, header.exif(data)[0])).provenance == SAID
    packet = jpeg.xmp_packet(data, header.xmp(data)[0])
    assert xmp.provenance(packet) == SAID
    assert {p.name for p in Xmp(packet).properties} == {xmp.DESCRIPTION, xmp.SUBJECT}
    assert embed.strip(data) == samples.camera_photo()


@both_targets
def test_a_later_date_or_run_alone_changes_no_byte_but_another_model_does(photo, policy):
    write(photo, TEXT, policy)
    before = snapshot(photo)
    later = replace(TEXT, made_at=MADE_AT + 1e6, run="run-8")
    assert write(photo, later, policy).outcome is WriteOutcome.UNCHANGED
    assert write(photo, replace(TEXT, made_at=None, run="", model_key=""), policy).new is None
    assert snapshot(photo) == before
    assert write(photo, replace(later, model_key="demo@2/caption"), policy).new is not None
    again = snapshot(photo)
    for path in (photo, photo.parent / "photo.jpg.xmp"):
        path.unlink(missing_ok=True)
    photo.write_bytes(samples.camera_photo())
    write(photo, replace(later, model_key="demo@2/caption"), policy)
    assert snapshot(photo) == again


@both_targets
def test_another_keyword_is_written_with_the_date_and_run_that_wrote_it(photo, policy):
    write(photo, TEXT, policy)
    text = replace(TEXT, keywords=("dog", "lawn"), run="run-8")
    write(photo, text, policy)
    assert b"run=run-8" in b"".join(snapshot(photo).values())
    assert b"run=run-7" not in b"".join(snapshot(photo).values())


@both_targets
def test_a_persons_text_says_nothing_of_a_model(photo, policy):
    text = replace(TEXT, source=Source.USER, caption="Bella", keywords=("Pet",), user_keywords=("Pet",))
    write(photo, text, policy)
    held = b"".join(snapshot(photo).values())
    assert b"Salesforce" not in held
    assert b"run-7" not in held


@both_targets
def test_a_persons_keyword_leaves_the_machines_caption_where_it_comes_from(photo, policy):
    write(photo, TEXT, policy)
    more = WriteText("a dog", Source.FILE, ("dog", "Pet"), user_keywords=("Pet",), run="run-9")
    write(photo, more, policy)
    held = b"".join(snapshot(photo).values())
    assert read(photo) == (None, {"Pet"})
    assert b"run=run-7" in held
    assert b"run-9" not in held


KEYS = st.text(max_size=300) | st.sampled_from(["-->", "--", "a-", "----", "]]>", "\u202e", "%", "\ud800"])


@given(KEYS, st.none() | st.floats(), KEYS, st.sampled_from(ExistingText))
def test_whatever_a_model_is_called_the_record_is_read_back(model, made_at, run, existing):
    told = Provenance.of(model, made_at, run)
    if existing is not ExistingText.SKIP:
        told = replace(told, existing=existing, people=fingerprint(["Grandma"]))
    record = told.record()
    assert len(record) <= 255  # the EXIF footer has one byte for it
    assert Provenance.parse(record) == told
    mark = xmp.mark(Source.MODEL, b"<b/>", told)
    ElementTree.fromstring(b"<a>" + mark + b"</a>")
    assert not record or RECORD.fullmatch(b" " + record.encode())
    assert xmp.strip_marks(b"<a>" + mark + b"</a>") == b"<a></a>"
    assert xmp.provenance(mark) == told


@pytest.mark.parametrize("order", "<>")
def test_the_footer_of_a_block_holds_the_record(order):
    values = exif_texts.caption_values("a dog", None)
    for old in (samples.camera_block(order), b""):
        if old:
            block = exif_patch.append(old, values, Source.MODEL, provenance=SAID)
        else:
            block = exif_patch.new_block(values, Source.MODEL, provenance=SAID)
        assert exif_patch.own_mark(block).provenance == SAID
        assert exif_patch.strip(block) == old


def test_a_record_that_somebody_changed_is_no_harm():
    values = exif_texts.caption_values("a dog", None)
    block = exif_patch.append(samples.camera_block(), values, Source.MODEL, provenance=SAID)
    for new in (b"run=run-8", b"run=\xff\xfe\0--"):
        changed = block.replace(b"run=run-7", new)
        exif_patch.strip(changed)
        assert exif_patch.own_mark(changed).caption == "a dog"


EARLIER = Path(__file__).with_name("earlier")


def test_what_an_earlier_version_wrote_is_known_and_taken_out(photo):
    written = (EARLIER / "embedded.jpg").read_bytes()
    original = embed.strip(written)
    assert b"BlipDesk" in written
    assert b"BlipDesk" not in original
    photo.write_bytes(written)
    assert read(photo) == (None, set())
    assert write(photo, replace(TEXT, model_key="demo@1/caption")).outcome is WriteOutcome.UNCHANGED
    write(photo, replace(TEXT, caption="a cat"))
    direct = photo.parent / "direct.jpg"
    direct.write_bytes(original)
    write(direct, replace(TEXT, caption="a cat"))
    assert photo.read_bytes() == direct.read_bytes()


def test_a_sidecar_of_an_earlier_version_is_known_and_not_written_for_a_record(photo):
    path = photo.parent / "photo.jpg.xmp"
    path.write_bytes((EARLIER / "embedded.jpg.xmp").read_bytes())
    assert read(photo) == (None, set())
    text = replace(TEXT, model_key="demo@1/caption")
    assert write(photo, text, SIDECAR).outcome is WriteOutcome.UNCHANGED
    write(photo, replace(text, caption="a cat"), SIDECAR)
    assert xmp.provenance(path.read_bytes()).run == "run-7"


def test_broken_xmp_that_names_us_keeps_no_caption_out_of_exif(photo):
    broken = b'<x:xmpmeta xmlns:blipdesk="' + xmp.OURS.encode() + b'"><broken'
    photo.write_bytes(samples.with_segments(samples.xmp_segment(broken)))
    assert write(photo, TEXT).outcome is WriteOutcome.EMBEDDED
    assert write(photo, TEXT).outcome is WriteOutcome.UNCHANGED
