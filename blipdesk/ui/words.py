"""Errors in words for the person; what is no known error goes to the log with its trace."""

from __future__ import annotations

import logging

from blipdesk.domain.errors import KnownError

log = logging.getLogger(__name__)


def error_words(message: str, error: Exception) -> str:
    """A sentence for the person: the known error's own words, else that the log has them."""
    if isinstance(error, KnownError):
        return f"{message} {error}".strip()
    log.error("%s", message or "unexpected", exc_info=error)
    return f"{message} The log file has the details.".strip()


def photos_words(count: int) -> str:
    """``1 photo``, ``617 photos``."""
    return f"{count:,} photo" if count == 1 else f"{count:,} photos"


def counted(count: int, noun: str) -> str:
    """``1 change``, ``1,204 changes``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
