"""The life of the process that reads captions: started when needed, killed, closed, gone with its parent."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from engine_calls import ROOT, is_running, wait_until
from sentence_packages import needs_model

from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.engine.sentence_process import SentenceProcess
from blipdesk.engine.sentences import SentenceEncoder


@pytest.fixture
def process() -> Iterator[SentenceProcess]:
    process = SentenceProcess()
    yield process
    process.close()


@needs_model
def test_its_vectors_are_those_of_the_encoder(process: SentenceProcess) -> None:
    sentences = ["a dog on the beach", "a cat", "\ud800 é"]
    assert process.pid is None
    assert np.abs(process.encode(sentences) - SentenceEncoder().encode(sentences)).max() < 1e-6
    first = process.pid
    assert process.encode([]).shape == (0, 384)
    assert process.pid == first
    process.close()
    assert process.pid is None
    assert len(process.encode(sentences)) == 3


@needs_model
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_process_is_replaced_unseen(process: SentenceProcess) -> None:
    before = process.encode(["a dog"])
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert (process.encode(["a dog"]) == before).all()
    assert process.pid != first


@needs_model
@pytest.mark.skipif(sys.platform == "win32", reason="niceness of POSIX")
def test_it_runs_at_low_priority(process: SentenceProcess) -> None:
    process.encode(["a dog"])
    assert process.pid is not None
    assert os.getpriority(os.PRIO_PROCESS, process.pid) >= 10


@needs_model
def test_closing_ends_a_call_in_hand(process: SentenceProcess) -> None:
    process.encode(["a dog"])
    ended: list[type[BaseException]] = []

    def call() -> None:
        try:
            process.encode(["a dog and a cat on a long beach"] * 20_000)
        except Cancelled as error:
            ended.append(type(error))

    thread = threading.Thread(target=call)
    thread.start()
    wait_until(process._in_hand.locked)
    process.close()
    thread.join(10)
    assert ended == [Cancelled]
    assert process.pid is None


@needs_model
@pytest.mark.skipif(sys.platform == "win32", reason="processes of POSIX")
def test_it_ends_with_its_parent() -> None:
    code = (
        "import os, signal; from blipdesk.engine.sentence_process import SentenceProcess;"
        "p = SentenceProcess(); p.encode(['a dog']); print(p.pid, flush=True);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    child = int(result.stdout)
    wait_until(lambda: not is_running(child))


def test_a_missing_model_is_said_by_the_process_too(
    process: SentenceProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "blipdesk.engine.sentence_process.python_command", lambda *_: [sys.executable, "-c", CODE]
    )
    with pytest.raises(ModelError, match="not installed") as caught:
        process.encode(["a dog"])
    assert "pip install" in caught.value.remedy


CODE = """
from blipdesk.engine import sentence_child, sentence_files
sentence_files.PACKAGE = "blipdesk-has-no-such-package"
sentence_child.main()
"""


def test_a_process_that_always_ends_is_told(
    process: SentenceProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "blipdesk.engine.sentence_process.python_command", lambda *_: [sys.executable, "-c", "pass"]
    )
    with pytest.raises(ModelError, match="ended twice"):
        process.encode(["a dog"])
