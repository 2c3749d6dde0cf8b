"""Where values stand in an array that ascends."""

from __future__ import annotations

import numpy as np

from blipdesk.catalog.index.tokens import Integers


def standing_in(array: Integers, values: Integers) -> tuple[Integers, Integers]:
    """Where values stand in an array that ascends, one value after the other.

    Returns:
        Of each place which of the values stands there, by its number, and the place.
    """
    wanted = values.astype(array.dtype)  # of the same kind: else all of the array is converted
    return spread(np.searchsorted(array, wanted), np.searchsorted(array, wanted, "right"))


def spread(starts: Integers, ends: Integers) -> tuple[Integers, Integers]:
    """All places of some ranges, one range after the other.

    Returns:
        Of each place the number of its range, and the place.
    """
    counts = ends - starts
    which = np.repeat(np.arange(len(starts)), counts)
    return which, np.arange(len(which)) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
