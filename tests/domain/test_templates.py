"""Sentences found again by the template that they were made of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from blipdesk.domain.templates import Templates
from blipdesk.domain.wording import retold, set_translator

GERMAN = {
    "{name} could not be read: {reason}": "{name} war nicht zu lesen: {reason}",
    "The disk is full.": "Die Platte ist voll.",
    "{name} could not be read.": "{name} war nicht zu lesen.",
}


@pytest.fixture
def german() -> Iterator[None]:
    set_translator(lambda text: GERMAN.get(text, text), templates=tuple(GERMAN))
    yield
    set_translator(None)


def test_the_template_with_the_most_words_of_its_own_counts() -> None:
    found = Templates(["{name} is gone: {reason}", "{name} is gone: the disk is full.", "{a}: {b}"])
    assert found.find("x.jpg is gone: the disk is full.") == (
        "{name} is gone: the disk is full.",
        {"name": "x.jpg"},
    )
    assert found.find("x: y") is None  # a template of names alone fits everything


def test_a_name_that_stands_twice_is_the_same_twice() -> None:
    found = Templates(["{name} is not {name} any more"])
    assert found.find("a is not a any more") is not None
    assert found.find("a is not b any more") is None


@pytest.mark.usefixtures("german")
def test_a_sentence_is_said_again_with_the_sentences_in_it() -> None:
    assert retold("a{b}.jpg could not be read: The disk is full.") == (
        "a{b}.jpg war nicht zu lesen: Die Platte ist voll."
    )
    assert retold("a\nb.jpg could not be read.") == "a\nb.jpg war nicht zu lesen."
    assert retold("What nobody translated.") == "What nobody translated."
    assert retold("") == ""
