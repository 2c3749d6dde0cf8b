"""What captions claim of scenes: true ones hold, changed ones do not, and the words alone never tell."""

import random
import re

import pytest
from demo_models.claims import CHANGES, Claims, GroupClaim, change, claims_of, holds, read, some, words
from demo_models.scenes import BACKGROUNDS, MAX_ITEMS, Group, Item, Scene, make_scene

SCENES = [make_scene(seed) for seed in range(300)]


def thing(x: float) -> Item:
    return Item(x, 0.6, 0.15, 0.0)


BEACH = Scene(
    1,
    "beach",
    (4, 3),
    (Group("car", "orange", (thing(0.2),)), Group("ball", "yellow", (thing(0.7), thing(0.9)))),
)


def test_a_scenes_own_caption_is_claimed_read_and_true() -> None:
    for scene in SCENES:
        claims = claims_of(scene)
        assert claims.text == scene.caption
        assert read(scene.caption) == claims
        assert holds(claims, scene)


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("an orange car and two yellow balls on the beach", True),
        ("two yellow balls on the beach", True),
        ("an orange car on the beach", True),
        ("two yellow balls and an orange car on the beach", False),
        ("an orange car and three yellow balls on the beach", False),
        ("a red car and two yellow balls on the beach", False),
        ("an orange cat and two yellow balls on the beach", False),
        ("an orange car and two yellow balls in the snow", False),
    ],
)
def test_what_holds_of_a_scene(text: str, true: bool) -> None:
    claims = read(text)
    assert claims is not None
    assert holds(claims, BEACH) is true


@pytest.mark.parametrize(
    "text",
    [
        "",
        "on the beach",
        "a orange car on the beach",
        "two yellow ball on the beach",
        "an orange car",
        "an orange dog on the beach",
        "an orange car on the moon",
    ],
)
def test_what_is_no_caption_of_the_grammar_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_caption_is_of_the_grammar_and_false(what: str) -> None:
    rng, changed = random.Random(3), 0
    for scene in SCENES:
        own = claims_of(scene)
        claims = change(own, scene, what, rng)
        if claims is None:
            continue
        changed += 1
        assert not holds(claims, scene)
        assert read(claims.text) == claims
        assert len({group.kind for group in claims.groups}) == len(scene.groups)
        assert sum(group.count for group in claims.groups) <= MAX_ITEMS
        differing = [
            name
            for name in ("kind", "colour", "count")
            if [getattr(group, name) for group in own.groups]
            != [getattr(group, name) for group in claims.groups]
        ]
        if what == "order":
            assert sorted(map(str, own.groups)) == sorted(map(str, claims.groups))
        else:
            assert differing == ([] if what == "place" else [what])
            assert (claims.place != own.place) is (what == "place")
    assert changed > 100


def test_words_from_outside_are_never_true() -> None:
    rng = random.Random(4)
    own = claims_of(BEACH)
    texts = {what: change(own, BEACH, what, rng, foreign=True) for what in CHANGES[:4]}
    for what, claims in texts.items():
        assert claims is not None and not holds(claims, BEACH), what
        assert read(claims.text) is None
    assert change(Claims((GroupClaim("car"),)), BEACH, "place", rng) is None


def test_leaving_claims_out_keeps_a_caption_true() -> None:
    rng = random.Random(5)
    parts = [some(claims_of(scene), rng) for scene in SCENES]
    assert all(holds(part, scene) for part, scene in zip(parts, SCENES, strict=True))
    texts = {part.text for part in parts}
    assert any(re.fullmatch(r"[a-z]+", text) for text in texts)
    assert any(text.endswith(tuple(BACKGROUNDS.values())) for text in texts)


def test_each_word_is_judged_by_itself() -> None:
    claims = read("a red car and three yellow cats in the snow")
    assert claims is not None
    spelled = [(word.text, word.truth) for word in words(claims, BEACH)]
    assert spelled == [
        *[("a", 1), ("red", 0), ("car", 1), ("and", -1)],
        # No cats: how many and of what colour cannot be said.
        *[("three", -1), ("yellow", -1), ("cats", 0)],
        *[("in", 0), ("the", 0), ("snow", 0)],
    ]
