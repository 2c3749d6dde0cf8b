"""Sizes as a person reads them."""

import pytest

from blipdesk.domain.sizes import readable_size


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (208_000, "208 kB"),
        (4_800_000, "4.8 MB"),
        (989_000_000, "989 MB"),
        (2_500_000_000, "2.5 GB"),
    ],
)
def test_sizes_read_as_file_managers_show_them(size, text):
    assert readable_size(size) == text
