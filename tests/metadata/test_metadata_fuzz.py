"""Mutated and cut files: facts never raise, a patch is clean or refused, and a second one changes nothing."""

import functools
from pathlib import Path

import metadata_samples as samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blipdesk.domain.values import FileFacts, Source
from blipdesk.metadata import embed, read_facts, sidecar, texts
from blipdesk.metadata.provenance import Provenance
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "photos-exif"
TEXT = Wanted("Bella läuft", ("pet", "lawn"), Source.USER, ("pet",), replace=True)
FEW = settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@functools.cache
def originals():
    """Generated files, and small ones of the corpus where it is at hand."""
    generated = [
        samples.camera_photo("<"),
        samples.camera_photo(">", "OLYMPUS DIGITAL CAMERA"),
        samples.multi_picture(">"),
        samples.with_segments(
            samples.xmp_segment(samples.xmp_packet(samples.described("x") + samples.subjects("a"))),
            samples.iptc_segment(b"caption", [b"one"]),
        ),
    ]
    found = sorted(p for p in CORPUS.glob("*/*") if p.suffix != ".md" and p.stat().st_size < 60_000)
    return generated * 3 + [path.read_bytes() for path in found]


@st.composite
def broken_files(draw):
    data = bytearray(draw(st.sampled_from(originals())))
    if draw(st.integers(0, 4)) == 0:
        del data[draw(st.integers(0, len(data))) :]
    reach = max(1, min(len(data), draw(st.sampled_from([64, 400, 4000]))))
    changes = st.tuples(
        st.integers(0, reach - 1), st.one_of(st.integers(0, 255), st.sampled_from([0, 1, 128, 255]))
    )
    for at, value in draw(st.lists(changes, max_size=12)):
        if at < len(data):
            data[at] = value
    return bytes(data)


@FEW
@given(broken_files())
def test_broken_files_are_read_and_patched_or_refused(data):
    assert isinstance(read_facts(data, "JPEG"), FileFacts)
    try:
        new, _ = embed.embed(data, TEXT)
    except Refusal as refusal:
        assert refusal.reason
        return
    assert read_facts(new, "JPEG").caption == "Bella läuft"
    assert embed.embed(new, TEXT)[0] == new


@FEW
@given(st.binary(max_size=300))
def test_any_bytes_behind_a_known_start_are_survived(rest):
    for start in (
        b"\xff\xd8",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\0\0\0\0WEBP",
        b"II*\0",
        b"MM\0*",
        b"\0\0\0\x18ftypheic",
    ):
        assert isinstance(read_facts(start + rest, "?"), FileFacts)


PACKET = sidecar.render(None, Wanted("a dog", ("dog",), Source.MODEL, provenance=Provenance("key")))
PERSONS = Wanted("Bella", ("pet",), Source.USER, ("pet",), replace=True)
FOREIGN = samples.xmp_packet(samples.described("words") + samples.subjects("a", "b"))


@FEW
@given(
    st.sampled_from([PACKET, FOREIGN]),
    st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(b"<>/\"'=&; ab:-!?\0\xc3")), max_size=4),
)
def test_broken_sidecars_are_patched_or_refused(data, changes):
    broken = bytearray(data)
    for at, value in changes:
        broken[at % len(broken)] = value
    assert isinstance(read_facts(b"", "JPEG", bytes(broken)), FileFacts)
    try:
        new = sidecar.render(bytes(broken), PERSONS)
    except Refusal:
        return
    found = read_facts(b"", "JPEG", new)
    assert found.caption == "Bella"
    assert "pet" in found.keywords
    assert sidecar.render(new, PERSONS) == new


@FEW
@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=4))
def test_any_caption_can_be_written_and_reads_back(caption, keywords):
    caption, cleaned = texts.clean(caption), texts.clean_keywords(tuple(keywords))
    if not caption:
        return
    wanted = Wanted(caption, cleaned, Source.USER, replace=True)
    new, note = embed.embed(samples.camera_photo(), wanted)
    assert note == ""
    beside = sidecar.render(None, wanted)
    assert sidecar.caption_of(beside) == caption
    if not texts.is_boilerplate(caption) and not texts.is_technical(caption):
        assert read_facts(new, "JPEG").caption == caption
        assert read_facts(b"", "JPEG", beside).caption == caption
