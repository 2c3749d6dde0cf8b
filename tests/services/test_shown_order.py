"""What is shown keeps its place, whatever a better answer would put before it."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from blipdesk.domain.search import SearchAnswer
from blipdesk.services.shown_order import in_shown_order

lists = st.lists(st.integers(-5, 40), unique=True)


def answer(ids, sure):
    return SearchAnswer(array("q", ids), array("d", range(len(ids))), sure)


@given(lists, lists, st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_nothing_shown_changes_its_place(shown, new, sure, new_sure, keep):
    sure, new_sure = min(sure, len(shown)), min(new_sure, len(new))
    got = in_shown_order(answer(new, new_sure), array("q", shown), sure, keep)
    ids = got.ids.tolist()
    assert sorted(ids) == sorted(set(new) | set(shown) if keep else set(new))
    assert len(set(ids)) == len(ids) and 0 <= got.sure <= len(ids)
    for was, now in ((shown[:sure], ids[: got.sure]), (shown[sure:], ids[got.sure :])):
        stays = [photo for photo in was if keep or photo in new]
        assert now[: len(stays)] == stays
    late = [photo for photo in new if photo not in shown]
    assert [photo for photo in ids if photo not in shown] == late
    assert [photo for photo in ids[got.sure :] if photo not in shown] == [
        i for i in new[new_sure:] if i in late
    ]


def test_what_is_said_with_an_answer_stays_and_its_scores_go():
    said = SearchAnswer(array("q", [1]), array("d", [1.0]), 1, shown_query="dog", missing="No model.")
    got = in_shown_order(said, array("q", [2]), 1, True)
    assert (got.shown_query, got.missing, got.ids.tolist(), len(got.scores)) == (
        "dog",
        "No model.",
        [2, 1],
        0,
    )
