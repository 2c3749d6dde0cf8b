"""What is to stand in one photo's metadata, as the patches take it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from blipdesk.domain.own_texts import is_among, leaf
from blipdesk.domain.values import Source
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import texts
from blipdesk.metadata.provenance import UNKNOWN, Provenance


@dataclass(frozen=True, slots=True)
class Wanted:
    """Caption and keywords to be written, cleaned.

    Attributes:
        caption: the caption; None: the captions stay as they are, the keywords alone are written.
        keywords: the person's and the machine's.
        source: who wrote the caption.
        user_keywords: the person's keywords; all others are marked as ours.
        replace: the person asked, so a caption of somebody else gives way as well.
        own: captions that we wrote for the machine; they give way.
        taken_back: a person's caption that this catalog wrote and that is no longer wanted.
        instead: what takes the place of ``taken_back`` where it took another's place; empty: nothing.
        dropped: keywords, case-folded, that this catalog wrote as a person's and that are no longer wanted.
        provenance: where a machine's caption comes from, and by which choice it goes beside a person's.
        withdrawn: captions that we wrote for the machine and that would hide a person's; they go.
        shared: the person's caption, where all that stand in the photo are equal and none had to be guessed:
            it may be repeated, with the machine's behind it.
        contrary: where a person's caption stands that the EXIF description does not say; nothing is added to
            that one then.
        keyword_paths: those of other programs in the photo and beside it, levels joined by ``|``: lists that
            know a hierarchy say a keyword by its path.
        titled: the photo has a title, which no field of ours may hide.
        xmp_alone: why the EXIF fields stay as they are and XMP alone takes the caption; empty: they need not.
    """

    caption: str | None
    keywords: tuple[str, ...]
    source: Source
    user_keywords: tuple[str, ...] = ()
    replace: bool = False
    own: frozenset[str] = frozenset()
    taken_back: str | None = None
    instead: str = ""
    dropped: frozenset[str] = frozenset()
    provenance: Provenance = UNKNOWN
    withdrawn: frozenset[str] = frozenset()
    shared: str = ""
    contrary: str = ""
    keyword_paths: tuple[str, ...] = ()
    titled: bool = False
    xmp_alone: str = ""

    @property
    def existing(self) -> ExistingText:
        """What is done beside a person's caption; SKIP also where none stands."""
        return self.provenance.existing

    @property
    def gone(self) -> frozenset[str]:
        """Captions of ours that no field is to say any more."""
        return self.withdrawn if self.taken_back is None else self.withdrawn | {self.taken_back}

    def with_standing(self, keywords: tuple[str, ...]) -> Wanted:
        """The same, and the person's keywords that an earlier write of ours left there, but the dropped.

        A path and its last level stand for one another: what is wanted comes first.
        """
        flat = {k.casefold() for k in self.user_keywords if "|" not in k}
        levels = {leaf(k).casefold() for k in (*self.user_keywords, *(k for k in keywords if "|" in k))}
        kept = tuple(
            k
            for k in keywords
            if not {k.casefold(), leaf(k).casefold()} & self.dropped
            and (leaf(k).casefold() not in flat if "|" in k else k.casefold() not in levels)
        )
        return replace(self, user_keywords=texts.merge(self.user_keywords, kept)) if kept else self

    def missing(self, standing: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The person's and the machine's keywords that are not among ``standing``, letter case aside."""
        return not_among(standing, self.user_keywords, self.keywords)

    def may_replace(self, standing: str) -> bool:
        """Whether a caption that stands where ours is to stand may give way."""
        return self.replace or texts.is_boilerplate(standing) or self.is_ours(standing)

    def is_ours(self, standing: str) -> bool:
        """Whether a caption is one that we wrote and that need not come back."""
        return is_among(texts.clean(standing), self.own) or self.is_taken_back(standing)

    def is_withdrawn(self, standing: str) -> bool:
        """Whether a caption is the machine's that gives way to a person's elsewhere in the file."""
        return is_among(texts.clean(standing), self.withdrawn)

    def is_taken_back(self, standing: str) -> bool:
        """Whether a caption is the person's that this catalog wrote and that is no longer wanted."""
        return self.taken_back is not None and texts.clean(standing) == self.taken_back


def not_among(
    standing: tuple[str, ...], people: tuple[str, ...], machine: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What of a person's and of a machine's keywords is not among ``standing``, letter case aside."""
    with_people = texts.merge(standing, people)
    return with_people[len(standing) :], texts.merge(with_people, machine)[len(with_people) :]
