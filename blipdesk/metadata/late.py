"""A writer that loads what it writes with at its first photo: 4 MiB that most starts never need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from blipdesk.metadata.replace import sweep

if TYPE_CHECKING:
    from blipdesk.domain.errors import PhotoError
    from blipdesk.domain.values import FileStamp
    from blipdesk.domain.writes import WritePlan, WritePolicy, WriteText
    from blipdesk.metadata.writer import FileMetadataWriter


class LateMetadataWriter:
    """Implements :class:`blipdesk.domain.ports.MetadataWriter` by a :class:`FileMetadataWriter` to come.

    Args:
        roots: as its own.
    """

    def __init__(self, roots: Callable[[], Sequence[str]]) -> None:
        self._roots = roots

    @cached_property
    def _writer(self) -> FileMetadataWriter:
        from blipdesk.metadata.writer import FileMetadataWriter

        return FileMetadataWriter(self._roots)

    def plan(self, photo_path: str, text: WriteText, policy: WritePolicy) -> WritePlan:
        """See :meth:`FileMetadataWriter.plan`."""
        return self._writer.plan(photo_path, text, policy)

    def apply_all(self, plans: Sequence[WritePlan]) -> list[FileStamp | PhotoError]:
        """See :meth:`FileMetadataWriter.apply_all`."""
        return self._writer.apply_all(plans)

    def sweep(self, folder: str) -> int:
        """See :meth:`FileMetadataWriter.sweep`; nothing is loaded for it."""
        return sweep(folder)
