"""Whatever a person types is a query, which can be written down and typed on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blipdesk.domain.filters import filter_test
from blipdesk.domain.query import Filter, complete_at, leaves, parse_query, to_text
from tests.hostile_strings import HOSTILE

STRINGS = Path(__file__).resolve().parents[3].parent / "shared" / "corpus" / "hostile_strings.json"


def check(text: str) -> None:
    query = parse_query(text)
    for problem in query.problems:
        assert 0 <= problem.start < problem.end <= len(text)
        assert problem.message.endswith((".", "?"))
    assert len(query.problems) <= 8
    found = list(leaves(query.tree, excluded=True)) if query.tree is not None else []
    assert len(found) <= 200
    for leaf in found:
        start, end = leaf.span
        assert 0 <= start < end <= len(text)
        if isinstance(leaf, Filter):
            assert leaf.value
            assert start < leaf.value_span[0] < leaf.value_span[1] <= end
            assert filter_test(leaf.name, leaf.value, date.today(), leaf.prefix)
        else:
            assert leaf.parts and all(leaf.parts)
            assert len(leaf.text) <= 7000
    again = to_text(query.tree)
    assert parse_query(again).tree == query.tree, again
    assert to_text(parse_query(again).tree) == again
    for cursor in (0, 1, len(text) // 2, len(text)):
        completion = complete_at(text, cursor)
        if completion is not None:
            start, end = completion.span
            assert 0 <= start <= min(cursor, len(text)) <= end <= len(text)


def test_hostile_strings_are_understood_or_passed_over() -> None:
    for text in HOSTILE:
        check(text)


def test_the_shared_hostile_strings_too() -> None:
    if not STRINGS.exists():
        pytest.skip("shared/corpus/hostile_strings.json is not there")
    strings = json.loads(STRINGS.read_text("utf-8"))
    for text in (*strings["search"], *strings["text"]):
        check(text)


@pytest.mark.parametrize(
    "text",
    ["(" * 5000 + "dog" + ")" * 5000, "(a1 OR (b1 " * 900, "-(" * 5000 + "dog", '"' * 9999, "a,b" * 4000,
     "tag:(" * 2000, "\u72ac" * 10_000, "a-" * 5000, "x" * 10_000, "OR " * 3000, "tag:" + "a," * 5000,
     "dog* " * 2000, "tag:(" + "a OR " * 2000, '"dog cat ' * 1000, "a:" * 5000,
     "\u202edog \u05db\u05dc\u05d1"],
)  # fmt: skip
def test_long_and_deep_queries(text: str) -> None:
    check(text)


PIECES = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        ['"', "-", "*", "OR", "AND", "NOT", "(", ")", ":", ",", " ", "the", "dog", "sea", "tag:", "is:",
         "date: ", "date:last", "summer", "2024", "type:jp", "has:", "gps",
         "kyeword:", "before:", "rating:", ">=3",
         "\u72ac", "\u516c\u56ed", "\ud800", "\u201c", ".jpg", "'s", "\uff08", "\x00"]
    ),
)  # fmt: skip
QUERIES = st.one_of(
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
    st.text(max_size=80),
)


@given(QUERIES)
@settings(max_examples=600, deadline=None)
def test_any_string_is_a_query(text: str) -> None:
    check(text)
