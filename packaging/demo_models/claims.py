"""What a caption claims of a scene, whether that holds, and how one claim of it is changed.

A retrieval model has to tell a true caption from one that is nearly true.  The nearly true ones are made
here: one claim (a colour, a kind, a count, the place, or the order from left to right) is replaced by one
that does not hold, and the rest of the grammar follows it ("a red cat", "an orange cat"; "a cat", "two
cats"), so that the words alone never give a caption away.  Like `demo_models.scenes` this imports only the
standard library.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

from demo_models.scenes import (
    BACKGROUNDS,
    COLOURS,
    COUNT_WORDS,
    KINDS,
    MAX_COUNT,
    MAX_ITEMS,
    PLURALS,
    Group,
    Scene,
    article,
    join,
)

CHANGES = ("colour", "kind", "count", "place", "order")
"""What of a caption can be changed; "order" lets two neighbouring groups change places."""
_SINGULARS = {plural: kind for kind, plural in PLURALS.items()}
_MANY = {word: number for number, word in enumerate(COUNT_WORDS) if number > 1}
_NUMBERS = (*COUNT_WORDS, "five", "six", "seven", "eight", "nine", "ten")
FOREIGN: dict[str, tuple[str, ...]] = {
    what: tuple(text.split())
    for what, text in {
        "colour": "black brown gray golden dark silver tan violet",
        "kind": "person man woman dog bird horse train bus tree bench chair phone cow plane sheep truck book "
        "clock plate girl boy lamp bear road cake shoe hat",
        "place": "park kitchen forest city field river garden train school pool",
    }.items()
}
"""Words of the world outside, none of them true of a scene and none in the vocabulary."""


@dataclass(frozen=True)
class GroupClaim:
    """Claims of one group.

    Attributes:
        kind: Its kind.
        colour: Its colour; empty claims none.
        count: How many things it has; 0 claims nothing, and then the words have no article.
    """

    kind: str
    colour: str = ""
    count: int = 0

    @property
    def words(self) -> list[tuple[str, str]]:
        """The words in order, each with the claim that it makes: "count", "colour" or "kind"."""
        first = self.colour or self.kind
        number = [] if not self.count else [article(first) if self.count == 1 else _NUMBERS[self.count]]
        noun = PLURALS.get(self.kind, f"{self.kind}s") if self.count > 1 else self.kind
        told = [(word, "count") for word in number]
        return [*told, *([(self.colour, "colour")] if self.colour else []), (noun, "kind")]


@dataclass(frozen=True)
class Claims:
    """Claims of a scene: some of its groups from left to right, and its place where one is given."""

    groups: tuple[GroupClaim, ...]
    place: str = ""

    @property
    def text(self) -> str:
        """The claims as a caption."""
        groups = join(" ".join(word for word, _ in group.words) for group in self.groups)
        return f"{groups} {BACKGROUNDS.get(self.place, self.place)}".strip()


@dataclass(frozen=True)
class Word:
    """One word or comma of a caption.

    Attributes:
        text: The word.
        kind: The kind of thing that its group claims; empty for what belongs to no group.
        truth: 1 where its own claim holds, 0 where it does not, -1 where that cannot be said of one word.
    """

    text: str
    kind: str = ""
    truth: int = -1


def claims_of(scene: Scene) -> Claims:
    """Return all that a scene's own caption claims."""
    groups = tuple(GroupClaim(group.kind, group.colour, group.count) for group in scene.groups)
    return Claims(groups, scene.background)


def holds(claims: Claims, scene: Scene) -> bool:
    """Say whether every claim is true of a scene; what a caption leaves out makes it no less true."""
    if claims.place not in ("", scene.background):
        return False
    kinds = [group.kind for group in scene.groups]
    if any(claim.kind not in kinds for claim in claims.groups):
        return False
    spots = [kinds.index(claim.kind) for claim in claims.groups]
    if spots != sorted(set(spots)):
        return False
    pairs = zip(claims.groups, (scene.groups[spot] for spot in spots), strict=True)
    return all(
        claim.colour in ("", group.colour) and claim.count in (0, group.count) for claim, group in pairs
    )


def words(claims: Claims, scene: Scene) -> list[Word]:
    """Spell claims out word by word, each judged by itself.

    Colour and count are judged only of a group whose kind is in the scene, and a wrong order is no single
    word's fault.
    """
    found = {group.kind: group for group in scene.groups}
    spelled: list[Word] = []
    for number, claim in enumerate(claims.groups):
        if number:
            spelled.append(Word("and" if number == len(claims.groups) - 1 else ","))
        group = found.get(claim.kind)
        spelled += [Word(text, claim.kind, _truth(what, claim, group)) for text, what in claim.words]
    place = BACKGROUNDS.get(claims.place, claims.place)
    return spelled + [Word(text, "", int(claims.place == scene.background)) for text in place.split()]


