"""The bench's own process says why it ended."""

import pytest

from blipdesk.domain.errors import ModelError
from blipdesk.services.bench_processes import TorchProcess


def test_a_bug_in_the_bench_is_shown_and_not_taken_for_a_lack_of_memory() -> None:
    with TorchProcess() as process, pytest.raises(ModelError, match="KeyError: 'device'") as caught:
        process.ask(op="precisions")
    assert "memory" not in str(caught.value)
