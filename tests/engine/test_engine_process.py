"""The life of the engine's own process: killed, hung, closed in the middle of a call, and back again."""

import io
import os
import queue
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest
from engine_calls import FAKE, ROOT, SLOW, is_running, wait_until
from tiny_blip import NEVER, pictures

from blipdesk.domain.errors import Cancelled, ModelError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings
from blipdesk.engine import EngineClient, FakeEngine, protocol
from blipdesk.engine.child import EngineChild
from blipdesk.engine.client import EngineDiedError
from blipdesk.engine.protocol import Message, SharedBlock


def test_scoring_comes_back_with_a_killed_process(client: EngineClient) -> None:
    client.load(FAKE)
    client.retrieval_info(FAKE)
    image = pictures(1, 64)[0]
    expected = client.caption([image], CaptionOptions(), NEVER)
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)
    assert client.caption([image], CaptionOptions(), NEVER) == expected
    client.close()
    assert client.score([image], ["a dog"], NEVER)
    client.close()
    client.drop_retrieval()
    assert client.pid is None, "dropping starts nothing"
    assert client.caption([image], CaptionOptions(), NEVER)[0].candidates[0].match is None


def test_a_killed_child_is_an_error_and_then_comes_back(client: EngineClient) -> None:
    client.answer_info(EngineSettings(model="fake:5"))
    first = client.pid
    assert first is not None
    with pytest.raises(EngineDiedError) as caught:
        client.answer(pictures(1, 64)[0], "what?", lambda _: os.kill(first, signal.SIGKILL), NEVER)
    assert caught.value.begun and caught.value.remedy
    client.load(FAKE)
    assert client.pid not in {None, first}
    assert client.caption(pictures(1, 64), CaptionOptions(), NEVER)[0].text


def test_a_child_killed_while_idle_is_replaced_unseen(client: EngineClient) -> None:
    client.load(FAKE)
    client.answer_info(FAKE)
    expected = client.caption(pictures(2, 64), CaptionOptions(), NEVER)
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)
    assert client.caption(pictures(2, 64), CaptionOptions(), NEVER) == expected
    assert client.pid is not None
    os.kill(client.pid, signal.SIGKILL)
    assert client.answer(pictures(1, 64)[0], "what?", lambda _: None, NEVER).text