def _truth(what: str, claim: GroupClaim, group: Group | None) -> int:
    if group is None:
        return 0 if what == "kind" else -1
    return int(
        {"kind": True, "colour": claim.colour == group.colour, "count": claim.count == group.count}[what]
    )


def some(claims: Claims, rng: random.Random) -> Claims:
    """Leave some claims out, as people do who describe or look for a photo."""
    groups = rng.sample(range(len(claims.groups)), rng.randint(1, len(claims.groups)))
    kept = [claims.groups[number] for number in sorted(groups)]
    bare = rng.random()
    if bare < 0.5:
        kept = [replace(group, count=0) for group in kept]
    if bare < 0.25:
        kept = [replace(group, colour="") for group in kept]
    return Claims(tuple(kept), claims.place if rng.random() < 0.4 else "")


def change(
    claims: Claims, scene: Scene, what: str, rng: random.Random, *, foreign: bool = False
) -> Claims | None:
    """Change one claim into one that does not hold.

    Args:
        claims: Some claims of the scene.
        scene: What they are made of.
        what: One of `CHANGES`.
        rng: Chooses the group and the new word.
        foreign: Take the new word from outside the grammar: one of `FOREIGN`, or a number that no scene has.

    Returns:
        The changed claims, or None where `what` cannot be changed: nothing is claimed of it, or there is only
        one group to put in order.
    """
    groups = list(claims.groups)
    spots = [
        number
        for number, group in enumerate(groups)
        if what == "kind" or (what == "colour" and group.colour) or (what == "count" and group.count)
    ]
    if what == "place" and claims.place:
        if foreign:
            return replace(claims, place=f"in a {rng.choice(FOREIGN['place'])}")
        return replace(claims, place=rng.choice([name for name in BACKGROUNDS if name != claims.place]))
    if what == "order" and len(groups) > 1:
        spot = rng.randrange(len(groups) - 1)
        groups[spot : spot + 2] = reversed(groups[spot : spot + 2])
    elif spots:
        spot = rng.choice(spots)
        new = _other(groups, spot, what, rng, foreign)
        if new is None:
            return None
        groups[spot] = new
    changed = replace(claims, groups=tuple(groups))
    return None if holds(changed, scene) else changed


def _other(
    groups: list[GroupClaim], spot: int, what: str, rng: random.Random, foreign: bool
) -> GroupClaim | None:
    """Return a group with another claim, or None where the grammar has none."""
    group = groups[spot]
    if what == "kind":
        taken = {one.kind for one in groups}
        kinds = FOREIGN["kind"] if foreign else KINDS
        return replace(group, kind=rng.choice([kind for kind in kinds if kind not in taken]))
    if what == "colour":
        colours = FOREIGN["colour"] if foreign else tuple(COLOURS)
        return replace(group, colour=rng.choice([name for name in colours if name != group.colour]))
    if foreign:
        return replace(group, count=rng.randrange(MAX_COUNT + 1, len(_NUMBERS)))
    rest = sum(one.count for one in groups) - group.count
    most = min(MAX_COUNT, (MAX_ITEMS if len(groups) < 3 else MAX_COUNT) - rest)
    counts = [count for count in range(1, most + 1) if count != group.count]
    return replace(group, count=rng.choice(counts)) if counts else None


def read(text: str) -> Claims | None:
    """Read a caption of the grammar, such as a model wrote it.

    Returns:
        What it claims, or None where it does not follow the grammar.
    """
    for place, phrase in BACKGROUNDS.items():
        if text.endswith(f" {phrase}"):
            groups = [_read_group(part.split()) for part in re.split(r", | and ", text[: -len(phrase) - 1])]
            known = tuple(group for group in groups if group is not None)
            return Claims(known, place) if len(known) == len(groups) else None
    return None


def _read_group(parts: list[str]) -> GroupClaim | None:
    if len(parts) != 3 or parts[1] not in COLOURS:
        return None
    number, colour, noun = parts
    if number == article(colour) and noun in KINDS:
        return GroupClaim(noun, colour, 1)
    if number in _MANY and noun in _SINGULARS:
        return GroupClaim(_SINGULARS[noun], colour, _MANY[number])
    return None
