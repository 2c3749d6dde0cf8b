from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blipdesk.domain.filters import filter_test
from blipdesk.domain.query import (
    And,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Word,
    complete_at,
    leaves,
    parse_query,
    spoken,
    to_text,
    with_corrections,
)
from tests.hostile_strings import HOSTILE

STRINGS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "hostile_strings.json"
MARK = "\u2758"


def shown(node: Node | None) -> str:
    """A tree in one line: ``*`` a beginning, ``~`` parts that follow one another."""
    match node:
        case None:
            return ""
        case Word():
            return " ~ ".join(node.parts) + "*" * node.prefix
        case Phrase():
            return f"<{node.text}{'*' * node.prefix}>"
        case Filter():
            return f"{node.name}={node.value}{'*' * node.prefix}"
        case Not():
            return f"-{shown(node.term)}"
        case And():
            return "(" + " & ".join(map(shown, node.terms)) + ")"
        case Or():
            return "(" + " | ".join(map(shown, node.terms)) + ")"


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", ""),
        ("  \n", ""),
        ("dog", "dog*"),
        ("dog ", "dog"),
        ("d", "d*"),
        ("red k", "(red & k*)"),
        ("red 2", "(red & 2*)"),
        ("red x-k", "(red & x ~ k)"),
        ("a", "a"),
        ("d*", "d*"),
        ("run* fast ", "(run* & fast)"),
        ("a dog on the beach ", "(dog & beach)"),
        ("the", "the"),
        ("the -cat", "-cat"),
        ("dog dog DOG ", "(dog & DOG)"),
        ("red dog OR cat ", "(red & (dog | cat))"),
        ("dog AND cat ", "(dog & cat)"),
        ("dog OR cat OR bird ", "(dog | cat | bird)"),
        ("(small dog) OR cat ", "((small & dog) | cat)"),
        ("dog OR (cat OR bird) sea ", "((dog | cat | bird) & sea)"),
        ("dog -cat -(red sea) ", "(dog & -cat & -(red & sea))"),
        ("dog NOT cat ", "(dog & -cat)"),
        ("NOT -dog ", "dog"),
        ("dog -ca", "(dog & -ca)"),  # what is left out is not left out by its beginning
        ("--dog \u2212cat \u2013sea ", "(-dog & -cat & -sea)"),
        ("- dog -- ", "dog"),
        ("dog-cat ", "dog ~ cat"),
        ('"a dog" cat ', "(<a dog> & cat)"),
        ('"a do', "<a do*>"),
        ('"a dog', "<a dog*>"),
        ('"a dog ', "<a dog>"),
        ('"a do"*', "<a do*>"),
        ("\u201ca dog\u201d \u201ered sea\u201c \u00abblue sky\u00bb ", "(<a dog> & <red sea> & <blue sky>)"),
        ('-"a dog"', "-<a dog>"),
        ("black-and-white o'neil ", "(black ~ and ~ white & o ~ neil)"),
        ("dog's dogs\u2019 ", "(dog & dogs)"),
        ("IMG_0012.JPG /holidays/2024/a.heic ", "(IMG ~ 0012 & holidays & 2024)"),
        ("10:30 3.5 c:d.txt ", "(10 ~ 30 & 3 ~ 5 & c & d ~ txt)"),
        ("dog,cat;sea/sun ", "(dog & cat & sea & sun)"),
        ("http://example.org:80/x.html ", "(http & example ~ org & 80 & x ~ html)"),
        ("C:\\photos\\rex ", "(C & photos & rex)"),
        ("caf\u00e9 cafe\u0301 ", "(caf\u00e9 & caf\u00e9\u034f)"),
        ("\u516c\u56ed", "\u516c ~ \u56ed"),
        ("\u72ac", "\u72ac"),
        ("\u72acdog", "(\u72ac & dog*)"),
        ("3\u6708 dog\u72ac ", "(3 ~ \u6708 & dog & \u72ac)"),
        (
            "\uff44\uff4f\uff47\u3000\uff0d\uff43\uff41\uff54\u3000\uff02\u516c\u56ed\uff02",
            "(dog & -cat & <\u516c \u56ed>)",
        ),
        ("\u300c\u516c\u56ed\u300d", "<\u516c \u56ed>"),
        ("dog OR", "dog"),
        ("OR dog ", "dog"),
        ("AND", "and"),
        ("OR, dog ", "dog"),
        ("(((dog ", "dog"),
        (")dog( ", "dog"),
        ("dog () cat ", "(dog & cat)"),
        ("x\x00y\x1bz\ud800w ", "(x & y & z & w)"),
        ("keyword:beach ", "keyword=beach"),
        ("keyword:bea", "keyword=bea*"),
        ("-keyword:bea", "-keyword=bea"),
        ('Tag:"golden ret"* dog ', "(keyword=golden ret* & dog)"),
        ("Tag:bea* dog ", "(keyword=bea* & dog)"),
        ('keyword:"golden retriever"', "keyword=golden retriever"),
        ('keyword:"golden ret', "keyword=golden ret*"),
        ("keyword:\u201cgolden retriever\u201d", "keyword=golden retriever"),
        ('keyword:dog,"red sea" ', "(keyword=dog | keyword=red sea)"),
        ("keyword:(dog OR red sea, sun)", "(keyword=dog | keyword=red sea | keyword=sun)"),
        ('keyword:(dog AND "red sea")', "(keyword=dog & keyword=red sea)"),
        ("keyword:(dog, ca", "(keyword=dog | keyword=ca*)"),
        ("-keyword:(dog OR cat) ", "-(keyword=dog | keyword=cat)"),
        ("date: 2024 dog ", "(date=2024 & dog)"),
        ("date:last summer dog ", "(date=last summer & dog)"),
        ("date:july dog ", "(date=july & dog)"),
        ("date:july 4 2023 OR date:since 2020 beach ", "((date=july 4 2023 | date=since 2020) & beach)"),
        ("date:july 4th, 2023 beach ", "(date=july 4th, 2023 & beach)"),
        ("date:july 4,2023 beach ", "(date=july 4,2023 & beach)"),
        ("date:may, 2023 beach ", "(date=may, 2023 & beach)"),
        ("date:may,2023 beach ", "((date=may | date=2023) & beach)"),
        ("date:2022,2023 beach ", "((date=2022 | date=2023) & beach)"),
        ("date:july 4th, dogs ", "(date=july 4th & dogs)"),
        ("date:june 3, 2023 to june 7, 2023 sea ", "(date=june 3, 2023 to june 7, 2023 & sea)"),
        ("date:3 weeks ago is:missing ", "(date=3 weeks ago & is=missing)"),
        ("dog date:last su", "dog"),  # and this the last summer
        ("date:lst summr dog ", "dog"),
        ("dog date:20", "dog"),  # it will be a year
        ("-has:c dog ", "dog"),
        ("dog OR has:faces cat ", "(dog & cat)"),
        ('-keyword:"" dog ', "dog"),
        ("(has:faces) dog ", "dog"),
        ("dog -(has:faces) cat ", "(dog & cat)"),
        ("type:mp4,png dog ", "(type=png & dog)"),
        ("dog has:c", "(dog & has=c*)"),
        ('dog date:"red sea" ', "dog"),
        ("date\uff1a2024 ", "date=2024"),
        ("folder:/a/b(1)/c, dog ", "(folder=/a/b(1)/c & dog)"),
        ("year:2024 dog ", "(date=2024 & dog)"),
        ("before:2024 After:march 2020 dog ", "(date=before 2024 & date=after march 2020 & dog)"),
        ("since:2023,last summer ", "(date=since 2023 | date=since last summer)"),
        ("rating:>=4 stars:4 stars dog ", "(rating=>=4 & rating=4 stars & dog)"),
        ("ext:png file:IMG_12.jpg ", "(type=png & name=IMG_12.jpg)"),
        ("people:anna smith ", "(people & anna & smith)"),
        ("keyword: -dog ", "-dog"),
        ("keyword: OR dog ", "dog"),
        ("keyword: is:missing ", "is=missing"),
        ("keyword:beach OR dog -cat ", "((keyword=beach | dog) & -cat)"),
        ("caption : dog ", "(caption & dog)"),
    ],
)
def test_what_is_understood(typed: str, tree: str) -> None:
    assert shown(parse_query(typed).tree) == tree


