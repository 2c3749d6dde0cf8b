import pytest

from blipdesk.services.library import highlight_words


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("two Dogs -cat", ("two", "dog")),
        ('"sandy beach" OR sunset', ("sandy", "beach", "sunset")),
        ("c++ 50% ' \" (", ("c", "50")),
        ("", ()),
        ("\ud800 \x00", ()),
        ("海辺", ("海", "辺")),
        ("Café folder:Dogs a cat", ("cafe", "cat")),
        ("a", ("a",)),
    ],
)
def test_words_to_highlight(query, words):
    assert highlight_words(query) == words
