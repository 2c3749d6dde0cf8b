"""What is shown keeps its place, whatever a better answer would put before it."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from blipdesk.domain.search import SearchAnswer
from blipdesk.services.shown_order import Clicked, around_clicked, in_shown_order

lists = st.lists(st.integers(-5, 40), unique=True)


def answer(ids, sure):
    return SearchAnswer(array("q", ids), array("d", range(len(ids))), sure)


@given(lists, lists, st.integers(0, 40), st.integers(0, 40), st.sets(st.integers(-5, 40)))
def test_nothing_shown_changes_its_place(shown, new, sure, new_sure, keep):
    sure, new_sure = min(sure, len(shown)), min(new_sure, len(new))
    got = in_shown_order(answer(new, new_sure), array("q", shown), sure, array("q", keep))
    ids, kept = got.answer.ids.tolist(), set(shown) & keep
    assert sorted(ids) == sorted(set(new) | kept)
    assert len(set(ids)) == len(ids) and 0 <= got.answer.sure <= len(ids)
    for was, now in ((shown[:sure], ids[: got.answer.sure]), (shown[sure:], ids[got.answer.sure :])):
        stays = [photo for photo in was if photo in kept or photo in new]
        assert now[: len(stays)] == stays
    late = [photo for photo in new if photo not in shown]
    assert [photo for photo in ids if photo not in shown] == late
    assert [photo for photo in ids[got.answer.sure :] if photo not in shown] == [
        i for i in new[new_sure:] if i in late
    ]
    check_strangers(got, new)


def check_strangers(got, new):
    ids, sure = got.answer.ids.tolist(), got.answer.sure
    assert set(got.strangers) == set(ids) - set(new)
    assert got.sure_strangers == len(set(ids[:sure]) - set(new))


def cells(ids, sure, columns):
    """The line and column of each photo."""
    lines = -(-sure // columns)
    return {
        photo: divmod(row, columns)
        if row < sure
        else (lines + (row - sure) // columns, (row - sure) % columns)
        for row, photo in enumerate(ids)
    }


@given(lists, lists, st.integers(0, 40), st.integers(0, 40), st.integers(1, 7), st.data())
def test_an_answer_is_put_around_what_was_clicked(shown, new, sure, new_sure, columns, data):
    sure, new_sure = min(sure, len(shown)), min(new_sure, len(new))
    chosen = data.draw(st.sets(st.sampled_from(shown), max_size=3) if shown else st.just(set()))
    was = cells(shown, sure, columns)
    clicked = [Clicked(photo, *was[photo]) for photo in shown if photo in chosen]
    got = around_clicked(answer(new, new_sure), clicked, columns)
    ids, now_sure = got.answer.ids.tolist(), got.answer.sure
    assert sorted(ids) == sorted(set(new) | chosen)
    others = [photo for photo in new if photo not in chosen]
    assert [photo for photo in ids if photo not in chosen] == others
    of_sure = sum(photo not in chosen for photo in new[:new_sure])
    assert [photo for photo in ids[:now_sure] if photo not in chosen] == others[:of_sure]
    check_strangers(got, new)
    now, lines = cells(ids, now_sure, columns), len(others) // columns
    for one in clicked[:1]:
        if one.line < lines - 2:
            assert now[one.photo_id][1] == one.column
        if one.line * columns + one.column <= of_sure:
            assert now[one.photo_id] == (one.line, one.column)


def test_what_is_said_with_an_answer_stays_and_its_scores_go():
    said = SearchAnswer(array("q", [1]), array("d", [1.0]), 1, shown_query="dog", missing="No model.")
    got = in_shown_order(said, array("q", [2]), 1, [2])
    made = got.answer
    assert (made.shown_query, made.missing, made.ids.tolist(), len(made.scores)) == (
        "dog",
        "No model.",
        [2, 1],
        0,
    )
    assert got.strangers.tolist() == [2]
