"""Words that nobody knows are mended over the catalog's own; words that somebody knows are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.catalog.index.dictionary import is_english
from blipdesk.catalog.index.spelling import Speller
from blipdesk.domain.search import Correction

VOCABULARY = {
    "dog": 900, "dogs": 300, "beach": 400, "skateboard": 120, "snowboard": 60, "elephant": 20, "giraffe": 15,
    "birds": 95, "bride": 90, "frisbee": 30, "john": 12, "johannes": 2, "straße": 3, "собака": 5, "犬": 4,
    "img": 50,
}  # fmt: skip


@pytest.fixture(scope="module")
def speller():
    return Speller(VOCABULARY.items())


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("dgo", "dog"),
        ("beahc", "beach"),
        ("skatebord", "skateboard"),
        ("Elefant", "elephant"),
        ("girafe", "giraffe"),
        ("brids", "birds"),  # two letters that changed places, and as near as "bride"
        ("jonh", "john"),  # a name that only this catalog has
        ("strase", "straße"),
        ("сабака", "собака"),
    ],
)
def test_a_mistyped_word_becomes_the_nearest_of_the_catalog(speller, typed, used):
    assert speller.correct(typed) == Correction(typed, used)


@pytest.mark.parametrize(
    "word",
    [
        *VOCABULARY,  # also "img", which no dictionary holds
        "frisbees",  # no photo has it, but it is a word
        "brides",
        "skateboarding",
        "beech",  # one letter from "beach", and a tree
        "himself",
        "giraffes",
        "a",
        "xy",
        "犬犬",
        "2024",
        "dog2",
        "zzzzzzzz",
        "",
        " ",
        "a" * 3000,
    ],
)
def test_other_words_are_left_alone(speller, word):
    assert speller.correct(word) is None


BY_EAR = {
    "elephant": 39, "elegant": 9, "bicycle": 80, "train": 99, "crane": 30, "monkey": 5, "money": 8,
    "school": 20, "stool": 60, "frisbee": 90, "freezer": 12, "quilt": 4, "restaurant": 25, "bedroom": 200,
    "station": 70, "carrots": 30, "carries": 80, "photo": 30, "foot": 40, "boat": 50, "bite": 9, "cats": 40,
    "house": 60,
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("elefant", "elephant"),  # two edits, where "elegant" is one away
        ("bycicle", "bicycle"),
        ("trane", "train"),
        ("monky", "monkey"),
        ("skool", "school"),
        ("freezbee", "frisbee"),
        ("kwilt", "quilt"),
        ("resteraunt", "restaurant"),
        ("bedrume", "bedroom"),
        ("stashun", "station"),
        ("carrits", "carrots"),
    ],
)
def test_a_word_written_as_it_sounds_becomes_the_one_that_is_heard(typed, used):
    assert Speller(BY_EAR.items()).correct(typed) == Correction(typed, used)


@pytest.mark.parametrize(("typed", "near"), [("foto", "photo"), ("bote", "boat")])
def test_a_short_word_that_sounds_like_another_is_asked_about(typed, near):
    speller = Speller(BY_EAR.items())
    assert speller.correct(typed) is None
    assert speller.likely([typed]) == (Correction(typed, near),)


@pytest.mark.parametrize("word", ["katze", "haus", "steal", "plain", "hoarse"])
def test_what_sounds_somewhat_alike_is_not_mended(word):
    assert Speller([*BY_EAR.items(), ("steel", 9), ("plane", 90), ("horse", 90)]).correct(word) is None


def test_a_short_word_is_mended_by_one_edit_a_longer_one_by_two():
    speller = Speller([("boat", 5), ("boats", 1), ("kite", 99), ("sailboat", 2)])
    assert speller.correct("baot") == Correction("baot", "boat")
    assert speller.correct("bqqts") is None
    assert speller.correct("katze") is None
    assert speller.correct("sialbaot") == Correction("sialbaot", "sailboat")
    assert speller.correct("tialbuat") is None  # nobody mistypes the first letter and another one


def test_the_more_frequent_word_is_meant_and_more_so_with_the_same_first_letter():
    assert Speller([("surfs", 2), ("turfs", 9)]).correct("qurfs") == Correction("qurfs", "turfs")
    assert Speller([("surfer", 4), ("purser", 9)]).correct("surser") == Correction("surser", "surfer")
    assert Speller([("surfer", 4), ("purser", 20)]).correct("surser") == Correction("surser", "purser")


def test_several_words_are_mended_each_once(speller):
    words = ["dgo", "on", "the", "beahc", "dgo"]
    assert speller.corrections(words) == (Correction("dgo", "dog"), Correction("beahc", "beach"))


def test_another_letter_in_a_short_word_is_asked_about():
    speller = Speller([("hand", 90), ("herd", 5), ("mann", 2)])
    assert speller.correct("hund") is None
    assert speller.likely(["hund"]) == (Correction("hund", "hand"),)
    assert speller.correct("hnad") == Correction("hnad", "hand")
    assert speller.likely(["hnad"]) == ()  # that is mended


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("beech", "beach"),
        ("steal", "steel"),
        ("desert", "dessert"),
        ("dinning", "dining"),
        ("trail", "trial"),
        ("county", "country"),
    ],
)
def test_a_word_that_is_often_taken_for_another_is_asked_about(typed, near):
    speller = Speller([(near, 3)])
    assert speller.correct(typed) is None
    assert speller.likely([typed]) == (Correction(typed, near),)


@pytest.mark.parametrize(
    ("typed", "near"),
    [("bank", "back"), ("rome", "rose"), ("strand", "stand"), ("dusk", "desk"), ("castle", "cattle")],
)
def test_other_words_that_no_photo_has_raise_no_question(typed, near):
    assert Speller([(near, 30)]).likely([typed]) == ()


def test_a_word_that_tells_nothing_is_meant_where_the_slip_is_plain():
    speller = Speller([("the", 900), ("has", 50), ("in", 500)])
    assert speller.correct("teh") == Correction("teh", "the")
    assert speller.corrections(["haus", "ein"]) == speller.likely(["haus", "ein"]) == ()


@pytest.mark.parametrize("query", ["katze auf dem sofa", "un perro playa", "une femme avec un chien"])
def test_nothing_is_mended_in_another_language(query):
    speller = Speller([("den", 9), ("plaza", 2), ("dune", 4), ("chin", 5), ("sofa", 9), ("man", 99)])
    words = [word for word in query.split() if len(word) > 2]
    unknown = [word for word in words if word != "sofa"]
    assert speller.corrections(unknown, len(words)) == speller.likely(unknown, len(words)) == ()


def test_a_query_full_of_mistakes_is_mended_all_the_same(speller):
    assert len(speller.corrections(["dgo", "beahc", "skatebord"], 3)) == 3
    asked = speller.likely(["bech", "birbs"], 2)  # one may be as foreign as the other
    assert [each.used for each in asked] == ["beach", "birds"]
    (mended,) = speller.corrections(["beahc", "kowalczyk"], 4)
    assert mended.used == "beach"


def test_a_catalog_without_words_mends_nothing():
    assert Speller([]).correct("dgo") is None
    assert Speller([("2024", 5), ("img2", 5)]).correct("dgo") is None


@given(st.text(max_size=50))
def test_whatever_is_typed_gets_an_answer_out_of_the_catalog(word):
    speller = Speller(VOCABULARY.items())
    correction = speller.correct(word)
    assert correction is None or (correction.typed == word and correction.used in VOCABULARY)


KNOWN = (
    "dogs boxes ladies children mice ran running smiling agreed agreeing dyed happier prettiest potatoes"
    " watches shoveling shovelling travelled traveled colour gray Paris Eiffel himself without selfies"
)
UNKNOWN = "runing smileing boxs ladys stoped happyer beeech girafe dog2 café"


@pytest.mark.parametrize("word", KNOWN.split())
def test_the_dictionary_knows_a_word_and_its_forms(word):
    assert is_english(word)


@pytest.mark.parametrize("word", UNKNOWN.split())
def test_the_dictionary_knows_no_other(word):
    assert not is_english(word)
