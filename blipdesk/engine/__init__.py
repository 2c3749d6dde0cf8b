"""Captions and answers: pixels and options in, texts out.

Layer: sibling of catalog, imaging and metadata; imports ``blipdesk.domain`` only.  torch and transformers
are imported inside functions of the family modules and of :mod:`~blipdesk.engine.loading`, so that importing
this package costs the window nothing.  Thread: an engine belongs to the thread that made it (the pipeline's
runner); the pure functions (text, keywords, registry) may be called from anywhere.
"""

from blipdesk.engine.fake import FakeEngine
from blipdesk.engine.keywords import extract_keywords
from blipdesk.engine.text import clean_caption, is_degenerate

__all__ = ["FakeEngine", "clean_caption", "extract_keywords", "is_degenerate"]
