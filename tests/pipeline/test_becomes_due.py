"""What a changed policy makes due: all that it would write otherwise than before, and nothing else."""

from dataclasses import replace

import pytest
from PIL import Image
from undo_desk import BESIDE, EMBED, EVERYTHING, Desk, outcomes

from blipdesk.domain.values import PhotoState, WriteTarget
from blipdesk.domain.writes import WriteOutcome

HEIF_TOO = replace(EMBED, embed_heif=True)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def put_heif(desk, name, exif=True):
    """A captioned photo in a HEIF container; without an Exif item it takes no caption in."""
    block = Image.Exif()
    block[0x0110] = "a camera"
    path = desk.photos / name
    picture = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    picture.save(path, "AVIF", **({"exif": block} if exif else {}))
    desk.caption(*desk.meet(path))
    return path


def due(desk, policy):
    return [path for _, path in desk.catalog.pending_paths(policy.target, policy.embed_heif)]


def passed(desk, policy):
    """One look of the write-back at what waits, under a policy."""
    desk.back.set_policy(policy)
    before = desk.files()
    desk.back._write_pass(policy)
    after = desk.files()
    return sorted(name for name in after if after[name] != before.get(name))


def test_switching_heif_on_makes_due_what_stands_beside_for_that_alone(desk):
    put_heif(desk, "a.avif")
    put_heif(desk, "without.avif", exif=False)
    desk.captioned("b.jpg")
    desk.captioned("theirs.jpg", caption="Anna, 1950")
    assert passed(desk, EMBED) == ["a.avif.xmp", "b.jpg", "without.avif.xmp"]
    assert passed(desk, EMBED) == []
    assert due(desk, EMBED) == []
    assert desk.photo(desk.photos / "a.avif").state is PhotoState.WRITTEN
    assert due(desk, HEIF_TOO) == [str(desk.photos / "a.avif"), str(desk.photos / "without.avif")]
    assert "a.avif" in passed(desk, HEIF_TOO)
    assert desk.photo(desk.photos / "a.avif").written is WriteTarget.EMBED
    assert passed(desk, HEIF_TOO) == [], "one that cannot take a caption in is tried once"
    assert due(desk, HEIF_TOO) == due(desk, EMBED) == []


def test_what_a_sidecar_said_already_becomes_due_as_well(desk):
    path = put_heif(desk, "a.avif")
    assert passed(desk, BESIDE) == ["a.avif.xmp"]
    assert passed(desk, EMBED) == [], "the sidecar says it"
    assert "a.avif" in passed(desk, HEIF_TOO)
    assert b"a boat" in path.read_bytes()


def test_a_write_of_before_the_switch_that_stands_again_is_due_with_it(desk):
    path = put_heif(desk, "a.avif")
    desk.write(EMBED, path)
    desk.undo(EVERYTHING)
    assert due(desk, HEIF_TOO) == [], "what a person took back waits for the person"
    (last, *_) = desk.catalog.runs(1)
    desk.undo(replace(EVERYTHING, since=None, run_id=last.id))
    assert desk.photo(path).written is WriteTarget.SIDECAR
    assert (due(desk, EMBED), due(desk, HEIF_TOO)) == ([], [str(path)])


def test_embedding_instead_of_sidecars_makes_all_of_them_due(desk):
    paths = desk.captioned("a.jpg", "b.jpg")
    (theirs,) = desk.captioned("theirs.jpg", caption="Anna, 1950")
    assert set(outcomes(desk.write(BESIDE))) == {WriteOutcome.SIDECAR, WriteOutcome.KEPT}
    assert due(desk, BESIDE) == []
    assert due(desk, EMBED) == [str(path) for path in (*paths, theirs)]
    assert {"a.jpg", "b.jpg"} <= set(passed(desk, EMBED))
    assert due(desk, EMBED) == []
