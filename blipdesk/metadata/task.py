"""Deciding what is to be done with one photo: whose words stand where, and what the person chose for that."""

from __future__ import annotations

from dataclasses import dataclass, replace

from blipdesk.domain.own_texts import is_among
from blipdesk.domain.values import Source
from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText, WriteOutcome, WritePlan
from blipdesk.metadata import embed, facts, persons_words, texts, xmp
from blipdesk.metadata.case import Case
from blipdesk.metadata.facts import FoundText, Reading
from blipdesk.metadata.provenance import UNKNOWN, Provenance, fingerprint
from blipdesk.metadata.refusal import Refusal
from blipdesk.metadata.wanted import Wanted

_DECIDE = later("nothing is written over them until you decide which stay.")


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with one target.

    Attributes:
        wanted: what is to stand there.
        idle: where the captions stay, the plan for the case that the keywords stay as well.
        beside: where the captions of people stand beside which, or instead of which, it goes.
    """

    wanted: Wanted
    idle: WritePlan | None = None
    beside: tuple[str, ...] = ()

    def note(self, new: bytes, embedded: bool) -> str:
        """What to say of the captions of people in a file that was written; empty where none stand there."""
        if not self.beside:
            return ""
        reached = facts.SIDECAR_PLACES
        if embedded:
            in_exif, in_xmp = embed.marked_parts(new)
            reached = (facts.EXIF_PLACES if in_exif else frozenset()) | (
                facts.XMP_PLACES if in_xmp else frozenset()
            )
        return persons_words.told(self.wanted.existing, self.beside, reached)


def decide(case: Case, embedded: bool, withdraw: bool, reason: str = "") -> Task | WritePlan:
    """What is to be done with the photo's own file, else with its sidecar; a plan: nothing at all.

    Args:
        case: the photo.
        embedded: the photo's own file.
        withdraw: whether the machine's captions give way where they would hide a person's.
        reason: why it is not the photo's own file.

    Raises:
        Refusal: it belongs into a sidecar.
    """
    places = facts.EMBEDDED_PLACES if embedded else facts.SIDECAR_PLACES
    if case.text.source is Source.USER and case.caption:
        return _typed(case, places)
    people = _people(case, places, embedded)
    if people.technical and not people.uncovered:
        return _around_program_data(case, people.technical)
    if not people.captions and not people.technical and case.caption and case.text.source is Source.MODEL:
        return Task(case.wanted())
    against = ""
    if people.captions:
        try:
            task = _beside(case, people.captions, embedded, reason)
        except Refusal as refusal:
            if embedded:
                raise
            against = refusal.reason
        else:
            if task is not None:
                return task
    # programs that look into no sidecar of a photo would go on showing the machine's in it
    hides = bool(people.captions) and (embedded or bool(case.sidecars))
    return _keywords_alone(case, people, withdraw and hides, against)


def _typed(case: Case, places: frozenset[str]) -> Task | WritePlan:
    """A caption that a person typed takes the place of those that they knew, and of no other's.

    Raises:
        Refusal: of a photo, where nobody knows what stands in a field, or a program's data stand in XMP.
    """
    if _says_it(case):
        return case.end(WriteOutcome.UNCHANGED, later("The photo already says this."))
    ours = tuple(text for text in (case.caption, case.replaces, *case.text.typed) if text)
    others = [c for c in case.reading.captions if c.text and not _is_among(c, ours)]
    unknown = [found for found in others if not _is_among(found, case.text.known)]
    unread = [c.where for c in case.reading.captions if not c.text and c.where in places]
    if unknown and case.policy.existing is not ExistingText.REPLACE:
        news = tuple(dict.fromkeys(found.text for found in case.reading.captions if found.text))
        note = later("Words that were not known when yours were typed stand in {place}: {done}").format(
            place=unknown[0].where, done=_DECIDE
        )
        return replace(case.end(WriteOutcome.KEPT, note), news=news)
    if unread and case.policy.existing is not ExistingText.REPLACE:
        raise Refusal(later("what stands in {place} could not be read to its end").format(place=unread[0]))
    kept = [found for found in others if found.where in places] if case.text.both_stay else []
    if kept:
        return _idle(case, kept)
    data = case.reading.data & places & facts.EMBEDDED_PLACES
    # in XMP they come first: there is no third place in a photo
    return _around_program_data(case, max(data)) if data else Task(case.wanted())


def _is_among(found: FoundText, known: tuple[str, ...]) -> bool:
    return is_among(texts.clean(found.text), map(texts.clean, known))


@dataclass(frozen=True, slots=True)
class _People:
    """What people said, without the caption that this catalog wrote where the target is written.

    Attributes:
        captions: theirs.
        technical: where a program's own data stand in a caption field, if they do and no caption of theirs.
        uncovered: such a caption was left out: what it took the place of stands here instead.
    """

    captions: list[FoundText]
    technical: str
    uncovered: bool


def _people(case: Case, places: frozenset[str], embedded: bool) -> _People:
    """What they said there.

    Raises:
        Refusal: of a photo whose sidecar holds what this catalog wrote.
    """
    reading = case.reading
    if embedded and _others(case, reading, facts.SIDECAR_PLACES) != reading.captions:
        if _others(case, reading, places) == reading.captions:
            raise Refusal(later("a caption that was written before stands there"))
        places |= facts.SIDECAR_PLACES  # it was brought in step with the photo, and will be again
    others = _others(case, reading, places)
    uncovered = others != reading.captions
    if uncovered:
        reading = _without_ours(case, places)
        others = _others(case, reading, places)
    return _People(others, reading.technical if embedded and not others else "", uncovered)


def _around_program_data(case: Case, technical: str) -> Task:
    """XMP takes the caption alone where a program's own data stand in the EXIF description.

    Raises:
        Refusal: they stand elsewhere.
    """
    kept = later("a program's own data stand in {place}").format(place=technical)
    if technical != facts.IN_EXIF:
        raise Refusal(kept)
    return Task(replace(case.wanted(), xmp_alone=kept))


def _keywords_alone(case: Case, people: _People, withdraw: bool, against: str) -> Task | WritePlan:
    """The captions stay, but for ours that are no longer wanted or would hide a person's."""
    wanted = case.wanted()
    theirs = people.captions[0].text if people.captions else ""
    wanted = replace(
        wanted,
        taken_back=wanted.taken_back if people.uncovered else None,
        instead=case.caption if case.text.source is Source.FILE else theirs,
        withdrawn=wanted.own if withdraw else frozenset(),
    )
    idle = _idle(case, people.captions, people.technical, against)
    if not (wanted.user_keywords or wanted.dropped or wanted.taken_back or wanted.withdrawn):
        return idle
    keywords = wanted.keywords if wanted.user_keywords else ()  # a machine alone writes nothing beside it
    return Task(replace(wanted, caption=None, keywords=keywords, replace=False), idle)


