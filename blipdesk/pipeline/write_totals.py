"""How many photos a run wrote, each counted once however often it was written."""

from __future__ import annotations

from array import array
from collections import Counter

from blipdesk.domain.writes import WriteOutcome, WriteReport

_COUNTED = (WriteOutcome.EMBEDDED, WriteOutcome.SIDECAR, WriteOutcome.KEPT, WriteOutcome.REFUSED)


class WriteTotals:
    """What became of photos' files in this run; of one that was written twice the last counts.

    One that needs no change after that stays what it was.
    """

    def __init__(self) -> None:
        self._ids = array("q")  # of a million photos, 9 MB with the next
        self._outcomes = bytearray()
        self._refused: dict[str, str] = {}
        self.run_id: int | None = None
        """The run; None: nothing was written."""

    def count(self, photo_id: int, report: WriteReport) -> None:
        """Take one report in."""
        self._refused.pop(report.path, None)
        self.run_id = report.run_id or self.run_id
        if report.outcome is WriteOutcome.REFUSED:
            self._refused[report.path] = report.note
        if report.outcome in _COUNTED:
            self._ids.append(photo_id)
            self._outcomes.append(_COUNTED.index(report.outcome))

    def counts(self) -> Counter[WriteOutcome]:
        """How many photos became what; of those that were as they should be from the first on, nothing."""
        last = dict(zip(self._ids, self._outcomes, strict=True))
        return Counter(_COUNTED[number] for number in last.values())

    @property
    def refused(self) -> tuple[tuple[str, str], ...]:
        """Path and reason of what could not be written."""
        return tuple(self._refused.items())
