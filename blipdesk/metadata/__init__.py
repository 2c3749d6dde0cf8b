"""Reading what photos say of themselves, and writing captions into them without losing anything.

Layer: above domain only; a sibling of catalog, engine and imaging, and imports none of them.  piexif builds
the EXIF block of a photo that has none; Pillow proves that a written file opens as before.

Thread: ``read_facts`` runs in the decoder process; ``read_beside`` anywhere (the caller hands the bytes to
``read_facts``).  ``FileMetadataWriter`` keeps no state between calls and runs on the metadata thread.

Whose words are whose is told by the file alone, so that it outlives a lost catalog: what the machine wrote
stands in parts marked as ours, a person's keywords beside it in parts marked as theirs; what our text took
the place of is noted in the same parts and comes back when the text is taken back.  A person's text is only
ever replaced by a person's edit, where it is one that the same catalog wrote (``WriteText.replaces``) or knew
to stand there (``WriteText.known``), or where the person chose so for a run (``ExistingText``).  The marks
then say so, with a fingerprint of what people had said: a later run leaves that choice alone until it is
about other words.  Where a person typed some into the file since, the machine's go from all its fields:
viewers that look there first would go on showing them.  The marks also say which model wrote a text, when,
and in which run.

A favourite has ``xmp:Rating`` 5, which digiKam, Lightroom, darktable and Immich read; ``Rating`` and
``RatingPercent`` of the EXIF block, ``MicrosoftPhoto:Rating`` and ``acdsee:rating`` follow where they
stand, so that the file does not contradict itself.  A person may have given one to four stars in another
program: what stood there is kept, in a note behind ours in the packet and in the catalog, and is back to
the byte when the star is taken off.  Our stars are a layer of their own over the captions (``stars``,
``starred``): they are taken off before captions are worked out and laid over again, so that neither hides
what the other replaced.  Where a person gave others in another program since, those stand.  Where the file
takes none (TIFF: its packet is a part of the block that would have to be written anew) they go beside it.

Deviations from the measured prototype: EXIF is read by one small reader of our own, piexif included in what
it replaces (the patch needs the reader anyway, and piexif asks for gigabytes on hostile blocks); padding of
an XMP packet is not used up, the segment grows instead; keywords without a caption go into XMP alone (readers
of XPKeywords merge the two), unless the EXIF part is ours; in a PNG file camera data in a text chunk are not
left to be hidden by a new EXIF block, XMP takes the caption alone.

Which formats captions go into is one row each in ``formats``; ``container`` says what each must offer, and
all of them are asked the same by one suite of tests.  HEIC and AVIF by setting alone; others get a sidecar.
"""

from typing import TYPE_CHECKING, Any

from blipdesk.metadata.file_facts import read_facts
from blipdesk.metadata.late import LateMetadataWriter
from blipdesk.metadata.replace import TEMP_PATTERN, place_new
from blipdesk.metadata.restore import FileRestorer
from blipdesk.metadata.shown import name_of_holder, report_of
from blipdesk.metadata.sidecar_files import (
    Beside,
    Sidecars,
    existing,
    is_sidecar_name,
    read_beside,
    sidecar_names,
    split_sidecars,
    stamp_beside,
)

if TYPE_CHECKING:
    from blipdesk.metadata.writer import FileMetadataWriter

__all__ = [
    "TEMP_PATTERN",
    "Beside",
    "FileMetadataWriter",
    "FileRestorer",
    "LateMetadataWriter",
    "Sidecars",
    "existing",
    "is_sidecar_name",
    "name_of_holder",
    "place_new",
    "read_beside",
    "read_facts",
    "report_of",
    "sidecar_names",
    "split_sidecars",
    "stamp_beside",
]


def __getattr__(name: str) -> Any:
    if name != "FileMetadataWriter":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from blipdesk.metadata.writer import FileMetadataWriter

    return FileMetadataWriter
