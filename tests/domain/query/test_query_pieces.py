"""A query falls into pieces that can go one by one, and the others stay what they were."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from blipdesk.domain.filters import FILTERS, filter_named
from blipdesk.domain.query import PieceKind, filter_term, parse_query, query_pieces, with_instead, with_piece
from blipdesk.domain.query import without as without_piece

TODAY = date(2026, 5, 1)
PARTS = st.sampled_from(
    ["dog", '"red boat"', "-cat", "OR", "AND", "NOT", "date:2024", "before:2020", "-type:png,gif", "Paris",
     "folder:Summer", "(sea OR sky)", "(sea date:2023)", "camera:", "date:nonsense", "(", '"',
     'keyword:"golden retriever"']
)  # fmt: skip
QUERIES = st.lists(PARTS, max_size=7).map(" ".join)


def said(text):
    """What a query's pieces say, without their places; words of one place are one text."""
    pieces = query_pieces(text, TODAY)
    return [(p.name, p.values, p.is_excluded) if p.name else p.text for p in pieces]


@pytest.mark.parametrize(
    ("query", "pieces"),
    [
        ("", []),
        ("two red boats", ["two red boats"]),
        ("boat date:last summer beach", ["boat", "date:last summer", "beach"]),
        ("dog OR cat date:2024", ["dog OR cat", "date:2024"]),
        ("dog OR date:2024 sea", ["dog OR date:2024", "sea"]),
        ("keyword:(dog AND cat)", ["keyword:(dog AND cat)"]),
        ("NOT camera:nikon a", ["NOT camera:nikon", "a"]),
        ("camera: date:2024", ["date:2024"]),
    ],
)
def test_filters_are_pieces_and_so_are_the_words_between(query, pieces):
    assert [piece.text for piece in query_pieces(query, TODAY)] == pieces


def test_a_piece_tells_what_it_asks_for():
    first, second, third = query_pieces("before:2024 -type:png,gif dog OR date:2024", TODAY)
    assert (first.name, first.values, first.is_excluded) == ("date", ("before 2024",), False)
    assert (second.name, second.value, second.is_excluded) == ("type", "png, gif", True)
    assert third.kind is PieceKind.MIXED


def test_a_value_that_is_not_understood_is_a_piece_with_its_problem():
    (piece,) = query_pieces("date:lst summr ", TODAY)
    assert "last summer" in piece.problem


@given(QUERIES)
def test_without_a_piece_the_others_say_what_they_said(query):
    pieces = query_pieces(query, TODAY)
    before = said(query)
    for place, piece in enumerate(pieces):
        left = without_piece(query, piece, pieces)
        rest = [*before[:place], *before[place + 1 :]]
        words = [one for one in rest if not isinstance(one, str)]
        assert [one for one in said(left) if not isinstance(one, str)] == words


@given(st.text(max_size=60))
def test_any_text_falls_into_pieces_of_itself(text):
    pieces = query_pieces(text, TODAY)
    assert all(text[slice(*piece.span)] == piece.text for piece in pieces)
    assert [piece.span for piece in pieces] == sorted(piece.span for piece in pieces)
    for piece in pieces:
        query_pieces(without_piece(text, piece, pieces), TODAY)


def test_words_behind_a_filter_that_goes_are_none_of_the_value_before_it():
    query = "date:may type:png 2024"
    pieces = query_pieces(query, TODAY)
    left = without_piece(query, pieces[1], pieces)
    assert [piece.values for piece in query_pieces(left, TODAY)] == [("may",), ()]


@given(QUERIES, st.sampled_from(FILTERS))
@example("( ( ( (", filter_named("folder"))
@example('dog OR "', filter_named("folder"))
@example("(a (b (c (d", filter_named("folder"))
def test_a_filter_that_is_added_is_a_filter_whatever_stands_before_it(query, spec):
    value = spec.example.split(",")[0].strip('"')
    term = filter_term(spec, value, TODAY)
    last = query_pieces(with_piece(query, term), TODAY)[-1]
    assert (last.kind, last.name, last.text) == (PieceKind.FILTER, spec.name, term)


@pytest.mark.parametrize(
    ("name", "value", "term"),
    [
        ("type", "png, gif", "type:png,gif"),
        ("type", "png OR gif", "type:png,gif"),
        ("camera", "Nikon D90", 'camera:"Nikon D90"'),
        ("date", "july 4th, 2024", 'date:"july 4th, 2024"'),
        ("date", "2023, 2025", "date:2023,2025"),
        ("keyword", 'the "big" one', 'keyword:"the  big  one"'),
    ],
)
def test_a_value_becomes_a_term_that_is_read_as_it_was_meant(name, value, term):
    made = filter_term(filter_named(name), value, TODAY)
    assert made == term
    assert not parse_query(made, TODAY).problems


def test_a_changed_value_takes_the_place_of_the_former_one():
    query = "dog date:2024 beach"
    _, piece, _ = query_pieces(query, TODAY)
    assert with_instead(query, piece, "date:2025") == "dog date:2025 beach"
