import threading

import pytest
from pipeline_running import Running


@pytest.fixture
def worker(tmp_path):
    made = Running(tmp_path)
    yield made
    made.model.gate.set()
    made.decoder.gate.set()
    made.pipeline.stop()
    names = {thread.name for thread in threading.enumerate()}
    assert not {name for name in names if name.startswith("blipdesk-")}, "a thread outlived the pipeline"
    assert made.model.closed and made.decoder.closed and made.interactive.closed
