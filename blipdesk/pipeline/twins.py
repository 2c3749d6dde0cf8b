"""Photos that were moved and touched at once: neither path nor bytes say who they are, their pixels do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blipdesk.domain.jobs import DecodedPhoto, Job
from blipdesk.pipeline.roots import Roots

if TYPE_CHECKING:
    from blipdesk.catalog import Catalog


class Twins:
    """Gives a new file to the photo that it was before.  Owned by the runner's thread."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._roots = Roots(catalog)

    def adopt(self, job: Job, decoded: DecodedPhoto) -> bool:
        """True when the job's photo turned out to be one whose file is gone: that one has the file now.

        Only a photo without texts is given away, and only where one photo alone comes into question: of two
        pictures that look the same (scans of blank pages, say) none is preferred by chance.  The job is no
        more then; what is still to be done is queued for the other photo.

        Raises:
            CatalogError: the catalog cannot be written.
        """
        if job.pixel_hash is not None or job.has_caption:
            return False
        twins = self._catalog.find_missing_pixel_twin(decoded.pixel_hash)
        if not twins:
            return False
        self._roots.refresh()
        left = self._roots.left_behind(twins, job.path)
        return len(left) == 1 and self._catalog.adopt(job.photo_id, left[0][0], decoded)
