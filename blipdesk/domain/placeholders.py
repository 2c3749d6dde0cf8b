"""Cloud placeholders: files whose bytes lie in the cloud only, so that opening one downloads it."""

from __future__ import annotations

import os

# FILE_ATTRIBUTE_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS (Windows, winnt.h)
_WINDOWS_PLACEHOLDER = 0x1000 | 0x40000 | 0x400000
# SF_DATALESS (macOS, sys/stat.h); BSD and Linux leave this bit of st_flags unused
_MACOS_DATALESS = 0x40000000


def is_placeholder(status: os.stat_result) -> bool:
    """Whether only the cloud has the content of the file that ``status`` was taken of."""
    attributes = getattr(status, "st_file_attributes", 0)
    flags = getattr(status, "st_flags", 0)
    return bool(attributes & _WINDOWS_PLACEHOLDER or flags & _MACOS_DATALESS)
