"""A tree is written as a text that is parsed to it, and corrections are put into a query."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from blipdesk.domain.filter_tests import folded_words
from blipdesk.domain.query import (
    And,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Word,
    parse_query,
    quoted,
    spoken,
    to_text,
    with_corrections,
)

WORDS = st.sampled_from(["dog", "Cat", "black-and-white", "\u72ac", "\u516c\u56ed", "x2"])
TREES = st.recursive(
    st.one_of(
        st.builds(Word, WORDS, st.booleans()).filter(lambda word: not (word.prefix and word.text[-1] > "z")),
        st.builds(Phrase, st.lists(st.sampled_from(["a", "red", "sea"]), min_size=1, max_size=3).map(tuple)),
        st.builds(Filter, st.sampled_from(["keyword", "folder"]), st.sampled_from(["x", "a b", "\u72ac"])),
    ),
    lambda trees: st.one_of(
        trees.filter(lambda tree: not isinstance(tree, Not)).map(Not),
        st.lists(trees.filter(lambda t: not isinstance(t, And)), min_size=2, max_size=3, unique=True).map(
            lambda terms: And(tuple(terms))
        ),
        st.lists(trees.filter(lambda t: not isinstance(t, Or)), min_size=2, max_size=3, unique=True).map(
            lambda terms: Or(tuple(terms))
        ),
    ),
    max_leaves=12,
)


@given(TREES)
@settings(max_examples=300, deadline=None)
def test_a_tree_is_what_its_text_parses_to(tree: Node) -> None:
    assert parse_query(to_text(tree)).tree == tree


@given(
    st.text(
        st.sampled_from("ab1\u72ac\u00e9 ,()*-:'\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\uff02"),
        min_size=1,
    )
)
def test_a_name_is_quoted_as_one_value(name: str) -> None:
    query = parse_query(f"red keyword:{quoted(name)} sea", is_whole=True)
    found = [term for term in query.terms if isinstance(term, Filter)]
    if not folded_words(name):
        assert not any(isinstance(term, Word) and term.text not in ("red", "sea") for term in query.terms)
        return
    assert [folded_words(term.value) for term in found] == [folded_words(name)]
    assert query.terms == (Word("red"), *found, Word("sea", True))


def test_corrections_take_the_place_of_words_alone() -> None:
    typed = '  Baech (dgo OR  d\u00c9o) "baech" tag:baech -baech baech\'s '
    assert with_corrections(typed, {"baech": "beach", "dgo": "dog", "deo": "deer"}) == (
        '  beach (dog OR  deer) "baech" tag:baech -beach beach\'s '
    )
    assert with_corrections("dog", {}) == "dog"


def test_what_only_asks_for_photos_is_not_compared() -> None:
    assert spoken(parse_query("please show me photos of a dog on the beach")) == "a dog on the beach"
    assert spoken(parse_query("a dog in a photo of the beach")) == "a dog in a photo of the beach"
