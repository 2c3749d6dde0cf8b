"""Photos that were moved and touched at once: neither path nor bytes say who they are, their pixels do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from blipdesk.domain.jobs import DecodedPhoto, Job, PixelImage
from blipdesk.domain.paths import original_name
from blipdesk.domain.values import Photo
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
        pictures that look the same none is preferred by chance.  Pixels alone prove nothing where there is
        nothing to see (frames with the lens cap on, scans of blank pages), and one person's words must not
        end in another's photo: the time, the camera or the name has to agree as well.  The job is no more
        then; what is still to be done is queued for the other photo.

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
        if len(left) != 1 or _is_uniform(decoded.model_input):
            return False
        twin = self._catalog.photo(left[0][0])
        if twin is None or not _is_same_shot(twin, job.path, decoded):
            return False
        return self._catalog.adopt(job.photo_id, twin.id, decoded)


def _is_same_shot(twin: Photo, path: str, decoded: DecodedPhoto) -> bool:
    """Taken at the same time with the same camera; where no time is known, of the same name at least."""
    known, found = (
        ((facts.taken_at or "").strip(), (facts.camera or "").strip())
        for facts in (twin.facts, decoded.facts)
    )
    return known == found and (bool(found[0]) or original_name(twin.path) == os.path.basename(path))


def _is_uniform(picture: PixelImage) -> bool:
    pixel = picture.rgb[:3]
    return picture.rgb == pixel * (len(picture.rgb) // 3)