def _idle(case: Case, people: list[FoundText], technical: str = "", against: str = "") -> WritePlan:
    """The plan that leaves everything as it is, and why."""
    if technical:
        return case.end(
            WriteOutcome.KEPT, later("A program's own data stand in {place}.").format(place=technical)
        )
    if people and not people[0].text:
        note = later("A person's caption may stand in {place}, which could not be understood.").format(
            place=people[0].where
        )
        return case.end(WriteOutcome.KEPT, note)
    if people:
        done = (
            later("the machine's is left out, because {reason}").format(reason=against)
            if against
            else later("nothing is written over it")
        )
        return case.end(
            WriteOutcome.KEPT,
            later("A person's caption stands in {place}; {done}.").format(place=people[0].where, done=done),
        )
    if not case.caption:
        return case.end(WriteOutcome.UNCHANGED, later("There is no caption to write."))
    return case.end(WriteOutcome.UNCHANGED, later("The caption comes from the file itself."))


def _others(case: Case, reading: Reading, places: frozenset[str]) -> list[FoundText]:
    """The captions of people but for the one that this catalog wrote to one of ``places``."""

    def ours(found: FoundText) -> bool:
        return found.where in places and texts.clean(found.text) == case.replaces

    return [found for found in reading.captions if not ours(found)]


