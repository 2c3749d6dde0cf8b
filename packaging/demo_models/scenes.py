"""Grammar of the little scenes: what is in a picture, its one right caption, and the answers true of it.

A scene has one background and one to three groups of things.  All things of a group share their kind and
colour, groups never share a kind, and groups stand in separate vertical zones, so that reading them from
left to right is the only order and a scene has exactly one right caption.  Drawing is the business of
`demo_models.draw`; this module imports nothing but the standard library, so that the grammar can be read
and tested by itself.

The idea of an invented world whose grammar gives both picture and ground truth follows CLEVR (Johnson et
al. 2017, arXiv:1612.06890); nothing is taken from it but the idea.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass

COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (216, 34, 38),
    "orange": (250, 132, 16),
    "yellow": (250, 216, 40),
    "green": (34, 160, 62),
    "blue": (32, 92, 214),
    "purple": (128, 52, 168),
    "pink": (250, 130, 184),
    "white": (246, 246, 244),
}
"""Colour words and the mean sRGB value that each is drawn with."""

PLURALS: dict[str, str] = {
    "apple": "apples",
    "ball": "balls",
    "balloon": "balloons",
    "boat": "boats",
    "butterfly": "butterflies",
    "car": "cars",
    "cat": "cats",
    "cup": "cups",
    "duck": "ducks",
    "fish": "fish",
    "flower": "flowers",
    "house": "houses",
    "kite": "kites",
    "mushroom": "mushrooms",
    "star": "stars",
    "umbrella": "umbrellas",
}
"""Every kind of thing and its plural."""

KINDS: tuple[str, ...] = tuple(PLURALS)
FLOATING = frozenset({"balloon", "butterfly", "kite", "star"})
"""Kinds that hang in the air and cast no shadow on the ground."""

BACKGROUNDS: dict[str, str] = {
    "beach": "on the beach",
    "desert": "in the desert",
    "meadow": "in a meadow",
    "night": "at night",
    "room": "in a room",
    "snow": "in the snow",
    "street": "on a street",
    "table": "on a table",
}
"""Every background and the words that end a caption, which also answer "where is this?"."""

COUNT_WORDS = ("no", "one", "two", "three", "four")
MAX_COUNT = 4
MAX_ITEMS = 5
MAX_GROUPS = 3
SIDES = ("on the left", "in the middle", "on the right")
ASPECTS = ((4, 3), (3, 2), (1, 1), (3, 4))
EVALUATION_SEEDS = range(0, 400_000)
"""Scenes that models are measured on; all other uses have the seeds above, so that none is both."""
CALIBRATION_SEEDS = range(EVALUATION_SEEDS.stop, 500_000)
"""Scenes that say from which margin on a caption counts as sure (`demo_models.calibrate`)."""
SAMPLE_SEEDS = range(CALIBRATION_SEEDS.stop, 1_000_000)
FIRST_TRAINING_SEED = SAMPLE_SEEDS.stop
"""Training scenes take seeds from here upwards, without end."""
QUESTION_KINDS = ("what", "colour", "count", "exists", "where")
_SIZES = {1: (0.20, 0.30), 2: (0.155, 0.20), 3: (0.135, 0.17), 4: (0.12, 0.15), 5: (0.11, 0.135)}


@dataclass(frozen=True)
class Item:
    """One thing: centre in fractions of width and height, half-size in fractions of the shorter side."""

    x: float
    y: float
    size: float
    angle: float


@dataclass(frozen=True)
class Group:
    """Things of one kind and colour that stand together."""

    kind: str
    colour: str
    items: tuple[Item, ...]

    @property
    def count(self) -> int:
        """How many things the group has."""
        return len(self.items)

    @property
    def noun(self) -> str:
        """The kind's word, in the plural where there is more than one."""
        return self.kind if self.count == 1 else PLURALS[self.kind]

    @property
    def phrase(self) -> str:
        """The group in words, such as "an orange car" or "two red apples"."""
        if self.count > 1:
            return f"{COUNT_WORDS[self.count]} {self.colour} {self.noun}"
        return f"{article(self.colour)} {self.colour} {self.noun}"


