"""The grammar of scenes says exactly one thing of each scene, and the drawing follows the seed alone."""

import random

import numpy as np
import pytest
from demo_models.draw import paint, portrait, snapshot
from demo_models.models import make_tokenizer
from demo_models.scenes import (
    BACKGROUNDS,
    COLOURS,
    FLOATING,
    KINDS,
    MAX_GROUPS,
    MAX_ITEMS,
    PLURALS,
    QUESTION_KINDS,
    Group,
    Item,
    Scene,
    join,
    make_scene,
    questions,
)

SEEDS = range(400)


def item(x: float = 0.5) -> Item:
    return Item(x, 0.6, 0.15, 0.0)


def scene_of(*groups: Group) -> Scene:
    return Scene(1, "beach", (4, 3), groups)


def test_caption_lists_groups_from_left_to_right_and_the_place() -> None:
    car = Group("car", "orange", (item(0.2),))
    balls = Group("ball", "yellow", (item(0.7), item(0.9)))
    assert scene_of(car, balls).caption == "an orange car and two yellow balls on the beach"
    assert scene_of(balls).caption == "two yellow balls on the beach"


def test_three_groups_take_a_comma() -> None:
    assert join(["a", "b", "c"]) == "a, b and c"


def test_same_seed_same_scene_and_same_pixels() -> None:
    for seed in (0, 5, 17):
        assert make_scene(seed) == make_scene(seed)
        assert np.array_equal(snapshot(make_scene(seed)), snapshot(make_scene(seed)))
    assert make_scene(0) != make_scene(1)


def test_forced_place_and_shape_are_kept() -> None:
    scene = make_scene(3, background="snow", aspect=(3, 2))
    assert (scene.background, scene.aspect) == ("snow", (3, 2))
    assert scene.caption.endswith("in the snow")


@pytest.mark.parametrize("seed", SEEDS[:100])
def test_scenes_keep_their_bounds(seed: int) -> None:
    scene = make_scene(seed)
    items = [one for group in scene.groups for one in group.items]
    assert 1 <= len(scene.groups) <= MAX_GROUPS
    assert 1 <= len(items) <= MAX_ITEMS
    assert len({group.kind for group in scene.groups}) == len(scene.groups)
    assert all(0 < one.x < 1 and 0 < one.y < 1 and one.size > 0.05 for one in items)
    for left, right in zip(scene.groups, scene.groups[1:], strict=False):
        assert max(one.x for one in left.items) < min(one.x for one in right.items)


def test_everything_of_the_grammar_turns_up() -> None:
    scenes = [make_scene(seed) for seed in SEEDS]
    assert {scene.background for scene in scenes} == set(BACKGROUNDS)
    assert {group.kind for scene in scenes for group in scene.groups} == set(KINDS)
    assert {group.colour for scene in scenes for group in scene.groups} == set(COLOURS)
    assert {group.count for scene in scenes for group in scene.groups} == {1, 2, 3, 4}
    assert set(KINDS) > FLOATING


def test_answers_follow_from_the_scene() -> None:
    for seed in SEEDS:
        scene = make_scene(seed)
        counts = {group.noun: group for group in scene.groups}
        asked = {one.kind: one for one in questions(scene, random.Random(seed))}
        assert tuple(asked) == QUESTION_KINDS
        assert asked["colour"].answer in {group.colour for group in scene.groups}
        for noun, group in counts.items():
            if f"the {noun}?" in asked["colour"].text:
                assert asked["colour"].answer == group.colour
        assert asked["exists"].answer in ("yes", "no")
        assert asked["where"].answer in {
            *BACKGROUNDS.values(),
            "on the left",
            "in the middle",
            "on the right",
        }
        assert asked["count"].answer in {"0", *(str(group.count) for group in scene.groups)}


def test_yes_and_no_are_both_true_of_what_is_asked() -> None:
    answers = {"yes": 0, "no": 0}
    for seed in SEEDS:
        scene = make_scene(seed)
        asked = questions(scene, random.Random(seed), "exists")[0]
        answers[asked.answer] += 1
        present = {word for group in scene.groups for word in (group.kind, PLURALS[group.kind])}
        if asked.answer == "yes":
            assert present & set(asked.text.rstrip("?").split())
    assert min(answers.values()) > 0.35 * len(SEEDS)


def test_the_vocabulary_has_every_word_of_the_grammar() -> None:
    tokenizer = make_tokenizer()
    for seed in SEEDS:
        scene = make_scene(seed)
        texts = [
            scene.caption,
            *(f"{one.text} {one.answer}" for one in questions(scene, random.Random(seed))),
        ]
        for text in texts:
            words = tokenizer.tokenize(text)
            assert "[UNK]" not in words
            assert not [word for word in words if word.startswith("##")], text


def test_vocabulary_has_blips_special_tokens() -> None:
    tokenizer = make_tokenizer()
    assert tokenizer.convert_ids_to_tokens([0, 1, 2, 3, 4]) == ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    assert tokenizer.bos_token == "[DEC]"
    assert tokenizer("a car").input_ids[0] == tokenizer.cls_token_id
    assert "[ENC]" in tokenizer.all_special_tokens


def test_sizes_of_pictures() -> None:
    scene = make_scene(8, aspect=(4, 3))
    assert snapshot(scene, 96).size == (96, 96)
    assert paint(scene, 160, 120).size == (160, 120)
    assert portrait(scene, 400).size == (400, 300)


def test_large_and_small_pictures_agree() -> None:
    """A portrait squeezed to the models' input differs from the plain drawing by light alone."""
    for seed in (2, 9):
        scene = make_scene(seed, aspect=(4, 3))
        plain = np.asarray(paint(scene, 800, 600).resize((48, 36)), float)
        lit = np.asarray(portrait(scene, 800).resize((48, 36)), float)
        assert abs(plain - lit).mean() < 14
