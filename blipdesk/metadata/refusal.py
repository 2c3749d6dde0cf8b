"""The one way in which the parsers and patches of this package say no."""

from __future__ import annotations


class Refusal(Exception):
    """A file that cannot be changed without risk, or a block that cannot be understood.

    The message is the end of a sentence for the person: "... because <message>".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
