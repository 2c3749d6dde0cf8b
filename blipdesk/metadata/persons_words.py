"""What people said in a photo, as far as a machine's caption beside it has to know."""

from __future__ import annotations

from itertools import chain

from blipdesk.domain.wording import later
from blipdesk.domain.writes import ExistingText
from blipdesk.metadata import facts, texts, xmp
from blipdesk.metadata.facts import FoundText, Reading

_CERTAIN = (facts.IN_XMP, facts.IN_SIDECAR, facts.IN_XP_COMMENT)
"""Places whose charset is known."""
_HIDDEN = (facts.IN_XMP, facts.IN_IPTC)
"""Places of a photo that readers by MWG rules pass over for its EXIF description."""
CHOSEN = {
    ExistingText.COMMENT: later("the machine's stands in XPComment alone"),
    ExistingText.APPEND: later("the machine's stands behind it"),
    ExistingText.REPLACE: later("the machine's stands instead of it"),
}


def told(existing: ExistingText, places: tuple[str, ...], reached: frozenset[str]) -> str:
    """What is said of a person's captions in ``places``, of which a write reached some."""
    beside = places[0]
    if existing is ExistingText.APPEND:
        beside = next((place for place in places if place in reached), beside)
    done = CHOSEN[existing]
    if existing is not ExistingText.REPLACE:
        return later("A person's caption stands in {place}; {done}.").format(place=beside, done=done)
    left = [place for place in dict.fromkeys(places) if place not in reached]
    if left:
        named = left[-1]
        for place in reversed(left[:-1]):
            named = later("{place} as well as {others}").format(place=place, others=named)
        done = later("{done} where most programs look, but not in {places}").format(done=done, places=named)
    said = later("A person's caption stands in {place}; {done}; undo brings it back.")
    return said.format(place=beside, done=done)


def languages(reading: Reading) -> dict[str, str]:
    """What people said in languages of their own in the photo's XMP, by where that stands."""
    inside = [packet.people for packet in reading.packets if not packet.beside]
    found: dict[str, str] = {}
    for item in chain.from_iterable(tree.find(name) for tree in inside for name in xmp.CAPTION_PROPERTIES):
        shown = None if item.names_each_language else item.text()  # that of a language may follow it
        for language, text in item.languages().items():
            if text != shown and not texts.is_boilerplate(text):
                found[later("its XMP in {language}").format(language=language)] = text
    return found


def contrary(reading: Reading, data: bytes, others: list[FoundText], shared: str) -> str:
    """Where a caption stands that an EXIF description hides from readers by MWG rules, and does not say.

    A new description would be one more reason for them not to look further.  To programs that compare the
    two, lines that end in another way (IPTC by Photoshop) are a difference.
    """
    described = [texts.clean(found.text) for found in others if found.where == facts.IN_EXIF]
    for found in others if described else ():
        text = texts.clean(found.text)
        other_lines = "\n" in text and text.replace("\n", "\r").encode() in data
        if found.where.startswith(_HIDDEN) and (other_lines or text not in described[0]):
            return found.where
    base = described[0] if described else shared
    unsaid = (where for where, text in languages(reading).items() if texts.clean(text) not in base)
    return next(unsaid, "")


def shared_caption(reading: Reading, data: bytes, others: list[FoundText]) -> str:
    """The caption of people that says all they say there, where none of it had to be guessed; else empty."""
    if any(len(found.text) > texts.MAX_TEXT for found in others):
        return ""  # a part of it would be shown for the whole
    text = max((texts.clean(found.text) for found in others), key=len)
    said = (*(found.text for found in others), *languages(reading).values())
    agreed = all(texts.clean(other) in text for other in said)
    known = text.isascii() or any(
        found.where.startswith(_CERTAIN) for found in others if texts.clean(found.text) == text
    )
    # a text whose UTF-8 stands in the file was not made of other bytes
    return text if agreed and (known or text.encode() in data) else ""


def machines_caption(reading: Reading, others: list[FoundText]) -> str:
    """The machine's caption that stands in the file by its marks, without a person's before it."""
    own = {text for text in reading.own if text}
    for found in others:
        before = f"{texts.clean(found.text)}\n"
        own = {text.removeprefix(before) for text in own}
    return min(own, default="")
