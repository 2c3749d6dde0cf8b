"""What a query is understood as."""

from __future__ import annotations

import pytest

from blipdesk.domain.query import parse_query
from tests.domain.query.query_steps import shown


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
        ("2 dogs 13 boats ", "((2 | two) & dogs & 13 & boats)"),
        ("dogs 2 ", "(dogs & (2 | two))"),
        ('"2 dogs" name:2 2-3 ', "(<2 dogs> & name=2 & 2 ~ 3)"),
        ("red x-k", "(red & x ~ k)"),
        ("a", "a"),
        ("d*", "d*"),
        ("run* fast ", "(run* & fast)"),
        ("a dog on the beach ", "(dog & beach)"),
        ("photos of dogs ", "dogs"),
        ("foto of dogs ", "dogs"),
        ("Show me all the pictures of a dog -cat ", "(dog & -cat)"),
        ("find us a photo with keyword:dog", "keyword=dog*"),
        ("looking for red kites ", "(red & kites)"),
        ("pics from italy ", "italy"),
        ("photos of", "photos"),
        ("photos of ", "photos"),
        ("photo ", "photo"),
        ("black photo of a sign ", "(black & photo & sign)"),
        ('"photos of dogs" ', "<photos of dogs>"),
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
        ("date:last summr red ", "red"),  # with "red" it is still like "last summer"
        ("date:lastsummer red ", "red"),
        ("date:last chrismas tree ", "tree"),
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


def test_the_words_that_are_looked_for() -> None:
    query = parse_query('Caf\u00e9 (red OR black-and-white) "two dogs" -cat tag:x OR sun ')
    assert [word.text for word in query.words()] == ["Caf\u00e9", "red", "black-and-white"]
    assert [term.text for term in query.wanted()] == [
        "Caf\u00e9", "red", "black-and-white", "two dogs", "sun",
    ]  # fmt: skip
    assert [node.value for node in parse_query("-tag:x (is:missing OR dog)").filters()] == ["x", "missing"]
