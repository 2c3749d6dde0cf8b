"""What is being typed at the cursor."""

from __future__ import annotations

import pytest

from blipdesk.domain.query import complete_at
from tests.domain.query.query_steps import MARK


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("dog\u2758", ("dog", "\u2758dog\u2758", None)),
        ("red do\u2758gs sea", ("do", "red \u2758dogs\u2758 sea", None)),
        ("-do\u2758", ("do", "-\u2758do\u2758", None)),
        ("(red OR do\u2758", ("do", "(red OR \u2758do\u2758", None)),
        ("dog \u2758", None),
        ("\u2758dog", None),
        ("", None),
        ('"red do\u2758', None),
        ("dog*\u2758", None),
        ("dog OR\u2758", None),
        ("tag:\u2758", ("", "tag:\u2758\u2758", "keyword")),
        ("tag:gol\u2758", ("gol", "tag:\u2758gol\u2758", "keyword")),
        ("tag:go\u2758lden dog", ("go", "tag:\u2758golden\u2758 dog", "keyword")),
        ("tag:dog,gol\u2758", ("gol", "tag:dog,\u2758gol\u2758", "keyword")),
        ("tag:dog,\u2758", ("", "tag:dog,\u2758\u2758", "keyword")),
        ("tag:(dog OR gol\u2758", ("gol", "tag:(dog OR \u2758gol\u2758", "keyword")),
        ("tag:(dog OR gol\u2758) sea", ("gol", "tag:(dog OR \u2758gol\u2758) sea", "keyword")),
        ('tag:"golden r\u2758', ("golden r", 'tag:\u2758"golden r\u2758', "keyword")),
        ('tag:"golden r\u2758" sea', ("golden r", 'tag:\u2758"golden r"\u2758 sea', "keyword")),
        ('tag:"dog"\u2758', None),
        ("tag:dog \u2758", None),
        ("dog date:last su\u2758m", ("last su", "dog date:\u2758last sum\u2758", "date")),
        ("date:july do\u2758", ("do", "date:july \u2758do\u2758", None)),
        ("-tag:d\u2758", ("d", "-tag:\u2758d\u2758", "keyword")),
        ("\u516c\u56ed\u2758", ("\u516c\u56ed", "\u2758\u516c\u56ed\u2758", None)),
    ],
)
def test_what_is_being_typed(typed: str, completed: tuple[str, str, str | None] | None) -> None:
    text = typed.replace(MARK, "")
    found = complete_at(text, typed.index(MARK) if MARK in typed else 0)
    if completed is None:
        assert found is None
    else:
        assert found is not None
        start, end = found.span
        marked = text[:start] + MARK + text[start:end] + MARK + text[end:]
        assert (found.typed, marked, found.filter) == completed
        assert found.is_excluded == text.startswith("-")
