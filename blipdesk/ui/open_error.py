"""Why the library could not be opened, said over the whole window with what helps."""

from __future__ import annotations

from blipdesk.domain.errors import CatalogLockedError, CatalogNewerError, KnownError
from blipdesk.domain.wording import retold, tr
from blipdesk.ui.state_page import StatePage
from blipdesk.ui.words import error_words


def show_open_error(page: StatePage, error: Exception) -> None:
    """Explain an error of opening on a page with "Try again" and "Quit"."""
    if isinstance(error, CatalogLockedError):
        icon, title, ink = "lock", tr("This library is already open"), "warn"
    elif isinstance(error, CatalogNewerError):
        icon, title, ink = "clock", tr("This library was made by a newer BlipDesk"), "err"
    else:
        icon, title, ink = "warning", tr("The library could not be opened"), "err"
    if isinstance(error, KnownError):
        words = f"{retold(error.message)}\n{retold(error.remedy)}".strip()
    else:
        words = error_words(tr("Something unexpected happened."), error)
    page.show_state(icon, title, words, tr("Try again"), tr("Quit"), ink=ink)
