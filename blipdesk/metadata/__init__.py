"""Reading what photos say of themselves, and writing captions into them without losing anything.

Layer: above domain only; a sibling of catalog, engine and imaging, and imports none of them.  piexif builds
the EXIF block of a photo that has none; Pillow proves that a written file opens as before.

Thread: ``read_facts`` runs in the decoder process; ``read_sidecar`` anywhere (the caller hands the bytes to
``read_facts``).  ``FileMetadataWriter`` keeps no state between calls and
runs on the metadata thread.

Deviations from the measured prototype: EXIF is read by one small reader of our own, piexif included in what
it replaces (the patch needs the reader anyway, and piexif asks for gigabytes on hostile blocks); padding of
an XMP packet is not used up, the segment grows instead; other formats than JPEG take a sidecar for now.
"""

from blipdesk.metadata.facts import read_facts
from blipdesk.metadata.replace import TEMP_PATTERN
from blipdesk.metadata.sidecar import read_sidecar
from blipdesk.metadata.writer import FileMetadataWriter
from blipdesk.metadata.xmp import MAX_SIDECAR

__all__ = ["MAX_SIDECAR", "TEMP_PATTERN", "FileMetadataWriter", "read_facts", "read_sidecar"]
