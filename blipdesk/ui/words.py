"""Errors, numbers and queries in words for the person; a bug goes to the log with its trace."""

from __future__ import annotations

import logging

from blipdesk.domain.errors import KnownError
from blipdesk.domain.wording import joined, plural, retold, tr
from blipdesk.ui.pane.texts import shown

log = logging.getLogger(__name__)
_LONGEST = 40
"""Characters of a query that a sentence quotes."""


def error_words(message: str, error: Exception) -> str:
    """A sentence for the person: the known error's own words, else that the log has them."""
    if isinstance(error, KnownError):
        return joined(message, retold(error.message), retold(error.remedy))
    log.error("%s", message or "unexpected", exc_info=error)
    return joined(message, tr("The log file has the details."))


def photos_words(count: int) -> str:
    """``1 photo``, ``617 photos``."""
    return plural(count, tr("{n} photo"), tr("{n} photos"))


def noted(words: str, note: str) -> str:
    """What happened, and a sentence on it where there is one.

    >>> noted("Not written", "a.jpg is gone."), noted("Not written", "")
    ('Not written. a.jpg is gone.', 'Not written')
    """
    return joined(ended(words), note) if note else words


def ended(words: str) -> str:
    """Words with the language's full stop, which some have already."""
    return words if words.endswith((".", "。")) else tr("{words}.", words=words)


def sentences(*parts: str) -> str:
    """Those that say something, each with the language's full stop: some have it, some have not."""
    said = (f"{part[:1].upper()}{part[1:].rstrip('.。')}" for part in parts if part)
    return joined(*(tr("{words}.", words=words) for words in said))


def quoted(query: str) -> str:
    """A query as a sentence quotes it: one line, not too long.

    >>> quoted("two  dogs")
    '“two dogs”'
    """
    line = shown(" ".join(query.split()))
    return tr("“{words}”", words=line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…")
