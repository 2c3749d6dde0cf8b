"""How much of a photo's file was read: every question of that is one of these."""

from __future__ import annotations

from sqlalchemy import and_, not_

from blipdesk.catalog.schema import PhotoRow
from blipdesk.domain.values import FACTS_VERSION

IS_LOOKED_AT = PhotoRow.pixel_hash.is_not(None)
"""Its picture was decoded, and with that what the file and its sidecar say was read, by whatever version."""
ARE_WORDS_READ = PhotoRow.other_captions.is_not(None)
"""All captions that people wrote there are known: since it was looked at, or since a person typed one."""
IS_HALF_READ = and_(IS_LOOKED_AT, not_(ARE_WORDS_READ))
"""An earlier version looked at it, which kept the first caption alone."""
IS_OUTDATED = and_(IS_LOOKED_AT, PhotoRow.facts_version < FACTS_VERSION)
"""An earlier version did, which did not read all that is read now: it is read anew when there is time."""