def _without_ours(case: Case, places: frozenset[str]) -> Reading:
    """The photo and its sidecars read without our parts of these: what they covered stands there."""
    photo, sidecars = case.photo.data, case.sidecar_bytes()
    if places & facts.EMBEDDED_PLACES:
        photo = embed.strip(photo)
    if places & facts.SIDECAR_PLACES:
        sidecars = tuple(map(xmp.strip_marks, sidecars))
    return facts.read(photo, sidecars, case.text.machines)


def _says_it(case: Case) -> bool:
    """True when a photo without anything of ours says the person's caption and keywords already."""
    captions = {texts.clean(found.text) for found in case.reading.captions}
    known = {k.casefold() for k in case.reading.keywords}
    said = captions == {case.caption} and all(k.casefold() in known for k in case.keywords)
    return said and not case.reading.marked


# ---------------------------------------------------------------------------------- beside a person's caption


def _beside(case: Case, others: list[FoundText], embedded: bool, reason: str) -> Task | WritePlan | None:
    """What a person chose for a machine's caption where a person's stands; None: nothing, now or before.

    Where that was done earlier, a run without such a choice leaves it as it is, as long as the captions of
    people are the same.

    Raises:
        Refusal: it cannot be done here.
    """
    wanted, people = case.wanted(), fingerprint(found.text for found in others)
    told = replace(wanted.provenance, existing=case.existing, people=people)
    idle = None
    if case.existing is ExistingText.SKIP:
        told = _standing(case, embedded)
        if told.existing is ExistingText.SKIP or told.people != people:
            return None
        idle = case.end(
            WriteOutcome.KEPT,
            later("A person's caption is known; {done}.").format(done=persons_words.CHOSEN[told.existing]),
        )
        if not (wanted.user_keywords or wanted.dropped):
            return idle
        marked = facts.read(case.photo.data, case.sidecar_bytes())  # what else was written before is gone
        wanted = replace(wanted, caption=persons_words.machines_caption(marked, others))
    if case.reading.technical:
        raise Refusal(later("a program's own data stand in {place}").format(place=case.reading.technical))
    if _typed_here(case, others, facts.EMBEDDED_PLACES if embedded else facts.SIDECAR_PLACES):
        raise Refusal(later("a caption that was typed in BlipDesk stands there"))
    shared = persons_words.shared_caption(case.reading, case.photo.data, others)
    _refuse_elsewhere(told.existing, others, embedded, bool(shared), reason)
    keywords = wanted.keywords
    if told.existing is ExistingText.COMMENT and not wanted.user_keywords:
        keywords = ()
    wanted = replace(
        wanted,
        source=Source.MODEL,
        keywords=keywords,
        replace=told.existing is ExistingText.REPLACE,
        provenance=told,
        shared=shared,
        contrary=persons_words.contrary(case.reading, case.photo.data, others, shared),
    )
    return Task(wanted, idle, (*(found.where for found in others), *persons_words.languages(case.reading)))


def _typed_here(case: Case, others: list[FoundText], places: frozenset[str]) -> bool:
    """Whether a person's caption stands in a part of ours, which makes room when the target is written."""
    left = {texts.clean(found.text) for found in _without_ours(case, places).captions}
    return any(texts.clean(found.text) not in left for found in others)


def _refuse_elsewhere(
    existing: ExistingText, others: list[FoundText], embedded: bool, shared: bool, reason: str
) -> None:
    """Raise where the machine's caption does not belong into this target."""
    in_photo = any(not found.beside for found in others)
    in_sidecar = any(found.beside for found in others)
    if existing is ExistingText.COMMENT:
        if not embedded:
            raise Refusal(reason or later("XPComment can only stand inside the photo"))
    elif embedded and not in_photo:
        raise Refusal(later("the person's caption stands there"))
    elif existing is ExistingText.APPEND and not (embedded or shared or in_sidecar):
        raise Refusal(reason or later("it could not be repeated in a sidecar to the letter"))


def _standing(case: Case, embedded: bool) -> Provenance:
    """What the marks of the target say."""
    if not case.reading.own:
        return UNKNOWN
    if embedded:
        return embed.provenance(case.photo.data)
    beside = case.sidecars.get(case.sidecar_path)
    return xmp.provenance(beside.data) if beside else UNKNOWN