@dataclass(frozen=True)
class Scene:
    """Everything that decides one picture; equal scenes draw equal pictures."""

    seed: int
    background: str
    aspect: tuple[int, int]
    groups: tuple[Group, ...]

    @property
    def caption(self) -> str:
        """The one right caption: groups from left to right, then the place."""
        return f"{join(group.phrase for group in self.groups)} {BACKGROUNDS[self.background]}"

    @property
    def side(self) -> dict[str, str]:
        """Kind to side of the picture, for those groups of which a side can be told."""
        if len(self.groups) > 1:
            sides = SIDES if len(self.groups) == 3 else (SIDES[0], SIDES[2])
            return {group.kind: side for group, side in zip(self.groups, sides, strict=True)}
        group = self.groups[0]
        if group.count > 1:
            return {}
        x = group.items[0].x
        return {group.kind: SIDES[0] if x < 0.4 else SIDES[2] if x > 0.6 else SIDES[1]}


@dataclass(frozen=True)
class Question:
    """A question about a scene with its one right answer."""

    kind: str
    text: str
    answer: str


def article(word: str) -> str:
    """Return the indefinite article that stands before a word."""
    return "an" if word[0] in "aeiou" else "a"


def join(parts: Iterable[str]) -> str:
    """Join phrases as a sentence lists them: commas, and "and" before the last."""
    words = list(parts)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def make_scene(seed: int, *, background: str | None = None, aspect: tuple[int, int] | None = None) -> Scene:
    """Draw a scene from the grammar.

    Args:
        seed: Decides everything; the same seed gives the same scene on every machine.
        background: A key of `BACKGROUNDS` to force, else chosen by the seed.
        aspect: Width to height to force, else chosen by the seed.

    Returns:
        A scene of one to three groups with at most `MAX_ITEMS` things in all.
    """
    rng = random.Random(seed)
    place = rng.choice(tuple(BACKGROUNDS))
    shape = rng.choices(ASPECTS, (50, 25, 15, 10))[0]
    background, aspect = background or place, aspect or shape
    number = rng.choices((1, 2, 3), (35, 48, 17) if aspect[0] >= aspect[1] else (45, 55, 0))[0]
    counts = _counts(rng, number)
    kinds = rng.sample(KINDS, number)
    sizes = _SIZES[sum(counts)]
    size = rng.uniform(*sizes)
    placed = _place(rng, kinds, counts, size, aspect)
    groups = tuple(
        Group(kind, rng.choice(tuple(COLOURS)), tuple(items))
        for kind, items in zip(kinds, placed, strict=True)
    )
    return Scene(seed, background, aspect, groups)


def questions(scene: Scene, rng: random.Random, kind: str | None = None) -> list[Question]:
    """Ask one question of each kind about a scene.

    Args:
        scene: The scene asked about.
        rng: Chooses the wording and the thing asked for.
        kind: One of `QUESTION_KINDS` to ask only that.

    Returns:
        Questions whose answer follows from the scene alone.
    """
    kinds = QUESTION_KINDS if kind is None else (kind,)
    return [_ASKERS[name](scene, rng) for name in kinds]


