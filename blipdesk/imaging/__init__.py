"""Photo files to pixels: formats, limits, colour, one decode for everything.

Layer: above domain only; a sibling of catalog, engine and metadata, and imports none of them.  Pillow and
pi-heif are imported here alone, and only when a picture is decoded: what merely looks at files (suffixes,
content hash, :func:`open_regular`) stays light, because the window's process imports it.
Thread: any; decodes of one process follow one another, since Pillow's limits are module globals.

What differs from the notes on reliability, and why:

- A strict decode that ends well is not believed when the last rows are the decoder's filling: libjpeg
  reports no error for a header with nothing behind it (``completeness``).
- The colour profile is applied to the scaled pictures, not before: a tenth of the work.
- The pixel hash is taken before orientation and profile, so that a metadata edit never changes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from blipdesk.imaging.files import content_hash, open_regular, whole_hash
from blipdesk.imaging.formats import FORMATS, foreign_by_name
from blipdesk.imaging.limits import DEFAULT_LIMITS, DecodeLimits

if TYPE_CHECKING:
    from blipdesk.imaging.decode import decode_photo, facts_of_photo, preview_photo

__all__ = [
    "DEFAULT_LIMITS",
    "FORMATS",
    "DecodeLimits",
    "content_hash",
    "decode_photo",
    "facts_of_photo",
    "foreign_by_name",
    "open_regular",
    "preview_photo",
    "whole_hash",
]


def __getattr__(name: str) -> Any:
    """Import Pillow with the first use of a function that decodes."""
    if name in {"decode_photo", "facts_of_photo", "preview_photo"}:
        from blipdesk.imaging import decode

        return getattr(decode, name)
    raise AttributeError(name)
