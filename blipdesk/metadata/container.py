"""What embedding asks of a file format: where its metadata blocks are, and how others take their place.

One implementation for each format (:mod:`blipdesk.metadata.formats` lists them), all under one conformance
suite.  An implementation is made from the bytes of one file, reads them once and never changes them; making
it raises :class:`~blipdesk.metadata.refusal.Refusal` where the file's structure is damaged.
"""

from __future__ import annotations

from typing import Protocol, Self


class Container(Protocol):
    """The metadata blocks of one file, and how other ones take their place."""

    @property
    def exif(self) -> tuple[bytes, ...]:
        """The EXIF blocks (TIFF structures) as they stand, in the order of the file, sound or not.

        Of a TIFF file: the file itself.
        """
        ...

    @property
    def xmp(self) -> tuple[bytes, ...]:
        """The XMP packets as they stand, in the order of the file."""
        ...

    @property
    def takes_xmp(self) -> bool:
        """Whether a packet can be put in: where one stands, it can be replaced."""
        ...

    @property
    def xmp_tag(self) -> int | None:
        """The tag of the EXIF block whose value is the packet (a TIFF file); None: it stands on its own.

        ``with_blocks`` is given no packet then: it comes with the block.
        """
        ...

    def refuse_unsafe(self) -> None:
        """Raise where nothing in this file may change or move: signed, several blocks, offsets from afar.

        Raises:
            Refusal: the reason, for the person.
        """
        ...

    def refuse_unfit(self, exif: bytes | None, xmp: bytes | None) -> None:
        """Raise where ``with_blocks`` would: there is no place, or no room, for one of the blocks.

        No copy of the file is made, so that the caller can ask for less.

        Raises:
            Refusal: the reason, for the person.
        """
        ...

    def with_blocks(self, exif: bytes | None, xmp: bytes | None) -> bytes:
        """The bytes of the file with other blocks.

        Args:
            exif: the block that takes the place of the standing one, or is added; None: as it stands; empty:
                taken out, with all that was added for its sake (the proof of taking out is adding again).
            xmp: the packet, likewise.

        Raises:
            Refusal: it does not fit.
        """
        ...

    def prove(self, after: Self, exif_changed: bool) -> None:
        """Raise unless ``after`` is this file in all but its blocks, by what a walk through each of them met.

        Everything else (segments, chunks, items, picture data, what follows them) must be byte for byte the
        same, in the same order; the XMP packet may differ, the EXIF block where ``exif_changed``.

        Raises:
            Refusal: something else differs.
        """
        ...
