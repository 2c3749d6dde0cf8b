"""One photo with what stands in it and what is asked; what its writing is decided from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from blipdesk.domain.own_texts import leaf
from blipdesk.domain.values import Source
from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText, WriteOutcome, WritePlan, WritePolicy, WriteText
from blipdesk.metadata import facts, texts, xmp
from blipdesk.metadata.facts import Reading
from blipdesk.metadata.files import File
from blipdesk.metadata.keyword_paths import keyword_paths
from blipdesk.metadata.provenance import Provenance
from blipdesk.metadata.wanted import Wanted
from blipdesk.metadata.xmp_values import XmpValues


@dataclass(frozen=True, slots=True)
class Case:
    """One photo with what stands in it and what is asked."""

    photo_path: str
    photo: File
    reading: Reading
    sidecar_path: str
    """The sidecar that is written, where one is."""
    sidecars: dict[str, File]
    """By the path that names it."""
    caption: str
    keywords: tuple[str, ...]
    text: WriteText
    policy: WritePolicy

    @property
    def replaces(self) -> str | None:
        """The person's caption that this catalog wrote last, cleaned; None: none, or a blank."""
        return texts.clean(self.text.replaces or "") or None

    @property
    def existing(self) -> ExistingText:
        """What was chosen for a machine's caption beside a person's; SKIP where there is none to write."""
        asked = self.caption and self.text.source is Source.MODEL
        return self.policy.existing if asked else ExistingText.SKIP

    def wanted(self) -> Wanted:
        """What is to be written when nothing stands against it."""
        text, kept = self.text, {k.casefold() for k in self.keywords}
        kept |= {leaf(k) for k in kept}
        dropped = {k.casefold() for k in texts.clean_keywords(text.replaces_keywords)}
        dropped |= {leaf(k) for k in dropped}
        return Wanted(
            self.caption,
            self.keywords,
            text.source,
            user_keywords=texts.clean_keywords(text.user_keywords),
            replace=text.source is Source.USER,
            own=frozenset(self.reading.own),
            titled=self.reading.titled,
            taken_back=None if self.replaces == self.caption else self.replaces,
            dropped=frozenset(k for k in dropped if k not in kept),
            provenance=Provenance.of(text.model_key, text.made_at, text.run),
        )

    def end(self, outcome: WriteOutcome, note: str, target: str | None = None) -> WritePlan:
        """A plan that touches nothing."""
        return WritePlan(
            photo_path=self.photo_path,
            target_path=target or self.photo_path,
            outcome=outcome,
            note=note,
            before=self.reading.standing,
            after=self.reading.standing or "",
            old=None,
            new=None,
            stamp=None,
        )

    def keyword_paths(self) -> tuple[str, ...]:
        """The keywords that other programs have in a hierarchy, in the photo and beside it.

        Raises:
            Refusal: a packet cannot be read without our parts.
        """
        packets = sorted(self.reading.packets, key=lambda packet: not packet.beside)
        found = keyword_paths(
            [XmpValues(xmp.read_packet(xmp.strip_marks(packet.data))) for packet in packets]
        )
        return tuple(path for path in found if "|" in path)

    def with_photo(self, new: bytes | None) -> Case:
        """The same when the photo holds these bytes; None: as it is."""
        if new is None:
            return self
        reading = facts.read(new, self.sidecar_bytes(), self.text.machines)
        return replace(self, photo=replace(self.photo, data=new), reading=reading)

    def sidecar_bytes(self) -> tuple[bytes, ...]:
        """What lies beside the photo."""
        return tuple(file.data for file in self.sidecars.values())


def left_as_it_is(reason: str) -> str:
    """What is said of a sidecar that cannot be changed, because of what is in it."""
    return later(
        "Its sidecar stays as it is, because {reason}. Moved away, it makes room for a new one."
    ).format(reason=reason)
