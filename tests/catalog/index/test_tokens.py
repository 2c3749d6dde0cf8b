"""Words as the index has them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest

from blipdesk.catalog.index.tokens import stem

WORDS = ("running", "ponies", "happiness", "waving", "skiing", "conditional", "electrical", "adjustment")


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads that take turns all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless")
def test_threads_that_read_at_the_same_time_get_the_stems_of_their_own_words() -> None:
    words = [f"{letter}{word}".encode() for letter, word in product("abcdefghijklmnopqrstuvwxyz", WORDS)]
    right = list(map(stem, words))
    assert right[0] == b"arun"
    stem.cache_clear()
    with ThreadPoolExecutor(3) as pool:
        orders = (words, words[::-1], words)
        first, second, third = pool.map(lambda order: list(map(stem, order)), orders)
    assert first == second[::-1] == third == right
