"""What the side bar shows beside its rows: bars of dates, cameras, copies."""

from __future__ import annotations

from datetime import date

from blipdesk.catalog import Catalog
from blipdesk.domain.timeline import MOST_DAYS, Bar, bars_of_days, bars_of_months, is_short


class FacetService:
    """Numbers over all photos; each read takes up to a second in a large library.  Any thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def dates(self) -> tuple[Bar, ...]:
        """The photos by when they were taken; by day where they are of two months at most."""
        months = self._catalog.months()
        if is_short(months):
            days = bars_of_days(self._catalog.days())
            if len(days) <= MOST_DAYS:
                return days
        return bars_of_months(months, date.today())

    def duplicates(self) -> int:
        """How many photos show the same picture as another."""
        return self._catalog.duplicates()

    def has_cameras(self) -> bool:
        """Whether any photo says which camera took it; quick."""
        return self._catalog.has_cameras()

    def cameras(self) -> list[tuple[str, int]]:
        """The cameras and how many photos each took, the most used first."""
        return self._catalog.camera_counts()
