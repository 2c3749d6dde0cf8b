"""What a person chose for a machine's caption beside their own, followed in a sidecar."""

from dataclasses import replace

import metadata_samples as samples
import pytest
from metadata_choices import APPEND, CHOICES, FROM_FILE, JOINED, MODEL, OURS, PLACES, REPLACE, THEIRS
from metadata_writing import EMBED, SIDECAR, read, read_sidecar, snapshot, write

from blipdesk.domain.writes import ExistingText, WriteOutcome
from blipdesk.metadata import xmp
from blipdesk.metadata.xmp import Xmp

BESIDE = {name: replace(SIDECAR, existing=policy.existing) for name, policy in CHOICES.items()}


def sidecar_says(path):
    tree = Xmp(read_sidecar(str(path)))
    return tuple(tree.text(name) for name in xmp.CAPTION_PROPERTIES)


@pytest.mark.parametrize("policy", [BESIDE["append"], BESIDE["replace"]], ids=["append", "replace"])
@pytest.mark.parametrize("in_sidecar", [True, False])
def test_the_choice_is_followed_in_a_sidecar(photo, policy, in_sidecar):
    path = photo.parent / "photo.jpg.xmp"
    original = samples.xmp_packet(samples.described(THEIRS))
    if in_sidecar:
        path.write_bytes(original)
    else:
        photo.write_bytes(PLACES["exif"]())
    before = photo.read_bytes()
    assert write(photo, MODEL, policy).outcome is WriteOutcome.SIDECAR
    said = JOINED if policy.existing is ExistingText.APPEND else OURS
    assert sidecar_says(photo) == (said, said)
    assert read(photo)[0] == THEIRS
    assert photo.read_bytes() == before
    if in_sidecar:
        assert xmp.strip_marks(path.read_bytes()) == original
    written = snapshot(photo)
    assert write(photo, replace(MODEL, run="run-2"), policy).new is None
    assert write(photo, FROM_FILE, SIDECAR).outcome is WriteOutcome.KEPT
    assert write(photo, MODEL, EMBED).outcome is WriteOutcome.KEPT
    assert snapshot(photo) == written


def test_a_comment_beside_a_caption_has_no_place_in_a_sidecar(photo):
    photo.write_bytes(PLACES["exif"]())
    before = snapshot(photo)
    plan = write(photo, MODEL, BESIDE["comment"])
    assert plan.outcome is WriteOutcome.KEPT
    assert "inside the photo" in plan.note
    assert snapshot(photo) == before


@pytest.mark.parametrize("policy", [APPEND, REPLACE])
def test_where_the_persons_caption_stands_in_the_sidecar_that_is_the_place(photo, policy):
    (photo.parent / "photo.jpg.xmp").write_bytes(samples.xmp_packet(samples.described(THEIRS)))
    before = photo.read_bytes()
    assert write(photo, MODEL, policy).outcome is WriteOutcome.SIDECAR
    assert photo.read_bytes() == before
    assert read(photo)[0] == THEIRS


def test_words_added_to_in_a_sidecar_stay_theirs_where_another_program_drops_our_marks(photo):
    photo.write_bytes(PLACES["exif"]())
    write(photo, MODEL, BESIDE["append"])
    path = photo.parent / "photo.jpg.xmp"
    data = path.read_bytes()
    start, end = data.index(b"<!--BlipDesk"), data.index(b"<!--/BlipDesk-->")
    data = data[:start] + data[data.index(b"-->", start) + 3 : end] + data[end + len(b"<!--/BlipDesk-->") :]
    path.write_bytes(data)
    photo.write_bytes(samples.camera_photo())
    assert read(photo)[0] == JOINED
    assert write(photo, replace(MODEL, caption="a cat"), SIDECAR).outcome is WriteOutcome.KEPT
    assert path.read_bytes() == data
