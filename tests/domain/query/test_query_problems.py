"""What cannot be followed is said with its place, and counts for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blipdesk.domain.query import parse_query, spoken
from tests.domain.query.query_steps import MARK, shown


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ('dog \u2758"\u2758red sea', ["mark"]),
        ("dog \u2758(\u2758red sea", ["not closed"]),
        ("red\u2758)\u2758 sea", ["closes nothing"]),
        ("\u2758(((\u2758red sea", ["not closed"]),
        ("dog \u2758OR\u2758", ["OR needs a term"]),
        ("\u2758NOT\u2758", ["NOT needs a term"]),
        ("dog (red \u2758AND\u2758) sea", ["AND needs a term"]),
        ("a1 \u2758kyeword:\u2758dog", ["Did you mean “keyword:”?"]),
        ('-\u2758folders:\u2758"red sea"', ["Did you mean “folder:”?"]),
        ("dog \u2758keyword:\u2758", ["keyword: needs a value"]),
        ('\u2758date:""\u2758 dog', ["date: needs a value"]),
        ("keyword:\u2758(\u2758dog", ["not closed"]),
        ("dog date:\u2758nodate\u2758 cat", ["date: cannot read"]),
        ("type:jpeg,\u2758doc\u2758 dog", ["type: does not know"]),
        ('sure:(sure, \u2758"very much"\u2758)', ["It takes sure, fair, unsure."]),
        ("date:\u2758lst summr\u2758 red", ["Did you mean date:last summer?"]),
        ("date:\u2758septmber\u2758 red", ["Did you mean date:september?"]),
        ("folder:\u2758...\u2758 dog", ["folder: cannot read"]),
        ('keyword:\u2758"\u2758dog', ["mark"]),
        ("http://x C:\\photos 10:30 dates: dog mailto: std::map \u65e5\u672c:x a:b", []),
        ("\u2758people:\u2758anna People:bob", ["There is no filter “people:”. It was looked for as words."]),
        ("before:\u2758someday\u2758 dog", ["date: cannot read \u201cbefore someday\u201d"]),
        (" ".join(f"w{n}" for n in range(32)) + " \u2758y z\u2758", ["first 32 terms"]),
        (",".join(f"w{n}" for n in range(32)) + ",\u2758y,z z\u2758", ["first 32 terms"]),
        ("tag:" + ",".join(f"w{n}" for n in range(32)) + ",\u2758y,z\u2758", ["first 32 terms"]),
    ],
)
def test_what_cannot_be_followed_is_said_with_its_place(typed: str, places: list[str]) -> None:
    text = typed.replace(MARK, "")
    query = parse_query(text)
    assert len(query.problems) == len(places)
    for problem, words in zip(query.problems, places, strict=True):
        assert words in problem.message
        assert (
            text[: problem.start] + MARK + text[problem.start : problem.end] + MARK
            == typed[: problem.end + 2]
        )


def test_of_an_endless_query_the_beginning_is_read() -> None:
    query = parse_query("dog cat " * 1_000_000)
    assert shown(query.tree) == "(dog & cat)"
    assert len(query.text) == 10_000
    assert (query.problems[-1].start, query.problems[-1].end) == (10_000, 8_000_000)
    assert "first 10,000" in query.problems[-1].message
    assert not parse_query("dog cat " * 1250).problems[1:]


def test_groups_are_followed_some_levels_deep() -> None:
    text = "x1 OR (a1 (b1 OR (c1 (d1 OR (e1 (f1 OR (g1 (h1 OR (i1 (j1 OR k1 ))))))))))"
    query = parse_query(text)
    assert shown(query.tree) == "x1"
    assert "10 deep" in query.problems[-1].message
    assert shown(parse_query("(" * 20 + "a1" + ")" * 20).tree) == "a1"


@given(
    st.lists(st.sampled_from(["dog", "-cat", '"red sea"', "tag:x", "(a1 OR b1)", "the"]), max_size=4),
    st.sampled_from(
        [
            "has:faces",
            "-has:faces",
            "camera:,",
            'date:""',
            "date:nodate",
            "type:mp4,doc",
            "(has:faces)",
            "-(has:faces -type:mp4)",
            'keyword:("")',
            "rating:many",
            "before:nodate",
        ]
    ),
    st.integers(0, 4),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_what_cannot_be_followed_counts_for_nothing(
    terms: list[str], odd: str, at: int, is_whole: bool
) -> None:
    rest = parse_query(" ".join(terms) + " ", is_whole=is_whole)
    query = parse_query(" ".join([*terms[:at], odd, *terms[at:]]) + " ", is_whole=is_whole)
    assert query.problems
    assert query.tree == rest.tree
    assert spoken(query) == spoken(rest)
