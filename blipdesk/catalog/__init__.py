"""The catalog: the SQLite database that everything about the photos is kept in, and the thumbnail cache.

Layer: beside engine, imaging and metadata; imports ``blipdesk.domain`` alone, and is the only package that
imports SQLAlchemy.  Threads: ``catalog-writer`` owns the only writing connection, readers come from any
thread; ``thumbnail-writer`` owns the writing connection of the cache.

Where it deviates from the architecture: a queued job of a photo that is missing, offline or of a removed
folder is *parked*, so that a claim never has to skip any; the catalog itself refuses a second writer, even
without an :class:`InstanceLock` around it.  Of regular backups the newest few are kept, however old, not a
number for each day, week and month.
"""

from blipdesk.catalog.catalog import Catalog
from blipdesk.catalog.drafts import DraftFile
from blipdesk.catalog.ending import WriteEnd, WriteNote
from blipdesk.catalog.journal import OpenWrite, WriteEntry, write_entry
from blipdesk.catalog.lock import InstanceLock
from blipdesk.catalog.reading import KnownFile
from blipdesk.catalog.thumbnails import ThumbnailStore
from blipdesk.catalog.undoing import BegunUndo
from blipdesk.catalog.way_back import UndoPlace, WriteStep

__all__ = [
    "BegunUndo",
    "Catalog",
    "DraftFile",
    "InstanceLock",
    "KnownFile",
    "OpenWrite",
    "ThumbnailStore",
    "UndoPlace",
    "WriteEnd",
    "WriteEntry",
    "WriteNote",
    "WriteStep",
    "write_entry",
]
