import pytest

from blipdesk.services.library import highlight_words, readable_size


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("two Dogs -cat", ("two", "dog")),
        ('"sandy beach" OR sunset', ("sandy", "beach", "sunset")),
        ("c++ 50% ' \" (", ("c", "50")),
        ("", ()),
        ("\ud800 \x00", ()),
        ("海辺", ("海辺",)),
    ],
)
def test_words_to_highlight(query, words):
    assert highlight_words(query) == words


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 bytes"), (999, "999 bytes"), (4_800_000, "4.8 MB"), (2_500_000_000, "2.5 GB")]
)
def test_sizes_read_as_file_managers_show_them(size, text):
    assert readable_size(size) == text
