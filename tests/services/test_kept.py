"""What took long to read is kept for long."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from blipdesk.services import kept
from blipdesk.services.kept import Kept


@pytest.mark.parametrize(
    ("took", "least", "waited", "times"),
    [(1.0, 0.0, 59.0, 1), (1.0, 0.0, 61.0, 2), (0.01, 0.0, 1.0, 2), (0.01, 9.0, 8, 1), (0.01, 9.0, 10, 2)],
)
def test_it_is_read_anew_after_sixty_times_what_it_took_but_not_before_the_least(
    monkeypatch: pytest.MonkeyPatch, took: float, least: float, waited: float, times: int
) -> None:
    now, reads = [1000.0], []

    def read() -> int:
        reads.append(now[0])
        now[0] += took
        return len(reads)

    monkeypatch.setattr(kept, "time", SimpleNamespace(monotonic=lambda: now[0]))
    value = Kept(read, least)
    assert (value.took, value.get()) == (None, 1)
    assert value.took == pytest.approx(took)
    now[0] += waited
    assert (value.get(), len(reads)) == (times, times)
