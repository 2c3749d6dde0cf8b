"""Keywords: nouns and compounds of real captions, singular, without stop words."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.engine.keywords import MAX_KEYWORDS, extract_keywords, singular


@pytest.mark.parametrize(
    ("caption", "keywords"),
    [
        ("a man surfs a wave", "man wave"),
        ("people walk down a busy sidewalk", "people sidewalk"),
        ("two women and one man standing in front of flags", "woman man flag"),
        ("a red fire hydrant in a parking lot", "fire hydrant|parking lot"),
        ("two street signs next to a stop sign", "street sign|stop sign"),
        ("a person on skis on a snowy slope", "person ski slope"),
        ("three boxes of berries and knives on shelves", "box berry knife shelf"),
        ("a building with a painting on the ceiling", "building painting ceiling"),
        ("a man painting a wall in a building", "man wall building"),
        ("an orange and white cat on a bed", "cat bed"),
        ("an orange on a plate", "orange plate"),
        ("the cat's tail next to a pair of scissors", "cat tail scissors"),
        ("a dog and a dog and two dogs", "dog"),
        ("trashcans next to a labradoodle", "labradoodle"),
        ("a yellow star above two blue circles", "star circle"),
        ("a couple of glasses on top of a dining table", "glasses|dining table"),
        ("children holding stuffed animals in a miniature train", "child|stuffed animal|train"),
        ("a café with a piñata", "cafe pinata"),
        ("there are two", ""),
        ("dog " * 1000, "dog"),
        ("a dog 🐶 on a sofa", "dog sofa"),
        ("", ""),
        ("<b>!!</b> 12 34", ""),
        ("日本の写真", ""),
    ],
)
def test_extract(caption: str, keywords: str) -> None:
    expected = tuple(keywords.split("|")) if "|" in keywords else tuple(keywords.split())
    assert extract_keywords(caption) == expected


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("men", "man"),
        ("women", "woman"),
        ("children", "child"),
        ("geese", "goose"),
        ("leaves", "leaf"),
        ("buses", "bus"),
        ("glass", "glass"),
        ("jeans", "jeans"),
        ("vases", "vase"),
        ("cookies", "cookie"),
        ("sheep", "sheep"),
        ("qwx", None),
    ],
)
def test_singular(word: str, lemma: str | None) -> None:
    assert singular(word) == lemma


@given(st.text(max_size=300))
def test_any_text_gives_clean_terms(text: str) -> None:
    terms = extract_keywords(text)
    assert len(terms) <= MAX_KEYWORDS
    assert len(set(terms)) == len(terms)
    assert all(term and term == term.strip().lower() for term in terms)


def test_imports_nothing_heavy() -> None:
    """The window's process imports it: no torch, nothing beyond the standard library."""
    code = (
        "import sys; from blipdesk.engine.keywords import extract_keywords; extract_keywords('a dog');"
        "heavy = {'torch', 'transformers', 'numpy', 'PIL', 'huggingface_hub', 'sqlalchemy', 'PySide6'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = Path(__file__).resolve().parents[2]
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert out.stdout.strip() == "[]"
