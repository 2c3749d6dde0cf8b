"""Broken files of every format: facts never raise, a write damages nothing or is refused in words."""

import tempfile

import metadata_mutations as mutations
import metadata_samples as samples
import metadata_trial as trials
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blipdesk.domain.own_texts import leaf
from blipdesk.domain.values import FileFacts, Source
from blipdesk.metadata import embed, read_facts, sidecar_patch, texts
from blipdesk.metadata.provenance import Provenance
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp import Xmp

FEW = settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
MORE = settings(FEW, max_examples=500)

FILES = mutations.made_files() * 3 + trials.written_files() + mutations.corpus_files(most=60_000)


@MORE
@given(mutations.broken(FILES), trials.texts, trials.policies, trials.texts)
def test_broken_files_are_read_and_written_without_damage_or_refused(file, text, policy, again):
    with tempfile.TemporaryDirectory() as folder:
        trials.trial(folder, *file, text, policy, again)


@pytest.mark.parametrize("number", range(len(mutations.made_files())))
@pytest.mark.parametrize("text", trials.TEXTS)
def test_whole_files_of_every_format_pass_the_same_trial(number, text, tmp_path):
    for policy in trials.POLICIES:
        trials.trial(tmp_path, *mutations.made_files()[number], text, policy, trials.TEXTS[1])


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


@pytest.mark.parametrize("suffix", mutations.SUFFIXES.values())
def test_a_file_in_which_a_person_wrote_through_us_passes_the_same_trial(suffix, tmp_path):
    file = [found for found in trials.written_files() if found[0] == suffix][-1]
    for text in trials.TEXTS:
        for policy in trials.POLICIES:
            trials.trial(tmp_path, *file, text, policy, trials.TEXTS[1])


PACKET = sidecar_patch.render(None, Wanted("a dog", ("dog",), Source.MODEL, provenance=Provenance("key")))
PERSONS = Wanted("Bella", ("pet",), Source.USER, ("pet",), replace=True)
BOTHS = sidecar_patch.render(None, Wanted("a dog", ("dog", "pet"), Source.MODEL, ("pet",)))
FOREIGN = samples.xmp_packet(samples.described("words") + samples.subjects("a", "b"))


@FEW
@given(
    st.sampled_from([PACKET, BOTHS, FOREIGN]),
    st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(b"<>/\"'=&; ab:-!?\0\xc3")), max_size=4),
)
def test_broken_sidecars_are_patched_or_refused(data, changes):
    broken = bytearray(data)
    for at, value in changes:
        broken[at % len(broken)] = value
    assert isinstance(read_facts(b"", "JPEG", bytes(broken)), FileFacts)
    try:
        new = sidecar_patch.render(bytes(broken), PERSONS)
    except Refusal:
        return
    found = read_facts(b"", "JPEG", new)
    assert found.caption == "Bella"
    assert "pet" in found.keywords
    assert sidecar_patch.render(new, PERSONS) == new


@FEW
@given(st.text(max_size=200), st.lists(st.text(max_size=20) | st.text("abA|/\\;, ", max_size=8), max_size=4))
def test_any_caption_can_be_written_and_reads_back(caption, keywords):
    caption, cleaned = texts.clean(caption), texts.clean_keywords(tuple(keywords))
    if not caption:
        return
    wanted = Wanted(caption, cleaned, Source.USER, replace=True)
    new, note = embed.embed(samples.camera_photo(), wanted)
    assert note == ""
    beside = sidecar_patch.render(None, wanted)
    assert sidecar_patch.caption_of(beside) == caption
    assert sidecar_patch.render(beside, wanted) == beside
    assert {leaf(k).casefold() for k in cleaned} == {k.casefold() for k in Xmp(beside).keywords()}
    if not texts.is_boilerplate(caption) and not texts.is_technical(caption):
        assert read_facts(new, "JPEG").caption == caption
        assert read_facts(b"", "JPEG", beside).caption == caption
