"""Names of files as they stand in sentences: whatever bytes they hold, they do no harm there."""

import pytest

from blipdesk.domain.paths import shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/home/me/Photos/a.jpg", "a.jpg"),
        ("evil\n\x1b[31m.jpg", "evil\ufffd\ufffd[31m.jpg"),
        ("rtl-\u202egpj.exe.jpg", "rtl-\ufffdgpj.exe.jpg"),
        ("bytes-\udcff.jpg", "bytes-\ufffd.jpg"),
        ("family 👨\u200d👩\u200d👧.jpg", "family 👨\u200d👩\u200d👧.jpg"),
    ],
)
def test_names_in_sentences_are_harmless(name, shown):
    assert shown_name(name) == shown


def test_long_names_keep_both_ends():
    shown = shown_name("x" * 200 + "-0001.jpg")
    assert len(shown) < 90
    assert shown.endswith("-0001.jpg")