def test_a_lost_card_ends_the_process_and_costs_nothing(
    client: EngineClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first process of each kind of call loses its card; a load, which may be the reason, says so."""
    (tmp_path / "sitecustomize.py").write_text(
        "import os\nfrom blipdesk.engine.batching import DeviceLostError\n"
        "from blipdesk.engine.fake import FakeEngine\n"
        "def failing_once(name):\n"
        "    sound = getattr(FakeEngine, name)\n"
        "    def call(*args):\n"
        f"        mark = os.path.join({str(tmp_path)!r}, name)\n"
        "        if os.path.exists(mark):\n"
        "            return sound(*args)\n"
        "        open(mark, 'w').close()\n"
        "        raise DeviceLostError\n"
        "    setattr(FakeEngine, name, call)\n"
        "failing_once('load')\nfailing_once('caption')\n"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), str(ROOT)]))
    with pytest.raises(ModelError, match="graphics card"):
        client.load(FAKE)
    first = client.pid
    client.load(FAKE)
    second = client.pid
    assert first != second
    with pytest.raises(EngineDiedError) as caught:
        client.caption(pictures(2, 64), CaptionOptions(), NEVER)
    assert caught.value.begun
    assert all(result.text for result in client.caption(pictures(2, 64), CaptionOptions(), NEVER))
    assert client.pid not in {None, second}


def test_close_gives_the_process_back_and_can_be_used_again(client: EngineClient) -> None:
    client.load(FAKE)
    pid = client.pid
    assert pid is not None
    client.close()
    assert client.pid is None and not is_running(pid)
    client.close()
    assert client.caption(pictures(1, 64), CaptionOptions(), NEVER)[0].text


Call = Callable[[EngineClient], object]
CALLS: dict[str, Call] = {
    "load": lambda client: client.load(SLOW),
    "answer_info": lambda client: client.answer_info(SLOW),
    "caption": lambda client: client.caption(pictures(1, 64), CaptionOptions(), NEVER),
    "answer": lambda client: client.answer(pictures(1, 64)[0], "what?", lambda _: None, NEVER),
}
MORE_CALLS: dict[str, Call] = {
    "retrieval_info": lambda client: client.retrieval_info(FAKE),
    "embed_texts": lambda client: client.embed_texts(["a dog"]),
    "score": lambda client: client.score(pictures(1, 64), ["a dog"], NEVER),
}


@pytest.mark.parametrize(
    ("name", "hung"),
    [*((name, True) for name in CALLS), ("caption", False), ("answer", False)],
)
def test_close_from_another_thread_breaks_a_call_off(
    client: EngineClient, name: str, hung: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the process hangs and reads nothing any more; nothing is started anew."""
    if hung:
        monkeypatch.setattr("blipdesk.engine.process._EXIT_PATIENCE", 0.2)
    client.load(SLOW)
    client.answer_info(SLOW)
    pid = client.pid
    assert pid is not None
    if hung:
        os.kill(pid, signal.SIGSTOP)
    requests = client._number
    with ThreadPoolExecutor() as pool:
        call = pool.submit(CALLS[name], client)
        wait_until(lambda: client._number > requests)
        for closing in [pool.submit(client.close) for _ in range(3)]:
            closing.result(30)
        with pytest.raises(Cancelled):
            call.result(30)
    assert client.pid is None and not is_running(pid)
    client.load(FAKE)
    assert client.caption(pictures(1, 64), CaptionOptions(), NEVER)[0].text


def test_a_listener_may_close(client: EngineClient) -> None:
    client.answer_info(EngineSettings(model="fake:5"))
    with pytest.raises(Cancelled):
        client.answer(pictures(1, 64)[0], "what?", lambda _: client.close(), NEVER)
    assert client.pid is None


@pytest.mark.parametrize("call", (CALLS | MORE_CALLS).values(), ids=CALLS | MORE_CALLS)
def test_a_process_that_never_answers_is_ended(
    client: EngineClient, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.load(FAKE)
    client.answer_info(FAKE)
    client.retrieval_info(FAKE)
    pid = client.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    with monkeypatch.context() as patch, pytest.raises(ModelError, match="no answer") as caught:
        patch.setattr("blipdesk.engine.client.HUNG_AFTER", 0.5)
        patch.setattr("blipdesk.engine.process._EXIT_PATIENCE", 0.2)  # a stopped one cannot end by itself
        call(client)
    assert caught.value.remedy
    assert client.pid is None and not is_running(pid)
    client.load(FAKE)


class Slow:
    """Stands in for a process: what it says, after how many polls of silence each."""

    alive, pid, last_words = True, 1, ()

    def __init__(self, *said: tuple[int, Message]) -> None:
        self._said = list(said)
        self._silent = self._said[0][0]
        self.ended = False
        self.replies = self

    def get(self, timeout: float) -> Message:
        if self._silent > 0:
            self._silent -= 1
            raise queue.Empty
        _, reply = self._said.pop(0)
        self._silent = self._said[0][0] if self._said else 1 << 30
        return {"id": 1, **reply}

    def send(self, message: Message) -> None:
        pass

    def bury(self) -> str:
        self.ended = True
        return "killed"

    def end(self) -> str:
        return self.bury()


LOADED = {"ok": asdict(FakeEngine().load(FAKE))}


def test_a_load_may_take_as_long_as_it_gives_signs_of_life(
    client: EngineClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blipdesk.engine.client.HUNG_AFTER", 1.0)  # of 20 polls
    signs = [(15, {"begun": True}), (15, {"reading": 0}), (15, {"reading": 60_000_000}), (50, LOADED)]
    client._process = Slow(*signs)  # type: ignore[assignment]  # what the client asks of one
    assert client.load(FAKE).model_key == "fake/caption"
    client._process = hung = Slow((1, {"begun": True}), (5, {"reading": 0}), (50, LOADED))  # type: ignore[assignment]
    client._number = 0
    with pytest.raises(ModelError, match="no answer"):
        client.load(FAKE)
    assert hung.ended


def test_a_load_gives_signs_at_each_step(caption_folder: Path, copy_of: Callable[[Path], Path]) -> None:
    folder = copy_of(caption_folder)  # whose checksum is not known yet
    replies = io.BytesIO()
    block = SharedBlock.create()
    child = EngineChild(io.BytesIO(), replies, block, None)
    settings = asdict(EngineSettings(str(folder), "cpu", "fp32"))
    assert "ok" in child._handle({"id": 7, "op": "load", "settings": settings})
    said = [protocol.decode(line) for line in replies.getvalue().splitlines()]
    assert {reply["id"] for reply in said} == {7}
    sizes = [reply["reading"] for reply in said]
    before = sizes.index((folder / "model.safetensors").stat().st_size)
    assert before > 0 and len(sizes) > before + 2, "before the read, and after"
    block.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_child_ends_with_a_killed_parent() -> None:
    """Also in the middle of a caption."""
    code = (
        "import threading\n"
        "from blipdesk.domain.jobs import *\nfrom blipdesk.domain.values import *\n"
        "from blipdesk.engine import *\n"
        "client = EngineClient()\n"
        "client.load(EngineSettings(model='fake:60'))\n"
        "print(client.pid, flush=True)\n"
        "client.caption([PixelImage(64, 64, bytes(64 * 64 * 3))], CaptionOptions(), threading.Event())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_running(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not is_running(child))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_child_is_nice_and_holds_no_window(client: EngineClient) -> None:
    client.load(FAKE)
    assert client.pid is not None
    assert os.getpriority(os.PRIO_PROCESS, client.pid) >= 10
    with open(f"/proc/{client.pid}/maps", encoding="utf-8", errors="replace") as maps:
        assert not any("PySide6" in line or "Qt6" in line for line in maps)
