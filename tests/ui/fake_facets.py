"""Dates, cameras and copies of the invented photos."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from blipdesk.domain.timeline import Bar, bars_of_months

if TYPE_CHECKING:
    from fake_workspace import FakeWorkspace

SINCE = 2019


class FakeFacets:
    """FacetService; ``reads`` counts how often each was read."""

    def __init__(self, workspace: FakeWorkspace) -> None:
        self._ws = workspace
        self.copied = 12
        scanners = [(f"Scanner {number}", 9 - number) for number in range(9)]
        self.taken_by = [("Fuji X100V", 214), ("Canon EOS R5 Mark II with a very long name indeed", 86)]
        self.taken_by += scanners
        self.reads = {"dates": 0, "cameras": 0}

    def dates(self) -> tuple[Bar, ...]:
        self.reads["dates"] += 1
        if not self._ws.library.count:
            return ()
        months = [
            (date(year, month, 1), month % 7 * 9 + year % 5 * 11)
            for year in range(SINCE, 2027)
            for month in range(1, 13)
            if (year, month) < (2026, 8) and year != 2021
        ]
        return bars_of_months([(day, count) for day, count in months if count], date(2026, 12, 31))

    def duplicates(self) -> int:
        return self.copied if self._ws.library.count else 0

    def has_cameras(self) -> bool:
        return bool(self.taken_by)

    def cameras(self) -> list[tuple[str, int]]:
        self.reads["cameras"] += 1
        return self.taken_by
