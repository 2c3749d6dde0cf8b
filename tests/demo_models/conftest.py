"""Puts the tools of `packaging/` where tests can import them; that folder is no installed package."""

import os
import sys
from collections.abc import Iterator

import pytest
import torch

_PACKAGING = os.path.join(os.path.dirname(__file__), os.pardir, os.pardir, "packaging")
sys.path.insert(0, os.path.abspath(_PACKAGING))


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """The models are too small to share, and trainings choose a number of threads."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)
