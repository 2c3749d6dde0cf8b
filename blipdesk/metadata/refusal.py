"""The one way in which the parsers and patches of this package say no."""

from __future__ import annotations

import struct

from blipdesk.domain.wording import later


class Refusal(Exception):
    """A file that cannot be changed without risk, or a block that cannot be understood.

    The message is the end of a sentence for the person: "... because <message>".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


PARSE_ERRORS = (
    Refusal,
    ValueError,
    IndexError,
    KeyError,
    OverflowError,
    RecursionError,
    MemoryError,
    struct.error,
)
"""What a hostile file can make of a parser or a patch; it never fails more than the metadata of that file."""


def reason_of(error: Exception) -> str:
    """The end of a sentence for one of :data:`PARSE_ERRORS`."""
    return error.reason if isinstance(error, Refusal) else later("its metadata could not be understood")
