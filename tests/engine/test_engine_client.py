"""The engine in its own process gives what the one in this process gives."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from engine_calls import FAKE, ROOT, SLOW, wait_until
from tiny_blip import NEVER, pictures

from blipdesk.domain.errors import Cancelled, ModelError, UsageError
from blipdesk.domain.jobs import CaptionOptions, EngineSettings, PixelImage, Turn
from blipdesk.engine import EngineClient, FakeEngine, LocalEngine, create_engine


def test_client_equals_local(caption_folder: Path, answer_folder: Path, client: EngineClient) -> None:
    local = LocalEngine()
    captioner, answerer = EngineSettings(model=str(caption_folder)), EngineSettings(model=str(answer_folder))
    assert client.load(captioner) == local.load(captioner)
    assert client.answer_info(answerer) == local.answer_info(answerer)
    images = pictures(5)
    for options in (CaptionOptions(), CaptionOptions(prompt="a red", candidates=2, max_new_tokens=8)):
        assert client.caption(images, options, NEVER) == local.caption(images, options, NEVER)
    heard: dict[str, list[str]] = {"client": [], "local": []}
    theirs = client.answer(images[0], "what is this", heard["client"].append, NEVER)
    ours = local.answer(images[0], "what is this", heard["local"].append, NEVER)
    assert (theirs.text, theirs.model_key) == (ours.text, ours.model_key)
    assert heard["client"] == heard["local"] and heard["local"]
    with pytest.raises(ModelError, match="cannot answer"):
        client.answer_info(captioner)
    local.close()
    with pytest.raises(ModelError):
        local.caption(images, CaptionOptions(), NEVER)


def test_every_job_comes_through_as_it_is(client: EngineClient) -> None:
    """Scores, choices, turns, heat maps and embeddings, whatever the texts hold; on both ends alike."""
    fake = FakeEngine()
    image, other = pictures(2, 64)
    odd = "two \udc80 d\u00f6gs \U0001f436"
    for engine in (client, fake):
        engine.load(FAKE)
        engine.answer_info(FAKE)
        engine.retrieval_info(FAKE)
    options = CaptionOptions(candidates=3)
    captions = client.caption([image, other], options, NEVER)
    assert captions == fake.caption([image, other], options, NEVER)
    assert all(candidate.match for result in captions for candidate in result.candidates)
    assert all(result.embedding for result in captions)
    for texts in ([odd, ""], ["a dog", "a cat"]):
        assert client.score([image, other], texts, NEVER) == fake.score([image, other], texts, NEVER)
    assert client.explain(image, odd, NEVER) == fake.explain(image, odd, NEVER)
    assert client.embed_images([image, other], NEVER) == fake.embed_images([image, other], NEVER)
    assert client.embed_texts([odd, "a"]) == fake.embed_texts([odd, "a"])
    chosen = client.choose(image, "which?", [" red", "blue", odd], NEVER)
    assert chosen.choices == fake.choose(image, "which?", ["red", "blue", odd], NEVER).choices
    history = [Turn(odd, "yes")] * 5
    assert client.answer(image, "why?", lambda _: None, NEVER, history).turns_left_out == 2
    for engine in (client, fake):
        engine.drop_retrieval()
        assert all(
            candidate.match is None for candidate in engine.caption([image], options, NEVER)[0].candidates
        )
        assert engine.caption([image], options, NEVER)[0].embedding == ()


def test_embeddings_before_any_picture(client: EngineClient) -> None:
    client.retrieval_info(FAKE)
    assert len(client.embed_texts(["a dog"])) == 1


def test_choices_that_make_no_sense_are_refused_before_any_work(client: EngineClient) -> None:
    for choices in ([], ["yes"], ["yes", " "], ["Yes", "yes "], [str(number) for number in range(500)]):
        with pytest.raises(UsageError) as caught:
            client.choose(pictures(1, 64)[0], "is it?", choices, NEVER)
        assert caught.value.remedy
    assert client.pid is None


def test_a_retriever_that_cannot_be_loaded_costs_no_caption(client: EngineClient) -> None:
    client.load(FAKE)
    with pytest.raises(ModelError):
        client.retrieval_info(EngineSettings(model="fake:soon"))
    assert client.caption(pictures(1, 64), CaptionOptions(), NEVER)[0].candidates[0].match is None
    with pytest.raises(ModelError, match="No retrieval model is loaded"):
        client.score(pictures(1, 64), ["a dog"], NEVER)


def test_the_parent_needs_no_torch() -> None:
    code = (
        "import sys, threading\n"
        "from blipdesk.domain.jobs import *\nfrom blipdesk.domain.values import *\n"
        "from blipdesk.engine import *\n"
        "client = EngineClient()\n"
        "info = client.load(EngineSettings(model='fake'))\n"
        "image = PixelImage(64, 64, bytes(64 * 64 * 3))\n"
        "assert client.caption([image], CaptionOptions(), threading.Event())[0].text\n"
        "client.close()\n"
        "print(sorted({'torch', 'transformers', 'numpy', 'PySide6'} & set(sys.modules)))\n"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_large_and_growing_batches_arrive_whole(client: EngineClient) -> None:
    client.load(FAKE)
    fake = FakeEngine()
    for count, size in ((1, 64), (3, 384), (16, 384), (2, 64)):
        images = [PixelImage(size, size, os.urandom(size * size * 3)) for _ in range(count)]
        expected = fake.caption(images, CaptionOptions(), NEVER)
        assert client.caption(images, CaptionOptions(), NEVER) == expected


def test_cancel_stops_an_answer(client: EngineClient) -> None:
    client.answer_info(SLOW)
    pid = client.pid
    stop = threading.Event()
    heard: list[str] = []

    def on_token(text: str) -> None:
        heard.append(text)
        stop.set()

    answer = client.answer(pictures(1, 64)[0], "what is it?", on_token, stop)
    assert answer.stopped and answer.text.startswith(heard[0])
    assert client.pid == pid, "the process lives on"


Job = Callable[[EngineClient, threading.Event], object]
JOBS: dict[str, Job] = {
    "caption": lambda client, cancel: client.caption(pictures(3, 64), CaptionOptions(), cancel),
    "choose": lambda client, cancel: client.choose(pictures(1, 64)[0], "is it?", ["yes", "no"], cancel),
    "score": lambda client, cancel: client.score(pictures(1, 64), ["a dog"], cancel),
    "explain": lambda client, cancel: client.explain(pictures(1, 64)[0], "a dog", cancel),
    "embed_images": lambda client, cancel: client.embed_images(pictures(1, 64), cancel),
}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_cancel_ends_every_long_job(client: EngineClient, job: Job) -> None:
    client.load(SLOW)
    client.answer_info(SLOW)
    client.retrieval_info(SLOW)
    pid = client.pid
    cancel = threading.Event()
    requests = client._number
    with ThreadPoolExecutor() as pool:
        call = pool.submit(job, client, cancel)
        wait_until(lambda: client._number > requests)
        cancel.set()
        with pytest.raises(Cancelled):
            call.result(30)
    assert client.pid == pid, "the process lives on"


def test_a_failing_listener_does_not_break_the_conversation(client: EngineClient) -> None:
    client.answer_info(FAKE)
    image = pictures(1, 64)[0]

    def on_token(text: str) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        client.answer(image, "what?", on_token, NEVER)
    expected = FakeEngine().answer(image, "what?", lambda _: None, NEVER).text
    assert client.answer(image, "what?", lambda _: None, NEVER).text == expected


def test_nothing_loaded_is_said(client: EngineClient) -> None:
    with pytest.raises(ModelError, match="No model is loaded"):
        client.caption(pictures(1, 64), CaptionOptions(), NEVER)
    with pytest.raises(ModelError, match="No answering model is loaded"):
        client.choose(pictures(1, 64)[0], "is it?", ["yes", "no"], NEVER)
    with pytest.raises(ModelError, match="No retrieval model is loaded"):
        client.score(pictures(1, 64), ["a dog"], NEVER)


def test_a_missing_model_is_said_with_a_remedy(client: EngineClient, tmp_path: Path) -> None:
    for name in ("blip-image-captioning-base", "no-such-model", str(tmp_path)):
        with pytest.raises(ModelError) as caught:
            client.load(EngineSettings(model=name))
        assert caught.value.message and caught.value.remedy


def test_prints_of_a_library_do_not_break_the_replies(
    client: EngineClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither print() nor C code that writes on standard output; both come out in the log."""
    (tmp_path / "sitecustomize.py").write_text(
        "import gzip, os\nquiet = gzip.decompress\n"
        "def decompress(data):\n    print('loud')\n    os.write(1, b'louder\\n')\n    return quiet(data)\n"
        "gzip.decompress = decompress\n"  # the keywords' lexicon is unpacked with it
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    client.load(FAKE)
    assert client.caption(pictures(1, 64), CaptionOptions(), NEVER)[0].text
    process = client._process
    assert process is not None
    wait_until(lambda: {"loud", "louder"} <= set(process.last_words))


def test_a_module_in_the_working_folder_is_not_imported(
    client: EngineClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('foreign code ran')")
    monkeypatch.chdir(tmp_path)
    assert client.load(FAKE).model_key == "fake/caption"


def test_create_engine() -> None:
    assert isinstance(create_engine(EngineSettings(model="fake:0.5")), FakeEngine)
    assert isinstance(create_engine(EngineSettings()), EngineClient)
    with pytest.raises(ModelError):
        create_engine(EngineSettings(model="fake:soon"))
