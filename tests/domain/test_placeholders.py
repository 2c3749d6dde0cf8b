"""What lies in the cloud only is told by its attributes, on every system that has them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from blipdesk.domain.placeholders import is_placeholder

ARCHIVE = 0x20
COMPRESSED = 0x20


@pytest.mark.parametrize("attributes", [0x1000, 0x40000, 0x400000, 0x400000 | ARCHIVE])
def test_a_file_that_windows_would_download_is_a_placeholder(attributes):
    assert is_placeholder(SimpleNamespace(st_file_attributes=attributes))


def test_a_dataless_file_of_macos_is_a_placeholder():
    assert is_placeholder(SimpleNamespace(st_flags=0x40000000 | COMPRESSED))


@pytest.mark.parametrize("status", [{}, {"st_file_attributes": ARCHIVE}, {"st_flags": COMPRESSED}])
def test_an_ordinary_file_is_not(status):
    assert not is_placeholder(SimpleNamespace(**status))
