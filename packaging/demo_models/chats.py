"""Conversations about a scene: questions that say "it" or "they" of what the turn before was about.

A follow-up takes its subject from the turn before, as in "what is on the left?", "car", "what colour is it?".
Every answer follows from the scene and the two turns alone.  Single questions are those of
`demo_models.scenes`, which this module leaves as they are.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from demo_models.scenes import COLOURS, PLURALS, SIDES, Group, Question, Scene, questions

FOLLOW_UP_KINDS = ("colour", "count", "exists", "where", "and")
"""What a follow-up asks of the thing before; "and" asks the question before of another thing."""
_NEW_SUBJECT = 0.35
"""Share of a longer chat's turns that leave the subject although they could stay with it."""
_ALONE = 0.15
"""Share of chats about a scene of one group that open with "it": nothing else can be meant."""
_NOTHING = Question("", "", "")


@dataclass(frozen=True)
class FollowUp:
    """Two turns, the second of which is about what the first one was about.

    Attributes:
        before: The first turn, with its right answer.
        asked: The second turn; its kind is one of `FOLLOW_UP_KINDS`.
        needed: Whether the same words after a turn about another thing of the scene, or as an opening
            question, could have another answer: then the turn before is needed.
    """

    before: Question
    asked: Question
    needed: bool


def follow_ups(scene: Scene, rng: random.Random) -> list[FollowUp]:
    """Ask one follow-up of each kind that the scene allows.

    Args:
        scene: The scene asked about.
        rng: Chooses first turns, wordings and things.

    Returns:
        At most one pair for each of `FOLLOW_UP_KINDS`, in their order.
    """
    pairs = []
    for kind in FOLLOW_UP_KINDS:
        for _ in range(8):
            before = rng.choice(questions(scene, rng))
            subject = subject_of(scene, before)
            found = _about(scene, subject, before, rng, kind) if subject else None
            if found is not None:
                pairs.append(FollowUp(before, found, _needed(scene, before, found)))
                break
    return pairs


def chat(scene: Scene, rng: random.Random, turns: int) -> list[tuple[Question, Group | None]]:
    """Hold a conversation in which most turns stay with the subject of the turn before.

    Args:
        scene: The scene talked about.
        rng: Chooses everything.
        turns: How many.

    Returns:
        The turns with their right answers, each with the one group that it is about, if it is.
    """
    said: list[tuple[Question, Group | None]] = []
    if len(scene.groups) == 1 and rng.random() < _ALONE:
        first = _about(scene, scene.groups[0], _NOTHING, rng, rng.choice(("colour", "count", "exists")))
        said += [(first, scene.groups[0])] if first else []
    while len(said) < turns:
        asked = None
        before, subject = said[-1] if said else (_NOTHING, None)
        if subject and rng.random() > _NEW_SUBJECT:
            asked = _about(scene, subject, before, rng, rng.choice(FOLLOW_UP_KINDS))
        if asked is None:
            asked = rng.choice(questions(scene, rng))
            subject = subject_of(scene, asked)
        elif asked.kind == "and":
            subject = subject_of(scene, asked)
        said.append((asked, subject))
    return said[:turns]


def subject_of(scene: Scene, question: Question) -> Group | None:
    """Return the one group that a question and its answer are about, or None where there is not one."""
    if question.answer in ("no", "0"):
        return None
    return _named(scene, question.text) or _named(scene, question.answer)


def _named(scene: Scene, text: str) -> Group | None:
    words = set(text.rstrip("?").split())
    found = [group for group in scene.groups if words & {group.kind, PLURALS[group.kind]}]
    return found[0] if len(found) == 1 else None


def _about(scene: Scene, group: Group, before: Question, rng: random.Random, kind: str) -> Question | None:
    """Ask something of a kind about the subject of the turn before; None where that makes no sense."""
    if kind == before.kind:
        return None
    if kind in ("colour", "exists") and group.colour in f"{before.text} {before.answer}":
        return None  # It has just been said.
    if kind == "and":
        return _and(scene, group, before, rng)
    thing, verb = ("it", "is") if group.count == 1 else ("they", "are")
    if kind == "exists":
        colour = group.colour if rng.random() < 0.5 else rng.choice(tuple(COLOURS))
        return Question(kind, f"{verb} {thing} {colour}?", "yes" if colour == group.colour else "no")
    answer = _answer(scene, group, kind)
    if not answer:
        return None
    text = rng.choice(_WORDINGS[kind])
    return Question(kind, text.format(verb=verb, thing=thing), answer)


_WORDINGS = {
    "colour": (
        "what colour {verb} {thing}?",
        "what color {verb} {thing}?",
        "which colour {verb} {thing}?",
        "which color {verb} {thing}?",
    ),
    "count": (
        "how many are there?",
        "how many of them are there?",
        "how many can you see?",
        "how many do you see?",
        "how many are in the picture?",
    ),
    "where": ("where {verb} {thing}?", "where {verb} {thing} in the picture?"),
}


def _and(scene: Scene, group: Group, before: Question, rng: random.Random) -> Question | None:
    """Put the question before to another group: "and the balls?", or "and on the right?"."""
    others = [one for one in scene.groups if one is not group]
    if not others or before.kind not in ("what", "colour", "count", "where"):
        return None
    other = rng.choice(others)
    opening = rng.choice(("and", "what about"))
    if before.kind == "what":
        if not any(side in before.text for side in SIDES):
            return None
        return Question("and", f"{opening} {scene.side[other.kind]}?", other.noun)
    noun = PLURALS[other.kind] if before.kind == "count" else other.noun
    answer = _answer(scene, other, before.kind)
    return Question("and", f"{opening} the {noun}?", answer)


def _answer(scene: Scene, group: Group, kind: str) -> str:
    """Return a group's colour, count or side ("where"); empty where no side can be told."""
    if kind == "where":
        return scene.side.get(group.kind, "")
    return group.colour if kind == "colour" else str(group.count)


def _needed(scene: Scene, before: Question, asked: Question) -> bool:
    """Tell whether another turn before could lead to another answer."""
    if asked.kind == "and":
        return before.kind != "what"
    group = subject_of(scene, before)
    others = [one for one in scene.groups if one is not group]
    if asked.kind == "exists":
        colour = asked.text.rstrip("?").split()[-1]
        return any((one.colour == colour) != (asked.answer == "yes") for one in others)
    return any(_answer(scene, one, asked.kind) != asked.answer for one in others)
