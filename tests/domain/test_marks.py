"""What is marked in captions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.domain.marks import marked_spans, marks_of
from blipdesk.domain.query import parse_query


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("two Dogs -cat", [("two",), ("dog",)]),
        ('"sandy beach" OR sunset', [("sandy", "beach"), ("sunset",)]),
        ("c++ 50% ' \" (", [("c",), ("50",)]),
        ("", []),
        ("\ud800 \x00", []),
        ("\u6d77\u8fba", [("\u6d77", "\u8fba")]),
        ("Caf\u00e9 folder:Dogs a cat", [("cafe",), ("cat",)]),
        ("a", [("a",)]),
        ("t-shirts T-shirt", [("t", "shirt")]),
    ],
)
def test_what_is_marked_for_a_query(query: str, marks: list[tuple[str, ...]]) -> None:
    assert list(marks_of(parse_query(query))) == marks


@pytest.mark.parametrize(
    ("query", "caption", "marked"),
    [
        ("t-shirt", "Three ties on a truck: the shirt, a T-shirt and t shirts", ["T-shirt", "t shirts"]),
        ("t-s", "the sea, a t-shirt", ["t-shirt"]),
        ("black-and-white", "a dog and a black cat, black and white", ["black and white"]),
        ("black-and-white and", "black and white", ["black and white"]),
        ("black-and-white black", "a black dog, black and white", ["black", "black and white"]),
        ('"dogs running" ', "a dog runs, the dog running", ["dog running"]),
        ('"raced cars"', "racing car, raced and races, the race car", ["racing car", "race car"]),
        ("dogs", "a dog and a Doghouse", ["dog", "Doghouse"]),
        ("black-and-", "black and white", ["black and"]),
        ("t-shirt", "a long t", []),
        (
            "\u6d77\u8fba \u3092",
            "\u72ac\u304c\u6d77\u8fba\u3092\u8d70\u308b\u3001\u6d77",
            ["\u6d77\u8fba\u3092"],
        ),
    ],
)
def test_the_words_of_a_term_are_marked_where_they_follow_one_another(
    query: str, caption: str, marked: list[str]
) -> None:
    spans = marked_spans(caption, marks_of(parse_query(query)))
    assert [caption[start:end] for start, end in spans] == marked


@given(st.text(max_size=30), st.text(max_size=60))
def test_marks_lie_in_order_and_within_any_text(query: str, text: str) -> None:
    places = [place for span in marked_spans(text, marks_of(parse_query(query))) for place in span]
    assert places == sorted(set(places)) and all(0 <= place <= len(text) for place in places)
