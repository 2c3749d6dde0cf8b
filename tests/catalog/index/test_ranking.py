"""The order of an answer: leads, then what is sure, then what may fit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from blipdesk.catalog.index.ranking import Evidence, fuse, weight_of_crowd


def evidence(*photos, words=2, meaning=True):
    """Photos as (number, lexical, complete, lead, cosine)."""
    numbers, lexical, complete, leads, cosine = zip(*photos, strict=True) if photos else ((),) * 5
    return Evidence(
        np.array(numbers, np.int64),
        words,
        np.array(lexical, np.float32),
        np.array(complete, bool),
        np.array(leads, bool),
        np.array(cosine, np.float32) if meaning else None,
    )


def order(*photos, **how):
    return fuse(evidence(*photos, **how)).documents.tolist()


NOTHING = (1, 0.0, False, False, 0.1)
SOME_WORDS = (2, 0.3, False, False, 0.3)
MEANT = (3, 0.0, False, False, 0.75)
ALL_WORDS = (4, 0.6, True, False, 0.6)
LEAD = (5, 0.3, True, True, 0.4)


def test_a_lead_comes_first_then_all_the_words_then_meaning_and_words():
    assert order(NOTHING, SOME_WORDS, MEANT, ALL_WORDS, LEAD) == [5, 4, 3, 2, 1]


def test_what_fits_comes_before_the_divider_and_what_may_behind_it():
    ranking = fuse(evidence(NOTHING, SOME_WORDS, MEANT, ALL_WORDS, LEAD))
    assert ranking.sure == 3


@pytest.mark.parametrize(("photos", "first"), [(1000, 1), (50_000, 2)])
def test_a_photo_that_says_what_many_say_comes_behind_one_nearly_as_near_among_many(photos, first):
    found = evidence((1, 0.0, False, False, 0.62), (2, 0.0, False, False, 0.605))
    crowd = np.array([0.06, 0.0], np.float32)
    in_sentence = replace(found, crowd=weight_of_crowd(1.0, photos) * crowd)
    assert fuse(in_sentence).documents[0] == first
    of_a_word = replace(found, crowd=weight_of_crowd(0.0, photos) * crowd)
    assert fuse(of_a_word).documents[0] == 1


def test_nothing_is_sure_where_the_nearest_sentence_is_far():
    ranking = fuse(evidence((1, 0.0, False, False, 0.43), (2, 0.05, False, False, 0.3), words=3))
    assert (ranking.documents.tolist(), ranking.sure) == ([1, 2], 0)


def test_a_photo_with_all_the_words_is_sure_though_it_says_much_else():
    ranking = fuse(evidence((1, 0.05, True, False, 0.1), (2, 0.1, False, False, 0.4)))
    assert (ranking.documents.tolist(), ranking.sure) == ([1, 2], 1)


def test_what_means_nearly_the_same_as_one_word_is_sure_where_no_photo_has_that_word():
    near, having = (1, 0.0, False, False, 0.4), (2, 0.5, True, False, 0.5)
    assert fuse(evidence(near, words=1)).sure == 1
    assert fuse(evidence(near, having, words=1)).sure == 1
    assert order(near, having, words=1) == [2, 1]
    nearer = (3, 0.0, False, False, 0.5)
    assert fuse(evidence(near, nearer, having, words=1)).sure == 2


def test_words_alone_rank_where_there_are_no_embeddings():
    assert order(NOTHING, SOME_WORDS, ALL_WORDS, LEAD, meaning=False) == [5, 4, 2, 1]
    assert fuse(evidence(SOME_WORDS, ALL_WORDS, LEAD, meaning=False)).sure == 2


def test_a_photo_without_any_text_is_found_by_the_words_of_its_name():
    named = (7, 0.4, True, False, np.nan)
    assert order(NOTHING, SOME_WORDS, named) == [7, 2, 1]
    assert not np.isnan(fuse(evidence(named)).scores).any()


def test_the_newest_comes_first_where_captions_are_the_same():
    same = [(number, 0.5, True, False, 0.5) for number in (4, 9, 2, 7)]
    assert order(*same) == [9, 7, 4, 2]


def test_the_words_of_a_whole_sentence_tell_less_than_those_of_two():
    words, meaning = (1, 0.5, False, False, 0.4), (2, 0.0, False, False, 0.55)
    assert order(words, meaning, words=2) == [1, 2]
    assert order(words, meaning, words=12) == [2, 1]


@pytest.mark.parametrize("limit", [0, 1, 3, 10])
def test_a_limit_cuts_the_list_and_the_number_of_sure_ones(limit):
    photos = evidence(NOTHING, SOME_WORDS, MEANT, ALL_WORDS, LEAD)
    ranking, whole = fuse(photos, limit), fuse(photos)
    assert ranking.documents.tolist() == whole.documents.tolist()[:limit]
    assert len(ranking.scores) == len(ranking.documents)
    assert ranking.sure == min(limit, whole.sure)


PART = st.floats(0, 1, width=32)
PHOTO = st.tuples(
    st.integers(0, 2**40), PART, st.booleans(), st.booleans(), st.floats(-1, 1, width=32) | st.just(np.nan)
)


@given(st.lists(PHOTO, unique_by=lambda photo: photo[0], max_size=30), st.integers(0, 40), st.booleans())
def test_each_photo_is_ranked_once_with_the_sure_ones_before_the_others(photos, words, meaning):
    ranking = fuse(evidence(*photos, words=words, meaning=meaning))
    assert sorted(ranking.documents.tolist()) == sorted(photo[0] for photo in photos)
    known = {photo[0]: photo for photo in photos}
    leads = [known[number][3] for number in ranking.documents.tolist()]
    assert leads == sorted(leads, reverse=True)
    assert all(not known[number][2] for number in ranking.documents.tolist()[ranking.sure :])
    assert np.isfinite(ranking.scores).all()


@given(st.lists(PHOTO, unique_by=lambda photo: photo[0], min_size=1, max_size=20), st.booleans())
def test_more_of_the_words_never_puts_a_photo_lower(photos, meaning):
    before = order(*photos, meaning=meaning)
    number, _, complete, lead, cosine = photos[0]
    better = [(number, 1.0, complete, lead, cosine), *photos[1:]]
    assert order(*better, meaning=meaning).index(number) <= before.index(number)


def shown(*nearness, photos):
    """How near the pictures of these photos are."""
    return replace(evidence(*photos), nearness=np.array(nearness, np.float32))


def test_a_picture_that_shows_it_is_sure_whatever_its_caption_says():
    ranking = fuse(shown(0.95, 0.4, photos=(NOTHING, SOME_WORDS)))
    assert (ranking.documents.tolist(), ranking.sure) == ([1, 2], 1)


def test_leads_stay_in_front_of_what_pictures_show():
    photos = (NOTHING, SOME_WORDS, MEANT, ALL_WORDS, LEAD)
    ranking = fuse(shown(1.0, 1.0, 1.0, 1.0, 0.0, photos=photos))
    assert ranking.documents.tolist()[0] == 5


@given(
    st.lists(PHOTO, unique_by=lambda photo: photo[0], min_size=1, max_size=20),
    st.lists(st.floats(-1, 0.5, width=32) | st.just(np.nan), min_size=20, max_size=20),
)
def test_pictures_that_show_something_else_change_nothing(photos, nearness):
    before, after = fuse(evidence(*photos)), fuse(shown(*nearness[: len(photos)], photos=photos))
    assert after.documents.tolist() == before.documents.tolist()
    assert (after.scores == before.scores).all() and after.sure == before.sure
