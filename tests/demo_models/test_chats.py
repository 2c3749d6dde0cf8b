"""Follow-up questions are true of their scene and mean what the turn before was about."""

import random

import pytest
from demo_models.chats import FOLLOW_UP_KINDS, FollowUp, chat, follow_ups, subject_of
from demo_models.scenes import PLURALS, Group, Item, Question, Scene, make_scene

SEEDS = range(300)


def scene_of(*groups: Group) -> Scene:
    return Scene(1, "beach", (4, 3), groups)


def group_of(kind: str, colour: str, count: int, x: float) -> Group:
    return Group(kind, colour, tuple(Item(x, 0.6, 0.1, 0.0) for _ in range(count)))


CAR = group_of("car", "red", 1, 0.2)
BALLS = group_of("ball", "blue", 3, 0.7)
SCENE = scene_of(CAR, BALLS)


def every_follow_up(scene: Scene) -> list[FollowUp]:
    return [pair for seed in range(200) for pair in follow_ups(scene, random.Random(seed))]


def test_a_seed_always_gives_the_same_turns() -> None:
    for seed in SEEDS:
        scene = make_scene(seed)
        assert follow_ups(scene, random.Random(seed)) == follow_ups(scene, random.Random(seed))
        assert chat(scene, random.Random(seed), 5) == chat(scene, random.Random(seed), 5)


def test_answers_are_true_of_the_thing_that_the_turn_before_was_about() -> None:
    truths = {
        "car": {"colour": "red", "count": "1", "where": "on the left"},
        "ball": {"colour": "blue", "count": "3", "where": "on the right"},
    }
    asked = set()
    for pair in every_follow_up(SCENE):
        subject = subject_of(SCENE, pair.before)
        assert subject is not None
        kind = pair.asked.kind
        asked.add((subject.kind, kind))
        if kind in truths["car"]:
            assert pair.asked.answer == truths[subject.kind][kind]
        elif kind == "exists":
            assert pair.asked.answer == ("yes" if subject.colour in pair.asked.text else "no")
        else:
            other = "ball" if subject is CAR else "car"
            wanted = truths[other].get(pair.before.kind, PLURALS[other] if other == "ball" else other)
            assert pair.asked.answer == wanted
    assert asked == {(thing, kind) for thing in truths for kind in FOLLOW_UP_KINDS}


def test_one_thing_is_it_and_several_are_they() -> None:
    for pair in every_follow_up(SCENE):
        words = pair.asked.text.rstrip("?").split()
        subject = subject_of(SCENE, pair.before)
        assert "they" not in words or subject is BALLS
        assert "it" not in words or subject is CAR


def test_a_follow_up_does_not_name_its_subject_nor_ask_what_was_just_said() -> None:
    for pair in every_follow_up(SCENE):
        subject = subject_of(SCENE, pair.before)
        assert subject is not None
        words = set(pair.asked.text.rstrip("?").split())
        assert not words & {subject.kind, subject.noun}
        if pair.asked.kind == "colour":
            assert subject.colour not in f"{pair.before.text} {pair.before.answer}"


def test_the_turn_before_is_needed_where_another_one_would_change_the_answer() -> None:
    answers: dict[str, set[str]] = {}
    pairs = every_follow_up(SCENE)
    for pair in pairs:
        answers.setdefault(pair.asked.text, set()).add(pair.asked.answer)
    for text in ("how many are there?", "is it blue?", "what colour is it?"):
        needed = [pair.needed for pair in pairs if pair.asked.text == text]
        assert needed and all(needed), text
    assert len(answers["how many are there?"]) == 2
    alone = every_follow_up(scene_of(CAR))
    assert alone and not any(pair.needed for pair in alone)
    alike = every_follow_up(scene_of(CAR, group_of("ball", "red", 1, 0.8)))
    assert not any(pair.needed for pair in alike if pair.asked.kind in ("colour", "count", "exists"))


@pytest.mark.parametrize(
    ("kind", "text", "answer", "subject"),
    [
        ("what", "what is on the left?", "car", CAR),
        ("what", "what can you see?", "car and balls", None),
        ("colour", "what colour are the balls?", "blue", BALLS),
        ("exists", "are there any blue balls?", "yes", BALLS),
        ("exists", "is there a green car?", "no", None),
        ("count", "how many cats are there?", "0", None),
        ("where", "where was this photo taken?", "on the beach", None),
    ],
)
def test_the_subject_of_a_turn(kind: str, text: str, answer: str, subject: Group | None) -> None:
    assert subject_of(SCENE, Question(kind, text, answer)) is subject


def test_chats_have_their_length_and_follow_up_often() -> None:
    followed = total = 0
    for seed in SEEDS:
        said = chat(make_scene(seed), random.Random(seed), 4)
        assert len(said) == 4
        assert all(turn.answer and turn.text.endswith("?") for turn, _ in said)
        words = [set(turn.text.rstrip("?").split()) for turn, _ in said[1:]]
        followed += sum(bool(one & {"it", "they", "them", "and", "about"}) for one in words)
        total += len(words)
    assert followed > total * 0.2
