"""Caption cleaning: what goes, what stays, and what counts as no caption at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.engine.text import clean_caption, is_degenerate, is_senseless_answer

CAPTIONS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "captions.jsonl"
FILLER = {
    *("there", "is", "are", "that", "a", "an", "the", "this", "it", "image", "picture", "photo", "of", "in"),
    *("on", "to", "with", "near", "and", "for", "over", "along", "who"),
}
PIECES = (
    *("a", "the", "dog", "dog", "cat", ",", ".", "on", "there", "is", "of", "with", "image", "an"),
    *("arafed", "araffe", "that", "are", "walking"),
)


NOISE = (
    "this thisAAAAAAAAAAAAAAAAAAAAAAAA",
    "~'\ufffd]\ufffdw yeNQNQNX the cat blue\ufffd\ufffd\ufffd\ufffd\ufffd bl",
    "===jjjRM==cA=c thisA== yes yes0 boatDjUpQ=",
    "a dog \ufffd on the sofa",
    "is is isBphi- a6666666666666666666",
    "dogNQNQNQNQNQNQNQNQNQ",
    "th{j two$|i8*lp tr2 ye~ what|x",
    "re\x15S re\x1dj;;7;\x18 house\x13\x7f",
    "狗狗狗狗狗狗狗狗狗",
    "一只狗" * 8,
    "this thisAAA Answer&&& what whatT whatTQ whatTRb what whatCTRF",
    "AAA Answer treebq what whatwx what whatz ofT whatTQRbbbFZA what",
    "boatp`' this this' thisuO:g=c bird'Q!'QMMMQMFQMT bird",
    *("LWBB@@@F adL0XXXgXggZWWW+++TNNN", "TRRR$TR000;rKKOu$TTT55&&&AA"),
    "= boatMT this6 in``:Q=TA0 boat boatp boatpggg boatp",
)
"""What language models with wrong weights draw: characters, not words."""


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("arafed woman in a red dress", "a woman in a red dress"),
        ("an arafed orange cat", "an orange cat"),
        ("two arafed dogs on a couch", "two dogs on a couch"),
        ("arafed image of a man on a horse", "a man on a horse"),
        ("araffes people on the beach", "people on the beach"),
        ("there is a man with an arraffed hat", "a man with a hat"),
        ("araffe standing in the grass", "something standing in the grass"),
        ("arafed view of a city", "a view of a city"),
        ("there is a woman that is eating a pastry", "a woman eating a pastry"),
        ("there are two trains parked at this station", "two trains parked at this station"),
        ("there's a dog on the sofa", "a dog on the sofa"),
        ("there is no parking sign here", "there is no parking sign here"),
        ("an image of two planes", "two planes"),
        ("This is a picture of a cat.", "a cat."),
        ("a black and white photo of a clock", "a black and white photo of a clock"),
        ("a close up of a plate", "a close up of a plate"),
        ("a doll doll sitting at a table", "a doll sitting at a table"),
        ("a cat on a cat on a cat on a mat", "a cat on a mat"),
        ("a man in a hat and a man in a hat", "a man in a hat and a man in a hat"),
        ("two cats next to each other, next to each other", "two cats next to each other"),
        ("a tuk tuk in bora bora", "a tuk tuk in bora bora"),
        ("a bus with the number 20 20", "a bus with the number 20 20"),
        ("a toilet  toilet paper and a sink", "a toilet, toilet paper and a sink"),
        ("a  dog   in the\tsnow\n", "a dog in the snow"),
        ("a t - shirt , a man ' s hat .", "a t-shirt, a man's hat."),
        ("a dog [unused12] on [PAD] a sofa [SEP]", "a dog on a sofa"),
        ("a surf ##board on the sand", "a surfboard on the sand"),
        ("a statue of a man on a", "a statue of a man"),
        ("a man wearing headphones with a hat on", "a man wearing headphones with a hat on"),
        ("a giraffe in a field", "a giraffe in a field"),
        ("an image of an image of a cat", "a cat"),
        ("image of a cat", "a cat"),
        ("there is a dog there is a dog", "a dog"),
        ("araafed arafeds dogs", "dogs"),
        ("a dog 🐶 on a\x07 mat\u200b", "a dog 🐶 on a mat"),
        ("一只狗在草地上\ufffd\ufffd", "一只狗在草地上"),
        ("", ""),
        ("...", ""),
    ],
)
def test_clean(raw: str, clean: str) -> None:
    assert clean_caption(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "a",
        "of the",
        "- - -",
        "no image here",
        "dog " * 30,
        "a cat " + "the of " * 12,
        "a" * 60,
        "####",
        "7",
        "there are two",
        "there is",
        "there is a",
        "an image of an image of",
        "arafed",
        "🐶🐶🐶",
        "a cat and " * 250,
        "dog " * 1000,
        "".join(f"{letter} " for letter in "abcdefghijkl") * 84,
        *NOISE,
    ],
)
def test_degenerate(text: str) -> None:
    assert is_degenerate(text) or is_degenerate(clean_caption(text))


@pytest.mark.parametrize(
    "text",
    [
        *("a dog", "dog", "two cats", "a man in a hat and a man in a hat", "snow", "a tv"),
        *("a sign that says '50% OFF!!!'", "a wi-fi sign", "a rock'n'roll band", "a book about c++"),
        *(
            "the page www.x.com/a_b?c=d on a screen",
            "a player with #1 on his back",
            "an AT&T shop, 9:30 a.m.",
        ),
        *("e=mc^2 on a blackboard", "the words <stop> and [exit]", "f**k written on a wall", "goooool!"),
        *("an iPhone with YouTube at McDonald's", "a $1,000,000 cheque", "an AAA battery and a PhD hat"),
        *("a dog 🐶🐶🐶 and a family 👩‍👩‍👧", "собака на траве", "犬が草の上を走っている", "狗"),
        *(
            "नमस्ते कुत्ते और बिल्ली",
            "一只狗在草地上奔跑旁边有一个穿红色T恤的小男孩正在看着它远处是一片树林和一座小房子",
        ),
        "ชายคนหนึ่งกำลังขี่ม้าอยู่บนชายหาดในยามพระอาทิตย์ตกดินและมีสุนัขวิ่งตามหลังมาด้วย",
        "一只狗在草地上\ufffd\ufffd",
    ],
)
def test_not_degenerate(text: str) -> None:
    assert not is_degenerate(text) and not is_degenerate(clean_caption(text))


@pytest.mark.parametrize(
    "answer",
    ["", "...", "\ufffd\ufffd\ufffd", "house " * 20, "a red house" + " house" * 4, "the the the", *NOISE],
)
def test_no_answer_at_all(answer: str) -> None:
    assert is_senseless_answer(answer)


@pytest.mark.parametrize(
    "answer",
    [
        *(
            "2",
            "a",
            "yes yes",
            "no, no, no!",
            "no",
            "it is",
            "there are two",
            "7 7 7 7",
            "9:30",
            "c++",
            "50%",
        ),
        *("red", "是", "on the left", "because the light is behind it, and so it is dark."),
    ],
)
def test_a_number_or_a_word_is_an_answer(answer: str) -> None:
    assert not is_senseless_answer(answer)


@given(st.text(max_size=200))
def test_cleaning_is_idempotent_and_one_line(raw: str) -> None:
    once = clean_caption(raw)
    assert clean_caption(once) == once
    assert "\n" not in once and once == once.strip()


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_cleaning_caption_like_text_is_idempotent(words: list[str]) -> None:
    once = clean_caption(" ".join(words))
    assert clean_caption(once) == once


def _model_captions() -> list[str]:
    if not CAPTIONS.exists():
        pytest.skip("shared/corpus/captions.jsonl is not here")
    captions: list[str] = []
    with CAPTIONS.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            captions += [row[key] for key in ("blip_l_beam", "blip_l_nucleus") if key in row]
    return captions


def test_real_captions_keep_their_words() -> None:
    """Of 5,000 captions by BLIP-large few change, and those lose openings and fragments, no content."""
    captions = _model_captions()
    changed = [(raw, clean) for raw in captions if (clean := clean_caption(raw)) != " ".join(raw.split())]
    assert len(captions) == 5000
    assert len(changed) < 0.05 * len(captions)
    for raw, clean in changed:
        lost = set(raw.replace("-", " ").split()) - set(clean.replace("-", " ").replace(",", " ").split())
        assert lost <= FILLER, (raw, clean)
    degenerate = {raw for raw in captions if is_degenerate(raw) or is_degenerate(clean_caption(raw))}
    assert degenerate <= {"there is no image here to provide a caption for"}