@pytest.mark.parametrize(
    ("asked", "tree"),
    [
        ("keyword:gol", "keyword=gol"),
        ('keyword:"gol', "keyword=gol"),
        ("keyword:gol*", "keyword=gol*"),
        ("dog has:g", "dog"),
        ("date:20", ""),
        ("date:last su", "su*"),
        ("is:", ""),
        ("bea", "bea*"),
        ("red k", "(red & k)"),
    ],
)
def test_a_filter_of_a_whole_query_takes_its_value_as_it_is(asked: str, tree: str) -> None:
    assert shown(parse_query(asked, is_whole=True).tree) == tree


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("folder:Summer 2025 dog ", "(folder=Summer 2025 & dog)"),
        ("folder:summer dog ", "(folder=summer & dog)"),
        ("folder:Summer 2025 of us dog ", "(folder=Summer 2025 of us & dog)"),
        ("folder:summer -2025 ", "(folder=summer & -2025)"),
        ("folder:summer OR 2025 ", "(folder=summer | 2025)"),
        ('folder:"summer" 2025 ', "(folder=summer & 2025)"),
        ("folder:summer is:missing ", "(folder=summer & is=missing)"),
        ("folder:red, summer 2025 dog ", "((folder=red | folder=summer 2025) & dog)"),
        ("camera:canon eos dog ", "(camera=canon eos & dog)"),
        ("camera:canon eo", "camera=canon eo*"),
        ("keyword:summer 2025 ", "(keyword=summer & 2025)"),
    ],
)
def test_a_folder_takes_the_words_that_a_folder_has(typed: str, tree: str) -> None:
    had = {"folder": "photos/summer 2025 of us", "camera": "canon eos r5", "keyword": "summer 2025"}

    def has_value(name: str, value: str, prefix: bool) -> bool:
        return value.casefold() in had[name]

    assert shown(parse_query(typed, has_value=has_value).tree) == tree


