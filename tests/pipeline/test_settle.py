"""When a file that appeared counts as whole."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.domain.values import FileStamp
from blipdesk.pipeline.settle import (
    CLOSED_SECONDS,
    CREATED_SECONDS,
    INCOMPLETE_SECONDS,
    UNCHANGED_SECONDS,
    Settler,
    Verdict,
    looks_complete,
)

PATH = "/photos/a.jpg"


def stamp(size: int) -> FileStamp:
    return FileStamp(size, size * 1000, 1)


def play(settler, sizes_at, until, complete=lambda size: True):
    """Look whenever a look is due; gives the time of READY or GONE, or None.

    ``sizes_at`` maps a time to the size from then on (None: the file is gone).
    """
    now = 0.0
    while now <= until:
        due = settler.next_due()
        if due is None:
            return None
        now = max(now, due)
        size = next((s for at, s in sorted(sizes_at.items(), reverse=True) if at <= now), None)
        look = stamp(size) if size is not None else None
        verdict = settler.observe(PATH, look, size is None or complete(size), now)
        if verdict is not Verdict.WAIT:
            return verdict, now
    return None


def test_a_closed_file_settles_after_a_moment():
    settler = Settler()
    settler.note_closed(PATH, 0.0)
    assert play(settler, {0: 10}, 9) == (Verdict.READY, pytest.approx(CLOSED_SECONDS))
    assert len(settler) == 0


def test_a_bare_created_waits_a_second_and_then_for_no_change():
    settler = Settler()
    settler.note_created(PATH, 0.0)
    assert play(settler, {0: 10}, 9) == (Verdict.READY, pytest.approx(CREATED_SECONDS + UNCHANGED_SECONDS))


def test_a_copy_that_pauses_in_the_middle_is_waited_for():
    settler = Settler()
    settler.note_created(PATH, 0.0)
    sizes = {0: 10, 1.2: 20, 4.0: 30}
    verdict, at = play(settler, sizes, 60, complete=lambda size: size == 30)
    assert verdict is Verdict.READY and at >= 4.0 + UNCHANGED_SECONDS


def test_a_file_that_stays_cut_off_settles_in_the_end():
    settler = Settler()
    settler.note_created(PATH, 0.0)
    verdict, at = play(settler, {0: 10}, 60, complete=lambda size: False)
    assert verdict is Verdict.READY
    assert at == pytest.approx(CREATED_SECONDS + INCOMPLETE_SECONDS)


def test_a_file_that_goes_away_is_forgotten():
    settler = Settler()
    settler.note_created(PATH, 0.0)
    assert play(settler, {0: 10, 1.2: None}, 9)[0] is Verdict.GONE
    assert PATH not in settler


changes = st.dictionaries(
    st.floats(0, 20, allow_nan=False), st.one_of(st.none(), st.integers(1, 5)), min_size=1, max_size=8
)
notes = st.lists(st.tuples(st.floats(0, 20, allow_nan=False), st.booleans()), max_size=6)


@given(changes, notes, st.booleans())
def test_whatever_happens_ready_means_unchanged_and_every_path_ends(sizes, later_notes, first_closed):
    settler = Settler()
    (settler.note_closed if first_closed else settler.note_created)(PATH, 0.0)
    later = sorted(later_notes)
    looks = []
    now = 0.0
    verdict = Verdict.WAIT
    while verdict is Verdict.WAIT:
        due = settler.next_due()
        assert due is not None and due <= now + CREATED_SECONDS + INCOMPLETE_SECONDS, "it would wait for ever"
        while later and later[0][0] <= max(due, now):
            at, closed = later.pop(0)
            (settler.note_closed if closed else settler.note_created)(PATH, max(at, now))
            due = settler.next_due()
        now = max(now, due)
        size = next((s for at, s in sorted(sizes.items(), reverse=True) if at <= now), 7)
        look = stamp(size) if size is not None else None
        looks.append((now, look))
        verdict = settler.observe(PATH, look, True, now)
        assert now < 60
    if verdict is Verdict.READY:
        (before, first), (last, second) = looks[-2:]
        assert first == second and last - before >= CLOSED_SECONDS - 0.002
    else:
        assert looks[-1][1] is None


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (b"\xff\xd8\xff\xe0" + b"x" * 99 + b"\xff\xd9", True),
        (b"\xff\xd8\xff\xe0" + b"x" * 99, False),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99 + b"\0\0\0\0IEND\xaeB`\x82", True),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, False),
        (b"RIFF" + (96).to_bytes(4, "little") + b"WEBP" + b"x" * 92, True),
        (b"RIFF" + (96).to_bytes(4, "little") + b"WEBP" + b"x" * 50, False),
        (b"GIF89a" + b"x" * 50 + b";", True),
        (b"GIF89a" + b"x" * 50, False),
        (b"BM" + (60).to_bytes(4, "little") + b"x" * 54, True),
        (b"BM" + (60).to_bytes(4, "little") + b"x" * 20, False),
        (b"anything else", True),
        (b"", False),
    ],
)
def test_the_end_of_a_file_shows_whether_more_is_to_come(tmp_path, content, whole):
    path = tmp_path / "x.jpg"
    path.write_bytes(content)
    assert looks_complete(str(path)) is whole


def test_a_pipe_is_never_waited_on(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert looks_complete(str(tmp_path / "pipe.jpg"))