def _counts(rng: random.Random, number: int) -> list[int]:
    if number == 1:
        return [rng.choices((1, 2, 3, 4), (34, 24, 22, 20))[0]]
    if number == 3:
        return rng.choice([[1, 1, 1], [1, 1, 1], [2, 1, 1], [1, 2, 1], [1, 1, 2]])
    return list(
        rng.choice([(1, 1), (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (1, 4), (4, 1)])
    )


def _place(
    rng: random.Random, kinds: list[str], counts: list[int], size: float, aspect: tuple[int, int]
) -> list[list[Item]]:
    """Choose positions: groups in zones from left to right, no two things nearer than their sizes."""
    short = min(aspect)
    wide, high = aspect[0] / short, aspect[1] / short
    weights = [math.sqrt(count) for count in counts]
    total = sum(weights)
    edges = [0.02]
    for weight in weights:
        edges.append(edges[-1] + 0.96 * weight / total)
    alone = rng.choice(SIDES) if counts == [1] else ""
    while True:
        placed: list[list[Item]] = []
        for index, (kind, count) in enumerate(zip(kinds, counts, strict=True)):
            low, top = edges[index] + size * 1.05 / wide, edges[index + 1] - size * 1.05 / wide
            if alone:
                low, top = {SIDES[0]: (0.19, 0.31), SIDES[1]: (0.45, 0.55), SIDES[2]: (0.69, 0.81)}[alone]
                size = min(size, 0.19 * wide * (1.3 if alone == SIDES[1] else 1.0))
            ground = kind not in FLOATING
            span = (0.44, 0.95 - size / high) if ground else (0.05 + size / high, 0.72)
            items = _scatter(rng, count, size, (low, top), span, (wide, high))
            if items is None:
                break
            placed.append(items)
        else:
            return placed
        size *= 0.95


def _scatter(
    rng: random.Random,
    count: int,
    size: float,
    across: tuple[float, float],
    down: tuple[float, float],
    scale: tuple[float, float],
) -> list[Item] | None:
    if across[1] < across[0] or down[1] < down[0]:
        return None
    for _ in range(12):
        items: list[Item] = []
        for _ in range(count * 6):
            x, y = rng.uniform(*across), rng.uniform(*down)
            own = size * rng.uniform(0.92, 1.06)
            if all(
                math.hypot((x - other.x) * scale[0], (y - other.y) * scale[1]) > 0.98 * (own + other.size)
                for other in items
            ):
                items.append(Item(x, y, own, rng.uniform(-14, 14)))
                if len(items) == count:
                    return items
    return None


def _ask_what(scene: Scene, rng: random.Random) -> Question:
    colours = [group.colour for group in scene.groups]
    single = [group for group in scene.groups if colours.count(group.colour) == 1]
    way = rng.random()
    sides = scene.side
    if way < 0.4 and sides:
        group = rng.choice(scene.groups)
        side = sides[group.kind]
        text = rng.choice(("what is {}?", "what can you see {}?", "what is there {}?", "what do you see {}?"))
        return Question("what", text.format(side), group.noun)
    if way < 0.65 and single:
        group = rng.choice(single)
        thing = "is the {} thing" if group.count == 1 else "are the {} things"
        text = rng.choice(("what is {}?", f"what {thing}?", "which thing is {}?", "what object is {}?"))
        return Question("what", text.format(group.colour), group.noun)
    text = rng.choice(
        (
            "what is it?",
            "what is this?",
            "what is in the picture?",
            "what is in the photo?",
            "what can you see?",
        )
    )
    return Question("what", text, join(group.noun for group in scene.groups))


def _ask_colour(scene: Scene, rng: random.Random) -> Question:
    group = rng.choice(scene.groups)
    verb = "is" if group.count == 1 else "are"
    word = rng.choice(("color", "colour"))
    text = rng.choice((f"what {word} {verb} the {group.noun}?", f"which {word} {verb} the {group.noun}?"))
    return Question("colour", text, group.colour)


def _ask_count(scene: Scene, rng: random.Random) -> Question:
    counts = {group.kind: group.count for group in scene.groups}
    absent = rng.random() < 0.15
    kind = rng.choice([name for name in KINDS if name not in counts] if absent else list(counts))
    text = rng.choice(
        (
            "how many {} are there?",
            "how many {} can you see?",
            "how many {} are in the picture?",
            "how many {} do you see?",
            "how many {} are in the photo?",
        )
    )
    return Question("count", text.format(PLURALS[kind]), str(counts.get(kind, 0)))


def _ask_exists(scene: Scene, rng: random.Random) -> Question:
    truth = rng.random() < 0.5
    group = rng.choice(scene.groups)
    present = {one.kind for one in scene.groups}
    kind, colour = group.kind, group.colour
    coloured = rng.random() < 0.5
    if not truth:
        if coloured and rng.random() < 0.6:
            colour = rng.choice([name for name in COLOURS if name != group.colour])
        else:
            kind = rng.choice([name for name in KINDS if name not in present])
            colour = rng.choice(tuple(COLOURS))
    one = f"{colour} {kind}" if coloured else kind
    many = f"{colour} {PLURALS[kind]}" if coloured else PLURALS[kind]
    text = rng.choice(
        (
            f"is there {article(one)} {one}?",
            f"is there {article(one)} {one} in the picture?",
            f"is there {article(one)} {one} in the photo?",
            f"are there any {many}?",
            f"can you see {article(one)} {one}?",
            f"do you see {article(one)} {one}?",
        )
    )
    return Question("exists", text, "yes" if truth else "no")


def _ask_where(scene: Scene, rng: random.Random) -> Question:
    sides = scene.side
    if sides and rng.random() < 0.6:
        group = rng.choice(scene.groups)
        verb = "is" if group.count == 1 else "are"
        thing = group.noun if rng.random() < 0.6 else f"{group.colour} {group.noun}"
        return Question("where", f"where {verb} the {thing}?", sides[group.kind])
    text = rng.choice(
        ("where is this?", "what place is this?", "where was this photo taken?", "where are we?")
    )
    return Question("where", text, BACKGROUNDS[scene.background])


_ASKERS = {
    "what": _ask_what,
    "colour": _ask_colour,
    "count": _ask_count,
    "exists": _ask_exists,
    "where": _ask_where,
}