@pytest.mark.parametrize(
    ("typed", "soft", "hard"),
    [
        ("red dog OR cat ", "red, (dog | cat)", ""),
        ('red "a dog" -cat keyword:x (a1 OR b1) ', "red, (a1 | b1)", "(<a dog> & -cat & keyword=x)"),
        ("dog OR keyword:x ", "", "(dog | keyword=x)"),
        ("(red dog) OR -cat ", "", "((red & dog) | -cat)"),
    ],
)
def test_what_holds_always_and_what_may_be_missing(typed: str, soft: str, hard: str) -> None:
    query = parse_query(typed)
    assert (", ".join(map(shown, query.soft)), shown(query.hard)) == (soft, hard)


def test_the_words_that_are_looked_for_and_shown() -> None:
    query = parse_query('Caf\u00e9 (red OR black-and-white) "two dogs" -cat tag:x OR sun ')
    assert [word.text for word in query.words()] == ["Caf\u00e9", "red", "black-and-white"]
    assert [term.text for term in query.wanted()] == [
        "Caf\u00e9", "red", "black-and-white", "two dogs", "sun",
    ]  # fmt: skip
    assert query.highlight_words() == ("cafe", "red", "black", "and", "white", "two", "dogs", "sun")
    assert [node.value for node in parse_query("-tag:x (is:missing OR dog)").filters()] == ["x", "missing"]


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
        ("a1 \u2758kyeword:\u2758dog", ['Did you mean "keyword:"?']),
        ('-\u2758folders:\u2758"red sea"', ['Did you mean "folder:"?']),
        ("dog \u2758keyword:\u2758", ["keyword: needs a value"]),
        ('\u2758date:""\u2758 dog', ["date: needs a value"]),
        ("keyword:\u2758(\u2758dog", ["not closed"]),
        ("dog date:\u2758nodate\u2758 cat", ["date: cannot read"]),
        ("type:jpeg,\u2758doc\u2758 dog", ["type: does not know"]),
        ('sure:(sure, \u2758"very much"\u2758)', ["It takes sure, fair or unsure."]),
        ("date:\u2758lst summr\u2758 red", ["Did you mean date:last summer?"]),
        ("date:\u2758septmber\u2758 red", ["Did you mean date:september?"]),
        ("folder:\u2758...\u2758 dog", ["folder: cannot read"]),
        ('keyword:\u2758"\u2758dog', ["mark"]),
        ("http://x C:\\photos 10:30 dates: dog mailto: std::map \u65e5\u672c:x a:b", []),
        ("\u2758people:\u2758anna People:bob", ['There is no filter "people:". It was looked for as words.']),
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


def test_corrections_take_the_place_of_words_alone() -> None:
    typed = '  Baech (dgo OR  d\u00c9o) "baech" tag:baech -baech baech\'s '
    assert with_corrections(typed, {"baech": "beach", "dgo": "dog", "deo": "deer"}) == (
        '  beach (dog OR  deer) "baech" tag:baech -beach beach\'s '
    )
    assert with_corrections("dog", {}) == "dog"


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
