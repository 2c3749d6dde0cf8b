"""What is done for the catalog at a start and now and then: taking up what was left, backups, giving up."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from blipdesk.domain.errors import CatalogError
from blipdesk.domain.writes import JournalLimits

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog
    from blipdesk.pipeline.writeback import WriteBack

_log = logging.getLogger(__name__)

_BACKUP_SECONDS, _BACKUPS = 86400.0, 3
"""How old the newest regular backup may grow, and how many are kept."""


def take_up(catalog: Catalog, writeback: WriteBack) -> None:
    """Take up what earlier processes left: claims, half-done writes with their temporary files, refusals."""
    catalog.clear_claims()
    catalog.retry_refused()
    writeback.recover()


def keep_up(catalog: Catalog, journal: JournalLimits | None) -> None:
    """Back the catalog up where that is due, and keep the journal of writes within its limits, if any."""
    try:
        catalog.back_up_if_older_than(_BACKUP_SECONDS, keep=_BACKUPS)
        if journal is not None:
            catalog.prune_journal(journal)
    except CatalogError as error:
        _log.warning("the catalog was not backed up: %s", error)
