"""Photos whose files are somewhere else now."""

from __future__ import annotations

from dataclasses import dataclass

from blipdesk.domain.values import FileStamp, SeenFile


@dataclass(frozen=True, slots=True)
class SeenSidecar:
    """What stands beside a photo: size and time, and the sha256 of its bytes (empty: not read)."""

    stamp: FileStamp
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A photo whose file is somewhere else now; ``sidecar``: what stands beside it there, if anything."""

    photo_id: int
    file: SeenFile
    sidecar: SeenSidecar | None = None
